"""How far things go: the rungs of the ladder that are used, and the red lines that are crossed and tested."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from shadowline.futures.wording import amount, capital, percent
from shadowline.parameters import RUNGS
from shadowline.report.figures.style import AMBER, INK, RED, RUNG_COLOURS, Picture, axis, blank, broken, nice_ticks, number, safe, share

if TYPE_CHECKING:
    import pandas as pd

    from shadowline.futures.wording import Wording

NBSP = "\u00a0"


def ladder_figure(table: pd.DataFrame, wording: Wording) -> Picture:
    """Return how many futures use each rung, by pair of patron and adversary; ``table`` as of `ladder`."""
    pairs = list(dict.fromkeys(zip(table["patron"], table["adversary"], strict=True)))
    pairs = [pair for n, pair in enumerate(pairs) if n == 0 or _moves(table, pair)]
    title = "How high it climbs"
    figure = blank(title, "Share of futures that use each rung of the ladder", 34 + 158 * len(pairs), l=110, r=20, t=4, b=30)
    rungs = list(reversed(RUNGS[1:]))
    for n, (patron, adversary) in enumerate(pairs):
        part = table[(table["patron"] == patron) & (table["adversary"] == adversary)].set_index("rung")
        name = "" if n == 0 else str(n + 1)
        figure.add_bar(
            y=[rung.replace("-", " ") for rung in rungs],
            x=[float(part.loc[rung, "share"]) for rung in rungs],
            orientation="h",
            marker={"color": [RUNG_COLOURS[RUNGS.index(rung)] for rung in rungs]},
            width=0.68,
            xaxis=f"x{name}",
            yaxis=f"y{name}",
            text=[percent(float(part.loc[rung, "share"])) for rung in rungs],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.2%}<extra></extra>",
        )
        top = 1.0 - n / len(pairs)
        ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
        figure.update_layout(
            {
                f"xaxis{name}": axis(0, 1.12, ticks, [share(tick) for tick in ticks], anchor=f"y{name}"),
                f"yaxis{name}": axis(
                    4.6,
                    -0.6,
                    range(5),
                    [rung.replace("-", " ") + NBSP for rung in rungs],
                    type="category",
                    anchor=f"x{name}",
                    showgrid=False,
                )
                | {"domain": [top - 0.82 / len(pairs), top - 0.14 / len(pairs)], "tickfont": {"size": 12, "color": INK}},
            }
        )
        figure.add_annotation(
            x=0,
            y=top,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": 12},
            text=f"<b>{safe(shorten(f'{wording.label(patron)} and {_second(wording.actor(adversary))}', 90, placeholder='…'))}</b>",
        )
    caption = (
        "Share of futures in which a rung is used at least once: as answered above where a question asks for just that, counted elsewhere."
    )
    return Picture("ladder", title, caption, figure, table)


def _second(name: str) -> str:
    """Return a name that follows another: with its article, or with a capital letter."""
    return name if name.startswith("the ") else capital(name)


def _moves(table: pd.DataFrame, pair: tuple[str, str]) -> bool:
    part = table[(table["patron"] == pair[0]) & (table["adversary"] == pair[1]) & (table["rung"] != "quiet")]
    return bool((part["share"] > 0.0).any())


def lines_figure(table: pd.DataFrame, wording: Wording) -> Picture:
    """Return how often each line is crossed and tested; ``table`` as of `lines`."""
    ys = list(range(len(table)))
    title = "Red lines crossed and tested"
    alt = "; ".join(f"{wording.line(row.line)}: crossed in {percent(row.crossed)}" for row in table.itertuples())
    figure = blank(title, alt, 74 + 36 * max(1, len(table)), l=250, r=20, t=34, b=30)
    figure.add_bar(
        y=ys,
        x=table["crossed"],
        orientation="h",
        width=0.6,
        marker={"color": RED},
        text=[percent(share) for share in table["crossed"]],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="crossed: %{x:.2%}<extra></extra>",
    )
    figure.add_bar(
        y=ys,
        x=table["tested"],
        orientation="h",
        width=0.6,
        marker={"color": AMBER},
        text=[amount(count) for count in table["tested"]],
        textposition="outside",
        cliponaxis=False,
        xaxis="x2",
        yaxis="y2",
        hovertemplate="near misses: %{x:.1f}<extra></extra>",
    )
    most = nice_ticks(float(table["tested"].max()) if len(table) else 1.0, 3)
    rows = {"range": [len(table) - 0.4, -0.6], "showgrid": False, "zeroline": False, "fixedrange": True}
    labels = [f"{broken(wording.line(row.line), 40)}{NBSP}" for row in table.itertuples()]
    figure.update_layout(
        {
            "xaxis": axis(0, 1.25, [0, 0.5, 1], ["0 %", "50 %", "100 %"], domain=[0, 0.52], anchor="y"),
            "xaxis2": axis(0, most[-1] * 1.3, most, [number(tick) for tick in most], domain=[0.6, 1], anchor="y2"),
            "yaxis": rows | {"tickvals": ys, "ticktext": labels, "tickfont": {"size": 11, "color": INK}},
            "yaxis2": rows | {"showticklabels": False, "tickvals": ys, "ticktext": labels, "anchor": "x2"},
        }
    )
    for x, text, colour in ((0, "crossed in this share of futures", RED), (0.6, "near misses in a future (mean)", AMBER)):
        figure.add_annotation(
            x=x,
            y=1,
            xref="paper",
            yref="paper",
            yanchor="bottom",
            xanchor="left",
            yshift=6,
            showarrow=False,
            text=f"<b>{text}</b>",
            font={"size": 12, "color": colour},
        )
    caption = (
        "A near miss is an attack that gets through without the deaths that count, an attack stopped before a hit that would count, or a "
        "strike one rung below the lowest that would cross the line. Both are counted in the futures played."
    )
    return Picture("lines", title, caption, figure, table)
