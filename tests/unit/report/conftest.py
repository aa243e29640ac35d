"""Futures for all tests of pictures and pages, a picture drawn and a page read back; a file may have its own under the same names."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.futures.wording import Wording
from shadowline.report.briefing import write_briefing
from shadowline.report.svg import draw_svg
from shadowline.scenario.load import LIBRARY
from shadowline.study.claims import claims
from shadowline.study.compare import compare

STUDIED = Path(__file__).parents[2] / "scenarios" / "two-wars-studied.yaml"
SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg):
    """Return the texts of a drawing, which must be well-formed XML, without their blanks."""
    root = ET.fromstring(svg)  # noqa: S314 - we wrote it ourselves
    return ["".join("".join(text.itertext()).split()) for text in root.iter(f"{SVG}text")]


def _drawn(picture):
    """Draw a picture as SVG and return its texts; title, alternative text and caption must be there, and no number be missing."""
    svg = draw_svg(picture.figure)
    meta = picture.figure.layout.meta
    assert picture.name
    assert picture.title == meta["title"] != ""
    assert meta["alt"]
    assert picture.caption.endswith(".")
    assert not re.search(r"\bnan\b", svg, re.IGNORECASE)
    assert "<script" not in svg
    return words_of(svg)


@pytest.fixture(scope="session")
def drawn():
    """Return what draws a picture, checks what every picture must have, and returns its texts."""
    return _drawn


@pytest.fixture(scope="session")
def axis():
    """Return futures of the model case."""
    return simulate("iran-axis-2024", Plan(200, 100, seed=81, threads=2), diary=True)


@pytest.fixture(scope="session")
def camps():
    """Return futures of the smallest scenario."""
    return simulate("two-camps", Plan(20, 1, seed=81), diary=True)


@pytest.fixture(scope="session", params=["axis", "camps"])
def results(request):
    """Return futures of either scenario."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def wording(axis):
    """Return the names of the model case."""
    return Wording(axis.model.names)


SMALL = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")
MODEL_CASE = "iran-axis-2024"
RUNS = 400
FEW = 40
VOID = {"meta", "br", "link", "hr", "img", "input"}


def nothing(folder):
    """Return a scenario in which nothing happens."""
    path = folder / "nothing.yaml"
    path.write_text(SMALL.replace("quiet_rate: 0.5/day", "quiet_rate: 0/day"), encoding="utf-8")
    return path


def twenty(folder):
    """Return a scenario with twenty proxies, some with names that need care."""
    names = [f"brigade-{n}" for n in range(20)]
    text = SMALL
    for old, new in (
        (
            "  brigade: {role: proxy, territory: borderland, zeal: 0.6}\n",
            "".join(
                f'  {name}: {{role: proxy, name: "the {n}th <brigade> & friends", zeal: {{low: 0.3, high: 0.9}}}}\n'
                for n, name in enumerate(names)
            ),
        ),
        ("{brigade: 1}", "{" + ", ".join(f"{name}: 0.05" for name in names) + "}"),
        (
            "  - {from: red, to: brigade, pays: 0.6, alignment: 0.7}\n",
            "".join(f"  - {{from: red, to: {name}, pays: 0.6, alignment: 0.7}}\n" for name in names),
        ),
        (
            "  - {proxy: brigade, target: outpost, quiet_rate: 0.5/day}\n",
            "".join(f"  - {{proxy: {name}, target: outpost, quiet_rate: 0.03/day}}\n" for name in names),
        ),
        ("title: Two camps", 'title: "Twenty <script>alert(1)</script> & one"'),
    ):
        assert old in text
        text = text.replace(old, new)
    path = folder / "twenty.yaml"
    path.write_text(text, encoding="utf-8")
    return path


CASES = {
    "model-case": (lambda _: MODEL_CASE, RUNS),
    "nothing-happens": (nothing, 40),
    "one-proxy": (lambda _: "two-camps", 200),
    "twenty-proxies": (twenty, 200),
    "one-run": (lambda _: "two-camps", 1),
    "one-run-of-the-model-case": (lambda _: MODEL_CASE, 1),
}


class Page(HTMLParser):
    """A page read back: its quotes, the text of its sentences around them, links, and what is left open."""

    def __init__(self, text):
        super().__init__()
        self.quotes, self.around, self.links, self.opened = [], [], [], []
        self.texts = {"script": [], "style": []}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Open an element."""
        found = dict(attributes)
        if tag not in VOID:
            self.opened.append((tag, found.get("class") or ""))
        if tag == "data":
            self.quotes.append([found["data-from"], found["value"], ""])
        self.links += [(tag, value) for name, value in attributes if name in {"href", "src"}]

    def handle_endtag(self, tag):
        """Close an element, which must be the one opened last."""
        if tag not in VOID:
            assert self.opened.pop()[0] == tag, f"{tag} closes nothing"

    def handle_data(self, data):
        """Take in text."""
        tags = [tag for tag, _ in self.opened]
        if "data" in tags:
            self.quotes[-1][2] += data
        elif "section" in tags and not {"svg", "code", "figcaption", "h2", "h3", "th", "caption", "pre"} & set(tags):
            self.around.append(data)


def brief(case, tmp_path_factory):
    """Play a case and write its briefing; return results, path, page read back, and facts."""
    folder = tmp_path_factory.mktemp(case)
    make, runs = CASES[case]
    draws = 100 if runs == RUNS else None
    results = simulate(make(folder), runs=runs, draws=draws, seed=3, threads=2, diary=True)
    path = write_briefing(results, folder / "out")
    facts = json.loads((folder / "out" / "briefing.json").read_text(encoding="utf-8"))
    return results, path, Page(path.read_text(encoding="utf-8")), facts


@pytest.fixture(scope="session", params=CASES)
def briefed(request, tmp_path_factory):
    """Return each case in turn, with its briefing."""
    return brief(request.param, tmp_path_factory)


@pytest.fixture(scope="session", params=[case for case, (_, runs) in CASES.items() if runs <= FEW])
def few(request, tmp_path_factory):
    """Return each case whose futures can be told one by one, with its briefing."""
    return brief(request.param, tmp_path_factory)


@pytest.fixture(scope="session")
def compared():
    """Return all policies of a small scenario compared."""
    return compare(STUDIED, runs=400, draws=40, seed=2, threads=2)


@pytest.fixture(scope="session")
def tested():
    """Return all claims of a small scenario put to the test."""
    return claims(STUDIED, runs=400, draws=40, seed=2, threads=2)


def _resolved(facts, path):
    """Return the value that stands under a path."""
    value = facts
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


@pytest.fixture(scope="session")
def resolved():
    """Return what finds a value of a page's facts by its path."""
    return _resolved


@pytest.fixture(scope="session")
def read_page():
    """Return what reads a page back."""
    return lambda path: Page(path.read_text(encoding="utf-8"))
