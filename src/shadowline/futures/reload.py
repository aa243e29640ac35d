"""A results folder read back: what was run, checked against its manifest, and any of its futures played again alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import pyarrow.parquet as pq
from pydantic import ValidationError

import shadowline
from shadowline.engine.build import Model, build
from shadowline.engine.compiled import cache_folder, source_hash
from shadowline.engine.tables import the_catalogue
from shadowline.errors import Code, InputError, ShadowlineError, Where
from shadowline.futures.events import event_rows
from shadowline.futures.replay import played_again
from shadowline.record.load import load_record
from shadowline.scenario.experiments import policy_stages
from shadowline.scenario.load import Scenario
from shadowline.scenario.schema import scenario_type
from shadowline.scenario.source import read_source
from shadowline.store import MANIFEST, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from shadowline.engine.world import World

TABLES: Final = ("scenario.yaml", "runs.parquet", "draws.parquet", "weekly.parquet", "curves.parquet", "summary.json")
TOLD: Final = "events.parquet"
WHOLE_NUMBERS: Final = ("runs", "draws", "futures_per_draw", "seed", "horizon_days")
COMPARISON: Final = "comparison.json"
"""What a folder written by ``compare --out`` holds beside `ARMS`: a results folder for each policy."""
ARMS: Final = "arms"
HOW: Final = "a folder written by: shadowline run SCENARIO --out RESULTS"


@dataclass(frozen=True)
class SavedResults:
    """A results folder whose files are as they were written.

    Attributes
    ----------
    folder : Path
        Where it lies.
    manifest : mapping
        What was run: versions, seed, counts, hashes.
    scenario : Scenario
        The scenario as it was run: merged and changed.
    """

    folder: Path
    manifest: Mapping[str, Any]
    scenario: Scenario

    @property
    def runs(self) -> int:
        """Futures played."""
        return int(self.manifest["runs"])

    @property
    def futures(self) -> int:
        """Futures per parameter draw."""
        return int(self.manifest["futures_per_draw"])

    @property
    def seed(self) -> int:
        """Seed of all draws."""
        return int(self.manifest["seed"])

    @property
    def policy(self) -> str | None:
        """The policy that was played, if any."""
        policy = self.manifest.get("policy")
        return None if policy is None else str(policy)

    @property
    def told(self) -> tuple[int, ...]:
        """Runs whose events lie in the folder."""
        return tuple(self.manifest["told"])

    @cached_property
    def model(self) -> Model:
        """The scenario in numbers, all draws, as it was run.

        Raises
        ------
        InputError
            CHANGED_RESULTS if this version cannot build the model that the folder's tables belong to.
        """
        prelude = self.scenario.document.prelude
        try:
            record = load_record(prelude.record) if prelude is not None else None
            days = int(self.manifest["horizon_days"])
            stages = policy_stages(self.scenario.document, the_catalogue(), self.policy) if self.policy else ()
            model = build(self.scenario, record, draws=int(self.manifest["draws"]), seed=self.seed, horizon=days, stages=stages)
        except (ShadowlineError, ValueError, KeyError) as fault:
            raise _changed(self, f"this version cannot rebuild the model: {fault}") from fault
        if _shape(self) != (self.runs * len(model.names.outcomes), model.draws * self.futures):
            raise _changed(self, "the tables do not belong to this scenario")
        return model

    def draw(self, run: int) -> int:
        """Return the parameter draw of a run.

        Raises
        ------
        InputError
            BAD_OPTION if there is no such run.
        """
        if not 0 <= run < self.runs:
            raise InputError(Code.BAD_OPTION, f"there is no run {run}", expected=f"0 to {self.runs - 1}")
        return run // self.futures

    def outcomes(self, run: int) -> dict[str, dict[str, Any]]:
        """Return what one future came to, by question.

        Each has ``first_day`` (days from day 0, None for never), ``count``, ``days_at_risk`` and the integrated ``chance``.
        """
        self.draw(run)
        table = pq.read_table(self.folder / "runs.parquet", filters=[("run", "=", run)])
        kept = ("first_day", "count", "days_at_risk", "chance")
        return {row["outcome"]: {name: row[name] for name in kept} for row in table.to_pylist()}

    def story(self, run: int) -> list[dict[str, Any]]:
        """Return the events of one future: as they were told when it was run, or from a replay that is proved to be the same future.

        Raises
        ------
        InputError
            BAD_OPTION if there is no such run; CHANGED_RESULTS if today's replay is another future.
        """
        self.draw(run)
        if run in self.told:
            return list(pq.read_table(self.folder / TOLD, filters=[("run", "=", run)]).to_pylist())
        return self.replay(run)

    def needs_compiling(self, run: int | None = None) -> bool:
        """Return whether telling a run (None: one that is played again anyhow) has to wait for the compiler: no kernel is ready for it."""
        return run not in self.told and not any(cache_folder().rglob("*tell_future*.nbi"))

    def replay(self, run: int) -> list[dict[str, Any]]:
        """Play one future again and return its events, after comparing what it comes to with the folder's tables.

        Raises
        ------
        InputError
            BAD_OPTION if there is no such run; CHANGED_RESULTS if today's replay is another future.
        """
        world = played_again(self.model, run, self.draw(run), self.seed)
        came_to = self.outcomes(run)
        for key, (first_day, count) in zip(self.model.names.outcomes, _answers(world), strict=True):
            saved = came_to.get(key)
            if saved is None or (saved["first_day"], saved["count"]) != (first_day, count):
                raise _changed(self, f'run {run}, played again, is another future (question "{key}")')
        return event_rows(self.model, world.journal, run)


def open_results(folder: Path) -> SavedResults:
    """Read a results folder and check it against its manifest.

    Parameters
    ----------
    folder : Path
        A folder written by ``shadowline run SCENARIO --out``.

    Raises
    ------
    InputError
        BAD_RESULTS if it is none or lacks files; CHANGED_RESULTS if files are not as they were written, or cannot be read any more.
    """
    manifest = _manifest(folder)
    _check_files(folder, manifest)
    try:
        source = read_source(folder / "scenario.yaml")
        # What was run is merged already: loading it as a scenario would follow `extends` and bring back what had been removed.
        document = scenario_type(the_catalogue()).model_validate(source.data)
    except (ShadowlineError, ValidationError) as fault:
        raise _unreadable(folder, manifest, fault) from fault
    scenario = Scenario(document, source.data, (source,), tuple(manifest.get("withheld_evidence", ())), dict(manifest.get("changes", {})))
    return SavedResults(folder, manifest, scenario)


def _manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a results folder."""
    path = folder / MANIFEST
    if (folder / COMPARISON).is_file():
        fault = "this folder holds several results, one of each policy"
        raise InputError(Code.BAD_RESULTS, fault, where=Where(file=str(folder)), expected=f"{folder / ARMS}/POLICY, or --pair POLICY")
    if not folder.is_dir() or not path.is_file():
        fault = "this is no results folder" if folder.is_dir() else "there is no such folder"
        raise InputError(Code.BAD_RESULTS, fault, where=Where(file=str(folder)), expected=HOW)
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise InputError(Code.BAD_RESULTS, "the manifest cannot be read", where=Where(file=str(path)), expected=HOW) from fault
    if not isinstance(manifest, dict) or not _is_complete(manifest):
        raise InputError(Code.BAD_RESULTS, "this is not the manifest of a run", where=Where(file=str(path)), expected=HOW)
    return manifest


def _is_complete(manifest: Mapping[str, Any]) -> bool:
    """Return whether a manifest says all that a replay needs."""
    numbers = all(isinstance(manifest.get(name), int) and manifest[name] >= 0 for name in WHOLE_NUMBERS)
    files, told = manifest.get("files"), manifest.get("told", [])
    listed = isinstance(files, dict) and all(name in files for name in TABLES) and all(_stays_inside(name) for name in files)
    runs = isinstance(told, list) and all(isinstance(run, int) for run in told)
    return numbers and listed and runs and manifest["futures_per_draw"] > 0 and (not told or TOLD in manifest["files"])


def _stays_inside(name: str) -> bool:
    """Return whether a file's name in a manifest leads into the folder and not out of it."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _check_files(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse a folder in which a file is missing or is not what was written."""
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise InputError(Code.BAD_RESULTS, "a file of the results is missing", where=Where(file=str(path)), expected=HOW)
        if sha256_of(path) != digest:
            fault = "this file is not as it was written"
            raise InputError(Code.CHANGED_RESULTS, fault, where=Where(file=str(path)), expected="the hash in its manifest")


def _shape(saved: SavedResults) -> tuple[int, int]:
    """Return the rows of ``runs.parquet``, and the runs that draws and futures per draw make."""
    return int(pq.read_metadata(saved.folder / "runs.parquet").num_rows), int(saved.manifest["draws"]) * saved.futures


def _answers(world: World) -> list[tuple[int | None, float]]:
    """Return the first day and the count of every question at the end of a future."""
    start = int(world.clock[0].start_day)
    return [(int(row.first_day) - start if row.first_day > 0 else None, float(row.total)) for row in world.outcomes]


def _versions(manifest: Mapping[str, Any]) -> str:
    """Return which versions differ between a folder and today."""
    pairs: Iterable[tuple[str, Any, str]] = (
        ("shadowline", manifest.get("shadowline"), shadowline.__version__),
        ("kernels", manifest.get("kernels"), source_hash()),
    )
    differing = [f"{name} was {then}, is {now}" for name, then, now in pairs if then != now]
    return "; ".join(differing) if differing else "the same versions, so the manifest itself may have been edited"


def _changed(saved: SavedResults, fault: str) -> InputError:
    where = Where(file=str(saved.folder))
    return InputError(Code.CHANGED_RESULTS, fault, where=where, expected=f"results of this version ({_versions(saved.manifest)})")


def _unreadable(folder: Path, manifest: Mapping[str, Any], fault: Exception) -> InputError:
    where = Where(file=str(folder / "scenario.yaml"))
    first = str(fault).splitlines()[0]
    expected = f"results of this version ({_versions(manifest)})"
    return InputError(Code.CHANGED_RESULTS, f"this version cannot read the scenario: {first}", where=where, expected=expected)


__all__ = ["SavedResults", "open_results"]
