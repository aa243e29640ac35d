"""Check the statistics of matched pairs against published numbers."""

import numpy as np
import pytest

from shadowline.study.effects import _few, _random_effects, holm, paired_effect, share_up


def test_holm_1979():
    """Holm's procedure multiplies the smallest p value by all, the next by all but one, and never lowers one below its predecessor."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (9, 4.115, 17.085)])
def test_garwood_1936(count, low, high):
    """Poisson limits are those of Garwood's table, as printed since in every handbook of epidemiology."""
    runs = 1000

    below, above, _ = _few(0, count, runs)

    assert below * runs == pytest.approx(low - 3.689, abs=2e-3)
    assert above * runs == pytest.approx(high, abs=2e-3)


def test_dersimonian_laird():
    """The worked example of Borenstein et al. 2009, chapter 14: variance between six studies .037, mean .358, its variance .0111."""
    effects = np.array([0.0945, 0.2774, 0.3665, 0.6644, 0.4618, 0.1852])
    variances = np.array([0.0329, 0.0307, 0.0499, 0.0105, 0.0427, 0.0234])

    mean, error, between = _random_effects(effects, variances)

    assert between == pytest.approx(0.0373, abs=1e-4)
    assert mean == pytest.approx(0.3582, abs=1e-4)
    assert error**2 == pytest.approx(0.0111, abs=1e-4)


def test_intervals_cover():
    """Of 400 intervals of a known difference, drawn with draws as clusters, 95 % cover it (false alarm below 1e-4)."""
    rng = np.random.default_rng(20240130)
    covered = 0
    for _ in range(400):
        beliefs = rng.normal(0.5, 0.3, 40).repeat(10)
        base = rng.normal(0, 1, 400)
        effect = paired_effect(base, base + beliefs + rng.normal(0, 0.5, 400), 10)
        covered += effect.low <= 0.5 <= effect.high
    assert 355 <= covered <= 395


@pytest.mark.parametrize("share", [0.5, 0.84])
def test_share_of_draws(share):
    """The share of draws with a positive effect is found although each draw is noisy: normal effects whose true share is known."""
    z = {0.5: 0.0, 0.84: 1.0}[share]
    draws, futures, noise = 400, 20, 2.0
    found = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        means = rng.normal(z * 0.5, 0.5, draws) + rng.normal(0, noise / np.sqrt(futures), draws)
        found.append(share_up(means, np.full(draws, 10.0), noise**2 / futures, futures))

    assert np.mean(found) == pytest.approx(share, abs=0.03)


def test_pairing_gains_what_the_covariance_gives():
    """With correlation r and equal variances the variance of a paired difference is 1 / (1 - r) times smaller."""
    rng = np.random.default_rng(3)
    common = rng.normal(0, 3, 40_000)
    base, changed = common + rng.normal(0, 1, 40_000), common + rng.normal(0, 1, 40_000)

    effect = paired_effect(base, changed, 1)

    assert effect.gain == pytest.approx(10, rel=0.05)
