"""Outcomes: the scenario's questions, resolved day by day.

Each outcome watches one kind of thing: attacks on a set of fronts (counted, or absent for so many days), a line crossed, a rung used by
an actor against another, open war in a dyad, or a ruler's death. The first day on which it happened is kept, or the count. Levels (an order,
a hold, blame) are summed over days, to be averaged over those on which there was one.

Assumption: a day is the smallest unit in which a question is resolved.

Sources: judgement of whoever asks; the scenario declares each question with its rule.

Observation: every question is resolved on each day of each future, with the day on which it first came true.
"""

from shadowline.engine.compiled import compiled
from shadowline.parameters import State

COUNT_ATTACKS, PAUSE, LINE, STRIKE, WAR, DEATH, COUNT_LINES, COUNT_STRIKES, ORDERS_CHANGED, ORDER, HOLD, BLAME = range(12)
ALL, ACKNOWLEDGED, CLAIMED = 0, 1, 2

STATE = (
    State("outcomes", "first_day", "day on which it first happened since day 0 (0: never)", "i8"),
    State("outcomes", "total", "count since day 0"),
    State("outcomes", "today", "count or happening of today"),
    State("outcomes", "streak", "days without attack so far, those before day 0 included"),
    State("outcomes", "days_at_risk", "days on which it could have been counted"),
)


@compiled
def watch_outcomes(world):
    """Resolve every outcome for today; writes ``outcomes.*`` (days, counts)."""
    replaying = world.clock[0].replaying == 1
    for n in range(world.outcomes.size):
        outcome = world.outcomes[n]
        if outcome.kind == COUNT_ATTACKS or outcome.kind == PAUSE:
            _watch_attacks(world, n, outcome, replaying)
        elif outcome.kind >= ORDERS_CHANGED:
            _watch_levels(world, n, outcome, replaying)
        elif not replaying:
            outcome.today = _happening(world, outcome)
            outcome.total += outcome.today
            if outcome.today > 0.0 and outcome.first_day == 0:
                outcome.first_day = world.clock[0].today


@compiled
def _watch_attacks(world, n, outcome, replaying):
    """Count attacks on the outcome's fronts, or the days since the last one."""
    count = 0.0
    at_risk = False
    for f in range(world.fronts.size):
        if world.watches[n, f] == 1:
            front = world.fronts[f]
            if outcome.counted == ACKNOWLEDGED:
                count += front.acknowledged
            elif outcome.counted == CLAIMED:
                count += front.claims
            else:
                count += front.attacks
            if world.feuds[front.feud].over == 0:
                at_risk = True
    if outcome.counted == CLAIMED:
        for j in range(world.targets.size):
            if world.watches[n, world.fronts.size + j] == 1:
                count += world.targets[j].claims
    outcome.streak = 0.0 if count > 0.0 else outcome.streak + 1.0
    if replaying:
        return
    outcome.today = count
    outcome.total += count
    if at_risk:
        outcome.days_at_risk += 1.0
    if outcome.kind == PAUSE and at_risk and outcome.streak >= outcome.days and outcome.first_day == 0:
        outcome.first_day = world.clock[0].today


@compiled
def _watch_levels(world, n, outcome, replaying):
    """Add today's order, hold or blame, or count a change of orders; ``streak`` keeps the order of yesterday."""
    level = _level(world, n, outcome)
    begins = outcome.days_at_risk == 0.0 and world.clock[0].first_day == world.clock[0].start_day
    changed = 1.0 if level != outcome.streak and not begins else 0.0
    outcome.streak = level
    if replaying:
        return
    outcome.today = changed if outcome.kind == ORDERS_CHANGED else level
    outcome.total += outcome.today
    outcome.days_at_risk += 1.0


@compiled
def _level(world, n, outcome):
    """Return the order in force, the mean hold over the reins that the outcome watches, or the blame, today."""
    if outcome.kind == BLAME:
        return world.dyads[outcome.dyad].blame
    if outcome.kind != HOLD:
        return world.dyads[outcome.dyad].order
    total, count = 0.0, 0
    first = world.fronts.size + world.targets.size
    for r in range(world.reins.size):
        if world.watches[n, first + r] == 1:
            total += world.reins[r].control
            count += 1
    return total / max(1, count)


@compiled
def _happening(world, outcome):
    """Return how often the outcome happened today."""
    today = world.clock[0].today
    if outcome.kind == LINE:
        return 1.0 if world.lines[outcome.line].crossed_on == today else 0.0
    if outcome.kind == COUNT_LINES:
        crossed = 0.0
        for k in range(world.lines.size):
            if world.lines[k].crossed_on == today and (outcome.actor < 0 or world.lines[k].owner == outcome.actor):
                crossed += 1.0
        return crossed
    if outcome.kind == WAR:
        return 1.0 if world.dyads[outcome.dyad].war_day == today else 0.0
    if outcome.kind == DEATH:
        principal = world.principals[outcome.principal]
        died = 1.0 if principal.leader_deaths > outcome.streak else 0.0
        outcome.streak = float(principal.leader_deaths)
        return died
    return _strikes_today(world, outcome, today)


@compiled
def _strikes_today(world, outcome, today):
    """Return 1 if the outcome's actor struck its target (or anybody) on the rung asked for, or higher, today."""
    for other in range(world.actors.size):
        if outcome.target >= 0 and other != outcome.target:
            continue
        exchange = world.exchanges[outcome.actor * world.actors.size + other]
        if exchange.last_day == today and exchange.last_rung >= outcome.rung and exchange.last_rung <= outcome.rung_most:
            return 1.0
    return 0.0
