"""What the language allows at a place: reading the models that pydantic validates by, so that merging and `--set` know them too."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Union, get_args, get_origin

from shadowline.scenario.numbers import NOTES, PARTS, Number, is_number
from shadowline.scenario.words import Words, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class Allowed(NamedTuple):
    """What a place may hold: mappings with known keys, a number, rows by id, a list of rows, or a single value.

    Attributes
    ----------
    words : tuple of type
        Models of the mappings that may stand there.
    number : bool
        Whether a number may, with its parts.
    rows, items : object
        The annotation of each row by id, or of each item of a list; None if there can be none.
    """

    words: tuple[type[Words], ...]
    number: bool
    rows: Any
    items: Any


def allowed_by(annotation: Any) -> Allowed:  # noqa: ANN401 - a type
    """Return what an annotation of the models allows."""
    words: list[type[Words]] = []
    number, rows, items = False, None, None
    for kind in _alternatives(annotation):
        origin, inner = get_origin(kind), get_args(kind)
        if kind is Number:
            number = True
        elif isinstance(kind, type) and issubclass(kind, Words):
            words.append(kind)
        elif origin is dict:
            rows = inner[1]
        elif origin is tuple:
            items = inner[0]
    return Allowed(tuple(words), number, rows, items)


def _alternatives(annotation: Any) -> Iterable[Any]:  # noqa: ANN401 - a type
    """Yield the types that an annotation is made of, without None and without what validates them."""
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, UnionType}:
        for part in get_args(annotation):
            yield from _alternatives(part)
    elif annotation is not NoneType:
        yield annotation


def words_for(allowed: Allowed, data: object) -> type[Words] | None:
    """Return the model of a mapping; where several are possible, the one that the mapping's role asks for."""
    if len(allowed.words) < 2:
        return allowed.words[0] if allowed.words else None
    role = data.get("role") if isinstance(data, dict) else None
    return next((words for words in allowed.words if role in get_args(words.model_fields["role"].annotation)), None)


def inside(annotation: Any, data: object, key: str | int) -> Any:  # noqa: ANN401 - types
    """Return the annotation of what stands under a key of a place, or None if the language knows nothing there."""
    allowed = allowed_by(annotation)
    if isinstance(key, int):
        return allowed.items
    words = words_for(allowed, data)
    if words is not None:
        name = keys_of(words).get(key)
        return None if name is None else words.model_fields[name].annotation
    return allowed.rows


def known_keys(annotation: Any, data: object) -> list[str]:  # noqa: ANN401 - a type
    """Return the keys that a place knows, those of its rows included."""
    allowed = allowed_by(annotation)
    words = words_for(allowed, data)
    if words is not None:
        return sorted(keys_of(words), key=NOTES.__contains__)
    here = list(data) if isinstance(data, dict) else []
    return [*here, *sorted(PARTS)] if allowed.number and (is_number(data) or allowed.rows is None) else here


def holds_number(annotation: Any, data: object) -> bool:  # noqa: ANN401 - a type
    """Return whether plain data at a place is one number with its parts, which is never merged with another."""
    return allowed_by(annotation).number and is_number(data)
