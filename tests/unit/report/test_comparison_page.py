"""The page of a comparison: every number on it stands in its facts, it stands alone, and nothing that a scenario says can break it."""

from __future__ import annotations

import html
import json
import re
import shlex
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from shadowline.report.again import compare_again
from shadowline.report.study import write_comparison_page
from shadowline.study.compare import compare

STUDIED = Path(__file__).parents[2] / "scenarios" / "two-wars-studied.yaml"
BREAKS_OUT = "<!--<script>alert(1)</script>-->]]></style>"
OWN_FIGURES = ("95 %", "5–95 %", "p of .05")
"""What a sentence may say in figures without quoting a result: names of intervals."""


@pytest.fixture(scope="module")
def page(compared, tmp_path_factory):
    """Return the page of a comparison, and its facts."""
    folder = tmp_path_factory.mktemp("compared")
    path = write_comparison_page(compared, folder)
    return path, json.loads((folder / "comparison-page.json").read_text(encoding="utf-8"))


def variant(folder, *more):
    """Return a scenario that extends the studied one."""
    path = folder / "case.yaml"
    path.write_text("\n".join(["shadowline: 1", f"extends: {STUDIED}", "id: case", *more, ""]), encoding="utf-8")
    return path


def written(folder, path, policies=(), **how):
    """Compare policies in few futures and write the page; return its text."""
    comparison = compare(path, policies, runs=20, draws=2, seed=3, threads=2, **how)
    return write_comparison_page(comparison, folder / "out").read_text(encoding="utf-8")


def test_every_quoted_number_stands_in_the_facts(page, read_page, resolved):
    """Each number names where it stands in the facts, and has that value."""
    path, facts = page
    quotes = read_page(path).quotes

    assert len(quotes) > 100
    for place, value, text in quotes:
        fact = resolved(facts, place)
        assert str(fact) == value or float(fact) == pytest.approx(float(value), rel=1e-12), place
        assert text


def test_the_facts_hold_the_comparison(page, compared):
    """Beside the page lie the numbers of the comparison as its own JSON has them."""
    _, facts = page
    found = json.loads(json.dumps(compared.as_json()))

    assert {key: facts[key] for key in found} == found


def test_no_sentence_says_a_number_without_its_source(page, compared):
    """Outside of quotes, what the page says of the answer, of regret and of limits holds no figure."""
    path, _ = page
    document = compared.scenario.document
    own = [*OWN_FIGURES, *(policy.says for policy in document.policies.values())]
    slots = {slot.meaning for slot in compared.arms[0].results.model.slots}
    text = path.read_text(encoding="utf-8")
    for heading in ("The answer in short", "Who would regret which policy", "What we do not know", "How to read this page"):
        begin = re.search(rf"<h2[^>]*>{heading}[^<]*</h2>", text)
        section = text[begin.end() : text.index("</section>", begin.end())]
        for sentence in re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", section, flags=re.DOTALL):
            said = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<data [^>]*>[^<]*</data>", "", sentence)))
            for words in (*own, *slots):
                said = said.replace(words, "") if words else said
            assert re.findall(r"\d+", said) == [], said


def test_the_page_is_whole_and_stands_alone(page, read_page):
    """All tags are closed, nothing is fetched, and nothing reads as missing."""
    path, _ = page
    text, read = path.read_text(encoding="utf-8"), read_page(path)
    visible = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    style = "".join(re.findall(r"<style>(.*?)</style>", text, flags=re.DOTALL))

    assert read.opened == []
    assert path.stat().st_size < 6_000_000
    for tag, link in read.links:
        assert tag == "a", f"{tag} fetches {link}"
        assert link.startswith(("#", "data:"))
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"\b(nan|NaN|None|inf|null|undefined)\b", re.sub(r"<[^>]*>", " ", visible))


def test_links_within_the_page_lead_somewhere(page, read_page):
    """Each link to a place on the page has its place."""
    path, _ = page
    text = path.read_text(encoding="utf-8")
    places = set(re.findall(r' id="([^"]+)"', text))

    assert {link[1:] for _, link in read_page(path).links if link.startswith("#")} <= places


def test_every_picture_comes_as_svg_and_csv(page):
    """Each picture on the page lies beside it as SVG that parses and as the table it was drawn from."""
    path, _ = page
    names = re.findall(r'<figure id="([^"]+)"', path.read_text(encoding="utf-8"))

    assert sorted(names) == sorted(file.stem for file in (path.parent / "figures").glob("*.svg"))
    for name in names:
        ET.parse(path.parent / "figures" / f"{name}.svg")  # noqa: S314 - our own file
        assert (path.parent / "figures" / f"{name}.csv").read_text(encoding="utf-8").count("\n") >= 1


def test_each_policy_is_told(page, compared):
    """Each policy has its place with what it says and whose it is, and says of whom it leaves alone."""
    text = page[0].read_text(encoding="utf-8")
    for arm in compared.arms[1:]:
        assert f'id="policy-{arm.name}"' in text
        assert arm.says in text
    assert "by the Blue Republic" in text
    assert "No path of influence leads" in text


def test_what_must_be_told_first_stands_first(tmp_path):
    """A policy that changes numbers and no future is warned of before anything else is said of policies."""
    comparison = compare(STUDIED, ["after-the-war"], runs=10, draws=2, seed=5, threads=2)
    text = write_comparison_page(comparison, tmp_path).read_text(encoding="utf-8")

    assert text.index("AFTER-THE-WAR changes numbers of the model, but no future") < text.index("<h2>The policies</h2>")


def test_with_a_folder_the_page_says_how_to_see_a_future(compared, tmp_path):
    """Where the comparison is saved, the page has a command that tells two of its futures; elsewhere it only names a future."""
    saved = write_comparison_page(compared, tmp_path / "saved", saved_in="results/my war").read_text(encoding="utf-8")
    plain = write_comparison_page(compared, tmp_path / "plain").read_text(encoding="utf-8")

    assert re.search(r"<code>shadowline why &#39;results/my war&#39; --run \d+ --pair halt</code>", saved)
    assert "shadowline why" not in plain


def test_the_command_compares_the_same(compared):
    """The command names scenario, futures, seed, draws, and the policies in their order."""
    words = shlex.split(compare_again(compared))

    assert words[:3] == ["shadowline", "compare", str(STUDIED)]
    assert words[3:9] == ["--runs", "400", "--seed", "2", "--draws", "40"]
    assert [words[n + 1] for n, word in enumerate(words) if word == "--policy"] == [arm.name for arm in compared.arms]
    assert words[-1] == "--report"


def test_the_command_names_files_of_policies_changes_and_dates(tmp_path):
    """Files of policies, changed numbers and another horizon stand in the command."""
    file = tmp_path / "more policies.yaml"
    file.write_text("policies: {calm: {says: Calm., change: {actors.red.order.blue: 0.1}}}\n", encoding="utf-8")
    comparison = compare(STUDIED, ["calm"], runs=4, draws=2, horizon=30, changes={"actors.column.zeal": 0.2}, files=[file], threads=1)
    words = shlex.split(compare_again(comparison))

    for pair in (["--horizon", "30d"], ["--set", "actors.column.zeal=0.2"], ["--policy", "as-it-is"], ["--policy", "calm"]):
        assert pair in [words[n : n + 2] for n in range(len(words))]
    assert ["--policy", str(file)] in [words[n : n + 2] for n in range(len(words))]


def test_policies_can_be_held_against_one_of_them(tmp_path):
    """The page says against which policy the others are held."""
    text = written(tmp_path, STUDIED, ["halt", "no-answer"])

    assert "<b>Held against HALT:</b> Red orders a halt." in text
    assert "under HALT" in text


def test_the_same_comparison_writes_the_same_page(tmp_path):
    """Page and pictures are the same bytes when made again, on any number of threads."""
    pages = []
    for threads in (1, 2):
        comparison = compare(STUDIED, ["halt"], runs=20, draws=2, seed=3, threads=threads)
        write_comparison_page(comparison, tmp_path / str(threads))
        files = sorted(file for file in (tmp_path / str(threads)).rglob("*") if file.is_file() and file.suffix != ".json")
        pages.append([file.read_bytes() for file in files])

    assert pages[0] == pages[1]


def test_nothing_that_a_scenario_says_opens_an_element(tmp_path):
    """What a scenario says stands on the page as text; the page has its own scripts and styles alone."""
    said = json.dumps(BREAKS_OUT)
    more = [
        f"title: {said}",
        f"actors: {{blue: {{name: {said}}}, brigade: {{name: {said}}}}}",
        f"outcomes: {{north-soldier: {{asks: {said}, says: {said}}}}}",
        f"policies: {{halt: {{says: {said}}}}}",
    ]
    text = written(tmp_path, variant(tmp_path, *more), ["halt", "no-answer"])

    assert text.count("<script") == text.count("</script>") == len(re.findall(r"<script(?: [^>]*)?>", text))
    assert "<script>alert" not in text
    assert "<!--" not in text
    assert text.count("</style>") == text.count("<style") == text.split("<main>")[0].count("<style")
    assert "&lt;!--&lt;script&gt;alert(1)" in text


QUESTIONS = ("north-soil", "north-war", "north-soldier", "north-succession", "south-soil", "south-war", "south-soldier", "south-succession")
NO_YES_OR_NO = (
    f"outcomes: {{{', '.join(f'{key}: null' for key in QUESTIONS)}}}",
    "minds: null",
    "policies: {halt-for-a-month: null, after-the-war: null}",
    "claims: null",
)


@pytest.mark.parametrize(
    ("more", "policies"),
    [((), ["after-the-war"]), (("minds: null",), ["halt"]), ((), ["halt+better-guard"]), (NO_YES_OR_NO, ["halt"])],
    ids=["nothing differs", "nobody minds", "two at once", "no yes or no"],
)
def test_awkward_comparisons_have_a_page(more, policies, tmp_path, read_page):
    """A policy that changes no future, a scenario without minds, two policies at once, no yes-or-no question: each has a whole page."""
    written(tmp_path, variant(tmp_path, *more), policies)
    read = read_page(tmp_path / "out" / "comparison.html")

    assert read.opened == []
    assert read.quotes
