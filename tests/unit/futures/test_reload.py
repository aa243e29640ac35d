"""A results folder read back is what was run, and its futures are the same futures."""

import json
import shutil

import pytest

from shadowline.engine.compiled import source_hash
from shadowline.errors import Code, InputError
from shadowline.futures.reload import open_results
from shadowline.futures.run import Plan, simulate
from shadowline.futures.save import save_results, write_results
from shadowline.report.briefing import write_briefing

PLAYED = {
    "two-camps": Plan(12, 3, seed=5),
    "iran-axis-2024": Plan(12, 4, seed=7, horizon=60),
    "iran-axis-2023": Plan(4, 2, seed=3, horizon=30),
}
TOLD = (1,)


@pytest.fixture(scope="module")
def live():
    """Return live results by scenario."""
    return {name: simulate(name, plan) for name, plan in PLAYED.items()}


@pytest.fixture(scope="module")
def folders(live, tmp_path_factory):
    """Return results folders by scenario, each with one future told."""
    found = {name: tmp_path_factory.mktemp("results") / name for name in live}
    for name, results in live.items():
        save_results(results, found[name], TOLD)
    return found


@pytest.fixture
def copied(folders, tmp_path):
    """Return a copy of a folder of the smallest scenario, to be tampered with."""
    return shutil.copytree(folders["two-camps"], tmp_path / "copy")


def edited(folder, **changes):
    """Change entries of a folder's manifest."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


@pytest.mark.parametrize("name", PLAYED)
def test_a_future_from_the_folder_is_the_live_one(live, folders, name):
    """Every future of a folder, told or replayed, has the events of the live results; a scenario that extends another included."""
    saved = open_results(folders[name])

    assert saved.runs == live[name].runs
    assert all(saved.story(run) == live[name].story(run) for run in range(saved.runs))


@pytest.mark.parametrize("name", PLAYED)
def test_a_told_future_and_its_replay_agree(folders, name):
    """The events that the folder holds are those of a replay."""
    saved = open_results(folders[name])

    assert saved.told == TOLD
    assert saved.story(1) == saved.replay(1)


def test_what_a_scenario_removed_stays_removed(tmp_path):
    """A scenario that takes something away from the one it extends is read back as it was run, without its parent."""
    case = tmp_path / "case.yaml"
    case.write_text("shadowline: 1\nextends: two-camps\nid: case\nlines: {no-strike-on-red-land: null}\n", encoding="utf-8")
    results = simulate(case, Plan(4, 2, seed=1))
    save_results(results, tmp_path / "results")
    case.unlink()

    saved = open_results(tmp_path / "results")

    assert list(saved.scenario.document.lines) == ["no-blue-soldier"]
    assert all(saved.story(run) == results.story(run) for run in range(4))


def test_what_a_future_came_to_is_read_from_the_tables(live, folders):
    """First days, counts and chances of a run are those of the live batch."""
    results, saved = live["two-camps"], open_results(folders["two-camps"])

    for run in range(saved.runs):
        for n, key in enumerate(results.model.names.outcomes):
            first = int(results.batch.first_day[run, n])
            found = saved.outcomes(run)[key]
            assert found["first_day"] == (first if first >= 0 else None)
            assert found["count"] == results.batch.total[run, n]
            assert found["chance"] == results.batch.chance[run, n]


@pytest.mark.parametrize("run", [-1, 12])
def test_a_run_that_was_not_played_is_refused(folders, run):
    """A run outside the folder is refused with the range of those that are there."""
    with pytest.raises(InputError, match="0 to 11") as refusal:
        open_results(folders["two-camps"]).story(run)

    assert refusal.value.code == Code.BAD_OPTION


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "a file", "somebody's manifest", "no JSON"])
def test_what_is_no_results_folder_is_refused(tmp_path, there):
    """A place that holds no results is refused, with how to make some."""
    place = tmp_path / "place"
    if there == "a file":
        place.write_text("mine")
    elif there != "nothing":
        place.mkdir()
    if there in {"somebody's manifest", "no JSON"}:
        (place / "manifest.json").write_text("{" if there == "no JSON" else '{"name": "a web page"}')

    with pytest.raises(InputError, match="shadowline run SCENARIO --out RESULTS") as refusal:
        open_results(place)

    assert refusal.value.code == Code.BAD_RESULTS


@pytest.mark.parametrize("name", ["scenario.yaml", "runs.parquet", "draws.parquet", "events.parquet", "summary.json"])
def test_a_missing_file_is_refused(copied, name):
    """A folder that lacks one of its files is refused with the name of the file."""
    (copied / name).unlink()

    with pytest.raises(InputError, match=name) as refusal:
        open_results(copied)

    assert refusal.value.code == Code.BAD_RESULTS


@pytest.mark.parametrize("name", ["scenario.yaml", "runs.parquet", "events.parquet"])
def test_a_changed_file_is_refused(copied, name):
    """A file with one byte more than was written is refused by its name."""
    with (copied / name).open("ab") as file:
        file.write(b"\n")

    with pytest.raises(InputError, match=name) as refusal:
        open_results(copied)

    assert refusal.value.code == Code.CHANGED_RESULTS


def test_a_folder_with_a_briefing_and_its_pictures_is_read(tmp_path):
    """A folder that holds a page, its facts and pictures in a folder of their own is read, and each of its files is checked."""
    results = simulate("two-camps", Plan(12, 3, seed=5), diary=True)
    folder = tmp_path / "results"
    folder.mkdir()
    write_briefing(results, folder)
    write_results(results, folder, TOLD)
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    picture = folder / "figures" / "network.svg"

    assert "figures/network.svg" in files
    assert open_results(folder).story(0) == results.story(0)
    picture.write_text("<svg/>", encoding="utf-8")
    with pytest.raises(InputError, match=r"network\.svg") as refusal:
        open_results(folder)
    assert refusal.value.code == Code.CHANGED_RESULTS


@pytest.mark.parametrize("name", ["../outside", "figures/../../outside", "/etc/hostname", "figures\\..\\outside", "..", "./../outside"])
def test_a_manifest_that_leads_out_of_its_folder_is_refused(copied, name):
    """A manifest that lists a file outside of its folder is none of a run, and the file is not read."""
    files = json.loads((copied / "manifest.json").read_text(encoding="utf-8"))["files"]
    (copied.parent / "outside").write_text("mine", encoding="utf-8")
    edited(copied, files=files | {name: "0" * 64})

    with pytest.raises(InputError, match="not the manifest of a run") as refusal:
        open_results(copied)

    assert refusal.value.code == Code.BAD_RESULTS


def test_another_future_is_refused_with_the_versions_that_differ(copied):
    """Where a replay is another future than the folder's, the kernels that played then and now are named."""
    edited(copied, seed=6, kernels="0123456789abcdef", told=[])

    with pytest.raises(InputError, match=f"kernels was 0123456789abcdef, is {source_hash()}") as refusal:
        open_results(copied).story(0)

    assert refusal.value.code == Code.CHANGED_RESULTS


def test_an_edited_manifest_is_suspected_where_no_version_differs(copied):
    """Where the versions are the same and the future is not, the manifest itself is suspected."""
    edited(copied, seed=6)

    with pytest.raises(InputError, match="the same versions"):
        open_results(copied).story(0)


def test_tables_of_another_size_are_refused(copied):
    """A manifest that speaks of other counts than the tables hold is refused."""
    edited(copied, runs=13)

    with pytest.raises(InputError, match="do not belong") as refusal:
        open_results(copied).story(0)

    assert refusal.value.code == Code.CHANGED_RESULTS


def test_a_scenario_that_this_version_cannot_read_is_refused(copied):
    """A scenario in words that this version does not know is refused as results of another version."""
    from shadowline.store import sha256_of

    path = copied / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("shadowline: 1", "shadowline: 9"), encoding="utf-8")
    files = json.loads((copied / "manifest.json").read_text(encoding="utf-8"))["files"]
    edited(copied, shadowline="9.0", files=files | {"scenario.yaml": sha256_of(path)})

    with pytest.raises(InputError, match=r"shadowline was 9\.0") as refusal:
        open_results(copied)

    assert refusal.value.code == Code.CHANGED_RESULTS
