"""The journal: every event of a chosen future, with its number and the number of its cause.

Writing it changes no draw and no state, so a future told in full is the same future. A journal of size zero writes nothing.
"""

from shadowline.engine.compiled import compiled

ATTACK, STRIKE, CROSSING, ORDER, OBEDIENCE, LEADER_DEATH, HANDLER_REMOVED, GROUP_LEADER_REMOVED, WAR, DECISION, LICENCE, SUCCESSION = range(
    12
)
KINDS = (
    "attack",
    "strike",
    "line-crossed",
    "order",
    "obedience",
    "leader-death",
    "handler-removed",
    "group-leader-removed",
    "open-war",
    "answer-decided",
    "licence",
    "succession",
)
NOBODY = -1
OWN_FRONT, OTHER_PROXIES = 0, 1


@compiled
def write_event(world, kind, actor, target, cause):
    """Open a new row and return its number, or -1 if this future is not told.

    ``actor`` and ``target`` are rows of ``actors`` (-1: nobody); ``cause`` is an earlier number (-1: none).
    """
    now = world.clock[0]
    number = now.events
    if world.journal.size == 0:
        return -1
    now.events += 1
    if number >= world.journal.size:
        return -1
    event = world.journal[number]
    event.id = number
    event.day = now.today
    event.kind = kind
    event.actor = actor
    event.target = target
    event.cause = cause
    event.front = NOBODY
    event.line = NOBODY
    event.territory = NOBODY
    event.rung = 0
    event.victims = NOBODY
    event.killed = 0
    event.wounded = 0
    event.hits = 0
    event.label = NOBODY
    event.culprit = NOBODY
    event.blame = -1.0
    event.authority = NOBODY
    event.ordered = NOBODY
    event.value = 0.0
    return number


@compiled
def earlier_attack(world, front, whose, fading, u):
    """Return the number of an earlier attack, drawn with weights that fade by ``fading`` a day.

    ``whose`` says whether the attack comes from ``front`` itself or from another proxy's front on the same target.
    """
    today = world.clock[0].today
    newest = min(world.clock[0].events, world.journal.size) - 1
    total = 0.0
    for n in range(newest, -1, -1):
        total += _weight(world, n, front, whose, fading, today)
        if today - world.journal[n].day > 90:
            break
    goal = u * total
    if total <= 0.0:
        return -1
    for n in range(newest, -1, -1):
        goal -= _weight(world, n, front, whose, fading, today)
        if goal <= 0.0:
            return n
    return -1


@compiled
def _weight(world, n, front, whose, fading, today):
    """Return the weight of event ``n`` as a cause of an attack on ``front`` today."""
    event = world.journal[n]
    if event.kind != ATTACK or event.day >= today or event.front < 0:
        return 0.0
    if whose == OTHER_PROXIES:
        other = world.fronts[event.front]
        own = world.fronts[front]
        if other.target != own.target or other.proxy == own.proxy:
            return 0.0
    elif event.front != front:
        return 0.0
    return fading ** (today - event.day - 1)
