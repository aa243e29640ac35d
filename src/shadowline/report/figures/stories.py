"""Three futures side by side: attacks by week, answers by rung, and the lines crossed, each on its day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from shadowline.parameters import RUNGS
from shadowline.report.figures.style import (
    GRID,
    INK,
    MUTED,
    PAPER,
    RED,
    RUNG_COLOURS,
    Picture,
    axis,
    blank,
    month_ticks,
    nice_ticks,
    number,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from shadowline.futures.wording import Wording

PANEL = 150
MARKS = {
    "line-crossed": ("diamond", RED, "line crossed"),
    "leader-death": ("square", INK, "leader dies"),
    "open-war": ("square", "#7d1f1f", "open war"),
}


def stories_figure(stories: dict[str, list[dict[str, Any]]], adversary: str, first: date, days: int, wording: Wording) -> Picture:
    """Return several futures as strips of time.

    Parameters
    ----------
    stories : dict
        Heading of each strip, with the events of its future as plain rows (see `shadowline.futures.events`).
    adversary : str
        The adversary whose attackers, answers and lines are shown, until open war ends the account of it.
    first : date
        Day 0.
    days : int
        Days of a future.
    wording : Wording
        The names.
    """
    title = "Three futures" if len(stories) == 3 else "Futures told"
    figure = blank(
        title, "Attacks by week, answers and lines crossed in " + "; ".join(stories), 56 + PANEL * len(stories), l=46, r=20, t=30, b=26
    )
    shown = [_events(rows, adversary, first, heading) for heading, rows in stories.items()]
    data = pd.concat(shown, ignore_index=True) if shown else pd.DataFrame()
    most = max([1.0, *(float(max(_weekly(part, first, days), default=0)) for part in shown)])
    for n, (heading, part) in enumerate(zip(stories, shown, strict=True)):
        _strip(figure, n, len(stories), heading, part, (first, days, most))
    _legend(figure, data)
    whom = wording.actor(adversary)
    caption = (
        f"Bars: attacks a week on {whom}. Marks above: strikes by {whom} or on it, by rung; its lines crossed, and those that it crossed; "
        "deaths of rulers; open war, with which the account ends."
    )
    return Picture("stories", title, caption, figure, data)


def _events(rows: list[dict[str, Any]], adversary: str, first: date, heading: str) -> pd.DataFrame:
    """Return what a strip shows: attacks on the adversary, strikes by it or on it, crossings of lines, deaths, war."""
    names = ["event", "date", "kind", "actor", "target", "line", "rung", "killed"]
    kept = []
    for row in rows:
        if row["date"] < first or row["kind"] not in {"attack", "strike", *MARKS}:
            continue
        if adversary in {row["actor"], row["target"], row["target_owner"]} or row["kind"] == "leader-death":
            kept.append({"future": heading} | {name: row[name] for name in names})
            if row["kind"] == "open-war":
                break
    return pd.DataFrame(kept, columns=["future", *names])


def _weekly(part: pd.DataFrame, first: date, days: int) -> list[int]:
    counts = Counter((day - first).days // 7 for day in part["date"][part["kind"] == "attack"])
    return [counts[week] for week in range(-(-days // 7))]


def _strip(figure: go.Figure, n: int, count: int, heading: str, part: pd.DataFrame, frame: tuple[date, int, float]) -> None:
    """Draw one future into its place."""
    first, days, most = frame
    name = "" if n == 0 else str(n + 1)
    where = {"xaxis": f"x{name}", "yaxis": f"y{name}"}
    weeks = _weekly(part, first, days)
    figure.add_bar(
        x=[str(first + timedelta(days=7 * week + 3)) for week in range(len(weeks))],
        y=weeks,
        width=5.6 * 86_400_000,
        marker={"color": "#c3cad1"},
        hovertemplate="%{y} attacks<extra></extra>",
        **where,
    )
    ceiling = nice_ticks(most, 3)[-1]
    for (symbol, colour, height), dates in _marks(part, ceiling).items():
        figure.add_scatter(
            x=dates,
            y=[height] * len(dates),
            mode="markers",
            hovertemplate="%{x}<extra></extra>",
            marker={"symbol": symbol, "size": 9, "color": colour, "line": {"color": PAPER, "width": 1}},
            **where,
        )
    ticks = nice_ticks(most, 3)
    months, texts = month_ticks(first, first + timedelta(days=days))
    top = 1.0 - n / count
    figure.update_layout(
        {
            f"xaxis{name}": axis(0, 1, months, texts if n == count - 1 else [""] * len(texts), type="date", anchor=f"y{name}")
            | {"range": [str(first - timedelta(days=2)), str(first + timedelta(days=days + 1))]},
            f"yaxis{name}": axis(0, ceiling * 1.6, ticks, [number(tick) for tick in ticks], anchor=f"x{name}")
            | {"domain": [top - 0.86 / count, top - 0.13 / count]},
        }
    )
    figure.add_annotation(
        x=0, y=top, xref="paper", yref="paper", xanchor="left", yanchor="top", showarrow=False, text=f"<b>{heading}</b>", font={"size": 12}
    )


def _marks(part: pd.DataFrame, ceiling: float) -> dict[tuple[str, str, float], list[str]]:
    """Return the days of what stands above the bars, by symbol, colour and height."""
    found: dict[tuple[str, str, float], list[str]] = {}
    for row in part[part["kind"] != "attack"].itertuples():
        if row.kind == "strike":
            mark = ("triangle-up", RUNG_COLOURS[RUNGS.index(row.rung)] if row.rung else MUTED, ceiling * 1.18)
        else:
            mark = (*MARKS[row.kind][:2], ceiling * 1.42)
        found.setdefault(mark, []).append(str(row.date))
    return found


def _legend(figure: go.Figure, data: pd.DataFrame) -> None:
    """Say above the strips what the marks are; only what is there."""
    used = [RUNGS.index(rung) for rung in data["rung"].dropna().unique()] if len(data) else []
    entries = [("▲", RUNG_COLOURS[rung], RUNGS[rung].replace("-", " ")) for rung in sorted(used)]
    kinds = set(data["kind"]) if len(data) else set()
    signs = {"diamond": "◆", "square": "■"}
    entries += [(signs[symbol], colour, says) for kind, (symbol, colour, says) in MARKS.items() if kind in kinds]
    text = "   ".join(f"<span style='color:{colour}'>{sign}</span> {says}" for sign, colour, says in entries)
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=8,
        showarrow=False,
        text=text,
        font={"size": 11, "color": INK},
    )
    figure.add_shape(type="line", x0=0, x1=1, xref="paper", y0=1, y1=1, yref="paper", line={"color": GRID, "width": 1})
