"""Pydantic's complaints in our words: one coded error per place, with file, line, what was expected and the nearest name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shadowline.errors import Code, InputError, nearest_name

if TYPE_CHECKING:
    from pydantic import ValidationError

    from shadowline.scenario.places import Finder
    from shadowline.scenario.source import Place

ROLES = ("adversary", "patron", "host", "proxy")
EXPECTED = {
    "dict_type": "keys with values",
    "tuple_type": "a list, such as [one, two]",
    "string_type": "text",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}
OWN = "shadowline"
TELLING = (OWN, "missing", "union_tag_invalid", "union_tag_not_found")
"""Complaints that stand by themselves; others may only follow from a fault deeper inside."""
QUOTED = re.compile(r"'([^']*)'")


def faults_of(found: ValidationError, finder: Finder) -> list[InputError]:
    """Return one error per place.

    A value of several possible forms fails once for each, and what is around a fault fails with it: the most telling complaint is kept.
    """
    details = sorted(found.errors(include_url=False), key=_rank)
    places = [finder.within(detail["loc"], detail.get("ctx", {}).get("key")) for detail in details]
    seen: dict[tuple[Place, str], InputError] = {}
    for detail, place in zip(details, places, strict=True):
        follows = any(len(other) > len(place) and other[: len(place)] == place for other in places)
        if detail["type"] in TELLING or not follows:
            key = str(detail["loc"][-1]) if detail["type"] == "missing" else ""
            seen.setdefault((place, key), _fault(detail, place, finder))
    return list(seen.values())


def _rank(detail: Any) -> int:  # noqa: ANN401 - pydantic's typed dict
    """Return how telling a complaint is, the most telling first: text was meant as one of the words allowed."""
    if detail["type"] in TELLING:
        return TELLING.index(detail["type"])
    return len(TELLING) + (detail["type"] != "literal_error" or not isinstance(detail["input"], str))


def _fault(detail: Any, place: Place, finder: Finder) -> InputError:  # noqa: ANN401 - pydantic's typed dict
    context = detail.get("ctx", {})
    kind: str = detail["type"]
    if kind == OWN:
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
    if kind in {"too_short", "too_long"}:
        few, number = ("few", context["min_length"]) if kind == "too_short" else ("many", context["max_length"])
        found, expected = str(context["actual_length"]), f"{number} at {'least' if few == 'few' else 'most'}"
        return InputError(Code.OUT_OF_RANGE, f"too {few} items", where=where, found=found, expected=expected)
    code = Code.OUT_OF_RANGE if "than" in kind else Code.WRONG_TYPE
    message = "something else is needed here" if kind in EXPECTED else detail["msg"].lower()
    return InputError(code, message, where=where, found=_shown(detail["input"]), expected=EXPECTED.get(kind))


def _choice(detail: Any, place: Place, finder: Finder) -> InputError:  # noqa: ANN401 - pydantic's typed dict
    """Return the error of a word that is none of those allowed."""
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
