"""Where two matched futures part, in words, and what in the two histories made the difference."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from shadowline.futures.why.causes import because
from shadowline.futures.why.events import blow
from shadowline.futures.why.pair.acts import tell_act, tell_attacks
from shadowline.futures.why.pair.obeying import PARTS_SAID, tell_obedience, tell_order
from shadowline.futures.why.pair.tale import MOST_DIGITS, PairTale, shares_apart
from shadowline.futures.why.words import finished, joined_names, say
from shadowline.futures.wording import Sentence, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from shadowline.futures.why.pair.parting import Reason


def tell_parting(pair: PairTale, about: str) -> list[Sentence]:
    """Return the act over which two futures part, and why, in two to five sentences; ``about`` names the adversary of a later parting."""
    reason = pair.apart.reason
    act = tell_act(pair) if reason.standings is None else tell_attacks(pair)
    if pair.is_later:
        lead = say(f"in what concerns {about} they part on ", pair.day(), ": ")
    elif pair.apart.on == pair.tale.offset_day(0):
        lead = say("the two part on the first day, ", pair.day(), ": ")
    else:
        lead = say("on ", pair.day(), " the two part: ")
    return [finished(lead, act), *_REASONS[reason.kind](pair)]


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
        finished(expected, rates[0], f" a day {has.where} and ", rates[1], f" {lacks.where}{what}"),
        *pair.moved(*_behind_pace(pair)),
    ]


def _told_apart(one: float, other: float) -> tuple[str, str]:
    """Return two rates with as many digits that mean something as tell them apart, at least two."""
    digits = 2
    while digits < MOST_DIGITS and _rate(one, digits) == _rate(other, digits):
        digits += 1
    return _rate(one, digits), _rate(other, digits)


def _rate(number: float, digits: int) -> str:
    if number <= 0.0:
        return "nought"
    return f"{number:.{max(0, digits - 1 - math.floor(math.log10(number)))}f}"


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
    for field, what in (("gets_through", "that an attack on it gets through"), ("kills", "that an attack that gets through kills")):
        values = [getattr(pair.standing(side), field) for side in pair.both]
        texts = shares_apart(values[0], values[1])
        if texts is not None:
            shares = [
                say(pair.quote(side, text, value, "standing", field), f" {side.where}")
                for side, text, value in zip(pair.both, texts, values, strict=True)
            ]
            return [finished(f"the chance {what} was ", shares[0], " and ", shares[1]), *pair.moved(act["actor"], act["target"])]
    return pair.moved(act["actor"], act["target"])


def _answer(pair: PairTale) -> list[Sentence]:
    """Return what was decided in one future and not in the other, on which ground, and how ready the adversary was in either."""
    reason = pair.apart.reason
    assert reason.decision is not None, "an answer has its decision"  # noqa: S101 - for the type checker
    side, decision = pair.sides[reason.decided_in], reason.decision
    other = pair.sides[1 - reason.decided_in]
    who, why = pair.tale.actor(decision["actor"]), because(side.tale, decision)
    what = say(f"{who} had decided on {blow(side.tale, decision)} on ", side.own((side.tale.day(decision),)))
    if reason.kind == "delay":
        return [finished("in both ", what, ", but it was carried out on another day"), *pair.moved(decision["actor"])]
    if reason.instead is None:
        rest: Sentence = (f"{other.lead}it decided on nothing that day",)
    else:
        rest = (f"{other.lead}it decided that day on {blow(other.tale, reason.instead)}",)
    first = finished(side.lead, what, *(("; ", side.own(why)) if why else ()))
    struck = {decision["target"], reason.instead["target"] if reason.instead is not None else None}
    moved = pair.moved(decision["actor"]) or pair.moved(*pair.tale.names.principals, *struck)
    return [first, finished(rest), *_ready(pair, reason), *moved]


def _ready(pair: PairTale, reason: Reason) -> list[Sentence]:
    """Return how ready an adversary was to answer in either future, where that differs."""
    if reason.readiness is None:
        return []
    states = [(side, reason.readiness[side.place]) for side in pair.sides]
    by_rule = [side for side, state in states if state.by_doctrine]
    if len(by_rule) == 1:
        by_judgement = pair.sides[1 - by_rule[0].place]
        return [finished(f"{by_rule[0].lead}it answers by rule; {by_judgement.lead}by its own judgement")]
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
    shares = [say(f"on {tale.actor(key)} ", share) for key in groups if (share := _unlike(pair, reason, "suspicion", key))]
    found = (
        [finished("which group it strikes is drawn by its suspicion, of which there rested ", joined(shares, ", and "))] if shares else []
    )
    for key in struck:
        blame = _unlike(pair, reason, "blame", key) if key in names.principals else ()
        lead = f"the highest chance at which it held {tale.actor(key)} to be behind an attack of the last two weeks was "
        found += [finished(lead, blame)] if blame else []
    return found


def _unlike(pair: PairTale, reason: Reason, name: str, key: str | None) -> Sentence:
    """Return one number of an adversary's readiness in both futures; empty where it is the same."""
    assert reason.readiness is not None, "asked only where there is one"  # noqa: S101 - for the type checker
    values = [getattr(state, name) if key is None else getattr(state, name).get(key, 0.0) for state in reason.readiness]
    texts = shares_apart(values[0], values[1])
    if texts is None:
        return ()
    fields = ("readiness", name, *((key,) if key else ()))
    both = [
        say(pair.quote(side, text, value, *fields), f" {side.where}") for side, text, value in zip(pair.sides, texts, values, strict=True)
    ]
    return say(both[0], " and ", both[1])


def _aside(pair: PairTale) -> list[Sentence]:
    """Return what lies behind an act that is no attack and no answer."""
    act = pair.apart.act
    reason = because(pair.tale, act)
    why = [finished(pair.has.own(reason))] if reason else []
    return [*why, *pair.moved(act["actor"], act["target"], act["line"])]


_REASONS: Final[dict[str, Callable[[PairTale], list[Sentence]]]] = {
    "obedience": tell_obedience,
    "order": tell_order,
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

__all__ = ["tell_parting"]
