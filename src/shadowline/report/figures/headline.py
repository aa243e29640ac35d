"""One claim: the level without and with its change, its effect under every belief, and where it turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from shadowline.report.figures.claims import LOOKS
from shadowline.report.figures.columns import LETTER
from shadowline.report.figures.signed import signed
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
    safe,
    share,
    ticks_between,
)
from shadowline.study.measures import change_text, level_text, places_for
from shadowline.study.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


def headline_figure(row: Mapping[str, Any], means: np.ndarray, boundary: Mapping[str, Any] | None, measure: Measure) -> Picture:
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
    """
    colour, _ = LOOKS[Verdict(row["verdict"])]
    alt = f"{measure.subject}: {_level(measure, row, 'base')} without and {_level(measure, row, 'changed')} with the change"
    figure = blank(str(row["says"]), alt, HEIGHT, l=LEFT, r=RIGHT, t=8, b=34)
    _levels(figure, row, measure, colour)
    end = 1.0 if boundary is None else 0.5 - GAP / 2
    _beliefs(figure, means * measure.factor, (0.0, end), colour, float(row["effect"]) * measure.factor)
    caption = (
        f"Above: {measure.subject}{f' ({measure.unit})' if measure.unit else ''} without and with the change; dark bar: 95 % interval of the "
        "difference (Monte Carlo); pale bar: 5–95 % of parameter draws, chance taken out, where chance does not hide it. Below: the effect "
        "under each parameter draw as it came out, chance included; "
        f"{_unit(measure)}."
    )
    if boundary is not None:
        _sweep(figure, boundary, measure, (0.5 + GAP / 2, 1.0), colour)
        caption += f" Right: the effect with 95 % intervals at values of {boundary['along']}, set in both futures compared" + _turned(boundary)
    return Picture(f"claim-{row['id']}", str(row["says"]), caption, figure, _data(row, means, boundary))


def _unit(measure: Measure) -> str:
    """Return in which unit effects are shown."""
    return "in percentage points" if measure.is_chance else f"{measure.unit}" if measure.unit != "on average" else "as a difference of levels"


def _turned(boundary: Mapping[str, Any]) -> str:
    """Return the end of a caption that says how a place where the sign turns is shown."""
    if boundary["at"] is None:
        return "."
    return "; vertical line: where the sign turns" + (", in its 95 % interval." if boundary["low"] is not None else ".")


def _data(row: Mapping[str, Any], means: np.ndarray, boundary: Mapping[str, Any] | None) -> pd.DataFrame:
    """Return everything that is drawn as one table: the effect under each draw, then the points of the sweep."""
    draws = pd.DataFrame({"what": "parameter draw", "at": [str(n) for n in range(means.size)], "effect": means})
    whole = pd.DataFrame([{"what": "all", "at": "", **{name: row[name] for name in ("base", "changed", "effect", "low", "high")}}])
    points = [] if boundary is None else [
        {"what": boundary["along"], "at": str(point["value"]), **{name: point[name] for name in ("base", "effect", "low", "high")}}
        for point in boundary["points"]
    ]  # fmt: skip
    return pd.concat([whole, pd.DataFrame(points), draws], ignore_index=True)


def _level(measure: Measure, row: Mapping[str, Any], name: str) -> str:
    return level_text(measure, float(row[name]), places_for(measure, float(row["low"]), float(row["high"])))


def _levels(figure: go.Figure, row: Mapping[str, Any], measure: Measure, colour: str) -> None:
    """Draw both levels, one under the other."""
    base, changed = float(row["base"]), float(row["changed"])
    spread = [base + float(row[name]) for name in ("spread_low", "spread_high") if row[name] is not None]
    exact = [base + float(row[name]) for name in ("low", "high")]
    for ends, width, tint in ((spread, 13, PALE_BLUE), (exact, 4, colour)):
        if ends:
            figure.add_scatter(x=ends, y=[1, 1], mode="lines", line={"color": tint, "width": width}, hoverinfo="skip")
    figure.add_scatter(
        x=[base, changed], y=[0, 1], mode="markers", hovertemplate="%{x:.4g}<extra></extra>",
        marker={"size": 9, "color": [PAPER, colour], "line": {"color": [INK, PAPER], "width": 1.5}},
    )  # fmt: skip
    low, high = min([base, changed, *exact, *spread]), max([base, changed, *exact, *spread])
    low, high = max(0.0, low), max(high, 1e-9)
    start = 0.0 if low <= 0.35 * high or high - low <= 1e-9 * high else low - 0.1 * (high - low)
    end = high + 0.08 * (high - start)
    ticks = [tick for tick in ticks_between(start, end, 5) if tick <= end]
    texts = [share(tick) if measure.is_chance else number(tick) for tick in ticks]
    rows = [f"without it: <b>{_level(measure, row, 'base')}</b>\u00a0", f"with it: <b>{_level(measure, row, 'changed')}</b>\u00a0"]
    figure.update_layout(
        xaxis=axis(start, end, ticks, texts, anchor="y", domain=[0.0, 1.0]),
        yaxis=axis(1.6, -0.6, [0, 1], rows, anchor="x", domain=list(LEVELS)) | {"tickfont": {"size": 11, "color": INK}},
    )
    _headed(figure, 0.0, 1.0, f"{measure.subject[:1].upper()}{measure.subject[1:]}", measure.unit, 1.0)


def _headed(figure: go.Figure, at: float, top: float, heading: str, below: str, room: float) -> None:
    """Write a heading at the left of ``at``, a share of the plot's width, hanging from ``top``."""
    width = int(room * (WIDTH - LEFT - RIGHT) / LETTER)
    between = "<br>" if room < 1.0 else " "
    pale = f"{between}<span style='color:{MUTED}'>{broken(below, width)}</span>" if below else ""
    figure.add_annotation(
        x=at, y=top, xref="paper", yref="paper", xanchor="left", yanchor="top", align="left", showarrow=False,
        text=f"<b>{broken(heading, width)}</b>{pale}", font={"size": 11},
    )  # fmt: skip


def _beliefs(figure: go.Figure, effects: np.ndarray, domain: tuple[float, float], colour: str, effect: float) -> None:
    """Draw how the effects under single parameter draws lie."""
    low, high = min(0.0, float(effects.min())), max(0.0, float(effects.max()))
    if high - low <= 0.0:
        low, high = -1.0, 1.0
    counts, edges = np.histogram(effects, bins=min(MOST_BINS, max(FEWEST_BINS, round(2 * effects.size**0.5))), range=(low, high))
    middles = (edges[1:] + edges[:-1]) / 2
    figure.add_bar(
        x=middles, y=counts, width=float(edges[1] - edges[0]) * 0.92, marker={"color": MIST, "line": {"color": colour, "width": 1}},
        hovertemplate="%{y} draws<extra></extra>", xaxis="x2", yaxis="y2",
    )  # fmt: skip
    room = 0.04 * (high - low)
    most = nice_ticks(float(counts.max()), 3)
    figure.update_layout(
        xaxis2=_signed_axis((low - room, high + room), "y2", domain),
        yaxis2=axis(0.0, float(counts.max()) * 1.08, [t for t in most if t <= counts.max() * 1.08], [number(t) for t in most if t <= counts.max() * 1.08],
                    anchor="x2", domain=list(UNDER)),
    )  # fmt: skip
    _vertical(figure, 0.0, "x2", "y2", INK)
    if effect:
        _vertical(figure, effect, "x2", "y2", colour, "dot")
    _headed(figure, domain[0], TOP, "Effect under each belief", "number of parameter draws; dotted: the mean", domain[1] - domain[0] - 1e-6)


def _signed_axis(ends: tuple[float, float], anchor: str, domain: tuple[float, float]) -> dict[str, Any]:
    """Return a horizontal axis for differences."""
    step = nice_ticks(ends[1] - ends[0], 3)[1]
    ticks = [step * n for n in range(int(np.ceil(ends[0] / step)), int(np.floor(ends[1] / step)) + 1)]
    return axis(*ends, ticks, [signed(tick) for tick in ticks], anchor=anchor, domain=list(domain))


def _vertical(figure: go.Figure, at: float, x: str, y: str, colour: str, dash: str | None = None) -> None:
    figure.add_shape(
        type="line", x0=at, x1=at, y0=0, y1=1, xref=x, yref=f"{y} domain", line={"color": colour, "width": 1.2, "dash": dash}
    )


def _sweep(figure: go.Figure, boundary: Mapping[str, Any], measure: Measure, domain: tuple[float, float], colour: str) -> None:
    """Draw the effect along the lever that was swept."""
    points = boundary["points"]
    plain = all(isinstance(point["value"], int | float) and not isinstance(point["value"], bool) for point in points)
    places = [float(point["value"]) if plain else float(n) for n, point in enumerate(points)]
    effects, lows, highs = (np.array([float(point[name]) for point in points]) * measure.factor for name in ("effect", "low", "high"))
    span = (max(places) - min(places)) or 1.0
    ends = (min(places) - 0.06 * span, max(places) + 0.06 * span)
    if boundary["low"] is not None:
        figure.add_shape(
            type="rect", x0=boundary["low"], x1=boundary["high"], y0=0, y1=1, xref="x3", yref="y3 domain", fillcolor=MIST, line={"width": 0},
            layer="below",
        )  # fmt: skip
    if boundary["at"] is not None:
        _vertical(figure, boundary["at"], "x3", "y3", MUTED, "dot")
    on = {"xaxis": "x3", "yaxis": "y3"}
    figure.add_scatter(x=places, y=effects, mode="lines", line={"color": colour, "width": 1}, hoverinfo="skip", **on)
    figure.add_scatter(
        x=places, y=effects, mode="markers", marker={"size": 8, "color": colour, "line": {"color": PAPER, "width": 1}},
        error_y={"type": "data", "array": highs - effects, "arrayminus": effects - lows, "symmetric": False, "color": colour, "thickness": 1.5, "width": 0},
        hovertemplate=[f"{safe(str(point['value']))}: {change_text(measure, point['effect'], 3)}<extra></extra>" for point in points], **on,
    )  # fmt: skip
    low, high = min(0.0, float(lows.min())), max(0.0, float(highs.max()))
    if high - low <= 0.0:
        low, high = -1.0, 1.0
    room = 0.06 * (high - low)
    step = nice_ticks(high - low, 3)[1]
    ticks = [step * n for n in range(int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9)) + 1)]
    shown = _kept(places, [str(point["value"]) for point in points], ends, domain)
    figure.update_layout(
        xaxis3=axis(*ends, [place for place, _ in shown], [safe(text) for _, text in shown], anchor="y3", domain=list(domain)),
        yaxis3=axis(low - room, high + room, ticks, [signed(tick) for tick in ticks], anchor="x3", domain=list(UNDER)),
    )
    figure.add_shape(type="line", x0=0, x1=1, y0=0, y1=0, xref="x3 domain", yref="y3", line={"color": INK, "width": 1.2})
    _headed(figure, domain[0], TOP, "Effect along the sweep", str(boundary["along"]), domain[1] - domain[0])


def _kept(places: Sequence[float], texts: Sequence[str], ends: tuple[float, float], domain: tuple[float, float]) -> list[tuple[float, str]]:
    """Return the labels that have room beside each other; the first and the last stay."""
    pixel = (domain[1] - domain[0]) * (WIDTH - LEFT - RIGHT) / (ends[1] - ends[0])
    rows = list(zip(places, texts, strict=True))
    kept: list[tuple[float, str]] = []
    for place, text in [rows[0], rows[-1], *rows[1:-1]]:
        cut = text if len(text) <= 12 else text[:11] + "…"
        if all(abs(place - other) * pixel >= (len(cut) + len(beside)) / 2 * LETTER + 6 for other, beside in kept):
            kept.append((place, cut))
    return sorted(kept)
