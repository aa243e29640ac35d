"""Check E5: blame is a martingale where beliefs are right, and crosses a threshold with the known chance."""

import math

import numpy as np
import pytest
from scipy import stats

from shadowline.mechanisms.attribution import posterior
from shadowline.mechanisms.journal import ATTACK

GRID = (np.arange(40_000) + 0.5) / 40_000
ORDER, CONTROL = 0.8, 0.45
PRIOR = CONTROL * ORDER / (1 - CONTROL + CONTROL * ORDER)


def beliefs(prior, signal, truth):
    """Return the posteriors at equally likely evidence."""
    return np.array([posterior(prior, signal, truth, u) for u in GRID])


@pytest.mark.parametrize("prior", [0.05, 0.2, 0.5, 0.9])
@pytest.mark.parametrize("signal", [0.0, 0.5, 1.0, 3.0, 5.0])
def test_mean_blame_is_the_prior(prior, signal):
    """E5: averaged over truth and evidence, blame equals the prior whatever the strength of the evidence (quadrature, 1e-4)."""
    mean = prior * beliefs(prior, signal, 1).mean() + (1 - prior) * beliefs(prior, signal, 0).mean()
    assert mean == pytest.approx(prior, abs=1e-4)


@pytest.mark.parametrize(("signal", "chance"), [(1, 0.0108), (2, 0.1044), (3, 0.1649), (5, 0.1973)])
def test_chance_that_blame_reaches_the_threshold(signal, chance):
    """E5: with prior .2 blame reaches .7 with chance .0108, .1044, .1649 and .1973 for d = 1, 2, 3, 5 (quadrature, 5e-5)."""
    reached = 0.2 * (beliefs(0.2, signal, 1) >= 0.7).mean() + 0.8 * (beliefs(0.2, signal, 0) >= 0.7).mean()
    assert reached == pytest.approx(chance, abs=5e-5 + 1 / GRID.size)


@pytest.mark.parametrize(("prior", "clipped"), [(0.001, 0.02), (0.999, 0.98)])
def test_nobody_is_certain_beforehand(prior, clipped):
    """E5: priors are kept within .02 and .98."""
    assert posterior(prior, 0.0, 1, 0.5) == clipped


@pytest.fixture(scope="module")
def incidents(model_of, journal_of):
    """Return posterior, truth and future of every attack that got through, where the adversary knows control and order."""
    changes = {
        "lines": "{}",
        "outcomes": "{attacks: {asks: How many?, count: {attacks: {on: blue}, per: day}}}",
        "actors.red.order.fixed": ORDER,
        "ties.red>brigade.control": CONTROL,
        "fronts.brigade>outpost.branching": 0,
        "actors.blue.answers": "{base_rate: 0/day, per_provocation: 0/day}",
        "actors.blue.attribution.signal": 2,
        "actors.red.leader.frailty": 0,
        "targets.outpost.intercepted": 0.5,
        "targets.outpost.lethal_if_through": 0,
        "defaults.model.obedience.renewed_every": "2d",
    }
    model = model_of("two-camps", changes, draws=1, horizon=1200)
    told = [(run, journal_of(model, run)) for run in range(60)]
    rows = [(e.blame, e.authority >= 0, run) for run, journal in told for e in journal[(journal.kind == ATTACK) & (journal.hits > 0)]]
    return np.array(rows, float)


def by_future(incidents, values):
    """Return the sums of values over each future's incidents, less what the prior expects."""
    runs = incidents[:, 2].astype(int)
    return np.bincount(runs, weights=values)


def test_attacks_are_under_authority_as_often_as_the_prior_says(incidents, errors_off):
    """E5: among attacks the share under the patron's authority is c r / (1 - c + c r) (4 standard errors, false alarm 6e-5)."""
    assert errors_off(by_future(incidents, incidents[:, 1] - PRIOR), 0) < 4
    assert incidents[:, 1].mean() == pytest.approx(PRIOR, rel=0.05)


def test_simulated_blame_is_a_martingale(incidents, errors_off):
    """E5: in simulated futures mean blame is the prior, evidence or not (4 standard errors, false alarm 6e-5)."""
    assert errors_off(by_future(incidents, incidents[:, 0] - PRIOR), 0) < 4
    assert incidents[:, 0].mean() == pytest.approx(PRIOR, rel=0.05)


def test_simulated_blame_reaches_the_threshold_as_often_as_it_should(incidents, errors_off):
    """E5: simulated posteriors of at least .7 are as frequent as the normal law of evidence says (4 standard errors, false alarm 6e-5)."""
    signal = 2.0
    gap = math.log(0.7 / 0.3) - math.log(PRIOR / (1 - PRIOR))
    high, low = (signal**2 / 2 - gap) / signal, (-(signal**2) / 2 - gap) / signal
    chance = PRIOR * stats.norm.cdf(high) + (1 - PRIOR) * stats.norm.cdf(low)
    assert errors_off(by_future(incidents, (incidents[:, 0] >= 0.7) - chance), 0) < 4
