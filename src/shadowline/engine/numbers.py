"""From a scenario's numbers to words of memory, one column of values per parameter draw.

A number is drawn at an address made of its path, so that adding another number, or an actor, changes no draw of this one. A number that a
scenario leaves to its default is drawn once and shared by all rows that leave it so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from shadowline.engine.random import fill_uniforms, hashed

if TYPE_CHECKING:
    from collections.abc import Callable


class Quantity(Protocol):
    """What the engine needs of a scenario's number."""

    @property
    def is_certain(self) -> bool:
        """Whether every draw is the same."""

    def quantiles(self, u: np.ndarray) -> np.ndarray:
        """Return the values at uniform draws."""


@dataclass(frozen=True)
class Slot:
    """One number of one row: where it came from and where it goes.

    ``path`` is the scenario's, such as ``actors.iran.leader.frailty`` or ``defaults.proxy.fear.half_life``; rows that share a default share
    the path. ``judgement`` says that no evidence stands behind it, ``meaning`` what the number is, in a few words.
    """

    path: str
    address: int
    number: Quantity
    judgement: bool
    stated: bool
    meaning: str = ""


@dataclass
class Draws:
    """Values of all numbers, by path, for every parameter draw."""

    draws: int
    seed: int
    columns: dict[str, np.ndarray] = field(default_factory=dict)

    def of(self, path: str, number: Quantity) -> np.ndarray:
        """Return the values (draws,) of the number with that path."""
        if path not in self.columns:
            self.columns[path] = self.drawn(path, number)
        return self.columns[path]

    def drawn(self, path: str, number: Quantity) -> np.ndarray:
        """Return the values (draws,) of a number at that address without keeping them."""
        u = np.full(self.draws, 0.5)
        if not number.is_certain:
            fill_uniforms(u, np.uint64(self.seed), hashed(path))
        return number.quantiles(u)

    def fill(self, starts: np.ndarray, slots: list[Slot], change: Callable[[np.ndarray], np.ndarray] | None = None) -> None:
        """Write every slot's values into its word of ``starts`` (draws, words)."""
        for slot in slots:
            values = self.of(slot.path, slot.number)
            starts[:, slot.address] = values if change is None else change(values)
