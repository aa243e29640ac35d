"""The ODD document: complete for every scenario, and made of what the scenario says."""

from __future__ import annotations

import html
import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import shadowline
from shadowline.cli.describe import describe
from shadowline.engine.compiled import source_hash
from shadowline.engine.order import LIBRARIES, ORDER
from shadowline.engine.tables import the_catalogue
from shadowline.errors import Code, InputError
from shadowline.record.load import load_record
from shadowline.report.odd.document import command_of, odd_document, order_table
from shadowline.report.odd.mechanisms import CONCEPTS, all_described
from shadowline.scenario.load import load_scenario

TWO_PATRONS = str(Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml")
SCENARIOS = ("iran-axis-2024", "two-camps", TWO_PATRONS)
ELEMENTS = (
    "1 Purpose and patterns",
    "2 Entities, state variables and scales",
    "3 Process overview and scheduling",
    "4 Design concepts",
    "5 Initialization",
    "6 Input data",
    "7 Submodels",
)
each_scenario = pytest.mark.parametrize("name", SCENARIOS, ids=lambda name: Path(name).stem)


@cache
def document(name: str, *changes: tuple[str, str]) -> str:
    """Return the document of a scenario with changes."""
    scenario = load_scenario(name, the_catalogue(), changes=dict(changes))
    prelude = scenario.document.prelude
    return odd_document(scenario, load_record(prelude.record) if prelude is not None else None, "again")


def part(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next of the same level or a higher one."""
    level = heading.partition(" ")[0]
    _, found, rest = text.partition(f"\n{heading}")
    assert found, f"no heading {heading}"
    return re.split(rf"\n#{{2,{len(level)}}} ", rest, maxsplit=1)[0]


def row(text: str, first_cell: str) -> list[str]:
    """Return the cells of the first table row that begins with a cell."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {first_cell} |"))
    return [cell.strip() for cell in line.strip("|").split(" | ")]


@each_scenario
def test_all_elements_are_there_in_order(name: str) -> None:
    """The document has the seven elements of the protocol, numbered, named and ordered as it has them, and none is empty."""
    text = document(name)
    assert [line.removeprefix("## ") for line in text.splitlines() if re.match(r"## \d", line)] == list(ELEMENTS)
    assert all(len(part(text, f"## {element}").split()) > 20 for element in ELEMENTS)


@each_scenario
def test_all_design_concepts_are_there_and_filled(name: str) -> None:
    """Element 4 has all eleven concepts, each with an introduction and with what at least one mechanism says."""
    text = document(name)
    for number, concept in enumerate(CONCEPTS, 1):
        said = part(text, f"### 4.{number} {concept}")
        assert re.search(r"^\w", said.strip())
        assert re.search(r"^- \*[A-Z][^*]+\*", said, re.MULTILINE)


@each_scenario
def test_every_mechanism_of_the_order_appears(name: str) -> None:
    """Element 3 has every step of the day in order, and element 7 a section for each mechanism and library."""
    text = document(name)
    steps = re.findall(r"^\| \d+ \| `(\w+)` \|", part(text, "## 3 Process overview and scheduling"), re.MULTILINE)
    assert steps == [step.mechanism for step in ORDER]
    submodels = part(text, "## 7 Submodels")
    assert set(re.findall(r"file `mechanisms/(\w+)\.py`", submodels)) == {*(step.mechanism for step in ORDER), *LIBRARIES}
    assert re.findall(r"^### 7\.\d+ (.+)$", submodels, re.MULTILINE) == [mechanism.title for mechanism in all_described()]


@each_scenario
def test_every_parameter_and_state_is_there(name: str) -> None:
    """Element 7 has every parameter's meaning and source, element 2 every state but those that only number told events."""
    text = document(name)
    for parameter in the_catalogue().parameters:
        assert parameter.meaning in text
        assert f".{parameter.name}` |" in text or parameter.of == "spells"
    entities = part(text, "## 2 Entities, state variables and scales")
    hidden = [state for state in the_catalogue().states if not re.search(rf"[`.]{state.name}` \|", entities)]
    assert all(state.kind == "i8" and state.meaning.startswith("number") for state in hidden)


@each_scenario
def test_every_actor_line_and_question_is_named(name: str) -> None:
    """Element 2 has every actor and red line of the scenario, element 1 every question with a rule."""
    text = document(name)
    words = load_scenario(name, the_catalogue()).document
    entities = part(text, "## 2 Entities, state variables and scales")
    assert all(f"`{key}`" in entities for key in (*words.actors, *words.lines, *words.targets, *words.bodies))
    for key, outcome in words.outcomes.items():
        cells = row(part(text, "## 1 Purpose and patterns"), f"`{key}`")
        assert outcome.asks in cells
        assert re.match(r"(Yes when|Yes on the day on which|The number of) \w.*\.$", cells[-1].replace("`", ""))


@each_scenario
def test_the_same_scenario_gives_the_same_text(name: str) -> None:
    """The document depends on nothing but scenario and code."""
    text = document(name)
    document.cache_clear()
    assert document(name) == text
    assert shadowline.__version__ in text
    assert source_hash() in text


@each_scenario
def test_tables_are_rectangular(name: str) -> None:
    """Every row of every table has as many cells as its head, whatever words the scenario uses."""
    width = 0
    for line in document(name).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert cells in {width, 0} or width == 0
        width = cells


def test_numbers_follow_the_scenario() -> None:
    """A number changed from outside shows in the table of its mechanism, and the change in the header."""
    path = "actors.blue.answers.delay"
    before = row(document("two-camps"), "`actors.ADVERSARY.answers.delay`")
    after = row(document("two-camps", (path, "7d")), "`actors.ADVERSARY.answers.delay`")
    assert before[1] == "3 for the one row, the model's default"
    assert after[1] == "7 † for the one row"
    assert f"`{path}=7d`" in document("two-camps", (path, "7d"))


def test_a_model_number_and_a_horizon_follow_too() -> None:
    """Numbers of the whole scenario and its horizon follow a change as well."""
    changed = document("two-camps", ("defaults.model.contagion", "0.17"), ("horizon", "99d"))
    assert row(document("two-camps"), "`defaults.model.contagion`")[1] == "0.1, the model's default"
    assert row(changed, "`defaults.model.contagion`")[1] == "0.17"
    assert "lasts 99 days" in part(changed, "## 2 Entities, state variables and scales")


def test_many_values_are_spanned_and_their_grounds_counted() -> None:
    """Where many rows have their own values the span of their middles is given, and how many rest on judgement."""
    cells = row(document("iran-axis-2024"), "`targets.TARGET.intercepted`")
    assert cells[1] == "0.6 to 0.984 (middles of 9 rows, 6 of them †)"
    assert re.fullmatch(r"judgement in \d of 9 rows", cells[-1])


@each_scenario
def test_the_document_says_where_every_number_is(name: str) -> None:
    """Sections 5 and 7 point to the appendix that has every number by itself."""
    text = document(name)
    assert all("the appendix has" in part(text, f"## {element}") for element in ("5 Initialization", "7 Submodels"))


def test_open_war_is_resolved_by_what_leads_to_it() -> None:
    """The rule that resolves open war says what sets it off in the model, with whose chance, and what it means against a record."""
    rule = row(document("iran-axis-2024"), "`open-war`")[-1]
    assert "open war begins" not in rule
    assert "`dyads.iran>united-states.war.starts`" in rule
    assert "against a record, when both have struck the other directly on at least three days within 14" in rule


def test_pointers_are_explained_before_they_are_used() -> None:
    """What "coverage row" and "check" point to is said at the top, before either is used."""
    text = document("iran-axis-2024")
    top, _, rest = text.partition("\n## ")
    assert "`docs/reference/coverage.md`" in top
    assert "`tests/checks`" in top
    assert re.search(r"[Cc]overage rows? \d", rest)


def test_the_prelude_is_counted() -> None:
    """Element 5 says which record is replayed, from when, and how much of it; without a prelude it says that there is none."""
    replayed = part(document("iran-axis-2024"), "## 5 Initialization")
    assert "the record `us-iran-shadow-war` is replayed" in replayed
    assert re.search(r"over 106 days.* It gives \d+ attacks with a date of their own, \d+ attacks as \d+ counts", replayed)
    assert "replays no record" in part(document("two-camps"), "## 5 Initialization")


def test_inputs_are_dated_and_sourced() -> None:
    """Element 6 has shocks, orders by decree, dated strikes, spells and sources of the scenario."""
    inputs = part(document(TWO_PATRONS), "## 6 Input data")
    for words in (
        "shock `narrow-vote`",
        "order.schedule.1.order` toward `northmark`",
        "| 2030-07-04 |",
        "`lanterns`",
        "An invented monitor",
    ):
        assert words in inputs
    assert "`graded`" in part(document(TWO_PATRONS), "## 7 Submodels")


def test_the_command_makes_it_again() -> None:
    """The printed command, read by a shell, has the scenario, every change and every option."""
    command = command_of("a war.yaml", {"x.y": "{low: 1, high: 2}"}, "2024-01-30", "odd.html")
    assert shlex.split(command)[1:] == [
        "describe",
        "a war.yaml",
        "--set",
        "x.y={low: 1, high: 2}",
        "--as-of",
        "2024-01-30",
        "--out",
        "odd.html",
    ]


def test_the_verb_prints_or_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The verb prints Markdown, writes the same to a .md file but for the command, and a whole page to a .html file."""
    describe("two-camps")
    printed = capsys.readouterr().out
    describe("two-camps", out=tmp_path / "odd.md")
    describe("two-camps", out=tmp_path / "odd.html")
    written = (tmp_path / "odd.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""
    assert [line for line in written.splitlines() if line not in printed.splitlines()] == [
        f"shadowline describe two-camps --out {shlex.quote(str(tmp_path / 'odd.md'))}"
    ]
    page = (tmp_path / "odd.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count("<table>") == len(re.findall(r"^\| ---", written, re.MULTILINE))
    assert "| ---" not in page
    titles = [line.lstrip("# ") for line in written.splitlines() if re.match(r"#{2,3} ", line)]
    links = re.findall(r'<a href="#(part-\d+)">(.*?)</a>', page.partition("</nav>")[0])
    assert [html.unescape(title) for _, title in links] == titles
    assert all(f' id="{anchor}">{title}</h' in page for anchor, title in links)


def test_the_order_needs_no_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The order of a day is printed, or written, without a scenario."""
    describe(order=True)
    printed = capsys.readouterr().out
    assert all(step.mechanism in printed for step in ORDER)
    describe(order=True, out=tmp_path / "order.md")
    assert order_table() in (tmp_path / "order.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "needs a scenario"),
        ({"scenario": "two-camps", "out": Path("odd.pdf")}, "cannot write"),
        ({"changes": ["a.b=1"], "order": True}, "neither --set nor --as-of"),
    ],
)
def test_bad_options_are_coded(given: dict[str, Any], says: str) -> None:
    """A missing scenario, a file of another kind, and a change of what cannot change are coded errors."""
    with pytest.raises(InputError, match=says) as caught:
        describe(**given)
    assert caught.value.code is Code.BAD_OPTION
