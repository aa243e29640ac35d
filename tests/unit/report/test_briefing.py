from __future__ import annotations

import html
import json
import math
import re
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from shadowline.errors import InputError
from shadowline.futures.run import simulate
from shadowline.futures.wording import amount, day_text, percent, short_day, whole
from shadowline.report.briefing import same_again, write_briefing
from shadowline.scenario.load import LIBRARY

SMALL = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")
MODEL_CASE = "iran-axis-2024"
RUNS = 400
VOID = {"meta", "br", "link", "hr", "img", "input"}
PLAIN_NUMBERS = ("5–95 %", "95 %", "1: an event sets off nothing; 0: it brings about one more")
"""What a sentence may say in figures without quoting a result: names of intervals, and what a margin means."""


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


def resolved(facts, path):
    """Return the value that stands under a path."""
    value = facts
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def readings(value):
    """Return every way in which a value may be read."""
    if isinstance(value, str):
        return {value, day_text(value), short_day(value), f"{date.fromisoformat(value).day} {date.fromisoformat(value):%B}"}
    return {percent(value), amount(value), f"{value:.2f}", whole(round(value)), f"{round(value):,} weeks", f"{round(value):,} week"}


@pytest.fixture(scope="module", params=CASES)
def briefed(request, tmp_path_factory):
    """Play a case and write its briefing."""
    folder = tmp_path_factory.mktemp(request.param)
    make, runs = CASES[request.param]
    draws = 100 if runs == RUNS else None
    results = simulate(make(folder), runs=runs, draws=draws, seed=3, threads=2, diary=True)
    path = write_briefing(results, folder / "out")
    facts = json.loads((folder / "out" / "briefing.json").read_text(encoding="utf-8"))
    return results, path, Page(path.read_text(encoding="utf-8")), facts


def test_every_quoted_number_stands_in_the_facts(briefed):
    """Each number in a sentence or table names where it stands in the facts, has that value, and reads as that value."""
    _, _, page, facts = briefed

    assert len(page.quotes) > 15
    for path, value, text in page.quotes:
        fact = resolved(facts, path)
        if path == "support.numbers":
            assert int(value) == len(fact) == int(text)
            continue
        assert str(fact) == value or float(fact) == pytest.approx(float(value), rel=1e-12), path
        if not path.startswith("stories."):  # stories spell small numbers out; their own tests hold them to the events
            assert text in readings(fact), (path, text, fact)


def test_no_number_is_said_without_its_source(briefed):
    """Outside of quotes the answer in short, and what is said of evidence and limits, holds no figure."""
    results, path, _, _ = briefed
    text = path.read_text(encoding="utf-8")
    answer = text[text.index('<section class="answer"') : text.index("<h2>What may follow</h2>")]
    said = re.sub(r"<data [^>]*>[^<]*</data>", "", answer)
    said = html.unescape(re.sub(r"<[^>]*>", "", said))
    for words in [*PLAIN_NUMBERS, *(outcome.says or outcome.asks for outcome in results.scenario.document.outcomes.values())]:
        said = said.replace(words, "").replace(words[0].upper() + words[1:], "")
    names = " ".join(str(actor.name or "") for actor in results.scenario.document.actors.values())
    figures = [figure for figure in re.findall(r"\d+", said) if figure not in names]

    assert figures == []


def test_the_facts_are_the_results(briefed, tmp_path):
    """The facts agree with the tables of the results folder, worked out again by other means."""
    results, _, _, facts = briefed
    results.save(tmp_path / "saved")
    runs = pd.read_parquet(tmp_path / "saved" / "runs.parquet")

    for key, answer in facts["outcomes"].items():
        mine = runs[runs["outcome"] == key]
        if answer["kind"] == "probability":
            assert answer["value"] == pytest.approx(min(1.0, mine["chance"].mean()), abs=1e-12)
        elif answer["unit"] == "a week":
            assert answer["value"] == pytest.approx((mine["count"] / mine["days_at_risk"].clip(lower=1) * 7).mean(), rel=1e-12)
        else:
            assert answer["value"] == pytest.approx(mine["count"].mean(), rel=1e-12)
    assert facts["runs"] == runs["run"].nunique()
    assert facts["counts"]["evidence"] == len(results.scenario.document.evidence)
    judged = [row["judgement"] for row in facts["numbers_that_matter"]]
    assert facts["judgement_share"] == (pytest.approx(np.mean(judged)) if judged else None)
    draws = pd.read_parquet(tmp_path / "saved" / "draws.parquet")
    for outcome, rows in facts["movers"].items():
        mine = runs[runs["outcome"] == outcome]
        count = (
            mine["count"] / (mine["days_at_risk"].clip(lower=1) / 7) if facts["outcomes"][outcome]["kind"] == "count" else mine["chance"]
        )
        by_draw = count.groupby(mine["draw"]).mean()
        for row in rows:
            order = draws[row["path"]].to_numpy().argsort(kind="stable")
            fifth = max(1, len(order) // 5)
            assert row["low"] == pytest.approx(by_draw.iloc[order[:fifth]].mean(), rel=1e-9)
            assert row["high"] == pytest.approx(by_draw.iloc[order[-fifth:]].mean(), rel=1e-9)


def test_the_facts_are_the_futures(briefed):
    """Ladder, lines and stories agree with the events of the futures, told one by one."""
    results, _, _, facts = briefed
    told = [pd.DataFrame(results.story(run)) for run in range(min(results.runs, 40))]
    first = pd.Timestamp(facts["first_day"]).date()
    if results.runs <= 40:
        for key, line in facts["lines"].items():
            crossed = [
                int(((events["kind"] == "line-crossed") & (events["line"] == key) & (events["date"] >= first)).sum()) if len(events) else 0
                for events in told
            ]
            assert line["crossings"] == pytest.approx(np.mean(crossed))
            assert line["crossed"] == pytest.approx(np.mean(np.array(crossed) > 0))
    for one in facts["stories"].values():
        events = {row["event"]: row for row in results.story(one["run"])}
        for number, row in one["events"].items():
            assert {name: str(value) for name, value in row.items()} == {name: str(value) for name, value in events[int(number)].items()}


def test_the_page_is_whole_and_stands_alone(briefed):
    """All tags are closed, nothing is fetched, it stays under 6 MB, and nothing reads as missing."""
    _, path, page, _ = briefed
    text = path.read_text(encoding="utf-8")
    visible = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)

    assert page.opened == []
    assert path.stat().st_size < 6_000_000
    for tag, link in page.links:
        assert tag == "a", f"{tag} fetches {link}"
        assert link.startswith(("#", "data:", "https://", "http://"))
    assert not re.search(r"\b(nan|NaN|None|inf|null|undefined)\b", re.sub(r"<[^>]*>", " ", visible))
    assert "<script>alert" not in text


def test_every_picture_comes_as_svg_and_csv(briefed):
    """Each picture on the page lies beside it as SVG that parses and as the table it was drawn from."""
    _, path, _, _ = briefed
    text = path.read_text(encoding="utf-8")
    names = re.findall(r'<figure id="([^"]+)"', text)

    assert {"network", "stories"} <= set(names)
    assert sorted(names) == sorted(file.stem for file in (path.parent / "figures").glob("*.svg"))
    for name in names:
        drawing = ET.parse(path.parent / "figures" / f"{name}.svg").getroot()  # noqa: S314 - our own file
        assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
        table = (path.parent / "figures" / f"{name}.csv").read_text(encoding="utf-8")
        assert table.count("\n") >= 1


def test_the_same_run_writes_the_same_page(tmp_path):
    """Page, facts and pictures are the same bytes when written again, times apart."""
    pages = []
    for n in range(2):
        results = simulate("two-camps", runs=20, seed=5, threads=n + 1, diary=True)
        write_briefing(results, tmp_path / str(n))
        files = sorted(file for file in (tmp_path / str(n)).rglob("*") if file.is_file() and file.name != "briefing.json")
        pages.append({file.relative_to(tmp_path / str(n)): file.read_bytes() for file in files})

    assert pages[0] == pages[1]


def test_the_command_on_the_page_makes_it_again():
    """The command names everything that differs from the usual run."""
    results = simulate("two-camps", runs=30, draws=3, seed=9, horizon=40, changes={"actors.red.order.fixed": 0}, diary=True)

    command = same_again(results)

    assert command == "shadowline run two-camps --runs 30 --seed 9 --draws 3 --horizon 40d --set 'actors.red.order.fixed=0' --report"


def test_a_run_without_a_diary_is_refused(tmp_path):
    """A run that kept no diary cannot be briefed, and nothing is written."""
    results = simulate("two-camps", runs=5)

    with pytest.raises(InputError, match="kept no diary"):
        write_briefing(results, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_answer_is_said_in_four_sentences(briefed):
    """The answer in short has at most four paragraphs, the first about the first question."""
    results, path, _, facts = briefed
    text = path.read_text(encoding="utf-8")
    answer = text[text.index('<section class="answer"') : text.index("</section>")]
    paragraphs = [re.sub(r"<[^>]*>", "", part) for part in re.findall(r"<p>(.*?)</p>", answer, flags=re.DOTALL)]
    first = next(iter(results.scenario.document.outcomes.values()))

    assert 1 <= len(paragraphs) <= 4
    assert first.says[1:] in paragraphs[0]
    assert percent(next(iter(facts["outcomes"].values()))["value"]) in paragraphs[0]
    assert all(paragraph.endswith(".") for paragraph in paragraphs)
    assert not any(math.isnan(answer["value"]) for answer in facts["outcomes"].values())
