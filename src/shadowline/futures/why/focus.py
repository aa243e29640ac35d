"""What a story is about: the adversary that the scenario's questions ask most about, and which events turned its future."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.why.words import Row, Tale

if TYPE_CHECKING:
    from shadowline.engine.rows import Names

LETHAL: Final = (40, 94)
"""Weight of an attack that kills, from one death on, and at most."""
MANY_WOUNDED: Final = (25, 30)
"""Wounded from which an attack that kills nobody is told, and its weight."""
HIGH: Final = {"assets-abroad", "patron-soil"}
HEADLINE: Final = 50
WEIGHTS: Final = {
    "open-war": 100,
    "leader-death": 95,
    "handler-removed": 85,
    "succession": 65,
    "group-leader-removed": 60,
    "licence": 40,
    "order": 25,
    "obedience": 15,
}
FIRSTS: Final = {"strike", "line-crossed"}
"""Kinds of which the first of its rung, or of its line, weighs more."""
LEAP: Final = 1.0
"""A change of orders from which it counts as a turn of its own."""


@dataclass(frozen=True)
class Focus:
    """The adversary at the centre, the patrons and lines asked about, and the adversaries whose fighting is background."""

    adversary: str
    patrons: frozenset[str]
    lines: frozenset[str]

    def concerns(self, row: Row) -> bool:
        """Return whether an event belongs to the centre: done to the adversary, by it, or about its line."""
        if row["kind"] == "attack":
            return bool(row["target_owner"] == self.adversary)
        if row["kind"] in {"line-crossed", "licence"}:
            return row["line"] in self.lines or self.adversary in {row["actor"], row["target"]}
        if row["kind"] in {"leader-death", "succession", "handler-removed"}:
            return row["actor"] in self.patrons or not self.patrons
        return self.adversary in {row["actor"], row["target"]} or (row["kind"] == "strike" and row["rung"] in HIGH)


def focus_of(names: Names) -> Focus:
    """Return what a scenario's questions are about.

    The adversary is the one they mention most, weighted by what they ask; war and strikes weigh more than counts.
    """
    mentions: Counter[str] = Counter()
    lines: set[str] = set()
    for outcome in names.document.outcomes.values():
        rule = outcome.happens_when or outcome.count
        for actor, weight in _mentioned(names, rule):
            mentions[actor] += weight
        line = getattr(rule, "line_crossed", None)
        lines |= {line} if line else set()
    adversaries = [key for key, _ in mentions.most_common() if key in names.adversaries] or names.adversaries
    patrons = frozenset(key for key in mentions if key in names.principals)
    return Focus(adversaries[0], patrons, frozenset(lines))


def _mentioned(names: Names, rule: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - the words of an outcome
    """Return the actors that the rule of a question names, with weights."""
    found: list[tuple[str | None, int]] = []
    if war := getattr(rule, "open_war", None):
        found += [(war.adversary, 3), (war.patron, 3)]
    if strike := (getattr(rule, "strike", None) or getattr(rule, "strikes", None)):
        found += [(strike.by, 2), (strike.on, 1)]
    if line := getattr(rule, "line_crossed", None):
        found += [(names.document.lines[line].owner, 2)]
    if attacks := (getattr(rule, "no_attacks", None) or getattr(rule, "attacks", None)):
        found += [(attacks.on, 1)]
    found += [(getattr(rule, "leader_dies", None), 1)]
    return [(actor, weight) for actor, weight in found if actor]


def weights(tale: Tale, focus: Focus) -> dict[int, int]:
    """Return by number how much every played event turned the future; the crowd of attacks that hurt few weighs nothing."""
    seen: set[tuple[str, str]] = set()
    orders: dict[tuple[str, str], float] = {}
    found: dict[int, int] = {}
    for row in tale.rows:
        if row["kind"] == "order":
            change = abs(row["order"] - orders.get((row["actor"], row["target"]), row["order"]))
            orders[row["actor"], row["target"]] = row["order"]
        if tale.is_recorded(row) or row["kind"] == "answer-decided":
            continue
        weight = _attack_weight(focus, row) if row["kind"] == "attack" else _weight(tale, focus, row)
        if row["kind"] == "order" and weight and (change >= LEAP or row["order"] == 0.0):
            weight += 20
        first = (row["actor"], row["rung"]) if row["kind"] == "strike" else (row["kind"], row["line"])
        if row["kind"] in FIRSTS and weight and first not in seen:
            seen.add(first)
            weight += 15
        if weight:
            found[row["event"]] = weight
    return found


def _weight(tale: Tale, focus: Focus, row: Row) -> int:
    """Return an event's weight, before what only its history tells."""
    if row["kind"] == "obedience":
        return WEIGHTS["obedience"] if tale.about(row) == focus.adversary else 0
    if not focus.concerns(row):
        if row["kind"] == "line-crossed":
            return 45 if row["target"] in tale.names.adversaries else 30
        return 10 if row["kind"] == "group-leader-removed" else 0
    if row["kind"] == "strike":
        return _strike_weight(tale, focus, row)
    if row["kind"] == "line-crossed":
        return 80 if row["target"] == focus.adversary else 50
    return WEIGHTS.get(row["kind"], 0)


def _attack_weight(focus: Focus, row: Row) -> int:
    """Return an attack's weight: nothing in the crowd, the more the more it killed; what it crossed is weighed for itself."""
    if not focus.concerns(row):
        return 0
    if row["killed"]:
        return min(LETHAL[1], LETHAL[0] + int(row["killed"]))
    return MANY_WOUNDED[1] if row["wounded"] >= MANY_WOUNDED[0] else 0


def _strike_weight(tale: Tale, focus: Focus, row: Row) -> int:
    """Return a strike's weight: by its rung, and by whether the centre is in it."""
    central = focus.adversary in {row["actor"], row["target"]}
    if row["actor"] in tale.names.principals:
        return 85 if central else 60
    if row["rung"] in HIGH:
        return (95 if row["rung"] == "patron-soil" else 88) if central else 45
    if not central:
        return 0
    return 55 if row["rung"] == "major-strike" else 12


def headline_events(rows: list[Row], names: Names) -> list[int]:
    """Return the numbers of the played events that turned the future most, in their order."""
    tale = Tale(names, rows)
    return [number for number, weight in weights(tale, focus_of(names)).items() if weight >= HEADLINE]


__all__ = ["HEADLINE", "Focus", "focus_of", "headline_events", "weights"]
