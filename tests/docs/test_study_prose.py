"""What the pages on comparisons and claims say in prose holds in the runs that they speak of."""

import re
from pathlib import Path

import numpy as np
import pytest

import shadowline

ROOT = Path(__file__).parents[2]
EXTENDING = "shadowline: 1\nid: mine\ntitle: Mine\nextends: iran-axis-2024\nclaims:\n"
HANDLER = """
  handler-alone:
    says: With one master, orders that arrive at once, and a patron that is never struck, the handler is an amplifier and nothing else.
    given:
      change:
        actors.iraq.order.united-states: 1
        actors.*.order.reaches_proxies_after: 0d
        actors.united-states.answers.cap: major-strike
    policy: old-handler
    watch: attacks
    expects: fewer
    could_fail: It has another way of acting.
    flips_when: {along: actors.iran.order.united-states, values: [0.75, 1, 1.25], theory: The sign turns at 1.}
"""
BLOWS = """
  readiness:
    says: Answering more readily calms the groups.
    times: {actors.united-states.answers.per_provocation: 3}
    watch: attacks
    expects: fewer
    could_fail: The dead are avenged.
    flips_when: {along: actors.*.grievance.per_dead, way: times, values: [0, 1, 2], theory: Without revenge nothing is left.}
  hit-hard:
    says: Only heavy blows impress.
    plus: {actors.united-states.answers.appeal.major-strike: 2}
    watch: attacks
    expects: fewer
    could_fail: The dead are avenged.
    flips_when: {along: actors.*.grievance.per_dead, way: times, values: [0, 0.5, 1, 2], theory: Without revenge nothing is left.}
"""


@pytest.fixture
def extended(tmp_path):
    """Return a function that writes a scenario which adds claims to the model case."""

    def write(words):
        file = tmp_path / "mine.yaml"
        file.write_text(EXTENDING + words, encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="module")
def officers():
    """Return the comparison of which the tutorial tells a pair."""
    return shadowline.compare("iran-axis-2024", ["as-it-is", "strike-officers"], runs=400, seed=1)


def happened(results, outcome):
    """Return in which futures something happened."""
    return results.batch.first_day[:, results.model.names.outcomes.index(outcome)] >= 0


def test_most_deaths_avoided_are_those_of_futures_that_end_in_war(officers):
    """Of the eight futures in which a strike on officers avoids a soldier's death, the six that the tutorial names end in war instead."""
    before, after = (arm.results for arm in officers.arms)
    avoided = happened(before, "another-soldier") & ~happened(after, "another-soldier")
    by_war = avoided & happened(after, "open-war") & ~happened(before, "open-war")

    assert avoided.sum() == 8
    assert np.flatnonzero(by_war).tolist() == [6, 166, 178, 193, 194, 350]


def test_the_handler_is_an_amplifier_and_nothing_else(extended):
    """What the tutorial names as the rest of the effect at an order of 1 is all of it: without that it is zero in every single future."""
    tested = shadowline.claims(extended(HANDLER), ["handler-alone"], runs=400, seed=1).claims[0]

    below, at, above = tested.boundary.effects
    assert at.differing == 0
    assert below.high < 0 < above.low
    assert tested.boundary.at == 1.0


@pytest.mark.slow
def test_revenge_is_what_the_quarrel_is_about(extended):
    """With ten times the futures of the tutorial, the harm that heavier and readier answers do vanishes where nobody avenges the dead."""
    tested = shadowline.claims(extended(BLOWS), ["readiness", "hit-hard"], runs=4000, seed=1)

    for claim in tested.claims:
        assert claim.effect.low > 0
        assert claim.boundary.turns == "vanishes"
        assert str(claim.verdict) == "conditional"


@pytest.mark.slow
def test_the_sentence_of_the_readme():
    """The matched sentence that the README quotes is what the model case gives."""
    said = re.search(r"^> (Of 10,000.*?\.)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)[1]
    compared = shadowline.compare("iran-axis-2024", ["stand-down"], runs=10_000, seed=1)

    assert " ".join(said.replace("\n> ", " ").split()) in compared.sentences


@pytest.mark.slow
def test_the_sentence_of_the_page_on_matched_futures():
    """The matched sentence with which the page begins is what the model case gives, and pairing gains in it."""
    page = (ROOT / "docs" / "explanation" / "matched-futures.md").read_text(encoding="utf-8")
    said = re.search(r"^\*(Of 1,000 matched.*?\.)\*", page, re.DOTALL | re.MULTILINE)[1]
    compared = shadowline.compare("iran-axis-2024", ["old-handler"], runs=1000, seed=1)

    assert " ".join(said.split()) in compared.sentences
    assert compared.pairs[0].effects["another-soldier"].gain > 4
