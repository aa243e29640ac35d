"""Comparisons and claims of two scenarios, played once for all tests of the floor."""

from pathlib import Path

import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.scenario.load import load_scenario
from shadowline.study.claims import claims
from shadowline.study.compare import compare

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="session")
def camps_compared():
    """Return all policies of the smallest scenario, held against none."""
    return compare("two-camps", runs=400, seed=51, threads=2)


@pytest.fixture(scope="session")
def axis_compared():
    """Return three policies of the model case."""
    return compare("iran-axis-2024", ["as-it-is", "old-handler", "stand-down"], runs=600, draws=60, seed=51, threads=2)


@pytest.fixture(scope="session")
def camps_claims():
    """Return the claims of the smallest scenario."""
    return claims("two-camps", runs=800, seed=51, threads=2)


@pytest.fixture
def with_policies(tmp_path):
    """Return a function that loads a scenario with words added to it, and numbers changed by path."""

    def loaded(words, name="two-camps", **changes):
        own = SCENARIOS / f"{name}.yaml"
        path = tmp_path / "case.yaml"
        head = f"extends: {own if own.exists() else name}\n"
        path.write_text("shadowline: 1\nid: case\n" + head + words, encoding="utf-8")
        return load_scenario(path, the_catalogue(), changes=changes)

    return loaded
