"""Reading what is given on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shadowline.errors import Code, InputError, Where
from shadowline.units import parse_date, parse_duration

if TYPE_CHECKING:
    from datetime import date

LONGEST_HORIZON = 3653
SUFFIXES = (".yaml", ".yml")


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


def read_policies(texts: list[str]) -> tuple[list[str], list[Path]]:
    """Return the policies to be compared and the files that hold some; all policies of a file are played.

    The first is the one that the others are held against. A file that is named first is held against things as they are.
    """
    from shadowline.scenario.experiments import AS_IT_IS

    names: list[str] = [AS_IT_IS] if texts and texts[0].endswith(SUFFIXES) and AS_IT_IS not in texts else []
    for text in texts:
        names += [name for name in policies_in(Path(text)) if name not in {*names, *texts}] if text.endswith(SUFFIXES) else [text]
    return names, [Path(text) for text in texts if text.endswith(SUFFIXES)]


def read_policy(texts: list[str]) -> tuple[str | None, list[Path]]:
    """Return the one policy to be played, None for none, and the files that hold some.

    Raises
    ------
    InputError
        BAD_OPTION if it is not one.
    """
    files = [Path(text) for text in texts if text.endswith(SUFFIXES)]
    names = [text for text in texts if not text.endswith(SUFFIXES)] or [name for file in files for name in policies_in(file)]
    if len(names) > 1:
        raise InputError(
            Code.BAD_OPTION, "run plays one policy", found=", ".join(names), expected="one name, or several joined by +; compare plays many"
        )
    return names[0] if names else None, files


def policies_in(file: Path) -> list[str]:
    """Return the names of the policies that a file holds; whether they are well said is for the scenario to check."""
    from shadowline.scenario.source import read_source

    found = read_source(file).data.get("policies")
    return [str(name) for name, words in found.items() if words is not None] if isinstance(found, dict) else []


def read_precision(texts: list[str]) -> dict[str, float]:
    """Return ``outcome=width`` texts by outcome; an outcome may be given once."""
    widths: dict[str, float] = {}
    for text in texts:
        key, sign, value = (part.strip() for part in text.partition("="))
        try:
            width = float(value)
        except ValueError:
            width = None
        if not sign or not key or width is None:
            raise InputError(
                Code.BAD_OPTION, "--precision needs an outcome and a width", found=text, expected="outcome=width, such as war=0.01"
            )
        if key in widths:
            raise InputError(Code.BAD_OPTION, f'--precision gives "{key}" twice', found=text)
        widths[key] = width
    return widths
