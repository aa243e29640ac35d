"""Paired effects: what a change does to one measure, future by future, with intervals that know about parameter draws.

Both arms are played with the same draws, so that the difference of two matched futures holds little but the change. Parameter draws are
clusters: the interval of a mean difference comes from the means of draws. Where very few futures differ in a yes-or-no outcome, exact
Poisson limits of those avoided and those caused take its place.

How the effect varies with what one believes is a question about draws. Each draw is treated as a study with its own noise (chance within
the draw, in proportion to the level, as for counts) in a random-effects model; the share of draws with a positive effect is the mean,
over draws, of the chance that its true effect is positive.

Sources: DerSimonian & Laird 1986, Controlled Clinical Trials (random effects); Garwood 1936, Biometrika (Poisson limits); Holm 1979,
Scandinavian Journal of Statistics (many tests).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import stats

from shadowline.futures.summary import by_draw, parameter_spread

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 10
"""Below so many futures that differ, exact limits are used."""
PSEUDO_FUTURES = 1.0
"""Weight of the overall level in a draw's own, so that a draw in which nothing happened still has noise."""


@dataclass(frozen=True)
class Effect:
    """What a change does to one measure: ``changed`` minus ``base``.

    Attributes
    ----------
    base, changed, difference : float
        Means over all futures, in the measure's unit.
    low, high : float
        95 % interval of the difference (Monte Carlo).
    p : float
        Two-sided p value of no difference.
    error : float
        Standard error of the difference.
    gain : float or None
        Variance of the difference with independent seeds over its variance with matched futures; None where nothing differs.
    gain_in_luck : float or None
        The same for single futures under the same parameters.
    up : float or None
        Share of parameter draws under which the effect is positive, noise allowed for; None where no future differs.
    spread_low, spread_high : float or None
        5-95 % range of the effect over draws, chance taken out; None where chance hides it.
    avoided, caused : int or None
        Futures in which only the base, only the changed arm, has a yes-or-no outcome; None for counts and levels.
    happened : int or None
        Futures in which the base has it.
    differing : int
        Futures whose value differs.
    """

    base: float
    changed: float
    difference: float
    low: float
    high: float
    p: float
    error: float
    gain: float | None
    gain_in_luck: float | None
    up: float | None
    spread_low: float | None
    spread_high: float | None
    avoided: int | None
    caused: int | None
    happened: int | None
    differing: int

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def paired_effect(
    base: np.ndarray, changed: np.ndarray, futures: int, *, happened: tuple[np.ndarray, np.ndarray] | None = None, counted: bool = False
) -> Effect:
    """Return the effect of a change on one measure.

    Parameters
    ----------
    base, changed : (runs,) array
        The measure in matched futures; runs of one parameter draw stand together.
    futures : int
        Futures per draw.
    happened : pair of (runs,) arrays of bool, optional
        For a yes-or-no outcome: in which futures of either arm it happened.
    counted : bool
        Whether ``base`` and ``changed`` are that outcome itself, 0 or 1, and not an integrated chance.
    """
    gap = changed - base
    (means_a, _), (means_b, _), (means, within) = by_draw(base, futures), by_draw(changed, futures), by_draw(gap, futures)
    difference = float(means.mean())
    clusters = means if means.size > 1 else gap
    error = float(clusters.std(ddof=1)) / math.sqrt(clusters.size) if clusters.size > 1 else 0.0
    wide = float(stats.t.ppf(0.975, clusters.size - 1)) * error if clusters.size > 1 else 0.0
    low, high = difference - wide, difference + wide
    p = float(2 * stats.t.sf(abs(difference) / error, clusters.size - 1)) if error > 0.0 else 1.0
    avoided, caused = _discordant(happened)
    if counted and avoided is not None and caused is not None and avoided + caused < FEW:
        low, high, p = _few(avoided, caused, len(gap))
    spread = parameter_spread(means, within) if means.size > 1 else (None, None)
    return Effect(
        float(means_a.mean()),
        float(means_b.mean()),
        difference,
        low,
        high,
        p,
        error,
        _gain(means_a, means_b, means),
        _gain(base, changed, gap, futures),
        share_up(means, (means_a + means_b) / 2, within, futures, None if counted else unmoved(gap, futures)),
        *spread,
        avoided,
        caused,
        None if happened is None else int(happened[0].sum()),
        int(np.count_nonzero(gap)),
    )


def _discordant(happened: tuple[np.ndarray, np.ndarray] | None) -> tuple[int | None, int | None]:
    """Return in how many futures a change avoids, and in how many it causes, what happened."""
    if happened is None:
        return None, None
    base, changed = happened
    return int(np.count_nonzero(base & ~changed)), int(np.count_nonzero(changed & ~base))


def _few(avoided: int, caused: int, runs: int) -> tuple[float, float, float]:
    """Return an interval and a p value from few discordant futures: Poisson limits of each kind, and the exact sign test."""
    low = (_poisson_low(caused) - _poisson_high(avoided)) / runs
    high = (_poisson_high(caused) - _poisson_low(avoided)) / runs
    both = avoided + caused
    return low, high, float(stats.binomtest(caused, both, 0.5).pvalue) if both else 1.0


def _poisson_low(count: int) -> float:
    return float(stats.chi2.ppf(0.025, 2 * count) / 2) if count else 0.0


def _poisson_high(count: int) -> float:
    return float(stats.chi2.ppf(0.975, 2 * count + 2) / 2)


def _gain(first: np.ndarray, second: np.ndarray, gap: np.ndarray, futures: int | None = None) -> float | None:
    """Return how much smaller pairing makes the variance of a difference; with ``futures``, within parameter draws only."""
    if futures is not None:
        if futures < 2:
            return None
        first, second, gap = (values - np.repeat(by_draw(values, futures)[0], futures) for values in (first, second, gap))
    paired = float(gap.var())
    return (float(first.var()) + float(second.var())) / paired if paired > 0.0 else None


def share_up(means: np.ndarray, levels: np.ndarray, within: float, futures: int, still: np.ndarray | None = None) -> float | None:
    """Return the share of parameter draws whose true effect is positive; None if no draw shows any effect.

    A draw in which chance hides the effect lends itself to what the others say. One in which the measure, a count or an integrated chance,
    is the same in every future (``still``) has no effect at all, and counts for neither sign.

    Parameters
    ----------
    means, levels : (draws,) array
        Mean difference, and mean of both arms, of each draw.
    within : float
        Mean variance of such a difference by chance alone.
    futures : int
        Futures per draw.
    still : (draws,) array of bool, optional
        Draws in which no future differs, where that is no chance.
    """
    if means.size < 2 or not np.any(means):
        return None
    centre, doubt = by_belief(means, levels, within, futures)
    positive = stats.norm.cdf(centre / np.maximum(doubt, 1e-300))
    return float(positive.mean() if still is None else np.where(still, 0.0, positive).mean())


def unmoved(gap: np.ndarray, futures: int) -> np.ndarray:
    """Return in which parameter draws (draws,) no future differs; ``gap`` (runs,) is the difference in each."""
    return np.asarray(~np.any(gap.reshape(-1, futures), axis=1))


def share_within(means: np.ndarray, levels: np.ndarray, margins: np.ndarray, within: float, futures: int) -> float | None:
    """Return the share of parameter draws whose true effect lies within its margin; None with a single draw.

    ``margins`` (draws,) are the half widths; the other arguments are those of `share_up`.
    """
    if means.size < 2:
        return None
    if not np.any(means):
        return 1.0
    centre, doubt = by_belief(means, levels, within, futures)
    doubt = np.maximum(doubt, 1e-300)
    return float((stats.norm.cdf((margins - centre) / doubt) - stats.norm.cdf((-margins - centre) / doubt)).mean())


def by_belief(means: np.ndarray, levels: np.ndarray, within: float, futures: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the effect under each parameter draw (draws,) with chance taken out, and its standard error; arguments as in `share_up`."""
    if within <= 0.0:  # nothing but the draw decides
        return means, np.zeros(means.size)
    overall = max(float(np.abs(levels).mean()), 1e-300)
    size = (futures * np.abs(levels) + PSEUDO_FUTURES * overall) / (futures + PSEUDO_FUTURES)
    relative, noise = means / size, np.maximum(within / overall / size, 1e-300)
    mean, mean_error, between = _random_effects(relative, noise)
    keep = between / (between + noise)
    centre = mean + keep * (relative - mean)
    doubt = np.sqrt(keep * noise + (1.0 - keep) ** 2 * mean_error**2)
    return centre * size, doubt * size


def _random_effects(values: np.ndarray, noise: np.ndarray) -> tuple[float, float, float]:
    """Return mean, its standard error, and variance between studies, by DerSimonian and Laird's moments."""
    weights = 1.0 / noise
    fixed = float((weights * values).sum() / weights.sum())
    q = float((weights * (values - fixed) ** 2).sum())
    spare = float(weights.sum() - (weights**2).sum() / weights.sum())
    between = max(0.0, (q - (values.size - 1)) / spare) if spare > 0.0 else 0.0
    weights = 1.0 / (noise + between)
    return float((weights * values).sum() / weights.sum()), float(1.0 / math.sqrt(weights.sum())), between


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p values adjusted for their number by Holm's step-down procedure, in the same order."""
    order = np.argsort(p_values, kind="stable")
    adjusted, highest = [0.0] * len(p_values), 0.0
    for rank, n in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[n]))
        adjusted[n] = highest
    return adjusted
