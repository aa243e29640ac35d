"""Bad input through the command line: one clear coded message on stderr, exit code 2, no traceback, nothing half-written."""

import os
import pty
import re
import signal
import subprocess
import sys

import pytest

from shadowline.cli import main
from shadowline.scenario.load import LIBRARY, shipped_scenarios

SMALL = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")
MESSAGE = re.compile(r"shadowline: .+ \[(SL\d{3})\]")

# What is replaced in the smallest scenario, by what, the code of the error, and a piece of its message.
FAULTS = {
    "a misspelt key": ("zeal: 0.6", "zeall: 0.6", "SL101", 'did you mean "zeal"?'),
    "an on key": ("zeal: 0.6", "on: 0.6", "SL101", 'unknown key "on"'),
    "a key that is a number": ("zeal: 0.6", "5: 0.6", "SL206", "must be text"),
    "a missing key": ("asks: Does red's leader die?, ", "", "SL102", '"asks" is missing'),
    "no outcome": (SMALL[SMALL.index("outcomes:") :], "outcomes: {}\n", "SL102", "asks something"),
    "text for a number": ("zeal: 0.6", "zeal: much", "SL103", 'found "much"'),
    "a list for a number": ("zeal: 0.6", "zeal: [0.6]", "SL103", "not a quantity"),
    "a truth value for a number": ("zeal: 0.6", "zeal: true", "SL103", "found true"),
    "not a number": ("zeal: 0.6", "zeal: .nan", "SL103", ".nan"),
    "infinity": ("zeal: 0.6", "zeal: .inf", "SL103", ".inf"),
    "evidence that is a number": ("zeal: 0.6", "zeal: {value: 0.6, because: 5}", "SL103", "because"),
    "a mapping for a list": ("resistance: {brigade: 1}", "resistance: 1", "SL103", "keys with values"),
    "a truth value for a count": ("killed: {soldier: 1}", "killed: {soldier: true}", "SL103", "whole number"),
    "text for a truth value": ("killed: {soldier: 1}", "killed: {soldier: 1}, hits: maybe", "SL103", "true or false"),
    "a number outside its range": ("zeal: 0.6", "zeal: 1.6", "SL104", "from 0 to 1"),
    "a huge number": ("0.5/day", "1e300/day", "SL104", "from 0 to 1000"),
    "a number beyond all numbers": ("0.5/day", "1e400/day", "SL104", "finite"),
    "a negative count": ("weight: 1.0", "weight: -1", "SL104", "found -1"),
    "nobody killed": ("killed: {soldier: 1}", "killed: {soldier: 0}", "SL104", "from 1"),
    "a spread that gives no distribution": ("0.5/day", "{distribution: lognormal, median: 1/day, factor: 1e300}", "SL104", "drawn"),
    "a window of an hour": ("killed: {soldier: 1}", "killed: {soldier: 1}, within: 1h", "SL104", "a day or more"),
    "a horizon of nothing": ("horizon: 180d", "horizon: 0d", "SL104", "1 day to 10 years"),
    "a horizon of a century": ("horizon: 180d", "horizon: 100 years", "SL104", "1 day to 10 years"),
    "a rate without its unit": ("0.5/day", "0.5", "SL105", "0.02/day"),
    "a horizon without its unit": ("horizon: 180d", "horizon: 180", "SL105", "6 months"),
    "a pause without its unit": ("for: 30d", "for: 30", "SL105", "outcomes.pause"),
    "a rate with the unit of a duration": ("0.5/day", "0.5 days", "SL106", '"days" does not fit'),
    "a misspelt unit": ("0.5/day", "0.5/dya", "SL106", 'did you mean "day"?'),
    "a ratio for a share": ("zeal: 0.6", "zeal: {total: 1, over: 9d, against: {total: 1, over: 9d}}", "SL106", "ratio"),
    "a day that is not in the calendar": ("as_of: 2024-01-01", "as_of: 2024-02-30", "SL107", "2024-02-30"),
    "a date in words": ("born: 1954-01-01", "born: fifty-four", "SL107", "2024-01-30"),
    "an unknown actor in a tie": ("to: brigade", "to: brigad", "SL108", 'did you mean "brigade"?'),
    "a tie to an adversary": ("to: brigade", "to: blue", "SL108", "has the role adversary"),
    "a target owned by a proxy": ("owner: blue, theatre", "owner: brigade, theatre", "SL108", "expected adversary: blue"),
    "unknown evidence": ("zeal: 0.6", "zeal: {value: 0.6, because: hearsay}", "SL108", '"hearsay"'),
    "unknown evidence of a share": ("{brigade: 1}", "{brigade: {value: 1, because: hearsay}}", "SL108", '"hearsay"'),
    "a count of nobody's lines": ("lines_crossed: any", "lines_crossed: anyone", "SL108", 'did you mean "any"?'),
    "an actor given twice": ("\nmovements:", "  brigade: {role: proxy}\n\nmovements:", "SL109", "given twice"),
    "two ties between the same": ("\ntheatres:", "  - {from: red, to: brigade}\n\ntheatres:", "SL109", "two ties"),
    "two fronts on one target": ("\nlines:", "  - {proxy: brigade, target: outpost}\n\nlines:", "SL109", "two fronts"),
    "a leader born tomorrow": ("born: 1954-01-01", "born: 2030-01-01", "SL110", "born after"),
    "a prelude after the as-of date": ("\nactors:", "\nprelude: {record: r, from: 2025-01-01}\nactors:", "SL110", "prelude"),
    "a step that ends before it begins": (
        "border: {}", "border: {context: [{from: 2024-05-01, to: 2024-04-01, times: 2}]}", "SL110", "ends before",
    ),
    "a war to come": ("\nactors:", "\nwars: [{between: [blue, brigade], since: 2025-01-01}]\nactors:", "SL110", "has begun"),
    "a number known too late": ("zeal: 0.6", "zeal: {value: 0.6, known_on: 2025-01-01}", "SL111", "2025-01-01"),
    "a range upside down": ("zeal: 0.6", "zeal: {low: 0.5, mode: 0.2, high: 0.9}", "SL112", "low over mode"),
    "two rules of resolution": ("{leader_dies: red}", "{leader_dies: red, line_crossed: no-blue-soldier}", "SL112", "exactly one"),
    "the dead of a strike": ("actor: blue, territory", "actor: blue, killed: {any: 1}, territory", "SL112", "nothing about strikes"),
    "a file that extends itself": ("shadowline: 1", "extends: case\nshadowline: 1", "SL113", "extends itself"),
    "a misspelt role": ("role: proxy", "role: proxxy", "SL114", 'did you mean "proxy"?'),
    "a misspelt rung": ("at_least: patron-soil", "at_least: patron_soil", "SL114", 'did you mean "patron-soil"?'),
    "shares that do not add up": ("{brigade: 1}", "{brigade: 0.9}", "SL115", "sum to 1"),
    "a language to come": ("shadowline: 1", "shadowline: 2", "SL116", "expected 1"),
    "a version that is a truth value": ("shadowline: 1", "shadowline: true", "SL116", "expected 1"),
    "an id in capitals": ("id: two-camps", "id: Two Camps", "SL117", "hyphens"),
    "a total where nothing is solved": ("zeal: 0.6", "grievance: {per_dead: {total: 9, over: 9d}}", "SL118", "quiet rate"),
    "an indent astray": ("  brigade: {role", " brigade: {role", "SL201", "not valid YAML"),
    "a tab": ("movements:", "\tmovements:", "SL201", "not valid YAML"),
    "code in a tag": ("zeal: 0.6", "zeal: !!python/object/apply:os.getcwd []", "SL201", "not allowed"),
    "an unknown record": ("\nactors:", "\nprelude: {record: us-iran, from: 2023-12-01}\nactors:", "SL402", "no record"),
    "a shock of nobody": (
        "\nactors:", "\nshocks: {s: {on: 2024-02-01, says: x, change: {actors.brigad.zeal: 1}}}\nactors:",
        "SL302", 'did you mean "brigade"?',
    ),
    "a strike in a place unheard of": (
        "\nactors:", "\nstrikes: [{on: 2024-02-01, by: blue, against: red, rung: patron-soil, territory: mars}]\nactors:",
        "SL108", '"mars"',
    ),
    "a spell without a front": (
        "  - {proxy: brigade, target: outpost, quiet_rate: 0.5/day}",
        "  []\nspells: [{proxy: brigade, toward: blue, on: 2024-01-01, obeys: {red: 0.5}}]",
        "SL112",
        "no front",
    ),
}  # fmt: skip
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
FILES = {
    "a YAML bomb": (BOMB.encode(), "SL202"),
    "a million fronts": (b"fronts: [" + b"{proxy: a, target: b}, " * 1_000_000 + b"]", "SL202"),
    "brackets a thousand deep": (b"a: " + b"[" * 1000 + b"]" * 1000, "SL202"),
    "an empty file": (b"", "SL203"),
    "nothing but a comment": (b"# nothing\n", "SL203"),
    "a binary file": (bytes(range(256)), "SL204"),
    "a file with a null": (b"shadowline: \0", "SL204"),
    "a list instead of a mapping": (b"- one\n- two\n", "SL205"),
    "a single value": (b"hello\n", "SL205"),
    "YAML that does not parse": (b"actors: {red: [1, 2}\n", "SL201"),
}
OPTIONS = {
    "no runs": (["two-camps", "--runs", "0"], "SL303", "--runs"),
    "runs in words": (["two-camps", "--runs", "many"], "SL303", "--runs"),
    "more runs than can be": (["two-camps", "--runs", "100000000000"], "SL303", "--runs"),
    "no draws": (["two-camps", "--draws", "0"], "SL303", "--draws"),
    "a negative seed": (["two-camps", "--seed", "-1"], "SL303", "--seed"),
    "no threads": (["two-camps", "--threads", "0"], "SL303", "--threads"),
    "a horizon of nothing": (["two-camps", "--horizon", "0d"], "SL303", "--horizon"),
    "a horizon of a century": (["two-camps", "--horizon", "100 years"], "SL303", "--horizon"),
    "a horizon without its unit": (["two-camps", "--horizon", "180"], "SL105", "--horizon"),
    "an as-of date before the leader is born": (["two-camps", "--as-of", "1950-01-01"], "SL110", "born after"),
    "an as-of date in words": (["two-camps", "--as-of", "today"], "SL107", "--as-of"),
    "an unknown scenario": (["two-camp"], "SL301", 'did you mean "two-camps"?'),
    "a missing file": (["nothing.yaml"], "SL207", "no such file"),
    "a directory": (["."], "SL208", "folder"),
    "a name too long for any file": (["x" * 5000], "SL301", "no such scenario"),
    "an unknown option": (["two-camps", "--run", "5"], "SL303", "--run"),
    "a path that does not exist": (["two-camps", "--set", "actors.brigad.zeal=1"], "SL302", 'did you mean "brigade"?'),
    "a field that does not exist": (["two-camps", "--set", "actors.brigade.zeall=1"], "SL302", 'did you mean "zeal"?'),
    "a row that does not exist": (["two-camps", "--set", "ties.red>brigad.pays=1"], "SL302", 'did you mean "red>brigade"?'),
    "a table that does not exist": (["two-camps", "--set", "actor.brigade.zeal=1"], "SL302", 'did you mean "actors"?'),
    "a path through a number": (["two-camps", "--set", "actors.brigade.zeal.low=0"], "SL302", "single value"),
    "a list set as a number": (["two-camps", "--set", "actors.brigade.zeal=[1, 2]"], "SL103", "--set: actors.brigade.zeal"),
    "a number set outside its range": (["two-camps", "--set", "actors.brigade.zeal=2"], "SL104", "--set: actors.brigade.zeal"),
    "a path without a value": (["two-camps", "--set", "actors.brigade.zeal"], "SL303", "path=value"),
    "a path set twice": (["two-camps", "--set", "horizon=9d", "--set", "horizon=8d"], "SL303", "twice"),
    "a change to the same value": (["two-camps", "--set", "actors.brigade.zeal=0.6"], "SL306", "changes no number"),
    "a change that only renames": (["two-camps", "--set", "title=Camps"], "SL306", "changes no number"),
    "a default that nobody uses": (["two-camps", "--set", "defaults.tie.pays=0.1"], "SL306", "changes no number"),
}

# What stands in a file of policies (or none), what is asked of which verb, the code of the error, and a piece of its message.
HALT = "policies: {halt: {says: x, change: {actors.red.order.blue: 0}}}\n"
IDLE = "policies: {idle: {says: x, change: {actors.brigade.zeal: 0.6}}}\n"
TWO = "policies: {halt: {says: x, change: {actors.red.order.blue: 0}}, also: {says: x, change: {actors.brigade.zeal: 1}}}\n"
LEVER = "policies:\n  p:\n    says: x\n    change: {actors.brigad.zeal: 1}\n"
COMPARE, RUN = ["compare", "two-camps", "--policy"], ["run", "two-camps", "--policy"]
PRECISION = [*COMPARE, "halt", "--precision"]
STUDIES = {
    "an unknown policy": (None, [*COMPARE, "hallt"], "SL304", 'did you mean "halt"?'),
    "an unknown part of a policy": (None, [*COMPARE, "halt+no-anser"], "SL304", 'did you mean "no-answer"?'),
    "an unknown policy of a run": (None, [*RUN, "hallt"], "SL304", 'did you mean "halt"?'),
    "a policy named twice": (None, [*COMPARE, "halt", "--policy", "halt"], "SL303", "named twice"),
    "nothing to compare": (None, [*COMPARE, "as-it-is"], "SL303", "nothing to compare"),
    "two policies in conflict": (None, [*COMPARE, "halt+spur"], "SL307", "actors.red.order.blue"),
    "two policies of a run in conflict": (None, [*RUN, "halt+spur"], "SL307", "actors.red.order.blue"),
    "a policy that changes nothing": (IDLE, [*COMPARE, "p.yaml"], "SL306", '"idle" changes no number'),
    "a policy of a run that changes nothing": (IDLE, [*RUN, "p.yaml"], "SL306", '"idle" changes no number'),
    "two policies of a run": (None, [*RUN, "halt", "--policy", "spur"], "SL303", "run plays one policy"),
    "a file of two policies for a run": (TWO, [*RUN, "p.yaml"], "SL303", 'found "halt, also"'),
    "a precision of something unheard of": (None, [*PRECISION, "wars=0.1"], "SL303", 'did you mean "war"?'),
    "a precision in words": (None, [*PRECISION, "war=fine"], "SL303", "outcome=width"),
    "a precision of nothing": (None, [*PRECISION, "war=0"], "SL104", "above 0"),
    "a precision that is no number": (None, [*PRECISION, "war=nan"], "SL104", "above 0"),
    "a precision twice": (None, [*PRECISION, "war=1", "--precision", "war=2"], "SL303", "twice"),
    "a precision without a width": (None, [*PRECISION, "war"], "SL303", "outcome=width"),
    "no runs to compare": (None, ["compare", "two-camps", "--runs", "0"], "SL303", "--runs"),
    "no file of policies": (None, [*COMPARE, "p.yaml"], "SL207", "p.yaml"),
    "an empty file of policies": ("", [*COMPARE, "p.yaml"], "SL203", "p.yaml"),
    "a file of policies that does not parse": ("policies: {halt: [", [*RUN, "p.yaml"], "SL201", "p.yaml"),
    "a file of policies without any": ("evidence: {}\n", [*COMPARE, "p.yaml"], "SL102", "p.yaml:1"),
    "a file of policies without any for a run": ("evidence: {}\n", [*RUN, "p.yaml"], "SL102", "p.yaml:1"),
    "a list of policies": ("policies: [halt]\n", [*COMPARE, "p.yaml"], "SL103", "p.yaml:1"),
    "a file of policies with actors": (HALT + "actors: {}\n", [*COMPARE, "p.yaml"], "SL101", "p.yaml:2"),
    "a policy that says nothing": (LEVER.replace("    says: x\n", ""), [*COMPARE, "p.yaml"], "SL102", '"says"'),
    "a policy with an unknown lever": (LEVER, [*COMPARE, "p.yaml"], "SL302", 'did you mean "brigade"?'),
    "a policy out of its lever's range": (LEVER.replace("brigad.zeal: 1", "brigade.zeal: 2"), [*RUN, "p.yaml"], "SL104", "p.yaml:4"),
    "a policy after something unheard of": (HALT.replace("says: x", "says: x, from: wars"), [*COMPARE, "p.yaml"], "SL108", '"war"?'),
    "an unknown claim": (None, ["claims", "two-camps", "--claim", "handlr"], "SL308", 'did you mean "handler"?'),
    "an unknown claim to explain": (None, ["claims", "two-camps", "--explain", "handlr"], "SL308", 'did you mean "handler"?'),
    "a scenario without claims": (None, ["claims", "bare.yaml"], "SL308", "makes no claims"),
    "no runs of claims": (None, ["claims", "two-camps", "--runs", "0"], "SL303", "--runs"),
}  # fmt: skip
# What is replaced in the claims of the smallest scenario, by what, the code of the error, and a piece of its message.
CLAIMS = {
    "an unknown lever": ("    policy: better-handler\n", "    change: {actors.brigad.zeal: 1}\n", "SL302", 'did you mean "brigade"?'),
    "an unknown policy": ("policy: better-handler", "policy: bettr-handler", "SL108", 'did you mean "better-handler"?'),
    "an unknown outcome": ("watch: attacks", "watch: atacks", "SL108", 'did you mean "attacks"?'),
    "nothing that could contradict it": (
        "    could_fail: A group that obeys also obeys when it is spurred on.\n", "", "SL102", "could_fail or identity",
    ),
    "a sweep along an unknown lever": ("along: actors.red.order.blue", "along: actors.red.order.blu", "SL302", 'did you mean "blue"?'),
    "another expectation": ("expects: fewer", "expects: less", "SL114", "fewer"),
}  # fmt: skip


@pytest.fixture
def refused(tmp_path, monkeypatch, capsys):
    """Return a function that runs the command line, asserts that it refuses its input well, and returns code and message."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        before = sorted(tmp_path.rglob("*"))
        monkeypatch.setattr(sys, "argv", ["shadowline", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        # That a lever changes nothing is known from a played past, so the first time ever the compiler is waited for, and announced.
        lines = [line for line in said.err.rstrip("\n").splitlines() if not line.startswith("Compiling the model")]
        assert end.value.code == 2
        assert said.out == ""
        assert "Traceback" not in said.err
        assert len(lines) == 1
        assert sorted(tmp_path.rglob("*")) == before
        found = MESSAGE.fullmatch(lines[0])
        assert found, lines[0]
        return found[1], lines[0]

    return run


@pytest.mark.parametrize("verb", ["check", "run"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_scenario_is_refused_with_one_coded_message(refused, tmp_path, name, verb):
    """Every fault of a scenario is refused by `check` and by `run` with its code, its line and what would have been right."""
    old, new, code, piece = FAULTS[name]
    assert old in SMALL
    (tmp_path / "case.yaml").write_text(SMALL.replace(old, new, 1), encoding="utf-8")

    found, message = refused(verb, "case.yaml", *(["--out", "results"] if verb == "run" else []))

    assert found == code
    assert piece in message
    assert code == "SL402" or re.match(r"shadowline: case\.yaml:\d+: ", message)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_scenario_is_refused(refused, tmp_path, name):
    """Files that hold no mapping of words are refused with the code of what they are."""
    content, code = FILES[name]
    (tmp_path / "case.yaml").write_bytes(content)

    found, message = refused("run", "case.yaml", "--out", "results")

    assert found == code
    assert message.startswith("shadowline: case.yaml")


@pytest.mark.parametrize("name", OPTIONS)
def test_a_bad_option_is_refused(refused, name):
    """Options and names that cannot be used are refused before anything is played or written."""
    arguments, code, piece = OPTIONS[name]

    found, message = refused(
        "run", *arguments, *([] if "--draws" in arguments or "--runs" in arguments else ["--runs", "20"]), "--out", "results"
    )

    assert found == code
    assert piece in message


@pytest.mark.parametrize("name", STUDIES)
def test_a_policy_or_a_claim_that_cannot_be_used_is_refused(refused, tmp_path, name):
    """Policies, files of policies, precisions and claims that cannot be used are refused before anything is played or written."""
    content, arguments, code, piece = STUDIES[name]
    (tmp_path / "bare.yaml").write_text(SMALL[: SMALL.index("\nmeasures:")], encoding="utf-8")
    if content is not None:
        (tmp_path / "p.yaml").write_text(content, encoding="utf-8")

    found, message = refused(*arguments, *([] if "--runs" in arguments else ["--runs", "20"]), "--out", "results")

    assert found == code
    assert piece in message


@pytest.mark.parametrize("verb", ["check", "claims", "compare"])
@pytest.mark.parametrize("name", CLAIMS)
def test_a_faulty_claim_is_refused_with_its_line(refused, tmp_path, name, verb):
    """Every fault of a claim is refused by every verb that reads it, with file and line."""
    old, new, code, piece = CLAIMS[name]
    assert old in SMALL
    (tmp_path / "case.yaml").write_text(SMALL.replace(old, new, 1), encoding="utf-8")

    found, message = refused(verb, "case.yaml", *([] if verb == "check" else ["--out", "results"]))

    assert found == code
    assert piece in message
    assert re.match(r"shadowline: case\.yaml:\d+: claims\.handler", message)


@pytest.mark.parametrize("verb", ["compare", "claims"])
def test_a_place_that_is_taken_is_left_alone_by_comparisons_and_claims(refused, tmp_path, verb):
    """A folder of a comparison or of claims never replaces one that shadowline did not make."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "mine").write_text("mine")

    assert refused(verb, "two-camps", "--runs", "20", "--out", "results")[0] == "SL210"


def test_every_fault_of_a_file_is_told_on_its_own_line(tmp_path, monkeypatch, capsys):
    """Several faults give several coded messages, in the order of their lines, and still one exit code."""
    text = SMALL.replace("zeal: 0.6", "zeall: 0.6").replace("0.5/day", "0.5").replace("people: soldier", "people: soldiers")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["shadowline", "check", "case.yaml"])

    with pytest.raises(SystemExit) as end:
        main()

    lines = capsys.readouterr().err.splitlines()
    assert end.value.code == 2
    assert [line[-6:-1] for line in lines] == ["SL101", "SL114", "SL105"]


@pytest.mark.parametrize("there", ["a file", "somebody's folder"])
def test_a_place_that_is_taken_is_refused_and_left_alone(refused, tmp_path, there):
    """A results folder never replaces a file, or a folder that shadowline did not make."""
    place = tmp_path / "results"
    if there == "a file":
        place.write_text("mine")
    else:
        place.mkdir()
        (place / "mine").write_text("mine")

    code, message = refused("run", "two-camps", "--runs", "20", "--out", "results")

    assert code == "SL210"
    assert "results" in message


def test_an_unwritable_folder_is_refused(refused):
    """A folder that the system does not let anybody write to is refused before the work."""
    code, _ = refused("run", "two-camps", "--runs", "20", "--out", "/proc/results")

    assert code == "SL210"


@pytest.mark.parametrize("arguments", [["check", "no-such-scenario"], ["frobnicate"]])
def test_the_installed_command_refuses_likewise(arguments, tmp_path):
    """The command itself ends with code 2 and one line on stderr."""
    done = subprocess.run([sys.executable, "-m", "shadowline.cli", *arguments], capture_output=True, text=True, cwd=tmp_path, check=False)

    assert done.returncode == 2
    assert MESSAGE.fullmatch(done.stderr.rstrip("\n"))
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_half_way_leaves_nothing_behind(tmp_path):
    """Ctrl-C while futures are being played ends with code 130, a word on stderr, no traceback and no folder."""
    told, stderr = pty.openpty()  # progress is shown to a terminal only
    command = [sys.executable, "-m", "shadowline.cli", "run", "two-camps", "--runs", "2000000", "--out", str(tmp_path / "results")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr) as process:
        os.close(stderr)
        said = os.read(told, 1000)
        while b"futures" not in said:
            said += os.read(told, 1000)
        assert [path.name for path in tmp_path.iterdir()] != ["results"]
        process.send_signal(signal.SIGINT)
        said = rest_of(told)
        out, _ = process.communicate()
    os.close(told)

    assert process.returncode == 130
    assert out == b""
    assert "Traceback" not in said
    assert "shadowline: stopped" in said
    assert list(tmp_path.iterdir()) == []


def rest_of(terminal):
    """Return everything that is still written to a terminal until its other end closes."""
    said = b""
    try:
        while more := os.read(terminal, 1000):
            said += more
    except OSError:  # how Linux says that the other end is closed
        pass
    return said.decode()


@pytest.mark.parametrize("name", shipped_scenarios())
def test_what_ships_is_never_refused(name, monkeypatch, capsys):
    """Every shipped scenario is valid."""
    monkeypatch.setattr(sys, "argv", ["shadowline", "check", name])

    with pytest.raises(SystemExit) as end:
        main()

    assert end.value.code == 0
    assert "Valid" in capsys.readouterr().out
