"""``shadowline claims``: the causal claims of a scenario's source put to the test on matched futures."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shadowline.futures.run import Plan
    from shadowline.scenario.load import Scenario
    from shadowline.study.claims import ClaimResults

USUAL_RUNS = 4_000


def claims(  # noqa: PLR0917 - one parameter per option
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario (see list), or a file.")],
    only: Annotated[list[str] | None, typer.Option("--claim", help="A claim to test; repeatable; by default all.")] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="CLAIM", help="Tell all about one claim, tested alone or with those of --claim.")
    ] = None,
    runs: Annotated[int, typer.Option(help="Futures to play of each arm; a fifth of them at the values of a sweep.")] = USUAL_RUNS,
    draws: Annotated[int | None, typer.Option(help="Parameter draws among them; by default one for 20 futures, at most 500.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same futures, on any number of threads.")] = 1,
    horizon: Annotated[str | None, typer.Option(help="How long to play, such as 180d; by default the scenario's.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Another as-of date; nothing known later is used.")] = None,
    changes: Annotated[list[str] | None, typer.Option("--set", help="path=value for all arms, as for run; repeatable.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write a folder with the verdicts.")] = None,
    report: Annotated[bool, typer.Option("--report", help="Write a page into the folder (--out, or results/SCENARIO-claims).")] = False,
    threads: Annotated[int | None, typer.Option(help="Threads; they change nothing but the time.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    quiet: Annotated[bool, typer.Option(help="No progress.")] = False,
) -> None:
    """Put a scenario's claims to the test: each as an experiment that could contradict it."""
    from shadowline.cli.options import read_changes, read_date, read_days
    from shadowline.engine.tables import the_catalogue
    from shadowline.futures.run import Plan
    from shadowline.scenario.load import load_scenario

    plan = Plan(runs, draws, seed, read_days(horizon), threads)
    plan.check()
    given = read_changes(changes or [])
    loaded = load_scenario(scenario, the_catalogue(), changes=given, as_of=read_date(as_of))
    chosen = list(dict.fromkeys([*(only or []), *([explain] if explain is not None else [])]))
    play = partial(_played, loaded, chosen, plan, quiet=quiet or as_json)
    out = _folder(scenario) if report and out is None else out
    results = play() if out is None else _played_into(out, play, page=_page(scenario, out) if report else None)
    _show(results, explain or (chosen[0] if len(chosen) == 1 else None), out, as_json=as_json, report=report)


def _folder(scenario: str) -> Path:
    """Return the folder of claims that were given none."""
    return Path("results") / f"{Path(scenario).stem}-claims"


def _page(scenario: str, out: Path) -> Callable[[ClaimResults, Path], object]:
    """Return what writes the page of claims into their folder, with the command that makes it again."""

    def write(results: ClaimResults, part: Path) -> None:
        import shlex

        from shadowline.report.again import claims_again
        from shadowline.report.study.claims_page import write_claims_page

        place = "" if out == _folder(scenario) else " " + shlex.join(["--out", str(out)])
        write_claims_page(results, part, claims_again(results) + place)

    return write


def _played(scenario: Scenario, chosen: Sequence[str], plan: Plan, *, quiet: bool) -> ClaimResults:
    """Play with progress."""
    from shadowline.cli.progress import Progress
    from shadowline.study.claims import claims as test

    with Progress(0, quiet=quiet) as progress:
        return test(scenario, chosen, plan, done=progress.advance, compiling=progress.compiling, sized=progress.sized)


def _played_into(out: Path, play: Callable[[], ClaimResults], page: Callable[[ClaimResults, Path], object] | None) -> ClaimResults:
    """Play, and write the folder whole or not at all; an unwritable folder is refused before the work."""
    from shadowline.store import new_folder
    from shadowline.study.save import write_claims

    with new_folder(out) as part:
        results = play()
        if page is not None:
            page(results, part)
        write_claims(results, part)
    return results


def _show(results: ClaimResults, explained: str | None, out: Path | None, *, as_json: bool, report: bool) -> None:
    """Print the document, one claim in full, or all verdicts."""
    if as_json:
        import json

        sys.stdout.write(json.dumps(results.as_json(), indent=2, allow_nan=False) + "\n")
        return
    from shadowline.cli.verdicts import print_claim, print_verdicts

    if explained is not None:
        print_claim(results, explained)
    else:
        print_verdicts(results)
    if report and out is not None:
        sys.stdout.write(f"The page is {out / 'claims.html'}\n")
    if out is not None:
        sys.stdout.write(f"The verdicts are in {out}\n")
