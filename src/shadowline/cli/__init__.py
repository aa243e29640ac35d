"""The command line: one file per verb, no logic."""

from __future__ import annotations

import sys

import typer

from shadowline.cli.catalog import list_shipped
from shadowline.cli.check import check
from shadowline.cli.run import run
from shadowline.errors import ShadowlineError

INTERRUPTED = 130
BAD_INPUT = 2

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="A laboratory for shadow wars: conflicts fought through proxies and held below open war by unwritten red lines.",
)
app.command("run")(run)
app.command("check")(check)
app.command("list")(list_shipped)


def main() -> None:
    """Run the command line; bad input ends with one message and exit code 2, Ctrl-C with 130."""
    try:
        app()
    except ShadowlineError as error:
        sys.stderr.write(f"shadowline: {error}\n")
        sys.exit(BAD_INPUT)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            sys.stderr.write("shadowline: stopped; nothing was written\n")
        raise
