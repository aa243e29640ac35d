"""``shadowline compare`` and ``run --policy``: policies from the scenario and from files, printed, as JSON, and as folders."""

import json
import re
import sys

import pytest

from shadowline.cli import main

FEW = ["--runs", "40", "--draws", "4"]
MORE = """
policies:
  quiet: {says: Nobody does anything., change: {actors.red.order.blue: 0, actors.blue.answers.doctrine: never}}
  zeal: {says: The brigade is wholly devoted., change: {actors.brigade.zeal: 1}}
"""
ONE = "policies: {zeal: {says: The brigade is wholly devoted., change: {actors.brigade.zeal: 1}}}\n"


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Return a function that runs the command line in a folder with files of policies and returns exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "more.yaml").write_text(MORE, encoding="utf-8")
    (tmp_path / "one.yaml").write_text(ONE, encoding="utf-8")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["shadowline", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        return end.value.code, told.out, told.err

    return run


def pairs(out):
    """Return which policy is held against which, from a JSON document."""
    return [(pair["base"], pair["changed"]) for pair in json.loads(out)["pairs"]]


def test_all_policies_are_held_against_none(said):
    """Without --policy every policy of the scenario is held against things as they are."""
    code, out, err = said("compare", "two-camps", *FEW, "--json")

    assert (code, err) == (0, "")
    assert pairs(out) == [("as-it-is", name) for name in ("halt", "spur", "better-handler", "no-answer", "strike-red")]


# What is asked for, and which policy is then held against which.
CHOSEN = {
    "one": (["halt"], [("as-it-is", "halt")]),
    "two": (["halt", "spur"], [("halt", "spur")]),
    "two at once": (["halt+no-answer"], [("as-it-is", "halt+no-answer")]),
    "none against one": (["halt", "as-it-is"], [("halt", "as-it-is")]),
    "a file": (["more.yaml"], [("as-it-is", "quiet"), ("as-it-is", "zeal")]),
    "a file with one": (["one.yaml"], [("as-it-is", "zeal")]),
    "one, then a file": (["halt", "more.yaml"], [("halt", "quiet"), ("halt", "zeal")]),
    "a file, then one": (["one.yaml", "halt"], [("as-it-is", "zeal"), ("as-it-is", "halt")]),
    "one of a file first": (["zeal", "more.yaml"], [("zeal", "quiet")]),
    "one of a file with another": (["as-it-is", "halt+zeal", "one.yaml"], [("as-it-is", "halt+zeal"), ("as-it-is", "zeal")]),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_policies_are_named_or_come_from_files(said, name):
    """The first policy is the one that the others are held against; all policies of a file are played, held against none if it is first."""
    policies, expected = CHOSEN[name]

    code, out, _ = said("compare", "two-camps", *(word for policy in policies for word in ("--policy", policy)), *FEW, "--json")

    assert code == 0
    assert pairs(out) == expected


def test_the_same_seed_gives_the_same_comparison(said):
    """Two calls give the same document but for the seconds, on any number of threads."""
    documents = []
    for threads in ("1", "2"):
        document = json.loads(said("compare", "two-camps", "--policy", "halt", *FEW, "--json", "--threads", threads)[1])
        documents.append({name: value for name, value in document.items() if "seconds" not in name})

    assert documents[0] == documents[1]


def test_a_comparison_can_be_read_at_eighty_columns(said):
    """The tables fit into eighty columns, and say levels, differences, sentences, reasons, regrets and questions."""
    code, out, err = said("compare", "two-camps", "--policy", "better-handler", *FEW)

    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    told = " ".join(out.split())
    for piece in (
        "40 matched futures of 180 days for each policy, 4 parameter draws × 10, seed 1",
        "BETTER-HANDLER Red sends a better officer to the brigade.",
        "outcome as it is with it by 95 % avoids causes",
        "Of 40 matched futures, BETTER-HANDLER avoids",
        "matched futures part: a quarter of them by day",
        "With independent seeds the variance of the difference would be",
        "Who would regret what",
        "fewer soldier-killed",
        "Does open war break out between red and blue?",
        "They say what the model implies, not what would have happened.",
    ):
        assert piece in told, piece
    assert re.search(
        r"Brigade attacks or does not, because it obeys somebody else: \d+ pairs?, (median )?day [\d.]+\. Run \d+ is one\.", told
    )


def test_every_outcome_has_its_row(said):
    """Every outcome and measure has a row with its levels, in the scenario's order."""
    document = json.loads(said("compare", "two-camps", "--policy", "halt", *FEW, "--json")[1])
    out = said("compare", "two-camps", "--policy", "halt", *FEW)[1]
    keys = list(document["pairs"][0]["effects"])

    rows = [line.split()[0] for line in out.splitlines() if re.match(r" [a-z-]+ +[\d.]+", line)]
    assert rows == keys


def test_a_folder_is_written_and_told_from(said, tmp_path):
    """With --out a folder is written, and the command printed for a future that parts names it, the future and the policy."""
    code, out, _ = said("compare", "two-camps", "--policy", "halt+no-answer", *FEW, "--out", "both")
    told = " ".join(out.split())

    assert code == 0
    assert out.endswith("The comparison is in both\n")
    assert sorted(path.name for path in (tmp_path / "both" / "arms").iterdir()) == ["as-it-is", "halt+no-answer"]
    assert re.search(r"To see one: shadowline why both --run \d+ --pair halt\+no-answer", told)
    assert said("why", "both/arms/halt+no-answer", "--run", "7")[0] == 0


def test_changes_hold_for_all_policies(said):
    """--set, --horizon and --seed hold for every policy, and the document says so."""
    out = said(
        "compare", "two-camps", "--policy", "halt", *FEW, "--set", "actors.brigade.zeal=1", "--horizon", "30d", "--seed", "9", "--json"
    )[1]
    document = json.loads(out)

    assert document["changes"] == {"actors.brigade.zeal": "1"}
    assert (document["horizon_days"], document["seed"], document["runs"], document["draws"]) == (30, 9, 40, 4)


def test_it_plays_on_until_it_is_precise(said):
    """With --precision runs are doubled until the difference asked for is known well enough."""
    out = said("compare", "two-camps", "--policy", "halt", *FEW, "--precision", "soldier-killed=0.08", "--json")[1]
    document = json.loads(out)
    effect = document["pairs"][0]["effects"]["soldier-killed"]

    assert document["runs"] > 40
    assert (effect["high"] - effect["low"]) / 2 <= 0.08


def test_a_policy_without_any_effect_is_warned_of(said, tmp_path):
    """A policy that changes numbers but no future is told on standard error, also with --json; standard output stays one document."""
    words = "policies: {later: {says: x, change: {actors.red.leader.regime_survives: 0.5}}}\n"
    (tmp_path / "later.yaml").write_text(words, encoding="utf-8")

    code, out, err = said("compare", "two-camps", "--policy", "later.yaml", *FEW, "--horizon", "20d", "--json")

    assert code == 0
    assert err == "shadowline: warning: LATER changes numbers of the model, but no future\n"
    assert json.loads(out)["pairs"][0]["parted"] == 0


@pytest.mark.parametrize("policies", [["halt+no-answer"], ["more.yaml", "halt+zeal"]])
def test_a_run_plays_a_policy(said, policies):
    """`run --policy` plays one policy, several at once or one with those of a file, and says which in the table and in the document."""
    given = [word for policy in policies for word in ("--policy", policy)]
    names = policies[-1]

    out = said("run", "two-camps", *FEW, *given)[1]
    document = json.loads(said("run", "two-camps", *FEW, *given, "--json")[1])

    assert f"Policy: {names}. Red orders the brigade to stop." in out
    assert document["policy"] == names


def test_a_run_plays_the_policy_of_a_file(said, tmp_path):
    """The only policy of a file is played, with changes beside it, and its results folder can be told from."""
    code, _, _ = said("run", "two-camps", *FEW, "--policy", "one.yaml", "--set", "actors.blue.answers.delay=9d", "--out", "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))

    assert code == 0
    assert manifest["policy"] == "zeal"
    assert list(manifest["sources"]) == ["two-camps.yaml", "one.yaml"]
    assert said("why", "out", "--run", "3")[0] == 0


def test_a_briefing_names_the_command_with_its_policy(said, tmp_path):
    """The command on the page of a run under a policy plays the same policy."""
    said("run", "two-camps", *FEW, "--policy", "one.yaml", "--report", "--out", "out")

    page = (tmp_path / "out" / "briefing.html").read_text(encoding="utf-8")
    assert "shadowline run two-camps --runs 40 --seed 1 --draws 4 --policy zeal --policy one.yaml --report --out out" in page


def test_a_scenario_is_checked_with_its_policies_and_claims(said):
    """`check` counts policies and claims where there are any."""
    out = " ".join(said("check", "two-camps")[1].split())

    assert "5 policies, 3 claims" in out
