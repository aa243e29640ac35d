"""A Plotly figure as SVG, drawn without a browser.

Only the part of Plotly that the figures of the report use is drawn (:mod:`shadowline.report.svg.attributes` lists it), and that
part looks as a browser would show it, within a pixel or two. Anything else raises ValueError with the name of the attribute. Margins are
taken as given: where a browser would widen them for labels or a legend, the figure is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shadowline.report.svg.axes import Axis, build_axes
from shadowline.report.svg.bars import Bars, draw_bars, is_lying
from shadowline.report.svg.frame import Frame, draw_axis, draw_grid, draw_title, draw_zero
from shadowline.report.svg.ink import clean, element, fill, number
from shadowline.report.svg.legend import draw_legend
from shadowline.report.svg.marks import draw_annotation, draw_shape
from shadowline.report.svg.scatter import Scatter, draw_scatter
from shadowline.report.svg.sheet import Sheet, pick, read
from shadowline.report.svg.text import ANCHORS, CAPITAL, LINE_SPACING, MIDDLE, Place, draw_text, lines, width

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

WHITE = "#ffffff"


@dataclass(frozen=True)
class Subplot:
    """A pair of axes."""

    x: Axis
    y: Axis

    @property
    def clip(self) -> str:
        """The name of its clipping rectangle: its sides, so that drawings on one page share a name only if they mean the same."""
        sides = (self.x.offset, self.y.offset, self.x.length, self.y.length)
        return "-".join(["plot", *(number(side).replace(".", "_").replace("-", "m") for side in sides)])


def draw_svg(figure: Figure) -> str:
    """Return a figure as a standalone SVG document.

    Parameters
    ----------
    figure
        A figure of scatter and bar traces; ``layout.meta`` may hold ``title`` and ``alt``, a name and a description for those who
        cannot see it.

    Returns
    -------
    str
        The document, ``layout.width`` × ``layout.height`` px; the same figure always gives the same text.

    Raises
    ------
    ValueError
        If the figure uses something that is not drawn; the message names it.
    """
    sheet = read(figure)
    axes = build_axes(sheet)
    subplots = _subplots(sheet, axes)
    frames = _frames(sheet, axes, subplots)
    parts = [
        _words(sheet),
        element("defs", "".join(_clip(subplot) for subplot in subplots)) if subplots else "",
        element("rect", width=sheet.width, height=sheet.height, **fill(pick(sheet.layout, "paper_bgcolor", WHITE))),
        *(_background(sheet, subplot) for subplot in subplots),
        *_shapes(sheet, axes, "below"),
        *(draw(frame) for draw in (draw_grid, draw_zero) for frame in frames),
        *_shapes(sheet, axes, "between"),
        *(_traces(sheet, subplot) for subplot in subplots),
        *(draw_axis(frame, _extension(frame, frames)) for frame in frames),
        *_shapes(sheet, axes, "above"),
        draw_legend(sheet),
        _title(sheet),
        *(draw_title(frame) for frame in frames),
        *(draw_annotation(note, sheet, axes) for note in sheet.annotations),
    ]
    return _document(sheet, "\n".join(part for part in parts if part))


def _document(sheet: Sheet, content: str) -> str:
    """Return the outermost element."""
    return element(
        "svg",
        f"\n{content}\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {sheet.width:g} {sheet.height:g}",
        width=sheet.width,
        height=sheet.height,
        role="img",
        font_family=sheet.font.families,
    )


def _words(sheet: Sheet) -> str:
    """Return the name and the description of the figure for those who listen to it."""
    meta = sheet.layout.get("meta")
    words = meta if isinstance(meta, dict) else {}
    return "".join(element(tag, clean(str(words[key]))) for tag, key in (("title", "title"), ("desc", "alt")) if words.get(key))


def _subplots(sheet: Sheet, axes: dict[str, Axis]) -> list[Subplot]:
    """Return the pairs of axes: those on which traces lie, and those of axes that hold no trace but say to what they are anchored."""
    pairs = {(trace.get("xaxis") or "x", trace.get("yaxis") or "y"): None for trace in sheet.traces}
    for axis_id, axis in axes.items():
        anchor = axis.props.get("anchor") or ("y" if axis.letter == "x" else "x")
        pair = (axis_id, anchor) if axis.letter == "x" else (anchor, axis_id)
        if not any(axis_id in known for known in pairs) and anchor in axes:
            pairs[pair] = None
    found = [Subplot(axes[x], axes[y]) for x, y in pairs]
    return sorted(found, key=lambda subplot: [(len(axis.name), axis.name) for axis in (subplot.x, subplot.y)])


def _frames(sheet: Sheet, axes: dict[str, Axis], subplots: list[Subplot]) -> list[Frame]:
    """Return every axis with its place."""
    frames = []
    for axis_id, axis in axes.items():
        partners = [subplot.y if axis.letter == "x" else subplot.x for subplot in subplots if axis in (subplot.x, subplot.y)]
        if not partners:
            continue
        anchor = axes.get(str(axis.props.get("anchor") or ""), partners[0])
        own = [trace for trace in sheet.traces if (trace.get(f"{axis.letter}axis") or axis.letter) == axis_id]
        rising = any(
            is_lying(trace) == (axis.letter == "x") if trace["type"] == "bar" else str(trace.get("fill", ""))[-1:] == axis.letter
            for trace in own
        )
        frames.append(Frame(axis, anchor, partners, sheet, has_bars=rising))
    return frames


def _extension(frame: Frame, frames: list[Frame]) -> tuple[float, float]:
    """Return by how many px the line of a horizontal axis goes on to close the corner with its vertical ones."""
    if frame.axis.letter == "y":
        return 0.0, 0.0
    meeting = [other for other in frames if other.axis.letter == "y" and other.axis in frame.partners]
    left = max((other.line_width for other in meeting if abs(other.edge - frame.axis.offset) < 0.5), default=0.0)
    right = max((other.line_width for other in meeting if abs(other.edge - frame.axis.far) < 0.5), default=0.0)
    return left, right


def _clip(subplot: Subplot) -> str:
    x, y = subplot.x, subplot.y
    return element("clipPath", element("rect", x=x.offset, y=y.offset, width=x.length, height=y.length), id=subplot.clip)


def _background(sheet: Sheet, subplot: Subplot) -> str:
    x, y = subplot.x, subplot.y
    return element("rect", x=x.offset, y=y.offset, width=x.length, height=y.length, **fill(pick(sheet.layout, "plot_bgcolor", WHITE)))


def _shapes(sheet: Sheet, axes: dict[str, Axis], layer: str) -> list[str]:
    """Return the shapes of one layer."""
    return [draw_shape(shape, sheet, axes) for shape in sheet.shapes if pick(shape, "layer", "above") == layer]


def _traces(sheet: Sheet, subplot: Subplot) -> str:
    """Return the traces of a subplot: by zorder, and within it bars behind scatters."""
    names = (subplot.x.name.replace("axis", ""), subplot.y.name.replace("axis", ""))
    own = [trace for trace in sheet.traces if (trace.get("xaxis") or "x", trace.get("yaxis") or "y") == names]
    clip = f"url(#{subplot.clip})"
    standing = [trace for trace in own if trace["type"] == "bar"]
    layers: list[tuple[int, int, str]] = []
    if standing:
        mode, gap = str(pick(sheet.layout, "barmode", "group")), float(pick(sheet.layout, "bargap", 0.2))
        bars = Bars(standing, subplot.x, subplot.y, sheet.font, mode, gap)
        layers += [(order, 0, drawn) for order, drawn in draw_bars(bars, clip)]
    scatters = [trace for trace in own if trace["type"] == "scatter"]
    for place, trace in enumerate(scatters):
        below = scatters[place - 1] if place else None
        above = scatters[place + 1] if place + 1 < len(scatters) else None
        drawn = draw_scatter(Scatter(trace, subplot.x, subplot.y, sheet.font, below, above), clip)
        layers.append((int(pick(trace, "zorder", 0)), 1, drawn))
    return "\n".join(drawn for _, _, drawn in sorted(layers, key=lambda layer: layer[:2]) if drawn)


def _title(sheet: Sheet) -> str:
    """Return the title of the figure, in the middle of the upper margin unless it says where."""
    title = sheet.layout.get("title") or {}
    text = title.get("text")
    if not text:
        return ""
    font = sheet.font.but({"size": float(round(1.4 * sheet.font.size))}).but(title.get("font"))
    across = float(pick(title, "x", 0.5))
    names = ("left", "center", "right")
    anchor = str(pick(title, "xanchor", "auto"))
    if anchor == "auto":
        anchor = names[min(2, math.floor(3 * across))]
    x = sheet.area.x + across * sheet.area.width if title.get("xref") == "paper" else across * sheet.width
    up = pick(title, "y", "auto")
    y, drop = (sheet.area.y / 2, 0.0) if up == "auto" else ((1 - float(up)) * sheet.height, _drop(title, float(up)))
    rows = len(lines(text))
    drop = drop if rows == 1 else 0.0  # as browsers show it: the lines of a text do not inherit its shift
    last = y + drop * font.size + (rows - 1) * LINE_SPACING * font.size
    if width(text, font.size) > 1.05 * sheet.width or last > sheet.height:
        raise ValueError("layout.title.text runs off the figure")
    return draw_text(text, Place(x, y + drop * font.size, ANCHORS[anchor]), font)


def _drop(title: dict[str, object], up: float) -> float:
    """Return how far below its point the baseline of the title lies, in units of the font's size."""
    anchor = title.get("yanchor") or "auto"
    if anchor == "auto":
        anchor = "bottom" if up <= 1 / 3 else "top" if up >= 2 / 3 else "middle"
    return {"bottom": 0.0, "middle": MIDDLE, "top": CAPITAL}[str(anchor)]
