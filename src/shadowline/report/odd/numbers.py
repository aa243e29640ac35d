"""The numbers of a scenario by the parameter they give a value to: what stands in each row, in few words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from shadowline.engine.tables import the_catalogue
from shadowline.report.odd.writing import amount, code, counted, listed, plain, span, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shadowline.engine.build import Model
    from shadowline.engine.numbers import Slot
    from shadowline.parameters import Parameter
    from shadowline.scenario.numbers import Number

PATHS = {
    "model": "defaults.model.{}",
    "adversaries": "actors.ADVERSARY.{}",
    "principals": "actors.PRINCIPAL.{}",
    "factions": "actors.PRINCIPAL.factions.FACTION.{}",
    "wishes": "actors.PRINCIPAL.factions.FACTION.{}",
    "proxies": "actors.PROXY.{}",
    "ties": "ties.PRINCIPAL>PROXY.{}",
    "bodies": "bodies.BODY.{}",
    "memberships": "bodies.BODY.{}",
    "dyads": "dyads.PRINCIPAL>ADVERSARY.{}",
    "targets": "targets.TARGET.{}",
    "fronts": "fronts.PROXY>TARGET.{}",
    "theatres": "theatres.THEATRE.{}",
    "lines": "lines.LINE.{}",
    "spells": "spells.N.obeys.PRINCIPAL",
}
"""How a scenario, or ``--set``, reaches a parameter of each table; words in capitals stand for an id."""
UNITS = {"1/day": "a day", "day": "days", "share": "share", "number": "number"}
FEW = 3
"""Up to so many different values are listed one by one."""
FEW_ROWS = 4
"""Up to so many rows are named beside a value."""
MIDDLE_DIGITS = 3
OUTSIDE = "†"
"""Mark of a value that reaches beyond the model's range because the scenario says so."""
ENDS = ("value", "low", "mode", "high")
MOST = np.array([0.05, 0.95])
ROUNDING = 1e-9
SHARED = "defaults."
"""How the path of a number begins that rows share because they state none."""
WHOLE = "defaults.model."
"""Numbers of the whole scenario have no rows."""
HEADINGS = ("parameter", "in this scenario", "range", "unit", "meaning", "source of the model's default", "value rests on")


class Row(NamedTuple):
    """One number of one row, the name of the row, and whether a scenario's own value leaves the model's range."""

    name: str
    slot: Slot
    outside: bool


def numbers_by_parameter(model: Model) -> dict[tuple[str, str], list[Row]]:
    """Return the numbers of every parameter's rows, by table and name of the parameter."""
    places = {
        model.layout.address(parameter.of, row, parameter.column, max(parameter.rung, 0)): parameter
        for parameter in the_catalogue().parameters
        for row in range(model.layout.rows.get(parameter.of, 0))
    }
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for slot in model.slots:
        parameter = places[slot.address]
        row = Row(_row_name(slot.path, parameter), slot, slot.stated and leaves_range(number_of(slot), parameter))
        rows[parameter.of, parameter.name].append(row)
    return rows


def leaves_range(number: Number, parameter: Parameter) -> bool:
    """Return whether a number reaches beyond the range that the model declares for its parameter.

    A number with stated ends is held to these, another to its 5-95 % range. A parameter whose range is one point has none to leave, and a
    total that the model has to meet is known only draw by draw.
    """
    if number.is_solved or parameter.low == parameter.high:
        return False
    ends = [number.parts[key] for key in ENDS if key in number.parts] or number.quantiles(MOST).tolist()
    return min(ends) < parameter.low - ROUNDING or max(ends) > parameter.high + ROUNDING


def _row_name(path: str, parameter: Parameter) -> str:
    """Return the row that a path leads to, without its table and the number's own name."""
    if parameter.of == "spells":
        _, number, _, principal = path.split(".", 3)
        return f"{principal} in spell {number}"
    name = path.partition(".")[2].removesuffix(f".{parameter.name}")
    return name.replace(".factions.", " ").replace(f".{parameter.name}.", " toward ")


TEXTS = {
    "value": "{value}",
    "range": "{mode} ({low} to {high})",
    "uniform": "{low} to {high}, evenly",
    "normal": "{mean} ± {spread} (normal)",
    "beta": "{mean} ± {spread} (beta)",
    "gamma": "{mean} ± {spread} (gamma)",
    "lognormal": "{median} within a factor of {factor} (lognormal)",
    "total": "solved for {total} in {over} days × {times} at a gate of {gate}",
    "ratio": "{total} in {over} days against {against_total} in {against_over} days",
}
"""How each form of number is shown."""


def number_text(number: Number, say: Callable[[float], str] = amount) -> str:
    """Return a number as a reader takes it in: a value, a range with its mode before it, or a distribution; ``say`` spells its parts."""
    parts = {key: say(value) for key, value in number.parts.items()}
    if number.shape == "range" and number.is_certain:
        return parts["mode"]
    return TEXTS[number.shape].format(**parts).removesuffix(" at a gate of 1").removesuffix(" × 1")


def value_text(rows: Sequence[Row]) -> str:
    """Return the values of a parameter's rows: listed where they are few, else as a span of their middles."""
    own = [row for row in rows if not row.slot.path.startswith(SHARED)]
    shared = [row for row in rows if row.slot.path.startswith(SHARED)]
    parts = [_own_values(own, alone=not shared)] if own else []
    if shared:
        parts.append(_shared_value(shared, alone=not own))
    return "; ".join(parts) or "no row"


def _shared_value(rows: Sequence[Row], *, alone: bool) -> str:
    """Return the value that rows have in common because they state none: the scenario's default or the model's."""
    slot = rows[0].slot
    if slot.path.startswith(WHOLE):
        return _text(rows[0]) + ("" if slot.stated else ", the model's default")
    whose = "scenario" if slot.stated else "model"
    return f"{_text(rows[0])} for {_which_rows(len(rows), alone=alone)}, the {whose}'s default"


def _which_rows(count: int, *, alone: bool) -> str:
    """Return "all 3 rows", "the other row" and the like."""
    if count == 1:
        return "the one row" if alone else "the other row"
    return "both rows" if alone and count == 2 else f"{'all' if alone else 'the other'} {count} rows"


def _own_values(rows: Sequence[Row], *, alone: bool) -> str:
    """Return the values that rows state for themselves."""
    by_text: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_text[_text(row)].append(row)
    if len(by_text) > FEW:
        middles = [number_of(row.slot).middle() for row in rows]
        beyond = sum(row.outside for row in rows)
        marked = f", {beyond} of them {OUTSIDE}" if beyond else ""
        return f"{span(min(middles), max(middles), MIDDLE_DIGITS)} (middles of {counted(len(rows), 'row')}{marked})"
    if len(by_text) == 1 and alone:
        return f"{next(iter(by_text))} for {_which_rows(len(rows), alone=True)}"
    return "; ".join(f"{text} for {_whose(same)}" for text, same in by_text.items())


def _whose(rows: Sequence[Row]) -> str:
    """Return the names of a few rows, or how many there are."""
    names = list(dict.fromkeys(row.name for row in rows))
    return counted(len(rows), "row") if len(names) > FEW_ROWS else listed(plain(name) for name in names)


def number_of(slot: Slot) -> Number:
    """Return the number of a slot, which the engine knows only as a quantity."""
    number: Any = slot.number
    return number  # type: ignore[no-any-return]


def _text(row: Row) -> str:
    """Return the number of a row, marked where it leaves the model's range."""
    return number_text(number_of(row.slot)) + (f" {OUTSIDE}" if row.outside else "")


def grounds_text(rows: Sequence[Row]) -> str:
    """Return whether the values rest on evidence or on judgement."""
    judged = sum(row.slot.judgement for row in rows)
    if not rows:
        return "–"
    if judged in {0, len(rows)}:
        return "judgement" if judged else "evidence"
    return f"judgement in {judged} of {len(rows)} rows"


def parameter_table(parameters: Iterable[Parameter], numbers: dict[tuple[str, str], list[Row]]) -> str:
    """Return a table of parameters with path, value in the scenario, range, unit, meaning and source."""
    rows = []
    for parameter in parameters:
        here = numbers.get((parameter.of, parameter.name), [])
        cells = (span(parameter.low, parameter.high), UNITS[parameter.unit], plain(parameter.meaning), plain(parameter.source))
        rows.append((code(PATHS[parameter.of].format(parameter.name)), value_text(here), *cells, grounds_text(here)))
    return table(HEADINGS, rows)
