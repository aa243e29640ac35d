"""Numbers are said so that no reader is misled."""

import html
import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowline.futures.summary import Answer
from shadowline.futures.wording import (
    Quote,
    amount,
    capital,
    counted,
    day_text,
    joined,
    listed,
    marked,
    percent,
    plain,
    quotes,
    said,
    short_day,
    spoken,
    whole,
)

PERCENT = {
    0: "0 %",
    1e-5: "<0.01 %",
    0.0001: "0.01 %",
    0.00999: "1.00 %",
    0.01: "1.0 %",
    0.0999: "10.0 %",
    0.1: "10 %",
    0.9: "90 %",
    0.9001: "90 %",
    0.99: "99.0 %",
    0.9501: "95.0 %",
    0.9976: "99.8 %",
    0.9989: "99.9 %",
    0.9991: "99.91 %",
    0.9999: "99.99 %",
    0.99999: ">99.99 %",
    1: "100 %",
}
AMOUNT = {0: "0.00", 1e-5: "0.00", 0.01: "0.01", 0.0999: "0.10", 0.9: "0.90", 1: "1.00", 9.99: "9.99", 10: "10.0", 999.9: "999.9"}
AMOUNT |= {1000: "1,000", 1234567: "1,234,567"}


@pytest.mark.parametrize(("share", "text"), PERCENT.items())
def test_probabilities_at_the_borders(share, text):
    """At the borders between formats a probability is said with the digits that tell it from 0 and from certainty."""
    assert percent(share) == text


def worth(text):
    """Return the share that a percentage says."""
    return float(text.strip("<> %")) / 100


@given(st.floats(0, 1))
def test_a_probability_is_never_said_to_be_what_it_is_not(share):
    """Only 0 is said to be 0 % and only 1 to be 100 %; the rest is right to half of its last digit, or beyond the smallest said."""
    text = percent(share)

    assert (text == "0 %") == (share == 0)
    assert (text == "100 %") == (share == 1)
    if text.startswith("<"):
        assert share < worth(text)
    elif text.startswith(">"):
        assert share > worth(text)
    else:
        digits = len(text.removesuffix(" %").partition(".")[2])
        assert abs(100 * worth(text) - 100 * share) <= 0.5 * 10.0**-digits + 1e-9
        assert re.fullmatch(r"\d+(\.\d+)? %", text)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_a_larger_probability_is_never_said_to_be_smaller(shares):
    """What is said rises with the probability."""
    values = [worth(percent(share)) for share in sorted(shares)]

    assert all(one <= other for one, other in pairwise(values))


@pytest.mark.parametrize(("number", "text"), AMOUNT.items())
def test_amounts_at_the_borders(number, text):
    """Small counts have two digits after the point, larger ones one, thousands none."""
    assert amount(number) == text


@given(st.floats(0, 1e9))
def test_an_amount_is_right_to_its_last_digit(number):
    """A count is rounded, and nothing else."""
    text = amount(number).replace(",", "")
    digits = len(text.partition(".")[2])

    assert abs(float(text) - number) <= 0.5 * 10.0**-digits + 1e-6
    assert digits == (2 if number < 10 else 1 if number < 1000 else 0)


def test_parts_are_listed_as_people_list_them():
    """None, one, two and three parts."""
    assert [listed(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_pieces_of_a_sentence_are_joined_as_people_join_them():
    """None, one, two and three pieces, with their quotes kept whole and in order."""
    quote = Quote("3 %", 0.03, "outcomes.war.value")
    pieces = [("a ", quote), ("b",), ("c",)]

    assert [plain(joined(pieces[:n])) for n in range(4)] == ["", "a 3 %", "a 3 % and b", "a 3 %, b and c"]
    assert plain(joined(pieces, " or ")) == "a 3 %, b or c"
    assert quotes([joined(pieces)]) == [quote]
    assert joined(pieces[:1]) == pieces[0]


def test_quotes_come_in_their_order():
    """Quotes of several sentences stand in the order of reading."""
    first, second, third = (Quote(str(n), n, f"facts.{n}") for n in range(3))

    assert quotes([(first, " and ", second), (), ("then ", third, ".")]) == [first, second, third]


def test_a_marked_sentence_carries_its_numbers_and_runs_nothing():
    """Every quote becomes a data element with value and path; signs in text, value and path are written as signs."""
    quote = Quote("<b>5</b>", '"><script>', "events.1'\"&")
    page = marked(("a < b & ", quote, " <script>"))

    assert "<script" not in page
    assert page.startswith("a &lt; b &amp; <data value=")
    assert page.endswith("&lt;b&gt;5&lt;/b&gt;</data> &lt;script&gt;")
    assert page.count("<data ") == page.count("</data>") == 1
    assert html.unescape(re.sub(r"</?data[^>]*>", "", page)) == plain(("a < b & ", quote, " <script>"))
    assert f'data-from="{html.escape(quote.path)}"' in page


@pytest.mark.parametrize("day", [date(2024, 2, 2), "2024-02-02"])
def test_days_are_said_without_zeros(day):
    """A date, or its text, is said by day, month and year."""
    assert day_text(day) == "2 February 2024"
    assert short_day(day) == "2 Feb 2024"


def test_leap_days_and_year_ends_are_said():
    """The last days of years and of February are said like others."""
    assert [day_text(day) for day in ("2024-02-29", "2023-12-31", "2024-01-01")] == [
        "29 February 2024",
        "31 December 2023",
        "1 January 2024",
    ]


def test_whole_numbers_part_their_thousands():
    """Whole numbers part their thousands; one of a thing is not many."""
    assert [whole(number) for number in (0, 999, 1000, 1234567)] == ["0", "999", "1,000", "1,234,567"]
    assert [counted(number, "attack") for number in (0, 1, 2, 1200)] == ["0 attacks", "1 attack", "2 attacks", "1,200 attacks"]
    assert [counted(number, "proxy", "proxies") for number in (1, 3)] == ["1 proxy", "3 proxies"]


def test_capitals_and_ids():
    """A capital leaves the rest as it is; an id is spoken in words."""
    assert [capital(text) for text in ("", "a", "the US", "éa")] == ["", "A", "The US", "Éa"]
    assert spoken("no-american-soldier") == "no american soldier"


def answer(kind, value, spread):
    """Return an answer with a value and a spread."""
    return Answer("q", "Q?", kind, "a week", value, value / 2, value, spread, spread, integrated=False, when={})


def test_answers_are_said_in_their_own_kind():
    """A chance is a percentage, a count has its unit; a spread that chance hides is said not to be resolved."""
    assert said(answer("probability", 0.25, 0.5)) == ("25 %", "12 % – 25 %", "50 % – 50 %")
    assert said(answer("count", 12.0, None)) == ("12.0 a week", "6.00 – 12.0", "not resolved")
    assert said(answer("probability", 0.0, 0.0)) == ("0 %", "0 % – 0 %", "0 % – 0 %")
