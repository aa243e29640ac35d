"""Experiments about questions that are no longer asked are left out where they were inherited, and named."""

import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.errors import ShadowlineError
from shadowline.scenario.load import load_scenario


@pytest.fixture
def child(tmp_path):
    """Return a function that loads a scenario which extends the smallest one."""

    def loaded(words, **changes):
        path = tmp_path / "case.yaml"
        path.write_text(f"shadowline: 1\nid: case\nextends: two-camps\n{words}\n", encoding="utf-8")
        return load_scenario(path, the_catalogue(), changes=changes)

    return loaded


def test_a_child_that_asks_less(child):
    """Claims and minds about an outcome that a child takes away go with it; the others stay."""
    found = child("outcomes: {war: null}")

    assert set(found.left_out) == {"claims.cap-keeps-peace", "minds.blue.war", "minds.red.war"}
    assert set(found.document.claims) == {"handler", "answers-deter"}
    assert "struck" in found.document.minds["red"]


def test_other_questions_from_outside(child):
    """Questions that are replaced from outside take all that was asked about the old ones with them."""
    found = child("", outcomes="{raids: {asks: How many?, count: {attacks: {on: blue}, per: week}}}")

    assert not found.document.claims
    assert "claims.handler" in found.left_out


def test_a_policy_takes_its_claims_along(child):
    """A claim whose policy waits for an outcome that is gone goes with the policy."""
    words = (
        "policies: {halt: {from: war}}\n"
        "claims: {late: {says: x, policy: halt, watch: attacks, expects: more, could_fail: x}}\noutcomes: {war: null}"
    )
    with pytest.raises(ShadowlineError, match=r"policies.halt.from.*war"):
        child(words)


def test_ones_own_claims_are_faulted(child):
    """What a file says itself about a question that it does not ask is a fault, not left out."""
    mine = "{mine: {says: x, policy: halt, watch: wra, expects: more, could_fail: x}}"
    with pytest.raises(ShadowlineError, match=r"claims.mine.watch.*wra"):
        child(f"claims: {mine}\noutcomes: {{leader-dies: null}}")
