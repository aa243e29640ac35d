"""Numbers as people know them: a value, an expert range, a distribution, or a total that the model has to meet.

Each carries what it rests on. `Number.quantiles` turns addressed uniform draws into values, so that the same draw of the same number is
the same value whatever else a scenario says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import special

from shadowline.errors import Code, InputError, nearest_name
from shadowline.units import EXPECTED, Dimension, parse_date, parse_quantity

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from shadowline.parameters import Parameter

NOTES: Final = ("because", "known_on", "note")
SHAPES: Final[dict[str, tuple[str, ...]]] = {
    "value": ("value",),
    "range": ("low", "mode", "high"),
    "uniform": ("low", "high"),
    "normal": ("mean", "spread"),
    "beta": ("mean", "spread"),
    "gamma": ("mean", "spread"),
    "lognormal": ("median", "factor"),
    "total": ("total", "over", "times", "gate"),
    "ratio": ("total", "over", "against"),
}
NAMED: Final = ("uniform", "normal", "beta", "gamma", "lognormal")
OPTIONAL: Final = ("times", "gate")
OF_COUNTS: Final = {"total": Dimension.RATE, "ratio": Dimension.COUNT}
"""Shapes made of counted events, and what they measure: a rate, and one rate as a multiple of another."""
PARTS: Final = frozenset({"distribution", "against", *NOTES, *(part for parts in SHAPES.values() for part in parts)})
LIMITED: Final = ("value", "low", "mode", "high", "mean", "median")
LEAST: Final = {"spread": 0.0, "factor": 1.0, "over": 0.0, "against_total": 0.0, "against_over": 0.0, "gate": 0.0}
MAY_EQUAL: Final = ("spread", "factor")
NARROWEST: Final = 1e-6
"""Share of the mean below which a spread counts as none."""
PROBES: Final = np.array([1e-9, 0.5, 1 - 1e-9])
"""Draws at which every number must have a finite value."""
WHOLE: Final = 1e15


@dataclass(frozen=True)
class Number:
    """One number of a scenario, in the model's unit.

    Parameters
    ----------
    shape : str
        One of `SHAPES`.
    parts : dict of str to float
        The shape's own numbers: ``low, mode, high`` (a PERT distribution), ``mean, spread``, ``median, factor`` (68 % lie within a
        factor of the median), ``total, over, times, gate`` (a quiet rate solved so that so many events are expected over so many days,
        of which this front makes the share ``times``), or ``total, over, against_total, against_over`` (a ratio of two rates).
    floor, ceiling : float
        Hard limits; draws are kept within.
    because : tuple of str
        Evidence entries it rests on; empty for judgement.
    known_on : date or None
        Day from which it could be known.
    """

    shape: str
    parts: dict[str, float]
    floor: float = float("-inf")
    ceiling: float = float("inf")
    because: tuple[str, ...] = ()
    known_on: date | None = None

    @property
    def is_certain(self) -> bool:
        """Whether every draw is the same."""
        return self.shape == "value" or (self.shape == "range" and self.parts["low"] == self.parts["high"])

    @property
    def is_solved(self) -> bool:
        """Whether the value depends on other numbers of the draw (a total to be met)."""
        return self.shape == "total"

    def middle(self) -> float:
        """Return the value at the median draw."""
        return float(self.quantiles(np.array([0.5]))[0])

    def quantiles(self, u: np.ndarray) -> np.ndarray:
        """Return the values at uniform draws ``u`` in (0, 1); same shape, within the hard limits."""
        return np.asarray(np.clip(_QUANTILES[self.shape](self.parts, u), self.floor, self.ceiling))

    def resting_on(self, because: tuple[str, ...], known_on: date | None) -> Number:
        """Return the number with the evidence of the mapping around it, where it names none itself."""
        if self.because or not because:
            return self
        return replace(self, because=because, known_on=self.known_on or known_on)


def _pert(parts: dict[str, float], u: np.ndarray) -> np.ndarray:
    low, mode, high = parts["low"], parts["mode"], parts["high"]
    if high == low:
        return np.full_like(u, low)
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return np.asarray(low + (high - low) * special.betaincinv(a, b, u))


def _beta(parts: dict[str, float], u: np.ndarray) -> np.ndarray:
    mean, spread = parts["mean"], parts["spread"]
    if spread < NARROWEST * mean:
        return np.full_like(u, mean)
    size = np.float64(mean) / spread * (1 - mean) / spread - 1
    return np.asarray(special.betaincinv(mean * size, (1 - mean) * size, u))


def _gamma(parts: dict[str, float], u: np.ndarray) -> np.ndarray:
    mean, spread = parts["mean"], parts["spread"]
    if spread < NARROWEST * mean:
        return np.full_like(u, mean)
    shape = (np.float64(mean) / spread) ** 2
    return np.asarray(special.gammaincinv(shape, u) * mean / shape)


def _rate_of_total(parts: dict[str, float], u: np.ndarray) -> np.ndarray:
    """Posterior of a Poisson rate given its total (Jeffreys prior): a gamma distribution with shape total + 1/2."""
    return np.asarray(special.gammaincinv(parts["total"] + 0.5, u) / parts["over"])


_QUANTILES: Final[dict[str, Callable[[dict[str, float], np.ndarray], Any]]] = {
    "value": lambda parts, u: np.full_like(u, parts["value"]),
    "range": _pert,
    "uniform": lambda parts, u: parts["low"] + (parts["high"] - parts["low"]) * u,
    "normal": lambda parts, u: parts["mean"] + parts["spread"] * special.ndtri(u),
    "beta": _beta,
    "gamma": _gamma,
    "lognormal": lambda parts, u: parts["median"] * parts["factor"] ** special.ndtri(u),
    "total": lambda parts, u: _rate_of_total(parts, u) * parts["times"],
    "ratio": lambda parts, u: _rate_of_total(parts, u) / (parts["against_total"] / parts["against_over"]),
}


def dimension_of(parameter: Parameter) -> Dimension:
    """Return what a parameter measures."""
    if parameter.unit == "1/day":
        return Dimension.GROWTH if parameter.floor < 0 else Dimension.RATE
    if parameter.unit == "day":
        return Dimension.DURATION
    if parameter.unit == "share":
        return Dimension.PROBABILITY
    return Dimension.COUNT if parameter.floor >= 0 else Dimension.PLAIN


def default_number(parameter: Parameter, *, drawn: bool) -> Number:
    """Return a parameter's default: its value, or if ``drawn`` its range with the default as the mode."""
    floor, ceiling = parameter.floor, parameter.ceiling
    if drawn and parameter.default != 0 and parameter.high > parameter.low:
        mode = min(max(parameter.default, parameter.low), parameter.high)
        return Number("range", {"low": parameter.low, "mode": mode, "high": parameter.high}, floor, ceiling)
    return Number("value", {"value": parameter.default}, floor, ceiling)


def read_number(raw: object, dimension: Dimension, floor: float = float("-inf"), ceiling: float = float("inf")) -> Number:
    """Read a number as written in a scenario.

    Parameters
    ----------
    raw : object
        A quantity (``3d``, ``93%``), or a mapping of one of `SHAPES` with ``because``, ``known_on``, ``note``.
    dimension : Dimension
        What it has to measure.
    floor, ceiling : float
        Hard limits.

    Raises
    ------
    InputError
        Without a place: wrong type, unit, limits, unknown or missing keys, low above high.
    """
    if isinstance(raw, Number):
        return raw
    if not isinstance(raw, dict):
        return _checked(Number("value", {"value": parse_quantity(raw, dimension)}, floor, ceiling))
    words = {key: value for key, value in raw.items() if key not in NOTES}
    shape = _shape_of(words)
    if shape in OF_COUNTS and dimension is not OF_COUNTS[shape]:
        expected = "a value, a range or a distribution"
        raise InputError(Code.WRONG_UNIT, f"a {shape} of counts does not give {EXPECTED[dimension]}", expected=expected)
    parts = _read_parts(shape, words, dimension)
    because, known_on = read_notes(raw)
    return _checked(Number(shape, parts, floor, ceiling, because, known_on))


def read_notes(raw: dict[str, Any]) -> tuple[tuple[str, ...], date | None]:
    """Return what a mapping says about its evidence and the day it was known."""
    because, known_on, note = (raw.get(key) for key in NOTES)
    entries = (because,) if isinstance(because, str) else () if because is None else because
    if not isinstance(entries, (list, tuple)) or not all(isinstance(entry, str) for entry in entries):
        expected = "an evidence entry, or a list of them"
        raise InputError(Code.WRONG_TYPE, "because names what a number rests on", found=because, expected=expected)
    if note is not None and not isinstance(note, str):
        raise InputError(Code.WRONG_TYPE, "a note is text", found=note)
    return tuple(entries), None if known_on is None else parse_date(known_on)


def is_number(raw: object) -> bool:
    """Return whether plain data spells a number with parts (a range, a distribution, a total), not a mapping of fields."""
    return isinstance(raw, dict) and bool(set(raw) - set(NOTES)) and set(raw) <= PARTS


def _shape_of(words: dict[str, Any]) -> str:
    """Return which shape the keys of a mapping spell; takes the key that names a distribution out."""
    named = words.pop("distribution", None)
    if named is not None:
        if named not in NAMED:
            nearest = nearest_name(str(named), NAMED)
            raise InputError(Code.UNKNOWN_CHOICE, "unknown distribution", found=named, expected=", ".join(NAMED), nearest=nearest)
        shape = str(named)
    elif "total" in words:
        shape = "ratio" if "against" in words else "total"
    elif "mean" in words:
        shape = "normal"
    elif "low" in words or "high" in words:
        shape = "range" if "mode" in words else "uniform"
    else:
        shape = "value"
    allowed = SHAPES[shape]
    for key in words:
        if key not in allowed:
            nearest = nearest_name(key, (*allowed, *NOTES))
            raise InputError(Code.UNKNOWN_KEY, f'unknown key "{key}" in a number', expected=", ".join(allowed), nearest=nearest)
    for key in allowed:
        if key not in words and key not in OPTIONAL:
            raise InputError(Code.MISSING_KEY, f'a number of this form needs "{key}"', expected=", ".join(allowed))
    return shape


def _read_parts(shape: str, words: dict[str, Any], dimension: Dimension) -> dict[str, float]:
    """Read the quantities of a shape, each with its own dimension."""
    if shape in OF_COUNTS:
        return _read_total(words)
    bare = {"factor", "spread"} if dimension is Dimension.PROBABILITY else {"factor"}
    return {key: parse_quantity(value, Dimension.PLAIN if key in bare else dimension) for key, value in words.items()}


def _read_total(words: dict[str, Any]) -> dict[str, float]:
    parts = {"total": parse_quantity(words["total"], Dimension.COUNT), "over": parse_quantity(words["over"], Dimension.DURATION)}
    if "against" in words:
        against = words["against"]
        if not isinstance(against, dict) or set(against) != {"total", "over"}:
            expected = "{total: 83, over: 797d}"
            raise InputError(Code.WRONG_TYPE, "against needs a total and the days it is over", found=against, expected=expected)
        return parts | {f"against_{key}": value for key, value in _read_total(against).items() if key in {"total", "over"}}
    parts["times"] = parse_quantity(words.get("times", 1), Dimension.PROBABILITY)
    parts["gate"] = parse_quantity(words.get("gate", 1), Dimension.COUNT)
    return parts


def _checked(number: Number) -> Number:
    """Refuse what lies outside the hard limits, is out of order, or cannot be drawn from."""
    parts = number.parts
    ordered = [parts[key] for key in ("low", "mode", "high") if key in parts]
    if ordered != sorted(ordered):
        raise InputError(Code.INCONSISTENT, "a range must run from low over mode to high", found=", ".join(f"{part:g}" for part in ordered))
    for key, value in parts.items():
        if key in LIMITED and not number.floor <= value <= number.ceiling:
            expected = f"from {number.floor:g} to {number.ceiling:g}"
            raise InputError(Code.OUT_OF_RANGE, "number outside its range", found=_plain(value), expected=expected)
        if key in LEAST and not (value > LEAST[key] or (value == LEAST[key] and key in MAY_EQUAL)):
            least = f"{LEAST[key]:g} or more" if key in MAY_EQUAL else f"more than {LEAST[key]:g}"
            raise InputError(Code.OUT_OF_RANGE, f'"{key}" is too small', found=_plain(value), expected=least)
    _check_shape(number)
    return number


def _check_shape(number: Number) -> None:
    """Refuse parts that fit one by one, but give no distribution together."""
    parts = number.parts
    if number.shape == "beta" and not 0 < parts["mean"] < 1:
        raise InputError(Code.OUT_OF_RANGE, "the mean of a beta distribution lies between 0 and 1", found=_plain(parts["mean"]))
    if number.shape == "beta" and parts["spread"] >= math.sqrt(parts["mean"] * (1 - parts["mean"])):
        raise InputError(Code.OUT_OF_RANGE, "the spread is too wide for a share with this mean", found=_plain(parts["spread"]))
    if number.shape in {"gamma", "lognormal"} and parts.get("mean", parts.get("median", 0)) <= 0:
        raise InputError(Code.OUT_OF_RANGE, f"the middle of a {number.shape} distribution is more than 0")
    with np.errstate(all="ignore"):
        drawn = _QUANTILES[number.shape](parts, PROBES)
    if not np.all(np.isfinite(drawn)):
        raise InputError(Code.OUT_OF_RANGE, "this number cannot be drawn from: some of its values are not finite")


def _plain(value: float) -> float | int:
    """Return a number as an error shows it: whole where it is whole."""
    return int(value) if value.is_integer() and abs(value) < WHOLE else value
