"""``shadowline new``: a commented scenario of one's own to start from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder; its name becomes the scenario's id.")],
) -> None:
    """Write a commented scenario to start from."""
    from shadowline.scenario.starter import write_starter

    files = write_starter(folder)
    sys.stdout.write("\n".join(_told(files)) + "\n")


def _told(files: tuple[Path, ...]) -> list[str]:
    """Return what was written and how to go on, as lines."""
    from shlex import quote

    from shadowline.scenario.starter import FIRST_CHANGE

    scenario = quote(str(files[0]))
    return [
        *(f"Wrote {file}" for file in files),
        "Everything in the scenario is invented. Go on with:",
        f"  shadowline check {scenario}",
        f"  shadowline run {scenario} --runs 1000",
        f"  shadowline run {scenario} --runs 1000 --set {FIRST_CHANGE}",
        "and change the file in any text editor; its remarks say how.",
    ]
