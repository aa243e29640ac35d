"""The peers in ``benchmarks/`` play the same small war as shadowline; nothing is timed here."""

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
ATTACKS, ANSWERS = 0, 1
STANDARD_ERRORS = 4.0


@pytest.fixture
def bench(monkeypatch):
    """Import modules of ``benchmarks/``, which is a folder of scripts."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return import_module


@pytest.fixture
def model(bench):
    """Compile the small war."""
    return bench("small_war").build_small_war()


def apart(ours, theirs):
    """Return the difference of two means in standard errors."""
    error = np.hypot(ours.std(ddof=1) / len(ours) ** 0.5, theirs.std(ddof=1) / len(theirs) ** 0.5)
    return abs(ours.mean() - theirs.mean()) / error


@pytest.mark.parametrize(("peer", "runs"), [("mesa", 100), ("numpy", 1000)])
def test_a_peer_agrees_in_mean_attacks_and_answers(bench, model, peer, runs):
    """Shadowline and a peer agree in mean attacks and answers within Monte Carlo error."""
    pytest.importorskip("mesa")
    numbers = bench("small_war").numbers_of(model)
    ours = bench("peers").play_ours(model, 1000, 1)
    theirs = getattr(bench(f"{peer}_model"), f"play_{peer}")(numbers, runs, 1)

    assert apart(ours[:, ATTACKS], theirs[:, ATTACKS]) < STANDARD_ERRORS
    assert apart(ours[:, ANSWERS], theirs[:, ANSWERS]) < STANDARD_ERRORS


def test_the_small_war_does_not_explode(bench, model):
    """The spectral radius of the reduced scenario is below one, but not nil: there is something to compare."""
    assert 0.3 < bench("small_war").numbers_of(model).spectral_radius() < 0.9


def test_a_wrong_number_would_be_noticed(bench, model):
    """With momentum a tenth stronger in the peer, the same comparison fails."""
    pytest.importorskip("mesa")
    numbers = bench("small_war").numbers_of(model)
    ours = bench("peers").play_ours(model, 1000, 1)
    theirs = bench("numpy_model").play_numpy(numbers._replace(branching=1.1 * numbers.branching), 1000, 1)

    assert apart(ours[:, ATTACKS], theirs[:, ATTACKS]) > STANDARD_ERRORS
