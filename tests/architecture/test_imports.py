"""Data flows down the house; imports point only upward, and the front door opens fast."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[2] / "src" / "shadowline"

# Each floor may import from itself and from those before it.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("units",),
    ("parameters",),
    ("store",),
    ("scenario",),
    ("record",),
    ("engine", "mechanisms"),
    ("futures",),
    ("assimilate",),
    ("score",),
    ("study",),
    ("report",),
    ("cli", "__main__"),
    ("web",),
)
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
KERNELS = ("engine", "mechanisms")
KEPT_FROM_KERNELS = {"pandas", "xarray", "pydantic", "typer", "rich"}
KEPT_FROM_THE_DOOR = {"numba", "pandas"}
VAGUE_NAMES = {"utils", "helpers", "manager", "base", "core"}


def modules(root: Path = SOURCE) -> list[Path]:
    """Return every module below `root`."""
    return sorted(root.rglob("*.py"))


def floor_of(path: Path, root: Path = SOURCE) -> str:
    """Return the floor a module lives on: the first part of its path; the package itself is ``__init__``."""
    return path.relative_to(root).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import of a module, also those inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports by a relative name"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def upward(root: Path = SOURCE) -> list[str]:
    """Return every import below `root` of a module from a later floor than its own."""
    found = []
    for path in modules(root):
        level = LEVEL.get(floor_of(path, root), -1)
        for line, name in imported(path):
            package, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            if package == "shadowline" and LEVEL.get(target, -1) > level:
                found.append(f"{path.relative_to(root)}:{line} imports {name}")
    return found


def loaded_after(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after running `code`."""
    report = "; import json, sys; print(); print(json.dumps(sorted({n.partition('.')[0] for n in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", code + report], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_no_import_goes_up_the_house() -> None:
    """No module imports from a floor that comes after its own."""
    assert upward() == []


def test_an_import_that_goes_up_is_found(tmp_path: Path) -> None:
    """The reading of imports finds an upward one at the top, inside a function, and by the package's name."""
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "day.py").write_text("def f():\n    from shadowline.futures.events import g\n    return g\n")
    (tmp_path / "units.py").write_text("from shadowline import cli, errors\nimport shadowline.engine.day\n")

    assert upward(tmp_path) == [
        "engine/day.py:2 imports shadowline.futures.events.g",
        "units.py:1 imports shadowline.cli",
        "units.py:2 imports shadowline.engine.day",
    ]


def test_every_module_has_a_floor() -> None:
    """Every module of the package lives on one of the floors, so that none escapes the rule."""
    assert {floor_of(path) for path in modules()} <= {*LEVEL, "__init__"}


@pytest.mark.parametrize("floor", KERNELS)
def test_kernels_know_neither_tables_of_others_nor_faces(floor: str) -> None:
    """The engine and the mechanisms import no pandas, xarray, pydantic, typer or rich."""
    found = {
        f"{path.name}:{line} imports {name}"
        for path in modules(SOURCE / floor)
        for line, name in imported(path)
        if name.partition(".")[0] in KEPT_FROM_KERNELS
    }

    assert found == set()


def test_no_module_has_a_vague_name() -> None:
    """Modules are named after what they hold; none is called utils, helpers, manager, base or core."""
    assert [path for path in modules() if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES] == []


def test_importing_the_package_loads_nothing_heavy() -> None:
    """Importing shadowline loads neither the compiler nor pandas, nor any other library outside Python's own."""
    loaded = loaded_after("import shadowline; assert shadowline.__version__")

    assert "shadowline" in loaded
    assert loaded.isdisjoint({*KEPT_FROM_THE_DOOR, *KEPT_FROM_KERNELS, "numpy", "scipy", "pyarrow", "yaml"})


def test_asking_for_help_loads_neither_compiler_nor_pandas() -> None:
    """The command's help appears without loading numba or pandas."""
    ask = (
        "import contextlib, runpy, sys\n"
        "sys.argv = ['shadowline', '--help']\n"
        "with contextlib.suppress(SystemExit): runpy.run_module('shadowline.cli', run_name='__main__')\n"
        "True"
    )

    loaded = loaded_after(ask)

    assert {"shadowline", "typer"} <= loaded
    assert loaded.isdisjoint(KEPT_FROM_THE_DOOR)
