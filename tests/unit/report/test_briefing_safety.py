"""The page runs nothing that a scenario says, its data hold no formulas, and its command makes it again whatever the file is called."""

import base64
import csv
import json
import re
import shlex
import subprocess
import sys
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from shadowline.errors import Code, InputError
from shadowline.futures.run import simulate
from shadowline.report.briefing import same_again, write_briefing
from shadowline.scenario.load import LIBRARY

SMALL = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")
BREAKS_OUT = "<!--<script>alert(1)</script>-->]]></style>"
FORMULAS = ("=SUM(1)", "+SUM(1)", "-SUM(1)", "@SUM(1)")
EVIDENCE = "evidence:\n  source: {{outlet: Somebody, date: 2023-12-01, says: {says}, strength: press report, url: {url}}}\n"


def put(text, *pairs):
    """Replace pieces of a scenario that must be there."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def briefed(folder, text, **how):
    """Play a scenario given as text, write its briefing, and return the page and its folder."""
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    results = simulate(path, runs=20, seed=1, horizon=60, diary=True, **how)
    page = write_briefing(results, folder / "out")
    return page.read_text(encoding="utf-8"), folder / "out"


def figures_in(page):
    """Return the figures that the page holds as JSON."""
    found = re.search(r'<script[^>]*id="figures"[^>]*>(.*?)</script>', page, flags=re.DOTALL)
    assert found is not None
    return json.loads(found.group(1))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return the page of a scenario whose texts try to break out of it."""
    said = json.dumps(BREAKS_OUT)
    text = put(
        SMALL,
        ("Does blue make a major strike on the brigade?", said),
        ("blue makes a major strike on the brigade", said),
        ("Is a soldier of blue killed by an attack?", said),
        ("How many attacks are made on blue?", said),
        ("  blue: {role: adversary", f"  blue: {{name: {said}, role: adversary"),
        ("name: No soldier of blue is killed", f"name: {said}"),
        ("title: Two camps", f"title: {said}"),
    )
    evidence = EVIDENCE.format(says=said, url='"https://example.org/?a=<script>&b=\\"x"')
    return briefed(tmp_path_factory.mktemp("hostile"), text.replace("actors:\n", evidence + "actors:\n", 1))


def test_nothing_that_a_scenario_says_opens_an_element(hostile):
    """The page has its own scripts and styles alone, and no comment; what the scenario says stands in it as text."""
    page, _ = hostile

    assert page.count("<script") == page.count("</script>") == len(re.findall(r"<script(?: [^>]*)?>", page))
    assert "<script>alert" not in page
    assert "<!--" not in page
    assert page.count("</style>") == page.split("<main>")[0].count("</style>") == page.count("<style")
    assert "&lt;!--&lt;script&gt;alert(1)" in page


def test_the_page_s_figures_are_json(hostile):
    """The figures on the page are JSON in which no sign opens an element, and what they show is escaped markup."""
    page, folder = hostile
    figures = figures_in(page)

    assert sorted(figures) == sorted(file.stem for file in (folder / "figures").glob("*.svg"))
    for name, figure in figures.items():
        layout = figure["layout"]
        shown = [note["text"] for note in layout.get("annotations", [])]
        shown += [str(tick) for key, axis in layout.items() if "axis" in key for tick in axis.get("ticktext") or []]
        assert not any("<script" in text or "<!--" in text for text in shown), name
    assert any("&lt;!--" in str(figure) for figure in figures.values())


def test_pictures_beside_the_page_are_xml_without_scripts(hostile):
    """Each SVG parses, and holds no script."""
    _, folder = hostile
    for file in (folder / "figures").glob("*.svg"):
        root = ET.parse(file).getroot()  # noqa: S314 - our own file
        assert not any(element.tag.endswith("script") for element in root.iter())


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:alert(1)", "//example.org", "file:///x", " https://x.org"]
)
def test_an_address_of_another_kind_than_a_page_s_is_refused(tmp_path, url):
    """Evidence whose address is not that of a page is a coded error that names file and line, and nothing is played."""
    path = tmp_path / "case.yaml"
    path.write_text(SMALL.replace("actors:\n", EVIDENCE.format(says="Something", url=json.dumps(url)) + "actors:\n", 1), encoding="utf-8")

    with pytest.raises(InputError, match="no address of a page") as refusal:
        simulate(path, runs=1, draws=1)

    assert refusal.value.code == Code.WRONG_TYPE
    assert refusal.value.where.file == str(path)
    assert refusal.value.where.line == path.read_text(encoding="utf-8").splitlines().index(next(
        line for line in path.read_text(encoding="utf-8").splitlines() if "outlet: Somebody" in line
    )) + 1  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_text_is_a_formula(tmp_path, formula):
    """Names and questions that look like formulas stand in the CSV, beside the page and within it, with an apostrophe before them."""
    said = json.dumps(formula)
    text = put(
        SMALL,
        ("Does blue make a major strike on the brigade?", said),
        ("How many attacks are made on blue?", said),
        ("  blue: {role: adversary", f"  blue: {{name: {said}, role: adversary"),
    )
    page, folder = briefed(tmp_path, text)
    tables = [file.read_text(encoding="utf-8") for file in (folder / "figures").glob("*.csv")]
    linked = [base64.b64decode(data).decode() for data in re.findall(r"data:text/csv;base64,([A-Za-z0-9+/=]+)", page)]
    cells = [cell for table in tables for row in csv.reader(table.splitlines()) for cell in row]

    assert sorted(tables) == sorted(linked)
    assert f"'{formula}" in cells
    for cell in cells:
        assert not cell.startswith(("=", "+", "@"))
        if cell.startswith("-"):
            float(cell)


def test_the_command_names_everything_that_differs_from_the_usual_run():
    """Runs, seed, draws, horizon and changes stand in the command."""
    results = simulate("two-camps", runs=30, draws=3, seed=9, horizon=40, changes={"actors.red.order.fixed": 0}, diary=True)
    played = ["--runs", "30", "--seed", "9", "--draws", "3", "--horizon", "40d", "--set", "actors.red.order.fixed=0"]

    assert shlex.split(same_again(results)) == ["shadowline", "run", "two-camps", *played, "--report"]


def test_the_command_holds_for_any_path_and_value(tmp_path):
    """A path and a value with blanks, quotes, dollars and semicolons come back from the shell as they were."""
    folder = tmp_path / 'a war\'s "folder" $HOME; `ls` & more'
    folder.mkdir()
    path = folder / "my case.yaml"
    path.write_text(SMALL, encoding="utf-8")
    changes = {"actors.brigade.zeal": "{low: 0.3, mode: 0.5, high: 0.7}"}
    results = simulate(path, runs=4, draws=2, seed=1, horizon=10, changes=changes, diary=True)
    (change,) = (f"{key}={value}" for key, value in results.scenario.changes.items())
    argv = shlex.split(same_again(results))
    shell = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\0' {same_again(results)}"], capture_output=True, text=True, check=True
    ).stdout.split("\0")[:-1]

    assert argv == shell
    assert argv[:3] == ["shadowline", "run", str(path)]
    assert argv[argv.index("--set") + 1] == change
    assert argv[-1] == "--report"


def test_the_command_names_another_as_of_date_and_no_inherited_one(tmp_path):
    """A scenario that extends another has its as-of date, which goes unsaid; one given for the run is named."""
    path = tmp_path / "child.yaml"
    path.write_text("shadowline: 1\nextends: two-camps\nid: child\n", encoding="utf-8")
    plain = simulate(path, runs=2, draws=1, seed=1, horizon=10, diary=True)
    later = simulate(path, runs=2, draws=1, seed=1, horizon=10, as_of=date(2024, 3, 1), diary=True)

    assert "--as-of" not in shlex.split(same_again(plain))
    argv = shlex.split(same_again(later))
    assert argv[argv.index("--as-of") + 1] == "2024-03-01"
    assert argv[2] == str(path)


def test_the_command_plays_the_same_futures(tmp_path):
    """Run as it stands, the command writes the same answers."""
    path = tmp_path / "child's case.yaml"
    path.write_text("shadowline: 1\nextends: two-camps\nid: child\n", encoding="utf-8")
    results = simulate(path, runs=4, draws=2, seed=3, horizon=10, as_of=date(2024, 3, 1), changes={"actors.red.order.fixed": 0}, diary=True)
    argv = shlex.split(same_again(results))
    code = "import sys; from shadowline.cli import main; sys.argv = sys.argv[1:]; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *argv, "--json", "--out", str(tmp_path / "out")], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outcomes"] == json.loads(json.dumps(results.as_json()["outcomes"]))
    assert (tmp_path / "out" / "briefing.html").is_file()
