"""Ticks of an axis: where they stand and what they say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from shadowline.report.svg.attributes import unpacked
from shadowline.report.svg.sheet import pick

if TYPE_CHECKING:
    from shadowline.report.svg.axes import Axis

DAY = 86_400_000.0
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
DAY_STEPS = (1, 2, 7, 14, 28)
# Px that a label of a date or of a power of ten should have for itself.
ROOM = 80.0
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Tick(NamedTuple):
    """A tick: its number along the axis, its pixel and its label."""

    number: float
    pixel: float
    text: str


def ticks(axis: Axis, font_size: float) -> list[Tick]:
    """Return the ticks between the ends of an axis: those given, or round ones."""
    given = unpacked(pick(axis.props, "tickvals"))
    if given is not None and pick(axis.props, "tickmode", "array") == "array":
        pairs = _given(axis, list(given))  # type: ignore[call-overload]
    elif axis.kind == "category":
        pairs = _categories(axis, font_size)
    elif axis.kind == "date":
        pairs = _dates(axis)
    elif axis.kind == "log":
        pairs = _powers(axis)
    else:
        pairs = _round_numbers(axis)
    return [Tick(place, axis.pixel(place), text) for place, text in pairs if axis.holds(place)]


def _given(axis: Axis, values: list[object]) -> list[tuple[float, str]]:
    places = [axis.linear(value) for value in values]
    texts = unpacked(pick(axis.props, "ticktext"))
    if texts is not None:
        words = [str(text) for text in texts]  # type: ignore[attr-defined]
    elif axis.kind == "date":
        words = [_day(place) for place in places]
    else:
        words = [value if isinstance(value, str) else _plain(float(value)) for value in values]  # type: ignore[arg-type]
    return [(place, text) for place, text in zip(places, words, strict=False) if not math.isnan(place)]


def _categories(axis: Axis, font_size: float) -> list[tuple[float, str]]:
    """Return every category; ValueError where a browser would leave some out for want of room."""
    if 1.2 * font_size * sum(axis.holds(place) for place in range(len(axis.categories))) > axis.length:
        raise ValueError(f"layout.{axis.name} has no room for its {len(axis.categories)} categories; make the figure larger")
    return [(float(place), text) for place, text in enumerate(axis.categories)]


def _about(axis: Axis) -> float:
    """Return about how many ticks an axis of this length should have."""
    return min(9.0, max(4.0, axis.length / (40 if axis.letter == "y" else 80))) + 1


def _step(rough: float) -> float:
    """Return the next larger of 2, 5 and 10 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (2, 5, 10) if factor * power > rough * (1 + 1e-9))


def _round_numbers(axis: Axis) -> list[tuple[float, str]]:
    low, high = sorted((axis.start, axis.end))
    step = _step((high - low) / _about(axis))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(place * step, _plain(place * step)) for place in range(first, last + 1)]


def _powers(axis: Axis) -> list[tuple[float, str]]:
    """Return the powers of ten, with 2 and 5 times them if there is room."""
    low, high = sorted((axis.start, axis.end))
    factors = (1.0, 2.0, 5.0) if axis.length / (high - low) > 3 * ROOM else (1.0,)
    values = [factor * 10.0**power for power in range(math.floor(low), math.ceil(high) + 1) for factor in factors]
    return [(math.log10(value), _plain(value)) for value in values]


def _dates(axis: Axis) -> list[tuple[float, str]]:
    """Return the first days of months, or days where the axis is short."""
    low, high = sorted((axis.start, axis.end))
    days, most = (high - low) / DAY, max(2.0, axis.length / ROOM)
    if days < 60:
        step = next((step for step in DAY_STEPS if days / step <= most), DAY_STEPS[-1])
        first = math.ceil(low / DAY)
        return [(day * DAY, _day(day * DAY)) for day in range(first, math.floor(high / DAY) + 1) if (day - first) % step == 0]
    step = next((step for step in MONTH_STEPS if days / 30.44 / step <= most), MONTH_STEPS[-1])
    first, last = (int(np.datetime64(int(end), "ms").astype("datetime64[M]").astype(int)) for end in (low, high))
    months = [month for month in range(first, last + 1) if month % step == 0]
    starts = [float(np.datetime64(month, "M").astype("datetime64[ms]").astype(int)) for month in months]
    return [(start, f"{MONTHS[month % 12]} {1970 + month // 12}") for start, month in zip(starts, months, strict=True)]


def _day(place: float) -> str:
    return str(np.datetime64(int(place), "ms").astype("datetime64[D]"))


def _plain(value: float) -> str:
    """Return a number without superfluous digits."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−") if text != "-0" else "0"
