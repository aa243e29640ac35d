"""Futures of three scenarios, played once for all tests of findings; a file that needs others has its own under the same names."""

from pathlib import Path

import pytest

from shadowline.futures.run import Plan, simulate

TWO_PATRONS = Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml"


@pytest.fixture(scope="session")
def axis():
    """Return futures of the model case, few for each of many draws."""
    return simulate("iran-axis-2024", Plan(1200, 120, seed=51, threads=2), diary=True)


@pytest.fixture(scope="session")
def camps():
    """Return futures of the smallest scenario, whose numbers are certain."""
    return simulate("two-camps", Plan(60, 1, seed=51, threads=2), diary=True)


@pytest.fixture(scope="session")
def patrons():
    """Return futures of an invented scenario with two patrons and every kind of line."""
    return simulate(TWO_PATRONS, Plan(48, 24, seed=51, threads=2), diary=True)


@pytest.fixture(scope="session", params=["axis", "camps", "patrons"])
def results(request):
    """Return futures of each scenario in turn."""
    return request.getfixturevalue(request.param)
