"""Hawks: pressure at home for harder answers.

Hawk pressure H returns to its base and jumps, as a share of what is left, when a line is crossed (lines carry the size)::

    H' = H + b (H0 - H),   then   H' += rise (1 - H')

Where a patron praises attacks, the base is higher.

Assumption: the home audience is one pressure and not a contest of parties.

Sources: Fearon 1994, APSR; Musgrave & Ward 2023 (weak tripwire effect).

Sensing: the audience at home notices crossings of the adversary's own lines and a patron's praise, and nothing else.

Interaction: attacks reach the choice of rungs through opinion at home.

Coverage rows 22, 30.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("adversaries", "hawks.now", 0.3, 0.1, 0.5, "share", "hawk pressure in quiet times", "judgement", 0, 1),
    Parameter("adversaries", "hawks.half_life", 35.0, 14.0, 90.0, "day", "half-life of a rise in hawk pressure", "judgement", 0.1, 3650),
    Parameter("principals", "praise.hawks", 0.0, 0.0, 0.1, "share", "rise of the base of hawk pressure where this principal praises attacks", "judgement", 0, 1),
)
# fmt: on
STATE = (
    State("adversaries", "hawks", "hawk pressure, 0..1"),
    State("adversaries", "hawks_rest", "level to which hawk pressure returns"),
    State("adversaries", "hawks_back", "share of the way back in a day"),
)


@compiled
def hawks_at_rest(world, a):
    """Return the base of hawk pressure, with what praise adds."""
    base = world.adversaries[a].hawks_now
    for p in range(world.principals.size):
        principal = world.principals[p]
        if principal.is_patron == 1 and principal.praises == 1:
            base += principal.praise_hawks * (1.0 - base)
    return base


@compiled
def refresh_hawks(world):
    """Work out the level of rest and the daily return."""
    for a in range(world.adversaries.size):
        adversary = world.adversaries[a]
        adversary.hawks_rest = hawks_at_rest(world, a)
        adversary.hawks_back = 1.0 - math.exp(-math.log(2.0) / adversary.hawks_half_life)


@compiled
def begin_hawks(world):
    """Start at rest."""
    for a in range(world.adversaries.size):
        world.adversaries[a].hawks = hawks_at_rest(world, a)


@compiled
def stir_hawks(world):
    """Let pressure return to its base and rise with today's crossings; writes ``adversaries.hawks``."""
    for a in range(world.adversaries.size):
        adversary = world.adversaries[a]
        adversary.hawks += adversary.hawks_back * (adversary.hawks_rest - adversary.hawks)
        adversary.hawks += adversary.hawk_rise * (1.0 - adversary.hawks)
        adversary.hawk_rise = 0.0
