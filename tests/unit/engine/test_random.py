"""Addressed draws are uniform, independent across addresses, and inverted into the right distributions."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from shadowline.engine import random as draws
from shadowline.engine.random import hashed

ALARM = 1e-4
WORDS = st.integers(0, 2**64 - 1).map(np.uint64)
UNIFORMS = np.concatenate([[1e-300, 1e-12, 1e-9, 1 - 1e-9, 1 - 1e-12], (np.arange(2000) + 0.5) / 2000])


def at(*, run=0, stream="check", entity="somebody", day=738_900, number=0, seed=1):
    """Return the draw at an address."""
    key = np.uint64(draws.run_key(np.uint64(seed), np.uint64(run)))
    return draws.address(key, hashed(stream), hashed(entity), day, number)


ALONG = {
    "seeds": lambda n: at(seed=n),
    "runs": lambda n: at(run=n),
    "days": lambda n: at(day=n),
    "mechanisms": lambda n: at(stream=f"mechanism-{n}"),
    "entities": lambda n: at(entity=f"actor:{n}"),
    "numbers": lambda n: at(number=n),
}


@pytest.fixture(scope="module", params=ALONG)
def line(request):
    """Return 20,000 draws whose addresses differ in one part alone, by one."""
    return np.array([ALONG[request.param](n) for n in range(20_000)])


def test_draws_along_any_part_of_the_address_are_uniform(line):
    """Draws along seeds, runs, days, mechanisms, entities or numbers are uniform (Kolmogorov-Smirnov, false alarm 1e-4 each)."""
    assert stats.kstest(line, "uniform").pvalue > ALARM


@pytest.mark.parametrize("lag", [1, 2, 7])
def test_neighbouring_addresses_are_independent(line, lag):
    """Draws at neighbouring addresses fill an 8 × 8 table of pairs evenly (chi-square, false alarm 1e-4 each)."""
    first, second = (line[:-lag] * 8).astype(int), (line[lag:] * 8).astype(int)
    # Pairs that overlap are counted once: those that begin at every second multiple of the lag.
    keep = (np.arange(first.size) // lag) % 2 == 0
    table = np.bincount(first[keep] * 8 + second[keep], minlength=64)
    assert stats.chisquare(table).pvalue > ALARM


def test_draws_along_different_parts_are_independent():
    """A 141 × 141 square of days and numbers is uniform and has no correlation between rows or columns (false alarm 1e-4 each)."""
    square = np.array([[at(day=day, number=number) for number in range(141)] for day in range(141)])
    assert stats.kstest(square.ravel(), "uniform").pvalue > ALARM
    for table in (square, square.T):
        correlation = np.corrcoef(table)[np.triu_indices(141, 1)]
        assert stats.kstest(correlation * np.sqrt(141), "norm").pvalue > ALARM / 10
        assert abs(correlation).max() * np.sqrt(141) < 6


def test_no_two_addresses_share_a_draw():
    """A hundred thousand addresses of different runs, days, entities and numbers give as many different draws."""
    values = {
        at(run=run, day=day, entity=entity, number=number)
        for run in range(20)
        for day in range(738_900, 738_950)
        for entity in ("a", "b", "c", "d", "e")
        for number in range(20)
    }
    assert len(values) == 100_000


@given(key=WORDS, stream=WORDS, entity=WORDS, day=st.integers(0, 4_000_000), number=st.integers(0, 10_000))
def test_a_draw_lies_strictly_between_zero_and_one(key, stream, entity, day, number):
    """Every address holds a number strictly between 0 and 1, the same whenever it is asked for."""
    first = draws.address(key, stream, entity, day, number)
    assert 0 < first < 1
    assert draws.address(key, stream, entity, day, number) == first


def test_names_have_known_hashes():
    """The hash of a name is BLAKE2b of its UTF-8 bytes, whatever the machine."""
    assert hashed("attacks.count") == np.uint64(int.from_bytes(hashlib.blake2b(b"attacks.count", digest_size=8).digest(), "little"))
    assert len({hashed(f"actor:{n}") for n in range(10_000)}) == 10_000


def test_normal_quantiles_match_scipy():
    """The normal quantile equals SciPy's to 1e-14 of its size, far into both tails."""
    tails = 10.0 ** -np.arange(1, 300, 7)
    for u in np.concatenate([UNIFORMS, tails]):
        assert draws.normal(u) == pytest.approx(special.ndtri(u), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("mean", [0.001, 0.06, 1.57, 12.0, 120.0, 499.0])
def test_poisson_inverts_its_distribution(mean):
    """Poisson draws are the quantiles that SciPy gives."""
    assert [draws.poisson(u, mean) for u in UNIFORMS] == pytest.approx(stats.poisson.ppf(UNIFORMS, mean), abs=1e-9)


@pytest.mark.parametrize(("mean", "size"), [(0.5, 0.5), (8.0, 0.5), (3.0, 2.0), (40.0, 20.0)])
def test_negative_binomial_inverts_its_distribution(mean, size):
    """Negative binomial draws are the quantiles that SciPy gives, and Poisson's where the size is infinite."""
    expected = stats.nbinom.ppf(UNIFORMS, size, size / (mean + size))
    assert [draws.negative_binomial(u, mean, size) for u in UNIFORMS] == pytest.approx(expected, abs=1e-9)
    assert draws.negative_binomial(0.7, mean, 0.0) == draws.poisson(0.7, mean)


@pytest.mark.parametrize(("n", "p"), [(1, 0.07), (5, 0.5), (40, 0.08), (40, 0.99)])
def test_binomial_inverts_its_distribution(n, p):
    """Binomial draws are the quantiles that SciPy gives, from 0 to n."""
    assert [draws.binomial(u, n, p) for u in UNIFORMS] == pytest.approx(stats.binom.ppf(UNIFORMS, n, p), abs=1e-9)
    assert [draws.binomial(0.5, n, 0.0), draws.binomial(0.5, n, 1.0), draws.binomial(0.5, 0, p)] == [0, n, 0]


@pytest.mark.parametrize("mean", [0.5, 2.0, 30.0])
def test_geometric_draws_have_their_distribution(mean):
    """Geometric draws on 0, 1, 2 … have the chances of a geometric distribution with that mean."""
    counts = np.bincount([draws.geometric(u, mean) for u in (np.arange(100_000) + 0.5) / 100_000], minlength=6)[:6]
    expected = stats.geom.pmf(np.arange(1, 7), 1 / (1 + mean))
    assert counts / 100_000 == pytest.approx(expected, abs=2e-5)
    assert draws.geometric(0.3, 0.0) == 0


@pytest.mark.parametrize(("exponent", "most"), [(2.5, 0), (2.1, 0), (2.5, 50), (3.0, 3)])
def test_zeta_inverts_its_distribution(exponent, most):
    """Zeta draws are the quantiles of the distribution, truncated or not (away from the jumps, where rounding decides)."""
    u = UNIFORMS[(UNIFORMS > 1e-6) & (UNIFORMS < 0.999)]
    weights = np.arange(1, 100_000 if most == 0 else most + 1, dtype=float) ** -exponent
    steps = np.cumsum(weights) / (special.zeta(exponent) if most == 0 else weights.sum())
    found = [draws.zeta(x, exponent, most) for x in u]
    assert np.array_equal(found, np.searchsorted(steps, u) + 1)


@settings(deadline=None)
@given(low=st.floats(0, 1), high=st.floats(0, 1), mean=st.floats(0.001, 450))
def test_a_larger_uniform_never_gives_a_smaller_count(low, high, mean):
    """Counts are monotone in the uniform draw and in the mean, so that matched futures differ as little as possible."""
    low, high = sorted((min(max(low, 1e-12), 1 - 1e-12), min(max(high, 1e-12), 1 - 1e-12)))
    assert draws.poisson(low, mean) <= draws.poisson(high, mean)
    assert draws.poisson(low, mean) <= draws.poisson(low, mean * 1.5)


def test_quantile_interpolates_between_the_middles_of_equal_shares():
    """A grid of quantiles is read linearly between its points and flat beyond the outermost."""
    grid = np.array([1.0, 2.0, 4.0, 8.0])
    assert draws.quantile(0.125, grid) == 1.0
    assert draws.quantile(0.375, grid) == 2.0
    assert draws.quantile(0.5, grid) == 3.0
    assert draws.quantile(0.001, grid) == 1.0
    assert draws.quantile(0.999, grid) == 8.0
