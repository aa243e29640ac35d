"""When matched futures part, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from shadowline.futures.wording import percent
from shadowline.report.figures.columns import NBSP, columns_of
from shadowline.report.figures.style import AMBER, BLUE, GREEN, INK, PALE_BLUE, RED, Picture, nice_ticks, number, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from shadowline.report.figures.columns import Columns

REASONS: Final = {
    "order": ("another order", BLUE),
    "obedience": ("obeys another", "#7fb0cf"),
    "answer": ("another answer", RED),
    "harm": ("other harm", AMBER),
    "pace": ("another pace", GREEN),
    "fate": ("another way", "#8a949e"),
}
"""The reasons for which futures part, as the picture names them, and their colours."""
OTHER: Final = "fate"
"""Under which reason those stand that have no name here."""
TALL: Final = 0.78
SHARES: Final = ((0.0, 0.47), (0.53, 1.0))
PITCH: Final = 34
NAMES: Final = 175
LETTER: Final = 0.025
"""Share of a bar that a letter takes; a reason is written where there is room."""


def partings_figure(days: pd.DataFrame, reasons: pd.DataFrame, runs: int, horizon: int) -> Picture:
    """Return on which days the matched futures of each policy part, and over what.

    Parameters
    ----------
    days : DataFrame
        ``policy``, ``day`` (from day 0), ``futures`` that part on it; a policy under which none part has one row of none.
    reasons : DataFrame
        ``policy``, ``reason``, ``pairs`` that were told and part so.
    runs : int
        Matched futures of each policy.
    horizon : int
        Days of a future.
    """
    policies = list(dict.fromkeys(days["policy"]))
    parted = {policy: int(days.loc[days["policy"] == policy, "futures"].sum()) for policy in policies}
    title = "When matched futures part, and why"
    alt = "; ".join(f"{policy}: {percent(parted[policy] / runs)} part" for policy in policies)
    headings = [
        ("Share of futures that have parted", "by each day, from day 0 on"),
        ("Over what they part", "the first act that only one of the two has"),
    ]
    notes = [_note(days[days["policy"] == policy], parted[policy], runs) for policy in policies]
    made = columns_of((title, alt), policies, headings, pitch=PITCH, shares=SHARES, notes=notes, left=NAMES)
    ticks = [tick for tick in nice_ticks(float(horizon), 4) if tick <= horizon]
    made.scaled(0, (0.0, float(horizon)), ticks, [number(tick) for tick in ticks])
    made.scaled(1, (0.0, 1.0), [0.0, 0.5, 1.0], [share(tick) for tick in (0.0, 0.5, 1.0)])
    for y, policy in enumerate(policies):
        rows = days[(days["policy"] == policy) & (days["futures"] > 0)]
        if len(rows):
            _rise(made, y, rows, runs, horizon)
    known = reasons.assign(reason=[reason if reason in REASONS else OTHER for reason in reasons["reason"]])
    _bars(made, policies, known)
    _legend(made, known)
    made.figure.update_layout(barmode="stack")
    caption = (
        f"Of {runs:,} matched futures of each policy. Left: the share that has parted by each day; a row is as high as all of them. Right: "
        "what makes the difference at the first act that only one of two futures has: another order, obedience to somebody else, an answer "
        "decided otherwise, an attack that does other harm, another pace of attacks, or the same act done in another way; shares of those "
        "pairs that were told to find out."
    )
    return Picture("partings", title, caption, made.figure, days)


def _note(rows: pd.DataFrame, parted: int, runs: int) -> str:
    """Return how many part, and by when half of these."""
    if not parted:
        return "none part"
    return f"{percent(parted / runs)} part, half by day {_middle(rows)}"


def _middle(rows: pd.DataFrame) -> int:
    """Return the day by which half of those that part have parted."""
    return int(rows["day"].iloc[int(np.searchsorted(rows["futures"].cumsum(), rows["futures"].sum() / 2))])


def _rise(made: Columns, y: int, rows: pd.DataFrame, runs: int, horizon: int) -> None:
    """Draw the share that has parted by each day, standing on its row."""
    ground = y + TALL / 2
    xs, ys = [0.0], [ground]
    for day, parted in zip(rows["day"], rows["futures"].cumsum(), strict=True):
        xs += [float(day), float(day)]
        ys += [ys[-1], ground - TALL * float(parted) / runs]
    made.figure.add_scatter(
        x=[*xs, float(horizon), float(horizon), 0.0], y=[*ys, ys[-1], ground, ground], mode="lines", line={"width": 0}, fill="toself",
        fillcolor=PALE_BLUE, hoverinfo="skip", **made.where(0),
    )  # fmt: skip
    made.figure.add_scatter(
        x=[*xs, float(horizon)], y=[*ys, ys[-1]], mode="lines", line={"color": BLUE, "width": 1.5}, hoverinfo="skip", **made.where(0)
    )


def _bars(made: Columns, policies: Sequence[str], reasons: pd.DataFrame) -> None:
    """Draw the shares of reasons, one bar a policy."""
    told = reasons.groupby(["policy", "reason"])["pairs"].sum() if len(reasons) else {}
    all_of = reasons.groupby("policy")["pairs"].sum() if len(reasons) else {}
    for reason, (words, colour) in REASONS.items():
        shares = [float(told.get((policy, reason), 0)) / float(all_of.get(policy, 1)) for policy in policies]
        if any(shares):
            made.figure.add_bar(
                x=shares, y=list(range(len(policies))), orientation="h", width=0.5, marker={"color": colour},
                text=[words if part >= LETTER * len(words) else "" for part in shares], textposition="inside", textangle=0,
                insidetextanchor="middle", textfont={"size": 10}, **made.where(1),
                hovertemplate=[f"{words}: {share(part)}<extra></extra>" for part in shares],
            )  # fmt: skip


def _legend(made: Columns, reasons: pd.DataFrame) -> None:
    """Name the colours that are used, under the picture."""
    used = set(reasons["reason"]) if len(reasons) else set()
    named = [f"<span style='color:{colour}'>■</span> {words}" for reason, (words, colour) in REASONS.items() if reason in used]
    made.figure.update_layout(margin={"b": 52}, height=made.figure.layout.height + 26)
    made.figure.add_annotation(
        x=1, y=0, xref="paper", yref="paper", xanchor="right", yanchor="top", yshift=-28, showarrow=False, font={"size": 10, "color": INK},
        text=f"{NBSP * 3}".join(named),
    )  # fmt: skip
