"""When matched futures part, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from shadowline.futures.wording import percent
from shadowline.report.figures.columns import columns_of
from shadowline.report.figures.style import AMBER, BLUE, GREEN, INK, MIST, MUTED, PAPER, RED, Picture, nice_ticks, number, share

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
    "fate": ("something else", "#8a949e"),
}
"""The reasons for which futures part, as the picture names them, and their colours."""
BINS: Final = 30
TALL: Final = 0.78
SHARES: Final = ((0.0, 0.5), (0.56, 1.0))
PITCH: Final = 32
WRITTEN: Final = 0.16
"""Share from which a reason is written into its bar."""


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
    names = [f"{policy} ({percent(parted[policy] / runs)} part)" for policy in policies]
    headings = [("Day on which they part", "days from day 0; line: the middle one"), ("Over what they part", _legend(reasons))]
    made = columns_of((title, alt), names, headings, pitch=PITCH, shares=SHARES)
    ticks = [tick for tick in nice_ticks(float(horizon), 4) if tick <= horizon]
    made.scaled(0, (0.0, float(horizon)), ticks, [number(tick) for tick in ticks])
    made.scaled(1, (0.0, 1.0), [0.0, 0.5, 1.0], [share(tick) for tick in (0.0, 0.5, 1.0)])
    for y, policy in enumerate(policies):
        rows = days[(days["policy"] == policy) & (days["futures"] > 0)]
        if len(rows):
            _hill(made, y, rows, horizon)
    _bars(made, policies, reasons)
    made.figure.update_layout(barmode="stack")
    caption = (
        f"Of {runs:,} matched futures of each policy. Left: how the days lie on which they part, each hill of the same height. Right: the "
        "first act that only one of two futures has, by what makes the difference: another order, obedience to somebody else, an answer "
        "decided otherwise, an attack of other harm, or another pace; shares of those pairs that were told to find out."
    )
    data = days.merge(reasons, on="policy", how="outer") if False else days  # noqa: SIM210
    return Picture("partings", title, caption, made.figure, data)


def _legend(reasons: pd.DataFrame) -> str:
    return ""


def _hill(made: Columns, y: int, rows: pd.DataFrame, horizon: int) -> None:
    """Draw how days lie, as a hill that stands on its row, with a line at the middle one."""
    edges = np.linspace(0, horizon, BINS + 1)
    heights, _ = np.histogram(rows["day"] + 0.5, bins=edges, weights=rows["futures"])
    ground, tall = y + 0.38, heights / heights.max() * TALL
    xs, ys = [0.0], [ground]
    for n, height in enumerate(tall):
        xs += [float(edges[n]), float(edges[n + 1])]
        ys += [float(ground - height)] * 2
    made.figure.add_scatter(
        x=[*xs, float(horizon), 0.0], y=[*ys, ground, ground], mode="lines", line={"color": BLUE, "width": 1}, fill="toself",
        fillcolor=MIST, hoverinfo="skip", **made.where(0),
    )  # fmt: skip
    middle = int(rows["day"].iloc[int(np.searchsorted(rows["futures"].cumsum(), rows["futures"].sum() / 2))])
    made.figure.add_scatter(
        x=[middle + 0.5] * 2, y=[ground, ground - TALL], mode="lines", line={"color": INK, "width": 2},
        hovertemplate=f"half of them by day {middle}<extra></extra>", **made.where(0),
    )  # fmt: skip


def _bars(made: Columns, policies: Sequence[str], reasons: pd.DataFrame) -> None:
    """Draw the shares of reasons, one bar a policy."""
    told = reasons.groupby(["policy", "reason"])["pairs"].sum() if len(reasons) else {}
    all_of = reasons.groupby("policy")["pairs"].sum() if len(reasons) else {}
    for reason, (words, colour) in REASONS.items():
        shares = [float(told.get((policy, reason), 0)) / float(all_of.get(policy, 1)) for policy in policies]
        if any(shares):
            made.figure.add_bar(
                x=shares, y=list(range(len(policies))), orientation="h", width=0.5, marker={"color": colour},
                text=[words if part >= WRITTEN else "" for part in shares], textposition="inside", insidetextanchor="middle", textangle=0,
                textfont={"size": 10}, hovertemplate=[f"{words}: {share(part)}<extra></extra>" for part in shares], **made.where(1),
            )  # fmt: skip
