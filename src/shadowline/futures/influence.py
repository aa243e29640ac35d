"""Which uncertain numbers move the answers, and how many of those are judgement.

For every uncertain number and every question the rank correlation over parameter draws is taken. The numbers that matter are those whose
strongest correlation stands out of what chance gives among so many, or, where none does, the ten strongest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from shadowline.engine.batch import Batch
    from shadowline.engine.build import Model
    from shadowline.engine.numbers import Slot

FEWEST_DRAWS = 20
AT_LEAST = 10
Z_FAMILY = 4.0


@dataclass(frozen=True)
class Mover:
    """One uncertain number: its path and meaning, whether it is judgement, the question that it moves most, the rank correlation there."""

    path: str
    meaning: str
    judgement: bool
    outcome: str
    correlation: float


def standardised_ranks(table: np.ndarray) -> np.ndarray:
    """Return ranks down the columns of ``table`` (draws, columns), of mean 0 and length 1; columns without spread become zero."""
    order = table.argsort(axis=0, kind="stable").argsort(axis=0).astype(float)
    order -= order.mean(axis=0)
    size = np.sqrt((order**2).sum(axis=0))
    spread = np.ptp(table, axis=0) > 0
    return np.where(spread, order / np.where(size > 0, size, 1.0), 0.0)


def movers(model: Model, batch: Batch) -> list[Mover]:
    """Return the uncertain numbers that matter, the strongest first; none with fewer than 20 draws."""
    uncertain, table = _correlated(model, batch)
    questions = [*model.names.outcomes, *model.names.outcomes]
    found = []
    for row, slot in enumerate(uncertain):
        best = int(np.abs(table[row]).argmax())
        found.append(Mover(slot.path, slot.meaning, slot.judgement, questions[best], float(table[row, best])))
    found.sort(key=lambda mover: -abs(mover.correlation))
    standing_out = [mover for mover in found if stands_out(mover, model.draws)]
    return standing_out if len(standing_out) >= AT_LEAST else found[:AT_LEAST]


def stands_out(mover: Mover, draws: int) -> bool:
    """Return whether a number's correlation is beyond what chance gives the strongest of many numbers and questions."""
    return abs(mover.correlation) > Z_FAMILY / math.sqrt(draws)


def correlations(model: Model, batch: Batch, outcome: str) -> list[Mover]:
    """Return every uncertain number with its rank correlation with one question's answer; none with fewer than 20 draws."""
    uncertain, table = _correlated(model, batch)
    n = model.names.outcomes.index(outcome)
    counts = model.names.document.outcomes[outcome].count is not None
    column = n + len(model.names.outcomes) if counts else n
    return [Mover(slot.path, slot.meaning, slot.judgement, outcome, float(table[row, column])) for row, slot in enumerate(uncertain)]


def _correlated(model: Model, batch: Batch) -> tuple[list[Slot], np.ndarray]:
    """Return the uncertain numbers, and their rank correlations over draws with every question's chance, then with its count."""
    uncertain = list({slot.path: slot for slot in model.slots if not slot.number.is_certain}.values())
    if model.draws < FEWEST_DRAWS or not uncertain:
        return [], np.zeros((0, 2 * len(model.names.outcomes)))
    inputs = np.column_stack([model.values.columns[slot.path] for slot in uncertain])
    results = np.concatenate([batch.chance, batch.total], axis=1).reshape(model.draws, batch.futures, -1).mean(axis=1)
    return uncertain, standardised_ranks(inputs).T @ standardised_ranks(results)


def judgement_share(found: list[Mover]) -> float | None:
    """Return the share of judgement among the numbers that matter, None where there are none."""
    return sum(mover.judgement for mover in found) / len(found) if found else None
