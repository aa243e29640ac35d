"""Find, read, extend, change and validate a scenario."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from shadowline.errors import Code, InputError, nearest_name, raise_any
from shadowline.scenario.changes import change
from shadowline.scenario.faults import faults_of
from shadowline.scenario.grammar import holds_number, inside
from shadowline.scenario.inherited import leave_out_orphans
from shadowline.scenario.places import Finder, mappings
from shadowline.scenario.references import check_references
from shadowline.scenario.schema import Document, scenario_type
from shadowline.scenario.source import Source, read_source
from shadowline.units import parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from shadowline.parameters import Catalogue

FEW_FAULTS = 5
IN_A_FILE_OF_POLICIES = ("policies", "doctrines", "measures", "minds", "evidence")
LIBRARY = Path(__file__).parent / "library"
SUFFIXES = (".yaml", ".yml")


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
        The files read, the outermost first, files of policies last.
    withheld : tuple of str
        Evidence entries that were not yet known on the as-of date.
    changes : mapping of str to str
        What ``--set`` changed.
    left_out : tuple of str
        Inherited policies, claims and minds about questions that are no longer asked.
    """

    document: Document
    data: dict[str, Any]
    sources: tuple[Source, ...]
    withheld: tuple[str, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.document.id


def shipped_scenarios() -> list[str]:
    """Return the names of the scenarios that ship with the software."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def find_scenario(name: str | Path) -> Path:
    """Return the file of a shipped scenario's name or of a path.

    Raises
    ------
    InputError
        UNKNOWN_SCENARIO if it is neither.
    """
    text = str(name)
    if text in shipped_scenarios():
        return LIBRARY / f"{text}.yaml"
    path = Path(name)
    if path.suffix in SUFFIXES or "/" in text or _exists(path):
        return path
    nearest = nearest_name(text, shipped_scenarios())
    expected = "a file, or one of " + ", ".join(shipped_scenarios())
    raise InputError(Code.UNKNOWN_SCENARIO, "there is no such scenario", found=text, expected=expected, nearest=nearest)


def load_scenario(
    name: str | Path,
    catalogue: Catalogue,
    *,
    changes: Mapping[str, str] | None = None,
    as_of: date | None = None,
    more: Sequence[Path] = (),
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
    more : sequence of Path
        Files of policies, with whatever they need, that are laid over the scenario.

    Raises
    ------
    InputError, InputErrors
        With file, line and field.
    """
    language = scenario_type(catalogue)
    own, data = read_merged(find_scenario(name), language)
    sources = own
    for file in more:
        sources, data = _with_policies(sources, data, read_source(file), language)
    finder = Finder(sources, data)
    for path, value in (changes or {}).items():
        finder.changed.append(change(data, language, path, value))
    if as_of is not None:
        data["as_of"] = as_of
    left_out = leave_out_orphans(
        data, sources, inherits=len(own) > 1, asked_anew=any(path.startswith("outcomes") for path in changes or {})
    )
    document = _validated(data, language, finder)
    raise_any(check_references(document, catalogue, finder.where))
    withheld = _withhold(document, data, finder)
    # The scenario's own file comes first, whatever was laid over it: it is what is named where the run is told.
    return Scenario(document, data, (*own, *sources[: len(sources) - len(own)]), withheld, dict(changes or {}), left_out)


def _with_policies(
    sources: list[Source], data: dict[str, Any], source: Source, language: type[Document]
) -> tuple[list[Source], dict[str, Any]]:
    """Return sources and data with a file of policies laid over them."""
    for key in source.data:
        if key not in IN_A_FILE_OF_POLICIES:
            nearest = nearest_name(str(key), IN_A_FILE_OF_POLICIES)
            expected = ", ".join(IN_A_FILE_OF_POLICIES)
            message = f'a file of policies has no "{key}"'
            raise InputError(Code.UNKNOWN_KEY, message, where=source.where((key,)), expected=expected, nearest=nearest)
    if not source.data.get("policies"):
        where = source.where(())
        raise InputError(Code.MISSING_KEY, "this file holds no policy", where=where, expected="policies: with at least one")
    return [source, *sources], _merged(data, source.data, language)


def read_merged(path: Path, language: type[Document] | None = None) -> tuple[list[Source], dict[str, Any]]:
    """Return a file and those that it extends, itself first, and the plain data that they merge to.

    Parameters
    ----------
    path : Path
        The outermost file.
    language : type, optional
        The model of a whole scenario, which says where a number with parts stands that replaces another as a whole.
    """
    sources = _read_with_parents(path)
    data: Any = {}
    for source in reversed(sources):
        data = _merged(data, source.data, language)
    return sources, data


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long for the system, or in a folder that may not be read
        return False


def _read_with_parents(path: Path) -> list[Source]:
    """Read a file and those that it extends, itself first."""
    sources = [read_source(path)]
    while (parent := sources[-1].data.get("extends")) is not None:
        where = sources[-1].where(("extends",))
        if not isinstance(parent, str):
            raise InputError(Code.WRONG_TYPE, "extends names one scenario", where=where, found=parent, expected="a name or a file")
        try:
            found = _parent(sources[-1].path, parent)
        except InputError as error:
            raise error.at(where) from None
        if any(found.resolve() == source.path.resolve() for source in sources):
            raise InputError(Code.CIRCULAR_EXTENDS, f'"{parent}" extends itself', where=where)
        sources.append(read_source(found))
    return sources


def _parent(path: Path, name: str) -> Path:
    """Return the file that a scenario extends: beside it, or found as on the command line."""
    beside = path.parent / (name if name.endswith(SUFFIXES) else f"{name}.yaml")
    return beside if _exists(beside) else find_scenario(name)


def _merged(under: Any, over: Any, kind: Any) -> Any:  # noqa: ANN401 - YAML, a type
    """Return ``under`` with ``over`` laid over it: mappings merge, null removes, numbers and everything else replace."""
    if not isinstance(under, dict) or not isinstance(over, dict) or holds_number(kind, under) or holds_number(kind, over):
        return copy.deepcopy(over)
    merged = {key: value for key, value in under.items() if over.get(key, value) is not None}
    for key, value in over.items():
        if value is not None:
            merged[key] = _merged(merged.get(key), value, inside(kind, merged, key))
    return merged


def _validated(data: dict[str, Any], language: type[Document], finder: Finder) -> Document:
    """Validate merged data, turning pydantic's complaints into ours."""
    try:
        return language.model_validate(data)
    except ValidationError as found:
        raise_any(faults_of(found, finder))
        raise


def _withhold(document: Document, data: dict[str, Any], finder: Finder) -> tuple[str, ...]:
    """Return the evidence not yet known on the as-of date, and refuse whatever rests on it or says that it was known later."""
    withheld = {key for key, entry in document.evidence.items() if entry.known_on is not None and entry.known_on > document.as_of}
    errors = []
    for place, mapping in mappings(data):
        if place[:1] == ("evidence",):
            continue
        because = mapping.get("because") or ()
        late = [entry for entry in ((because,) if isinstance(because, str) else because) if entry in withheld]
        known_on = mapping.get("known_on")
        if late or (known_on is not None and parse_date(known_on) > document.as_of):
            found = f"rests on {late[0]}" if late else f"known on {known_on}"
            expected = f"what was known by {document.as_of}"
            message = "this was not known on the as-of date"
            errors.append(InputError(Code.HINDSIGHT, message, where=finder.where(place), found=found, expected=expected))
    if len(errors) > FEW_FAULTS:
        first = errors[0]
        message = f"{len(errors)} places rest on what was not known by {document.as_of}; the first is here"
        expected = "a later as-of date, or a variant that extends this scenario and replaces them (shadowline list)"
        raise InputError(Code.HINDSIGHT, message, where=first.where, found=first.found, expected=expected)
    raise_any(errors)
    return tuple(sorted(withheld))
