"""Orders: how hard a principal wants its proxies to press each adversary.

An order multiplies the tempo that proxies would choose: 0 stop, 1 leave alone, above 1 spur. A faction with ideal x* and fear f values
an order x by::

    u(x) = -|x - x*| - f p_war x

The order is drawn from a probabilistic Condorcet election over {0, 0.5, 1, 1.5} and held until the next decision: after a crossing, a
strike of rung 2 or more, a ruler's death, otherwise at random about once a month. It reaches the proxies some days later. A declared
order overrides the factions.

Terms that are zero unless a scenario sets them: capture of a host (ideals move toward 1), diversion (the leader's ideal rises with
discontent), opportunity cost (pragmatists' ideals fall with tempo), partners' support (all ideals), jockeying (ideals of candidates
shift with the leader's yearly hazard), stress (fear rises).

Assumptions: votes are weights, not heads; nobody votes strategically.

Sources: KTAB (Wise); Scholz, Calbert & Smith 2011, JTP; Bueno de Mesquita's bargaining tradition; Downs & Rocke 1994 on diversion.

Basic principles: an order is a bargain among domestic rivals with different aims and different fears, not the choice of a unitary state.

Adaptation: a principal reconsiders its order after a crossing, a strike or a ruler's death, and holds it the lower the nearer war seems.

Objectives: a faction wants an order near its ideal and dislikes pressing hard in proportion to its fear of war.

Prediction: factions weigh each order by the present belief in war and look no further ahead.

Collectives: a principal acts through its factions, whose weights decide how likely each order is.

Stochasticity: the order is drawn from the chances that the election gives, and the dates of routine reviews are drawn too.

Coverage rows 10, 36-38, 48, 51, 55, 59, 63-68, 71, 72, 75.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, uniform
from shadowline.mechanisms.beliefs import war_fear
from shadowline.mechanisms.elections import elect
from shadowline.mechanisms.journal import ORDER, write_event
from shadowline.mechanisms.leadership import yearly_hazard
from shadowline.parameters import Parameter, State

OTHER, LEADER, PROXIES, PRAGMATISTS = 0, 1, 2, 3
OPTIONS = 4
STEP = 0.5
MOST_LAG = 32

# fmt: off
PARAMETERS = (
    Parameter("principals", "order.review_every", 30.0, 14.0, 90.0, "day", "mean days between decisions when nothing happens", floor=1, ceiling=3650),
    Parameter("principals", "order.reaches_proxies_after", 3.0, 0.0, 14.0, "day", "days until an order reaches the proxies", "judgement; coverage row 59", 0, MOST_LAG - 1),
    Parameter("principals", "order.exponent", 2.0, 1.0, 8.0, "number", "how surely the better supported order wins", "KTAB", 0.1, 20),
    Parameter("principals", "capture", 0.0, 0.0, 0.5, "share", "how far proxies have captured this principal's institutions", floor=0, ceiling=1),
    Parameter("principals", "diversion", 0.0, 0.0, 0.5, "number", "rise of the leader's ideal at full discontent", floor=-2, ceiling=2),
    Parameter("principals", "discontent", 0.0, 0.0, 1.0, "share", "public discontent", floor=0, ceiling=1),
    Parameter("principals", "opportunity_cost", 0.0, 0.0, 0.3, "number", "fall of pragmatists' ideals per daily attack", floor=0, ceiling=5),
    Parameter("principals", "partners_support", 0.0, -0.3, 0.3, "number", "shift of all ideals by partners' support for pressing", floor=-2, ceiling=2),
    Parameter("principals", "stress", 0.0, 0.0, 1.0, "number", "economic stress; funding shrinks by exp(-stress)", floor=0, ceiling=5),
    Parameter("principals", "stress_fear", 0.0, 0.0, 1.0, "number", "relative rise of factions' fear of war per unit of stress", floor=0, ceiling=5),
    Parameter("factions", "weight", 1.0, 0.5, 1.5, "number", "weight in the bargaining", floor=0, ceiling=1000),
    Parameter("factions", "fears_war", 1.0, 0.5, 2.0, "number", "loss per unit of order when war seems certain", floor=0, ceiling=1000),
    Parameter("factions", "bids", 0.0, -0.5, 0.5, "number", "shift of the ideal per unit of the leader's yearly hazard", floor=-5, ceiling=5),
    Parameter("wishes", "wants", 1.0, 0.0, 1.5, "number", "ideal order toward an adversary", floor=0, ceiling=1.5),
)
# fmt: on
STATE = (
    State("dyads", "order", "order decided last (0..1.5)"),
    State("dyads", "order_arrived", "order that has reached the proxies"),
    State("dyads", "order_sent", "ring of the orders of recent days", length=MOST_LAG),
    State("dyads", "reconsider", "1 if something happened that calls for a new decision", "i8"),
    State("dyads", "reconsider_cause", "number of the event that calls for it", "i8"),
    State("dyads", "order_event", "number of the event that was the decision in force", "i8"),
    State("dyads", "order_events", "ring of the numbers of the decisions in force on recent days", "i8", MOST_LAG),
    State("dyads", "order_event_arrived", "number of the decision behind the order that has arrived", "i8"),
)
CHOICE, REVIEW, SUCCESSOR = hashed("orders.choice"), hashed("orders.review"), hashed("orders.successor")


@compiled
def begin_orders(world):
    """Send the first order on the first day, as if it had always stood."""
    for i in range(world.dyads.size):
        dyad = world.dyads[i]
        if dyad.matters == 1:
            _decide(world, dyad)
        else:
            dyad.order = 1.0
        for k in range(MOST_LAG):
            dyad.order_sent[k] = dyad.order
            dyad.order_events[k] = -1
        dyad.order_event = -1
        dyad.order_event_arrived = -1
        dyad.order_arrived = dyad.order


@compiled
def faction_ideal(world, principal, f, adversary):
    """Return the order (0..1.5) that faction ``f`` wants toward an adversary, with all shifts."""
    faction = world.factions[f]
    wishing = f
    if faction.kind == LEADER and principal.successor_faction >= 0:
        wishing = principal.successor_faction
    ideal = world.wishes[wishing * world.adversaries.size + adversary].wants
    ideal += principal.capture * (1.0 - ideal) + principal.partners_support
    if faction.kind == LEADER:
        ideal += principal.diversion * principal.discontent
    elif faction.kind == PRAGMATISTS:
        ideal -= principal.opportunity_cost * world.adversaries[adversary].pace
    if faction.kind != LEADER and principal.leader_alive == 1:
        ideal += faction.bids * yearly_hazard(principal)
    return min(max(ideal, 0.0), 1.5)


@compiled
def faction_weight(world, principal, f):
    """Return the weight of faction ``f`` today; a dead leader's is zero, dissent lends weight to those who gain by it."""
    faction = world.factions[f]
    if faction.kind == LEADER:
        return faction.weight if principal.leader_alive == 1 else 0.0
    if faction.kind == PRAGMATISTS:
        return faction.weight * (1.0 + principal.dissent)
    return faction.weight


@compiled
def _fill_support(world, principal, dyad, support):
    """Fill ``support[a, b]``: the weighted utility that factions would gain by order a over order b."""
    for a in range(OPTIONS):
        for b in range(OPTIONS):
            support[a, b] = 0.0
    alarm = war_fear(world, dyad)
    for f in range(principal.first_faction, principal.last_faction):
        weight = faction_weight(world, principal, f)
        ideal = faction_ideal(world, principal, f, dyad.adversary)
        fear = world.factions[f].fears_war * (1.0 + principal.stress_fear * principal.stress) * alarm
        for a in range(OPTIONS):
            for b in range(OPTIONS):
                gain = abs(b * STEP - ideal) - abs(a * STEP - ideal) - fear * STEP * (a - b)
                if gain > 0.0:
                    support[a, b] += weight * gain


@compiled
def _elected(world, principal, n, u):
    """Hold the election among ``n`` options over the support in ``world.ballot[0]`` and return the index drawn at ``u``."""
    chances = world.ballot[3, 0, :n]
    elect(world.ballot[0, :n, :n], principal.order_exponent, world.ballot[1, :n, :n], world.ballot[2, :n, :n], chances)
    total = 0.0
    for k in range(n):
        total += chances[k]
        if u < total:
            return k
    return n - 1


@compiled
def _decide(world, dyad):
    """Draw a new order from the election; without factions the proxies are left alone."""
    principal = world.principals[dyad.principal]
    if dyad.order_set >= 0.0:
        dyad.order = dyad.order_set
    elif principal.last_faction > principal.first_faction:
        support = world.ballot[0, :OPTIONS, :OPTIONS]
        _fill_support(world, principal, dyad, support)
        dyad.order = STEP * _elected(world, principal, OPTIONS, uniform(world, CHOICE, dyad.id, 0))
    else:
        dyad.order = 1.0
    dyad.reconsider = 0


@compiled
def _wish(world, f):
    """Return the mean order that faction ``f`` wants over all adversaries."""
    total = 0.0
    for a in range(world.adversaries.size):
        total += world.wishes[f * world.adversaries.size + a].wants
    return total / world.adversaries.size


@compiled
def elect_successor(world, principal):
    """Return the faction whose candidate wins: the same election, with the factions' own wishes as the options."""
    first = principal.first_faction
    n = principal.last_faction - first - 1
    if n < 1:
        return -1
    support = world.ballot[0]
    for a in range(n):
        for b in range(n):
            support[a, b] = 0.0
            ours, theirs = _wish(world, _candidate(principal, a)), _wish(world, _candidate(principal, b))
            for f in range(first, principal.last_faction):
                wish = _wish(world, f)
                support[a, b] += faction_weight(world, principal, f) * max(0.0, abs(theirs - wish) - abs(ours - wish))
    return _candidate(principal, _elected(world, principal, n, uniform(world, SUCCESSOR, principal.id, principal.leader_deaths)))


@compiled
def _candidate(principal, n):
    """Return the row of the ``n``-th faction that is not the leader's."""
    f = principal.first_faction + n
    return f + 1 if f >= principal.leader_faction else f


@compiled
def give_orders(world):
    """Decide orders where something calls for it, send them, and let those sent ``lag`` days ago arrive.

    Only dyads that some front listens to matter. Reads ``factions``, ``wishes`` and the fear of war; writes ``dyads.{order, order_sent, order_arrived}`` (0..1.5).
    """
    today = world.clock[0].today
    for i in range(world.principals.size):
        principal = world.principals[i]
        if principal.succession_due == 1:
            principal.successor_faction = elect_successor(world, principal)
            principal.succession_due = 0
    for i in range(world.dyads.size):
        dyad = world.dyads[i]
        if dyad.matters == 0:
            continue
        principal = world.principals[dyad.principal]
        before = dyad.order
        if dyad.order_set >= 0.0:
            dyad.reconsider_cause = -1
            if dyad.order_set != dyad.order:
                _decide(world, dyad)
        elif dyad.reconsider == 1 or uniform(world, REVIEW, dyad.id, 0) * principal.order_review_every < 1.0:
            _decide(world, dyad)
        if dyad.order != before:
            dyad.order_event = write_event(world, ORDER, principal.actor, world.adversaries[dyad.adversary].actor, dyad.reconsider_cause)
            if dyad.order_event >= 0:
                world.journal[dyad.order_event].value = dyad.order
        if dyad.reconsider == 0:
            dyad.reconsider_cause = -1
        dyad.order_sent[today % MOST_LAG] = dyad.order
        dyad.order_events[today % MOST_LAG] = dyad.order_event
        arrived = (today - int(principal.order_reaches_proxies_after)) % MOST_LAG
        dyad.order_arrived = dyad.order_sent[arrived]
        dyad.order_event_arrived = dyad.order_events[arrived]
