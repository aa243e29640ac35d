"""A scenario's file becomes plain data with lines, or one clear error."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowline.errors import Code, InputError, Where
from shadowline.scenario.source import dotted, read_source, read_value

SMALL = """\
# a comment
as_of: 2024-01-30
actors:
  iran: {role: patron, zeal: 0.7}
ties:
  - {from: iran, to: kataib-hezbollah}
  - from: iraq
    to: kataib-hezbollah
"""


@pytest.fixture
def write(tmp_path):
    """Return a function that writes text or bytes to a file and returns its path."""

    def written(content, name="case.yaml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def refusal(path):
    """Return the error with which reading `path` is refused."""
    with pytest.raises(InputError) as caught:
        read_source(path)
    assert caught.value.where.file == str(path)
    return caught.value


def test_every_key_and_item_knows_its_line(write):
    """Each key and each item of a list is found on the line where it stands, the first line being 1."""
    source = read_source(write(SMALL))

    assert source.positions == {
        (): 2,
        ("as_of",): 2,
        ("actors",): 3,
        ("actors", "iran"): 4,
        ("actors", "iran", "role"): 4,
        ("actors", "iran", "zeal"): 4,
        ("ties",): 5,
        ("ties", 0): 6,
        ("ties", 0, "from"): 6,
        ("ties", 0, "to"): 6,
        ("ties", 1): 7,
        ("ties", 1, "from"): 7,
        ("ties", 1, "to"): 8,
    }


def test_a_missing_part_is_placed_at_what_holds_it(write):
    """The place of a part that the file lacks is the line of the nearest part above it."""
    path = write(SMALL)

    assert read_source(path).where(("ties", 1, "pays", "low")) == Where(str(path), 7, "ties.1.pays.low")
    assert read_source(path).where(()) == Where(str(path), 2, None)


def test_text_and_hash_are_those_of_the_file(write):
    """The source keeps the text and the SHA-256 of the bytes it was read from."""
    source = read_source(write(SMALL))

    assert source.text == SMALL
    assert source.sha256 == hashlib.sha256(SMALL.encode()).hexdigest()
    assert source.data["as_of"] == date(2024, 1, 30)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1e3", 1000.0),
        ("1.5E-2", 0.015),
        ("+0.3", 0.3),
        (".5", 0.5),
        ("-3", -3),
        ("0", 0),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("2024-01-30", date(2024, 1, 30)),
        ("yes", "yes"),
        ("off", "off"),
        ("1_000", "1_000"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("12:30:45", "12:30:45"),
        (".nan", ".nan"),
        ("93%", "93%"),
        ("0.02/day", "0.02/day"),
        ("'1'", "1"),
        ("[1, a]", [1, "a"]),
        ("{low: 1, high: 2}", {"low": 1, "high": 2}),
    ],
)
def test_values_are_what_a_reader_takes_them_for(written, value):
    """Numbers, dates and true or false are read as such; everything else that is not quoted is text."""
    result = read_value(written)

    assert result == value
    assert type(result) is type(value)


def test_on_and_no_are_ordinary_keys(write):
    """The keys on and no are text, as the dates of shocks need them."""
    assert read_source(write("on: 2023-10-17\nno: 3\n")).data == {"on": date(2023, 10, 17), "no": 3}


def test_a_byte_order_mark_is_tolerated(write):
    """A file saved with a byte-order mark reads like one without."""
    assert read_source(write(b"\xef\xbb\xbfid: x\n")).data == {"id": "x"}


def test_an_alias_repeats_its_anchor(write):
    """A part may be written once and used twice; both uses are separate data."""
    data = read_source(write("a: &part {b: 1}\nc: *part\n")).data

    assert data == {"a": {"b": 1}, "c": {"b": 1}}
    assert data["a"] is not data["c"]


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 12)
)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("", Code.EMPTY_FILE, None),
        ("# only a comment\n", Code.EMPTY_FILE, None),
        ("---\n", Code.EMPTY_FILE, None),
        ("- a\n- b\n", Code.NOT_A_MAPPING, None),
        ("just words\n", Code.NOT_A_MAPPING, None),
        (b"\x7fELF\x00\x01\x02", Code.NOT_TEXT, None),
        (b"id: x\ntitle: \xff\xfe\n", Code.NOT_TEXT, 2),
        ("id: x".encode("utf-16"), Code.NOT_TEXT, 1),
        ("id: x\ntitle: \x07\n", Code.NOT_TEXT, 2),
        ("id: x\nactors: [a, b\nties: c\n", Code.BAD_YAML, 3),
        ("id: x\nactors:\n\tiran: y\n", Code.BAD_YAML, 3),
        ("id: 'x\n", Code.BAD_YAML, 2),
        ("id: x\n---\nid: y\n", Code.BAD_YAML, 2),
        ("id: *nowhere\n", Code.BAD_YAML, 1),
        ("id: x\nrun: !!python/object/apply:os.system [ls]\n", Code.BAD_YAML, 2),
        ("id: x\nrun: !mine 3\n", Code.BAD_YAML, 2),
        ("id: x\n2024: y\n", Code.BAD_KEY, 2),
        ("id: x\ntrue: y\n", Code.BAD_KEY, 2),
        ("id: x\n2024-01-30: y\n", Code.BAD_KEY, 2),
        ("id: x\n? [a, b]\n: y\n", Code.BAD_KEY, 2),
        ("id: x\n~: y\n", Code.BAD_KEY, 2),
        ("actors:\n  iran: 1\n  iraq: 2\n  iran: 3\n", Code.DUPLICATE_ID, 4),
        ("id: x\nas_of: 2024-02-30\n", Code.BAD_DATE, 2),
        ("id: x\nzeal: 1e999\n", Code.OUT_OF_RANGE, 2),
        ("id: x\nzeal: " + "9" * 5000, Code.WRONG_TYPE, 2),
        ("id: x\ndeep: " + "[" * 500_000, Code.YAML_TOO_LARGE, 2),
        ("a: &a\n  b: *a\n", Code.YAML_TOO_LARGE, 1),
        (BOMB, Code.YAML_TOO_LARGE, 1),
        (b"a: 1\n" * 500_000, Code.YAML_TOO_LARGE, None),
    ],
    ids=lambda value: value.name if isinstance(value, Code) else "",
)
def test_what_is_no_scenario_is_refused_with_code_and_line(write, content, code, line):
    """A file that is empty, binary, broken, repeated, endless or of another shape is one error with code and line."""
    error = refusal(write(content))

    assert (error.code, error.where.line) == (code, line)


def test_a_repeated_key_names_both_lines(write):
    """A key given twice is refused with the lines of both, so that neither is lost silently."""
    error = refusal(write("actors:\n  iran: 1\n  iraq: 2\n  iran: 3\n"))

    assert str(error).endswith('case.yaml:4: actors.iran: key "iran" is given twice, first on line 2 [SL109]')


def test_a_missing_file_names_the_one_beside_it(write):
    """A misspelt file name gets the nearest one in the same folder."""
    error = refusal(write("id: x\n", "iran-axis.yaml").with_name("iran-axs.yaml"))

    assert (error.code, error.nearest) == (Code.MISSING_FILE, "iran-axis.yaml")


def test_a_folder_is_no_scenario(tmp_path):
    """A folder in place of a file is refused as such."""
    assert refusal(tmp_path).code is Code.IS_A_DIRECTORY


def test_a_path_that_cannot_be_opened_is_refused(write):
    """A path below a file, or one that no system can have, is a coded error."""
    assert refusal(write("id: x\n") / "below.yaml").code is Code.CANNOT_READ
    assert refusal(Path("a\0b")).code is Code.CANNOT_READ


def test_the_whole_file_has_no_field():
    """The path of the whole file is no field, any other is dotted."""
    assert dotted(()) is None
    assert dotted(("actors", "iran", 0)) == "actors.iran.0"


@given(st.text())
def test_no_text_escapes_as_anything_but_data_or_a_coded_error(text):
    """Whatever is written, reading gives data or a coded error, never another exception."""
    try:
        value = read_value(text)
    except InputError as error:
        assert error.code in Code
    else:
        assert value is None or isinstance(value, str | int | float | date | list | dict)
