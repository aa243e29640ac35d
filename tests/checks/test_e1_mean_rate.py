"""Check E1: in the linear regime mean rates of attacks and answers are (I - N)⁻¹ μ."""

import numpy as np
import pytest

BRANCHING, REVENGE, PROVOKED, QUIET = 0.5, 3.0, 0.06, 0.5
SMALL = 0.02  # answers are made this much rarer, and revenge as much stronger: the product, hence the radius, stays
DEAD, GRIEVANCE_DAYS, PROVOCATION_DAYS = 2.0, 4.0, 3.0
SETTLED = 40  # weeks
RUNS, DAYS = 3200, 2030


def lost_in_a_day(half_life):
    """Return the share of a stock that is forgotten in a day."""
    return 1 - 0.5 ** (1 / half_life)


@pytest.fixture(scope="module")
def linear(model_of):
    """Return two camps in which nothing but branching, provocation and revenge works, and hardly saturates."""
    revenge = REVENGE / SMALL * lost_in_a_day(GRIEVANCE_DAYS) / DEAD
    provoked = PROVOKED * SMALL * lost_in_a_day(PROVOCATION_DAYS)
    never = dict.fromkeys(("major-strike", "assets-abroad", "patron-soil"), -50)
    changes = {
        "lines": "{}",
        "outcomes": "{attacks: {asks: How many?, count: {attacks: {on: blue}, per: day}},"
        " answers: {asks: How many?, count: {strikes: {by: blue}, per: day}}}",
        "actors.red.order.fixed": 1,
        "fronts.brigade>outpost.quiet_rate": f"{QUIET}/day",
        "fronts.brigade>outpost.branching": BRANCHING,
        "fronts.brigade>outpost.momentum_half_life": "1d",
        "targets.outpost.intercepted": 1,
        "targets.outpost.mistaken_for_friend": 0,
        "actors.brigade.grievance": f"{{per_dead: {revenge}/day, half_life: {GRIEVANCE_DAYS}d}}",
        "actors.brigade.fear": "{per_severity: 0, expected_answer: 0}",
        "actors.blue.provocation": f"{{half_life: {PROVOCATION_DAYS}d, attack: 1, discharge: 0}}",
        "actors.blue.answers": f"{{base_rate: 0/day, per_provocation: {provoked}/day, delay: 1d, appeal: {never}}}",
        "actors.blue.strikes": f"{{dead: {{limited-strike: {DEAD}}}, removes_group_leader: {{limited-strike: 0}}}}",
    }
    return model_of("two-camps", changes, draws=32, horizon=DAYS)


@pytest.fixture(scope="module")
def rates(linear, futures_of):
    """Return the daily rates (runs, 2) of attacks and answers once settled."""
    weekly = futures_of(linear, RUNS).weekly[:, :, SETTLED:].astype(float)
    return weekly.sum(axis=2) / (7 * weekly.shape[2])


def test_the_worked_example():
    """E1: N = [[.5, 3], [.06, 0]] and μ = (.5, 0) give (1.5625, .09375), with spectral radius .742443."""
    branching = np.array([[BRANCHING, REVENGE], [PROVOKED, 0]])
    assert np.linalg.solve(np.eye(2) - branching, [QUIET, 0]) == pytest.approx([1.5625, 0.09375])
    assert max(abs(np.linalg.eigvals(branching))) == pytest.approx(0.742443, abs=5e-7)


@pytest.mark.parametrize(("what", "rate"), [(0, 1.5625), (1, 0.09375 * SMALL)])
def test_mean_rates_of_attacks_and_answers(rates, errors_off, what, rate):
    """E1: simulated rates of attacks and of answers are the theory's within four standard errors (false alarm 6e-5 each)."""
    assert errors_off(rates[:, what], rate) < 4
    assert rates[:, what].mean() == pytest.approx(rate, rel=0.05)
