"""One claim: the level without and with its change, its effect under every belief, and where it turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from shadowline.futures.wording import capital
from shadowline.report.figures.claims import LOOKS
from shadowline.report.figures.columns import LETTER, NBSP
from shadowline.report.figures.style import (
    INK,
    MIST,
    MUTED,
    PALE_BLUE,
    PAPER,
    WIDTH,
    Picture,
    axis,
    blank,
    broken,
    nice_ticks,
    number,
    share,
    ticks_between,
)
from shadowline.report.figures.sweep import draw_sweep, signed_axis
from shadowline.study.measures import level_text, places_for
from shadowline.study.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go

    from shadowline.study.measures import Measure

HEIGHT: Final = 330
LEFT, RIGHT = 118, 22
LEVELS: Final = (0.74, 0.93)
"""From where to where the two levels lie, as shares of the plot's height; the rest lies under them."""
UNDER: Final = (0.0, 0.45)
TOP: Final = 0.62
FEWEST_BINS, MOST_BINS = 8, 25
GAP: Final = 0.12


def headline_figure(
    row: Mapping[str, Any], means: np.ndarray, boundary: Mapping[str, Any] | None, measure: Measure, within: float = 0.0
) -> Picture:
    """Return the picture of one claim.

    Parameters
    ----------
    row : mapping
        What `ClaimResult.as_json` says of it.
    means : (draws,) array
        Its effect under each parameter draw, as it came out.
    boundary : mapping or None
        What `Boundary.as_json` says, where a lever was swept.
    measure : Measure
        What is watched.
    within : float
        For a claim of no change: the share of the level by which it may move.
    """
    margin = within * abs(float(row["base"])) if row["expects"] == "unchanged" else 0.0
    colour, _ = LOOKS[Verdict(row["verdict"])]
    alt = f"{measure.subject}: {_level(measure, row, 'base')} without and {_level(measure, row, 'changed')} with the change"
    figure = blank(str(row["says"]), alt, HEIGHT, l=LEFT, r=RIGHT, t=8, b=34)
    _levels(figure, row, measure, colour, margin)
    half = (1.0 - GAP) / 2
    _beliefs(figure, means * measure.factor, float(row["effect"]) * measure.factor, 1.0 if boundary is None else half, colour)
    if boundary is not None:
        pixels = half * (WIDTH - LEFT - RIGHT)
        draw_sweep(figure, boundary, measure, colour, ("x3", "y3"), ((1.0 - half, 1.0), UNDER), pixels)
        _headed(figure, 1.0 - half, TOP, "Effect along the sweep", str(boundary["along"]), half)
    caption = _caption(measure, boundary, margin)
    return Picture(f"claim-{row['id']}", str(row["says"]), caption, figure, _data(row, means, boundary))


def _caption(measure: Measure, boundary: Mapping[str, Any] | None, margin: float) -> str:
    """Return what the picture shows."""
    unit = " (in percentage points)" if measure.is_chance else "" if measure.unit == "on average" else f" ({measure.unit})"
    said = (
        "Dark bar: 95 % interval of the difference (Monte Carlo). Pale bar: 5–95 % of parameter draws, chance taken out, where chance does "
        "not hide it."
        + (" Palest: what counts as unchanged." if margin else "")
        + f" Below: the effect under each parameter draw as it came out, chance included{unit}."
    )
    if boundary is None:
        return said
    said += " Right: the effect with 95 % intervals along the lever, set in both futures compared"
    if boundary["at"] is None:
        return said + "."
    return said + "; vertical line: where the sign turns" + (", in its 95 % interval." if boundary["low"] is not None else ".")


def _data(row: Mapping[str, Any], means: np.ndarray, boundary: Mapping[str, Any] | None) -> pd.DataFrame:
    """Return everything that is drawn as one table: the whole effect, the points of the sweep, and the effect under each draw."""
    whole = {"what": "all", "at": "", **{name: row[name] for name in ("base", "changed", "effect", "low", "high")}}
    points = [] if boundary is None else boundary["points"]
    swept = [
        {"what": boundary["along"], "at": str(point["value"]), **{name: point[name] for name in ("base", "effect", "low", "high")}}
        for point in points
        if boundary is not None
    ]
    draws = [{"what": "parameter draw", "at": str(n), "effect": float(mean)} for n, mean in enumerate(means)]
    return pd.DataFrame([whole, *swept, *draws])


def _level(measure: Measure, row: Mapping[str, Any], name: str) -> str:
    return level_text(measure, float(row[name]), places_for(measure, float(row["low"]), float(row["high"])))


def _levels(figure: go.Figure, row: Mapping[str, Any], measure: Measure, colour: str, margin: float) -> None:
    """Draw both levels, one under the other, and how far from the first the second counts as unchanged."""
    base, changed = float(row["base"]), float(row["changed"])
    spread = [base + float(row[name]) for name in ("spread_low", "spread_high") if row[name] is not None]
    exact = [base + float(row[name]) for name in ("low", "high")]
    edges = [base - margin, base + margin] if margin else []
    _level_axes(figure, row, measure, [base, changed, *exact, *spread, *edges])
    start, end = figure.layout.xaxis.range
    if margin:
        figure.add_shape(
            type="rect", x0=max(start, edges[0]), x1=min(end, edges[1]), y0=-0.6, y1=1.6, xref="x", yref="y", layer="below",
            fillcolor=MIST, line={"width": 0},
        )  # fmt: skip
    for ends, width, tint in ((spread, 13, PALE_BLUE), (exact, 4, colour)):
        if ends:
            figure.add_scatter(x=ends, y=[1, 1], mode="lines", line={"color": tint, "width": width}, hoverinfo="skip")
    figure.add_scatter(
        x=[base, changed],
        y=[0, 1],
        mode="markers",
        hovertemplate="%{x:.4g}<extra></extra>",
        marker={"size": 9, "color": [PAPER, colour], "line": {"color": [INK, PAPER], "width": 1.5}},
    )
    _headed(figure, 0.0, 1.0, capital(measure.subject), measure.unit, 1.0)


def _level_axes(figure: go.Figure, row: Mapping[str, Any], measure: Measure, shown: list[float]) -> None:
    """Give the two levels their axes: from zero where the lowest is near it, and no further than to certainty."""
    low, high = max(0.0, min(shown)), max(*shown, 1e-9)
    high = min(high, 1.0) if measure.is_chance else high
    start = 0.0 if low <= 0.35 * high or high - low <= 1e-9 * high else low - 0.1 * (high - low)
    end = high + 0.08 * (high - start)
    ticks = [tick for tick in ticks_between(start, end, 5) if tick <= end]
    texts = [share(tick) if measure.is_chance else number(tick) for tick in ticks]
    rows = [f"{name} it: <b>{_level(measure, row, key)}</b>{NBSP}" for name, key in (("without", "base"), ("with", "changed"))]
    figure.update_layout(
        xaxis=axis(start, end, ticks, texts, anchor="y", domain=[0.0, 1.0]),
        yaxis=axis(1.6, -0.6, [0, 1], rows, anchor="x", domain=list(LEVELS)) | {"tickfont": {"size": 11, "color": INK}},
    )


def _headed(figure: go.Figure, at: float, top: float, heading: str, below: str, room: float) -> None:
    """Write a heading at the left of ``at``, a share of the plot's width, hanging from ``top``, and what in a paler ink."""
    width = int(room * (WIDTH - LEFT - RIGHT) / LETTER)
    between = "<br>" if top < 1.0 else " "
    pale = f"{between}<span style='color:{MUTED}'>{broken(below, width)}</span>" if below else ""
    figure.add_annotation(
        x=at, y=top, xref="paper", yref="paper", xanchor="left", yanchor="top", align="left", showarrow=False,
        text=f"<b>{broken(heading, width)}</b>{pale}", font={"size": 11},
    )  # fmt: skip


def _beliefs(figure: go.Figure, effects: np.ndarray, effect: float, end: float, colour: str) -> None:
    """Draw how the effects under single parameter draws lie."""
    across = signed_axis(list(effects), "y2", (0.0, end))
    span = (min(0.0, float(effects.min())), max(0.0, float(effects.max())))
    span = span if span[1] > span[0] else (-1.0, 1.0)
    counts, edges = np.histogram(effects, bins=min(MOST_BINS, max(FEWEST_BINS, round(2 * effects.size**0.5))), range=span)
    figure.add_bar(
        x=(edges[1:] + edges[:-1]) / 2,
        y=counts,
        width=float(edges[1] - edges[0]) * 0.92,
        marker={"color": MIST, "line": {"color": colour, "width": 1}},
        hovertemplate="%{y} draws<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )
    top = float(counts.max()) * 1.08
    ticks = [tick for tick in nice_ticks(float(counts.max()), 3) if tick <= top and tick == round(tick)]
    figure.update_layout(xaxis2=across, yaxis2=axis(0.0, top, ticks, [number(tick) for tick in ticks], anchor="x2", domain=list(UNDER)))
    for at, tint, dash in ((0.0, INK, None), (effect, colour, "dot")):
        if at or dash is None:
            figure.add_shape(
                type="line", x0=at, x1=at, y0=0, y1=1, xref="x2", yref="y2 domain", line={"color": tint, "width": 1.2, "dash": dash}
            )
    _headed(figure, 0.0, TOP, "Effect under each belief", "number of parameter draws; dotted: the mean", end)
