"""``shadowline why`` from the command line: a results folder is written, and its futures are told from it."""

import json
import re
import shutil
import sys

import pytest

from shadowline.cli import main

MESSAGE = re.compile(r"shadowline: .+ \[(SL\d{3})\]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a results folder of the model case that the command line wrote."""
    place = tmp_path_factory.mktemp("why") / "results"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["shadowline", "run", "iran-axis-2024", "--runs", "6", "--draws", "3", "--out", str(place), "--quiet"])
        with pytest.raises(SystemExit) as end:
            main()
    assert end.value.code == 0
    return place


@pytest.fixture
def asked(monkeypatch, capsys, tmp_path):
    """Return a function that asks why, and gives back exit code, what was said, and what was complained of."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)

    def ask(*arguments):
        monkeypatch.setattr(sys, "argv", ["shadowline", "why", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return end.value.code, said.out, said.err

    return ask


def test_a_future_is_told(asked, folder):
    """Without options the header and the story are printed, within the width of the terminal."""
    code, out, _ = asked(folder, "--run", 2)

    assert code == 0
    assert "run 2 of 6, parameter draw 1, seed 1; 2024-01-31 to 2024-07-28" in out
    assert "the United States" in out
    assert max(map(len, out.splitlines())) <= 100


def test_one_event_is_told_back_to_its_first_cause(asked, folder):
    """With an event, each link of its chain is printed with its number, the event first."""
    events = json.loads(asked(folder, "--json")[1])["events"]
    crossing = next(event for event in events if event["kind"] == "line-crossed")

    code, out, _ = asked(folder, "--event", crossing["event"])

    numbers = [int(line[:6]) for line in out.splitlines() if re.match(r" *\d+  \S", line)]
    assert code == 0
    assert numbers[:2] == [crossing["event"], crossing["cause"]]
    assert next(event for event in events if event["event"] == numbers[-1])["cause"] is None


def test_the_tree_is_printed(asked, folder):
    """With --tree the causes branch, and what led nowhere is folded."""
    code, out, _ = asked(folder, "--tree")

    assert code == 0
    assert "└── " in out
    assert re.search(r"… without further consequence: [\d,]+ attacks", out)
    assert "… in the background, Israel: " in out


def test_all_events_are_told(asked, folder):
    """With --all every event since day 0 has its line."""
    played = [event for event in json.loads(asked(folder, "--json")[1])["events"] if event["date"] > "2024-01-30"]

    code, out, _ = asked(folder, "--all")

    numbers = [int(line[:6]) for line in out.splitlines() if re.match(r" *\d+  \S", line)]
    assert code == 0
    assert numbers == [event["event"] for event in played]


def test_a_document_is_printed(asked, folder):
    """With --json rows and sentences are one document, whose quotes say where they come from."""
    code, out, _ = asked(folder, "--run", 1, "--event", 3, "--json")
    document = json.loads(out)

    assert code == 0
    assert (document["run"], document["draw"], document["as_of"]) == (1, 0, "2024-01-30")
    assert document["chain"][0]["event"] == 3
    rows = {str(row["event"]): row for row in document["events"]}
    quoted = [quote for sentence in document["story"] for quote in sentence["quotes"] if quote["from"].startswith("events.")]
    assert quoted
    for quote in quoted:
        _, number, field = quote["from"].split(".")
        assert rows[number][field] == quote["value"]


@pytest.mark.parametrize(("arguments", "code", "piece"), [
    (["nowhere"], "SL403", "shadowline run SCENARIO --out RESULTS"),
    (["."], "SL403", "no results folder"),
    (["{folder}", "--run", "6"], "SL303", "0 to 5"),
    (["{folder}", "--run", "-1"], "SL303", "0 to 5"),
    (["{folder}", "--event", "1000000"], "SL303", "has no event 1000000"),
    (["{folder}", "--tree", "--all"], "SL303", "exclude one another"),
])  # fmt: skip
def test_what_cannot_be_told_is_refused(asked, folder, arguments, code, piece):
    """Folders, runs and events that are not there are refused with one coded line and exit code 2."""
    ended, out, err = asked(*(argument.replace("{folder}", str(folder)) for argument in arguments))

    assert (ended, out) == (2, "")
    assert MESSAGE.fullmatch(err.rstrip("\n"))[1] == code
    assert piece in err


@pytest.mark.parametrize(("name", "code"), [("runs.parquet", "SL404"), ("scenario.yaml", "SL404"), ("gone", "SL403")])
def test_a_tampered_folder_is_refused(asked, folder, tmp_path, name, code):
    """A file that is not as it was written, or missing, ends with one coded line and exit code 2."""
    copy = shutil.copytree(folder, tmp_path / "copy")
    if name == "gone":
        (copy / "draws.parquet").unlink()
    else:
        (copy / name).write_bytes((copy / name).read_bytes() + b"\n")

    ended, out, err = asked(copy)

    assert (ended, out) == (2, "")
    assert MESSAGE.fullmatch(err.rstrip("\n"))[1] == code
