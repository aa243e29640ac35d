"""``shadowline new``: a scenario of one's own, from the first command to its answers."""

import json
import re
import shlex
import sys

import pytest

from shadowline import store
from shadowline.cli import main
from shadowline.engine.tables import the_catalogue
from shadowline.scenario.load import load_scenario
from shadowline.scenario.starter import starter_files, starter_id, write_starter

NAMES = {
    "my-war": "my-war",
    "My War": "my-war",
    "Border_2": "border-2",
    "north.and.south": "north-and-south",
    "--edge--": "edge",
    "2024": "2024",
}
REFUSED = {"Krieg!": "krieg", "Überfall": "uberfall", "a+b": "a-b", "война": None, "---": None}


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Return a function that runs the command line in an empty folder and returns exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["shadowline", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        return end.value.code, told.out, told.err

    return run


@pytest.fixture
def refused(said, tmp_path):
    """Return a function that asserts that a folder is refused with one coded line and no trace, and returns that line."""

    def run(folder):
        before = sorted(tmp_path.rglob("*"))
        code, out, err = said("new", folder)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert sorted(tmp_path.rglob("*")) == before
        return err

    return run


def test_new_writes_a_scenario_and_says_how_to_go_on(said, tmp_path):
    """`new` writes a scenario named after its folder and a README, and names both."""
    code, out, err = said("new", "My War")

    assert (code, err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "My War").iterdir()) == ["README.md", "my-war.yaml"]
    assert "Wrote My War/my-war.yaml" in out
    assert "Wrote My War/README.md" in out


def test_the_starter_has_nothing_to_be_warned_of(said):
    """`check` finds the starter valid, without a warning, and notes only what rests on judgement or is left to the model."""
    said("new", "my-war")

    code, out, _ = said("check", "my-war/my-war.yaml", "--strict", "--json")

    document = json.loads(out)
    assert code == 0
    assert document["warnings"] == 0
    assert {finding["code"] for finding in document["findings"]} == {"SL553", "SL554"}
    assert document["numbers"]["evidence"] > 0


def test_the_starter_gives_answers_that_are_open(said):
    """Every chance that the starter asks for is possible and not certain, and its counts are more than none."""
    said("new", "my-war")

    code, out, _ = said("run", "my-war/my-war.yaml", "--runs", "1000", "--json")

    outcomes = json.loads(out)["outcomes"]
    assert code == 0
    assert {outcome["kind"] for outcome in outcomes} == {"probability", "count"}
    for outcome in outcomes:
        assert outcome["value"] > 0.002, outcome["id"]
        assert outcome["kind"] == "count" or outcome["value"] < 0.98, outcome["id"]


def test_the_commands_that_new_prints_run(said):
    """Every command that `new` prints can be typed as it stands, also where the folder's name has a blank."""
    _, out, _ = said("new", "My War")
    commands = [shlex.split(line) for line in out.splitlines() if line.startswith("  shadowline ")]

    assert len(commands) == 3
    for command in commands:
        assert said(*command[1:])[0] == 0, command


def test_the_commands_of_the_readme_run(said, tmp_path, monkeypatch):
    """The four commands of the README run from inside the folder, and the last one writes the briefing there."""
    said("new", "my-war")
    monkeypatch.chdir(tmp_path / "my-war")
    (block,) = re.findall(r"```sh\n(.*?)```", (tmp_path / "my-war" / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    commands = [shlex.split(line, comments=True) for line in block.splitlines()]

    assert len(commands) == 4
    for command in commands:
        few = ["--runs", "40"] if command[1] == "run" else []
        assert said(*command[1:], *few)[0] == 0, command
    assert (tmp_path / "my-war" / "results" / "briefing.html").exists()


def test_every_section_of_the_starter_is_explained():
    """In front of every section of the starter stand lines of remark about it."""
    lines = starter_files("my-war")["my-war.yaml"].splitlines()
    sections = [n for n, line in enumerate(lines) if re.match(r"[a-z_]+:\s*$", line)]

    assert len(sections) >= 12
    assert [lines[n] for n in sections if not lines[n - 1].startswith("# ") or lines[n - 1].startswith("# ----")] == []


@pytest.mark.parametrize(("name", "key"), NAMES.items())
def test_a_folders_name_becomes_an_id(name, key):
    """The id is the folder's name in lower case, with hyphens for what parts its words."""
    assert starter_id(name) == key


@pytest.mark.parametrize("key", ["2024", "2024-01-30", "no", "null", "1e5", "true"])
def test_an_id_that_yaml_would_read_otherwise_stays_text(key, tmp_path):
    """Ids that look like numbers, dates or truth values are written so that they are read as text."""
    scenario = load_scenario(write_starter(tmp_path / key)[0], the_catalogue())

    assert scenario.id == key


@pytest.mark.parametrize(("name", "nearest"), REFUSED.items())
def test_a_name_that_cannot_be_an_id_is_refused(refused, name, nearest):
    """A folder whose name has other signs is refused with the nearest name that would do."""
    message = refused(f"./{name}")

    assert "[SL117]" in message
    assert ("did you mean" in message) == (nearest is not None)
    assert nearest is None or f'"{nearest}"' in message


@pytest.mark.parametrize("inside", ["notes.txt", "manifest.json"])
def test_a_folder_with_something_in_it_is_left_alone(refused, tmp_path, inside):
    """A folder that holds anything, even earlier results, is refused and stays as it was."""
    (tmp_path / "my-war").mkdir()
    (tmp_path / "my-war" / inside).write_text('{"shadowline": "0.1.0"}')

    message = refused("my-war")

    assert "there is something in this folder" in message
    assert "[SL210]" in message


def test_a_file_of_that_name_is_left_alone(refused, tmp_path):
    """A file where the folder should be is refused and stays as it was."""
    (tmp_path / "my-war").write_text("mine")

    assert "a file is there" in refused("my-war")
    assert (tmp_path / "my-war").read_text() == "mine"


def test_the_folder_one_stands_in_is_not_replaced(refused, tmp_path, monkeypatch):
    """The present folder is refused, since it is written as a whole and would be gone under the user."""
    (tmp_path / "my-war").mkdir()
    monkeypatch.chdir(tmp_path / "my-war")

    assert "the folder you are in" in refused(".")


@pytest.mark.parametrize("folder", ["/proc/my-war", "my-" + "w" * 5000])
def test_a_folder_that_the_system_refuses_is_refused(refused, folder):
    """A parent that nobody may write to, and a name too long for any folder, are told with their code."""
    assert "[SL210]" in refused(folder)


def test_an_empty_folder_and_missing_parents_will_do(said, tmp_path):
    """An empty folder is filled, and missing parents are made."""
    (tmp_path / "empty").mkdir()

    assert said("new", "empty")[0] == 0
    assert said("new", "a/b/c")[0] == 0
    assert (tmp_path / "a" / "b" / "c" / "c.yaml").exists()


def test_an_interruption_leaves_nothing(tmp_path, monkeypatch):
    """If writing stops halfway, neither the folder nor its missing parents are left."""
    written = []

    def stop_at_the_second(path, text):
        if written:
            raise KeyboardInterrupt
        written.append(path)
        store.write_text(path, text)

    monkeypatch.setattr("shadowline.scenario.starter.write_text", stop_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        write_starter(tmp_path / "wars" / "my-war")

    assert len(written) == 1
    assert list(tmp_path.iterdir()) == []
