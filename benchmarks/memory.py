"""The most memory that ten thousand futures take, asked of the system by a process that does nothing else.

`bench.py` starts it from a small process: on Linux a child's peak begins at what its parent held when it was started.
"""

from __future__ import annotations

import resource
import sys

from model_case import DAYS, FUTURES_PER_DRAW, NAME, SEED, build_model_case, draws
from report import line, part
from shadowline.engine.batch import play

ALLOWED = 500.0


def peak_megabytes() -> float:
    """Return the largest resident size of this process so far, in 10^6 bytes."""
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    """Print the part."""
    count = draws()
    part(f"Memory: {count * FUTURES_PER_DRAW:,} futures × {DAYS} days of {NAME}, two threads, a fresh process")
    line("peak when everything is imported", f"{peak_megabytes():.0f} MB")
    model = build_model_case(count)
    line("peak when the tables are built", f"{peak_megabytes():.0f} MB")
    play(model, futures=FUTURES_PER_DRAW, seed=SEED, threads=2)
    peak = peak_megabytes()
    line("peak when all futures are played", f"{peak:.0f} MB", f"under {ALLOWED:.0f} MB", met=peak < ALLOWED)


if __name__ == "__main__":
    main()
