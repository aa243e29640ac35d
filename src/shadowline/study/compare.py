"""Policies held against one another on matched futures: what each avoids, what it causes, and who would regret it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import shadowline
from shadowline.engine.batch import Batch, play
from shadowline.engine.tables import the_catalogue
from shadowline.errors import Code, InputError, nearest_name
from shadowline.futures.results import MOST_MARGINS, Results
from shadowline.futures.run import Plan, checked, loaded_scenario, refuse_idle, refuse_idle_changes
from shadowline.scenario.experiments import AS_IT_IS, policy_stages
from shadowline.study.arms import Stages, Stand
from shadowline.study.effects import Effect, paired_effect
from shadowline.study.parting import Parting, part
from shadowline.study.reach import untouched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from shadowline.scenario.load import Scenario

MOST_RUNS: Final = 2_000_000
"""Where `precision` stops asking for more."""
GROWTH: Final = 2


@dataclass(frozen=True)
class Arm:
    """One policy played: its name, its words, its stages, the stand it was played on, and what came of it."""

    name: str
    says: str
    stages: Stages
    stand: Stand
    batch: Batch

    @property
    def results(self) -> Results:
        """What came of it, as of a run by itself; the tables behind it are made when they are asked for, for all arms would fill memory."""
        policy = None if self.name == AS_IT_IS else self.name
        stand = self.stand
        return Results(stand.scenario, stand.model(self.stages), self.batch, stand.plan, 0.0, stand.compile_seconds, policy)


@dataclass(frozen=True)
class Pair:
    """One policy against the one that all are held against.

    Attributes
    ----------
    base, changed : str
        Names of the arms.
    effects : dict of str to Effect
        By question.
    parted : int
        Futures that part at all.
    first_days : tuple of int or None
        Quarter, median and three quarters of the day, from day 0, on which they part.
    partings : dict of str to list of Parting
        Why they part: under ``""`` all that do, under a question those in which the policy avoids or causes it.
    untouched : tuple of str
        Actors that no path of influence joins to what the policy moves.
    broken : tuple of str
        Those of them who acted otherwise in some future: there should be none.
    unchanged : tuple of str
        Other actors who acted alike in every future.
    """

    base: str
    changed: str
    effects: dict[str, Effect]
    parted: int
    first_days: tuple[int, int, int] | None
    partings: dict[str, list[Parting]]
    untouched: tuple[str, ...]
    broken: tuple[str, ...]
    unchanged: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "base": self.base,
            "changed": self.changed,
            "effects": {key: effect.as_json() for key, effect in self.effects.items()},
            "parted": self.parted,
            "first_days": self.first_days,
            "partings": {key: [row.as_json() for row in rows] for key, rows in self.partings.items()},
            "untouched": list(self.untouched),
            "broken": list(self.broken),
            "unchanged": list(self.unchanged),
        }


@dataclass(frozen=True)
class Comparison:
    """Policies played on matched futures."""

    scenario: Scenario
    arms: tuple[Arm, ...]
    plan: Plan
    seconds: float
    compile_seconds: float

    @property
    def runs(self) -> int:
        """Futures of each arm."""
        return len(self.arms[0].batch.chance)

    @property
    def questions(self) -> list[str]:
        """Everything that was watched: outcomes, then measures."""
        return list(self.arms[0].results.model.names.outcomes)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every arm against the first."""
        told = max(FEWEST_TOLD, ALL_TOLD // max(1, len(self.arms) - 1))
        return tuple(_pair(self.arms[0], arm, told) for arm in self.arms[1:])

    def pair(self, changed: str) -> Pair:
        """Return one policy against the first.

        Raises
        ------
        InputError
            UNKNOWN_POLICY if it was not played, or is the first.
        """
        for pair in self.pairs:
            if pair.changed == changed:
                return pair
        names = [pair.changed for pair in self.pairs]
        raise InputError(Code.UNKNOWN_POLICY, "it is not held against the first", found=changed, expected=", ".join(names))

    @property
    def table(self) -> pd.DataFrame:
        """The effects, one row per policy and question."""
        import pandas as pd

        rows = [
            {"policy": pair.changed, "against": pair.base, "outcome": key} | effect.as_json()
            for pair in self.pairs
            for key, effect in pair.effects.items()
        ]
        return pd.DataFrame(rows)

    @property
    def regrets(self) -> pd.DataFrame:
        """Who would regret which policy, under which beliefs: one row per actor, policy and outcome that it minds; see `study.regret`."""
        import pandas as pd

        return pd.DataFrame(self.regret_rows)

    @cached_property
    def regret_rows(self) -> list[dict[str, Any]]:
        """The rows of `regrets` as plain data."""
        from shadowline.study.regret import regret_rows

        return regret_rows(self)

    @property
    def sentences(self) -> list[str]:
        """The matched sentence of every policy and yes-or-no outcome that can be counted."""
        from shadowline.study.wording import matched_sentences

        return matched_sentences(self)

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        model = self.arms[0].results.model
        return {
            "scenario": self.scenario.id,
            "as_of": str(self.scenario.document.as_of),
            "horizon_days": model.days,
            "runs": self.runs,
            "draws": model.draws,
            "seed": self.plan.seed,
            "version": shadowline.__version__,
            "seconds": round(self.seconds, 3),
            "compile_seconds": round(self.compile_seconds, 3),
            "changes": dict(self.scenario.changes),
            "policies": [{"name": arm.name, "says": arm.says} for arm in self.arms],
            "sentences": self.sentences,
            "pairs": [pair.as_json() for pair in self.pairs],
            "regrets": self.regret_rows,
        }

    def save(self, folder: Path) -> None:
        """Write a folder with a results folder for each arm and ``comparison.json``; whole or not at all."""
        from shadowline.study.save import save_comparison

        save_comparison(self, folder)

    def _repr_html_(self) -> str:
        """Show sentences and effects in a notebook."""
        from shadowline.study.wording import comparison_html

        return comparison_html(self)


def compare(  # noqa: PLR0913 - what to play, how, and whom to tell
    scenario: str | Path | Scenario,
    policies: Sequence[str] = (),
    plan: Plan | None = None,
    *,
    runs: int | None = None,
    draws: int | None = None,
    seed: int | None = None,
    horizon: int | None = None,
    threads: int | None = None,
    changes: Mapping[str, object] | None = None,
    as_of: date | None = None,
    files: Sequence[Path] = (),
    precision: Mapping[str, float] | None = None,
    done: Callable[[int], None] | None = None,
    compiling: Callable[[], None] | None = None,
) -> Comparison:
    """Play policies on matched futures and hold each against the first.

    Parameters
    ----------
    scenario : str, Path or Scenario
        A shipped scenario's name, a file, or a loaded scenario.
    policies : sequence of str
        Names of policies, several at once joined by ``+``; ``as-it-is`` is none. The first is the one that the others are held against; a
        single one, or one after none, is held against ``as-it-is``. Without any, all that the scenario has are.
    plan, runs, draws, seed, horizon, threads, changes, as_of
        As in `shadowline.simulate`; runs are those of each policy.
    files : sequence of Path
        Files of further policies.
    precision : mapping of str to float, optional
        By question, the half width of the difference's 95 % interval at which to stop; runs are doubled until all are narrow enough.
    done, compiling : callable, optional
        Told how many futures were added; told that compilation begins.

    Raises
    ------
    InputError, InputErrors
        If the scenario, a policy or the plan cannot be used; NOTHING_CHANGED for a policy that changes no number.
    """
    plan = checked(plan or Plan(), runs=runs, draws=draws, seed=seed, horizon=horizon, threads=threads)
    loaded = loaded_scenario(scenario, changes, as_of, files)
    refuse_idle_changes(loaded, plan)
    names = arm_names(loaded, policies)
    arms = {name: policy_stages(loaded.document, the_catalogue(), name) for name in names}
    _check_precision(loaded, precision or {})
    stand = Stand.build(loaded, plan, list(arms.values()), compiling)
    for name, stages in arms.items():
        if stages:
            refuse_idle(stand.ground, stand.known(stages), name)
    begun = time.perf_counter()
    played = {name: stand.play(stand.model(stages), traced=True, done=done) for name, stages in arms.items()}
    while precision and not _is_precise(stand, played, precision) and GROWTH * stand.plan.runs <= MOST_RUNS:
        stand, played = _extended(stand, arms, played, done)
    seconds = time.perf_counter() - begun
    found = tuple(_arm(stand, name, stages, played[name]) for name, stages in arms.items())
    return Comparison(stand.scenario, found, stand.plan, seconds, stand.compile_seconds)


def arm_names(scenario: Scenario, policies: Sequence[str]) -> list[str]:
    """Return the arms to be played, the one that the others are held against first."""
    names = list(policies) or [AS_IT_IS, *scenario.document.policies]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(Code.BAD_OPTION, "a policy is named twice", found=twice, expected="each once")
    if len(names) == 1:
        if names[0] == AS_IT_IS:
            raise InputError(Code.BAD_OPTION, "there is nothing to compare", expected="a policy beside as-it-is")
        names = [AS_IT_IS, *names]
    return names


def _check_precision(scenario: Scenario, precision: Mapping[str, float]) -> None:
    """Refuse a precision of a question that is not asked, or that cannot be reached."""
    from shadowline.scenario.experiments import questions

    asked = list(questions(scenario.document))
    for key, width in precision.items():
        if key not in asked:
            raise InputError(Code.BAD_OPTION, "no outcome is called that", found=key, nearest=nearest_name(key, asked))
        if not width > 0.0:
            raise InputError(Code.OUT_OF_RANGE, "a precision is the half width of an interval", found=width, expected="above 0")


def _is_precise(stand: Stand, played: Mapping[str, Batch], precision: Mapping[str, float]) -> bool:
    """Return whether the interval of every difference asked for is narrow enough."""
    batches = list(played.values())
    model = stand.ground.bare
    return all(
        (effect.high - effect.low) / 2 <= width
        for key, width in precision.items()
        for batch in batches[1:]
        for effect in [effect_on(model, batches[0], batch, key)]
    )


def _extended(
    stand: Stand, arms: Mapping[str, Stages], played: Mapping[str, Batch], done: Callable[[int], None] | None
) -> tuple[Stand, dict[str, Batch]]:
    """Return twice as many parameter draws: those played already, and as many new ones."""
    plan = stand.plan
    draws, futures = plan.split
    more = replace(plan, runs=GROWTH * draws * futures, draws=GROWTH * draws)
    wider = Stand.build(stand.scenario, more, list(arms.values()))
    found = {}
    for name, stages in arms.items():
        model = wider.model(stages)
        rest = replace(model, starts=model.starts[draws:], past_attacks=model.past_attacks[draws:])
        new = play(rest, futures=futures, seed=plan.seed, threads=plan.workers, traced=True, first=draws, done=done)
        found[name] = played[name].followed_by(new)
    return wider, found


def _arm(stand: Stand, name: str, stages: Stages, batch: Batch) -> Arm:
    """Return an arm with its words; of the mornings only those are kept that the escalation margin is worked out from."""
    words = stand.scenario.document.policies
    says = " ".join(words[part].says for part in name.split("+") if part in words) or "Everything is left as it is."
    return Arm(name, says, stages, stand, replace(batch, mornings=batch.mornings[:MOST_MARGINS].copy()))


def effect_on(model: Any, base: Batch, changed: Batch, key: str) -> Effect:  # noqa: ANN401 - a Model
    """Return the effect of one arm against another on one question."""
    from shadowline.futures.summary import answer_values

    n = model.names.outcomes.index(key)
    outcome = model.names.document.outcomes[key]
    first, second = answer_values(model, base, n), answer_values(model, changed, n)
    if outcome.happens_when is None:
        return paired_effect(first, second, base.futures)
    happened = (base.first_day[:, n] >= 0, changed.first_day[:, n] >= 0)
    integrated = bool(model.layout.view(model.starts[0], "outcomes")[n].integrated)
    return paired_effect(first, second, base.futures, happened=happened, counted=not integrated)


def _pair(base: Arm, arm: Arm, told: int) -> Pair:
    """Hold one arm against another, with ``told`` pairs of futures told to find out why they part."""
    first, second = base.results, arm.results
    model = first.model
    effects = {key: effect_on(model, first.batch, second.batch, key) for key in model.names.outcomes}
    days = first.batch.traces.part_from(second.batch.traces)
    parted = days[days >= 0]
    quarters = tuple(int(np.quantile(parted, share, method="nearest")) for share in (0.25, 0.5, 0.75)) if parted.size else None
    lonely = untouched(model.names.document, (*base.stages, *arm.stages))
    differ = (first.batch.traces.actors != second.batch.traces.actors).any(axis=0)
    acting = [key for n, key in enumerate(model.names.actors) if not differ[n]]
    return Pair(
        base.name,
        arm.name,
        effects,
        int(parted.size),
        quarters,  # type: ignore[arg-type]
        _partings((first, second), effects, told),
        lonely,
        tuple(key for key in lonely if key not in acting),
        tuple(key for key in acting if key not in lonely),
    )


def _partings(pair: tuple[Results, Results], effects: Mapping[str, Effect], told_in_all: int) -> dict[str, list[Parting]]:
    """Return why futures part: all that do, and those in which the outcomes that move most are avoided or caused."""
    first, second = pair
    models, batches = (first.model, second.model), (first.batch, second.batch)
    found = {"": part(models, batches, np.arange(first.runs), most=told_in_all)}
    told = {key: (effect.avoided or 0) + (effect.caused or 0) for key, effect in effects.items()}
    for key in sorted((key for key, count in told.items() if count), key=lambda key: -told[key])[:MOST_QUESTIONS]:
        n = first.model.names.outcomes.index(key)
        happened = [batch.first_day[:, n] >= 0 for batch in batches]
        found[key] = part(models, batches, np.flatnonzero(happened[0] != happened[1]), most=told_in_all // 3)
    return found


MOST_QUESTIONS: Final = 2
"""Questions whose partings are looked into, beside those of all futures."""
FEWEST_TOLD, ALL_TOLD = 20, 120
"""Pairs of futures told for each policy at least, and for all together; each takes some hundredths of a second."""
