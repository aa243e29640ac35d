"""The command line: one file per verb, no logic."""

from __future__ import annotations

import sys
from typing import Annotated, Any, NoReturn

import typer

import shadowline
from shadowline.cli.catalog import list_shipped
from shadowline.cli.check import check
from shadowline.cli.claims import claims
from shadowline.cli.compare import compare
from shadowline.cli.describe import describe
from shadowline.cli.new import new
from shadowline.cli.run import run
from shadowline.cli.why import why
from shadowline.errors import Code, ShadowlineError

INTERRUPTED = 130
BAD_INPUT = 2
UsageError: Any = typer.BadParameter.__base__
"""What typer raises for options and arguments that it cannot read; older releases take it from click, newer ones bring their own."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="A laboratory for shadow wars: conflicts fought through proxies and held below open war by unwritten red lines.",
)


def _print_version(asked: bool) -> None:
    """Print the version and end, if asked to."""
    if asked:
        sys.stdout.write(f"shadowline {shadowline.__version__}\n")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")] = False,
) -> None:
    """Play out a shadow war from its own words."""


app.command("list")(list_shipped)
app.command("new")(new)
app.command("check")(check)
app.command("run")(run)
app.command("compare")(compare)
app.command("claims")(claims)
app.command("why")(why)
app.command("describe")(describe)


def main() -> None:
    """Run the command line; bad input ends with one coded message and exit code 2, Ctrl-C with 130."""
    try:
        code = app(standalone_mode=False)
    except ShadowlineError as error:
        _stop(str(error), BAD_INPUT)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except UsageError as fault:
        message = str(fault.format_message())
        if len(sys.argv) == 1:  # typer tells who asks for nothing all that there is
            sys.stderr.write(message + "\n")
            sys.exit(BAD_INPUT)
        _stop(f"{' '.join(message.split()).rstrip('.')} [{Code.BAD_OPTION}]", BAD_INPUT)
    if code == INTERRUPTED:
        _stop("stopped; nothing was written", INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)


def _stop(message: str, code: int) -> NoReturn:
    sys.stderr.writelines(f"shadowline: {line}\n" for line in message.splitlines())
    sys.exit(code)
