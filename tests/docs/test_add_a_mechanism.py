"""The page on adding a mechanism, done as it says in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-a-mechanism.md"
FENCE = re.compile(r"^```(python|diff)\n(?:# |--- )(\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project with the files and edits of the page."""
    copy = tmp_path_factory.mktemp("project")
    for part in ("src", "tests", "tools", "docs"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for language, name, text in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        if language == "python":
            (copy / name).write_text(text, encoding="utf-8")
        else:
            _edit(copy / name, text.splitlines())
    return copy


def _edit(file, lines):
    """Replace what a diff shows as the old lines, which must stand in the file once, by the new ones."""
    old = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file}: {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def run(project, *arguments):
    """Run Python in the copy, uncompiled: what the page adds is small, and compiling a model is not."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(project / "src")}
    return subprocess.run([sys.executable, *arguments], cwd=project, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_mechanism_of_the_page_keeps_the_contract(project):
    """The mechanism of the page passes the contract of all mechanisms and its own tests, and the language has its numbers."""
    tests = ["tests/unit/mechanisms/test_contract.py", "tests/unit/mechanisms/test_weariness.py"]
    done = run(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore::RuntimeWarning", "-k", "not compiled", *tests)

    assert done.returncode == 0, done.stdout[-3000:]
    assert "weariness" in run(project, "-m", "shadowline.cli", "check", "--schema").stdout


@pytest.mark.slow
def test_publishing_writes_the_new_parameter(project):
    """The tool that the page names writes the new parameter and the new step to the pages of the reference."""
    done = run(project, "tools/publish_reference.py")

    assert done.returncode == 0, done.stderr
    assert "`weariness.dampens`" in (project / "docs" / "reference" / "parameters.md").read_text(encoding="utf-8")
    assert "grow_weary" in (project / "docs" / "reference" / "order.md").read_text(encoding="utf-8")


def test_every_block_of_the_page_is_used():
    """Every block of Python or of changes on the page names its file, so that none is left out."""
    text = PAGE.read_text(encoding="utf-8")

    assert len(FENCE.findall(text)) == len(re.findall(r"^```(?:python|diff)$", text, re.MULTILINE))
