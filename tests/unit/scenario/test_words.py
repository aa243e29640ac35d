"""Mappings of the language refuse what they do not know, and hand their evidence down."""

from typing import ClassVar

import pytest
from pydantic import ValidationError

from shadowline.errors import Code
from shadowline.parameters import Parameter
from shadowline.scenario.words import Day, Names, Span, Words, YesOrNo, field_name, grow, key_of, keys_of


class Inner(Words):
    """A section with a word of its own."""

    title: str | None = None


class Outer(Words):
    """A mapping with a section, and values of every guarded kind."""

    day: Day | None = None
    span: Span = 1.0
    flag: YesOrNo = True
    names: Names = ()
    sections: ClassVar[dict[str, type[Words]]] = {"inner": Inner}


PARAMETERS = (
    Parameter("rows", "share", 0.5, 0, 1, "share", "a share", floor=0, ceiling=1),
    Parameter("rows", "inner.rate", 1, 0, 2, "1/day", "a rate", floor=0, ceiling=9),
    Parameter("rows", "inner.per.patron-soil", 1, 0, 2, "number", "a number", floor=0, rung=4),
)
Grown = grow("Grown", Outer, PARAMETERS)


def code_of(raw):
    """Return the code with which a mapping is refused."""
    with pytest.raises(ValidationError) as caught:
        Grown.model_validate(raw)
    return caught.value.errors()[0]["ctx"]["error"].code


def test_every_parameter_becomes_a_field_by_the_dots_of_its_name():
    """A parameter named with dots is read from nested mappings, and found again by its name."""
    words = Grown.model_validate({"share": "40%", "inner": {"rate": "7/week", "per": {"patron-soil": 2}}})

    assert words.number("share").middle() == 0.4
    assert words.number("inner.rate").middle() == pytest.approx(1)
    assert words.number("inner.per.patron-soil").middle() == 2


def test_a_section_keeps_the_words_of_its_own_class():
    """Words and numbers share a mapping where a class declares the section."""
    assert Grown.model_validate({"inner": {"title": "x", "rate": "1/day"}}).inner.title == "x"


def test_a_number_that_is_not_stated_is_none():
    """What a scenario does not say has no number, however deep."""
    words = Grown.model_validate({"inner": {}})

    assert words.number("share") is None
    assert words.number("inner.rate") is None
    assert words.number("inner.per.patron-soil") is None


def test_evidence_is_inherited_from_the_nearest_mapping():
    """A number without evidence of its own rests on that of the nearest mapping around it."""
    words = Grown.model_validate({"because": "a", "share": 0.5, "inner": {"because": ["b", "c"], "rate": "1/day"}})

    assert words.number("share").because == ("a",)
    assert words.number("inner.rate").because == ("b", "c")


def test_evidence_of_a_number_s_own_wins():
    """A number that names evidence keeps it."""
    words = Grown.model_validate({"because": "a", "share": {"value": 0.5, "because": "own"}})

    assert words.number("share").because == ("own",)


def test_an_unknown_key_is_refused_with_the_nearest_known_one():
    """A misspelt key fails and is told what it was meant to be."""
    with pytest.raises(ValidationError) as caught:
        Grown.model_validate({"inner": {"per": {"patron-soli": 1}}})

    error = caught.value.errors()[0]["ctx"]["error"]
    assert error.code is Code.UNKNOWN_KEY
    assert error.nearest == "patron-soil"


@pytest.mark.parametrize("raw", [None, 5, "text", ["a"], True])
def test_anything_but_a_mapping_is_refused(raw):
    """Where keys are needed, a single value or a list is of the wrong type."""
    assert code_of(raw) is Code.WRONG_TYPE


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("day", "2024-02-30", Code.BAD_DATE),
        ("day", 20240101, Code.BAD_DATE),
        ("span", "1h", Code.OUT_OF_RANGE),
        ("span", 3, Code.MISSING_UNIT),
        ("flag", 1, Code.WRONG_TYPE),
        ("flag", "no", Code.WRONG_TYPE),
        ("share", True, Code.WRONG_TYPE),
        ("share", 1.5, Code.OUT_OF_RANGE),
    ],
)
def test_values_are_read_strictly(key, value, code):
    """Dates, spans, truth values and numbers are never guessed from something like them."""
    assert code_of({key: value}) is code


def test_one_name_may_stand_for_a_list_of_one():
    """Where names are listed, a single one needs no brackets."""
    assert Grown.model_validate({"names": "a", "because": "b"}).names == ("a",)


def test_keys_and_field_names_translate_into_each_other():
    """Keys that Python cannot have as names are written with hyphens or reserved words in scenarios only."""
    assert field_name("patron-soil") == "patron_soil"
    assert field_name("from") == "from_"
    assert keys_of(Grown)["share"] == "share"
    assert {key_of(Grown, name) for name in Grown.model_fields} == set(keys_of(Grown))
