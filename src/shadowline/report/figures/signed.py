"""Axes for differences: zero within them, ticks with their sign, and a scale that may be stretched around zero."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shadowline.report.figures.style import nice_ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

DWARFED: Final = 20.0
"""A scale is stretched where the largest value is so many times the middling one."""
ROOM: Final = 0.06
LEAST_SIDE: Final = 0.15
"""Share of the longer side of zero that the shorter one has at least."""
MINUS: Final = "\u2212"


@dataclass(frozen=True)
class Scale:
    """A scale for differences, from ``low`` to ``high`` in their own unit; ``knee`` is where a stretched one turns logarithmic."""

    low: float
    high: float
    knee: float | None = None

    def place(self, value: float) -> float:
        """Return where on the axis a value lies, kept within its ends."""
        kept = min(max(float(value), self.low), self.high)
        return kept if self.knee is None else math.copysign(math.log1p(abs(kept) / self.knee), kept)

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of the axis with some room beyond."""
        low, high = self.place(self.low), self.place(self.high)
        room = ROOM * (high - low)
        return low - room, high + room

    def ticks(self, most: int = 4) -> list[float]:
        """Return round values to be marked, about ``most`` on an even scale; those that matter most come first, zero before all."""
        if self.knee is not None:
            return self._stretched_ticks(self.knee)
        step = nice_ticks(self.high - self.low, most)[1]
        marks = [step * n for n in range(math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9) + 1)]
        return sorted(marks, key=lambda mark: (mark != 0.0, -abs(mark)))

    def _stretched_ticks(self, knee: float) -> list[float]:
        powers = range(math.floor(math.log10(knee)), math.floor(math.log10(max(abs(self.low), abs(self.high)))) + 1)
        marks = [(times, sign * times * 10.0**power) for power in powers for times in (1, 3) for sign in (-1, 1)]
        inside = [(times, mark) for times, mark in marks if self.low <= mark <= self.high]
        return [0.0, *(mark for _, mark in sorted(inside, key=lambda one: (one[0], -abs(one[1]), one[1])))]


def scale_for(values: Sequence[float], *, stretch: bool | None = None) -> Scale:
    """Return a scale that holds some differences and zero.

    Parameters
    ----------
    values : sequence of float
        The differences; those that are not finite are passed over.
    stretch : bool, optional
        Whether to stretch it around zero; by default where one of them dwarfs the others.
    """
    known = [float(value) for value in values if math.isfinite(value)]
    low, high = min([0.0, *known]), max([0.0, *known])
    largest = max(-low, high)
    if largest <= 0.0:
        return Scale(-1.0, 1.0)
    sizes = sorted(abs(value) for value in known if value)
    middling = sizes[len(sizes) // 2]
    if stretch or (stretch is None and largest > DWARFED * middling):
        knee = max(middling / 2, largest / 1000)
        least = knee * math.expm1(LEAST_SIDE * math.log1p(largest / knee))
        return Scale(min(low, -least), max(high, least), knee)
    return Scale(min(low, -LEAST_SIDE * largest), max(high, LEAST_SIDE * largest))


def signed(value: float) -> str:
    """Return a difference as a tick says it, with its sign."""
    text = f"{value:+,.6g}"
    return "0" if float(text.replace(",", "")) == 0.0 else text.replace("-", MINUS)
