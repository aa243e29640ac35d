"""The journal of a future in words: one row per event, with the number of the event and of its cause."""

from __future__ import annotations

from collections import namedtuple
from datetime import date
from typing import TYPE_CHECKING, Any

from shadowline.engine.tables import JOURNAL
from shadowline.mechanisms.attribution import NO_NAME, OWN_NAME
from shadowline.mechanisms.harm import VICTIMS
from shadowline.mechanisms.journal import ATTACK, CROSSING, KINDS, LICENCE, OBEDIENCE, ORDER
from shadowline.parameters import RUNGS

if TYPE_CHECKING:
    import numpy as np

    from shadowline.engine.build import Model


COLUMNS: tuple[str, ...] = JOURNAL.names or ()
Event = namedtuple("Event", COLUMNS)  # type: ignore[misc]  # noqa: PYI024 - the columns are the engine's


def event_rows(model: Model, journal: np.ndarray, run: int) -> list[dict[str, Any]]:
    """Return the events of one future as plain rows, in the order in which they happened.

    ``actor`` did it, ``authority`` was obeyed in doing it and ``ordered`` says whether it was ordered;
    ``believed_culprit`` and ``blame`` (0..1) are what the adversary believes: did it, ordered it, believed to have ordered it.
    """
    columns = [journal[name].tolist() for name in COLUMNS]  # plain numbers: a record's fields take ten times as long to read
    return [_row(model, event, run) for event in map(Event._make, zip(*columns, strict=True))]


def _row(model: Model, event: Any, run: int) -> dict[str, Any]:  # noqa: ANN401 - a record
    names = model.names
    kind = int(event.kind)
    is_attack = kind == ATTACK
    rung = int(event.rung)
    return {
        "run": run,
        "event": int(event.id),
        "date": date.fromordinal(int(event.day)),
        "kind": KINDS[kind],
        "actor": _name(names.actors, event.actor),
        "target": _name(names.targets, _target(model, event)) if is_attack else _name(names.actors, event.target),
        "target_owner": _owner(model, event),
        "territory": _name(names.territories, event.territory),
        "line": _name(names.lines, event.line) if kind in {CROSSING, LICENCE} else None,
        "rung": RUNGS[rung] if rung else None,
        "order": float(event.value) if kind == ORDER else None,
        "got_through": bool(event.hits) if is_attack else None,
        "killed": int(event.killed),
        "victims": VICTIMS[int(event.victims)] if event.killed and event.victims >= 0 else None,
        "wounded": int(event.wounded),
        "claimed_by": _label(model, event) if is_attack and event.hits else None,
        "believed_culprit": _name(names.actors, event.culprit),
        "blame": float(event.blame) if event.blame >= 0 else None,
        "authority": _name(names.actors, event.authority),
        "ordered": bool(event.ordered) if event.ordered >= 0 else None,
        "cause": int(event.cause) if event.cause >= 0 else None,
    }


def _name(names: list[str], row: Any) -> str | None:  # noqa: ANN401 - an integer of NumPy's
    return names[int(row)] if row >= 0 else None


def _owner(model: Model, event: Any) -> str | None:  # noqa: ANN401 - a record
    """Return whose target was attacked; for obedience, the adversary whom it is about."""
    if event.kind == ATTACK:
        return _name(model.names.actors, event.target)
    if event.kind == OBEDIENCE and event.front >= 0:
        return str(model.names.document.targets[model.names.fronts[int(event.front)].target].owner)
    return None


def _target(model: Model, event: Any) -> int:  # noqa: ANN401 - a record
    return int(model.names.targets.index(model.names.fronts[int(event.front)].target)) if event.front >= 0 else -1


def _label(model: Model, event: Any) -> str | None:  # noqa: ANN401 - a record
    if event.label == OWN_NAME:
        return _name(model.names.actors, event.actor)
    return None if event.label == NO_NAME else _name(model.names.bodies, event.label)
