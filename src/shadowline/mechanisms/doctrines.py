"""Doctrines: declared rules of answer, in place of judgement.

A doctrine is an ordered list of rules: *when* (a line crossed within so many days, provocation or blame of at least so much, so many
killed, an act of the actor it looks at within so many days) → a menu of rungs with weights, a delay, a cap, a cooldown, generosity and
error. The first rule whose conditions hold is used. Generosity lets a provocation pass; an error turns an intended act into none and none
into an act, which is how strict tit-for-tat locks two actors into hostility: with error e and generosity g the hostile share is
e / (2 e + g (1 - 2 e)). Tit-for-tat answers in kind, on the rung that was used. A rule that looks at an actor answers that actor: a direct act
has an author, so no blame is weighed.

Assumption: whoever has a doctrine keeps to it, apart from declared generosity and error.

Sources: Axelrod 1984; Molander 1985, JCR (noise and generosity); Goldstein et al. 2001, JCR (reciprocity).

Emergence: long feuds and long truces between two doctrines arise from their rules and rare errors; neither is written down.

Adaptation: an actor with a doctrine reacts to what has just happened by the first of its rules that fits.

Sensing: a direct act has a known author, so that a rule that looks at an actor needs no attribution.

Stochasticity: forgiveness, error and the choice from a menu are drawn.

Coverage rows 3, 7, 21, 23, 70.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, uniform

BY_JUDGEMENT, BY_MENU, IN_KIND = 0, 1, 2
NO_RULE = -1
ALWAYS, AT_A_RATE = 0, 1

FORGIVE, ERR = hashed("doctrines.forgive"), hashed("doctrines.err")


@compiled
def acted_within(world, actor, looks_at, days):
    """Return whether ``looks_at`` struck or attacked ``actor`` today or in the ``days - 1`` days before."""
    exchange = world.exchanges[looks_at * world.actors.size + actor]
    return world.clock[0].today - exchange.last_day < days


@compiled
def _holds(world, rule, actor, a):
    """Return whether all conditions of a rule hold for an actor (``a``: its row of adversaries, -1 if it is none)."""
    today = world.clock[0].today
    if rule.looks_at >= 0 and not acted_within(world, actor, rule.looks_at, rule.since):
        return False
    if a < 0:
        return True
    adversary = world.adversaries[a]
    if rule.crossed_within > 0 and today - adversary.crossed_on >= rule.crossed_within:
        return False
    if adversary.provocation < rule.provocation_at_least:
        return False
    if rule.blame_at_least > 0.0 and _highest_blame(world, a) < rule.blame_at_least:
        return False
    if rule.killed_at_least > 0:
        return adversary.worst_killed >= rule.killed_at_least and today - adversary.worst_killed_on < rule.since
    return True


@compiled
def _highest_blame(world, a):
    """Return the highest blame that adversary ``a`` puts on any patron."""
    highest = 0.0
    for p in range(world.principals.size):
        highest = max(highest, world.dyads[p * world.adversaries.size + a].blame)
    return highest


@compiled
def matching_rule(world, actor, a):
    """Return the first rule of the actor's doctrine whose conditions hold, its error rule otherwise, or -1 without doctrine.

    An actor with a doctrine of which no rule holds returns its first rule with the sign of error: see `decides_by_doctrine`.
    """
    first, last = world.actors[actor].first_rule, world.actors[actor].last_rule
    for n in range(first, last):
        if _holds(world, world.rules[n], actor, a):
            world.rules[n].holds = 1
            return n
    if last > first:
        world.rules[first].holds = 0
        return first
    return NO_RULE


@compiled
def decides_by_doctrine(world, rule_number, provoked):
    """Return the chance (mostly 0 or 1) that today's rule makes its actor act: forgiveness first, then error."""
    rule = world.rules[rule_number]
    actor = world.actors[rule.actor]
    acts = 0.0
    if rule.holds == 1:
        acts = provoked if rule.timing == AT_A_RATE else 1.0
        if rule.generosity > 0.0 and uniform(world, FORGIVE, actor.id, 0) < rule.generosity:
            acts = 0.0
    if rule.error > 0.0 and uniform(world, ERR, actor.id, 0) < rule.error:
        acts = 1.0 - acts
    return acts


@compiled
def answers_directly(world, rule_number):
    """Return whether a rule answers the actor that it looks at, instead of weighing blame."""
    rule = world.rules[rule_number]
    return rule.looks_at >= 0 and rule.menu_kind != BY_JUDGEMENT


@compiled
def direct_rung(world, rule_number, u):
    """Return the rung of a direct answer: in kind, or drawn from the menu at ``u``; 0 if the menu is empty."""
    rule = world.rules[rule_number]
    if rule.menu_kind == IN_KIND:
        suffered = world.exchanges[rule.looks_at * world.actors.size + rule.actor].last_rung
        return min(max(1, suffered), rule.cap)
    goal = u * rule.menu_total
    for k in range(1, 5):
        goal -= rule.menu[k]
        if goal < 0.0:
            return min(k, rule.cap)
    return 0
