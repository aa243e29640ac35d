"""``shadowline run``: play a scenario and print what may follow, with which probability, and when."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shadowline.errors import Code, InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from shadowline.futures.results import Results
    from shadowline.futures.run import Plan
    from shadowline.study.claims import ClaimResults


def run(  # noqa: PLR0917 - one parameter per option
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario (see list), or a file.")],
    runs: Annotated[int, typer.Option(help="Futures to play.")] = 10_000,
    draws: Annotated[int | None, typer.Option(help="Parameter draws among them; by default one for 20 futures, at most 500.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same futures, on any number of threads.")] = 1,
    horizon: Annotated[str | None, typer.Option(help="How long to play, such as 180d; by default the scenario's.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Another as-of date; nothing known later is used.")] = None,
    changes: Annotated[list[str] | None, typer.Option("--set", help="path=value, such as actors.iran.order.fixed=0; repeatable.")] = None,
    policies: Annotated[
        list[str] | None,
        typer.Option(
            "--policy", help="Play a policy, several at once joined by +, or the one in a FILE.yaml; a file also adds to those named."
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write a results folder.")] = None,
    tell: Annotated[str | None, typer.Option(help="Futures whose events the folder holds: numbers such as 0,7,12, or all.")] = None,
    report: Annotated[
        bool, typer.Option("--report", help="Write the briefing into the results folder (--out, or results/SCENARIO).")
    ] = False,
    with_claims: Annotated[
        bool, typer.Option("--claims", help="Put the scenario's claims to the test, too, for a chapter of the briefing.")
    ] = False,
    threads: Annotated[int | None, typer.Option(help="Threads; they change nothing but the time.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    quiet: Annotated[bool, typer.Option(help="No progress.")] = False,
) -> None:
    """Play a scenario and print its table of outcomes."""
    from shadowline.cli.options import read_changes, read_date, read_days, read_policy, told_runs
    from shadowline.futures.run import Plan

    plan = Plan(runs, draws, seed, read_days(horizon), threads)
    plan.check()
    if with_claims and not report:
        raise InputError(Code.BAD_OPTION, "--claims adds a chapter to a briefing", expected="--report beside it")
    out = _folder(scenario) if report and out is None else out
    told = told_runs(tell, runs, out)
    given, day = read_changes(changes or []), read_date(as_of)
    policy, files = read_policy(policies or [])
    quiet = quiet or as_json
    play = partial(_played, scenario, plan, given, day, policy=policy, files=files, quiet=quiet, diary=report)
    page = partial(_write_report, out=out or _folder(scenario), with_claims=with_claims, quiet=quiet) if report else None
    results = play() if out is None else _played_into(out, play, told, page)
    _show(results, plan, out, as_json=as_json, report=report)


def _folder(scenario: str) -> Path:
    """Return the folder of a run that was given none: ``results/`` and the scenario's name."""
    return Path("results") / Path(scenario).stem


def _played(  # noqa: PLR0917 - what to play, and how
    scenario: str,
    plan: Plan,
    changes: dict[str, str],
    as_of: date | None,
    policy: str | None,
    files: list[Path],
    *,
    quiet: bool,
    diary: bool,
) -> Results:
    """Play with progress."""
    from shadowline.cli.progress import Progress
    from shadowline.engine.tables import the_catalogue
    from shadowline.futures.run import simulate
    from shadowline.scenario.load import load_scenario

    loaded = load_scenario(scenario, the_catalogue(), changes=changes, as_of=as_of, more=files)
    with Progress(plan.runs, quiet=quiet) as progress:
        return simulate(loaded, plan, policy=policy, diary=diary, done=progress.advance, compiling=progress.compiling)


def _played_into(out: Path, play: Callable[[], Results], told: tuple[int, ...], page: Callable[[Results, Path], None] | None) -> Results:
    """Play, and write the results folder whole or not at all; an unwritable folder is refused before the work."""
    from shadowline.futures.save import write_results
    from shadowline.store import new_folder

    with new_folder(out) as part:
        results = play()
        if page is not None:
            page(results, part)
            told = _with_those_on_the_page(results, told)
        write_results(results, part, told)
    return results


def _with_those_on_the_page(results: Results, told: tuple[int, ...]) -> tuple[int, ...]:
    """Return the futures to be told in the folder, with those that the briefing tells."""
    from shadowline.futures.typical import choose_three

    return tuple(sorted({*told, *(one.run for one in choose_three(results))}))


def _write_report(results: Results, part: Path, *, out: Path, with_claims: bool, quiet: bool) -> None:
    """Write the briefing; it takes some seconds, which somebody at a terminal is told."""
    import shlex

    from shadowline.report.briefing import same_again, write_briefing

    found = _tested(results, quiet=quiet) if with_claims else None
    if not quiet and sys.stderr.isatty():
        sys.stderr.write("Writing the briefing ...\n")
    plain = out == _folder(str(results.scenario.sources[0].path))
    more = [
        *(("--claims",) if with_claims else ()),
        *(() if plain else ("--out", str(out))),
    ]
    write_briefing(results, part, f"{same_again(results)} {shlex.join(more)}".rstrip(), claims=found)


def _tested(results: Results, *, quiet: bool) -> ClaimResults:
    """Put the claims of what was played to the test, on at most as many futures an arm as the verb does by default."""
    from dataclasses import replace

    from shadowline.cli.progress import Progress
    from shadowline.study.claims import USUAL_RUNS, claims

    plan = replace(results.plan, runs=min(results.plan.runs, USUAL_RUNS), draws=None)
    with Progress(0, quiet=quiet) as progress:
        return claims(results.scenario, (), plan, done=progress.advance, compiling=progress.compiling, sized=progress.sized)


def _show(results: Results, plan: Plan, out: Path | None, *, as_json: bool, report: bool) -> None:
    """Print the document or the table."""
    if as_json:
        import json

        sys.stdout.write(json.dumps(results.as_json(), indent=2, allow_nan=False) + "\n")
        return
    from shadowline.cli.table import print_results

    print_results(results, plan)
    if report and out is not None:
        sys.stdout.write(f"The briefing is {out / 'briefing.html'}\n")
    if out is not None:
        sys.stdout.write(f"Results are in {out}\n")
