"""A document being checked: its roles, and the faults found so far, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shadowline.errors import Code, InputError, nearest_name
from shadowline.scenario.words import Words, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from shadowline.errors import Where
    from shadowline.parameters import Catalogue
    from shadowline.scenario.schema import Document
    from shadowline.scenario.source import Place

PLURALS = {"adversary": "adversaries", "patron": "patrons", "host": "hosts", "proxy": "proxies"}
MOST_LISTED = 8


class Book:
    """What checks share: the document, who plays which role, and a place to put faults."""

    def __init__(self, document: Document, catalogue: Catalogue, where: Callable[[Place], Where]) -> None:
        self.document = document
        self.catalogue = catalogue
        self.where = where
        self.errors: list[InputError] = []
        roles: dict[str, list[str]] = {role: [] for role in PLURALS}
        for key, actor in document.actors.items():
            roles[actor.role].append(key)
        self.adversaries, self.patrons, self.proxies = roles["adversary"], roles["patron"], roles["proxy"]
        self.principals = roles["patron"] + roles["host"]

    def fault(self, code: Code, message: str, place: Place, **more: Any) -> None:  # noqa: ANN401 - found, expected, nearest
        """Keep one fault."""
        self.errors.append(InputError(code, message, where=self.where(place), **more))

    def known(self, name: str | None, among: Iterable[str], what: str, place: Place) -> None:
        """Fault a name that is not among those declared; an actor of another role is called what it is."""
        choices = list(among)
        if name is None or name in choices:
            return
        actor = self.document.actors.get(name)
        if actor is not None and what != "actor":
            listed = f": {', '.join(choices[:MOST_LISTED])}" if choices else ""
            self.fault(Code.UNKNOWN_REFERENCE, f'"{name}" has the role {actor.role}', place, expected=f"{what}{listed}")
            return
        nearest = nearest_name(name, choices)
        expected = f"one of {', '.join(choices[:MOST_LISTED])}" if choices and nearest is None else None
        self.fault(Code.UNKNOWN_REFERENCE, f'there is no {what} "{name}"', place, expected=expected, nearest=nearest)

    def known_all(self, names: Iterable[str], among: Iterable[str], what: str, place: Place) -> None:
        """Fault every name that is not declared, and every name that is given twice."""
        choices, seen = list(among), set[str]()
        for name in names:
            self.known(name, choices, what, place)
            if name in seen:
                self.fault(Code.DUPLICATE_ID, f'"{name}" is given twice', place)
            seen.add(name)

    def in_order(self, earlier: Any, later: Any, message: str, place: Place) -> None:  # noqa: ANN401 - dates
        """Fault two dates, each of which may be absent, that do not follow one another."""
        if earlier is not None and later is not None and earlier > later:
            self.fault(Code.DATES_OUT_OF_ORDER, message, place, found=f"{earlier} after {later}")


def walk(value: Any, place: Place = ()) -> Iterator[tuple[Place, Words]]:  # noqa: ANN401 - words
    """Yield every mapping of a document with its place."""
    if isinstance(value, Words):
        yield place, value
        for name, inner in value:
            yield from walk(inner, (*place, key_of(type(value), name)))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*place, key))
    elif isinstance(value, tuple):
        for n, inner in enumerate(value):
            yield from walk(inner, (*place, n))
