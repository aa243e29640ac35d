"""Causes in words: what brought an event about, link by link, back to its first cause.

An attack's cause is drawn from the parts of its rate. An earlier attack by the same group on the same target means the group's own wave;
one by another group means that the group followed it; a strike means revenge; none means the standing situation of the theatre.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shadowline.futures.why.events import blow, told
from shadowline.futures.why.words import Row, Tale, finished, number_text, reached, say
from shadowline.futures.wording import Quote, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROUTINE: Final = (
    "it came out of a routine review",
    "nothing in particular had called for it",
    "its factions had met without any event to call them together",
)
WAVE, EXAMPLE, REVENGE, SITUATION = "wave", "example", "revenge", "situation"
SOON: Final = 1
"""Days after which a cause that calls for a decision has had it."""
ROOTLESS: Final = (
    "it arose from the situation in its theatre, not from any one event",
    "no single event had set it off; it came out of the situation in its theatre",
    "it stood at the beginning of its chain, with no cause but the situation in its theatre",
)


def chain(rows: list[Row], event: int) -> list[int]:
    """Return the numbers of an event, of its cause, and so on to its first cause.

    Parameters
    ----------
    rows : list of dict
        The events of one future.
    event : int
        Number of the event to begin with.

    Raises
    ------
    KeyError
        If there is no such event.
    """
    return _links({row["event"]: row for row in rows}, event)


def _links(by_number: Mapping[int, Row], event: int) -> list[int]:
    """Return a chain through rows by number; see `chain`."""
    links: list[int] = [by_number[event]["event"]]
    while (cause := by_number[links[-1]]["cause"]) is not None and cause in by_number and cause not in links:
        links.append(cause)
    return links


def attack_cause(row: Row, cause: Row | None) -> str:
    """Return what an attack's cause means: the group's own wave, another's example, revenge, or the situation."""
    if cause is None:
        return SITUATION
    if cause["kind"] == "attack":
        return WAVE if (cause["actor"], cause["target"]) == (row["actor"], row["target"]) else EXAMPLE
    return REVENGE


def refer(tale: Tale, row: Row) -> Sentence:
    """Return an event as something to point at: the strike of that day, the crossing of that line."""
    day = tale.day(row)
    kind = row["kind"]
    if kind == "attack":
        who, what = tale.actor(row["actor"]), tale.target(row["target"])
        pointed = say(f"the attack of {who} on {what} of ", day)
    elif kind == "strike":
        pointed = say(f"{tale.whose(row['actor'])} {_plain_blow(row)} of ", day)
    elif kind == "line-crossed":
        is_known = tale.brief and row["event"] in tale.known
        pointed = say("the crossing of ", day) if is_known else say(f"the crossing of {tale.line(row['line'])} on ", day)
    elif kind == "order":
        pointed = say(f"{tale.whose(row['actor'])} order of ", day)
    elif kind == "leader-death":
        pointed = say(f"the death of {tale.whose(row['actor'])} leader on ", day)
    else:
        pointed = say("what happened on ", day)
    return say(pointed, tale.past(row))


def _plain_blow(row: Row) -> str:
    return {"limited-strike": "limited strike", "major-strike": "major strike"}.get(row["rung"], "strike")


def because(tale: Tale, row: Row, turn: int = 0) -> Sentence | None:
    """Return what brought an event about, as a clause to be read after a semicolon; None where there is nothing to say.

    ``turn`` chooses among the frames of what is said often.
    """
    cause = reached(tale, row["cause"])
    if row["kind"] in _BY_CASE:
        return _BY_CASE[row["kind"]](tale, row, cause, turn)
    leading, without = _PLAIN.get(row["kind"], ("", None))
    if cause is not None:
        return say(leading, _told_again(tale, row, cause))
    return (without,) if without else None


def _told_again(tale: Tale, row: Row, cause: Row) -> Sentence:
    """Return a cause as something to point at; a decision by its day alone, since its author is known."""
    return say(tale.day(cause), tale.past(cause)) if row["kind"] == "strike" else refer(tale, cause)


def _attack(tale: Tale, row: Row, cause: Row | None, turn: int) -> Sentence:
    meaning = attack_cause(row, cause)
    if cause is None:
        if tale.is_recorded(row):
            return ("it stands in the recorded past, where it arose from the situation in its theatre",)
        return (ROOTLESS[turn % len(ROOTLESS)],)
    if meaning == WAVE:
        return say("it continued the group's own wave, from its attack of ", tale.day(cause), tale.past(cause))
    if meaning == EXAMPLE:
        return say(
            f"it followed the example of {tale.actor(cause['actor'])}, whose attack there came on ", tale.day(cause), tale.past(cause)
        )
    return say("it was revenge for the group's own dead, last in ", refer(tale, cause), _meant_for_another(tale, row, cause))


def _meant_for_another(tale: Tale, row: Row, strike: Row) -> Sentence:
    """Return whom a strike was aimed at, where that was not the group whose dead are avenged: strikes hit all that are suspected."""
    if strike["target"] in {None, row["actor"]}:
        return ()
    return (f", aimed at {tale.actor(strike['target'])} but felt by others of its movement",)


def _decision(tale: Tale, row: Row, cause: Row | None, turn: int) -> Sentence:
    if cause is None:
        return ("no single event called for it",) if row["actor"] in tale.names.adversaries else ("its doctrine called for it",)
    if cause["kind"] == "attack":
        return say(("what weighed in it was ", "it followed attacks such as ")[turn % 2], refer(tale, cause))
    return say("it answered ", refer(tale, cause))


def _order(tale: Tale, row: Row, cause: Row | None, turn: int) -> Sentence:
    if cause is not None:
        return say("its factions had reconsidered after ", refer(tale, cause))
    order = tale.names.document.actors[row["actor"]].order
    if order is not None and (order.fixed is not None or order.chosen_by == "schedule"):
        return ("the scenario lays it down",)
    if tale.is_laid_down(row["actor"], row["target"], row["order"], row["date"]):
        return ("the policy lays it down",)
    return (ROUTINE[turn % len(ROUTINE)],)


def _death(tale: Tale, row: Row, cause: Row | None, turn: int) -> Sentence:  # noqa: ARG001 - one shape for all kinds
    if cause is not None:
        return say("the cause was ", refer(tale, cause))
    struck = [
        strike
        for strike in tale.rows
        if strike["kind"] == "strike"
        and (strike["target"], strike["rung"]) == (row["actor"], "patron-soil")
        and 0 <= (row["date"] - strike["date"]).days <= SOON
    ]
    return say("the death came in ", refer(tale, struck[-1])) if struck else ("the death was a natural one",)


_BY_CASE: Final[dict[str, Callable[[Tale, Row, Row | None, int], Sentence]]] = {
    "attack": _attack,
    "answer-decided": _decision,
    "order": _order,
    "leader-death": _death,
}
_PLAIN: Final[dict[str, tuple[str, str | None]]] = {
    "strike": ("it had been decided on ", "it was laid down beforehand, by the record or the scenario"),
    "line-crossed": ("what crossed it was ", None),
    "obedience": ("what moved it was ", "no new order lay behind it"),
    "handler-removed": ("the loss came in ", None),
    "group-leader-removed": ("the loss came in ", None),
    "open-war": ("it grew out of ", None),
    "licence": ("this goes back to ", None),
}
"""What is said before a cause, and what is said where there is none."""


def tell_chain(tale: Tale, event: int) -> list[Sentence]:
    """Return one sentence for every link from an event back to its first cause.

    Raises
    ------
    KeyError
        If there is no such event.
    """
    sentences = []
    for turn, number in enumerate(_links(tale.by_number, event)):
        row = tale.by_number[number]
        reason = because(tale, row)
        head = say(told(tale, row, turn), tale.past(row))
        sentences.append(finished(head, *(("; ", reason) if reason else ())))
    return sentences


def origin(tale: Tale, row: Row, turn: int = 0) -> Sentence:
    """Return an attack's way back to its first cause, in one sentence."""
    links = [tale.by_number[number] for number in _links(tale.by_number, row["event"])]
    if len(links) == 1:
        return finished(ROOTLESS[turn % len(ROOTLESS)])
    reason = _attack(tale, row, links[1], turn)
    if len(links) == 2:
        return finished(reason, _plain_root(links[1]))
    if links[1]["kind"] == "strike":
        return finished(reason, _behind(tale, links))
    steps = len(links) - 2
    length = Quote(number_text(steps), steps, f"chains.{row['event']}.between")
    if all(link["kind"] == "attack" for link in links):
        whose = "its own" if _is_same_front(links[-1], row) else f"one by {tale.actor(links[-1]['actor'])}"
        back = say(
            f" more attack{'s' if steps > 1 else ''} back, the chain begins with {whose} of ", tale.day(links[-1]), tale.past(links[-1])
        )
        return finished(reason, "; ", length, back)
    return finished(reason, "; ", length, f" more event{'s' if steps > 1 else ''} back, the chain begins with ", refer(tale, links[-1]))


def _is_same_front(one: Row, other: Row) -> bool:
    """Return whether two attacks are one group's on one target."""
    return bool((one["actor"], one["target"]) == (other["actor"], other["target"]))


def _plain_root(cause: Row) -> str | None:
    """Return what is left to say of a cause that has none itself."""
    return ", which no earlier event had set off" if cause["kind"] == "attack" else None


def _behind(tale: Tale, links: list[Row]) -> Sentence:
    """Return what the strike that an attack avenged had answered, where the chain says so."""
    answered = [row for row in links[2:] if row["kind"] in {"line-crossed", "attack"}]
    return say(", which had answered ", refer(tale, answered[0])) if answered else ()


__all__ = ["attack_cause", "because", "blow", "chain", "origin", "refer", "tell_chain"]
