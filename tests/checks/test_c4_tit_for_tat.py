"""Check C4: noisy tit-for-tat between two adversaries spends the known share of days in hostility."""

import numpy as np
import pytest

from shadowline.mechanisms.journal import STRIKE

ERROR = 0.01
RUNS = 400
SETTLED = 700  # days: the correlation with the peaceful start is below 1e-6


@pytest.fixture(scope="module")
def hostile_days(model_of, journal_of):
    """Return a function from generosity to an array (runs, 2, days): whether each rival struck on each settled day."""

    def watched(generosity, runs):
        changes = {f"actors.{key}.answers.generosity_of_doctrine": generosity for key in ("east", "west")}
        model = model_of("two-rivals", changes, draws=1)
        struck = np.zeros((runs, 2, model.days), bool)
        first = int(model.starts[0].view(np.int64)[model.layout.address("clock", 0, "start_day")])
        for run in range(runs):
            journal = journal_of(model, run)
            strikes = journal[journal.kind == STRIKE]
            struck[run, strikes.actor, strikes.day - first] = True
        return struck[:, :, SETTLED:]

    return watched


@pytest.mark.parametrize(("generosity", "share"), [(0.0, 0.5), (0.1, 0.08475), (1 / 3, 0.028846)])
def test_hostile_share_of_days(hostile_days, errors_off, generosity, share):
    """C4: with error .01 the share of hostile days is .5, .08475 and .028846 for generosity 0, .1 and a third (false alarm 6e-5 each)."""
    assert pytest.approx(ERROR / (2 * ERROR + generosity * (1 - 2 * ERROR)), abs=5e-6) == share
    struck = hostile_days(generosity, RUNS if generosity == 0 else RUNS // 4)
    assert errors_off(struck.mean(axis=(1, 2)), share) < 4
    assert struck.mean() == pytest.approx(share, rel=0.1)


@pytest.mark.parametrize(("east", "west"), [(False, False), (False, True), (True, False), (True, True)])
def test_without_generosity_all_joint_states_are_equally_frequent(hostile_days, errors_off, east, west):
    """C4: without generosity each of the four joint states takes a quarter of the days (false alarm 6e-5 each)."""
    struck = hostile_days(0.0, RUNS // 2)
    in_state = (struck[:, 0] == east) & (struck[:, 1] == west)
    assert errors_off(in_state.mean(axis=1), 0.25) < 4
    assert in_state.mean() == pytest.approx(0.25, rel=0.1)


def test_a_strike_is_answered_on_the_next_day(hostile_days):
    """C4: each rival does what the other did yesterday on 99 of 100 days (tolerance: 5 standard errors, false alarm 6e-7)."""
    struck = hostile_days(0.0, 20)
    same = np.concatenate([(struck[:, 0, 1:] == struck[:, 1, :-1]).ravel(), (struck[:, 1, 1:] == struck[:, 0, :-1]).ravel()])
    assert same.mean() == pytest.approx(1 - ERROR, abs=5 * np.sqrt(ERROR * (1 - ERROR) / same.size))
