"""The package's front door: a few public names, loaded when they are asked for."""

import subprocess
import sys
from importlib import import_module

import pytest

import shadowline

HEAVY = {"numpy", "pandas", "numba", "pydantic", "plotly", "xarray", "pyarrow", "scipy", "typer", "jinja2"}


@pytest.mark.parametrize("name", shadowline.__all__)
def test_every_public_name_can_be_had(name):
    """Each name of ``__all__`` is there and is listed by ``dir``."""
    assert getattr(shadowline, name) is not None
    assert name in dir(shadowline)


def test_public_names_are_what_their_modules_hold():
    """A name of the front door is the very object of the module that it comes from, however often it is asked for."""
    for name, place in shadowline._PLACES.items():
        assert getattr(shadowline, name) is getattr(import_module(f"shadowline.{place}"), name)
    assert shadowline.simulate is shadowline.simulate


def test_no_name_is_listed_that_is_not_there_or_twice():
    """``__all__`` and ``dir`` list the same names, each once, and every place has its name."""
    assert dir(shadowline) == sorted(set(shadowline.__all__))
    assert len(set(shadowline.__all__)) == len(shadowline.__all__)
    assert set(shadowline._PLACES) == set(shadowline.__all__) - {"__version__"}


@pytest.mark.parametrize("name", ["simulat", "Scenarios", "nothing", "_hidden"])
def test_an_unknown_name_is_an_attribute_error(name):
    """A name that there is not raises AttributeError that says so."""
    with pytest.raises(AttributeError, match=f"'shadowline' has no attribute '{name}'"):
        getattr(shadowline, name)
    assert not hasattr(shadowline, name)


def test_importing_the_package_loads_nothing_heavy():
    """Importing the package, and listing its names, loads no library beyond Python's own."""
    code = "import sys, shadowline; dir(shadowline); shadowline.__version__; print(*sorted(name.split('.')[0] for name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert "shadowline" in loaded
    assert not HEAVY & set(loaded)


def test_the_front_door_s_own_example_runs():
    """Load, simulate, look at the table: what the package's documentation shows works as it stands."""
    war = shadowline.Scenario.load("two-camps")
    results = shadowline.simulate(war, runs=20, seed=1)

    assert isinstance(results, shadowline.Results)
    assert len(results.table) == len(war.document.outcomes)
    assert results.plan == shadowline.Plan(runs=20, seed=1)


def test_results_saved_are_results_opened(tmp_path):
    """What `save` writes, `open_results` reads: the same futures."""
    results = shadowline.simulate("two-camps", runs=3, draws=1, seed=2, horizon=30)
    results.save(tmp_path / "out")

    assert shadowline.open_results(tmp_path / "out").story(2) == results.story(2)
