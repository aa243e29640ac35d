"""Shocks: dated changes that the scenario declares and nobody in the model decides.

A shock sets, multiplies or adds to one number of one row from its day on (an election that bars moderates, a new handler, a ceasefire
that quiets a theatre, an order fixed by decree). On the first day of a future everything dated earlier is applied in order.

Assumption: shocks are exogenous; their dates and sizes are the scenario's evidence (coverage rows 8, 53, 65).

Sources: judgement of whoever writes the scenario; each shock names the evidence it rests on.

Prediction: nobody in the model foresees a scheduled change or acts on it before its day.

Stochasticity: dates are certain; an uncertain size has one value in each parameter draw and varies between draws only.
"""

from shadowline.engine.compiled import compiled

SET, MULTIPLY, ADD = 0, 1, 2


@compiled
def apply_shocks(world):
    """Change the numbers whose day has come; return whether any did.

    Reads ``schedule.{day, address, how, value}``, writes the word of memory at ``address``.
    """
    changed = False
    for i in range(world.schedule.size):
        if world.schedule[i].day == world.clock[0].today:
            _apply(world, world.schedule[i])
            changed = True
    return changed


@compiled
def begin_shocks(world):
    """Apply in order everything dated before the first day."""
    for i in range(world.schedule.size):
        if world.schedule[i].day < world.clock[0].first_day:
            _apply(world, world.schedule[i])


@compiled
def _apply(world, shock):
    """Set, multiply or add to the word of memory that a shock addresses."""
    if shock.how == SET:
        world.memory[shock.address] = shock.value
    elif shock.how == MULTIPLY:
        world.memory[shock.address] *= shock.value
    else:
        world.memory[shock.address] += shock.value
