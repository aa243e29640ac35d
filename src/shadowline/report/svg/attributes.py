"""Which attributes of a Plotly figure are drawn; every other one is refused by its name.

A line of a table reads ``name`` (any value) or ``name=this|that`` (only these values). Attributes that change nothing in a still
picture, such as those of hovering, are passed over.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Props: TypeAlias = dict[str, Any]
Table: TypeAlias = dict[str, frozenset[str] | None]


def _table(text: str) -> Table:
    """Return the table written as words, each with the values allowed after ``=``."""
    entries = (word.partition("=") for word in text.split())
    return {name: frozenset(values.split("|")) if sign else None for name, sign, values in entries}


STILL = frozenset(
    _table(
        "meta uid ids customdata uirevision hovertext hovertemplate hoverinfo hoverlabel hovermode hoveron hoverdistance spikedistance "
        "hoversubplots clickmode dragmode fixedrange modebar autosize selectdirection selectionrevision editrevision datarevision "
        "transition xhoverformat yhoverformat hoverformat selectedpoints selected unselected showspikes spikecolor spikethickness "
        "spikedash spikemode spikesnap captureevents itemclick itemdoubleclick separators "
        "newshape activeshape newselection activeselection"
    )
)
# A template speaks of every kind of figure; of these nothing is drawn, and a figure that needs them is refused for its traces.
ELSEWHERE = frozenset(_table("annotationdefaults coloraxis colorscale geo map mapbox polar scene shapedefaults smith ternary"))


def _below(head: str, text: str) -> str:
    """Return the words of ``text`` as attributes of ``head``."""
    return " ".join(f"{head}.{word}" for word in text.split())


FONT = "family size color"
ERRORS = "type=data array arrayminus color thickness width symmetric visible copy_ystyle"
SHARED = "type x y xaxis yaxis name text opacity visible=True|False showlegend legendrank cliponaxis zorder textposition orientation "

LAYOUT = _table(
    "width height showlegend barmode=stack|relative|overlay|group bargap bargroupgap=0|0.0 plot_bgcolor paper_bgcolor colorway "
    "autotypenumbers "
    + _below("margin", "l r t b pad=0 autoexpand")
    + " "
    + _below("font", FONT)
    + " "
    + _below("title", "text x y xref yref=container xanchor yanchor automargin=False " + _below("font", FONT))
    + " "
    + _below(
        "legend",
        "x y xanchor yanchor xref=paper yref=paper orientation bgcolor traceorder=normal|reversed borderwidth=0 bordercolor tracegroupgap "
        "itemsizing=trace valign=middle visible=True|False " + _below("font", FONT),
    )
)
AXIS = _table(
    "type=linear|log|date|category|- range autorange=reversed|True|False visible domain anchor position side matches color showgrid "
    "gridcolor gridwidth griddash showline linecolor linewidth zeroline zerolinecolor zerolinewidth ticks=outside| ticklen tickcolor "
    "tickwidth tickvals ticktext tickmode=array|auto showticklabels tickangle=0|auto automargin ticklabelposition layer=above$traces "
    "categoryorder=trace|array categoryarray autotypenumbers rangemode=normal mirror=False constrain title.text title.standoff "
    "ticklabelmode=instant tickson=labels zerolinelayer=below$traces " + _below("title.font", FONT) + " " + _below("tickfont", FONT)
)
SCATTER = _table(
    SHARED
    + "mode connectgaps=False fill=none|tozeroy|tonexty|toself fillcolor "
    + _below("line", "color width dash shape=linear|hv simplify")
    + " "
    + _below("marker", "color size symbol opacity sizemode=diameter sizeref=1 sizemin=0 line.color line.width colorbar")
    + " "
    + _below("textfont", FONT)
    + " "
    + _below("error_x", ERRORS)
    + " "
    + _below("error_y", ERRORS)
    + " fillpattern.fillmode fillpattern.size fillpattern.solidity"
)
BAR = _table(
    SHARED
    + "base width insidetextanchor=start|middle|end textangle=0|0.0 constraintext=none|inside|outside|both "
    + _below("marker", "color opacity line.color line.width colorbar pattern.fillmode pattern.size pattern.solidity")
    + " "
    + " ".join(_below(kind, FONT) for kind in ("textfont", "insidetextfont", "outsidetextfont"))
    + " "
    + _below("error_x", ERRORS)
    + " "
    + _below("error_y", ERRORS)
)
SHAPE = _table(
    "type=line|rect x0 x1 y0 y1 xref yref fillcolor opacity layer=below|above|between visible name templateitemname "
    "xsizemode=scaled ysizemode=scaled line.color line.width line.dash"
)
ANNOTATION = _table(
    "text x y xref yref xanchor yanchor xshift yshift showarrow ax ay axref=pixel ayref=pixel arrowhead arrowcolor arrowwidth arrowsize "
    "standoff align bgcolor opacity visible borderpad borderwidth bordercolor=rgba(0,0,0,0) textangle=0|0.0 name templateitemname "
    + _below("font", FONT)
)
TRACES = {"scatter": SCATTER, "bar": BAR}


def leaves(props: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the dotted name and the value of everything that is set."""
    for key, value in props.items():
        if value is None or key in STILL:
            continue
        if isinstance(value, dict) and "bdata" not in value and f"{head}{key}" != "marker.colorbar":
            yield from leaves(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", value


def refuse_undrawn(props: Mapping[str, Any], table: Table, where: str) -> None:
    """Raise ValueError naming the first attribute of ``props`` that is not drawn; ``where`` is the name of the whole."""
    for name, value in leaves(props):
        if name not in table:
            raise ValueError(f"{where}.{name} is not drawn in SVG")
        allowed = table[name]
        if allowed is not None and not allowed & {str(value).replace(" ", "$"), str(value).replace(" ", "")}:
            known = ", ".join(sorted(repr(text.replace("$", " ")) for text in allowed))
            raise ValueError(f"{where}.{name} = {value!r} is not drawn in SVG; drawn are {known}")


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> Props:
    """Return ``over`` with the gaps filled from ``under``, at every depth."""
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        result[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def unpacked(value: object) -> object:
    """Return the numbers of an array that Plotly holds packed as base64 (``dtype``, ``bdata``); anything else as it is."""
    if not (isinstance(value, dict) and "bdata" in value):
        return value
    packed = value["bdata"]
    raw = base64.b64decode(packed) if isinstance(packed, str) else bytes(packed)
    return np.frombuffer(raw, dtype=np.dtype(value["dtype"]).newbyteorder("<"))


def listed(value: object, count: int) -> list[Any]:
    """Return ``count`` values: those of a sequence, filled up with None, or one value for all."""
    value = unpacked(value)
    if value is None or isinstance(value, str | bytes) or not hasattr(value, "__len__"):
        return [value] * count
    items: list[Any] = list(value)[:count]  # type: ignore[call-overload]
    return items + [None] * (count - len(items))
