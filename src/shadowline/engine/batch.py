"""Many futures: the compiled loop over the futures of one parameter draw, and threads over draws.

Draw d of D holds runs d F … (d + 1) F - 1, where F is the number of futures per draw. Each draw replays the recorded past once; its futures
start from the same morning. Results are written to places fixed by the run's number, so that threads cannot change them.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shadowline.engine.compiled import compiled
from shadowline.engine.day import copy_words, open_future, play_day, play_from_noon, play_prelude, play_until_noon
from shadowline.engine.diary import Diary, blank_diary, note_day
from shadowline.engine.random import address, hashed
from shadowline.engine.tables import make_world
from shadowline.engine.traces import Traces, blank_traces, trace_day
from shadowline.mechanisms.outcomes import WAR
from shadowline.mechanisms.rare import BRANCH, HELD, NATURAL, could_come_today

if TYPE_CHECKING:
    from collections.abc import Callable

    from shadowline.engine.build import Model
    from shadowline.engine.world import World

FIRST_RARE, LAST_RARE, OPEN_WAR = 3, 4, 5
SECOND_PASS = hashed("rare.second-pass")
WORTH_A_PASS = 0.2
"""Mass of rare events from which a future's second pass is always played."""
DAYS_PER_WEEK = 7


@compiled
def matches(world, n, i, rung):
    """Return whether a first rare event on ``rung`` in dyad ``i`` is what outcome ``n`` asks for."""
    outcome = world.outcomes[n]
    dyad = world.dyads[i]
    if outcome.kind == WAR:
        return rung == OPEN_WAR and outcome.dyad == i
    if dyad.adversary != outcome.adversary or rung < outcome.rung or rung > outcome.rung_most:
        return False
    return outcome.target < 0 or outcome.target == world.principals[dyad.principal].actor


@compiled
def _collect_mass(world, a, day, hazard):
    """Add today's masses of adversary ``a`` to ``hazard`` (outcomes, days), spread over the days on which the strike would fall."""
    days = hazard.shape[1]
    for n in range(world.outcomes.size):
        if world.outcomes[n].integrated == 0 or world.outcomes[n].adversary != a:
            continue
        for i in range(world.dyads.size):
            for rung in range(3, OPEN_WAR + 1):
                mass = world.dyads[i].mass_today[rung]
                if mass > 0.0 and matches(world, n, i, rung):
                    if rung == OPEN_WAR:
                        hazard[n, day] += mass
                    else:
                        _spread(hazard, n, day, mass, world.adversaries[a].rare_delay, days)


@compiled
def _spread(hazard, n, day, mass, delay, days):
    """Spread a decision's mass over the days of its execution: one day later plus a geometric delay."""
    more = 1.0 - 1.0 / delay
    fall = day + 1
    while fall < days and mass > 1e-300:
        hazard[n, fall] += mass * (1.0 - more)
        mass *= more
        fall += 1


@compiled
def _clear(hazard, n):
    """Set one outcome's row to zero."""
    for day in range(hazard.shape[1]):
        hazard[n, day] = 0.0


@compiled
def _play_day_watching(world, a, noon, branch):
    """Play a day, keeping in ``branch`` (words,) the noon of the day whose rare event the second pass is to force."""
    play_until_noon(world)
    today = world.clock[0].today
    may_come = could_come_today(world, a)
    if may_come:
        copy_words(world.memory, noon)
    play_from_noon(world)
    if may_come and world.adversaries[a].branch_day == today:
        copy_words(noon, branch)


@compiled
def _play_first(world, a, hazard, noon, branch, weekly, traced, acted):
    """Play a future from its morning to its end, collecting the masses of adversary ``a`` (-1: of nobody), weekly counts and traces."""
    for day in range(hazard.shape[1]):
        _play_and_collect(world, a, day, hazard, noon, branch, weekly, traced, acted)


@compiled
def _play_noting(world, a, hazard, noon, branch, weekly, traced, acted, step, pages, orders, provocation, lines, reached, fronts, obeyed):
    """Do what `_play_first` does, and keep the future's diary."""
    for day in range(hazard.shape[1]):
        _play_and_collect(world, a, day, hazard, noon, branch, weekly, traced, acted)
        note_day(world, pages, orders, provocation, lines, reached, fronts, obeyed, day // step)


@compiled
def _play_and_collect(world, a, day, hazard, noon, branch, weekly, traced, acted):
    """Play one day, adding to the masses of adversary ``a``, to the weekly counts and to traces, where there is room for them."""
    if a >= 0:
        _play_day_watching(world, a, noon, branch)
        _collect_mass(world, a, day, hazard)
    else:
        play_day(world)
    for n in range(world.outcomes.size):
        weekly[n, day // DAYS_PER_WEEK] += world.outcomes[n].today
    if traced.size > 0:
        trace_day(world, traced, acted, day)


@compiled
def _play_branch(world, a, hazard, branch):
    """Force the rare event that the first pass drew, play on with war held off, and add what follows to ``hazard``.

    Futures in which rare events have little mass are played in proportion to it, with so much more weight: that saves most of this pass.
    """
    adversary = world.adversaries[a]
    mass, today, rung, dyad, threshold = (
        adversary.rare_mass,
        adversary.branch_day,
        adversary.branch_rung,
        adversary.branch_dyad,
        adversary.branch_threshold,
    )
    if mass <= 0.0 or rung == OPEN_WAR or not _has_sequel(world, a):
        return
    if address(world.clock[0].key, SECOND_PASS, adversary.id, 0, 0) * WORTH_A_PASS >= mass:
        return
    weight = max(mass, WORTH_A_PASS)
    copy_words(branch, world.memory)
    now = world.clock[0]
    now.mode = BRANCH
    now.watched = a
    now.branch_day = today
    now.branch_rung = rung
    now.branch_dyad = dyad
    now.branch_threshold = threshold
    adversary.no_war = 1.0
    play_from_noon(world)
    _collect_branch(world, a, weight, 1.0, dyad, rung, hazard)
    while now.today - now.start_day < hazard.shape[1]:
        peace = adversary.no_war
        play_day(world)
        _collect_branch(world, a, weight, peace, dyad, rung, hazard)


@compiled
def _has_sequel(world, a):
    """Return whether what follows a first rare event can bring about an outcome that the event itself is not."""
    patrons = 0
    for p in range(world.principals.size):
        patrons += world.principals[p].is_patron
    for n in range(world.outcomes.size):
        outcome = world.outcomes[n]
        if outcome.integrated == 1 and outcome.adversary == a:
            any_strike = outcome.kind != WAR and outcome.rung <= FIRST_RARE and outcome.rung_most >= LAST_RARE
            if not any_strike or (outcome.target >= 0 and patrons > 1):
                return True
    return False


@compiled
def _collect_branch(world, a, weight, peace, dyad, rung, hazard):
    """Add what happened on the day just played of a forced future; ``peace`` is the chance that war had not come before it."""
    yesterday = world.clock[0].today - 1
    day = yesterday - world.clock[0].start_day
    for n in range(world.outcomes.size):
        outcome = world.outcomes[n]
        if outcome.integrated == 0 or outcome.adversary != a:
            continue
        if outcome.kind == WAR:
            hazard[n, day] += weight * world.dyads[outcome.dyad].war_today
        elif outcome.first_day == yesterday and not matches(world, n, dyad, rung):
            hazard[n, day] += weight * peace


@compiled
def play_draw(
    world, start, seed, draw, first_run, first_day, total, at_risk, chance, hazard_sum, weekly, margin_state,
    traced, acted, step, pages, orders, provocation, lines, reached, fronts, obeyed,
):  # fmt: skip
    """Play the prelude of one parameter draw and all its futures.

    Parameters
    ----------
    world : World
        Scratch world of this thread.
    start : (words,) array
        Memory at the start of the prelude, parameters filled in.
    seed, draw, first_run : unsigned 64-bit
        Address of the draws.
    first_day : (runs, outcomes) array of int
        Filled with days from day 0 to the first happening, -1 for never.
    total, at_risk : (runs, outcomes) array
        Filled with counts and the days on which they could be made.
    chance : (runs, outcomes) array
        Filled with the integrated chance of rare outcomes, and 0 or 1 for the others. One future's integrated value is a term of a mean
        and may exceed 1.
    hazard_sum : (outcomes, days) array
        Summed over runs: expected first happenings by day.
    weekly : (runs, outcomes, weeks) array
        Filled with counts by week.
    margin_state : (words,) array
        Filled with the memory on the morning of day 0.
    traced, acted
        The futures' traces (see `shadowline.engine.traces`), of the natural pass.
    step, pages, orders, provocation, lines, reached, fronts, obeyed
        The futures' diary (see `shadowline.engine.diary`), filled along the natural pass; ``step`` 0 keeps none.
    """
    play_prelude(world, start, seed, draw)
    copy_words(world.memory, margin_state)
    morning = start if world.clock[0].first_day == world.clock[0].start_day else margin_state
    runs, outcomes = first_day.shape
    days = hazard_sum.shape[1]
    hazard = np.zeros((outcomes, days))
    noon, branch = np.zeros(world.memory.size), np.zeros(world.memory.size)
    unused = np.zeros((outcomes, weekly.shape[2]), np.uint32)
    no_days, no_actors = np.zeros(0, np.uint32), np.zeros(0, np.uint64)
    last_traced = traced.shape[0] - 1
    first = first_watched(world)
    for r in range(runs):
        run = first_run + np.uint64(r)
        for n in range(outcomes):
            _clear(hazard, n)
        open_future(world, morning, seed, run, NATURAL, -1)
        if step == 0:
            _play_first(world, first, hazard, noon, branch, weekly[r], traced[min(r, last_traced)], acted[min(r, last_traced)])
        else:
            _play_noting(
                world, first, hazard, noon, branch, weekly[r], traced[min(r, last_traced)], acted[min(r, last_traced)],
                step, pages[r], orders[r], provocation[r], lines[r], reached[r], fronts[r], obeyed[r],
            )  # fmt: skip
        _keep_natural(world, first_day[r], total[r], at_risk[r])
        for a in range(world.adversaries.size):
            if world.adversaries[a].watched == 1:
                if a != first or world.adversaries[a].rare_came == 1:
                    _clear_outcomes(world, a, hazard)
                    open_future(world, morning, seed, run, HELD, a)
                    _play_first(world, a, hazard, noon, branch, unused, no_days, no_actors)
                _play_branch(world, a, hazard, branch)
        for n in range(outcomes):
            if world.outcomes[n].integrated == 1:
                whole = 0.0
                for d in range(days):
                    whole += hazard[n, d]
                    hazard_sum[n, d] += hazard[n, d]
                chance[r, n] = whole
            else:
                chance[r, n] = 1.0 if first_day[r, n] >= 0 else 0.0
                if first_day[r, n] >= 0:
                    hazard_sum[n, first_day[r, n]] += 1.0


@compiled
def first_watched(world):
    """Return the first adversary whose rare events are integrated, -1 if there is none."""
    for a in range(world.adversaries.size):
        if world.adversaries[a].watched == 1:
            return a
    return -1


@compiled
def _clear_outcomes(world, a, hazard):
    """Forget what the natural pass collected of adversary ``a``."""
    for n in range(world.outcomes.size):
        if world.outcomes[n].adversary == a:
            _clear(hazard, n)


@compiled
def _keep_natural(world, first_day, total, at_risk):
    """Copy the natural results of a future to their places."""
    start = world.clock[0].start_day
    for n in range(world.outcomes.size):
        outcome = world.outcomes[n]
        first_day[n] = outcome.first_day - start if outcome.first_day > 0 else -1
        total[n] = outcome.total
        at_risk[n] = outcome.days_at_risk


@dataclass(frozen=True)
class Batch:
    """Raw results of all futures; row r belongs to run r, drawn with parameter draw ``r // futures``.

    Shapes: ``first_day`` (runs, outcomes) in days from day 0, -1 never; ``total``, ``at_risk``, ``chance`` (runs, outcomes);
    ``hazard`` (draws, outcomes, days): summed over a draw's futures; ``weekly`` (runs, outcomes, weeks); ``mornings`` (draws, words);
    ``diary`` and ``traces`` are blank where none were asked for.
    """

    first_day: np.ndarray
    total: np.ndarray
    at_risk: np.ndarray
    chance: np.ndarray
    hazard: np.ndarray
    weekly: np.ndarray
    mornings: np.ndarray
    diary: Diary
    traces: Traces
    futures: int
    seed: int

    def followed_by(self, more: Batch) -> Batch:
        """Return these futures followed by those of further parameter draws; without a diary."""
        joined = {
            name: np.concatenate([getattr(self, name), getattr(more, name)])
            for name in ("first_day", "total", "at_risk", "chance", "hazard", "weekly", "mornings")
        }
        traces = Traces(np.concatenate([self.traces.days, more.traces.days]), np.concatenate([self.traces.actors, more.traces.actors]))
        return Batch(**joined, diary=self.diary, traces=traces, futures=self.futures, seed=self.seed)


def _room(model: Model, futures: int, seed: int, step: int, *, traced: bool) -> Batch:
    """Make room for the results."""
    draws, outcomes, days, words = model.draws, model.layout.rows["outcomes"], model.days, model.layout.words
    runs = draws * futures
    return Batch(
        np.full((runs, outcomes), -1, np.int16),
        np.zeros((runs, outcomes)),
        np.zeros((runs, outcomes), np.int16),
        np.zeros((runs, outcomes)),
        np.zeros((draws, outcomes, days)),
        np.zeros((runs, outcomes, math.ceil(days / DAYS_PER_WEEK)), np.uint32),
        np.zeros((draws, words)),
        blank_diary(model.layout.rows, runs, days, step),
        blank_traces(runs, days, model.layout.rows["actors"], wanted=traced and runs > 0),
        futures,
        seed,
    )


def scratch(model: Model, journal_rows: int = 0) -> World:
    """Return a world of its own for one thread."""
    return make_world(model.layout, model.around, journal_rows=journal_rows)


def play(
    model: Model,
    *,
    futures: int,
    seed: int,
    threads: int,
    step: int = 0,
    traced: bool = False,
    first: int = 0,
    done: Callable[[int], None] | None = None,
) -> Batch:
    """Play all futures of all parameter draws.

    Parameters
    ----------
    model : Model
        Tables filled with parameter draws.
    futures : int
        Futures per draw.
    seed : int
        Seed, 0 … 2**64 - 1.
    threads : int
        Threads; they change nothing but the time.
    step : int
        Days to a page of the diary; 0 keeps none.
    traced : bool
        Keep traces, by which matched futures are compared.
    first : int
        Number of the model's first parameter draw, where the draws before it were played already.
    done : callable, optional
        Told after each draw how many futures were added.

    Returns
    -------
    Batch
    """
    batch = _room(model, futures, seed, step, traced=traced)
    shares = np.array_split(np.arange(model.draws), min(model.draws, threads * 8))
    stop: list[bool] = []

    def work(share: np.ndarray) -> None:
        world = scratch(model)
        for d in share:
            if stop:
                return
            _play_one(model, world, batch, int(d), first)
            if done is not None:
                done(futures)

    with ThreadPoolExecutor(threads) as pool:
        jobs = [pool.submit(work, share) for share in shares]
        try:
            for job in jobs:
                job.result()
        except BaseException:
            stop.append(True)
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return batch


def _play_one(model: Model, world: World, batch: Batch, d: int, first: int) -> None:
    """Play one parameter draw into its places of the batch; the draws' numbers begin with ``first``."""
    runs = slice(d * batch.futures, (d + 1) * batch.futures)
    diary, traces = batch.diary, batch.traces
    traced = runs if traces.days.size else slice(0, 1)
    world.put("past_attacks", model.past_attacks[d])
    play_draw(
        world,
        model.starts[d],
        np.uint64(batch.seed),
        np.uint64(first + d),
        np.uint64((first + d) * batch.futures),
        batch.first_day[runs],
        batch.total[runs],
        batch.at_risk[runs],
        batch.chance[runs],
        batch.hazard[d],
        batch.weekly[runs],
        batch.mornings[d],
        traces.days[traced],
        traces.actors[traced],
        diary.step,
        diary.pages[runs],
        diary.orders[runs],
        diary.provocation[runs],
        diary.lines[runs],
        diary.reached[runs],
        diary.fronts[runs],
        diary.obeyed[runs],
    )
