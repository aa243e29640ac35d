"""``shadowline why --pair`` from the command line: two matched futures, side by side where there is room."""

import json
import re
import sys

import pytest

from shadowline.cli import main

MESSAGE = re.compile(r"shadowline: .+ \[(SL\d{3})\]")
RUN = ["--runs", "6", "--draws", "3", "--quiet"]


def played(*arguments):
    """Run the command line to its end; return its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["shadowline", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
    return end.value.code


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder with results that the command line wrote: of two runs, of a longer one, and of a comparison."""
    place = tmp_path_factory.mktemp("pair")
    assert played("run", "iran-axis-2024", *RUN, "--out", place / "plain") == 0
    assert played("run", "iran-axis-2024", *RUN, "--out", place / "fixed", "--set", "actors.iran.order.fixed=0") == 0
    assert played("run", "iran-axis-2024", "--runs", "8", "--draws", "4", "--quiet", "--out", place / "more") == 0
    assert (
        played("compare", "iran-axis-2024", *RUN, "--policy", "stand-down", "--policy", "old-handler+harden", "--out", place / "both") == 0
    )
    return place


@pytest.fixture
def asked(place, monkeypatch, capsys):
    """Return a function that asks why, and gives back exit code, what was said, and what was complained of."""
    monkeypatch.chdir(place)
    monkeypatch.delenv("COLUMNS", raising=False)

    def ask(*arguments, columns=None):
        if columns is not None:
            monkeypatch.setenv("COLUMNS", str(columns))
        code = played("why", *arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


def flat(text):
    """Return a text without its line breaks."""
    return " ".join(text.split())


def test_two_runs_are_told_under_one_another(asked):
    """Without a terminal the header, where the two part and why, and one story under the other are printed, no line too long."""
    code, out, _ = asked("plain", "--pair", "fixed", "--run", 2)

    assert code == 0
    assert "run 2 of 6, parameter draw 1, seed 1; 2024-01-31 to 2024-07-28" in out
    assert "Changed: actors.iran.order.fixed = 0." in out
    assert re.search(r"Until \d+ \w+ both futures are the same, act for act|the two part on the first day", flat(out))
    assert re.search(r"[Tt]he two part", flat(out))
    headings = [line.split(" ─")[0] for line in out.splitlines() if line.endswith("──")]
    assert headings == ["As things are", "“iran.order.fixed = 0”", "What each came to (≠ where they differ)"]
    assert max(map(len, out.splitlines())) <= 110


def test_a_wide_terminal_has_two_columns(asked):
    """From 120 columns on both stories stand beside one another, with the questions in a table, within the width."""
    code, out, _ = asked("plain", "--pair", "fixed", columns=140)

    assert code == 0
    assert re.search(r"^ +As things are +“iran.order.fixed = 0” *$", out, re.MULTILINE)
    assert re.search(r"^ +question +As things are +“iran.order.fixed = 0” *$", out, re.MULTILINE)
    assert max(map(len, out.splitlines())) <= 140


def test_a_narrow_terminal_has_one(asked):
    """Below 120 columns the stories stand under one another, within the width."""
    code, out, _ = asked("plain", "--pair", "fixed", columns=90)

    assert code == 0
    assert not re.search(r"As things are +“iran.order.fixed = 0”", out)
    assert max(map(len, out.splitlines())) <= 90


def test_a_comparison_names_its_policies(asked, place):
    """In a comparison's folder a policy's name stands for its results, which are held against those of the first policy."""
    code, out, _ = asked("both", "--pair", "old-handler+harden", "--run", 1)
    same = asked(place / "both" / "arms" / "stand-down", "--pair", place / "both" / "arms" / "old-handler+harden", "--run", 1)

    assert code == 0
    assert "Iran orders its allies to stop attacks on American forces." in flat(out)
    assert "under OLD-HANDLER + HARDEN" in flat(out)
    assert same == (0, out, "")


def test_the_same_twice_never_parts(asked):
    """Results held against themselves are said never to part, and no question is marked."""
    code, out, _ = asked("plain", "--pair", "plain")

    assert code == 0
    assert "The two futures never part" in flat(out)
    assert not re.search(r"^≠", out, re.MULTILINE)


@pytest.mark.parametrize("columns", [100, 140])
def test_all_events_of_both_are_listed(asked, columns):
    """With --all every event of both since the day they part is listed with its number, and marked where the other has none such."""
    document = json.loads(asked("plain", "--pair", "fixed", "--json")[1])
    code, out, _ = asked("plain", "--pair", "fixed", "--all", columns=columns)

    listed = [(mark, int(number)) for mark, number in re.findall(r"(≠| ) {1,5}(\d+) [A-Z]", out)]
    wanted = [row["event"] for side in ("left", "right") for row in document[side]["events"] if row["date"] >= document["parts_on"]]
    odd = [row["event"] for side in ("left", "right") for row in document[side]["events"] if row["only_here"]]
    assert code == 0
    assert sorted(number for _, number in listed) == sorted(wanted)
    assert sum(mark == "≠" for mark, _ in listed) >= sum(number in wanted for number in odd)


def test_everything_is_one_document(asked):
    """With --json only one document is printed: where they part, the act, the reason, and both sides with events, story and outcomes."""
    code, out, err = asked("plain", "--pair", "fixed", "--json")
    document = json.loads(out)

    assert (code, err) == (0, "")
    assert document.keys() >= {"parts_on", "act", "reason", "left", "right", "outcomes"}
    for side in ("left", "right"):
        assert document[side].keys() >= {"name", "says", "events", "story", "outcomes"}
    act = document["act"]
    assert document[act["in"]]["events"][act["event"]]["only_here"]
    assert {row["outcome"] for row in document["outcomes"]} == set(document["left"]["outcomes"])


def test_a_policy_is_named_where_one_future_is_told(asked, place):
    """The story of one future of a policy's results names the policy and what it says."""
    code, out, _ = asked(place / "both" / "arms" / "stand-down")

    assert code == 0
    assert "Policy stand-down: Iran orders its allies to stop attacks on American forces." in flat(out)


@pytest.mark.parametrize(("arguments", "code", "piece"), [
    (["plain", "--pair", "fixed", "--tree"], "SL303", "--tree tells one future, --pair two"),
    (["plain", "--pair", "fixed", "--event", "3"], "SL303", "--event tells one future, --pair two"),
    (["plain", "--pair", "more"], "SL309", "runs (6 and 8) and draws (3 and 4)"),
    (["plain", "--pair", "nowhere"], "SL403", "there is no such folder"),
    (["plain", "--pair", "both"], "SL403", "--pair POLICY"),
    (["both"], "SL403", "both/arms/POLICY"),
    (["both", "--pair", "old-handler+hardne"], "SL304", 'did you mean "old-handler+harden"?'),
    (["both", "--pair", "stand-down"], "SL304", "the others are held against"),
    (["plain", "--pair", "fixed", "--run", "6"], "SL303", "0 to 5"),
])  # fmt: skip
def test_what_is_no_pair_is_refused(asked, arguments, code, piece):
    """What does not go with --pair, and results that are no match, are refused with one coded line and exit code 2."""
    ended, out, err = asked(*arguments)

    assert (ended, out) == (2, "")
    assert MESSAGE.fullmatch(err.rstrip("\n"))[1] == code
    assert piece in err


@pytest.mark.parametrize("which", [0, 1])
def test_a_tampered_side_is_refused(asked, place, tmp_path, which):
    """Either folder is checked against its manifest before anything is told."""
    import shutil

    copy = shutil.copytree(place / "fixed", tmp_path / "copy")
    with (copy / "runs.parquet").open("ab") as file:
        file.write(b"\n")
    pair = (copy, place / "plain") if which == 0 else (place / "plain", copy)

    ended, out, err = asked(pair[0], "--pair", pair[1])

    assert (ended, out) == (2, "")
    assert MESSAGE.fullmatch(err.rstrip("\n"))[1] == "SL404"
