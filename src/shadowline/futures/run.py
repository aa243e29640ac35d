"""Play a scenario: from its words and the record to answers, in one call."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numba
import numpy as np

from shadowline.engine.batch import DAYS_PER_WEEK, play, scratch
from shadowline.engine.build import Model, build_ground
from shadowline.engine.compiled import cache_folder
from shadowline.engine.margin import branching_matrix
from shadowline.engine.tables import the_catalogue
from shadowline.errors import Code, InputError
from shadowline.futures.results import Results
from shadowline.record.load import load_record
from shadowline.scenario.experiments import policy_stages
from shadowline.scenario.load import Scenario, load_scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from shadowline.engine.build import Ground
    from shadowline.scenario.levers import Stage

MOST_RUNS = 10_000_000
USUAL_DRAWS = 500
FUTURES_PER_DRAW = 20
LARGEST_SEED = 2**63 - 1
LONGEST_HORIZON = 3653
FEW_DRAWS = 20
EXPERIMENTS = ("policies", "claims", "measures", "minds")


@dataclass(frozen=True)
class Plan:
    """How many futures, of how many parameter draws, from which seed, over how many days, on how many threads."""

    runs: int = 10_000
    draws: int | None = None
    seed: int = 1
    horizon: int | None = None
    threads: int | None = None

    @property
    def split(self) -> tuple[int, int]:
        """Draws and futures per draw; the runs are rounded up to a whole number of futures."""
        draws = self.draws if self.draws is not None else max(1, min(USUAL_DRAWS, self.runs // FUTURES_PER_DRAW or self.runs))
        draws = min(draws, self.runs)
        return draws, -(-self.runs // draws)

    @property
    def workers(self) -> int:
        """Threads to use."""
        return self.threads if self.threads is not None else os.cpu_count() or 1

    def check(self) -> None:
        """Refuse what cannot be played."""
        _within("--runs", self.runs, 1, MOST_RUNS)
        _within("--seed", self.seed, 0, LARGEST_SEED)
        if self.draws is not None:
            _within("--draws", self.draws, 1, MOST_RUNS)
        if self.horizon is not None:
            _within("--horizon", self.horizon, 1, LONGEST_HORIZON, " days")
        if self.threads is not None:
            _within("--threads", self.threads, 1, 1024)


def _within(name: str, value: int, low: int, high: int, unit: str = "") -> None:
    if not low <= value <= high:
        raise InputError(Code.BAD_OPTION, f"{name} is out of range", found=f"{value:,}{unit}", expected=f"{low:,} to {high:,}{unit}")


def needs_compiling() -> bool:
    """Return whether the day has still to be compiled for these sources; never where compiling is switched off."""
    return not numba.config.DISABLE_JIT and not any(cache_folder().rglob("*play_draw*.nbi"))


def simulate(  # noqa: PLR0913 - what to play, how, and whom to tell
    scenario: str | Path | Scenario,
    plan: Plan | None = None,
    *,
    runs: int | None = None,
    draws: int | None = None,
    seed: int | None = None,
    horizon: int | None = None,
    threads: int | None = None,
    changes: Mapping[str, object] | None = None,
    as_of: date | None = None,
    policy: str | None = None,
    diary: bool = False,
    done: Callable[[int], None] | None = None,
    compiling: Callable[[], None] | None = None,
) -> Results:
    """Play a scenario.

    Parameters
    ----------
    scenario : str, Path or Scenario
        A shipped scenario's name, a file, or a loaded scenario.
    plan : Plan, optional
        How much to play; by default 10,000 futures of 500 parameter draws.
    runs, draws, seed, horizon, threads : int, optional
        The plan's parts one by one, in its place or over it; the horizon in days.
    changes : mapping of str to value, optional
        Values by path, such as ``{"actors.iran.order.fixed": 0}``; they must change something.
    as_of : date, optional
        Another as-of date.
    policy : str, optional
        One of the scenario's policies, or several joined by ``+``.
    diary : bool
        Keep what every actor did, week by week, as the briefing needs it (a tenth more time, about 60 bytes a run, week and actor).
    done, compiling : callable, optional
        Told how many futures were added; told that compilation begins.

    Raises
    ------
    InputError, InputErrors
        If the scenario or the plan cannot be used.
    """
    plan = checked(plan or Plan(), runs=runs, draws=draws, seed=seed, horizon=horizon, threads=threads)
    loaded = loaded_scenario(scenario, changes, as_of)
    stages = policy_stages(loaded.document, the_catalogue(), policy) if policy is not None else ()
    ground = grounded(loaded, plan, [stages])
    model = ground.arm(stages)
    refuse_idle_changes(loaded, plan)
    compile_seconds = make_ready(model, compiling)
    if stages:
        refuse_idle(ground, stages, str(policy))
    begun = time.perf_counter()
    batch = play(model, futures=plan.split[1], seed=plan.seed, threads=plan.workers, step=DAYS_PER_WEEK if diary else 0, done=done)
    return Results(loaded, model, batch, plan, time.perf_counter() - begun, compile_seconds, policy)


def checked(plan: Plan, **parts: int | None) -> Plan:
    """Return a plan with those of its parts that are given laid over it, refused if it cannot be played."""
    whole = replace(plan, **{name: value for name, value in parts.items() if value is not None})
    whole.check()
    return whole


def loaded_scenario(
    scenario: str | Path | Scenario,
    changes: Mapping[str, object] | None = None,
    as_of: date | None = None,
    files: Sequence[Path] = (),
) -> Scenario:
    """Return a loaded scenario; one that is loaded already takes no further changes and no further policies.

    Raises
    ------
    InputError
        BAD_OPTION if it is asked to; what is wrong with the file, the changes or the policies.
    """
    if not isinstance(scenario, Scenario):
        texts = {path: str(value) for path, value in (changes or {}).items()}
        return load_scenario(scenario, the_catalogue(), changes=texts, as_of=as_of, more=files)
    if changes or files or as_of is not None:
        raise InputError(Code.BAD_OPTION, "a loaded scenario takes no changes", expected="changes and as_of given to Scenario.load")
    return scenario


def make_ready(model: Model, compiling: Callable[[], None] | None = None) -> float:
    """Compile the day if that has still to be done, after telling somebody; return the seconds it took."""
    if not needs_compiling():
        return 0.0
    if compiling is not None:
        compiling()
    return _compiled(model)


def grounded(scenario: Scenario, plan: Plan, arms: Sequence[Sequence[Stage]] = (), draws: int | None = None) -> Ground:
    """Return a scenario in numbers, with room for the levers of several arms."""
    prelude = scenario.document.prelude
    record = load_record(prelude.record) if prelude is not None else None
    return build_ground(scenario, record, arms, draws=draws or plan.split[0], seed=plan.seed, horizon=plan.horizon)


def refuse_idle(ground: Ground, stages: Sequence[Stage], policy: str, given: int = 0) -> None:
    """Refuse levers (after the first ``given`` stages) that leave every word of memory as it is, or move one beyond its limits.

    Raises
    ------
    InputError
        NOTHING_CHANGED, OUT_OF_RANGE.
    """
    few = replace(ground.bare, starts=ground.bare.starts[:FEW_DRAWS], past_attacks=ground.bare.past_attacks[:FEW_DRAWS])
    mornings = play(few, futures=0, seed=0, threads=1).mornings
    if not ground.moves(stages, mornings, given):
        raise InputError(
            Code.NOTHING_CHANGED, f'"{policy}" changes no number of the model', expected="levers at other values than they have"
        )


def policy_files(scenario: Scenario) -> list[Path]:
    """Return the files of policies that were laid over a scenario."""
    return [source.path for source in scenario.sources if "shadowline" not in source.data]


def refuse_idle_changes(scenario: Scenario, plan: Plan) -> None:
    """Refuse changes from outside that leave every number as it was: a sweep must prove that it changed something.

    Raises
    ------
    InputError
        NOTHING_CHANGED.
    """
    about_experiments = {path: value for path, value in scenario.changes.items() if path.split(".")[0] in EXPERIMENTS}
    if len(about_experiments) == len(scenario.changes):
        return
    few = min(plan.split[0], FEW_DRAWS)
    path, as_of = scenario.sources[0].path, scenario.document.as_of
    unchanged = load_scenario(path, the_catalogue(), changes=about_experiments, as_of=as_of, more=policy_files(scenario))
    plain, model = grounded(unchanged, plan, draws=few).bare, grounded(scenario, plan, draws=few).bare
    same = plain.starts.shape == model.starts.shape and np.array_equal(plain.starts.view(np.int64), model.starts.view(np.int64))
    around = ("could_cross", "would_cross", "watches", "past_harm", "past_strikes")
    same = same and all(np.array_equal(getattr(plain.around, part), getattr(model.around, part)) for part in around)
    if same and plain.days == model.days and np.array_equal(plain.past_attacks, model.past_attacks):
        raise InputError(Code.NOTHING_CHANGED, "--set changes no number of the model", expected="a value other than the present one")


def _compiled(model: Model) -> float:
    """Compile or load the kernels by playing nothing; return the seconds it took."""
    begun = time.perf_counter()
    play(_first_draw(model), futures=0, seed=0, threads=1)
    branching_matrix(scratch(model))
    return time.perf_counter() - begun


def _first_draw(model: Model) -> Model:
    return replace(model, starts=model.starts[:1], past_attacks=model.past_attacks[:1], days=1)
