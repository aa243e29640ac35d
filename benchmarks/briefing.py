"""The briefing: what keeping a diary costs the run, how long the page takes after it, and how large it is."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from memory import peak_megabytes
from model_case import FUTURES_PER_DRAW, NAME, SEED, build_model_case, draws
from report import line, part, quick, spread
from shadowline.engine.batch import DAYS_PER_WEEK, play
from shadowline.futures.run import simulate
from shadowline.report.briefing import write_briefing

ALLOWED_SECONDS = 10.0
ALLOWED_MEGABYTES = 6.0


def diary_cost(times: int) -> list[float]:
    """Return how many times as long a run with a diary takes, in pairs."""
    model = build_model_case(draws())
    ratios = []
    for _ in range(times):
        seconds = []
        for step in (0, DAYS_PER_WEEK):
            began = time.perf_counter()
            play(model, futures=FUTURES_PER_DRAW, seed=SEED, threads=2, step=step)
            seconds.append(time.perf_counter() - began)
        ratios.append(seconds[1] / seconds[0])
    return ratios


def main() -> None:
    """Print the part."""
    times = 1 if quick() else 3
    runs = draws() * FUTURES_PER_DRAW
    part(f"Briefing: {runs:,} futures of {NAME}, two threads")
    diary_cost(1)  # loads or compiles the kernels
    line("run with a diary : run without", spread(diary_cost(times), "×"))
    results = simulate(NAME, runs=runs, seed=SEED, threads=2, diary=True)
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(times):
            began = time.perf_counter()
            page = write_briefing(results, Path(folder) / str(n))
            taken.append(time.perf_counter() - began)
        size = page.stat().st_size / 1e6
    line("page written after the run", spread(taken), f"within {ALLOWED_SECONDS:.0f} s", met=max(taken) < ALLOWED_SECONDS)
    line("size of the page", f"{size:.1f} MB", f"under {ALLOWED_MEGABYTES:.0f} MB", met=size < ALLOWED_MEGABYTES)
    line("peak of memory", f"{peak_megabytes():.0f} MB")


if __name__ == "__main__":
    main()
