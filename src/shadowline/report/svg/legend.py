"""The legend: one row or one column of names, each beside a small picture of its trace."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shadowline.report.svg.axes import mode_of
from shadowline.report.svg.ink import element, fill, stroke
from shadowline.report.svg.scatter import Point, draw_marker, fill_colour, line_colour, marker_styles
from shadowline.report.svg.sheet import Box, pick
from shadowline.report.svg.text import LINE_SPACING, Place, draw_text, lines, width

if TYPE_CHECKING:
    from shadowline.report.svg.attributes import Props
    from shadowline.report.svg.sheet import Sheet
    from shadowline.report.svg.text import Font

PICTURE = 40.0
GAP = 5.0
LEAST_HEIGHT = 16.0
LINE_START, LINE_LENGTH, MIDDLE = 5.0, 30.0, 20.0
THICKEST = 10.0
MARKER_SIZES = (2.0, 16.0)
DOUBT = 4.0


def draw_legend(sheet: Sheet) -> str:
    """Return the legend; ValueError where it has no room and a browser would make the plot smaller for it."""
    traces = entries(sheet)
    options = sheet.layout.get("legend") or {}
    if not traces or not pick(options, "visible", dflt=True):
        return ""
    font = sheet.font.but(options.get("font"))
    lying = pick(options, "orientation", "v") == "h"
    heights = [max(len(lines(name(trace))) * LINE_SPACING * font.size, LEAST_HEIGHT) + 3 for trace in traces]
    widths = [PICTURE + width(name(trace), font.size) for trace in traces]
    full = math.ceil(sum(each + GAP for each in widths) if lying else max(widths) + GAP)
    tall = math.ceil((max(heights) if lying else sum(heights)) + 2 * GAP)
    box = _placed(sheet, options, (float(full), float(tall)), lying=lying)
    drawn = [element("rect", x=box.x, y=box.y, width=box.width, height=box.height, **fill(_back(sheet, options)))]
    x, y = box.x, box.y + GAP
    for trace, wide, high in zip(traces, widths, heights, strict=True):
        drawn.append(_entry(trace, x, y + high / 2, font))
        x, y = (x + wide + GAP, y) if lying else (x, y + high)
    return "".join(drawn)


def _back(sheet: Sheet, options: Props) -> str:
    return str(pick(options, "bgcolor", pick(sheet.layout, "paper_bgcolor", "#ffffff")))


def name(trace: Props) -> str:
    """Return the name of a trace."""
    return str(pick(trace, "name", f"trace {trace['place']}"))


def entries(sheet: Sheet) -> list[Props]:
    """Return the traces that the legend names, in its order."""
    shown = [trace for trace in sheet.traces if pick(trace, "showlegend", dflt=True)]
    wanted = sheet.layout.get("showlegend")
    if wanted is None:
        wanted = len(shown) > 1 or any(trace.get("showlegend") for trace in shown)
    if not wanted:
        return []
    stacked = sheet.layout.get("barmode") == "stack" and any(trace["type"] == "bar" for trace in sheet.traces)
    upward = stacked or any(trace.get("fill") == "tonexty" for trace in shown)
    order = pick(sheet.layout, "legend.traceorder", "reversed" if upward else "normal")
    ranked = sorted(shown, key=lambda trace: int(pick(trace, "legendrank", 1000)))
    return ranked[::-1] if order == "reversed" else ranked


def _placed(sheet: Sheet, options: Props, size: tuple[float, float], *, lying: bool) -> Box:
    """Return the legend's box."""
    area = sheet.area
    across, up = float(pick(options, "x", 0.0 if lying else 1.02)), float(pick(options, "y", -0.1 if lying else 1.0))
    x, y = area.x + area.width * across, area.y + area.height * (1 - up)
    x -= size[0] * _share(pick(options, "xanchor", "left"), across, ("left", "center", "right"))
    y -= size[1] * _share(pick(options, "yanchor", "auto"), 1 - up, ("top", "middle", "bottom"))
    outside = max(-x, -y, x + size[0] - sheet.width, y + size[1] - sheet.height)
    if outside > DOUBT or (lying and size[0] > area.width + DOUBT):
        raise ValueError(f"layout.legend needs {size[0]:.0f} × {size[1]:.0f} px, for which layout.margin leaves no room where it is placed")
    return Box(x, y, *size)


def _share(anchor: str, place: float, names: tuple[str, str, str]) -> float:
    """Return which part of the box lies before its anchor."""
    if anchor == "auto":
        anchor = names[0] if place <= 1 / 3 else names[2] if place >= 2 / 3 else names[1]
    return names.index(anchor) / 2


def _entry(trace: Props, x: float, middle: float, font: Font) -> str:
    """Return picture and name of one trace; ``middle`` is the height of both in px."""
    rows = len(lines(name(trace)))
    baseline = middle + LINE_SPACING * font.size * (0.3 + (1 - rows) / 2)
    picture = _bar_picture(trace, x, middle) if trace["type"] == "bar" else _scatter_picture(trace, x, middle)
    opacity = float(pick(trace, "opacity", 1.0))
    faint = element("g", picture, opacity=opacity) if opacity < 1 and picture else picture
    return faint + draw_text(name(trace), Place(x + PICTURE, baseline, "start"), font)


def _first(value: object, usual: object) -> object:
    """Return a value or the first of several."""
    if value is None:
        return usual
    return value if isinstance(value, str | int | float) else next(iter(value), usual)  # type: ignore[call-overload]


def _bar_picture(trace: Props, x: float, middle: float) -> str:
    """Return a small square in the colour of the bars."""
    thick = float(_first(pick(trace, "marker.line.width"), 0.0))  # type: ignore[arg-type]
    edge = stroke(str(_first(pick(trace, "marker.line.color"), "#444444")), min(thick, 5.0)) if thick else {}
    color = str(_first(pick(trace, "marker.color"), trace["own"]))
    return element("rect", x=x + MIDDLE - 6, y=middle - 6, width=12.0, height=12.0, **fill(color), **edge)


def _scatter_picture(trace: Props, x: float, middle: float) -> str:
    """Return a piece of area, line and marker."""
    mode = mode_of(trace)
    filled = pick(trace, "fill", "none") != "none"
    if mode == "text" and not filled:
        raise ValueError(f"the trace {name(trace)!r} of texts only is not drawn in a legend; set showlegend = False")
    level = middle - 2 if filled and "markers" not in mode and "text" not in mode else middle
    parts = []
    if filled:
        parts.append(element("rect", x=x + LINE_START, y=level, width=LINE_LENGTH, height=6.0, **fill(fill_colour(trace))))
    thick = min(float(pick(trace, "line.width", 2.0)), THICKEST)
    if "lines" in mode.split("+") and thick > 0:
        style = stroke(line_colour(trace), thick, pick(trace, "line.dash"))
        parts.append(element("line", x1=x + LINE_START, y1=level, x2=x + LINE_START + LINE_LENGTH, y2=level, **style))
    if "markers" in mode:
        marker = marker_styles(trace, 1)[0]
        size = min(max(marker.size, MARKER_SIZES[0]), MARKER_SIZES[1])
        parts.append(draw_marker(marker._replace(size=size), Point(x + MIDDLE, middle)))
    return "".join(parts)
