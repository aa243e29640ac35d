"""Attacks: how many each front makes today.

A front is one proxy facing one target. Its desire is::

    a = k mu e^u (1 + lost_standing (1 - legitimacy)) + eta X + omega mean(X of other proxies on the target) + psi V mu / sum(mu)

with capability k, quiet rate mu, context u, own momentum X, and grievance V shared over the proxy's fronts against the adversary. The
rate is the desire times the gate of obedience, times e^{-phi F - phi_s s} for fear and expected answers, times what the lines that the
front could cross still hold back, Π (1 - kappa M) / (1 - kappa M_0). Attacks are Poisson, or negative binomial where dispersion is
declared. Momentum is the decayed sum X' = (1 - b) X + b N, so that eta is the front's branching.

A closed target's quiet rate moves to the proxy's other fronts as far as ``substitution`` says. Nobody attacks across a dyad at open war:
there the future of that dyad has ended.

Assumption: a front's attacks are independent given its rate, and the rate reads only yesterday's stocks.

Sources: Lewis et al. 2012 and Mohler 2013, AOAS (self-excitation; 37-50 % of events in Iraq triggered by earlier ones); Haushofer et al.
2010, PNAS (revenge); Jaeger & Paserman 2008, AER (deterrent effects near zero); Kydd & Walter 2006 (outbidding).

Basic principles: violence excites itself, through momentum on a front, contagion between groups and revenge for own dead.

Emergence: waves, lulls and the weekly number of attacks arise from momentum, contagion, revenge and restraint; only the steps of context
are imposed.

Adaptation: a proxy attacks more the more own dead it remembers, less the more it fears, and turns to other targets when one is closed.

Objectives: no payoff is maximised; what a proxy wants is a rate of attacks, and every influence raises or lowers it.

Sensing: a proxy knows its own dead, the severity of strikes on it, how often provocations were answered, and what other groups do on its
targets.

Interaction: groups that face the same target excite or, with negative contagion, calm one another.

Stochasticity: the number of attacks on each front and day is drawn from a Poisson or a negative binomial distribution.

Coverage rows 1, 7, 11, 14, 15, 29, 33, 41, 42, 50, 52-54, 58.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, negative_binomial, uniform
from shadowline.mechanisms.obedience import gate
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("fronts", "quiet_rate", 0.01, 0.005, 0.02, "1/day", "attacks in quiet times", "judgement", 0, 1000),
    Parameter("fronts", "branching", 0.40, 0.20, 0.55, "share", "attacks that an attack on the same front brings about", "Lewis et al. 2012: 37-50 % of events triggered", 0, 0.99),
    Parameter("fronts", "momentum_half_life", 5.0, 2.0, 14.0, "day", "half-life of momentum", "Lewis et al. 2012: two to six weeks at most", 0.1, 3650),
    Parameter("fronts", "dispersion", 0.0, 0.0, 1.0, "number", "extra variance: variance = mean + dispersion mean²", floor=0, ceiling=100),
    Parameter("model", "contagion", 0.10, -0.10, 0.20, "number", "attacks that a day's attack by another proxy on the target brings about", "judgement; Kydd & Walter 2006 on outbidding", -5, 5),
    Parameter("model", "substitution", 1.0, 0.0, 1.0, "share", "share of a closed target's attacks that moves to other fronts", floor=0, ceiling=1),
    Parameter("proxies", "capability", 1.0, 0.8, 1.25, "number", "capability relative to the time of the quiet rates", floor=0, ceiling=100),
    Parameter("proxies", "growth", 0.0, 0.0, 0.002, "1/day", "growth of capability", floor=-0.1, ceiling=0.1),
    Parameter("model", "funding_to_capability", 0.0, 0.0, 1.0, "number", "elasticity of capability to total funding", floor=0, ceiling=5),
    Parameter("proxies", "lost_standing", 0.0, 0.0, 1.0, "number", "rise of quiet rates where the host's legitimacy is nil", floor=0, ceiling=10),
    Parameter("principals", "legitimacy", 1.0, 0.0, 1.0, "share", "standing of this principal with its public", floor=0, ceiling=1),
    Parameter("lines", "restrains", 0.0, 0.0, 0.5, "share", "how far the line at full strength holds back attacks that could cross it", floor=0, ceiling=0.99),
    Parameter("targets", "closed", 0.0, 0.0, 1.0, "share", "how far the target is out of reach", floor=0, ceiling=1),
)
# fmt: on
STATE = (
    State("proxies", "capability_now", "capability today"),
    State("feuds", "over", "1 once open war has ended this feud's part of the future", "i8"),
    State("targets", "rate", "attacks expected today on all fronts of the target"),
    State("fronts", "momentum", "decayed attacks a day"),
    State("fronts", "rate", "attacks expected today"),
    State("fronts", "attacks", "attacks today", "i8"),
    State("fronts", "share_base", "part of today's rate from context"),
    State("fronts", "share_momentum", "part of today's rate from own momentum"),
    State("fronts", "share_contagion", "part of today's rate from contagion"),
    State("fronts", "quiet_now", "quiet rate with closed targets moved"),
    State("fronts", "restrained", "1 if a line that the front could cross holds it back", "i8"),
    State("fronts", "decay", "share of momentum lost in a day"),
    State("targets", "momentum", "sum of momentum of all fronts on the target"),
    State("targets", "faced_by", "number of fronts on the target"),
    State("feuds", "quiet_total", "sum of the feud's quiet rates"),
    State("feuds", "tempo", "capability times all multipliers common to the feud's fronts"),
    State("proxies", "funding_at_start", "total funding share on the first day"),
)
COUNT = hashed("attacks.count")
MOST_A_DAY = 1000.0
"""A rate beyond which counting attacks one by one means nothing; a scenario that reaches it has run away."""


@compiled
def refresh_attacks(world):
    """Recompute what changes only with shocks: decays, and quiet rates with closed targets moved."""
    for j in range(world.targets.size):
        world.targets[j].faced_by = 0.0
    for i in range(world.fronts.size):
        front = world.fronts[i]
        front.decay = 1.0 - math.exp(-math.log(2.0) / front.momentum_half_life)
        front.restrained = 0
        for k in range(world.lines.size):
            if world.lines[k].restrains > 0.0 and world.could_cross[k, i] == 1:
                front.restrained = 1
        world.targets[front.target].faced_by += 1.0
    for p in range(world.proxies.size):
        _move_from_closed_targets(world, p)
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        feud.quiet_total = 0.0
        for f in range(feud.first_front, feud.last_front):
            feud.quiet_total += world.fronts[f].quiet_rate


@compiled
def _move_from_closed_targets(world, p):
    """Hand the quiet rate of a proxy's closed targets to its open fronts, in proportion."""
    lost, open_rate = 0.0, 0.0
    for f in range(world.fronts.size):
        front = world.fronts[f]
        if front.proxy == p:
            closed = world.targets[front.target].closed
            lost += closed * front.quiet_rate
            open_rate += (1.0 - closed) * front.quiet_rate
    factor = 1.0 + world.model[0].substitution * lost / open_rate if open_rate > 0.0 else 1.0
    for f in range(world.fronts.size):
        front = world.fronts[f]
        if front.proxy == p:
            front.quiet_now = front.quiet_rate * (1.0 - world.targets[front.target].closed) * factor


@compiled
def total_funding(world, p):
    """Return the sum of a proxy's funding shares today."""
    total = 0.0
    for t in range(world.ties.size):
        if world.ties[t].proxy == p:
            total += world.ties[t].funding
    return total


@compiled
def begin_attacks(world):
    """Remember each proxy's funding on the first day."""
    for p in range(world.proxies.size):
        world.proxies[p].funding_at_start = total_funding(world, p)


@compiled
def _restraint(world, f):
    """Return what the lines that a front could cross still hold back, relative to the start."""
    factor = 1.0
    for k in range(world.lines.size):
        line = world.lines[k]
        if line.restrains > 0.0 and world.could_cross[k, f] == 1:
            factor *= (1.0 - line.restrains * line.norm) / (1.0 - line.restrains * line.norm_at_start)
    return factor


@compiled
def _feud_tempo(world, feud):
    """Write and return what multiplies all fronts of a feud: obedience, fear and expected answers."""
    adversary = world.adversaries[feud.adversary]
    proxy = world.proxies[feud.proxy]
    fear = proxy.fear_per_severity * feud.fear + proxy.fear_expected_answer * adversary.expected_answer
    feud.tempo = gate(world, feud)
    if fear != 0.0:
        feud.tempo *= math.exp(-fear)
    return feud.tempo


@compiled
def _capability(world, p):
    """Return a proxy's capability today: growth, funding, and the boost after the loss of its leader."""
    proxy = world.proxies[p]
    now = world.clock[0]
    capability = proxy.capability
    change = proxy.growth * max(0, now.today - now.start_day) + proxy.leader_removed_boost * proxy.leader_lost
    if change != 0.0:
        capability *= math.exp(change)
    elasticity = world.model[0].funding_to_capability
    if elasticity > 0.0 and proxy.funding_at_start > 0.0:
        funding = total_funding(world, p)
        if funding != proxy.funding_at_start:
            capability *= math.pow(funding / proxy.funding_at_start, elasticity)
    if proxy.lost_standing > 0.0:
        for t in range(world.ties.size):
            tie = world.ties[t]
            if tie.proxy == p and world.principals[tie.principal].is_patron == 0:
                capability *= 1.0 + proxy.lost_standing * (1.0 - world.principals[tie.principal].legitimacy)
    return capability


@compiled
def set_rates(world):
    """Write ``fronts.rate`` (attacks expected today) and its parts from yesterday's stocks."""
    for j in range(world.targets.size):
        world.targets[j].momentum = 0.0
        world.targets[j].rate = 0.0
    for i in range(world.fronts.size):
        world.targets[world.fronts[i].target].momentum += world.fronts[i].momentum
    for p in range(world.proxies.size):
        world.proxies[p].capability_now = _capability(world, p)
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        feud.over = 1 if at_war(world, feud) else 0
        tempo = 0.0 if feud.over == 1 else _feud_tempo(world, feud)
        capability = world.proxies[feud.proxy].capability_now
        revenge = feud.surge + revenge_desire(world, feud)
        for f in range(feud.first_front, feud.last_front):
            _set_rate(world, feud, f, tempo, capability, revenge)


@compiled
def _set_rate(world, feud, f, tempo, capability, revenge):
    """Write one front's rate and its parts."""
    front = world.fronts[f]
    target = world.targets[front.target]
    others = target.faced_by - 1.0
    if front.restrained == 1:
        tempo *= _restraint(world, f)
    base = capability * front.quiet_now * world.theatres[front.theatre].multiplier
    share = front.quiet_rate / feud.quiet_total if feud.quiet_total > 0.0 else 0.0
    contagion = world.model[0].contagion * (target.momentum - front.momentum) / others if others > 0.0 else 0.0
    rate = tempo * (base + front.branching * front.momentum + contagion + revenge * share)
    front.rate = min(max(0.0, rate), MOST_A_DAY)
    target.rate += front.rate
    front.share_base = tempo * base
    front.share_momentum = tempo * front.branching * front.momentum
    front.share_contagion = max(0.0, tempo * contagion)


@compiled
def at_war(world, feud):
    """Return whether the proxy's patron and this adversary are at open war (then their part of the future has ended)."""
    for n in range(feud.first_rein, feud.last_rein):
        if world.dyads[world.reins[n].dyad].at_war == 1:
            return True
    return False


@compiled
def revenge_desire(world, feud):
    """Return the attacks a day that own dead bring about; with imbalance declared, more where the other side has lost less."""
    proxy = world.proxies[feud.proxy]
    psi = proxy.grievance_per_dead
    if proxy.grievance_imbalance != 0.0:
        gap = (feud.own_dead - feud.enemy_dead) / (feud.own_dead + feud.enemy_dead + 1.0)
        psi *= max(0.0, 1.0 + proxy.grievance_imbalance * gap)
    return psi * feud.grievance


@compiled
def make_attacks(world):
    """Draw ``fronts.attacks`` today, or take them from the record where the prelude has any (-1: it has none)."""
    now = world.clock[0]
    day = now.today - now.first_day
    for f in range(world.fronts.size):
        front = world.fronts[f]
        if now.replaying == 1 and world.past_attacks[day, f] >= 0:
            front.attacks = world.past_attacks[day, f]
        elif front.rate > 0.0:
            size = 1.0 / front.dispersion if front.dispersion > 0.0 else 0.0
            front.attacks = negative_binomial(uniform(world, COUNT, front.id, 0), front.rate, size)
        else:
            front.attacks = 0


@compiled
def carry_momentum(world):
    """Update ``fronts.momentum`` with today's attacks (stocks come last in the day)."""
    for f in range(world.fronts.size):
        front = world.fronts[f]
        front.momentum += front.decay * (front.attacks - front.momentum)
