"""Provocation: what an adversary has suffered and not yet answered, and what it has taught others to expect.

Each adversary carries a stock W in attack-equivalents. Today's attacks, wounded and dead add to it by weights that belong to its
doctrine; time drains it, and an answer carried out spends the share ``discharge``::

    W' = (1 - b) (1 - discharge)^answers W + w_a N + w_w wounded + w_c contractors + w_k soldiers + w_o others

The expected answer is the share of provocations of the last 60 days that were answered. Pace is the 30-day mean of attacks a day.

Assumption: harm unanswered fades, and one dead soldier outweighs many attacks.

Sources: Fearon 1994, APSR, on audiences; the weights are judgement, held against the recorded answers of 2019-24.

Learning: proxies come to expect answers as often as provocations of the last two months were answered.

Sensing: an adversary counts its own dead and wounded and every attack on its targets, also those that were stopped.

Coverage rows 3, 4, 52, 56.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("adversaries", "provocation.half_life", 6.58, 2.0, 13.5, "day", "half-life of provocation", "strike dates 2019-23", 0.1, 3650),
    Parameter("adversaries", "provocation.attack", 1.0, 1.0, 1.0, "number", "weight of an attack (the unit)", "definition", 0, 1000),
    Parameter("adversaries", "provocation.wounded", 0.4, 0.0, 1.0, "number", "attacks that weigh as much as one wounded", "judgement", 0, 1000),
    Parameter("adversaries", "provocation.contractor", 5.0, 1.0, 20.0, "number", "attacks that weigh as much as one contractor killed", "judgement; doctrine", 0, 10000),
    Parameter("adversaries", "provocation.soldier", 20.0, 10.0, 60.0, "number", "attacks that weigh as much as one soldier killed", "judgement; doctrine", 0, 10000),
    Parameter("adversaries", "provocation.other", 5.0, 1.0, 20.0, "number", "attacks that weigh as much as one other person killed", "judgement", 0, 10000),
    Parameter("adversaries", "provocation.discharge", 0.5, 0.2, 0.9, "share", "share of provocation spent by an answer", "strike dates 2019-23", 0, 1),
)
# fmt: on
STATE = (
    State("adversaries", "provocation", "unanswered harm in attack-equivalents"),
    State("adversaries", "provocation_decay", "share of provocation forgotten in a day"),
    State("adversaries", "expected_answer", "share of recent provocations answered, 0..1"),
    State("adversaries", "provocations_recent", "decayed count of days with a provocation"),
    State("adversaries", "answers_recent", "decayed count of answers"),
    State("adversaries", "pace", "attacks a day, 30-day mean"),
)
LEARNING = 1.0 / 60.0


@compiled
def refresh_provocation(world):
    """Turn half-lives into daily decay."""
    for a in range(world.adversaries.size):
        adversary = world.adversaries[a]
        adversary.provocation_decay = 1.0 - math.exp(-math.log(2.0) / adversary.provocation_half_life)


@compiled
def suffered_today(adversary):
    """Return the day's harm in attack-equivalents."""
    return (
        adversary.provocation_attack * adversary.attacks_today
        + adversary.provocation_wounded * adversary.wounded_today
        + adversary.provocation_contractor * adversary.contractors_today
        + adversary.provocation_soldier * adversary.soldiers_today
        + adversary.provocation_other * adversary.others_today
    )


@compiled
def add_up_provocation(world):
    """Drain each adversary's stock by a day and add today's harm; update expected answers and pace (stocks come last)."""
    for a in range(world.adversaries.size):
        adversary = world.adversaries[a]
        for _ in range(adversary.strikes_today):
            adversary.provocation *= 1.0 - adversary.provocation_discharge
        harm = suffered_today(adversary)
        adversary.provocation = (1.0 - adversary.provocation_decay) * adversary.provocation + harm
        adversary.provocations_recent += (1.0 if harm > 0.0 else 0.0) - LEARNING * adversary.provocations_recent
        adversary.answers_recent += adversary.strikes_today - LEARNING * adversary.answers_recent
        if adversary.provocations_recent > 0.0:
            adversary.expected_answer = min(1.0, adversary.answers_recent / adversary.provocations_recent)
        adversary.pace += (adversary.attacks_today - adversary.pace) / 30.0
