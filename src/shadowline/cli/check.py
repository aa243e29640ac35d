"""``shadowline check``: whether a scenario is valid, what in it is probably not meant, and what its numbers rest on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from datetime import date

    from shadowline.parameters import Catalogue
    from shadowline.scenario.census import Census
    from shadowline.scenario.checks import Finding
    from shadowline.scenario.load import Scenario

WARNED = 1


def check(  # noqa: PLR0917 - one parameter per option
    scenario: Annotated[str | None, typer.Argument(help="Name of a shipped scenario (see list), or a file.")] = None,
    changes: Annotated[list[str] | None, typer.Option("--set", help="path=value, as for run; repeatable.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Another as-of date; nothing known later may be used.")] = None,
    graph: Annotated[bool, typer.Option("--graph", help="Also print who can influence whom, and by what.")] = False,
    numbers: Annotated[bool, typer.Option("--numbers", help="Also list the numbers that rest on judgement or defaults.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with exit code 1 if there is any warning.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of the language and stop.")] = False,
    explain: Annotated[str | None, typer.Option(metavar="CODE", help="Explain a code such as SL101 and stop.")] = None,
) -> None:
    """Validate a scenario and point at what is probably not meant; bad input ends with exit code 2."""
    from shadowline.errors import Code, InputError

    if explain is not None:
        sys.stdout.write(explanation(explain))
        return
    if schema:
        _print_schema()
        return
    if scenario is None:
        raise InputError(Code.BAD_OPTION, "check needs a scenario", expected="a file, or a name from `shadowline list`")
    from shadowline.cli.options import read_changes, read_date
    from shadowline.engine.tables import the_catalogue
    from shadowline.scenario.census import take_census
    from shadowline.scenario.checks import check_scenario

    catalogue = the_catalogue()
    loaded = _loaded(scenario, catalogue, read_changes(changes or []), read_date(as_of))
    findings = check_scenario(loaded, catalogue)
    census = take_census(loaded.document, catalogue)
    if as_json:
        _print_json(loaded, findings, census)
    else:
        from shadowline.cli.findings import print_check

        print_check(loaded, findings, census, graph=graph, numbers=numbers)
    if strict and any(finding.severity == "warning" for finding in findings):
        raise typer.Exit(WARNED)


def _loaded(name: str, catalogue: Catalogue, changes: dict[str, str], as_of: date | None) -> Scenario:
    """Return a scenario that a run would accept: it is valid, its record is there, and tables can be made of it."""
    from shadowline.engine.build import build
    from shadowline.record.load import load_record
    from shadowline.scenario.load import load_scenario

    scenario = load_scenario(name, catalogue, changes=changes, as_of=as_of)
    prelude = scenario.document.prelude
    build(scenario, load_record(prelude.record) if prelude is not None else None, draws=1, seed=1)
    return scenario


def _print_schema() -> None:
    import json

    from shadowline.engine.tables import the_catalogue
    from shadowline.scenario.schema import json_schema

    sys.stdout.write(json.dumps(json_schema(the_catalogue()), indent=2, ensure_ascii=False) + "\n")


def explanation(text: str) -> str:
    """Return what a code means and what to do about it.

    Raises
    ------
    InputError
        UNKNOWN_CODE if there is none of that name.
    """
    from shadowline.errors import EXPLANATIONS, Code, InputError, nearest_name
    from shadowline.scenario.checks import MEANINGS, Remark

    wanted = text.strip().upper()
    if wanted in {remark.value for remark in Remark}:
        remark = Remark(wanted)
        return f"{remark} {remark.severity}: {MEANINGS[remark]}\n"
    if wanted in {code.value for code in Code}:
        told = EXPLANATIONS[Code(wanted)]
        return f"{wanted} {told.title}\n{told.meaning}\n{told.remedy}\n"
    choices = [*(code.value for code in Code), *(remark.value for remark in Remark)]
    raise InputError(Code.UNKNOWN_CODE, "there is no such code", found=text, nearest=nearest_name(wanted, choices))


def as_document(scenario: Scenario, findings: list[Finding], census: Census) -> dict[str, Any]:
    """Return everything that `check` knows as plain data."""
    from shadowline.scenario.influence import influence_graph

    document = scenario.document
    return {
        "scenario": document.id,
        "title": document.title,
        "as_of": str(document.as_of),
        "files": [{"path": str(source.path), "sha256": source.sha256} for source in scenario.sources],
        "changes": dict(scenario.changes),
        "withheld_evidence": list(scenario.withheld),
        "warnings": sum(finding.severity == "warning" for finding in findings),
        "notes": sum(finding.severity == "note" for finding in findings),
        "findings": [
            {
                "code": finding.code.value,
                "severity": finding.severity,
                "file": finding.where.file,
                "line": finding.where.line,
                "field": finding.where.field,
                "message": finding.message,
            }
            for finding in findings
        ],
        "numbers": {
            "evidence": len(census.evidence),
            "judgement": [number.path for number in census.judgement],
            "left_to_the_model": [row._asdict() for row in census.unstated],
        },
        "influence": influence_graph(document),
    }


def _print_json(scenario: Scenario, findings: list[Finding], census: Census) -> None:
    import json

    sys.stdout.write(json.dumps(as_document(scenario, findings, census), indent=2, ensure_ascii=False) + "\n")
