"""What the numbers of a scenario rest on: evidence, judgement, or the model's default."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from shadowline.scenario.numbers import Number, default_number
from shadowline.scenario.schema import TABLES, kind_of
from shadowline.scenario.words import Words, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shadowline.parameters import Catalogue, Parameter
    from shadowline.scenario.schema import Document
    from shadowline.scenario.source import Place

COUNTED = frozenset({"official count", "reference data", "peer-reviewed study"})
"""Evidence that can carry any number."""
NO_DATA = "judgement: "
"""How the source of a parameter begins about which there are no data."""
ROLE_TABLE = {"adversary": "adversaries", "patron": "principals", "host": "principals", "proxy": "proxies"}
TIED_BY = {"ties": ("from_", "to"), "fronts": ("proxy", "target"), "dyads": ("patron", "adversary")}
ROW_DEPTH = 2
"""A row of a table lies two steps below the document; evidence is inherited within it, not across."""


class Stated(NamedTuple):
    """A number that the scenario states: its path, its place in the data, and whether no evidence carries it."""

    path: str
    place: Place
    number: Number
    judgement: bool


class Unstated(NamedTuple):
    """A number that rows leave to the model: its name, how many rows do, and whether it is drawn from a range."""

    path: str
    rows: int
    drawn: bool


@dataclass(frozen=True)
class Census:
    """All numbers of a scenario by what they rest on."""

    evidence: tuple[Stated, ...]
    judgement: tuple[Stated, ...]
    unstated: tuple[Unstated, ...]

    @property
    def uncertain_defaults(self) -> tuple[Unstated, ...]:
        """What is left to the model and drawn from its range."""
        return tuple(row for row in self.unstated if row.drawn)


def take_census(document: Document, catalogue: Catalogue) -> Census:
    """Sort every number of a document by what it rests on.

    Parameters
    ----------
    document : Document
        A validated scenario.
    catalogue : Catalogue
        The parameters of the model.
    """
    stated = [
        Stated(_path(document, place), place, number, rests_on_judgement(document, number, _parameter(document, catalogue, place)))
        for place, number in numbers_in(document)
    ]
    evidence = tuple(number for number in stated if not number.judgement)
    judgement = tuple(number for number in stated if number.judgement)
    return Census(evidence, judgement, tuple(_unstated(document, catalogue)))


def numbers_in(document: Document) -> Iterator[tuple[Place, Number]]:
    """Yield every number that a document states with its place, resting on the evidence of the mapping around it."""
    for place, number, because in walk_numbers(document):
        yield place, number.resting_on(because, None)


def rests_on_judgement(document: Document, number: Number, parameter: Parameter | None = None) -> bool:
    """Return whether a stated number is judgement: no evidence is named, or none that can carry the number.

    Experts' and our own judgement carry none. Where the model itself has no outside number (the parameter's source says judgement) a press
    report does not either: it shows that the thing exists, not how large it is. Where it says that there are no data, nothing does.
    """
    if parameter is not None and parameter.source.startswith(NO_DATA):
        return True
    carries = COUNTED if parameter is not None and parameter.is_judgement else COUNTED | {"press report"}
    return not any(document.evidence[entry].strength in carries for entry in number.because)


def _parameter(document: Document, catalogue: Catalogue, place: Place) -> Parameter | None:
    """Return the model's parameter that a place states, or None where the number is none of the catalogue's."""
    table, row, rest = str(place[0]), place[1:2], place[ROW_DEPTH:]
    if table == "defaults":
        table = next((name for name in TABLES if kind_of(name) == place[1]), "")
    elif table == "actors":
        table = ROLE_TABLE[document.actors[str(row[0])].role]
        if rest[0] == "factions":
            table, rest = "factions", rest[ROW_DEPTH:]
            if rest[0] == "wants":
                return catalogue.get("wishes", "wants")
    return catalogue.get(table, ".".join(map(str, rest)))


def walk_numbers(value: Any, place: Place = (), because: tuple[str, ...] = ()) -> Iterator[tuple[Place, Number, tuple[str, ...]]]:  # noqa: ANN401 - words
    """Yield every number with its place and the evidence of the mapping around it."""
    if isinstance(value, Number):
        yield place, value, because
    elif isinstance(value, Words):
        inherited = because if len(place) > ROW_DEPTH and not _is_row(place) else ()
        own = value.because if place else ()
        for name, inner in value:
            yield from walk_numbers(inner, (*place, key_of(type(value), name)), own or inherited)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk_numbers(inner, (*place, key), because)
    elif isinstance(value, tuple):
        for n, inner in enumerate(value):
            yield from walk_numbers(inner, (*place, n), because)


def _is_row(place: Place) -> bool:
    """Return whether a mapping deep inside another is a row of its own: a faction, a past handler, a step."""
    return place[-2] in {"factions", "past_handlers", "context", "schedule"}


def _path(document: Document, place: Place) -> str:
    """Return a place as `--set` takes it: rows of lists are named by what they tie."""
    keys = TIED_BY.get(str(place[0]))
    if keys is None or len(place) < ROW_DEPTH:
        return ".".join(map(str, place))
    row = getattr(document, str(place[0]))[place[1]]
    return ".".join((str(place[0]), ">".join(getattr(row, key) for key in keys), *map(str, place[ROW_DEPTH:])))


def _unstated(document: Document, catalogue: Catalogue) -> Iterator[Unstated]:
    """Yield the parameters that some row leaves to the model, by the scenario's defaults' names."""
    rows = _rows(document)
    drawn = document.unstated == "drawn"
    for parameter in catalogue.parameters:
        kind = kind_of(parameter.of)
        defaults = getattr(document.defaults, kind, None) if document.defaults is not None else None
        if parameter.of not in rows or (defaults is not None and defaults.number(parameter.name) is not None):
            continue
        left = sum(row is None or row.number(parameter.name) is None for row in rows[parameter.of])
        if left:
            certain = default_number(parameter, drawn=drawn).is_certain
            yield Unstated(f"defaults.{kind}.{parameter.name}", left, not certain)


def _rows(document: Document) -> dict[str, list[Words | None]]:
    """Return the rows of every table that carries parameters; a dyad that is not written down is None."""
    actors = document.actors.values()
    principals = [(key, actor) for key, actor in document.actors.items() if actor.role in {"patron", "host"}]
    adversaries = [(key, actor) for key, actor in document.actors.items() if actor.role == "adversary"]
    dyads = {(dyad.patron, dyad.adversary): dyad for dyad in document.dyads}
    return {
        "model": [None],
        "principals": [actor for _, actor in principals],
        "adversaries": [actor for _, actor in adversaries],
        "proxies": [actor for actor in actors if actor.role == "proxy"],
        "factions": [faction for _, actor in principals for faction in actor.factions.values()],
        "dyads": [dyads.get((p, a)) for p, _ in principals for a, _ in adversaries],
        **{table: list(getattr(document, table)) for table in ("ties", "fronts")},
        **{table: list(getattr(document, table).values()) for table in ("bodies", "targets", "theatres", "lines")},
    }


def count_by_table(numbers: tuple[Stated, ...]) -> Counter[str]:
    """Return how many numbers each part of a scenario holds."""
    return Counter(str(number.place[0]) for number in numbers)
