"""Addressed randomness: every draw has an address, none is consumed from a stream.

The address of a draw is (seed, run, day, mechanism, entity, number); its value is a hash of the address. Adding an actor, a lever or a
thread therefore changes no draw of anybody else, and any future can be replayed alone. The hash folds the address through the finaliser
of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA), which as a counter-based generator passes the usual batteries. Discrete draws invert
their distribution from a single uniform, so that a small change of a rate moves as few outcomes as possible between matched futures.

All arithmetic is plain ``math`` and unsigned 64-bit, so the uncompiled functions give the same bits (overflow is meant).
"""

from __future__ import annotations

import hashlib
import math

import numpy as np

from shadowline.engine.compiled import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_ODD = np.uint64(0xD1342543DE82EF95)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_ULP = 1.0 / 9007199254740992.0
_MOST = 100_000
_UNDERFLOW = -700.0
"""Below this the chance of zero is no number any more, and the normal limit is used."""


def hashed(name: str) -> np.uint64:
    """Return the 64-bit hash of a name: of an entity's id, or of a mechanism's stream."""
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))


_PARAMETER, _PLACE = hashed("parameters"), hashed("prelude.place")


@compiled
def mixed(z):
    """Return the SplitMix64 finaliser of an unsigned 64-bit number."""
    z = (z ^ (z >> _30)) * _FIRST
    z = (z ^ (z >> _27)) * _SECOND
    return z ^ (z >> _31)


@compiled
def run_key(seed, run):
    """Return the key of one future: a hash of the seed and the run's number (both unsigned 64-bit)."""
    return mixed(mixed(seed + _GOLDEN) + run * _ODD)


@compiled
def address(key, stream, entity, day, number):
    """Return the uniform draw in (0, 1) at an address; ``day`` and ``number`` are non-negative integers."""
    z = mixed(key ^ (stream + entity))
    z = mixed(z + np.uint64(day) * _GOLDEN + np.uint64(number) * _ODD)
    return ((z >> _11) + 0.5) * _ULP


@compiled
def uniform(world, stream, entity, number):
    """Return today's uniform draw in (0, 1) for a mechanism's stream, an entity's hash and a number."""
    now = world.clock[0]
    return address(now.key, stream, entity, now.today, number)


@compiled
def poisson(u, mean):
    """Invert the Poisson distribution at ``u``; means above 500 use the normal limit."""
    if mean <= 0.0:
        return 0
    if u <= 1.0 - mean:  # below e^-mean, which then need not be worked out: the usual day
        return 0
    if mean > 500.0:
        return max(0, math.floor(mean + math.sqrt(mean) * normal(u) + 0.5))
    chance = math.exp(-mean)
    total = chance
    k = 0
    while u > total and k < _MOST:
        k += 1
        chance *= mean / k
        total += chance
        if chance < 1e-300 and k > mean:
            break
    return k


@compiled
def negative_binomial(u, mean, size):
    """Invert the negative binomial at ``u``: variance mean + mean²/size; an infinite or zero ``size`` means Poisson."""
    if mean <= 0.0:
        return 0
    if size <= 0.0 or size > 1e6:
        return poisson(u, mean)
    lowest = -size * math.log1p(mean / size)
    if lowest < _UNDERFLOW:
        return max(0, math.floor(mean + math.sqrt(mean + mean * mean / size) * normal(u) + 0.5))
    odds = mean / (mean + size)
    chance = math.exp(lowest)
    total = chance
    k = 0
    while u > total and k < _MOST:
        chance *= (size + k) / (k + 1.0) * odds
        k += 1
        total += chance
        if chance < 1e-300 and k > mean:
            break
    return k


@compiled
def binomial(u, n, p):
    """Invert the binomial distribution of ``n`` trials at ``u``."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    lowest = n * math.log1p(-p)
    if lowest < _UNDERFLOW:
        return min(n, max(0, math.floor(n * p + math.sqrt(n * p * (1.0 - p)) * normal(u) + 0.5)))
    chance = math.exp(lowest)
    total = chance
    k = 0
    while u > total and k < n:
        chance *= (n - k) / (k + 1.0) * p / (1.0 - p)
        k += 1
        total += chance
    return k


@compiled
def geometric(u, mean):
    """Invert the geometric distribution on 0, 1, 2 … with that mean."""
    if mean <= 0.0:
        return 0
    return math.floor(math.log(u) / math.log(mean / (1.0 + mean)))


@compiled
def zeta(u, exponent, most):
    """Invert the zeta distribution P(k) ∝ k^-exponent on 1 … ``most`` (0: no upper end)."""
    total = 0.0
    if most > 0:
        for k in range(1, int(most) + 1):
            total += math.exp(-exponent * math.log(k))
    else:
        total = _riemann(exponent)
    goal = u * total
    summed = 1.0
    k = 1
    limit = most if most > 0 else 50_000_000
    while goal > summed and k < limit:
        k += 1
        summed += math.exp(-exponent * math.log(k))
    return k


@compiled
def _riemann(exponent):
    """Return Riemann's zeta by Euler-Maclaurin summation (error below 1e-12 for exponents above 1.5)."""
    n = 50
    total = 0.0
    for k in range(1, n):
        total += math.exp(-exponent * math.log(k))
    top = math.exp(-exponent * math.log(n))
    total += top * n / (exponent - 1.0) + 0.5 * top + exponent * top / (12.0 * n)
    return total - exponent * (exponent + 1.0) * (exponent + 2.0) * top / (720.0 * n * n * n)


@compiled
def normal(u):
    """Return the standard normal quantile of ``u`` (Wichura 1988, Applied Statistics 37, AS 241; relative error 1e-16)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _central(r)
    r = u if q < 0.0 else 1.0 - u
    r = math.sqrt(-math.log(r))
    tail = _near_tail(r - 1.6) if r <= 5.0 else _far_tail(r - 5.0)
    return -tail if q < 0.0 else tail


@compiled
def _central(r):
    """Rational approximation of AS 241 for the middle of the distribution."""
    top = 2.5090809287301226727e3 * r + 3.3430575583588128105e4
    top = (top * r + 6.7265770927008700853e4) * r + 4.5921953931549871457e4
    top = (top * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3
    top = (top * r + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
    low = 5.2264952788528545610e3 * r + 2.8729085735721942674e4
    low = (low * r + 3.9307895800092710610e4) * r + 2.1213794301586595867e4
    low = (low * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2
    low = (low * r + 4.2313330701600911252e1) * r + 1.0
    return top / low


@compiled
def _near_tail(r):
    """Rational approximation of AS 241 for probabilities down to about 1e-11."""
    top = 7.74545014278341407640e-4 * r + 2.27238449892691845833e-2
    top = (top * r + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0
    top = (top * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0
    top = (top * r + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
    low = 1.05075007164441684324e-9 * r + 5.47593808499534494600e-4
    low = (low * r + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1
    low = (low * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0
    low = (low * r + 2.05319162663775882187e0) * r + 1.0
    return top / low


@compiled
def _far_tail(r):
    """Rational approximation of AS 241 for the extreme tail."""
    top = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    top = (top * r + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2
    top = (top * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0
    top = (top * r + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
    low = 2.04426310338993978564e-15 * r + 1.42151175831644588870e-7
    low = (low * r + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4
    low = (low * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1
    low = (low * r + 5.99832206555887937690e-1) * r + 1.0
    return top / low


@compiled
def quantile(u, grid):
    """Interpolate between equally spaced quantiles (``grid[j]`` belongs to (j + ½)/n); flat beyond the outermost."""
    n = grid.size
    place = u * n - 0.5
    if place <= 0.0:
        return grid[0]
    if place >= n - 1:
        return grid[n - 1]
    j = math.floor(place)
    return grid[j] + (place - j) * (grid[j + 1] - grid[j])


@compiled
def fill_uniforms(out, seed, entity):
    """Fill ``out`` (draws,) with the uniform draws of one parameter: an address of its own for every draw."""
    for d in range(out.size):
        out[d] = address(run_key(seed, np.uint64(2**62) + np.uint64(d)), _PARAMETER, entity, 0, 0)


@compiled
def pick(key, entity, interval, number):
    """Return the uniform draw that places one recorded attack of an interval."""
    return address(key, _PLACE, entity, interval, number)
