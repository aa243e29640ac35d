from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

import shadowline
from shadowline.scenario.starter import write_starter

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def script():
    """Return the script that makes the pictures."""
    specification = importlib.util.spec_from_file_location("make_pictures", ROOT / "tools" / "make_pictures.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def current(drawn):
    """Return the names of the pictures that are not what stands in the documentation."""
    return [name for name, drawing in drawn.items() if (DOCS / "pictures" / f"{name}.svg").read_text(encoding="utf-8") != drawing]


def test_the_tutorial_s_pictures_are_those_of_the_starter(script, tmp_path):
    """The tutorial's pictures are what the script makes of the starter scenario now; if not, run tools/make_pictures.py."""
    write_starter(tmp_path / "my-war")
    results = shadowline.simulate(tmp_path / "my-war" / "my-war.yaml", runs=2000, seed=1, diary=True)

    assert current(script.pictures(results, script.STARTER)) == []


@pytest.mark.slow
def test_the_model_case_s_pictures_are_current(script):
    """The pictures of the model case are what the script makes of it now; if not, run tools/make_pictures.py."""
    results = shadowline.simulate("iran-axis-2024", runs=10_000, seed=1, diary=True)

    assert current(script.pictures(results, script.MODEL_CASE)) == []


def test_every_picture_is_shown_and_every_shown_picture_is_there():
    """No picture lies about unused, and none is missing."""
    pages = [*DOCS.rglob("*.md"), ROOT / "README.md"]
    shown = {Path(name).name for page in pages for name in re.findall(r"!\[[^\]]*\]\(([^)]+\.svg)\)", page.read_text(encoding="utf-8"))}

    assert shown == {path.name for path in (DOCS / "pictures").glob("*.svg")}
