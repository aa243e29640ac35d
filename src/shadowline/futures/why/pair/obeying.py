"""Whom a group obeyed in two matched futures, and under which order, in words, with what lies behind the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shadowline.futures.why.causes import because
from shadowline.futures.why.pair.tale import shares_apart
from shadowline.futures.why.words import Row, Tale, finished, joined_names, possessive, reached, say
from shadowline.futures.wording import Sentence, joined, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shadowline.futures.why.pair.side import Side
    from shadowline.futures.why.pair.tale import PairTale

TOLD_TO: Final = {
    0.0: "stop",
    0.5: "hold back to half its own tempo",
    1.0: "keep to its own tempo",
    1.5: "go half as far again as its own tempo",
}
PARTS_SAID: Final = {
    "capability": "what the group is capable of",
    "quiet": "its tempo in quiet times",
    "context": "the climate of the theatre",
    "restraint": "what red lines hold back",
    "fear": "its fear of strikes",
    "momentum": "the momentum of its own attacks",
    "example": "the example of other groups",
    "revenge": "its wish to avenge its dead",
}


def tell_obedience(pair: PairTale) -> list[Sentence]:
    """Return whom the group obeyed in either future, what that bound it to, and why it obeyed another."""
    act, has, lacks = pair.apart.act, pair.has, pair.lacks
    who, about = pair.tale.actor(act["actor"]), pair.tale.actor(act["target_owner"])
    whom = [say(f"{side.where} ", _obeyed(pair, side)) for side in pair.both]
    bound = [say(side.lead, _bound(pair, side)) for side in pair.both]
    first = finished(f"what parts them is whom {who} obeyed about {about}: ", whom[0], ", ", whom[1])
    meaning = finished("so, ", bound[0], "; ", bound[1], _besides(pair))
    return [first, meaning, *_why_another(pair, has, lacks)]


def _obeyed(pair: PairTale, side: Side) -> Sentence:
    """Return whom the group obeyed in one future, and since when."""
    mine = pair.standing(side)
    whom = pair.quote(side, side.tale.actor(mine.obeys) if mine.obeys else "nobody", str(mine.obeys), "standing", "obeys")
    row = reached(side.tale, mine.obeys_since)
    return say(whom, *((" (since ", *side.own((side.tale.day(row),)), _short_past(side.tale, row), ")") if row else ()))


def _short_past(tale: Tale, row: Row) -> str:
    return ", as modelled" if tale.is_recorded(row) else ""


def _bound(pair: PairTale, side: Side) -> Sentence:
    """Return what a group was bound to in one future: the order of whom it obeyed, or nothing."""
    mine = pair.standing(side)
    if mine.obeys is None:
        return ("it was bound by no order and kept to its own tempo",)
    return say("its order was to ", pair.quote(side, _told_to(mine.order), mine.order, "standing", "order"))


def _told_to(order: float) -> str:
    return TOLD_TO.get(order, f"keep to {order:g} times its own tempo")


def _besides(pair: PairTale) -> Sentence | None:
    """Return what else made the group's tempo another."""
    differing = pair.apart.reason.differing
    return (f"; besides, {joined_names(PARTS_SAID[name] for name in differing)} {_differ(differing)}",) if differing else None


def _differ(differing: Sequence[str]) -> str:
    return "differ" if len(differing) > 1 else "differs"


def _why_another(pair: PairTale, has: Side, lacks: Side) -> list[Sentence]:
    """Return why a group obeyed another in either future: an order that reached it in one only, or a firmer hold under the same draw."""
    events = [(side, reached(side.tale, pair.standing(side).obeys_since)) for side in (has, lacks)]
    dated = [(side, row) for side, row in events if row is not None]
    for side, row in sorted(dated, key=lambda found: found[1]["date"], reverse=True):
        order = reached(side.tale, row["cause"])
        other = lacks if side is has else has
        if order is not None and order["kind"] == "order" and not _also_in(other.tale, order):
            given = say(f"{side.tale.whose(order['actor'])} order of ", side.tale.day(order), side.tale.past(order), " to ")
            lead = say(f"{side.lead}it had chosen anew when it was reached by ", side.own(say(given, side.tale.order(order))))
            without = f"; {other.where}{_where_laid_down(other, order)}, there was no such order"
            return [finished(lead, _ground(side, order), without), *_chosen_otherwise(pair, order["actor"])]
    return _holds(pair)


def _also_in(tale: Tale, order: Row) -> bool:
    """Return whether an order was given in a future too."""
    what = ("date", "kind", "actor", "target", "order")
    return any(all(row[name] == order[name] for name in what) for row in tale.rows)


def _where_laid_down(side: Side, order: Row) -> str:
    """Return that a principal's order was laid down that day in one future, where it was."""
    principal, adversary, day = order["actor"], order["target"], order["date"]
    laid = any(side.tale.is_laid_down(principal, adversary, decree.order, day) for decree in side.tale.decrees)
    return f", where {side.tale.whose(principal)} order is laid down" if laid else ""


def _ground(side: Side, order: Row) -> Sentence | None:
    """Return what brought an order about, to be read after it."""
    reason = because(side.tale, order)
    return say(" (", side.own(reason), ")") if reason else None


def _holds(pair: PairTale) -> list[Sentence]:
    """Return how firmly each principal held the group in either future, where that differs."""
    reason = pair.apart.reason
    field, standings = ("standing", reason.standings) if reason.chosen is None else ("chosen", reason.chosen)
    assert standings is not None, "asked only about attacks"  # noqa: S101 - for the type checker
    mine, other = standings[pair.has.place], standings[pair.lacks.place]
    apart = {key: shares_apart(mine.holds[key], other.holds.get(key, 0.0)) for key in mine.holds}
    clear = [key for key in mine.holds if percent(mine.holds[key]) != percent(other.holds.get(key, 0.0))]
    parts: list[Sentence] = []
    for key in clear or mine.holds:
        if (texts := apart[key]) is not None:
            lead = "with one of " if parts else "was obeyed with a chance of "
            first, second = (
                pair.quote(side, text, standings[side.place].holds.get(key, 0.0), field, "holds", key)
                for side, text in zip(pair.both, texts, strict=True)
            )
            parts.append(say(f"{pair.tale.actor(key)} {lead}", first, f" {pair.has.where} and ", second, f" {pair.lacks.where}"))
    lead = "the draw of whom it obeys was the same, and fell otherwise because "
    drawn = [finished(lead, joined(parts, ", and "))] if parts else []
    return [*drawn, *(pair.moved(pair.apart.act["actor"]) or pair.moved(*mine.holds, *other.holds))]


def tell_order(pair: PairTale) -> list[Sentence]:
    """Return which order bound the group in either future, since when, and what lies behind it."""
    act, mine = pair.apart.act, pair.standing(pair.has)
    who, about, principal = pair.tale.actor(act["actor"]), pair.tale.actor(act["target_owner"]), pair.tale.actor(mine.obeys)
    given = [
        say(
            "to ",
            pair.quote(side, _told_to(pair.standing(side).order), pair.standing(side).order, "standing", "order"),
            f" {side.where}",
        )
        for side in pair.both
    ]
    first = finished(
        f"in both {who} obeyed {principal} about {about}; {possessive(principal)} order, as it had reached the group, was ",
        *(given[0], ", and ", given[1]),
        _besides(pair),
    )
    behind = [say(side.lead, _behind(pair, side)) for side in pair.both]
    return [first, finished(behind[0], "; ", behind[1]), *_chosen_otherwise(pair, str(mine.obeys))]


def _chosen_otherwise(pair: PairTale, principal: str) -> list[Sentence]:
    """Return what moved the choice of an order where nothing lays it down; later partings have other causes too."""
    adversary, day = pair.apart.act["target_owner"], pair.apart.on
    if pair.is_later or any(
        side.tale.is_laid_down(principal, adversary, decree.order, day) for side in pair.sides for decree in side.tale.decrees
    ):
        return []
    return pair.moved(principal)


def _behind(pair: PairTale, side: Side) -> Sentence:
    """Return since when an order had stood in one future, and what lies behind it."""
    mine, about = pair.standing(side), pair.apart.act["target_owner"]
    is_laid_down = side.tale.is_laid_down(str(mine.obeys), about, mine.order, pair.apart.on)
    row = reached(side.tale, mine.order_event)
    if row is not None:
        reason = because(side.tale, row)
        dated = say("it had been given on ", side.own((side.tale.day(row),)), _short_past(side.tale, row))
        kept = "; since then it is laid down" if is_laid_down and side.tale.is_recorded(row) else None
        return say(dated, *((": ", *side.own(reason)) if reason else ()), kept)
    if is_laid_down:
        return ("it is laid down from the first day on",)
    return ("it had stood from the start",)


__all__ = ["PARTS_SAID", "tell_obedience", "tell_order"]
