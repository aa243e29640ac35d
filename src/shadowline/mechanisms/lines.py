"""Red lines: which events count as crossings, tested whenever an event happens, on what its audience perceives.

A line belongs to one actor and names a kind of event (an attack or a strike), optionally its author, its target, a territory, a class of
victims with a least number killed within a window of days, whether anything has to get through, or a least rung. A crossing alarms its
owner: an adversary's hawks rise, patrons and hosts reconsider their orders, answers on higher rungs become likelier for three weeks.

Assumption: lines are tacit norms that work through what the owner sees, not through what happened.

Sources: Carson 2016, IO; Fearon 1994, APSR; strengths and sizes are judgement.

Basic principles: rivals hold a conflict below open war by limits that both know and neither has signed.

Sensing: what gets through is tested on the group that the owner suspects, which may not be the group that did it.

Interaction: a crossing ties the actors together: it stirs the owner's hawks, reopens bargaining over orders and makes higher rungs
likelier.

Coverage rows 2-5, 22, 26-28.
"""

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, uniform
from shadowline.mechanisms.journal import CROSSING, told_today, write_event
from shadowline.parameters import Parameter, State, per_rung

ON_ATTACK, ON_STRIKE = 0, 1
ANY = -1
MOST_WINDOW = 30
WAITING_DAYS = 15

# fmt: off
PARAMETERS = (
    Parameter("lines", "strength", 0.8, 0.5, 0.95, "share", "strength of the norm at the start", "judgement", 0, 1),
    Parameter("lines", "crossing.hawks", 0.0, 0.0, 0.5, "share", "rise of hawk pressure (as a share of what is left) at a crossing", "judgement", 0, 1),
    *per_rung(
        "lines",
        "crossing.makes_likelier",
        {1: (1.0, 1.0, 1.0), 2: (1.0, 1.0, 1.0), 3: (1.0, 1.0, 1.0), 4: (1.0, 1.0, 1.0)},
        "number",
        "multiplier at full norm strength on the odds of the rung after a crossing",
        floor=0.001,
        ceiling=10000,
    ),
)
# fmt: on
STATE = (
    State("lines", "norm", "strength of the norm today, 0..1"),
    State("lines", "norm_at_start", "strength of the norm at the start"),
    State("lines", "crossed_on", "day of the latest crossing", "i8"),
    State("lines", "crossings", "crossings since day 0", "i8"),
    State("lines", "crossed_first", "day of the first crossing since day 0 (0: none)", "i8"),
    State("lines", "toll", "ring of the killed that count, by day", length=MOST_WINDOW + 1),
    State("lines", "waiting", "ring of crossings that wait for an answer, by day", length=WAITING_DAYS),
    State("lines", "culprit", "ring of the feuds held responsible, by day", kind="i8", length=WAITING_DAYS),
    State("lines", "crossing_event", "number of the latest crossing in the journal", "i8"),
    State("adversaries", "crossed_on", "day on which any of its lines was last crossed", "i8"),
    State("adversaries", "crossing_event", "number of that crossing in the journal", "i8"),
    State("adversaries", "hawk_rise", "rise of hawk pressure due at the end of the day, as a share of what is left"),
)
LONG_AGO = -100000
WHICH = hashed("lines.which")


@compiled
def begin_lines(world):
    """Start with declared strengths and no crossing in memory."""
    for k in range(world.lines.size):
        line = world.lines[k]
        line.norm = line.strength
        line.norm_at_start = line.strength
        line.crossed_on = LONG_AGO
        for slot in range(WAITING_DAYS):
            line.culprit[slot] = -1
    for a in range(world.adversaries.size):
        world.adversaries[a].crossed_on = LONG_AGO
        world.adversaries[a].worst_killed_on = LONG_AGO
        world.adversaries[a].crossing_event = -1


@compiled
def cross(world, k, feud, actor, cause):
    """Record a crossing of line ``k`` by ``actor`` (held responsible: ``feud``, -1 if no proxy) and alarm its owner."""
    now = world.clock[0]
    line = world.lines[k]
    line.crossed_on = now.today
    slot = now.today % WAITING_DAYS
    line.waiting[slot] += 1.0
    line.culprit[slot] = feud
    if now.replaying == 0:
        line.crossings += 1
        if line.crossed_first == 0:
            line.crossed_first = now.today
    line.crossing_event = write_event(world, CROSSING, actor, line.owner, cause)
    if line.crossing_event >= 0:
        world.journal[line.crossing_event].line = k
    if line.owner_adversary >= 0:
        adversary = world.adversaries[line.owner_adversary]
        adversary.crossed_on = now.today
        adversary.crossing_event = line.crossing_event
        adversary.hawk_rise = 1.0 - (1.0 - adversary.hawk_rise) * (1.0 - line.crossing_hawks)
    _call_for_decisions(world, line)


@compiled
def _call_for_decisions(world, line):
    """Make every principal that deals with the line's owner (or the owner itself) reconsider its orders tomorrow."""
    for i in range(world.dyads.size):
        dyad = world.dyads[i]
        if dyad.adversary == line.owner_adversary or dyad.principal == line.owner_principal:
            dyad.reconsider = 1
            dyad.reconsider_cause = line.crossing_event


@compiled
def _toll_reached(line, killed, today):
    """Add to the line's toll and return whether its minimum is reached within the window."""
    size = MOST_WINDOW + 1
    line.toll[today % size] += killed
    total = 0.0
    for age in range(int(line.window)):
        total += line.toll[(today - age) % size]
    if total < line.minimum:
        return False
    for slot in range(size):
        line.toll[slot] = 0.0
    return True


@compiled
def test_incidents(world):
    """Test the day's attacks against every line; attribution has already said whom the owner suspects."""
    today = world.clock[0].today
    for k in range(world.lines.size):
        line = world.lines[k]
        line.toll[today % (MOST_WINDOW + 1)] = 0.0
        line.waiting[today % WAITING_DAYS] = 0.0
        if line.event != ON_ATTACK:
            continue
        if line.needs_hit == 0 and line.minimum <= 0.0:
            _test_any_attack(world, k)
            continue
        for n in range(world.clock[0].incidents):
            _test_incident(world, k, world.incidents[n])


@compiled
def _test_any_attack(world, k):
    """Cross a line that any attack crosses, at most once a day; one of the day's attacks, drawn, stands for all."""
    total = 0
    for f in range(world.fronts.size):
        if _counts(world, k, f):
            total += world.fronts[f].attacks
    if total == 0:
        return
    goal = total * uniform(world, WHICH, world.lines[k].id, 0)
    for f in range(world.fronts.size):
        front = world.fronts[f]
        if _counts(world, k, f):
            goal -= front.attacks
            if goal <= 0.0:
                actor = world.proxies[front.proxy].actor
                cross(world, k, front.feud, actor, told_today(world, f))
                return


@compiled
def _counts(world, k, f):
    """Return whether attacks on front ``f`` cross line ``k``, which any attack crosses."""
    front = world.fronts[f]
    line = world.lines[k]
    if world.could_cross[k, f] == 0 or world.feuds[front.feud].is_war == 1:
        return False
    return line.actor == ANY or line.actor == world.proxies[front.proxy].actor


@compiled
def _test_incident(world, k, incident):
    """Cross line ``k`` if an attack that got through meets all that it names."""
    line = world.lines[k]
    front = world.fronts[incident.front]
    if world.could_cross[k, incident.front] == 0 or world.feuds[front.feud].is_war == 1:
        return
    suspect = world.proxies[world.feuds[incident.culprit].proxy].actor
    if line.actor != ANY and suspect != line.actor:
        return
    if line.minimum > 0.0:
        if incident.killed == 0 or (line.victims != ANY and incident.victims != line.victims):
            return
        if not _toll_reached(line, incident.killed, world.clock[0].today):
            return
    cross(world, k, incident.culprit, suspect, incident.event)


@compiled
def test_strike(world, actor, target, rung, territory, cause):
    """Test a strike by ``actor`` on ``target`` (rows of actors; target -1: nobody in particular) against every line."""
    for k in range(world.lines.size):
        line = world.lines[k]
        if line.event == ON_STRIKE and strike_matches(line, actor, target, rung, territory):
            cross(world, k, -1, actor, cause)


@compiled
def strike_matches(line, actor, target, rung, territory):
    """Return whether a strike meets what a line names."""
    return (
        (line.actor == ANY or line.actor == actor)
        and (line.target == ANY or line.target == target)
        and (line.territory == ANY or line.territory == territory)
        and rung >= line.rung
    )
