"""Where matched futures part: on which day, over which act, and what in the two histories makes the difference.

Two matched futures share every draw. The first day on which one has an act that the other lacks is known from their traces; which act, and
why, is what `shadowline.futures.why.pair` finds when both are told up to that day. Here that is done for many pairs, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from shadowline.futures.events import event_rows
from shadowline.futures.replay import played_again
from shadowline.futures.why.pair import Future, parting

if TYPE_CHECKING:
    from shadowline.engine.batch import Batch
    from shadowline.engine.build import Model
    from shadowline.engine.world import World

MOST_TOLD: Final = 240
"""Pairs that are told to find out why they part; more would say the same again."""


@dataclass(frozen=True)
class Parting:
    """One reason for which matched futures part.

    ``actor`` does, or does not, act first; ``act`` is its kind; ``reason`` the kind of a `shadowline.futures.why.pair.Reason`;
    ``pairs`` how many of the pairs that were told part so, ``median_day`` counted from day 0; ``example`` a run.
    """

    actor: str
    act: str
    reason: str
    pairs: int
    median_day: float
    example: int

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def part(models: tuple[Model, Model], batches: tuple[Batch, Batch], runs: np.ndarray, *, most: int = MOST_TOLD) -> list[Parting]:
    """Return why some matched futures part, the commonest reason first.

    Parameters
    ----------
    models, batches : pair
        Both arms; batches with traces.
    runs : (n,) array
        Which pairs to look at; of many, ``most`` spread evenly over them are told.
    """
    days = batches[0].traces.part_from(batches[1].traces)
    apart = runs[days[runs] >= 0]
    chosen = apart[np.linspace(0, len(apart) - 1, min(most, len(apart))).astype(int)] if len(apart) else apart
    found: dict[tuple[str, str, str], list[int]] = {}
    for run in chosen:
        futures = tuple(_future(model, batches[0], int(run), int(days[run])) for model in models)
        apart = parting(futures, models[0].names.document.as_of + timedelta(days=1))  # type: ignore[arg-type]
        key = ("", "nothing", "fate") if apart is None else (str(apart.act["actor"]), str(apart.act["kind"]), apart.reason.kind)
        found.setdefault(key, []).append(int(run))
    rows = [Parting(*key, len(same), float(np.median(days[same])), same[0]) for key, same in found.items()]
    return sorted(rows, key=lambda row: (-row.pairs, row.median_day, row.actor))


def _future(model: Model, batch: Batch, run: int, day: int) -> Future:
    """Return a future as far as the day on which it parts, with its world on that evening; on an earlier one it is played again."""
    first = model.names.document.as_of.toordinal() + 1

    @cache
    def evening(on: date) -> World:
        return played_again(model, run, run // batch.futures, batch.seed, days=on.toordinal() - first + 1)

    journal = evening(date.fromordinal(first + day)).journal
    return Future(model.names, event_rows(model, journal[journal.day >= first], run), evening)
