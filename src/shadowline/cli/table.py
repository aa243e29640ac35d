"""The table of outcomes, for people."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from shadowline.futures.wording import Wording, amount, percent, said

if TYPE_CHECKING:
    from shadowline.futures.results import Results
    from shadowline.futures.run import Plan
    from shadowline.futures.summary import Answer

WIDE = 132


def _cells(answer: Answer) -> tuple[str, str, str, str]:
    return *said(answer), _when(answer)


def _when(answer: Answer) -> str:
    if "median_date" in answer.when:
        return f"{answer.when['early_date']} · {answer.when['median_date']} · {answer.when['late_date']}"
    weekly = answer.when.get("weekly_mean")
    if weekly and answer.unit == "a week":
        return f"a week: first 4 {amount(sum(weekly[:4]) / len(weekly[:4]))}, last 4 {amount(sum(weekly[-4:]) / len(weekly[-4:]))}"
    return ""


def print_results(results: Results, plan: Plan) -> None:
    """Print the question, the table, and what stands behind it; narrow terminals get the questions above their numbers."""
    document = results.scenario.document
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(highlight=False, width=WIDE)
    console.print(f"[bold]{document.title}[/bold]\n{document.question}")
    console.print(f"As of {document.as_of}; {model_line(results)}", style="dim")
    for path, value in results.scenario.changes.items():
        console.print(f"Changed: {path} = {value}", style="bold", markup=False)
    if results.policy is not None:
        says = " ".join(document.policies[name].says for name in results.policy.split("+") if name in document.policies)
        console.print(f"Policy: {results.policy}. {says}".rstrip(), style="bold", markup=False)
    if console.width >= WIDE:
        console.print(_wide(results.answers))
    else:
        _print_stacked(console, results.answers)
    console.print(_footer(results, plan))


def _wide(answers: list[Answer]) -> Table:
    """Return the table for wide terminals."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("question", min_width=24, overflow="fold")
    for name in ("answer", "Monte Carlo 95 %", "parameter spread 5–95 %"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("if it happens, by: 25 % · 50 % · 75 %", no_wrap=True)
    for answer in answers:
        table.add_row(answer.asks, *_cells(answer))
    return table


def _print_stacked(console: Console, answers: list[Answer]) -> None:
    """Print each question with its numbers on the lines below."""
    for answer in answers:
        value, chance, spread, when = _cells(answer)
        console.print(f"\n[bold]{answer.asks}[/bold]\n  {value}   Monte Carlo {chance}   spread {spread}")
        if when:
            lead = "if it happens, by (25 · 50 · 75 %): " if "median_date" in answer.when else ""
            console.print(f"  {lead}{when}", style="dim")
    console.print()


def model_line(results: Results) -> str:
    """Return what was played, in one line."""
    model = results.model
    return (
        f"{results.runs:,} futures of {model.days} days, {model.draws} parameter draws × {results.batch.futures}, seed {results.plan.seed}"
    )


def _footer(results: Results, plan: Plan) -> str:
    document = results.as_json()
    low, high = document["escalation_margin_spread"]
    lines = [
        (
            f"Escalation margin {document['escalation_margin']:.2f} (5–95 % of draws: {low:.2f} to {high:.2f});"
            " at 1 an event sets off nothing, at 0 it brings about one more."
        ),
    ]
    if document["judgement_share"] is not None:
        wording = Wording(results.model.names)
        strongest = "; ".join(f"{wording.number(mover.path, mover.meaning)} ({mover.path})" for mover in results.movers[:3])
        lines.append(
            f"{percent(document['judgement_share'])} of the {len(results.movers)} numbers that matter rest on judgement alone."
            f" Those that move the answers most, resting on judgement or not: {strongest}."
        )
    lines.append(
        "A model orders possibilities; it does not know the future. Monte Carlo error shrinks with more futures, parameter spread does not."
    )
    lines.append(f"Played in {results.seconds:.1f} s on {plan.workers} threads, shadowline {document['version']}.")
    return "\n".join(lines)
