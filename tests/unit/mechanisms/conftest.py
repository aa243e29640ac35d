"""A small laboratory: change a few words of a scenario, play matched futures, look at what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from shadowline.engine.batch import play, scratch
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.engine.telling import tell, tell_future
from shadowline.mechanisms.journal import KINDS
from shadowline.scenario.load import load_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shadowline.engine.build import Model
    from shadowline.engine.world import World

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = "two-camps"
Changes = dict[str, str] | None


class Lab:
    """Plays one scenario with changes; the same seed throughout, so that two calls give matched futures."""

    def __init__(self, scenario: str) -> None:
        self.file = scenario if scenario == SHIPPED else SCENARIOS / f"{scenario}.yaml"

    def model(self, changes: Changes = None) -> Model:
        """Return the scenario with those changes, with one parameter draw."""
        scenario = load_scenario(self.file, the_catalogue(), changes=changes or {})
        return build(scenario, None, draws=1, seed=1)

    def ends(self, changes: Changes = None, *, days: int = 60, futures: int = 40) -> Iterator[tuple[Model, World]]:
        """Yield the world as it stands after so many days of each future (the same world, played anew)."""
        model = self.model(changes)
        world = scratch(model)
        world.put("past_attacks", model.past_attacks[0])
        for run in range(futures):
            tell_future(world, model.starts[0], np.uint64(1), np.uint64(0), np.uint64(run), days)
            yield model, world

    def end(self, table: str, column: str, changes: Changes = None, *, row: int = 0, days: int = 60, futures: int = 40) -> np.ndarray:
        """Return one number of one row at the end of each future (futures,)."""
        return np.array([getattr(world, table)[row][column] for _, world in self.ends(changes, days=days, futures=futures)])

    def path(self, table: str, column: str, changes: Changes = None, *, row: int = 0, days: int = 60) -> np.ndarray:
        """Return one number of one row of future 0, day by day (days,)."""
        return np.array([
            self.end(table, column, changes, row=row, days=day, futures=1)[0] for day in range(1, days + 1)
        ])  # fmt: skip

    def told(self, kind: str, changes: Changes = None, *, futures: int = 20) -> np.ndarray:
        """Return all events of a kind from the first futures, as rows of the journal."""
        model = self.model(changes)
        rows = [tell(model, run, futures=futures, seed=1) for run in range(futures)]
        events = np.concatenate(rows)
        return events[events["kind"] == KINDS.index(kind)]

    def counts(self, outcome: str, changes: Changes = None, *, futures: int = 100) -> np.ndarray:
        """Return an outcome's count in each future (futures,)."""
        model = self.model(changes)
        batch = play(model, futures=futures, seed=1, threads=1)
        return batch.total[:, model.names.outcomes.index(outcome)]

    def chance(self, outcome: str, changes: Changes = None, *, futures: int = 100) -> float:
        """Return an outcome's mean chance, integrated where it is rare."""
        model = self.model(changes)
        batch = play(model, futures=futures, seed=1, threads=1)
        return float(batch.chance[:, model.names.outcomes.index(outcome)].mean())


@pytest.fixture(scope="session")
def camps() -> Lab:
    """Return the laboratory of the smallest scenario: one patron, one proxy, one adversary."""
    return Lab(SHIPPED)


@pytest.fixture(scope="session")
def brigades() -> Lab:
    """Return the laboratory of a scenario with two proxies, a host, a joint name and a neighbour."""
    return Lab("two-brigades")
