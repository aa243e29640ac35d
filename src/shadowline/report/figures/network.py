"""Who backs whom with what hold, and who attacks whom: the network of ties on the morning of day 0."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

import pandas as pd

from shadowline.futures.wording import amount, capital, percent
from shadowline.report.figures.style import AMBER, BLUE, GRID, INK, MUTED, PAPER, RED, WIDTH, Picture, blank, broken, safe

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from shadowline.futures.wording import Wording

ROW = 62
HALF_HEIGHT = 23
COLUMNS = {"principal": (56, 52), "proxy": (342, 80), "target": (632, 66)}
"""Middle and half width of each column of boxes, in pixels of a picture 700 wide."""
SHADES = ((0.15, "#c6d8e4"), (0.3, "#8fb4cc"), (0.5, "#4d86ab"), (1.01, "#1f5f8b"))
WIDEST = 11.0
Places = dict[str, tuple[float, float]]


def network_figure(table: pd.DataFrame, bodies: dict[str, list[str]], wording: Wording) -> Picture:
    """Return the network of ties; ``table`` as of `ties`, ``bodies`` with their members."""
    backs, attacks = table[table["kind"] == "backs"], table[table["kind"] == "attacks"]
    owners = dict(zip(attacks["to"], attacks["owner"], strict=True))
    ranks = {owner: n for n, owner in enumerate(dict.fromkeys(owners.values()))}
    columns = {
        "principal": list(dict.fromkeys(backs["from"])),
        "proxy": list(dict.fromkeys([*backs["to"], *attacks["from"]])),
        "target": sorted(owners, key=lambda target: ranks[owners[target]]),
    }
    height = ROW * max(1, *(len(keys) for keys in columns.values()))
    notes = [f"{_mark(n)} {safe(shorten(wording.body(key), 90, placeholder='…'))}" for n, key in enumerate(bodies)]
    title = "Who is tied to whom"
    figure = blank(title, _alt(backs, attacks, wording), height + 44 + 15 * len(notes), l=0, r=0, t=26, b=6 + 15 * len(notes))
    figure.update_xaxes(range=[0, WIDTH], visible=False, fixedrange=True)
    figure.update_yaxes(range=[height, 0], visible=False, fixedrange=True)
    places = {
        kind: {key: (float(COLUMNS[kind][0]), height * (n + 0.5) / len(keys)) for n, key in enumerate(keys)}
        for kind, keys in columns.items()
    }
    _draw_ties(figure, backs, attacks, places)
    marks = {key: " ".join(_mark(n) for n, members in enumerate(bodies.values()) if key in members) for key in columns["proxy"]}
    marks_of = {
        "principal": {},
        "proxy": marks,
        "target": {key: safe(shorten(wording.label(owner), 22, placeholder="…")) for key, owner in owners.items()},
    }
    for kind, keys in columns.items():
        for key in keys:
            name = capital(wording.target(key)) if kind == "target" else wording.label(key)
            _box(figure, places[kind][key], kind, name, marks_of[kind].get(key, ""))
    _headings(figure, notes)
    caption = (
        "Left: lines from who backs a group; width and first figure: share of the group's money on the first day; shade and second figure: "
        "share of days on which the group obeys. Right: lines to what it attacks, with who answers for it in grey; width and figure: "
        "attacks a week. Means over all days of all futures."
    )
    return Picture("network", title, caption, figure, table)


def _draw_ties(figure: go.Figure, backs: pd.DataFrame, attacks: pd.DataFrame, places: dict[str, Places]) -> None:
    """Draw all lines with their figures."""
    ends = _spread_out(backs, "to", "from", places["proxy"], places["principal"])
    for row, end in zip(backs.itertuples(), ends, strict=True):
        text = f"{percent(row.money)} · {percent(row.obeyed)}"
        _edge(figure, places["principal"][row[1]], end, 1.0 + (WIDEST - 1.0) * row.money, _shade(row.obeyed), text)
    most = max(float(attacks["a_week"].max()), 1e-9) if len(attacks) else 1.0
    starts = _spread_out(attacks, "from", "to", places["proxy"], places["target"])
    for row, start in zip(attacks.itertuples(), starts, strict=True):
        width = 1.0 + (WIDEST - 1.0) * (row.a_week / most) ** 0.5
        _edge(figure, start, places["target"][row.to], width, "#e0a79c", amount(row.a_week), colour=RED)


def _spread_out(table: pd.DataFrame, at: str, other: str, groups: Places, others: Places) -> list[tuple[float, float]]:
    """Return where each line meets its group's box: apart from each other, in the order of what stands at their other end."""
    ends = []
    for row in table.to_dict("records"):
        same = sorted(others[key][1] for key in table[other][table[at] == row[at]])
        rank = same.index(others[row[other]][1])
        apart = min(13.0, 2.0 * HALF_HEIGHT / len(same))
        ends.append((groups[row[at]][0], groups[row[at]][1] + apart * (rank - (len(same) - 1) / 2)))
    return ends


def _mark(n: int) -> str:
    """Return the sign of the n-th body."""
    return f"[{n + 1}]"


def _alt(backs: pd.DataFrame, attacks: pd.DataFrame, wording: Wording) -> str:
    held = [f"{wording.actor(row[1])} backs {wording.actor(row.to)}" for row in backs.itertuples()]
    fought = [f"{wording.actor(row[1])} attacks {wording.target(row.to)}" for row in attacks.itertuples()]
    return "; ".join([*held, *fought])


def _shade(control: float) -> str:
    """Return the colour of a hold: the firmer, the darker."""
    return next((colour for limit, colour in SHADES if control < limit), SHADES[0][1]) if not pd.isna(control) else SHADES[0][1]


def _edge(
    figure: go.Figure, start: tuple[float, float], end: tuple[float, float], width: float, line: str, text: str, colour: str = BLUE
) -> None:
    """Draw one tie between two boxes, with its figures where it meets the group's box."""
    from_group = start[0] == COLUMNS["proxy"][0]
    left = start[0] + COLUMNS["proxy" if from_group else "principal"][1]
    right = end[0] - COLUMNS["target" if from_group else "proxy"][1]
    figure.add_scatter(x=[left, right], y=[start[1], end[1]], mode="lines", line={"color": line, "width": width}, hoverinfo="skip")
    at = {"x": left + 6, "y": start[1], "xanchor": "left"} if from_group else {"x": right - 6, "y": end[1], "xanchor": "right"}
    figure.add_annotation(**at, text=text, showarrow=False, bgcolor=PAPER, font={"size": 10, "color": colour}, borderpad=0)


def _box(figure: go.Figure, place: tuple[float, float], kind: str, text: str, mark: str) -> None:
    """Draw one row as a box with its name, and below it the signs of its bodies, or who answers for it."""
    half = COLUMNS[kind][1]
    fill = {"principal": "#eef4f8", "proxy": "#f7f3ea", "target": "#f8ecea"}[kind]
    edge = {"color": {"principal": BLUE, "proxy": AMBER, "target": RED}[kind], "width": 1}
    top, bottom = place[1] - HALF_HEIGHT, place[1] + HALF_HEIGHT
    figure.add_shape(type="rect", x0=place[0] - half, x1=place[0] + half, y0=top, y1=bottom, fillcolor=fill, line=edge)
    name = broken(text, int(half / 3.4))
    lines = name.split("<br>")
    name = "<br>".join(lines[:2]) + ("…" if len(lines) > 2 else "")
    below = f"<br><span style='color:{MUTED}'>{mark}</span>" if mark else ""
    figure.add_annotation(x=place[0], y=place[1], text=f"<b>{name}</b>{below}", showarrow=False, font={"size": 11, "color": INK})


def _headings(figure: go.Figure, notes: list[str]) -> None:
    """Name the columns above, and the bodies below."""
    for kind, text in (("principal", "who gives orders"), ("proxy", "armed groups"), ("target", "what they attack")):
        figure.add_annotation(
            x=COLUMNS[kind][0],
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=6,
            text=f"<b>{text}</b>",
            showarrow=False,
            font={"size": 12, "color": MUTED},
        )
    for n, note in enumerate(notes):
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            xshift=4,
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-4 - 15 * n,
            text=note,
            showarrow=False,
            font={"size": 11, "color": MUTED},
        )
    figure.add_shape(type="line", x0=0, x1=1, xref="paper", y0=0, y1=0, yref="paper", line={"color": GRID, "width": 1})
