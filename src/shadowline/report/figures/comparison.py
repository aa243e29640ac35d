"""Policies side by side: what each does to everything watched, and in how many matched futures it avoids or causes what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shadowline.futures.wording import capital, whole
from shadowline.report.figures.columns import columns_of, dealt
from shadowline.report.figures.signed import scale_for, signed
from shadowline.report.figures.style import AMBER, BLUE, INK, PAPER, Picture
from shadowline.scenario.experiments import AS_IT_IS
from shadowline.study.measures import LEVEL, change_text, level_text, places_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from shadowline.report.figures.columns import Columns
    from shadowline.report.figures.signed import Scale
    from shadowline.study.measures import Measure

MOST_COLUMNS: Final = 3
TEXT_ROOM: Final = 0.3
"""Room beyond the longest bar for its number, as a share of all bars."""


def base_name(table: pd.DataFrame) -> str:
    """Return in words what the policies of a table of effects are held against."""
    name = str(table["against"].iloc[0])
    return "as it is" if name == AS_IT_IS else f"under {name}"


def heading(measure: Measure) -> str:
    """Return what is watched as a heading: what a scenario says of it, or the question."""
    return measure.asks if measure.asks in measure.says else capital(measure.says)


def effects_figures(table: pd.DataFrame, measures: Mapping[str, Measure]) -> list[Picture]:
    """Return what each policy does to each thing watched, three at a time, chances first.

    Parameters
    ----------
    table : DataFrame
        As of `Comparison.table`.
    measures : mapping of str to Measure
        What is watched, by name.
    """
    moved = [key for key in measures if (table.loc[table["outcome"] == key, "differing"] > 0).any()]
    made = []
    for chance in (True, False):
        groups = dealt([key for key in moved if measures[key].is_chance is chance], MOST_COLUMNS)
        for n, keys in enumerate(groups if groups != [[]] else []):
            name = f"effects-{'chances' if chance else 'counts'}" + ("" if n == 0 else f"-{n + 1}")
            made.append(_effects(name, table[table["outcome"].isin(keys)], [measures[key] for key in keys]))
    return made


def _effects(name: str, table: pd.DataFrame, measures: Sequence[Measure]) -> Picture:
    """Return one picture of at most three things watched."""
    chance = measures[0].is_chance
    policies = list(dict.fromkeys(table["policy"]))
    title = "What each policy does to the chances" if chance else "What each policy does to counts and levels"
    against = base_name(table)
    parts = [table[table["outcome"] == measure.key].set_index("policy").loc[policies] for measure in measures]
    headings = [
        (heading(measure), f"{_level(measure, float(rows['base'].iloc[0]))} {against}")
        for measure, rows in zip(measures, parts, strict=True)
    ]
    made = columns_of((title, _alternative(table, measures)), policies, headings)
    stretched = False
    for n, (measure, rows) in enumerate(zip(measures, parts, strict=True)):
        scale = scale_for([*(rows["low"] * measure.factor), *(rows["high"] * measure.factor)])
        stretched |= scale.knee is not None
        ticks = scale.ticks()
        made.scaled(n, scale.ends, [scale.place(tick) for tick in ticks], [signed(tick) for tick in ticks])
        made.line(n, 0.0)
        _dots(made, n, rows, measure, scale)
    caption = (
        f"Difference from the same futures {against}, with its 95 % interval (Monte Carlo)"
        + (", in percentage points. " if chance else ". ")
        + "Full dot: more than chance would do (p < .05); open dot: it may be chance; no dot: no future differs. Each has its own scale"
        + ("; where one policy dwarfs the others it is stretched around zero, as its ticks show." if stretched else ".")
    )
    return Picture(name, title, caption, made.figure, table)


def _dots(made: Columns, n: int, rows: pd.DataFrame, measure: Measure, scale: Scale) -> None:
    """Draw the differences of one thing watched."""
    shown = [(y, row) for y, row in enumerate(rows.itertuples()) if row.differing]
    xs: list[float | None] = []
    ys: list[int | None] = []
    for y, row in shown:
        xs += [scale.place(row.low * measure.factor), scale.place(row.high * measure.factor), None]
        ys += [y, y, None]
    where = made.where(n)
    made.figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": BLUE, "width": 2.5}, hoverinfo="skip", **where)
    made.figure.add_scatter(
        x=[scale.place(row.difference * measure.factor) for _, row in shown],
        y=[y for y, _ in shown],
        mode="markers",
        marker={"size": 8, "color": [BLUE if row.p < LEVEL else PAPER for _, row in shown], "line": {"color": BLUE, "width": 1.5}},
        hovertemplate=[f"{row.Index}: {_told(measure, row)}<extra></extra>" for _, row in shown],
        **where,
    )


def _level(measure: Measure, value: float) -> str:
    """Return a level with its unit, as a heading says it."""
    places = (
        (0 if 0.1 <= value <= 0.95 else 1 if value >= 0.01 else 2) if measure.is_chance else 0 if value >= 100 else 1 if value >= 10 else 2
    )
    return f"{level_text(measure, value, places)} {measure.unit}".rstrip()


def _told(measure: Measure, row: object) -> str:
    """Return a difference and its interval for one who points at it."""
    low, high, gap = (getattr(row, name) for name in ("low", "high", "difference"))
    places = places_for(measure, low, high)
    unit = " points" if measure.is_chance else ""
    return f"{change_text(measure, gap, places)}{unit}, {change_text(measure, low, places)} to {change_text(measure, high, places)}"


def _alternative(table: pd.DataFrame, measures: Sequence[Measure]) -> str:
    """Return in words which policy lowers and which raises each thing most."""
    parts = []
    for measure in measures:
        rows = table[table["outcome"] == measure.key].set_index("policy")["difference"]
        low, high = str(rows.idxmin()), str(rows.idxmax())
        ends = [f"lowest under {low}"] if rows[low] < 0.0 else []
        ends += [f"highest under {high}"] if rows[high] > 0.0 else []
        parts.append(f"{measure.says}: {' and '.join(ends) or 'no difference'}")
    return "; ".join(parts)


def discordant_figures(table: pd.DataFrame, measures: Mapping[str, Measure], runs: int) -> list[Picture]:
    """Return in how many matched futures each policy avoids (left) and causes (right) each yes-or-no outcome.

    Parameters
    ----------
    table, measures
        As for `effects_figures`.
    runs : int
        Matched futures.
    """
    counted = table[table["avoided"].notna()]
    told = counted.groupby("outcome")[["avoided", "caused"]].sum().sum(axis=1)
    keys = [key for key in measures if told.get(key, 0) > 0]
    return [
        _discordant(n, counted[counted["outcome"].isin(group)], [measures[key] for key in group], runs)
        for n, group in enumerate(dealt(keys, MOST_COLUMNS) if keys else [])
    ]


def _discordant(n: int, table: pd.DataFrame, measures: Sequence[Measure], runs: int) -> Picture:
    policies = list(dict.fromkeys(table["policy"]))
    title = "In how many matched futures it is avoided, and in how many caused"
    alt = "; ".join(f"{measure.says}: avoided to the left, caused to the right" for measure in measures)
    against = base_name(table)
    parts = [table[table["outcome"] == measure.key].set_index("policy").loc[policies] for measure in measures]
    headings = [
        (heading(measure), f"in {int(rows['happened'].iloc[0]):,} of {runs:,} {against}")
        for measure, rows in zip(measures, parts, strict=True)
    ]
    made = columns_of((title, alt), policies, headings)
    for place, rows in enumerate(parts):
        _backs(made, place, rows)
    made.figure.update_layout(barmode="overlay")
    caption = (
        f"Left, blue: matched futures in which it happens {against} and not under the policy. Right, amber: futures in which it happens "
        f"only under the policy. Of {runs:,} futures; each has its own scale."
    )
    kept = table[["policy", "against", "outcome", "happened", "avoided", "caused"]].assign(runs=runs)
    return Picture("avoided-and-caused" + ("" if n == 0 else f"-{n + 1}"), title, caption, made.figure, kept)


def _backs(made: Columns, n: int, rows: pd.DataFrame) -> None:
    """Draw bars back to back."""
    avoided, caused = ([int(count) for count in rows[name]] for name in ("avoided", "caused"))
    span = max(1, max(avoided) + max(caused))
    low, high = -(max(avoided) + TEXT_ROOM * span), max(caused) + TEXT_ROOM * span
    made.scaled(n, (low, high), [0.0], ["0"])
    made.line(n, 0.0)
    ys = list(range(len(rows)))
    for counts, sign, colour, verb in ((avoided, -1, BLUE, "avoided"), (caused, 1, AMBER, "caused")):
        made.figure.add_bar(
            x=[sign * count for count in counts],
            y=ys,
            orientation="h",
            width=0.62,
            marker={"color": colour},
            text=[whole(count) if count else "" for count in counts],
            textposition="outside",
            textfont={"size": 10, "color": INK},
            cliponaxis=False,
            hovertemplate=[f"{policy}: {count:,} {verb}<extra></extra>" for policy, count in zip(rows.index, counts, strict=True)],
            **made.where(n),
        )
