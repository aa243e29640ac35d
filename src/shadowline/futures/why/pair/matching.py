"""Events of two matched futures laid against one another: which of them only one has, and which stand in the same row."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from shadowline.futures.why.pair.parting import act_of

if TYPE_CHECKING:
    from shadowline.futures.why.words import Row


def happening(row: Row) -> tuple[Any, ...]:
    """Return what an event is, whatever its number: beneath the surface too, such as an order."""
    return row["date"], act_of(row), row["order"], row["target"], row["line"], row["rung"]


def odd_events(rows: list[Row], others: list[Row]) -> set[int]:
    """Return the numbers of those events of one future that another lacks."""
    left = Counter(map(happening, others))
    found = set()
    for row in rows:
        what = happening(row)
        left[what] -= 1
        if left[what] < 0:
            found.add(int(row["event"]))
    return found


def abreast(rows: list[Row], others: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """Return the events of two futures in pairs: the same event side by side, one that the other lacks beside None."""
    matcher = SequenceMatcher(None, [happening(row) for row in rows], [happening(row) for row in others], autojunk=False)
    found: list[tuple[Row | None, Row | None]] = []
    for what, first, last, begin, end in matcher.get_opcodes():
        if what == "equal":
            found += zip(rows[first:last], others[begin:end], strict=True)
        else:
            found += [(row, None) for row in rows[first:last]] + [(None, row) for row in others[begin:end]]
    return found


__all__ = ["abreast", "happening", "odd_events"]
