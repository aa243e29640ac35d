"""Events of two matched futures laid against one another: which of them only one has, and which stand in the same row."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from shadowline.futures.why.words import Row

ACTS: Final = ("attack", "strike", "leader-death", "handler-removed", "group-leader-removed", "line-crossed", "open-war")
"""What both sides and everybody else can see, in the order in which one is preferred where several differ on a day."""


class Act(NamedTuple):
    """What an event is, for comparing two days: kind, author, whom and what it was against, and with which effect.

    What a strike killed is left out: it is shared out among groups by suspicion, so that a hair's breadth of difference shows in it long
    before anybody acts otherwise.
    """

    kind: str
    actor: str
    against: str
    on: str
    got_through: bool
    killed: int
    wounded: int


def act_of(row: Row) -> Act:
    """Return what an event is, whatever its number."""
    against, on = row["target_owner"] or row["target"] or "", row["line"] or row["rung"] or ""
    if row["kind"] == "attack":
        on = row["target"]
    killed = 0 if row["kind"] == "strike" else int(row["killed"])
    return Act(row["kind"], str(row["actor"]), str(against), str(on), bool(row["got_through"]), killed, int(row["wounded"]))


def concerns(row: Row, centre: str) -> bool:
    """Return whether an actor did something, or had it done to it."""
    return centre in {row["actor"], row["target"], row["target_owner"]}


def by_day(rows: list[Row], since: date, centre: str | None) -> dict[date, Counter[Act]]:
    """Return the acts of every day on which there were any."""
    found: dict[date, Counter[Act]] = {}
    for row in rows:
        if row["kind"] in ACTS and row["date"] >= since and (centre is None or concerns(row, centre)):
            found.setdefault(row["date"], Counter())[act_of(row)] += 1
    return found


def first_act(rows: tuple[list[Row], list[Row]], day: date, centre: str | None = None, *, alone: bool = False) -> tuple[int, Row]:
    """Return in which of two futures (0 or 1) an act of a day stands that the other lacks, and the act.

    Of several, one that concerns ``centre`` goes before others, an attack before a strike, and what did harm before what did none.

    Raises
    ------
    ValueError
        If the two are the same on that day.
    """
    today = [
        [row for row in side if row["date"] == day and row["kind"] in ACTS and (not alone or centre is None or concerns(row, centre))]
        for side in rows
    ]
    odd = [(n, row) for n, side in enumerate(today) for row in _beyond(side, today[1 - n])]
    return min(odd, key=lambda found: _preference(found, centre))


def _beyond(rows: list[Row], others: list[Row]) -> list[Row]:
    """Return those rows whose act comes oftener than among others, the last of them."""
    left = Counter(map(act_of, others))
    found = []
    for row in rows:
        left[act_of(row)] -= 1
        if left[act_of(row)] < 0:
            found.append(row)
    return found


def _preference(found: tuple[int, Row], centre: str | None) -> tuple[bool, int, int, bool, str, int]:
    n, row = found
    is_aside = centre is not None and not concerns(row, centre)
    return is_aside, ACTS.index(row["kind"]), -row["killed"], not row["got_through"], str(act_of(row)), n


def same_again(futures: tuple[list[Row], list[Row]], since: date) -> date:
    """Return the day from which two futures' acts are the same to the end: the one after the last that only one of them has."""
    days = [by_day(rows, since, None) for rows in futures]
    apart = [day for day in {*days[0], *days[1]} if days[0].get(day) != days[1].get(day)]
    return max(apart, default=since - timedelta(days=1)) + timedelta(days=1)


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


__all__ = ["ACTS", "Act", "abreast", "act_of", "by_day", "concerns", "first_act", "happening", "odd_events", "same_again"]
