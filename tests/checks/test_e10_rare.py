"""Check E10: integrating the hazard of a rare outcome and counting it agree, and where it is rare integrating is far more precise."""

import numpy as np
import pytest

RUNS = 16_000
COMMON = {
    "actors.blue.answers.appeal.assets-abroad": -0.5,
    "actors.blue.answers.appeal.patron-soil": -0.5,
    "dyads": "[{patron: red, adversary: blue, war: {starts: {assets-abroad: 0.3, patron-soil: 0.4}}}]",
}
RARE = {
    "fronts.brigade>outpost.quiet_rate": "0.1/day",
    "targets.outpost.lethal_if_through": 0.02,
    "actors.blue.answers.appeal.assets-abroad": -7,
    "actors.blue.answers.appeal.patron-soil": -7,
}
OUTCOMES = ("assets-abroad", "soil", "war")


@pytest.fixture(scope="module")
def estimates(model_of, futures_of):
    """Return a function: for changed numbers, the integrated chance and the count (runs,) by outcome."""

    def compared(changes):
        model = model_of("two-camps", changes, draws=RUNS // 8)
        batch = futures_of(model, RUNS)
        columns = {key: list(model.names.outcomes).index(key) for key in OUTCOMES}
        return {key: (batch.chance[:, n], (batch.first_day[:, n] >= 0).astype(float)) for key, n in columns.items()}

    return compared


@pytest.fixture(scope="module")
def common(estimates):
    """Return both estimates where high rungs and war are common."""
    return estimates(COMMON)


@pytest.fixture(scope="module")
def usual(estimates):
    """Return both estimates in the two camps as they are."""
    return estimates({})


@pytest.fixture(scope="module")
def rare(estimates):
    """Return both estimates where high rungs are chosen once in a thousand answers."""
    return estimates(RARE)


@pytest.mark.parametrize("key", OUTCOMES)
def test_both_agree_where_the_outcome_is_common(common, errors_off, key):
    """E10: where the outcome is common the mean difference of the two is zero within four standard errors (false alarm 6e-5 each)."""
    integrated, counted = common[key]
    assert counted.mean() > 0.05
    assert errors_off(integrated - counted, 0) < 4


@pytest.mark.parametrize("key", OUTCOMES)
def test_both_agree_in_the_two_camps(usual, errors_off, key):
    """E10: in the two camps as shipped the mean difference is zero within four standard errors (false alarm 6e-5 each)."""
    integrated, counted = usual[key]
    assert errors_off(integrated - counted, 0) < 4


@pytest.mark.parametrize("key", OUTCOMES)
def test_integrating_is_five_times_as_precise_where_the_outcome_is_rare(rare, key):
    """E10: where the outcome is rare the integral's standard error is at least five times smaller than a count's, and they agree."""
    integrated, counted = rare[key]
    chance = integrated.mean()
    assert 0 < chance < 0.01
    assert integrated.std() < np.sqrt(chance * (1 - chance)) / 5
    assert abs(counted.mean() - chance) < 5 * np.sqrt(chance / RUNS) + 1e-9
