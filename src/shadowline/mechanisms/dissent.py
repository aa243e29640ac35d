"""Dissent: criticism from within the patron's elite.

Dissent D rests at a base that discontent, economic stress and a broken tradition of non-alignment raise, and jumps with crossings of the
patron's own lines::

    rest = base + from_discontent discontent + from_stress stress + alignment_broken,    D' = D + b (rest - D) + per_crossing n

It lends weight to the factions that gain by it (`orders`) and leaks evidence to the adversary (`attribution`).

Sources: judgement; the essay, paragraphs 12-15.

Interaction: a crossing of the patron's own lines raises criticism, which shifts the bargaining over orders and can help the adversary to
see.

Coverage rows 63, 64, 66, 69, 72.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("principals", "dissent.base", 0.0, 0.0, 0.5, "number", "elite dissent at rest", "judgement", 0, 10),
    Parameter("principals", "dissent.from_discontent", 0.0, 0.0, 0.5, "number", "dissent per unit of public discontent", "judgement", 0, 10),
    Parameter("principals", "dissent.from_stress", 0.0, 0.0, 0.5, "number", "dissent per unit of economic stress", "judgement", 0, 10),
    Parameter("principals", "dissent.alignment_broken", 0.0, 0.0, 0.3, "number", "dissent over a broken tradition of non-alignment", "judgement", 0, 10),
    Parameter("principals", "dissent.per_crossing", 0.0, 0.0, 0.2, "number", "rise of dissent when one of the principal's own lines is crossed", "judgement", 0, 10),
    Parameter("principals", "dissent.half_life", 60.0, 20.0, 180.0, "day", "half-life of a change of dissent", "judgement", 0.1, 3650),
)
# fmt: on
STATE = (
    State("principals", "dissent", "elite dissent today"),
    State("principals", "dissent_back", "share of the way back to rest in a day"),
)


@compiled
def dissent_at_rest(principal):
    """Return the level to which dissent returns."""
    return (
        principal.dissent_base
        + principal.dissent_from_discontent * principal.discontent
        + principal.dissent_from_stress * principal.stress
        + principal.dissent_alignment_broken
    )


@compiled
def refresh_dissent(world):
    """Work out the daily return to rest."""
    for p in range(world.principals.size):
        principal = world.principals[p]
        principal.dissent_back = 1.0 - math.exp(-math.log(2.0) / principal.dissent_half_life)


@compiled
def begin_dissent(world):
    """Start at rest."""
    for p in range(world.principals.size):
        world.principals[p].dissent = dissent_at_rest(world.principals[p])


@compiled
def voice_dissent(world):
    """Move dissent toward its rest, and up where a line was crossed today; writes ``principals.dissent``."""
    today = world.clock[0].today
    for k in range(world.lines.size):
        line = world.lines[k]
        if line.owner_principal >= 0 and line.crossed_on == today:
            world.principals[line.owner_principal].dissent += world.principals[line.owner_principal].dissent_per_crossing
    for p in range(world.principals.size):
        principal = world.principals[p]
        principal.dissent += principal.dissent_back * (dissent_at_rest(principal) - principal.dissent)
