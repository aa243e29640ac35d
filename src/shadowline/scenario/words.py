"""What all mappings of a scenario have in common: unknown keys are refused, evidence is inherited, numbers grow from the catalogue."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, WithJsonSchema, create_model, model_validator
from pydantic_core import PydanticCustomError

from shadowline.errors import Code, InputError, nearest_name
from shadowline.scenario.numbers import Number, dimension_of, read_notes, read_number
from shadowline.units import EXPECTED, Dimension, parse_date, parse_duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shadowline.parameters import Parameter


def told(error: InputError) -> PydanticCustomError:
    """Carry one of our errors through pydantic, which adds the place."""
    return PydanticCustomError("shadowline", "{message}", {"message": str(error), "error": error})  # type: ignore[arg-type]


def _guarded(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return ``read`` with its errors made pydantic's."""

    def guarded(raw: Any) -> Any:  # noqa: ANN401 - YAML
        try:
            return read(raw)
        except InputError as error:
            raise told(error) from None

    return guarded


def number_type(dimension: Dimension, floor: float = float("-inf"), ceiling: float = float("inf"), says: str = "") -> Any:  # noqa: ANN401 - a type
    """Return the annotation of a number with that dimension and those limits."""
    schema: dict[str, Any] = {
        "description": f"{says} ({EXPECTED[dimension]})".strip(),
        "anyOf": [{"type": "number"}, {"type": "string"}, {"type": "object"}],
    }
    read = partial(read_number, dimension=dimension, floor=floor, ceiling=ceiling)
    return Annotated[InstanceOf[Number], BeforeValidator(_guarded(read)), WithJsonSchema(schema)]


def _day(raw: Any) -> date:  # noqa: ANN401 - YAML
    return parse_date(raw)


def _as_tuple(raw: Any) -> Any:  # noqa: ANN401 - YAML
    return (raw,) if isinstance(raw, str) else raw


if TYPE_CHECKING:
    Day = date
    Days = float
    Share = Number
    Names = tuple[str, ...]
else:
    Day = Annotated[date, BeforeValidator(_guarded(_day))]
    Days = Annotated[float, BeforeValidator(_guarded(parse_duration)), WithJsonSchema({"type": "string", "examples": ["14d"]})]
    Share = number_type(Dimension.PROBABILITY, 0, 1)
    Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]

Rung = Literal["quiet", "limited-strike", "major-strike", "assets-abroad", "patron-soil", "open-war"]
VictimClass = Literal["soldier", "contractor", "other"]


class Words(BaseModel):
    """A mapping of the scenario language; every one may say what it rests on."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=False)
    sections: ClassVar[dict[str, type[Words]]] = {}

    because: Names = ()
    known_on: Day | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, raw: Any) -> Any:  # noqa: ANN401 - YAML
        """Refuse unknown keys with the nearest known one, and hand evidence down to the numbers inside."""
        if not isinstance(raw, dict):
            found = type(raw).__name__
            raise told(InputError(Code.WRONG_TYPE, "a mapping is needed here", found=found, expected="keys with values"))
        known = {field.alias or name for name, field in cls.model_fields.items()}
        for key in raw:
            if key not in known:
                error = InputError(Code.UNKNOWN_KEY, f'unknown key "{key}"', nearest=nearest_name(str(key), known))
                raise PydanticCustomError("shadowline", "{message}", {"message": str(error), "error": error, "key": key})
        return raw

    def number(self, name: str) -> Number | None:
        """Return the number with that dotted name, or None where the scenario does not say; evidence is inherited."""
        here: Any = self
        because, known_on = self.because, self.known_on
        for part in name.split("."):
            here = here.get(part) if isinstance(here, dict) else getattr(here, field_name(part), None)
            if here is None:
                return None
            if isinstance(here, Words) and here.because:
                because, known_on = here.because, here.known_on
        if not isinstance(here, Number):
            return None
        return here.resting_on(because, known_on)


def field_name(key: str) -> str:
    """Return the Python name of a key."""
    name = key.replace("-", "_")
    return f"{name}_" if name in {"from", "for", "on", "in", "with", "global"} else name


def key_of(words: type[Words], name: str) -> str:
    """Return the key under which a scenario writes a field, such as ``from`` or ``limited-strike``."""
    return words.model_fields[name].alias or name


def grow(name: str, base: type[Words], parameters: Iterable[Parameter], *, sections: Sequence[str] = ()) -> type[Words]:
    """Return ``base`` with a field for each parameter, nested by the dots of its name.

    A section that ``base`` declares in ``sections`` grows from its own class, so that words and numbers share a mapping.
    """
    leaves: dict[str, Parameter] = {}
    groups: dict[str, list[tuple[str, Parameter]]] = {section: [] for section in (*base.sections, *sections)}
    for parameter in parameters:
        _sort_in(parameter.name, parameter, leaves, groups)
    return _grown(name, base, leaves, groups)


def _sort_in(rest: str, parameter: Parameter, leaves: dict[str, Parameter], groups: dict[str, list[tuple[str, Parameter]]]) -> None:
    head, _, tail = rest.partition(".")
    if tail:
        groups.setdefault(head, []).append((tail, parameter))
    else:
        leaves[head] = parameter


def _grown(name: str, base: type[Words], leaves: dict[str, Parameter], groups: dict[str, list[tuple[str, Parameter]]]) -> type[Words]:
    fields: dict[str, Any] = {}
    for key, parameter in leaves.items():
        kind = number_type(dimension_of(parameter), parameter.floor, parameter.ceiling, parameter.meaning)
        fields[field_name(key)] = (kind | None, Field(default=None, alias=key))
    for key, members in groups.items():
        inner_leaves: dict[str, Parameter] = {}
        inner_groups: dict[str, list[tuple[str, Parameter]]] = {}
        for rest, parameter in members:
            _sort_in(rest, parameter, inner_leaves, inner_groups)
        inner = _grown(f"{name}{key.title()}", base.sections.get(key, Words), inner_leaves, inner_groups)
        fields[field_name(key)] = (inner | None, Field(default=None, alias=key))
    return create_model(name, __base__=base, **fields)


__all__ = ["Day", "Days", "Names", "Rung", "Share", "VictimClass", "Words", "field_name", "grow", "number_type", "read_notes", "told"]
