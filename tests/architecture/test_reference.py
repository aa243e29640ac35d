"""The generated pages of the reference say what the code says."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "publish_reference.py"
NAMES = ("parameters.md", "order.md", "record.md", "scenario.schema.json")


@cache
def generated() -> dict[str, str]:
    """Return the pages as the tool would write them now."""
    spec = importlib.util.spec_from_file_location("publish_reference", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    pages: dict[str, str] = tool.pages()
    return pages


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_current(name: str) -> None:
    """The page in the repository is the generated one; if not, run ``.venv/bin/python tools/publish_reference.py``."""
    assert (TOOL.parents[1] / "docs" / "reference" / name).read_text(encoding="utf-8") == generated()[name]


def test_no_generated_page_is_forgotten() -> None:
    """Every page that the tool writes is held against the repository."""
    assert set(generated()) == set(NAMES)
