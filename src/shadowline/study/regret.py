"""Regret and contentment over parameter draws: who would regret which policy, under which beliefs.

For each actor and each outcome that the scenario says it minds, every parameter draw is a belief about the world. Under a belief the
regret of a policy is how much worse it does than the best of those compared; a policy is content where the level that the actor can live
with is kept. Effects under a belief have chance taken out (`effects.by_belief`), or noise would pass for regret.

Sources: Savage 1951, JASA (minimax regret); Lempert, Popper & Bankes 2003, RAND (robust decisions); Starr 1962 (share of beliefs under
which a policy is content).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from shadowline.futures.influence import FEWEST_DRAWS, Z_FAMILY, standardised_ranks
from shadowline.futures.summary import answer_values, by_draw
from shadowline.study.effects import by_belief

if TYPE_CHECKING:
    from shadowline.study.compare import Comparison

HIGH: Final = 0.95
TIE: Final = 1e-12
SAMPLES: Final = 200
"""Samples of what is not known of the effects, for the share of beliefs in which a policy is the best."""


def regret_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """Return one row per actor, outcome that it minds, and policy.

    ``mean_regret`` and ``high_regret`` (95 % of draws) are in the outcome's unit; ``best_in`` is the share of draws in which no policy does
    better (shared where several do as well, and where chance does not tell them apart); ``content_in`` the share in which the level that
    the actor can live with is kept; ``regretted_where`` the uncertain number that goes most with the regret, with its rank correlation
    ``belief``, where one stands out.
    """
    minds = comparison.scenario.document.minds
    asked = comparison.questions
    rows: list[dict[str, Any]] = []
    for actor, wishes in minds.items():
        for key, mind in wishes.items():
            if key in asked:
                rows += _rows(comparison, actor, key, mind)
    return rows


def _rows(comparison: Comparison, actor: str, key: str, mind: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - words
    levels, doubts = beliefs(comparison, key)
    sign = 1.0 if mind.wants == "fewer" else -1.0
    regret = sign * levels - (sign * levels).min(axis=0)
    best = _best(sign * levels, doubts)
    rows = []
    for n, arm in enumerate(comparison.arms):
        path, belief = _explained(comparison, regret[n])
        rows.append({
            "actor": actor,
            "outcome": key,
            "wants": mind.wants,
            "policy": arm.name,
            "mean_regret": float(regret[n].mean()),
            "high_regret": float(np.quantile(regret[n], HIGH)),
            "best_in": float(best[n]),
            "content_in": _content(levels[n], mind),
            "regretted_where": path,
            "belief": belief,
        })  # fmt: skip
    return rows


def _best(worse: np.ndarray, doubts: np.ndarray) -> np.ndarray:
    """Return the share of draws in which each policy is the best (policies,), what is not known of its effect allowed for.

    ``worse`` and ``doubts`` (policies, draws) are what a policy makes of a question, and the standard error of its difference from the
    first.
    Policies that are the same under a belief share it.
    """
    rng = np.random.default_rng(1)
    shares = np.zeros(len(worse))
    for _ in range(SAMPLES):
        sampled = worse + doubts * rng.standard_normal(worse.shape)
        winning = sampled <= sampled.min(axis=0) + TIE
        shares += (winning / winning.sum(axis=0)).mean(axis=1)
    return np.asarray(shares / SAMPLES)


def beliefs(comparison: Comparison, key: str) -> tuple[np.ndarray, np.ndarray]:
    """Return what each policy makes of a question under each parameter draw, and the standard error of its difference from the first.

    Both are (policies, draws); chance within draws is taken out of the levels and of the differences.
    """
    first = comparison.arms[0].results
    n, futures = first.model.names.outcomes.index(key), first.batch.futures
    base = answer_values(first.model, first.batch, n)
    own, within = by_draw(base, futures)
    level = _without_chance(own, within)
    rows, doubts = [level], [np.zeros(own.size)]
    most = 1.0 if first.model.names.document.outcomes[key].happens_when is not None else np.inf
    for arm in comparison.arms[1:]:
        changed = answer_values(first.model, arm.batch, n)
        means, chance = by_draw(changed - base, futures)
        doubt = np.zeros(means.size)
        if np.any(means) and means.size > 1:
            means, doubt = by_belief(means, (own + by_draw(changed, futures)[0]) / 2, chance, futures)
        rows.append(np.clip(level + means, 0.0, most))
        doubts.append(doubt)
    return np.array(rows), np.array(doubts)


def _without_chance(means: np.ndarray, within: float) -> np.ndarray:
    """Return means of draws pulled together by the part of their variance that is chance."""
    total = float(means.var(ddof=1)) if means.size > 1 else 0.0
    keep = max(0.0, (total - within) / total) ** 0.5 if total > 0.0 else 0.0
    return np.asarray(means.mean() + keep * (means - means.mean()))


def _content(levels: np.ndarray, mind: Any) -> float | None:  # noqa: ANN401 - words
    """Return the share of draws in which the level that an actor can live with is kept, None if it names none."""
    if mind.at_most is None and mind.at_least is None:
        return None
    kept = np.ones(levels.size, bool)
    if mind.at_most is not None:
        kept &= levels <= mind.at_most
    if mind.at_least is not None:
        kept &= levels >= mind.at_least
    return float(kept.mean())


def _explained(comparison: Comparison, regret: np.ndarray) -> tuple[str | None, float | None]:
    """Return the uncertain number that goes most with a regret, and its rank correlation, where it stands out of chance."""
    model = comparison.arms[0].stand.ground.bare
    paths = list(dict.fromkeys(slot.path for slot in model.slots if not slot.number.is_certain))
    if regret.size < FEWEST_DRAWS or not np.ptp(regret) > TIE or not paths:
        return None, None
    ranked = standardised_ranks(np.column_stack([model.values.columns[path] for path in paths]))
    correlations = standardised_ranks(regret[:, None])[:, 0] @ ranked
    best = int(np.abs(correlations).argmax())
    strongest = float(correlations[best])
    return (paths[best], strongest) if abs(strongest) > Z_FAMILY / math.sqrt(regret.size) else (None, None)
