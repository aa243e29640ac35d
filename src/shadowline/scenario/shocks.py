"""Shocks: whether every number that they change is one of the model's, and the change one that it can take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowline.errors import Code, InputError, nearest_name
from shadowline.scenario.numbers import dimension_of, read_number
from shadowline.units import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shadowline.parameters import Parameter
    from shadowline.scenario.book import Book
    from shadowline.scenario.numbers import Number
    from shadowline.scenario.schema import Document

WAYS = ("change", "times", "plus")
ROLE_TABLE = {"adversary": "adversaries", "patron": "principals", "host": "principals", "proxy": "proxies"}
HIGHEST_ORDER = 1.5


def check_shocks(book: Book) -> None:
    """Fault paths that lead nowhere, changes that their numbers cannot take, and evidence that nobody declares."""
    for key, shock in book.document.shocks.items():
        if not any(getattr(shock, way) for way in WAYS):
            book.fault(Code.MISSING_KEY, "a shock changes something", ("shocks", key), expected=" or ".join(WAYS))
        for way in WAYS:
            for path, raw in getattr(shock, way).items():
                place = ("shocks", key, way, path)
                try:
                    number = _read(book, path, way, raw)
                except InputError as error:
                    book.errors.append(error.at(book.where(place)))
                    continue
                for cited in number.because if number is not None else ():
                    book.known(cited, book.document.evidence, "evidence entry", place)


def _read(book: Book, path: str, way: str, raw: object) -> Number | None:
    """Return the change of one number; None where an order is handed back to the factions."""
    parameter = _find(book, path)
    if parameter is None:
        if way != "change":
            raise InputError(Code.INCONSISTENT, "an order can only be changed to a number, or to factions", expected="change")
        return None if raw == "factions" else read_number(raw, Dimension.COUNT, 0, HIGHEST_ORDER)
    dimension = dimension_of(parameter)
    if way == "times":
        number = read_number(raw, Dimension.COUNT)
    elif way == "plus":
        number = read_number(raw, Dimension.GROWTH if dimension in {Dimension.RATE, Dimension.GROWTH} else _signed(dimension))
    else:
        number = read_number(raw, dimension, parameter.floor, parameter.ceiling)
    if number.is_solved:
        raise InputError(Code.NOT_IDENTIFIED, "only the quiet rate of a front can be solved for", expected="a value or a range")
    return number


def _signed(dimension: Dimension) -> Dimension:
    """Return the dimension of a change of a number, which may be negative."""
    return Dimension.DURATION if dimension is Dimension.DURATION else Dimension.PLAIN


def _find(book: Book, path: str) -> Parameter | None:
    """Return the parameter at a path such as ``actors.iran.factions.pragmatists.weight``; None if it is an order toward somebody.

    Raises
    ------
    InputError
        UNKNOWN_PATH with the nearest name.
    """
    head, _, rest = path.partition(".")
    if head == "model":
        return _parameter(book, "model", rest)
    key, _, name = rest.partition(".")
    rows = _rows(book.document)
    if head not in rows:
        raise _unknown("table", head, (*rows, "model"))
    if key not in rows[head]:
        raise _unknown("row", key, rows[head])
    if head != "actors":
        return _parameter(book, head, name)
    table = ROLE_TABLE[book.document.actors[key].role]
    first, _, last = name.partition(".")
    if table == "principals" and first == "order" and last in book.adversaries:
        return None
    if table == "principals" and first == "factions":
        faction, _, name = last.partition(".")
        if faction not in book.document.actors[key].factions:
            raise _unknown("faction", faction, book.document.actors[key].factions)
        table = "factions"
    return _parameter(book, table, name)


def _parameter(book: Book, table: str, name: str) -> Parameter:
    found = book.catalogue.get(table, name)
    if found is None:
        raise _unknown("number", name, [parameter.name for parameter in book.catalogue.of(table)])
    return found


def _rows(document: Document) -> dict[str, list[str]]:
    """Return the names of the rows of every table whose numbers a shock may change."""
    principals = [key for key, actor in document.actors.items() if actor.role in {"patron", "host"}]
    adversaries = [key for key, actor in document.actors.items() if actor.role == "adversary"]
    return {
        **{table: list(getattr(document, table)) for table in ("actors", "targets", "theatres", "bodies", "lines")},
        "ties": [f"{tie.from_}>{tie.to}" for tie in document.ties],
        "fronts": [f"{front.proxy}>{front.target}" for front in document.fronts],
        "dyads": [f"{principal}>{adversary}" for principal in principals for adversary in adversaries],
    }


def _unknown(what: str, name: str, choices: Iterable[str]) -> InputError:
    return InputError(Code.UNKNOWN_PATH, f'no {what} is called "{name}"', nearest=nearest_name(name, choices))
