"""Prior beside what the record supports, for the numbers that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowline.report.figures.movers import number_labels
from shadowline.report.figures.style import BLUE, INK, MIST, MUTED, PAPER, Picture, axis, blank

if TYPE_CHECKING:
    import pandas as pd

    from shadowline.futures.wording import Wording


def support_figure(table: pd.DataFrame, wording: Wording) -> Picture:
    """Return where within its prior the record leaves each number; ``table`` as of `supported`'s ``numbers``."""
    ys = list(range(len(table)))
    title = "Prior beside what the record supports"
    figure = blank(title, "Range of each number that matters within its prior", 60 + 34 * max(1, len(table)), l=264, r=190, t=26, b=30)
    for y, row in zip(ys, table.itertuples(), strict=True):
        figure.add_scatter(x=[0.05, 0.95], y=[y, y], mode="lines", line={"color": MIST, "width": 13}, hoverinfo="skip")
        figure.add_scatter(x=[row.rank_low, row.rank_high], y=[y, y], mode="lines", line={"color": BLUE, "width": 4}, hoverinfo="skip")
        figure.add_scatter(
            x=[row.rank_median],
            y=[y],
            mode="markers",
            marker={"size": 8, "color": BLUE if row.moved else PAPER, "line": {"color": BLUE, "width": 2}},
            hovertemplate=f"{row.median:.3g}<extra></extra>",
        )
        ranges = f"{row.prior_low:.3g} – {row.prior_high:.3g} → {row.low:.3g} – {row.high:.3g}"
        figure.add_annotation(
            x=1.02,
            xref="paper",
            y=y,
            xanchor="left",
            showarrow=False,
            text=f"<b>{ranges}</b>" if row.moved else ranges,
            font={"size": 10, "color": INK if row.moved else MUTED},
        )
    ticks = [0.05, 0.25, 0.5, 0.75, 0.95]
    labels = number_labels(table, wording, 46)
    figure.update_xaxes(axis(0, 1, ticks, [f"{100 * tick:g} %" for tick in ticks]))
    figure.update_yaxes(axis(len(table) - 0.4, -0.6, ys, labels, showgrid=False) | {"tickfont": {"size": 11, "color": INK}})
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=6,
        showarrow=False,
        text="place within the prior (share of prior draws below)",
        font={"size": 11, "color": MUTED},
    )
    caption = (
        "Pale: 5–95 % of the prior. Dark: 5–95 % of the draws whose histories lie nearest to the record; dot: their median, full where "
        "chance alone would not move it so far. Right: both ranges in the number's own unit. A dark bar as wide as the pale one means that "
        "the record never touched the number."
    )
    return Picture("support", title, caption, figure, table)
