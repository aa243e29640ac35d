"""The act over which two matched futures part, in words, and how it stands in the other future."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowline.futures.why.events import blow, harm, told
from shadowline.futures.why.words import Row, number_text, say

if TYPE_CHECKING:
    from shadowline.futures.why.pair.side import Side
    from shadowline.futures.why.pair.tale import PairTale
    from shadowline.futures.wording import Quote, Sentence


def tell_attacks(pair: PairTale) -> Sentence:
    """Return how many attacks the group made on the target in either future, where the number differs, else with which effect."""
    act, has, lacks = pair.apart.act, pair.has, pair.lacks
    mine, other = pair.standing(has), pair.standing(lacks)
    who, what = pair.tale.actor(act["actor"]), pair.tale.target(act["target"])
    if mine.attacks != other.attacks:
        if mine.attacks < other.attacks:
            has, lacks, mine, other = lacks, has, other, mine
        if mine.attacks == 1:
            first = has.own(told(has.tale, _attack_of(pair, has), dated=False))
        else:
            first = say(f"{who} made ", _count(pair, has, "attacks"), f" attacks on {what}", _got_through(pair, has))
        rest = say(_count(pair, lacks, "attacks"), _got_through(pair, lacks)) if other.attacks else say("it made none there that day")
        return say(has.lead, first, f"; {lacks.lead}", rest)
    made = say(f"in both {who} made ", _count(pair, has, "attacks"), f" attack{'s' if mine.attacks > 1 else ''} on {what}")
    if mine.through != other.through:
        has, lacks = (has, lacks) if mine.through > other.through else (lacks, has)
        return say(made, f"; {has.lead}", _effect(pair, has), f"; {lacks.lead}", _effect(pair, lacks))
    return say(made, f"; {has.lead}", _hurt(pair, has), f"; {lacks.lead}", _hurt(pair, lacks))


def _attack_of(pair: PairTale, side: Side) -> Row:
    """Return the worst attack of the group on the target that day in one future."""
    act = pair.apart.act
    found = [
        row
        for row in side.tale.rows
        if (row["date"], row["kind"], row["actor"], row["target"]) == (act["date"], "attack", act["actor"], act["target"])
    ]
    return max(found, key=lambda row: (row["killed"], row["wounded"], row["got_through"]))


def _count(pair: PairTale, side: Side, field: str) -> Quote:
    value = getattr(pair.standing(side), field)
    return pair.quote(side, number_text(value) if value else "none", value, "standing", field)


def _got_through(pair: PairTale, side: Side) -> Sentence:
    """Return how many of several attacks got through, and whom the worst hurt."""
    if not pair.standing(side).through:
        return ()
    hurt = side.own(harm(side.tale, _attack_of(pair, side), verbs=("killing", "wounding")))
    return say(", ", _count(pair, side, "through"), " of which got through", *((", ", hurt) if hurt else ()))


def _effect(pair: PairTale, side: Side) -> Sentence:
    """Return how many of the same attacks got through in one future."""
    if pair.standing(side).attacks == 1 and not pair.standing(side).through:
        return ("it did not",)
    hurt = side.own(harm(side.tale, _attack_of(pair, side), verbs=("killing", "wounding")))
    many = _count(pair, side, "through") if pair.standing(side).attacks > 1 else "it"
    return say(many, " got through", *((", ", hurt) if hurt else ()))


def _hurt(pair: PairTale, side: Side) -> Sentence:
    hurt = side.own(harm(side.tale, _attack_of(pair, side)))
    return say("it " if pair.standing(side).attacks == 1 else "the worst of them ", *((hurt,) if hurt else ("hurt nobody",)))


def tell_act(pair: PairTale) -> Sentence:
    """Return an act other than an attack, and how it stands in the other future."""
    act, has, lacks = pair.apart.act, pair.has, pair.lacks
    if act["kind"] == "strike":
        instead = next((row for row in lacks.tale.rows if _struck(row, act)), None)
        head = say(has.lead, has.own(told(has.tale, act, dated=False)), f"; {lacks.lead}")
        return say(head, "it did not") if instead is None else say(head, "it made ", blow(lacks.tale, instead), " instead")
    return say(f"only {has.lead}", has.own(told(has.tale, act, 1 if act["kind"] == "line-crossed" else 0, dated=False)))


def _struck(row: Row, act: Row) -> bool:
    return bool((row["date"], row["kind"], row["actor"]) == (act["date"], "strike", act["actor"]))


__all__ = ["tell_act", "tell_attacks"]
