"""What a scenario is about: the adversaries, the dyads and the questions that its outcomes name, apart from what runs in the background."""

from __future__ import annotations

from typing import Any


def adversaries_asked(document: Any) -> list[str]:  # noqa: ANN401 - words grown at run time
    """Return the adversaries that the questions are about, in the order in which they are first named."""
    named: list[str] = []
    for outcome in document.outcomes.values():
        named += _of_happening(document, outcome.happens_when) if outcome.happens_when is not None else _of_count(outcome.count)
    roles = {key: words.role for key, words in document.actors.items()}
    found = [key for key in dict.fromkeys(named) if roles.get(key) == "adversary"]
    return found or [key for key, role in roles.items() if role == "adversary"]


def _of_happening(document: Any, when: Any) -> list[str]:  # noqa: ANN401 - words grown at run time
    if when.open_war is not None:
        return [when.open_war.adversary]
    if when.strike is not None:
        return [when.strike.by]
    if when.no_attacks is not None:
        return [when.no_attacks.on]
    return [document.lines[when.line_crossed].owner] if when.line_crossed is not None else []


def _of_count(count: Any) -> list[str]:  # noqa: ANN401 - words grown at run time
    if count.attacks is not None:
        return [count.attacks.on]
    return [count.strikes.by] if count.strikes is not None else []


def _is_pair(document: Any, by: str, on: str | None) -> bool:  # noqa: ANN401 - words grown at run time
    """Return whether a strike asked about is one of a patron on an adversary."""
    return on is not None and document.actors[by].role == "patron" and document.actors[on].role == "adversary"


def dyads_asked(document: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - words grown at run time
    """Return the pairs of patron and adversary whose ladder matters: those asked about, then the patrons of those who attack."""
    asked = [
        (outcome.happens_when.open_war.patron, outcome.happens_when.open_war.adversary)
        for outcome in document.outcomes.values()
        if outcome.happens_when is not None and outcome.happens_when.open_war is not None
    ]
    strikes = [outcome.happens_when.strike for outcome in document.outcomes.values() if outcome.happens_when is not None]
    asked += [(strike.by, strike.on) for strike in strikes if strike is not None and _is_pair(document, strike.by, strike.on)]
    backs = {(tie.from_, tie.to) for tie in document.ties if document.actors[tie.from_].role == "patron"}
    fronts = [(front.proxy, document.targets[front.target].owner) for front in document.fronts]
    for adversary in adversaries_asked(document):
        asked += [(patron, adversary) for patron, proxy in sorted(backs) if (proxy, adversary) in fronts]
    return list(dict.fromkeys(asked))
