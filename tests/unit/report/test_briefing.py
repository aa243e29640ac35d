"""Every number on the page stands in its facts and says so, and the page is whole and stands alone."""

from __future__ import annotations

import html
import math
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from shadowline.errors import InputError
from shadowline.futures.run import simulate
from shadowline.futures.wording import amount, counted, day_text, percent, short_day, whole
from shadowline.report.briefing import write_briefing

PLAIN_NUMBERS = ("5–95 %", "95 %", "1: an event sets off nothing; 0: it brings about one more")
"""What a sentence may say in figures without quoting a result: names of intervals, and what a margin means."""


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
    things = ("week", "recorded count", "question")
    return {percent(value), amount(value), f"{value:.2f}", whole(round(value)), *(counted(round(value), thing) for thing in things)}


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


def sentences_of(text):
    """Return the marked paragraphs and list items of the answer in short, and of what is said of numbers, record, limits and evidence."""
    found = []
    for heading in ("The answer in short", "What the answers hang on", "How we know", "What we do not know", "Evidence"):
        begin = re.search(rf"<h2[^>]*>{heading}[^<]*</h2>", text)
        if begin is None:
            assert heading == "Evidence"
            continue
        section = text[begin.end() : text.index("</section>", begin.end())]
        parts = re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", section, flags=re.DOTALL)  # entries of evidence have ids
        assert parts, heading
        found += parts
    return found


def test_no_number_is_said_without_its_source(briefed):
    """Outside of quotes the answer in short, and what is said of numbers, record, limits and evidence, holds no figure."""
    results, path, _, _ = briefed
    document = results.scenario.document
    own = [*PLAIN_NUMBERS, *(outcome.says or outcome.asks for outcome in document.outcomes.values())]
    names = " ".join(str(row.name or "") for row in (*document.actors.values(), *document.targets.values(), *document.lines.values()))
    sentences = sentences_of(path.read_text(encoding="utf-8"))
    for sentence in sentences:
        said = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<data [^>]*>[^<]*</data>", "", sentence)))
        for words in own:
            said = said.replace(words, "").replace(words[0].upper() + words[1:], "")
        assert [figure for figure in re.findall(r"\d+", said) if figure not in names] == [], said
    assert len(sentences) > 8


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
