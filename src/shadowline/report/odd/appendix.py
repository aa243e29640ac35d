"""The appendix of the ODD document: every number that a run of the scenario rests on, one by one, so that it can be replicated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shadowline.engine.tables import the_catalogue
from shadowline.report.odd.numbers import OUTSIDE, SHARED, UNITS, number_of, number_text
from shadowline.report.odd.writing import code, listed, plain, table
from shadowline.scenario.census import take_census
from shadowline.scenario.schema import TABLES, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shadowline.parameters import Parameter
    from shadowline.report.odd.numbers import Row
    from shadowline.scenario.census import Stated
    from shadowline.scenario.load import Scenario

READING = """\
Every number that the scenario states, then every default that is drawn from the model's own range, each under the path by which a \
scenario or `--set` reaches it. Values stand as the scenario has them, in the unit given: *mode (low to high)* is a PERT distribution, \
*evenly* a uniform one; *solved for* a count means a quiet rate at which that count is expected over so many days. A path that begins \
with `defaults` holds for all rows that state no number of their own; they share one draw. Defaults that are not drawn have one value, \
which stands in section 7. {outside} marks what reaches beyond the model's range by this scenario's choice."""
HEADINGS = ("path", "value or range", "unit", "rests on")
OTHER_UNITS = (
    (r"\.times(\.|$)", "factor"),
    (r"^movements\.|\.past_handlers\.|\.control$|\.error$|\.generosity_of_doctrine$", "share"),
    (r"\.order\.(fixed$|schedule\.)", "order, 0 to 1.5"),
)
"""Units of stated numbers that are no parameter of a row, by their path."""
DIGITS = 10


def every_number(scenario: Scenario, numbers: dict[tuple[str, str], list[Row]]) -> str:
    """Return the appendix of a scenario; ``numbers`` are those of its tables by parameter, which say what each measures."""
    rows = {row.slot.path: (parameter, row) for parameter, row in _with_parameters(numbers)}
    census = take_census(scenario.document, the_catalogue())
    stated = sorted((*census.evidence, *census.judgement), key=lambda number: number.path)
    lines = [_stated_line(number, rows) for number in stated]
    lines.extend(_default_line(*rows[path]) for path in sorted(rows) if _is_drawn_default(path, rows[path][1]))
    return f"{READING.format(outside=OUTSIDE)}\n\n{table(HEADINGS, lines)}"


def _with_parameters(numbers: dict[tuple[str, str], list[Row]]) -> Iterator[tuple[Parameter, Row]]:
    for (of, name), rows in numbers.items():
        parameter = the_catalogue().get(of, name)
        if parameter is not None:
            yield from ((parameter, row) for row in rows)


def _is_drawn_default(path: str, row: Row) -> bool:
    """Return whether a number is left to the model and differs between parameter draws."""
    return path.startswith(SHARED) and not row.slot.stated and not row.slot.number.is_certain


def _stated_line(stated: Stated, rows: dict[str, tuple[Parameter, Row]]) -> tuple[str, ...]:
    """Return the line of a number that the scenario states."""
    outside = stated.path in rows and rows[stated.path][1].outside
    value = number_text(stated.number, _exactly) + (f" {OUTSIDE}" if outside else "")
    named = listed(code(entry) for entry in stated.number.because)
    rests = named if not stated.judgement else f"judgement; see {named}" if named else "judgement"
    return code(stated.path), value, _unit(stated.path, rows), rests


def _default_line(parameter: Parameter, row: Row) -> tuple[str, ...]:
    """Return the line of a default that is drawn."""
    value = number_text(number_of(row.slot), _exactly)
    return code(row.slot.path), value, UNITS[parameter.unit], f"the model's range: {plain(parameter.source)}"


def _unit(path: str, rows: dict[str, tuple[Parameter, Row]]) -> str:
    """Return the unit of a stated number: its parameter's; a shock's sum or setting has that of what it changes."""
    target = path.split(".", 3)[-1] if path.startswith("shocks.") and ".times." not in path else path
    parameter = rows[target][0] if target in rows else _of_defaults(target)
    if parameter is not None:
        return UNITS[parameter.unit]
    return next((unit for sign, unit in OTHER_UNITS if re.search(sign, target)), "number")


def _of_defaults(path: str) -> Parameter | None:
    """Return the parameter of a default that no row uses, since all state their own."""
    if not path.startswith(SHARED):
        return None
    _, kind, name = path.split(".", 2)
    return next((found for table_ in TABLES if kind_of(table_) == kind and (found := the_catalogue().get(table_, name))), None)


def _exactly(number: float) -> str:
    """Return a number with all digits that somebody may have written."""
    return f"{number:.{DIGITS}g}"
