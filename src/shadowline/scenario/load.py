"""Find, read, extend, change and validate a scenario."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from shadowline.errors import Code, InputError, InputErrors, Where, nearest_name, raise_any
from shadowline.scenario.numbers import NOTES
from shadowline.scenario.references import check_references
from shadowline.scenario.schema import Document, scenario_type
from shadowline.scenario.source import Source, dotted, read_source, read_value
from shadowline.units import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from shadowline.parameters import Catalogue

LIBRARY = Path(__file__).parent / "library"
Place = tuple[str | int, ...]
KEYED_BY = {"ties": ("from", "to"), "fronts": ("proxy", "target"), "dyads": ("patron", "adversary")}


@dataclass(frozen=True)
class Scenario:
    """A validated scenario.

    Parameters
    ----------
    document : Document
        Its words.
    data : dict
        The merged plain data that the document was made of, after changes.
    sources : tuple of Source
        The files read, the outermost first.
    withheld : tuple of str
        Evidence entries that were not yet known on the as-of date.
    changes : mapping of str to str
        What ``--set`` changed.
    """

    document: Document
    data: dict[str, Any]
    sources: tuple[Source, ...]
    withheld: tuple[str, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.document.id


def shipped_scenarios() -> list[str]:
    """Return the names of the scenarios that ship with the software."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def find_scenario(name: str | Path) -> Path:
    """Return the file of a shipped scenario's name or of a path."""
    text = str(name)
    shipped = LIBRARY / f"{text}.yaml"
    if text in shipped_scenarios():
        return shipped
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or path.exists() or "/" in text:
        return path
    nearest = nearest_name(text, shipped_scenarios())
    expected = "a file, or one of " + ", ".join(shipped_scenarios())
    raise InputError(Code.UNKNOWN_SCENARIO, f'there is no scenario "{text}"', expected=expected, nearest=nearest)


def load_scenario(
    name: str | Path, catalogue: Catalogue, *, changes: Mapping[str, str] | None = None, as_of: date | None = None
) -> Scenario:
    """Read and validate a scenario.

    Parameters
    ----------
    name : str or Path
        Name of a shipped scenario, or a file.
    catalogue : Catalogue
        The parameters that the model declares.
    changes : mapping of str to str, optional
        Values by path (``actors.iran.order.fixed`` → ``"0"``), read as YAML.
    as_of : date, optional
        Another as-of date; nothing known later may then be used.

    Raises
    ------
    InputError, InputErrors
        With file, line and field.
    """
    sources = _read_with_parents(find_scenario(name))
    data: dict[str, Any] = {}
    for source in reversed(sources):
        data = _merged(data, source.data)
    for path, value in (changes or {}).items():
        _change(data, path, value)
    if as_of is not None:
        data["as_of"] = as_of
    _flatten_evidence(data)
    finder = _Finder(sources, data)
    document = _validated(data, catalogue, finder)
    withheld = _withhold(document, data, finder)
    errors = check_references(document, finder.where)
    raise_any(errors)
    return Scenario(document, data, tuple(sources), withheld, dict(changes or {}))


def _read_with_parents(path: Path) -> list[Source]:
    """Read a file and those that it extends, itself first."""
    sources = [read_source(path)]
    while (parent := sources[-1].data.get("extends")) is not None:
        where = sources[-1].where(("extends",))
        if not isinstance(parent, str):
            raise InputError(Code.WRONG_TYPE, "extends names one scenario", where=where)
        beside = sources[-1].path.parent / f"{parent}.yaml"
        try:
            found = beside if beside.exists() else find_scenario(parent)
        except InputError as error:
            raise error.at(where) from None
        if any(found.resolve() == source.path.resolve() for source in sources):
            raise InputError(Code.CIRCULAR_EXTENDS, f'"{parent}" extends itself', where=where)
        sources.append(read_source(found))
    return sources


def _merged(under: Any, over: Any) -> Any:  # noqa: ANN401 - YAML
    """Return ``under`` with ``over`` laid over it: mappings merge, null removes, everything else replaces."""
    if not isinstance(under, dict) or not isinstance(over, dict):
        return copy.deepcopy(over)
    if _is_number(under) or _is_number(over):
        return copy.deepcopy(over)
    merged = {key: value for key, value in under.items() if not (key in over and over[key] is None)}
    for key, value in over.items():
        if value is not None:
            merged[key] = _merged(merged[key], value) if key in merged else copy.deepcopy(value)
    return merged


def _is_number(value: dict[str, Any]) -> bool:
    return (
        bool(value)
        and set(value) <= {"value", "low", "mode", "high", "mean", "spread", "total", "over", *NOTES}
        and not set(value) <= set(NOTES)
    )


def _change(data: dict[str, Any], path: str, text: str) -> None:
    """Set the value at a dotted path; rows of lists are found by what they tie, ``ties.iran>hezbollah.pays``, or by number."""
    try:
        value = read_value(text)
    except InputError as error:
        raise error.at(Where(field=path)) from None
    parts = path.split(".")
    here: Any = data
    for depth, part in enumerate(parts[:-1]):
        if isinstance(here, list):
            here = here[_row(here, parts[depth - 1], part, path)]
        elif isinstance(here, dict):
            if depth == 1 and parts[0] not in {"defaults", "prelude"} and part not in here:
                raise _unknown_path(path, part, here)
            if not isinstance(here.get(part), (dict, list)):
                here[part] = {}
            here = here[part]
    if isinstance(here, list):
        here[_row(here, parts[-2], parts[-1], path)] = value
    else:
        here[parts[-1]] = value


def _unknown_path(path: str, part: str, choices: Iterable[str]) -> InputError:
    message = f'nothing is called "{part}" in the path "{path}"'
    return InputError(Code.UNKNOWN_PATH, message, where=Where(field=path), nearest=nearest_name(part, choices))


def _row(rows: list[Any], table: str, part: str, path: str) -> int:
    if part.isdigit() and int(part) < len(rows):
        return int(part)
    keys = KEYED_BY.get(table, ())
    names = [">".join(str(row.get(key)) for key in keys) for row in rows if isinstance(row, dict)]
    if part in names:
        return names.index(part)
    raise _unknown_path(path, part, names)


def _flatten_evidence(data: dict[str, Any]) -> None:
    """Drop evidence that a child has removed with null at top level (merging has done the rest)."""
    evidence = data.get("evidence")
    if isinstance(evidence, dict):
        data["evidence"] = {key: value for key, value in evidence.items() if value is not None}


class _Finder:
    """Finds the file and line of a place in merged data."""

    def __init__(self, sources: Sequence[Source], data: dict[str, Any]) -> None:
        self.sources = sources
        self.data = data

    def where(self, place: Place) -> Where:
        """Return file, line and field of a place; the outermost file that holds it wins."""
        for source in self.sources:
            if place in source.positions:
                return Where(str(source.path), source.positions[place], dotted(place))
        deepest = max(self.sources, key=lambda source: _depth(source, place))
        return Where(str(deepest.path), deepest.line(place), dotted(place))

    def within(self, loc: Sequence[str | int], key: str | None) -> Place:
        """Return pydantic's location without the names of types that it puts between keys."""
        place: list[str | int] = []
        here: Any = self.data
        for part in loc:
            if (isinstance(here, dict) and part in here) or (
                isinstance(here, (list, tuple)) and isinstance(part, int) and part < len(here)
            ):
                place.append(part)
                here = here[part]
        if key is not None:
            place.append(key)
        return tuple(place)


def _depth(source: Source, place: Place) -> int:
    return max((length for length in range(len(place) + 1) if place[:length] in source.positions), default=0)


def _validated(data: dict[str, Any], catalogue: Catalogue, finder: _Finder) -> Document:
    """Validate merged data, turning pydantic's complaints into ours."""
    try:
        return scenario_type(catalogue).model_validate(data)
    except ValidationError as fault:
        errors = [_ours(detail, finder) for detail in fault.errors(include_url=False)]
        raise InputErrors(_distinct(errors)) from None


def _distinct(errors: list[InputError]) -> list[InputError]:
    """Keep one error per place (a value of several possible forms fails once for each)."""
    seen: dict[str, InputError] = {}
    for error in errors:
        seen.setdefault(str(error.where), error)
    return list(seen.values())


_CODES = {
    "missing": Code.MISSING_KEY,
    "literal_error": Code.UNKNOWN_CHOICE,
    "union_tag_invalid": Code.UNKNOWN_CHOICE,
    "union_tag_not_found": Code.MISSING_KEY,
}


def _ours(detail: Any, finder: _Finder) -> InputError:  # noqa: ANN401 - pydantic's typed dict
    context = detail.get("ctx", {})
    if detail["type"] == "shadowline":
        return context["error"].at(finder.where(finder.within(detail["loc"], context.get("key"))))  # type: ignore[no-any-return]
    missing = str(detail["loc"][-1]) if detail["type"] == "missing" and detail["loc"] else None
    where = finder.where(finder.within(detail["loc"], None))
    code = _CODES.get(detail["type"], Code.OUT_OF_RANGE if "than" in detail["type"] else Code.WRONG_TYPE)
    if missing is not None:
        return InputError(code, f'"{missing}" is missing', where=where)
    if detail["type"].startswith("union_tag"):
        expected = "one of " + str(context.get("expected_tags", "adversary, patron, host, proxy")).replace("'", "")
        return InputError(code, "role does not say what this actor is", where=where, found=str(context.get("tag")), expected=expected)
    return InputError(code, detail["msg"].lower(), where=where, found=str(detail["input"])[:60])


def _withhold(document: Document, data: dict[str, Any], finder: _Finder) -> tuple[str, ...]:
    """Return the evidence not yet known on the as-of date, and refuse whatever rests on it or says that it was known later."""
    withheld = {key for key, entry in document.evidence.items() if entry.known_on is not None and entry.known_on > document.as_of}
    errors = []
    for place, mapping in _mappings(data, ()):
        if place[:1] == ("evidence",):
            continue
        because = mapping.get("because", ())
        cited = (because,) if isinstance(because, str) else tuple(because)
        late = [entry for entry in cited if entry in withheld]
        known_on = mapping.get("known_on")
        if late or (known_on is not None and parse_date(known_on) > document.as_of):
            message = "this was not known on the as-of date"
            found = f"rests on {late[0]}" if late else f"known on {known_on}"
            expected = f"known by {document.as_of}"
            errors.append(InputError(Code.HINDSIGHT, message, where=finder.where(place), found=found, expected=expected))
    raise_any(errors)
    return tuple(sorted(withheld))


def _mappings(value: Any, place: Place) -> Iterable[tuple[Place, dict[str, Any]]]:  # noqa: ANN401 - YAML
    """Yield every mapping in plain data with its place."""
    if isinstance(value, dict):
        yield place, value
        for key, inner in value.items():
            yield from _mappings(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _mappings(inner, (*place, index))
