"""Docstrings of mechanisms, taken apart."""

from __future__ import annotations

from shadowline.report.odd.mechanisms import Block, parse_docstring

TIDES = """Tides: how the sea
moves.

The sea rises with the ``moon``::

    h = a sin t
        + b

    v = a cos t

where a is its height. Note: no label.

Assumptions: there is one moon;
it is round.

Source: Newton 1687. Coverage rows 1, 2.

Sensing: fish feel the pull.

Coverage rows 3, 4.
"""


def test_title_and_summary_come_from_the_first_line() -> None:
    """The first line gives the title before its colon and a whole sentence after it."""
    tides = parse_docstring("tides", TIDES)
    assert (tides.name, tides.title, tides.summary) == ("tides", "Tides", "How the sea moves.")


def test_a_title_alone_is_no_summary() -> None:
    """A first line without a colon is a title and says nothing further."""
    assert (parse_docstring("tides", "Tides.").title, parse_docstring("tides", "Tides.").summary) == ("Tides", "")


def test_equations_keep_their_layout() -> None:
    """An equation keeps its lines and its own indentation, across an empty line too; the colon before it stays single."""
    body = parse_docstring("tides", TIDES).body
    assert body == [
        Block("The sea rises with the `moon`:", is_equation=False),
        Block("h = a sin t\n    + b\n\nv = a cos t", is_equation=True),
        Block("where a is its height. Note: no label.", is_equation=False),
    ]


def test_labels_are_kept_by_their_plural_and_end_as_sentences() -> None:
    """Labelled paragraphs leave the body; assumptions and sources have one name each; pointers to the essay are left out."""
    tides = parse_docstring("tides", TIDES)
    assert tides.labels == {
        "Assumptions": "There is one moon; it is round.",
        "Sources": "Newton 1687. Coverage rows 1, 2.",
        "Sensing": "Fish feel the pull.",
    }
    assert tides.concepts == {"Sensing": "Fish feel the pull."}
