"""What ``shadowline check`` prints for people: findings, what the numbers rest on, who can influence whom."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from shadowline.scenario.census import count_by_table
from shadowline.scenario.influence import influence_graph, influenced_by

if TYPE_CHECKING:
    from shadowline.scenario.census import Census
    from shadowline.scenario.checks import Finding
    from shadowline.scenario.influence import Graph
    from shadowline.scenario.load import Scenario
    from shadowline.scenario.schema import Document

WIDEST_WITHOUT_TERMINAL = 132
STYLES = {"warning": "yellow", "note": "dim"}


def print_check(scenario: Scenario, findings: list[Finding], census: Census, *, graph: bool, numbers: bool) -> None:
    """Print a checked scenario: what it holds, what to look at, what its numbers rest on."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=max(console.width, WIDEST_WITHOUT_TERMINAL))
    document = scenario.document
    console.print(Text(document.title, "bold"))
    console.print(Text(f"{document.id}, as of {document.as_of}: {_inventory(document)}", "dim"))
    _print_findings(console, findings)
    _print_counts(console, census)
    if numbers:
        _print_numbers(console, census)
    if graph:
        _print_graph(console, influence_graph(document))
    count = Counter(finding.severity for finding in findings)
    console.print(Text(f"Valid; {_plural(count['warning'], 'warning')}, {_plural(count['note'], 'note')}."))


def _plural(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def _inventory(document: Document) -> str:
    """Return how much of everything there is, in one line."""
    roles = Counter(actor.role for actor in document.actors.values())
    named = {"adversary": "adversaries", "patron": "patrons", "host": "hosts", "proxy": "proxies"}
    parts = [f"{roles[role]} {role if roles[role] == 1 else plural}" for role, plural in named.items() if roles[role]]
    tables = {"front": document.fronts, "line": document.lines, "outcome": document.outcomes}
    parts += [_plural(len(rows), thing) for thing, rows in tables.items()]
    if document.policies:
        parts.append(_plural(len(document.policies), "policy") if len(document.policies) == 1 else f"{len(document.policies)} policies")
    if document.claims:
        parts.append(_plural(len(document.claims), "claim"))
    evidence = len(document.evidence)
    return ", ".join([*parts, f"{evidence} evidence {'entry' if evidence == 1 else 'entries'}"])


def _print_findings(console: Console, findings: list[Finding]) -> None:
    for finding in findings:
        place = Path(finding.where.file or "").name
        line = "" if finding.where.line is None else f":{finding.where.line}"
        console.print(Text(f"{finding.severity}: {place}{line}: {finding.message} [{finding.code}]", STYLES[finding.severity]))


def _print_counts(console: Console, census: Census) -> None:
    """Print how many numbers rest on what, by part of the scenario."""
    evidence, judgement = count_by_table(census.evidence), count_by_table(census.judgement)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("numbers in")
    for name in ("stated", "with evidence", "judgement"):
        table.add_column(name, justify="right")
    for part in dict.fromkeys([*evidence, *judgement]):
        table.add_row(part, f"{evidence[part] + judgement[part]}", f"{evidence[part]}", f"{judgement[part]}")
    stated, judged = len(census.evidence) + len(census.judgement), len(census.judgement)
    table.add_section()
    table.add_row("all", f"{stated}", f"{stated - judged}", f"{judged}")
    console.print(table)
    left, drawn = len(census.unstated), len(census.uncertain_defaults)
    console.print(Text(f"{_plural(left, 'number')} left to the model, {drawn} of them drawn from its ranges."))


def _print_numbers(console: Console, census: Census) -> None:
    """List the numbers without evidence, and those left to the model."""
    console.print(Text("Numbers by judgement", "bold"))
    for number in census.judgement:
        console.print(Text(f"  {number.path}"))
    console.print(Text("Numbers left to the model and drawn", "bold"))
    for row in census.uncertain_defaults:
        console.print(Text(f"  {row.path} ({_plural(row.rows, 'row')})"))


def _print_graph(console: Console, graph: Graph) -> None:
    """Print for each node whom it reaches in one step, by what, and whom it can never reach."""
    console.print(Text("Who can influence whom", "bold"))
    for node, goals in graph.items():
        console.print(Text(node, "bold") + Text("" if goals else ": nobody"))
        for goal, reasons in goals.items():
            console.print(Text(f"  → {goal}: {'; '.join(reasons)}"))
        beyond = [other for other in graph if other not in influenced_by(graph, node)]
        if goals and beyond:
            console.print(Text(f"  never, by any path: {', '.join(beyond)}", "dim"))
