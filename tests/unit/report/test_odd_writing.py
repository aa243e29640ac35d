"""The pieces of the document: plain text, numbers, tables, rules in words, units, the page."""

from __future__ import annotations

import re

import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.parameters import State
from shadowline.report.odd.entities import state_unit
from shadowline.report.odd.numbers import number_text
from shadowline.report.odd.page import html_page
from shadowline.report.odd.writing import amount, counted, listed, plain, sentence, span, table
from shadowline.scenario.numbers import read_number
from shadowline.units import Dimension


def test_plain_text_stays_plain() -> None:
    """What Markdown would read as its own is escaped, and line breaks become spaces."""
    assert plain("a*b |\n[c] <d> `e`") == "a\\*b \\| \\[c\\] \\<d> \\`e\\`"


def test_escaped_text_shows_as_written() -> None:
    """Escaped text in a table cell comes out of the renderer as it was written, and HTML in it is not interpreted."""
    page = html_page(table(("head",), [(plain("<b>x|y</b> *z*"),)]), "A & B")
    assert "<td>&lt;b&gt;x|y&lt;/b&gt; *z*</td>" in page
    assert "<title>A &amp; B</title>" in page


def test_a_path_breaks_at_its_dots() -> None:
    """A path in a narrow column may break after dots, underscores and arrows; code elsewhere stays as it is."""
    page = html_page("`a.b`\n\n" + table(("head",), [("`ties.P>Q.pays_now`",)]), "")
    assert "<td><code>ties.<wbr>P&gt;<wbr>Q.<wbr>pays_<wbr>now</code></td>" in page
    assert "<p><code>a.b</code></p>" in page


def test_a_page_without_parts_has_no_contents() -> None:
    """A page without headings below its title has no table of contents; one with them has it right after the title, nested."""
    assert "<nav" not in html_page("# a\n\nwords", "")
    page = html_page("# a\n\n## b & c\n\n### d\n\n### e\n\n## f", "")
    expected = (
        '<ul><li><a href="#part-1">b &amp; c</a><ul><li><a href="#part-2">d</a></li><li><a href="#part-3">e</a></li></ul></li>'
        '<li><a href="#part-4">f</a></li></ul></nav>'
    )
    assert re.search(rf'</h1>\n<nav aria-label="Contents">{re.escape(expected)}', page)
    assert '<h3 id="part-3">e</h3>' in page


def test_amounts_are_short() -> None:
    """Numbers have four digits at most, large ones commas, and spans one number where both ends are the same."""
    assert [amount(0.123456), amount(1234567), amount(30.0), amount(0.00066, 1)] == ["0.1235", "1,235,000", "30", "0.0007"]
    assert [span(1, 2), span(0.5, 0.5)] == ["1 to 2", "0.5"]


def test_words_are_put_together_as_people_do() -> None:
    """Counts, lists and sentences read as English."""
    assert [counted(0, "body", "bodies"), counted(1, "row"), counted(1200, "row")] == ["no body", "1 row", "1,200 rows"]
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert sentence("they meet") == sentence("They meet.") == "They meet."


def test_an_empty_table_is_a_sentence() -> None:
    """A table without rows says so instead of standing there empty."""
    assert table(("a", "b"), []) == "This scenario declares none."


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("0.02/day", "0.02"),
        ({"low": "0.1/day", "mode": "0.2/day", "high": "0.4/day"}, "0.2 (0.1 to 0.4)"),
        ({"low": "1/day", "mode": "1/day", "high": "1/day"}, "1"),
        ({"low": "0.1/day", "high": "0.4/day"}, "0.1 to 0.4, evenly"),
        ({"distribution": "gamma", "mean": "3/day", "spread": "2/day"}, "3 ± 2 (gamma)"),
        ({"distribution": "lognormal", "median": "8/day", "factor": 1.5}, "8 within a factor of 1.5 (lognormal)"),
        ({"total": 83, "over": "797d"}, "solved for 83 in 797 days"),
        ({"total": 83, "over": "797d", "times": 0.2}, "solved for 83 in 797 days × 0.2"),
    ],
)
def test_a_number_is_shown_by_its_form(raw: object, text: str) -> None:
    """Values, ranges, distributions and totals are each shown in a form of their own."""
    assert number_text(read_number(raw, Dimension.RATE)) == text


@pytest.mark.parametrize(
    ("meaning", "unit"),
    [
        ("1 if the ruler was killed today", "yes or no"),
        ("day of the latest crossing", "date"),
        ("that day", "date"),
        ("number of the event it answers", "event"),
        ("number of the attack on its front today", "count"),
        ("days until a successor rules", "days"),
        ("mean days from a decision on a rare rung to the strike", "days"),
        ("largest posterior in 14 days, 0..1", "share"),
        ("decayed attacks a day", "attacks a day"),
        ("order that has reached the proxies", "order, 0 to 1.5"),
        ("own dead, decayed", "persons"),
        ("multiplier on quiet rates today", "number"),
    ],
)
def test_the_unit_of_a_state_is_read_off_its_meaning(meaning: str, unit: str) -> None:
    """A state's unit follows from the words that say what it is."""
    assert state_unit(State("fronts", "x", meaning)) == unit


def test_few_states_are_plain_numbers() -> None:
    """Nearly every state of the model has a unit that says more than "number"."""
    states = the_catalogue().states
    assert sum(state_unit(state).startswith("number") for state in states) < len(states) / 10
