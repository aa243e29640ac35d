"""Numbers as people know them become values, ranges and distributions within hard limits, or one clear error."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowline.errors import Code, InputError
from shadowline.parameters import Parameter
from shadowline.scenario.numbers import Number, default_number, dimension_of, is_number, read_number
from shadowline.units import Dimension

U = (np.arange(2000) + 0.5) / 2000


def read(raw, dimension=Dimension.COUNT, floor=0.0, ceiling=1000.0):
    """Read a number within limits."""
    return read_number(raw, dimension, floor, ceiling)


def refusal(raw, dimension=Dimension.COUNT, **limits):
    """Return the error with which a number is refused."""
    with pytest.raises(InputError) as caught:
        read(raw, dimension, **limits)
    return caught.value


def test_a_single_value_is_certain():
    """A plain number is the same in every draw."""
    number = read(0.25, Dimension.PROBABILITY, 0, 1)

    assert number.is_certain
    assert set(number.quantiles(U)) == {0.25}


def test_a_range_has_its_mode_and_stays_within_its_ends():
    """An expert range is a PERT distribution: the mean is a sixth of low, four modes and high."""
    drawn = read({"low": 1, "mode": 2, "high": 9}).quantiles(U)

    assert drawn.min() > 1
    assert drawn.max() < 9
    assert drawn.mean() == pytest.approx((1 + 8 + 9) / 6, rel=1e-3)


def test_a_range_without_a_mode_is_uniform():
    """Low and high alone leave every value between them equally likely."""
    drawn = read({"low": 2, "high": 4}).quantiles(U)

    assert drawn.mean() == pytest.approx(3)
    assert drawn.std() == pytest.approx(2 / 12**0.5, rel=1e-3)


@pytest.mark.parametrize(
    ("raw", "mean", "spread"),
    [
        ({"mean": 5, "spread": 1}, 5, 1),
        ({"distribution": "normal", "mean": 5, "spread": 1}, 5, 1),
        ({"distribution": "beta", "mean": 0.3, "spread": 0.1}, 0.3, 0.1),
        ({"distribution": "gamma", "mean": 4, "spread": 2}, 4, 2),
        ({"distribution": "uniform", "low": 0, "high": 1}, 0.5, 12**-0.5),
    ],
)
def test_a_distribution_has_the_mean_and_spread_that_it_states(raw, mean, spread):
    """What a distribution is declared by is what its draws have."""
    drawn = read(raw).quantiles(U)

    assert drawn.mean() == pytest.approx(mean, rel=2e-3)
    assert drawn.std() == pytest.approx(spread, rel=2e-2)


def test_a_lognormal_has_its_median_and_two_thirds_within_a_factor():
    """Sixty-eight in a hundred draws of a lognormal lie within its factor of the median."""
    drawn = read({"distribution": "lognormal", "median": 10, "factor": 2}).quantiles(U)

    assert np.median(drawn) == pytest.approx(10, rel=1e-3)
    assert np.mean((drawn > 5) & (drawn < 20)) == pytest.approx(0.6827, abs=2e-3)


def test_draws_are_kept_within_the_hard_limits():
    """No draw leaves the limits beyond which the equations lose their meaning."""
    drawn = read({"mean": 1, "spread": 5}, ceiling=3).quantiles(U)

    assert drawn.min() == 0
    assert drawn.max() == 3


def test_a_total_gives_the_rate_that_would_produce_it():
    """A count over days is the posterior of its rate, of which a front makes its share."""
    number = read({"total": 83, "over": "797d", "times": 0.5}, Dimension.RATE)

    assert number.is_solved
    assert number.quantiles(U).mean() == pytest.approx(0.5 * 83.5 / 797, rel=1e-3)


def test_a_ratio_compares_two_counts():
    """A count over days against another is the multiple of their rates."""
    number = read({"total": 164, "over": "98d", "against": {"total": 83, "over": "797d"}})

    assert number.quantiles(U).mean() == pytest.approx(164.5 / 98 / (83 / 797), rel=1e-3)


def test_a_number_carries_its_evidence_and_when_it_was_known():
    """What a number rests on is kept with it."""
    number = read({"value": 2, "because": ["a", "b"], "known_on": "2024-01-30", "note": "counted twice"})

    assert number.because == ("a", "b")
    assert number.known_on == date(2024, 1, 30)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({}, Code.MISSING_KEY),
        ({"because": "a"}, Code.MISSING_KEY),
        ({"low": 1}, Code.MISSING_KEY),
        ({"mean": 1}, Code.MISSING_KEY),
        ({"low": 1, "mode": 2, "hihg": 3}, Code.UNKNOWN_KEY),
        ({"value": 1, "unit": "day"}, Code.UNKNOWN_KEY),
        ({"distribution": "betaa", "mean": 0.5, "spread": 0.1}, Code.UNKNOWN_CHOICE),
        ({"distribution": ["beta"], "mean": 0.5, "spread": 0.1}, Code.UNKNOWN_CHOICE),
        ({"low": 3, "mode": 2, "high": 1}, Code.INCONSISTENT),
        ({"low": 3, "high": 1}, Code.INCONSISTENT),
        ({"low": 1, "mode": 2, "high": 5000}, Code.OUT_OF_RANGE),
        ({"distribution": "beta", "mean": 1, "spread": 0.1}, Code.OUT_OF_RANGE),
        ({"distribution": "beta", "mean": 0.5, "spread": 0.6}, Code.OUT_OF_RANGE),
        ({"distribution": "beta", "mean": 0.5, "spread": -0.1}, Code.OUT_OF_RANGE),
        ({"distribution": "gamma", "mean": 0, "spread": 1}, Code.OUT_OF_RANGE),
        ({"distribution": "lognormal", "median": 0, "factor": 2}, Code.OUT_OF_RANGE),
        ({"distribution": "lognormal", "median": 1, "factor": 0.5}, Code.OUT_OF_RANGE),
        ({"distribution": "lognormal", "median": 1, "factor": 1e300}, Code.OUT_OF_RANGE),
        ({"total": 5, "over": "5d", "against": {"total": 0, "over": "5d"}}, Code.OUT_OF_RANGE),
        ({"total": 5, "over": "5d", "against": 3}, Code.WRONG_TYPE),
        ({"value": 1, "because": 5}, Code.WRONG_TYPE),
        ({"value": 1, "because": {"a": 1}}, Code.WRONG_TYPE),
        ({"value": 1, "because": [1]}, Code.WRONG_TYPE),
        ({"value": 1, "note": 3}, Code.WRONG_TYPE),
        ({"value": 1, "known_on": True}, Code.BAD_DATE),
        ({"value": {"value": 1}}, Code.WRONG_TYPE),
        (None, Code.WRONG_TYPE),
        ([1], Code.WRONG_TYPE),
        (True, Code.WRONG_TYPE),
        ("nan", Code.WRONG_TYPE),
        (float("nan"), Code.OUT_OF_RANGE),
        (float("inf"), Code.OUT_OF_RANGE),
        (10**400, Code.OUT_OF_RANGE),
        (-1, Code.OUT_OF_RANGE),
    ],
)
def test_what_is_no_number_is_refused_with_its_code(raw, code):
    """Every way of writing a number wrongly has its code."""
    assert refusal(raw).code is code


@pytest.mark.parametrize("raw", [{"total": 5, "over": "5d"}, {"total": 5, "over": "5d", "against": {"total": 5, "over": "5d"}}])
def test_counts_give_only_what_counts_can_give(raw):
    """A total gives a rate, a ratio of totals a multiplier, and neither of them a share."""
    assert refusal(raw, Dimension.PROBABILITY).code is Code.WRONG_UNIT


@pytest.mark.parametrize("total", [{"total": 5, "over": "0d"}, {"total": 5, "over": "5d", "gate": 0}, {"total": 1e308, "over": "1e-300d"}])
def test_a_total_over_no_time_is_refused(total):
    """A total without time to happen in has no rate."""
    assert refusal(total, Dimension.RATE).code is Code.OUT_OF_RANGE


@given(
    st.sampled_from(["normal", "beta", "gamma"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_whatever_is_accepted_can_be_drawn(kind, mean, spread):
    """A distribution is either refused, or gives finite draws within its limits."""
    try:
        number = read({"distribution": kind, "mean": mean, "spread": spread}, Dimension.COUNT)
    except InputError:
        return
    drawn = number.quantiles(U)
    assert np.all(np.isfinite(drawn))
    assert np.all((drawn >= 0) & (drawn <= 1000))


def test_only_parts_of_numbers_make_a_number():
    """A mapping of fields is told from a number with parts by its keys."""
    assert is_number({"low": 1, "mode": 2, "high": 3, "because": "a"})
    assert is_number({"distribution": "beta", "mean": 0.5, "spread": 0.1})
    assert not is_number({"because": "a"})
    assert not is_number({"low": 1, "colour": "red"})
    assert not is_number(5)


@pytest.mark.parametrize(
    ("unit", "floor", "dimension"),
    [
        ("1/day", 0, Dimension.RATE),
        ("1/day", -1, Dimension.GROWTH),
        ("day", 0, Dimension.DURATION),
        ("share", 0, Dimension.PROBABILITY),
        ("number", 0, Dimension.COUNT),
        ("number", -1, Dimension.PLAIN),
    ],
)
def test_the_unit_of_a_parameter_says_what_it_measures(unit, floor, dimension):
    """Unit and floor of a parameter decide how scenarios write it."""
    assert dimension_of(Parameter("t", "n", 1, 0, 2, unit, "m", floor=floor)) is dimension


def test_an_unstated_number_is_drawn_from_the_model_s_range_or_is_its_default():
    """What nobody states is uncertain within the defensible range, unless the scenario asks for defaults."""
    parameter = Parameter("t", "n", 5, 1, 9, "number", "m", floor=0)

    assert default_number(parameter, drawn=True) == Number("range", {"low": 1, "mode": 5, "high": 9}, 0)
    assert default_number(parameter, drawn=False).middle() == 5
