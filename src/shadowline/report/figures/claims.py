"""All claims at a glance: what each lever does to what is watched, relative to its level, by verdict."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from shadowline.futures.wording import capital, counted, spoken
from shadowline.report.figures.columns import columns_of, dealt
from shadowline.report.figures.signed import Scale, signed
from shadowline.report.figures.style import AMBER, BLUE, GREEN, INK, MIST, MUTED, PAPER, RED, Picture
from shadowline.study.measures import believed, level_text, places_for
from shadowline.study.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from shadowline.report.figures.columns import Columns
    from shadowline.study.measures import Measure

MOST_ROWS: Final = 24
PITCH: Final = 31
LEFT, RIGHT = 218, 186
KNEE: Final = 2.0
"""Per cent of the level from which the scale is logarithmic."""
FARTHEST: Final = 10_000.0
LOOKS: Final = {
    Verdict.SUPPORTED: (GREEN, "circle"),
    Verdict.CONTRADICTED: (RED, "diamond"),
    Verdict.CONDITIONAL: (AMBER, "square"),
    Verdict.TOO_SMALL: (MUTED, "circle"),
    Verdict.IDENTITY: (BLUE, "triangle-up"),
}
"""Colour and symbol of each verdict, in the order in which they are shown."""
HEADINGS: Final = {Verdict.TOO_SMALL: "Too small to tell", Verdict.IDENTITY: "Identities of the model"}


def verdict_name(verdict: Verdict) -> str:
    """Return a verdict as a heading."""
    return HEADINGS.get(verdict, capital(str(verdict)))


def claims_figures(table: pd.DataFrame, measures: Mapping[str, Measure]) -> list[Picture]:
    """Return the claims by verdict, at most 24 a picture, all on one scale.

    Parameters
    ----------
    table : DataFrame
        One row per claim with what `ClaimResult.as_json` says of it, and ``within``.
    measures : mapping of str to Measure
        What is watched, by name.
    """
    scale = _scale(table)
    made = []
    for verdict in LOOKS:
        rows = table[table["verdict"] == str(verdict)]
        groups = dealt(list(rows["id"]), MOST_ROWS) if len(rows) else []
        for n, keys in enumerate(groups):
            part = (n + 1, len(groups)) if len(groups) > 1 else None
            made.append(_overview(verdict, rows[rows["id"].isin(keys)], measures, scale, part))
    return made


def _relative(row: object, name: str) -> float:
    """Return an effect or an end of its interval in per cent of the level without the change; not finite where that is nothing."""
    base = float(row.base)  # type: ignore[attr-defined]
    return 100.0 * float(getattr(row, name)) / abs(base) if base else math.nan


def _scale(table: pd.DataFrame) -> Scale:
    """Return the scale on which all claims are shown."""
    found = [_relative(row, name) for row in table.itertuples() for name in ("low", "high")]
    known = [min(max(value, -FARTHEST), FARTHEST) for value in found if math.isfinite(value)]
    return Scale(min([-10.0, *known]), max([10.0, *known]), KNEE)


def _overview(verdict: Verdict, rows: pd.DataFrame, measures: Mapping[str, Measure], scale: Scale, part: tuple[int, int] | None) -> Picture:
    """Return the picture of one verdict, or of a part of those claims."""
    title = verdict_name(verdict) + ("" if part is None else f" ({part[0]} of {part[1]})")
    alt = f"{counted(len(rows), 'claim')}: " + "; ".join(f"{row.id} {_levels(measures[row.watch], row)}" for row in rows.itertuples())
    notes = [f"{spoken(row.watch)}: {row.expects}" for row in rows.itertuples()]
    made = columns_of(
        (title, alt), list(rows["id"]), [("Effect as a share of the level without the change", "in per cent; stretched around zero")],
        pitch=PITCH, left=LEFT, right=RIGHT, notes=notes,
    )  # fmt: skip
    ticks = scale.ticks()
    made.scaled(0, scale.ends, [scale.place(tick) for tick in ticks], [signed(tick) for tick in ticks])
    made.line(0, 0.0)
    _margins(made, rows, scale)
    _dots(made, rows, measures, scale, verdict)
    _texts(made, rows, measures)
    name = "claims-" + str(verdict).split()[0] + ("" if part is None or part[0] == 1 else f"-{part[0]}")
    caption = (
        "Bar: 95 % interval (Monte Carlo) of the effect."
        + (" Pale band: the margin within which an unchanged measure may move." if (rows["expects"] == "unchanged").any() else "")
        + " Right: the level without and with the change; the share of parameter draws, each a belief about the world, under which the "
        "effect is as claimed."
    )
    return Picture(name, title, caption, made.figure, rows)


def _margins(made: Columns, rows: pd.DataFrame, scale: Scale) -> None:
    """Draw how far a measure that is said to stay may move."""
    where = made.where(0)
    for y, row in enumerate(rows.itertuples()):
        if row.expects == "unchanged":
            edge = 100.0 * row.within
            made.figure.add_shape(
                type="rect", x0=scale.place(-edge), x1=scale.place(edge), y0=y - 0.36, y1=y + 0.36, layer="below",
                xref=where["xaxis"], yref=where["yaxis"], fillcolor=MIST, line={"width": 0},
            )  # fmt: skip


def _dots(made: Columns, rows: pd.DataFrame, measures: Mapping[str, Measure], scale: Scale, verdict: Verdict) -> None:
    """Draw effects and their intervals."""
    colour, symbol = LOOKS[verdict]
    shown = [(y, row) for y, row in enumerate(rows.itertuples()) if math.isfinite(_relative(row, "effect"))]
    xs: list[float | None] = []
    ys: list[int | None] = []
    for y, row in shown:
        xs += [scale.place(_relative(row, "low")), scale.place(_relative(row, "high")), None]
        ys += [y, y, None]
    where = made.where(0)
    made.figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": colour, "width": 2.5}, hoverinfo="skip", **where)
    made.figure.add_scatter(
        x=[scale.place(_relative(row, "effect")) for _, row in shown],
        y=[y for y, _ in shown],
        mode="markers",
        marker={
            "size": 9,
            "symbol": symbol,
            "color": PAPER if verdict is Verdict.TOO_SMALL else colour,
            "line": {"color": colour, "width": 1.5},
        },
        hovertemplate=[f"{row.id}: {_levels(measures[row.watch], row)}<extra></extra>" for _, row in shown],
        **where,
    )


def _levels(measure: Measure, row: object) -> str:
    """Return the level without and with the change."""
    low, high, base, changed = (float(getattr(row, name)) for name in ("low", "high", "base", "changed"))
    places = min(places_for(measure, low, high), 4)
    return f"{level_text(measure, base, places)} → {level_text(measure, changed, places)}"


def _texts(made: Columns, rows: pd.DataFrame, measures: Mapping[str, Measure]) -> None:
    """Write levels and shares of beliefs beside the picture."""
    here = {"xref": "paper", "showarrow": False}
    for text, at, anchor in (("level", 8, "left"), ("beliefs", RIGHT - 8, "right")):
        made.figure.add_annotation(
            x=1,
            xshift=at,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=6,
            xanchor=anchor,
            text=text,
            font={"size": 11, "color": MUTED},
            **here,
        )
    for y, row in enumerate(rows.itertuples()):
        share = "" if row.sign_share is None or math.isnan(row.sign_share) else believed(row.sign_share)
        for text, at, anchor, colour in ((_levels(measures[row.watch], row), 8, "left", INK), (share, RIGHT - 8, "right", INK)):
            made.figure.add_annotation(x=1, xshift=at, y=y, yref="y", xanchor=anchor, text=text, font={"size": 11, "color": colour}, **here)
