"""Comparisons and claims: what three policies cost beside single runs, how much pairing saves, and how long all claims take."""

from __future__ import annotations

import time
from statistics import median

from memory import peak_megabytes
from model_case import FUTURES_PER_DRAW, NAME, SEED, draws
from report import line, part, quick, spread
from shadowline.futures.run import simulate
from shadowline.study.claims import USUAL_RUNS, claims
from shadowline.study.compare import compare

POLICIES = ["as-it-is", "old-handler", "stand-down"]
RATIO_ALLOWED, CLAIMS_ALLOWED, GAIN_WANTED = 1.2, 120.0, 5.0


def in_turn(runs: int, times: int) -> tuple[list[float], list[float]]:
    """Return the seconds of three single runs and of one comparison of the same policies, taking turns."""
    apart, together = [], []
    for _ in range(times):
        began = time.perf_counter()
        for policy in POLICIES:
            simulate(NAME, runs=runs, seed=SEED, threads=2, policy=policy)
        apart.append(time.perf_counter() - began)
        began = time.perf_counter()
        compare(NAME, POLICIES, runs=runs, seed=SEED, threads=2)
        together.append(time.perf_counter() - began)
    return apart, together


def main() -> None:
    """Print the part."""
    times = 1 if quick() else 3
    runs = draws() * FUTURES_PER_DRAW
    part(f"Comparisons and claims: {NAME}, two threads")
    simulate(NAME, runs=20, seed=SEED, threads=2)  # loads or compiles the kernels
    apart, together = in_turn(runs, times)
    ratios = [both / single for single, both in zip(apart, together, strict=True)]
    line(f"three policies × {runs:,}, each by itself", spread(apart))
    line("the same compared", spread(together))
    line("compared : each by itself", spread(ratios, "×"), f"at most {RATIO_ALLOWED}", met=median(ratios) <= RATIO_ALLOWED)
    began = time.perf_counter()
    compared = compare(NAME, POLICIES, runs=runs, seed=SEED, threads=2)
    gain = compared.pair("old-handler").effects["attacks"].gain or 0.0
    line("why futures part, and regret, after it", f"{_after(compared, began):.1f} s")
    line("variance saved by pairing, attacks, handler", f"{gain:.1f} ×", f"at least {GAIN_WANTED:.0f}", met=gain >= GAIN_WANTED)
    each = 100 if quick() else USUAL_RUNS
    found = claims(NAME, runs=each, seed=SEED, threads=2)
    took = f"{found.seconds:.0f} s ({len(found.claims)} claims, {found.arms} arms, {found.futures:,} futures)"
    line(f"all claims × {each:,} an arm", took, f"within {CLAIMS_ALLOWED:.0f} s", met=found.seconds <= CLAIMS_ALLOWED)
    line("peak of memory", f"{peak_megabytes():.0f} MB")


def _after(compared: object, began: float) -> float:
    """Return the seconds that the rest of a comparison takes once it is played."""
    seconds = compared.seconds  # type: ignore[attr-defined]
    compared.as_json()  # type: ignore[attr-defined]
    return time.perf_counter() - began - seconds


if __name__ == "__main__":
    main()
