"""Retaliation: whether the patron itself answers when its officers or its soil are struck.

Struck on rung k = 3 or 4, a patron decides with probability ``answered_k`` to answer in kind on the adversary; its answer is due from
tomorrow on. A patron with a doctrine answers by its rules instead, also to an adversary that struck something else of its own. A proxy
with a doctrine answers strikes on it with a surge of attacks.

Assumption: without a doctrine a patron answers on the rung on which it was struck, or not at all.

Sources: January 2020; reciprocation of disputes with deaths .875 (Gibler, Miller & Little).

Adaptation: a patron that was struck decides whether to answer, and a proxy with a doctrine turns strikes into a surge.

Interaction: here patron and adversary meet directly instead of through proxies.

Stochasticity: whether the patron answers and after how many days is drawn.

Coverage rows 6, 7, 26, 70.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import geometric, hashed, uniform
from shadowline.mechanisms.doctrines import NO_RULE, decides_by_doctrine, direct_rung, matching_rule
from shadowline.mechanisms.journal import DECISION, latest_act, write_event
from shadowline.mechanisms.strikes import ADVERSARY, ASSETS
from shadowline.parameters import Parameter, per_rung

# fmt: off
PARAMETERS = (
    *per_rung("dyads", "answered", {3: (0.4, 0.2, 0.8), 4: (0.7, 0.3, 1.0)}, "share", "chance that the patron itself answers", source="judgement; January 2020; Gibler, Miller & Little", floor=0, ceiling=1),
    Parameter("dyads", "answer.delay", 4.0, 2.0, 8.0, "day", "mean days until the patron's answer, at least one", "January 2020: five days", 1, 3650),
)
# fmt: on
USUAL_DELAY = 4.0
ANSWERS, DELAY, WHICH = hashed("retaliation.answers"), hashed("retaliation.delay"), hashed("retaliation.which")


@compiled
def decide_retaliation(world):
    """Let struck patrons, and patrons and proxies with a doctrine, decide on an answer that is due from tomorrow."""
    if world.clock[0].replaying == 1:
        return
    for i in range(world.dyads.size):
        dyad = world.dyads[i]
        number = world.principals[dyad.principal].actor
        actor = world.actors[number]
        without_doctrine = actor.last_rule == actor.first_rule
        if dyad.struck_rung >= ASSETS and actor.pending_due == 0 and without_doctrine:
            if uniform(world, ANSWERS, dyad.id, 0) < dyad.answered[dyad.struck_rung]:
                target = world.adversaries[dyad.adversary].actor
                _prepare(world, number, target, dyad.struck_rung, dyad.answer_delay, dyad.struck_event)
    for number in range(world.actors.size):
        actor = world.actors[number]
        if actor.kind != ADVERSARY and actor.last_rule > actor.first_rule:
            _decide_by_doctrine(world, number, actor)


@compiled
def _decide_by_doctrine(world, number, actor):
    """Let one patron or proxy act on its doctrine, toward the actor that the rule looks at."""
    if actor.pending_due != 0 or world.clock[0].today < actor.quiet_until:
        return
    n = matching_rule(world, number, -1)
    if n == NO_RULE or world.rules[n].looks_at < 0:
        return
    if uniform(world, ANSWERS, actor.id, 1) >= decides_by_doctrine(world, n, 0.0):
        return
    rule = world.rules[n]
    rung = direct_rung(world, n, uniform(world, WHICH, actor.id, 0))
    if rung > 0:
        _prepare(
            world, number, rule.looks_at, rung, rule.delay if rule.delay > 0.0 else USUAL_DELAY, latest_act(world, rule.looks_at, number)
        )
        actor.quiet_until = actor.pending_due + rule.cooldown


@compiled
def _prepare(world, number, target, rung, delay, cause):
    """Set an answer down as pending."""
    actor = world.actors[number]
    actor.pending_due = world.clock[0].today + 1 + geometric(uniform(world, DELAY, actor.id, 0), delay - 1.0)
    actor.pending_rung = rung
    actor.pending_target = target
    actor.pending_cause = cause
    actor.pending_event = write_event(world, DECISION, number, target, cause)
    if actor.pending_event >= 0:
        world.journal[actor.pending_event].rung = rung
