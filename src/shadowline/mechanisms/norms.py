"""Norms: lines that are defended harden, lines that are not wither.

A crossing is answered if its owner strikes the movement held responsible, or a state, within 14 days; then the norm M grows, else it shrinks
and whoever was held responsible takes it as a licence, which fades::

    answered: M += gain (1 - M)        unanswered for 14 days: M -= loss M, licence = 1

Assumption: a norm lives on being enforced, and everybody sees whether it was.

Sources: Carson 2016, IO; Altman 2020, IO, on lines that erode when probed; sizes are judgement.

Emergence: how strong a line is at the end of a future arises from how it was tested and defended.

Learning: owners and offenders learn from each crossing whether the line still holds, and an unanswered one licenses the offender.

Coverage rows 2, 5, 57.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.mechanisms.journal import LICENCE, write_event
from shadowline.mechanisms.lines import WAITING_DAYS
from shadowline.mechanisms.strikes import PROXY
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("lines", "norm.gain", 0.3, 0.1, 0.6, "share", "share of what is missing that an answered crossing restores", "judgement", 0, 1),
    Parameter("lines", "norm.loss", 0.3, 0.1, 0.6, "share", "share of the norm that an unanswered crossing takes", "judgement", 0, 1),
    Parameter("proxies", "licence_half_life", 30.0, 10.0, 90.0, "day", "half-life of the licence an unanswered crossing gives", "judgement", 0.1, 3650),
)
# fmt: on
STATE = (State("feuds", "licence", "licence to go further, 0..1"),)


@compiled
def answered_today(world, line, culprit):
    """Return whether the line's owner struck today somebody whom its crossing concerns.

    That is the proxy held responsible or one of its movement, or a state; where no proxy is held responsible, anybody.
    """
    today = world.clock[0].today
    for other in range(world.actors.size):
        exchange = world.exchanges[line.owner * world.actors.size + other]
        if exchange.last_day != today or exchange.last_rung < 1:
            continue
        struck = world.actors[other]
        if culprit < 0 or struck.kind != PROXY:
            return True
        if world.proxies[struck.row].movement == world.proxies[world.feuds[culprit].proxy].movement:
            return True
    return False


@compiled
def keep_norms(world):
    """Settle crossings that were answered today or have waited 14 days; writes ``lines.norm`` and ``feuds.licence`` (0..1)."""
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        if feud.licence > 0.0:
            feud.licence *= math.exp(-math.log(2.0) / world.proxies[feud.proxy].licence_half_life)
    today = world.clock[0].today
    for k in range(world.lines.size):
        line = world.lines[k]
        if today - line.crossed_on >= WAITING_DAYS:
            continue
        if owner_struck(world, line.owner):
            _reward(world, line, today)
        oldest = (today + 1) % WAITING_DAYS
        if line.waiting[oldest] > 0.0:
            _erode(world, k, oldest)


@compiled
def owner_struck(world, owner):
    """Return whether an actor struck anybody today."""
    today = world.clock[0].today
    for other in range(world.actors.size):
        exchange = world.exchanges[owner * world.actors.size + other]
        if exchange.last_day == today and exchange.last_rung >= 1:
            return True
    return False


@compiled
def _reward(world, line, today):
    """Strengthen the norm once for each crossing that waited for this answer; a crossing of today is not yet answered."""
    for slot in range(WAITING_DAYS):
        if slot == today % WAITING_DAYS or line.waiting[slot] <= 0.0 or not answered_today(world, line, line.culprit[slot]):
            continue
        while line.waiting[slot] > 0.0:
            line.norm += line.norm_gain * (1.0 - line.norm)
            line.waiting[slot] -= 1.0


@compiled
def _erode(world, k, slot):
    """Weaken the norm once for each crossing that waited in vain, and license whoever was held responsible."""
    line = world.lines[k]
    while line.waiting[slot] > 0.0:
        line.norm -= line.norm_loss * line.norm
        line.waiting[slot] -= 1.0
    if line.culprit[slot] >= 0:
        feud = world.feuds[line.culprit[slot]]
        feud.licence = 1.0
        number = write_event(world, LICENCE, world.proxies[feud.proxy].actor, line.owner, line.crossing_event)
        if number >= 0:
            world.journal[number].line = k
