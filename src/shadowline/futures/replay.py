"""One future played again alone, whole or up to a day, with its journal and everything that stood at the end of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from shadowline.engine.batch import scratch
from shadowline.engine.telling import tell_future

if TYPE_CHECKING:
    from shadowline.engine.build import Model
    from shadowline.engine.world import World

ROOM: Final = 20_000
"""Events that are made room for; twice as many where they do not fit."""


def played_again(model: Model, run: int, draw: int, seed: int, *, days: int | None = None) -> World:
    """Play a future again; return its world as it stands on the evening of its last day.

    Parameters
    ----------
    model : Model
        The tables it was played from.
    run, draw, seed : int
        Its number, its parameter draw and the seed.
    days : int, optional
        Only so many days, the first; 0 stops on the evening of the as-of date where there is a prelude.

    Returns
    -------
    World
        ``journal`` holds exactly the events told. All tables are as after the last step of the day; what is written in the morning,
        such as rates and obedience, is that day's own.
    """
    rows = ROOM
    while True:
        world = scratch(model, rows)
        world.put("past_attacks", model.past_attacks[draw])
        whole = model.days if days is None else days
        tell_future(world, model.starts[draw], np.uint64(seed), np.uint64(draw), np.uint64(run), whole)
        told = int(world.clock[0].events)
        if told <= rows:
            world.put("journal", world.journal[:told])
            return world
        rows = 2 * told
