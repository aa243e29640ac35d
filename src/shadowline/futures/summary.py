"""What many futures say about each question: a value, Monte Carlo error, parameter spread, and when.

With D parameter draws of F futures each, the mean over a draw's futures estimates what the model says under that draw. Its variance has two
parts: chance within a draw (known from the futures, divided by F) and the spread between draws. The Monte Carlo interval is the error of
the overall mean; the parameter spread is the 5-95 % range of the draws' means, shrunk so that chance within draws is not counted as spread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from shadowline.engine.batch import Batch
    from shadowline.engine.build import Model

Z95 = 1.959963984540054
LOW, HIGH = 0.05, 0.95
DAYS_PER_WEEK = 7.0
CURVE_STEP = 30


@dataclass(frozen=True)
class Answer:
    """The answer to one question.

    ``mc_low`` and ``mc_high`` are a 95 % Monte Carlo interval of ``value``; ``spread_low`` and ``spread_high`` the 5-95 % range
    over parameter draws, None where chance hides it. ``when`` says on which day: quantiles among the futures in which it
    happens, and the cumulated chance (or the weekly mean of a count) over time.
    """

    id: str
    asks: str
    kind: Literal["probability", "count", "share"]
    unit: str
    value: float
    mc_low: float
    mc_high: float
    spread_low: float | None
    spread_high: float | None
    integrated: bool
    when: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def parameter_spread(means: np.ndarray, within: float) -> tuple[float | None, float | None]:
    """Return the 5-95 % range of draws' means (draws,), chance within draws (``within``, the variance of a mean by chance alone) taken out.

    The means are pulled together until their variance is what lies between draws. Where that variance does not stand out of chance (two
    standard errors of a variance), the spread is not resolved: None.
    """
    total = float(means.var(ddof=1)) if means.size > 1 else 0.0
    if total <= within * (1.0 + 2.0 * math.sqrt(2.0 / max(1, means.size - 1))):
        return None, None
    keep = math.sqrt((total - within) / total)
    low, high = np.quantile(means.mean() + keep * (means - means.mean()), [LOW, HIGH])
    return float(low), float(high)


def by_draw(values: np.ndarray, futures: int) -> tuple[np.ndarray, float]:
    """Return the mean of each draw, and the variance of such a mean by chance alone; ``values`` (runs,)."""
    table = values.reshape(-1, futures)
    means = table.mean(axis=1)
    within = float(table.var(axis=1, ddof=1).mean()) / futures if futures > 1 else 0.0
    return means, within


def wilson(share: float, n: float) -> tuple[float, float]:
    """Return the Wilson score interval (95 %) of a share of ``n`` trials."""
    centre = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 / (1 + Z95**2 / n) * math.sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def monte_carlo(values: np.ndarray, futures: int, *, binary: bool, share: bool = True) -> tuple[float, float]:
    """Return a 95 % interval of the mean of ``values`` (runs,), whose draws are clusters of ``futures`` runs.

    ``binary`` values, and a ``share`` that happens to be the same everywhere, get Wilson's interval, which is never of no width.
    """
    means, _ = by_draw(values, futures)
    mean = float(means.mean())
    clusters = means if means.size > 1 else values
    error = math.sqrt(float(clusters.var(ddof=1)) / clusters.size) if clusters.size > 1 else 0.0
    if binary or (error == 0.0 and share):
        effective = values.size if error == 0.0 else min(values.size, mean * (1 - mean) / error**2)
        return wilson(mean, max(1.0, effective))
    return mean - Z95 * error, mean + Z95 * error


def answers(model: Model, batch: Batch) -> list[Answer]:
    """Return the answers to all of a scenario's questions, in their order."""
    return [_answer(model, batch, n) for n in range(len(model.names.outcomes))]


def _answer(model: Model, batch: Batch, n: int) -> Answer:
    key = model.names.outcomes[n]
    outcome = model.names.document.outcomes[key]
    if outcome.happens_when is None:
        return _count(model, batch, n, key, outcome)
    integrated = bool(model.layout.view(model.starts[0], "outcomes")[n].integrated)
    values = batch.chance[:, n]
    low, high = monte_carlo(values, batch.futures, binary=not integrated)
    spread = _spread(model, values, batch.futures, 1.0)
    return Answer(
        key,
        outcome.asks,
        "probability",
        f"chance within {model.days} days",
        float(min(1.0, values.mean())),
        max(0.0, low),
        min(1.0, high),
        *spread,
        integrated,
        _when(model, batch, n),
    )


def _when(model: Model, batch: Batch, n: int) -> dict[str, Any]:
    """Return on which day it happens, where it does, and the cumulated chance every 30 days; the day after the as-of date is day 0."""
    by_day = batch.hazard[:, n].sum(axis=0) / len(batch.chance)
    curve = np.cumsum(by_day)
    steps = sorted({*range(CURVE_STEP - 1, model.days, CURVE_STEP), model.days - 1})
    when: dict[str, Any] = {"chance_by_day": [[day + 1, float(min(1.0, curve[day]))] for day in steps]}
    if curve[-1] > 0.0:
        for name, share in (("early", 0.25), ("median", 0.5), ("late", 0.75)):
            day = int(np.searchsorted(curve, share * curve[-1]))
            when[f"{name}_day"] = min(day, model.days - 1)
            when[f"{name}_date"] = _date(model, min(day, model.days - 1))
    return when


def _date(model: Model, day: int) -> str:
    from datetime import timedelta

    return str(model.names.document.as_of + timedelta(days=day + 1))


def _count(model: Model, batch: Batch, n: int, key: str, outcome: Any) -> Answer:  # noqa: ANN401 - words
    """Return a count per week or day at risk, or over the horizon; or a level, averaged over days."""
    per = outcome.count.per if outcome.count is not None else "average"
    unit = {"average": "on average", "horizon": f"in {model.days} days"}.get(per, f"a {per}")
    values = answer_values(model, batch, n)
    low, high = monte_carlo(values, batch.futures, binary=False, share=False)
    spread = _spread(model, values, batch.futures, math.inf)
    weekly = batch.weekly[:, n].mean(axis=0)
    whole = model.days // int(DAYS_PER_WEEK)
    when = {"weekly_mean": [float(week) for week in weekly[:whole]]}
    mean = float(values.mean())
    return Answer(key, outcome.asks, "count", unit, mean, max(0.0, low), high, *spread, integrated=False, when=when)


def answer_values(model: Model, batch: Batch, n: int) -> np.ndarray:
    """Return what each future says about question ``n`` (runs,): a chance, or a count in the question's unit."""
    outcome = model.names.document.outcomes[model.names.outcomes[n]]
    if outcome.happens_when is not None:
        return batch.chance[:, n]
    total = batch.total[:, n].astype(float)
    if outcome.average is not None:
        return np.asarray(total / np.maximum(1, batch.at_risk[:, n]))
    if outcome.count.per == "horizon":
        return total
    at_risk = batch.at_risk[:, n] if outcome.count.attacks is not None else np.full(len(total), model.days)
    return np.asarray(total / np.maximum(1, at_risk) * (DAYS_PER_WEEK if outcome.count.per == "week" else 1.0))


def _spread(model: Model, values: np.ndarray, futures: int, most: float) -> tuple[float | None, float | None]:
    """Return the parameter spread of ``values`` (runs,) within 0 and ``most``; where every number is certain there is none."""
    means, within = by_draw(values, futures)
    if all(slot.number.is_certain for slot in model.slots):
        return float(min(most, means.mean())), float(min(most, means.mean()))
    low, high = parameter_spread(means, within)
    if low is None or high is None:
        return None, None
    return min(most, max(0.0, low)), min(most, max(0.0, high))
