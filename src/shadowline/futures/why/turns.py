"""Turning points: an event that mattered, told together with what set it off and what it set off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from shadowline.futures.why.causes import because, origin, refer
from shadowline.futures.why.events import blow, responsibility, told, toll
from shadowline.futures.why.words import Row, Tale, finished, joined_names, reached, say
from shadowline.futures.wording import Sentence, joined

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date

    from shadowline.futures.why.focus import Focus

WORTH_ITS_ORIGIN: Final = 80
SATELLITES: Final = {"order", "obedience", "handler-removed", "group-leader-removed", "open-war"}
SOON: Final = {"obedience": 14}
"""Days within which a consequence is told with its cause; those not named here come within a day."""


class Manner(NamedTuple):
    """How a turning point is told: which frame, with its origin and what followed or sparely, and after which lines were told."""

    frame: int = 0
    is_full: bool = True
    lines: AbstractSet[str] = frozenset()


@dataclass
class Turn:
    """One turning point: its main event, and the lines, orders, obedience, losses and war that came of it."""

    anchor: Row
    weight: int
    members: list[Row] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day of the main event."""
        day: date = self.anchor["date"]
        return day

    @property
    def lines(self) -> set[str]:
        """The lines that it crossed."""
        return {row["line"] for row in self.of("line-crossed")}

    @property
    def toll(self) -> int:
        """How many its main event killed."""
        return int(self.anchor["killed"])

    def of(self, *kinds: str) -> list[Row]:
        """Return its members of some kinds."""
        return [row for row in self.members if row["kind"] in kinds]


def turns(tale: Tale, weights: dict[int, int]) -> list[Turn]:
    """Return all turning points in their order; each event of weight stands in exactly one of them."""
    found: dict[int, Turn] = {}
    home: dict[int, int] = {}
    for number, weight in weights.items():
        row = tale.by_number[number]
        anchor = _anchor(tale, row, home)
        home[number] = anchor["event"]
        turn = found.setdefault(anchor["event"], Turn(anchor, 0))
        turn.weight = max(turn.weight, weight)
        if row is not anchor:
            turn.members.append(row)
    return sorted(found.values(), key=lambda turn: turn.anchor["event"])


def _anchor(tale: Tale, row: Row, home: dict[int, int]) -> Row:
    """Return the event under which another is told: a crossing under what crossed the line, a consequence under its cause."""
    cause = reached(tale, row["cause"])
    if cause is None or tale.is_recorded(cause):
        return row
    if row["kind"] == "line-crossed":
        return tale.by_number[_root_of(home, cause)]
    if row["kind"] in SATELLITES and cause["event"] in home and (row["date"] - cause["date"]).days <= SOON.get(row["kind"], 1):
        return tale.by_number[home[cause["event"]]]
    return row


def _root_of(home: dict[int, int], cause: Row) -> int:
    """Return the number under which a cause is told: its own, unless it is told under another."""
    number = int(cause["event"])
    return home.get(number, number)


def tell_turn(tale: Tale, focus: Focus, turn: Turn, manner: Manner) -> list[Sentence]:
    """Return a turning point in one to five sentences."""
    count = manner.frame
    anchor = turn.anchor
    if anchor["kind"] == "attack":
        sentences = _tell_attack(tale, turn, manner)
    elif anchor["kind"] == "strike":
        sentences = [_tell_strike(tale, turn, manner)]
    else:
        reason = because(tale, anchor, count)
        sentences = [finished(told(tale, anchor, count), *(("; ", reason) if reason else ()))]
    sentences += [finished(_loss(tale, row)) for row in turn.of("handler-removed", "group-leader-removed", "open-war")]
    # With open war the account of the two ends: what they order afterwards moves nothing.
    orders = [] if turn.of("open-war") else _tell_orders(tale, focus, turn, count)
    if manner.is_full:
        return [*sentences, *orders]
    return [*sentences, *orders[:1]] if turn.weight >= WORTH_ITS_ORIGIN else sentences


def _crossed(tale: Tale, turn: Turn, told_before: AbstractSet[str]) -> Sentence:
    """Return which lines a turning point crossed, to be read after its main clause; a line told before is crossed again."""
    lines = list(dict.fromkeys(row["line"] for row in turn.of("line-crossed")))
    if not lines:
        return ()
    if told_before >= set(lines):
        return (f"; this crossed {joined_names(tale.line(line) for line in lines)} again",)
    return (f"; this crossed the red line{'s' if len(lines) > 1 else ''} {joined_names(tale.line(line) for line in lines)}",)


def _tell_attack(tale: Tale, turn: Turn, manner: Manner) -> list[Sentence]:
    """Return an attack that crossed a line: what it did, who stood behind it and who was believed to, and where it came from."""
    anchor, count = turn.anchor, manner.frame
    sentences = [finished(told(tale, anchor, count), _crossed(tale, turn, manner.lines))]
    behind = responsibility(tale, anchor, count)
    if behind is not None:
        sentences.append(behind)
    if turn.weight >= WORTH_ITS_ORIGIN and manner.is_full:
        sentences.append(origin(tale, anchor, count))
    return sentences


def _tell_strike(tale: Tale, turn: Turn, manner: Manner) -> Sentence:
    """Return a strike with its decision and what the decision answered."""
    anchor, count = turn.anchor, manner.frame
    day, who = tale.day(anchor), tale.actor(anchor["actor"])
    why = _decided(tale, anchor)
    frames = (
        say("on ", day, f" {who} carried out {blow(tale, anchor)}", *((", ", why) if why else ()), toll(tale, anchor)),
        say(f"{who} made {blow(tale, anchor)} on ", day, *((", ", why) if why else ()), toll(tale, anchor)),
        say(f"{blow(tale, anchor)} by {who} followed on ", day, *((", ", why) if why else ()), toll(tale, anchor)),
    )
    if anchor["actor"] in tale.names.proxies:
        return finished(told(tale, anchor, count), *((", ", why) if why else ()))
    return finished(frames[count % len(frames)], _crossed(tale, turn, manner.lines))


def _decided(tale: Tale, strike: Row) -> Sentence | None:
    """Return when a strike was decided, and in answer to what; None where the journal does not say."""
    decision = reached(tale, strike["cause"])
    if decision is None or decision["kind"] != "answer-decided":
        return None
    cause = reached(tale, decision["cause"])
    if cause is None:
        return say("decided on ", tale.day(decision), " without a single event calling for it")
    if cause["kind"] == "attack":
        who, what = tale.actor(cause["actor"]), tale.target(cause["target"])
        decided = say("decided on ", tale.day(decision))
        return say(decided, " after attacks such as that of ", tale.day(cause), tale.past(cause), f" by {who} on {what}")
    return say("decided on ", tale.day(decision), " in answer to ", refer(tale, cause))


def _loss(tale: Tale, row: Row) -> Sentence:
    """Return what a strike cost, or the war that it led to."""
    if row["kind"] == "handler-removed":
        return (f"the strike cost {tale.actor(row['actor'])} the officer who ran its groups",)
    if row["kind"] == "group-leader-removed":
        return (f"the strike cost {tale.actor(row['actor'])} its leader",)
    pair = f"{tale.actor(row['actor'])} and {tale.actor(row['target'])}"
    return say("out of it grew, on ", tale.day(row), f", open war between {pair}, with which the model's account of the two ends")


def _tell_orders(tale: Tale, focus: Focus, turn: Turn, count: int) -> list[Sentence]:
    """Return the orders toward the adversary in focus that followed, and how the groups took them."""
    orders = [row for row in turn.of("order") if row["target"] == focus.adversary]
    sentences = []
    if orders:
        reactions: list[Sentence] = []
        for row in {row["order"]: row for row in orders}.values():
            givers = joined_names(tale.actor(other["actor"]) for other in orders if other["order"] == row["order"])
            reactions.append(say(f"{givers} told {'them' if reactions else 'the groups'} to ", tale.order(row)))
        lead = ("in response, on ", "after that, on ", "")[count % 3]
        if lead:
            sentences.append(finished(lead, tale.day(orders[0]), ", ", joined(reactions)))
        else:
            sentences.append(finished(joined(reactions), " on ", tale.day(orders[0])))
    obedience = {row["actor"]: row for row in turn.of("obedience")}
    if obedience and (turn.weight >= WORTH_ITS_ORIGIN or turn.anchor["kind"] == "order"):
        sentences.append(_tell_obedience(tale, list(obedience.values())))
    return sentences


def _tell_obedience(tale: Tale, rows: list[Row]) -> Sentence:
    """Return whom some groups obeyed once the orders had reached them."""
    parts: list[Sentence] = []
    for key in dict.fromkeys(row["target"] for row in rows):
        groups = [tale.actor(row["actor"]) for row in rows if row["target"] == key]
        parts.append((f"{joined_names(groups)} " + ("stopped following anybody" if key is None else f"came to follow {tale.actor(key)}"),))
    days = sorted({row["date"]: row for row in rows}.values(), key=lambda row: row["date"])
    when = say("once the order had reached them, on ", tale.day(days[0]), ", ")
    if len(days) > 1:
        when = say("as orders reached them, from ", tale.day(days[0]), " to ", tale.day(days[-1]), ", ")
    return finished(when, joined(parts, ", and " if parts[2:] else ", while "))


__all__ = ["Manner", "Turn", "tell_turn", "turns"]
