"""Ticks are few and round, and texts stand in a figure as they were written."""

import html
import math
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowline.report.figures.style import broken, month_ticks, nice_ticks, safe, share, ticks_between


@given(st.text(max_size=300), st.integers(5, 60))
def test_broken_text_is_short_and_shows_what_it_says(text, width):
    """A text broken into lines has at most three of them, of that width, holds no markup but the breaks, and begins as the text does."""
    lines = broken(text, width).split("<br>")
    shown = [html.unescape(line) for line in lines]

    assert len(lines) <= 3
    assert all(len(line) <= width for line in shown)
    assert not any("<" in line or ">" in line for line in lines)
    assert "".join(text.split()).startswith("".join("".join(shown).removesuffix("…").split()))


@given(st.text(max_size=80))
def test_a_safe_text_reads_as_it_was_written(text):
    """Nothing of a text is taken for markup, and nothing of it is lost."""
    assert not set("<>") & set(safe(text))
    assert html.unescape(safe(text)) == text


@given(st.floats(1e-6, 1e9), st.integers(2, 10))
def test_nice_ticks_are_round_few_and_cover(high, most):
    """Ticks rise from 0 in even round steps to the value or just above it, and are few."""
    ticks = nice_ticks(high, most)
    step = ticks[1] - ticks[0]
    mantissa = step / 10.0 ** math.floor(math.log10(step) + 1e-6)

    assert ticks[0] == 0
    assert 2 <= len(ticks) <= most + 1
    assert np.diff(ticks) == pytest.approx(step, rel=1e-5)
    assert min(abs(mantissa - nice) for nice in (1, 2, 2.5, 5, 10)) < 1e-4
    assert high * (1 - 1e-6) <= ticks[-1] < high + step * (1 + 1e-6)


@given(st.floats(-1e3, 0))
def test_nothing_to_show_has_ticks_too(high):
    """Where there is nothing above 0 the ticks are 0 and 1."""
    assert nice_ticks(high) == [0, 1]


@given(st.floats(0, 1), st.floats(1e-5, 1e6), st.integers(2, 8))
def test_ticks_between_lie_between_and_are_few(part, high, most):
    """Ticks between two values are even, rising and few, and leave no more than a step free at either end."""
    low = part * 0.999 * high
    ticks = ticks_between(low, high, most)
    start = 0.0 if low <= 0.35 * high else low

    assert 1 <= len(ticks) <= most + 1
    assert start * (1 - 1e-6) - 1e-9 <= ticks[0]
    assert ticks[-1] <= high * 1.0002
    if len(ticks) > 2:
        step = ticks[1] - ticks[0]
        assert np.diff(ticks) == pytest.approx(step, rel=1e-3)
        assert step > 0
        assert ticks[0] - start <= step * 1.001
        assert high - ticks[-1] <= step * 1.001


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(0, 3660))
def test_month_ticks_are_dates_between_few_and_rising(first, days):
    """Ticks of a span of days are rising dates within it, at most twelve, the first with its year unless the span is within a month."""
    last = first + timedelta(days=days)
    dates, texts = month_ticks(first, last)
    found = [date.fromisoformat(day) for day in dates]

    assert 1 <= len(found) == len(texts) <= 12
    assert first <= found[0]
    assert found[-1] <= last
    assert all(one < other for one, other in pairwise(found))
    if any(day.day != 1 for day in found):
        assert days < 62
    else:
        assert str(found[0].year) in texts[0]
        gaps = {(other.year - one.year) * 12 + other.month - one.month for one, other in pairwise(found)}
        assert len(gaps) <= 1
        assert all(day.strftime("%b") in text for day, text in zip(found, texts, strict=True))


def test_shares_at_ticks_are_said_in_per_cent():
    """Ticks of shares are said with no more digits than they have."""
    assert [share(value) for value in (0, 0.001, 0.05, 0.25, 1)] == ["0 %", "0.1 %", "5 %", "25 %", "100 %"]
