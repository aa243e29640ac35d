"""What stood on one day of a future: whom a group obeyed and under which order, what made up its tempo, and how ready an adversary was."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from shadowline.engine.rows import Names
    from shadowline.engine.world import World

ALIKE: Final = 1e-9
"""Relative difference below which two numbers of two futures are the same."""
PARTS: Final = ("capability", "quiet", "context", "restraint", "fear", "momentum", "example", "revenge")
"""What makes up a rate beside the order obeyed, in the order in which it is told."""


@dataclass(frozen=True)
class Standing:
    """What bears on one group's attacks on one target on one day.

    Attributes
    ----------
    obeys : str or None
        The principal that the group obeyed about the target's owner.
    obeys_since : int or None
        Number of the event with which this obedience began, None where the journal has none.
    order, decided : float
        The order that bound the group (1, its own tempo, where it obeyed nobody), and the one that its principal had decided on last.
    order_event : int or None
        Number of the decision behind the order that bound it, None where it had stood from the start.
    holds : dict of str to float
        Chance of being obeyed by principal.
    rate : float
        Attacks expected on the target that day.
    parts : dict of str to float
        What made up the rate beside the order: see `PARTS`; ``fear`` and ``restraint`` are factors, the last three attacks a day.
    attacks, through : int
        Attacks made on the target that day, and how many got through.
    gets_through, kills : float
        Chance that an attack on the target gets through, and that one that does kills.
    """

    obeys: str | None
    obeys_since: int | None
    order: float
    decided: float
    order_event: int | None
    holds: dict[str, float]
    rate: float
    parts: dict[str, float]
    attacks: int
    through: int
    gets_through: float
    kills: float

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


def standing(names: Names, world: World, group: str, target: str) -> Standing:
    """Return what bears on a group's attacks on a target, on the day whose evening a world shows."""
    front = world.fronts[_front(names, group, target)]
    feud = world.feuds[front.feud]
    obeys = int(feud.obeys)
    dyad = world.dyads[obeys * len(names.adversaries) + int(feud.adversary)] if obeys >= 0 else None
    spot = world.targets[front.target]
    return Standing(
        None if obeys < 0 else names.principals[obeys],
        _since(world, feud, obeys),
        1.0 if dyad is None else float(dyad.order_arrived),
        1.0 if dyad is None else float(dyad.order),
        None if dyad is None else _number(dyad.order_event_arrived),
        {names.principals[int(rein.principal)]: float(rein.control) for rein in world.reins[feud.first_rein : feud.last_rein]},
        float(front.rate),
        _parts(world, front, feud),
        int(front.attacks),
        int(front.hits),
        float(spot.mistaken_for_friend + (1.0 - spot.mistaken_for_friend) * (1.0 - spot.intercepted)),
        float(spot.lethal_if_through),
    )


def _front(names: Names, group: str, target: str) -> int:
    return next(n for n, front in enumerate(names.fronts) if (front.proxy, front.target) == (group, target))


def _number(event: Any) -> int | None:  # noqa: ANN401 - an integer of NumPy's
    return int(event) if event >= 0 else None


def _since(world: World, feud: Any, obeys: int) -> int | None:  # noqa: ANN401 - a record
    """Return the number of the event with which a group's obedience began; a spell that the scenario declares leaves none."""
    event = _number(feud.obedience_event)
    if event is None or event >= len(world.journal):
        return None
    actor = world.principals[obeys].actor if obeys >= 0 else -1
    return event if world.journal[event].target == actor else None


def _parts(world: World, front: Any, feud: Any) -> dict[str, float]:  # noqa: ANN401 - records
    """Return what made up a front's rate, without the order obeyed; nothing but the base is known of a front that was told to stop."""
    capability, quiet = float(world.proxies[front.proxy].capability_now), float(front.quiet_now)
    context = float(world.theatres[front.theatre].multiplier)
    found = {"capability": capability, "quiet": quiet, "context": context}
    order = 1.0 if feud.obeys < 0 else float(world.dyads[int(feud.obeys) * world.adversaries.size + int(feud.adversary)].order_arrived)
    tempo, base = float(feud.tempo), capability * quiet * context
    if tempo <= 0.0 or order <= 0.0 or base <= 0.0:
        return found
    restraint = float(front.share_base) / (tempo * base)
    left = tempo * restraint
    momentum, example = float(front.share_momentum) / left, float(front.share_contagion) / left
    revenge = float(front.rate) / left - base - momentum - example
    return found | {
        "restraint": restraint,
        "fear": tempo / order,
        "momentum": momentum,
        "example": example,
        "revenge": revenge if abs(revenge) > ALIKE * base else 0.0,
    }


@dataclass(frozen=True)
class Readiness:
    """How ready an adversary was to answer on one day.

    Attributes
    ----------
    chance : float
        Chance of deciding on an answer that day, by judgement.
    provocation : float
        What it had not yet answered, in attacks.
    hawks : float
        Pressure of its hawks, 0..1.
    blame : dict of str to float
        What it laid at each patron's door.
    suspicion : dict of str to float
        Share of its suspicion that rested on each group: by it a strike on groups is aimed.
    by_doctrine : bool
        Whether a doctrine decided in place of judgement.
    """

    chance: float
    provocation: float
    hawks: float
    blame: dict[str, float]
    suspicion: dict[str, float]
    by_doctrine: bool

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


def readiness(names: Names, before: World, world: World, adversary: str) -> Readiness:
    """Return how ready an adversary was to answer on a day: its numbers are that day's (``world``), its stocks those of the day before."""
    a = names.adversaries.index(adversary)
    numbers, stocks = world.adversaries[a], before.adversaries[a]
    actor = world.actors[names.actors.index(adversary)]
    patrons = {key: names.dyad(key, adversary) for key in names.principals if names.document.actors[key].role == "patron"}
    return Readiness(
        1.0 - math.exp(-float(numbers.answers_base_rate + numbers.answers_per_provocation * stocks.provocation)),
        float(stocks.provocation),
        float(stocks.hawks),
        {key: float(world.dyads[i].blame) for key, i in patrons.items()},
        _suspicion(names, world, a),
        bool(actor.last_rule > actor.first_rule),
    )


def _suspicion(names: Names, world: World, a: int) -> dict[str, float]:
    """Return the share of adversary ``a``'s suspicion that rests on each group it may strike."""
    found = {
        group: float(feud.suspicion)
        for (group, _), feud in zip(names.feuds, world.feuds, strict=True)
        if (feud.adversary, feud.is_war, feud.over) == (a, 0, 0) and feud.suspicion > 0.0
    }
    return {group: value / sum(found.values()) for group, value in found.items()}


def differs(one: float, other: float) -> bool:
    """Return whether two numbers of two futures are not the same."""
    return not math.isclose(one, other, rel_tol=ALIKE, abs_tol=ALIKE)


__all__ = ["PARTS", "Readiness", "Standing", "differs", "readiness", "standing"]
