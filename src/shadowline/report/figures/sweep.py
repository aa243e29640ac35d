"""An effect along a lever that takes one value after the other, and where it turns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from shadowline.report.figures.columns import BETWEEN, LETTER
from shadowline.report.figures.signed import signed
from shadowline.report.figures.style import INK, MIST, MUTED, PAPER, axis, nice_ticks, safe
from shadowline.study.measures import change_text, places_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from shadowline.study.measures import Measure

ROOM: Final = 0.06
LONGEST: Final = 12


def draw_sweep(
    figure: go.Figure,
    boundary: Mapping[str, Any],
    measure: Measure,
    colour: str,
    place: tuple[str, str],
    domains: tuple[tuple[float, float], tuple[float, float]],
    pixels: float,
) -> None:
    """Draw an effect along a lever.

    Parameters
    ----------
    figure : Figure
        Into which to draw.
    boundary : mapping
        What `Boundary.as_json` says.
    measure : Measure
        What is watched.
    colour : str
        Of the effect.
    place : pair of str
        Names of the axes, such as ``x3`` and ``y3``.
    domains : pair of (float, float)
        From where to where the plot lies, across and up, as shares of the whole.
    pixels : float
        Width of the plot.
    """
    points = boundary["points"]
    places = _places([point["value"] for point in points])
    effects, lows, highs = (np.array([float(point[name]) for point in points]) * measure.factor for name in ("effect", "low", "high"))
    _turn(figure, boundary, place)
    on = {"xaxis": place[0], "yaxis": place[1]}
    figure.add_scatter(x=places, y=effects, mode="lines", line={"color": colour, "width": 1}, hoverinfo="skip", **on)
    figure.add_scatter(
        x=places,
        y=effects,
        mode="markers",
        marker={"size": 8, "color": colour, "line": {"color": PAPER, "width": 1}},
        error_y={"array": highs - effects, "arrayminus": effects - lows, "symmetric": False, "color": colour, "thickness": 1.5, "width": 0},
        hovertemplate=[f"{safe(str(point['value']))}: {_told(measure, point)}<extra></extra>" for point in points],
        **on,
    )
    span = (max(places) - min(places)) or 1.0
    ends = (min(places) - ROOM * span, max(places) + ROOM * span)
    labels = _labels(places, [str(point["value"]) for point in points], pixels / (ends[1] - ends[0]))
    names = (place[0].replace("x", "xaxis"), place[1].replace("y", "yaxis"))
    across = axis(*ends, [at for at, _ in labels], [safe(text) for _, text in labels], anchor=place[1], domain=list(domains[0]))
    figure.update_layout({names[0]: across, names[1]: signed_axis([*lows, *highs], place[0], domains[1])})
    figure.add_shape(type="line", x0=0, x1=1, y0=0, y1=0, xref=f"{place[0]} domain", yref=place[1], line={"color": INK, "width": 1.2})


def _places(values: Sequence[Any]) -> list[float]:
    """Return where values lie: numbers as they are, words one after the other."""
    plain = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    return [float(value) if plain else float(n) for n, value in enumerate(values)]


def _turn(figure: go.Figure, boundary: Mapping[str, Any], place: tuple[str, str]) -> None:
    """Mark where the sign turns, with its interval."""
    here = {"y0": 0, "y1": 1, "xref": place[0], "yref": f"{place[1]} domain"}
    if boundary["low"] is not None:
        figure.add_shape(
            type="rect", x0=boundary["low"], x1=boundary["high"], fillcolor=MIST, line={"width": 0}, layer="below", **here
        )  # fmt: skip
    if boundary["at"] is not None:
        figure.add_shape(type="line", x0=boundary["at"], x1=boundary["at"], line={"color": MUTED, "width": 1.2, "dash": "dot"}, **here)


def _told(measure: Measure, point: Mapping[str, Any]) -> str:
    return change_text(measure, float(point["effect"]), places_for(measure, float(point["low"]), float(point["high"])))


def _labels(places: Sequence[float], texts: Sequence[str], pixel: float) -> list[tuple[float, str]]:
    """Return the labels that have room beside each other; the first and the last stay."""
    rows = list(zip(places, texts, strict=True))
    kept: list[tuple[float, str]] = []
    for at, text in [rows[0], rows[-1], *rows[1:-1]]:
        cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        if all(abs(at - other) * pixel >= (len(cut) + len(beside)) / 2 * LETTER + BETWEEN for other, beside in kept):
            kept.append((at, cut))
    return sorted(kept)


def signed_axis(values: Sequence[float], anchor: str, domain: tuple[float, float], most: int = 3) -> dict[str, Any]:
    """Return an axis for differences on which zero lies."""
    low, high = min([0.0, *map(float, values)]), max([0.0, *map(float, values)])
    if high - low <= 0.0:
        low, high = -1.0, 1.0
    step = nice_ticks(high - low, most)[1]
    ticks = [step * n for n in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    room = ROOM * (high - low)
    return axis(low - room, high + room, ticks, [signed(tick) for tick in ticks], anchor=anchor, domain=list(domain))
