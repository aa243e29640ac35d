"""What every actor did and suffered on every day of every future, as a labelled dataset with units."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr

from shadowline.engine.batch import play
from shadowline.engine.diary import QUANTITIES
from shadowline.errors import Code, InputError
from shadowline.parameters import RUNGS

if TYPE_CHECKING:
    from shadowline.engine.batch import Batch
    from shadowline.engine.build import Model
    from shadowline.futures.results import Results

UNITS = {
    "attacks": ("attacks a day", "attacks made"),
    "attacks_suffered": ("attacks a day", "attacks suffered"),
    "killed": ("persons a day", "people of the actor's own who were killed"),
    "wounded": ("persons a day", "people of the actor's own who were wounded"),
    "strikes": ("strikes a day", "strikes carried out"),
    "rung": ("rung", "highest rung used: " + ", ".join(f"{n} {name}" for n, name in enumerate(RUNGS))),
}


def dataset(results: Results, draws: int | None = None) -> xr.Dataset:
    """Replay futures and return what every actor did and suffered, day by day.

    Parameters
    ----------
    results : Results
        A run; its futures are played once more, the same bits, with a diary of days.
    draws : int, optional
        Only the futures of that many parameter draws, the first; all by default.

    Returns
    -------
    xarray.Dataset
        Over (run, day, actor): `UNITS`. Over (run, day, tie of principal and adversary): ``order``, a multiple of desired tempo. Over (run,
        day, adversary): ``provocation``, attack-equivalents. Coordinates: ``draw`` and ``seed`` by run, ``date`` by day, ``role`` by actor.

    Raises
    ------
    InputError
        If there are not so many draws.
    """
    model = results.model
    if draws is not None and not 1 <= draws <= model.draws:
        raise InputError(Code.BAD_OPTION, "there are not so many draws", found=draws, expected=f"1 to {model.draws}")
    kept = draws or model.draws
    few = replace(model, starts=model.starts[:kept], past_attacks=model.past_attacks[:kept])
    batch = play(few, futures=results.batch.futures, seed=results.batch.seed, threads=results.plan.workers, step=1)
    return _labelled(results, model, batch)


def _labelled(results: Results, model: Model, batch: Batch) -> xr.Dataset:
    names, diary, document = model.names, batch.diary, results.scenario.document
    variables: dict[str, object] = {
        name: (("run", "day", "actor"), diary.pages[..., n], {"units": UNITS[name][0], "long_name": UNITS[name][1]})
        for n, name in enumerate(QUANTITIES)
    }
    pressing = {"units": "multiple of desired tempo", "long_name": "order of the principal about the adversary: 0 stop, 1 leave alone"}
    harm = {"units": "attack-equivalents", "long_name": "unanswered provocation"}
    variables["order"] = (("run", "day", "dyad"), diary.orders, pressing)
    variables["provocation"] = (("run", "day", "adversary"), diary.provocation, harm)
    runs = np.arange(len(diary.pages))
    dates = pd.date_range(pd.Timestamp(document.as_of) + pd.Timedelta(days=1), periods=model.days, freq="D")
    coordinates = {
        "run": runs,
        "day": ("day", np.arange(model.days), {"units": "days", "long_name": "days since day 0, the day after the as-of date"}),
        "actor": names.actors,
        "dyad": [f"{principal}>{adversary}" for principal, adversary in names.dyads],
        "adversary": names.adversaries,
        "draw": ("run", runs // batch.futures),
        "seed": ("run", np.full(len(runs), batch.seed)),
        "date": ("day", dates),
        "role": ("actor", [document.actors[key].role for key in names.actors]),
    }
    about = {"scenario": results.scenario.id, "title": document.title, "as_of": str(document.as_of)}
    return xr.Dataset(variables, coordinates, about)
