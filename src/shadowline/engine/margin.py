"""The escalation margin: how far the system is from feeding on itself.

Events are attacks on each front and answers of each adversary. Entry (j, i) of the branching matrix is the number of events of type j that
one more event of type i brings about in the end, found by nudging the stocks that the event feeds and asking the mechanisms' own rate
functions, with fear, discharge and the state as of day 0 included. The margin is 1 minus the matrix's spectral radius: at zero or below,
an exchange need not die out. In the linear case the matrix is [[eta, psi m / b_V], [alpha1 w / b_W, 0]] (check E1).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from shadowline.engine.compiled import compiled
from shadowline.mechanisms.answers import mean_delay, most_blamed, provoked_chance, rung_weight
from shadowline.mechanisms.attacks import set_rates
from shadowline.mechanisms.doctrines import NO_RULE
from shadowline.mechanisms.harm import gets_through
from shadowline.mechanisms.strikes import LIMITED, MAJOR

if TYPE_CHECKING:
    from shadowline.engine.world import World

NUDGE = 1e-4
LARGEST_TOLL = 400


@compiled
def mean_toll(exponent, most):
    """Return the mean of the truncated zeta distribution."""
    top, bottom = 0.0, 0.0
    for k in range(1, min(int(most), LARGEST_TOLL) + 1):
        chance = math.exp(-exponent * math.log(k))
        top += k * chance
        bottom += chance
    return top / bottom


@compiled
def provocation_of_attack(world, f):
    """Return the attack-equivalents that one attack on a front adds to its adversary's provocation, on average."""
    front = world.fronts[f]
    target = world.targets[front.target]
    adversary = world.adversaries[front.adversary]
    if world.feuds[front.feud].is_war == 1:
        return 0.0
    weight = adversary.provocation_other
    if target.victims == 0:
        share = target.contractor_share
        weight = (1.0 - share) * adversary.provocation_soldier + share * adversary.provocation_contractor
    elif target.victims == 1:
        weight = adversary.provocation_contractor
    dead = target.lethal_if_through * mean_toll(world.model[0].severity_exponent, target.at_most)
    harm = adversary.provocation_wounded * target.wounded_if_through + weight * dead
    return adversary.provocation_attack + gets_through(target) * harm


@compiled
def _keep_rates(world, rates):
    for f in range(world.fronts.size):
        rates[f] = world.fronts[f].rate


@compiled
def _answers_to_attacks(world, matrix):
    """Fill the rows of answers: how an attack, or an answer, changes the number of answers still to come."""
    fronts = world.fronts.size
    for a in range(world.adversaries.size):
        adversary = world.adversaries[a]
        if world.actors[adversary.actor].last_rule > world.actors[adversary.actor].first_rule:
            continue
        before = provoked_chance(world, adversary)
        busy = 1.0 + before * mean_delay(world, adversary, NO_RULE)
        fades = adversary.provocation_decay + adversary.provocation_discharge * before
        kept = adversary.provocation
        adversary.provocation = kept + NUDGE
        slope = (provoked_chance(world, adversary) - before) / NUDGE / busy / fades
        adversary.provocation = kept
        for f in range(fronts):
            if world.fronts[f].adversary == a:
                matrix[fronts + a, f] = slope * provocation_of_attack(world, f)
        matrix[fronts + a, fronts + a] = -slope * adversary.provocation_discharge * kept


@compiled
def _attacks_by_attacks(world, matrix, rates, nudged):
    """Fill the columns of attacks: momentum and contagion."""
    for f in range(world.fronts.size):
        front = world.fronts[f]
        front.momentum += NUDGE
        set_rates(world)
        _keep_rates(world, nudged)
        front.momentum -= NUDGE
        for g in range(world.fronts.size):
            matrix[g, f] = (nudged[g] - rates[g]) / NUDGE


@compiled
def _attacks_by_answers(world, matrix, rates, nudged):
    """Fill the columns of answers: grievance up, fear up, by an average answer on rungs 1 and 2."""
    fronts = world.fronts.size
    for a in range(world.adversaries.size):
        adversary = world.adversaries[a]
        i = most_blamed(world, a)
        limited, major = rung_weight(world, a, i, LIMITED, MAJOR), rung_weight(world, a, i, MAJOR, MAJOR)
        share = major / (limited + major) if limited + major > 0.0 else 0.0
        dead = (1.0 - share) * adversary.strikes_dead[LIMITED] + share * adversary.strikes_dead[MAJOR]
        total = 0.0
        for n in range(world.feuds.size):
            if world.feuds[n].adversary == a and world.feuds[n].is_war == 0:
                total += world.feuds[n].suspicion
        for n in range(world.feuds.size):
            feud = world.feuds[n]
            if feud.adversary != a or feud.is_war == 1 or total <= 0.0:
                continue
            proxy = world.proxies[feud.proxy]
            struck = feud.suspicion / total
            feud.grievance += NUDGE
            set_rates(world)
            _keep_rates(world, nudged)
            feud.grievance -= NUDGE
            lasts = 1.0 / (1.0 - math.exp(-math.log(2.0) / proxy.grievance_half_life))
            for g in range(fronts):
                matrix[g, fronts + a] += (nudged[g] - rates[g]) / NUDGE * dead * struck * lasts
            feud.fear += NUDGE
            set_rates(world)
            _keep_rates(world, nudged)
            feud.fear -= NUDGE
            lasts = 1.0 / (1.0 - math.exp(-math.log(2.0) / proxy.fear_half_life))
            for g in range(fronts):
                matrix[g, fronts + a] += (nudged[g] - rates[g]) / NUDGE * (1.0 + share) * struck * lasts


@compiled
def fill_branching(world, matrix, rates, nudged):
    """Fill ``matrix`` (fronts + adversaries, squared) at the world's state; ``rates`` and ``nudged`` (fronts,) are working space."""
    set_rates(world)
    _keep_rates(world, rates)
    _attacks_by_attacks(world, matrix, rates, nudged)
    _answers_to_attacks(world, matrix)
    _attacks_by_answers(world, matrix, rates, nudged)
    set_rates(world)


def branching_matrix(world: World) -> np.ndarray:
    """Return the mean branching matrix of a world as it stands: (fronts + adversaries, squared), events brought about by columns."""
    fronts = world.fronts.size
    size = fronts + world.adversaries.size
    matrix = np.zeros((size, size))
    fill_branching(world, matrix, np.zeros(fronts), np.zeros(fronts))
    return matrix


def spectral_radius(matrix: np.ndarray) -> float:
    """Return the largest modulus of the eigenvalues."""
    return float(np.abs(np.linalg.eigvals(matrix)).max()) if matrix.size else 0.0


def margins(world: World, mornings: np.ndarray) -> np.ndarray:
    """Return 1 - spectral radius for every parameter draw; ``mornings`` (draws, words) is memory at day 0."""
    found = np.zeros(len(mornings))
    for d, morning in enumerate(mornings):
        world.memory[:] = morning
        found[d] = 1.0 - spectral_radius(branching_matrix(world))
    return found
