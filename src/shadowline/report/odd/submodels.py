"""Element 7 of the ODD document: every submodel in its own words, with its parameters and what they are in the scenario."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from shadowline.engine.order import ORDER
from shadowline.report.odd.mechanisms import all_described
from shadowline.report.odd.numbers import parameter_table
from shadowline.report.odd.rules import rule_text
from shadowline.report.odd.writing import bullets, code, listed

if TYPE_CHECKING:
    from shadowline.report.odd.mechanisms import Described
    from shadowline.report.odd.numbers import Row
    from shadowline.scenario.schema import Document

Numbers = dict[tuple[str, str], "list[Row]"]

READING = """\
The submodels follow in the order of the day, then the libraries that other submodels call. Equations use short symbols that the \
text explains; a prime marks a value after today's update, and 1{…} is 1 where the condition holds and 0 elsewhere. In the tables a \
path says where a scenario states a number; words in capitals stand for an id. *In this scenario* gives the most likely value of a \
range before its bounds, or the span of the middles where many rows have their own; the appendix has each of these one by one. \
*Range* is what the model's authors hold defensible for the default, and a range of one value belongs to a term that does nothing \
unless a scenario sets it. A † marks a value that reaches beyond that range: it is this scenario's choice and not the model's. \
*Judgement* means that no evidence can carry the value or, where the model's default is used, that its source is judgement."""


def submodels_section(document: Document, numbers: Numbers) -> str:
    """Return the whole of element 7 for a scenario and its numbers by parameter."""
    parts = [READING]
    for number, mechanism in enumerate(all_described(), 1):
        parts.append(f"### 7.{number} {mechanism.title}\n\n{_submodel(mechanism)}")
        parts.append(_parameters(mechanism.name, numbers))
        if mechanism.name == "doctrines":
            parts.append(_doctrines(document))
    return "\n\n".join(filter(None, parts))


def _submodel(mechanism: Described) -> str:
    """Return a mechanism's docstring as Markdown: place in the day, text, equations, assumptions, sources."""
    parts = [mechanism.summary, _place(mechanism.name)]
    parts.extend(f"```text\n{block.text}\n```" if block.is_equation else block.text for block in mechanism.body)
    parts.extend(f"*{label}.* {mechanism.labels[label]}" for label in ("Assumptions", "Sources") if label in mechanism.labels)
    return "\n\n".join(filter(None, parts))


def _place(name: str) -> str:
    """Return where in the day a mechanism has its steps, and in which file it is."""
    numbers = list(dict.fromkeys(str(step.number) for step in ORDER if step.mechanism == name))
    if not numbers:
        return f"It has no step of its own: others call it (file `mechanisms/{name}.py`)."
    return f"It acts in step{'s' if len(numbers) > 1 else ''} {listed(numbers)} of the day (file `mechanisms/{name}.py`)."


def _parameters(name: str, numbers: Numbers) -> str:
    """Return the table of a mechanism's parameters, or nothing if it has none."""
    parameters = getattr(import_module(f"shadowline.mechanisms.{name}"), "PARAMETERS", ())
    return parameter_table(parameters, numbers) if parameters else ""


def _doctrines(document: Document) -> str:
    """Return the doctrines that a scenario declares, rule by rule."""
    if not document.doctrines:
        return "This scenario declares no doctrine of its own."
    told = [f"{code(key)}:\n\n{bullets(rule_text(document, rule) for rule in rules)}" for key, rules in document.doctrines.items()]
    return "Declared in this scenario; the first rule that holds is used.\n\n" + "\n\n".join(told)
