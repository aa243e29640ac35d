"""``shadowline compare``: policies played on matched futures, each held against the first."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shadowline.futures.run import Plan
    from shadowline.scenario.load import Scenario
    from shadowline.study.compare import Comparison


def compare(  # noqa: PLR0917 - one parameter per option
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario (see list), or a file.")],
    policies: Annotated[
        list[str] | None,
        typer.Option(
            "--policy",
            help="A policy, several at once joined by +, or a FILE.yaml of policies; repeatable. The others are held against the first,"
            " a single one against as-it-is. By default all of the scenario's.",
        ),
    ] = None,
    runs: Annotated[int, typer.Option(help="Futures to play of each policy.")] = 10_000,
    draws: Annotated[int | None, typer.Option(help="Parameter draws among them; by default one for 20 futures, at most 500.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same futures, on any number of threads.")] = 1,
    horizon: Annotated[str | None, typer.Option(help="How long to play, such as 180d; by default the scenario's.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Another as-of date; nothing known later is used.")] = None,
    changes: Annotated[list[str] | None, typer.Option("--set", help="path=value for all policies, as for run; repeatable.")] = None,
    precision: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTCOME=WIDTH", help="Play on until half of the 95 % interval of each difference is this narrow; repeatable."
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write a folder with the comparison and the results of each policy.")] = None,
    report: Annotated[bool, typer.Option("--report", help="Write a page into the folder (--out, or results/SCENARIO-comparison).")] = False,
    threads: Annotated[int | None, typer.Option(help="Threads; they change nothing but the time.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    quiet: Annotated[bool, typer.Option(help="No progress.")] = False,
) -> None:
    """Play policies on matched futures and hold each against the first: what it avoids, what it causes, and why."""
    from shadowline.cli.options import read_changes, read_date, read_days, read_policies, read_precision
    from shadowline.engine.tables import the_catalogue
    from shadowline.futures.run import Plan
    from shadowline.scenario.load import load_scenario
    from shadowline.study.compare import arm_names

    plan = Plan(runs, draws, seed, read_days(horizon), threads)
    plan.check()
    widths, given = read_precision(precision or []), read_changes(changes or [])
    names, files = read_policies(policies or [])
    loaded = load_scenario(scenario, the_catalogue(), changes=given, as_of=read_date(as_of), more=files)
    play = partial(_played, loaded, arm_names(loaded, names), plan, widths, quiet=quiet or as_json)
    out = _folder(scenario) if report and out is None else out
    comparison = play() if out is None else _played_into(out, play, page=_page(scenario, out) if report else None)
    _show(comparison, out, as_json=as_json, report=report)


def _folder(scenario: str) -> Path:
    """Return the folder of a comparison that was given none."""
    return Path("results") / f"{Path(scenario).stem}-comparison"


def _page(scenario: str, out: Path) -> Callable[[Comparison, Path], object]:
    """Return what writes the page of a comparison into its folder, with the command that makes it again."""

    def write(comparison: Comparison, part: Path) -> None:
        import shlex

        from shadowline.report.again import compare_again
        from shadowline.report.study.comparison_page import write_comparison_page

        place = "" if out == _folder(scenario) else " " + shlex.join(["--out", str(out)])
        write_comparison_page(comparison, part, compare_again(comparison) + place, out)

    return write


def _played(scenario: Scenario, names: Sequence[str], plan: Plan, precision: Mapping[str, float], *, quiet: bool) -> Comparison:
    """Play with progress."""
    from shadowline.cli.progress import Progress
    from shadowline.study.compare import compare as play

    draws, futures = plan.split
    with Progress(len(names) * draws * futures, quiet=quiet) as progress:
        found = play(scenario, names, plan, precision=precision, done=progress.advance, compiling=progress.compiling)
    if not quiet and sys.stderr.isatty():
        sys.stderr.write("Looking at where futures part ...\n")
    return found


def _played_into(out: Path, play: Callable[[], Comparison], page: Callable[[Comparison, Path], object] | None) -> Comparison:
    """Play, and write the folder whole or not at all; an unwritable folder is refused before the work."""
    from shadowline.store import new_folder
    from shadowline.study.save import write_comparison

    with new_folder(out) as part:
        comparison = play()
        if page is not None:
            page(comparison, part)
        write_comparison(comparison, part)
    return comparison


def _show(comparison: Comparison, out: Path | None, *, as_json: bool, report: bool) -> None:
    """Print the document or the tables; what a reader has to be told goes to standard error, whatever is printed."""
    from shadowline.study.wording import alarms

    sys.stderr.writelines(f"shadowline: warning: {alarm}\n" for alarm in alarms(comparison))
    if as_json:
        import json

        sys.stdout.write(json.dumps(comparison.as_json(), indent=2, allow_nan=False) + "\n")
        return
    from shadowline.cli.comparison import print_comparison

    print_comparison(comparison, out)
    if report and out is not None:
        sys.stdout.write(f"The page is {out / 'comparison.html'}\n")
    if out is not None:
        sys.stdout.write(f"The comparison is in {out}\n")
