"""What a figure says, with its template worked in and everything that is not drawn refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shadowline.report.svg.attributes import (
    ANNOTATION,
    AXIS,
    ELSEWHERE,
    LAYOUT,
    SHAPE,
    TRACES,
    Props,
    merged,
    refuse_undrawn,
)
from shadowline.report.svg.text import Font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotly.graph_objects import Figure

AXIS_NAME = re.compile(r"([xy])axis(\d*)")
LISTS = {"shapes": SHAPE, "annotations": ANNOTATION}
MARGINS = {"l": 80.0, "r": 80.0, "t": 100.0, "b": 80.0}
COLOURS = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf")
FAMILY = "Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Box:
    """A rectangle in px from the upper left corner of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Sheet:
    """A figure as words and numbers: its size and plot area (px), its layout, axes by name, traces, shapes and annotations."""

    width: float
    height: float
    area: Box
    font: Font
    layout: Props
    axes: dict[str, Props]
    traces: list[Props]
    shapes: list[Props]
    annotations: list[Props]

    @property
    def title_size(self) -> float:
        """Size of the titles of axes in px unless they say otherwise."""
        return float(round(1.2 * self.font.size))


def read(figure: Figure) -> Sheet:
    """Return what the figure says; ValueError naming the first attribute that is not drawn."""
    layout: Props = figure.layout.to_plotly_json()
    template = layout.pop("template", None) or {}
    under = {key: value for key, value in (template.get("layout") or {}).items() if key not in ELSEWHERE}
    patterns = {letter: under.pop(f"{letter}axis", {}) for letter in "xy"}
    whole = merged(under, layout)
    defaults = template.get("layout") or {}
    lists = {name: _items(whole.pop(name, None), defaults.get(f"{name[:-1]}defaults", {}), name) for name in LISTS}
    given = {name: whole.pop(name) for name in [key for key in whole if AXIS_NAME.fullmatch(key)]}
    traces = _traces(figure, template.get("data") or {}, whole.get("colorway") or COLOURS)
    for trace in traces:
        for letter in "xy":
            given.setdefault(axis_name(trace.get(f"{letter}axis") or letter), {})
    feet = {axis_name(_foot(trace)) for trace in traces if trace["type"] == "bar"}
    axes = {name: _axis_props(patterns[name[0]], props, has_grid=name not in feet) for name, props in given.items()}
    for name, props in axes.items():
        refuse_undrawn(props, AXIS, f"layout.{name}")
    refuse_undrawn(whole, LAYOUT, "layout")
    return _sheet(whole, axes, traces, lists)


def _foot(trace: Props) -> str:
    """Return the id of the axis on which bars stand."""
    letter = "y" if trace.get("orientation") == "h" else "x"
    return str(trace.get(f"{letter}axis") or letter)


def _axis_props(pattern: Props, given: Props, *, has_grid: bool) -> Props:
    """Return what is said about an axis. To give the colour or width of a line is to ask for it; under bars lines need asking."""
    usual = {"showline": ("linecolor", "linewidth"), "showgrid": ("gridcolor", "gridwidth", "griddash")}
    usual["zeroline"] = ("zerolinecolor", "zerolinewidth")
    asked = {name: any(given.get(style) is not None for style in styles) for name, styles in usual.items()}
    defaults = {name: wish or (has_grid and name != "showline") for name, wish in asked.items()}
    return merged(defaults, merged(pattern, {key: value for key, value in given.items() if value is not None}))


def axis_name(axis_id: str) -> str:
    """Return the attribute that holds an axis: ``xaxis2`` for ``x2``."""
    return f"{axis_id[0]}axis{axis_id[1:]}"


def _sheet(layout: Props, axes: dict[str, Props], traces: list[Props], lists: dict[str, list[Props]]) -> Sheet:
    """Work out the sizes."""
    width, height = float(layout.get("width") or 700), float(layout.get("height") or 450)
    margin = {side: float(pick(layout.get("margin") or {}, side, dflt)) for side, dflt in MARGINS.items()}
    area = Box(margin["l"], margin["t"], width - margin["l"] - margin["r"], height - margin["t"] - margin["b"])
    if min(area.width, area.height) <= 0:
        raise ValueError("layout.margin leaves no room for the plot")
    font = replace(Font(FAMILY, 12.0, "#444444").but(layout.get("font")), is_inherited=True)
    return Sheet(width, height, area, font, layout, axes, traces, lists["shapes"], lists["annotations"])


def _items(items: list[Props] | None, default: Props, name: str) -> list[Props]:
    """Return the visible shapes or annotations."""
    result = []
    for place, item in enumerate(items or []):
        whole = merged(default, item)
        refuse_undrawn(whole, LISTS[name], f"layout.{name}[{place}]")
        if pick(whole, "visible", dflt=True):
            result.append(whole)
    return result


def _traces(figure: Figure, defaults: Props, colours: Sequence[str]) -> list[Props]:
    """Return the visible traces, each with its ``place`` among all traces and the colour (``own``) of that place."""
    result = []
    for place, trace in enumerate(figure.data):
        props: Props = trace.to_plotly_json()
        kind = str(props.get("type") or trace.type)
        if kind not in TRACES:
            raise ValueError(f"data[{place}] is of type {kind!r}, which is not drawn in SVG; drawn are {', '.join(TRACES)}")
        patterns = defaults.get(kind) or [{}]
        whole = merged(patterns[place % len(patterns)], props) | {"type": kind}
        refuse_undrawn(whole, TRACES[kind], f"data[{place}]")
        if pick(whole, "visible", dflt=True):
            result.append(whole | {"own": colours[place % len(colours)], "place": place})
    return result


def pick(props: Props, name: str, dflt: Any = None) -> Any:  # noqa: ANN401  attributes hold anything
    """Return the value at a dotted name, or ``dflt`` where nothing is set."""
    value: Any = props
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
        if value is None:
            return dflt
    return value
