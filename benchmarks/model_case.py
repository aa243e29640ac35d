"""The model case, compiled: what `speed` and `memory` play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report import quick
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.record.load import load_record
from shadowline.scenario.load import load_scenario

if TYPE_CHECKING:
    from shadowline.engine.build import Model

NAME = "iran-axis-2024"
DAYS = 180
SEED = 1
FUTURES_PER_DRAW = 20


def draws() -> int:
    """Return the number of parameter draws to play: 500, or 50 to see that it works."""
    return 50 if quick() else 500


def build_model_case(draws: int) -> Model:
    """Read the model case with its record and fill its tables for ``draws`` parameter draws."""
    scenario = load_scenario(NAME, the_catalogue())
    prelude = scenario.document.prelude
    record = load_record(prelude.record) if prelude else None
    return build(scenario, record, draws=draws, seed=SEED, horizon=DAYS)
