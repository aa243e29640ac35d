"""Read a record of events and ask it questions: what happened, between which days, as known by when."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from shadowline.errors import Code, InputError, Where, nearest_name, raise_any
from shadowline.record.consistency import Placed, inconsistencies
from shadowline.record.rows import READERS, REQUIRED, read_row
from shadowline.record.totals import Increment, increments, less_dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from shadowline.record.schema import Event

LIBRARY: Final = Path(__file__).parent / "library"


@dataclass(frozen=True)
class Record:
    """The rows of one record, perhaps only those that were known by some day.

    Parameters
    ----------
    name : str
        Name of a shipped record, or the path that was read.
    rows : tuple of Event
        All rows, every revision included, in the order of the files.
    """

    name: str
    rows: tuple[Event, ...]

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """One row per id, the one known last, in the order of their days."""
        latest = {row.id: row for row in sorted(self.rows, key=lambda row: row.known_on)}
        return tuple(sorted(latest.values(), key=lambda row: (row.start, row.end, row.id)))

    def revisions(self, event_id: str) -> tuple[Event, ...]:
        """Return every telling of one event, in the order in which they became known."""
        return tuple(sorted((row for row in self.rows if row.id == event_id), key=lambda row: row.known_on))

    def known_by(self, day: date) -> Record:
        """Return the record as it stood at the end of `day`: nothing that became known later."""
        return replace(self, rows=tuple(row for row in self.rows if row.known_on <= day))

    def between(self, start: date, end: date) -> Record:
        """Return the rows that lie wholly within `start` … `end`, both included."""
        return replace(self, rows=tuple(row for row in self.rows if start <= row.start and row.end <= end))

    def select(  # noqa: PLR0913 - one keyword per column that can be asked for
        self,
        *,
        kind: str | None = None,
        form: str | None = None,
        actor: str | None = None,
        target: str | None = None,
        patron: str | None = None,
        territory: str | None = None,
        theatre: str | None = None,
        series: str | None = None,
        counted_in: str | None = None,
    ) -> Record:
        """Return the rows that agree with every word given; lists of ids agree if they contain the word."""
        exact = {"kind": kind, "form": form, "patron": patron, "theatre": theatre, "series": series}
        wanted = {**exact, "counted_in": counted_in, "actor": actor, "target": target, "territory": territory}
        asked = {column: word for column, word in wanted.items() if word is not None}
        return replace(self, rows=tuple(row for row in self.rows if _agrees(row, asked)))

    def totals(self, series: str) -> tuple[Event, ...]:
        """Return the totals of one series in the order of their last day, without their splits and other figures."""
        found = [row for row in self._totals(series) if not row.territory]
        return tuple(sorted(found or self._totals(series), key=lambda row: (row.end, row.start)))

    def increments(
        self,
        series: str,
        start: date,
        end: date,
        *,
        known_by: date | None = None,
        without_dated: bool = False,
    ) -> list[Increment]:
        """Return counts of one series over intervals that do not overlap.

        Parameters
        ----------
        series : str
            Which totals; those of different series are never added.
        start, end : date
            Only intervals wholly within these days are returned: one that straddles `start` or `end` cannot be cut.
        known_by : date, optional
            Use only the totals that were known by then.
        without_dated : bool
            Take off the attacks that the record also lists as dated events (see `attacks`), so that both may be
            replayed together.

        Returns
        -------
        list of Increment
            In the order of their days; an interval with a split by territory gives one increment per territory.

        Raises
        ------
        InputError
            If the record has no totals of `series` at all.
        """
        if not self._totals(series):
            raise self._unknown_series(series)
        known = self if known_by is None else self.known_by(known_by)
        steps = increments(known._totals(series))  # noqa: SLF001 - the same class
        if without_dated:
            steps = less_dated(steps, known.dated("attack", counted_in=series))
        return [step for step in steps if start <= step.start and step.end <= end]

    def dated(self, kind: str, *, target: str | None = None, actor: str | None = None, counted_in: str | None = None) -> list[Event]:
        """Return the dated events of one kind, each in its last telling, in the order of their days."""
        found = self.select(kind=kind, form="event", target=target, actor=actor, counted_in=counted_in)
        return list(found.events)

    def attacks(self, start: date, end: date, *, target: str | None = None, actor: str | None = None) -> list[Event]:
        """Return the dated attacks of a window, with the harm they did."""
        return self.between(start, end).dated("attack", target=target, actor=actor)

    def strikes(self, start: date, end: date, *, target: str | None = None, actor: str | None = None) -> list[Event]:
        """Return the dated strikes of a window, with their rungs."""
        return self.between(start, end).dated("strike", target=target, actor=actor)

    def _totals(self, series: str) -> list[Event]:
        return [row for row in self.events if row.form == "total" and row.series == series]

    def _unknown_series(self, series: str) -> InputError:
        known = {row.series for row in self.rows if row.form == "total"}
        message = f'record "{self.name}" has no totals of series "{series}"'
        return InputError(Code.UNKNOWN_REFERENCE, message, nearest=nearest_name(series, known))


def load_record(source: str | Path) -> Record:
    """Return a shipped record by its name, or the record in a CSV file or in a folder of them.

    Parameters
    ----------
    source : str or Path
        ``us-iran-shadow-war``, a CSV file, or a folder whose ``*.csv`` files together are one table.

    Raises
    ------
    InputError, InputErrors
        If there is no such record, a file cannot be read, or rows are wrong: each fault with file, line and column.
    """
    table: list[Placed] = []
    faults: list[InputError] = []
    for file in _files(source):
        for placed, wrong in _read(file):
            faults.extend(wrong)
            table.extend(placed)
    raise_any(faults or list(inconsistencies(table)))
    return Record(name=str(source), rows=tuple(placed.row for placed in table))


def shipped_records() -> list[str]:
    """Return the names of the records that ship."""
    return sorted(folder.name for folder in LIBRARY.iterdir() if folder.is_dir())


def _agrees(row: Event, asked: dict[str, str]) -> bool:
    for column, word in asked.items():
        cell = getattr(row, column)
        if word not in cell if isinstance(cell, tuple) else word != cell:
            return False
    return True


def _files(source: str | Path) -> list[Path]:
    shipped = LIBRARY / source
    path = shipped if isinstance(source, str) and source in shipped_records() else Path(source)
    if path.is_file():
        return [path]
    if not path.is_dir():
        near = nearest_name(str(source), shipped_records())
        raise InputError(Code.UNKNOWN_RECORD, f'no record "{source}"', expected="a name or a path", nearest=near)
    files = sorted(path.glob("*.csv"))
    if not files:
        raise InputError(Code.UNKNOWN_RECORD, f'no CSV file in the folder "{path}"', where=Where(str(path)))
    return files


def _read(file: Path) -> Iterator[tuple[list[Placed], list[InputError]]]:
    rows = csv.reader(StringIO(_text(file), newline=""), strict=True)
    try:
        header = next(rows)
        yield [], list(_header_faults(header, file))
        if set(header) - READERS.keys() or REQUIRED - set(header):
            return
        line = rows.line_num + 1
        for cells in rows:
            yield _one(header, cells, Where(str(file), line))
            line = rows.line_num + 1
    except csv.Error as fault:
        place = Where(str(file), rows.line_num)
        raise InputError(Code.BAD_RECORD, f"not a CSV table: {fault}", where=place) from None


def _text(file: Path) -> str:
    place = Where(str(file))
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(Code.NOT_TEXT, "not text in UTF-8", where=place) from None
    except OSError as fault:
        raise InputError(Code.CANNOT_READ, f"cannot be read: {fault.strerror}", where=place) from None
    if not text.strip():
        raise InputError(Code.EMPTY_FILE, "the file is empty", where=place)
    return text


def _header_faults(header: Sequence[str], file: Path) -> Iterator[InputError]:
    place = Where(str(file), 1)
    for column in header:
        if column not in READERS:
            near = nearest_name(column, READERS)
            yield InputError(Code.UNKNOWN_KEY, f'unknown column "{column}"', where=place, nearest=near)
    for column in _twice(header):
        yield InputError(Code.DUPLICATE_ID, f'column "{column}" stands twice', where=place)
    for column in sorted(REQUIRED - set(header)):
        yield InputError(Code.MISSING_KEY, f'no column "{column}"', where=place)


def _twice(words: Iterable[str]) -> list[str]:
    words = list(words)
    return sorted({word for word in words if words.count(word) > 1})


def _one(header: Sequence[str], cells: Sequence[str], where: Where) -> tuple[list[Placed], list[InputError]]:
    if not any(cells):
        return [], []
    if len(cells) != len(header):
        message = f"{len(cells)} cells under {len(header)} columns"
        return [], [InputError(Code.BAD_RECORD, message, where=where)]
    row, faults = read_row(dict(zip(header, cells, strict=True)), where)
    return ([Placed(row, where)] if row else []), faults
