"""Progress on standard error, for a person at a terminal."""

from __future__ import annotations

import sys
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE = 1.0
"""Seconds before a bar is worth showing."""


class Progress:
    """A bar that appears after a second, and never where there is no terminal."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.total = total
        self.quiet = quiet
        self._bar: Any = None
        self._task: Any = None
        self._count = 0
        self._begun = 0.0
        self._lock = Lock()

    def __enter__(self) -> Self:
        """Start the clock."""
        import time

        self._begun = time.monotonic()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def compiling(self) -> None:
        """Say that the first start compiles, also where there is no terminal."""
        sys.stderr.write("Compiling the model for this machine, once (about half a minute) ...\n")
        sys.stderr.flush()

    def sized(self, total: int) -> None:
        """Say how many futures there will be, where that is known only after the start."""
        self.total = total

    def advance(self, futures: int) -> None:
        """Count futures; called from any thread."""
        import time

        with self._lock:
            self._count += futures
            while self._count > self.total > 0:  # a comparison that is not precise enough plays as many again
                self.total *= 2
            if self.quiet or not sys.stderr.isatty():
                return
            if self._bar is None and time.monotonic() - self._begun > PATIENCE:
                self._show()
            if self._bar is not None:
                self._bar.update(self._task, completed=self._count, total=self.total)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("futures"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("futures", total=self.total)
        self._bar.start()
