"""What the answers hang on: the uncertain numbers that move them most."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

import pandas as pd

from shadowline.report.figures.style import (
    BLUE,
    INK,
    MUTED,
    PALE_BLUE,
    PAPER,
    Picture,
    axis,
    blank,
    broken,
    number,
    safe,
    share,
    ticks_between,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from shadowline.futures.wording import Wording

NBSP = "\u00a0"


def movers_figure(tables: dict[str, pd.DataFrame], asks: dict[str, str], kinds: dict[str, str], wording: Wording) -> Picture:
    """Return which ranges move the answers most, one panel a question; ``tables`` by outcome as of `what_moves`."""
    shown = {key: table for key, table in tables.items() if len(table)}
    rows = [max(2, len(table)) + 1.6 for table in shown.values()]
    title = "What the answers hang on"
    figure = blank(title, "The uncertain numbers that move each answer most", max(60, int(20 + 33 * sum(rows))), l=300, r=24, t=4, b=20)
    top = 1.0
    for n, (key, table) in enumerate(shown.items()):
        height = rows[n] / sum(rows)
        _tornado(figure, n, table, (top - height, top), rows[n], kinds[key] == "probability", wording)
        figure.add_annotation(
            x=0,
            xshift=-294,
            y=top,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": 12},
            text=f"<b>{safe(shorten(asks[key], 100, placeholder='…'))}</b>",
        )
        top -= height
    caption = (
        "The answer among the fifth of parameter draws in which a number is smallest (open dot) and the fifth in which it is largest (full "
        "dot), all else as it fell; the dotted line is the answer over all draws. J marks judgement. Whiskers: one standard error."
    )
    data = pd.concat([table.assign(outcome=key) for key, table in shown.items()], ignore_index=True) if shown else pd.DataFrame()
    return Picture("movers", title, caption, figure, data)


def _tornado(
    figure: go.Figure, n: int, table: pd.DataFrame, domain: tuple[float, float], rows: float, chance: bool, wording: Wording
) -> None:
    name = "" if n == 0 else str(n + 1)
    where = {"xaxis": f"x{name}", "yaxis": f"y{name}"}
    ys = list(range(len(table)))
    for y, row in zip(ys, table.itertuples(), strict=True):
        figure.add_scatter(x=[row.low, row.high], y=[y, y], mode="lines", line={"color": PALE_BLUE, "width": 7}, hoverinfo="skip", **where)
    for column, fill in (("low", PAPER), ("high", BLUE)):
        figure.add_scatter(
            x=table[column],
            y=ys,
            mode="markers",
            marker={"size": 8, "color": fill, "line": {"color": BLUE, "width": 2}},
            error_x={"type": "data", "array": table[f"error_{column}"], "color": MUTED, "thickness": 1, "width": 0},
            hovertemplate="%{x:.4g}<extra></extra>",
            **where,
        )
    low = max(0.0, float(min((table["low"] - table["error_low"]).min(), (table["high"] - table["error_high"]).min())))
    high = float(max((table["low"] + table["error_low"]).max(), (table["high"] + table["error_high"]).max()))
    if high - low < 1e-9 * max(1.0, high):  # an answer that never varies still needs an axis of some length
        low, high = max(0.0, low - 0.5), high + 0.5
    start = 0.0 if low <= 0.35 * high else low - 0.06 * (high - low)
    ticks = [tick for tick in ticks_between(start, high) if not chance or tick <= 1.0]
    labels = number_labels(table, wording)
    answer = float(table["answer"].iloc[0])
    figure.update_layout(
        {
            f"xaxis{name}": axis(
                start, high + 0.04 * (high - start), ticks, [share(t) if chance else number(t) for t in ticks], anchor=f"y{name}"
            ),
            f"yaxis{name}": axis(len(table) - 0.4, -0.6, ys, labels, showgrid=False, anchor=f"x{name}")
            | {
                "domain": [domain[0] + (domain[1] - domain[0]) * 0.75 / rows, domain[1] - 0.85 * (domain[1] - domain[0]) / rows],
                "tickfont": {"size": 11, "color": INK},
            },
        }
    )
    figure.add_shape(
        type="line",
        x0=answer,
        x1=answer,
        y0=-0.6,
        y1=len(table) - 0.4,
        xref=f"x{name}",
        yref=f"y{name}",
        layer="below",
        line={"color": INK, "width": 1, "dash": "dot"},
    )


def number_labels(table: pd.DataFrame, wording: Wording, width: int = 52) -> list[str]:
    """Return what each number is and whose, in at most two lines, with a J where it is judgement."""
    labels = []
    for row in table.itertuples():
        text = broken(wording.number(row.path, row.meaning), width)
        first, _, rest = text.partition("<br>")
        rest = rest.replace("<br>", " ")
        rest = rest if len(rest) <= width else rest[: width - 1].rstrip() + "…"
        labels.append((f"{first}<br>{rest}" if rest else first) + (" <b>J</b>" if row.judgement else "") + NBSP)
    return labels
