"""Arms: one scenario played under several sets of levers, on the same draws, each set once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from shadowline.engine.batch import Batch, play
from shadowline.futures.run import grounded, make_ready
from shadowline.futures.summary import answer_values
from shadowline.scenario.experiments import questions
from shadowline.scenario.numbers import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shadowline.engine.build import Ground, Model
    from shadowline.futures.run import Plan
    from shadowline.scenario.levers import Stage
    from shadowline.scenario.load import Scenario

Stages = tuple["Stage", ...]


def with_measures(scenario: Scenario) -> Scenario:
    """Return a scenario that also asks what is asked only where policies and claims are compared."""
    document = scenario.document
    if not document.measures:
        return scenario
    return replace(scenario, document=document.model_copy(update={"outcomes": questions(document)}))


def signature(stages: Stages) -> str:
    """Return what tells one set of levers from another: two arms with the same levers are one.

    The label of a stage is the address of its uncertain values; where there are any, it is part of what is drawn.
    """
    return repr([(stage.start, stage.after, stage.last, stage.days, stage.levers, _address(stage)) for stage in stages])


def _address(stage: Stage) -> str:
    """Return the label of a stage with uncertain values, nothing for others."""
    uncertain = any(isinstance(lever.value, Number) and not lever.value.is_certain for lever in stage.levers)
    return stage.label if uncertain else ""


@dataclass
class Stand:
    """A scenario ready to be played under any of the sets of levers that it was built for.

    Attributes
    ----------
    scenario : Scenario
        With its measures among the outcomes.
    ground : Ground
        The scenario in numbers.
    plan : Plan
        How much to play.
    """

    scenario: Scenario
    ground: Ground
    plan: Plan
    compile_seconds: float = 0.0
    _known: dict[str, Stages] = field(default_factory=dict)
    _latest: dict[str, Model] = field(default_factory=dict)

    @classmethod
    def build(cls, scenario: Scenario, plan: Plan, arms: Sequence[Stages], compiling: Callable[[], None] | None = None) -> Stand:
        """Compile a scenario with room for all of these sets of levers."""
        asking = with_measures(scenario)
        known = {signature(stages): stages for stages in arms}
        ground = grounded(asking, plan, list(known.values()))
        return cls(asking, ground, plan, make_ready(ground.bare, compiling), known)

    def known(self, stages: Stages) -> Stages:
        """Return these levers as the ground was built for them."""
        return self._known[signature(stages)]

    def model(self, stages: Stages, watched: Sequence[str] | None = None) -> Model:
        """Return the model of one arm; rare outcomes not among ``watched`` (None: all) are not integrated, which saves time."""
        if watched is not None:
            return _integrating(self.ground.arm(self.known(stages)), watched)
        mark = signature(stages)
        if mark not in self._latest:
            self._latest = {mark: self.ground.arm(self.known(stages))}
        return self._latest[mark]

    def play(self, model: Model, *, traced: bool = False, done: Callable[[int], None] | None = None) -> Batch:
        """Play one arm."""
        plan = self.plan
        return play(model, futures=plan.split[1], seed=plan.seed, threads=plan.workers, traced=traced, done=done)

    def index(self, key: str) -> int:
        """Return the row of a question."""
        return self.ground.bare.names.outcomes.index(key)

    def values(self, batch: Batch, key: str) -> np.ndarray:
        """Return what each future says about a question (runs,)."""
        return answer_values(self.ground.bare, batch, self.index(key))


def _integrating(model: Model, watched: Sequence[str]) -> Model:
    """Return a model whose rare outcomes are integrated only where they are watched."""
    names, layout = model.names, model.layout
    keep = {n for n, key in enumerate(names.outcomes) if key in watched and layout.view(model.starts[0], "outcomes")[n].integrated}
    needed = {int(layout.view(model.starts[0], "outcomes")[n].adversary) for n in keep}
    starts = model.starts.copy()
    whole = starts.view(np.int64)
    for n in range(len(names.outcomes)):
        if n not in keep:
            whole[:, layout.address("outcomes", n, "integrated")] = 0
    for a in range(len(names.adversaries)):
        if a not in needed:
            whole[:, layout.address("adversaries", a, "watched")] = 0
    return replace(model, starts=starts)
