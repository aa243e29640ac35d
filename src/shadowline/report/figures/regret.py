"""Who would regret which policy: mean regret over beliefs, and the share of beliefs in which a policy is the best of those compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shadowline.futures.wording import spoken
from shadowline.report.figures.columns import columns_of, dealt
from shadowline.report.figures.style import INK, Picture
from shadowline.study.measures import believed

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from shadowline.futures.wording import Wording
    from shadowline.report.figures.columns import Columns
    from shadowline.study.measures import Measure

MOST_COLUMNS: Final = 6
PITCH: Final = 30
SHADES: Final = ("#ffffff", "#faeeec", "#f3dad4", "#ebc3ba", "#e2a99d")
"""From no regret to the highest of a column."""
GAP: Final = 0.008


def regret_figures(table: pd.DataFrame, measures: Mapping[str, Measure], wording: Wording) -> list[Picture]:
    """Return who would regret which policy, at most six of what sides mind at a time; ``table`` as of `Comparison.regrets`."""
    if not len(table):
        return []
    columns = {f"{row.actor} {row.outcome}": (str(row.actor), str(row.outcome)) for row in table.itertuples()}
    groups = [[columns[key] for key in keys] for keys in dealt(list(columns), MOST_COLUMNS)]
    return [_matrix(n, table, pairs, measures, wording) for n, pairs in enumerate(groups)]


def _matrix(n: int, table: pd.DataFrame, pairs: list[tuple[str, str]], measures: Mapping[str, Measure], wording: Wording) -> Picture:
    policies = list(dict.fromkeys(table["policy"]))
    title = "Who would regret which policy"
    parts = {pair: table[(table["actor"] == pair[0]) & (table["outcome"] == pair[1])].set_index("policy").loc[policies] for pair in pairs}
    alt = "; ".join(
        f"{wording.label(a)}, {measures[key].says}: best in most beliefs is {part['best_in'].idxmax()}" for (a, key), part in parts.items()
    )
    headings = [(wording.label(actor), f"wants {parts[actor, key]['wants'].iloc[0]}: {spoken(key)}") for actor, key in pairs]
    shares = tuple((place / len(pairs) + GAP / 2, (place + 1) / len(pairs) - GAP / 2) for place in range(len(pairs)))
    made = columns_of((title, alt), policies, headings, pitch=PITCH, shares=shares, ruled=False)
    for place, pair in enumerate(pairs):
        _cells(made, place, parts[pair], measures[pair[1]])
        made.scaled(place, (0.0, 1.0), [], [])
    caption = (
        "Upper number: by how much a policy does worse than the best of those compared, on average over parameter draws, each a belief "
        "about the world (chances in percentage points); the darker, the more, column by column. Lower number: share of beliefs in which "
        "no policy does better, where there are such beliefs; bold where it is the largest of its column."
    )
    kept = table[[(row.actor, row.outcome) in pairs for row in table.itertuples()]]
    return Picture("regret" + ("" if n == 0 else f"-{n + 1}"), title, caption, made.figure, kept)


def _cells(made: Columns, n: int, rows: pd.DataFrame, measure: Measure) -> None:
    """Fill one column."""
    worst, best = float(rows["mean_regret"].max()), float(rows["best_in"].max())
    ys = list(range(len(rows)))
    shades = [SHADES[0 if worst <= 0.0 else round(regret / worst * (len(SHADES) - 1))] for regret in rows["mean_regret"]]
    made.figure.add_bar(
        x=[1.0] * len(ys), y=ys, orientation="h", width=0.94, marker={"color": shades}, hoverinfo="skip", **made.where(n)
    )  # fmt: skip
    made.figure.add_scatter(
        x=[0.5] * len(ys),
        y=ys,
        mode="text",
        text=[_cell(measure, row.mean_regret, row.best_in, best) for row in rows.itertuples()],
        textfont={"size": 10, "color": INK},
        hoverinfo="skip",
        **made.where(n),
    )


def _cell(measure: Measure, regret: float, best_in: float, best: float) -> str:
    """Return what one cell says: a regret, and under it in how many beliefs nothing does better."""
    if best_in <= 0.0:
        return _regret_text(measure, regret)
    lower = f"best in {believed(best_in)}"
    return f"{_regret_text(measure, regret)}<br>{f'<b>{lower}</b>' if best_in == best else lower}"


def _regret_text(measure: Measure, value: float) -> str:
    """Return a regret with two digits that mean something."""
    text = f"{value * measure.factor:.2g}" if value * measure.factor < 10 else f"{value * measure.factor:,.0f}"
    return "0" if value * measure.factor < 0.0005 else text
