"""Traces of many futures: a number for what happened on each day, and one for all that each actor did.

Two matched futures part on the first day whose numbers differ, and an actor whose numbers agree acted alike in both. Numbers are hashes:
that two different days share one has a chance of one in four thousand million. Keeping them changes no draw and no state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shadowline.engine.compiled import compiled
from shadowline.engine.random import mixed


@dataclass(frozen=True)
class Traces:
    """What many futures did, as numbers to be compared.

    Shapes: ``days`` (runs, days) of what happened that day: attacks by front and how many got through, strikes and whom they
    hit, deaths of rulers;
    ``actors`` (runs, actors) of all attacks and strikes that the actor made and their days. With no room for days nothing is kept.
    """

    days: np.ndarray
    actors: np.ndarray

    def part_from(self, other: Traces) -> np.ndarray:
        """Return the day (runs,) on which each future parts from its match, -1 where it never does."""
        differ = self.days != other.days
        return np.where(differ.any(axis=1), differ.argmax(axis=1), -1)


def blank_traces(runs: int, days: int, actors: int, *, wanted: bool) -> Traces:
    """Return room for traces; unwanted ones have none."""
    shape = (runs, days, actors) if wanted else (1, 0, 0)
    return Traces(np.zeros(shape[:2], np.uint32), np.zeros((shape[0], shape[2]), np.uint64))


@compiled
def _struck(world, n, today):
    """Return a number for whom an actor struck today, and on which rung."""
    actor = world.actors[n]
    act = mixed(actor.id + np.uint64(actor.rung_used) * np.uint64(4096) + np.uint64(actor.strikes_made))
    for other in range(world.actors.size):
        exchange = world.exchanges[n * world.actors.size + other]
        if exchange.last_day == today and exchange.last_rung > 0:
            act ^= mixed(world.actors[other].id + np.uint64(exchange.last_rung))
    return act


@compiled
def trace_day(world, days, actors, day):
    """Write the day just played into one future's traces: ``days`` (days,), ``actors`` (actors,)."""
    today = world.clock[0].today - 1
    whole = np.uint64(0)
    for f in range(world.fronts.size):
        front = world.fronts[f]
        if front.attacks > 0:
            act = mixed(front.id + np.uint64(front.attacks) * np.uint64(4096) + np.uint64(front.hits))
            whole ^= act
            n = world.proxies[front.proxy].actor
            actors[n] = mixed(actors[n] ^ (act + np.uint64(day)))
    for n in range(world.actors.size):
        actor = world.actors[n]
        if actor.struck_on == today:
            act = _struck(world, n, today)
            whole ^= act
            actors[n] = mixed(actors[n] ^ (act + np.uint64(day)))
    for p in range(world.principals.size):
        if world.principals[p].leader_deaths > 0:
            whole ^= mixed(world.principals[p].id + np.uint64(world.principals[p].leader_deaths))
    days[day] = np.uint32(mixed(whole) >> np.uint64(32))
