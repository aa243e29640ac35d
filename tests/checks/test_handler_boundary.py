"""Check where the effect of a better handler turns against closed forms."""

import numpy as np
import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.scenario.load import load_scenario
from shadowline.study.claims import claims

CLAIM = """
claims:
  handler:
    says: A better handler restrains.
    change: {actors.red.handler: {charisma: 1, ties: 1, language: 1}}
    watch: attacks
    expects: fewer
    could_fail: It depends on the order.
    flips_when: {along: actors.red.order.blue, values: [0, 0.25, 0.5, 0.75, 1, 1.25], theory: It turns.}
"""


@pytest.fixture(scope="module")
def two_masters(pytestconfig, tmp_path_factory):
    """Return a function that puts the claim to the test in the scenario of two masters, whose orders arrive at once."""

    def tested(**changes):
        text = (pytestconfig.rootpath / "tests" / "scenarios" / "two-masters.yaml").read_text(encoding="utf-8")
        path = tmp_path_factory.mktemp("masters") / "case.yaml"
        path.write_text(text + CLAIM, encoding="utf-8")
        changes = {"actors.red.order.reaches_proxies_after": "0d", "actors.red.handler": "{charisma: 0, ties: 0, language: 0}"} | changes
        scenario = load_scenario(path, the_catalogue(), changes=changes)
        return claims(scenario, runs=6000, draws=40, seed=5, threads=2)

    return tested


def test_one_master(two_masters):
    """With one master the effect turns at an order of 1, whatever the handler: 1 - c (1 - r) does not depend on c there."""
    found = two_masters(ties="[{from: red, to: brigade, pays: 0.5, alignment: 0.7}]").claims[0].boundary

    assert found.turns == "sign"
    assert found.low - 1e-9 <= 1.0 <= found.high + 1e-9
    assert found.at == pytest.approx(1.0, abs=0.02)
    effects = [effect.difference for effect in found.effects]
    assert effects == sorted(effects)


def test_two_masters(two_masters):
    """A second master who orders a halt moves the boundary down to 1 / (1 + e^v), v his index: the obedience he loses restrained, too."""
    index = -0.8 + 1.5 * 0.3 + 1.5 * 0.3 + 1.0 * 0.2 - 1.0 * 0.6 - 0.6 * np.log(1 / (0.75**2 + 0.25**2))

    found = two_masters().claims[0].boundary

    assert found.at == pytest.approx(1 / (1 + np.exp(index)), abs=0.03)
    assert found.low <= 1 / (1 + np.exp(index)) <= found.high


def test_the_size_of_the_effect(two_masters):
    """The effect at each order is the quiet rate times the change of the mean gate, within four standard errors."""
    result = two_masters(ties="[{from: red, to: brigade, pays: 0.5, alignment: 0.7}]").claims[0]
    plain = -0.8 + 1.5 * 0.5 + 1.0 * 0.7 - 1.0 * 0.6 - 0.6 * np.log(1 / (0.75**2 + 0.25**2)) - 0.5 * 0.2
    before, after = 1 / (1 + np.exp(-plain)), 1 / (1 + np.exp(-(plain + 1.5)))

    for order, effect in zip(result.boundary.values, result.boundary.effects, strict=True):
        if abs(order - 0.4) < 0.25:  # so small a change of orders renews nobody's obedience
            continue
        expected = 7 * 2.0 * (before - after) * (1 - order)
        assert abs(effect.difference - expected) <= max(4.5 * effect.error, 0.02), order
