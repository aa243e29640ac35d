"""Quantities as people write them become numbers per day, in days, or as shares of 1."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowline.errors import Code, InputError
from shadowline.units import EXPECTED, Dimension, format_quantity, parse_date, parse_duration, parse_quantity


@pytest.mark.parametrize(
    ("value", "dimension", "number"),
    [
        ("0.02/day", Dimension.RATE, 0.02),
        ("1.5/week", Dimension.RATE, 1.5 / 7),
        ("2/month", Dimension.RATE, 2 / 30.4375),
        ("0/day", Dimension.RATE, 0.0),
        ("3 per year", Dimension.RATE, 3 / 365.25),
        ("3 attacks per week", Dimension.RATE, 3 / 7),
        ("3 attacks/week", Dimension.RATE, 3 / 7),
        ("1e-3 / d", Dimension.RATE, 0.001),
        ("-1%/month", Dimension.GROWTH, -0.01 / 30.4375),
        ("3d", Dimension.DURATION, 3.0),
        ("6.6 days", Dimension.DURATION, 6.6),
        ("2 weeks", Dimension.DURATION, 14.0),
        ("6 months", Dimension.DURATION, 182.625),
        ("1y", Dimension.DURATION, 365.25),
        ("12h", Dimension.DURATION, 0.5),
        ("every 30d", Dimension.DURATION, 30.0),
        ("93%", Dimension.PROBABILITY, 0.93),
        (0.93, Dimension.PROBABILITY, 0.93),
        ("0.93", Dimension.PROBABILITY, 0.93),
        (1, Dimension.PROBABILITY, 1.0),
        ("20 attacks", Dimension.COUNT, 20.0),
        ("1 soldier killed", Dimension.COUNT, 1.0),
        (20, Dimension.COUNT, 20.0),
        (np.float64(2.5), Dimension.COUNT, 2.5),
        (-0.3, Dimension.PLAIN, -0.3),
        ("+0.3", Dimension.PLAIN, 0.3),
        ("80%", Dimension.PLAIN, 0.8),
        ("2024-01-30", Dimension.DATE, float(date(2024, 1, 30).toordinal())),
    ],
)
def test_quantities_become_numbers_in_the_units_of_the_model(value, dimension, number):
    """Whatever unit a quantity is written in, the model gets days, rates per day and shares of 1."""
    assert parse_quantity(value, dimension) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize(
    ("value", "dimension", "code"),
    [
        (0.3, Dimension.RATE, Code.MISSING_UNIT),
        (0, Dimension.RATE, Code.MISSING_UNIT),
        ("0.3", Dimension.RATE, Code.MISSING_UNIT),
        ("3%", Dimension.RATE, Code.MISSING_UNIT),
        (3, Dimension.DURATION, Code.MISSING_UNIT),
        ("3", Dimension.DURATION, Code.MISSING_UNIT),
        ("3 weeks", Dimension.RATE, Code.WRONG_UNIT),
        ("3/parsec", Dimension.RATE, Code.WRONG_UNIT),
        ("3/day", Dimension.DURATION, Code.WRONG_UNIT),
        ("3 m", Dimension.DURATION, Code.WRONG_UNIT),
        ("3d", Dimension.PROBABILITY, Code.WRONG_UNIT),
        ("3d", Dimension.COUNT, Code.WRONG_UNIT),
        ("20%", Dimension.COUNT, Code.WRONG_UNIT),
        ("20/day", Dimension.COUNT, Code.WRONG_UNIT),
        ("20 attacks per day", Dimension.COUNT, Code.WRONG_UNIT),
        ("20 attacks", Dimension.PLAIN, Code.WRONG_UNIT),
        ("1,000", Dimension.COUNT, Code.WRONG_UNIT),
        (93, Dimension.PROBABILITY, Code.OUT_OF_RANGE),
        ("101%", Dimension.PROBABILITY, Code.OUT_OF_RANGE),
        (-0.1, Dimension.PROBABILITY, Code.OUT_OF_RANGE),
        ("-3d", Dimension.DURATION, Code.OUT_OF_RANGE),
        ("-1/day", Dimension.RATE, Code.OUT_OF_RANGE),
        (-1, Dimension.COUNT, Code.OUT_OF_RANGE),
        (float("nan"), Dimension.PLAIN, Code.OUT_OF_RANGE),
        (float("inf"), Dimension.COUNT, Code.OUT_OF_RANGE),
        ("1e999d", Dimension.DURATION, Code.OUT_OF_RANGE),
        ("1e308y", Dimension.DURATION, Code.OUT_OF_RANGE),
        (10**400, Dimension.COUNT, Code.OUT_OF_RANGE),
        ("nan", Dimension.PLAIN, Code.WRONG_TYPE),
        ("a lot", Dimension.COUNT, Code.WRONG_TYPE),
        ("", Dimension.COUNT, Code.WRONG_TYPE),
        (True, Dimension.PROBABILITY, Code.WRONG_TYPE),
        (None, Dimension.PLAIN, Code.WRONG_TYPE),
        ([1], Dimension.PLAIN, Code.WRONG_TYPE),
        (1j, Dimension.PLAIN, Code.WRONG_TYPE),
        ("soon", Dimension.DATE, Code.BAD_DATE),
    ],
)
def test_what_is_no_such_quantity_is_refused_with_its_code(value, dimension, code):
    """A quantity without unit, with a foreign unit, out of range or of a wrong type is refused with its own code."""
    with pytest.raises(InputError) as caught:
        parse_quantity(value, dimension)

    assert caught.value.code is code
    assert caught.value.expected == EXPECTED[dimension]


@pytest.mark.parametrize(
    ("value", "dimension", "nearest"),
    [
        ("3 weks", Dimension.DURATION, "weeks"),
        ("3/mnth", Dimension.RATE, "month"),
        ("3 weeks", Dimension.RATE, None),
        ("3 m", Dimension.DURATION, None),
    ],
)
def test_a_misspelt_unit_of_time_is_named_and_a_known_one_is_not(value, dimension, nearest):
    """A misspelt unit gets the nearest one; a known unit in a wrong place gets no suggestion."""
    with pytest.raises(InputError) as caught:
        parse_quantity(value, dimension)

    assert caught.value.nearest == nearest


def test_a_horizon_is_a_duration_with_its_unit():
    """The horizon of the command line is read in days, and a bare number is refused."""
    assert parse_duration("180d") == 180.0
    with pytest.raises(InputError, match="needs its unit"):
        parse_duration("180")


def test_dates_are_days_of_the_calendar():
    """A date is given as one or written as year, month and day."""
    assert parse_date("2024-01-30") == parse_date(date(2024, 1, 30)) == date(2024, 1, 30)


@pytest.mark.parametrize("value", ["2024-02-30", "30.1.2024", "20240130", "2024-W05-2", 20240130, None, datetime(2024, 1, 30, tzinfo=UTC)])
def test_what_is_no_day_is_no_date(value):
    """Days the calendar does not have, other spellings and times of day are refused."""
    with pytest.raises(InputError) as caught:
        parse_date(value)

    assert caught.value.code is Code.BAD_DATE


@pytest.mark.parametrize(
    ("number", "dimension", "text"),
    [
        (0.02, Dimension.RATE, "0.02/day"),
        (1.0, Dimension.DURATION, "1 day"),
        (6.6, Dimension.DURATION, "6.6 days"),
        (0.93, Dimension.PROBABILITY, "93%"),
        (20.0, Dimension.COUNT, "20"),
        (738915.0, Dimension.DATE, "2024-01-30"),
    ],
)
def test_numbers_are_written_with_their_units(number, dimension, text):
    """A number of the model is written the way a scenario would hold it."""
    assert format_quantity(number, dimension) == text


@given(st.floats(0, 1), st.sampled_from([dimension for dimension in Dimension if dimension is not Dimension.DATE]))
def test_what_is_written_is_read_back(number, dimension):
    """Writing a number and reading it again gives the same number to six digits, in every dimension."""
    assert parse_quantity(format_quantity(number, dimension), dimension) == pytest.approx(number, rel=1e-5)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none()), st.sampled_from(Dimension))
def test_no_value_escapes_as_anything_but_a_finite_number_or_a_coded_error(value, dimension):
    """Any value is either a finite number or refused with a coded error."""
    try:
        number = parse_quantity(value, dimension)
    except InputError as error:
        assert error.code in Code
    else:
        assert np.isfinite(number)
