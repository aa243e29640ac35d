"""The page of claims, and a briefing's chapter on them: numbers stand in the facts, pages stand alone, and no text can break them."""

from __future__ import annotations

import html
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.futures.wording import plain
from shadowline.report.again import claims_again
from shadowline.report.briefing import write_briefing
from shadowline.report.study import claims_chapter, write_claims_page
from shadowline.report.study.claims_page import claims_facts
from shadowline.report.study.claims_words import RULES, contradicted, rules, tally, turning, verdict_rules
from shadowline.study.claims import claims
from shadowline.study.verdicts import AGREE, LEVEL, Verdict

STUDIED = Path(__file__).parents[2] / "scenarios" / "two-wars-studied.yaml"
BREAKS_OUT = "<!--<script>alert(1)</script>-->]]></style>"


@pytest.fixture(scope="module")
def page(tested, tmp_path_factory):
    """Return the page of claims, and its facts."""
    folder = tmp_path_factory.mktemp("tested")
    path = write_claims_page(tested, folder)
    return path, json.loads((folder / "claims-page.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def played():
    """Return futures of the studied scenario with their diary."""
    return simulate(STUDIED, Plan(40, 4, seed=2, threads=2), diary=True)


@pytest.fixture(scope="module")
def briefed(played, tested, tmp_path_factory):
    """Return a briefing with a chapter on claims, and its facts."""
    folder = tmp_path_factory.mktemp("briefed")
    path = write_briefing(played, folder, claims=tested)
    return path, json.loads((folder / "briefing.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("which", ["page", "briefed"])
def test_every_quoted_number_stands_in_the_facts(which, request, read_page, resolved):
    """On the page and in the chapter each number names where it stands in the facts, and has that value."""
    path, facts = request.getfixturevalue(which)
    quotes = read_page(path).quotes

    assert len(quotes) > 40
    for place, value, text in quotes:
        fact = resolved(facts, place)
        assert str(fact) == value or float(fact) == pytest.approx(float(value), rel=1e-12), place
        assert text
    assert which == "page" or any(place.startswith("claims.claims.") for place, _, _ in quotes)


def test_the_facts_hold_the_results(page, tested):
    """Beside the page lie the results as their own JSON has them."""
    _, facts = page
    found = json.loads(json.dumps(tested.as_json()))

    assert {key: facts[key] for key in found} == found


@pytest.mark.parametrize("which", ["page", "briefed"])
def test_pages_with_claims_are_whole_and_stand_alone(which, request, read_page):
    """All tags are closed, nothing is fetched, links within the page lead somewhere, and nothing reads as missing."""
    path, _ = request.getfixturevalue(which)
    text, read = path.read_text(encoding="utf-8"), read_page(path)
    visible = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    places = re.findall(r' id="([^"]+)"', re.sub(r"<svg.*?</svg>", "", visible, flags=re.DOTALL))

    assert read.opened == []
    for tag, link in read.links:
        assert tag == "a", f"{tag} fetches {link}"
        assert link.startswith(("#", "data:", "https://example.org/"))
        assert not link.startswith("#") or link[1:] in places
    assert len(set(places)) == len(places)
    assert not re.search(r"\b(nan|NaN|None|inf|null|undefined)\b", re.sub(r"<[^>]*>", " ", visible))


def test_each_claim_is_told_with_how_it_could_have_failed(page, tested):
    """Each claim stands on the page with what it says, what could have failed or why the equations decide it, and its verdict."""
    text = html.unescape(page[0].read_text(encoding="utf-8"))
    for claim in tested.claims:
        assert f'id="about-{claim.id}"' in text
        assert claim.words.says in text
        assert (claim.words.could_fail or claim.words.identity) in text
    for verdict in {claim.verdict for claim in tested.claims}:
        assert f'class="claim {str(verdict).split()[0]}"' in text


def test_a_warning_stands_before_the_verdicts(page):
    """Levers that changed nothing are warned of before any claim is told."""
    text = page[0].read_text(encoding="utf-8")

    assert text.index("Take care:") < text.index("<h2>What was asked</h2>")
    assert "in no future" in text


def test_every_picture_comes_as_svg_and_csv(page):
    """Each picture on the page lies beside it as SVG that parses and as the table it was drawn from."""
    path, _ = page
    names = re.findall(r'<figure id="([^"]+)"', path.read_text(encoding="utf-8"))

    assert len(set(names)) == len(names)
    assert sorted(names) == sorted(file.stem for file in (path.parent / "figures").glob("*.svg"))
    for name in names:
        ET.parse(path.parent / "figures" / f"{name}.svg")  # noqa: S314 - our own file
        assert (path.parent / "figures" / f"{name}.csv").read_text(encoding="utf-8").count("\n") >= 1


def test_the_tally_counts_every_claim_once(tested):
    """The numbers by verdict add up to the claims that were tested."""
    facts = claims_facts(tested, "again")
    first, second = tally(facts)

    assert first[0].value == len(tested.claims)
    assert sum(piece.value for piece in second if not isinstance(piece, str)) == len(tested.claims)
    assert plain(second).endswith(".")


def test_what_is_contradicted_is_named(tested):
    """The claims that are contradicted are quoted, at most three; of the others it is said how many there are."""
    against = next(claim for claim in tested.claims if claim.verdict is Verdict.CONTRADICTED)
    five = replace(tested, claims=(against,) * 5)
    none = replace(tested, claims=tuple(claim for claim in tested.claims if claim.verdict is not Verdict.CONTRADICTED))

    assert plain(contradicted(five)[0]).count("“") == 3
    assert plain(contradicted(five)[0]).endswith("; and 2 more.")
    assert claims_facts(five, "")["counts"]["not_quoted"] == 2
    assert contradicted(none) == []


def test_claims_without_a_sweep_say_nothing_of_turning(tested):
    """Where no lever was swept there is no sentence about where claims turn."""
    unswept = replace(tested, claims=tuple(claim for claim in tested.claims if claim.boundary is None))

    assert turning(claims_facts(unswept, "")) == []
    assert plain(turning(claims_facts(tested, ""))[0]).endswith("1 turns on it.")


def test_the_rules_are_those_by_which_verdicts_are_reached():
    """Every number in the rules is that of the code, and every rule is told."""
    told = dict(verdict_rules({"rules": rules()}))

    assert list(told) == list(RULES)
    numbers = {piece.path: piece.value for rule in told.values() for piece in rule if not isinstance(piece, str)}
    assert numbers["rules.level"] == LEVEL
    assert numbers["rules.agree"] == AGREE
    assert set(numbers) == {f"rules.{name}" for name in rules()}
    assert "is below .05;" in plain(told["Supported"])


def test_the_command_tests_the_same(tested):
    """The command names scenario, futures, seed and draws; claims only where not all are tested."""
    words = shlex.split(claims_again(tested))
    one = claims(STUDIED, ["far-away", "pay-binds"], runs=4, draws=2, threads=1)

    assert words == ["shadowline", "claims", str(STUDIED), "--runs", "400", "--seed", "2", "--draws", "40", "--report"]
    assert shlex.split(claims_again(one))[-5:] == ["--claim", "pay-binds", "--claim", "far-away", "--report"]


def test_a_briefing_without_claims_has_no_chapter(played, tmp_path, briefed):
    """Without claims the briefing is what it is with them, less the chapter, its style and its pictures."""
    with_them, _ = briefed
    without = write_briefing(played, tmp_path)
    heading = "What would change it: claims put to the test"

    assert heading in with_them.read_text(encoding="utf-8")
    assert heading not in without.read_text(encoding="utf-8")
    assert "claims" not in json.loads((tmp_path / "briefing.json").read_text(encoding="utf-8"))
    assert {file.name for file in (tmp_path / "figures").iterdir()} < {file.name for file in (with_them.parent / "figures").iterdir()}
    before, after = (path.read_text(encoding="utf-8").split("<h2>Who is tied to whom</h2>")[0] for path in (without, with_them))
    assert before.split("</style>")[1] == after.split("</style>")[1]


def test_the_chapter_names_the_command_that_tells_more(tested):
    """The chapter ends with the command that writes the page of claims."""
    chapter = claims_chapter(tested)

    assert html.escape(claims_again(tested), quote=False) in chapter.html
    assert set(chapter.pictures) == set(re.findall(r'<figure id="([^"]+)"', chapter.html))


def test_ninety_claims_have_a_page(tested, tmp_path, read_page):
    """Many claims, each with a name of its own, make a whole page."""
    copies = tuple(replace(tested.claims[n % len(tested.claims)], id=f"claim-{n}") for n in range(90))
    path = write_claims_page(replace(tested, claims=copies), tmp_path)
    read = read_page(path)

    assert read.opened == []
    assert path.read_text(encoding="utf-8").count('id="about-') == 90


def test_one_claim_has_a_page(tmp_path, read_page):
    """A single claim, one that is no headline, makes a whole page."""
    path = write_claims_page(claims(STUDIED, ["answers-deter"], runs=20, draws=2, threads=2), tmp_path)

    assert read_page(path).opened == []
    assert "The claims that matter most" not in path.read_text(encoding="utf-8")


def test_nothing_that_a_scenario_says_opens_an_element(tmp_path):
    """What claims and their sources say stands on the page as text; the page has its own scripts and styles alone."""
    said = json.dumps(BREAKS_OUT)
    more = [
        f"title: {said}",
        f"evidence: {{pamphlet: {{says: {said}, title: {said}, url: {json.dumps('https://example.org/?a=<script>&b=' + chr(34))}}}}}",
        f"outcomes: {{north-attacks: {{asks: {said}, says: {said}}}}}",
        "claims:",
        f"  pay-binds: {{says: {said}, could_fail: {said}, flips_when: {{theory: {said}}}}}",
        f"  guard-saves-lives: {{says: {said}, identity: {said}}}",
    ]
    path = tmp_path / "case.yaml"
    path.write_text("\n".join(["shadowline: 1", f"extends: {STUDIED}", "id: case", *more, ""]), encoding="utf-8")
    results = claims(path, runs=20, draws=2, threads=2)
    text = write_claims_page(results, tmp_path / "out").read_text(encoding="utf-8")

    assert text.count("<script") == text.count("</script>") == len(re.findall(r"<script(?: [^>]*)?>", text))
    assert "<script>alert" not in text
    assert "<!--" not in text
    assert text.count("</style>") == text.count("<style") == 1
    assert "&lt;!--&lt;script&gt;alert(1)" in text
