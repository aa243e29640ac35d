"""How fast ten thousand futures are played, warm, on one thread and on two, and whether both give the same bits.

One thread and two take turns, so that a drift of the machine's speed touches both; their ratio is taken pair by pair.
Wall time answers "how long do I wait"; processor time answers "how much work is it" and is what a busy machine
disturbs least.
"""

from __future__ import annotations

import time
from dataclasses import fields
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from machine import cores
from model_case import DAYS, FUTURES_PER_DRAW, NAME, SEED, build_model_case, draws
from report import line, part, quick, spread
from shadowline.engine.batch import play

if TYPE_CHECKING:
    from shadowline.engine.batch import Batch
    from shadowline.engine.build import Model

SECONDS_ALLOWED, SECONDS_AIMED, RATIO_WANTED = 6.0, 2.0, 1.6


class Played(NamedTuple):
    """One batch with the seconds it took: on the wall, and of all processors together."""

    batch: Batch
    wall: float
    processor: float


def timed(model: Model, threads: int) -> Played:
    """Play every future of the model once."""
    wall, processor = time.perf_counter(), time.process_time()
    batch = play(model, futures=FUTURES_PER_DRAW, seed=SEED, threads=threads)
    return Played(batch, time.perf_counter() - wall, time.process_time() - processor)


def same_bits(one: Batch, other: Batch) -> bool:
    """Return whether every array of two batches holds the same bytes."""
    arrays = [field.name for field in fields(one) if isinstance(getattr(one, field.name), np.ndarray)]
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in arrays)


def main() -> None:
    """Print the part."""
    count = draws()
    runs = count * FUTURES_PER_DRAW
    part(f"Speed: {runs:,} futures × {DAYS} days of {NAME} ({count} draws × {FUTURES_PER_DRAW}), compiled code warm")
    start = time.perf_counter()
    model = build_model_case(count)
    line("words to tables (read, check, build)", f"{time.perf_counter() - start:.2f} s")
    start = time.perf_counter()
    timed(build_model_case(2), threads=1)
    line("kernels loaded, or compiled if they are new", f"{time.perf_counter() - start:.2f} s")
    two, one, same = [], [], []
    for _ in range(2 if quick() else 3):
        first, second = timed(model, 2), timed(model, 1)
        same.append(same_bits(first.batch, second.batch))
        two.append((first.wall, first.processor))
        one.append((second.wall, second.processor))
    _print_seconds([wall for wall, _ in two], [wall for wall, _ in one], runs)
    _print_work([processor for _, processor in one], runs)
    line("two threads give the same bits as one", "yes" if all(same) else "NO", "yes", met=all(same))


def _print_seconds(two: list[float], one: list[float], runs: int) -> None:
    """Print wall times and their ratio."""
    waited = median(two)
    goal = f"at most {SECONDS_ALLOWED:.0f} s on two cores, aim {SECONDS_AIMED:.0f} s"
    met = None if quick() else waited <= SECONDS_ALLOWED
    line("two threads, seconds waited", spread(two), goal, met=met)
    line("one thread, seconds waited", spread(one))
    line("futures a second, two threads", f"{runs / waited:,.0f}")
    ratios = [slow / fast for slow, fast in zip(one, two, strict=True)]
    enough = median(ratios) >= RATIO_WANTED if cores() > 1 else None
    line("two threads against one, pair by pair", spread(ratios, "times"), f"at least {RATIO_WANTED} times", met=enough)


def _print_work(processor: list[float], runs: int) -> None:
    """Print what one core does in a second, by processor time."""
    seconds = median(processor)
    line("one thread, processor seconds", spread(processor))
    line("futures a second and core", f"{runs / seconds:,.0f}")
    line("run-days a second and core", f"{runs * DAYS / seconds:,.0f} ({seconds / runs / DAYS * 1e6:.2f} µs each)")


if __name__ == "__main__":
    main()
