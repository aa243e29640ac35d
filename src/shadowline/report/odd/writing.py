"""The pieces of a Markdown document: plain text that stays plain, numbers, lists in words, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SPECIAL = re.compile(r"([\\`*\[\]<|])")
"""Characters that Markdown would read as its own; single underscores inside words are harmless."""


def plain(text: object) -> str:
    """Return words that others wrote so that Markdown shows them as they are, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def code(text: object) -> str:
    """Return an id or a path set as code."""
    return f"`{text}`"


def amount(number: float, digits: int = 4) -> str:
    """Return a number with at most so many significant digits."""
    rounded = float(f"{number:.{digits}g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 10_000 else f"{rounded:g}"


def span(low: float, high: float, digits: int = 4) -> str:
    """Return a range of numbers, or the number if both ends are the same."""
    first, last = amount(low, digits), amount(high, digits)
    return first if first == last else f"{first} to {last}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return how many there are of something: "1 row", "3 rows", "no row"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}" if count else f"no {one}"


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: "a, b and c"."""
    every = list(words)
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def sentence(text: str) -> str:
    """Return text with a capital at its beginning and a full stop at its end."""
    return text[:1].upper() + text[1:].rstrip(".") + "."


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, or a sentence if it would have no row; cells are Markdown already."""
    lines = ["| " + " | ".join(cell.replace("\n", " ") or "–" for cell in row) + " |" for row in rows]
    if not lines:
        return "This scenario declares none."
    return "\n".join(["| " + " | ".join(headings) + " |", "|" + " --- |" * len(headings), *lines])


def bullets(items: Iterable[str]) -> str:
    """Return a Markdown list."""
    return "\n".join(f"- {item}" for item in items)
