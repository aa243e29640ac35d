"""The coverage page names all 75 rows, every place that it names exists, and its experiments are the claims of the model case."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.record.load import load_record
from shadowline.scenario.load import load_scenario
from shadowline.scenario.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shadowline.scenario.schema import Document

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "coverage.md"
MECHANISMS = ROOT / "src" / "shadowline" / "mechanisms"
ROWS = 75
MUST_ACT = {"A", "T", "R", "M", "S"}
CODE = re.compile(r"`([^`]+)`")


class Row(NamedTuple):
    """One row of the page."""

    number: int
    what: str
    types: tuple[str, ...]
    words: tuple[str, ...]
    functions: tuple[str, ...]
    tests: tuple[str, ...]
    claims: tuple[str, ...]


def rows() -> list[Row]:
    """Return the rows of all tables of the page."""
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0].isdigit():
            experiments, words, functions, tests = (tuple(CODE.findall(cell)) for cell in cells[3:7])
            types = tuple(kind.strip(" *") for kind in cells[2].split(","))
            claims = tuple(name.removeprefix("claims:") for name in experiments)
            found.append(Row(int(cells[0]), cells[1], types, words, functions, tests, claims))
    return found


def ids() -> list[str]:
    """Return a name for every row."""
    return [f"{row.number}-{row.what.replace(' ', '-')}" for row in rows()]


@cache
def functions_of(path: Path) -> set[str]:
    """Return the names of all functions at the top of a file; none if there is no such file."""
    if not path.is_file():
        return set()
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of the language."""
    return json_schema(the_catalogue())


@cache
def events() -> set[str]:
    """Return the ids of the shipped record."""
    return {event.id for event in load_record("us-iran-shadow-war").events}


@cache
def model_case() -> Document:
    """Return the words of the model case."""
    return load_scenario("iran-axis-2024", the_catalogue()).document


def evidence() -> set[str]:
    """Return the evidence entries of the model case."""
    return set(model_case().evidence)


def alternatives(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a part of the schema with references followed and alternatives opened."""
    if "$ref" in part:
        yield from alternatives(schema()["$defs"][part["$ref"].rpartition("/")[2]])
        return
    yield part
    for inner in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        yield from alternatives(inner)


def steps(path: str) -> list[str]:
    """Return the parts of a path: keys, ids in angles, and ``[]`` for a row of a list."""
    return [step for key in path.split(".") for step in re.findall(r"<[^>]+>|\[\]|[^\[<]+", key)]


def is_in_the_language(path: str) -> bool:
    """Return whether the schema holds a path such as ``actors.<patron>.capture`` or ``ties[].pays``."""
    here = [schema()]
    for step in steps(path):
        below = []
        for part in (found for one in here for found in alternatives(one)):
            if step == "[]":
                below.append(part.get("items"))
            elif step.startswith("<"):
                below.append(part.get("additionalProperties"))
            else:
                below.append(part.get("properties", {}).get(step))
                if step in part.get("propertyNames", {}).get("enum", ()):
                    below.append(part.get("additionalProperties"))
        here = [part for part in below if isinstance(part, dict)]
    return bool(here)


def test_all_75_rows_are_there() -> None:
    """The page holds the rows 1 to 75, each once and in order."""
    assert [row.number for row in rows()] == list(range(1, ROWS + 1))


@pytest.mark.parametrize("row", rows(), ids=ids())
def test_the_words_exist(row: Row) -> None:
    """Every path is part of the language, every event is in the record, every entry in the model case."""
    assert row.words
    for words in row.words:
        kind, _, name = words.rpartition(": ")
        known = {"record": name in events(), "evidence": name in evidence(), "": is_in_the_language(words)}
        assert known[kind], words


@pytest.mark.parametrize("row", rows(), ids=ids())
def test_the_functions_exist(row: Row) -> None:
    """Every function named is at the top of the mechanism's file named, and every row has one."""
    assert row.functions
    for place in row.functions:
        file, _, name = place.partition(":")
        assert name in functions_of(MECHANISMS / file), place


@pytest.mark.parametrize("row", rows(), ids=ids())
def test_the_tests_exist(row: Row) -> None:
    """Every test named exists; rows that must act in the simulation have one of their own number, or share a neighbour's."""
    assert row.tests
    for place in row.tests:
        file, _, name = place.partition("::")
        assert name in functions_of(ROOT / "tests" / file), place
    if MUST_ACT & set(row.types):
        assert any(f"test_row_{row.number:02}_" in place for place in row.tests)


@pytest.mark.parametrize("row", rows(), ids=ids())
def test_the_experiments_exist(row: Row) -> None:
    """The experiments of a row are all claims of the model case that say that they belong to it; a row of type C has one."""
    assert sorted(row.claims) == sorted(key for key, words in model_case().claims.items() if words.row == row.number)
    assert row.claims or "C" not in row.types


def test_every_claim_belongs_to_a_row() -> None:
    """Every claim of the model case names its row, so that the page has it."""
    assert {key for key, words in model_case().claims.items() if words.row is None} == set()


def test_every_claim_can_be_traced_and_could_fail() -> None:
    """Every claim of the model case rests on evidence, and says how it could fail or why the equations alone decide it."""
    for key, words in model_case().claims.items():
        assert set(words.because) <= evidence(), key
        assert words.because, key
        assert (words.could_fail is None) != (words.identity is None), key


def test_a_path_that_is_not_in_the_language_is_found() -> None:
    """The walk through the schema refuses a misspelt key, a missing level and a list taken for a mapping."""
    assert is_in_the_language("dyads[].back_channel")
    assert not is_in_the_language("dyads[].back_chanel")
    assert not is_in_the_language("actors.capture")
    assert not is_in_the_language("ties.<tie>.pays")
