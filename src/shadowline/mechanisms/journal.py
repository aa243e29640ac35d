"""The journal: every event of a chosen future, with its number and the number of its cause.

Writing it changes no draw and no state, so a future told in full is the same future. A journal of size zero writes nothing.

Assumption: an event has at most one cause. An attack's is drawn by the parts of the front's rate. An answer's is, on rungs that a fresh crossing
makes likelier, that crossing, if it concerns whom the answer strikes; else an attack drawn by what it still weighs in the provocation, or the
line that it crossed. An order's is the latest event that called for a decision; a change of obedience is put down to the order that arrived.

Sources: the branching representation of self-exciting processes, Hawkes & Oakes 1974, Journal of Applied Probability.

Observation: any future can be told event by event, with what happened, what was believed and what brought it about.
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
PROXY = 2
MEMORY = 90


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


@compiled
def told_today(world, front):
    """Return the number of today's latest attack on a front, -1 if none is told."""
    for n in range(min(world.clock[0].events, world.journal.size) - 1, -1, -1):
        event = world.journal[n]
        if event.day < world.clock[0].today:
            return -1
        if event.kind == ATTACK and event.front == front:
            return n
    return -1


@compiled
def crossing_of(world, n):
    """Return the number of the crossing that attack ``n`` was on its day, or ``n`` itself if it crossed no line."""
    if n < 0:
        return n
    day = world.journal[n].day
    for other in range(n + 1, min(world.clock[0].events, world.journal.size)):
        if world.journal[other].day > day:
            break
        if world.journal[other].kind == CROSSING and world.journal[other].cause == n:
            return other
    return n


@compiled
def concerns(world, crossing, target):
    """Return whether a crossing (its number, -1: none) concerns an answer on ``target``: a state, nobody in particular, or the movement that crossed."""
    if crossing < 0:
        return False
    if target < 0 or world.actors[target].kind != PROXY:
        return True
    cause = world.journal[crossing].cause
    if cause < 0 or world.journal[cause].front < 0:
        return True
    movement = world.proxies[world.fronts[world.journal[cause].front].proxy].movement
    return movement == world.proxies[world.actors[target].row].movement


@compiled
def latest_act(world, author, target):
    """Return the number of the latest attack or strike of one actor on another, -1 if none is told."""
    for n in range(min(world.clock[0].events, world.journal.size) - 1, -1, -1):
        event = world.journal[n]
        if (event.kind == STRIKE or event.kind == ATTACK) and event.actor == author and event.target == target:
            return n
    return -1


@compiled
def attack_answered(world, a, target, u):
    """Return the number of the attack that an answer of adversary ``a`` is put down to, -1 if none is told.

    It is drawn with the weights with which attacks add up to provocation, faded by their age; an answer aimed at a proxy (``target``, a row
    of actors) goes back to an attack from that proxy's movement, if there was one.
    """
    found = _draw_answered(world, a, target, u)
    return found if found >= 0 or target < 0 else _draw_answered(world, a, NOBODY, u)


@compiled
def _draw_answered(world, a, target, u):
    """Draw an attack on adversary ``a``, from the movement of ``target`` where it is a proxy."""
    newest = min(world.clock[0].events, world.journal.size) - 1
    oldest = newest
    total = 0.0
    while oldest >= 0 and world.clock[0].today - world.journal[oldest].day <= MEMORY:
        total += _provocation(world, oldest, a, target)
        oldest -= 1
    if total <= 0.0:
        return -1
    goal = u * total
    for n in range(newest, oldest, -1):
        goal -= _provocation(world, n, a, target)
        if goal <= 0.0:
            return n
    return -1


@compiled
def _provocation(world, n, a, target):
    """Return what event ``n`` weighs in the provocation of adversary ``a`` if nothing but time has lessened it; 0 if it is no such attack."""
    event = world.journal[n]
    adversary = world.adversaries[a]
    if (
        event.kind != ATTACK
        or event.target != adversary.actor
        or event.front < 0
        or world.feuds[world.fronts[event.front].feud].is_war == 1
    ):
        return 0.0
    if target >= 0 and world.actors[target].kind == PROXY:
        if world.proxies[world.fronts[event.front].proxy].movement != world.proxies[world.actors[target].row].movement:
            return 0.0
    weight = adversary.provocation_attack + adversary.provocation_wounded * event.wounded
    if event.victims == 0:
        weight += adversary.provocation_soldier * event.killed
    elif event.victims == 1:
        weight += adversary.provocation_contractor * event.killed
    else:
        weight += adversary.provocation_other * event.killed
    return weight * (1.0 - adversary.provocation_decay) ** (world.clock[0].today - event.day)
