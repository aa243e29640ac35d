"""The schedule: everything that a scenario dates (steps of context, orders fixed by decree, handlers, shocks), as plans of one shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shadowline.engine.tables import the_catalogue
from shadowline.errors import Code, InputError, Where, nearest_name
from shadowline.mechanisms.shocks import ADD, MULTIPLY, SET
from shadowline.scenario.numbers import Number, dimension_of, read_number
from shadowline.units import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from shadowline.engine.rows import Names

ONLY_AT_THE_START = {
    ("lines", "strength"),
    ("adversaries", "blame_needed.mean"),
    ("adversaries", "blame_needed.spread"),
    ("principals", "handler.successor_mean"),
    ("principals", "handler.successor_spread"),
}
"""Numbers that become a state, or a table of quantiles, before the first day."""
FACTIONS_CHOOSE = Number("value", {"value": -1.0})
ROLE_TABLE = {"adversary": "adversaries", "patron": "principals", "host": "principals", "proxy": "proxies"}


@dataclass(frozen=True)
class Planned:
    """One dated change of one number of one row; ``log`` adds ``sign`` times the logarithm instead of the number."""

    day: int
    table: str
    row: int
    column: str
    how: int
    path: str
    number: Number
    place: int = 0
    log: bool = False
    sign: float = 1.0


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
    for key, shock in names.document.shocks.items():
        for word, how in (("change", SET), ("times", MULTIPLY), ("plus", ADD)):
            for path, raw in getattr(shock, word).items():
                field = f"shocks.{key}.{word}.{path}"
                try:
                    yield _shock(names, shock, path, raw, how, field)
                except InputError as error:
                    raise error.at(Where(field=field)) from None


def _shock(names: Names, shock: Any, path: str, raw: Any, how: int, field: str) -> Planned:
    table, row, name = find_path(names, path)
    day = shock.on.toordinal()
    if name == "order":
        number = FACTIONS_CHOOSE if raw == "factions" else read_number(raw, Dimension.COUNT, 0, 1.5)
        return Planned(day, "dyads", row, "order_set", how, field, number.resting_on(shock.because, shock.known_on))
    parameter = the_catalogue().get(table, name)
    if parameter is None:
        choices = [parameter.name for parameter in the_catalogue().of(table)]
        raise InputError(Code.UNKNOWN_PATH, f'no number is called "{name}"', nearest=nearest_name(name, choices))
    if (table, name) in ONLY_AT_THE_START:
        raise InputError(Code.INCONSISTENT, f'"{name}" is used only at the start; a shock cannot change it')
    dimension = Dimension.COUNT if how == MULTIPLY else dimension_of(parameter)
    number = read_number(
        raw, dimension if how != ADD else _signed(dimension), *(() if how != SET else (parameter.floor, parameter.ceiling))
    )
    number = number.resting_on(shock.because, shock.known_on)
    return Planned(day, table, row, parameter.column, how, field, number, max(parameter.rung, 0))


def _signed(dimension: Dimension) -> Dimension:
    """Return the dimension of a change of a number, which may be negative."""
    return Dimension.GROWTH if dimension in {Dimension.RATE, Dimension.GROWTH} else Dimension.PLAIN


def find_path(names: Names, path: str) -> tuple[str, int, str]:
    """Return table, row and parameter of a dotted path such as ``actors.iran.factions.pragmatists.weight``.

    ``actors.iran.order.united-states`` is the order toward one adversary (named ``order`` in the answer).
    """
    head, _, rest = path.partition(".")
    key, _, name = rest.partition(".")
    if head == "actors" and key in names.document.actors:
        return _find_actor(names, key, name)
    keyed = {
        "targets": names.targets,
        "theatres": names.theatres,
        "bodies": names.bodies,
        "lines": names.lines,
        "ties": [f"{tie.from_}>{tie.to}" for tie in names.document.ties],
        "fronts": [f"{front.proxy}>{front.target}" for front in names.fronts],
        "dyads": [f"{principal}>{adversary}" for principal, adversary in names.dyads],
    }
    if head == "model":
        return "model", 0, rest
    if head not in keyed and head != "actors":
        raise InputError(Code.UNKNOWN_PATH, f'no table is called "{head}"', nearest=nearest_name(head, (*keyed, "actors", "model")))
    choices = keyed.get(head, names.actors)
    if key not in choices:
        raise InputError(Code.UNKNOWN_PATH, f'nothing in {head} is called "{key}"', nearest=nearest_name(key, choices))
    return head, choices.index(key), name


def _find_actor(names: Names, key: str, name: str) -> tuple[str, int, str]:
    table = ROLE_TABLE[names.document.actors[key].role]
    if table == "principals" and name.startswith("factions."):
        _, faction, rest = name.split(".", 2)
        if (key, faction) not in names.factions:
            choices = list(names.document.actors[key].factions)
            raise InputError(Code.UNKNOWN_PATH, f'no faction is called "{faction}"', nearest=nearest_name(faction, choices))
        row = names.factions.index((key, faction))
        return "factions", row, rest
    if table == "principals" and name.startswith("order."):
        adversary = name.removeprefix("order.")
        if adversary in names.adversaries:
            return "dyads", names.dyad(key, adversary), "order"
    own = {"principals": names.principals, "adversaries": names.adversaries, "proxies": names.proxies}[table]
    return table, own.index(key), name
