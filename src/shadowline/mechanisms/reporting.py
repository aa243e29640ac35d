"""Reporting: what the world hears of a day.

Attacks are acknowledged by the target's owner with probability ``acknowledged``, and claimed with probability ``claimed``; some claims
belong to no attack::

    acknowledged ~ Binomial(N, p_rep),    claims ~ Binomial(N, p_cl) + Poisson(nu_cl)

Assumption: strikes and deaths are known exactly.

Sources: Pentagon counts against trackers, 2023-24.

Sensing: nobody in the model acts on what is reported; actors see what the mechanisms of blame and provocation show them.

Stochasticity: how many attacks are acknowledged and claimed, and how many claims belong to no attack, is drawn.

Observation: acknowledged and claimed attacks stand beside the true ones, so that a question can be asked in the terms in which the record
counts.

Coverage rows 15, 18, 56.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import binomial, hashed, poisson, uniform
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("targets", "acknowledged", 0.9, 0.6, 1.0, "share", "chance that an attack is acknowledged", "Pentagon counts against trackers", 0, 1),
    Parameter("targets", "claimed", 0.8, 0.5, 1.0, "share", "chance that an attack is claimed", "trackers", 0, 1),
    Parameter("targets", "claimed_without_attack", 0.05, 0.0, 0.3, "1/day", "claims a day that belong to no attack", "trackers", 0, 100),
)
# fmt: on
STATE = (
    State("fronts", "acknowledged", "attacks acknowledged today", "i8"),
    State("fronts", "claims", "attacks claimed today", "i8"),
    State("targets", "claims", "claims today that belong to no attack", "i8"),
)
SEEN, CLAIMED, INVENTED = hashed("reporting.seen"), hashed("reporting.claimed"), hashed("reporting.invented")


@compiled
def report_the_day(world):
    """Draw ``fronts.acknowledged`` and ``targets.claims`` (counts of the day); during the prelude the record is what is acknowledged.

    Only what an outcome counts is drawn (``fronts.reported``, ``clock.claims_wanted``): nothing else reads it.
    """
    replaying = world.clock[0].replaying == 1
    claims_wanted = world.clock[0].claims_wanted == 1
    for j in range(world.targets.size):
        target = world.targets[j]
        target.claims = 0
        if claims_wanted and target.claimed_without_attack > 0.0:
            target.claims = poisson(uniform(world, INVENTED, target.id, 0), target.claimed_without_attack)
    for f in range(world.fronts.size):
        front = world.fronts[f]
        front.acknowledged = 0
        front.claims = 0
        if front.attacks > 0 and (front.reported == 1 or claims_wanted):
            target = world.targets[front.target]
            front.acknowledged = (
                front.attacks if replaying else binomial(uniform(world, SEEN, front.id, 0), front.attacks, target.acknowledged)
            )
            if claims_wanted:
                front.claims = binomial(uniform(world, CLAIMED, front.id, 0), front.attacks, target.claimed)
