"""From the cells of one CSV line to one `Event`, with every fault named by file, line and column."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

from shadowline.errors import Code, InputError, Where, nearest_name
from shadowline.record.schema import LADDER_TOP, Act, Event, Form, Kind, KnownFrom, Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,9}", re.ASCII)
_PARTIAL_DATE: Final = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?)?", re.ASCII)


class CellError(ValueError):
    """A cell that cannot be read: what was expected, and the nearest valid word if there is one."""

    def __init__(self, expected: str, nearest: str | None = None, code: Code = Code.BAD_RECORD) -> None:
        super().__init__(expected)
        self.expected = expected
        self.nearest = nearest
        self.code = code


def text(cell: str) -> str:
    """Return the cell without outer blanks."""
    return cell.strip()


def required_text(cell: str) -> str:
    """Return the cell, which may not be empty."""
    if not cell.strip():
        raise CellError("some text")
    return cell.strip()


def name(cell: str) -> str:
    """Return an id, or nothing for an empty cell."""
    if cell and not _ID.fullmatch(cell):
        raise CellError("lower-case letters, digits and single hyphens", code=Code.BAD_ID)
    return cell


def required_name(cell: str) -> str:
    """Return an id, which may not be empty."""
    return name(required_text(cell))


def names(cell: str) -> tuple[str, ...]:
    """Return the ids of a cell in which semicolons part them."""
    return tuple(required_name(part) for part in cell.split(";")) if cell.strip() else ()


def links(cell: str) -> tuple[str, ...]:
    """Return the addresses of a cell in which blanks part them."""
    return tuple(cell.split())


def day(cell: str) -> date:
    """Return a full date."""
    try:
        return date.fromisoformat(cell if _DAY.fullmatch(cell) else "")
    except ValueError:
        raise CellError("a date such as 2024-01-30", code=Code.BAD_DATE) from None


def partial_date(cell: str) -> str:
    """Return a date, a month, a year or nothing, as the source gives it."""
    if not _PARTIAL_DATE.fullmatch(cell):
        raise CellError("2024-01-30, 2024-01, 2024 or nothing", code=Code.BAD_DATE)
    if len(cell) == len("2024-01-30"):
        day(cell)
    return cell


def number(cell: str) -> float | None:
    """Return a finite number that is not negative, or None for an empty cell."""
    if not cell:
        return None
    try:
        found = float(cell)
    except ValueError:
        raise CellError("a number or an empty cell") from None
    if not 0 <= found < float("inf"):
        raise CellError("a finite number that is not negative", code=Code.OUT_OF_RANGE)
    return found


def whole(cell: str) -> int | None:
    """Return a whole number that is not negative, or None for an empty cell."""
    if not cell:
        return None
    if not _WHOLE.fullmatch(cell):
        raise CellError("a whole number of at most nine digits, or an empty cell")
    return int(cell)


def rung(cell: str) -> int | None:
    """Return a rung of the ladder, or None for an empty cell."""
    found = whole(cell)
    if found is not None and found > LADDER_TOP:
        raise CellError(f"a rung from 0 to {LADDER_TOP}", code=Code.OUT_OF_RANGE)
    return found


def one_of(words: object) -> Callable[[str], str]:
    """Return a reader that lets through only the words of a `Literal`."""
    choices = get_args(words)

    def read(cell: str) -> str:
        if cell not in choices:
            listed = ", ".join(choice or "nothing" for choice in choices)
            raise CellError(f"one of {listed}", nearest_name(cell, filter(None, choices)), Code.UNKNOWN_CHOICE)
        return cell

    return read


READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "id": required_name,
    "form": one_of(Form),
    "kind": one_of(Kind),
    "what": required_text,
    "start": day,
    "end": day,
    "series": name,
    "definition": text,
    "value_low": number,
    "value": number,
    "value_high": number,
    "unit": text,
    "actor": names,
    "target": names,
    "patron": name,
    "territory": names,
    "theatre": name,
    "soldiers_killed": whole,
    "contractors_killed": whole,
    "others_killed_low": whole,
    "others_killed": whole,
    "others_killed_high": whole,
    "wounded_low": whole,
    "wounded": whole,
    "wounded_high": whole,
    "rung": rung,
    "act": one_of(Act),
    "claimed_by": names,
    "attributed_to": names,
    "ordered_by": names,
    "stance": one_of(Stance),
    "rule_tested": text,
    "answers": name,
    "days_since_trigger": whole,
    "counted_in": name,
    "note": text,
    "known_on": day,
    "known_from": one_of(KnownFrom),
    "source_title": required_text,
    "source_outlet": required_text,
    "source_date": partial_date,
    "source_url": required_text,
    "other_sources": links,
}
"""The columns of the event table, in the order in which they are written, each with its reader."""

REQUIRED: Final = frozenset(
    {"id", "form", "kind", "what", "start", "end", "known_on", "known_from"} | {"source_title", "source_outlet", "source_url"}
)


def read_row(cells: Mapping[str, str], where: Where) -> tuple[Event | None, list[InputError]]:
    """Return the row as an `Event`, or the faults found in it.

    Parameters
    ----------
    cells : mapping of str to str
        Column name to cell; absent columns count as empty.
    where : Where
        File and line of the row.

    Returns
    -------
    tuple of (Event or None, list of InputError)
        Exactly one of the two is empty.
    """
    values: dict[str, Any] = {}
    faults = []
    for column, cell in cells.items():
        try:
            values[column] = READERS[column](cell)
        except CellError as fault:
            faults.append(_fault(fault, cell, where, column))
    if faults:
        return None, faults
    event = Event(**values)
    faults = [
        InputError(Code.BAD_RECORD, message, where=Where(where.file, where.line, column)) for column, message in contradictions(event)
    ]
    return (None if faults else event), faults


def contradictions(event: Event) -> Iterator[tuple[str, str]]:
    """Yield column and message for everything in a row that contradicts itself."""
    yield from _dates(event)
    yield from _form(event)
    for column in ("value", "others_killed", "wounded"):
        low, best, high = (getattr(event, column + end) for end in ("_low", "", "_high"))
        if best is None and (low is not None or high is not None):
            yield column, "a lowest or highest figure without a best one"
        elif best is not None and not (best if low is None else low) <= best <= (best if high is None else high):
            yield column, f"{column}_low ≤ {column} ≤ {column}_high does not hold"


def _dates(event: Event) -> Iterator[tuple[str, str]]:
    if event.end < event.start:
        yield "end", f"ends on {event.end}, before it starts on {event.start}"
    if event.form == "event" and event.end != event.start:
        yield "end", "a dated event ends on the day on which it starts"
    if event.known_on < event.end:
        yield "known_on", f"known on {event.known_on}, before it was over on {event.end}"


def _form(event: Event) -> Iterator[tuple[str, str]]:
    if event.form != "event" or event.kind == "condition":
        if not event.series:
            yield "series", "a total or a condition belongs to a series"
        if event.value is None:
            yield "value", "a total or a condition has a value"
        if not event.unit:
            yield "unit", "a value has a unit"
    if event.form != "event" and not event.definition:
        yield "definition", "a total says what it counts"
    if (event.kind in {"statement", "order"}) != bool(event.act):
        yield "act", "statements and orders, and they alone, have an act"
    if event.rung is not None and event.kind != "strike":
        yield "rung", "only strikes have a rung"


def _fault(fault: CellError, cell: str, where: Where, column: str) -> InputError:
    place = Where(where.file, where.line, column)
    return InputError(fault.code, f"{column} cannot be read", where=place, found=cell, expected=fault.expected, nearest=fault.nearest)
