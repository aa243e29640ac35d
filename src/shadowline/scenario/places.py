"""Where a part of a scenario stands: from a place in merged data to file, line and field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shadowline.errors import Where
from shadowline.scenario.source import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shadowline.scenario.source import Place, Source

COMMAND = "--set"


class Finder:
    """Finds the file and line of a place in merged data.

    Parameters
    ----------
    sources : sequence of Source
        The files read, the outermost first.
    data : dict
        What they were merged to.

    Attributes
    ----------
    changed : list of tuple
        Places that were set on the command line, which no file knows.
    """

    def __init__(self, sources: Sequence[Source], data: dict[str, Any]) -> None:
        self.sources = sources
        self.data = data
        self.changed: list[Place] = []

    def where(self, place: Place) -> Where:
        """Return file, line and field of a place; what the command line set comes first, then the outermost file that holds it."""
        if any(place[: len(changed)] == changed for changed in self.changed):
            return Where(COMMAND, None, dotted(place))
        for source in self.sources:
            if place in source.positions:
                return Where(str(source.path), source.positions[place], dotted(place))
        deepest = max(self.sources, key=lambda source: _depth(source, place))
        return Where(str(deepest.path), deepest.line(place), dotted(place))

    def within(self, loc: Sequence[str | int], key: str | None = None) -> Place:
        """Return pydantic's location without the names of types that it puts between keys."""
        place: list[str | int] = []
        here: Any = self.data
        for part in loc:
            is_key = isinstance(here, dict) and part in here
            is_row = isinstance(here, list) and isinstance(part, int) and part < len(here)
            if is_key or is_row:
                place.append(part)
                here = here[part]
        return (*place, key) if key is not None else tuple(place)


def mappings(value: object, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield every mapping in plain data with its place."""
    if isinstance(value, dict):
        yield place, value
        for key, inner in value.items():
            yield from mappings(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from mappings(inner, (*place, index))


def _depth(source: Source, place: Place) -> int:
    return max((length for length in range(len(place) + 1) if place[:length] in source.positions), default=0)
