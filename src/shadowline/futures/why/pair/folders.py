"""Which two results are meant: two results folders, or two policies of a comparison's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shadowline.errors import Code, InputError, Where, nearest_name
from shadowline.futures.reload import ARMS, COMPARISON, open_results
from shadowline.store import MANIFEST

if TYPE_CHECKING:
    from shadowline.futures.reload import SavedResults


def open_pair(results: Path, other: str) -> tuple[SavedResults, SavedResults]:
    """Open two results to be held against one another.

    Parameters
    ----------
    results : Path
        A results folder; or a folder written by ``compare --out``, which stands for the results of its first policy.
    other : str
        Another results folder; or, after a comparison's folder, the name of one of its other policies.

    Raises
    ------
    InputError
        BAD_RESULTS, CHANGED_RESULTS as `open_results`; UNKNOWN_POLICY if the comparison has no such policy, or if it is the first.
    """
    if not (results / COMPARISON).is_file():
        return open_results(results), open_results(Path(other))
    names = _policies(results)
    if other not in names[1:]:
        fault = "that is the policy which the others are held against" if other == names[0] else "this comparison has no such policy"
        nearest = None if other == names[0] else nearest_name(other, names[1:])
        expected = ", ".join(names[1:]) if nearest is None else None
        raise InputError(Code.UNKNOWN_POLICY, fault, where=Where(file=str(results)), found=other, expected=expected, nearest=nearest)
    return open_results(results / ARMS / names[0]), open_results(results / ARMS / other)


def _policies(folder: Path) -> list[str]:
    """Return the policies of a comparison's folder, the one that the others are held against first."""
    path = folder / MANIFEST
    try:
        manifest: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise _unusable(path, "the manifest cannot be read") from fault
    names = manifest.get("policies") if isinstance(manifest, dict) else None
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and Path(name).name == name for name in names):
        raise _unusable(path, "this is not the manifest of a comparison")
    return names


def _unusable(path: Path, fault: str) -> InputError:
    expected = "a folder written by: shadowline compare SCENARIO --out RESULTS"
    return InputError(Code.BAD_RESULTS, fault, where=Where(file=str(path)), expected=expected)


__all__ = ["open_pair"]
