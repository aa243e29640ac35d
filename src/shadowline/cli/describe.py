"""``shadowline describe``: the ODD protocol document of the model and a scenario, or the order of a day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

SUFFIXES = (".md", ".html")


def describe(
    scenario: Annotated[str | None, typer.Argument(help="Name of a shipped scenario (see list), or a file.")] = None,
    changes: Annotated[list[str] | None, typer.Option("--set", help="path=value, as for run; repeatable.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Another as-of date; nothing known later may be used.")] = None,
    order: Annotated[bool, typer.Option("--order", help="Only the order of a day; needs no scenario.")] = False,
    out: Annotated[Path | None, typer.Option(help="A file to write, .md or .html, instead of printing.")] = None,
) -> None:
    """Describe model and scenario by the ODD protocol."""
    from shadowline.errors import Code, InputError

    if out is not None and out.suffix not in SUFFIXES:
        raise InputError(
            Code.BAD_OPTION, "--out names a file that describe cannot write", found=str(out), expected="a name that ends in .md or .html"
        )
    if order:
        if changes or as_of is not None:
            raise InputError(
                Code.BAD_OPTION,
                "--order takes neither --set nor --as-of",
                expected="the order of a day alone: it is the same for every scenario",
            )
        _give_order(out)
        return
    if scenario is None:
        raise InputError(Code.BAD_OPTION, "describe needs a scenario", expected="a file, a name from `shadowline list`, or --order")
    title, text = _document(scenario, changes or [], as_of, out)
    _give(title, text, out)


def _document(name: str, changes: list[str], as_of: str | None, out: Path | None) -> tuple[str, str]:
    """Return the title and the ODD document of a scenario that a run would accept."""
    from shadowline.cli.options import read_changes, read_date
    from shadowline.engine.tables import the_catalogue
    from shadowline.record.load import load_record
    from shadowline.report.odd.document import command_of, odd_document
    from shadowline.scenario.load import load_scenario

    read = read_changes(changes)
    loaded = load_scenario(name, the_catalogue(), changes=read, as_of=read_date(as_of))
    prelude = loaded.document.prelude
    record = load_record(prelude.record) if prelude is not None else None
    command = command_of(name, read, as_of, None if out is None else str(out))
    return loaded.document.title, odd_document(loaded, record, command)


def _give(title: str, text: str, out: Path | None) -> None:
    """Print a document, or write it in the form that the file's name asks for."""
    if out is None:
        sys.stdout.write(text)
        return
    from shadowline.report.odd.page import html_page
    from shadowline.store import write_text

    write_text(out, html_page(text, title) if out.suffix == ".html" else text)


def _give_order(out: Path | None) -> None:
    """Print the order of a day fitted to the terminal, or write it."""
    if out is not None:
        from shadowline.report.odd.document import order_table

        title = "The order of a day"
        _give(title, f"# {title}\n\n{order_table()}\n", out)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from shadowline.engine.order import ORDER

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("step", justify="right")
    table.add_column("mechanism")
    table.add_column("what happens")
    for step in ORDER:
        table.add_row(str(step.number), step.mechanism, step.says)
    Console(highlight=False).print(table)
