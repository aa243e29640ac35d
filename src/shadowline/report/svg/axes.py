"""Axes: from values to pixels."""

from __future__ import annotations

import datetime as dt
import math
import numbers
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shadowline.report.svg.attributes import Props, unpacked
from shadowline.report.svg.sheet import axis_name, pick

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shadowline.report.svg.sheet import Sheet

DATE = re.compile(r"-?\d{4}-\d\d(-\d\d([T ]\d\d(:\d\d(:\d\d(\.\d+)?)?)?)?)?Z?")
# A marker keeps free this part of the axis, and its own size over this divisor, from the ends of an axis without a range.
END_PAD = 0.05
MARKER_PAD = 1.6
LEAST_PAD = 3.0


def milliseconds(value: object) -> float:
    """Return a date as milliseconds since 1970 (UTC); ValueError for what is no date."""
    if isinstance(value, numbers.Real) and not isinstance(value, np.timedelta64):
        return float(value)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
    if isinstance(value, str):
        if DATE.fullmatch(value) is None:
            raise ValueError(f"{value!r} is no date of the form 2024-01-30 or 2024-01-30 12:00")
        value = value.removesuffix("Z")
    if isinstance(value, str | dt.date | np.datetime64):
        return float(np.asarray(value, dtype="datetime64[us]").astype(np.int64)) / 1000
    raise ValueError(f"{value!r} is no date")


def is_missing(value: object) -> bool:
    """Return whether a value leaves a gap: None, NaN or a missing date."""
    return value is None or value != value or (isinstance(value, np.datetime64) and bool(np.isnat(value)))  # noqa: PLR0124


@dataclass(frozen=True)
class Axis:
    """One axis: how its values become numbers along it, and those pixels of the drawing (measured from the upper left)."""

    letter: str
    name: str
    props: Props
    kind: str
    categories: tuple[str, ...]
    start: float
    end: float
    offset: float
    length: float

    def linear(self, value: object) -> float:
        """Return the number along the axis of a value; NaN for a gap or for what a logarithm cannot hold."""
        if is_missing(value):
            return math.nan
        if self.kind == "date":
            return milliseconds(value)
        if self.kind == "category":
            if str(value) in self.categories:
                return float(self.categories.index(str(value)))
            if isinstance(value, numbers.Real):
                return float(value)
            raise ValueError(f"{value!r} is no category of layout.{self.name}")
        if not isinstance(value, numbers.Real):
            raise ValueError(  # noqa: TRY004  one kind of error for whatever is not drawn
                f"{value!r} is no number, which layout.{self.name} of type {self.kind!r} needs"
            )
        if self.kind == "log":
            return math.log10(float(value)) if float(value) > 0 else math.nan
        return float(value)

    def pixel(self, number: float) -> float:
        """Return the pixel of a number along the axis; NaN stays NaN."""
        part = (number - self.start) / (self.end - self.start)
        return self.offset + self.length * (part if self.letter == "x" else 1 - part)

    def pixels(self, values: Iterable[object]) -> list[float]:
        """Return the pixel of every value."""
        return [self.pixel(self.linear(value)) for value in values]

    def holds(self, number: float) -> bool:
        """Return whether a number lies between the ends of the axis."""
        low, high = sorted((self.start, self.end))
        slack = 1e-9 * (high - low)
        return low - slack <= number <= high + slack

    @property
    def far(self) -> float:
        """Pixel of its right or lower end."""
        return self.offset + self.length

    @property
    def zero(self) -> float:
        """Pixel from which bars and fills rise: zero, or far below the start of a logarithmic axis."""
        if self.kind == "log":
            low, high = sorted((self.start, self.end))
            return self.pixel(low - (high - low))
        return self.pixel(0.0)


def values_of(trace: Props, letter: str) -> list[object]:
    """Return the x or y of a trace; a trace without them counts from zero."""
    found = unpacked(trace.get(letter))
    if found is None:
        other = unpacked(trace.get("y" if letter == "x" else "x"))
        return list(range(len(other))) if other is not None else []  # type: ignore[arg-type]
    return list(found)  # type: ignore[call-overload, no-any-return]


def build_axes(sheet: Sheet) -> dict[str, Axis]:
    """Return the axes by id, such as ``x2``; ValueError if an axis lacks what is needed to place it."""
    axes: dict[str, Axis] = {}
    for name, props in sheet.axes.items():
        axis_id = name.replace("axis", "")
        traces = [trace for trace in sheet.traces if (trace.get(f"{name[0]}axis") or name[0]) == axis_id]
        axes[axis_id] = _axis(sheet, name, props, traces)
    return axes


def _axis(sheet: Sheet, name: str, props: Props, traces: list[Props]) -> Axis:
    letter = name[0]
    columns = [values_of(trace, letter) for trace in traces]
    kind = _kind(props, columns, name)
    categories = _categories(props, columns) if kind == "category" else ()
    low, high = (float(part) for part in pick(props, "domain", (0.0, 1.0)))
    area = sheet.area
    offset, length = (area.x + low * area.width, (high - low) * area.width)
    if letter == "y":
        offset, length = (area.y + (1 - high) * area.height, (high - low) * area.height)
    if length <= 0:
        raise ValueError(f"layout.{name}.domain has no length")
    start, end = _range(sheet, props, name, kind) or _category_range(props, name, categories, traces, length)
    return Axis(letter, name, props, kind, categories, start, end, offset, length)


def _kind(props: Props, columns: list[list[object]], name: str) -> str:
    """Return the type of an axis: as given, or as the values show it."""
    if pick(props, "type", "-") != "-":
        return str(props["type"])
    values = [value for column in columns for value in column if not is_missing(value)] or list(pick(props, "range", ()))
    if all(isinstance(value, numbers.Real) for value in values):
        return "linear"
    if all(isinstance(value, dt.date | np.datetime64) or (isinstance(value, str) and DATE.fullmatch(value)) for value in values):
        return "date"
    if all(isinstance(value, str) and not re.fullmatch(r"\s*[-+]?[\d.]+(e[-+]?\d+)?\s*", value) for value in values):
        return "category"
    raise ValueError(f"layout.{name}.type cannot be told from the values; give it")


def _categories(props: Props, columns: list[list[object]]) -> tuple[str, ...]:
    """Return the categories in their order: those of ``categoryarray`` first, then as they come in the traces."""
    first = pick(props, "categoryarray", ()) if pick(props, "categoryorder") != "trace" else ()
    found = [str(value) for column in columns for value in column if not is_missing(value)]
    return tuple(dict.fromkeys([*(str(value) for value in first), *found]))


def _range(sheet: Sheet, props: Props, name: str, kind: str) -> tuple[float, float] | None:
    """Return the given ends of an axis, also those of an axis that it matches; None for a category axis without."""
    given = pick(props, "range")
    if given is None and props.get("matches"):
        given = pick(sheet.axes.get(axis_name(str(props["matches"])), {}), "range")
    if given is None or any(part is None for part in given):
        if kind == "category":
            return None
        raise ValueError(f"layout.{name}.range is missing; it is drawn only where it is given")
    if props.get("autorange"):
        raise ValueError(f"layout.{name}.autorange is not drawn beside a range; give the range in its reversed order")
    start, end = (milliseconds(part) if kind == "date" else float(part) for part in given)
    if start == end:
        raise ValueError(f"layout.{name}.range has no length")
    return start, end


def _category_range(props: Props, name: str, categories: Sequence[str], traces: list[Props], length: float) -> tuple[float, float]:
    """Return ends that leave room for bars and markers at the outermost categories."""
    lows, highs = [], []
    for trace in traces:
        found = [str(value) for value in values_of(trace, name[0]) if not is_missing(value)]
        places = [categories.index(value) for value in found]
        if not places:
            continue
        half, pad = (0.5, 0.0) if trace["type"] == "bar" else (0.0, _pad(trace, name[0], length))
        lows.append((min(places) - half, pad))
        highs.append((max(places) + half, pad))
    if not lows:
        raise ValueError(f"layout.{name}.range is missing and no trace shows it")
    scale, low, high = max(
        ((high[0] - low[0]) / (length - low[1] - high[1]), low, high) for low in lows for high in highs if low[1] + high[1] < length
    )
    start, end = (low[0] - scale * low[1], high[0] + scale * high[1]) if scale > 0 else (low[0] - 1, high[0] + 1)
    return (end, start) if props.get("autorange") == "reversed" else (start, end)


def _pad(trace: Props, letter: str, length: float) -> float:
    """Return the px that a scatter trace keeps free at both ends of a category axis."""
    mode = mode_of(trace)
    marked = "markers" in mode
    if letter == "x" and (pick(trace, "fill", "none") in {"tozeroy", "tonexty"} or not (marked or "text" in mode)):
        return 0.0
    sizes = unpacked(pick(trace, "marker.size", 6))
    largest = float(np.max(sizes)) if marked else 0.0  # type: ignore[call-overload]
    return (max(largest / MARKER_PAD, LEAST_PAD) if marked else 0.0) + END_PAD * length


def mode_of(trace: Props) -> str:
    """Return how a scatter trace is drawn: as given, or lines, with markers if the points are few."""
    few = len(values_of(trace, "x")) < 20
    return str(pick(trace, "mode", "lines+markers" if few else "lines"))
