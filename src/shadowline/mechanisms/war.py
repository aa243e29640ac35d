"""Open war: the accident at the end of the chain.

Each exchange on rung 3 or 4 starts open war between patron and adversary with hazard zeta_k; an answer by the patron that killed soldiers
adds zeta_D. Open war ends that dyad's part of the future: its fronts fall silent in the model, and counts are per day at risk.

Against a record, open war means direct strikes by both sides on at least three days within 14, or a hundred dead of one side in a week.

Assumption: war begins between one patron and one adversary and drags nobody else in.

Sources: judgement; the share of militarised disputes that became wars, .044 (Gibler, Miller & Little), as sanity.

Basic principles: limited force leaves something to chance, and war can come without anybody's decision.

Emergence: open war is the end of a chain of tempo, chance, blame and answers; no actor chooses it.

Stochasticity: every exchange on the highest rungs starts war with a stated chance.

Coverage rows 1, 60-62.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, uniform
from shadowline.mechanisms.journal import WAR, write_event
from shadowline.mechanisms.rare import holds_off, holds_off_war, sum_hazard, survive
from shadowline.mechanisms.strikes import ASSETS
from shadowline.parameters import Parameter, State, per_rung

OPEN_WAR = 5

# fmt: off
PARAMETERS = (
    *per_rung("dyads", "war.starts", {3: (0.01, 0.001, 0.05), 4: (0.12, 0.02, 0.4)}, "share", "chance that an exchange on the rung starts open war", source="judgement; .044 of disputes became wars", floor=0, ceiling=1),
    Parameter("dyads", "war.starts_if_answer_kills", 0.25, 0.05, 0.6, "share", "chance that an answer of the patron that kills soldiers starts open war", "judgement", 0, 1),
)
# fmt: on
STATE = (
    State("dyads", "at_war", "1 once open war has begun", "i8"),
    State("dyads", "war_day", "day on which it began (0: never)", "i8"),
)
STARTS = hashed("war.starts")


@compiled
def war_hazard(dyad):
    """Return today's chance of open war in a dyad: 1 - (1 - zeta_k)(1 - zeta_D)."""
    peace = 1.0
    if dyad.struck_rung >= ASSETS:
        peace *= 1.0 - dyad.war_starts[dyad.struck_rung]
    if dyad.patron_killed > 0:
        peace *= 1.0 - dyad.war_starts_if_answer_kills
    return 1.0 - peace


@compiled
def start_wars(world):
    """Draw open war in every dyad with an exchange today; writes ``dyads.{at_war, war_day}``."""
    if world.clock[0].replaying == 1:
        return
    for i in range(world.dyads.size):
        dyad = world.dyads[i]
        hazard = war_hazard(dyad)
        if hazard <= 0.0 or dyad.at_war == 1:
            continue
        adversary = world.adversaries[dyad.adversary]
        if holds_off_war(world, dyad.adversary):
            dyad.war_today += adversary.no_war * hazard
            adversary.no_war *= 1.0 - hazard
            continue
        if adversary.watched == 1 and adversary.rare_came == 0:
            sum_hazard(world, dyad.adversary, i, OPEN_WAR, hazard, 1.0)
            survive(adversary, hazard, 1.0)
        if holds_off(world, dyad.adversary):
            continue
        if uniform(world, STARTS, dyad.id, 0) < hazard:
            _begin(world, dyad)


@compiled
def _begin(world, dyad):
    """Open the war and end the dyad's part of the future."""
    dyad.at_war = 1
    dyad.war_day = world.clock[0].today
    dyad.rung_last_day[OPEN_WAR] = world.clock[0].today
    adversary = world.adversaries[dyad.adversary]
    adversary.rare_came = 1
    write_event(world, WAR, world.principals[dyad.principal].actor, adversary.actor, dyad.struck_event)
