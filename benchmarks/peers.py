"""Side by side: the same small war in shadowline, in Mesa and in plain NumPy, each on one core of one process.

The three take turns; a ratio belongs to one round, so that a drift of the machine's speed touches all. Time is
processor time. All futures of all rounds enter the means, whose difference is printed beside its Monte Carlo error
(standard error). shadowline plays its whole day, with orders, control, lines and blame that have nothing to do here;
the others play these rules alone.
"""

from __future__ import annotations

import math
import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mesa_model import play_mesa
from numpy_model import play_numpy
from report import line, part, quick, spread
from shadowline.engine.batch import play
from small_war import build_small_war, numbers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from shadowline.engine.build import Model

RATIO_WANTED, AGREEMENT = 50.0, 0.02
OURS = "shadowline"


class Peer(NamedTuple):
    """Somebody who plays: a name, futures a round, and a function of (futures, seed) to counts (futures, 2)."""

    name: str
    runs: int
    play: Callable[[int, int], np.ndarray]


class Rounds(NamedTuple):
    """What one peer did: processor seconds of each round, and counts (all futures, 2) of attacks and answers."""

    seconds: list[float]
    counts: np.ndarray


def play_ours(model: Model, runs: int, seed: int) -> np.ndarray:
    """Return attacks and answers of each future played by shadowline on one thread, shape (runs, 2)."""
    return np.asarray(play(model, futures=runs, seed=seed, threads=1).total, dtype=float)


def peers() -> tuple[Peer, ...]:
    """Return all who play, with rounds of about a second or two each."""
    model = build_small_war()
    numbers = numbers_of(model)
    few = 10 if quick() else 1
    return (
        Peer(OURS, 10_000 // few, lambda runs, seed: play_ours(model, runs, seed)),
        Peer("Mesa", 500 // few, lambda runs, seed: play_mesa(numbers, runs, seed)),
        Peer("NumPy", 10_000 // few, lambda runs, seed: play_numpy(numbers, runs, seed)),
    )


def in_turn(everybody: tuple[Peer, ...], rounds: int) -> dict[str, Rounds]:
    """Let everybody play ``rounds`` times in turn, after a short warm-up."""
    seconds: dict[str, list[float]] = {peer.name: [] for peer in everybody}
    counts: dict[str, list[np.ndarray]] = {peer.name: [] for peer in everybody}
    for peer in everybody:
        peer.play(20, 0)
    for seed in range(1, rounds + 1):
        for peer in everybody:
            began = time.process_time()
            counts[peer.name].append(peer.play(peer.runs, seed))
            seconds[peer.name].append(time.process_time() - began)
    return {name: Rounds(seconds[name], np.concatenate(counts[name])) for name in seconds}


def mean_and_error(values: np.ndarray) -> tuple[float, float]:
    """Return mean and standard error."""
    return float(values.mean()), float(values.std(ddof=1)) / math.sqrt(len(values))


def difference(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, float]:
    """Return the relative difference of two means, theirs against ours, and its standard error."""
    (mean, error), (other, other_error) = mean_and_error(ours), mean_and_error(theirs)
    return other / mean - 1.0, math.hypot(other_error, error * other / mean) / mean


def main() -> None:
    """Print the part."""
    everybody = peers()
    numbers = numbers_of(build_small_war())
    proxies = len(numbers.quiet_rates)
    part(f"Peers: benchmarks/small-war.yaml, {proxies} proxies × {numbers.days} days, one process, one thread")
    line("spectral radius (below 1: it does not explode)", f"{numbers.spectral_radius():.2f}")
    found = in_turn(everybody, 2 if quick() else 5)
    for column, what in enumerate(("attacks", "answers")):
        _print_means(found, column, what)
    for peer in everybody:
        each = [1e6 * seconds / peer.runs / numbers.days for seconds in found[peer.name].seconds]
        line(f"{peer.name}, per run-day", spread(each, "µs"))
    for peer in everybody[1:]:
        _print_ratio(found, everybody[0], peer)


def _print_means(found: dict[str, Rounds], column: int, what: str) -> None:
    """Print each peer's mean count per future and how far it is from ours."""
    ours = found[OURS].counts[:, column]
    for name, rounds in found.items():
        theirs = rounds.counts[:, column]
        mean, error = mean_and_error(theirs)
        figure = f"{mean:.2f} ± {error:.2f} ({len(theirs):,} futures)"
        if name == OURS:
            line(f"{what} per future, {name}", figure)
            continue
        apart, apart_error = difference(ours, theirs)
        figure += f", {100 * apart:+.2f} % ± {100 * apart_error:.2f} % from ours"
        goal = f"within {100 * AGREEMENT:.0f} %" if what == "attacks" else ""
        line(f"{what} per future, {name}", figure, goal, met=abs(apart) <= AGREEMENT)


def _print_ratio(found: dict[str, Rounds], us: Peer, peer: Peer) -> None:
    """Print how many times faster per core we are, round by round."""
    pairs = zip(found[us.name].seconds, found[peer.name].seconds, strict=True)
    ratios = [(theirs / peer.runs) / (ours / us.runs) for ours, theirs in pairs]
    is_mesa = peer.name == "Mesa"
    goal = f"at least {RATIO_WANTED:.0f} times" if is_mesa else ""
    met = median(ratios) >= RATIO_WANTED if is_mesa else None
    line(f"{us.name} against {peer.name}, per core", spread(ratios, "times", 1), goal, met=met)


if __name__ == "__main__":
    main()
