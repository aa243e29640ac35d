"""The story of a future says what it came to and why, with numbers that are those of its events."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import groupby

from shadowline.engine.tables import the_catalogue
from shadowline.futures.run import Plan, simulate
from shadowline.futures.why import chain, focus_of, headline_events, resolve
from shadowline.futures.wording import plain, quotes
from shadowline.scenario.load import load_scenario

QUIET = {"fronts.brigade>outpost.quiet_rate": "0.0000001/day"}
DRAMA = re.compile(r"terror|regime|martyr|hero|brutal|savage|dramatic|shocking|deadly|tragic|massive", re.IGNORECASE)


def test_every_quote_is_what_its_event_says(told):
    """Every number of every story stands under its path in the facts, and for events in the rows themselves."""
    _, every = told
    for _, rows, tale in every:
        by_number = {row["event"]: row for row in rows}
        for quote in quotes(tale.sentences):
            assert str(resolve(tale.facts, quote.path)).removesuffix(".0") == str(quote.value).removesuffix(".0"), quote
            table, *steps = quote.path.split(".")
            if table == "events":
                assert str(by_number[int(steps[0])][steps[1]]) == str(quote.value)


def test_every_digit_of_a_story_is_a_quote(told):
    """No number stands in a sentence without the path that it came from; names of places may hold digits."""
    results, every = told
    named = re.compile("|".join(re.escape(target.name or key) for key, target in results.scenario.document.targets.items()))
    for _, _, tale in every:
        for sentence in tale.sentences:
            for part in sentence:
                assert not isinstance(part, str) or not re.search(r"\d", named.sub("", part)), part


def test_stretches_are_sums_over_their_days(told):
    """Each stretch counts the attacks on the adversary in focus, and their harm, between its days."""
    results, every = told
    centre = focus_of(results.model.names).adversary
    for _, rows, tale in every:
        for facts in tale.facts["stretches"]:
            first, last = date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"])
            attacks = [row for row in rows if row["target_owner"] == centre and row["kind"] == "attack" and first <= row["date"] <= last]
            assert facts["days"] == (last - first).days + 1
            assert facts["attacks"] == len(attacks)
            assert facts["by"] == Counter(row["actor"] for row in attacks)
            assert facts["got_through"] == sum(row["got_through"] for row in attacks)
            assert facts["wounded"] == sum(row["wounded"] for row in attacks)
            assert sum(facts["killed"].values()) == sum(row["killed"] for row in attacks)


def test_a_story_is_short_and_complete(told):
    """A story has at most 25 sentences, each of them one sentence; where much happens it has at least ten."""
    _, every = told
    for _, _, tale in every:
        assert 5 <= len(tale.sentences) <= 25
        for sentence in tale.sentences:
            text = plain(sentence)
            assert re.fullmatch(r"[A-Z“\d].*[^.;, ]\.", text), text
            assert not re.search(r"None|  | ,| ;|\.\.|;\.", text), text
    assert sum(len(tale.sentences) >= 10 for _, _, tale in every) > 0.8 * len(every)


def test_a_story_keeps_to_plain_and_neutral_words(told):
    """No drama, no verdicts."""
    _, every = told
    for _, _, tale in every:
        assert not DRAMA.search(tale.as_text())


def test_no_frame_comes_five_times_in_a_row(told):
    """Five sentences in a row never share their frame: what is left without names and numbers."""
    results, every = told
    document = results.scenario.document
    names = sorted(
        {
            str(getattr(row, "name", None) or key).split(" (")[0]
            for rows in (document.actors, document.targets, document.lines)
            for key, row in rows.items()
        },
        key=len,
        reverse=True,
    )
    for _, _, tale in every:
        frames = ["".join("#" if not isinstance(part, str) else part for part in sentence) for sentence in tale.sentences]
        for name in names:
            frames = [frame.replace(name, "X") for frame in frames]
        assert max(len(list(group)) for _, group in groupby(frames)) < 5


def test_turning_points_stand_in_order_of_time(told):
    """The days on which turning points fell never go back, save for the decision and the cause behind a strike."""
    results, every = told
    lead = re.compile(r"^(On $|Open war|An attack by)")
    for _, _, tale in every:
        days = [
            date.fromisoformat(str(sentence[1].value))
            for sentence in tale.course
            if isinstance(sentence[0], str) and lead.match(sentence[0]) and len(sentence) > 1 and not isinstance(sentence[1], str)
            and sentence[1].path.endswith(".date")
        ]  # fmt: skip
        assert days == sorted(days)
        assert all(day <= results.scenario.document.as_of + timedelta(days=results.model.days) for day in days)


def test_what_happened_stands_in_the_opening(axis, came_to):
    """Each question that came true is told with its first day, the others as not having happened."""
    results, every = axis
    for run, _, tale in every:
        paths = {quote.path for quote in quotes(tale.outcome)}
        for key, result in came_to(results, run).items():
            if results.scenario.document.outcomes[key].happens_when is not None:
                assert (f"outcomes.{key}.first_day" in paths) == (result["first_day"] is not None)


def test_a_story_keeps_to_the_adversary_in_question(axis):
    """The model case is about the United States; other adversaries have one sentence each, declared wars as background."""
    results, every = axis
    assert focus_of(results.model.names).adversary == "united-states"
    for _, _, tale in every:
        assert len(tale.background) <= 3
        assert any("in the background" in plain(sentence) and "Israel" in plain(sentence) for sentence in tale.background)
        assert "Hamas" not in " ".join(plain(sentence) for sentence in tale.outcome)


def test_the_chain_of_a_crossing_leads_to_an_attack_and_to_a_root(axis):
    """Behind every crossing of the line on soldiers stands an attack that killed, and at the end an event without cause."""
    _, every = axis
    found = 0
    for _, rows, _ in every:
        by_number = {row["event"]: row for row in rows}
        for row in rows:
            if row["kind"] == "line-crossed" and row["line"] == "no-american-soldier":
                links = chain(rows, row["event"])
                assert by_number[links[1]]["kind"] == "attack"
                assert by_number[links[1]]["killed"] > 0
                assert by_number[links[-1]]["cause"] is None
                assert links == sorted(links, reverse=True)
                found += 1
    assert found > 24  # the record holds one for each future


def test_headlines_hold_crossings_and_exclude_the_crowd(axis):
    """Every crossing of a line of the adversary in focus is a headline; no attack on its own is."""
    results, every = axis
    as_of = results.scenario.document.as_of
    for _, rows, _ in every:
        headlines = set(headline_events(rows, results.model.names))
        crossings = {
            row["event"] for row in rows if row["kind"] == "line-crossed" and row["target"] == "united-states" and row["date"] > as_of
        }
        assert crossings <= headlines
        assert all(row["killed"] >= 10 for row in rows if row["event"] in headlines and row["kind"] == "attack")


def test_a_future_in_which_nothing_happens_has_a_sensible_story(tell):
    """Where nobody attacks, the story says so, and says that it was a pause."""
    results = simulate("two-camps", Plan(1, 1, seed=2), changes=QUIET)
    ((_, rows, tale),) = tell(results)
    text = tale.as_text()

    assert not any(row["kind"] == "attack" for row in rows)
    assert "nobody attacked blue in all 180 days" in text.lower()
    assert "from 1 January to" not in text
    assert "For 180 days, from 2 January to 29 June, nobody attacked blue" in text
    assert "no open war between red and blue" in text


def test_the_adversary_in_focus_is_the_one_that_questions_ask_about():
    """Where questions ask about one adversary above all, the story centres on it; patrons and lines that they name are kept."""
    names = simulate("two-camps", Plan(1, 1, seed=1)).model.names
    focus = focus_of(names)

    assert (focus.adversary, focus.patrons, focus.lines) == ("blue", {"red"}, {"no-blue-soldier"})


def test_a_scenario_s_own_names_are_used(axis):
    """Names are those of the scenario, without what it adds in brackets, and its ids never show."""
    _, every = axis
    text = " ".join(tale.as_text() for _, _, tale in every)
    document = load_scenario("iran-axis-2024", the_catalogue()).document

    assert "Kata'ib Hezbollah" in text
    assert not any(re.search(rf"\b{key}\b", text) for key in document.actors if "-" in key)
    assert "(the Houthis)" not in text
