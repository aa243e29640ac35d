"""Leadership: rulers die, handlers are replaced, armed groups lose their leaders.

A ruler dies with a Gompertz hazard times his frailty (an elite is healthier than its people)::

    P(dies today) = 1 - exp(-frailty mu0 e^{b (age - age0)} / 365.25)

After a death the leader's weight is zero for the interregnum and control pays a penalty; the regime survives with a probability; then the
factions elect a successor, who wants what the winning faction wants. A handler who is removed leaves a vacancy, then his successor's
quality is drawn. A group that loses its leader attacks more for half a year (Rigterink 2021, APSR).

Assumptions: frailty is constant; violent removal competes with natural death.

Sources: UN World Population Prospects 2019, men in Iran 2020-25; Kendall-Taylor & Frantz 2016 (87 % of regimes intact a year after a
ruler's death in office); Jones & Olken 2009.

Interaction: a handler or a ruler who goes loosens the principal's hold on all of its proxies at once.

Collectives: the factions together elect a successor, and he takes over the wishes of the faction that wins.

Stochasticity: natural deaths, the survival of the regime and the quality of a new handler are drawn; while a recorded past is replayed no
ruler dies of age.

Coverage rows 8, 37, 42, 46, 47, 73, 74.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, quantile, uniform
from shadowline.mechanisms.journal import HANDLER_REMOVED, LEADER_DEATH, SUCCESSION, write_event
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("principals", "leader.frailty", 0.5, 0.2, 1.0, "number", "hazard relative to men of his age", "Archigos; judgement of the elite discount", 0, 5),
    Parameter("principals", "leader.hazard_growth", 0.08853, 0.08, 0.1, "number", "growth of the hazard per year of age", "UN WPP 2019, men in Iran 2020-25", 0, 1),
    Parameter("principals", "leader.hazard_at_reference", 0.14368, 0.12, 0.17, "number", "yearly hazard at the age of 84.78", "UN WPP 2019, men in Iran 2020-25", 0, 5),
    Parameter("principals", "leader.regime_survives", 0.87, 0.79, 0.93, "share", "chance that the regime outlives its ruler's death", "Kendall-Taylor & Frantz 2016, n = 79", 0, 1),
    Parameter("principals", "leader.interregnum", 40.0, 10.0, 120.0, "day", "days until a successor rules", floor=0, ceiling=3650),
    Parameter("principals", "leader.successor_age", 60.0, 50.0, 75.0, "number", "age of a successor in years", floor=20, ceiling=100),
    Parameter("principals", "handler.charisma", 0.5, 0.3, 0.7, "share", "personal authority of the officer who runs the proxies", floor=0, ceiling=1),
    Parameter("principals", "handler.ties", 0.5, 0.3, 0.7, "share", "personal ties of the handler to the groups' leaders", floor=0, ceiling=1),
    Parameter("principals", "handler.language", 0.5, 0.3, 0.7, "share", "command of the proxies' language", floor=0, ceiling=1),
    Parameter("principals", "handler.vacancy", 14.0, 1.0, 60.0, "day", "days until a removed handler is replaced", floor=0, ceiling=3650),
    Parameter("principals", "handler.successor_mean", 0.4, 0.2, 0.6, "share", "expected quality of a handler's successor", floor=0.01, ceiling=0.99),
    Parameter("principals", "handler.successor_spread", 0.15, 0.05, 0.25, "number", "spread of a successor's quality", floor=0.001, ceiling=0.49),
    Parameter("proxies", "leader.removed_boost", 0.36, 0.2, 0.53, "number", "log change of a group's tempo after its leader's removal", "Rigterink 2021: +43 % over six months", -3, 3),
    Parameter("proxies", "leader.removed_half_life", 90.0, 45.0, 180.0, "day", "half-life of that change", floor=1, ceiling=3650),
)
# fmt: on
STATE = (
    State("clock", "grip_moved", "1 if a handler or a ruler came or went, or a shock struck: control is worked out anew", "i8"),
    State("principals", "leader_alive", "1 while a ruler rules", "i8"),
    State("principals", "leader_age", "age of the ruler today in years"),
    State("principals", "leader_killed", "1 if the ruler was killed today", "i8"),
    State("principals", "interregnum_left", "days until a successor rules"),
    State("principals", "regime_intact", "1 unless the regime fell with its ruler", "i8"),
    State("principals", "leader_deaths", "rulers who died so far", "i8"),
    State("principals", "successor_faction", "faction whose wishes the present ruler has (-1: his own)", "i8"),
    State("principals", "succession_due", "1 on the day a successor is to be elected", "i8"),
    State("principals", "handler_removed", "1 if the handler was removed today", "i8"),
    State("principals", "handler_vacant", "days left without a handler"),
    State("principals", "handlers_lost", "handlers removed so far", "i8"),
    State("principals", "successor_grid", "quantiles of a successor's quality", length=16),
    State("proxies", "leader_lost", "fading memory of a removed leader (1 on the day)"),
)
DEATH, REGIME, QUALITY = hashed("leadership.death"), hashed("leadership.regime"), hashed("leadership.handler")
REFERENCE_AGE = 84.78
HIGHEST_DAILY = 0.1


@compiled
def begin_leadership(world):
    """Seat rulers and handlers at the start of a future."""
    for i in range(world.principals.size):
        principal = world.principals[i]
        principal.leader_alive = 1 if principal.leader_faction >= 0 else 0
        principal.regime_intact = 1
        principal.successor_faction = -1


@compiled
def handler_quality(principal):
    """Return the handler's quality h in 0..1: the mean of charisma, ties and language, zero while the post is vacant."""
    if principal.handler_vacant > 0.0:
        return 0.0
    return (principal.handler_charisma + principal.handler_ties + principal.handler_language) / 3.0


@compiled
def yearly_hazard(principal):
    """Return the ruler's hazard of natural death per year at his present age."""
    growth = principal.leader_hazard_growth
    return principal.leader_frailty * principal.leader_hazard_at_reference * math.exp(growth * (principal.leader_age - REFERENCE_AGE))


@compiled
def _dies_today(world, principal):
    """Return whether the ruler dies a natural death today (nobody's daily hazard comes near one in ten: that spares most exponentials)."""
    u = uniform(world, DEATH, principal.id, 0)
    return u < HIGHEST_DAILY and u < 1.0 - math.exp(-yearly_hazard(principal) / 365.25)


@compiled
def _ruler_dies(world, i):
    """Take a ruler away: interregnum, the regime's survival, and new bargaining over every order."""
    principal = world.principals[i]
    principal.leader_alive = 0
    principal.leader_deaths += 1
    world.clock[0].grip_moved = 1
    principal.interregnum_left = principal.leader_interregnum
    if uniform(world, REGIME, principal.id, principal.leader_deaths) >= principal.leader_regime_survives:
        principal.regime_intact = 0
    event = write_event(world, LEADER_DEATH, principal.actor, -1, principal.struck_cause if principal.leader_killed == 1 else -1)
    for a in range(world.adversaries.size):
        dyad = world.dyads[i * world.adversaries.size + a]
        dyad.reconsider = 1
        dyad.reconsider_cause = event


@compiled
def change_leaders(world):
    """Let rulers age, die and be succeeded, replace handlers, and let the loss of group leaders fade.

    Reads and writes ``principals.{leader_*, handler_*, interregnum_left}`` (years, days) and ``proxies.leader_lost`` (0..1).
    """
    replaying = world.clock[0].replaying == 1
    for i in range(world.principals.size):
        principal = world.principals[i]
        if principal.leader_faction >= 0:
            principal.leader_age += 1.0 / 365.25
            if principal.leader_alive == 1:
                if principal.leader_killed == 1 or (not replaying and _dies_today(world, principal)):
                    _ruler_dies(world, i)
            elif principal.regime_intact == 1:
                principal.interregnum_left -= 1.0
                if principal.interregnum_left <= 0.0:
                    principal.leader_alive = 1
                    principal.leader_age = principal.leader_successor_age
                    principal.succession_due = 1
                    world.clock[0].grip_moved = 1
                    write_event(world, SUCCESSION, principal.actor, -1, -1)
            principal.leader_killed = 0
        _replace_handler(world, principal)
    for i in range(world.proxies.size):
        proxy = world.proxies[i]
        if proxy.leader_lost > 0.0:
            proxy.leader_lost *= math.exp(-math.log(2.0) / proxy.leader_removed_half_life)


@compiled
def _replace_handler(world, principal):
    """Empty a removed handler's chair, and fill it when the vacancy ends."""
    if principal.handler_removed == 1:
        principal.handler_removed = 0
        principal.handlers_lost += 1
        principal.handler_vacant = max(1.0, principal.handler_vacancy)
        world.clock[0].grip_moved = 1
        write_event(world, HANDLER_REMOVED, principal.actor, -1, principal.struck_cause)
    elif principal.handler_vacant > 0.0:
        principal.handler_vacant -= 1.0
        if principal.handler_vacant <= 0.0:
            principal.handler_vacant = 0.0
            world.clock[0].grip_moved = 1
            quality = quantile(uniform(world, QUALITY, principal.id, principal.handlers_lost), principal.successor_grid)
            principal.handler_charisma = quality
            principal.handler_ties = quality
            principal.handler_language = quality
