"""Facts about the machine that a figure is worthless without."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from report import line, part

LIBRARIES = ("shadowline", "numba", "numpy", "mesa")


def cpu_model() -> str:
    """Return the processor's name as the system tells it."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for row in told.read_text(encoding="utf-8", errors="replace").splitlines():
            if row.startswith("model name"):
                return row.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load() -> str:
    """Return the average number of busy processes over the last 1, 5 and 15 minutes."""
    return " ".join(f"{average:.2f}" for average in os.getloadavg())


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def print_facts() -> None:
    """Print the machine's part of the report."""
    part("Machine")
    line("processor", f"{cpu_model()} ({platform.machine()})")
    line("cores usable", str(cores()))
    line("memory", f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.1f} GB")
    line("system", platform.platform())
    line("Python", f"{platform.python_implementation()} {platform.python_version()}")
    for library in LIBRARIES:
        line(library, _version(library))
    line("load over 1, 5, 15 minutes", load())
