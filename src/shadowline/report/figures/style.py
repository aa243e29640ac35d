"""The house's style: colours, axes with explicit ticks, and what a picture is."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

WIDTH = 700
INK, MUTED, GRID, PAPER = "#1d2733", "#5b6875", "#e3e7eb", "#ffffff"
BLUE, PALE_BLUE, MIST = "#1f5f8b", "#a9c8dd", "#dbe8f1"
RED, AMBER, GREEN = "#b23a2e", "#c9851f", "#2c7a6b"
RUNG_COLOURS = ("#d5dbe1", "#a9c8dd", "#5f97bf", "#c9851f", "#c4552d", "#7d1f1f")
FONT = "'Source Sans 3', 'Source Sans Pro', 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Picture:
    """One picture: its name (of files), title, what it shows in a sentence or two, the figure, and the table it was drawn from."""

    name: str
    title: str
    caption: str
    figure: go.Figure
    data: pd.DataFrame

    def _repr_html_(self) -> str:
        """Show the picture in a notebook, with its caption; ``figure`` is the one that answers when pointed at."""
        from shadowline.report.svg import draw_svg

        return f"{draw_svg(self.figure)}<p>{html.escape(self.caption)}</p>"


def blank(title: str, alt: str, height: int, **margins: int) -> go.Figure:
    """Return an empty figure in the house's style."""
    figure = go.Figure()
    figure.update_layout(
        width=WIDTH,
        height=height,
        margin={"l": 60, "r": 20, "t": 10, "b": 36} | margins,
        plot_bgcolor=PAPER,
        paper_bgcolor=PAPER,
        font={"family": FONT, "size": 12, "color": INK},
        showlegend=False,
        hovermode="closest",
        meta={"title": title, "alt": alt},
        dragmode=False,
    )
    return figure


def axis(low: float, high: float, ticks: Sequence[float] | Sequence[str], texts: Sequence[str], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an axis with explicit ticks and pale grid lines."""
    plain = {"range": [low, high], "tickvals": list(ticks), "ticktext": list(texts), "tickfont": {"size": 11, "color": MUTED}}
    return (
        plain
        | {
            "showgrid": True,
            "gridcolor": GRID,
            "gridwidth": 1,
            "zeroline": False,
            "showline": False,
            "fixedrange": True,
            "automargin": False,
        }
        | more
    )


MOST_LINES = 3


def safe(text: str) -> str:
    """Return a text that a figure shows as it is: Plotly reads a part of HTML in every label."""
    return html.escape(text, quote=False)


def broken(text: str, width: int) -> str:
    """Return a text broken into lines of at most ``width`` characters, safe to stand in a figure."""
    lines = wrap(text, width)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: width - 1] + "…"]
    return "<br>".join(safe(line) for line in lines)


def nice_ticks(high: float, most: int = 5) -> list[float]:
    """Return at most ``most`` + 1 round numbers from 0 up to ``high`` or just above."""
    if high <= 0.0:
        return [0.0, 1.0]
    raw = high / most
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * times for times in (1.0, 2.0, 2.5, 5.0, 10.0) if size * times >= raw * (1 - 1e-9))
    return [float(round(step * n, 12)) for n in range(math.ceil(high / step - 1e-9) + 1)]


def ticks_between(low: float, high: float, most: int = 4) -> list[float]:
    """Return at most ``most`` + 1 round numbers between two values; from 0 where the lower is near it."""
    if low <= 0.35 * high:
        return [tick for tick in nice_ticks(high, most) if tick <= high * 1.0001 or tick == 0.0]
    ticks = nice_ticks(high - low, most)
    step = ticks[1] - ticks[0]
    return [float(round(step * n, 12)) for n in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def number(value: float) -> str:
    """Return a number as a tick says it."""
    return f"{value:,.10g}"


def share(value: float) -> str:
    """Return a share as a tick says it, in per cent."""
    return f"{100 * value:.3g} %"


def month_ticks(first: date, last: date) -> tuple[list[str], list[str]]:
    """Return the first days of months between two dates (every second or third where there are many), and their labels."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = 1 if months <= 12 else 3 if months <= 36 else 12
    days: list[str] = []
    texts: list[str] = []
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        day = date(year, month, 1)
        if day >= first and (month - 1) % step == 0:
            days.append(str(day))
            texts.append(f"{day:%b %Y}" if not texts or month == 1 else f"{day:%b}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    if not days:  # a span within one month
        middle = [first + timedelta(days=int(n)) for n in np.linspace(0, (last - first).days, 4)]
        days = list(dict.fromkeys(str(day) for day in middle))
        texts = [f"{date.fromisoformat(day).day} {date.fromisoformat(day):%b}" for day in days]
    return days, texts
