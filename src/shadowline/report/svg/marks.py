"""Shapes and annotations."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shadowline.report.svg.ink import colour, element, fill, number, stroke
from shadowline.report.svg.sheet import Box, pick
from shadowline.report.svg.text import ANCHORS, Font, Place, draw_text, height, lines, width

if TYPE_CHECKING:
    from shadowline.report.svg.attributes import Props
    from shadowline.report.svg.axes import Axis
    from shadowline.report.svg.sheet import Sheet

LINE = "#444444"
CLEAR = "rgba(0,0,0,0)"
# Corners of the arrowheads for a line 1 px wide, the tip last, and how far the line ends before the point.
ARROWHEADS: dict[int, tuple[tuple[tuple[float, float], ...], float]] = {
    0: ((), 0.0),
    1: (((-2.4, -3.0), (-2.4, 3.0), (0.6, 0.0)), 0.6),
    2: (((-3.7, -2.5), (-3.7, 2.5), (1.3, 0.0)), 1.3),
}


@dataclass(frozen=True)
class Reference:
    """To what a coordinate refers: the values of an axis, a share of an axis's length, or a share of the plot area."""

    axis: Axis | None
    start: float
    length: float
    is_share: bool

    def pixel(self, number: float) -> float:
        """Return the pixel of a number along the axis, or of a share."""
        if self.axis is not None and not self.is_share:
            return self.axis.pixel(number)
        return self.start + self.length * number


def reference(mark: Props, letter: str, sheet: Sheet, axes: dict[str, Axis]) -> Reference:
    """Return what ``xref`` or ``yref`` says, the first axis if nothing; ValueError for an axis that is not there.

    Shares of y count upward.
    """
    area = sheet.area
    name = str(pick(mark, f"{letter}ref", next((axis_id for axis_id in axes if axis_id[0] == letter), "paper")))
    if name == "paper":
        return (
            Reference(None, area.x, area.width, is_share=True)
            if letter == "x"
            else Reference(None, area.bottom, -area.height, is_share=True)
        )
    axis_id, _, rest = name.partition(" ")
    if axis_id not in axes or rest not in {"", "domain"}:
        raise ValueError(f"{letter}ref = {name!r} is not drawn in SVG; known are paper, {', '.join(axes)} and these with ' domain'")
    axis = axes[axis_id]
    start, length = (axis.offset, axis.length) if letter == "x" else (axis.far, -axis.length)
    return Reference(axis, start, length, is_share=rest == "domain")


def draw_shape(shape: Props, sheet: Sheet, axes: dict[str, Axis]) -> str:
    """Return a line or a rectangle, cut off at the ends of the axes to whose values it refers."""
    corners: dict[str, float] = {}
    cut = {"x": (0.0, sheet.width), "y": (0.0, sheet.height)}
    for letter in "xy":
        refers = reference(shape, letter, sheet, axes)
        if refers.axis is not None:
            cut[letter] = (refers.axis.offset, refers.axis.far)
        for end in "01":
            value = pick(shape, letter + end)
            if value is None:
                raise ValueError(f"a shape has no {letter}{end}")
            place = float(value) if refers.axis is None or refers.is_share else refers.axis.linear(value)
            corners[letter + end] = refers.pixel(place)
    opacity = float(pick(shape, "opacity", 1.0))
    style = stroke(pick(shape, "line.color", LINE), float(pick(shape, "line.width", 2.0)), pick(shape, "line.dash"), opacity)
    if not style["stroke_width"]:
        style = {}
    if pick(shape, "type", "rect") == "line":
        return _cut_line(corners, cut, style)
    return _cut_rectangle(corners, cut, {**fill(pick(shape, "fillcolor", CLEAR), opacity), **style})


def _cut_line(corners: dict[str, float], cut: dict[str, tuple[float, float]], style: dict[str, str | float | None]) -> str:
    """Return the part of a line that lies within the cut; nothing if none does."""
    begin, end = 0.0, 1.0
    for letter in "xy":
        start, step = corners[f"{letter}0"], corners[f"{letter}1"] - corners[f"{letter}0"]
        low, high = cut[letter]
        if step == 0:
            if not low - 0.01 <= start <= high + 0.01:
                return ""
            continue
        entry, leave = sorted(((low - start) / step, (high - start) / step))
        begin, end = max(begin, entry), min(end, leave)
    if begin > end or not style:
        return ""
    spots = {
        f"{letter}{place}": corners[f"{letter}0"] + part * (corners[f"{letter}1"] - corners[f"{letter}0"])
        for place, part in ((1, begin), (2, end))
        for letter in "xy"
    }
    return element("line", **spots, **style)


def _cut_rectangle(corners: dict[str, float], cut: dict[str, tuple[float, float]], style: dict[str, str | float | None]) -> str:
    """Return a rectangle within the cut; an edge that lies beyond is drawn just outside, where nobody sees it."""
    sides = {}
    for letter in "xy":
        low, high = sorted((corners[f"{letter}0"], corners[f"{letter}1"]))
        first, last = cut[letter]
        if high < first or low > last:
            return ""
        if (low < first or high > last) and "stroke" in style:
            raise ValueError("a rectangle with an edge reaches beyond its axis, which is not drawn in SVG; set line.width = 0")
        sides[letter] = (max(low, first), min(high, last))
    (left, right), (top, bottom) = sides["x"], sides["y"]
    return element("rect", x=left, y=top, width=right - left, height=bottom - top, **style)


def draw_annotation(note: Props, sheet: Sheet, axes: dict[str, Axis]) -> str:
    """Return a text with its background and its arrow; nothing if the point lies beyond the ends of its axes."""
    text, has_arrow = str(pick(note, "text", "")), bool(pick(note, "showarrow", dflt=True))
    font = sheet.font.but(note.get("font"))
    rim = float(pick(note, "borderpad", 1.0)) + float(pick(note, "borderwidth", 1.0))
    size = {"x": float(round(width(text, font.size) + 2 * rim)), "y": float(round(height(text, font) + 2 * rim))}
    head, middle = {}, {}
    for letter in "xy":
        refers = reference(note, letter, sheet, axes)
        value = note.get(letter)
        place = _annotated(value, refers)
        if math.isnan(place) or (refers.axis is not None and not refers.is_share and not refers.axis.holds(place)):
            return ""
        shift = float(pick(note, f"{letter}shift", 0.0)) * (1 if letter == "x" else -1)
        head[letter] = refers.pixel(place) + shift
        tail = float(pick(note, f"a{letter}", -10.0 if letter == "x" else -30.0)) if has_arrow else 0.0
        is_free = refers.is_share and not has_arrow
        middle[letter] = head[letter] + tail + size[letter] * _lean(note, letter, place if is_free else 0.5)
    box = Box(float(round(middle["x"] - size["x"] / 2)), float(round(middle["y"] - size["y"] / 2)), size["x"], size["y"])
    tail_end = (head["x"] + float(pick(note, "ax", -10.0)), head["y"] + float(pick(note, "ay", -30.0)))
    parts = [_background(note, box), _text(note, text, font, box, rim)]
    if has_arrow:
        parts.append(_arrow(note, (head["x"], head["y"]), tail_end, box))
    opacity = float(pick(note, "opacity", 1.0))
    return element("g", "".join(parts), opacity=opacity) if opacity < 1 else "".join(parts)


def _annotated(value: object, refers: Reference) -> float:
    """Return the number of an annotation's coordinate; on a logarithmic axis annotations give the logarithm."""
    if refers.axis is None or refers.is_share or refers.axis.kind == "log":
        return math.nan if value is None else float(value)  # type: ignore[arg-type]
    return refers.axis.linear(value)


def _lean(note: Props, letter: str, share: float) -> float:
    """Return where the middle of the text lies from its anchor, in its own size; ``auto`` leans inward in the outer thirds."""
    names = ("left", "center", "right") if letter == "x" else ("top", "middle", "bottom")
    anchor = pick(note, f"{letter}anchor", "auto")
    if anchor == "auto":
        from_start = share if letter == "x" else 1 - share
        anchor = names[0] if from_start < 1 / 3 else names[2] if from_start > 2 / 3 else names[1]
    return (0.5, 0.0, -0.5)[names.index(anchor)]


def _background(note: Props, box: Box) -> str:
    back = pick(note, "bgcolor", CLEAR)
    if not colour(back).opacity:
        return ""
    return element("rect", x=box.x + 0.5, y=box.y + 0.5, width=box.width - 1, height=box.height - 1, **fill(back))


def _text(note: Props, text: str, font: Font, box: Box, rim: float) -> str:
    """Return the text in its box. One line hangs from the side by which it is anchored, so that its end there is exact."""
    align = str(pick(note, "align", "center"))
    anchor = str(pick(note, "xanchor", "auto"))
    if len(lines(text)) == 1 and anchor in {"left", "right"}:
        align = anchor
    place = {"left": box.x + rim, "center": box.x + box.width / 2, "right": box.right - rim}[align]
    return draw_text(text, Place(place, box.y + rim + font.ascent, ANCHORS[align]), font)


def _arrow(note: Props, head: tuple[float, float], tail: tuple[float, float], box: Box) -> str:
    """Return the line from the edge of the text to the point, and its head."""
    kind = int(pick(note, "arrowhead", 1))
    if kind not in ARROWHEADS:
        raise ValueError(f"arrowhead = {kind} is not drawn in SVG; drawn are {', '.join(map(str, ARROWHEADS))}")
    thick, color = float(pick(note, "arrowwidth", 2.0)), str(pick(note, "arrowcolor", LINE))
    scale = thick * float(pick(note, "arrowsize", 1.0))
    corners, back = ARROWHEADS[kind]
    span = (head[0] - tail[0], head[1] - tail[1])
    far = math.hypot(*span)
    leave = _leaving(tail, span, box)
    stop = back * scale + float(pick(note, "standoff", 0.0))
    if not far or leave * far + stop >= far:
        return ""
    along = (span[0] / far, span[1] / far)
    end = (head[0] - stop * along[0], head[1] - stop * along[1])
    begin = (tail[0] + leave * span[0], tail[1] + leave * span[1])
    line = element("line", x1=begin[0], y1=begin[1], x2=end[0], y2=end[1], **stroke(color, thick))
    if not corners:
        return line
    spots = [(end[0] + scale * (u * along[0] - v * along[1]), end[1] + scale * (u * along[1] + v * along[0])) for u, v in corners]
    return line + element("path", d="M" + "L".join(f"{number(x)},{number(y)}" for x, y in spots) + "Z", **fill(color))


def _leaving(tail: tuple[float, float], span: tuple[float, float], box: Box) -> float:
    """Return the share of the arrow that lies under the text."""
    exits = []
    for place, step, low, high in zip(tail, span, (box.x + 0.5, box.y + 0.5), (box.right - 0.5, box.bottom - 0.5), strict=True):
        if not low <= place <= high:
            return 0.0
        if step:
            exits.append(((high if step > 0 else low) - place) / step)
    return min([1.0, *exits])
