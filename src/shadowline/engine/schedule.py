"""The schedule: everything that a scenario dates (steps of context, orders fixed by decree, handlers, shocks), as plans of one shape."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shadowline.engine.levers import FACTIONS_CHOOSE, Planned, plan_stage
from shadowline.engine.tables import the_catalogue
from shadowline.errors import Code, InputError
from shadowline.mechanisms.shocks import ADD, SET
from shadowline.scenario.shocks import read_shock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from shadowline.engine.rows import Names


def plan_schedule(names: Names) -> list[Planned]:
    """Return all dated changes in the order of their days."""
    plans = [*_context(names), *_orders(names), *_handlers(names), *_shocks(names)]
    return sorted(plans, key=lambda plan: plan.day)


def _context(names: Names) -> Iterator[Planned]:
    """Yield the steps of context: the log of the multiplier is added on its day, and taken off after its last."""
    for row, key in enumerate(names.theatres):
        for n, step in enumerate(names.document.theatres[key].context):
            start: date = step.on or step.from_
            number = step.times.resting_on(step.because, step.known_on)
            path = f"theatres.{key}.context.{n}.times"
            yield Planned(start.toordinal(), "theatres", row, "step", ADD, path, number, log=True)
            if step.to is not None:
                yield Planned(step.to.toordinal() + 1, "theatres", row, "step", ADD, path, number, log=True, sign=-1.0)


def _orders(names: Names) -> Iterator[Planned]:
    """Yield fixed and scheduled orders; ``factions`` hands the choice back. A fixed order holds from day 0 on, not in the recorded past."""
    has_past = names.document.prelude is not None
    since = names.document.as_of.toordinal() + 1 if has_past else 1
    for key in names.principals:
        order = names.document.actors[key].order
        if order is None:
            continue
        for n, adversary in enumerate(names.adversaries):
            row = names.dyad(key, adversary)
            if order.fixed is not None:
                yield Planned(since, "dyads", row, "order_set", SET, f"actors.{key}.order.fixed", order.fixed)
            for m, step in enumerate(order.schedule):
                if step.toward in {None, names.adversaries[n]}:
                    number = FACTIONS_CHOOSE if step.order == "factions" else step.order
                    path = f"actors.{key}.order.schedule.{m}.order"
                    yield Planned(step.from_.toordinal(), "dyads", row, "order_set", SET, path, number)


def _handlers(names: Names) -> Iterator[Planned]:
    """Yield past handlers: each is in office until his last day, the present one from the day after."""
    for row, key in enumerate(names.principals):
        actor = names.document.actors[key]
        since = 1
        for n, past in enumerate(sorted(actor.past_handlers, key=lambda past: past.until)):
            for part in ("charisma", "ties", "language"):
                path = f"actors.{key}.past_handlers.{n}.{part}"
                yield Planned(since, "principals", row, f"handler_{part}", SET, path, getattr(past, part))
            since = (past.until + timedelta(days=1)).toordinal()
        if actor.past_handlers:
            for part in ("charisma", "ties", "language"):
                number = actor.number(f"handler.{part}")
                if number is not None:
                    yield Planned(since, "principals", row, f"handler_{part}", SET, f"actors.{key}.handler.{part}", number)


def _shocks(names: Names) -> Iterator[Planned]:
    """Yield declared shocks: change sets, times multiplies, plus adds."""
    for key in names.document.shocks:
        yield from plan_stage(names, read_shock(names.document, the_catalogue(), key), no_rules)


def no_rules(actor: str, name: str, word: str) -> tuple[int, int]:
    """Refuse to move a doctrine where no rules stand ready for it."""
    raise InputError(Code.INCONSISTENT, f'"{name}" of "{actor}" cannot be moved by a shock', found=word, expected="a policy")
