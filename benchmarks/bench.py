"""Measure: one report of speed, memory, start-up and peers, beside facts about the machine.

``python benchmarks/bench.py [--quick] [speed memory startup briefing study peers]``. Every part runs in a process of its own, so
that none inherits another's memory or warm code; each can also be started alone (``python benchmarks/peers.py``).
``--quick`` uses small sizes, to see that everything works; its figures mean little. Missed goals are said, not
punished: the exit code is 1 only if a part broke.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from machine import load, print_facts
from report import line, part

PARTS = ("speed", "memory", "startup", "briefing", "study", "peers")
HERE = Path(__file__).parent


def run_part(name: str, *, quick: bool) -> bool:
    """Run one part in a fresh process that prints for itself; return whether it came to its end."""
    command = [sys.executable, str(HERE / f"{name}.py"), *(["--quick"] if quick else [])]
    done = subprocess.run(command, check=False)
    if done.returncode:
        line(f"{name} broke", f"exit code {done.returncode}")
    return done.returncode == 0


def main() -> int:
    """Print the whole report."""
    parser = argparse.ArgumentParser(description="Measure speed, memory, start-up and peers.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"any of: {', '.join(PARTS)} (all of them if none is named)")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything works")
    options = parser.parse_args()
    unknown = [name for name in options.parts if name not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; choose from {', '.join(PARTS)}")
    began = time.perf_counter()
    print_facts()
    finished = [run_part(name, quick=options.quick) for name in options.parts or PARTS]
    part("End")
    line("load over 1, 5, 15 minutes", load())
    line("this report took", f"{time.perf_counter() - began:.0f} s")
    return 0 if all(finished) else 1


if __name__ == "__main__":
    sys.exit(main())
