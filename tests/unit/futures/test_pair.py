"""Two matched futures part where the first act differs, for the reason that the model itself has, whatever the numbers of their events."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from shadowline.engine.batch import play
from shadowline.errors import Code, InputError
from shadowline.futures.reload import open_results
from shadowline.futures.replay import played_again
from shadowline.futures.run import Plan, simulate
from shadowline.futures.why.pair import Future, parting
from shadowline.futures.why.pair.matching import abreast, happening, odd_events, same_again
from shadowline.futures.why.pair.standing import standing
from shadowline.futures.why.pair.story import check_pair, pair_story
from shadowline.futures.wording import plain

RUNS = 30
PLAN = Plan(RUNS, 1, seed=3)
POLICIES = """\
shadowline: 1
extends: two-camps
id: camps
policies:
  cease: {says: Red orders a halt., change: {actors.red.order: 0}}
  rich: {says: Red pays for everything., change: {ties.red>brigade.pays: 1}}
  busy: {says: The brigade is twice as able., times: {actors.brigade.capability: 2}}
  quarrel: {says: The border heats up., times: {theatres.border.context: 1.5}}
  mute: {says: Blue never answers., change: {actors.blue.answers.doctrine: never}}
  guard: {says: Nearly all is stopped., change: {targets.outpost.intercepted: 0.999}}
  frail: {says: The leader is dying., change: {actors.red.leader: {frailty: 5, hazard_at_reference: 5}}}
  shelter: {says: Nobody dies of what gets through., change: {targets.outpost.lethal_if_through: 0}}
  patient: {says: One death is not enough., change: {lines.no-blue-soldier.killed: 3}}
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    """Return a scenario with a policy for every reason."""
    path = tmp_path_factory.mktemp("scenario") / "camps.yaml"
    path.write_text(POLICIES, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folders(scenario, tmp_path_factory):
    """Return results by policy, read back from their folders; under None those without."""
    place = tmp_path_factory.mktemp("pair")
    names = [None, "cease", "rich", "busy", "quarrel", "mute", "guard", "frail", "shelter", "patient"]
    found = {}
    for name in names:
        simulate(scenario, PLAN, policy=name).save(place / str(name))
        found[name] = open_results(place / str(name))
    return found


@pytest.fixture(scope="module")
def pairs(folders):
    """Return a function that gives every future under a policy beside the one without."""
    told = {}

    def pair(policy):
        if policy not in told:
            told[policy] = [pair_story(folders[None], folders[policy], run) for run in range(RUNS)]
        return told[policy]

    return pair


def kinds(stories):
    """Return how often each reason comes."""
    return Counter(story.apart.reason.kind for story in stories if story.apart is not None)


@pytest.mark.parametrize("policy", ["cease", "rich", "busy", "quarrel", "guard", "mute"])
def test_the_day_is_that_of_the_traces(folders, pairs, policy):
    """The day on which two futures part is the one that the engine finds by its own account of what happened on each day."""
    model, other = folders[None].model, folders[policy].model
    batches = [play(one, futures=RUNS, seed=PLAN.seed, threads=1, traced=True) for one in (model, other)]
    days = batches[0].traces.part_from(batches[1].traces)
    morning = model.names.document.as_of + timedelta(days=1)

    found = [-1 if story.apart is None else (story.apart.on - morning).days for story in pairs(policy)]

    assert (days >= 0).any()
    assert found == days.tolist()


@pytest.mark.parametrize("policy", ["cease", "guard", "mute"])
def test_the_act_is_in_one_future_and_not_in_the_other(pairs, policy):
    """Until the day the attacks are the same on both sides; on it the act named stands on the side named, and not on the other."""
    for story in pairs(policy):
        rows = [[row for row in side.tale.played if row["kind"] == "attack"] for side in story.sides]
        what = [[(row["date"], row["actor"], row["target"], row["got_through"]) for row in side] for side in rows]
        if story.apart is None:
            assert what[0] == what[1]
            continue
        act, on = story.apart.act, story.apart.on
        assert [one for one in what[0] if one[0] < on] == [one for one in what[1] if one[0] < on]
        assert act in story.sides[story.apart.side].tale.rows
        assert act["date"] == on
        assert act["event"] in story.odd(story.apart.side)


@pytest.mark.parametrize(("policy", "expected"), [
    ("cease", {"order", "obedience"}),
    ("rich", {"obedience", "answer"}),  # who is obeyed is blamed
    ("busy", {"pace"}),
    ("quarrel", {"pace"}),
    ("guard", {"harm"}),
    ("mute", {"answer"}),
    ("frail", {"fate"}),
    ("shelter", {"harm"}),
    ("patient", {"line"}),
])  # fmt: skip
def test_each_lever_parts_futures_for_its_own_reason(pairs, policy, expected):
    """A policy that moves one thing makes futures part for that thing's reason and no other."""
    found = kinds(pairs(policy))

    assert found
    assert set(found) <= expected


def test_an_order_that_stood_from_the_start_is_known(pairs):
    """Where both obey one order that no event has written down, the reason is that order, and its values are those of the futures."""
    told = [story for story in pairs("cease") if story.apart and story.apart.reason.kind == "order"]

    assert told
    for story in told:
        left, right = story.apart.reason.standings
        assert left.obeys == right.obeys == "red"
        assert (left.order > 0, right.order) == (True, 0)
        assert right.rate == 0


def test_a_firmer_hold_is_the_reason_where_money_flows(pairs):
    """Where a policy pays more, the group obeys where it did not, and the chance of obeying is higher on that side."""
    told = [story for story in pairs("rich") if story.apart and story.apart.reason.kind == "obedience"]

    assert told
    for story in told:
        left, right = story.apart.reason.chosen or story.apart.reason.standings
        assert right.holds["red"] > left.holds["red"]
        assert "ties.red>brigade.pays" in " ".join(map(plain, story.partings[0]))


def test_what_stood_is_what_the_journal_says(folders):
    """Whom a group obeyed, and how many of its attacks got through, agree with the events of the day."""
    saved = folders[None]
    names, seen = saved.model.names, 0
    for run in range(8):
        for row in saved.replay(run):
            if row["kind"] != "attack" or not row["got_through"]:
                continue
            world = played_again(saved.model, run, 0, saved.seed, days=(row["date"] - names.document.as_of).days)
            stood = standing(names, world, row["actor"], row["target"])
            today = [one for one in saved.replay(run) if (one["date"], one["kind"]) == (row["date"], "attack")]
            assert stood.obeys == row["authority"]
            assert stood.attacks == len(today)
            assert stood.through == sum(one["got_through"] for one in today)
            seen += 1
    assert seen > 10


def test_the_parts_of_a_tempo_make_up_its_rate(folders):
    """Order, fear and restraint times base, momentum, example and revenge is the rate at which attacks were drawn."""
    saved = folders["busy"]
    for run in range(4):
        for days in (1, 40, 120):
            stood = standing(saved.model.names, played_again(saved.model, run, 0, saved.seed, days=days), "brigade", "outpost")
            if "fear" not in stood.parts:
                assert stood.order == 0
                continue
            parts = stood.parts
            base = parts["capability"] * parts["quiet"] * parts["context"]
            wanted = base + parts["momentum"] + parts["example"] + parts["revenge"]
            assert stood.order * parts["fear"] * parts["restraint"] * wanted == pytest.approx(stood.rate)


def test_a_future_played_up_to_a_day_is_the_future(folders):
    """Playing fewer days tells the first of the same events, and the evening of the last day is the whole future's end."""
    saved = folders[None]
    model = saved.model

    whole = played_again(model, 2, 0, saved.seed)
    part = played_again(model, 2, 0, saved.seed, days=60)

    end = model.names.document.as_of.toordinal() + 60
    assert np.array_equal(part.journal, whole.journal[whole.journal.day <= end])
    assert len(whole.journal) > len(part.journal) > 0
    assert int(part.clock[0].today) == end + 1


def test_results_held_against_themselves_never_part(folders):
    """The same futures on both sides never part, on no day, and no event is marked."""
    for run in range(4):
        story = pair_story(folders["cease"], folders["cease"], run)
        assert (story.apart, story.partings, story.passages, story.days()) == (None, [], [], [])
        assert not story.odd(0)
        assert not any(answer.differs for answer in story.answers)


def test_an_act_of_the_adversary_in_question_is_told_first(folders):
    """Where several acts differ on a day, one that concerns the adversary asked about comes before the others."""
    names = folders[None].model.names
    day = names.document.as_of + timedelta(days=1)
    aside, central = _attack(0, day, owner="green"), _attack(1, day, owner="blue")
    lines = [[aside, central], []]
    futures = tuple(Future(names, rows, lambda _: None) for rows in lines)

    with pytest.raises(AttributeError):  # what stood on the day is asked for only where the act is found
        parting(futures, day, "blue")
    assert parting((Future(names, [_war(0, day)], None), Future(names, [], None)), day).reason.kind == "war"
    assert parting(futures[1:] * 2, day) is None


def test_what_lies_before_day_0_parts_nobody(folders):
    """An act of the replayed past that one future lacks is not where they part."""
    names = folders[None].model.names
    past = names.document.as_of

    assert parting((Future(names, [_war(0, past)], None), Future(names, [], None)), past + timedelta(days=1)) is None


def test_events_stand_abreast_whatever_their_numbers():
    """The same event of both futures stands in one row, one that the other lacks beside nothing, in the order of each."""
    day = date(2024, 1, 2)
    left = [_attack(0, day), _attack(1, day, through=True), _war(2, day)]
    right = [_attack(7, day), _attack(8, day), _war(9, day)]

    rows = abreast(left, right)

    assert [row for row, _ in rows if row is not None] == left
    assert [row for _, row in rows if row is not None] == right
    assert all(happening(one) == happening(other) for one, other in rows if one and other)
    assert (odd_events(left, right), odd_events(right, left)) == ({1}, {8})
    assert [(one and one["event"], other and other["event"]) for one, other in rows if not (one and other)] == [(1, None), (None, 8)]


def test_a_strikes_toll_is_no_act_of_its_own():
    """Two strikes that differ in nothing but whom they killed are the same act; two that fall on different groups are not."""
    day = date(2024, 1, 2)
    strike = _war(0, day) | {"kind": "strike", "rung": "major-strike", "killed": 3}

    assert happening(strike) == happening(strike | {"killed": 4, "event": 5})
    assert happening(strike) != happening(strike | {"target": "column"})


def test_from_when_two_are_the_same_again():
    """The day after the last act that only one has is the first from which both are the same."""
    days = [date(2024, 1, 2) + timedelta(days=n) for n in range(5)]
    left = [_attack(0, days[0]), _attack(1, days[2]), _attack(2, days[4])]
    right = [_attack(0, days[2]), _attack(1, days[4])]

    assert same_again((left, right), days[0]) == days[1]
    assert same_again((left, left), days[0]) == days[0]


@pytest.mark.parametrize(("changed", "piece"), [
    ({"plan": Plan(RUNS, 1, seed=4)}, "seed (3 and 4)"),
    ({"plan": Plan(RUNS, 2, seed=3)}, "draws (1 and 2)"),
    ({"plan": Plan(RUNS, 1, seed=3, horizon=90)}, "horizon days (180 and 90)"),
    ({"scenario": "two-camps"}, "scenario (camps and two-camps)"),
    ({"as_of": date(2024, 2, 1)}, "as-of date (2024-01-01 and 2024-02-01)"),
])  # fmt: skip
def test_results_that_share_no_luck_are_refused(scenario, folders, tmp_path, changed, piece):
    """Results of another scenario, seed, number of draws, length or day are no match, and the message says what differs."""
    simulate(changed.get("scenario", scenario), changed.get("plan", PLAN), as_of=changed.get("as_of")).save(tmp_path / "other")

    with pytest.raises(InputError) as refusal:
        check_pair(folders[None], open_results(tmp_path / "other"))

    assert refusal.value.code == Code.NO_COMPARISON
    assert piece in str(refusal.value)


def _attack(event, day, *, owner="blue", through=False):
    """Return a row of an attack."""
    return _war(event, day) | {"kind": "attack", "actor": "brigade", "target": "outpost", "target_owner": owner, "got_through": through}


def _war(event, day):
    """Return a row of a war."""
    return {
        "event": event, "date": day, "kind": "open-war", "actor": "red", "target": "blue", "target_owner": None, "line": None, "rung": None,
        "order": None, "got_through": None, "killed": 0, "wounded": 0, "cause": None,
    }  # fmt: skip
