"""What a run found: answers, tables, single futures, with everything needed to find it again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

import shadowline
from shadowline.engine.batch import scratch
from shadowline.engine.margin import margins
from shadowline.engine.telling import tell
from shadowline.errors import Code, InputError
from shadowline.futures.events import event_rows
from shadowline.futures.influence import judgement_share, movers
from shadowline.futures.summary import answers

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import xarray as xr

    from shadowline.engine.batch import Batch
    from shadowline.engine.build import Model
    from shadowline.futures.influence import Mover
    from shadowline.futures.run import Plan
    from shadowline.futures.summary import Answer
    from shadowline.scenario.load import Scenario

MOST_MARGINS = 200


@dataclass(frozen=True)
class Results:
    """What a run found, with everything needed to find it again."""

    scenario: Scenario
    model: Model
    batch: Batch
    plan: Plan
    seconds: float
    compile_seconds: float
    policy: str | None = None

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
            "policy": self.policy,
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

    @property
    def table(self) -> pd.DataFrame:
        """The answers, one row per question, with both kinds of uncertainty, unit and dates."""
        from shadowline.futures.tables import answer_table

        return answer_table(self)

    def frame(self, name: str) -> pd.DataFrame:
        """Return one of the tables of a results folder: ``runs``, ``draws``, ``weekly`` or ``curves``.

        Raises
        ------
        InputError
            If there is no such table.
        """
        from shadowline.futures.tables import frame

        return frame(self, name)

    def events(self, run: int) -> pd.DataFrame:
        """Return the events of one future as a table; see `story`."""
        from shadowline.futures.tables import event_table

        return event_table(self, run)

    def dataset(self, draws: int | None = None) -> xr.Dataset:
        """Return what every actor did and suffered on every day, as a dataset over (run, day, actor) with units.

        Parameters
        ----------
        draws : int, optional
            Only the futures of that many parameter draws, the first; all by default (about 40 bytes a run, day and actor).
        """
        from shadowline.futures.dataset import dataset

        return dataset(self, draws)

    def save(self, folder: Path, stories: tuple[int, ...] = ()) -> None:
        """Write a results folder, with every event of the futures in ``stories``; whole or not at all."""
        from shadowline.futures.save import save_results

        save_results(self, folder, stories)

    def _repr_html_(self) -> str:
        """Show the table of answers in a notebook."""
        from shadowline.futures.tables import answers_html

        return answers_html(self)
