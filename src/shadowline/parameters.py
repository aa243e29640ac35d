"""What a parameter is, and what a state is.

Every mechanism declares its numbers as `Parameter` and its memory as `State`. From these two kinds of declaration the tables of the
engine, the sections of the scenario language, its JSON Schema and the reference pages are made; a number is written down once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

RUNGS = ("quiet", "limited-strike", "major-strike", "assets-abroad", "patron-soil", "open-war")
"""The ladder of escalation, lowest rung first (Kahn 1965; the mapping to MID hostility is in the reference)."""

Unit = Literal["1/day", "day", "share", "number"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number that a scenario may set.

    Parameters
    ----------
    of : str
        Table whose rows carry the number (``adversaries``); ``model`` for numbers that hold for the whole scenario.
    name : str
        Dotted everyday name as scenarios write it (``provocation.half_life``).
    default, low, high : float
        Value and defensible range, in ``unit``; for ``per_rung`` parameters these belong to one rung.
    unit : {"1/day", "day", "share", "number"}
        Unit of the stored value; a share lies in 0..1.
    meaning, source : str
        One line each; a source of ``judgement`` says that there is no outside evidence.
    floor, ceiling : float
        Hard limits beyond which the equations lose their meaning.
    rung : int
        Index on the ladder when the number is one of a set per rung, else -1.
    """

    of: str
    name: str
    default: float
    low: float
    high: float
    unit: Unit
    meaning: str
    source: str = "judgement"
    floor: float = float("-inf")
    ceiling: float = float("inf")
    rung: int = -1

    @property
    def column(self) -> str:
        """Name of the column that holds the number in the engine's table."""
        return (self.name.rsplit(".", 1)[0] if self.rung >= 0 else self.name).replace(".", "_")

    @property
    def is_judgement(self) -> bool:
        """Whether nothing outside our own judgement supports the default."""
        return self.source.startswith("judgement")


@dataclass(frozen=True, slots=True)
class State:
    """One column of memory that a mechanism owns.

    ``kind`` is ``f8`` or ``i8``; ``length`` > 1 makes it a small array (a ring of recent days, or one place per rung).
    """

    of: str
    name: str
    meaning: str
    kind: Literal["f8", "i8", "u8"] = "f8"
    length: int = 1


def per_rung(
    of: str, name: str, values: Mapping[int, tuple[float, float, float]], unit: Unit, meaning: str, **more: str | float
) -> tuple[Parameter, ...]:
    """Declare one parameter per rung: ``values`` maps the rung's index to (default, low, high)."""
    return tuple(
        Parameter(of, f"{name}.{RUNGS[k]}", *values[k], unit=unit, meaning=f"{meaning} ({RUNGS[k]})", rung=k, **more)  # type: ignore[arg-type]
        for k in values
    )


@dataclass(frozen=True)
class Catalogue:
    """All declarations of a model: its parameters and its states, in the order of the day."""

    parameters: tuple[Parameter, ...]
    states: tuple[State, ...] = ()
    _places: dict[tuple[str, str], Parameter] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the parameters and refuse two that share a place."""
        places: dict[tuple[str, str], Parameter] = {}
        for parameter in self.parameters:
            place = (parameter.of, parameter.name)
            if place in places:
                msg = f"two mechanisms declare {place}"
                raise ValueError(msg)
            places[place] = parameter
        object.__setattr__(self, "_places", places)

    def of(self, table: str) -> Iterator[Parameter]:
        """Yield the parameters of one table."""
        return (parameter for parameter in self.parameters if parameter.of == table)

    def get(self, table: str, name: str) -> Parameter | None:
        """Return the parameter of that table and name, or None."""
        return self._places.get((table, name))


def catalogue(modules: Iterable[object]) -> Catalogue:
    """Gather what the modules declare in ``PARAMETERS`` and ``STATE``."""
    parameters: list[Parameter] = []
    states: list[State] = []
    for module in modules:
        parameters.extend(getattr(module, "PARAMETERS", ()))
        states.extend(getattr(module, "STATE", ()))
    return Catalogue(tuple(parameters), tuple(states))
