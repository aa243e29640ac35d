"""Element 4 of the ODD document: the eleven design concepts, each with what the mechanisms say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowline.report.odd.mechanisms import CONCEPTS, all_described
from shadowline.report.odd.writing import bullets

if TYPE_CHECKING:
    from shadowline.report.odd.mechanisms import Described

INTRODUCTIONS = {
    "Basic principles": """\
The model joins four bodies of work: delegation with slack between a patron and its proxies, tacit limits and brinkmanship between \
rivals, deterrence under imperfect attribution, and the self-excitation of violence. War is what tempo, chance, blame and answers \
may add up to. The literature of each part stands with its submodel in section 7.""",
    "Emergence": """\
What a run reports (waves and pauses of attacks, crossings, the spread of strikes over rungs, open war) results from the submodels \
together. Imposed are the scenario's numbers, its steps of context and everything else that section 6 dates.""",
    "Adaptation": """\
Actors adapt by rules that map what they perceive to rates and chances. They follow no optimal plan. An actor with a declared \
doctrine follows its rules instead.""",
    "Objectives": """\
Wishes enter as utilities or log weights from which choices are drawn, so that what is valued more is chosen more often and not \
always.""",
    "Learning": """\
Few things are learned. Patrons do not change their ways with experience, and proxies learn only what answers to expect; what \
changes with experience is listed here.""",
    "Prediction": "Nobody plays the conflict forward. Expectations are read off the recent past.",
    "Sensing": """\
Truth and perception are kept apart: who did a deed, whom they obeyed, whether it was ordered, and what the adversary believes are \
different variables. Where nothing is said here, an actor knows the variable that its rule reads without error.""",
    "Interaction": """\
Actors meet through attacks, strikes, orders and funding, and through the perception of these. One attack provokes one adversary, \
the owner of its target.""",
    "Stochasticity": """\
Chance stands for what happens below the strategic level. Every draw is a function of an address (seed, run, day, mechanism, entity, \
number) and nothing is taken from a common stream, so that two runs with the same seed differ only where a change acts. Uncertain \
numbers are drawn once for each parameter draw, apart from the chances of single days.""",
    "Collectives": """\
Movements (groups that compete for one cause) and bodies (umbrellas, committees, blocs) are declared by the scenario. A principal \
that has factions is a collective too.""",
    "Observation": """\
A run keeps, for every future, the first day or the count of each question; any future can be told in full. The error from playing a \
finite number of futures and the spread over parameter draws are reported apart.""",
}
"""What holds for the model as a whole, by concept."""


def concepts_section() -> str:
    """Return the whole of element 4; it is the same for all scenarios."""
    mechanisms = all_described()
    return "\n\n".join(_concept(number, concept, mechanisms) for number, concept in enumerate(CONCEPTS, 1))


def _concept(number: int, concept: str, mechanisms: tuple[Described, ...]) -> str:
    said = [f"*{mechanism.title}.* {mechanism.labels[concept]}" for mechanism in mechanisms if concept in mechanism.labels]
    return f"### 4.{number} {concept}\n\n{INTRODUCTIONS[concept]}\n\n{bullets(said)}"
