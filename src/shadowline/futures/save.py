"""Results as a folder: tables in Parquet, the scenario as it was run, and a manifest of hashes, versions and seeds."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import yaml

import shadowline
from shadowline.engine.compiled import source_hash
from shadowline.store import new_folder, sha256_of, write_json, write_parquet, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from shadowline.futures.results import Results
    from shadowline.scenario.load import Scenario

EVENTS = pa.schema(
    [("run", pa.int32()), ("event", pa.int32()), ("date", pa.date32())]
    + [(name, pa.string()) for name in ("kind", "actor", "target", "target_owner", "territory", "line", "rung")]
    + [("order", pa.float64()), ("got_through", pa.bool_()), ("killed", pa.int32()), ("victims", pa.string()), ("wounded", pa.int32())]
    + [("claimed_by", pa.string()), ("believed_culprit", pa.string()), ("blame", pa.float64()), ("authority", pa.string())]
    + [("ordered", pa.bool_()), ("cause", pa.int32())]
)
LIBRARIES = ("numba", "numpy", "pyarrow", "pydantic", "scipy")


def save_results(results: Results, folder: Path, stories: tuple[int, ...] = ()) -> None:
    """Write a results folder, whole or not at all; see `write_results`.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    with new_folder(folder) as part:
        write_results(results, part, stories)


def write_results(results: Results, part: Path, stories: tuple[int, ...] = ()) -> None:
    """Fill an empty folder with results.

    Holds ``summary.json``; ``runs.parquet`` (one row per future and question); ``draws.parquet`` (one row per parameter draw,
    one column per uncertain number); ``weekly.parquet`` (counts by future and week); ``curves.parquet`` (chance by day);
    ``events.parquet`` (the told futures);
    ``scenario.yaml`` (merged and changed, as it was run); ``manifest.json``.
    """
    write_json(part / "summary.json", results.as_json())
    for name, table in TABLES.items():
        write_parquet(part / f"{name}.parquet", table(results))
    if stories:
        rows = [row for run in stories for row in results.story(run)]
        write_parquet(part / "events.parquet", pa.Table.from_pylist(rows, EVENTS))
    text = yaml.safe_dump(results.scenario.data, sort_keys=False, allow_unicode=True, width=120)
    write_text(part / "scenario.yaml", text)
    write_manifest(part, results.scenario, _played(results, stories))


def write_manifest(part: Path, scenario: Scenario, played: Mapping[str, Any]) -> None:
    """Write ``manifest.json`` beside files that are complete: what was ``played`` of which scenario, by what, and the files' hashes."""
    made = {
        "kernels": source_hash(),
        "python": platform.python_version(),
        "processor": platform.machine(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }
    files = {str(path.relative_to(part).as_posix()): sha256_of(path) for path in sorted(part.rglob("*")) if path.is_file()}
    asked = {
        "shadowline": shadowline.__version__,
        "scenario": scenario.id,
        "sources": {source.path.name: source.sha256 for source in scenario.sources},
        "changes": dict(scenario.changes),
        "withheld_evidence": list(scenario.withheld),
    }
    write_json(part / "manifest.json", {**asked, **played, **made, "files": files})


def _played(results: Results, stories: tuple[int, ...]) -> dict[str, Any]:
    return {
        "policy": results.policy,
        "runs": results.runs,
        "draws": results.model.draws,
        "futures_per_draw": results.batch.futures,
        "seed": results.plan.seed,
        "horizon_days": results.model.days,
        "told": list(stories),
    }


def _runs(results: Results) -> pa.Table:
    """Return one row per future and question; seed, draw and run stand on every row."""
    batch, model = results.batch, results.model
    runs, questions = batch.chance.shape
    first = batch.first_day.ravel()
    return pa.table(
        {
            "seed": pa.array(np.full(runs * questions, results.plan.seed)),
            "run": pa.array(np.repeat(np.arange(runs, dtype=np.int32), questions)),
            "draw": pa.array(np.repeat(np.arange(runs, dtype=np.int32) // batch.futures, questions)),
            "outcome": pa.DictionaryArray.from_arrays(np.tile(np.arange(questions, dtype=np.int32), runs), pa.array(model.names.outcomes)),
            "first_day": pa.array(first, mask=first < 0),
            "count": pa.array(batch.total.ravel()),
            "days_at_risk": pa.array(batch.at_risk.ravel()),
            "chance": pa.array(batch.chance.ravel()),
        }
    )


def _draws(results: Results) -> pa.Table:
    """Return the values of every uncertain number by parameter draw."""
    model = results.model
    uncertain = dict.fromkeys(slot.path for slot in model.slots if not slot.number.is_certain)
    columns = {path: pa.array(model.values.columns[path]) for path in uncertain}
    return pa.table({"draw": pa.array(np.arange(model.draws, dtype=np.int32))} | columns)


def _weekly(results: Results) -> pa.Table:
    """Return counts by future, question and week, for questions that count."""
    batch, model = results.batch, results.model
    counted = [n for n, outcome in enumerate(model.names.document.outcomes.values()) if outcome.count is not None]
    table = batch.weekly[:, counted]
    runs, questions, weeks = table.shape
    return pa.table(
        {
            "run": pa.array(np.repeat(np.arange(runs, dtype=np.int32), questions * weeks)),
            "outcome": pa.DictionaryArray.from_arrays(
                np.tile(np.repeat(np.arange(questions, dtype=np.int32), weeks), runs),
                pa.array([model.names.outcomes[n] for n in counted], pa.string()),
            ),
            "week": pa.array(np.tile(np.arange(weeks, dtype=np.int16), runs * questions)),
            "count": pa.array(table.ravel()),
        }
    )


def _curves(results: Results) -> pa.Table:
    """Return the chance of a first happening by question and day."""
    batch, model = results.batch, results.model
    by_day = batch.hazard.sum(axis=0) / results.runs
    questions, days = by_day.shape
    return pa.table(
        {
            "outcome": pa.array(np.repeat(np.array(model.names.outcomes, dtype=object), days)),
            "day": pa.array(np.tile(np.arange(days, dtype=np.int16), questions)),
            "chance": pa.array(by_day.ravel()),
        }
    )


TABLES: dict[str, Callable[[Results], pa.Table]] = {"runs": _runs, "draws": _draws, "weekly": _weekly, "curves": _curves}
"""The tables of a results folder by name; each is a file of that name."""
