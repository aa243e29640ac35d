"""The course of a story adds up to the whole, ends with what is left or with open war, and turns where somebody dies."""

from collections import Counter
from datetime import date

import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.futures.why import Tale, focus_of
from shadowline.futures.why.focus import weights
from shadowline.futures.wording import plain, quotes

WAR_SOON = {
    "dyads": "[{patron: red, adversary: blue, war: {starts: {assets-abroad: 1, patron-soil: 1}}}]",
    "actors.blue.blame_needed.mean": "0.02",
    "actors.blue.answers.appeal.patron-soil": "9",
}


def test_the_steps_of_a_story_add_up(told):
    """The stretches, the rest and the turning points told make the whole, in attacks, hits, wounded, dead and strikes."""
    results, every = told
    centre = focus_of(results.model.names).adversary
    for _, rows, tale in every:
        facts = tale.facts
        mine = [row for row in rows if row["event"] in facts["told"]]
        attacks = [row for row in mine if row["kind"] == "attack" and row["target_owner"] == centre]
        strikes = [row for row in mine if row["kind"] == "strike" and row["actor"] == centre]
        parts = [*facts["stretches"], facts["rest"]]
        singly = {
            "attacks": len(attacks),
            "got_through": sum(row["got_through"] for row in attacks),
            "wounded": sum(row["wounded"] for row in attacks),
        }
        for field, told_singly in singly.items():
            assert facts["whole"][field] == sum(part[field] for part in parts) + told_singly
        for field, told_singly in (("killed", sum(row["killed"] for row in attacks)), ("strikes", len(strikes))):
            assert sum(facts["whole"][field].values()) == sum(sum(part[field].values()) for part in parts) + told_singly


def test_what_is_left_is_what_no_step_tells(told):
    """The rest counts the attacks on the adversary in focus on days of no stretch that are no turning point themselves."""
    results, every = told
    centre = focus_of(results.model.names).adversary
    some = 0
    for _, rows, tale in every:
        spans = [(date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"])) for facts in tale.facts["stretches"]]
        end = date.fromisoformat(tale.facts["whole"]["to"])
        left = [
            row
            for row in rows
            if row["kind"] == "attack"
            and row["target_owner"] == centre
            and results.scenario.document.as_of < row["date"] <= end
            and row["event"] not in tale.facts["told"]
            and not any(first <= row["date"] <= last for first, last in spans)
        ]
        rest = tale.facts["rest"]
        assert (rest["attacks"], rest["by"]) == (len(left), Counter(row["actor"] for row in left))
        assert sum(rest["killed"].values()) == sum(row["killed"] for row in left)
        assert any(quote.path == "rest.attacks" for quote in quotes(tale.steps[-1])) == bool(left)
        some += bool(left)
    assert some > len(every) / 2


def test_the_recorded_past_is_told_by_its_length(axis):
    """A story with a recorded past says how many days of it lie behind, and when the line asked about was last crossed."""
    results, every = axis
    days = results.model.past_attacks.shape[1]
    for _, _, tale in every:
        (said,) = (sentence for sentence in tale.sentences if plain(sentence).startswith("Behind it lay "))
        assert any(quote.path == "before.days" and int(quote.value) == tale.facts["before"]["days"] for quote in quotes([said]))
        assert "days of recorded past" in plain(said)
        assert 0 < tale.facts["before"]["days"] <= days


def test_a_story_without_a_recorded_past_tells_of_none(camps):
    """A scenario without prelude has no past to tell."""
    _, every = camps
    assert not any("recorded past" in tale.as_text() for _, _, tale in every)


def test_attacks_that_kill_are_turning_points(told):
    """Each attack on the adversary in focus that kills weighs as a turn, the more the more it kills; one that hurts few weighs nothing."""
    results, every = told
    names, found = results.model.names, 0
    centre = focus_of(names).adversary
    for _, rows, _ in every:
        weighed = weights(Tale(names, rows), focus_of(names))
        for row in rows:
            if row["kind"] != "attack" or row["date"] <= results.scenario.document.as_of:
                continue
            is_lethal = row["target_owner"] == centre and row["killed"] > 0
            assert (weighed.get(row["event"], 0) > 40) == is_lethal
            if row["target_owner"] != centre or (not is_lethal and row["wounded"] < 25):
                assert (row["event"] in weighed) == is_lethal
            found += is_lethal
    assert found > 12


def test_the_deadliest_attack_is_told(told):
    """Of a future in which somebody is killed by an attack, the story tells of the deadliest on its day."""
    results, every = told
    centre, found = focus_of(results.model.names).adversary, 0
    for _, rows, tale in every:
        end = date.fromisoformat(tale.facts["whole"]["to"])
        lethal = [
            row
            for row in rows
            if row["kind"] == "attack" and row["target_owner"] == centre and row["killed"]
            if results.scenario.document.as_of < row["date"] <= end
        ]
        if lethal:
            worst = max(lethal, key=lambda row: row["killed"])
            days = {str(quote.value) for quote in quotes(tale.sentences) if quote.path.endswith((".date", ".first_day"))}
            found += str(worst["date"]) in days
            assert str(worst["date"]) in days
    assert found > 0


def test_a_future_with_war_is_told_up_to_the_war(tell):
    """Open war is told first, with the strike that it grew out of, and nothing is summed up after it."""
    results = simulate("two-camps", Plan(20, 1, seed=2), changes=WAR_SOON)
    wars = 0
    for _, rows, tale in tell(results):
        war = next((row for row in rows if row["kind"] == "open-war"), None)
        if war is None:
            continue
        wars += 1
        assert plain(tale.sentences[0]).startswith("Open war broke out between red and blue on ")
        assert "out of it grew" in tale.as_text().lower()
        assert "until the war" in plain(tale.outcome[-1])
        assert tale.facts["whole"]["to"] == str(war["date"])
        assert all(facts["to"] <= str(war["date"]) for facts in tale.facts["stretches"])
    assert wars > 0


def told_after_war(tell, kind):
    """Return how many events of one kind after open war are told, and how many futures have any to tell."""
    results = simulate("two-camps", Plan(20, 1, seed=2), changes=WAR_SOON)
    found = later = 0
    for _, rows, tale in tell(results):
        war = next((row for row in rows if row["kind"] == "open-war"), None)
        if war is not None:
            after = {row["event"] for row in rows if row["kind"] == kind and row["event"] > war["event"]}
            told = {int(quote.path.split(".")[1]) for quote in quotes(tale.sentences) if quote.path.startswith("events.")}
            found += len(after & told)
            later += bool(after)
    return found, later


def test_no_orders_are_told_after_open_war(tell):
    """No order given after open war is told; the account of the two ends with it."""
    found, later = told_after_war(tell, "order")

    assert later > 0
    assert found == 0


def test_no_obedience_is_told_after_open_war(tell):
    """No change of obedience after open war is told."""
    found, later = told_after_war(tell, "obedience")
    if not later:
        pytest.fail("no future has a change of obedience after open war")

    assert found == 0
