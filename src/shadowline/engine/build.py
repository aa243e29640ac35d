"""From words to numbers: a validated scenario and the record become tables, filled for every parameter draw.

Words end here. What comes out is a `Model`: memory at the start of the prelude for each draw, the recorded past to be replayed, and the
names that turn numbers back into words.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import special

from shadowline.engine.levers import Planned, plan_stage
from shadowline.engine.links import RuleRow, doctrine_rows, lever_rules, link, surroundings
from shadowline.engine.numbers import Draws, Slot
from shadowline.engine.past import no_past, read_past
from shadowline.engine.rows import Names
from shadowline.engine.schedule import plan_schedule
from shadowline.engine.tables import MOST_INCIDENTS, TABLES, Layout, Surroundings, make_world, the_catalogue
from shadowline.errors import Code, InputError
from shadowline.mechanisms.rare import GRID
from shadowline.mechanisms.shocks import ADD, MULTIPLY, SET
from shadowline.scenario.numbers import Number, default_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from shadowline.engine.world import World
    from shadowline.parameters import Parameter
    from shadowline.record.load import Record
    from shadowline.scenario.levers import Stage
    from shadowline.scenario.load import Scenario

SINGULAR = {"adversaries": "adversary", "principals": "principal", "proxies": "proxy", "bodies": "body"}
DAYS_PER_YEAR = 365.25
SUCCESSORS = 16
COUNTED = {"official count", "reference data", "peer-reviewed study"}


NEVER = 10**7
"""The day of a row of the schedule that nobody uses."""


@dataclass(frozen=True)
class Model:
    """A scenario in numbers.

    Attributes
    ----------
    names : Names
        Rows by id.
    layout : Layout
        Where every number lies.
    around : Surroundings
        What is the same in all futures.
    starts : (draws, words) array
        Memory at the start of the prelude.
    past_attacks : (draws, prelude days, fronts) array of int
        Attacks to be replayed; -1 where the record says nothing.
    days : int
        Days of a future.
    slots : list of Slot
        Every number of the model, with its path.
    values : Draws
        Values of every number by path.
    """

    names: Names
    layout: Layout
    around: Surroundings
    starts: np.ndarray
    past_attacks: np.ndarray
    days: int
    slots: list[Slot]
    values: Draws

    @property
    def draws(self) -> int:
        """Number of parameter draws."""
        return len(self.starts)


@dataclass(frozen=True)
class Ground:
    """A scenario in numbers with room for levers: what all arms of a comparison share.

    Attributes
    ----------
    bare : Model
        The scenario as it is.
    plans : mapping of int to list of Planned
        The changes of every stage that there is room for, by the stage's identity.
    scheduled : int
        Rows of the schedule that the scenario itself takes.
    """

    bare: Model
    plans: Mapping[int, list[Planned]] = field(default_factory=dict)
    scheduled: int = 0

    def arm(self, stages: Sequence[Stage]) -> Model:
        """Return the model in which these stages are played; each must be one that there is room for."""
        if not stages:
            return self.bare
        model, starts = self.bare, self.bare.starts.copy()
        planned = [plan for stage in stages for plan in self.plans[id(stage)]]
        _write_schedule(model.layout, starts, planned, model.values, self.scheduled)
        first = [plan for plan in planned if plan.at_start]
        for plan in first:
            _write_at_start(model.layout, starts, plan, model.values)
        if first:
            _fill_grids(model.names, model.layout, starts)
        return replace(model, starts=starts)

    def moves(self, stages: Sequence[Stage], mornings: np.ndarray, given: int = 0) -> bool:
        """Return whether any change of an arm's stages, after the first ``given``, makes a difference while futures are played.

        ``mornings`` (some draws, words) is the memory on the morning of day 0. Raises OUT_OF_RANGE where a number is multiplied or raised
        beyond what it can be.
        """
        memory, end = mornings.copy(), int(self.bare.layout.view(mornings[0], "clock")[0].start_day) + self.bare.days
        found = False
        for n, stage in enumerate(stages):
            for plan in self.plans[id(stage)]:
                if plan.ends or (plan.day >= end and not plan.after):
                    continue
                word = self.bare.layout.address(plan.table, plan.row, plan.column, plan.place)
                before = memory[:, word].copy()
                memory[:, word] = _changed(plan, before, self.bare.values.drawn(plan.path, plan.number)[: len(before)])
                _refuse_excess(plan, memory[:, word])
                found = found or (n >= given and not np.array_equal(before.view(np.int64), memory[:, word].copy().view(np.int64)))
        return found


def build(
    scenario: Scenario,
    record: Record | None,
    *,
    draws: int,
    seed: int,
    horizon: int | None = None,
    start: date | None = None,
    stages: Sequence[Stage] = (),
) -> Model:
    """Compile a scenario, with the stages of a policy if there is one.

    See `build_ground`.
    """
    return build_ground(scenario, record, [stages], draws=draws, seed=seed, horizon=horizon, start=start).arm(stages)


def build_ground(
    scenario: Scenario,
    record: Record | None,
    arms: Sequence[Sequence[Stage]],
    *,
    draws: int,
    seed: int,
    horizon: int | None = None,
    start: date | None = None,
) -> Ground:
    """Compile a scenario with room for the levers of several arms.

    Parameters
    ----------
    scenario : Scenario
        Validated words.
    record : Record, optional
        The record that its prelude replays.
    arms : sequence of sequences of Stage
        What each arm moves.
    draws : int
        Parameter draws.
    seed : int
        Seed of the parameter draws.
    horizon : int, optional
        Days to play, instead of the scenario's.
    start : date, optional
        Day 0, without prelude and without what is known of the as-of date: for prior predictive checks over recorded periods.
    """
    document = scenario.document
    names = Names(document)
    rules = doctrine_rows(names)
    spells, chances = _spells(names)
    planned = plan_schedule(names)
    shelf = _Shelf(names, len(rules))
    plans = {id(stage): plan_stage(names, stage, shelf.find) for stages in arms for stage in stages}
    room = max((sum(len(plans[id(stage)]) for stage in stages) for stages in arms), default=0)
    past = read_past(document, names, record) if start is None else no_past(0, len(names.fronts))
    rows = names.rows() | {
        "rules": len(rules) + len(shelf.rows), "spells": len(spells), "schedule": len(planned) + room, "incidents": MOST_INCIDENTS,
    }  # fmt: skip
    layout = Layout({table: rows[table] for table in TABLES})
    could, would, watches = surroundings(names)
    around = Surroundings(could, would, watches, past.harm, past.strikes)
    world = make_world(layout, around)
    link(world, names, rules, shelf.rows, spells)
    world.schedule.day = NEVER
    _set_clock(world, document, past.days, start)
    _set_ages(world, names)
    starts = np.repeat(world.memory[None], draws, axis=0)
    slots = _slots(names, layout, drawn=document.unstated == "drawn", chances=chances)
    values = Draws(draws, seed)
    values.fill(starts, [slot for slot in slots if not getattr(slot.number, "is_solved", False)])
    _solve(names, layout, starts, values)
    _fill_grids(names, layout, starts)
    _write_schedule(layout, starts, planned, values)
    weights = _usual_tempo(names, layout, starts)
    days = int(horizon if horizon is not None else document.horizon)
    return Ground(Model(names, layout, around, starts, past.attacks(weights, seed), days, slots, values), plans, len(planned))


class _Shelf:
    """Rules that stand ready for levers that move a doctrine: each doctrine of an actor once."""

    def __init__(self, names: Names, first: int) -> None:
        self.names, self.first = names, first
        self.rows: list[RuleRow] = []
        self.places: dict[tuple[str, str, str], tuple[int, int]] = {}

    def find(self, actor: str, name: str, word: str) -> tuple[int, int]:
        """Return the first and the last row (exclusive) of the rules that an actor's word stands for."""
        key = (actor, name, word)
        if key not in self.places:
            start = self.first + len(self.rows)
            self.rows += lever_rules(self.names, *key)
            end = self.first + len(self.rows)
            self.places[key] = (start, end) if end > start else (0, 0)
        return self.places[key]


def _usual_tempo(names: Names, layout: Layout, starts: np.ndarray) -> np.ndarray:
    """Return capability times quiet rate by draw and front: how recorded totals are shared out."""
    tempo = np.zeros((len(starts), len(names.fronts)))
    for f, front in enumerate(names.fronts):
        capability = layout.address("proxies", names.proxies.index(front.proxy), "capability")
        tempo[:, f] = starts[:, layout.address("fronts", f, "quiet_rate")] * starts[:, capability]
    return tempo


def _set_clock(world: World, document: Any, prelude_days: int, start: date | None) -> None:
    clock = world.clock[0]
    clock.start_day = document.as_of.toordinal() + 1 if start is None else start.toordinal()
    if start is not None:
        world.adversaries.decided_on = 0
    clock.first_day = clock.start_day - prelude_days
    clock.today = clock.first_day
    clock.watched = -1


def _set_ages(world: Any, names: Names) -> None:
    for n, key in enumerate(names.principals):
        leader = names.document.actors[key].leader
        if leader is not None:
            world.principals[n].leader_age = (world.clock[0].first_day - leader.born.toordinal()) / DAYS_PER_YEAR


def _spells(names: Names) -> tuple[list[tuple[int, int, int, int]], list[tuple[str, Number]]]:
    """Return the rows of declared spells and their chances; a spell toward nobody still ends what was before."""
    rows, chances = [], []
    for n, spell in enumerate(names.document.spells):
        feud = names.feuds.index((spell.proxy, spell.toward))
        for first, (principal, share) in enumerate(spell.obeys.items()):
            rows.append((spell.on.toordinal(), feud, names.principals.index(principal), int(first == 0)))
            chances.append((f"spells.{n}.obeys.{principal}", share.resting_on(spell.because, spell.known_on)))
    return rows, chances


def _owners(names: Names) -> dict[str, list[tuple[str, Any]]]:
    """Return, for every table with parameters, the path and the words of each row (None: only defaults apply)."""
    document = names.document
    dyads = {(dyad.patron, dyad.adversary): dyad for dyad in document.dyads}
    return {
        "principals": [(f"actors.{key}", document.actors[key]) for key in names.principals],
        "adversaries": [(f"actors.{key}", document.actors[key]) for key in names.adversaries],
        "proxies": [(f"actors.{key}", document.actors[key]) for key in names.proxies],
        "factions": [(f"actors.{p}.factions.{key}", document.actors[p].factions[key]) for p, key in names.factions],
        "ties": [(f"ties.{tie.from_}>{tie.to}", tie) for tie in document.ties],
        "bodies": [(f"bodies.{key}", document.bodies[key]) for key in names.bodies],
        "targets": [(f"targets.{key}", document.targets[key]) for key in names.targets],
        "fronts": [(f"fronts.{front.proxy}>{front.target}", front) for front in names.fronts],
        "theatres": [(f"theatres.{key}", document.theatres[key]) for key in names.theatres],
        "lines": [(f"lines.{key}", document.lines[key]) for key in names.lines],
        "dyads": [(f"dyads.{p}>{a}", dyads.get((p, a))) for p, a in names.dyads],
        "model": [("defaults.model", None)],
    }


def _slots(names: Names, layout: Layout, *, drawn: bool, chances: list[tuple[str, Number]]) -> list[Slot]:
    """Return every number of the model with its path and address."""
    slots: list[Slot] = []
    for table, owners in _owners(names).items():
        for parameter in the_catalogue().of(table):
            for row, (path, words) in enumerate(owners):
                address = layout.address(table, row, parameter.column, max(parameter.rung, 0))
                slots.append(_slot(names, parameter, path, words, address, drawn=drawn))
    slots.extend(_wishes(names, layout, drawn=drawn))
    slots.extend(_claims(names, layout))
    for row, (path, share) in enumerate(chances):
        address, meaning = layout.address("spells", row, "chance"), "chance of obeying in a declared spell"
        slots.append(Slot(path, address, share, rests_on_judgement(names, share), stated=True, meaning=meaning))
    return slots


def rests_on_judgement(names: Names, number: Number, parameter: Parameter | None = None) -> bool:
    """Return whether a stated number is judgement: no evidence is named, or none that can carry the number.

    Experts' and our own judgement carry none. Where the model itself has no outside number (the parameter's source says judgement) a press
    report does not either: it shows that the thing exists, not how large it is. Where it says that there are no data, nothing does.
    """
    if parameter is not None and parameter.source.startswith("judgement: "):
        return True
    carries = COUNTED if parameter is not None and parameter.is_judgement else {*COUNTED, "press report"}
    return not any(names.document.evidence[entry].strength in carries for entry in number.because)


def _slot(names: Names, parameter: Parameter, path: str, words: Any, address: int, *, drawn: bool) -> Slot:
    """Return one number: the row's own, the scenario's default, or the model's."""
    number = words.number(parameter.name) if words is not None else None
    if number is not None:
        judgement = rests_on_judgement(names, number, parameter)
        return Slot(f"{path}.{parameter.name}", address, number, judgement, stated=True, meaning=parameter.meaning)
    return _default_slot(names, parameter, address, drawn=drawn)


def _default_slot(names: Names, parameter: Parameter, address: int, *, drawn: bool) -> Slot:
    kind = SINGULAR.get(parameter.of, parameter.of.removesuffix("s"))
    path = f"defaults.{kind}.{parameter.name}"
    defaults = names.document.defaults
    stated = getattr(defaults, kind, None) if defaults is not None else None
    number = stated.number(parameter.name) if stated is not None else None
    if number is not None:
        return Slot(path, address, number, rests_on_judgement(names, number, parameter), stated=True, meaning=parameter.meaning)
    return Slot(path, address, default_number(parameter, drawn=drawn), parameter.is_judgement, stated=False, meaning=parameter.meaning)


def _parameter(table: str, name: str) -> Parameter:
    found = the_catalogue().get(table, name)
    if found is None:
        message = f"no mechanism declares {table}.{name}"
        raise KeyError(message)
    return found


def _wishes(names: Names, layout: Layout, *, drawn: bool) -> list[Slot]:
    """Return the ideals of every faction toward every adversary."""
    parameter = _parameter("wishes", "wants")
    slots = []
    for f, (principal, key) in enumerate(names.factions):
        faction = names.document.actors[principal].factions[key]
        for a, adversary in enumerate(names.adversaries):
            address = layout.address("wishes", f * len(names.adversaries) + a, "wants")
            path = f"actors.{principal}.factions.{key}.wants"
            wants = faction.wants
            if isinstance(wants, dict):
                path, wants = f"{path}.{adversary}", wants.get(adversary)
            if wants is None:
                slots.append(_default_slot(names, parameter, address, drawn=drawn))
            else:
                number = wants.resting_on(faction.because, faction.known_on)
                judgement = rests_on_judgement(names, number, parameter)
                slots.append(Slot(path, address, number, judgement, stated=True, meaning=parameter.meaning))
    return slots


def _claims(names: Names, layout: Layout) -> list[Slot]:
    """Return the shares of attacks that members claim under a body's name."""
    parameter = _parameter("memberships", "claims_under_its_name")
    slots = []
    for row, (key, member) in enumerate(names.memberships):
        body = names.document.bodies[key]
        share = body.claims_under_its_name
        path = f"bodies.{key}.claims_under_its_name"
        if isinstance(share, dict):
            path, share = f"{path}.{member}", share.get(member)
        address = layout.address("memberships", row, parameter.column)
        if share is None:
            number, stated = Number("value", {"value": 0.0}), False
        else:
            number, stated = share.resting_on(body.because, body.known_on), True
        slots.append(Slot(path, address, number, stated and rests_on_judgement(names, number), stated=stated, meaning=parameter.meaning))
    return slots


def _solve(names: Names, layout: Layout, starts: np.ndarray, values: Draws) -> None:
    """Solve what depends on other numbers: totals to be met, rivals of a movement, and a tie's own constant."""
    for row, front in enumerate(names.fronts):
        number = front.number("quiet_rate")
        if number is not None and number.is_solved:
            path = f"fronts.{front.proxy}>{front.target}.quiet_rate"
            branching = starts[:, layout.address("fronts", row, "branching")]
            gate = number.parts["gate"]
            kept = np.clip(1.0 - gate * branching, 0.05, None) / gate
            starts[:, layout.address("fronts", row, "quiet_rate")] = values.of(path, number) * kept
    for row, proxy in enumerate(names.proxies):
        movement = names.movement_of.get(proxy)
        rivals: Any = 1.0
        if movement is not None:
            key, shares = movement
            drawn = np.array([values.of(f"movements.{key}.{name}", share) for name, share in shares.items()])
            rivals = 1.0 / np.sum((drawn / drawn.sum(axis=0)) ** 2, axis=0)
        starts[:, layout.address("proxies", row, "rivals")] = rivals
    _solve_ties(names, layout, starts, values)


def _solve_ties(names: Names, layout: Layout, starts: np.ndarray, values: Draws) -> None:
    """Solve the own constant of every tie whose control at the start is declared: it then has that chance, the others as they are."""
    for row, tie in enumerate(names.document.ties):
        if tie.control is None:
            continue
        wanted = np.clip(values.of(f"ties.{tie.from_}>{tie.to}.control", tie.control), 0.001, 0.97)
        others = np.zeros(len(starts))
        for other in names.ties_of[tie.to]:
            if other != row and names.document.ties[other].control is None:
                others += np.exp(_plain_index(names, layout, starts, other))
            elif other != row:
                share = values.of(f"ties.{names.document.ties[other].from_}>{tie.to}.control", names.document.ties[other].control)
                others += share / np.clip(1.0 - share - wanted, 0.01, None)
        index = np.log(wanted / (1.0 - wanted)) + np.log1p(others)
        starts[:, layout.address("ties", row, "own")] = index - _plain_index(names, layout, starts, row)


def _plain_index(names: Names, layout: Layout, starts: np.ndarray, row: int) -> np.ndarray:
    """Return a tie's control index at the start (draws,), without licence, bodies or a vacancy."""
    tie = names.document.ties[row]
    p, i = names.principals.index(tie.from_), names.proxies.index(tie.to)

    def at(table: str, number: int, column: str) -> np.ndarray:
        return np.asarray(starts[:, layout.address(table, number, column)])

    handler = (at("principals", p, "handler_charisma") + at("principals", p, "handler_ties") + at("principals", p, "handler_language")) / 3
    return np.asarray(
        at("model", 0, "control_constant")
        + at("model", 0, "control_handler") * handler
        + at("model", 0, "control_funding") * at("ties", row, "pays") * np.exp(-at("principals", p, "stress"))
        + at("model", 0, "control_alignment") * at("ties", row, "alignment")
        - at("model", 0, "control_zeal") * at("proxies", i, "zeal")
        - at("model", 0, "control_fragmentation") * np.log(at("proxies", i, "rivals"))
        - at("model", 0, "control_dependence") * at("principals", p, "dependence")
    )


def beta_grid(mean: np.ndarray, spread: np.ndarray, places: int) -> np.ndarray:
    """Return quantiles (draws, places) of beta distributions at the middles of equal shares."""
    widest = np.sqrt(mean * (1 - mean)) * 0.99
    size = mean * (1 - mean) / np.minimum(spread, widest) ** 2 - 1
    u = (np.arange(places) + 0.5) / places
    return np.asarray(special.betaincinv((mean * size)[:, None], ((1 - mean) * size)[:, None], u[None]))


def _fill_grids(names: Names, layout: Layout, starts: np.ndarray) -> None:
    """Write the quantiles of what is drawn once per future: the blame needed, and a successor handler's quality."""
    for table, rows, stem, column, places in (
        ("adversaries", len(names.adversaries), "blame_needed", "blame_grid", GRID),
        ("principals", len(names.principals), "handler_successor", "successor_grid", SUCCESSORS),
    ):
        for row in range(rows):
            mean = starts[:, layout.address(table, row, f"{stem}_mean")]
            spread = starts[:, layout.address(table, row, f"{stem}_spread")]
            first = layout.address(table, row, column)
            starts[:, first : first + places] = beta_grid(mean, spread, places)


def _write_at_start(layout: Layout, starts: np.ndarray, plan: Planned, values: Draws) -> None:
    """Set, multiply or raise a number that is used before the first day only."""
    address = layout.address(plan.table, plan.row, plan.column, plan.place)
    drawn = values.drawn(plan.path, plan.number)
    before = starts[:, address]
    starts[:, address] = drawn if plan.how == SET else before * drawn if plan.how == MULTIPLY else before + drawn


def _write_schedule(layout: Layout, starts: np.ndarray, planned: list[Planned], values: Draws, first: int = 0) -> None:
    """Write dated changes from row ``first`` on: day, address, how, and a value for every draw.

    What ends a change stands before all that begin one, so that on a day on which both are due the end comes first.
    """
    openers = [n - plan.ends for n, plan in enumerate(planned)]
    order = sorted((n for n, plan in enumerate(planned) if not plan.at_start), key=lambda n: not planned[n].ends)
    rows = {n: first + place for place, n in enumerate(order)}
    for n, row in rows.items():
        plan = planned[n]
        address = layout.address(plan.table, plan.row, plan.column, plan.place)
        starts[:, layout.address("schedule", row, "value")] = _written(plan, values.drawn(plan.path, plan.number))
        opened_by = rows[openers[n]] + 1 if plan.ends else 0
        for column, whole in (
            ("day", plan.day), ("address", address), ("how", plan.how), ("after", plan.after), ("delay", plan.delay),
            ("last_day", plan.last_day), ("opened_by", opened_by),
        ):  # fmt: skip
            starts[:, layout.address("schedule", row, column)] = np.array([whole], np.int64).view(np.float64)[0]


def _changed(plan: Planned, before: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Return what a change makes of a word of memory (draws,)."""
    value = _written(plan, drawn)
    return np.asarray(value if plan.how == SET else before * value if plan.how == MULTIPLY else before + value)


def _refuse_excess(plan: Planned, after: np.ndarray) -> None:
    """Refuse to multiply or raise a number beyond the limits within which it has a meaning."""
    if plan.how != SET and not np.all((after >= plan.floor) & (after <= plan.ceiling)):
        worst = float(after.max() if after.max() > plan.ceiling else after.min())
        message = f'"{plan.path}" takes a number where it has no meaning'
        raise InputError(Code.OUT_OF_RANGE, message, found=f"{worst:.6g}", expected=f"{plan.floor:g} to {plan.ceiling:g}")


def _written(plan: Planned, drawn: np.ndarray) -> np.ndarray:
    """Return the word that a change writes, multiplies by or adds; what ends one undoes it."""
    if plan.log:
        return np.asarray(plan.sign * np.log(drawn))
    if plan.whole:
        return np.asarray(drawn.astype(np.int64).view(np.float64))
    return np.asarray(plan.sign * drawn if plan.how == ADD else drawn)
