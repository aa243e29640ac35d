"""Bar traces: where bars stand beside and on top of each other, and the bars themselves."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from shadowline.report.svg.attributes import Props, listed
from shadowline.report.svg.axes import Axis, values_of
from shadowline.report.svg.bar_text import Rectangle, draw_bar_text
from shadowline.report.svg.errors import draw_errors
from shadowline.report.svg.ink import element, fill, stroke
from shadowline.report.svg.sheet import pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shadowline.report.svg.text import Font

ERROR_COLOUR = "#444444"
# A bar that leaves the plot goes on for so many px, out of sight.
OVERHANG = 20.0


@dataclass(frozen=True)
class Bar:
    """A bar in numbers along the axes: the middle of its foot, its width, and from where to where it rises."""

    row: int
    middle: float
    width: float
    foot: float
    tip: float
    is_outmost: bool = True


@dataclass(frozen=True)
class Bars:
    """All bar traces of one subplot."""

    traces: Sequence[Props]
    x: Axis
    y: Axis
    font: Font
    mode: str
    gap: float

    def across(self, trace: Props) -> Axis:
        """Return the axis along which the bars of a trace stand side by side."""
        return self.y if is_lying(trace) else self.x

    def along(self, trace: Props) -> Axis:
        """Return the axis along which they rise."""
        return self.x if is_lying(trace) else self.y


def is_lying(trace: Props) -> bool:
    """Return whether bars go from left to right."""
    return bool(pick(trace, "orientation", "v") == "h")


def _places(bars: Bars, trace: Props) -> list[float]:
    across = bars.across(trace)
    return [across.linear(value) for value in values_of(trace, across.letter)]


def _spacing(places: Sequence[float], axis: Axis) -> float:
    """Return the least distance between two bars; categories are 1 apart."""
    distinct = sorted(set(places))
    if axis.kind == "category":
        return min((b - a for a, b in pairwise(distinct)), default=1.0)
    if len(distinct) < 2:
        raise ValueError(f"the width of a bar that stands alone on layout.{axis.name} is missing")
    return min(b - a for a, b in pairwise(distinct))


def stand(bars: Bars) -> list[list[Bar]]:
    """Return for every trace its bars, side by side, stacked, or in front of each other as the mode says."""
    if len({is_lying(trace) for trace in bars.traces}) > 1:
        raise ValueError("bars of both orientations in one plot are not drawn in SVG")
    across = bars.across(bars.traces[0])
    if across.kind == "log":
        raise ValueError(f"bars side by side on layout.{across.name} of type 'log' are not drawn in SVG")
    columns = [_places(bars, trace) for trace in bars.traces]
    everywhere = [place for column in columns for place in column if not math.isnan(place)]
    has_widths = all(trace.get("width") is not None for trace in bars.traces)
    spacing = 1.0 if has_widths and len(set(everywhere)) < 2 else _spacing(everywhere, across)
    room = spacing * (1 - bars.gap)
    shares = len(columns) if bars.mode == "group" and len(everywhere) > len(set(everywhere)) else 1
    result = []
    for place, (trace, column) in enumerate(zip(bars.traces, columns, strict=True)):
        shift = (place + 0.5) * room / shares - room / 2 if shares > 1 else 0.0
        result.append(_alone(bars, trace, [(middle + shift) for middle in column], room / shares))
    return _stacked(bars, result) if bars.mode in {"stack", "relative"} else result


def _alone(bars: Bars, trace: Props, middles: Sequence[float], width: float) -> list[Bar]:
    """Return the bars of one trace, each rising from its base."""
    along = bars.along(trace)
    count = len(middles)
    sizes = values_of(trace, along.letter)
    bases = listed(trace.get("base"), count)
    widths = listed(trace.get("width"), count)
    result = []
    for row, (middle, size, base, given) in enumerate(zip(middles, sizes, bases, widths, strict=False)):
        if size is None or size != size or math.isnan(middle):  # noqa: PLR0124  NaN
            continue
        if along.kind not in {"linear", "log"}:
            raise ValueError(f"bars rising along layout.{along.name} of type {along.kind!r} are not drawn in SVG")
        foot = float(base or 0.0)
        result.append(Bar(row, middle, float(given or width), foot, foot + float(size)))  # type: ignore[arg-type]
    return result


def _stacked(bars: Bars, columns: list[list[Bar]]) -> list[list[Bar]]:
    """Return the bars on top of each other; traces with a base stay where they are. ``relative`` piles negative ones downward."""
    piles: dict[tuple[float, bool], float] = defaultdict(float)
    result = []
    for trace, column in zip(bars.traces, columns, strict=True):
        if trace.get("base") is not None:
            result.append(column)
            continue
        moved = []
        for bar in column:
            key = (bar.middle, bars.mode == "relative" and bar.tip < 0)
            moved.append(replace(bar, foot=piles[key], tip=piles[key] + bar.tip))
            piles[key] = moved[-1].tip
        result.append(moved)
    tops = set(piles.items())
    return [
        [replace(bar, is_outmost=_is_top(bar, tops)) if trace.get("base") is None else bar for bar in column]
        for trace, column in zip(bars.traces, result, strict=True)
    ]


def _is_top(bar: Bar, tops: set[tuple[tuple[float, bool], float]]) -> bool:
    """Return whether nothing stands on a bar."""
    return ((bar.middle, False), bar.tip) in tops or ((bar.middle, True), bar.tip) in tops


def draw_bars(bars: Bars, clip: str) -> list[tuple[int, str]]:
    """Return for every trace its place in front or behind (zorder) and its drawing, clipped to the plot area."""
    drawn = []
    for trace, column in zip(bars.traces, stand(bars), strict=True):
        inside: list[str] = []
        outside: list[str] = []
        for bar in column:
            rectangle = _rectangle(bars, trace, bar)
            inside.append(_draw_bar(trace, bar.row, rectangle, (bars.x, bars.y)))
            text = draw_bar_text(trace, bar.row, _visible(bars.along(trace), bar, rectangle), bars.font, is_outmost=bar.is_outmost)
            (inside if pick(trace, "cliponaxis", dflt=True) else outside).append(text)
        inside.append(_errors(bars, trace, column))
        opacity = float(pick(trace, "opacity", 1.0))
        crisp = "crispEdges" if _is_touching(bars, trace) else None
        content = element("g", "".join(inside), clip_path=clip, shape_rendering=crisp) + "".join(outside)
        drawn.append((int(pick(trace, "zorder", 0)), element("g", content, opacity=None if opacity >= 1 else opacity)))
    return drawn


def _is_touching(bars: Bars, trace: Props) -> bool:
    """Return whether bars lie edge to edge, where soft edges would leave pale seams."""
    return (bars.mode == "stack" and len(bars.traces) > 1) or (bars.gap == 0 and not pick(trace, "marker.line.width"))


def _rectangle(bars: Bars, trace: Props, bar: Bar) -> Rectangle:
    """Return a bar in px."""
    across, along = bars.across(trace), bars.along(trace)
    sides = [across.pixel(bar.middle - bar.width / 2), across.pixel(bar.middle + bar.width / 2)]
    foot, tip = (along.zero if math.isnan(along.linear(end)) else along.pixel(along.linear(end)) for end in (bar.foot, bar.tip))
    return Rectangle(min(sides), max(sides), foot, tip, is_lying=is_lying(trace))


def _visible(along: Axis, bar: Bar, rectangle: Rectangle) -> Rectangle:
    """Return the part of a bar in which its text stands: on a logarithmic axis it begins where the axis does."""
    return replace(rectangle, foot=along.pixel(along.start)) if along.kind == "log" and bar.foot <= 0 else rectangle


def _draw_bar(trace: Props, row: int, bar: Rectangle, axes: tuple[Axis, Axis]) -> str:
    """Return one bar."""
    style = {name: listed(pick(trace, f"marker.{name}"), row + 1)[row] for name in ("color", "opacity", "line.color", "line.width")}
    color = style["color"] or trace["own"]
    if not isinstance(color, str):
        raise ValueError("marker.color of numbers is not drawn in SVG; give colours")  # noqa: TRY004  one kind of error for all
    opacity = 1.0 if style["opacity"] is None else float(style["opacity"])
    thick = float(style["line.width"] or 0.0)
    edge = stroke(str(style["line.color"] or "#444444"), thick) if thick else {}
    left, right = (_near(end, axes[0]) for end in bar.horizontal)
    top, bottom = (_near(end, axes[1]) for end in bar.vertical)
    faint = None if opacity >= 1 else opacity
    return element("rect", x=left, y=top, width=right - left, height=bottom - top, **fill(color), **edge, opacity=faint)


def _near(pixel: float, axis: Axis) -> float:
    """Return a pixel drawn in to just outside the plot area."""
    return min(max(pixel, axis.offset - OVERHANG), axis.far + OVERHANG)


def _errors(bars: Bars, trace: Props, column: Sequence[Bar]) -> str:
    """Return the error bars at the tips of the bars."""
    if all(pick(trace, f"error_{letter}.array") is None for letter in "xy"):
        return ""
    along = bars.along(trace)
    if any(bar.foot for bar in column) or trace.get(f"error_{bars.across(trace).letter}"):
        raise ValueError("error bars are drawn in SVG only along bars that rise from zero")
    centres = [(math.nan, math.nan)] * len(values_of(trace, along.letter))
    for bar in column:
        middle = bars.across(trace).pixel(bar.middle)
        centres[bar.row] = (middle, middle)
    return draw_errors(trace, (bars.x, bars.y), ERROR_COLOUR, centres)
