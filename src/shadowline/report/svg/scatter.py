"""Scatter traces: fills, error bars, lines, markers and text, in this order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shadowline.report.svg.attributes import Props, listed
from shadowline.report.svg.axes import Axis, mode_of, values_of
from shadowline.report.svg.errors import draw_errors
from shadowline.report.svg.ink import element, faded, fill, number, stroke
from shadowline.report.svg.sheet import pick
from shadowline.report.svg.symbols import draw_symbol, is_drawn
from shadowline.report.svg.text import LINE_SPACING, Font, Place, draw_text, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKER_SIZE = 6.0
BUBBLE_OPACITY = 0.7
# Px by which a line may miss a point of its trace.
HAIR = 0.06


class Point(NamedTuple):
    """A point in px; a gap has NaN."""

    x: float
    y: float

    @property
    def is_gap(self) -> bool:
        """Whether nothing is drawn here."""
        return math.isnan(self.x) or math.isnan(self.y)


@dataclass(frozen=True)
class Scatter:
    """A scatter trace on its axes. ``below`` is the trace before it on the same axes, ``above`` the one after it."""

    props: Props
    x: Axis
    y: Axis
    font: Font
    below: Props | None = None
    above: Props | None = None

    @property
    def points(self) -> list[Point]:
        """The points in px."""
        return _points(self.props, self.x, self.y)

    def has(self, part: str) -> bool:
        """Return whether lines, markers or text are drawn."""
        return part in mode_of(self.props).split("+")


def _points(props: Props, x: Axis, y: Axis) -> list[Point]:
    pairs = zip(x.pixels(values_of(props, "x")), y.pixels(values_of(props, "y")), strict=False)
    return [Point(*pair) for pair in pairs]


def draw_scatter(trace: Scatter, clip: str) -> str:
    """Return the trace; ``clip`` is the reference of the plot area, which markers and text leave only if cliponaxis is false."""
    fills = _own_fill(trace) + _fill_above(trace)
    errors = draw_errors(trace.props, (trace.x, trace.y), line_colour(trace.props))
    inside = element("g", fills + errors + _lines(trace), clip_path=clip)
    on_top = _markers(trace) + _texts(trace)
    if pick(trace.props, "cliponaxis", dflt=True):
        on_top = element("g", on_top, clip_path=clip) if on_top else ""
    opacity = float(pick(trace.props, "opacity", 1.0))
    content = (inside if fills or errors or trace.has("lines") else "") + on_top
    return element("g", content, stroke_miterlimit="2", opacity=None if opacity >= 1 else opacity) if content else ""


def line_colour(props: Props) -> str:
    """Return the colour of the lines of a trace: its own, that of its markers, or the one of its place."""
    marker = pick(props, "marker.color")
    return str(pick(props, "line.color", marker if isinstance(marker, str) else props["own"]))


def fill_colour(props: Props) -> str:
    """Return the colour of the area that a trace fills."""
    return str(pick(props, "fillcolor") or faded(line_colour(props), 0.5))


def segments(points: Sequence[Point]) -> list[list[Point]]:
    """Return the unbroken parts of a line."""
    parts: list[list[Point]] = [[]]
    for point in points:
        if point.is_gap:
            parts.append([])
        else:
            parts[-1].append(point)
    return [part for part in parts if part]


def _path(points: Sequence[Point], shape: str) -> str:
    """Return the drawing commands of a line after its first ``M``: straight, or in steps that go right before they go up."""
    words = [f"{number(points[0].x)},{number(points[0].y)}"]
    for before, point in pairwise(points):
        if shape == "hv":
            words.append(f"H{number(point.x)}" + (f"V{number(point.y)}" if point.y != before.y else ""))
        else:
            words.append(f"L{number(point.x)},{number(point.y)}")
    return "".join(words)


def _thinned(points: Sequence[Point]) -> list[Point]:
    """Return a line without the points that lie on the straight way between their neighbours, which keeps long series small."""
    kept, passed = list(points[:1]), list[Point]()
    for point in points[1:]:
        if passed and not all(_lies_between(middle, kept[-1], point) for middle in passed):
            kept.append(passed[-1])
            passed = []
        passed.append(point)
    return kept + passed[-1:]


def _lies_between(point: Point, one: Point, two: Point) -> bool:
    """Return whether a point is nowhere further than a hair from the straight line between two others."""
    across, down = two.x - one.x, two.y - one.y
    square = across * across + down * down
    share = min(1.0, max(0.0, ((point.x - one.x) * across + (point.y - one.y) * down) / square)) if square else 0.0
    return math.hypot(point.x - one.x - share * across, point.y - one.y - share * down) <= HAIR


def _outline(points: Sequence[Point], shape: str) -> list[Point]:
    """Return the corners of a line; steps have one more between every two points."""
    if shape != "hv":
        return _thinned(points)
    corners = list(points[:1])
    for before, point in pairwise(points):
        corners += [Point(point.x, before.y), point]
    return corners


def _whole(props: Props, x: Axis, y: Axis) -> list[Point]:
    """Return the corners of the line of a trace; an area bridges the gaps of its edge."""
    shape = str(pick(props, "line.shape", "linear"))
    return [corner for part in segments(_points(props, x, y)) for corner in _outline(part, shape)]


def _own_fill(trace: Scatter) -> str:
    """Return the area between the line and zero, or inside the line."""
    kind = pick(trace.props, "fill", "none")
    style = fill(fill_colour(trace.props)) if kind != "none" else {}
    if kind == "toself":
        shape = str(pick(trace.props, "line.shape", "linear"))
        paths = "".join(f"M{_path(part, shape)}Z" for part in segments(trace.points))
        return element("path", d=paths, **style) if paths else ""
    if kind == "tozeroy" or (kind == "tonexty" and trace.below is None):
        edge = _whole(trace.props, trace.x, trace.y)
        if not edge:
            return ""
        ground = [Point(edge[-1].x, trace.y.zero), Point(edge[0].x, trace.y.zero)]
        return element("path", d=f"M{_path([*edge, *ground], 'linear')}Z", **style)
    return ""


def _fill_above(trace: Scatter) -> str:
    """Return the area between this line and the next trace's, if that one asks for it; it lies under both lines."""
    if trace.above is None or pick(trace.above, "fill") != "tonexty":
        return ""
    lower = _whole(trace.props, trace.x, trace.y)
    upper = _whole(trace.above, trace.x, trace.y)
    if not lower or not upper:
        return ""
    return element("path", d=f"M{_path([*upper, *reversed(lower)], 'linear')}Z", **fill(fill_colour(trace.above)))


def _lines(trace: Scatter) -> str:
    """Return the line, broken at gaps."""
    thick = float(pick(trace.props, "line.width", 2.0))
    if not trace.has("lines") or thick <= 0:
        return ""
    shape = str(pick(trace.props, "line.shape", "linear"))
    path = "".join(f"M{_path(_thinned(part) if shape == 'linear' else part, shape)}" for part in segments(trace.points) if len(part) > 1)
    style = stroke(line_colour(trace.props), thick, pick(trace.props, "line.dash"))
    return element("path", d=path, fill="none", **style) if path else ""


class Marker(NamedTuple):
    """How one point is marked; sizes and widths in px."""

    symbol: str
    size: float
    color: str
    opacity: float
    edge: str
    edge_width: float


def marker_styles(props: Props, count: int) -> list[Marker]:
    """Return the markers of ``count`` points."""
    sizes = pick(props, "marker.size")
    is_bubble = sizes is not None and not isinstance(sizes, int | float)
    plain = str(pick(props, "line.color", props["own"]))
    columns = [
        (pick(props, "marker.symbol"), "circle"),
        (sizes, MARKER_SIZE),
        (pick(props, "marker.color"), plain),
        (pick(props, "marker.opacity"), BUBBLE_OPACITY if is_bubble else 1.0),
        (pick(props, "marker.line.color"), "#ffffff" if is_bubble else "#444444"),
        (pick(props, "marker.line.width"), 1.0 if is_bubble else 0.0),
    ]
    filled = [[usual if value is None else value for value in listed(given, count)] for given, usual in columns]
    markers = [Marker(*row) for row in zip(*filled, strict=True)]
    for marker in markers:
        if not is_drawn(marker.symbol):
            raise ValueError(f"marker.symbol = {marker.symbol!r} is not drawn in SVG")
        if not isinstance(marker.color, str) or not isinstance(marker.edge, str):
            raise ValueError("marker.color of numbers is not drawn in SVG; give colours")  # noqa: TRY004  one kind of error for all
    return markers


def draw_marker(marker: Marker, point: Point) -> str:
    """Return one marker."""
    return draw_symbol(marker.symbol, (point.x, point.y, marker.size), (marker.color, marker.edge, marker.edge_width), marker.opacity)


def _shown(trace: Scatter, points: Sequence[Point]) -> list[bool]:
    """Return which points are marked: not gaps, and none beyond the plot where markers are not clipped."""
    clipped = pick(trace.props, "cliponaxis", dflt=True)
    inside = [
        trace.x.offset - 0.01 <= point.x <= trace.x.far + 0.01 and trace.y.offset - 0.01 <= point.y <= trace.y.far + 0.01
        for point in points
    ]
    return [not point.is_gap and (bool(clipped) or within) for point, within in zip(points, inside, strict=True)]


def _markers(trace: Scatter) -> str:
    """Return the markers."""
    if not trace.has("markers"):
        return ""
    points = trace.points
    shown = _shown(trace, points)
    rows = zip(points, marker_styles(trace.props, len(points)), shown, strict=True)
    return "".join(draw_marker(marker, point) for point, marker, show in rows if show and marker.size > 0)


def _texts(trace: Scatter) -> str:
    """Return the texts, each beside its marker or on its point."""
    if not trace.has("text"):
        return ""
    points = trace.points
    count = len(points)
    texts = listed(trace.props.get("text"), count)
    positions = listed(pick(trace.props, "textposition", "middle center"), count)
    sizes = [marker.size for marker in marker_styles(trace.props, count)] if trace.has("markers") else [0.0] * count
    fonts = [listed(pick(trace.props, f"textfont.{key}"), count) for key in ("family", "size", "color")]
    drawn = []
    for place, (point, show) in enumerate(zip(points, _shown(trace, points), strict=True)):
        if show and texts[place]:
            font = trace.font.but({key: column[place] for key, column in zip(("family", "size", "color"), fonts, strict=True)})
            drawn.append(_beside(str(texts[place]), point, str(positions[place] or "middle center"), sizes[place], font))
    return "".join(drawn)


def _beside(text: str, point: Point, position: str, size: float, font: Font) -> str:
    """Return a text beside a marker of ``size`` px, which keeps a little more than its radius free."""
    vertical, horizontal = position.split()
    radius = size / 1.6 + 1 if size else 0.0
    right = {"left": -1, "center": 0, "right": 1}[horizontal]
    down = {"top": -1, "middle": 0, "bottom": 1}[vertical]
    tall = ((len(lines(text)) - 1) * LINE_SPACING + 1) * font.size
    baseline = point.y + 0.75 * font.size + down * radius + (down - 1) * tall / 2
    anchor = {"left": "end", "center": "middle", "right": "start"}[horizontal]
    return draw_text(text, Place(point.x + right * radius, baseline, anchor), font)
