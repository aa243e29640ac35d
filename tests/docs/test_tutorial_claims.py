"""What the tutorial says about its two runs in prose holds in the runs themselves."""

import numpy as np
import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.scenario.starter import FIRST_CHANGE, write_starter

SINCE, LAPSE = "2024-03-20", "2024-05-13"


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


def attacks(results):
    """Return the days of the Hill Brigade's attacks in future 7."""
    return [str(row["date"]) for row in results.story(7) if row["kind"] == "attack" and row["actor"] == "hill-brigade"]


def test_a_halt_halves_the_attacks_and_spares_the_patron(runs):
    """Attacks fall by about half, the pause becomes likely, and strikes on Norland itself all but vanish."""
    before, after = runs

    assert 0.35 < value(after, "attacks") / value(before, "attacks") < 0.6
    assert value(before, "pause") < 0.5
    assert value(after, "pause") > 0.8
    assert value(before, "norland-struck") > 0.25
    assert value(after, "norland-struck") < 0.001


def test_the_brigade_is_still_while_it_obeys(runs):
    """In future 7 the Hill Brigade obeys Norland from the same day in both runs; under the halt it keeps still until it stops obeying."""
    before, after = (attacks(results) for results in runs)

    assert [day for day in before if SINCE <= day <= LAPSE]
    assert [day for day in after if SINCE <= day <= LAPSE] == []
    assert len([day for day in after if day > LAPSE]) > 20
    for results in runs:
        spells = [row for row in results.story(7) if row["kind"] == "obedience" and row["actor"] == "hill-brigade"]
        assert (str(spells[0]["date"]), spells[0]["target"]) == (SINCE, "norland")
    assert (str(spells[1]["date"]), spells[1]["target"]) == (LAPSE, None)


def test_blame_falls_from_a_half_to_next_to_nothing(runs):
    """In future 7 the mean blame of an attack is about one half in the first run and about two per cent in the second."""
    before, after = (np.mean([row["blame"] for row in results.story(7) if row["blame"] is not None]) for results in runs)

    assert 0.35 < before < 0.6
    assert 0.005 < after < 0.03
