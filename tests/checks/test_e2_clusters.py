"""Check E2: self-excitation makes clusters of the known sizes and counts of the known dispersion."""

import math
from collections import Counter

import numpy as np
import pytest
from scipy import stats

from shadowline.mechanisms.journal import ATTACK

WEEKS = 72
DAYS = 7 * WEEKS


@pytest.fixture(scope="module")
def excited(model_of):
    """Return a function: two camps in which only branching works."""

    def built(branching, quiet_rate, half_life, days):
        front = (
            f"{{proxy: brigade, target: outpost, quiet_rate: {quiet_rate}/day, branching: {branching}, momentum_half_life: {half_life}d}}"
        )
        changes = {
            "lines": "{}",
            "outcomes": "{attacks: {asks: How many?, count: {attacks: {on: blue}, per: day}}}",
            "actors.red.order.fixed": 1,
            "fronts.brigade>outpost": front,
            "actors.blue.answers": "{base_rate: 0/day, per_provocation: 0/day}",
        }
        return model_of("two-camps", changes, draws=32, horizon=days)

    return built


def fano_of_window(branching, days):
    """Return variance over mean of counts in a window, for offspring on the next day: 1/(1 - n)² but for the window's edges."""
    return (1 - 2 * branching / ((1 - branching**2) * days)) / (1 - branching) ** 2


@pytest.mark.parametrize(("branching", "fano"), [(0.5, 4.0), (0.7, 11.1)])
def test_long_run_dispersion(excited, futures_of, branching, fano):
    """E2: counts over windows of 504 days have variance over mean 1/(1 - n)², 4.00 and 11.1 (4 standard errors, false alarm 6e-5 each)."""
    model = excited(branching, 0.5, 0.1, 5 * DAYS)
    weekly = futures_of(model, 3200).weekly[:, 0].astype(float)
    windows = weekly.reshape(len(weekly), 5, WEEKS).sum(axis=2)[:, 1:]
    found = windows.var() / windows.mean()
    spread = stats.kurtosis(windows, axis=None) + 2  # variance of a squared deviation, in squared variances
    error = fano * math.sqrt(spread / windows.size)
    assert fano_of_window(branching, DAYS) == pytest.approx(fano, rel=0.01)
    assert found == pytest.approx(fano_of_window(branching, DAYS), abs=4 * error)
    assert windows.mean() / DAYS == pytest.approx(0.5 / (1 - branching), rel=0.01)


def cluster_sizes(journal, last_day):
    """Return the sizes of clusters by cause number, for those that began up to ``last_day``."""
    attacks = journal[journal.kind == ATTACK]
    founder = {}
    for attack in attacks:
        founder[int(attack.id)] = founder[int(attack.cause)] if attack.cause >= 0 else int(attack.id)
    sizes = Counter(founder.values())
    return [size for number, size in sizes.items() if journal[number].day <= last_day]


@pytest.mark.parametrize("half_life", [0.5, 5])
def test_cluster_sizes_follow_borel(excited, journal_of, half_life):
    """E2: for n = .5 clusters by cause have one to five attacks with chances .60653 .18394 .08367 .04511 .02672 (false alarm 1e-4)."""
    model = excited(0.5, 0.5, half_life, 2000)
    sizes = []
    for run in range(12):
        journal = journal_of(model, run)
        sizes.extend(cluster_sizes(journal, journal.day[0] + 1700))
    borel = [math.exp(-0.5 * k) * (0.5 * k) ** (k - 1) / math.factorial(k) for k in range(1, 6)]
    assert borel == pytest.approx([0.60653, 0.18394, 0.08367, 0.04511, 0.02672], abs=5e-6)
    counts = np.bincount(np.minimum(sizes, 6), minlength=7)[1:]
    expected = np.array([*borel, 1 - sum(borel)]) * len(sizes)
    assert len(sizes) > 8000
    assert stats.chisquare(counts, expected).pvalue > 1e-4
    assert np.mean(sizes) == pytest.approx(2.0, rel=0.1)
