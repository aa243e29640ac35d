"""Comparisons and claims as folders: whole or not at all, and every future in them can be told."""

import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from shadowline.errors import Code, InputError
from shadowline.futures.reload import open_results
from shadowline.futures.run import simulate
from shadowline.store import sha256_of
from shadowline.study.claims import claims
from shadowline.study.compare import compare
from shadowline.study.save import CLAIMS, EFFECTS, REGRETS, save_claims, save_comparison

POLICIES = ["as-it-is", "halt", "better-handler+no-answer"]


@pytest.fixture(scope="module")
def comparison():
    """Return two policies of the smallest scenario, one of them made of two."""
    return compare("two-camps", POLICIES, runs=40, draws=4, seed=3, horizon=60)


@pytest.fixture(scope="module")
def folder(comparison, tmp_path_factory):
    """Return the folder of a comparison."""
    place = tmp_path_factory.mktemp("saved") / "comparison"
    comparison.save(place)
    return place


@pytest.fixture(scope="module")
def verdicts():
    """Return the claims of the smallest scenario."""
    return claims("two-camps", runs=60, horizon=60)


def files_of(folder):
    """Return the names of all files in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_comparison_s_folder_holds_all_of_it(comparison, folder):
    """The folder has the comparison as JSON, its tables, and one results folder for each policy; nothing else."""
    own = ["comparison.json", "effects.parquet", "manifest.json", "regrets.parquet"]

    assert json.loads((folder / "comparison.json").read_text(encoding="utf-8")) == json.loads(json.dumps(comparison.as_json()))
    assert sorted(path.name for path in folder.iterdir()) == ["arms", *own]
    assert sorted(path.name for path in (folder / "arms").iterdir()) == sorted(POLICIES)


def test_tables_have_the_rows_of_the_comparison(comparison, folder):
    """The tables hold effects and regrets, with the same columns and types whatever came of them."""
    effects, regrets = (pq.read_table(folder / f"{name}.parquet") for name in ("effects", "regrets"))

    assert effects.schema == EFFECTS
    assert regrets.schema == REGRETS
    assert list(EFFECTS.names) == list(comparison.table.columns)
    assert list(REGRETS.names) == list(comparison.regrets.columns)
    assert effects.to_pylist() == [
        {"policy": pair.changed, "against": pair.base, "outcome": key} | effect.as_json()
        for pair in comparison.pairs
        for key, effect in pair.effects.items()
    ]


def test_the_manifest_names_every_file_with_its_hash(folder):
    """The manifest has the hash of every other file, those of the arms too."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    assert sorted(manifest["files"]) == [name for name in files_of(folder) if name != "manifest.json"]
    assert all(sha256_of(folder / name) == digest for name, digest in manifest["files"].items())
    assert (manifest["policies"], manifest["runs"], manifest["seed"], manifest["horizon_days"]) == (POLICIES, 40, 3, 60)


@pytest.mark.parametrize("policy", POLICIES)
def test_every_arm_can_be_opened_and_told(comparison, folder, policy):
    """Any future of any arm is told from its folder as it was played, also where the policy is made of two."""
    saved = open_results(folder / "arms" / policy)
    (arm,) = [arm for arm in comparison.arms if arm.name == policy]

    assert saved.policy == (None if policy == "as-it-is" else policy)
    for run in (0, 17, 39):
        assert saved.story(run) == arm.results.story(run)


@pytest.mark.parametrize("policy", POLICIES[1:])
def test_an_arm_is_what_its_policy_played_alone_would_be(folder, tmp_path, policy):
    """The folder of an arm is, file by file, that of a run under its policy, but for the seconds that it took."""
    simulate("two-camps", runs=40, draws=4, seed=3, horizon=60, policy=policy).save(tmp_path / "alone")
    timed = {"summary.json", "manifest.json"}

    assert files_of(tmp_path / "alone") == files_of(folder / "arms" / policy)
    for name in set(files_of(tmp_path / "alone")) - timed:
        assert (tmp_path / "alone" / name).read_bytes() == (folder / "arms" / policy / name).read_bytes(), name


def test_an_earlier_folder_is_replaced(comparison, folder):
    """A folder that an earlier comparison wrote is replaced as a whole."""
    before = files_of(folder)
    save_comparison(comparison, folder)

    assert files_of(folder) == before


def test_somebody_s_own_files_are_left_alone(comparison, tmp_path):
    """A folder into which somebody has put a file of his own is refused and stays as it was."""
    comparison.save(tmp_path / "out")
    (tmp_path / "out" / "arms" / "halt" / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        comparison.save(tmp_path / "out")

    assert caught.value.code == Code.CANNOT_WRITE
    assert (tmp_path / "out" / "arms" / "halt" / "notes.txt").exists()


def test_what_fails_half_way_leaves_nothing(comparison, tmp_path, monkeypatch):
    """If an arm cannot be written, there is no folder at all."""
    monkeypatch.setattr("shadowline.study.save.write_results", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        comparison.save(tmp_path / "deep" / "out")
    assert list(tmp_path.iterdir()) == []


def test_claims_are_saved_whole(verdicts, tmp_path):
    """A folder of claims holds them as JSON and as a table with one row per claim, and a manifest."""
    save_claims(verdicts, tmp_path / "claims")
    table = pq.read_table(tmp_path / "claims" / "claims.parquet")
    manifest = json.loads((tmp_path / "claims" / "manifest.json").read_text(encoding="utf-8"))
    document = json.loads((tmp_path / "claims" / "claims.json").read_text(encoding="utf-8"))

    assert files_of(tmp_path / "claims") == ["claims.json", "claims.parquet", "manifest.json"]
    assert document == json.loads(json.dumps(verdicts.as_json()))
    assert table.schema == CLAIMS
    assert table.column("id").to_pylist() == manifest["claims"] == [claim.id for claim in verdicts.claims]
    assert set(CLAIMS.names) == set(verdicts.table.columns)
    assert table.column("turns").to_pylist() == [None if claim.boundary is None else claim.boundary.turns for claim in verdicts.claims]


def test_claims_without_sweeps_have_the_same_columns(verdicts, tmp_path):
    """The table's types do not hang on what came of the claims."""
    save_claims(replace(verdicts, claims=verdicts.claims[1:2]), tmp_path / "claims")

    assert pq.read_table(tmp_path / "claims" / "claims.parquet").schema == CLAIMS
