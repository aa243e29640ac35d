"""Verdicts: what an experiment says about a claim, by rules fixed before it is run.

A claim says that moving its levers makes a measure go up, go down, or stay. With P the p value adjusted for the number of claims (Holm),
and s the share of parameter draws under which the effect has the claimed sign:

- *identity*: the equations alone decide it (the scenario says why); it is shown, and never counted as support;
- *conditional*: the sign turns, or the effect vanishes, along the claim's sweep; or the effect is there (P < .05) but fewer than four
  draws in five agree on its sign;
- *supported*, *contradicted*: P < .05, at least four draws in five agree, and the effect is not smaller than what ``matters``;
- *too small to tell*: everything else.

"Unchanged" is tested the other way round: it is supported where the whole interval lies ``within`` the margin, contradicted where the
effect is significant and the whole interval lies beyond it.

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
    if effect.error <= 0.0:
        return 0.0 if abs(effect.difference) < margin else 1.0
    beyond = (margin - abs(effect.difference)) / effect.error
    return float(stats.norm.sf(beyond))


def sign_share(effect: Effect, expects: str) -> float | None:
    """Return the share of parameter draws under which the effect has the claimed sign; None for ``unchanged`` and where nothing differs."""
    if effect.up is None or expects == "unchanged":
        return None
    return effect.up if expects == "more" else 1.0 - effect.up


def judge(  # noqa: PLR0913 - a rule and what it looks at
    effect: Effect, *, expects: str, adjusted_p: float, matters: float, within: float, identity: bool, boundary: Boundary | None
) -> Verdict:
    """Return the verdict on a claim."""
    if identity:
        return Verdict.IDENTITY
    if boundary is not None and boundary.turns is not None:
        return Verdict.CONDITIONAL
    if expects == "unchanged":
        return _unchanged(effect, adjusted_p, within)
    share = sign_share(effect, expects)
    if adjusted_p >= LEVEL or share is None or _is_small(effect, matters):
        return Verdict.TOO_SMALL
    if 1.0 - AGREE < share < AGREE:
        return Verdict.CONDITIONAL
    as_claimed = (effect.difference > 0) == (expects == "more")
    return Verdict.SUPPORTED if as_claimed else Verdict.CONTRADICTED


def _is_small(effect: Effect, matters: float) -> bool:
    """Return whether the whole interval lies within what does not matter."""
    least = matters * abs(effect.base)
    return -least <= effect.low and effect.high <= least


def _unchanged(effect: Effect, adjusted_p: float, within: float) -> Verdict:
    margin = within * abs(effect.base)
    if adjusted_p < LEVEL:
        return Verdict.SUPPORTED
    beyond = effect.low > margin or effect.high < -margin
    return Verdict.CONTRADICTED if beyond and effect.p < LEVEL else Verdict.TOO_SMALL
