"""Check E7: what one fatal attack in 166 says about lethality."""

import numpy as np
import pytest
from scipy import stats

from shadowline.scenario.numbers import read_number
from shadowline.units import Dimension

FATAL, ATTACKS = 1, 166
A, B = FATAL + 0.5, ATTACKS - FATAL + 0.5
LOW, MEDIAN, HIGH = 0.00065, 0.00711, 0.0278


def test_the_reference_is_jeffreys_posterior():
    """E7: one fatal attack in 166 under Jeffreys' prior has mean .00898, median .00711 and 95 % range .00065 to .0278."""
    posterior = stats.beta(A, B)
    assert posterior.mean() == pytest.approx(0.00898, abs=5e-6)
    assert posterior.ppf([0.025, 0.5, 0.975]) == pytest.approx([LOW, MEDIAN, HIGH], rel=0.005)


def test_a_share_stated_by_mean_and_spread_has_that_range():
    """E7: a number written as a beta distribution with Jeffreys' mean and spread draws the same median and range."""
    spread = np.sqrt(A * B / ((A + B) ** 2 * (A + B + 1)))
    words = {"distribution": "beta", "mean": A / (A + B), "spread": float(spread)}
    number = read_number(words, Dimension.PROBABILITY, 0, 1)
    assert number.quantiles(np.array([0.025, 0.5, 0.975])) == pytest.approx([LOW, MEDIAN, HIGH], rel=0.005)


def test_a_rate_solved_from_a_total_is_jeffreys_too():
    """E7: a number written as one in 166 days has the limit of that posterior for a rate, a gamma distribution with shape 1.5."""
    number = read_number({"total": 1, "over": "166d"}, Dimension.RATE)
    expected = stats.gamma(1.5, scale=1 / 166).ppf([0.025, 0.5, 0.975])
    assert number.quantiles(np.array([0.025, 0.5, 0.975])) == pytest.approx(expected)
    assert expected == pytest.approx([LOW, MEDIAN, HIGH], rel=0.02)


def chance_to_kill(model):
    """Return the chance (draws,) that one attack on the first target kills."""
    column = {
        name: model.starts[:, model.layout.address("targets", 0, name)]
        for name in ("intercepted", "mistaken_for_friend", "lethal_if_through")
    }
    through = column["mistaken_for_friend"] + (1 - column["mistaken_for_friend"]) * (1 - column["intercepted"])
    return through * column["lethal_if_through"]


def test_the_default_lethality_agrees_with_the_record(model_of):
    """E7: of 4,000 draws of the default lethality more than nine in ten lie within the 95 % range, and their median too."""
    killing = chance_to_kill(model_of("two-camps", {"unstated": "drawn"}, draws=4000))
    assert ((killing > LOW) & (killing < HIGH)).mean() > 0.9
    assert 0.5 * MEDIAN < np.median(killing) < 2 * MEDIAN
