"""Context: the climate of a theatre, common to all fronts in it.

The logarithm of the multiplier on quiet rates is a scheduled step plus a first-order autoregression::

    u_t = step_t + n_t,    n_t = rho n_{t-1} + sd sqrt(1 - rho²) e_t,    e_t ~ N(0, 1)

Assumption: a war elsewhere, a truce or a ceasefire moves all fronts of a theatre together (coverage row 53). Steps are the scenario's
evidence. Contagion and context are told apart only with explicit steps: unmodelled steps look like self-excitation.

Sources: Mohler 2013, AOAS; steps and noise are judgement where the scenario names no evidence.

Interaction: the fronts of a theatre share its climate, so that they rise and fall together without acting on one another.

Stochasticity: each theatre has its own daily disturbance, whose effect lasts for as long as its persistence says.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, normal, uniform
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("theatres", "persistence", 0.95, 0.8, 0.99, "share", "share of today's deviation left tomorrow", floor=0, ceiling=1),
    Parameter("theatres", "noise", 0.0, 0.0, 0.5, "number", "standing deviation of the log multiplier around its steps", floor=0, ceiling=3),
)
# fmt: on
STATE = (
    State("theatres", "step", "sum of the scheduled steps in force (log multiplier)"),
    State("theatres", "deviation", "autoregressive deviation (log multiplier)"),
    State("theatres", "context", "log multiplier on quiet rates today"),
    State("theatres", "multiplier", "multiplier on quiet rates today"),
)
NOISE = hashed("context.noise")


@compiled
def move_context(world):
    """Draw today's deviation and write ``theatres.context`` (log multiplier)."""
    for i in range(world.theatres.size):
        theatre = world.theatres[i]
        if theatre.noise <= 0.0 and theatre.context == theatre.step + theatre.deviation and theatre.multiplier > 0.0:
            continue
        if theatre.noise > 0.0:
            rho = theatre.persistence
            shake = normal(uniform(world, NOISE, theatre.id, 0))
            theatre.deviation = rho * theatre.deviation + theatre.noise * math.sqrt(1.0 - rho * rho) * shake
        theatre.context = theatre.step + theatre.deviation
        theatre.multiplier = math.exp(theatre.context)
