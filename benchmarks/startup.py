"""What waiting feels like: first use on an empty cache, later use, and help, each a process as a user starts it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from model_case import NAME
from report import line, part, quick, spread

SHADOWLINE = Path(sys.executable).with_name("shadowline")
COMPILE_ALLOWED, LATER_ALLOWED, HELP_ALLOWED = 40.0, 3.0, 0.5
FIRST = ("run", "two-camps", "--runs", "100", "--seed", "1", "--json")
LATER = ("run", NAME, "--runs", "100", "--seed", "1", "--json")


class Started(NamedTuple):
    """One finished process: seconds on the wall and of processors, what it printed, the last words of one that failed."""

    seconds: float
    processor: float
    printed: str
    fault: str


def processor_of_children() -> float:
    """Return the processor seconds of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def start(arguments: tuple[str, ...], cache: str) -> Started:
    """Run the command line with its compiled code in the folder ``cache``."""
    surroundings = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    surroundings["SHADOWLINE_CACHE"] = cache
    began, worked = time.perf_counter(), processor_of_children()
    done = subprocess.run([SHADOWLINE, *arguments], env=surroundings, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    words = done.stderr.strip().splitlines() or ["nothing on stderr"]
    worked = processor_of_children() - worked
    return Started(seconds, worked, done.stdout, f"exit code {done.returncode}: {words[-1]}" if done.returncode else "")


def told(started: Started, key: str) -> float:
    """Return one number of the JSON document that a run printed."""
    document: dict[str, Any] = json.loads(started.printed)
    return float(document[key])


def _failed(name: str, all_started: list[Started]) -> bool:
    """Say so if a process failed; the other figures still count."""
    faults = [started.fault for started in all_started if started.fault]
    if faults:
        line(name, f"FAILED with {faults[0]}")
    return bool(faults)


def first_uses(times: int, folder: str) -> str:
    """Print the first use, each on an empty cache of its own in ``folder``; return the last cache, which is full."""
    firsts, cache = [], ""
    for n in range(times):
        cache = str(Path(folder) / f"cache-{n}")
        firsts.append(start(FIRST, cache))
    if not _failed("first use", firsts):
        compiled = [told(first, "compile_seconds") for first in firsts]
        met = median(compiled) <= COMPILE_ALLOWED
        line("compiling on an empty cache", spread(compiled), f"at most {COMPILE_ALLOWED:.0f} s", met=met)
        line("first use in all", spread([first.seconds for first in firsts]))
        line("first use, processor seconds", spread([first.processor for first in firsts]))
    return cache


def later_uses(times: int, cache: str) -> None:
    """Print a later use of the model case."""
    laters = [start(LATER, cache) for _ in range(times + 1)][1:]
    if not _failed("later use", laters):
        seconds = [later.seconds for later in laters]
        met = median(seconds) <= LATER_ALLOWED
        line(f"later, {NAME} --runs 100, in all", spread(seconds), f"within {LATER_ALLOWED:.0f} s", met=met)
        line("the same, processor seconds", spread([later.processor for later in laters]))
        line("of which compiling or loading", spread([told(later, "compile_seconds") for later in laters]))
        line("of which the run by its own clock", spread([told(later, "seconds") for later in laters]))


def helps(times: int, cache: str) -> None:
    """Print how long help takes."""
    asked = [start(("--help",), cache) for _ in range(times + 1)][1:]
    if not _failed("shadowline --help", asked):
        seconds = [help_.seconds for help_ in asked]
        met = median(seconds) <= HELP_ALLOWED
        line("shadowline --help", spread(seconds), f"within {HELP_ALLOWED} s", met=met)


def main() -> None:
    """Print the part."""
    part("Start: every figure is a whole process")
    with tempfile.TemporaryDirectory(prefix="shadowline-bench-") as folder:
        cache = first_uses(1 if quick() else 3, folder)
        later_uses(2 if quick() else 5, cache)
        helps(3 if quick() else 9, cache)


if __name__ == "__main__":
    main()
