"""Claims are put to the test and may be contradicted."""

import json
from dataclasses import replace

import pytest

from shadowline.errors import InputError
from shadowline.study.boundary import crossing
from shadowline.study.claims import claims
from shadowline.study.effects import Effect
from shadowline.study.verdicts import Verdict, judge, p_of

PLAIN = Effect(10.0, 12.0, 2.0, 1.5, 2.5, 1e-9, 0.25, 5.0, 2.0, 0.99, 0.5, 3.0, None, None, None, 100)


def verdict(effect, expects="more", **how):
    """Return the verdict on an effect, adjusted for nothing else."""
    share = {"more": effect.up, "fewer": None if effect.up is None else 1 - effect.up, "unchanged": 0.9}[expects]
    rules = {"adjusted_p": p_of(effect, expects, 0.1), "share": share, "matters": 0.02, "within": 0.1, "identity": False, "boundary": None}
    return judge(effect, expects=expects, **(rules | how))


def test_verdicts_follow_their_rules():
    """A verdict can go each way: for, against, undecided, conditional, and nothing but arithmetic."""
    assert verdict(PLAIN) is Verdict.SUPPORTED
    assert verdict(PLAIN, "fewer") is Verdict.CONTRADICTED
    assert verdict(PLAIN, adjusted_p=0.06) is Verdict.TOO_SMALL
    assert verdict(replace(PLAIN, up=0.6)) is Verdict.CONDITIONAL
    assert verdict(PLAIN, identity=True) is Verdict.IDENTITY
    assert verdict(replace(PLAIN, difference=0.05, low=0.02, high=0.08)) is Verdict.TOO_SMALL
    assert verdict(replace(PLAIN, up=None, p=1.0)) is Verdict.TOO_SMALL


def test_unchanged_is_tested_the_other_way_round():
    """That nothing changes is supported by a narrow interval around nothing, contradicted by one beyond the margin, else undecided."""
    narrow = replace(PLAIN, difference=0.1, low=-0.1, high=0.3, error=0.1, p=0.3)
    wide = replace(PLAIN, difference=0.1, low=-2.0, high=2.2, error=1.07, p=0.9)

    assert verdict(narrow, "unchanged") is Verdict.SUPPORTED
    assert verdict(PLAIN, "unchanged", share=0.1) is Verdict.CONTRADICTED
    assert verdict(PLAIN, "unchanged", share=0.5) is Verdict.CONDITIONAL
    assert verdict(wide, "unchanged") is Verdict.TOO_SMALL


def test_the_smallest_scenario(camps_claims):
    """Its claims come out conditional (with the boundary at an order of 1), contradicted, and as an identity."""
    found = {claim.id: claim for claim in camps_claims.claims}

    assert found["handler"].verdict is Verdict.CONDITIONAL
    assert found["handler"].boundary.at == pytest.approx(1.0, abs=0.05)
    assert found["answers-deter"].verdict is Verdict.CONTRADICTED
    assert found["cap-keeps-peace"].verdict is Verdict.IDENTITY
    assert camps_claims.warnings == []


def test_shared_arms_are_played_once(camps_claims):
    """Arms with the same levers are one: as it is, three changes, and at each of four orders two."""
    assert camps_claims.arms == 1 + 3 + 2 * 4


def test_crossings_are_interpolated():
    """The boundary lies where the line between neighbours crosses zero; where none does there is none."""
    assert crossing([0, 1, 2], [-1, -0.5, 1.5]) == pytest.approx(1.25)
    assert crossing([0, 1], [1, 2]) is None
    assert crossing([0, 1, 2], [-1, 0, 1]) == pytest.approx(1)


def test_only_some(camps_claims):
    """Claims can be tested alone; then their p values are adjusted for fewer."""
    alone = claims("two-camps", ["answers-deter"], runs=800, seed=51, threads=1)

    assert [claim.id for claim in alone.claims] == ["answers-deter"]
    assert alone.claims[0].effect == camps_claims.claim("answers-deter").effect
    with pytest.raises(InputError, match='did you mean "handler"'):
        claims("two-camps", ["handlr"], runs=10)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("change: {actors.red.handlr.ties: 1}, watch: attacks, could_fail: x", "handler.ties"),
        ("change: {actors.red.handler.ties: 1}, watch: atacks, could_fail: x", "attacks"),
        ("watch: attacks, could_fail: x", "moves levers"),
        ("policy: halt, change: {actors.red.handler.ties: 1}, watch: attacks, could_fail: x", "one of the two"),
        ("policy: hlt, watch: attacks, could_fail: x", "halt"),
        ("policy: halt, watch: attacks", "could_fail or identity"),
        ("policy: halt, watch: attacks, could_fail: x, flips_when: {along: actors.red.strss, values: [0, 1], theory: x}", "stress"),
        (
            "policy: halt, watch: attacks, could_fail: x, flips_when: {along: actors.red.stress, values: [1, 1], theory: x}",
            "each value once",
        ),
        (
            "change: {actors.red.stress: 1}, watch: war, could_fail: x, flips_when: {along: actors.red.stress, values: [0, 1], theory: x}",
            "itself",
        ),
    ],
)
def test_claims_that_cannot_be_tested(with_policies, words, message):
    """A claim whose lever, policy, measure or sweep is not there is refused when the scenario is read."""
    with pytest.raises(InputError, match=message):
        with_policies(f"claims:\n  c: {{says: x, expects: more, {words}}}\n")


def test_levers_that_change_nothing(with_policies):
    """A claim whose levers stand where it puts them is refused, not reported as no effect."""
    scenario = with_policies("claims:\n  c: {says: x, change: {actors.brigade.zeal: 0.6}, watch: attacks, expects: more, could_fail: x}\n")
    with pytest.raises(InputError, match=r"claims.c.*changes no number.*SL306"):
        claims(scenario, ["c"], runs=10)


def test_levers_under_what_is_given(with_policies):
    """What both futures are given is no reason to refuse a claim's own levers, nor to let them pass where they change nothing beside it."""
    rest = "watch: attacks, expects: more, could_fail: x"
    moving = f"{{says: x, given: {{change: {{actors.red.order.blue: 0}}}}, plus: {{model.control.constant: -2}}, {rest}}}"
    idle = f"{{says: x, given: {{change: {{actors.brigade.zeal: 0.9}}}}, change: {{actors.brigade.zeal: 0.9}}, {rest}}}"
    scenario = with_policies(f"claims:\n  moving: {moving}\n  idle: {idle}\n")

    assert claims(scenario, ["moving"], runs=40).claims[0].effect.differing > 0
    with pytest.raises(InputError, match=r"claims.idle.*SL306"):
        claims(scenario, ["idle"], runs=40)


def test_uncertain_levers_keep_their_own_draws(with_policies):
    """Two claims with the same uncertain lever do not share an arm: each is what it is when it is tested alone."""
    order = "{change: {actors.red.order.blue: {low: 0, mode: 0.5, high: 1.5}}}"
    rest = "watch: attacks, expects: fewer, could_fail: x"
    words = f"""
claims:
  a: {{says: x, given: {order}, change: {{actors.red.handler.ties: 1}}, {rest}}}
  b: {{says: x, given: {order}, change: {{actors.red.handler.charisma: 1}}, {rest}}}
"""
    scenario = with_policies(words)

    assert claims(scenario, ["a"], runs=200).claims[0].effect == claims(scenario, runs=200).claim("a").effect


def test_a_sweep_along_what_a_policy_moves(with_policies):
    """A sweep along a lever that the claim's policy moves is refused."""
    flip = "{along: actors.red.order.blue, values: [0, 1], theory: x}"
    with pytest.raises(InputError, match="itself"):
        with_policies(f"claims:\n  c: {{says: x, policy: halt, watch: attacks, expects: fewer, could_fail: x, flips_when: {flip}}}\n")


def test_a_lever_without_effect_is_warned_of(with_policies):
    """Levers, and a sweep, that move no future are named in a warning, and the verdict is not support."""
    words = """
claims:
  c:
    says: Pakistan has nothing to do with it.
    change: {actors.red.leader.successor_age: 70}
    watch: attacks
    expects: more
    could_fail: x
    flips_when: {along: actors.red.leader.regime_survives, values: [0.1, 0.9], theory: x}
"""
    found = claims(with_policies(words), ["c"], runs=60, horizon=20)

    assert found.claims[0].verdict is Verdict.TOO_SMALL
    assert any('"c" changed "attacks" in no future' in warning for warning in found.warnings)
    assert any("sweep" in warning for warning in found.warnings)


def test_a_scenario_without_claims():
    """A scenario that claims nothing says so."""
    with pytest.raises(InputError, match="makes no claims"):
        claims("iran-axis-2023", runs=10)


def test_claims_as_data(camps_claims):
    """The results are strict JSON with the keys that are promised, and a table with one row per claim."""
    document = json.loads(json.dumps(camps_claims.as_json(), allow_nan=False))

    promised = {"id", "row", "effect", "low", "high", "sign_share", "verdict", "could_fail", "identity", "boundary"}
    assert all(promised <= set(claim) for claim in document["claims"])
    assert sum(document["verdicts"].values()) == len(document["claims"]) == len(camps_claims.table)
