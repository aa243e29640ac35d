"""Red lines that nothing can cross, and rules of doctrines that nothing can reach or that do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shadowline.parameters import RUNGS
from shadowline.scenario.reach import Blow, blow_crosses, blows, fronts_within, looked_at, menu_rungs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shadowline.scenario.schema import Crossing, Document
    from shadowline.scenario.source import Place

AT_LEAST = ("provocation_at_least", "blame_at_least", "killed_at_least")
LOOKING_ON = ("line_crossed_within", *AT_LEAST)
"""Conditions that only an adversary can judge: it alone keeps count of crossings, provocation, blame and its dead."""
REACTING = ("tit-for-tat", "generous")
FOR_EVER = float("inf")


def idle_lines(document: Document) -> Iterator[tuple[Place, str]]:
    """Yield the place of every line that no declared event can cross, and why."""
    possible = list(blows(document))
    for key, line in document.lines.items():
        crossing = line.crossed_by
        fault = _unattacked(document, crossing) if crossing.event == "attack" else _unstruck(document, crossing, possible)
        if fault is not None:
            yield ("lines", key), f'the line "{key}" can never be crossed: {fault}'


def _unattacked(document: Document, crossing: Crossing) -> str | None:
    """Return why no attack can cross a line, or None if one can."""
    fronts = fronts_within(document, crossing)
    if not fronts:
        if crossing.killed and fronts_within(document, crossing, any_victims=True):
            return f"no {' or '.join(crossing.killed)} is at the targets that it names"
        return "no front faces a target like those that it names"
    if crossing.actor is not None and all(front.proxy != crossing.actor for front in fronts):
        return f"{crossing.actor} has no front there"
    wars = {(war.between[1], war.between[0]) for war in document.wars}
    if all((front.proxy, document.targets[front.target].owner) in wars for front in fronts):
        return "all fronts there belong to a war that is declared already"
    return None


def _unstruck(document: Document, crossing: Crossing, possible: list[Blow]) -> str | None:
    """Return why no strike can cross a line, or None if one can."""
    if any(blow_crosses(crossing, blow) for blow in possible):
        return None
    by = "nobody" if crossing.actor is None else f"{crossing.actor} never"
    on = "" if crossing.target is None else f" {crossing.target}"
    where = "" if crossing.territory is None else f" on the soil of {crossing.territory}"
    rung = "" if crossing.at_least is None else f" on the rung {crossing.at_least} or higher"
    attacks = crossing.actor is not None and document.actors[crossing.actor].role == "proxy"
    return f"{by} strikes{on}{where}{rung}" + ("; what proxies do are attacks" if attacks else "")


def idle_rules(document: Document) -> Iterator[tuple[Place, str, bool]]:
    """Yield the place of every rule that does nothing, why, and whether it is reached at all."""
    for key, rules in document.doctrines.items():
        for n, rule in enumerate(rules):
            place: Place = ("doctrines", key, n)
            earlier = next((m for m in range(n) if _covers(rules[m], rule)), None)
            if earlier is not None:
                yield place, f'rule {n + 1} of "{key}" is never reached: rule {earlier + 1} holds whenever it does', False
            else:
                yield from ((place, f'rule {n + 1} of "{key}" {fault}', True) for fault in _faults(rule))
    for key, actor in document.actors.items():
        answers = getattr(actor, "answers", None)
        if key in looked_at(document, key):
            yield ("actors", key, "answers"), f'the doctrine of "{key}" looks at itself, which never acts against itself', True
        if answers is not None and actor.role != "adversary":
            yield from _idle_doctrine(document, key, answers)
        if answers is not None:
            yield from ((("actors", key, "answers"), fault, True) for fault in _unread(answers))


def _unread(answers: Any) -> Iterator[str]:  # noqa: ANN401 - words
    """Yield what answers say that their doctrine does not read."""
    if answers.doctrine not in REACTING:
        for name in ("looks_at", "error", "generosity_of_doctrine"):
            if getattr(answers, name) is not None:
                yield f'"{name}" has no effect: only the doctrines {" and ".join(REACTING)} read it'


def _covers(earlier: Any, later: Any) -> bool:  # noqa: ANN401 - rules
    """Return whether the earlier of two rules holds whenever the later one does."""
    if earlier.when is None:
        return True
    if later.when is None:
        return all(getattr(earlier.when, name) is None for name in (*LOOKING_ON, "looks_at"))
    first, second = earlier.when, later.when
    if first.looks_at is not None and (second.looks_at != first.looks_at or second.within > first.within):
        return False
    if first.killed_at_least is not None and second.within > first.within:
        return False
    if first.line_crossed_within is not None and (second.line_crossed_within or FOR_EVER) > first.line_crossed_within:
        return False
    return all(_no_stricter(getattr(first, name), getattr(second, name)) for name in AT_LEAST)


def _no_stricter(least: float | None, other: float | None) -> bool:
    """Return whether a lower limit (None: no limit) is met wherever the other is."""
    return least is None or (other is not None and least <= other)


def _faults(rule: Any) -> Iterator[str]:  # noqa: ANN401 - a rule
    """Yield what a declared rule says in vain."""
    if not isinstance(rule.answer, dict):
        return
    if not menu_rungs(rule):
        yield "has an empty menu: no rung that can be chosen has a weight"
        return
    cap = len(RUNGS) if rule.cap is None else RUNGS.index(rule.cap)
    above = [rung for rung, weight in rule.answer.items() if weight > 0 and RUNGS.index(rung) > cap]
    if above:
        yield f"gives weight to {', '.join(above)}, above its cap"
    if rule.answer.get("quiet", 0) > 0:
        yield "gives weight to quiet, which an adversary cannot choose: use timing, generosity or cooldown"


def _idle_doctrine(document: Document, key: str, answers: Any) -> Iterator[tuple[Place, str, bool]]:  # noqa: ANN401 - words
    """Yield what the doctrine of a patron, a host or a proxy says in vain: it can only answer whom it looks at, by a menu."""
    place: Place = ("actors", key, "answers")
    rules = document.doctrines.get(answers.doctrine)
    if rules is None:
        if answers.doctrine == "massive":
            yield place, f'"{key}" never answers: the doctrine "massive" looks at nobody, and only adversaries weigh blame', True
        elif answers.doctrine not in {"tit-for-tat", "generous", "never"}:
            yield place, f'the doctrine of "{key}" is ignored: it leaves the rung to judgement, which only adversaries have', True
        return
    for n, rule in enumerate(rules):
        name = f'rule {n + 1} of "{answers.doctrine}"'
        if rule.answer == "by judgement":
            yield place, f'{name} is ignored for "{key}": it leaves the rung to judgement, which only adversaries have', True
        elif rule.when is None or rule.when.looks_at is None:
            yield place, f'{name} never makes "{key}" act: it looks at nobody', True
        ignored = [condition for condition in LOOKING_ON if rule.when is not None and getattr(rule.when, condition) is not None]
        if ignored:
            yield place, f'{name} asks for {", ".join(ignored)}, which only an adversary judges; for "{key}" it is ignored', True
