"""Play a scenario: from its words and the record to answers, in one call."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

import shadowline
from shadowline.engine.batch import Batch, play, scratch, tell
from shadowline.engine.build import Model, build
from shadowline.engine.compiled import cache_folder
from shadowline.engine.margin import branching_matrix, margins
from shadowline.engine.tables import the_catalogue
from shadowline.errors import Code, InputError
from shadowline.futures.events import event_rows
from shadowline.futures.influence import Mover, judgement_share, movers
from shadowline.futures.summary import Answer, answers
from shadowline.record.load import load_record
from shadowline.scenario.load import Scenario, load_scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

MOST_RUNS = 10_000_000
USUAL_DRAWS = 500
FUTURES_PER_DRAW = 20
MOST_MARGINS = 200
LARGEST_SEED = 2**63 - 1
LONGEST_HORIZON = 3653


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


@dataclass(frozen=True)
class Results:
    """What a run found, with everything needed to find it again."""

    scenario: Scenario
    model: Model
    batch: Batch
    plan: Plan
    seconds: float
    compile_seconds: float

    @cached_property
    def answers(self) -> list[Answer]:
        """The answers to the scenario's questions."""
        return answers(self.model, self.batch)

    @cached_property
    def movers(self) -> list[Mover]:
        """The uncertain numbers that matter."""
        return movers(self.model, self.batch)

    @cached_property
    def margins(self) -> np.ndarray:
        """The escalation margin of the first draws, at most 200."""
        return margins(scratch(self.model), self.batch.mornings[:MOST_MARGINS])

    @property
    def runs(self) -> int:
        """Futures played."""
        return len(self.batch.chance)

    def story(self, run: int) -> list[dict[str, Any]]:
        """Return the events of one future, replayed alone from its number.

        Raises
        ------
        InputError
            If there is no such run.
        """
        if not 0 <= run < self.runs:
            raise InputError(Code.BAD_OPTION, f"there is no run {run}", expected=f"0 to {self.runs - 1}")
        journal = tell(self.model, run, futures=self.batch.futures, seed=self.batch.seed)
        return event_rows(self.model, journal, run)

    def as_json(self) -> dict[str, Any]:
        """Return the summary as plain data."""
        share = judgement_share(self.movers)
        low, high = np.quantile(self.margins, [0.05, 0.95])
        return {
            "scenario": self.scenario.id,
            "as_of": str(self.scenario.document.as_of),
            "horizon_days": self.model.days,
            "runs": self.runs,
            "draws": self.model.draws,
            "seed": self.plan.seed,
            "policy": None,
            "version": shadowline.__version__,
            "seconds": round(self.seconds, 3),
            "compile_seconds": round(self.compile_seconds, 3),
            "threads": self.plan.workers,
            "escalation_margin": float(self.margins.mean()),
            "escalation_margin_spread": [float(low), float(high)],
            "judgement_share": share,
            "numbers_that_matter": [
                {"path": m.path, "judgement": m.judgement, "outcome": m.outcome, "rank_correlation": m.correlation} for m in self.movers
            ],
            "changes": dict(self.scenario.changes),
            "outcomes": [answer.as_json() for answer in self.answers],
        }


def needs_compiling() -> bool:
    """Return whether the day has still to be compiled for these sources."""
    return not any(cache_folder().rglob("*play_draw*.nbi"))


def simulate(  # noqa: PLR0913 - what to play, how, and whom to tell
    name: str | Path,
    plan: Plan | None = None,
    *,
    changes: Mapping[str, str] | None = None,
    as_of: date | None = None,
    done: Callable[[int], None] | None = None,
    compiling: Callable[[], None] | None = None,
) -> Results:
    """Play a scenario.

    Parameters
    ----------
    name : str or Path
        A shipped scenario's name, or a file.
    plan : Plan, optional
        How much to play; by default 10,000 futures of 500 parameter draws.
    changes : mapping of str to str, optional
        Values by path; they must change something.
    as_of : date, optional
        Another as-of date.
    done, compiling : callable, optional
        Told how many futures were added; told that compilation begins.

    Raises
    ------
    InputError, InputErrors
        If the scenario or the plan cannot be used.
    """
    plan = plan or Plan()
    plan.check()
    scenario = load_scenario(name, the_catalogue(), changes=changes, as_of=as_of)
    model = _built(scenario, plan)
    if changes:
        _check_changed(name, plan, model, as_of)
    is_new = needs_compiling()
    if is_new and compiling is not None:
        compiling()
    compile_seconds = _compiled(model) if is_new else 0.0
    begun = time.perf_counter()
    batch = play(model, futures=plan.split[1], seed=plan.seed, threads=plan.workers, done=done)
    return Results(scenario, model, batch, plan, time.perf_counter() - begun, compile_seconds)


def _built(scenario: Scenario, plan: Plan, draws: int | None = None) -> Model:
    prelude = scenario.document.prelude
    record = load_record(prelude.record) if prelude is not None else None
    return build(scenario, record, draws=draws or plan.split[0], seed=plan.seed, horizon=plan.horizon)


def _check_changed(name: str | Path, plan: Plan, model: Model, as_of: date | None) -> None:
    """Refuse changes that leave every number as it was: a sweep must prove that it changed something."""
    few = min(model.draws, 50)
    plain = _built(load_scenario(name, the_catalogue(), as_of=as_of), plan, few)
    same = plain.starts.shape[1] == model.starts.shape[1] and np.array_equal(plain.starts.view(np.int64), model.starts[:few].view(np.int64))
    around = ("could_cross", "would_cross", "watches", "past_harm", "past_strikes")
    same = same and all(np.array_equal(getattr(plain.around, part), getattr(model.around, part)) for part in around)
    if same and plain.days == model.days and np.array_equal(plain.past_attacks, model.past_attacks[:few]):
        raise InputError(Code.NOTHING_CHANGED, "--set changes no number of the model", expected="a value other than the present one")


def _compiled(model: Model) -> float:
    """Compile or load the kernels by playing nothing; return the seconds it took."""
    begun = time.perf_counter()
    play(_first_draw(model), futures=0, seed=0, threads=1)
    branching_matrix(scratch(model))
    return time.perf_counter() - begun


def _first_draw(model: Model) -> Model:
    from dataclasses import replace

    return replace(model, starts=model.starts[:1], past_attacks=model.past_attacks[:1], days=1)
