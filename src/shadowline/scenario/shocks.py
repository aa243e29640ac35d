"""Shocks: whether every lever that they move is one of the model's, and the change one that it can take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowline.errors import Code, InputError
from shadowline.scenario.levers import ONLY_AT_THE_START, Stage, read_stage, resting_on
from shadowline.scenario.numbers import Number
from shadowline.scenario.schema_study import WAYS

if TYPE_CHECKING:
    from shadowline.parameters import Catalogue
    from shadowline.scenario.book import Book
    from shadowline.scenario.schema import Document
    from shadowline.scenario.source import Place


def read_shock(document: Document, catalogue: Catalogue, key: str) -> Stage:
    """Return a shock as a stage of levers on its day.

    Raises
    ------
    InputError
        What is wrong with a path or a value.
    """
    shock = document.shocks[key]
    stage = read_stage(document, catalogue, shock, f"shocks.{key}")
    levers = tuple(resting_on(lever, shock.because, shock.known_on) for lever in stage.levers)
    return Stage(stage.label, levers, start=shock.on)


def check_shocks(book: Book) -> None:
    """Fault paths that lead nowhere, changes that their levers cannot take, and evidence that nobody declares."""
    for key, shock in book.document.shocks.items():
        place: Place = ("shocks", key)
        if not any(getattr(shock, way) for way in WAYS):
            book.fault(Code.MISSING_KEY, "a shock changes something", place, expected=" or ".join(WAYS))
        stage = read_or_fault(book, shock, place)
        if stage is not None:
            for lever in stage.levers:
                if (lever.table, lever.name) in ONLY_AT_THE_START:
                    book.fault(Code.INCONSISTENT, f'"{lever.name}" is used only at the start; a shock cannot change it', place)


def read_or_fault(book: Book, words: object, place: Place) -> Stage | None:
    """Return the levers of a mapping, or None after faulting what is wrong with them; evidence that they cite must be declared."""
    try:
        stage = read_stage(book.document, book.catalogue, words, ".".join(map(str, place)))
    except InputError as error:
        way, _, path = (error.where.field or "").partition(".")
        book.errors.append(error.at(book.where((*place, way, path) if path else place)))
        return None
    for lever in stage.levers:
        if isinstance(lever.value, Number):
            for cited in lever.value.because:
                book.known(cited, book.document.evidence, "evidence entry", (*place, lever.way, lever.path))
    return stage
