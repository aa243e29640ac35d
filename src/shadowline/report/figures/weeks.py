"""Attacks and answers by week: what was recorded, then a fan of futures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from shadowline.futures.wording import capital
from shadowline.report.figures.style import BLUE, INK, MIST, MUTED, PALE_BLUE, Picture, axis, blank, month_ticks, nice_ticks, number

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


SHADE = "#f1f3f5"
WEEK = 7


def fan_figure(table: pd.DataFrame, what: str, as_of: date) -> Picture:
    """Return one series by week: recorded before the as-of date, quantiles of futures after it; ``table`` as of `by_week`."""
    part = table[table["what"] == what]
    asks = str(part["asks"].iloc[0]).rstrip("?")
    past, ahead = part[part["recorded"].notna()], part[part["median"].notna()]
    title = f"{_as_title(asks)}, by {'week' if part['days'].iloc[0] == WEEK else 'four weeks'}"
    figure = blank(title, f"{asks} by week, recorded and in futures", 240, l=46, r=90, b=30)
    length = int(part["days"].iloc[0])
    middle = timedelta(days=length // 2)
    for day in part.loc[part["recorded"].isna() & part["median"].isna(), "start"]:
        edges = (str(day), str(day + timedelta(days=length)))
        figure.add_shape(type="rect", x0=edges[0], x1=edges[1], y0=0, y1=1, yref="paper", fillcolor=SHADE, line={"width": 0}, layer="below")
    if len(past):
        figure.add_bar(
            x=[str(day + middle) for day in past["start"]],
            y=past["recorded"],
            width=0.75 * length * 86_400_000,
            marker={"color": "#9aa5b1"},
            hovertemplate="recorded: %{y:.0f}<extra></extra>",
        )
    weeks = [str(day + middle) for day in ahead["start"]]
    for low, high, colour in (("low", "high", MIST), ("lower", "upper", PALE_BLUE)):
        figure.add_scatter(x=weeks, y=ahead[high], mode="lines", line={"width": 0, "color": colour}, hoverinfo="skip")
        figure.add_scatter(
            x=weeks, y=ahead[low], mode="lines", line={"width": 0, "color": colour}, fill="tonexty", fillcolor=colour, hoverinfo="skip"
        )
    figure.add_scatter(
        x=weeks, y=ahead["median"], mode="lines", line={"color": BLUE, "width": 2}, hovertemplate="%{x}: median %{y:.0f}<extra></extra>"
    )
    top = float(np.nanmax([1.0, past["recorded"].max() if len(past) else 0.0, ahead["high"].max() if len(ahead) else 0.0]))
    first, last = part["start"].iloc[0], part["start"].iloc[-1] + timedelta(days=length - 1)
    days, texts = month_ticks(first, last)
    ticks = nice_ticks(top, 4)
    figure.update_xaxes(axis(0, 1, days, texts, type="date", showgrid=False) | {"range": [str(first), str(last)]})
    figure.update_yaxes(axis(0, ticks[-1] * 1.05, ticks, [number(tick) for tick in ticks]))
    figure.add_shape(type="line", x0=str(as_of), x1=str(as_of), y0=0, y1=1, yref="paper", line={"color": INK, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=str(as_of),
        y=1,
        yref="paper",
        xanchor="left",
        yanchor="top",
        xshift=4,
        showarrow=False,
        text=f"as of {as_of.day} {as_of:%b %Y}",
        font={"size": 11, "color": MUTED},
    )
    if len(ahead):
        _fan_labels(figure, ahead.iloc[-1])
    caption = "Line: median of futures. Bands: 25–75 % and 5–95 % of futures at each time; a single future jumps about within them."
    if len(past):
        caption += " Grey bars: recorded before the as-of date; totals over longer intervals are spread over their weeks."
    if (part["recorded"].isna() & part["median"].isna()).any():
        caption += " Shaded: not covered by the record."
    return Picture(f"weekly-{what.replace(':', '-')}", title, caption, figure, part)


def _as_title(asks: str) -> str:
    """Return a question that counts as a heading: ``How many attacks are made on X`` becomes ``Attacks made on X``."""
    text = asks.removeprefix("How many ").replace(" are made ", " made ", 1)
    return capital(text)


def _fan_labels(figure: go.Figure, last: pd.Series) -> None:
    """Name the quantiles at the right edge, kept apart where they would overlap."""
    names = {"high": "95 %", "upper": "75 %", "median": "median", "lower": "25 %", "low": "5 %"}
    seen: set[float] = set()
    for key in ("median", "high", "low", "upper", "lower"):
        if all(abs(last[key] - other) > 0.08 * max(1.0, last["high"]) for other in seen):
            seen.add(float(last[key]))
            figure.add_annotation(
                x=1.005,
                xref="paper",
                y=float(last[key]),
                text=f"{names[key]}: {number(last[key])}",
                showarrow=False,
                xanchor="left",
                font={"size": 11, "color": BLUE if key == "median" else MUTED},
            )
