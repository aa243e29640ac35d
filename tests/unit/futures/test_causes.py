"""What an event is put down to could have brought it about: causes of answers and of obedience, and tolls that are stated."""

from datetime import date
from pathlib import Path

import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.parameters import RUNGS

RUNS = 30
FRESH = 21
"""Days for which a crossing makes higher rungs likelier."""
MEMORY = 90
TWO_PATRONS = Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml"


@pytest.fixture(scope="module")
def axis():
    """Return futures of the model case, each of its own draw, with their events by number."""
    results = simulate("iran-axis-2024", Plan(RUNS, RUNS, seed=77, threads=2))
    return results, [{row["event"]: row for row in results.story(run)} for run in range(RUNS)]


def pairs(events, kind):
    """Yield events of one kind with their causes, those without a cause left out."""
    return ((row, events[row["cause"]]) for row in events.values() if row["kind"] == kind and row["cause"] is not None)


def movement_of(document, proxy):
    """Return the movement that a group belongs to."""
    return next(key for key, groups in document.movements.items() if proxy in groups)


def test_obedience_changes_with_the_order_that_has_arrived(axis):
    """No change of obedience is put down to an order younger than the lag of its draw, nor to one that a later arrival has replaced."""
    results, futures = axis
    names, model, found = results.model.names, results.model, 0
    for run, events in enumerate(futures):
        principals = model.layout.view(model.starts[run // results.batch.futures], "principals")
        for row, order in pairs(events, "obedience"):
            lag = int(principals[names.principals.index(order["actor"])].order_reaches_proxies_after)
            arrived = [
                one
                for one in events.values()
                if one["kind"] == "order"
                and (one["actor"], one["target"]) == (order["actor"], row["target_owner"])
                and (row["date"] - one["date"]).days >= lag
            ]
            assert order["kind"] == "order"
            assert (row["date"] - order["date"]).days >= lag, (run, row["event"])
            assert order["event"] == arrived[-1]["event"], (run, row["event"])
            found += lag > 0
    assert found > RUNS


def test_strikes_on_a_group_go_back_to_its_own_movement_s_crossings(axis):
    """No strike aimed at a group is put down to a line that another movement crossed."""
    results, futures = axis
    document, found = results.scenario.document, 0
    for run, events in enumerate(futures):
        for strike, decision in pairs(events, "strike"):
            if strike["target"] is None or document.actors[strike["target"]].role != "proxy" or decision["cause"] is None:
                continue
            crossing = events[decision["cause"]]
            if crossing["kind"] != "line-crossed":
                continue
            attack = events[crossing["cause"]]
            assert movement_of(document, attack["actor"]) == movement_of(document, strike["target"]), (run, strike["event"])
            found += 1
    assert found > RUNS / 2


def test_answers_go_back_to_an_attack_or_the_line_it_crossed(axis):
    """An adversary's answer goes back to a fresh crossing of its own line, or to an attack on it within memory, or the line it crossed."""
    results, futures = axis
    document, fresh, others = results.scenario.document, 0, 0
    for run, events in enumerate(futures):
        for decision, cause in pairs(events, "answer-decided"):
            if document.actors[decision["actor"]].role != "adversary":
                continue
            assert cause["kind"] in {"attack", "line-crossed"}
            assert cause["event"] < decision["event"]
            age = (decision["date"] - cause["date"]).days
            if cause["kind"] == "attack":
                assert cause["target_owner"] == decision["actor"]
                assert age <= MEMORY
                others += 1
                continue
            assert document.lines[cause["line"]].owner == decision["actor"], (run, decision["event"])
            if RUNGS.index(decision["rung"]) >= RUNGS.index("major-strike") and age < FRESH:
                fresh += 1
            else:
                assert events[cause["cause"]]["target_owner"] == decision["actor"]
                assert age <= MEMORY
                others += 1
    assert fresh > RUNS / 2
    assert others > RUNS


def test_an_answer_from_the_second_rung_on_answers_a_fresh_crossing(axis):
    """A major strike on a group whose movement has crossed a line of the adversary's within three weeks is put down to that crossing."""
    results, futures = axis
    document, found = results.scenario.document, 0
    for run, events in enumerate(futures):
        for decision, cause in pairs(events, "answer-decided"):
            author, target = decision["actor"], decision["target"]
            is_high = decision["rung"] == "major-strike" and target is not None and document.actors[target].role == "proxy"
            if not is_high or document.actors[author].role != "adversary":
                continue
            mine = [
                row
                for row in events.values()
                if row["kind"] == "line-crossed" and row["event"] < decision["event"] and document.lines[row["line"]].owner == author
            ]
            if not mine or (decision["date"] - mine[-1]["date"]).days >= FRESH:
                continue
            attack = events[mine[-1]["cause"]]
            if movement_of(document, attack["actor"]) == movement_of(document, target):
                assert cause["event"] == mine[-1]["event"], (run, decision["event"])
                found += 1
    assert found > RUNS / 2


def test_stated_tolls_stand_whole():
    """A strike whose dead the scenario states has just these in its row, however they are shared out among groups."""
    results = simulate(TWO_PATRONS, Plan(8, 8, seed=5, horizon=10))
    stated = {(date(2030, 7, 2), "northmark"): 4, (date(2030, 7, 4), "southmark"): 9}
    for run in range(results.runs):
        laid_down = {
            (row["date"], row["actor"]): row["killed"]
            for row in results.story(run)
            if row["kind"] == "strike" and row["cause"] is None and row["date"] > results.scenario.document.as_of
        }
        assert laid_down == stated
