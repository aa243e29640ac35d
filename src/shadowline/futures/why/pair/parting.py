"""Where two matched futures part: on which day, over which act, and what in the two histories makes the difference.

Matched futures share every draw, so until the first act that one has and the other lacks they are the same, act for act. An event's number
is another in each of them: they are compared by what happened. What differs beneath that act is its reason: whom the group obeyed, the
order that bound it, an answer that was or was not decided, the defence that it met, or the tempo that the numbers of the model set.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.why.pair.matching import by_day, first_act
from shadowline.futures.why.pair.standing import PARTS, Readiness, Standing, differs, readiness, standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from shadowline.engine.rows import Names
    from shadowline.engine.world import World
    from shadowline.futures.why.words import Row

NO_ACT: Final = {
    "leader-death": "fate",
    "handler-removed": "loss",
    "group-leader-removed": "loss",
    "line-crossed": "line",
    "open-war": "war",
}
"""The reason where an act that follows from others differs alone."""


@dataclass(frozen=True)
class Future:
    """One of two matched futures.

    Attributes
    ----------
    names : Names
        The names of its scenario.
    rows : list of dict
        Its events, those of its replayed past included.
    evening : callable
        Returns its world as it stood on the evening of a day.
    """

    names: Names
    rows: list[Row]
    evening: Callable[[date], World]


@dataclass(frozen=True)
class Reason:
    """Why two futures part over an act.

    Attributes
    ----------
    kind : str
        ``obedience``: the group obeyed somebody else; ``order``: the order that bound it was another; ``pace``: its tempo was another under
        the same order; ``harm``: the same attacks met another defence, or hurt others; ``answer``: an answer was decided in one only;
        ``delay``: it was decided in both and carried out on another day; ``beforehand``: it was laid down and not decided; ``fate``,
        ``loss``, ``line``, ``war``: a death, a loss, a crossing or a war in one only, after the same acts.
    standings : pair of Standing, optional
        What bore on the group's attacks on that target, in either future.
    differing : tuple of str
        Which parts of its tempo differ: see `PARTS`.
    chosen_on, chosen : date and pair of Standing, optional
        For obedience: the last day on which the group chose anew in either future, if it is not before day 0, and what stood then.
    decision : dict, optional
        For an answer: the first decision of its author that one future has and the other lacks.
    decided_in : int
        In which of the two, 0 or 1.
    instead : dict, optional
        What the other future's adversary decided that day.
    readiness : pair of Readiness, optional
        How ready it was on that day, in either future.
    """

    kind: str
    standings: tuple[Standing, Standing] | None = None
    differing: tuple[str, ...] = ()
    chosen_on: date | None = None
    chosen: tuple[Standing, Standing] | None = None
    decision: Row | None = None
    decided_in: int = 0
    instead: Row | None = None
    readiness: tuple[Readiness, Readiness] | None = None


@dataclass(frozen=True)
class Apart:
    """Where two futures part: ``act`` is an event of future ``side`` (0 or 1) that the other lacks, ``reason`` why."""

    on: date
    side: int
    act: Row
    reason: Reason


def parting(futures: tuple[Future, Future], since: date, centre: str | None = None, *, alone: bool = False) -> Apart | None:
    """Return where two matched futures part, None where they never do.

    Parameters
    ----------
    futures : pair of Future
        The two.
    since : date
        The first day that counts: what differs before it is history.
    centre : str, optional
        The adversary whose acts, and acts against whom, are preferred where several differ on that day.
    alone : bool
        Whether to look at nothing but those.
    """
    days = [by_day(future.rows, since, centre if alone else None) for future in futures]
    apart = [day for day in sorted({*days[0], *days[1]}) if days[0].get(day) != days[1].get(day)]
    if not apart:
        return None
    side, act = first_act((futures[0].rows, futures[1].rows), apart[0], centre, alone=alone)
    return Apart(apart[0], side, act, reason_of(futures, apart[0], side, act))


def reason_of(futures: tuple[Future, Future], on: date, side: int, act: Row) -> Reason:
    """Return why an act of one future is not in the other; ``side`` (0 or 1) has it."""
    if act["kind"] == "attack":
        return _of_attack(futures, on, act)
    if act["kind"] == "strike":
        return _of_strike(futures, on, side, act)
    return Reason(NO_ACT[act["kind"]])


def _of_attack(futures: tuple[Future, Future], on: date, act: Row) -> Reason:
    """Return why attacks of a group on a target differ: by what stood on that day in both."""
    one, other = (standing(future.names, future.evening(on), act["actor"], act["target"]) for future in futures)
    parts = tuple(name for name in PARTS if name in one.parts and name in other.parts and differs(one.parts[name], other.parts[name]))
    if one.attacks == other.attacks:
        return Reason("harm", (one, other), parts)
    if not differs(one.order, other.order):
        return Reason("pace", (one, other), parts)
    if one.obeys == other.obeys:
        return Reason("order", (one, other), parts)
    chosen_on = _chosen_on(futures, (one, other))
    chosen = (
        tuple(standing(future.names, future.evening(chosen_on), act["actor"], act["target"]) for future in futures) if chosen_on else None
    )
    return Reason("obedience", (one, other), parts, chosen_on, chosen)  # type: ignore[arg-type]


def _chosen_on(futures: tuple[Future, Future], standings: tuple[Standing, Standing]) -> date | None:
    """Return the last day on which a group chose anew whom to obey in either future, None if that is history in both."""
    events = [
        row
        for future, one in zip(futures, standings, strict=True)
        for row in future.rows
        if row["event"] == one.obeys_since and row["date"] > future.names.document.as_of
    ]
    return max((row["date"] for row in events), default=None)


def _of_strike(futures: tuple[Future, Future], on: date, side: int, act: Row) -> Reason:
    """Return why a strike was made in one future and not in the other: by the decision behind it."""
    decision = next((row for row in futures[side].rows if row["event"] == act["cause"]), None)
    if decision is None or decision["kind"] != "answer-decided":
        return Reason("beforehand")
    found = _first_decision(futures, act["actor"], on)
    if found is None:
        return Reason("delay", decision=decision, decided_in=side)
    where, first = found
    instead = [row for row in _decisions(futures[1 - where].rows, act["actor"], on) if row["date"] == first["date"]]
    return Reason(
        "answer",
        decision=first,
        decided_in=where,
        instead=instead[0] if instead else None,
        readiness=_readiness(futures, act["actor"], first["date"]),
    )


def _decisions(rows: list[Row], author: str, until: date) -> list[Row]:
    return [row for row in rows if row["kind"] == "answer-decided" and row["actor"] == author and row["date"] <= until]


def _first_decision(futures: tuple[Future, Future], author: str, until: date) -> tuple[int, Row] | None:
    """Return the first decision of an author that one of the two futures has and the other lacks, and in which; None if there is none."""
    made = [_decisions(future.rows, author, until) for future in futures]
    keys = [Counter((row["date"], row["rung"], row["target"]) for row in rows) for rows in made]
    odd = [(row["date"], n, row) for n, rows in enumerate(made) for row in rows if not keys[1 - n][row["date"], row["rung"], row["target"]]]
    if not odd:
        return None
    _, n, row = min(odd, key=lambda found: found[:2])
    return n, row


def _readiness(futures: tuple[Future, Future], author: str, on: date) -> tuple[Readiness, Readiness] | None:
    """Return how ready an adversary was to answer on a day in either future; None for a patron or a group."""
    if any(author not in future.names.adversaries for future in futures):
        return None
    eve = on - timedelta(days=1)
    one, other = (readiness(future.names, future.evening(eve), future.evening(on), author) for future in futures)
    return one, other


def as_json(apart: Apart) -> dict[str, Any]:
    """Return where two futures part as plain data: ``parts_on``, ``act`` and ``reason``; what stood in either by side."""
    sides = ("left", "right")
    reason = apart.reason
    found: dict[str, Any] = {"kind": reason.kind, "differing": list(reason.differing)}
    for name, pair in (("standing", reason.standings), ("chosen", reason.chosen)):
        found[name] = None if pair is None else {side: one.as_json() for side, one in zip(sides, pair, strict=True)}
    ready = reason.readiness
    found["readiness"] = None if ready is None else {side: one.as_json() for side, one in zip(sides, ready, strict=True)}
    found["chosen_on"] = None if reason.chosen_on is None else str(reason.chosen_on)
    if reason.decision is not None:
        found["decision"] = {"in": sides[reason.decided_in], "event": reason.decision["event"]}
        found["instead"] = None if reason.instead is None else reason.instead["event"]
    act = {"in": sides[apart.side]} | apart.act | {"date": str(apart.act["date"])}
    return {"parts_on": str(apart.on), "act": act, "reason": found}


__all__ = ["Apart", "Future", "Reason", "as_json", "parting", "reason_of"]
