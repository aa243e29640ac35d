"""Beliefs: how near each side thinks war is, and what the adversary thinks of the patron's grip.

The fear of war of patron and adversary is one shared belief per dyad::

    p_war = 1 - exp(-(pi_W W + pi_X 1{a line was crossed in 21 days}) (1 - back_channel / 2))

The adversary's picture of control c and order r is a running mean over 30 days; from it follows the prior that an attack by proxy i was
made under the patron's authority, c r / (1 - c + c r).

Assumptions: both sides read the same signals; a back channel halves misperception at most.

Sources: Carson 2016, IO, on tacit collusion; the sizes are judgement.

Sensing: the adversary's picture of control and orders follows the true values with a lag and without noise; the fear of war reads
unanswered provocation and fresh crossings.

Learning: the adversary revises its picture of the patron's grip every day by a running mean over its recent experience.

Prediction: the fear of war is the one forecast that the sides make, from what has just happened and not by playing the conflict forward.

Coverage rows 20, 24, 32, 36.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("dyads", "war_fear.per_provocation", 0.004, 0.0, 0.02, "number", "fear of war that each attack not yet answered adds", floor=0, ceiling=1),
    Parameter("dyads", "war_fear.per_crossing", 0.1, 0.0, 0.4, "number", "fear of war while a line crossed in 21 days is fresh", floor=0, ceiling=10),
    Parameter("dyads", "back_channel", 0.0, 0.0, 0.8, "share", "strength of a quiet channel between the two", floor=0, ceiling=1),
    Parameter("model", "beliefs.memory", 30.0, 15.0, 60.0, "day", "days over which the adversary averages control and orders", floor=1, ceiling=3650),
)
# fmt: on
STATE = (
    State("dyads", "believed_order", "order that the adversary believes in (30-day mean)"),
    State("reins", "believed_control", "control that the adversary believes in (30-day mean)"),
)
FRESH_CROSSING = 21


@compiled
def begin_beliefs(world):
    """Start with beliefs that are right: today's control, and the order as it stands."""
    for i in range(world.dyads.size):
        world.dyads[i].believed_order = world.dyads[i].order_arrived
    for i in range(world.reins.size):
        world.reins[i].believed_control = world.reins[i].control


@compiled
def war_fear(world, dyad):
    """Return the believed chance of war (0..1) in a dyad, worked out when somebody decides."""
    adversary = world.adversaries[dyad.adversary]
    alarm = dyad.war_fear_per_provocation * adversary.provocation
    if world.clock[0].today - adversary.crossed_on < FRESH_CROSSING:
        alarm += dyad.war_fear_per_crossing
    return 1.0 - math.exp(-alarm * (1.0 - 0.5 * dyad.back_channel))


@compiled
def form_beliefs(world):
    """Update ``dyads.believed_order`` and ``reins.believed_control`` (30-day means)."""
    share = 1.0 / world.model[0].beliefs_memory
    for i in range(world.dyads.size):
        dyad = world.dyads[i]
        dyad.believed_order += share * (dyad.order_arrived - dyad.believed_order)
    for i in range(world.reins.size):
        rein = world.reins[i]
        rein.believed_control += share * (rein.control - rein.believed_control)


@compiled
def authority_prior(world, rein):
    """Return the prior that an attack by this proxy on this adversary was made under the principal's authority."""
    control = rein.believed_control
    order = world.dyads[rein.dyad].believed_order
    under = control * order
    return under / (1.0 - control + under) if under > 0.0 else 0.0
