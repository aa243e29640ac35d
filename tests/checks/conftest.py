"""What the checks share: scenarios with changed numbers, many of their futures, and the world in which one future ends."""

from pathlib import Path

import numpy as np
import pytest

from shadowline.engine.batch import play, scratch
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.engine.telling import tell, tell_future
from shadowline.scenario.load import load_scenario

SCENARIOS = Path(__file__).parents[1] / "scenarios"
SEED = 20240130


def _build(name, changes=None, *, draws=8, horizon=None):
    """Return the model of a shipped scenario, or of one in ``tests/scenarios``, with numbers changed by path."""
    own = SCENARIOS / f"{name}.yaml"
    texts = {path: str(value) for path, value in (changes or {}).items()}
    scenario = load_scenario(own if own.exists() else name, the_catalogue(), changes=texts)
    return build(scenario, None, draws=draws, seed=SEED, horizon=horizon)


@pytest.fixture(scope="session")
def model_of():
    """Return a function that builds a model: name, changes by path, ``draws`` and ``horizon``.

    The futures of one draw share the morning of day 0, hence the first order and the first obedience.
    """
    return _build


@pytest.fixture(scope="session")
def futures_of():
    """Return a function that plays ``runs`` futures of a model on two threads."""

    def played(model, runs, *, threads=2, seed=SEED):
        return play(model, futures=max(1, runs // model.draws), seed=seed, threads=threads)

    return played


@pytest.fixture(scope="session")
def journal_of():
    """Return a function that tells one future of a model: all its events with the numbers of their causes."""

    def told(model, run, *, rows=20_000, seed=SEED):
        return tell(model, run, futures=10**6, seed=seed, rows=rows)

    return told


@pytest.fixture(scope="session")
def endings_of():
    """Return a function that yields the world at the end of one future after another, each of its own draw (one world, overwritten)."""

    def ended(model, runs, *, seed=SEED):
        world = scratch(model)
        world.put("past_attacks", model.past_attacks[0])
        for run in range(runs):
            tell_future(world, model.starts[0], np.uint64(seed), np.uint64(run), np.uint64(run), model.days)
            yield world

    return ended


@pytest.fixture(scope="session")
def outcome():
    """Return a function that finds the column of an outcome."""

    def column(model, key):
        return list(model.names.outcomes).index(key)

    return column


def _within(samples, expected):
    """Return how many standard errors the mean of independent samples lies from what is expected."""
    samples = np.asarray(samples, dtype=float)
    error = samples.std(ddof=1) / np.sqrt(len(samples))
    return abs(samples.mean() - expected) / error


@pytest.fixture(scope="session")
def errors_off():
    """Return a function: distance of the samples' mean from its expectation, in standard errors (4 are exceeded by chance 6e-5)."""
    return _within
