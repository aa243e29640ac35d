"""Check E4: the mean gate over draws of obedience, and the proxy that always obeys."""

import math

import numpy as np
import pytest

ORDERS = {"red": 0.4, "grey": 0.0}
RIVALS = 1 / (0.75**2 + 0.25**2)
INDEX = {
    "red": -0.8 + 1.5 * 0.6 + 1.5 * 0.5 + 0.7 - 0.6 - 0.6 * math.log(RIVALS) - 0.5 * 0.2,
    "grey": -0.8 + 1.5 * 0.3 + 1.5 * 0.3 + 0.2 - 0.6 - 0.6 * math.log(RIVALS),
}
CONTROL = {key: math.exp(v) / (1 + sum(math.exp(w) for w in INDEX.values())) for key, v in INDEX.items()}
GATE = 1 - sum(CONTROL[key] * (1 - ORDERS[key]) for key in ORDERS)
QUIET, DAYS = 2.0, 120


@pytest.fixture(scope="module")
def masters(model_of):
    """Return the model of one proxy between two principals."""
    return model_of("two-masters", draws=4000, horizon=DAYS)


@pytest.mark.parametrize("key", ["red", "grey"])
def test_each_principal_is_obeyed_as_often_as_its_control(masters, endings_of, key):
    """E4: in 6,000 futures a principal is obeyed with chance c = e^v / (1 + Σ e^v) (4 standard errors, false alarm 6e-5 each)."""
    row = masters.names.principals.index(key)
    obeyed = np.array([world.feuds[0].obeys == row for world in endings_of(masters, 6000)])
    chance = CONTROL[key]
    assert obeyed.mean() == pytest.approx(chance, abs=4 * math.sqrt(chance * (1 - chance) / obeyed.size))


def test_the_mean_gate_scales_attacks(masters, futures_of, errors_off, outcome):
    """E4: with two principals of orders .4 and 0, attacks are the quiet rate times 1 - Σ c (1 - r) (4 errors, false alarm 6e-5)."""
    attacks = futures_of(masters, 4000).total[:, outcome(masters, "attacks")]
    assert errors_off(attacks / (QUIET * DAYS), GATE) < 4
    assert attacks.mean() / (QUIET * DAYS) == pytest.approx(GATE, rel=0.03)


def test_opposed_principals_weaken_each_other(model_of, futures_of, outcome):
    """E4: the proxy attacks more under two principals that want more and less than under the one alone that wants less."""
    opposed = model_of("two-masters", {"actors.red.order.fixed": 1.5}, draws=800)
    alone = model_of("two-masters", {"ties": "[{from: grey, to: brigade, pays: 0.3, alignment: 0.2}]"}, draws=800)
    column = outcome(alone, "attacks")
    assert futures_of(opposed, 800).total[:, column].mean() > futures_of(alone, 800).total[:, column].mean()


def test_an_obedient_proxy_under_a_halt_makes_no_attack(model_of, futures_of, outcome):
    """E4: one proxy that surely obeys an order of 0 makes no attack at all in 800 futures."""
    tie = "[{from: red, to: brigade, pays: 0.5, alignment: 0.7}]"
    surely = {"defaults.model.control.constant": 20, "actors.red.order.fixed": 0, "ties": tie}
    model = model_of("two-masters", surely, draws=800)
    assert futures_of(model, 800).total[:, outcome(model, "attacks")].max() == 0
