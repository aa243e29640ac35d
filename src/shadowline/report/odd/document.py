"""The ODD document of the model and one scenario (Grimm et al. 2020), made from what the code and the scenario say.

Nothing in it is written down twice: entities and values come from the scenario, variables and parameters from their declarations, the order
of a day from the order itself, design concepts and submodels from the docstrings of the mechanisms.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import shadowline
from shadowline.engine.build import build
from shadowline.engine.compiled import source_hash
from shadowline.engine.order import ORDER
from shadowline.report.odd.appendix import every_number
from shadowline.report.odd.concepts import concepts_section
from shadowline.report.odd.entities import entities_section
from shadowline.report.odd.inputs import initialization_section, inputs_section
from shadowline.report.odd.numbers import numbers_by_parameter
from shadowline.report.odd.rules import resolution_text
from shadowline.report.odd.submodels import submodels_section
from shadowline.report.odd.writing import amount, bullets, code, plain, sentence, table

if TYPE_CHECKING:
    from shadowline.record.load import Record
    from shadowline.scenario.load import Scenario
    from shadowline.scenario.schema import Document

PROTOCOL = """\
This description follows the ODD protocol for agent-based models (Grimm et al. 2006) in its second update (Grimm et al. 2020). It is \
made by the software from the scenario, the declared parameters and the documentation of each mechanism, and describes both the \
model and this scenario. "Coverage row 12" and "the essay" point to the text from which the model case was made, taken row by row in \
`docs/reference/coverage.md` of the software; "check C1" is the test of that name in its folder `tests/checks`."""

PURPOSE = """\
The model is for reasoning about conflicts that are fought through proxies and held below open war by unwritten red lines. Given \
what somebody believes about one (who there is, what ties them, which lines they draw, how they answer), it says what may follow, \
with which probability and when, and which of those beliefs matter for it. It serves analysts who compare responses, scholars who \
want assumptions about delegation, attribution and deterrence in one place where they can be tested, and teachers.

The level is strategic: there are no weapons effects, no tactics and no targeting. A model of this kind orders possibilities; it \
does not know the future. Strikes on a patron and open war rest on a handful of historical events, and their numbers on judgement. A \
fallen regime, a war once begun and a group that dissolves have no further story. There is no bargaining between patron and \
adversary."""

PATTERNS = """\
The model is judged by three kinds of pattern. First, exact results that hold for it: the mean rate and the sizes of clusters of \
self-exciting attacks, the mean effect of orders over spells of obedience, blame whose mean equals its prior, crossings while an \
order is under way, and the same draws for everybody whom a change cannot reach. Second, published numbers: chances of weighted \
bargaining in a reference program, the hostile share of noisy tit for tat, the rise of attacks after a handler's removal, the \
mortality of rulers and the survival of regimes, the exponent of severity. Third, counts in a record: for the model case that ships \
with the software, attacks and answers of past periods are held against futures played over the same days, and misses are stated."""

SCHEDULING = """\
Time moves in days. On each day the steps below are carried out once, in this order, for all rows of their tables. Rates read the \
stocks of yesterday (momentum, grievance, fear, provocation, hawk pressure, dissent, norms), and stocks are updated last, in step \
12, so that nothing feeds back within a day with one exception: a red line is tested whenever an event happens, on what is \
perceived. Adversaries decide in step 8, after the answers due on that day were carried out; a patron decides in step 10 and its \
answer is due from the next day on. Within a step rows are taken in the scenario's order, and a draw belongs to the id of its row \
and not to its place."""

REFERENCES = """\
- Grimm V, Berger U, Bastiansen F, et al. (2006). A standard protocol for describing individual-based and agent-based models. \
Ecological Modelling 198, 115–126.
- Grimm V, Railsback SF, Vincenot CE, et al. (2020). The ODD protocol for describing agent-based and other simulation models: a \
second update to improve clarity, replication, and structural realism. Journal of Artificial Societies and Social Simulation 23(2), \
7."""


def odd_document(scenario: Scenario, record: Record | None, command: str) -> str:
    """Return the ODD document of a scenario as Markdown; the same scenario and code give the same text.

    Parameters
    ----------
    scenario : Scenario
        Validated words.
    record : Record, optional
        The record that its prelude replays.
    command : str
        How to make the document again (see `command_of`).

    Raises
    ------
    InputError
        If no tables can be made of the scenario.
    """
    document = scenario.document
    numbers = numbers_by_parameter(build(scenario, record, draws=1, seed=1))
    sections = {
        "1 Purpose and patterns": _purpose(document),
        "2 Entities, state variables and scales": entities_section(document),
        "3 Process overview and scheduling": f"{SCHEDULING}\n\n{order_table()}",
        "4 Design concepts": concepts_section(),
        "5 Initialization": initialization_section(scenario, record),
        "6 Input data": inputs_section(scenario),
        "7 Submodels": submodels_section(document, numbers),
        "Appendix: every number": every_number(scenario, numbers),
        "References for the protocol": REFERENCES,
    }
    parts = [_header(scenario, command), *(f"## {title}\n\n{text}" for title, text in sections.items())]
    return "\n\n".join(parts) + "\n"


def order_table() -> str:
    """Return the order of a day as a Markdown table."""
    return table(("step", "submodel", "what happens"), [(str(step.number), code(step.mechanism), plain(step.says)) for step in ORDER])


def command_of(name: str, changes: dict[str, str], as_of: str | None, out: str | None) -> str:
    """Return the command that makes a document again, as a shell takes it."""
    words = ["shadowline", "describe", name]
    for path, value in changes.items():
        words += ["--set", f"{path}={value}"]
    for option, given in (("--as-of", as_of), ("--out", out)):
        if given is not None:
            words += [option, given]
    return shlex.join(words)


def _header(scenario: Scenario, command: str) -> str:
    """Return title, versions, files and the command."""
    document = scenario.document
    changes = ", ".join(code(f"{path}={value}") for path, value in scenario.changes.items())
    facts = [
        f"Scenario: {code(document.id)}, as of {document.as_of}, horizon {amount(document.horizon)} days",
        f"Changed on the command line: {changes or 'nothing'}",
        f"Software: shadowline {shadowline.__version__}, kernels {code(source_hash())}",
        *(f"File: {code(source.path.name)}, SHA-256 {code(source.sha256)}" for source in scenario.sources),
    ]
    return f"# {plain(document.title)}\n\n{PROTOCOL}\n\n{bullets(facts)}\n\nTo make it again:\n\n```sh\n{command}\n```"


def _purpose(document: Document) -> str:
    """Return the whole of element 1 for a scenario."""
    rows = [(code(key), plain(outcome.asks), sentence(resolution_text(document, outcome))) for key, outcome in document.outcomes.items()]
    asked = f"This scenario asks: {plain(document.question)} It is answered by these questions, each with the rule that resolves it:"
    return "\n\n".join((PURPOSE, asked, table(("id", "question", "resolved by"), rows), PATTERNS, _own_pattern(document)))


def _own_pattern(document: Document) -> str:
    """Return what of its own a scenario can be judged by."""
    if document.prelude is None:
        return "This scenario replays no record, so that only the first two kinds of pattern bear on it."
    return (
        f"This scenario replays the record {code(document.prelude.record)} from {document.prelude.from_} on (section 5). It cannot be "
        "judged by what it replays; what happened after the as-of date can judge it."
    )
