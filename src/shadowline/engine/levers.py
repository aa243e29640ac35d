"""Levers in numbers: what a stage of a shock, a policy or a claim does to which word of memory, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from shadowline.engine.tables import the_catalogue
from shadowline.mechanisms import attribution
from shadowline.mechanisms.shocks import ADD, FIRST_OUTCOME, MULTIPLY, PUT_BACK, SET
from shadowline.scenario.levers import FACTIONS, ONLY_AT_THE_START
from shadowline.scenario.numbers import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shadowline.engine.rows import Names
    from shadowline.scenario.levers import Lever, Stage

    Rules = Callable[[str, str, str], tuple[int, int]]
    """First and last row of the rules of an actor for a word of its answers."""

HOWS: Final = {"change": SET, "times": MULTIPLY, "plus": ADD}
FACTIONS_CHOOSE: Final = Number("value", {"value": -1.0})
WHEN_IT_HAPPENS: Final = 10**7
"""The day of a change that waits for an outcome: none."""


@dataclass(frozen=True)
class Planned:
    """One change of one word of one row.

    ``log`` adds ``sign`` times the logarithm instead of the number; a ``whole`` word holds an integer. It is made on ``day``, or ``delay``
    days after the day after the outcome in row ``after`` - 1 first happened, but not later than ``last_day`` (0: whenever). ``ends`` is how
    many places earlier the change stands that this one ends (0: it ends none). ``at_start`` writes it before the first day. The number has
    no meaning below ``floor`` and above ``ceiling``.
    """

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
    whole: bool = False
    after: int = 0
    delay: int = 0
    last_day: int = 0
    ends: int = 0
    at_start: bool = False
    floor: float = float("-inf")
    ceiling: float = float("inf")


def plan_stage(names: Names, stage: Stage, rules: Rules) -> list[Planned]:
    """Return the changes of a stage, each followed by the one that ends it, if it is for a time.

    Parameters
    ----------
    names : Names
        Rows by id.
    stage : Stage
        Levers and their days.
    rules : callable
        Finds the rules of a doctrine that a lever names.
    """
    begins = names.document.as_of.toordinal() + 1 if stage.start is None else stage.start.toordinal()
    after = FIRST_OUTCOME + names.outcomes.index(stage.after) if stage.after is not None else 0
    last = stage.last.toordinal() if stage.last is not None else 0
    plans: list[Planned] = []
    for lever in stage.levers:
        for plan in _plan(names, lever, f"{stage.label}.{lever.way}.{lever.path}", begins, rules):
            opened = replace(plan, day=WHEN_IT_HAPPENS, after=after, last_day=last) if after else plan
            plans.append(opened)
            if last or stage.days is not None:
                plans.append(_end(opened, begins, last, stage.days))
    return plans


def _end(plan: Planned, begins: int, last: int, days: int | None) -> Planned:
    """Return what ends a change: on the day after its last, or after so many days."""
    how = ADD if plan.how == ADD else PUT_BACK
    ended = replace(plan, how=how, sign=-plan.sign, ends=1, last_day=0)
    if last:
        return replace(ended, day=last + 1, after=0)
    if plan.after:
        return replace(ended, delay=plan.delay + (days or 0))
    return replace(ended, day=begins + (days or 0))


def _plan(names: Names, lever: Lever, path: str, day: int, rules: Rules) -> Iterator[Planned]:
    """Yield the changes of one lever."""
    if lever.is_word:
        yield from _plan_word(names, lever, path, day, rules)
        return
    parameter = the_catalogue().get(lever.table, lever.name)
    assert parameter is not None, "read before"  # noqa: S101 - for the type checker
    assert isinstance(lever.value, Number), "numbers take numbers"  # noqa: S101 - for the type checker
    at_start = (lever.table, lever.name) in ONLY_AT_THE_START
    row, how, place = row_of(names, lever.table, lever.row), HOWS[lever.way], max(parameter.rung, 0)
    yield Planned(
        day,
        lever.table,
        row,
        parameter.column,
        how,
        path,
        lever.value,
        place,
        at_start=at_start,
        floor=parameter.floor,
        ceiling=parameter.ceiling,
    )


def _plan_word(names: Names, lever: Lever, path: str, day: int, rules: Rules) -> Iterator[Planned]:
    """Yield the changes of a lever that is no number of the catalogue."""
    row = row_of(names, lever.table, lever.row)
    how, value = HOWS[lever.way], lever.value
    if lever.name == "order":
        number = FACTIONS_CHOOSE if value == FACTIONS else _number(value)
        yield Planned(day, "dyads", row, "order_set", how, path, number)
    elif lever.name == "context":
        yield Planned(day, "theatres", row, "step", ADD, path, _number(value), log=True)
    elif lever.name == "rivals":
        for proxy in names.document.movements[lever.row]:
            yield Planned(day, "proxies", names.proxies.index(proxy), "rivals", how, path, _number(value))
    elif lever.name in {"strength", "killed"}:
        yield Planned(day, "lines", row, "norm" if lever.name == "strength" else "minimum", how, path, _number(value))
    else:
        for column, whole in _switches(names, lever, day, rules):
            table, at = (lever.table, row) if column not in {"first_rule", "last_rule"} else ("actors", names.actor(lever.row))
            yield Planned(day, table, at, column, SET, f"{path}.{column}", Number("value", {"value": float(whole)}), whole=True)


def _switches(names: Names, lever: Lever, day: int, rules: Rules) -> Iterator[tuple[str, int]]:
    """Yield the whole numbers that a word stands for, with their columns."""
    if lever.name == "stance":
        for column, word in (("denies", "deny"), ("praises", "praise"), ("acknowledges", "acknowledge")):
            yield column, int(word in lever.value)  # type: ignore[operator]
    elif lever.name == "looks_for":
        yield "level", attribution.LEVELS.index(str(lever.value))
    elif lever.name == "answers.decided":
        rung = 0 if lever.value == "nothing" else names.rung(str(lever.value))
        yield "decided_on", day if rung else 0
        yield "decided_rung", rung
    else:
        first, last = rules(lever.row, lever.name, str(lever.value))
        yield "first_rule", first
        yield "last_rule", last


def _number(value: object) -> Number:
    assert isinstance(value, Number), "read as a number"  # noqa: S101 - for the type checker
    return value


def row_of(names: Names, table: str, row: str) -> int:
    """Return the row number of a lever's row."""
    parts = tuple(row.split())
    if table == "model":
        return 0
    if table == "wishes":
        return names.factions.index((parts[0], parts[1])) * len(names.adversaries) + names.adversaries.index(parts[2])
    if table == "movements":
        return list(names.document.movements).index(row)
    rows: dict[str, list[object]] = {
        "factions": list(names.factions),
        "memberships": list(names.memberships),
        "dyads": [f"{principal}>{adversary}" for principal, adversary in names.dyads],
        "ties": [f"{tie.from_}>{tie.to}" for tie in names.document.ties],
        "fronts": [f"{front.proxy}>{front.target}" for front in names.fronts],
    }
    key: object = parts if table in {"factions", "memberships"} else row
    return (rows[table] if table in rows else list(getattr(names, table))).index(key)
