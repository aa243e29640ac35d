"""What the mechanisms say about themselves: their docstrings, taken apart.

A mechanism's docstring begins with a line "Title: what it is about.", goes on with paragraphs and equations (blocks after ``::``), and has
labelled paragraphs: its assumptions, its sources, and what it contributes to the design concepts of the ODD protocol.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass, field
from importlib import import_module
from typing import NamedTuple

from shadowline.engine.order import LIBRARIES, ORDER
from shadowline.report.odd.writing import sentence

CONCEPTS = (
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
)
"""The eleven design concepts, in the order of the protocol."""
GROUNDS = {"Assumption": "Assumptions", "Assumptions": "Assumptions", "Source": "Sources", "Sources": "Sources"}
"""The other labels, and the name under which each is kept."""
LABEL = re.compile(rf"({'|'.join((*CONCEPTS, *GROUNDS))}): (.*)", re.DOTALL)
COVERAGE = "Coverage rows"
"""Where the paragraph begins that points from a mechanism to the essay of the model case."""
INDENT = "    "


class Block(NamedTuple):
    """A paragraph, or an equation as it was laid out."""

    text: str
    is_equation: bool


@dataclass
class Described:
    """A mechanism in its own words.

    Attributes
    ----------
    name, title, summary : str
        Its file, its title, and what it is about, a whole sentence.
    body : list of Block
        Paragraphs and equations in their order, labelled paragraphs left out.
    labels : dict of str to str
        Labelled paragraphs by design concept, ``Assumptions`` and ``Sources``.
    """

    name: str
    title: str
    summary: str
    body: list[Block] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def equations(self) -> list[str]:
        """The equations as they were laid out."""
        return [block.text for block in self.body if block.is_equation]

    @property
    def concepts(self) -> dict[str, str]:
        """What it says about design concepts."""
        return {label: text for label, text in self.labels.items() if label in CONCEPTS}


def parse_docstring(name: str, docstring: str) -> Described:
    """Take the docstring of a mechanism apart.

    Parameters
    ----------
    name : str
        The mechanism's file, without its suffix.
    docstring : str
        As it stands in the file.

    Returns
    -------
    Described
        Text on one line per paragraph, with code set as Markdown sets it.
    """
    first, *paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(docstring))
    title, _, about = _flat(first).partition(": ")
    described = Described(name, title.rstrip("."), sentence(about) if about else "")
    expects_equation = False
    for paragraph in paragraphs:
        if expects_equation and paragraph.startswith(INDENT):
            _add_equation(described, textwrap.dedent(paragraph))
            continue
        text = _flat(paragraph)
        expects_equation = text.endswith("::")
        _add_paragraph(described, text.removesuffix(":") if expects_equation else text)
    return described


def described(name: str) -> Described:
    """Return what a mechanism says about itself."""
    return parse_docstring(name, import_module(f"shadowline.mechanisms.{name}").__doc__ or "")


def all_described() -> tuple[Described, ...]:
    """Return all mechanisms: those of the order of a day in that order, then the libraries that have no step of their own."""
    return tuple(described(name) for name in (*dict.fromkeys(step.mechanism for step in ORDER), *LIBRARIES))


def _flat(text: str) -> str:
    """Return a paragraph on one line, with code as Markdown sets it."""
    return " ".join(text.split()).replace("``", "`")


def _add_equation(described: Described, text: str) -> None:
    """Add an equation; one that goes on after an empty line stays one block."""
    if described.body and described.body[-1].is_equation:
        described.body[-1] = Block(f"{described.body[-1].text}\n\n{text}", is_equation=True)
    else:
        described.body.append(Block(text, is_equation=True))


def _add_paragraph(described: Described, text: str) -> None:
    """Add a paragraph to the body, or under its label; what only points to the essay is left out."""
    found = LABEL.fullmatch(text)
    if found is not None:
        described.labels[GROUNDS.get(found[1], found[1])] = sentence(found[2])
    elif not text.startswith(COVERAGE):
        described.body.append(Block(text, is_equation=False))
