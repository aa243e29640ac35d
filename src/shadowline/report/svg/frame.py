"""The frame of a subplot: grid, zero line, axis lines, ticks, labels and titles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from shadowline.report.svg.ink import colour, element, stroke
from shadowline.report.svg.sheet import pick
from shadowline.report.svg.text import CAPITAL, LINE_SPACING, MIDDLE, Font, Place, draw_text, lines, width
from shadowline.report.svg.ticks import ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shadowline.report.svg.attributes import Props
    from shadowline.report.svg.axes import Axis
    from shadowline.report.svg.sheet import Sheet
    from shadowline.report.svg.ticks import Tick

LINE = "#444444"
GRID_ON_WHITE = "#eeeeee"
# Room that a line of labels takes below its baseline, in units of the font's size.
LABEL_DEPTH = 0.2
SHIFT = 0.2
# Our widths may be off by so many px before a complaint about missing room is in order.
DOUBT = 6.0


@dataclass(frozen=True)
class Frame:
    """One axis in its place: beside the axis to which it is anchored, crossing all subplots that it belongs to."""

    axis: Axis
    anchor: Axis
    partners: Sequence[Axis]
    sheet: Sheet
    has_bars: bool

    @property
    def props(self) -> Props:
        """What the figure says about the axis."""
        return self.axis.props

    @property
    def is_visible(self) -> bool:
        """Whether anything of the axis is drawn."""
        return bool(pick(self.props, "visible", dflt=True))

    @property
    def side(self) -> str:
        """Where its labels stand: bottom, top, left or right."""
        return str(pick(self.props, "side", "bottom" if self.axis.letter == "x" else "left"))

    @property
    def outward(self) -> float:
        """1 if away from the plot is down or right, else -1."""
        return 1.0 if self.side in {"bottom", "right"} else -1.0

    @property
    def edge(self) -> float:
        """Pixel of the edge at which the axis stands."""
        if self.props.get("anchor") == "free":
            place, area = float(pick(self.props, "position", 0.0)), self.sheet.area
            return area.x + place * area.width if self.axis.letter == "y" else area.y + (1 - place) * area.height
        return self.anchor.far if self.outward > 0 else self.anchor.offset

    @property
    def line_width(self) -> float:
        """Width of the axis line in px, 0 where none is drawn."""
        return float(pick(self.props, "linewidth", 1.0)) if self.props["showline"] and self.is_visible else 0.0

    @property
    def tick_length(self) -> float:
        """Length of the ticks in px, 0 where none are drawn."""
        return float(pick(self.props, "ticklen", 5.0)) if self.props.get("ticks") == "outside" else 0.0

    @property
    def font(self) -> Font:
        """Font of the labels."""
        return _tinted(self.sheet.font, self.props).but(self.props.get("tickfont"))

    @property
    def ticks(self) -> list[Tick]:
        """The ticks."""
        return ticks(self.axis, self.font.size)

    @property
    def has_zero_line(self) -> bool:
        """Whether a line marks zero: inside the plot, or at its edge where no axis line stands."""
        axis = self.axis
        return axis.kind == "linear" and bool(self.props["zeroline"]) and axis.holds(0.0)

    @property
    def label_start(self) -> float:
        """Px between the edge and the labels."""
        out = (self.line_width or 1.0) + self.tick_length
        return out + (SHIFT * self.font.size if self.tick_length or self.line_width else 0.0)

    @property
    def depth(self) -> float:
        """Px from the edge to the far end of the labels."""
        labels = [tick.text for tick in self.ticks] if pick(self.props, "showticklabels", dflt=True) else []
        if not labels:
            return 0.0
        size = self.font.size
        if self.axis.letter == "y":
            return self.label_start + max(width(text, size) for text in labels)
        rows = max(len(lines(text)) for text in labels)
        return self.label_start + size * (1 + LABEL_DEPTH + LINE_SPACING * (rows - 1))


def _tinted(font: Font, props: Props) -> Font:
    """Return the font in the axis's colour, if it has one."""
    return font.but({"color": props.get("color")})


def draw_grid(frame: Frame) -> str:
    """Return the grid lines, without those within a pixel of an edge and the one under the zero line."""
    props, axis = frame.props, frame.axis
    if not frame.is_visible or not props["showgrid"]:
        return ""
    style = stroke(_grid_colour(frame), float(pick(props, "gridwidth", 1.0)), props.get("griddash"))
    inner = [tick.pixel for tick in frame.ticks if 1 < tick.pixel - axis.offset < axis.length - 1]
    if frame.has_zero_line and axis.kind == "linear":
        inner = [pixel for pixel in inner if abs(pixel - axis.zero) > 0.01]
    return _across(frame, inner, style)


def _grid_colour(frame: Frame) -> str:
    """Return the colour of the grid; the usual one suits a white plot only."""
    if frame.props.get("gridcolor") is not None:
        return str(frame.props["gridcolor"])
    if colour(pick(frame.sheet.layout, "plot_bgcolor", "#ffffff"))[:3] != (255, 255, 255) or "color" in frame.props:
        raise ValueError(f"layout.{frame.axis.name}.gridcolor is missing")
    return GRID_ON_WHITE


def draw_zero(frame: Frame) -> str:
    """Return the zero line; at the edge of the plot an axis line takes its place unless bars rise from it."""
    if not frame.is_visible or not frame.has_zero_line:
        return ""
    pixel, axis = frame.axis.zero, frame.axis
    at_edge = not 1 < pixel - axis.offset < axis.length - 1
    if at_edge and not frame.has_bars and any(_has_line(frame, partner) for partner in frame.partners):
        return ""
    style = stroke(pick(frame.props, "zerolinecolor", LINE), float(pick(frame.props, "zerolinewidth", 1.0)))
    return _across(frame, [pixel], style)


def _has_line(frame: Frame, partner: Axis) -> bool:
    """Return whether the axis line of ``partner`` stands where this axis is zero."""
    other = Frame(partner, frame.axis, (), frame.sheet, has_bars=False)
    return other.line_width > 0 and abs(other.edge - frame.axis.zero) <= 1


def _across(frame: Frame, places: list[float], style: dict[str, str | float | None]) -> str:
    """Return lines across every subplot of the axis."""
    drawn = []
    for partner in frame.partners:
        for place in places:
            ends = (
                {"x1": place, "x2": place, "y1": partner.offset, "y2": partner.far}
                if frame.axis.letter == "x"
                else {"x1": partner.offset, "x2": partner.far, "y1": place, "y2": place}
            )
            drawn.append(element("line", **ends, **style, shape_rendering="crispEdges"))
    return "".join(drawn)


def draw_axis(frame: Frame, extend: tuple[float, float] = (0.0, 0.0)) -> str:
    """Return line, ticks and labels; the line goes on for ``extend`` px at its left and right ends, to meet the other axis."""
    if not frame.is_visible:
        return ""
    axis, thick = frame.axis, frame.line_width
    parts = []
    if thick:
        middle = frame.edge + frame.outward * thick / 2
        style = stroke(pick(frame.props, "linecolor", LINE), thick)
        parts.append(_stroke_along(axis.letter, (middle, axis.offset - extend[0]), (middle, axis.far + extend[1]), style))
    if frame.tick_length:
        near = frame.edge + frame.outward * (thick or 1.0)
        far = near + frame.outward * frame.tick_length
        style = stroke(pick(frame.props, "tickcolor", pick(frame.props, "color", LINE)), float(pick(frame.props, "tickwidth", 1.0)))
        parts.extend(_stroke_along(axis.letter, (near, tick.pixel), (far, tick.pixel), style) for tick in frame.ticks)
    if pick(frame.props, "showticklabels", dflt=True):
        parts.append(_labels(frame))
    return "".join(parts)


def _stroke_along(letter: str, one: tuple[float, float], two: tuple[float, float], style: dict[str, str | float | None]) -> str:
    """Return a line between two points given as (px away from the axis's direction, px along it)."""
    names = ("y1", "x1", "y2", "x2") if letter == "x" else ("x1", "y1", "x2", "y2")
    ends = dict(zip(names, (*one, *two), strict=True))
    return element("line", **{name: ends[name] for name in ("x1", "y1", "x2", "y2")}, **style, shape_rendering="crispEdges")


def _labels(frame: Frame) -> str:
    """Return the labels of the ticks; ValueError where they would run into each other or off the drawing."""
    font, out = frame.font, frame.edge + frame.outward * frame.label_start
    found = [tick for tick in frame.ticks if tick.text]
    _refuse_cut(frame)
    if frame.axis.letter == "x":
        _refuse_overlap(frame, found)
        texts = []
        for tick in found:
            above = 0.0 if frame.side == "bottom" else (len(lines(tick.text)) - 1) * LINE_SPACING + SHIFT
            down = font.size if frame.side == "bottom" else -above * font.size
            texts.append(draw_text(tick.text, Place(tick.pixel, out + down), font))
        return "".join(texts)
    anchor = "end" if frame.outward < 0 else "start"
    shifts = [font.size * (MIDDLE - (len(lines(tick.text)) - 1) * LINE_SPACING / 2) for tick in found]
    return "".join(draw_text(tick.text, Place(out, tick.pixel + down, anchor), font) for tick, down in zip(found, shifts, strict=True))


def _refuse_cut(frame: Frame) -> None:
    """Raise ValueError where labels would be cut off at the edge of the drawing."""
    size = frame.sheet.height if frame.axis.letter == "x" else frame.sheet.width
    if frame.depth > (frame.edge if frame.outward < 0 else size - frame.edge) + DOUBT:
        margin = frame.side[0]
        raise ValueError(
            f"layout.margin.{margin} leaves no room for the labels of layout.{frame.axis.name}, which need {frame.depth:.0f} px"
        )


def _refuse_overlap(frame: Frame, found: list[Tick]) -> None:
    """Raise ValueError where a browser would turn or drop labels because they overlap."""
    size = frame.font.size
    places = sorted((tick.pixel, width(tick.text, size)) for tick in found)
    for (left, one), (right, two) in pairwise(places):
        if left + one / 2 > right - two / 2 + DOUBT and frame.props.get("tickangle") in {None, "auto"}:
            raise ValueError(f"layout.{frame.axis.name}: its labels overlap; give fewer tickvals or set tickangle = 0")


def draw_title(frame: Frame) -> str:
    """Return the title of the axis: below or above its labels, or turned beside them."""
    text = pick(frame.props, "title.text")
    if not text or not frame.is_visible:
        return ""
    font = _tinted(frame.sheet.font, frame.props).but({"size": frame.sheet.title_size}).but(pick(frame.props, "title.font"))
    place = frame.edge + frame.outward * _title_distance(frame, font)
    middle = frame.axis.offset + frame.axis.length / 2
    if frame.axis.letter == "x":
        extra = (len(lines(text)) - 1) * LINE_SPACING * font.size
        lowest = frame.sheet.height - font.descent - extra
        return draw_text(text, Place(middle, max(font.ascent, min(place, lowest))), font)
    return draw_text(text, Place(max(font.ascent, min(place, frame.sheet.width - font.descent)), middle, turn=-90.0), font)


def _title_distance(frame: Frame, font: Font) -> float:
    """Return the px between the edge and the baseline of the title."""
    size, standoff = font.size, pick(frame.props, "title.standoff")
    rows = len(lines(str(pick(frame.props, "title.text")))) - 1
    if standoff is not None:
        rise = CAPITAL if frame.outward > 0 else MIDDLE + rows * LINE_SPACING
        return frame.depth + float(standoff) + rise * size
    labelled = bool(pick(frame.props, "showticklabels", dflt=True))
    beyond = {"top": (0.0, 1.0), "bottom": (0.5, 1.5), "right": (0.5, 1.0), "left": (0.0, 0.5)}[frame.side][labelled]
    distance = 10 + 1.5 * size + max(frame.line_width - 1, 0) + beyond * size
    inner = distance - (font.ascent if frame.outward > 0 else font.descent)
    if frame.depth > inner + DOUBT:
        raise ValueError(f"layout.{frame.axis.name}.title.standoff is needed: the labels reach {frame.depth:.0f} px from the axis")
    return distance
