"""Shocks: changes that the scenario dates, or that a policy makes when something has happened, and nobody in the model decides.

A shock sets, multiplies or adds to one number of one row from its day on (an election that bars moderates, a new handler, a ceasefire
that quiets a theatre, an order fixed by decree). On the first day of a future everything dated earlier is applied in order. A policy is
made of the same changes; they may also begin on a day after an outcome first happens, and end: then what was set or
multiplied goes back to what it was, and what was added is taken off.

Assumption: shocks are exogenous; their dates and sizes are the scenario's evidence (coverage rows 8, 53, 65).

Sources: judgement of whoever writes the scenario; each shock names the evidence it rests on.

Prediction: nobody in the model foresees a scheduled change or acts on it before its day.

Stochasticity: dates are certain; an uncertain size has one value in each parameter draw and varies between draws only.
"""

from shadowline.engine.compiled import compiled
from shadowline.parameters import State

SET, MULTIPLY, ADD, PUT_BACK = 0, 1, 2, 3
FIRST_OUTCOME = 1
"""``schedule.after`` is 0 for a dated change, and 1 + the row of an outcome for one that waits for it."""

STATE = (
    State("schedule", "before", "word of memory before the change"),
    State("schedule", "applied", "1 once the change was made", "i8"),
)


@compiled
def apply_shocks(world):
    """Change the numbers whose day has come; return whether any did.

    Reads ``schedule.{day, after, delay, address, how, value}``, writes the word of memory at ``address``.
    """
    changed = False
    for i in range(world.schedule.size):
        if is_due(world, world.schedule[i]):
            changed = _apply(world, world.schedule[i]) or changed
    return changed


@compiled
def is_due(world, shock):
    """Return whether a change is to be made today: on its day, or so many days after an outcome first happened."""
    today = world.clock[0].today
    if shock.after == 0:
        return shock.day == today
    first = world.outcomes[shock.after - FIRST_OUTCOME].first_day
    return first > 0 and today == first + 1 + shock.delay and (shock.last_day == 0 or today <= shock.last_day)


@compiled
def begin_shocks(world):
    """Apply in order everything dated before the first day."""
    for i in range(world.schedule.size):
        if world.schedule[i].after == 0 and world.schedule[i].day < world.clock[0].first_day:
            _apply(world, world.schedule[i])


@compiled
def _apply(world, shock):
    """Set, multiply, add to or put back the word of memory that a shock addresses; return whether it did.

    What ends a change does nothing where the change was never made.
    """
    if shock.opened_by > 0 and world.schedule[shock.opened_by - 1].applied == 0:
        return False
    shock.before = world.memory[shock.address]
    shock.applied = 1
    if shock.how == SET:
        world.memory[shock.address] = shock.value
    elif shock.how == MULTIPLY:
        world.memory[shock.address] *= shock.value
    elif shock.how == ADD:
        world.memory[shock.address] += shock.value
    else:
        world.memory[shock.address] = world.schedule[shock.opened_by - 1].before
    return True
