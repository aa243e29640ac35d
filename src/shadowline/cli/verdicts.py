"""What ``shadowline claims`` prints for people: all claims by their verdict, or one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from shadowline.cli.comparison import study_console
from shadowline.futures.wording import capital, counted, plain
from shadowline.study.claim_wording import boundary_sentence, claim_texts, source_text
from shadowline.study.lever_wording import lever_text, moves_text, written_texts
from shadowline.study.measures import believed, change_text, difference, level_text, measure_of, places_for
from shadowline.study.verdicts import Verdict

if TYPE_CHECKING:
    from rich.console import Console

    from shadowline.scenario.schema_study import Moves
    from shadowline.study.claims import ClaimResult, ClaimResults
    from shadowline.study.measures import Measure

STYLES = {Verdict.SUPPORTED: "green", Verdict.CONTRADICTED: "red", Verdict.CONDITIONAL: "yellow"}
BESIDE = 14
"""Columns for what each part of one claim is."""


def print_verdicts(results: ClaimResults) -> None:
    """Print warnings, the claims grouped by verdict, and where claims turn."""
    console, many = study_console(), len(results.claims) > 1
    _print_head(console, results)
    console.print(_table(results))
    _print_boundaries(console, results)
    console.print(
        Text(
            "Differences are changed minus unchanged, those of chances in points of a percentage. The last column is the share of what may"
            " be believed in which a claim holds. --explain CLAIM tells all about one."
            + (f" Verdicts allow for {len(results.claims)} claims tested together; fewer may come out otherwise." if many else "")
        )
    )
    _print_foot(console, results)


def _print_head(console: Console, results: ClaimResults) -> None:
    document = results.scenario.document
    console.print(Text(document.title, "bold"))
    draws, futures = results.plan.split
    horizon = results.plan.horizon or document.horizon
    played = f"{counted(draws * futures, 'matched future')} of {horizon:g} days, {counted(draws, 'parameter draw')} × {futures}"
    console.print(Text(f"As of {document.as_of}; {counted(len(results.claims), 'claim')}, {played}, seed {results.plan.seed}", "dim"))
    for path, value in results.scenario.changes.items():
        console.print(Text(f"Changed: {path} = {value}", "bold"))
    for warning in results.warnings:
        console.print(Text(f"Warning: {warning}", "bold yellow"))


def _print_foot(console: Console, results: ClaimResults) -> None:
    console.print(Text(f"{results.futures:,} futures in {results.arms:,} arms, played in {results.seconds:.1f} s."))


def _table(results: ClaimResults) -> Table:
    """Return the table of all claims, grouped by verdict."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("row", justify="right", no_wrap=True)
    table.add_column("claim: what is moved → what is expected", overflow="fold")
    for name in ("difference", "95 %", "holds in"):
        table.add_column(name, justify="right", no_wrap=True)
    for verdict in Verdict:
        same = [claim for claim in results.claims if claim.verdict is verdict]
        if same:
            table.add_section()
            table.add_row("", Text(f"{capital(str(verdict))} ({len(same)})", f"bold {STYLES.get(verdict, '')}"))
        for claim in same:
            table.add_row(*_row(results, claim))
    return table


def _row(results: ClaimResults, claim: ClaimResult) -> tuple[str, Text, str, str, str]:
    """Return the cells of one claim."""
    gap, interval = ("none", "") if claim.is_idle else difference(_measure(results, claim), claim.effect)
    cell = Text.assemble((claim.id, "bold"), (f"\n{lever_text(claim.words)} → {claim.words.expects} {claim.words.watch}", "dim"))
    share = "" if claim.sign_share is None else believed(claim.sign_share)
    return "" if claim.words.row is None else str(claim.words.row), cell, gap, interval, share


def _measure(results: ClaimResults, claim: ClaimResult) -> Measure:
    document = results.scenario.document
    return measure_of(document, claim.words.watch, results.plan.horizon or document.horizon)


def _print_boundaries(console: Console, results: ClaimResults) -> None:
    """Print where the claims that were swept turn."""
    swept = [(n, claim) for n, claim in enumerate(results.claims) if claim.boundary is not None]
    if not swept:
        return
    console.print(Text("Where claims turn", "bold"))
    for n, claim in swept:
        said = plain(boundary_sentence(results.scenario.document, claim, f"claims.{n}.boundary"))
        console.print(Padding(Text.assemble((claim.id, "bold"), f"  {said}"), (0, 0, 0, 2)))
    console.print()


def print_claim(results: ClaimResults, key: str) -> None:
    """Print one claim in full: what the source says, what is changed, what would contradict it, what came of it, and where it turns."""
    console = study_console()
    _print_head(console, results)
    claim, document = results.claim(key), results.scenario.document
    n, words = results.claims.index(claim), claim.words
    console.print()
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(width=BESIDE, style="dim")
    table.add_column(overflow="fold")
    row = "" if words.row is None else f" (row {words.row})"
    table.add_row("claim", Text(key + row, "bold"))
    table.add_row("says", Text(words.says))
    for source in source_text(document, words.because):
        table.add_row("source", Text(source))
    for name, text in _experiment(results, claim):
        table.add_row(name, Text(text))
    first, *rest = claim_texts(results, n)
    table.add_row("result", Text(first, STYLES.get(claim.verdict, "")))
    table.add_row("", Text(_counts(results, claim)))
    for said in rest:
        table.add_row("turns", Text(said))
    if words.flips_when is not None:
        table.add_row("theory", Text(words.flips_when.theory))
    console.print(table)
    if claim.boundary is not None:
        console.print(_sweep(results, claim))
    _print_foot(console, results)


def _experiment(results: ClaimResults, claim: ClaimResult) -> list[tuple[str, str]]:
    """Return what is changed, watched and expected, and how it could have failed."""
    words, document = claim.words, results.scenario.document
    rows: list[tuple[str, str]] = []
    if words.policy is not None:
        rows += [("changed", f"policy {name}: {document.policies[name].says}") for name in words.policy.split("+")]
    else:
        rows += [("changed", text) for text in (capital(moves_text(document, words)), *_paths(words))]
    if words.given is not None:
        rows += [("in both", text) for text in (capital(moves_text(document, words.given)), *_paths(words.given))]
    measure = _measure(results, claim)
    rows.append(("watched", f"{words.watch}: {measure.asks}" + (f" ({measure.unit})" if measure.unit else "")))
    margin = (
        f" (up to {100 * words.within:g} % either way)" if words.expects == "unchanged" else f" (by {100 * words.matters:g} % at least)"
    )
    rows.append(("expected", words.expects + margin))
    rows.append(("could fail", words.could_fail) if words.could_fail is not None else ("identity", str(words.identity)))
    return rows


def _paths(words: Moves) -> list[str]:
    return [f"  {text}" for text in written_texts(words)]


def _counts(results: ClaimResults, claim: ClaimResult) -> str:
    """Return in how many futures the measure moved either way, the p value, and what not knowing the numbers adds."""
    effect, measure = claim.effect, _measure(results, claim)
    draws, futures = results.plan.split
    moved = {"unchanged": ("up", "down")}.get(claim.words.expects, ("against the claim", "as claimed"))
    said = f"Of {counted(draws * futures, 'matched future')} {claim.along:,} moved {moved[1]} and {claim.against:,} {moved[0]}."
    said += f" p {_p_text(effect.p)}"
    said += f", adjusted for {len(results.claims)} claims {_p_text(claim.adjusted_p)}." if len(results.claims) > 1 else "."
    if effect.spread_low is not None and effect.spread_high is not None:
        places = places_for(measure, effect.low, effect.high)
        low, high = (change_text(measure, value, places) for value in (effect.spread_low, effect.spread_high))
        said += f" As the unknown numbers vary, the difference goes from {low} to {high} (5–95 %)."
    return said


def _p_text(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.2g}"


def _sweep(results: ClaimResults, claim: ClaimResult) -> Table:
    """Return the table of a sweep: the effect at each value."""
    boundary, measure = claim.boundary, _measure(results, claim)
    assert boundary is not None, "asked only of claims that were swept"  # noqa: S101 - for the type checker
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column(boundary.along, overflow="fold", justify="right")
    for name in ("base", "difference", "95 %", "p"):
        table.add_column(name, justify="right", no_wrap=True)
    for value, effect in zip(boundary.values, boundary.effects, strict=True):
        level = level_text(measure, effect.base, places_for(measure, effect.low, effect.high))
        table.add_row(str(value), level, *difference(measure, effect), _p_text(effect.p).removeprefix("= "))
    return table
