"""Pydantic's complaints in our words: one coded error per place, with file, line, what was expected and the nearest name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shadowline.errors import Code, InputError, nearest_name

if TYPE_CHECKING:
    from pydantic import ValidationError

    from shadowline.scenario.places import Finder

ROLES = ("adversary", "patron", "host", "proxy")
EXPECTED = {
    "dict_type": "keys with values",
    "tuple_type": "a list, such as [one, two]",
    "string_type": "text",
    "model_type": "keys with values",
}
QUOTED = re.compile(r"'([^']*)'")


def faults_of(found: ValidationError, finder: Finder) -> list[InputError]:
    """Return one error per place; a value of several possible forms fails once for each, and the most telling is kept."""
    seen: dict[str, InputError] = {}
    for detail in sorted(found.errors(include_url=False), key=lambda detail: detail["type"] != "shadowline"):
        error = _fault(detail, finder)
        seen.setdefault(str(error.where), error)
    return list(seen.values())


def _fault(detail: Any, finder: Finder) -> InputError:  # noqa: ANN401 - pydantic's typed dict
    context = detail.get("ctx", {})
    place = finder.within(detail["loc"], context.get("key"))
    kind: str = detail["type"]
    if kind == "shadowline":
        error: InputError = context["error"]
        return error.at(finder.where(place))
    where = finder.where(place)
    if kind == "missing":
        return InputError(Code.MISSING_KEY, f'"{detail["loc"][-1]}" is missing', where=where)
    if kind.startswith("union_tag"):
        code = Code.MISSING_KEY if kind == "union_tag_not_found" else Code.UNKNOWN_CHOICE
        role = context.get("tag")
        nearest = None if role is None else nearest_name(str(role), ROLES)
        message = "the role does not say what this actor is" if role is not None else '"role" is missing'
        return InputError(code, message, where=where, found=role, expected="one of " + ", ".join(ROLES), nearest=nearest)
    if kind == "literal_error":
        return _choice(detail, place, finder)
    code = Code.OUT_OF_RANGE if "than" in kind or kind in {"too_short", "too_long"} else Code.WRONG_TYPE
    message = "something else is needed here" if kind in EXPECTED else detail["msg"].lower()
    return InputError(code, message, where=where, found=_shown(detail["input"]), expected=EXPECTED.get(kind))


def _choice(detail: Any, place: tuple[str | int, ...], finder: Finder) -> InputError:  # noqa: ANN401 - pydantic's typed dict
    """Return the error of a word that is none of those allowed."""
    if place == ("shadowline",):
        expected = str(detail["ctx"]["expected"])
        message = "this version of the language is not read"
        return InputError(Code.UNSUPPORTED_VERSION, message, where=finder.where(place), found=_shown(detail["input"]), expected=expected)
    choices = QUOTED.findall(str(detail["ctx"]["expected"]))
    nearest = nearest_name(str(detail["input"]), choices)
    expected = "one of " + ", ".join(choices)
    return InputError(
        Code.UNKNOWN_CHOICE, "no such choice", where=finder.where(place), found=_shown(detail["input"]), expected=expected, nearest=nearest
    )


def _shown(value: object) -> object:
    """Return a value as an error names it: a mapping or a list by what it is."""
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, (list, tuple)) else value
