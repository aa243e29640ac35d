"""The rules between the rows of one table: keys, references, series."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shadowline.errors import Code, InputError, Where, nearest_name
from shadowline.record.totals import falls, readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shadowline.record.schema import Event


class Placed(NamedTuple):
    """A row with the file and line on which it stands."""

    row: Event
    where: Where

    def fault(self, column: str, message: str, code: Code = Code.BAD_RECORD, near: str | None = None) -> InputError:
        """Return an error at `column` of this row."""
        return InputError(code, message, where=Where(self.where.file, self.where.line, column), nearest=near)


def inconsistencies(table: Sequence[Placed]) -> Iterator[InputError]:
    """Yield what is wrong between the rows: ids, revisions, references, series.

    Parameters
    ----------
    table : sequence of Placed
        All rows of a record, each valid on its own.
    """
    yield from _keys(table)
    yield from _references(table)
    for placed in _by_series(table).values():
        yield from _definitions(placed)
        yield from _intervals(placed)
        yield from _sums(placed)


def _keys(table: Sequence[Placed]) -> Iterator[InputError]:
    seen: dict[str, dict[object, Placed]] = defaultdict(dict)
    for placed in table:
        row = placed.row
        versions = seen[row.id]
        if row.known_on in versions:
            first = versions[row.known_on].where
            message = f'"{row.id}" of {row.known_on} stands on line {first.line} of {first.file} already'
            yield placed.fault("id", message, Code.DUPLICATE_ID)
        for other in versions.values():
            if (other.row.form, other.row.kind, other.row.series) != (row.form, row.kind, row.series):
                yield placed.fault("id", f'"{row.id}" has another form, kind or series on line {other.where.line}')
                break
        versions[row.known_on] = placed


def _references(table: Sequence[Placed]) -> Iterator[InputError]:
    first_days = {placed.row.id: placed.row.start for placed in table}
    totals = {placed.row.series for placed in table if placed.row.form == "total"}
    for placed in table:
        row = placed.row
        if row.answers and row.answers not in first_days:
            near = nearest_name(row.answers, first_days)
            yield placed.fault("answers", f'no event "{row.answers}"', Code.UNKNOWN_REFERENCE, near)
        elif row.answers and first_days[row.answers] > row.start:
            yield placed.fault("answers", f'answers "{row.answers}", which came later', Code.DATES_OUT_OF_ORDER)
        if row.counted_in and row.counted_in not in totals:
            near = nearest_name(row.counted_in, totals)
            yield placed.fault("counted_in", f'no totals of series "{row.counted_in}"', Code.UNKNOWN_REFERENCE, near)


def _by_series(table: Sequence[Placed]) -> dict[str, list[Placed]]:
    grouped = defaultdict(list)
    for placed in table:
        if placed.row.form == "total":
            grouped[placed.row.series].append(placed)
    return grouped


def _definitions(totals: Sequence[Placed]) -> Iterator[InputError]:
    first = totals[0]
    for placed in totals[1:]:
        if placed.row.definition != first.row.definition:
            yield placed.fault("definition", f"defines the series otherwise than line {first.where.line}")


def _intervals(totals: Sequence[Placed]) -> Iterator[InputError]:
    days = sorted({(placed.row.start, placed.row.end): placed for placed in totals}.items())
    for (before, _), (after, placed) in pairwise(days):
        if before[0] != after[0] and after[0] <= before[1]:
            yield placed.fault("start", f"overlaps the total of {before[0]} to {before[1]} of the same series")


def _sums(totals: Sequence[Placed]) -> Iterator[InputError]:
    latest = {placed.row.id: placed for placed in sorted(totals, key=lambda placed: placed.row.known_on)}
    rows = [placed.row for placed in latest.values()]
    at = {(placed.row.start, placed.row.end): placed for placed in latest.values()}
    for before, after in falls(rows):
        message = f"a running total falls from {before.total} on {before.end} to {after.total} on {after.end}"
        yield at[after.start, after.end].fault("value", message)
    for reading in readings(rows):
        if reading.parts and sum(reading.parts.values()) != reading.total:
            message = f"the territories of {reading.end} add up to {sum(reading.parts.values())}, not {reading.total}"
            yield at[reading.start, reading.end].fault("value", message)
