"""Pauses: long stretches of days without any attack on the adversary in focus, with the orders that stood at their beginning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.why.words import Row, Tale, finished, number_text, say
from shadowline.futures.wording import Quote, Sentence, joined

if TYPE_CHECKING:
    from shadowline.futures.why.focus import Focus

LONG: Final = 21
"""Days without attack from which a pause is told."""
RECENT: Final = 30


@dataclass(frozen=True)
class Pause:
    """Days without attack, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How long it lasted."""
        return (self.last - self.first).days + 1


def pauses(tale: Tale, focus: Focus, last: date) -> list[Pause]:
    """Return the long pauses between day 0 and ``last``, in the theatre that a question about a pause names, or everywhere."""
    watched = _watched(tale, focus)
    days = [row["date"] for row in tale.played if row["kind"] == "attack" and row["target"] in watched]
    ends = [tale.as_of, *days, last + timedelta(days=1)]
    gaps = [Pause(a + timedelta(days=1), b - timedelta(days=1)) for a, b in pairwise(ends)]
    return [gap for gap in gaps if gap.days >= LONG]


def _question(tale: Tale, focus: Focus) -> Any:  # noqa: ANN401 - the words of an outcome
    """Return the words of the question about a pause in attacks on the adversary in focus, None if there is none."""
    rules = [outcome.happens_when for outcome in tale.names.document.outcomes.values()]
    asked = [rule.no_attacks for rule in rules if rule is not None and rule.no_attacks is not None]
    return next((words for words in asked if words.on == focus.adversary), None)


def _watched(tale: Tale, focus: Focus) -> set[str]:
    """Return the targets whose attackers may pause."""
    words = _question(tale, focus)
    theatre = words.theatre if words is not None else None
    return {tale.names.fronts[n].target for n in tale.names.fronts_facing(focus.adversary, theatre)}


def tell_pause(tale: Tale, focus: Focus, pause: Pause, number: int) -> list[Sentence]:
    """Return a pause in one or two sentences; its numbers are quoted under ``pauses.<number>``."""
    path = f"pauses.{number}"
    days = Quote(number_text(pause.days), pause.days, f"{path}.days")
    first = Quote(tale.day_text(pause.first), str(pause.first), f"{path}.from")
    last = Quote(tale.day_text(pause.last), str(pause.last), f"{path}.to")
    words = _question(tale, focus)
    place = f" in the theatre {tale.theatre(words.theatre)}" if words is not None and words.theatre else ""
    told = finished("for ", days, " days, from ", first, " to ", last, f", nobody attacked {tale.actor(focus.adversary)}{place}")
    orders, strike = _orders(tale, focus, pause), _strike(tale, focus, pause)
    if orders:
        return [told, finished("when it began there stood ", joined(orders), *(("; ", strike) if strike else ()))]
    return [told, finished(strike)] if strike else [told]


def as_facts(pause: Pause) -> dict[str, str | int]:
    """Return a pause as plain data."""
    return {"from": str(pause.first), "to": str(pause.last), "days": pause.days}


def _orders(tale: Tale, focus: Focus, pause: Pause) -> list[Sentence]:
    """Return the orders below the groups' own tempo that stood when a pause began."""
    standing: dict[str, Row] = {}
    for row in tale.rows:
        if row["kind"] == "order" and row["target"] == focus.adversary and row["date"] <= pause.first:
            standing[row["actor"]] = row
    return [
        say(f"{tale.whose(key)} order of ", tale.day(row), tale.past(row), " to ", tale.order(row))
        for key, row in standing.items()
        if row["order"] < 1.0
    ]


def _strike(tale: Tale, focus: Focus, pause: Pause) -> Sentence | None:
    """Return the adversary's last strike, if it was recent."""
    made = [row for row in tale.rows if row["kind"] == "strike" and row["actor"] == focus.adversary and row["date"] <= pause.first]
    if not made or (pause.first - made[-1]["date"]).days > RECENT:
        return None
    return say(f"the last strike by {tale.actor(focus.adversary)} had been that of ", tale.day(made[-1]), tale.past(made[-1]))


__all__ = ["Pause", "as_facts", "pauses", "tell_pause"]
