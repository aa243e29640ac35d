"""What moves an answer can be worked out again from the saved tables of draws and runs."""

import math
from pathlib import Path
from statistics import stdev

import pytest

from shadowline.futures import findings
from shadowline.futures.influence import Mover, stands_out

TWO_PATRONS = Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml"
ROUNDING = 1e-9
STRIKES_SOON = {"actors.blue.blame_needed.mean": "0.02", "actors.blue.answers.appeal.patron-soil": "9"}


def by_draw(results, outcome):
    """Return the answer to one question under each draw, from the runs of the results folder, and what correlations are taken of."""
    runs = results.frame("runs")
    runs = runs[runs["outcome"] == outcome]
    words = results.scenario.document.outcomes[outcome]
    if words.count is None:
        answer = ranked = runs["chance"]
    else:
        ranked = runs["count"]
        per = {"horizon": None, "week": 7, "day": 1}[words.count.per]
        at_risk = runs["days_at_risk"].clip(lower=1) if words.count.attacks is not None else results.model.days
        answer = runs["count"] if per is None else runs["count"] / at_risk * per
    return answer.groupby(runs["draw"]).mean(), ranked.groupby(runs["draw"]).mean()


@pytest.mark.parametrize("outcome", ["assets-abroad", "patron-soil", "attacks", "lines-crossed", "attacks-at-sea"])
def test_what_moves_an_answer_is_what_the_saved_tables_say(axis, outcome):
    """Correlations, fifths and errors can be recomputed from the tables of draws and runs; like values keep the order of their draws."""
    draws = axis.frame("draws").set_index("draw")
    answer, ranked = by_draw(axis, outcome)
    table = findings.what_moves(axis, outcome, most=7)
    correlations = draws.rank(method="first").corrwith(ranked.rank(method="first"))
    strongest = correlations.abs().sort_values(ascending=False)
    fifth = len(draws) // 5

    assert list(table["path"]) == list(strongest.index[:7])
    assert len(table) == 7
    for row in table.itertuples():
        order = draws[row.path].sort_values(kind="stable").index
        small, large = order[:fifth], order[-fifth:]
        assert row.correlation == pytest.approx(correlations[row.path])
        assert row.value_low == pytest.approx(draws.loc[small, row.path].mean())
        assert row.value_high == pytest.approx(draws.loc[large, row.path].mean())
        assert row.low == pytest.approx(answer[small].mean())
        assert row.high == pytest.approx(answer[large].mean())
        for error, part in ((row.error_low, small), (row.error_high, large)):
            assert error == pytest.approx(stdev(answer[part]) / math.sqrt(fifth))
        assert row.stands_out == (abs(correlations[row.path]) > 4 / math.sqrt(len(draws)))
        assert row.answer == pytest.approx(min(1.0, answer.mean()) if outcome in {"assets-abroad", "patron-soil"} else answer.mean())


def test_five_numbers_are_shown_unless_more_are_asked_for(axis):
    """Without a number of rows there are the five strongest."""
    table = findings.what_moves(axis, "attacks")

    assert len(table) == 5
    assert table.equals(findings.what_moves(axis, "attacks", most=9).iloc[:5])


def test_a_number_stands_out_beyond_what_chance_gives():
    """With a hundred draws a correlation stands out beyond 0.4, with four hundred beyond 0.2, in either direction."""
    for draws, edge in ((100, 0.4), (400, 0.2)):
        for sign in (1, -1):
            below, above = (Mover("a.b", "m", judgement=True, outcome="q", correlation=sign * (edge + step)) for step in (-0.01, 0.01))
            assert not stands_out(below, draws)
            assert stands_out(above, draws)


def test_what_moves_says_which_numbers_are_judgement(axis):
    """Meaning and judgement are those of the number of that path."""
    slots = {slot.path: slot for slot in axis.model.slots}

    for row in findings.what_moves(axis, "attacks", most=20).itertuples():
        assert (row.meaning, row.judgement) == (slots[row.path].meaning, slots[row.path].judgement)


def test_where_every_number_is_certain_nothing_moves_the_answer(camps):
    """A scenario of certain numbers has no such table, but its columns."""
    table = findings.what_moves(camps, "attacks")

    assert len(table) == 0
    assert list(table.columns) == list(findings.what_moves(camps, "war").columns)
