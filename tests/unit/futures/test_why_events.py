"""Every kind of event is told, with its causes, and every number in a sentence is the event's."""

import re
from datetime import date

import pytest

from shadowline.engine.rows import Names
from shadowline.engine.tables import the_catalogue
from shadowline.futures.run import Plan, simulate
from shadowline.futures.why import Tale, chain, tell_chain, tell_event
from shadowline.futures.why.causes import EXAMPLE, REVENGE, SITUATION, WAVE, attack_cause, because, origin
from shadowline.futures.why.events import responsibility
from shadowline.futures.wording import plain, quotes
from shadowline.mechanisms.journal import KINDS
from shadowline.scenario.load import load_scenario

TURNS = range(6)
EMPTY = dict.fromkeys(
    ("target_owner", "territory", "line", "rung", "order", "got_through", "victims", "claimed_by", "believed_culprit", "blame", "authority",
     "ordered", "cause", "target"),
)  # fmt: skip
DAY = date(2024, 3, 1)


def row(event, kind, actor, **fields):
    """Return a row as a future's events have it, with only what is given."""
    return EMPTY | {"run": 0, "event": event, "date": DAY, "kind": kind, "actor": actor, "killed": 0, "wounded": 0} | fields


def attack(event, **fields):
    """Return an attack of the brigade on the outpost."""
    return row(event, "attack", "brigade", **({"target": "outpost", "target_owner": "blue", "got_through": False} | fields))


HIT = {"got_through": True, "believed_culprit": "brigade", "blame": 0.25, "ordered": False}
ROWS = [
    attack(0, date=date(2023, 12, 30)),
    attack(1, cause=0),
    attack(2, cause=1, **HIT),
    attack(3, cause=2, **HIT, wounded=7),
    attack(4, cause=3, **(HIT | {"ordered": True, "authority": "red", "claimed_by": "brigade"}), killed=1, victims="contractor"),
    attack(5, cause=4, **(HIT | {"authority": "red"}), killed=2, victims="soldier", wounded=3),
    row(6, "line-crossed", "brigade", target="blue", line="no-blue-soldier", cause=5),
    row(7, "answer-decided", "blue", target="brigade", rung="major-strike", cause=6),
    row(8, "strike", "blue", target="brigade", rung="major-strike", killed=9, cause=7),
    row(9, "order", "red", target="blue", order=0.0, cause=8),
    row(10, "obedience", "brigade", target="red", cause=9),
    row(11, "obedience", "brigade", cause=9),
    row(12, "answer-decided", "blue", target="red", rung="patron-soil", cause=3),
    row(13, "strike", "blue", target="red", rung="patron-soil", territory="red-land", cause=12),
    row(14, "line-crossed", "blue", target="red", line="no-strike-on-red-land", cause=13),
    row(15, "handler-removed", "red", cause=13),
    row(16, "group-leader-removed", "brigade", cause=8),
    row(17, "leader-death", "red"),
    row(18, "answer-decided", "red", target="blue", rung="patron-soil", cause=13),
    row(19, "strike", "red", target="blue", rung="patron-soil", killed=3, victims="soldier", cause=18),
    row(20, "open-war", "red", target="blue", cause=19),
    row(21, "licence", "brigade", target="blue", line="no-blue-soldier", cause=6),
    row(22, "succession", "red", date=date(2024, 4, 20)),
    row(23, "order", "red", target="blue", order=1.5, cause=17),
    row(24, "order", "red", target="blue", order=0.7),
    row(25, "strike", "blue", rung="limited-strike", territory="borderland", date=date(2023, 12, 31)),
    row(26, "strike", "blue", target="brigade", rung="limited-strike", killed=1),
    attack(27, cause=8),
    row(28, "order", "red", target="blue", order=0.5, cause=6, date=date(2024, 3, 20)),
]


@pytest.fixture(scope="module")
def tale():
    """Return a future of the smallest scenario, written by hand, with every kind of event."""
    return Tale(Names(load_scenario("two-camps", the_catalogue()).document), ROWS)


def sentences_of(tale, event, turn=0):
    """Return all that can be said of one event."""
    found = [tell_event(tale, event, turn), tell_event(tale, event, turn, dated=False)]
    found += [part for part in (because(tale, event, turn),) if part]
    if event["kind"] == "attack":
        found += [part for part in (responsibility(tale, event, turn), origin(tale, event, turn)) if part]
    return found


def assert_quotes_hold(tale, sentences):
    """Assert that every quote of an event says what its row says."""
    for quote in quotes(sentences):
        table, number, field = quote.path.split(".")
        if table == "chains":
            assert (quote.value, field) == (len(chain(tale.rows, int(number))) - 2, "between")
        else:
            assert str(tale.by_number[int(number)][field]) == str(quote.value)


def assert_reads_well(sentence):
    """Assert that a sentence is one sentence, without a hole in it."""
    text = plain(sentence)
    assert re.fullmatch(r"[A-Z“\d].*[^.;, ]\.", text), text
    assert not re.search(r"None|  | ,| ;|\.\.|;\.|\{|\}", text), text


def test_every_kind_of_event_is_told(tale):
    """Each kind of the journal has a sentence, in all its frames, dated and undated."""
    assert {event["kind"] for event in ROWS} == set(KINDS)
    for event in ROWS:
        for turn in TURNS:
            dated, undated = tell_event(tale, event, turn), tell_event(tale, event, turn, dated=False)
            assert_reads_well(dated)
            assert_reads_well(undated)
            assert f"{event['date'].day} {event['date']:%B %Y}" in plain(dated)
            assert str(event["date"].year) not in plain(undated)


def test_every_quote_is_what_its_row_says(tale):
    """Numbers, days, orders and blame in all sentences are those of the events."""
    for event in ROWS:
        for turn in TURNS:
            assert_quotes_hold(tale, sentences_of(tale, event, turn))


@pytest.mark.parametrize("scenario", ["two-camps", "iran-axis-2024"])
def test_events_of_played_futures_are_told_likewise(scenario):
    """Whatever happens in played futures has its sentence, its cause and its numbers."""
    results = simulate(scenario, Plan(3, 3, seed=11))
    for run in range(3):
        played = Tale(results.model.names, results.story(run))
        for turn, event in enumerate(played.played):
            found = sentences_of(played, event, turn)
            assert_reads_well(found[0])
            assert_quotes_hold(played, found)


@pytest.mark.parametrize(("event", "pieces"), [
    (1, ["the brigade", "the outpost"]),
    (3, ["seven people"]),
    (4, ["one contractor"]),
    (5, ["two soldiers", "wound", "three"]),
    (6, ["“No soldier of blue is killed”"]),
    (7, ["a major strike on the brigade"]),
    (8, ["killing nine"]),
    (9, ["stop attacking blue"]),
    (10, ["red"]),
    (12, ["a strike on the soil of red"]),
    (15, ["lost the officer who ran its groups"]),
    (16, ["lost its leader"]),
    (17, ["the leader of red died"]),
    (19, ["a direct strike on blue", "three soldiers"]),
    (20, ["open war broke out between red and blue"]),
    (21, ["licence", "two weeks"]),
    (22, ["successor"]),
    (23, ["half as far again"]),
    (24, ["0.7 times their own tempo"]),
    (25, ["in Borderland"]),
    (26, ["killing one"]),
])  # fmt: skip
def test_a_sentence_says_what_happened(tale, event, pieces):
    """A sentence names who did what to whom, and the harm."""
    text = plain(tell_event(tale, tale.by_number[event]))

    assert all(piece in text for piece in pieces), text


def test_no_dead_are_told_where_the_model_draws_none(tale):
    """A strike on a patron, whose dead the model does not draw, is not said to have killed nobody."""
    assert "nobody" not in plain(tell_event(tale, tale.by_number[13]))


@pytest.mark.parametrize(("event", "piece"), [
    (1, "the group's own wave, from its attack of 30 December 2023 (recorded)"),
    (27, "revenge for the group's own dead, last in blue's major strike of 1 March 2024"),
    (7, "the crossing of “No soldier of blue is killed” on 1 March 2024"),
    (12, "the attack of the brigade on the outpost"),
    (9, "its factions had reconsidered after blue's major strike"),
    (28, "its factions had reconsidered after the crossing of “No soldier of blue is killed” on 1 March 2024"),
    (24, "a routine review"),
    (10, "red's order of 1 March 2024"),
    (15, "blue's strike of 1 March 2024"),
    (17, "the death came in blue's strike of 1 March 2024"),
    (20, "red's strike of 1 March 2024"),
    (23, "the death of red's leader"),
])  # fmt: skip
def test_a_cause_is_told_in_words(tale, event, piece):
    """The cause of each kind of event is named with its day, and recorded history as recorded."""
    assert piece in plain(because(tale, tale.by_number[event]))


def test_what_an_attack_s_cause_means():
    """An attack goes back to the situation, its own wave, another's example or revenge."""
    other = attack(1) | {"actor": "column"}

    assert attack_cause(attack(2), None) == SITUATION
    assert attack_cause(attack(2), attack(1)) == WAVE
    assert attack_cause(attack(2), other) == EXAMPLE
    assert attack_cause(attack(2), row(1, "strike", "blue")) == REVENGE


def test_revenge_names_whom_the_strike_was_aimed_at():
    """A group that avenges its dead of a strike on another has that other named; of a strike on itself nobody else is."""
    mine = {"target": "us-bases-iraq", "target_owner": "united-states", "actor": "kataib-hezbollah"}
    blow = {"actor": "united-states", "rung": "major-strike", "killed": 3}
    rows = [
        row(50, "strike", **blow, target="asaib-ahl-al-haq"),
        row(51, "attack", **mine, cause=50, got_through=False),
        row(52, "strike", **blow, target="kataib-hezbollah"),
        row(53, "attack", **mine, cause=52, got_through=False),
        row(54, "strike", **blow),
        row(55, "attack", **mine, cause=54, got_through=False),
    ]
    tale = Tale(Names(load_scenario("iran-axis-2024", the_catalogue()).document), rows)
    other, own, nobody = (plain(because(tale, tale.by_number[number])) for number in (51, 53, 55))

    assert f"aimed at {tale.actor('asaib-ahl-al-haq')} but felt by others of its movement" in other
    assert all("revenge for the group's own dead" in text for text in (other, own, nobody))
    assert "aimed at" not in own + nobody


def test_did_it_ordered_it_and_believed_to_have_ordered_it(tale):
    """Three things are told apart: who did it and whom it obeyed, whether it was ordered, and what the adversary believed."""
    ordered, obeying, alone = (plain(responsibility(tale, tale.by_number[number])) for number in (4, 5, 3))
    wrong = plain(responsibility(tale, attack(30, **(HIT | {"believed_culprit": None}))))

    assert "obeyed red, which had ordered it" in ordered
    assert "had no order for it" in obeying
    assert "obeyed nobody" in alone
    assert all("the chance that red had authority over the deed at 25 %" in text for text in (ordered, obeying, alone))
    assert "suspected nobody in particular" in wrong
    assert responsibility(tale, tale.by_number[1]) is None


def test_a_chain_goes_back_to_the_first_cause(tale):
    """A chain begins with the event asked for and ends with one that has no cause; each link is told in one sentence."""
    assert chain(ROWS, 10) == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    told = tell_chain(tale, 10)
    assert len(told) == 11
    assert_quotes_hold(tale, told)
    assert "(recorded)" in plain(told[-1])


def test_an_unknown_event_has_no_chain():
    """A chain from an event that does not exist fails."""
    with pytest.raises(KeyError):
        chain(ROWS, 999)
