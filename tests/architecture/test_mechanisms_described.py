"""Every mechanism says in its own file what the ODD document needs of it."""

from __future__ import annotations

from importlib import import_module

import pytest

from shadowline.engine.order import LIBRARIES, ORDER
from shadowline.report.odd.mechanisms import CONCEPTS, Described, all_described, parse_docstring

MECHANISMS = all_described()
NAMES = [mechanism.name for mechanism in MECHANISMS]
WHOLE = """Tides: how the sea moves.

The sea rises by::

    h = a sin t

Assumption: there is one moon.

Sources: judgement.

Emergence: floods arise from tides and wind.
"""


def lacks(mechanism: Described) -> list[str]:
    """Return what a mechanism's docstring leaves out."""
    parts = {
        "a title with what it is about": mechanism.title and mechanism.summary,
        "a description": any(not block.is_equation for block in mechanism.body),
        "an assumption or an equation": mechanism.labels.get("Assumptions") or mechanism.equations,
        "its sources": mechanism.labels.get("Sources"),
        "a design concept": mechanism.concepts,
    }
    return [part for part, found in parts.items() if not found]


def silent_parameters(module: object) -> list[str]:
    """Return the parameters of a module that have no meaning, unit or source."""
    return [
        parameter.name
        for parameter in getattr(module, "PARAMETERS", ())
        if not (parameter.meaning.strip() and parameter.unit.strip() and parameter.source.strip())
    ]


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=NAMES)
def test_a_mechanism_has_all_its_parts(mechanism: Described) -> None:
    """Every mechanism has a title, a description, an assumption or an equation, its sources, and a design concept that it embodies."""
    assert lacks(mechanism) == []


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=NAMES)
def test_a_mechanism_says_each_concept_in_one_sentence(mechanism: Described) -> None:
    """What a mechanism says about a design concept is one sentence, so that the collected section reads well."""
    for text in mechanism.concepts.values():
        assert text.endswith(".")
        assert ". " not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_explained(name: str) -> None:
    """Every parameter of a mechanism has a meaning, a unit and a source."""
    assert silent_parameters(import_module(f"shadowline.mechanisms.{name}")) == []


@pytest.mark.parametrize("concept", CONCEPTS)
def test_every_concept_is_embodied_somewhere(concept: str) -> None:
    """Each of the eleven design concepts is embodied by at least one mechanism."""
    assert [mechanism.name for mechanism in MECHANISMS if concept in mechanism.labels]


def test_no_mechanism_is_left_out() -> None:
    """Every step of the day and every library of the floor is described, each once."""
    assert sorted(NAMES) == sorted({*(step.mechanism for step in ORDER), *LIBRARIES})


@pytest.mark.parametrize(
    ("cut", "missing"),
    [
        (": how the sea moves", "a title with what it is about"),
        ("Sources: judgement.", "its sources"),
        ("Emergence: floods arise from tides and wind.", "a design concept"),
    ],
)
def test_a_missing_part_is_found(cut: str, missing: str) -> None:
    """A docstring without one of its parts is reported by that part, and a whole one by none."""
    assert lacks(parse_docstring("tides", WHOLE)) == []
    assert lacks(parse_docstring("tides", WHOLE.replace(cut, ""))) == [missing]


def test_either_an_equation_or_an_assumption_will_do() -> None:
    """A docstring may lack its equation or its assumption, not both."""
    no_equation = WHOLE.replace("by::\n\n    h = a sin t", "and falls.")
    assert lacks(parse_docstring("tides", no_equation)) == []
    assert lacks(parse_docstring("tides", no_equation.replace("Assumption: there is one moon.", ""))) == ["an assumption or an equation"]
