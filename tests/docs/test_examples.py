"""Every example of the README and of the documentation runs, page by page, in a folder of its own, and prints what the page says.

A page's blocks are taken in their order.

- ``sh``: commands; those that begin with ``shadowline`` run through the command line.
- ``text`` after ``sh`` or ``python``: what the last command printed, word for word; three dots stand for anything. Further down on the page
  a ``text`` block that begins with three dots is more of the same output.
- ``diff``: an edit of a scenario that the page has made.
- ``yaml``: together, one scenario, written to a file named after its id; blocks that begin with a file's name as a remark
  (``# answers.yaml``) are that file, one block after the other.
- ``python``: run in one namespace for each page.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest
import typer

from shadowline.cli import app, main

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"# (\S+\.yaml)(?:, continued)?$", re.MULTILINE)
WIDTH = "100"
"""Columns of the reader's terminal."""
PLAYING = {"run", "compare", "claims"}
"""Verbs that play futures."""
FEW = 40
"""Futures where a page does not say how many: what is shown then is that the command works."""
NOT_RUN = {
    "git clone": "needs the network",
    "make": "installs the project, or runs these tests",
    "source": "belongs to the reader's terminal",
    "mkdir": "the test makes a folder for each page",
    ".venv/bin/": "rewrites pages of the project, or runs these tests",
}
"""How commands begin that are not run, and why."""
NOT_COMPARED = {"README.md: make demo": "prints the whole model case, which its pictures and digests are tested with elsewhere"}
"""Commands that are not run although a page shows what they print, and why that is not compared."""
FAULT = re.compile(r"^shadowline: .*\[SL\d{3}\]$", re.MULTILINE)
"""What a page shows where its command is meant to fail: an error with its code."""
ELSEWHERE = {"add-a-mechanism.md": "applied to a copy of the project by test_add_a_mechanism.py"}
"""Pages whose examples another test runs, and which."""


class Block(NamedTuple):
    """A fenced block: its language, its text, and where it stands."""

    language: str
    text: str
    place: str


def blocks(page):
    """Return the fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found[1], found[2], f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, found.start()) + 1}") for found in FENCE.finditer(text)
    ]


PAGES = [
    page
    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
    if any(block.language in {"sh", "python"} for block in blocks(page))
]
TRIED = [page for page in PAGES if page.name not in ELSEWHERE]


def commands(text):
    """Return the commands of a block: comments and line breaks after a backslash are taken out."""
    lines = text.replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def reason(command):
    """Return how a command begins that is not run, or None."""
    return next((start for start in NOT_RUN if command.startswith(start)), None)


def differing(expected, printed):
    """Return the first piece of the expected output that was not printed in its place, or None.

    Pieces are parted by three dots, alone on a line or at its end. Words and numbers must be the same; where lines break is the terminal's
    business.
    """
    said, at = f" {' '.join(printed.split())} ", 0
    pieces = [" ".join(piece.split()) for piece in re.split(r"(?:^|(?<= ))\.\.\.$", expected, flags=re.MULTILINE)]
    for n, piece in enumerate(pieces):
        start = said.find(f" {piece} ", at) if piece else at
        if start < 0 or (n == 0 and start > 0):
            return piece
        at = start + len(piece) + 1 if piece else at
    return None if not pieces[-1] or at == len(said) - 1 else "the end"


def run_apart(arguments, folder):
    """Run the command line as a process; return its exit code and what it printed on both channels."""
    command = [sys.executable, "-m", "shadowline.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env={**os.environ, "COLUMNS": WIDTH}, check=False)
    return done.returncode, done.stdout, done.stderr


def run_here(arguments, folder):
    """Run the command line in this process; return its exit code and what it printed on both channels."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(sys, "argv", ["shadowline", *arguments]),
        mock.patch.dict(os.environ, COLUMNS=WIDTH),
        pytest.raises(SystemExit) as end,
    ):
        main()
    return end.value.code, out.getvalue(), err.getvalue()


class Reader:
    """Somebody who does what a page says, in a folder of their own."""

    def __init__(self, folder, page):
        self.folder = folder
        self.names = {"__name__": page.stem}
        self.verbs = set()
        self.little = set()
        self.printed = ""

    def sh(self, block, following):
        """Run the commands of a block: all must work, but for the last where the page shows the error's code."""
        ran = commands(block.text)
        for n, command in enumerate(ran):
            if reason(command) is not None:
                continue
            words = shlex.split(command, comments=True)
            assert words[0] == "shadowline", f"{block.place}: {command!r} is neither run nor listed in NOT_RUN"
            shown = following if n == len(ran) - 1 else None
            fails = shown is not None and FAULT.search(shown.text) is not None
            self._run(self._lessened(words[1:], shown), f"{block.place}: {command}", 2 if fails else 0)

    def _lessened(self, arguments, shown):
        """Return the arguments as run: where no output is compared, what plays futures and does not say how many plays few.

        A later command that names one of its futures is given one that was played.
        """
        if arguments[0] in PLAYING:
            little = "--runs" not in arguments and shown is None
            (self.little.add if little else self.little.discard)(arguments[arguments.index("--out") + 1] if "--out" in arguments else "")
            return [*arguments, "--runs", str(FEW)] if little else arguments
        if arguments[0] == "why" and arguments[1] in self.little and "--run" in arguments:
            place = arguments.index("--run") + 1
            return [*arguments[:place], str(int(arguments[place]) % FEW), *arguments[place + 1 :]]
        return arguments

    def _run(self, arguments, place, wanted):
        """Run the command line: a page's first use of a verb in a process of its own, others in this one, which need not start anew."""
        run = run_here if arguments[0] in self.verbs else run_apart
        self.verbs.add(arguments[0])
        code, out, err = run(arguments, self.folder)
        assert "Traceback" not in err, f"{place}\n{err}"
        assert code == wanted, f"{place}: exit code {code} and not {wanted}\n{err}"
        self.printed = err if code else out

    def text(self, block, _following):
        """Compare what was printed last."""
        missing = differing(block.text, self.printed)
        assert missing is None, f"{block.place}: not printed here:\n{missing}\nbut:\n{self.printed}"

    def python(self, block, _following):
        """Run a block in the page's namespace."""
        told = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(told):
            exec(compile(block.text, block.place, "exec"), self.names)  # noqa: S102 - the project's own pages
        self.printed = told.getvalue()

    def diff(self, block, _following):
        """Edit the one scenario of the reader's own that holds the lines to be changed."""
        lines = block.text.splitlines()
        old = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
        new = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
        (file,) = [path for path in self.folder.rglob("*.yaml") if path.name != "scenario.yaml" and old in path.read_text(encoding="utf-8")]
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def write_files(folder, parts):
    """Write the yaml blocks of a page: those that name a file to that file, all others as one scenario, named after its id."""
    files = {}
    for block in parts:
        if block.language == "yaml":
            named = NAMED.match(block.text)
            files.setdefault(named[1] if named else None, []).append(block.text)
    for name, texts in files.items():
        text = "\n".join(texts)
        (file,) = [name] if name else [f"{key}.yaml" for key in re.findall(r"^id: (\S+)$", text, re.MULTILINE)]
        (folder / file).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("page", TRIED, ids=[str(page.relative_to(ROOT)) for page in TRIED])
def test_the_examples_of_a_page_run(page, tmp_path):
    """The examples of a page, done in their order, work and print what the page says that they print."""
    do_what_a_page_says(page, blocks(page), tmp_path)


def do_what_a_page_says(page, found, folder):
    """Do a page's blocks in their order, and compare what they print with what the page shows."""
    parts = [block for block in found if hasattr(Reader, block.language) or block.language == "yaml"]
    write_files(folder, parts)
    reader = Reader(folder, page)
    for n, block in enumerate(parts):
        following = parts[n + 1] if n + 1 < len(parts) and parts[n + 1].language == "text" else None
        shown = shown_by(parts, n)
        if block.language in {"sh", "python", "diff"} or (shown is not None and runs_last(shown)):
            getattr(reader, block.language)(block, following)


def shown_by(parts, n):
    """Return the block whose output a block shows: the one before it, or, if it begins with three dots, the last that was run."""
    if parts[n].language != "text":
        return None
    before = [part for part in parts[:n] if part.language in {"sh", "python"}]
    is_more = parts[n].text.startswith("...\n") and before
    return before[-1] if is_more or (n > 0 and parts[n - 1].language in {"sh", "python"}) else None


def runs_last(block):
    """Return whether the last thing in a block is run, so that there is something to compare."""
    return block.language == "python" or reason(commands(block.text)[-1]) is None


def test_nothing_is_left_out_without_need():
    """Every way of beginning a command that is left out occurs on some page."""
    begun = {reason(command) for page in PAGES for block in blocks(page) if block.language == "sh" for command in commands(block.text)}

    assert begun - {None} == set(NOT_RUN)


def test_no_output_goes_uncompared_without_need():
    """What a page shows below a command that is not run is listed, with the reason; everything else shown is compared."""
    found = {page: [block for block in blocks(page) if hasattr(Reader, block.language)] for page in TRIED}
    shown = [(page, shown_by(parts, n)) for page, parts in found.items() for n in range(len(parts))]
    passed_over = {
        f"{page.relative_to(ROOT)}: {commands(block.text)[-1]}" for page, block in shown if block is not None and not runs_last(block)
    }

    assert passed_over == set(NOT_COMPARED)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("shadowline check no-such-scenario\nshadowline list\n", None),
        ("shadowline check no-such-scenario\n", None),
        ("shadowline check no-such-scenario\n", "...\n[SL553]\n"),
        ("shadowline list\n", "shadowline: there is none; found ... [SL301]\n"),
    ],
)
def test_a_command_that_fails_is_found(text, shown, tmp_path):
    """A command that fails is an error of its page wherever it stands, unless it is the last and the page shows the error's code."""
    found = [Block("sh", text, "here"), *([Block("text", shown, "here")] if shown else [])]

    with pytest.raises(AssertionError, match="exit code"):
        do_what_a_page_says(ROOT / "README.md", found, tmp_path)


def test_a_future_that_was_not_played_is_replaced_by_one_that_was():
    """A run that does not say how much plays little, and a story of it is asked of a future that it has; others stay as they are."""
    reader = Reader(ROOT, ROOT / "README.md")

    assert reader._lessened(["run", "a", "--out", "few"], None)[-2:] == ["--runs", str(FEW)]
    assert reader._lessened(["run", "a", "--out", "many", "--runs", "500"], None)[-1] == "500"
    assert reader._lessened(["why", "few", "--run", "123"], None) == ["why", "few", "--run", str(123 % FEW)]
    assert reader._lessened(["why", "many", "--run", "123"], None) == ["why", "many", "--run", "123"]


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n...\nc\n", "a\nb\nb\nc\n", True),
        ("a\n...\n", "a\nb\n", True),
        ("...\nc\n", "a\nb\nc\n", True),
        ("a\n", "a\nb\n", False),
        ("b\n", "a\nb\n", False),
        ("a\n...\nd\n", "a\nb\nc\n", False),
        ("a\nc\n", "a\nb\nc\n", False),
        ("a 2 %\n", "a 3 %\n", False),
        ("a 2 ...\n", "a 2 %\n", True),
        ("a 2 ...\n", "a 3 %\n", False),
        ("a 2 ...\n", "a 23 %\n", False),
        ("a\nb c\n", "a b\nc\n", True),
        ("a\n...\nb\n", "a\nb\nc\n", False),
    ],
)
def test_a_wrong_output_is_found(expected, printed, same):
    """The comparison finds lines that are missing, other or out of place, and lets dots stand for anything."""
    assert (differing(expected, printed) is None) == same


def test_every_verb_has_an_example():
    """Every verb of the command line is used in some example."""
    told = (command.split() for page in PAGES for block in blocks(page) if block.language == "sh" for command in commands(block.text))
    used = {words[1] for words in told if words[0] == "shadowline"}

    assert set(typer.main.get_command(app).commands) <= used
