"""What the tutorial says about its two runs in prose holds in the runs themselves."""

import numpy as np
import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.scenario.starter import FIRST_CHANGE, write_starter

TOLD = 312
"""The future that the tutorial tells."""
SINCE, LAPSE, ALONE, FATAL = "2024-03-02", "2024-04-09", "2024-04-21", "2024-05-20"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Return the results of the tutorial's first two runs: the factions decide, and a halt is ordered."""
    scenario = write_starter(tmp_path_factory.mktemp("wars") / "my-war")[0]
    path, value = FIRST_CHANGE.split("=")
    plan = Plan(runs=2000, seed=1)
    return simulate(scenario, plan), simulate(scenario, plan, changes={path: value})


def value(results, outcome):
    """Return the answer to one question."""
    return next(answer.value for answer in results.answers if answer.id == outcome)


def rows(results, kind, actor):
    """Return what an actor did of one kind in the future that the tutorial tells, with dates as text."""
    return [row | {"date": str(row["date"])} for row in results.story(TOLD) if row["kind"] == kind and row["actor"] == actor]


def test_a_halt_halves_the_attacks_and_spares_the_patron(runs):
    """Attacks fall by about half, the pause becomes likely, and strikes on Norland itself all but vanish."""
    before, after = runs

    assert 0.35 < value(after, "attacks") / value(before, "attacks") < 0.6
    assert value(before, "pause") < 0.5
    assert value(after, "pause") > 0.8
    assert value(before, "norland-struck") > 0.25
    assert value(after, "norland-struck") < 0.001


def test_the_guard_is_still_while_it_obeys(runs):
    """In the future told the River Guard obeys Norland over the same five weeks in both runs, and keeps still only under the halt."""
    found = []
    for results in runs:
        spells = [(row["date"], row["target"]) for row in rows(results, "obedience", "river-guard")]
        assert spells[:3] == [(SINCE, "norland"), (LAPSE, "midmark"), (ALONE, None)]
        found.append([row["date"] for row in rows(results, "attack", "river-guard")])

    before, after = found
    assert len([day for day in before if SINCE <= day < LAPSE]) == 3
    assert after[0] == LAPSE


def test_the_same_attack_is_blamed_on_the_patron_in_one_run_only(runs):
    """The attack of 20 May is the same in both runs and obeys nobody; the blame, and with it who is struck, is not."""
    before, after = ([row for row in rows(results, "attack", "river-guard") if row["date"] == FATAL] for results in runs)

    assert len(before) == len(after) == 1
    for name in ("target", "killed", "wounded", "authority", "ordered"):
        assert before[0][name] == after[0][name]
    assert before[0]["authority"] is None
    assert before[0]["blame"] > 0.6
    assert after[0]["blame"] < 0.03
    struck = [{row["target"] for row in rows(results, "strike", "sundland") if row["rung"] == "assets-abroad"} for results in runs]
    assert struck == [{"norland"}, set()]


def test_the_halt_is_known_from_the_start(runs):
    """Already in the first ten days an attack is hardly laid to Norland under the halt, and often without it."""
    means = []
    for results in runs:
        early = [row for run in range(60) for row in results.story(run) if row["kind"] == "attack" and str(row["date"]) < "2024-03-12"]
        means.append(np.mean([row["blame"] for row in early if row["blame"] is not None]))

    assert means[0] > 0.3
    assert means[1] < 0.05


def test_a_future_is_not_the_only_one_of_its_kind(runs):
    """There are many futures in which Norland is struck in the first run and not in the second, as the tutorial says."""
    outcome = list(runs[0].scenario.document.outcomes).index("norland-struck")
    before, after = (results.batch.first_day[:, outcome] >= 0 for results in runs)

    assert (before & ~after).sum() > 300
    assert before[TOLD]
    assert not after[TOLD]
