"""What the answers hang on and what the record supports stand at the numbers of their tables."""

import pandas as pd
import pytest

from shadowline.futures import findings
from shadowline.futures.support import supported
from shadowline.report import figures
from shadowline.report.svg import draw_svg

HOLD = ("assets-abroad", "attacks")


def lines_of(picture, **wanted):
    """Return the traces of a picture with those properties."""
    return [trace for trace in picture.figure.data if all(getattr(trace, name) == value for name, value in wanted.items())]


def test_what_an_answer_hangs_on_stands_at_its_values(axis, wording):
    """Open and full dots stand at the answer in the two fifths, whiskers at one standard error, the dotted line at the answer."""
    asks = {answer.id: answer.asks for answer in axis.answers}
    kinds = {answer.id: answer.kind for answer in axis.answers}
    tables = {key: findings.what_moves(axis, key) for key in HOLD}
    picture = figures.movers_figure(tables, asks, kinds, wording)
    dots = lines_of(picture, mode="markers")
    bars = lines_of(picture, mode="lines")
    for n, (key, table) in enumerate(tables.items()):
        for trace, column in zip(dots[2 * n : 2 * n + 2], ("low", "high"), strict=True):
            assert list(trace.x) == table[column].to_list()
            assert list(trace.error_x.array) == table[f"error_{column}"].to_list()
        mine = bars[n * len(table) : (n + 1) * len(table)]
        assert [list(trace.x) for trace in mine] == table[["low", "high"]].to_numpy().tolist()
        rule = picture.figure.layout.shapes[n]
        assert rule.x0 == rule.x1 == table["answer"].iloc[0]
        low, high = picture.figure.layout["xaxis" if n == 0 else f"xaxis{n + 1}"].range
        assert low <= min(table["low"].min(), table["answer"].iloc[0])
        assert high >= max(table["high"].max(), table["answer"].iloc[0])
        assert asks[key] in " ".join(note.text for note in picture.figure.layout.annotations)
    labels = picture.figure.layout.yaxis.ticktext
    assert ["<b>J</b>" in label for label in labels] == tables[HOLD[0]]["judgement"].to_list()


def moved(low, high, error=0.0):
    """Return the table of one number that moves an answer from one value to another."""
    row = {"path": "defaults.proxy.zeal", "meaning": "zeal", "judgement": True, "correlation": 0.1, "value_low": 0.0, "value_high": 1.0}
    row |= {"low": low, "high": high, "error_low": error, "error_high": 2 * error, "answer": (low + high) / 2, "stands_out": False}
    return pd.DataFrame([row])


@pytest.mark.parametrize(("low", "high", "error"), [(0, 1e-6, 0), (0.2, 0.21, 0.5), (0.99, 1, 0.01), (1e6, 1.1e6, 10), (0.3, 0.2, 0)])
def test_answers_that_move_little_or_much_can_be_drawn(low, high, error, wording, drawn):
    """Tiny, huge, certain and falling answers draw, with ticks on the axis."""
    picture = figures.movers_figure({"q": moved(low, high, error)}, {"q": "Q?"}, {"q": "count"}, wording)

    assert drawn(picture)
    assert len(picture.figure.layout.xaxis.tickvals) >= 1


@pytest.mark.parametrize("value", [0.0, 0.3, 4.0])
def test_an_answer_that_never_varies_can_be_drawn(value, wording, drawn):
    """Where an answer is the same in all draws, its panel still draws, with a tick."""
    picture = figures.movers_figure({"q": moved(value, value)}, {"q": "Q?"}, {"q": "count"}, wording)

    assert drawn(picture)
    assert len(picture.figure.layout.xaxis.tickvals) >= 1


def test_where_nothing_moves_the_picture_is_empty(wording):
    """Questions that nothing moves have no panel; without any the picture still draws."""
    picture = figures.movers_figure({"q": moved(0, 1).iloc[:0]}, {"q": "Q?"}, {"q": "count"}, wording)

    assert len(picture.figure.data) == 0
    assert len(picture.data) == 0
    assert draw_svg(picture.figure)


def test_questions_that_nothing_moves_have_no_panel(wording, drawn):
    """Of two questions one of which nothing moves, the other has the picture for itself."""
    tables = {"still": moved(0, 1).iloc[:0], "q": moved(0.2, 0.4)}
    picture = figures.movers_figure(tables, {"q": "Q?", "still": "Still?"}, {"q": "count", "still": "count"}, wording)

    assert "Still?" not in "".join(drawn(picture))
    assert list(picture.data["outcome"]) == ["q"]


def test_support_stands_at_its_ranks(axis, wording, drawn):
    """Pale bars are the prior's, dark ones the supported ranks, dots their medians, full where chance alone would not do it."""
    table = supported(axis, axis.movers).numbers
    table.loc[table.index[0], "moved"] = True
    picture = figures.support_figure(table, wording)
    pale, dark, dots = (picture.figure.data[n::3] for n in range(3))

    assert all(list(trace.x) == [0.05, 0.95] for trace in pale)
    assert [list(trace.x) for trace in dark] == table[["rank_low", "rank_high"]].to_numpy().tolist()
    assert [trace.x[0] for trace in dots] == table["rank_median"].to_list()
    assert [trace.marker.color != "#ffffff" for trace in dots] == table["moved"].to_list()
    assert drawn(picture)
