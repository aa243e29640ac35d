"""The flagship's figures change on purpose or not at all."""

import json
from pathlib import Path

import pytest

from shadowline.futures.run import Plan, simulate

FROZEN = json.loads((Path(__file__).parent / "flagship.json").read_text(encoding="utf-8"))


def test_the_flagship_gives_its_frozen_figures():
    """The same scenario, seed and software give the figures that were frozen; if meant to change: python tools/refresh_flagship.py."""
    results = simulate("iran-axis-2024", Plan(runs=200, draws=20, seed=1))
    assert {answer.id: answer.value for answer in results.answers} == pytest.approx(FROZEN, rel=1e-6)


def test_any_number_of_threads_gives_the_same_document():
    """One thread and two differ in their seconds and their number alone."""
    documents = [simulate("iran-axis-2024", Plan(runs=200, draws=20, seed=1, threads=threads)).as_json() for threads in (1, 2)]
    for document in documents:
        for name in ("seconds", "compile_seconds", "threads"):
            del document[name]
    assert documents[0] == documents[1]
