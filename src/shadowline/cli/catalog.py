"""``shadowline list``: the scenarios and the records that ship."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer


def list_shipped(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """List the scenarios and the records of events that ship."""
    shipped = {"scenarios": _scenarios(), "records": _records()}
    if as_json:
        import json

        sys.stdout.write(json.dumps(shipped, indent=2, ensure_ascii=False) + "\n")
        return
    from rich.console import Console

    console = Console(highlight=False)
    _print_table(console, "Scenarios", ("scenario", "as of", "title"), [list(row.values()) for row in shipped["scenarios"]])
    _print_table(console, "Records of events", ("record", "rows", "events", "days"), [_record_cells(row) for row in shipped["records"]])


def _scenarios() -> list[dict[str, Any]]:
    """Return id, as-of date and title of every shipped scenario, with what it extends filled in."""
    from shadowline.scenario.load import LIBRARY, read_merged, shipped_scenarios

    rows = []
    for name in shipped_scenarios():
        data = read_merged(LIBRARY / f"{name}.yaml")[1]
        rows.append({"id": name, "as_of": str(data["as_of"]), "title": str(data["title"])})
    return rows


def _records() -> list[dict[str, Any]]:
    """Return name, number of rows and of events, first and last day of every shipped record."""
    from shadowline.record.load import load_record, shipped_records

    rows = []
    for name in shipped_records():
        record = load_record(name)
        first, last = min(event.start for event in record.events), max(event.end for event in record.events)
        rows.append({
            "id": name, "rows": len(record.rows), "events": len(record.events), "first_day": str(first), "last_day": str(last),
        })  # fmt: skip
    return rows


def _record_cells(row: dict[str, Any]) -> list[str]:
    return [row["id"], f"{row['rows']:,}", f"{row['events']:,}", f"{row['first_day']} to {row['last_day']}"]


def _print_table(console: Any, title: str, columns: tuple[str, ...], rows: list[list[str]]) -> None:  # noqa: ANN401 - rich is loaded late
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in {"rows", "events"} else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)
