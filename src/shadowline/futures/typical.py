"""Which futures to tell: a calm one, a middling one, and the worst, of all that were played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shadowline.engine.diary import KILLED, SUFFERED
from shadowline.futures.why.focus import focus_of

if TYPE_CHECKING:
    from shadowline.futures.results import Results

CALM = 0.05
MIDDLE = (0.4, 0.6)


@dataclass(frozen=True)
class Chosen:
    """One future chosen to be told: what it stands for, its number, and its rank from the calmest (1) to the worst."""

    kind: str
    run: int
    rank: int


def choose_three(results: Results) -> list[Chosen]:
    """Return a calm, a middling and the worst future, each once; fewer where fewer were played.

    Futures are ranked by the highest rung used between the adversary that the questions are most about and anybody's patron, then by people
    killed on its side, then by attacks on it. Calm is the future a twentieth of the way up, the worst is the last; middling is,
    among the middle fifth, the one whose attacks and deaths lie nearest to their medians over all futures.
    """
    severity = _severity(results)
    order = np.lexsort((severity[:, 2], severity[:, 1], severity[:, 0]))
    count = len(order)
    middle = order[int(MIDDLE[0] * count) : int(MIDDLE[1] * count) + 1]
    scale = np.maximum(severity.std(axis=0), 1e-9)
    distance = (np.abs(severity[middle] - np.median(severity, axis=0)) / scale).sum(axis=1)
    places = {int(run): rank + 1 for rank, run in enumerate(order)}
    runs = {"calm": int(order[int(CALM * count)]), "middling": int(middle[int(distance.argmin())]), "worst": int(order[-1])}
    chosen: dict[int, Chosen] = {}
    for kind in ("middling", "calm", "worst"):  # where futures are few, the one in the middle speaks for all
        chosen.setdefault(runs[kind], Chosen(kind, runs[kind], places[runs[kind]]))
    return sorted(chosen.values(), key=lambda one: one.rank)


def _severity(results: Results) -> np.ndarray:
    """Return highest rung, people killed and attacks suffered of every future (runs, 3)."""
    names, diary = results.model.names, results.batch.diary
    adversary = focus_of(names).adversary
    dyads = [i for i, pair in enumerate(names.dyads) if pair[1] == adversary]
    used = diary.reached[:, dyads].max(axis=1, initial=-1) >= 0
    highest = np.where(used.any(axis=1), used.shape[1] - 1 - used[:, ::-1].argmax(axis=1), 0)
    harm = diary.pages[:, :, names.actors.index(adversary)].sum(axis=1, dtype=np.int64)
    return np.column_stack([highest, harm[:, KILLED], harm[:, SUFFERED]]).astype(float)
