"""Strikes: what answers do when they are carried out.

Rungs 1 and 2 kill people of the proxies suspected, Poisson with the mean of the rung shared by suspicion; grievance and fear grow; a
group's leader may be removed. Rungs 3 and 4 hit the patron: its handler or its ruler may be removed. A patron's answer kills soldiers
with probability p0 (1 - care), fewer than it could where it is telegraphed; a back channel adds to care. Every strike is tested against
the lines, spends part of the adversary's provocation, and makes principals reconsider their orders from rung 2 on.

Assumption: a strike on rungs 1 or 2 falls on the movement of the group it is aimed at, in proportion to suspicion.

Sources: reported tolls of strikes 2019-24; January 2020 for the patron's care; Abrahms & Potter 2015, IO, and Rigterink 2021, APSR, on
removed leaders.

Sensing: a strike follows suspicion and can hit groups that did nothing.

Interaction: strikes kill a proxy's people, remove leaders and handlers, cross the other side's lines and spend provocation.

Stochasticity: the dead of a strike, the removal of leaders and handlers and whether a patron's answer kills are drawn.

Coverage rows 6-8, 25, 27-29, 32, 42, 70.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, poisson, uniform, zeta
from shadowline.mechanisms.attribution import BLAME_DAYS
from shadowline.mechanisms.harm import OTHER, SOLDIER, suffer
from shadowline.mechanisms.journal import GROUP_LEADER_REMOVED, STRIKE, write_event
from shadowline.mechanisms.lines import test_strike
from shadowline.parameters import Parameter, State, per_rung

LIMITED, MAJOR, ASSETS, SOIL = 1, 2, 3, 4
ADVERSARY, PRINCIPAL, PROXY = 1, 0, 2
UNSUSPECTED = 1e-9
"""Suspicion of a group of which nothing is suspected: enough for a strike that is aimed at it to hit somebody."""

# fmt: off
PARAMETERS = (
    *per_rung("adversaries", "strikes.dead", {1: (2.0, 0.5, 5.0), 2: (8.0, 3.0, 25.0)}, "number", "proxies' people killed by a strike", source="reported tolls 2019-24", floor=0, ceiling=10000),
    *per_rung("adversaries", "strikes.removes_group_leader", {1: (0.005, 0.0, 0.02), 2: (0.03, 0.0, 0.1)}, "share", "chance that a struck group loses its leader", floor=0, ceiling=1),
    *per_rung("dyads", "strikes.removes_handler", {3: (0.1, 0.02, 0.3), 4: (0.1, 0.02, 0.3)}, "share", "chance that the handler is removed", source="judgement; January 2020", floor=0, ceiling=1),
    Parameter("dyads", "strikes.removes_leader", 0.02, 0.0, 0.1, "share", "chance that a strike on the patron's soil removes its ruler", floor=0, ceiling=1),
    Parameter("dyads", "answer.care", 0.9, 0.5, 1.0, "share", "care with which the patron spares lives in its answer", "January 2020", 0, 1),
    Parameter("dyads", "answer.kills", 0.5, 0.2, 0.8, "share", "chance that a careless answer of the patron kills soldiers", "judgement", 0, 1),
    Parameter("dyads", "answer.at_most", 50.0, 10.0, 200.0, "number", "people exposed to the patron's answer", "judgement", 1, 100000),
)
# fmt: on
STATE = (
    State("exchanges", "last_day", "day of the latest hostile act of the first actor against the second", "i8"),
    State("actors", "struck_on", "day of the actor's latest strike", "i8"),
    State("actors", "strikes_made", "its strikes on that day", "i8"),
    State("actors", "rung_used", "highest rung of its strikes on that day", "i8"),
    State("exchanges", "last_rung", "its rung (0: an attack by a proxy)", "i8"),
    State("feuds", "dead_today", "own people killed today"),
    State("feuds", "severity_today", "severity of strikes suffered today"),
    State("feuds", "last_blow", "number of the latest strike that killed own people", "i8"),
    State("feuds", "own_dead", "own people killed by this adversary since the start"),
    State("adversaries", "strikes_today", "strikes carried out today", "i8"),
    State("dyads", "struck_rung", "highest rung on which the patron was struck today", "i8"),
    State("dyads", "struck_event", "number of that strike", "i8"),
    State("dyads", "patron_killed", "soldiers killed today by the patron's own answer", "i8"),
    State("dyads", "rung_last_day", "day on which each rung was last used", kind="i8", length=6),
    State("principals", "struck_cause", "number of the strike that removed a handler or killed the ruler", "i8"),
)
DEAD, GROUP_LEADER, HANDLER, RULER, KILLS, TOLL = (
    hashed("strikes.dead"),
    hashed("strikes.group-leader"),
    hashed("strikes.handler"),
    hashed("strikes.ruler"),
    hashed("strikes.kills"),
    hashed("strikes.toll"),
)


@compiled
def begin_strikes(world):
    """Start with no act in memory."""
    for i in range(world.exchanges.size):
        world.exchanges[i].last_day = -100000
    for i in range(world.dyads.size):
        for k in range(6):
            world.dyads[i].rung_last_day[k] = -100000
    for i in range(world.feuds.size):
        world.feuds[i].last_blow = -1


@compiled
def carry_out_answers(world):
    """Carry out every answer that is due today, and the strikes that the record or the scenario dates today."""
    today = world.clock[0].today
    for a in range(world.adversaries.size):
        world.adversaries[a].strikes_today = 0
    for i in range(world.feuds.size):
        world.feuds[i].dead_today = 0.0
        world.feuds[i].severity_today = 0.0
        world.feuds[i].surge_today = 0.0
    for i in range(world.dyads.size):
        world.dyads[i].struck_rung = 0
        world.dyads[i].patron_killed = 0
    _note_attacks(world, today)
    for n in range(world.past_strikes.size):
        past = world.past_strikes[n]
        if past.day == today:
            strike(world, past.actor, past.target, past.rung, past.territory, past.killed, -1)
    for n in range(world.actors.size):
        actor = world.actors[n]
        if actor.pending_due == today:
            actor.pending_due = 0
            strike(
                world,
                n,
                actor.pending_target,
                actor.pending_rung,
                territory_of(world, actor.pending_target, actor.pending_rung),
                -1,
                actor.pending_event,
            )


@compiled
def _note_attacks(world, today):
    """Remember today's attacks as hostile acts of proxies."""
    for f in range(world.fronts.size):
        front = world.fronts[f]
        if front.attacks > 0:
            n = world.proxies[front.proxy].actor * world.actors.size + world.adversaries[front.adversary].actor
            world.exchanges[n].last_day = today
            world.exchanges[n].last_rung = 0


@compiled
def territory_of(world, target, rung):
    """Return the territory that a strike on an actor hits; a patron struck on rung 3 is hit abroad (-1)."""
    if target < 0:
        return -1
    if world.actors[target].kind == PRINCIPAL and rung == ASSETS:
        return -1
    return world.actors[target].territory


@compiled
def strike(world, author, target, rung, territory, dead, cause):
    """Carry out one strike: journal, lines, and its effects by who strikes whom.

    ``author`` and ``target`` are rows of actors; ``dead`` is the recorded toll (-1: draw it); ``cause`` a journal number.
    """
    number = write_event(world, STRIKE, author, target, cause)
    if number >= 0:
        world.journal[number].rung = rung
        world.journal[number].territory = territory
        world.journal[number].killed = max(0, dead)
    _count_strike(world, world.actors[author], rung)
    if target >= 0:
        exchange = world.exchanges[author * world.actors.size + target]
        exchange.last_day = world.clock[0].today
        exchange.last_rung = rung
    test_strike(world, author, target, rung, territory, number)
    if world.actors[author].kind == ADVERSARY:
        _adversary_strikes(world, world.actors[author].row, target, rung, dead, number)
    elif world.actors[author].kind == PRINCIPAL:
        _patron_strikes(world, world.actors[author].row, target, rung, dead, number)
    elif world.actors[author].kind == PROXY and target >= 0:
        _proxy_surges(world, world.actors[author].row, target, rung)


@compiled
def _count_strike(world, actor, rung):
    """Remember that an actor struck today, how often, and how high."""
    if actor.struck_on != world.clock[0].today:
        actor.strikes_made = 0
        actor.rung_used = 0
    actor.struck_on = world.clock[0].today
    actor.strikes_made += 1
    actor.rung_used = max(actor.rung_used, rung)


@compiled
def _adversary_strikes(world, a, target, rung, dead, number):
    """Spend provocation; hit proxies on rungs 1-2, a patron on rungs 3-4."""
    adversary = world.adversaries[a]
    adversary.strikes_today += 1
    hits_patron = target >= 0 and world.actors[target].kind == PRINCIPAL
    for p in range(world.principals.size):
        dyad = world.dyads[p * world.adversaries.size + a]
        if rung >= MAJOR:
            dyad.reconsider = 1
            dyad.reconsider_cause = number
        if (hits_patron and world.actors[target].row == p) or (rung <= MAJOR and _backs(world, p, a)):
            dyad.rung_last_day[rung] = world.clock[0].today
    if hits_patron:
        _hit_patron(world, world.actors[target].row * world.adversaries.size + a, rung, number)
    if rung <= MAJOR:
        _hit_proxies(world, a, target, rung, dead, number)


@compiled
def _backs(world, p, a):
    """Return whether principal ``p`` is the patron of a proxy that attacks adversary ``a``."""
    if world.principals[p].is_patron == 0:
        return False
    for n in range(world.reins.size):
        if world.reins[n].principal == p and world.dyads[world.reins[n].dyad].adversary == a:
            return True
    return False


@compiled
def _hit_proxies(world, a, target, rung, dead, number):
    """Share a strike's dead, and its severity, over the proxies suspected."""
    adversary = world.adversaries[a]
    total, toll = 0.0, 0.0
    for i in range(world.feuds.size):
        if world.feuds[i].adversary == a:
            total += _door(world, i, target)
    if total <= 0.0:
        return
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        share = _door(world, i, target) / total
        if feud.adversary != a or share <= 0.0:
            continue
        killed = (
            dead * share
            if dead >= 0
            else float(poisson(uniform(world, DEAD, feud.id, adversary.strikes_today), adversary.strikes_dead[rung] * share))
        )
        toll += killed
        feud.dead_today += killed
        feud.own_dead += killed
        feud.severity_today += rung * share
        if killed > 0.0:
            feud.last_blow = number
        if (
            world.clock[0].replaying == 0
            and uniform(world, GROUP_LEADER, feud.id, adversary.strikes_today) < adversary.strikes_removes_group_leader[rung] * share
        ):
            world.proxies[feud.proxy].leader_lost = 1.0
            write_event(world, GROUP_LEADER_REMOVED, world.proxies[feud.proxy].actor, -1, number)
    if number >= 0 and dead < 0:
        world.journal[number].killed = int(toll)


@compiled
def _door(world, i, target):
    """Return how strongly suspicion points to feud ``i``; a strike declared against one group hits its whole neighbourhood of names."""
    feud = world.feuds[i]
    if feud.is_war == 1 or feud.over == 1:
        return 0.0
    if target >= 0 and world.actors[target].kind == PROXY:
        struck = world.proxies[world.actors[target].row].movement
        if world.proxies[feud.proxy].movement != struck:
            return 0.0
    return feud.suspicion + UNSUSPECTED


@compiled
def _hit_patron(world, i, rung, number):
    """Hit the patron of dyad ``i``; its handler or ruler may be removed."""
    dyad = world.dyads[i]
    principal = world.principals[dyad.principal]
    if rung >= dyad.struck_rung:
        dyad.struck_rung = rung
        dyad.struck_event = number
    if world.clock[0].replaying == 1 or rung < ASSETS:
        return
    if uniform(world, HANDLER, dyad.id, rung) < dyad.strikes_removes_handler[rung]:
        principal.handler_removed = 1
        principal.struck_cause = number
    if rung >= SOIL and uniform(world, RULER, dyad.id, rung) < dyad.strikes_removes_leader:
        principal.leader_killed = 1
        principal.struck_cause = number


@compiled
def _patron_strikes(world, p, target, rung, dead, number):
    """Let a patron's own strike land on an adversary: careful or not, it may kill soldiers; nobody doubts whose it is.

    A toll that the record or the scenario states is not known to be of soldiers and counts as others.
    """
    if target < 0 or world.actors[target].kind != ADVERSARY:
        return
    a = world.actors[target].row
    dyad = world.dyads[p * world.adversaries.size + a]
    dyad.rung_last_day[rung] = world.clock[0].today
    dyad.blame_recent[world.clock[0].today % BLAME_DAYS] = 1.0
    dyad.blame = 1.0
    killed = max(0, dead)
    if dead < 0:
        care = dyad.answer_care + (1.0 - dyad.answer_care) * dyad.back_channel
        if uniform(world, KILLS, dyad.id, 0) < dyad.answer_kills * (1.0 - care):
            killed = zeta(uniform(world, TOLL, dyad.id, 0), world.model[0].severity_exponent, dyad.answer_at_most)
    victims = SOLDIER if dead < 0 else OTHER
    if victims == SOLDIER:
        dyad.patron_killed += killed
    suffer(world, world.adversaries[a], victims, killed, 0)
    if number >= 0:
        world.journal[number].killed = killed
        world.journal[number].victims = victims


@compiled
def _proxy_surges(world, p, target, rung):
    """Let a proxy's doctrine turn into extra attacks over the coming days."""
    if world.actors[target].kind != ADVERSARY:
        return
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        if feud.proxy == p and feud.adversary == world.actors[target].row:
            feud.surge_today += rung * world.proxies[p].surge_attacks
