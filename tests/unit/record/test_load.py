import csv
from datetime import date

import pytest

from shadowline.errors import Code, InputError, InputErrors
from shadowline.record.load import load_record, shipped_records

SOURCE = {"source_title": "A page", "source_outlet": "A paper", "source_url": "https://example.org"}
EVENT = {
    "id": "raid",
    "form": "event",
    "kind": "attack",
    "what": "A raid",
    "start": "2024-01-01",
    "end": "2024-01-01",
    "known_on": "2024-01-02",
    "known_from": "next-day",
    **SOURCE,
}
TOTAL = {
    **EVENT,
    "id": "raids-1",
    "form": "total",
    "end": "2024-01-10",
    "known_on": "2024-01-11",
    "series": "raids",
    "definition": "all raids",
    "value": "7",
    "unit": "raids",
}


def written(path, *rows):
    """Write rows as a CSV table and return its path."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, columns, restval="")
        table.writeheader()
        table.writerows(rows)
    return path


def fault_of(tmp_path, *rows):
    """Return the one fault for which a table of these rows is refused."""
    with pytest.raises(InputError) as caught:
        load_record(written(tmp_path / "record.csv", *rows))
    return caught.value


def test_a_row_comes_back_as_it_was_written(tmp_path):
    """Every cell of a valid row is read into its type, lists of ids as tuples."""
    row = {**EVENT, "actor": "a;b", "soldiers_killed": "3", "wounded_low": "1", "wounded": "2", "wounded_high": "4"}
    (event,) = load_record(written(tmp_path / "record.csv", row)).events
    assert event.actor == ("a", "b")
    assert (event.soldiers_killed, event.killed) == (3, 3)
    assert (event.wounded_low, event.wounded, event.wounded_high) == (1, 2, 4)
    assert event.contractors_killed is None


def test_a_folder_is_one_table(tmp_path):
    """The CSV files of a folder are read together, and may refer to each other."""
    written(tmp_path / "a.csv", EVENT)
    written(tmp_path / "b.csv", {**EVENT, "id": "reply", "start": "2024-01-03", "end": "2024-01-03",
                                 "known_on": "2024-01-03", "answers": "raid"})  # fmt: skip
    assert [event.id for event in load_record(tmp_path).events] == ["raid", "reply"]


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({"start": "2024-13-01"}, Code.BAD_DATE, "start"),
        ({"start": "2024-W01-1"}, Code.BAD_DATE, "start"),
        ({"wounded": "9" * 5000}, Code.BAD_RECORD, "wounded"),
        ({"kind": "atack"}, Code.UNKNOWN_CHOICE, "kind"),
        ({"id": "A raid"}, Code.BAD_ID, "id"),
        ({"actor": "Iran"}, Code.BAD_ID, "actor"),
        ({"soldiers_killed": "three"}, Code.BAD_RECORD, "soldiers_killed"),
        ({"soldiers_killed": "-1"}, Code.BAD_RECORD, "soldiers_killed"),
        ({"value": "nan"}, Code.OUT_OF_RANGE, "value"),
        ({"rung": "6"}, Code.OUT_OF_RANGE, "rung"),
        ({"source_title": ""}, Code.BAD_RECORD, "source_title"),
        ({"source_date": "Jan 2024"}, Code.BAD_DATE, "source_date"),
        ({"source_date": "2024-02-30"}, Code.BAD_DATE, "source_date"),
        ({"end": "2024-01-02"}, Code.BAD_RECORD, "end"),
        ({"known_on": "2023-12-31"}, Code.BAD_RECORD, "known_on"),
        ({"wounded_low": "5", "wounded": "2"}, Code.BAD_RECORD, "wounded"),
        ({"wounded_high": "5"}, Code.BAD_RECORD, "wounded"),
        ({"rung": "1"}, Code.BAD_RECORD, "rung"),
        ({"act": "suspend"}, Code.BAD_RECORD, "act"),
        ({"answers": "rait"}, Code.UNKNOWN_REFERENCE, "answers"),
        ({"counted_in": "raids"}, Code.UNKNOWN_REFERENCE, "counted_in"),
    ],
)
def test_a_bad_cell_is_named_by_file_line_and_column(tmp_path, changed, code, column):
    """A cell that cannot be right is reported with its code, file, line and column."""
    fault = fault_of(tmp_path, {**EVENT, "id": "first"}, {**EVENT, **changed})
    assert fault.code == code
    assert fault.where.file.endswith("record.csv")
    assert (fault.where.line, fault.where.field) == (3, column)


def test_the_nearest_word_is_offered(tmp_path):
    """A misspelt kind is answered with the kind that was meant."""
    assert fault_of(tmp_path, {**EVENT, "kind": "atack"}).nearest == "attack"


def test_a_line_is_counted_where_a_row_begins(tmp_path):
    """A cell with line breaks does not shift the line numbers of the rows after it."""
    fault = fault_of(tmp_path, {**EVENT, "note": "one\ntwo\nthree"}, {**EVENT, "id": "b", "start": "?"})
    assert fault.where.line == 5


def test_strange_line_signs_stay_inside_their_cell(tmp_path):
    """Signs that some programs take for line ends do not cut a row."""
    record = load_record(written(tmp_path / "record.csv", {**EVENT, "note": "one\u2028two\x0bthree"}))
    assert record.events[0].note == "one\u2028two\x0bthree"


def test_all_faults_are_reported_at_once(tmp_path):
    """Faults in several rows come in one error, in the order of their lines."""
    rows = [{**EVENT, "id": "a", "start": "?"}, {**EVENT, "id": "b", "value": "x"}]
    with pytest.raises(InputErrors) as caught:
        load_record(written(tmp_path / "record.csv", *rows))
    assert [fault.where.line for fault in caught.value.errors] == [2, 3]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"known_on": "2024-01-02"}, Code.DUPLICATE_ID),
        ({"known_on": "2024-01-03", "kind": "death"}, Code.BAD_RECORD),
    ],
)
def test_an_id_stands_for_one_event(tmp_path, changed, code):
    """Rows of one id differ in the day on which they were known and agree in kind."""
    assert fault_of(tmp_path, EVENT, {**EVENT, **changed}).code == code


def test_an_answer_does_not_precede_its_trigger(tmp_path):
    """An event cannot answer one that came later."""
    later = {**EVENT, "id": "later", "start": "2024-02-01", "end": "2024-02-01", "known_on": "2024-02-01"}
    assert fault_of(tmp_path, {**EVENT, "answers": "later"}, later).code == Code.DATES_OUT_OF_ORDER


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"definition": "some raids", "end": "2024-01-20"}, "defines the series otherwise"),
        ({"start": "2024-01-05", "end": "2024-01-20"}, "overlaps"),
        ({"end": "2024-01-20", "value": "6"}, "falls from 7"),
        ({"territory": "iraq", "value": "6"}, "add up to 6, not 7"),
        ({"series": ""}, "belongs to a series"),
        ({"definition": ""}, "what it counts"),
        ({"unit": ""}, "has a unit"),
        ({"value": ""}, "has a value"),
    ],
)
def test_a_series_agrees_with_itself(tmp_path, changed, says):
    """Totals that overlap, fall, do not add up or change their definition are refused."""
    second = {**TOTAL, "id": "raids-2", "known_on": "2024-01-21", **changed}
    assert says in str(fault_of(tmp_path, TOTAL, second))


def test_unknown_and_missing_columns_are_named(tmp_path):
    """A misspelt column is reported with the nearest name, and so is the column that is missing for it."""
    row = {column: cell for column, cell in EVENT.items() if column != "known_on"}
    with pytest.raises(InputErrors) as caught:
        load_record(written(tmp_path / "record.csv", {**row, "knwon_on": "2024-01-02"}))
    assert {(fault.code, fault.nearest) for fault in caught.value.errors} == {
        (Code.UNKNOWN_KEY, "known_on"),
        (Code.MISSING_KEY, None),
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.EMPTY_FILE),
        (b"\xff\xfe\x00", Code.NOT_TEXT),
        (b"<html><body>not found</body></html>", None),
        (b'id,form\n"open', Code.MISSING_KEY),
        (b"id,form,form\n", None),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, code):
    """Empty, binary and foreign files end in a coded error."""
    path = tmp_path / "record.csv"
    path.write_bytes(content)
    with pytest.raises((InputError, InputErrors)) as caught:
        load_record(path)
    faults = getattr(caught.value, "errors", (caught.value,))
    assert code is None or code in {fault.code for fault in faults}


def test_an_open_quote_is_a_fault_of_the_table(tmp_path):
    """A quote that is never closed is reported as a bad table, not as a traceback."""
    path = written(tmp_path / "record.csv", EVENT)
    path.write_text(path.read_text() + '"open', encoding="utf-8")
    with pytest.raises(InputError, match="not a CSV table"):
        load_record(path)


def test_a_short_line_is_refused(tmp_path):
    """A line with fewer cells than columns is reported with its line."""
    path = written(tmp_path / "record.csv", EVENT)
    path.write_text(path.read_text() + "raid,event\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"record\.csv:3: 2 cells under"):
        load_record(path)


def test_an_unknown_record_offers_the_nearest(tmp_path):
    """A name that is neither shipped nor a path is refused with the nearest shipped name."""
    with pytest.raises(InputError) as caught:
        load_record("us-iran-shadow-wars")
    assert (caught.value.code, caught.value.nearest) == (Code.UNKNOWN_RECORD, "us-iran-shadow-war")
    with pytest.raises(InputError, match="no CSV file"):
        load_record(tmp_path)


def test_shipped_records_are_listed():
    """The names of the shipped records are found in the library."""
    assert "us-iran-shadow-war" in shipped_records()


def test_the_last_telling_counts_and_known_by_takes_it_back(tmp_path):
    """An event stands once, as last told; the record as it stood earlier tells it as it was told then."""
    retold = {**EVENT, "known_on": "2024-01-09", "wounded": "9"}
    record = load_record(written(tmp_path / "record.csv", retold, {**EVENT, "wounded": "2"}))
    assert [event.wounded for event in record.events] == [9]
    assert [event.wounded for event in record.revisions("raid")] == [2, 9]
    assert [event.wounded for event in record.known_by(date(2024, 1, 8)).events] == [2]
    assert record.known_by(date(2024, 1, 1)).events == ()


def test_rows_are_chosen_by_words_and_days(tmp_path):
    """Selection matches single words and members of lists, and windows include both ends."""
    other = {**EVENT, "id": "other", "actor": "x;y", "start": "2024-02-01", "end": "2024-02-01",
             "known_on": "2024-02-01"}  # fmt: skip
    record = load_record(written(tmp_path / "record.csv", EVENT, other))
    assert [event.id for event in record.select(actor="y").events] == ["other"]
    assert [event.id for event in record.between(date(2024, 1, 1), date(2024, 1, 31)).events] == ["raid"]
    assert record.select(kind="strike").events == ()
    assert [event.id for event in record.attacks(date(2024, 1, 1), date(2024, 2, 1), actor="x")] == ["other"]


def test_increments_of_an_unknown_series_are_an_error(tmp_path):
    """A series that the record does not have is refused with the nearest one, rather than counted as nothing."""
    record = load_record(written(tmp_path / "record.csv", TOTAL))
    with pytest.raises(InputError) as caught:
        record.increments("raid", date(2024, 1, 1), date(2024, 1, 31))
    assert caught.value.nearest == "raids"
