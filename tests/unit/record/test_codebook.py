from pathlib import Path
from typing import get_args

from shadowline.record.codebook import KNOWN_FROM, MEANINGS, codebook
from shadowline.record.load import load_record
from shadowline.record.rows import READERS
from shadowline.record.schema import KnownFrom

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "record.md"


def test_every_column_is_explained():
    """The codebook has a meaning for every column and for every way in which a day of knowledge was found."""
    assert MEANINGS.keys() == READERS.keys()
    assert set(KNOWN_FROM) == set(get_args(KnownFrom))


def test_the_page_of_the_reference_is_the_generated_one():
    """docs/reference/record.md says what the code and the shipped record say."""
    assert PAGE.read_text(encoding="utf-8") == codebook(load_record("us-iran-shadow-war"))
