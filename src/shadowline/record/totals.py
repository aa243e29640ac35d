"""From the totals of one series to increments: counts over intervals that do not overlap."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shadowline.record.schema import Event

ONE_DAY: Final = timedelta(days=1)


class Increment(NamedTuple):
    """What was counted from `start` to `end`, both included; `territory` is None where the split is not known."""

    start: date
    end: date
    territory: str | None
    added: int


class Reading(NamedTuple):
    """One total of a series with its parts by territory; no parts where the source gives none."""

    start: date
    end: date
    total: int
    parts: dict[str, int]


def readings(rows: Iterable[Event]) -> list[Reading]:
    """Return the totals of one series in the order of their last day, each with its split.

    Parameters
    ----------
    rows : iterable of Event
        Rows of form ``total`` of one series. Rows with a territory are parts of the row without one that covers the
        same days; a part without its whole stands for itself.

    Returns
    -------
    list of Reading
        One per interval.
    """
    ordered = sorted(rows, key=_interval)
    return [_reading(days, list(same)) for days, same in groupby(ordered, key=_interval)]


def increments(rows: Iterable[Event]) -> list[Increment]:
    """Return what was added between one total of a series and the next.

    Running totals (all begin on the same day) are differenced: the first stands for the days from its start, each
    later one for the days after the one before it. The split by territory is given where both ends have one. Totals
    that begin elsewhere are taken as they are.
    """
    steps = []
    before: Reading | None = None
    for reading in readings(rows):
        same_run = before is not None and before.start == reading.start
        steps.extend(_step(before, reading) if before and same_run else _whole(reading))
        before = reading
    return steps


def less_dated(steps: Sequence[Increment], events: Iterable[Event]) -> list[Increment]:
    """Return the increments without the events that are listed with a date of their own.

    An event is taken off the increment that covers its day and its territory; where the event names none, or the
    increments are not split, off the largest that covers its day. An increment never falls below 0.
    """
    left = list(steps)
    for event in events:
        place = _place(left, event)
        if place is not None:
            left[place] = left[place]._replace(added=left[place].added - 1)
    return left


def falls(rows: Iterable[Event]) -> Iterator[tuple[Reading, Reading]]:
    """Yield every pair of neighbouring running totals of which the later is the smaller."""
    for before, after in pairwise(readings(rows)):
        if before.start == after.start and after.total < before.total:
            yield before, after


def _interval(row: Event) -> tuple[date, date]:
    return row.end, row.start


def _reading(days: tuple[date, date], rows: list[Event]) -> Reading:
    parts = {row.where: row.count for row in rows if row.where is not None}
    wholes = [row.count for row in rows if row.where is None]
    return Reading(days[1], days[0], wholes[0] if wholes else sum(parts.values()), parts)


def _whole(reading: Reading) -> list[Increment]:
    if not reading.parts:
        return [Increment(reading.start, reading.end, None, reading.total)]
    return [Increment(reading.start, reading.end, here, count) for here, count in sorted(reading.parts.items())]


def _step(before: Reading, after: Reading) -> list[Increment]:
    start = before.end + ONE_DAY
    territories = sorted(before.parts.keys() | after.parts.keys()) if before.parts and after.parts else []
    added = {here: after.parts.get(here, 0) - before.parts.get(here, 0) for here in territories}
    if not added or min(added.values()) < 0:  # a split that was corrected downwards says nothing about these days
        return [Increment(start, after.end, None, after.total - before.total)]
    return [Increment(start, after.end, territory, count) for territory, count in added.items()]


def _place(steps: Sequence[Increment], event: Event) -> int | None:
    covering = [k for k, step in enumerate(steps) if step.start <= event.start <= step.end and step.added > 0]
    same = [k for k in covering if event.where is not None and steps[k].territory == event.where]
    return max(same or covering, key=lambda k: steps[k].added, default=None)
