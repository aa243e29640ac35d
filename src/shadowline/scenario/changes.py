"""Changes of a scenario from outside: ``--set path=value``, checked against the language and against what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from shadowline.errors import Code, InputError, Where, nearest_name
from shadowline.scenario.grammar import allowed_by, inside, known_keys, words_for
from shadowline.scenario.places import COMMAND
from shadowline.scenario.source import dotted, read_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shadowline.scenario.source import Place

KEYED_BY = {"ties": ("from", "to"), "fronts": ("proxy", "target"), "dyads": ("patron", "adversary")}
UNSETTABLE = ("shadowline", "extends")
"""Keys that decide how the rest is read."""
PRINCIPALS = ("patron", "host")
MOST_CHOICES = 12


class Spot(NamedTuple):
    """How far a path has led: the plain data there, what the language allows there, and the place."""

    here: Any
    kind: Any
    place: Place


def change(data: dict[str, Any], language: Any, path: str, text: str) -> Place:  # noqa: ANN401 - a type
    """Set the value at a dotted path in plain data; null removes it.

    Rows of lists are found by what they tie (``ties.iran>hezbollah.pays``) or by number. A path must lead to a row that is there and to a
    key that the language knows; a new row must be given whole, as a mapping.

    Parameters
    ----------
    data : dict
        Merged plain data; changed in place.
    language : type
        The model of a whole scenario.
    path, text : str
        Where, and the value as YAML.

    Returns
    -------
    tuple
        The place that was set.

    Raises
    ------
    InputError
        UNKNOWN_PATH with the nearest name, or what is wrong with the value as YAML.
    """
    try:
        return _changed(data, language, path.split("."), read_value(text))
    except InputError as error:
        error.where = Where(file=COMMAND, field=path)  # a line inside the value would be taken for one of a file
        raise


def _changed(data: dict[str, Any], language: Any, parts: Sequence[str], value: object) -> Place:  # noqa: ANN401 - a type
    """Follow a path to its end and put the value there."""
    if parts[0] in UNSETTABLE:
        raise InputError(Code.UNKNOWN_PATH, f'"{parts[0]}" cannot be set from outside')
    spot = Spot(data, language, ())
    while True:
        key, parts = _step(spot, parts, value, data)
        if not parts:
            _put(spot.here, key, value)
            return (*spot.place, key)
        spot = _enter(spot, key)


def _step(spot: Spot, parts: Sequence[str], value: object, data: dict[str, Any]) -> tuple[str | int, Sequence[str]]:
    """Return the key that the next parts of a path name, and the parts that are left."""
    if isinstance(spot.here, list):
        return _row(spot.here, str(spot.place[-1]), parts[0], data), parts[1:]
    for length in range(len(parts), 0, -1):  # the keys of evidence and of shocks' changes hold dots themselves
        key = ".".join(parts[:length])
        if key in spot.here:
            return key, parts[length:]
    return _absent(spot, parts, value)


def _absent(spot: Spot, parts: Sequence[str], value: object) -> tuple[str, Sequence[str]]:
    """Return the key of something that is not there yet, if it may be put there."""
    allowed = allowed_by(spot.kind)
    if words_for(allowed, spot.here) is None and allowed.rows is not None and value is not None:
        if allowed.rows is Any:
            return ".".join(parts), ()
        whole = not allowed_by(allowed.rows).words or isinstance(value, dict)
        if len(parts) == 1 and whole:
            return parts[0], ()
    elif parts[0] in known_keys(spot.kind, spot.here) and (value is not None or len(parts) > 1):
        return parts[0], parts[1:]
    raise _unknown(parts[0], known_keys(spot.kind, spot.here))


def _row(rows: list[Any], table: str, part: str, data: dict[str, Any]) -> int:
    """Return the number of the row that a part of a path names; a dyad that is only implied gets its row."""
    if part.isdecimal() and int(part) < len(rows):
        return int(part)
    keys = KEYED_BY.get(table, ())
    names = [">".join(str(row.get(key)) for key in keys) for row in rows if isinstance(row, dict)] if keys else []
    if part in names:
        return names.index(part)
    implied = _implied_dyads(data) if table == "dyads" else []
    if part in implied:
        rows.append(dict(zip(keys, part.split(">"), strict=True)))
        return len(rows) - 1
    raise _unknown(part, [*names, *implied] or [str(n) for n in range(len(rows))])


def _implied_dyads(data: dict[str, Any]) -> list[str]:
    """Return the names of all pairs of a principal and an adversary."""
    actors = data.get("actors")
    roles = {key: row.get("role") for key, row in actors.items() if isinstance(row, dict)} if isinstance(actors, dict) else {}
    adversaries = [key for key, role in roles.items() if role == "adversary"]
    return [f"{key}>{adversary}" for key, role in roles.items() if role in PRINCIPALS for adversary in adversaries]


def _unknown(part: str, choices: Sequence[str]) -> InputError:
    nearest = nearest_name(part, choices)
    expected = "one of " + ", ".join(choices[:MOST_CHOICES]) if choices and nearest is None else None
    return InputError(Code.UNKNOWN_PATH, f'nothing is called "{part}" there', expected=expected, nearest=nearest)


def _enter(spot: Spot, key: str | int) -> Spot:
    """Go on to what a key holds; a mapping or a list that is not there yet is begun."""
    kind = inside(spot.kind, spot.here, key)
    place = (*spot.place, key)
    allowed = allowed_by(kind)
    if isinstance(key, str) and spot.here.get(key) is None and (allowed.words or allowed.rows or allowed.items):
        spot.here[key] = [] if allowed.items is not None else {}
    inner = spot.here[key] if isinstance(key, int) else spot.here.get(key)
    if not isinstance(inner, (dict, list)):
        raise InputError(Code.UNKNOWN_PATH, f'"{dotted(place)}" is a single value, nothing can be set inside it')
    return Spot(inner, kind, place)


def _put(here: Any, key: str | int, value: object) -> None:  # noqa: ANN401 - YAML
    """Put a value where a path ends; null takes away what is there."""
    if value is None:
        del here[key]
    else:
        here[key] = value
