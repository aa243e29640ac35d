"""The same kernels without compilation give the same bits."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest

from shadowline.engine.batch import play
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.engine.telling import tell
from shadowline.scenario.load import load_scenario

DRAWS, FUTURES, DAYS, SEED = 2, 2, 45, 7
TWO_WARS = Path(__file__).parents[1] / "scenarios" / "two-wars.yaml"
BUSY = {
    "unstated": "drawn",
    "fronts.brigade>outpost.quiet_rate": "1.5/day",
    "targets.outpost.lethal_if_through": "0.3",
    "theatres.border.noise": "0.2",
    "actors.blue.answers.appeal.assets-abroad": "-0.5",
    "actors.blue.answers.appeal.patron-soil": "-0.5",
}
"""So much happens that every mechanism has something to do."""


def bits(name):
    """Return the digest of every array of a small run, and of one future's journal."""
    scenario = load_scenario(name, the_catalogue(), changes=BUSY if name == "two-camps" else {"unstated": "drawn"})
    model = build(scenario, None, draws=DRAWS, seed=SEED, horizon=DAYS)
    batch = play(model, futures=FUTURES, seed=SEED, threads=1)
    arrays = {name: getattr(batch, name) for name in ("first_day", "total", "at_risk", "chance", "hazard", "weekly", "mornings")}
    arrays["journal"] = tell(model, 1, futures=FUTURES, seed=SEED, rows=2000)
    digests = {name: hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest() for name, array in arrays.items()}
    return digests | {"happened": np.nanmin([batch.chance.max(), batch.total.max(), batch.hazard.max()]).item()}


@pytest.mark.parametrize("name", ["two-camps", str(TWO_WARS)])
def test_an_uncompiled_run_gives_the_same_bits(name):
    """A small run with NUMBA_DISABLE_JIT=1 gives the same first days, counts, chances, hazards, mornings and journal, bit for bit."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    uncompiled = subprocess.run([sys.executable, __file__, name], env=environment, capture_output=True, text=True, check=True)
    compiled = bits(name)
    assert json.loads(uncompiled.stdout) == compiled
    assert compiled["happened"] > 0


if __name__ == "__main__":
    assert numba.config.DISABLE_JIT
    with np.errstate(over="ignore"):  # the hash multiplies modulo 2**64
        sys.stdout.write(json.dumps(bits(sys.argv[1])))
