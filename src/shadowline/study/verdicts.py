"""Verdicts: what an experiment says about a claim, by rules that are the same for all.

A claim says that moving its levers makes a measure go up, go down, or stay. With P the p value adjusted for the number of claims that are
tested (Holm), and s the share of parameter draws under which the effect is as claimed:

- *identity*: the equations alone decide it (the scenario says why); it is shown, and never counted as support;
- *conditional*: the sign turns, or the effect vanishes, along the claim's sweep; or P < .05, but between one and four draws in five agree;
- *supported*, *contradicted*: P < .05, at least four draws in five are as claimed, or at most one, and the effect is not smaller than
  what ``matters``;
- *too small to tell*: everything else.

"Unchanged" is tested the other way round: P is that of an effect beyond the margin (``within``), so that it is supported where the effect
is shown to be smaller than the margin; it is contradicted where the whole interval lies beyond it. Where there is an effect, and whether
it stays within the margin is a matter of belief (between one and four draws in five), the claim is conditional.

Sources: Holm 1979 (many tests); Schuirmann 1987, J. Pharmacokinetics and Biopharmaceutics (two one-sided tests of equivalence).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from scipy import stats

if TYPE_CHECKING:
    from shadowline.study.boundary import Boundary
    from shadowline.study.effects import Effect

LEVEL: Final = 0.05
AGREE: Final = 0.8


class Verdict(StrEnum):
    """What an experiment says about a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    CONDITIONAL = "conditional"
    TOO_SMALL = "too small to tell"
    IDENTITY = "identity of the model"


def p_of(effect: Effect, expects: str, within: float) -> float:
    """Return the p value by which a claim is tested: of no difference, or for ``unchanged`` of a difference beyond the margin."""
    if expects != "unchanged":
        return effect.p
    margin = within * abs(effect.base)
    if not (-margin <= effect.low and effect.high <= margin):
        return 1.0  # also where so few futures differ that the error says nothing
    if effect.error <= 0.0:
        return 0.0
    beyond = (margin - abs(effect.difference)) / effect.error
    return float(stats.norm.sf(beyond))


def judge(  # noqa: PLR0913 - a rule and what it looks at
    effect: Effect,
    *,
    expects: str,
    adjusted_p: float,
    share: float | None,
    matters: float,
    within: float,
    identity: bool,
    boundary: Boundary | None,
) -> Verdict:
    """Return the verdict on a claim; ``share`` is that of draws under which the effect is as claimed."""
    if identity:
        return Verdict.IDENTITY
    if boundary is not None and boundary.turns is not None:
        return Verdict.CONDITIONAL
    if share is None:
        return Verdict.TOO_SMALL
    found = _unchanged(effect, adjusted_p, within) if expects == "unchanged" else _moved(effect, expects, adjusted_p, matters)
    if found is Verdict.TOO_SMALL:
        is_split = expects == "unchanged" and effect.p < LEVEL and 1.0 - AGREE < share < AGREE
        return Verdict.CONDITIONAL if is_split else found
    agrees = share >= AGREE if found is Verdict.SUPPORTED else share <= 1.0 - AGREE
    return found if agrees else Verdict.CONDITIONAL


def _moved(effect: Effect, expects: str, adjusted_p: float, matters: float) -> Verdict:
    """Return what the mean effect says about a claim that something goes up, or down."""
    if adjusted_p >= LEVEL or _is_small(effect, matters):
        return Verdict.TOO_SMALL
    return Verdict.SUPPORTED if (effect.difference > 0) == (expects == "more") else Verdict.CONTRADICTED


def _is_small(effect: Effect, matters: float) -> bool:
    """Return whether the effect is smaller than what matters."""
    return abs(effect.difference) < matters * abs(effect.base)


def _unchanged(effect: Effect, adjusted_p: float, within: float) -> Verdict:
    """Return what the mean effect says about a claim that something stays as it is."""
    margin = within * abs(effect.base)
    if adjusted_p < LEVEL:
        return Verdict.SUPPORTED
    beyond = effect.low > margin or effect.high < -margin
    return Verdict.CONTRADICTED if beyond else Verdict.TOO_SMALL
