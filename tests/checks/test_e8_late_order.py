"""Check E8: an order that arrives late leaves time for a crossing."""

import math

import numpy as np
import pytest

RATE, KILLS, LAG = 1.57, 1 / 166, 7
CHANCE = 0.0641
RUNS = 80_000


@pytest.fixture(scope="module")
def halted(model_of):
    """Return a function: an obedient proxy whose patron orders a halt on day 0, with a lag in days."""

    def built(lag):
        changes = {
            "actors.red.order.schedule": "[{from: 2020-01-01, order: 1}, {from: 2024-01-02, order: 0}]",
            "actors.red.order.reaches_proxies_after": f"{lag}d",
            "defaults.model.control.constant": 20,
            "fronts.brigade>outpost.quiet_rate": f"{RATE}/day",
            "fronts.brigade>outpost.branching": 0,
            "targets.outpost.intercepted": 0,
            "targets.outpost.mistaken_for_friend": 0,
            "targets.outpost.contractor_share": 0,
            "targets.outpost.lethal_if_through": KILLS,
            "actors.blue.answers": "{base_rate: 0/day, per_provocation: 0/day}",
            "outcomes": "{crossed: {asks: Is a soldier killed?, happens_when: {line_crossed: no-blue-soldier}},"
            " attacks: {asks: How many?, count: {attacks: {on: blue}, per: day}}}",
        }
        return model_of("two-camps", changes, horizon=30)

    return built


def test_a_soldier_is_killed_before_the_order_arrives(halted, futures_of):
    """E8: with 7 days of lag, 1.57 attacks a day and 1/166 fatal, a line is crossed with chance .0641 (4 errors, false alarm 6e-5)."""
    assert 1 - math.exp(-RATE * KILLS * LAG) == pytest.approx(CHANCE, abs=5e-5)
    crossed = futures_of(halted(LAG), RUNS).first_day[:, 0]
    assert (crossed >= 0).mean() == pytest.approx(CHANCE, abs=4 * math.sqrt(CHANCE * (1 - CHANCE) / RUNS))
    assert set(np.unique(crossed)) == {-1, *range(LAG)}


@pytest.mark.parametrize("lag", [0, 1, 7])
def test_attacks_end_on_the_day_the_order_arrives(halted, futures_of, lag):
    """E8: expected attacks are the rate times the lag, and none without lag (4.4 standard errors, false alarm 1e-5 each)."""
    attacks = futures_of(halted(lag), 8000).total[:, 1]
    assert attacks.mean() == pytest.approx(RATE * lag, abs=4.4 * math.sqrt(RATE * lag / attacks.size))
