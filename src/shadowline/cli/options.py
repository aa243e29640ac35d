"""Reading what is given on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowline.errors import Code, InputError, Where
from shadowline.units import parse_date, parse_duration

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

LONGEST_HORIZON = 3653


def read_days(text: str | None) -> int | None:
    """Return a horizon such as ``180d`` as days, from 1 day to 10 years."""
    if text is None:
        return None
    try:
        days = parse_duration(text)
    except InputError as error:
        raise InputError(error.code, f"--horizon: {error.message}", found=text, expected="1 day to 10 years, such as 180d") from None
    if not 1 <= days <= LONGEST_HORIZON:
        raise InputError(Code.BAD_OPTION, "--horizon is out of range", found=text, expected="1 day to 10 years")
    return round(days)


def read_date(text: str | None) -> date | None:
    """Return a date such as 2024-01-30."""
    try:
        return None if text is None else parse_date(text)
    except InputError as error:
        raise error.at(Where(file="--as-of")) from None


def read_changes(texts: list[str]) -> dict[str, str]:
    """Return ``path=value`` texts by path; a path may be given once."""
    changes: dict[str, str] = {}
    for text in texts:
        path, sign, value = text.partition("=")
        if not sign or not path.strip() or not value.strip():
            raise InputError(Code.BAD_OPTION, "--set needs a path and a value", found=text, expected="path=value")
        if path.strip() in changes:
            raise InputError(Code.BAD_OPTION, f'--set gives "{path.strip()}" twice', found=text)
        changes[path.strip()] = value.strip()
    return changes


def told_runs(text: str | None, runs: int, out: Path | None) -> tuple[int, ...]:
    """Return the numbers of the futures to be told; they need a folder to be told in."""
    if text is None:
        return ()
    if out is None:
        raise InputError(Code.BAD_OPTION, "--tell needs --out, a folder for the events")
    if text == "all":
        return tuple(range(runs))
    numbers = text.split(",")
    if not all(number.strip().isdigit() and int(number) < runs for number in numbers):
        raise InputError(
            Code.BAD_OPTION, "--tell names futures that are not played", found=text, expected=f"numbers from 0 to {runs - 1}, or all"
        )
    return tuple(sorted({int(number) for number in numbers}))
