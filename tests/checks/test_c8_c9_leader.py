"""Checks C8 and C9: a ruler's mortality, and whether his regime outlives him."""

import math
from datetime import date, timedelta

import numpy as np
import pytest

from shadowline.engine.batch import scratch
from shadowline.mechanisms.leadership import yearly_hazard

AS_OF = date(2024, 1, 1)
AGED = AS_OF + timedelta(days=1) - timedelta(days=round(84.78 * 365.25))
SURVIVAL = {1.0: {1: 0.8605, 2: 0.7303, 5: 0.4051}, 0.5: {1: 0.9276, 2: 0.8545, 5: 0.6364}}
PEACE = {
    "lines": "{}",
    "fronts.brigade>outpost.quiet_rate": "0/day",
    "actors.blue.answers.base_rate": "0/day",
    "outcomes": "{leader-dies: {asks: Does red's leader die?, happens_when: {leader_dies: red}}}",
}


@pytest.fixture(scope="module")
def aged(model_of):
    """Return a function: a peaceful model whose ruler is 84.78 years old and has a given frailty."""

    def built(frailty, days, **more):
        changes = PEACE | {"actors.red.leader": f"{{born: {AGED}, frailty: {frailty}}}"} | more
        return model_of("two-camps", changes, horizon=days)

    return built


@pytest.mark.parametrize("frailty", [1.0, 0.5])
def test_survival_by_the_hazard(aged, frailty):
    """C8: the hazard summed day by day gives UN survival after one, two and five years, to 5e-4."""
    model = aged(frailty, 1)
    world = scratch(model)
    world.memory[:] = model.starts[0]
    principal = world.principals[0]
    assert principal.leader_age == pytest.approx(84.78, abs=0.002)
    summed = 0.0
    for day in range(1, 5 * 365 + 2):
        principal.leader_age += 1 / 365.25
        summed += yearly_hazard(principal) / 365.25
        for years, survival in SURVIVAL[frailty].items():
            if day == round(years * 365.25):
                assert math.exp(-summed) == pytest.approx(survival, abs=5e-4)


@pytest.mark.parametrize("frailty", [1.0, 0.5])
def test_survival_by_simulated_futures(aged, futures_of, frailty):
    """C8: the share of simulated rulers alive after one, two and five years is the UN's (4.5 standard errors, false alarm 2e-5 in all)."""
    model = aged(frailty, 1826)
    died = futures_of(model, 4000).first_day[:, 0]
    for years, survival in SURVIVAL[frailty].items():
        alive = (died < 0) | (died >= round(years * 365.25))
        error = math.sqrt(survival * (1 - survival) / alive.size)
        assert alive.mean() == pytest.approx(survival, abs=4.5 * error)


def test_the_regime_outlives_its_ruler_in_87_of_100_cases(aged, endings_of):
    """C9: one year after a ruler's death in office 87 % of regimes are intact (4 standard errors, false alarm 6e-5)."""
    very_old = {"actors.red.leader.frailty": 5, "actors.red.leader.interregnum": "3650d", "actors.red.leader.hazard_at_reference": 5}
    model = aged(5, 400, **very_old)
    intact = []
    for world in endings_of(model, 6000):
        red = world.principals[0]
        died_a_year_ago = red.leader_deaths == 1 and 3650 - red.interregnum_left >= 365
        if died_a_year_ago or red.regime_intact == 0:
            intact.append(red.regime_intact)
    intact = np.array(intact)
    assert intact.size > 3000
    assert intact.mean() == pytest.approx(0.87, abs=4 * math.sqrt(0.87 * 0.13 / intact.size))


def test_a_fallen_regime_has_no_successor(aged, endings_of):
    """C9: after the regime fell with its ruler nobody succeeds him."""
    model = aged(5, 400, **{"actors.red.leader.regime_survives": 0, "actors.red.leader.hazard_at_reference": 5})
    for world in endings_of(model, 200):
        red = world.principals[0]
        assert red.leader_deaths <= 1
        assert red.leader_alive == 1 - red.leader_deaths
