"""The stretches between turning points, and the fighting in the background, each summed up in one sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.why.events import strikes_noun
from shadowline.futures.why.words import VICTIMS, Row, Tale, finished, joined_names, number_text, say
from shadowline.futures.wording import Quote, Sentence, joined, whole
from shadowline.parameters import RUNGS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

NAMED: Final = 3
"""Groups named in a summary; the rest are counted together."""


def sum_up(rows: Iterable[Row], adversary: str, first: date, last: date) -> dict[str, Any]:
    """Return what happened to one adversary, and what it did, on the days from ``first`` to ``last``, both included.

    Returns
    -------
    dict
        ``from``, ``to``, ``days``, ``attacks``, ``got_through``, ``wounded``; ``crossings`` (of its lines); ``by`` (attacks by group),
        ``killed`` (by class) and ``strikes`` (by rung).
    """
    within = [row for row in rows if first <= row["date"] <= last]
    attacks = [row for row in within if row["kind"] == "attack" and row["target_owner"] == adversary]
    killed: Counter[str] = Counter()
    for row in attacks:
        if row["killed"]:
            killed[row["victims"] or "other"] += row["killed"]
    made = Counter(row["rung"] for row in within if row["kind"] == "strike" and row["actor"] == adversary)
    return {
        "from": str(first),
        "to": str(last),
        "days": (last - first).days + 1,
        "attacks": len(attacks),
        "got_through": sum(bool(row["got_through"]) for row in attacks),
        "wounded": sum(row["wounded"] for row in attacks),
        "by": dict(Counter(row["actor"] for row in attacks).most_common()),
        "killed": dict(killed),
        "strikes": {rung: made[rung] for rung in RUNGS if made[rung]},
        "crossings": sum(row["kind"] == "line-crossed" and row["target"] == adversary for row in within),
    }


class Summary:
    """One summary in pieces; every number is a quote under ``path``."""

    def __init__(self, tale: Tale, facts: dict[str, Any], path: str, adversary: str) -> None:
        self.tale, self.facts, self.path, self.adversary = tale, facts, path, adversary

    def number(self, *fields: str, digits: bool = False) -> Quote:
        """Return one of the summary's numbers, small ones in words unless ``digits`` are asked for."""
        value: Any = self.facts
        for field in fields:
            value = value[field]
        return Quote(whole(value) if digits else number_text(value), value, ".".join((self.path, *fields)))

    def counted(self, one: str, many: str, *fields: str) -> Sentence:
        """Return one of the summary's numbers with its noun."""
        number = self.number(*fields)
        return (number, f" {one if number.value == 1 else many}")

    def by_whom(self) -> Sentence:
        """Return who made the attacks, with their numbers where there are several."""
        by = list(self.facts["by"])
        if len(by) == 1:
            return (f", {'all ' if self.facts['attacks'] > 1 else ''}by {self.tale.actor(by[0])}",)
        named: list[Sentence] = [say(f"{self.tale.actor(key)} (", self.number("by", key, digits=True), ")") for key in by[:NAMED]]
        return say(", by ", joined([*named, ("others",)] if by[NAMED:] else named))

    def harm(self) -> Sentence:
        """Return how many attacks got through, and whom they hurt."""
        if not self.facts["got_through"]:
            return ("; none got through",)
        dead = [
            say(
                self.number("killed", victims),
                f" {'other ' if victims == 'other' and self.facts['killed'].keys() - {'other'} else ''}",
                VICTIMS[victims][count != 1],
            )
            for victims, count in sorted(self.facts["killed"].items(), reverse=True)
        ]
        parts = [say("killed ", joined(dead))] if dead else []
        if self.facts["wounded"]:
            parts.append(say("wounded ", self.number("wounded")))
        effect = joined(parts, ", and " if dead[1:] else " and ") if parts else ("hurt nobody",)
        return say("; ", self.number("got_through"), " got through and ", effect)

    def crossings(self) -> Sentence | None:
        """Return how often the adversary's lines were crossed, None if they were not."""
        if not self.facts["crossings"]:
            return None
        count = self.number("crossings")
        if count.value == 1:
            return say("; ", count, f" red line of {self.tale.actor(self.adversary)} was crossed")
        lines = f"; red lines of {self.tale.actor(self.adversary)} were crossed "
        return say(lines, Quote("twice", 2, count.path)) if count.value == 2 else say(lines, count, " times")

    def strikes(self) -> Sentence | None:
        """Return the adversary's strikes, None if there were none."""
        made = [say(self.number("strikes", rung), f" {strikes_noun(rung, count)}") for rung, count in self.facts["strikes"].items()]
        return say(f"{self.tale.actor(self.adversary)} made ", joined(made)) if made else None


def tell_stretch(tale: Tale, facts: dict[str, Any], number: int, adversary: str) -> Sentence:
    """Return a stretch in one sentence: days, attacks, by whom, how many got through, whom they hurt, and the strikes in return.

    Its numbers are quoted under ``stretches.<number>``; one that begins on day 0 is told as such.
    """
    path, turn, opens = f"stretches.{number}", number, facts["from"] == str(tale.offset_day(0))
    summary = Summary(tale, facts, path, adversary)
    whom = tale.actor(adversary)
    days = summary.counted("day", "days", "days")
    strikes = summary.strikes()
    answer = say("; ", strikes) if strikes else say("")
    if not facts["attacks"]:
        if opens:
            return finished("in the first ", days, f" nobody attacked {whom}", answer)
        quiet = (
            say("for the next ", days, f" nobody attacked {whom}", answer),
            say("there was no attack on ", whom, " in the ", days, " that followed", answer),
        )
        return finished(quiet[turn % len(quiet)])
    attacks = summary.counted("attack", "attacks", "attacks")
    body = say(summary.by_whom(), summary.harm(), summary.crossings(), answer)
    were = "was" if facts["attacks"] == 1 else "were"
    if opens:
        return finished("in the first ", days, " ", attacks, f" {were} made on {whom}", body)
    frames = (
        say("over the next ", days, " ", attacks, f" {were} made on {whom}", body),
        say("there followed ", attacks, f" on {whom} in ", days, body),
        say("the next ", days, " brought ", attacks, f" on {whom}", body),
    )
    return finished(frames[turn % len(frames)])


def tell_whole(tale: Tale, facts: dict[str, Any], path: str, adversary: str, *, war: bool = False) -> Sentence:
    """Return a whole future's attacks on an adversary in one sentence; open war may have ended it early."""
    summary = Summary(tale, facts, path, adversary)
    if not facts["attacks"]:
        return finished(f"nobody attacked {tale.actor(adversary)} in all ", summary.counted("day", "days", "days"))
    attacks = summary.counted("attack", "attacks", "attacks")
    span = say("in the " if war else "in ", summary.counted("day", "days", "days"), " until the war" if war else None)
    return finished(span, f" {tale.actor(adversary)} met ", attacks, summary.by_whom(), summary.harm())


def tell_background(tale: Tale, facts: dict[str, Any], path: str, adversary: str, *, war: bool) -> Sentence:
    """Return the fighting with another adversary in one sentence."""
    summary = Summary(tale, facts, path, adversary)
    whom = tale.actor(adversary)
    attacks = summary.counted("attack", "attacks", "attacks")
    strikes = summary.strikes()
    lead = f"the war in the background went on: {whom} met " if war else f"meanwhile {_answered_for(tale, adversary) or whom} met "
    return finished(lead, attacks, summary.by_whom(), summary.harm(), *(("; ", strikes) if strikes else ()))


def _answered_for(tale: Tale, adversary: str) -> str | None:
    """Return an adversary's targets, where they have names of their own: it may answer for what is not its own alone."""
    named = [target.name for target in tale.names.document.targets.values() if target.owner == adversary]
    if not named or len(named) > NAMED or not all(named):
        return None
    return f"{joined_names(str(name) for name in named)}, for which {tale.actor(adversary)} answers,"


def tell_rest(tale: Tale, facts: dict[str, Any], adversary: str) -> Sentence | None:
    """Return what no step has told, in one sentence, so that the steps add up to the whole; None where nothing is left."""
    summary = Summary(tale, facts, "rest", adversary)
    strikes = summary.strikes()
    if not facts["attacks"]:
        return finished("on all other days ", strikes) if strikes else None
    attacks = summary.counted("further attack", "further attacks", "attacks")
    answer = say("; ", strikes) if strikes else None
    return finished("all other days brought ", attacks, f" on {tale.actor(adversary)}", summary.by_whom(), summary.harm(), answer)


def tell_before(tale: Tale, adversary: str, crossing: Row | None) -> tuple[Sentence | None, dict[str, Any]]:
    """Return what the replayed past held of attacks on an adversary, with its facts; None where there is no past."""
    past = [row for row in tale.rows if tale.is_recorded(row)]
    if not past:
        return None, {}
    facts = sum_up(past, adversary, past[0]["date"], tale.as_of)
    summary = Summary(tale, facts, "before", adversary)
    line = say(", and ", tale.line(crossing["line"]), " had last been crossed on ", tale.day(crossing)) if crossing is not None else None
    return finished("behind it lay ", summary.number("days"), " days of recorded past", line), facts


__all__ = ["sum_up", "tell_background", "tell_before", "tell_rest", "tell_stretch", "tell_whole"]
