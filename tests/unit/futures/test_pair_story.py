"""Two matched futures are told so that every number can be traced, over the same days on both sides, and with what each came to."""

import json
import re
import shutil
from datetime import date, timedelta
from itertools import pairwise

import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.errors import Code, InputError
from shadowline.futures.reload import open_results
from shadowline.futures.run import Plan, simulate
from shadowline.futures.why import resolve
from shadowline.futures.why.causes import because
from shadowline.futures.why.decrees import decrees
from shadowline.futures.why.focus import HEADLINE, focus_of, weights
from shadowline.futures.why.pair.document import document
from shadowline.futures.why.pair.folders import open_pair
from shadowline.futures.why.pair.story import pair_story
from shadowline.futures.why.pair.tale import shares_apart
from shadowline.futures.why.words import Tale
from shadowline.futures.wording import plain, quotes
from shadowline.scenario.load import load_scenario

RUNS = 12
AXIS = Plan(RUNS, 4, seed=5)
POLICIES = (None, "stand-down", "stand-down-after-death", "old-handler", "do-nothing", "harden", "acknowledge", "strike-soil")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return results of the model case by policy, read back from their folders."""
    place = tmp_path_factory.mktemp("axis")
    for policy in POLICIES:
        simulate("iran-axis-2024", AXIS, policy=policy).save(place / str(policy))
    return {policy: open_results(place / str(policy)) for policy in POLICIES}


@pytest.fixture(scope="module")
def told(folders):
    """Return some futures under every policy beside those without."""
    return [pair_story(folders[None], folders[policy], run) for policy in POLICIES[1:] for run in range(0, RUNS, 2)]


def test_every_quote_stands_in_the_facts(told):
    """Each number, day and name of a number leads to its value, on the side or in the reason that it is about."""
    seen = set()
    for story in told:
        for quote in quotes(story.sentences):
            assert str(resolve(story.facts, quote.path)).removesuffix(".0") == str(quote.value).removesuffix(".0"), quote
            seen.add(quote.path.split(".")[0])
    assert seen >= {"left", "right", "parts_on", "reason", "same"}


def test_every_digit_is_a_quote(folders, told):
    """No number stands in a sentence without its path; names of places and paths of levers may hold digits."""
    targets = folders[None].scenario.document.targets
    named = re.compile("|".join(re.escape(target.name or key) for key, target in targets.items()) + r"|targets\.[\w.-]+")
    for story in told:
        for sentence in story.sentences:
            for part in sentence:
                assert not isinstance(part, str) or not re.search(r"\d", named.sub("", part)), part


def test_the_document_holds_every_quoted_value(folders, told):
    """In the JSON document every quote's ``from`` leads to its value, and nothing in it is lost on the way through JSON."""
    story = told[0]
    data = json.loads(json.dumps(document(story, folders[None]), allow_nan=False))
    said = [*data["before"], *(one for paragraph in data["partings"] for one in paragraph)]
    said += [one for side in ("left", "right") for passage in data[side]["story"] for one in passage["sentences"]]

    marks = [mark for one in said for mark in one["quotes"]]

    assert len(marks) > 20
    for mark in marks:
        assert str(resolve(data, mark["from"])).removesuffix(".0") == str(mark["value"]).removesuffix(".0"), mark
    assert data["parts_on"] == str(story.apart.on)
    assert data["act"]["in"] in {"left", "right"}
    assert data["reason"]["kind"] == story.apart.reason.kind
    for side in ("left", "right"):
        assert [row["event"] for row in data[side]["events"]] == list(range(len(data[side]["events"])))


def test_sentences_are_sentences(told):
    """Every sentence begins with a capital letter, ends with one full stop, and holds no sign of a missing word."""
    for story in told:
        for sentence in story.sentences:
            text = plain(sentence)
            assert re.fullmatch(r"[A-Z“\d].*[^.;, ]\.", text), text
            assert not re.search(r"None|  | ,| ;|\.\.|;\.|,,|: ;", text), text


def test_both_sides_tell_the_same_days(told):
    """Passages follow one another in time, none overlaps the next, and none lies before the day on which the two part."""
    for story in told:
        days = [(passage.first, passage.last) for passage in story.passages if passage.first is not None and not passage.heading]
        if story.apart is None:
            assert not story.passages
            continue
        assert days[0][0] >= story.apart.on
        assert all(first <= last for first, last in days)
        assert all(last < first for (_, last), (first, _) in pairwise(days))


def test_a_day_of_its_own_has_a_reason(told):
    """A day is told for itself where something weighty fell on it, or a turning point that only one of the two has."""
    for story in told:
        odd = [story.odd(place) for place in (0, 1)]
        heavy = [weights(side.tale, focus_of(side.tale.names)) for side in story.sides]
        for passage in story.passages:
            if passage.first is None or passage.first != passage.last or passage.heading:
                continue
            rows = [(side.place, row) for side in story.sides for row in side.tale.played if row["date"] >= passage.first]
            # A consequence, such as an order, is told with its cause some days before it fell.
            near = [(n, row) for n, row in rows if (row["date"] - passage.first).days <= 14 and row["event"] in heavy[n]]
            today = [(n, row) for n, row in near if row["date"] == passage.first]
            assert any(heavy[n][row["event"]] >= HEADLINE for n, row in near) or any(row["event"] in odd[n] for n, row in near)
            assert today


def test_what_is_told_adds_up(told):
    """On either side the attacks of stretches, of turning points and of all other days are those of the whole."""
    for story in told:
        for side in story.sides if story.apart is not None else ():
            facts = story.facts[side.key]
            counted = sum(stretch["attacks"] for stretch in facts["stretches"] if stretch) + facts["rest"]["attacks"]
            spans = [(stretch["from"], stretch["to"]) for stretch in facts["stretches"] if stretch]
            since, until = facts["whole"]["from"], facts["whole"]["to"]
            own = [row for row in side.tale.played if (row["target_owner"], row["kind"]) == ("united-states", "attack")]
            own = [row for row in own if since <= str(row["date"]) <= until]
            told_alone = [row for row in own if row["event"] in facts["told"]]
            assert facts["whole"]["attacks"] == len(own)
            assert counted + len(told_alone) == len(own)
            assert not any(first <= str(row["date"]) <= last for first, last in spans for row in told_alone)


def test_until_they_part_both_are_counted_alike(told):
    """What is said of the time before they part is the sum over either future."""
    for story in told:
        if story.apart is None or "same" not in story.facts:
            continue
        facts = story.facts["same"]
        for side in story.sides:
            before = [row for row in side.tale.played if row["date"] < story.apart.on and row["kind"] == "attack"]
            assert facts["attacks"] == sum(row["target_owner"] == "united-states" for row in before)
            assert facts["elsewhere"] == sum(row["target_owner"] != "united-states" for row in before)


def test_futures_that_never_part_are_said_not_to(told):
    """Where nothing differs it is said plainly, with what happened in both, and nothing is told twice."""
    never = [story for story in told if story.apart is None]

    assert never
    for story in never:
        assert plain(story.before[0]).startswith("The two futures never part: they are the same, act for act, on all 180 days")
        assert not story.partings


def test_what_each_came_to_is_read_from_the_tables(folders, told):
    """Answers are those of the folders' tables, and are marked where first day or count differ."""
    marked = 0
    for story in told:
        for answer in story.answers:
            left, right = (side.outcomes[answer.outcome] for side in story.sides)
            marked += answer.differs
            if left["first_day"] != right["first_day"]:
                assert answer.differs
            if left == right:
                assert answer.texts[0] == answer.texts[1]
                assert not answer.differs
    assert marked
    assert {answer.outcome for answer in told[0].answers} == set(folders[None].scenario.document.outcomes)


def test_a_happening_is_told_by_its_day(folders):
    """A question that came true is answered with the date of its first day, one that did not with no."""
    story = pair_story(folders[None], folders["strike-soil"], 0)
    soil = next(answer for answer in story.answers if answer.outcome == "patron-soil")
    first = story.sides[1].outcomes["patron-soil"]["first_day"]

    assert soil.texts[0].startswith("no")
    assert soil.texts[1].startswith("yes, on")
    assert f"{(date(2024, 1, 31) + timedelta(days=first)).day} " in soil.texts[1]
    assert soil.differs


def test_sides_are_called_by_what_they_change(folders, tmp_path):
    """A policy is named in capitals with its words, no policy as things are, a change by its path, the same twice by folder."""
    story = pair_story(folders["stand-down"], folders[None], 0)
    assert [side.where for side in story.sides] == ["under STAND-DOWN", "as things are"]
    assert story.sides[0].says == "Iran orders its allies to stop attacks on American forces."
    assert story.sides[0].moved == ("actors.iran.order.united-states",)

    for name, changes in {"a": {}, "b": {"actors.red.order.fixed": "0"}, "c": {}}.items():
        simulate("two-camps", Plan(4, 1, seed=2), changes=changes).save(tmp_path / name)
    a, b, c = (open_results(tmp_path / name) for name in "abc")
    changed, same = pair_story(a, b, 0), pair_story(a, c, 0)

    assert [side.where for side in changed.sides] == ["as things are", "with “red.order.fixed = 0”"]
    assert changed.sides[1].says == "Changed: actors.red.order.fixed = 0."
    assert [side.name for side in same.sides] == ["a", "c"]


def test_what_both_change_is_no_difference(tmp_path):
    """What was changed alike on both sides is neither a name nor a reason; what only one changes is."""
    both = {"actors.brigade.zeal": "0.9"}
    for name, changes in {"a": both, "b": both | {"actors.red.order.fixed": "0"}}.items():
        simulate("two-camps", Plan(4, 1, seed=2), changes=changes).save(tmp_path / name)

    story = pair_story(open_results(tmp_path / "a"), open_results(tmp_path / "b"), 0)

    assert [side.moved for side in story.sides] == [(), ("actors.red.order.fixed",)]
    assert [side.name for side in story.sides] == ["as-it-is", "red.order.fixed = 0"]


def test_a_scenario_written_otherwise_is_named(tmp_path):
    """Two files of one name that differ in a number are told apart by the field in which they do."""
    for name, zeal in (("a", 0.6), ("b", 0.9)):
        file = tmp_path / f"{name}.yaml"
        file.write_text(f"shadowline: 1\nextends: two-camps\nid: mine\nactors: {{brigade: {{zeal: {zeal}}}}}\n", encoding="utf-8")
        simulate(file, Plan(4, 1, seed=2)).save(tmp_path / name)

    story = pair_story(open_results(tmp_path / "a"), open_results(tmp_path / "b"), 0)

    assert [side.says for side in story.sides] == ["Its scenario is written otherwise: actors.brigade.zeal."] * 2


def test_a_scenario_with_others_in_it_is_no_match(tmp_path):
    """Two files of one name with other actors or lines are refused, with who differs."""
    for name, more in (("a", ""), ("b", "lines: {no-strike-on-red-land: null}\n")):
        file = tmp_path / f"{name}.yaml"
        file.write_text(f"shadowline: 1\nextends: two-camps\nid: mine\n{more}", encoding="utf-8")
        simulate(file, Plan(4, 1, seed=2)).save(tmp_path / name)

    with pytest.raises(InputError, match=r"red lines \(no-strike-on-red-land\)") as refusal:
        pair_story(open_results(tmp_path / "a"), open_results(tmp_path / "b"), 0)

    assert refusal.value.code == Code.NO_COMPARISON


def test_a_changed_past_is_told(tmp_path):
    """Where a change reaches into the replayed past it is said how many of its events differ, and from when on."""
    for name, changes in {"a": {}, "b": {"actors.iran.handler.ties": "0"}}.items():
        simulate("iran-axis-2024", Plan(2, 2, seed=5, horizon=20), changes=changes).save(tmp_path / name)

    story = pair_story(open_results(tmp_path / "a"), open_results(tmp_path / "b"), 0)

    rows = [[row for row in side.tale.rows if row["date"] <= date(2024, 1, 30)] for side in story.sides]
    odd = [row for place in (0, 1) for row in rows[place] if row["event"] in story.odd(place)]
    assert odd
    assert story.facts["past"]["first"] == str(min(row["date"] for row in odd))
    assert "time before the first day" in plain(story.before[0])


def test_an_order_by_policy_is_not_called_a_review(folders):
    """An order that a policy lays down is said to be laid down, on the days on which it is in force, and the factions' own are not."""
    saved = folders["stand-down-after-death"]
    laid = chosen = 0
    for run in range(RUNS):
        outcomes = saved.outcomes(run)
        found = decrees(saved.scenario.document, saved.policy, outcomes)
        first = outcomes["another-soldier"]["first_day"]
        assert len(found) == (first is not None)
        if first is None:
            continue
        begins = date(2024, 1, 31) + timedelta(days=first + 1)
        assert (found[0].order, found[0].first, found[0].last) == (0.0, begins, begins + timedelta(days=59))
        tale = Tale(saved.model.names, saved.replay(run), decrees=found)
        for row in tale.played:
            if (row["kind"], row["actor"], row["target"], row["cause"]) == ("order", "iran", "united-states", None):
                in_force = begins <= row["date"] <= begins + timedelta(days=59)
                told = plain(because(tale, row))
                assert (told == "the policy lays it down") == in_force
                laid, chosen = laid + in_force, chosen + (not in_force)
    assert laid
    assert chosen


def test_a_fixed_order_is_a_decree():
    """An order that the scenario fixes is laid down from the first day on, toward every adversary."""
    scenario = load_scenario("two-camps", the_catalogue(), changes={"actors.red.order.fixed": "0.5"})

    assert [decree[:] for decree in decrees(scenario.document, None, {})] == [("red", "blue", 0.5, date(2024, 1, 2), None)]


@pytest.mark.parametrize(("one", "other", "texts"), [
    (0.21, 0.34, ("21 %", "34 %")),
    (0.2101, 0.2102, ("21.01 %", "21.02 %")),
    (0.5, 0.5, None),
])  # fmt: skip
def test_shares_have_the_digits_that_tell_them_apart(one, other, texts):
    """Two shares are written with as many digits as they need to differ, and not at all where they do not."""
    assert shares_apart(one, other) == texts


@pytest.fixture(scope="module")
def comparison(folders, tmp_path_factory):
    """Return a folder as ``compare --out`` writes it, with three policies."""
    place = tmp_path_factory.mktemp("compared") / "comparison"
    for policy in ("stand-down", "old-handler", "harden"):
        shutil.copytree(folders[policy].folder, place / "arms" / policy)
    (place / "comparison.json").write_text("{}", encoding="utf-8")
    (place / "manifest.json").write_text(json.dumps({"policies": ["stand-down", "old-handler", "harden"]}), encoding="utf-8")
    return place


def test_a_policy_of_a_comparison_is_held_against_the_first(comparison):
    """In a comparison's folder a policy's name stands for its results, and the first policy for what they are held against."""
    left, right = open_pair(comparison, "harden")

    assert (left.policy, right.policy) == ("stand-down", "harden")


@pytest.mark.parametrize(("name", "code", "piece"), [
    ("hardn", Code.UNKNOWN_POLICY, 'did you mean "harden"?'),
    ("stand-down", Code.UNKNOWN_POLICY, "the others are held against"),
    ("spur", Code.UNKNOWN_POLICY, "old-handler, harden"),
])  # fmt: skip
def test_another_policy_is_refused(comparison, name, code, piece):
    """A policy that the comparison lacks, or the first one, is refused with the names that will do."""
    with pytest.raises(InputError) as refusal:
        open_pair(comparison, name)

    assert refusal.value.code == code
    assert piece in str(refusal.value)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"policies": []}', '{"policies": ["../stand-down", "harden"]}', '{"policies": [1, 2]}'])
def test_a_comparison_without_a_manifest_of_its_own_is_refused(comparison, tmp_path, text):
    """A comparison's folder whose manifest names no policies, or one outside of it, is refused."""
    copy = shutil.copytree(comparison, tmp_path / "copy")
    (copy / "manifest.json").write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as refusal:
        open_pair(copy, "harden")

    assert refusal.value.code == Code.BAD_RESULTS


def test_a_comparison_is_no_single_result(comparison, folders):
    """Where one result is asked for, a comparison's folder is refused with how to name one of its policies."""
    for ask in (lambda: open_results(comparison), lambda: open_pair(folders["harden"].folder, str(comparison))):
        with pytest.raises(InputError, match="--pair POLICY") as refusal:
            ask()
        assert refusal.value.code == Code.BAD_RESULTS
