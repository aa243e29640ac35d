"""What the page on outputs says of comparisons and claims: every key and every column is explained."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import shadowline

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "outputs.md"


@pytest.fixture(scope="module")
def explained():
    """Return everything that stands in code type on the page."""
    return set(re.findall(r"`([^`]+)`", PAGE.read_text(encoding="utf-8")))


def columns(folder):
    """Return the columns of all tables of a folder."""
    return {name for path in folder.glob("*.parquet") for name in pq.read_schema(path).names}


def keys(value):
    """Yield the keys of all mappings inside plain data."""
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys(inner)
    if isinstance(value, dict):
        yield from value


def test_a_comparison_s_keys_and_columns_are_explained(explained, tmp_path):
    """Every key of a comparison's document, every column of its tables and every file of its folder is on the page."""
    compared = shadowline.compare("two-camps", ["halt"], runs=40, draws=2, threads=1)
    compared.save(tmp_path / "compared")
    document = compared.as_json()

    asked = {"", *compared.questions}
    assert set(keys(document)) - asked - set(document["changes"]) <= explained
    assert columns(tmp_path / "compared") <= explained
    assert {path.name for path in (tmp_path / "compared").iterdir()} - {"arms"} <= explained


def test_the_keys_and_columns_of_claims_are_explained(explained, tmp_path):
    """Every key of the document of claims, every column of its table and every file of its folder is on the page."""
    from shadowline.study.save import save_claims

    tested = shadowline.claims("two-camps", runs=40, draws=2, threads=1)
    save_claims(tested, tmp_path / "tested")
    document = tested.as_json()

    assert set(keys(document)) - set(document["verdicts"]) <= explained
    assert columns(tmp_path / "tested") <= explained
    assert {path.name for path in (tmp_path / "tested").iterdir()} <= explained
