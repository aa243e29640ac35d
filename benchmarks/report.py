"""How the report looks: parts, and one line per figure with its goal."""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE = 46


def quick() -> bool:
    """Return whether a part was started with ``--quick``: small sizes and few repetitions, to see that it works."""
    return "--quick" in sys.argv[1:]


def part(title: str) -> None:
    """Begin a part of the report."""
    print(f"\n{title}", flush=True)


def line(name: str, figure: str, goal: str = "", *, met: bool | None = None) -> None:
    """Print one figure; ``goal`` says what was asked for and ``met`` whether it was reached."""
    verdict = "" if met is None else ("  met" if met else "  MISSED")
    said = f"  (goal: {goal}{verdict})" if goal else ""
    print(f"  {name:<{WIDE}s} {figure}{said}", flush=True)


def spread(values: Sequence[float], unit: str = "s", digits: int = 2) -> str:
    """Return median, least and most of repeated measurements in words."""
    low, middle, high = min(values), median(values), max(values)
    return f"{middle:.{digits}f} {unit} (of {len(values)}: {low:.{digits}f} to {high:.{digits}f})"
