"""Check C10: untruncated draws of severity follow the zeta distribution."""

import numpy as np
import pytest
from scipy import optimize, special

from shadowline.engine.random import address, hashed, run_key, zeta

EXPONENT = 2.5


def draws(count, most=0):
    """Return addressed zeta draws."""
    key, stream, entity = np.uint64(run_key(np.uint64(10), np.uint64(0))), hashed("check"), hashed("c10")
    return np.array([zeta(address(key, stream, entity, 0, n), EXPONENT, most) for n in range(count)], float)


def likeliest_exponent(killed):
    """Return the exponent that maximises the exact zeta likelihood."""
    mean_log = np.log(killed).mean()
    return optimize.minimize_scalar(lambda a: a * mean_log + np.log(special.zeta(a)), bounds=(1.5, 5.0), method="bounded").x


@pytest.fixture(scope="module")
def untruncated():
    """Return half a million draws without an upper end."""
    return draws(500_000)


def test_the_exponent_of_a_hundred_thousand_draws(untruncated):
    """C10: the exact likelihood of 10^5 untruncated draws peaks at 2.5 ± .02 (3.7 standard errors; the seed is fixed)."""
    assert likeliest_exponent(untruncated[:100_000]) == pytest.approx(EXPONENT, abs=0.02)


def test_the_exponent_of_many_draws(untruncated):
    """C10: with 5 × 10^5 draws, of which ± .02 is more than four standard errors, the exponent is 2.5 (false alarm < 6e-5)."""
    information = special.zeta(EXPONENT) ** -1 * sum(np.log(k) ** 2 * k**-EXPONENT for k in range(2, 10**6))
    mean = special.zeta(EXPONENT) ** -1 * sum(np.log(k) * k**-EXPONENT for k in range(2, 10**6))
    error = 1 / np.sqrt((information - mean**2) * untruncated.size)
    assert 4 * error < 0.02
    assert likeliest_exponent(untruncated) == pytest.approx(EXPONENT, abs=0.02)


def test_the_smallest_tolls(untruncated):
    """C10: one, two and three dead have the probabilities of the zeta distribution (4.5 standard errors, false alarm 2e-5 in all)."""
    for k in (1, 2, 3):
        p = k**-EXPONENT / special.zeta(EXPONENT)
        error = np.sqrt(p * (1 - p) / untruncated.size)
        assert (untruncated == k).mean() == pytest.approx(p, abs=4.5 * error)


def test_a_toll_never_exceeds_the_people_there():
    """C10: a truncated draw lies between one and the number of people present."""
    killed = draws(20_000, most=5)
    assert set(killed) == {1, 2, 3, 4, 5}
