"""Results as tables say what the results say, with the same columns and types whatever happened."""

from html.parser import HTMLParser

import pandas as pd
import pyarrow.parquet as pq
import pytest

from shadowline.errors import Code, InputError
from shadowline.futures.run import Plan, simulate
from shadowline.futures.save import EVENTS, TABLES, save_results
from shadowline.scenario.load import LIBRARY

QUIET = {"fronts.brigade>outpost.quiet_rate": "0.0000001/day"}
EVIL = "<script>alert('two & more')</script>"


@pytest.fixture(scope="module")
def results():
    """Return a few futures of the model case."""
    return simulate("iran-axis-2024", Plan(24, 24, seed=31, horizon=60, threads=2))


@pytest.fixture(scope="module")
def camps():
    """Return a few futures of the smallest scenario."""
    return simulate("two-camps", Plan(6, 1, seed=31))


@pytest.fixture(scope="module", params=["results", "camps"])
def either(request):
    """Return futures of either scenario."""
    return request.getfixturevalue(request.param)


class Shown(HTMLParser):
    """Reads HTML into the tags that it holds and the texts between them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.cells = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note a tag and whether it opens a cell."""
        del attrs
        self.tags.append(tag)
        if tag in {"td", "th", "p", "b", "li", "code"}:
            self.cells.append("")

    def handle_data(self, data):
        """Add text to the cell that was opened last."""
        if self.cells:
            self.cells[-1] += data


def test_the_table_holds_the_answers(either):
    """Each row of the table is an answer: same order, values, intervals and dates."""
    table = either.table

    assert list(table.index) == [answer.id for answer in either.answers]
    assert list(table.columns) == [
        *("asks", "kind", "unit", "value", "mc_low", "mc_high", "spread_low", "spread_high", "integrated", "early", "median", "late")
    ]
    for answer in either.answers:
        row = table.loc[answer.id]
        for name in ("asks", "kind", "unit", "value", "mc_low", "mc_high", "integrated"):
            assert row[name] == getattr(answer, name)
        for name in ("spread_low", "spread_high"):
            assert pd.isna(row[name]) if getattr(answer, name) is None else row[name] == getattr(answer, name)
        for name in ("early", "median", "late"):
            said = answer.when.get(f"{name}_date")
            assert pd.isna(row[name]) if said is None else row[name] == pd.Timestamp(said)


def test_the_dates_of_the_table_are_dates(either):
    """Dates are timestamps in order, and stand only where something can happen."""
    table = either.table
    happens = table[table["median"].notna()]

    assert all(str(table[name].dtype).startswith("datetime64") for name in ("early", "median", "late"))
    assert len(happens) > 3
    assert ((happens["early"] <= happens["median"]) & (happens["median"] <= happens["late"])).all()
    assert table.loc[table["kind"] == "count", "median"].isna().all()


@pytest.mark.parametrize("name", TABLES)
def test_a_frame_is_the_file_of_its_name(either, name, tmp_path):
    """`frame` gives what `save` writes under that name, column by column."""
    save_results(either, tmp_path / "out")
    written = pq.read_table(tmp_path / "out" / f"{name}.parquet").to_pandas()

    pd.testing.assert_frame_equal(either.frame(name), written)
    assert len(written) > 0


def test_an_unknown_frame_is_refused_with_the_nearest(camps):
    """A table that there is not is a coded error that names the nearest and all."""
    with pytest.raises(InputError) as caught:
        camps.frame("weakly")

    assert caught.value.code == Code.BAD_OPTION
    assert caught.value.nearest == "weekly"
    assert all(name in caught.value.expected for name in TABLES)


def test_events_are_the_story_in_a_table(either):
    """The events of a future have the columns of the events file and the values of the story, None as missing."""
    for run in (0, either.runs - 1):
        events, story = either.events(run), either.story(run)
        assert list(events.columns) == [name for name in EVENTS.names if name != "event"]
        assert list(events.index) == [row["event"] for row in story] == list(range(len(story)))
        for column in events.columns:
            for found, row in zip(events[column], story, strict=True):
                said = row[column]
                assert pd.isna(found) if said is None else (found == pd.Timestamp(said) if column == "date" else found == said)


def test_events_have_types_to_reckon_with(either):
    """Dates are dates, counts whole numbers, causes whole numbers that may be missing, yes or no three-valued."""
    types = either.events(0).dtypes

    assert str(types["date"]) == "datetime64[s]"
    assert str(types["cause"]) == "Int32"
    assert str(types["got_through"]) == str(types["ordered"]) == "boolean"
    assert all(types[name].kind == "i" for name in ("run", "killed", "wounded"))


@pytest.mark.parametrize("run", [-1, 6])
def test_events_of_no_run_are_refused(camps, run):
    """A run that was not played is a coded error."""
    with pytest.raises(InputError) as caught:
        camps.events(run)

    assert caught.value.code == Code.BAD_OPTION


def test_a_future_without_attacks_has_a_table_too():
    """Where hardly anything happens the events still make a table with all columns."""
    results = simulate("two-camps", Plan(1, 1, seed=2), changes=QUIET)
    events = results.events(0)

    assert len(events) == len(results.story(0))
    assert list(events.columns) == [name for name in EVENTS.names if name != "event"]


def test_the_types_of_events_do_not_hang_on_what_happened(camps):
    """Every future has the same types, so that tables of futures can be put together."""
    quiet = simulate("two-camps", Plan(1, 1, seed=2), changes=QUIET)

    assert dict(quiet.events(0).dtypes) == dict(camps.events(0).dtypes)


def test_a_notebook_shows_each_answer_in_a_row(either):
    """The table shown in a notebook has a row for each question, in words, with its answer."""
    shown = Shown(either._repr_html_())

    assert shown.tags.count("tr") == len(either.answers) + 1
    assert shown.tags.count("td") == 5 * len(either.answers)
    assert [cell for cell in shown.cells if cell.endswith("?")][-len(either.answers) :] == [answer.asks for answer in either.answers]
    assert f"{either.runs:,} futures" in shown.cells[-1]


def test_a_notebook_shows_signs_as_signs(tmp_path):
    """Titles, questions and names with <, > and & are shown as they were written and run nothing."""
    text = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")
    for old in ("Two camps", "How does the smallest shadow war unfold?", "Does red's leader die?"):
        assert old in text
        text = text.replace(old, f'"{EVIL}"')
    path = tmp_path / "evil.yaml"
    path.write_text(text, encoding="utf-8")
    page = simulate(path, Plan(2, 1, seed=1, horizon=5))._repr_html_()
    shown = Shown(page)

    assert "<script" not in page
    assert set(shown.tags) == {"p", "b", "br", "table", "thead", "tbody", "tr", "th", "td"}
    assert "".join(shown.cells).count(EVIL) == 3
