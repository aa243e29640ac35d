"""One future, replayed alone from its number, with everything that happens in it written into its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shadowline.engine.batch import scratch
from shadowline.engine.compiled import compiled
from shadowline.engine.day import copy_words, open_future, play_day, play_prelude
from shadowline.mechanisms.rare import NATURAL

if TYPE_CHECKING:
    from shadowline.engine.build import Model


def tell(model: Model, run: int, *, futures: int, seed: int, rows: int = 20_000, days: int | None = None) -> np.recarray:
    """Replay one future alone, with its prelude, and return its journal: every event with its number and its cause's.

    Parameters
    ----------
    model : Model
        The same tables as in `play`.
    run, futures, seed : int
        The future's number, futures per draw and seed, as in `play`.
    rows : int
        Room for events; doubled until they fit.
    days : int, optional
        Only so many days, the first.

    Returns
    -------
    (events,) record array
        See `shadowline.engine.tables.JOURNAL`; days are proleptic ordinals, rows and actors are row numbers, -1 means none.
    """
    while True:
        world = scratch(model, rows)
        d = run // futures
        world.put("past_attacks", model.past_attacks[d])
        tell_future(world, model.starts[d], np.uint64(seed), np.uint64(d), np.uint64(run), days or model.days)
        told = int(world.clock[0].events)
        if told <= rows:
            return world.journal[:told]
        rows = 2 * told


@compiled
def tell_future(world, start, seed, draw, run, days):
    """Play a draw's prelude and one of its futures, naturally, into the world's journal."""
    copy_words(start, world.memory)
    morning = start
    if world.clock[0].first_day < world.clock[0].start_day:
        play_prelude(world, start, seed, draw)
        morning = world.memory.copy()
    open_future(world, morning, seed, run, NATURAL, -1)
    for _ in range(days):
        play_day(world)
