"""Where two matched futures part, in words: the act, how it stands in the other future, and what in the two histories made the difference."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from shadowline.futures.why.causes import because
from shadowline.futures.why.events import blow, harm, killing, told
from shadowline.futures.why.side import SIDES
from shadowline.futures.why.words import Row, Tale, finished, joined_names, number_text, possessive, reached, say
from shadowline.futures.wording import Quote, Sentence, amount, joined, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shadowline.futures.why.pair import Apart, Reason
    from shadowline.futures.why.side import Side
    from shadowline.futures.why.standing import Standing

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
MOST_PATHS: Final = 3


class PairTale:
    """Two futures as sentences about both see them; ``path`` is where their parting stands in the facts."""

    def __init__(self, sides: tuple[Side, Side], apart: Apart, path: str) -> None:
        self.sides, self.apart, self.path = sides, apart, path

    @property
    def has(self) -> Side:
        """The side that has the act."""
        return self.sides[self.apart.side]

    @property
    def lacks(self) -> Side:
        """The side that lacks it."""
        return self.sides[1 - self.apart.side]

    @property
    def tale(self) -> Tale:
        """The future that has the act."""
        return self.has.tale

    @property
    def both(self) -> tuple[Side, Side]:
        """The side that has the act, then the one that lacks it."""
        return self.has, self.lacks

    def standing(self, side: Side) -> Standing:
        """Return what bore on the group in one future."""
        assert self.apart.reason.standings is not None, "asked only about attacks"  # noqa: S101 - for the type checker
        return self.apart.reason.standings[side.place]

    def quote(self, side: Side, text: str, value: float | str, *fields: str) -> Quote:
        """Return a number of one future's standing or readiness as a quote."""
        return Quote(text, value, ".".join((self.path, "reason", fields[0], SIDES[side.place], *fields[1:])))

    def day(self) -> Quote:
        """Return the day on which the two part."""
        return Quote(self.tale.day_text(self.apart.on), str(self.apart.on), f"{self.path}.on")


def tell_parting(pair: PairTale) -> list[Sentence]:
    """Return the act over which two futures part, and why, in two to five sentences."""
    reason = pair.apart.reason
    if reason.standings is not None:
        return [finished("on ", pair.day(), " the two part: ", _attacks(pair)), *_REASONS[reason.kind](pair)]
    return [finished("on ", pair.day(), " the two part: ", _act(pair)), *_REASONS[reason.kind](pair)]


def _attacks(pair: PairTale) -> Sentence:
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
        return say(f"in {has.quoted} ", first, f"; in {lacks.quoted} ", rest)
    made = say(f"in both {who} made ", _count(pair, has, "attacks"), f" attack{'s' if mine.attacks > 1 else ''} on {what}")
    if mine.through != other.through:
        return say(made, f"; in {has.quoted} ", _effect(pair, has), f", in {lacks.quoted} ", _effect(pair, lacks))
    return say(made, f"; in {has.quoted} ", _hurt(pair, has), f", in {lacks.quoted} ", _hurt(pair, lacks))


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
    hurt = side.own(harm(side.tale, _attack_of(pair, side), verbs=("killing", "wounding")))
    return say(_count(pair, side, "through"), " got through", *((", ", hurt) if hurt else ()))


def _hurt(pair: PairTale, side: Side) -> Sentence:
    hurt = side.own(harm(side.tale, _attack_of(pair, side)))
    return say("it " if pair.standing(side).attacks == 1 else "the worst of them ", *((hurt,) if hurt else ("hurt nobody",)))


def _act(pair: PairTale) -> Sentence:
    """Return an act other than an attack, and how it stands in the other future."""
    act, has, lacks = pair.apart.act, pair.has, pair.lacks
    if pair.apart.reason.kind == "harm":
        other = next(row for row in lacks.tale.rows if row["date"] == act["date"] and row["kind"] == "strike" and _same_blow(row, act))
        who = pair.tale.actor(act["actor"])
        tolls = [say(f" in {side.quoted}", side.own(killing(side.tale, row))) for side, row in ((has, act), (lacks, other))]
        return say(f"in both {who} carried out {blow(pair.tale, act)};", tolls[0], " and", tolls[1])
    if act["kind"] == "strike":
        instead = next((row for row in lacks.tale.rows if _struck(row, act)), None)
        head = say(f"in {has.quoted} ", has.own(told(has.tale, act, dated=False)), f"; in {lacks.quoted} ")
        return say(head, "it did not") if instead is None else say(head, "it made ", blow(lacks.tale, instead), " instead")
    return say(f"only in {has.quoted} ", has.own(told(has.tale, act, 1 if act["kind"] == "line-crossed" else 0, dated=False)))


def _same_blow(row: Row, act: Row) -> bool:
    return bool((row["actor"], row["target"], row["rung"]) == (act["actor"], act["target"], act["rung"]))


def _struck(row: Row, act: Row) -> bool:
    return bool((row["date"], row["kind"], row["actor"]) == (act["date"], "strike", act["actor"]))


def _obedience(pair: PairTale) -> list[Sentence]:
    """Return whom the group obeyed in either future, what that bound it to, and why it obeyed another."""
    act, has, lacks = pair.apart.act, pair.has, pair.lacks
    who, about = pair.tale.actor(act["actor"]), pair.tale.actor(act["target_owner"])
    whom = [say(f"in {side.quoted} ", _obeyed(pair, side)) for side in pair.both]
    bound = [say(f"in {side.quoted} ", _bound(pair, side)) for side in pair.both]
    first = finished(f"what parts them is whom {who} obeyed about {about}: ", whom[0], ", ", whom[1])
    meaning = finished("so ", bound[0], ", and ", bound[1], _besides(pair))
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
        return ("no order bound it, and it kept to its own tempo",)
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
            lead = say(f"in {side.quoted} it had chosen anew when it was reached by ", side.own(say(given, side.tale.order(order))))
            return [finished(lead, _ground(side, order), f"; in {other.quoted} there was no such order")]
    return _holds(pair)


def _also_in(tale: Tale, order: Row) -> bool:
    """Return whether an order was given in a future too."""
    what = ("date", "kind", "actor", "target", "order")
    return any(all(row[name] == order[name] for name in what) for row in tale.rows)


def _ground(side: Side, order: Row) -> Sentence | None:
    """Return what brought an order about, to be read after it."""
    reason = because(side.tale, order)
    return say(" (", side.own(reason), ")") if reason else None


def _holds(pair: PairTale) -> list[Sentence]:
    """Return how firmly each principal held the group in either future, where that differs."""
    mine, other = pair.standing(pair.has), pair.standing(pair.lacks)
    moved = [key for key in mine.holds if percent(mine.holds[key]) != percent(other.holds.get(key, 0.0))]
    parts = [
        say(
            f"{pair.tale.actor(key)} was obeyed with a chance of ",
            *(piece for side in pair.both for piece in _hold(pair, side, key)),
        )
        for key in moved
    ]
    drawn = [finished("the draw of whom it obeys was the same, and fell otherwise because ", joined(parts))] if parts else []
    keys = {*mine.holds, *other.holds}
    return [*drawn, *_moved(pair, pair.apart.act["actor"], *keys)]


def _hold(pair: PairTale, side: Side, key: str) -> Sentence:
    chance = pair.standing(side).holds.get(key, 0.0)
    return say(
        pair.quote(side, percent(chance), chance, "standing", "holds", key), f" in {side.quoted}", " and " if side is pair.has else None
    )


def _order(pair: PairTale) -> list[Sentence]:
    """Return which order bound the group in either future, since when, and what lies behind it."""
    act, mine = pair.apart.act, pair.standing(pair.has)
    who, about, principal = pair.tale.actor(act["actor"]), pair.tale.actor(act["target_owner"]), pair.tale.actor(mine.obeys)
    given = [
        say("to ", pair.quote(side, _told_to(pair.standing(side).order), pair.standing(side).order, "standing", "order"), f" in {side.quoted}")
        for side in pair.both
    ]
    first = finished(
        f"in both {who} obeyed {principal} about {about}; {possessive(principal)} order, as it had reached the group, was ",
        *(given[0], ", and ", given[1]),
        _besides(pair),
    )
    behind = [say(f"in {side.quoted} ", _behind(pair, side)) for side in pair.both]
    return [first, finished(behind[0], "; ", behind[1])]


def _behind(pair: PairTale, side: Side) -> Sentence:
    """Return since when an order had stood in one future, and what lies behind it."""
    mine, about = pair.standing(side), pair.apart.act["target_owner"]
    row = reached(side.tale, mine.order_event)
    if row is not None:
        reason = because(side.tale, row)
        dated = say("it had been given on ", side.own((side.tale.day(row),)), _short_past(side.tale, row))
        return say(dated, *((": ", *side.own(reason)) if reason else ()))
    if side.tale.is_laid_down(str(mine.obeys), about, mine.order, pair.apart.on):
        return ("it is laid down from the first day on",)
    return ("it had stood from the start",)


def _pace(pair: PairTale) -> list[Sentence]:
    """Return how many attacks were to be expected in either future, and which part of the tempo differs."""
    act, has, lacks = pair.apart.act, pair.has, pair.lacks
    who, about = pair.tale.actor(act["actor"]), pair.tale.actor(act["target_owner"])
    mine, other = pair.standing(has), pair.standing(lacks)
    same = f"{who} obeyed {pair.tale.actor(mine.obeys) if mine.obeys else 'nobody'} about {about} in both, "
    if mine.obeys != other.obeys:
        same = f"whom {who} obeyed about {about} made no difference, for it was bound to the same, "
    rates = [say(pair.quote(side, amount(pair.standing(side).rate), pair.standing(side).rate, "standing", "rate"), f" in {side.quoted}")
             for side in pair.both]  # fmt: skip
    expected = say(f"{same}but its attacks on {pair.tale.target(act['target'])} were to be expected at a rate of ", rates[0], " a day and ")
    differing = pair.apart.reason.differing
    what = (f"; what differs is {joined_names(PARTS_SAID[name] for name in differing)}",) if differing else ()
    return [finished(expected, rates[1], what), *_moved(pair, act["actor"], act["target"], about, *_lines(pair))]


def _lines(pair: PairTale) -> list[str]:
    return list(pair.tale.names.lines)


def _harm(pair: PairTale) -> list[Sentence]:
    """Return which chance of harm differs, where the attacks are the same."""
    act = pair.apart.act
    if pair.apart.reason.standings is None:
        return _moved(pair, act["actor"], act["target"])
    for field, what in (("gets_through", "that an attack on it gets through"), ("kills", "that one that gets through kills")):
        values = [getattr(pair.standing(side), field) for side in pair.both]
        if percent(values[0]) != percent(values[1]):
            shares = [
                say(pair.quote(side, percent(value), value, "standing", field), f" in {side.quoted}")
                for side, value in zip(pair.both, values, strict=True)
            ]
            told_chance = finished(f"the chance {what} was ", shares[0], " and ", shares[1])
            return [told_chance, *_moved(pair, act["actor"], act["target"])]
    return _moved(pair, act["actor"], act["target"])


def _answer(pair: PairTale) -> list[Sentence]:
    """Return what was decided in one future and not in the other, on which ground, and how ready the adversary was in either."""
    reason = pair.apart.reason
    assert reason.decision is not None, "an answer has its decision"  # noqa: S101 - for the type checker
    side, decision = pair.sides[reason.decided_in], reason.decision
    other = pair.sides[1 - reason.decided_in]
    who, why = pair.tale.actor(decision["actor"]), because(side.tale, decision)
    head = say(f"in {side.quoted} {who} had decided on ", side.own((side.tale.day(decision),)), f" on {blow(side.tale, decision)}")
    if reason.kind == "delay":
        return [finished(head, " in both, but it was carried out on another day"), *_moved(pair, decision["actor"])]
    if reason.instead is None:
        rest: Sentence = (f"in {other.quoted} it decided on nothing that day",)
    else:
        rest = (f"in {other.quoted} it decided that day on {blow(other.tale, reason.instead)}",)
    first = finished(head, *(("; ", side.own(why)) if why else ()))
    return [first, finished(rest), *_ready(pair, reason), *_moved(pair, decision["actor"])]


def _ready(pair: PairTale, reason: Reason) -> list[Sentence]:
    """Return how ready an adversary was to answer in either future, where that differs."""
    if reason.readiness is None:
        return []
    states = [(side, reason.readiness[side.place]) for side in pair.sides]
    by_rule = [side for side, state in states if state.by_doctrine]
    if len(by_rule) == 1:
        return [finished(f"in {by_rule[0].quoted} a doctrine decides, in the other its judgement")]
    chances = [say(pair.quote(side, percent(state.chance), state.chance, "readiness", "chance"), f" in {side.quoted}") for side, state in states]
    if percent(states[0][1].chance) == percent(states[1][1].chance):
        return []
    return [finished("its chance of deciding on an answer that day was ", chances[0], " and ", chances[1])]


def _aside(pair: PairTale) -> list[Sentence]:
    """Return what lies behind an act that is no attack and no answer."""
    act = pair.apart.act
    reason = because(pair.tale, act)
    why = [finished(pair.has.own(reason))] if reason else []
    return [*why, *_moved(pair, act["actor"], act["target"], act["line"])]


def _moved(pair: PairTale, *keys: str | None) -> list[Sentence]:
    """Return what either side moves that bears on these rows: the change that the difference goes back to."""
    found = [(side, side.moves(*keys)) for side in pair.sides]
    told_paths = [
        f"{side.quoted} changes {joined_names(paths[:MOST_PATHS])}{' and more' if paths[MOST_PATHS:] else ''}" for side, paths in found if paths
    ]
    return [finished(f"this goes back to what was changed: {' and '.join(told_paths)}")] if told_paths else []


_REASONS: Final[dict[str, Callable[[PairTale], list[Sentence]]]] = {
    "obedience": _obedience,
    "order": _order,
    "pace": _pace,
    "harm": _harm,
    "answer": _answer,
    "delay": _answer,
    "beforehand": _aside,
    "fate": _aside,
    "loss": _aside,
    "line": _aside,
    "war": _aside,
}

__all__ = ["PairTale", "tell_parting"]
