"""``shadowline why``: the causal story of one future, event by event, back to its first cause."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree

    from shadowline.futures.reload import SavedResults
    from shadowline.futures.why import Tale
    from shadowline.futures.why.tree import Node
    from shadowline.futures.wording import Sentence

WIDEST = 110


def why(  # noqa: PLR0917 - one parameter per option
    results: Annotated[Path, typer.Argument(help="A results folder, written by: shadowline run SCENARIO --out RESULTS; or by compare.")],
    run: Annotated[int, typer.Option(help="Number of the future.")] = 0,
    event: Annotated[int | None, typer.Option(help="Tell one event back to its first cause.")] = None,
    tree: Annotated[bool, typer.Option("--tree", help="Print the tree of causes.")] = False,
    all_events: Annotated[bool, typer.Option("--all", help="Tell every event since day 0.")] = False,
    pair: Annotated[
        str | None, typer.Option(help="Other results to hold it against, day by day; of a folder written by compare, a policy.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print rows and sentences as one JSON document.")] = False,
) -> None:
    """Tell the causal story of one future, or hold it against the same future under other levers."""
    from shadowline.errors import Code, InputError

    if pair is not None:
        if event is not None or tree:
            option = "--tree" if tree else "--event"
            raise InputError(Code.BAD_OPTION, f"{option} tells one future, --pair two", expected="--pair alone, with --all or with --json")
        _tell_pair(results, pair, run, all_events=all_events, as_json=as_json)
        return
    if sum((event is not None, tree, all_events)) > 1:
        raise InputError(Code.BAD_OPTION, "--event, --tree and --all exclude one another", expected="one of them")
    from shadowline.futures.reload import open_results
    from shadowline.futures.why import Tale
    from shadowline.futures.why.decrees import decrees

    saved = open_results(results)
    _wait(is_compiling=saved.needs_compiling(run))
    rows = saved.story(run)
    tale = Tale(saved.model.names, rows, decrees=decrees(saved.scenario.document, saved.policy, saved.outcomes(run)))
    if event is not None and event not in tale.by_number:
        raise InputError(Code.BAD_OPTION, f"run {run} has no event {event}", expected=f"0 to {len(rows) - 1}")
    if as_json:
        _print_json(saved, run, tale, event)
    else:
        _print(saved, run, tale, event, tree=tree, all_events=all_events)


def _tell_pair(results: Path, other: str, run: int, *, all_events: bool, as_json: bool) -> None:
    """Print two matched futures, for people or as a document."""
    from shadowline.futures.why.pair.folders import open_pair
    from shadowline.futures.why.pair.story import pair_story

    left, right = open_pair(results, other)
    _wait(is_compiling=left.needs_compiling())
    story = pair_story(left, right, run)
    if as_json:
        import json

        from shadowline.futures.why.pair.document import document

        sys.stdout.write(json.dumps(document(story, left), indent=2, allow_nan=False) + "\n")
        return
    from shadowline.cli.pair import print_pair

    print_pair(story, left, all_events=all_events)


def _wait(*, is_compiling: bool) -> None:
    """Say that compiling takes a while, if it does."""
    if is_compiling:
        from shadowline.cli.progress import Progress

        Progress(0, quiet=False).compiling()


def _print(saved: SavedResults, run: int, tale: Tale, event: int | None, *, tree: bool, all_events: bool) -> None:
    """Print what was asked for, under a header."""
    from shadowline.futures.why import story, tell_chain
    from shadowline.futures.why.tree import causal_tree

    console = _console()
    document = saved.scenario.document
    first, last = tale.offset_day(0), tale.offset_day(saved.model.days - 1)
    console.print(document.title, style="bold", markup=False)
    head = f"run {run:,} of {saved.runs:,}, parameter draw {saved.draw(run):,}, seed {saved.seed}; {first} to {last}"
    console.print(head, style="dim", markup=False)
    for path, value in saved.manifest.get("changes", {}).items():
        console.print(f"Changed: {path} = {value}", style="bold", markup=False)
    for name in saved.policy.split("+") if saved.policy else ():
        console.print(f"Policy {name}: {document.policies[name].says}", style="bold", markup=False)
    console.print()
    if event is not None:
        _print_links(console, tale, event, tell_chain(tale, event))
    elif tree:
        for root in causal_tree(tale.rows, tale.names):
            console.print(_branch(root))
    elif all_events:
        _print_events(console, tale)
    else:
        told = story(tale.rows, tale.names, saved.outcomes(run), days=saved.model.days, decrees=tale.decrees)
        console.print(told.as_text(), markup=False)


def _console() -> Console:
    """Return a console for running text: not wider than can be read."""
    from rich.console import Console

    console = Console(highlight=False)
    fixed = console.is_terminal or "COLUMNS" in os.environ
    console.width = min(console.width, WIDEST) if fixed else WIDEST
    return console


def _print_links(console: Console, tale: Tale, event: int, sentences: list[Sentence]) -> None:
    """Print a chain of causes, one event per paragraph."""
    from shadowline.futures.why import chain
    from shadowline.futures.wording import plain

    for number, sentence in zip(chain(tale.rows, event), sentences, strict=True):
        console.print(_hanging(console, number, plain(sentence)), markup=False)


def _print_events(console: Console, tale: Tale) -> None:
    """Print every event since day 0, under its day."""
    from shadowline.futures.why import tell_event
    from shadowline.futures.why.events import responsibility
    from shadowline.futures.wording import day_text, plain

    day = None
    for turn, row in enumerate(tale.played):
        if row["date"] != day:
            day = row["date"]
            console.print(day_text(day), style="bold")
        behind = responsibility(tale, row, turn) if row["kind"] == "attack" else None
        sentences = [tell_event(tale, row, turn, dated=False), *([behind] if behind else [])]
        console.print(_hanging(console, row["event"], " ".join(plain(sentence) for sentence in sentences)), markup=False)


def _hanging(console: Console, number: int, text: str) -> str:
    """Return an event's number and its sentence, wrapped beside the number."""
    import textwrap

    indent = " " * 8
    return textwrap.fill(text, console.width - 1, initial_indent=f"{number:>6}  ", subsequent_indent=indent)


def _branch(node: Node) -> Tree:
    """Return a node with all that hangs on it, for printing."""
    from rich.text import Text
    from rich.tree import Tree

    from shadowline.futures.wording import plain

    number = "" if node.event is None else f"{node.event} "
    style = "bold" if node.is_headline else "dim" if node.event is None else ""
    branch = Tree(Text(number + plain(node.text), style=style))
    for child in node.children:
        branch.children.append(_branch(child))
    return branch


def _print_json(saved: SavedResults, run: int, tale: Tale, event: int | None) -> None:
    """Print rows and sentences."""
    import json

    from shadowline.futures.why import chain, story, tell_chain, tell_event

    told = story(tale.rows, tale.names, saved.outcomes(run), days=saved.model.days, decrees=tale.decrees)
    document: dict[str, Any] = {
        "scenario": saved.scenario.id,
        "run": run,
        "draw": saved.draw(run),
        "seed": saved.seed,
        "as_of": str(tale.as_of),
        "horizon_days": saved.model.days,
        "outcomes": saved.outcomes(run),
        "story": [_said(sentence) for sentence in told.sentences],
        "facts": {name: value for name, value in told.facts.items() if name not in {"events", "outcomes"}},
        "events": [row | {"date": str(row["date"]), "says": _text(tell_event(tale, row))} for row in tale.rows],
    }
    if event is not None:
        document["chain"] = [
            {"event": number} | _said(sentence) for number, sentence in zip(chain(tale.rows, event), tell_chain(tale, event), strict=True)
        ]
    sys.stdout.write(json.dumps(document, indent=2, allow_nan=False) + "\n")


def _text(sentence: Sentence) -> str:
    from shadowline.futures.wording import plain

    return plain(sentence)


def _said(sentence: Sentence) -> dict[str, Any]:
    """Return a sentence with its quotes as plain data."""
    from shadowline.futures.wording import plain, quotes

    marks = [{"text": quote.text, "value": quote.value, "from": quote.path} for quote in quotes([sentence])]
    return {"text": plain(sentence), "quotes": marks}
