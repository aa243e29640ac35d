"""Attribution: under which name an attack is claimed, who is suspected, and how far the patron is blamed.

An attack is claimed under a body's name, the group's own, or none. Seen from outside, P(i | label) ∝ lambda_i M[i → label]. With believed
control c and order r the prior that an attack by i was made under p's authority is c r / (1 - c + c r), mixed over culprits and clipped
to .02-.98. The evidence is a log-likelihood ratio N(±d²/2, d²), with::

    d = d0 (1 - umbrella_hides 1{body's name}) (1 - denial_hides 1{denies}) (1 + dissent_leaks D)

Blame B of a dyad is the largest posterior of an incident in 14 days. An adversary may look at a weaker or a stronger statement: that the
culprit is a client of the patron (``sponsor``), that it acted under its authority (``authority``), that the deed was ordered (``order``).

A patron that acknowledges what is done under its authority leaves nothing to infer: the belief is then the truth, clipped likewise.

The truth is kept beside the belief: whether the proxy obeyed, and whether the deed was ordered (probability max(0, 1 - 1/r) of those
under authority). Where beliefs are right, mean blame equals the prior, so that umbrellas and denials matter only through a threshold.

Assumption: the adversary is a Bayesian who knows how good its evidence is.

Sources: Baliga, Bueno de Mesquita & Wolitzky 2020, APSR 114(4).

Basic principles: whoever cannot be sure who stood behind an attack has to weigh blame against a threshold.

Sensing: the adversary sees the name under which an attack is claimed, what each suspect was expected to do and a noisy signal; it never
sees whom the group obeyed or who ordered the deed.

Interaction: members of a body hide behind its name and so behind one another, and a patron that denies dims the evidence on all its
clients.

Stochasticity: the name of each claim, the signal and whether a deed was ordered are drawn.

Coverage rows 18, 20, 21, 30, 31, 66.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, normal, uniform
from shadowline.mechanisms.beliefs import authority_prior
from shadowline.parameters import Parameter, State

SPONSOR, AUTHORITY, ORDERED = 0, 1, 2
LEVELS = ("sponsor", "authority", "order")
BLAME_DAYS = 14
OWN_NAME, NO_NAME = -2, -1

# fmt: off
PARAMETERS = (
    Parameter("adversaries", "attribution.signal", 1.0, 0.0, 3.0, "number", "strength of the evidence on who stood behind an attack (d0)", "judgement: no data, sweep", 0, 10),
    Parameter("adversaries", "attribution.umbrella_hides", 0.5, 0.0, 1.0, "share", "share of the evidence lost behind a body's name", "judgement: no data, sweep", 0, 1),
    Parameter("principals", "denial_hides", 0.2, 0.0, 1.0, "share", "share of the evidence lost where the principal denies", "judgement: no data, sweep", 0, 1),
    Parameter("principals", "dissent_leaks", 0.0, 0.0, 0.5, "number", "gain of evidence per unit of elite dissent", floor=0, ceiling=5),
    Parameter("memberships", "claims_under_its_name", 0.5, 0.2, 0.9, "share", "share of the member's attacks claimed under the body's name", floor=0, ceiling=1),
    Parameter("proxies", "claims_own_name", 0.2, 0.0, 0.5, "share", "share of attacks claimed under the group's own name", floor=0, ceiling=1),
)
# fmt: on
STATE = (
    State("dyads", "blame", "largest posterior in 14 days, 0..1"),
    State("dyads", "blame_recent", "ring of each day's largest posterior", length=BLAME_DAYS),
    State("targets", "anonymous", "attacks today that were not claimed under a group's own name"),
    State("feuds", "suspicion", "recent attacks laid at this proxy's door (decayed count)"),
    State("incidents", "label", "body whose name was used, -2 own name, -1 none", "i8"),
    State("incidents", "blame", "posterior for the patron most blamed"),
    State("incidents", "authority", "principal obeyed in truth (-1: none)", "i8"),
    State("incidents", "ordered", "1 if it was ordered in truth", "i8"),
)
LABEL, SIGNAL, WHETHER_ORDERED = hashed("attribution.label"), hashed("attribution.signal"), hashed("attribution.ordered")
FADING = 13.0 / 14.0
LEAST_SURE, SUREST = 0.02, 0.98
"""No belief is held more firmly than these."""
UNTIED = -1.0


@compiled
def _unclaimed(world, p):
    """Return the share of a proxy's attacks that nobody claims."""
    share = 1.0 - world.proxies[p].claims_own_name
    for m in range(world.memberships.size):
        if world.memberships[m].proxy == p:
            share -= world.memberships[m].claims_under_its_name
    return max(0.0, share)


@compiled
def _draw_label(world, incident):
    """Return the label of an incident: a body's row, own name or none."""
    front = world.fronts[incident.front]
    u = uniform(world, LABEL, front.id, incident.number)
    for m in range(world.memberships.size):
        if world.memberships[m].proxy == front.proxy:
            u -= world.memberships[m].claims_under_its_name
            if u < 0.0:
                return world.memberships[m].body
    u -= world.proxies[front.proxy].claims_own_name
    return OWN_NAME if u < 0.0 else NO_NAME


@compiled
def _label_weight(world, other, label):
    """Return lambda_i M[i → label] for the front ``other``: how much a label points to it (own names excepted)."""
    front = world.fronts[other]
    if label == NO_NAME:
        return front.rate * _unclaimed(world, front.proxy)
    for m in range(world.memberships.size):
        if world.memberships[m].proxy == front.proxy and world.memberships[m].body == label:
            return front.rate * world.memberships[m].claims_under_its_name
    return 0.0


@compiled
def _points_to(world, other, label, culprit, total):
    """Return P(front ``other`` did it | label)."""
    if label == OWN_NAME or total <= 0.0:
        return 1.0 if other == culprit else 0.0
    if world.fronts[other].target != world.fronts[culprit].target:
        return 0.0
    return _label_weight(world, other, label) / total


@compiled
def _total_weight(world, culprit, label):
    """Return the label's weight summed over all fronts on the same target."""
    total = 0.0
    for other in range(world.fronts.size):
        if world.fronts[other].target == world.fronts[culprit].target:
            total += _label_weight(world, other, label)
    return total


@compiled
def _rein_of(world, feud, principal):
    """Return the row of ``reins`` that ties a feud's proxy to a principal, or -1."""
    for n in range(feud.first_rein, feud.last_rein):
        if world.reins[n].principal == principal:
            return n
    return -1


@compiled
def _prior(world, incident, dyad, total, level):
    """Return the prior that the patron stands behind an incident, mixed over suspects; -1 if it is tied to none of them."""
    prior = 0.0
    tied = False
    for other in range(world.fronts.size):
        chance = _points_to(world, other, incident.label, incident.front, total)
        if chance > 0.0:
            n = _rein_of(world, world.feuds[world.fronts[other].feud], dyad.principal)
            if n >= 0:
                tied = True
                prior += chance * (1.0 if level == SPONSOR else authority_prior(world, world.reins[n]))
    return prior if tied else UNTIED


@compiled
def _evidence(adversary, principal, label):
    """Return the strength d of the evidence about one incident."""
    d = adversary.attribution_signal * (1.0 + principal.dissent_leaks * principal.dissent)
    if label >= 0:
        d *= 1.0 - adversary.attribution_umbrella_hides
    if principal.denies == 1:
        d *= 1.0 - principal.denial_hides
    return d


@compiled
def posterior(prior, d, truth, u):
    """Return the belief after evidence of strength ``d`` drawn at ``u`` under the truth (1 or 0); the prior is clipped to .02-.98."""
    prior = min(max(prior, LEAST_SURE), SUREST)
    if d <= 0.0:
        return prior
    sign = 0.5 if truth == 1 else -0.5
    log_odds = math.log(prior / (1.0 - prior)) + sign * d * d + d * normal(u)
    return 1.0 / (1.0 + math.exp(-log_odds))


@compiled
def _blame_patron(world, incident, i):
    """Update the blame of one dyad by an incident and return the posterior; a patron tied to no suspect is not blamed."""
    dyad = world.dyads[i]
    adversary = world.adversaries[dyad.adversary]
    principal = world.principals[dyad.principal]
    total = _total_weight(world, incident.front, incident.label)
    prior = _prior(world, incident, dyad, total, adversary.level)
    if prior < 0.0:
        return 0.0
    if adversary.level == SPONSOR:
        belief = prior
    else:
        truth = 1 if incident.authority == dyad.principal else 0
        u = uniform(world, SIGNAL, world.fronts[incident.front].id + dyad.id, incident.number)
        belief = posterior(prior, _evidence(adversary, principal, incident.label), truth, u)
        if principal.acknowledges == 1:
            belief = SUREST if truth == 1 else LEAST_SURE
        if adversary.level == ORDERED:
            belief *= max(0.0, 1.0 - 1.0 / dyad.believed_order) if dyad.believed_order > 0.0 else 0.0
    slot = world.clock[0].today % BLAME_DAYS
    dyad.blame_recent[slot] = max(dyad.blame_recent[slot], belief)
    return belief


@compiled
def _suspect(world, incident):
    """Write the feud that the label makes most likely; on a tie, the true culprit."""
    total = _total_weight(world, incident.front, incident.label)
    best = _points_to(world, incident.front, incident.label, incident.front, total)
    for other in range(world.fronts.size):
        chance = _points_to(world, other, incident.label, incident.front, total)
        if chance > best:
            best = chance
            incident.culprit = world.fronts[other].feud


@compiled
def _attribute(world, incident):
    """Label an incident, keep the truth about it, and let the adversary form its belief."""
    front = world.fronts[incident.front]
    feud = world.feuds[front.feud]
    incident.label = _draw_label(world, incident)
    incident.authority = feud.obeys
    incident.ordered = 0
    incident.blame = 0.0
    if feud.obeys >= 0:
        order = world.dyads[feud.obeys * world.adversaries.size + feud.adversary].order_arrived
        if order > 1.0 and uniform(world, WHETHER_ORDERED, front.id, incident.number) < 1.0 - 1.0 / order:
            incident.ordered = 1
    _suspect(world, incident)
    for p in range(world.principals.size):
        if world.principals[p].is_patron == 1 and feud.is_war == 0:
            belief = _blame_patron(world, incident, p * world.adversaries.size + front.adversary)
            incident.blame = max(incident.blame, belief)
    if incident.event >= 0:
        event = world.journal[incident.event]
        event.label = incident.label
        event.culprit = world.proxies[world.feuds[incident.culprit].proxy].actor
        event.blame = incident.blame
        event.authority = world.principals[feud.obeys].actor if feud.obeys >= 0 else -1
        event.ordered = incident.ordered


@compiled
def assign_blame(world):
    """Attribute the day's incidents; writes ``dyads.blame`` (0..1) and ``feuds.suspicion`` (attacks)."""
    slot = world.clock[0].today % BLAME_DAYS
    for i in range(world.dyads.size):
        world.dyads[i].blame_recent[slot] = 0.0
    for n in range(world.clock[0].incidents):
        _attribute(world, world.incidents[n])
    for i in range(world.dyads.size):
        dyad = world.dyads[i]
        if dyad.blame > 0.0 or dyad.blame_recent[slot] > 0.0:
            blame = 0.0
            for k in range(BLAME_DAYS):
                blame = max(blame, dyad.blame_recent[k])
            dyad.blame = blame
    _suspect_groups(world)


@compiled
def _suspect_groups(world):
    """Lay today's attacks at doors, and let old suspicion fade.

    Attacks claimed under the group's own name are laid at its own door; the others at those of all groups that face the target, by what each
    was expected to do.
    """
    for i in range(world.feuds.size):
        world.feuds[i].suspicion *= FADING
    for j in range(world.targets.size):
        world.targets[j].anonymous = 0.0
    for f in range(world.fronts.size):
        front = world.fronts[f]
        if front.attacks > 0:
            own = world.proxies[front.proxy].claims_own_name * front.attacks
            target = world.targets[front.target]
            world.feuds[front.feud].suspicion += own
            if target.rate > 0.0:
                target.anonymous += front.attacks - own
            else:
                world.feuds[front.feud].suspicion += front.attacks - own
    for f in range(world.fronts.size):
        front = world.fronts[f]
        target = world.targets[front.target]
        if target.anonymous > 0.0:
            world.feuds[front.feud].suspicion += target.anonymous * front.rate / target.rate
