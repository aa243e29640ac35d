"""A diary of many futures: what every actor did and suffered, by day or by week, and how far each line and each ladder was taken.

It is kept along the natural pass of a future and changes no draw and no state. A page covers ``step`` days: counts are summed over them,
orders and provocation are those of its last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shadowline.engine.compiled import compiled
from shadowline.mechanisms.lines import ON_ATTACK, ON_STRIKE

if TYPE_CHECKING:
    from collections.abc import Mapping

QUANTITIES = ("attacks", "attacks_suffered", "killed", "wounded", "strikes", "rung")
MADE, SUFFERED, KILLED, WOUNDED, STRIKES, RUNG = range(6)
CROSSED, TESTED = 0, 1
OPEN_WAR = 5


@dataclass(frozen=True)
class Diary:
    """What many futures hold, page by page.

    Shapes: ``pages`` (runs, pages, actors, 6) in the order of `QUANTITIES`: attacks made, attacks suffered, people of its own killed and
    wounded, strikes carried out, highest rung used; ``orders`` (runs, pages, dyads), multiples of desired
    tempo; ``provocation`` (runs, pages, adversaries), attack-equivalents; ``lines`` (runs, lines, 2): crossings, and near misses;
    ``reached`` (runs, dyads, 6): day on which a rung was first used, -1 never; ``fronts`` (runs, fronts): attacks in all; ``obeyed`` (runs,
    reins): days on which the proxy obeyed that principal about that adversary.
    """

    step: int
    pages: np.ndarray
    orders: np.ndarray
    provocation: np.ndarray
    lines: np.ndarray
    reached: np.ndarray
    fronts: np.ndarray
    obeyed: np.ndarray


def blank_diary(rows: Mapping[str, int], runs: int, days: int, step: int) -> Diary:
    """Return an empty diary; with ``step`` 0 it has no room, and nothing is kept."""
    if step == 0:
        runs = 0
    pages = -(-days // step) if step else 0
    return Diary(
        step,
        np.zeros((runs, pages, rows["actors"], len(QUANTITIES)), np.uint16),
        np.zeros((runs, pages, rows["dyads"]), np.float32),
        np.zeros((runs, pages, rows["adversaries"]), np.float32),
        np.zeros((runs, rows["lines"], 2), np.uint16),
        np.full((runs, rows["dyads"], 6), -1, np.int16),
        np.zeros((runs, rows["fronts"]), np.uint32),
        np.zeros((runs, rows["reins"]), np.uint16),
    )


@compiled
def note_day(world, pages, orders, provocation, lines, reached, fronts, obeyed, page):
    """Write the day just played into one future's diary: ``pages`` (pages, actors, 6), ``lines`` (lines, 2), ``reached`` (dyads, 6) ..."""
    day = world.clock[0].today - 1
    for f in range(world.fronts.size):
        front = world.fronts[f]
        fronts[f] += front.attacks
        pages[page, world.proxies[front.proxy].actor, MADE] += front.attacks
        pages[page, world.adversaries[front.adversary].actor, SUFFERED] += front.attacks
    for a in range(world.adversaries.size):
        adversary = world.adversaries[a]
        pages[page, adversary.actor, KILLED] += adversary.soldiers_today + adversary.contractors_today + adversary.others_today
        pages[page, adversary.actor, WOUNDED] += adversary.wounded_today
        provocation[page, a] = adversary.provocation
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        for n in range(feud.first_rein, feud.last_rein):
            if feud.obeys == world.reins[n].principal:
                obeyed[n] += 1
        pages[page, world.proxies[world.feuds[i].proxy].actor, KILLED] += int(world.feuds[i].dead_today + 0.5)
    for n in range(world.actors.size):
        if world.actors[n].struck_on == day:
            pages[page, n, STRIKES] += world.actors[n].strikes_made
            pages[page, n, RUNG] = max(pages[page, n, RUNG], world.actors[n].rung_used)
    for i in range(world.dyads.size):
        orders[page, i] = world.dyads[i].order
        _note_rungs(world, i, day, reached[i])
    for k in range(world.lines.size):
        crossed = world.lines[k].crossings - lines[k, CROSSED]
        lines[k, CROSSED] = world.lines[k].crossings
        lines[k, TESTED] += max(0, _close_calls(world, k, day) - crossed)


@compiled
def _note_rungs(world, i, day, reached):
    """Keep the first day on which each rung of a dyad was used."""
    dyad = world.dyads[i]
    for rung in range(1, OPEN_WAR):
        if dyad.rung_last_day[rung] == day and reached[rung] < 0:
            reached[rung] = day - world.clock[0].start_day
    if dyad.war_day == day and reached[OPEN_WAR] < 0:
        reached[OPEN_WAR] = day - world.clock[0].start_day


@compiled
def _close_calls(world, k, day):
    """Return how many of today's events came up to line ``k``, those that crossed it included.

    A line about deaths is approached by an attack that gets through; a line about being hit by an attack that is made; a line about an
    adversary's strikes by one on the rung below the lowest that would cross it.
    """
    line = world.lines[k]
    if line.event == ON_STRIKE:
        return _strikes_near(world, k, day)
    if line.event != ON_ATTACK or (line.needs_hit == 0 and line.minimum <= 0.0):
        return 0
    calls = 0
    for f in range(world.fronts.size):
        front = world.fronts[f]
        if world.could_cross[k, f] == 1 and world.feuds[front.feud].is_war == 0:
            calls += front.hits if line.minimum > 0.0 else front.attacks
    return calls


@compiled
def _strikes_near(world, k, day):
    """Return how many pairs of patron and adversary came within one rung of crossing line ``k`` by a strike today, crossings included."""
    near = 0
    for i in range(world.dyads.size):
        for rung in range(2, OPEN_WAR):
            if world.would_cross[k, i, rung] == 1:
                below = world.dyads[i].rung_last_day[rung - 1] == day
                if below or world.dyads[i].rung_last_day[rung] == day:
                    near += 1
                break
    return near
