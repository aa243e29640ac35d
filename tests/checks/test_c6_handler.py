"""Check C6: losing the handler raises attacks where the patron restrains, and lowers them where it spurs (Rigterink 2021, APSR)."""

import pytest

RUNS = 8000
GOOD, POOR = 1.0, 0.35
SIX_MONTHS = 180
ATTACKS_ALONE = {"outcomes": "{attacks: {asks: How many?, count: {attacks: {on: blue}, per: week}}}"}


@pytest.fixture(scope="module")
def attacks(model_of, futures_of, outcome):
    """Return a function: mean attacks in six months for a handler's quality and a fixed order."""

    def mean_attacks(quality, order):
        changes = {f"actors.red.handler.{part}": quality for part in ("charisma", "ties", "language")}
        model = model_of("two-camps", ATTACKS_ALONE | changes | {"actors.red.order.fixed": order}, draws=2000, horizon=SIX_MONTHS)
        return futures_of(model, RUNS).total[:, outcome(model, "attacks")].mean()

    return mean_attacks


@pytest.mark.parametrize("order", [0.3, 0.45, 0.6])
def test_attacks_rise_where_the_patron_restrains(attacks, order):
    """C6: under orders of .3 to .6, quality .35 for 1 multiplies attacks over 180 days by 1.0 to 1.7 (same luck; false alarm < 1e-4)."""
    assert 1.0 < attacks(POOR, order) / attacks(GOOD, order) < 1.7


def test_attacks_fall_where_the_patron_spurs(attacks):
    """C6: under an order of 1.5, quality .35 instead of 1 makes attacks over 180 days rarer (same luck; false alarm < 1e-4)."""
    assert attacks(POOR, 1.5) / attacks(GOOD, 1.5) < 1.0


def test_nothing_changes_where_the_patron_leaves_its_proxies_alone(attacks):
    """C6: under an order of 1 the handler's quality changes attacks by under 1 %, since it moves blame alone (false alarm < 1e-4)."""
    assert attacks(POOR, 1.0) / attacks(GOOD, 1.0) == pytest.approx(1.0, abs=0.01)
