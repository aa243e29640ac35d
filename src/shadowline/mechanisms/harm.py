"""Harm: what gets through, whom it kills, how many it wounds.

Each attack gets through with the chance that it is taken for a friend or that the defence fails, l = e + (1 - e)(1 - q), and kills with
the chance rho if it does; intent does not enter. The dead of a lethal attack follow a zeta distribution truncated at the people there;
the wounded of an attack that gets through are negative binomial. What gets through becomes an incident of the day.

Assumption: attacks are alike and independent given the target.

Sources: Bohorquez et al. 2009, Nature (severity exponent near 2.5); Pentagon counts of wounded; one fatal attack in 166 since 2019.

Emergence: deaths, and the crises that begin with them, arise from tempo times chance; nobody in the model decides on them.

Stochasticity: what gets through, whether it kills, the class and number of the dead and the number of the wounded are drawn.

Coverage rows 4, 13-17, 56, 58.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import binomial, hashed, negative_binomial, uniform, zeta
from shadowline.mechanisms.journal import ATTACK, OTHER_PROXIES, OWN_FRONT, earlier_attack, write_event
from shadowline.parameters import Parameter, State

SOLDIER, CONTRACTOR, OTHER = 0, 1, 2
VICTIMS = ("soldier", "contractor", "other")

# fmt: off
PARAMETERS = (
    Parameter("targets", "intercepted", 0.93, 0.85, 0.98, "share", "chance that the defence stops an attack", "fatal attacks per attack since 2019", 0, 1),
    Parameter("targets", "mistaken_for_friend", 0.02, 0.0, 0.05, "share", "chance that an attack is taken for a friend", "judgement; Tower 22", 0, 1),
    Parameter("targets", "lethal_if_through", 0.07, 0.02, 0.2, "share", "chance that an attack that gets through kills", "fatal attacks per attack since 2019", 0, 1),
    Parameter("targets", "wounded_if_through", 8.0, 3.0, 15.0, "number", "mean wounded of an attack that gets through", "Pentagon counts 2023-24", 0, 10000),
    Parameter("targets", "wounded_size", 0.5, 0.2, 2.0, "number", "size of the negative binomial of the wounded", floor=0.01, ceiling=1e6),
    Parameter("targets", "contractor_share", 0.1, 0.0, 0.4, "share", "share of lethal attacks whose dead are contractors", floor=0, ceiling=1),
    Parameter("targets", "at_most", 350.0, 50.0, 2500.0, "number", "people present", floor=1, ceiling=1e6),
    Parameter("model", "severity_exponent", 2.5, 2.1, 3.0, "number", "exponent of the zeta distribution of dead", "Bohorquez et al. 2009, Nature", 1.6, 6),
)
# fmt: on
STATE = (
    State("fronts", "hits", "attacks that got through today", "i8"),
    State("clock", "incidents", "incidents today", "i8"),
    State("incidents", "front", "front of the attack", "i8"),
    State("incidents", "number", "number of the attack on its front today", "i8"),
    State("incidents", "victims", "class of the dead", "i8"),
    State("incidents", "killed", "dead", "i8"),
    State("incidents", "wounded", "wounded", "i8"),
    State("incidents", "event", "number in the journal (-1: not told)", "i8"),
    State("incidents", "culprit", "feud that the adversary holds responsible", "i8"),
    State("adversaries", "attacks_today", "attacks suffered today", "i8"),
    State("adversaries", "wounded_today", "own people wounded today", "i8"),
    State("adversaries", "soldiers_today", "soldiers killed today", "i8"),
    State("adversaries", "contractors_today", "contractors killed today", "i8"),
    State("adversaries", "others_today", "others killed today", "i8"),
    State("adversaries", "worst_killed", "dead of the worst attack on the latest day on which one killed", "i8"),
    State("adversaries", "worst_killed_on", "that day", "i8"),
    State("feuds", "enemy_dead", "people of the adversary this proxy has killed"),
)
THROUGH, LETHAL, TOLL, CLASS, WOUNDED, CAUSE = (
    hashed("harm.through"),
    hashed("harm.lethal"),
    hashed("harm.toll"),
    hashed("harm.class"),
    hashed("harm.wounded"),
    hashed("harm.cause"),
)


@compiled
def gets_through(target):
    """Return the chance that one attack gets through."""
    return target.mistaken_for_friend + (1.0 - target.mistaken_for_friend) * (1.0 - target.intercepted)


@compiled
def do_harm(world):
    """Draw the day's hits, dead and wounded (or replay the recorded ones); writes ``incidents`` and ``adversaries.*_today`` (persons)."""
    now = world.clock[0]
    now.incidents = 0
    for a in range(world.adversaries.size):
        adversary = world.adversaries[a]
        adversary.attacks_today = 0
        adversary.wounded_today = 0
        adversary.soldiers_today = 0
        adversary.contractors_today = 0
        adversary.others_today = 0
    for f in range(world.fronts.size):
        front = world.fronts[f]
        front.hits = 0
        if front.attacks > 0:
            if world.feuds[front.feud].is_war == 0:
                world.adversaries[front.adversary].attacks_today += front.attacks
            if now.replaying == 0 or world.past_attacks[now.today - now.first_day, f] < 0:
                front.hits = binomial(uniform(world, THROUGH, front.id, 0), front.attacks, gets_through(world.targets[front.target]))
                for j in range(front.hits):
                    _draw_incident(world, f, j)
            if world.journal.size > 0:
                _tell_attacks(world, f)
    if now.replaying == 1:
        _replay_harm(world)


@compiled
def _draw_incident(world, f, j):
    """Draw the dead and wounded of one attack that got through."""
    front = world.fronts[f]
    target = world.targets[front.target]
    killed = 0
    victims = target.victims
    if uniform(world, LETHAL, front.id, j) < target.lethal_if_through:
        killed = zeta(uniform(world, TOLL, front.id, j), world.model[0].severity_exponent, target.at_most)
        if victims == SOLDIER and uniform(world, CLASS, front.id, j) < target.contractor_share:
            victims = CONTRACTOR
    wounded = negative_binomial(uniform(world, WOUNDED, front.id, j), target.wounded_if_through, target.wounded_size)
    add_incident(world, f, j, victims, killed, wounded)


@compiled
def add_incident(world, f, j, victims, killed, wounded):
    """Enter an attack's harm into the day's sums, and the attack into the day's incidents while there is room (64 a day)."""
    now = world.clock[0]
    feud = world.feuds[world.fronts[f].feud]
    feud.enemy_dead += killed
    if feud.is_war == 0:
        suffer(world, world.adversaries[feud.adversary], victims, killed, wounded)
    if now.incidents >= world.incidents.size:
        return
    incident = world.incidents[now.incidents]
    now.incidents += 1
    incident.front = f
    incident.number = j
    incident.victims = victims
    incident.killed = killed
    incident.wounded = wounded
    incident.event = -1
    incident.culprit = world.fronts[f].feud


@compiled
def suffer(world, adversary, victims, killed, wounded):
    """Add dead and wounded to what an adversary suffers today."""
    adversary.wounded_today += wounded
    today = world.clock[0].today
    if killed > 0 and (killed > adversary.worst_killed or adversary.worst_killed_on != today):
        adversary.worst_killed = killed
        adversary.worst_killed_on = today
    if victims == SOLDIER:
        adversary.soldiers_today += killed
    elif victims == CONTRACTOR:
        adversary.contractors_today += killed
    else:
        adversary.others_today += killed


@compiled
def _replay_harm(world):
    """Enter the recorded harm of the day."""
    today = world.clock[0].today
    for n in range(world.past_harm.size):
        past = world.past_harm[n]
        if past.day == today:
            world.fronts[past.front].hits += 1
            add_incident(world, past.front, world.fronts[past.front].hits - 1, past.victims, past.killed, past.wounded)
            if world.journal.size > 0:
                _link_told(world, past.front)


@compiled
def _link_told(world, f):
    """Join the newest incident of a front to one of the attacks already told today."""
    incident = world.incidents[world.clock[0].incidents - 1]
    hit = incident.number
    for n in range(min(world.clock[0].events, world.journal.size) - 1, -1, -1):
        event = world.journal[n]
        if event.day < world.clock[0].today:
            return
        if event.kind == ATTACK and event.front == f and int(event.value) == hit:
            _describe(world, incident, n)
            return


@compiled
def _describe(world, incident, n):
    """Write an incident's harm into event ``n``."""
    incident.event = n
    event = world.journal[n]
    event.hits = 1
    event.victims = incident.victims
    event.killed = incident.killed
    event.wounded = incident.wounded


@compiled
def _tell_attacks(world, f):
    """Write each attack of a front into the journal, with an earlier event as its cause where it has one."""
    front = world.fronts[f]
    proxy = world.proxies[front.proxy]
    adversary = world.adversaries[front.adversary]
    for j in range(front.attacks):
        n = write_event(world, ATTACK, proxy.actor, adversary.actor, _cause(world, f, j))
        if n < 0:
            continue
        event = world.journal[n]
        event.front = f
        event.territory = world.targets[front.target].territory
        event.value = j
        for i in range(world.clock[0].incidents):
            incident = world.incidents[i]
            if incident.front == f and incident.number == j:
                _describe(world, incident, n)


@compiled
def _cause(world, f, j):
    """Draw what brought an attack about, by the parts of today's rate; -1 stands for context."""
    front = world.fronts[f]
    if front.rate <= 0.0:
        return -1
    feud = world.feuds[front.feud]
    goal = front.rate * uniform(world, CAUSE, front.id, 2 * j)
    u = uniform(world, CAUSE, front.id, 2 * j + 1)
    goal -= front.share_base
    if goal < 0.0:
        return -1
    goal -= front.share_momentum
    if goal < 0.0:
        return earlier_attack(world, f, OWN_FRONT, 1.0 - front.decay, u)
    goal -= front.share_contagion
    if goal < 0.0:
        return earlier_attack(world, f, OTHER_PROXIES, 1.0 - front.decay, u)
    return feud.last_blow
