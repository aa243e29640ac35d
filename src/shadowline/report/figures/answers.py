"""How likely, and when: the chances of all yes-or-no questions, and how they build up over time."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from shadowline.futures.wording import percent
from shadowline.report.figures.style import (
    BLUE,
    INK,
    MIST,
    MUTED,
    PALE_BLUE,
    PAPER,
    Picture,
    axis,
    blank,
    broken,
    month_ticks,
    nice_ticks,
    share,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

MOST_POINTS = 180
LOGIT_TICKS = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)


def _logit(share: float) -> float:
    """Return the log odds of a share, kept within a hundredth of a per cent of 0 and 1."""
    kept = min(max(float(share), 0.0001), 0.9999)
    return math.log(kept / (1.0 - kept))


def answers_figure(table: pd.DataFrame) -> Picture:
    """Return the chances of all yes-or-no questions with both kinds of uncertainty; ``table`` as of `Results.table`."""
    asked = table[table["kind"] == "probability"]
    height = 60 + 44 * max(1, len(asked))
    title = "How likely"
    alt = "; ".join(f"{row.asks} {percent(row.value)}" for row in asked.itertuples()) or "No yes-or-no question is asked"
    figure = blank(title, alt, height, l=265, r=115, b=30)
    ys = list(range(len(asked)))
    for y, row in zip(ys, asked.itertuples(), strict=True):
        if not pd.isna(row.spread_low):
            _bar_between(figure, _logit(row.spread_low), _logit(row.spread_high), y, 12, PALE_BLUE, "parameter spread 5–95 %")
        _bar_between(figure, _logit(row.mc_low), _logit(row.mc_high), y, 4, BLUE, "Monte Carlo 95 %")
        figure.add_scatter(
            x=[_logit(row.value)],
            y=[y],
            mode="markers",
            marker={"size": 9, "color": BLUE, "line": {"color": PAPER, "width": 1.5}},
            hovertemplate=f"{percent(row.value)}<extra></extra>",
        )
        spread = "not resolved" if pd.isna(row.spread_low) else f"{percent(row.spread_low)} – {percent(row.spread_high)}"
        spread = "certain numbers" if row.spread_low == row.spread_high else spread
        figure.add_annotation(
            x=1.02,
            xref="paper",
            y=y,
            text=f"<b>{percent(row.value)}</b><br><span style='color:{MUTED}'>{spread}</span>",
            showarrow=False,
            xanchor="left",
            align="left",
            font={"size": 12},
        )
    figure.update_xaxes(axis(_logit(0.0001) - 0.2, _logit(0.9999) + 0.2, [_logit(t) for t in LOGIT_TICKS], [share(t) for t in LOGIT_TICKS]))
    figure.update_yaxes(axis(len(asked) - 0.4, -0.6, ys, [broken(text, 42) for text in asked["asks"]], showgrid=False))
    figure.update_yaxes(tickfont={"size": 12, "color": INK})
    caption = (
        "Dot: the answer. Dark bar: Monte Carlo error (95 %), from playing a finite number of futures. Pale bar: parameter spread (5–95 % "
        "of parameter draws), from not knowing the numbers; no bar where chance hides it. The scale is stretched toward 0 and 100 %."
    )
    data = asked.reset_index()[["id", "asks", "value", "mc_low", "mc_high", "spread_low", "spread_high"]]
    return Picture("answers", title, caption, figure, data)


def _bar_between(figure: go.Figure, low: float, high: float, y: float, width: int, colour: str, name: str) -> None:
    figure.add_scatter(
        x=[low, high], y=[y, y], mode="lines", line={"color": colour, "width": width}, hovertemplate=f"{name}<extra></extra>"
    )


def curves_figure(table: pd.DataFrame, asks: dict[str, str]) -> Picture:
    """Return the cumulated chance of each question over time as small pictures; ``table`` as of `chance_by_day`."""
    keys = list(dict.fromkeys(table["outcome"]))
    columns = 2 if len(keys) <= 4 else 3
    rows = max(1, -(-len(keys) // columns))
    title = "When"
    figure = blank(title, "Cumulated chance by day for " + "; ".join(asks[key] for key in keys), 30 + 180 * rows, l=36, r=16, t=4, b=26)
    for n, key in enumerate(keys):
        part = table[table["outcome"] == key]
        kept = part.iloc[:: max(1, len(part) // MOST_POINTS)]  # a curve of ten years needs no point a day
        _curve(figure, n, columns, rows, pd.concat([kept, part.iloc[-1:]]).drop_duplicates("day"), asks[key])
    caption = (
        "Chance that it has happened by each day. Band: 5–95 % of parameter draws, where chance does not hide it. Each has its own scale."
    )
    return Picture("chance-by-day", title, caption, figure, table)


def _curve(figure: go.Figure, n: int, columns: int, rows: int, part: pd.DataFrame, asks: str) -> None:
    """Draw one small picture into place ``n`` of a grid."""
    column, row = n % columns, n // columns
    name = "" if n == 0 else str(n + 1)
    width, height = 1.0 / columns, 1.0 / rows
    x0, top = column * width, 1.0 - row * height
    where = {"xaxis": f"x{name}", "yaxis": f"y{name}"}
    dates = [str(day) for day in part["date"]]
    banded = part[part["low"].notna()]
    if len(banded):
        days_of = [str(day) for day in banded["date"]]
        figure.add_scatter(x=days_of, y=banded["high"], mode="lines", line={"width": 0, "color": PALE_BLUE}, hoverinfo="skip", **where)
        figure.add_scatter(
            x=days_of,
            y=banded["low"],
            mode="lines",
            line={"width": 0, "color": PALE_BLUE},
            fill="tonexty",
            fillcolor=MIST,
            hoverinfo="skip",
            **where,
        )
    figure.add_scatter(
        x=dates, y=part["chance"], mode="lines", line={"color": BLUE, "width": 2}, hovertemplate="%{x}: %{y:.2%}<extra></extra>", **where
    )
    top_value = float(np.nanmax([part["chance"].max(), part["high"].max()]))
    ticks = [tick for tick in nice_ticks(max(top_value, 0.001), 3) if tick <= 1.0]
    days, texts = month_ticks(part["date"].iloc[0], part["date"].iloc[-1])
    if len(days) > 4:
        days, texts = days[::2], [text[:3] for text in texts[::2]]
    edge = dates[-1] if len(dates) > 1 else str(part["date"].iloc[0] + timedelta(days=1))
    x_axis = axis(0, 1, days, texts, type="date", anchor=f"y{name}", domain=[x0 + 0.035, x0 + width - 0.02], showgrid=False)
    y_axis = axis(0, max(ticks[-1], top_value) * 1.02, ticks, [share(tick) if tick else "" for tick in ticks], anchor=f"x{name}")
    figure.update_layout(
        {
            f"xaxis{name}": x_axis | {"range": [dates[0], edge]},
            f"yaxis{name}": y_axis | {"domain": [top - height + 0.16 / rows, top - 0.3 / rows]},
        }
    )
    figure.add_annotation(
        x=x0,
        y=top,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        text=f"<b>{broken(asks, 34 if columns == 3 else 52)}</b>",
        font={"size": 11},
    )
