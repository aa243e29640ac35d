"""What one future came to: its answers to the scenario's questions, in a sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shadowline.futures.why.words import Tale, finished, number_text, say
from shadowline.futures.wording import Quote, Sentence, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

FEW = 3


def came_to(tale: Tale, outcomes: Mapping[str, Mapping[str, Any]]) -> list[Sentence]:
    """Return what a future came to, question by question: what happened and when, then what did not.

    Parameters
    ----------
    tale : Tale
        The future.
    outcomes : mapping
        By question: ``first_day`` (days from day 0, None for never) and ``count``. Quotes' paths are ``outcomes.<question>.<field>``.
    """
    wars: list[Sentence] = []
    seen: list[Sentence] = []
    missed: dict[str, list[Sentence]] = {}
    for key, outcome in tale.names.document.outcomes.items():
        if outcome.happens_when is None:
            continue
        result, rule = outcomes[key], outcome.happens_when
        if result["first_day"] is None:
            _miss(tale, key, rule, missed)
        elif rule.open_war is not None:
            wars.append(finished("open war broke out between ", _pair(tale, rule), " on ", _first_day(tale, key, result)))
        else:
            seen.append(_happened(tale, key, rule, result))
    return [*wars, *_saw(seen), *_saw_not(missed)]


def _miss(tale: Tale, key: str, rule: Any, missed: dict[str, list[Sentence]]) -> None:  # noqa: ANN401 - the words of an outcome
    """Add what did not happen; strikes of one author are kept together."""
    if rule.strike is None:
        missed[key] = [_noun(tale, key, rule, many=False)]
    else:
        head, place = _strike(tale, rule.strike, "")
        missed.setdefault(head, [(head,)]).append((place,))


def _saw_not(missed: Mapping[str, list[Sentence]]) -> list[Sentence]:
    """Return what did not happen in one sentence."""
    nouns = [say("no ", noun[0], joined(noun[1:], " or")) for noun in missed.values()]
    return [finished("there was ", joined(nouns))] if nouns else []


def _saw(seen: list[Sentence]) -> list[Sentence]:
    """Return what happened in one sentence, or two where there is much."""
    if not seen:
        return []
    cut = len(seen) if len(seen) <= FEW else (len(seen) + 1) // 2
    first = finished("this future saw ", joined(seen[:cut]))
    return [first, finished("it also saw ", joined(seen[cut:]))] if seen[cut:] else [first]


def _pair(tale: Tale, rule: Any) -> str:  # noqa: ANN401 - the words of an outcome
    return f"{tale.actor(rule.open_war.patron)} and {tale.actor(rule.open_war.adversary)}"


def _first_day(tale: Tale, key: str, result: Mapping[str, Any]) -> Quote:
    return Quote(tale.day_text(tale.offset_day(result["first_day"])), result["first_day"], f"outcomes.{key}.first_day")


def _happened(tale: Tale, key: str, rule: Any, result: Mapping[str, Any]) -> Sentence:  # noqa: ANN401 - the words of an outcome
    """Return one thing that happened, on how many days and first when."""
    days = int(result["count"])  # counts are stored as floats; here they are whole days
    first = _first_day(tale, key, result)
    if rule.no_attacks is not None:
        return say("a ", _noun(tale, key, rule, many=False), ", complete on ", first)
    if rule.leader_dies is not None:
        return say("the ", _noun(tale, key, rule, many=False), " on ", first)
    if days == 1:
        return say("a ", _noun(tale, key, rule, many=False), " on ", first)
    on_days = Quote(number_text(days), days, f"outcomes.{key}.count")
    return say(_noun(tale, key, rule, many=True), " on ", on_days, " days (first on ", first, ")")


def _noun(tale: Tale, key: str, rule: Any, *, many: bool) -> Sentence:  # noqa: ANN401 - the words of an outcome
    """Return what a question asks about as a noun."""
    s = "s" if many else ""
    if rule.open_war is not None:
        return (f"open war between {_pair(tale, rule)}",)
    if rule.line_crossed is not None:
        return (f"crossing{s} of {tale.line(rule.line_crossed)}",)
    if rule.leader_dies is not None:
        return (f"death of {tale.whose(rule.leader_dies)} leader",)
    if rule.no_attacks is not None:
        days = int(rule.no_attacks.for_ or 1)
        counted = "" if rule.no_attacks.counted == "all" else f"{rule.no_attacks.counted} "
        return (
            "pause of ",
            Quote(number_text(days), days, f"questions.{key}.for"),
            f" days in {counted}attacks on {_where(tale, rule.no_attacks)}",
        )
    return ("".join(_strike(tale, rule.strike, s)),)


def _strike(tale: Tale, strike: Any, s: str) -> tuple[str, str]:  # noqa: ANN401 - the words of an outcome
    """Return the strikes that a question asks about as a noun, and whom they fall on."""
    by, on = tale.actor(strike.by), tale.actor(strike.on) if strike.on else None
    if strike.by in tale.names.principals:
        return f"direct strike{s} by {by}", f" on {on}" if on else ""
    rung = strike.at_least if strike.at_least == (strike.at_most or "patron-soil") else None
    if rung in {"limited-strike", "major-strike"}:
        return f"{rung.removesuffix('-strike')} strike{s} by {by}", f" on {on}" if on else ""
    if rung == "assets-abroad":
        return f"strike{s} by {by}", f" on officers or units{f' of {on}' if on else ''} abroad"
    if rung == "patron-soil":
        return f"strike{s} by {by}", f" on the soil of {on or 'a patron'}"
    return f"strike{s} by {by}", f" on {on}" if on else ""


def _where(tale: Tale, attacks: Any) -> str:  # noqa: ANN401 - the words of an outcome
    """Return whom attacks are on, with the theatre where a question names one."""
    return tale.actor(attacks.on) + (f" in the theatre {tale.theatre(attacks.theatre)}" if attacks.theatre else "")


def asked(tale: Tale) -> dict[str, dict[str, int]]:
    """Return the numbers that stand in the questions themselves: the days of a pause asked about."""
    rules = {key: outcome.happens_when for key, outcome in tale.names.document.outcomes.items()}
    return {key: {"for": int(rule.no_attacks.for_ or 1)} for key, rule in rules.items() if rule is not None and rule.no_attacks is not None}


__all__ = ["asked", "came_to"]
