"""Coded errors say what, where, what instead, and which name is nearest."""

import copy
import pickle

import pytest

from shadowline.errors import (
    EXPLANATIONS,
    Code,
    InputError,
    InputErrors,
    ShadowlineError,
    Where,
    nearest_name,
    raise_any,
    shown,
)


def test_message_has_place_fault_nearest_name_and_code():
    """The message of an error is one line of the form file:line: field: fault; nearest name [code]."""
    where = Where(file="axis.yaml", line=12, field="actors.iran.zeall")
    error = InputError(Code.UNKNOWN_KEY, 'unknown key "zeall"', where=where, nearest="zeal")

    assert str(error) == 'axis.yaml:12: actors.iran.zeall: unknown key "zeall"; did you mean "zeal"? [SL101]'


def test_message_says_what_was_found_and_expected():
    """The value found and the form expected follow the fault."""
    error = InputError(Code.WRONG_TYPE, "not a number", found="ten", expected="a number from 0 to 1")

    assert str(error) == 'not a number; found "ten"; expected a number from 0 to 1 [SL103]'


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Where(), ""),
        (Where(file="a.yaml"), "a.yaml"),
        (Where(file="a.yaml", line=3), "a.yaml:3"),
        (Where(line=3), "line 3"),
        (Where(field="--runs"), "--runs"),
        (Where(file="a.yaml", field="as_of"), "a.yaml: as_of"),
    ],
)
def test_unknown_parts_of_a_place_are_left_out(where, text):
    """A place shows the parts that are known, without stray colons."""
    assert str(where) == text


def test_a_caller_adds_the_place_to_a_copy():
    """An error moved to a place is a copy that keeps what the place leaves open."""
    bare = InputError(Code.MISSING_UNIT, "a rate needs its unit", where=Where(field="quiet_rate"), found=0.3)

    moved = bare.at(Where(file="a.yaml", line=7))

    assert moved.where == Where(file="a.yaml", line=7, field="quiet_rate")
    assert bare.where == Where(field="quiet_rate")
    assert (moved.code, moved.found) == (bare.code, bare.found)


@pytest.mark.parametrize("travel", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])  # noqa: S301
def test_errors_survive_copying_and_pickling(travel):
    """An error that crosses to another process still says the same."""
    error = InputError(Code.BAD_OPTION, "runs must be positive", where=Where(field="--runs"), found=0, expected="1 up")

    assert str(travel(error)) == str(error)


def test_several_errors_print_one_per_line_in_order_of_lines():
    """Several faults are printed one per line, in the order in which a reader meets them."""
    late = InputError(Code.UNKNOWN_KEY, "late", where=Where(file="a.yaml", line=10))
    early = InputError(Code.UNKNOWN_KEY, "early", where=Where(file="a.yaml", line=9))

    assert str(InputErrors([late, early])).splitlines() == [str(early), str(late)]


def test_one_error_is_raised_alone_and_several_together():
    """Nothing is raised for no faults, the fault itself for one, all of them for several."""
    error = InputError(Code.UNKNOWN_KEY, "fault")

    raise_any([])
    with pytest.raises(InputError):
        raise_any([error])
    with pytest.raises(InputErrors) as caught:
        raise_any([error, error])
    assert len(caught.value.errors) == 2
    assert isinstance(caught.value, ShadowlineError)


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("zeall", "zeal"), ("katib-hezbollah", "kataib-hezbollah"), ("Zeal", "zeal"), ("qqqq", None), ("", None)],
)
def test_nearest_name_is_the_one_meant_or_none(word, nearest):
    """The nearest name is the choice a slip of the finger away, and None if nothing is near."""
    assert nearest_name(word, ["zeal", "kataib-hezbollah", "fear"]) == nearest


def test_nearest_name_of_no_choices_is_none():
    """Where nothing can be chosen, nothing is suggested."""
    assert nearest_name("zeal", []) is None


@pytest.mark.parametrize(("value", "text"), [("two\n lines", '"two lines"'), (True, "true"), (0.3, "0.3"), ("x" * 99, f'"{"x" * 59}…"')])
def test_found_values_are_shown_on_one_short_line(value, text):
    """A value in a message is cut and put on one line; text is quoted."""
    assert shown(value) == text


def test_every_code_is_explained_once():
    """Every code has a title, a meaning and a remedy, and no two codes share a number."""
    assert set(EXPLANATIONS) == set(Code)
    assert all(all(explanation) for explanation in EXPLANATIONS.values())
    assert len({code.value for code in Code}) == len(Code.__members__)


def test_published_codes_keep_their_meaning():
    """The codes that scripts match on keep their numbers."""
    assert {code.name: code.value for code in (Code.UNKNOWN_KEY, Code.MISSING_UNIT, Code.BAD_YAML)} == {
        "UNKNOWN_KEY": "SL101",
        "MISSING_UNIT": "SL105",
        "BAD_YAML": "SL201",
    }
