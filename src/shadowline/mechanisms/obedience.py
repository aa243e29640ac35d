"""Obedience: whom a proxy obeys about one adversary, if anyone.

The draw follows the chances of `control`. It is renewed when an order of one of the proxy's principals has moved by a quarter or more
since it last renewed a draw, otherwise about every 45 days. With the probability ``coordination`` a member acts in step with its body:
then it shares the body's draw, so that members of a committee halt together. A declared spell (a stand-down that the scenario knows of) ends
by itself, or when the principal obeyed moves its order; other principals' orders do not end it.

Assumption: obedience is a spell, not a daily coin; there are truces, stand-downs and breaches (the truces of 2020 and 2024).

Sources: Padró i Miquel & Yared 2012, QJE (spells of obedience and punishment); Knights et al. 2021 on the committee.

Adaptation: a proxy settles anew whom it obeys when the order of one of its principals has moved.

Collectives: members that act in step with a body share its draw, so that they stand down and break out together.

Stochasticity: whom a proxy obeys, when a spell ends by itself and whether a member keeps step are drawn.

Coverage rows 19, 34, 43, 45.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, uniform
from shadowline.mechanisms.journal import OBEDIENCE, write_event
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("model", "obedience.renewed_every", 45.0, 20.0, 120.0, "day", "mean days between spontaneous changes of obedience", "truce of October 2020, broken on day 37-38", 1, 3650),
    Parameter("spells", "chance", 0.5, 0.0, 1.0, "share", "chance that the declared spell is obedience to this principal", floor=0, ceiling=1),
    Parameter("bodies", "coordination", 0.0, 0.0, 0.9, "share", "chance that a member acts in step with the body", "judgement", 0, 1),
)
# fmt: on
STATE = (
    State("feuds", "obeys", "principal obeyed about this adversary (-1: none)", "i8"),
    State("feuds", "in_step", "1 if the proxy acts in step with its body", "i8"),
    State("feuds", "declared", "1 during a declared spell", "i8"),
    State("feuds", "spell_draw", "what is left of the draw of a declared spell"),
    State("feuds", "obedience_event", "number of the event that set the present obedience", "i8"),
    State("dyads", "order_marker", "order at the time it last renewed obedience"),
    State("dyads", "order_moved", "1 if the order moved by a quarter since then", "i8"),
)
CLOCK, WHOM, IN_STEP = hashed("obedience.clock"), hashed("obedience.whom"), hashed("obedience.in-step")
MOVED = 0.25


@compiled
def begin_obedience(world):
    """Draw everybody's first obedience."""
    for i in range(world.dyads.size):
        world.dyads[i].order_marker = world.dyads[i].order_arrived
    for i in range(world.feuds.size):
        _renew(world, world.feuds[i])


@compiled
def _moving_orders(world):
    """Mark the dyads whose order has moved by a quarter or more since it last renewed obedience."""
    for i in range(world.dyads.size):
        dyad = world.dyads[i]
        dyad.order_moved = 1 if abs(dyad.order_arrived - dyad.order_marker) >= MOVED else 0
        if dyad.order_moved == 1:
            dyad.order_marker = dyad.order_arrived


@compiled
def _drawer(world, feud):
    """Return the hash that addresses the feud's draws: its own, or its body's about the same adversary."""
    proxy = world.proxies[feud.proxy]
    if feud.in_step == 1 and proxy.body >= 0:
        return world.bodies[proxy.body].id + world.adversaries[feud.adversary].id
    return feud.id


@compiled
def _renew(world, feud):
    """Draw anew whether the proxy acts in step with its body, and whom it obeys."""
    proxy = world.proxies[feud.proxy]
    feud.in_step = 0
    feud.declared = 0
    if proxy.body >= 0 and uniform(world, IN_STEP, feud.id, 0) < world.bodies[proxy.body].coordination:
        feud.in_step = 1
    before = feud.obeys
    feud.obeys = -1
    u = uniform(world, WHOM, _drawer(world, feud), 0)
    for n in range(feud.first_rein, feud.last_rein):
        u -= world.reins[n].control
        if u < 0.0:
            feud.obeys = world.reins[n].principal
            break
    if feud.obeys != before:
        _tell(world, feud)


@compiled
def _tell(world, feud):
    """Write the change into the journal, with the order whose arrival brought it about, if one did: that of the principal obeyed first."""
    cause = -1
    for n in range(feud.first_rein, feud.last_rein):
        dyad = world.dyads[world.reins[n].dyad]
        if dyad.order_moved == 1 and (cause < 0 or world.reins[n].principal == feud.obeys):
            cause = dyad.order_event_arrived
    whom = world.principals[feud.obeys].actor if feud.obeys >= 0 else -1
    feud.obedience_event = write_event(world, OBEDIENCE, world.proxies[feud.proxy].actor, whom, cause)
    if feud.obedience_event >= 0:
        world.journal[feud.obedience_event].front = feud.first_front


@compiled
def renew_obedience(world):
    """Renew draws that are due; writes ``feuds.{obeys, in_step}``."""
    _moving_orders(world)
    rate = 1.0 / world.model[0].obedience_renewed_every
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        due = uniform(world, CLOCK, _drawer(world, feud), 0) < rate
        for n in range(feud.first_rein, feud.last_rein):
            rein = world.reins[n]
            if world.dyads[rein.dyad].order_moved == 1 and (feud.declared == 0 or feud.obeys == rein.principal):
                due = True
        if due:
            _renew(world, feud)
    _declared_spells(world)


@compiled
def _declared_spells(world):
    """Draw obedience from declared chances where the scenario knows that a proxy stood down or broke away today."""
    today = world.clock[0].today
    for n in range(world.spells.size):
        if world.spells[n].day != today:
            continue
        feud = world.feuds[world.spells[n].feud]
        if world.spells[n].first == 1:
            feud.spell_draw = uniform(world, WHOM, feud.id, 1)
            feud.obeys = -1
            feud.in_step = 0
            feud.declared = 1
        if feud.spell_draw >= 0.0:
            feud.spell_draw -= world.spells[n].chance
            if feud.spell_draw < 0.0:
                feud.obeys = world.spells[n].principal


@compiled
def gate(world, feud):
    """Return the multiplier that obedience puts on desired tempo: the order obeyed, or 1."""
    if feud.obeys < 0:
        return 1.0
    return world.dyads[feud.obeys * world.adversaries.size + feud.adversary].order_arrived
