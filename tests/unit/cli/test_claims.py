"""``shadowline claims``: all verdicts, one claim in full, as JSON, and as a folder."""

import json
import re
import sys

import pytest

from shadowline.cli import main

FEW = ["--runs", "200", "--draws", "10"]


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Return a function that runs the command line in an empty folder and returns exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["shadowline", "claims", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        return end.value.code, told.out, told.err

    return run


def test_all_claims_are_printed_by_verdict(said):
    """Every claim has its row under its verdict, with what is moved and watched, within eighty columns; then where claims turn."""
    code, out, err = said("two-camps", *FEW)
    told = " ".join(out.split())

    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    places = [
        told.index(piece) for piece in ("Contradicted (1)", "answers-deter", "Conditional (1)", "handler", "Identity of the model (1)")
    ]
    assert places == sorted(places)
    assert "policy no-answer → more attacks" in told
    assert "handler The sign turns where the order of red about blue is" in told
    assert re.search(r"futures in 12 arms, played in [\d.]+ s\.$", told)


def test_the_document_is_the_only_thing_on_standard_output(said):
    """With --json one JSON document is printed, with every claim and its verdict."""
    code, out, err = said("two-camps", *FEW, "--json")
    document = json.loads(out)

    assert (code, err) == (0, "")
    assert [claim["id"] for claim in document["claims"]] == ["handler", "answers-deter", "cap-keeps-peace"]
    assert (document["runs"], document["draws"], document["arms"]) == (200, 10, 12)


def test_some_claims_are_chosen(said):
    """--claim may be repeated; the scenario's order stays."""
    document = json.loads(said("two-camps", *FEW, "--claim", "answers-deter", "--claim", "handler", "--json")[1])

    assert [claim["id"] for claim in document["claims"]] == ["handler", "answers-deter"]


@pytest.mark.parametrize("way", [["--claim", "handler"], ["--explain", "handler"]])
def test_one_claim_is_told_in_full(said, way):
    """A single claim, or one to be explained, is told with its experiment, its result, where it turns and its sweep."""
    code, out, _ = said("two-camps", *FEW, *way)
    told = " ".join(out.split())

    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "1 claim, 200 matched futures of 180 days, 10 parameter draws × 20, seed 1" in told
    for piece in (
        "claim handler",
        "says A better officer keeps the brigade in check.",
        "changed policy better-handler: Red sends a better officer to the brigade.",
        "watched attacks: How many attacks are made on blue? (a week)",
        "expected fewer (by 2 % at least)",
        "could fail A group that obeys also obeys when it is spurred on.",
        "result Red sends a better officer to the brigade: attacks on blue fell from",
        "Of 200 matched futures",
        "turns The sign turns where",
        "theory Above an order of 1 the sign turns.",
        "actors.red.order.blue base difference 95 % p",
    ):
        assert piece in told, piece
    assert [line.split()[0] for line in out.splitlines() if re.match(r" +[\d.]+  ", line)] == ["0", "0.5", "1", "1.5"]


def test_one_of_several_is_explained(said):
    """With --claim beside it, --explain tells one of those that are tested, whose p value is adjusted for all."""
    out = said("two-camps", *FEW, "--claim", "handler", "--explain", "answers-deter")[1]
    told = " ".join(out.split())

    assert "2 claims, 200 matched futures" in told
    assert "claim answers-deter" in told
    assert "changed policy no-answer: Blue answers nothing." in told
    assert "adjusted for 2 claims" in told


def test_an_identity_says_why_and_levers_are_written_out(said):
    """A claim that the equations decide says why, and its levers are told in words and as they are written."""
    told = " ".join(said("two-camps", *FEW, "--explain", "cap-keeps-peace")[1].split())

    assert "changed The highest answer of blue set to major strike" in told
    assert "actors.blue.answers.cap = major-strike" in told
    assert "identity War can begin only from a strike on red." in told
    assert "Decided by the equations." in told


def test_sources_and_rows_are_told(said):
    """A claim of the model case names its row and what its sources say, with their places."""
    told = " ".join(said("iran-axis-2024", "--runs", "40", "--draws", "4", "--horizon", "30d", "--explain", "umbrella-shields")[1].split())

    assert "claim umbrella-shields (row 18)" in told
    assert "The claim came under a collective name" in told
    assert "The Atlantic, 2024-01-30, paragraph 2)" in told
    assert "in both " in told


def test_a_folder_is_written(said, tmp_path):
    """With --out a folder is written that holds the same claims as --json prints."""
    code, out, _ = said("two-camps", *FEW, "--out", "verdicts")
    kept = json.loads((tmp_path / "verdicts" / "claims.json").read_text(encoding="utf-8"))
    printed = json.loads(said("two-camps", *FEW, "--json")[1])

    assert code == 0
    assert out.endswith("The verdicts are in verdicts\n")
    assert kept["claims"] == printed["claims"]


def test_warnings_come_first(said, tmp_path):
    """A claim whose levers change no future is warned of before the verdicts, and its row says none."""
    words = """
shadowline: 1
id: case
extends: two-camps
claims:
  c:
    says: x
    change: {actors.red.leader.regime_survives: 0.5}
    watch: attacks
    expects: more
    could_fail: x
"""
    (tmp_path / "case.yaml").write_text(words, encoding="utf-8")

    told = " ".join(said("case.yaml", "--runs", "20", "--horizon", "20d")[1].split())

    assert told.index('Warning: the levers of "c" changed "attacks" in no future') < told.index("Too small to tell")
    assert "c none" in told
