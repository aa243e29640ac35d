from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shadowline.record.schema import Event
from shadowline.record.totals import Increment, increments, less_dated

FIRST = date(2024, 1, 1)


def day(number):
    """Return a day by its distance from the first."""
    return FIRST + timedelta(days=number)


def row(end, value, *, start=0, territory=(), form="total"):
    """Return a row of the series from one day to another."""
    return Event(
        id=f"raids-{end}", form=form, kind="attack", what="raids", start=day(start), end=day(end), known_on=day(end),
        known_from="public", source_title="t", source_outlet="o", source_url="u", series="raids", definition="raids",
        value=value, unit="raids", territory=territory,
    )  # fmt: skip


def test_running_totals_become_increments():
    """The first total stands for the days from its start, each later one for the days after the one before it."""
    assert increments([row(9, 12), row(4, 5)]) == [
        Increment(day(0), day(4), None, 5),
        Increment(day(5), day(9), None, 7),
    ]


def test_a_split_needs_both_ends():
    """Territories are told apart only where both neighbouring totals have a split."""
    split = [row(4, 3, territory=("iraq",)), row(4, 2, territory=("syria",))]
    whole = [row(9, 12)]
    later = [row(12, 20), row(12, 12, territory=("iraq",)), row(12, 7, territory=("syria",)),
             row(12, 1, territory=("jordan",))]  # fmt: skip
    last = [row(13, 22), row(13, 14, territory=("iraq",)), row(13, 7, territory=("syria",)),
            row(13, 1, territory=("jordan",))]  # fmt: skip
    found = [(step.territory, step.added) for step in increments([*split, row(4, 5), *whole, *later, *last])]
    assert found == [("iraq", 3), ("syria", 2), (None, 7), (None, 8), ("iraq", 2), ("jordan", 0), ("syria", 0)]


def test_a_split_that_is_taken_back_is_not_used():
    """Where a territory's running total falls, the increment is given without a split."""
    rows = [row(4, 5), row(4, 3, territory=("iraq",)), row(4, 2, territory=("syria",)),
            row(9, 6), row(9, 2, territory=("iraq",)), row(9, 4, territory=("syria",))]  # fmt: skip
    assert increments(rows)[2:] == [Increment(day(5), day(9), None, 1)]


def test_separate_intervals_stay_as_they_are():
    """Totals that do not begin on one day are counts of their own intervals."""
    assert [step.added for step in increments([row(4, 5), row(9, 3, start=5)])] == [5, 3]


def test_dated_events_are_taken_off_where_they_fell():
    """A dated event leaves its own territory's increment, or the largest if it has none; nothing falls below 0."""
    steps = [
        Increment(day(0), day(4), "iraq", 5),
        Increment(day(0), day(4), "syria", 1),
        Increment(day(5), day(9), None, 0),
    ]
    dated = [row(2, 0, start=2, territory=("syria",), form="event"), row(3, 0, start=3, form="event"),
             row(6, 0, start=6, form="event")]  # fmt: skip
    assert [step.added for step in less_dated(steps, dated)] == [4, 0, 0]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_increments_add_up_and_do_not_overlap(added):
    """Whatever the running totals, their increments add up to the last one and cover each day once."""
    sums = [sum(added[: k + 1]) for k in range(len(added))]
    steps = increments([row(3 * k, total) for k, total in enumerate(sums)])
    assert sum(step.added for step in steps) == sums[-1]
    assert steps[0].start == FIRST
    assert all(after.start == before.end + timedelta(days=1) for before, after in pairwise(steps))
