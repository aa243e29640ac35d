"""The words that all sentences about one future share: names, days, numbers, and how to point at another event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from shadowline.futures.wording import Quote, Sentence, Wording, capital, day_text, spoken, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shadowline.engine.rows import Names

Row = dict[str, Any]
SMALL_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
VICTIMS: Final = {"soldier": ("soldier", "soldiers"), "contractor": ("contractor", "contractors"), "other": ("person", "people")}
ORDERS: Final = {
    0.0: "stop",
    0.5: "hold back to half their own tempo",
    1.0: "keep to their own tempo",
    1.5: "go half as far again as their own tempo",
}


def say(*parts: str | Quote | Sentence | None) -> Sentence:
    """Return pieces and sentences as one flat sentence; None is left out."""
    flat: list[str | Quote] = []
    for part in parts:
        if isinstance(part, tuple):
            flat.extend(part)
        elif part is not None:
            flat.append(part)
    return tuple(flat)


def finished(*parts: str | Quote | Sentence | None) -> Sentence:
    """Return pieces as one sentence with a capital letter and a full stop."""
    sentence = say(*parts, ".")
    first = sentence[0]
    head = Quote(capital(first.text), first.value, first.path) if isinstance(first, Quote) else capital(first)
    return (head, *sentence[1:])


def number_text(number: int) -> str:
    """Return small numbers in words, larger ones in digits."""
    return SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else whole(number)


def possessive(name: str) -> str:
    """Return a name in the genitive."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def reached(tale: Tale, number: int | None) -> Row | None:
    """Return the row of an event's number, None where there is none."""
    return None if number is None else tale.by_number.get(number)


REPLAYED = {"attack", "strike", "line-crossed"}
"""Kinds of event that the prelude takes from the record; orders, obedience and decisions of that time are the model's."""


class Decree(NamedTuple):
    """An order that a policy lays down: whose, toward whom, what, and from which day to which (None: for good)."""

    principal: str
    adversary: str
    order: float
    first: date
    last: date | None


@dataclass(frozen=True)
class Tale:
    """One future as its sentences see it: all its rows, by number, and the names of its scenario.

    A ``brief`` tale is read as a whole: it leaves out the year where it is that of day 0, and the names of lines at crossings in
    ``known``, the numbers of events that the reader has met. ``decrees`` are the orders that no principal chose for itself.
    """

    names: Names
    rows: list[Row]
    brief: bool = False
    known: set[int] = field(default_factory=set)
    decrees: tuple[Decree, ...] = ()

    @cached_property
    def by_number(self) -> dict[int, Row]:
        """Rows by event number."""
        return {row["event"]: row for row in self.rows}

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.names)

    @property
    def as_of(self) -> date:
        """The last day of recorded history."""
        day: date = self.names.document.as_of
        return day

    def is_recorded(self, row: Row) -> bool:
        """Return whether an event lies in the replayed past."""
        return bool(row["date"] <= self.as_of)

    @cached_property
    def played(self) -> list[Row]:
        """Rows since day 0."""
        return [row for row in self.rows if not self.is_recorded(row)]

    def actor(self, key: str | None) -> str:
        """Return an actor's name in running text, without what its scenario adds in brackets."""
        name = self._wording.actor(key).split(" (")[0]
        unnamed = key is not None and self.names.document.actors[key].name is None and key in self.names.proxies
        return f"the {name}" if unnamed else name

    def whose(self, key: str | None) -> str:
        """Return an actor's name in the genitive."""
        return possessive(self.actor(key))

    def target(self, key: str) -> str:
        """Return a target's name in running text."""
        words = self.names.document.targets.get(key)
        return str(words.name) if words is not None and words.name else f"the {spoken(key)}"

    def body(self, key: str) -> str:
        """Return under whose name a claim was made: a body's or a group's."""
        if key in self.names.document.bodies:
            name = self._wording.body(key)
            return name if self.names.document.bodies[key].name else f"the {name.title().replace(' In ', ' in ').replace(' Of ', ' of ')}"
        return self.actor(key)

    def line(self, key: str | None) -> str:
        """Return a red line in words, in quotation marks."""
        return f"“{self._wording.line(key)}”" if key is not None else "a red line"

    def theatre(self, key: str) -> str:
        """Return a theatre's name, or its id in words, in quotation marks."""
        return f"“{self.names.document.theatres[key].name or spoken(key)}”"

    def home(self, key: str | None) -> str:
        """Return a territory in words."""
        return self._wording.territory(key) if key is not None else "an unnamed place"

    def day(self, row: Row) -> Quote:
        """Return an event's day."""
        return Quote(self.day_text(row["date"]), str(row["date"]), f"events.{row['event']}.date")

    def day_text(self, day: date) -> str:
        """Return a day in words."""
        text = day_text(day)
        return text.removesuffix(f" {day.year}") if self.brief and day.year == self.offset_day(0).year else text

    def number(self, row: Row, field: str) -> Quote:
        """Return a count of an event in words or digits."""
        return Quote(number_text(row[field]), row[field], f"events.{row['event']}.{field}")

    def counted(self, row: Row, field: str, one: str, many: str) -> Sentence:
        """Return a count of an event with its noun."""
        return (self.number(row, field), f" {one if row[field] == 1 else many}")

    def dead(self, row: Row) -> Sentence:
        """Return who was killed, such as two soldiers."""
        return self.counted(row, "killed", *VICTIMS.get(row["victims"] or "other", VICTIMS["other"]))

    def order(self, row: Row) -> Quote:
        """Return what an order told the groups to do, to be read after to."""
        text = ORDERS.get(row["order"], f"keep to {row['order']:g} times their own tempo")
        return Quote(text, row["order"], f"events.{row['event']}.order")

    def is_laid_down(self, principal: str, adversary: str, order: float, day: date) -> bool:
        """Return whether a policy lays down this order on this day."""
        return any(
            (principal, adversary, order) == decree[:3] and decree.first <= day and (decree.last is None or day <= decree.last)
            for decree in self.decrees
        )

    def past(self, row: Row) -> str:
        """Return a remark where an event lies before day 0: replayed from the record, or the model's own account of that time."""
        if not self.is_recorded(row):
            return ""
        return " (recorded)" if row["kind"] in REPLAYED else " (before the first day, as modelled)"

    def offset_day(self, days: int) -> date:
        """Return the day so many days after day 0."""
        return self.as_of + timedelta(days=days + 1)

    def about(self, row: Row) -> str | None:
        """Return the adversary that an event of a proxy's obedience concerns, None where its row does not say."""
        if row["target_owner"] is not None:
            return str(row["target_owner"])
        cause = reached(self, row["cause"])
        if cause is not None and cause["kind"] == "order":
            return str(cause["target"])
        faced = {adversary for proxy, adversary in self.names.feuds if proxy == row["actor"]}
        return faced.pop() if len(faced) == 1 else None


def joined_names(parts: Iterable[str]) -> str:
    """Return names as ``a, b and c``."""
    names = list(parts)
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
