"""Answers: whether, when and how high an adversary replies.

While no answer is pending, an adversary without doctrine decides today with probability::

    (1 - generosity 1{no line crossed in 14 days}) (1 - e^{-(alpha0 + alpha1 W)})

and carries it out one day later plus a geometric delay. The rung k is drawn from weights::

    exp(appeal_k + Σ_lines ln(makes_likelier_k) M 1{crossed in 21 days} + hawkish_k H - caution Σ_{lines that k would cross} M
        + preemption_k p_war - aversion (k - 2)+)

Whether it is a rung of 3 or 4 and which lower rung it would be are two draws, so that a future in which high rungs are held off is the same
future otherwise. Rungs 3 and 4 strike a patron; they are admissible only if blame reaches the blame needed, drawn once per future. A cap forbids rungs
above it. A doctrine (see `doctrines`) replaces the rate or the weights.

A rung that was decided beforehand (by the scenario, or by a policy) needs neither the rate nor blame: it is prepared on its day, or as soon
as nothing else is pending.

Assumption: an adversary prepares one answer at a time; on rungs 3 and 4 it strikes only the patron that it blames most.

Sources: Fearon 1994, APSR (audiences); Powell 2015, IO (brinkmanship); Musgrave & Ward 2023 (tripwires, weak effect); Carson 2016, IO
(limits); strike dates and lags of 2019-23.

Basic principles: answers are bargaining under risk; a higher rung hurts more and is likelier to run out of control.

Adaptation: the rate of answers follows unanswered provocation, and the rung follows fresh crossings, hawk pressure, blame and caution.

Objectives: the weight of a rung trades its appeal and the pressure of hawks against lines that it would cross and aversion to war; rungs
are drawn by weight and the best is not always taken.

Sensing: the adversary knows what it has suffered, its own hawks and its own suspicion and blame, not the truth behind them.

Prediction: an adversary considers which of the other side's lines each rung would cross and, with pre-emption, how likely war seems.

Stochasticity: whether an adversary decides today, the rung, the group aimed at and the delay are drawn, the blame needed once per future.

Coverage rows 9, 20-26, 28, 52.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.engine.random import geometric, hashed, uniform
from shadowline.mechanisms.beliefs import war_fear
from shadowline.mechanisms.doctrines import BY_JUDGEMENT, NO_RULE, answers_directly, decides_by_doctrine, direct_rung, matching_rule
from shadowline.mechanisms.journal import DECISION, attack_answered, concerns, crossing_of, write_event
from shadowline.mechanisms.rare import forced_today, holds_off, is_decided, sum_hazard, survive
from shadowline.parameters import Parameter, State, per_rung

LIMITED, MAJOR, ASSETS, SOIL = 1, 2, 3, 4
FRESH_CROSSING = 21
RECENT_CROSSING = 14

# fmt: off
PARAMETERS = (
    Parameter("adversaries", "answers.base_rate", 0.001, 0.0, 0.005, "1/day", "rate of answers without provocation", "strike dates 2019-23", 0, 10),
    Parameter("adversaries", "answers.per_provocation", 0.008, 0.002, 0.02, "1/day", "how readily provocation is answered, per attack not yet answered", "strike dates 2019-23", 0, 10),
    Parameter("adversaries", "answers.delay", 3.0, 1.5, 6.0, "day", "mean days from decision to strike, at least one", "lags of strikes 2019-23", 1, 3650),
    Parameter("adversaries", "answers.generosity", 0.0, 0.0, 0.5, "share", "share of provocations forgiven while no line was crossed", floor=0, ceiling=1),
    Parameter("adversaries", "answers.caution", 1.0, 0.5, 2.0, "number", "weight against rungs that would cross the other side's lines", "judgement", 0, 20),
    Parameter("adversaries", "answers.war_aversion", 0.0, 0.0, 1.0, "number", "weight against each rung above major strikes", "judgement", 0, 20),
    Parameter("adversaries", "blame_needed.mean", 0.5, 0.3, 0.8, "share", "expected blame from which the patron itself may be struck", "judgement: sweep, never fit", 0.0001, 0.99),
    Parameter("adversaries", "blame_needed.spread", 0.15, 0.1, 0.2, "number", "spread of the blame needed", "judgement: sweep, never fit", 0.001, 0.49),
    *per_rung("adversaries", "answers.appeal", {1: (0.0, 0.0, 0.0), 2: (-2.0, -2.6, -1.4), 3: (-2.3, -3.0, -1.6), 4: (-3.2, -4.0, -2.4)}, "number", "pull of the rung when nothing else speaks, as a log weight", source="share of rung 3 and above among answers 2019-23 within .005-.15", floor=-50, ceiling=50),
    *per_rung("adversaries", "answers.hawkish", {1: (0.0, 0.0, 0.0), 2: (0.0, 0.0, 0.5), 3: (1.0, 0.3, 1.7), 4: (2.0, 1.0, 3.0)}, "number", "pull that full hawk pressure adds, as a log weight", floor=-50, ceiling=50),
    *per_rung("adversaries", "answers.preemption", {3: (0.0, 0.0, 1.0), 4: (0.0, 0.0, 1.0)}, "number", "pull that the fear of certain war adds, as a log weight", floor=-50, ceiling=50),
)
# fmt: on
STATE = (
    State("adversaries", "rare_delay", "mean days from a decision on a rare rung to the strike"),
    State("actors", "pending_due", "day on which the decided answer is carried out (0: none pending)", "i8"),
    State("actors", "pending_rung", "its rung", "i8"),
    State("actors", "pending_target", "the actor it strikes", "i8"),
    State("actors", "pending_cause", "number of the event it answers", "i8"),
    State("actors", "pending_event", "number of the decision", "i8"),
    State("actors", "quiet_until", "no new decision before this day", "i8"),
)
DECIDE, RARE, RUNG, DELAY, WHOM, CAUSE = (
    hashed("answers.decide"),
    hashed("answers.rare"),
    hashed("answers.rung"),
    hashed("answers.delay"),
    hashed("answers.whom"),
    hashed("answers.cause"),
)


@compiled
def provoked_chance(world, adversary):
    """Return the chance that an adversary without doctrine decides on an answer today."""
    chance = 1.0 - math.exp(-(adversary.answers_base_rate + adversary.answers_per_provocation * adversary.provocation))
    if world.clock[0].today - adversary.crossed_on >= RECENT_CROSSING:
        chance *= 1.0 - adversary.answers_generosity
    return chance


@compiled
def most_blamed(world, a):
    """Return the dyad of the patron whom adversary ``a`` blames most, or -1 if it has none at peace."""
    best, highest = -1, 0.0
    for p in range(world.principals.size):
        i = p * world.adversaries.size + a
        if world.principals[p].is_patron == 1 and world.dyads[i].at_war == 0 and world.dyads[i].blame > highest:
            best, highest = i, world.dyads[i].blame
    return best


@compiled
def rung_weight(world, a, i, k, cap):
    """Return the weight of rung ``k`` in adversary ``a``'s choice, against the patron of dyad ``i`` on rungs 3 and 4."""
    if k > cap or (k >= ASSETS and i < 0):
        return 0.0
    adversary = world.adversaries[a]
    today = world.clock[0].today
    weight = adversary.answers_appeal[k] + adversary.answers_hawkish[k] * adversary.hawks
    for n in range(world.lines.size):
        line = world.lines[n]
        if line.owner_adversary == a and today - line.crossed_on < FRESH_CROSSING:
            weight += math.log(line.crossing_makes_likelier[k]) * line.norm
        if i >= 0 and world.would_cross[n, i, k] == 1:
            weight -= adversary.answers_caution * line.norm
    if k >= ASSETS:
        weight += adversary.answers_preemption[k] * war_fear(world, world.dyads[i]) - adversary.answers_war_aversion * (k - MAJOR)
    return math.exp(weight)


@compiled
def _fill_weights(world, a, i, rule):
    """Fill ``world.menu`` with the weights of rungs 0-5 for today's choice."""
    cap = SOIL
    if rule != NO_RULE:
        cap = min(cap, world.rules[rule].cap)
    for k in range(6):
        world.menu[k] = 0.0
    for k in range(LIMITED, SOIL + 1):
        if rule == NO_RULE or world.rules[rule].menu_kind == BY_JUDGEMENT:
            world.menu[k] = rung_weight(world, a, i, k, cap)
        elif k <= cap:
            world.menu[k] = world.rules[rule].menu[k]


@compiled
def decide_answers(world):
    """Let every adversary without a pending answer decide; writes ``actors.pending_*`` (days, rungs)."""
    if world.clock[0].replaying == 1:
        return
    for a in range(world.adversaries.size):
        actor = world.actors[world.adversaries[a].actor]
        if actor.pending_due == 0 and world.clock[0].today >= actor.quiet_until:
            _decide_answer(world, a, actor)


@compiled
def _decide_answer(world, a, actor):
    """Decide whether and how high adversary ``a`` answers, summing the hazard of rare rungs on the way."""
    adversary = world.adversaries[a]
    rule = matching_rule(world, adversary.actor, a)
    u = uniform(world, DECIDE, actor.id, 0)
    chance = provoked_chance(world, adversary) if rule == NO_RULE else decides_by_doctrine(world, rule, provoked_chance(world, adversary))
    if world.clock[0].today == adversary.decided_on:
        chance = 1.0
    if forced_today(world, a):
        now = world.clock[0]
        if is_decided(world, adversary):  # this is the decision, and not a second one beside it
            adversary.decided_on = 0
        adversary.rare_came = 1
        adversary.threshold = now.branch_threshold
        _prepare(world, a, actor, rule, now.branch_rung, world.principals[world.dyads[now.branch_dyad].principal].actor)
        return
    if is_decided(world, adversary):
        _follow_decision(world, a, actor, rule)
        return
    if chance <= 0.0:
        return
    if rule != NO_RULE and answers_directly(world, rule):
        rung = direct_rung(world, rule, uniform(world, RUNG, actor.id, 0))
        if u < chance and rung > 0:
            _prepare(world, a, actor, rule, rung, world.rules[rule].looks_at)
        return
    i = most_blamed(world, a)
    if adversary.watched == 0 and u >= chance:
        return
    _fill_weights(world, a, i, rule)
    low, high = world.menu[LIMITED] + world.menu[MAJOR], world.menu[ASSETS] + world.menu[SOIL]
    if low + high <= 0.0:
        return
    if high > 0.0 and i >= 0 and adversary.watched == 1 and adversary.rare_came == 0:
        adversary.rare_delay = mean_delay(world, adversary, rule)
        _sum_rare(world, a, i, chance, low + high, u < chance)
    if u >= chance:
        return
    if i >= 0 and not holds_off(world, a) and world.dyads[i].blame >= adversary.threshold:
        lot = uniform(world, RARE, actor.id, 0) * (low + high) - high
        if lot < 0.0:
            adversary.rare_came = 1
            rung = SOIL if -lot > world.menu[ASSETS] else ASSETS
            _prepare(world, a, actor, rule, rung, world.principals[world.dyads[i].principal].actor)
            return
    target = whom_to_strike(world, a)
    if low > 0.0 and target >= 0:
        rung = LIMITED if uniform(world, RUNG, actor.id, 0) * low < world.menu[LIMITED] else MAJOR
        _prepare(world, a, actor, rule, rung, target)


@compiled
def _follow_decision(world, a, actor, rule):
    """Prepare the rung that was decided beforehand; a rare one is summed as certain, and not carried out where it is held off.

    A strike on groups waits until somebody is suspected.
    """
    adversary = world.adversaries[a]
    rung = adversary.decided_rung
    if rung < ASSETS:
        target = whom_to_strike(world, a)
        if target >= 0:
            adversary.decided_on = 0
            _prepare(world, a, actor, rule, rung, target)
        return
    adversary.decided_on = 0
    i = most_blamed(world, a)
    if i < 0:
        i = _first_patron(world, a)
    if i < 0:
        return
    if adversary.watched == 1 and adversary.rare_came == 0:
        adversary.rare_delay = mean_delay(world, adversary, rule)
        sum_hazard(world, a, i, rung, 1.0, 1.0)
        survive(adversary, 1.0, 1.0)
    if not holds_off(world, a):
        adversary.rare_came = 1
        _prepare(world, a, actor, rule, rung, world.principals[world.dyads[i].principal].actor)


@compiled
def _first_patron(world, a):
    """Return the dyad of the first patron at peace with adversary ``a`` that backs some group against it, -1 if there is none."""
    for n in range(world.reins.size):
        i = world.reins[n].dyad
        if world.dyads[i].adversary == a and world.dyads[i].at_war == 0 and world.principals[world.dyads[i].principal].is_patron == 1:
            return i
    return -1


@compiled
def _sum_rare(world, a, i, chance, total, decides):
    """Sum today's hazard of rungs 3 and 4; ``total`` is the sum of weights.

    The mass is an expectation over today's decision. The chance of still standing falls only if the path does decide: a path on which
    a lower answer is decided says that it was not a rare one, a path without decision says nothing.
    """
    adversary = world.adversaries[a]
    blame = world.dyads[i].blame
    share_3, share_4 = world.menu[ASSETS] / total, world.menu[SOIL] / total
    sum_hazard(world, a, i, ASSETS, chance * share_3, blame)
    sum_hazard(world, a, i, SOIL, chance * share_4, blame)
    if decides:
        survive(adversary, share_3 + share_4, blame)


@compiled
def whom_to_strike(world, a):
    """Return the actor that a strike on rungs 1-2 is aimed at: a proxy drawn in proportion to suspicion, -1 if none is suspected."""
    total = 0.0
    for i in range(world.feuds.size):
        if world.feuds[i].adversary == a and world.feuds[i].is_war == 0 and world.feuds[i].over == 0:
            total += world.feuds[i].suspicion
    goal = total * uniform(world, WHOM, world.adversaries[a].id, 0)
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        if feud.adversary == a and feud.is_war == 0 and feud.over == 0 and feud.suspicion > 0.0:
            goal -= feud.suspicion
            if goal <= 0.0:
                return world.proxies[feud.proxy].actor
    return -1


@compiled
def mean_delay(world, adversary, rule):
    """Return the mean days from decision to strike, at least one."""
    if rule != NO_RULE and world.rules[rule].delay > 0.0:
        return world.rules[rule].delay
    return adversary.answers_delay


@compiled
def _prepare(world, a, actor, rule, rung, target):
    """Set the answer down as pending, with its delay."""
    adversary = world.adversaries[a]
    delay = mean_delay(world, adversary, rule)
    today = world.clock[0].today
    actor.pending_due = today + 1 + geometric(uniform(world, DELAY, actor.id, 0), delay - 1.0)
    actor.pending_rung = rung
    actor.pending_target = target
    fresh = rung >= MAJOR and today - adversary.crossed_on < FRESH_CROSSING and concerns(world, adversary.crossing_event, target)
    answered = attack_answered(world, a, target, uniform(world, CAUSE, actor.id, 0))
    actor.pending_cause = adversary.crossing_event if fresh else crossing_of(world, answered)
    actor.pending_event = write_event(world, DECISION, adversary.actor, target, actor.pending_cause)
    if actor.pending_event >= 0:
        world.journal[actor.pending_event].rung = rung
    if rule != NO_RULE:
        actor.quiet_until = actor.pending_due + int(world.rules[rule].cooldown)
