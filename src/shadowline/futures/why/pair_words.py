"""Where two matched futures part, in words: the act, how it stands in the other future, and what in the two histories made the difference."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from shadowline.futures.why.causes import because
from shadowline.futures.why.events import blow, harm, told
from shadowline.futures.why.side import SIDES
from shadowline.futures.why.words import Row, Tale, finished, joined_names, number_text, possessive, reached, say
from shadowline.futures.wording import Quote, Sentence, joined, percent

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
MOST_DIGITS: Final = 8


class PairTale:
    """Two futures as sentences about both see them.

    ``path`` is where their parting stands in the facts; ``is_later`` says that they have parted before, in something else.
    """

    def __init__(self, sides: tuple[Side, Side], apart: Apart, path: str, *, is_later: bool = False) -> None:
        self.sides, self.apart, self.path, self.is_later = sides, apart, path, is_later

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


def tell_parting(pair: PairTale, about: str) -> list[Sentence]:
    """Return the act over which two futures part, and why, in two to five sentences; ``about`` names the adversary of a later parting."""
    reason = pair.apart.reason
    act = _act(pair) if reason.standings is None else _attacks(pair)
    lead = (
        say("on ", pair.day(), " the two part: ") if not pair.is_later else say(f"in what concerns {about} they part on ", pair.day(), ": ")
    )
    return [finished(lead, act), *_REASONS[reason.kind](pair)]


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
        has, lacks = (has, lacks) if mine.through > other.through else (lacks, has)
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
    if pair.standing(side).attacks == 1 and not pair.standing(side).through:
        return ("it did not",)
    hurt = side.own(harm(side.tale, _attack_of(pair, side), verbs=("killing", "wounding")))
    many = _count(pair, side, "through") if pair.standing(side).attacks > 1 else "it"
    return say(many, " got through", *((", ", hurt) if hurt else ()))


def _hurt(pair: PairTale, side: Side) -> Sentence:
    hurt = side.own(harm(side.tale, _attack_of(pair, side)))
    return say("it " if pair.standing(side).attacks == 1 else "the worst of them ", *((hurt,) if hurt else ("hurt nobody",)))


def _act(pair: PairTale) -> Sentence:
    """Return an act other than an attack, and how it stands in the other future."""
    act, has, lacks = pair.apart.act, pair.has, pair.lacks
    if act["kind"] == "strike":
        instead = next((row for row in lacks.tale.rows if _struck(row, act)), None)
        head = say(f"in {has.quoted} ", has.own(told(has.tale, act, dated=False)), f"; in {lacks.quoted} ")
        return say(head, "it did not") if instead is None else say(head, "it made ", blow(lacks.tale, instead), " instead")
    return say(f"only in {has.quoted} ", has.own(told(has.tale, act, 1 if act["kind"] == "line-crossed" else 0, dated=False)))


def _struck(row: Row, act: Row) -> bool:
    return bool((row["date"], row["kind"], row["actor"]) == (act["date"], "strike", act["actor"]))


def _obedience(pair: PairTale) -> list[Sentence]:
    """Return whom the group obeyed in either future, what that bound it to, and why it obeyed another."""
    act, has, lacks = pair.apart.act, pair.has, pair.lacks
    who, about = pair.tale.actor(act["actor"]), pair.tale.actor(act["target_owner"])
    whom = [say(f"in {side.quoted} ", _obeyed(pair, side)) for side in pair.both]
    bound = [say(f"in {side.quoted} ", _bound(pair, side)) for side in pair.both]
    first = finished(f"what parts them is whom {who} obeyed about {about}: ", whom[0], ", ", whom[1])
    meaning = finished("so ", bound[0], "; ", bound[1], _besides(pair))
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
            lead = say(f"in {side.quoted} it had chosen anew when it was reached by ", side.own(say(given, side.tale.order(order))))
            without = f"; in {other.quoted}{_where_laid_down(other, order)} there was no such order"
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
    return f", where {side.tale.whose(principal)} order is laid down," if laid else ""


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
    moved = [key for key in mine.holds if percent(mine.holds[key]) != percent(other.holds.get(key, 0.0))]
    parts = [
        say(
            f"{pair.tale.actor(key)} {'was obeyed with a chance of ' if n == 0 else 'with one of '}",
            *(piece for side in pair.both for piece in _hold(pair, side, key, (field, standings[side.place]))),
        )
        for n, key in enumerate(moved)
    ]
    lead = "the draw of whom it obeys was the same, and fell otherwise because "
    drawn = [finished(lead, joined(parts, ", and "))] if parts else []
    keys = {*mine.holds, *other.holds}
    return [*drawn, *(_moved(pair, pair.apart.act["actor"]) or _moved(pair, *keys))]


def _hold(pair: PairTale, side: Side, key: str, found: tuple[str, Standing]) -> Sentence:
    chance = found[1].holds.get(key, 0.0)
    return say(
        pair.quote(side, percent(chance), chance, found[0], "holds", key), f" in {side.quoted}", " and " if side is pair.has else None
    )


def _order(pair: PairTale) -> list[Sentence]:
    """Return which order bound the group in either future, since when, and what lies behind it."""
    act, mine = pair.apart.act, pair.standing(pair.has)
    who, about, principal = pair.tale.actor(act["actor"]), pair.tale.actor(act["target_owner"]), pair.tale.actor(mine.obeys)
    given = [
        say(
            "to ",
            pair.quote(side, _told_to(pair.standing(side).order), pair.standing(side).order, "standing", "order"),
            f" in {side.quoted}",
        )
        for side in pair.both
    ]
    first = finished(
        f"in both {who} obeyed {principal} about {about}; {possessive(principal)} order, as it had reached the group, was ",
        *(given[0], ", and ", given[1]),
        _besides(pair),
    )
    behind = [say(f"in {side.quoted} ", _behind(pair, side)) for side in pair.both]
    return [first, finished(behind[0], "; ", behind[1]), *_chosen_otherwise(pair, str(mine.obeys))]


def _chosen_otherwise(pair: PairTale, principal: str) -> list[Sentence]:
    """Return what moved the choice of an order where nothing lays it down; later partings have other causes too."""
    adversary, day = pair.apart.act["target_owner"], pair.apart.on
    if pair.is_later or any(
        side.tale.is_laid_down(principal, adversary, decree.order, day) for side in pair.sides for decree in side.tale.decrees
    ):
        return []
    return _moved(pair, principal)


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


def _pace(pair: PairTale) -> list[Sentence]:
    """Return how many attacks were to be expected in either future, and which part of the tempo differs."""
    act, has, lacks = pair.apart.act, pair.has, pair.lacks
    who, about = pair.tale.actor(act["actor"]), pair.tale.actor(act["target_owner"])
    mine, other = pair.standing(has), pair.standing(lacks)
    same = f"{who} obeyed {pair.tale.actor(mine.obeys) if mine.obeys else 'nobody'} about {about} in both, "
    if mine.obeys != other.obeys:
        same = f"whom {who} obeyed about {about} made no difference, for it was bound to the same, "
    numbers = _told_apart(mine.rate, other.rate)
    rates = [pair.quote(side, text, pair.standing(side).rate, "standing", "rate") for side, text in zip(pair.both, numbers, strict=True)]
    differing = pair.apart.reason.differing
    what = f"; what differs is {joined_names(PARTS_SAID[name] for name in differing)}" if differing else ""
    expected = f"{same}but its attacks on {pair.tale.target(act['target'])} were to be expected at a rate of "
    return [
        finished(expected, rates[0], f" a day in {has.quoted} and ", rates[1], f" in {lacks.quoted}{what}"),
        *_moved(pair, *_behind_pace(pair)),
    ]


def _told_apart(one: float, other: float) -> tuple[str, str]:
    """Return two numbers with as many digits as say something of the smaller and tell them apart."""
    smaller = min((number for number in (one, other) if number > 0.0), default=1.0)
    digits = max(2, 1 - math.floor(math.log10(smaller)))
    while digits < MOST_DIGITS and f"{one:.{digits}f}" == f"{other:.{digits}f}":
        digits += 1
    return _rate(one, digits), _rate(other, digits)


def _rate(number: float, digits: int) -> str:
    return f"{number:.{digits}f}" if number > 0.0 else "nought"


def _behind_pace(pair: PairTale) -> list[str]:
    """Return the rows whose numbers may have made a group's tempo another."""
    act, names, differing = pair.apart.act, pair.tale.names, pair.apart.reason.differing
    found = [act["actor"], act["target"], names.document.targets[act["target"]].theatre]
    if "restraint" in differing:
        found += names.lines
    if "capability" in differing:
        found += [names.document.ties[n].from_ for n in names.ties_of[act["actor"]]]
    if "quiet" in differing:  # what is closed elsewhere comes here
        found += ["closed"]
    return found


def _harm(pair: PairTale) -> list[Sentence]:
    """Return which chance of harm differs, where the attacks are the same."""
    act = pair.apart.act
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
    patrons = [key for key in pair.tale.names.principals if pair.tale.names.document.actors[key].role == "patron"]
    return [first, finished(rest), *_ready(pair, reason), *(_moved(pair, decision["actor"]) or _moved(pair, *patrons))]


def _ready(pair: PairTale, reason: Reason) -> list[Sentence]:
    """Return how ready an adversary was to answer in either future, where that differs."""
    if reason.readiness is None:
        return []
    states = [(side, reason.readiness[side.place]) for side in pair.sides]
    by_rule = [side for side, state in states if state.by_doctrine]
    if len(by_rule) == 1:
        by_judgement = pair.sides[1 - by_rule[0].place]
        return [finished(f"in {by_rule[0].quoted} it answers by rule, in {by_judgement.quoted} by its own judgement")]
    chance = _unlike(pair, reason, "chance", None)
    return [*([finished("its chance of deciding on an answer that day was ", chance)] if chance else []), *_aimed(pair, reason)]


def _aimed(pair: PairTale, reason: Reason) -> list[Sentence]:
    """Return how strongly patrons were blamed and groups suspected, where two decisions of one day differ in whom they strike."""
    if reason.decision is None or reason.instead is None:
        return []
    struck = [reason.decision["target"], reason.instead["target"]]
    if struck[0] == struck[1]:
        return []
    names, tale = pair.tale.names, pair.tale
    groups = [key for key in dict.fromkeys(struck) if key in names.proxies]
    shares = [say(f"on {tale.actor(key)} ", told) for key in groups if (told := _unlike(pair, reason, "suspicion", key))]
    found = [finished("whom it strikes is drawn by its suspicion, of which there rested ", joined(shares, ", and "))] if shares else []
    for key in struck:
        told = _unlike(pair, reason, "blame", key) if key in names.principals else ()
        lead = f"the highest chance at which it held {tale.actor(key)} to be behind an attack of the last two weeks was "
        found += [finished(lead, told)] if told else []
    return found


def _unlike(pair: PairTale, reason: Reason, name: str, key: str | None) -> Sentence:
    """Return one number of an adversary's readiness in both futures; empty where it is the same."""
    assert reason.readiness is not None, "asked only where there is one"  # noqa: S101 - for the type checker
    values = [getattr(state, name) if key is None else getattr(state, name).get(key, 0.0) for state in reason.readiness]
    if percent(values[0]) == percent(values[1]):
        return ()
    fields = ("readiness", name, *((key,) if key else ()))
    told = [
        say(pair.quote(side, percent(value), value, *fields), f" in {side.quoted}") for side, value in zip(pair.sides, values, strict=True)
    ]
    return say(told[0], " and ", told[1])


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
        f"{side.quoted} changes {joined_names(paths[:MOST_PATHS])}{' and more' if paths[MOST_PATHS:] else ''}"
        for side, paths in found
        if paths
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
