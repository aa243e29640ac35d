"""Quantities as people write them, turned into the model's own units.

The model counts in days: rates are per day, durations are days. Probabilities are shares of 1. Rates and durations
must carry their unit, because a bare ``0.3`` does not say whether it is per day or per month. Months and years are
means of the Gregorian calendar: 30.4375 and 365.25 days.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from enum import StrEnum
from numbers import Real
from typing import NoReturn

from shadowline.errors import Code, InputError, nearest_name

DAYS_PER_MONTH = 30.4375
DAYS_PER_YEAR = 365.25

_DAYS_BY_NAMES = {
    ("h", "hr", "hour", "hours"): 1 / 24,
    ("d", "day", "days"): 1.0,
    ("w", "wk", "week", "weeks"): 7.0,
    ("mo", "month", "months"): DAYS_PER_MONTH,
    ("y", "yr", "year", "years"): DAYS_PER_YEAR,
}
DAYS_IN: dict[str, float] = {name: days for names, days in _DAYS_BY_NAMES.items() for name in names}

_NUMBER_AND_UNIT = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*", re.DOTALL)
_PER_TIME = re.compile(r"(?P<what>%|[^\W\d][\w -]*?)?\s*(?:/|\bper\b)\s*(?:an?\s+)?(?P<time>[^\W\d]+)")
_WORDS = re.compile(r"[^\W\d][\w -]*")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Dimension(StrEnum):
    """What a number measures; the value is the unit that the model counts it in."""

    RATE = "1/day"
    GROWTH = "1/day, either sign"
    DURATION = "day"
    PROBABILITY = "share of 1"
    COUNT = "count"
    PLAIN = "plain number"
    DATE = "date"


TAKES_TIME = frozenset({Dimension.RATE, Dimension.GROWTH, Dimension.DURATION})
EXPECTED: dict[Dimension, str] = {
    Dimension.RATE: "a rate with its unit, such as 0.02/day, 1.5/week or 2/month",
    Dimension.GROWTH: "a growth with its unit, such as 1%/month or -0.001/day",
    Dimension.DURATION: "a duration with its unit, such as 3d, 6.6 days, 2 weeks or 6 months",
    Dimension.PROBABILITY: "a probability from 0 to 1, or a percentage such as 93%",
    Dimension.COUNT: "a number of 0 or more, with or without a word for what is counted",
    Dimension.PLAIN: "a plain number",
    Dimension.DATE: "a date such as 2024-01-30",
}


def parse_quantity(value: object, dimension: Dimension) -> float:
    """Turn a quantity as written in a scenario into a number in the model's unit.

    Parameters
    ----------
    value : object
        A number or text, such as ``0.93``, ``'93%'``, ``'1.5/week'``, ``'6.6 days'`` or ``'20 attacks'``.
    dimension : Dimension
        What the number has to measure.

    Returns
    -------
    float
        Rates and growth per day, durations in days, probabilities as shares of 1, counts and plain numbers as they
        are, dates as the proleptic ordinal of the day (1 January of year 1 is 1).

    Raises
    ------
    InputError
        Without a place: MISSING_UNIT, WRONG_UNIT, WRONG_TYPE, OUT_OF_RANGE or BAD_DATE.
    """
    if dimension is Dimension.DATE:
        return float(parse_date(value).toordinal())
    number, unit = _split(value, dimension)
    result = _scaled(number, unit, value, dimension)
    _check_range(result, value, dimension)
    return result


def parse_duration(value: object) -> float:
    """Turn a duration such as ``'180d'`` or ``'6 months'`` into days (see `parse_quantity`)."""
    return parse_quantity(value, Dimension.DURATION)


def parse_date(value: object) -> date:
    """Turn a date, or text such as ``'2024-01-30'``, into a date.

    Raises
    ------
    InputError
        BAD_DATE if it is neither, has a time of day, or is not in the calendar.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise InputError(Code.BAD_DATE, "no such day in the calendar", found=value) from None
    raise InputError(Code.BAD_DATE, "not a date", found=value, expected=EXPECTED[Dimension.DATE])


def format_quantity(number: float, dimension: Dimension) -> str:
    """Write a number of the model's unit as people read it; `parse_quantity` reads it back to six digits."""
    match dimension:
        case Dimension.RATE | Dimension.GROWTH:
            return f"{number:.6g}/day"
        case Dimension.DURATION:
            return f"{number:.6g} {'day' if number == 1 else 'days'}"
        case Dimension.PROBABILITY:
            return f"{100 * number:.6g}%"
        case Dimension.DATE:
            return date.fromordinal(int(number)).isoformat()
        case Dimension.COUNT | Dimension.PLAIN:
            return f"{number:.6g}"


def _split(value: object, dimension: Dimension) -> tuple[float, str]:
    """Return the number and the unit of `value`; the unit of a bare number is empty."""
    if isinstance(value, Real) and not isinstance(value, bool):
        return _finite(value, value, dimension), ""
    if not isinstance(value, str):
        fault = "no value given" if value is None else "not a quantity"
        raise InputError(Code.WRONG_TYPE, fault, found=value, expected=EXPECTED[dimension])
    text = value.strip()
    if dimension is Dimension.DURATION:
        text = text.removeprefix("every ")  # "reviewed: every 30d" reads better than "reviewed: 30d"
    parts = _NUMBER_AND_UNIT.fullmatch(text)
    if parts is None:
        raise InputError(Code.WRONG_TYPE, "not a quantity", found=value, expected=EXPECTED[dimension])
    return _finite(float(parts[1]), value, dimension), parts[2]


def _finite(number: Real | float, value: object, dimension: Dimension) -> float:
    try:
        result = float(number)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise InputError(Code.OUT_OF_RANGE, "not a finite number", found=value, expected=EXPECTED[dimension])
    return result


def _scaled(number: float, unit: str, value: object, dimension: Dimension) -> float:
    """Return `number` in the model's unit, or raise because `unit` is absent or does not fit."""
    match dimension:
        case Dimension.RATE | Dimension.GROWTH:
            return _per_day(number, unit, value, dimension)
        case Dimension.DURATION:
            return number * _days(unit, value, dimension)
        case Dimension.COUNT if unit and _WORDS.fullmatch(unit) and unit.lower() not in DAYS_IN:
            if " per " not in f" {unit} ":
                return number
        case Dimension.PROBABILITY | Dimension.PLAIN if unit == "%":
            return number / 100
    if unit:
        _refuse_unit(unit, value, dimension)
    return number


def _per_day(number: float, unit: str, value: object, dimension: Dimension) -> float:
    if not unit or unit == "%":
        raise InputError(Code.MISSING_UNIT, "a rate needs its unit of time", found=value, expected=EXPECTED[dimension])
    parts = _PER_TIME.fullmatch(unit)
    if parts is None:
        _refuse_unit(unit, value, dimension)
    percent = 0.01 if parts["what"] == "%" else 1.0
    return number * percent / _days(parts["time"], value, dimension)


def _days(unit: str, value: object, dimension: Dimension) -> float:
    if not unit:
        raise InputError(Code.MISSING_UNIT, "a duration needs its unit", found=value, expected=EXPECTED[dimension])
    days = DAYS_IN.get(unit.lower())
    if days is None:
        _refuse_unit(unit, value, dimension)
    return days


def _refuse_unit(unit: str, value: object, dimension: Dimension) -> NoReturn:
    # A known unit in the wrong place is not misspelt, and one or two letters are near to everything.
    misspelt = dimension in TAKES_TIME and len(unit) > 2 and unit.strip("/ ").lower() not in DAYS_IN
    nearest = nearest_name(unit, [name for name in DAYS_IN if len(name) > 2]) if misspelt else None
    raise InputError(
        Code.WRONG_UNIT,
        f'unit "{unit}" does not fit',
        found=value,
        expected=EXPECTED[dimension],
        nearest=nearest,
    )


def _check_range(result: float, value: object, dimension: Dimension) -> None:
    highest = 1.0 if dimension is Dimension.PROBABILITY else math.inf
    lowest = -math.inf if dimension in {Dimension.PLAIN, Dimension.GROWTH} else 0.0
    if not (math.isfinite(result) and lowest <= result <= highest):
        raise InputError(Code.OUT_OF_RANGE, "out of range", found=value, expected=EXPECTED[dimension])
