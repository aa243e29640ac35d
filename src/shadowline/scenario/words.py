"""What all mappings of a scenario have in common: unknown keys are refused, evidence is inherited, numbers grow from the catalogue."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, WithJsonSchema, create_model, model_validator
from pydantic_core import PydanticCustomError

from shadowline.errors import Code, InputError, nearest_name
from shadowline.scenario.numbers import Number, dimension_of, read_number
from shadowline.units import EXPECTED, Dimension, parse_date, parse_duration, parse_quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from shadowline.parameters import Parameter

Leaves = dict[str, "Parameter"]
Groups = dict[str, list[tuple[str, "Parameter"]]]
PYTHON_WORDS = frozenset({"from", "for", "in"})
SHORTEST_SPAN = 1.0
"""Days are whole in the model: a span of less than one would vanish."""


def told(error: InputError, key: str | None = None) -> PydanticCustomError:
    """Carry one of our errors through pydantic, which adds the place; ``key`` is the key inside it that is at fault."""
    context: dict[str, Any] = {"message": str(error), "error": error, "key": key}
    return PydanticCustomError("shadowline", "{message}", context)


def guarded(read: Callable[..., Any], **how: object) -> BeforeValidator:
    """Return a validator that makes the errors of ``read`` pydantic's."""

    def read_or_tell(raw: object) -> object:
        try:
            return read(raw, **how)
        except InputError as error:
            raise told(error) from None

    return BeforeValidator(read_or_tell)


def number_type(dimension: Dimension, floor: float = float("-inf"), ceiling: float = float("inf"), says: str = "") -> Any:  # noqa: ANN401 - a type
    """Return the annotation of a number with that dimension and those limits."""
    schema: dict[str, Any] = {
        "description": f"{says} ({EXPECTED[dimension]})".strip(),
        "anyOf": [{"type": "number"}, {"type": "string"}, {"type": "object"}],
    }
    read = partial(read_number, dimension=dimension, floor=floor, ceiling=ceiling)
    return Annotated[InstanceOf[Number], guarded(read), WithJsonSchema(schema)]


def _span(raw: object) -> float:
    """Read a span of at least a day."""
    days = parse_duration(raw)
    if days < SHORTEST_SPAN:
        raise InputError(Code.OUT_OF_RANGE, "a span must last a day or more", found=raw, expected="at least 1d")
    return days


def _whole(raw: object, least: int) -> int:
    """Read a whole number; neither text, nor a truth value, nor 1.5 will do."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise InputError(Code.WRONG_TYPE, "a whole number is needed here", found=raw, expected=f"{least} or more")
    if not least <= raw <= MOST_KILLED:
        raise InputError(Code.OUT_OF_RANGE, "out of range", found=raw, expected=f"from {least} to {MOST_KILLED:,}")
    return raw


def _yes_or_no(raw: object) -> bool:
    """Read a truth value, which is true or false and nothing like it."""
    if not isinstance(raw, bool):
        raise InputError(Code.WRONG_TYPE, "a truth value is needed here", found=raw, expected="true or false")
    return raw


def _as_tuple(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else raw


MOST_KILLED = 1_000_000
DAYS_SCHEMA = WithJsonSchema({"type": "string", "description": EXPECTED[Dimension.DURATION], "examples": ["14d"]})

# Type checkers see what a validated field holds; pydantic sees how it is read.
if TYPE_CHECKING:
    Day = date
    Days = float
    Span = float
    Share = Number
    OrderNumber = Number
    Multiplier = Number
    Names = tuple[str, ...]
    Killed = int
    KilledAtLeast = int
    YesOrNo = bool
    PlainShare = float
    PlainCount = float
else:
    Day = Annotated[date, guarded(parse_date)]
    Days = Annotated[float, guarded(parse_duration), DAYS_SCHEMA]
    Span = Annotated[float, guarded(_span), DAYS_SCHEMA]
    Share = number_type(Dimension.PROBABILITY, 0, 1, "a share")
    OrderNumber = number_type(Dimension.COUNT, 0, 1.5, "an order: 0 stop, 1 leave alone, above 1 spur")
    Multiplier = number_type(Dimension.COUNT, 0.0001, 10000, "a multiplier")
    Names = Annotated[
        tuple[str, ...],
        BeforeValidator(_as_tuple),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
    ]
    Killed = Annotated[int, guarded(_whole, least=0), Field(ge=0)]
    KilledAtLeast = Annotated[int, guarded(_whole, least=1), Field(ge=1)]
    YesOrNo = Annotated[bool, guarded(_yes_or_no)]
    PlainShare = Annotated[float, guarded(parse_quantity, dimension=Dimension.PROBABILITY), Field(ge=0, le=1)]
    PlainCount = Annotated[float, guarded(parse_quantity, dimension=Dimension.COUNT), Field(ge=0)]

StrikeRung = Literal["limited-strike", "major-strike", "assets-abroad", "patron-soil"]
Cap = Literal["quiet", "limited-strike", "major-strike", "assets-abroad", "patron-soil"]
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
    def _refuse_unknown(cls, raw: object) -> object:
        """Refuse anything but a mapping, and unknown keys with the nearest known one."""
        if not isinstance(raw, dict):
            raise told(InputError(Code.WRONG_TYPE, "a mapping is needed here", found=raw, expected="keys with values"))
        known = keys_of(cls)
        for key in raw:
            if key not in known:
                error = InputError(Code.UNKNOWN_KEY, f'unknown key "{key}"', nearest=nearest_name(str(key), known))
                raise told(error, str(key))
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
    return f"{name}_" if name in PYTHON_WORDS else name


def key_of(words: type[Words], name: str) -> str:
    """Return the key under which a scenario writes a field, such as ``from`` or ``limited-strike``."""
    return words.model_fields[name].alias or name


def keys_of(words: type[Words]) -> dict[str, str]:
    """Return the names of all fields by the keys under which a scenario writes them."""
    return {field.alias or name: name for name, field in words.model_fields.items()}


def grow(name: str, base: type[Words], parameters: Iterable[Parameter]) -> type[Words]:
    """Return ``base`` with a field for each parameter, nested by the dots of its name.

    A section that ``base`` declares in ``sections`` grows from its own class, so that words and numbers share a mapping.
    """
    groups: Groups = {section: [] for section in base.sections}
    return _grown(name, base, *_sorted([(parameter.name, parameter) for parameter in parameters], groups))


def _sorted(members: Iterable[tuple[str, Parameter]], groups: Groups) -> tuple[Leaves, Groups]:
    """Sort parameters into leaves and groups by the first part of what is left of their names."""
    leaves: Leaves = {}
    for rest, parameter in members:
        head, _, tail = rest.partition(".")
        if tail:
            groups.setdefault(head, []).append((tail, parameter))
        else:
            leaves[head] = parameter
    return leaves, groups


def _grown(name: str, base: type[Words], leaves: Leaves, groups: Groups) -> type[Words]:
    fields: dict[str, Any] = {}
    for key, parameter in leaves.items():
        kind = number_type(dimension_of(parameter), parameter.floor, parameter.ceiling, parameter.meaning)
        fields[field_name(key)] = (kind | None, Field(default=None, alias=key))
    for key, members in groups.items():
        inner = _grown(f"{name}{key.title()}", base.sections.get(key, Words), *_sorted(members, {}))
        fields[field_name(key)] = (inner | None, Field(default=None, alias=key))
    return create_model(name, __base__=base, **fields)
