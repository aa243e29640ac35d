"""Boundaries: where a claim turns, along a lever that takes one value after the other in both futures compared.

The effect is measured at every value with the same draws. It turns in sign where it is significantly negative at one value and
significantly positive at another (Bonferroni over the values); it vanishes where it is significant at one value and, at another, its
whole interval is small against the largest effect of the sweep. The boundary of a turning sign is where the line through the effects
crosses zero between two significant ones that follow one another; its interval comes from drawing parameter draws anew.

Sources: Efron & Tibshirani 1993 (bootstrap).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import stats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shadowline.study.effects import Effect

LEVEL: Final = 0.05
SMALL: Final = 0.2
"""Share of the largest effect of a sweep below which an effect counts as vanished."""
RESAMPLES: Final = 400


@dataclass(frozen=True)
class Boundary:
    """Where a claim turns.

    Attributes
    ----------
    along : str
        The lever.
    values : tuple
        Its values, as written.
    effects : tuple of Effect
        The effect at each.
    turns : str or None
        ``sign``, ``vanishes``, or None if it does neither.
    at, low, high : float or None
        Where the sign turns, and its 95 % interval; None where it does not, or the values are words.
    theory : str
        What theory expects.
    """

    along: str
    values: tuple[Any, ...]
    effects: tuple[Effect, ...]
    turns: str | None
    at: float | None
    low: float | None
    high: float | None
    theory: str

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "along": self.along,
            "theory": self.theory,
            "turns": self.turns,
            "at": self.at,
            "low": self.low,
            "high": self.high,
            "points": [
                {"value": value, "base": e.base, "effect": e.difference, "low": e.low, "high": e.high, "p": e.p}
                for value, e in zip(self.values, self.effects, strict=True)
            ],
        }


def find_boundary(along: str, values: Sequence[Any], effects: Sequence[Effect], means: np.ndarray, theory: str) -> Boundary:
    """Return where an effect turns.

    Parameters
    ----------
    along : str
        The lever.
    values : sequence
        Its values.
    effects : sequence of Effect
        The effect at each.
    means : (values, draws) array
        The effect at each value under each parameter draw, as it came out.
    theory : str
        What theory expects.
    """
    places = sorted(range(len(values)), key=lambda n: values[n]) if _are_numbers(values) else list(range(len(values)))
    values, effects, means = [values[n] for n in places], [effects[n] for n in places], means[places]
    turns = _turns(effects)
    at = low = high = None
    if turns == "sign" and _are_numbers(values):
        between = _turning(effects)
        numbers, sides = [float(value) for value in values[between]], means[between]
        at = crossing(numbers, sides.mean(axis=1))
        low, high = _interval(numbers, sides)
    return Boundary(along, tuple(values), tuple(effects), turns, at, low, high, theory)


def _are_numbers(values: Sequence[Any]) -> bool:
    return all(isinstance(value, int | float) for value in values)


def _signs(effects: Sequence[Effect]) -> list[int]:
    """Return the sign of every effect, 0 where it does not stand out of chance among so many values."""
    z = float(stats.norm.isf(LEVEL / 2 / len(effects)))
    return [int(np.sign(e.difference)) if e.error > 0 and abs(e.difference) > z * e.error else 0 for e in effects]


def _turning(effects: Sequence[Effect]) -> slice:
    """Return the places from one significant effect to the next one of the other sign, the first such pair."""
    signs = [(n, sign) for n, sign in enumerate(_signs(effects)) if sign]
    first, last = next((a, b) for (a, one), (b, other) in pairwise(signs) if one != other)
    return slice(first, last + 1)


def _turns(effects: Sequence[Effect]) -> str | None:
    """Return whether an effect turns in sign, vanishes, or neither."""
    signs = _signs(effects)
    up, down = 1 in signs, -1 in signs
    if up and down:
        return "sign"
    largest = max((abs(effect.difference) for effect, sign in zip(effects, signs, strict=True) if sign), default=0.0)
    gone = any(max(abs(effect.low), abs(effect.high)) <= SMALL * largest for effect in effects)
    return "vanishes" if (up or down) and gone else None


def crossing(values: Sequence[float], effects: np.ndarray) -> float | None:
    """Return where the line through the effects first crosses zero, None if it does not."""
    for n in range(len(values) - 1):
        first, second = float(effects[n]), float(effects[n + 1])
        if first == 0.0 and n == 0:
            continue
        if first * second < 0.0 or (second == 0.0 and n + 2 < len(values) and first * float(effects[n + 2]) < 0.0):
            return values[n] + (values[n + 1] - values[n]) * first / (first - second)
    return None


def _interval(values: Sequence[float], means: np.ndarray) -> tuple[float | None, float | None]:
    """Return a 95 % interval of the crossing over parameter draws drawn anew."""
    rng = np.random.default_rng(1)
    draws = means.shape[1]
    found = [crossing(values, means[:, rng.integers(0, draws, draws)].mean(axis=1)) for _ in range(RESAMPLES)]
    places = [place for place in found if place is not None]
    if len(places) < RESAMPLES // 2:
        return None, None
    low, high = np.quantile(places, [0.025, 0.975])
    return float(low), float(high)
