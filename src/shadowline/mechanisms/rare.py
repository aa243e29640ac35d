"""Rare outcomes: integrate the hazard of what almost never happens instead of waiting for it.

For a watched adversary the first strike on rung 3 or 4, or war without one, is *held off*: the future goes on as if it had not come, while
the chance that it would have come is summed. With S the chance that it has not come yet and h today's hazard, the mass S h belongs to
today. S is kept for a grid of values of the blame needed, because the threshold is drawn once per future. One (day, rung, threshold) is
drawn in proportion to the mass; a second pass of the same future forces the event there and plays on, holding off war and summing its
hazard likewise. So with m the total mass of the first pass::

    P(war) = E[m (1 - Π(1 - h_war))],    P(rung 4) = E[m_4 + m_3 1{rung 4 follows}]

both without bias. Where the event is common, counting gives the same (check E10).

Assumption: hazards of different days are independent given the future as it was played.

Sources: Del Moral 2004 (Feynman-Kac formulae).

Stochasticity: the day, the rung and the threshold of the event that the second pass forces are drawn in proportion to their hazard.

Observation: chances of strikes on a patron and of open war are integrated along futures instead of being counted over them.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, uniform
from shadowline.parameters import State

NATURAL, HELD, BRANCH = 0, 1, 2
GRID = 32
NO_DAY = -1

STATE = (
    State("adversaries", "standing", "chance that nothing rare has come yet, by threshold of blame", length=GRID),
    State("adversaries", "blame_grid", "quantiles of the blame needed", length=GRID),
    State("adversaries", "threshold", "blame needed in this future"),
    State("adversaries", "rare_came", "1 once a rare event came by itself or was forced", "i8"),
    State("adversaries", "rare_mass", "summed chance of the first rare event"),
    State("dyads", "mass_today", "today's chance, by rung, that the first rare event is this", length=6),
    State("adversaries", "branch_day", "day drawn in proportion to the mass", "i8"),
    State("adversaries", "branch_rung", "rung drawn with it", "i8"),
    State("adversaries", "branch_dyad", "dyad drawn with it", "i8"),
    State("adversaries", "branch_threshold", "blame needed drawn with it"),
    State("adversaries", "no_war", "chance that war has not come in the forced part"),
    State("dyads", "war_today", "today's mass of war in the forced part"),
    State("clock", "mode", "0 natural, 1 rare events held off, 2 one forced", "i8"),
    State("clock", "watched", "adversary whose rare events are held off or forced", "i8"),
)
CHOOSE, THRESHOLD = hashed("rare.choose"), hashed("rare.threshold")


@compiled
def begin_rare(world):
    """Start with nothing come and nothing summed."""
    for a in range(world.adversaries.size):
        adversary = world.adversaries[a]
        for j in range(GRID):
            adversary.standing[j] = 1.0
        adversary.no_war = 1.0
        adversary.branch_day = NO_DAY
        j = int(GRID * uniform(world, THRESHOLD, adversary.id, 0))
        adversary.threshold = adversary.blame_grid[j]


@compiled
def clear_today(world):
    """Forget yesterday's masses."""
    for i in range(world.dyads.size):
        world.dyads[i].war_today = 0.0
        for k in range(6):
            world.dyads[i].mass_today[k] = 0.0


@compiled
def holds_off(world, a):
    """Return whether rare events of adversary ``a`` are held off now."""
    now = world.clock[0]
    if now.watched != a or now.mode == NATURAL:
        return False
    return now.mode == HELD or world.adversaries[a].rare_came == 0


@compiled
def holds_off_war(world, a):
    """Return whether war of adversary ``a`` is held off and its hazard summed: after the forced event of the second pass."""
    now = world.clock[0]
    return now.watched == a and now.mode == BRANCH and world.adversaries[a].rare_came == 1


@compiled
def forced_today(world, a):
    """Return whether the second pass forces adversary ``a``'s rare event today."""
    now = world.clock[0]
    return now.watched == a and now.mode == BRANCH and world.adversaries[a].rare_came == 0 and now.branch_day == now.today


@compiled
def could_come_today(world, a):
    """Return whether a rare event of adversary ``a`` could be decided, or war begin, today: nothing pending and blame high enough."""
    adversary = world.adversaries[a]
    if adversary.rare_came == 1:
        return False
    if world.actors[adversary.actor].pending_due != 0:
        return False
    if is_decided(world, adversary):
        return True
    for p in range(world.principals.size):
        if world.dyads[p * world.adversaries.size + a].blame >= adversary.blame_grid[0]:
            return True
    return False


@compiled
def is_decided(world, adversary):
    """Return whether an answer whose rung was decided beforehand is to be prepared today."""
    return adversary.decided_rung > 0 and 0 < adversary.decided_on <= world.clock[0].today


@compiled
def sum_hazard(world, a, i, rung, hazard, blame):
    """Add the hazard of a first rare event on ``rung`` in dyad ``i``, admissible for thresholds up to ``blame``, to the masses.

    Returns the mean chance that it stood until now and comes today. Does not yet lower ``standing``: see `survive`.
    """
    adversary = world.adversaries[a]
    reached = 0.0
    for j in range(GRID):
        if adversary.blame_grid[j] <= blame:
            reached += adversary.standing[j]
    mass = hazard * reached / GRID
    if mass <= 0.0:
        return 0.0
    adversary.rare_mass += mass
    world.dyads[i].mass_today[rung] += mass
    if uniform(world, CHOOSE, world.dyads[i].id, rung) * adversary.rare_mass < mass:
        _choose(world, adversary, i, rung, blame, reached)
    return mass


@compiled
def _choose(world, adversary, i, rung, blame, reached):
    """Keep this event as the one that the second pass forces, with a threshold drawn among those that allow it."""
    adversary.branch_day = world.clock[0].today
    adversary.branch_rung = rung
    adversary.branch_dyad = i
    goal = reached * uniform(world, CHOOSE, world.dyads[i].id, 6 + rung)
    for j in range(GRID):
        if adversary.blame_grid[j] <= blame:
            goal -= adversary.standing[j]
            if goal <= 0.0:
                adversary.branch_threshold = adversary.blame_grid[j]
                return


@compiled
def survive(adversary, hazard, blame):
    """Lower the chance of standing for all thresholds that allowed today's hazard."""
    for j in range(GRID):
        if adversary.blame_grid[j] <= blame:
            adversary.standing[j] *= 1.0 - hazard
