"""Prior beside what the record supports: the recorded past, replayed by the model as if nobody had recorded it.

The scenario is played over its prelude without the record, a few histories for each parameter draw. Histories are compared with what was
recorded (attacks by parts of the period, answers in all), and the nearest tenth kept. Draws count by how many of their histories were
kept: that is what the record supports, in the rough (approximate Bayesian computation; Beaumont 2010, Annual Review of Ecology, Evolution,
and Systematics 41:379). It costs a second and says which numbers the record speaks to at all; it is no fit of the model.

Two cautions belong to every use: quiet rates and multipliers of context were set with the same totals in view, so that the record is used
twice; and of deaths nothing is learned here, because one lethal event is too few to compare by distance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from shadowline.engine.batch import DAYS_PER_WEEK, play
from shadowline.engine.build import build
from shadowline.engine.diary import STRIKES
from shadowline.futures.focus import adversaries_asked
from shadowline.futures.wording import Wording

if TYPE_CHECKING:
    from shadowline.engine.batch import Batch
    from shadowline.engine.build import Model
    from shadowline.futures.influence import Mover
    from shadowline.futures.results import Results

HISTORIES = 8
MOST_DRAWS = 500
FEWEST_DRAWS = 100
FEWEST_WEEKS = 4
KEPT = 0.1
PARTS = 4
QUANTILES = (0.05, 0.5, 0.95)
SHUFFLES = 4000
LEVEL = 0.05
"""Chance of calling any number moved that is not (Holm's correction over the numbers shown)."""


@dataclass(frozen=True)
class Support:
    """What the record supports.

    ``checks``: ``what``, ``recorded``, ``low``, ``median``, ``high`` (5, 50, 95 % of histories under the prior), ``inside``, ``kept_low``,
    ``kept_high`` (5-95 % of the histories kept). ``numbers``: ``path``, ``meaning``, ``judgement``, ``prior_low``, ``prior_high``,
    ``low``, ``median``, ``high`` (5-95 % range, supported), ``rank_low``, ``rank_median``, ``rank_high`` (the same as shares of prior
    draws below, 0..1), ``chance`` (of being moved so far for no reason), ``moved`` (whether chance alone would not do it, all numbers
    shown taken together). ``effective`` is the number of draws that the kept histories are
    worth.
    """

    checks: pd.DataFrame
    numbers: pd.DataFrame
    histories: int
    kept: int
    effective: float


@dataclass(frozen=True)
class _Statistic:
    """One recorded count beside the same count in every history (histories,)."""

    what: str
    recorded: float
    played: np.ndarray


def supported(results: Results, movers: list[Mover]) -> Support | None:
    """Return what the record supports of the numbers that matter; None where there is no recorded past, or too little to compare.

    Parameters
    ----------
    results : Results
        A run of a scenario with a prelude; the parameter draws are its first 500 at most.
    movers : list of Mover
        Uncertain numbers to report on.
    """
    prelude = results.scenario.document.prelude
    weeks = results.model.past_attacks.shape[1] // DAYS_PER_WEEK
    draws = min(MOST_DRAWS, results.model.draws)
    if prelude is None or weeks < FEWEST_WEEKS or draws < FEWEST_DRAWS:
        return None
    history = build(results.scenario, None, draws=draws, seed=results.plan.seed, horizon=weeks * DAYS_PER_WEEK, start=prelude.from_)
    batch = play(history, futures=HISTORIES, seed=results.plan.seed, threads=results.plan.workers, step=DAYS_PER_WEEK)
    statistics = [*_attacks(results, history, batch), *_answers(results, batch)]
    if not statistics:
        return None
    kept = _nearest(statistics)
    weights = np.bincount(kept // HISTORIES, minlength=draws).astype(float)
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    checks = pd.DataFrame([_check(statistic, kept) for statistic in statistics])
    columns = history.values.columns
    numbers = [_number(mover, columns[mover.path], weights) for mover in movers if mover.path in columns]
    mark_moved(numbers, weights, results.plan.seed)
    return Support(checks, pd.DataFrame(numbers), draws * HISTORIES, len(kept), effective)


def _attacks(results: Results, history: Model, batch: Batch) -> list[_Statistic]:
    """Return recorded attacks by parts of the period, for every question that counts attacks of which the record says something."""
    found = []
    past = results.model.past_attacks
    weeks = batch.weekly.shape[2]
    parts = np.array_split(np.arange(weeks), PARTS)
    wording = Wording(results.model.names)
    for n, (key, outcome) in enumerate(results.scenario.document.outcomes.items()):
        if outcome.count is None or outcome.count.attacks is None:
            continue
        watched = results.model.around.watches[n, : past.shape[2]] == 1
        if not watched.any() or (past[:, :, watched] < 0).all():
            continue
        recorded, covered = _by_week(past[:, :, watched], weeks)
        seen = np.repeat(acknowledged(history, watched), HISTORIES)
        for part in (weeks_of[covered[weeks_of]] for weeks_of in parts):
            if part.size:
                what = f"{wording.asked(key)}, {_weeks_named(part)}"
                found.append(_Statistic(what, float(recorded[part].sum()), batch.weekly[:, n][:, part].sum(axis=1) * seen))
    return found


def _by_week(past: np.ndarray, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Return recorded attacks by week (weeks,), and whether the record covers a week whole; ``past`` (draws, days, fronts)."""
    days = past[:, : weeks * DAYS_PER_WEEK]
    counts = np.where(days < 0, 0, days).sum(axis=2).mean(axis=0).reshape(weeks, DAYS_PER_WEEK).sum(axis=1)
    unrecorded = (days < 0).sum(axis=(0, 2)).reshape(weeks, DAYS_PER_WEEK).sum(axis=1)
    return counts, np.asarray(unrecorded == 0)


def _weeks_named(part: np.ndarray) -> str:
    """Return which weeks a part holds, the first week of the record being 1."""
    return f"week {part[0] + 1}" if len(part) == 1 else f"weeks {part[0] + 1} to {part[-1] + 1}"


def acknowledged(history: Model, watched: np.ndarray) -> np.ndarray:
    """Return the share of attacks that become known (draws,), the mean over the fronts watched."""
    names = history.names
    rows = {names.targets.index(names.fronts[f].target) for f in np.flatnonzero(watched)}
    return np.asarray(np.mean([history.starts[:, history.layout.address("targets", row, "acknowledged")] for row in sorted(rows)], axis=0))


def _answers(results: Results, batch: Batch) -> list[_Statistic]:
    """Return the number of answers of every adversary asked about, of which the record holds at least one."""
    found = []
    strikes = results.model.around.past_strikes
    first = results.scenario.document.as_of.toordinal() + 1 - results.model.past_attacks.shape[1]
    strikes = strikes[(strikes["day"] >= first) & (strikes["day"] < first + batch.weekly.shape[2] * DAYS_PER_WEEK)]
    for adversary in adversaries_asked(results.scenario.document):
        actor = results.model.names.actors.index(adversary)
        recorded = int((strikes["actor"] == actor).sum())
        if recorded:
            found.append(
                _Statistic(
                    f"Answers carried out by {Wording(results.model.names).actor(adversary)}",
                    float(recorded),
                    batch.diary.pages[:, :, actor, STRIKES].sum(axis=1),
                )
            )
    return found


def _nearest(statistics: list[_Statistic]) -> np.ndarray:
    """Return the numbers of the histories nearest to the record: square roots of counts, each in units of its spread under the prior."""
    distance = np.zeros(len(statistics[0].played))
    for statistic in statistics:
        played = np.sqrt(statistic.played)
        spread = float(played.std())
        if spread > 0.0:
            distance += ((played - math.sqrt(statistic.recorded)) / spread) ** 2
    return np.sort(np.argsort(distance, kind="stable")[: max(1, int(KEPT * len(distance)))])


def _check(statistic: _Statistic, kept: np.ndarray) -> dict[str, object]:
    low, median, high = np.quantile(statistic.played, QUANTILES)
    kept_low, _, kept_high = np.quantile(statistic.played[kept], QUANTILES)
    inside = bool(low <= statistic.recorded <= high)
    row = {"what": statistic.what, "recorded": statistic.recorded, "low": low, "median": median, "high": high, "inside": inside}
    return row | {"kept_low": kept_low, "kept_high": kept_high}


def _number(mover: Mover, values: np.ndarray, weights: np.ndarray) -> dict[str, Any]:
    """Return one number's prior and what is left of it among the draws kept."""
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(weights[order]) / weights.sum()
    rank = (np.arange(len(values)) + 0.5) / len(values)
    low, median, high = (values[order][min(int(np.searchsorted(cumulated, share)), len(values) - 1)] for share in QUANTILES)
    ranks = {
        f"rank_{name}": float(np.interp(share, cumulated, rank)) for name, share in zip(("low", "median", "high"), QUANTILES, strict=True)
    }
    prior_low, _, prior_high = np.quantile(values, QUANTILES)
    row = {"path": mover.path, "meaning": mover.meaning, "judgement": mover.judgement}
    row |= {"prior_low": prior_low, "prior_high": prior_high, "low": low, "median": median, "high": high}
    return row | ranks | {"distance": _distance(weights[order])}


def _distance(weights: np.ndarray) -> float:
    """Return the largest gap between the weighted and the plain distribution of draws in the order of a number's values."""
    return float(np.abs(np.cumsum(weights) / weights.sum() - np.arange(1, len(weights) + 1) / len(weights)).max())


def mark_moved(numbers: list[dict[str, Any]], weights: np.ndarray, seed: int) -> None:
    """Add to every number the chance of so large a distance if the weights had nothing to do with it, and whether it counts as moved.

    The weights are shuffled among the draws, which keeps how unequal they are; Holm's correction keeps the chance of calling any number
    moved that is not below one in twenty.
    """
    shuffled = np.random.default_rng(seed)
    null = np.sort([_distance(shuffled.permutation(weights)) for _ in range(SHUFFLES)])
    for number in numbers:
        beyond = SHUFFLES - int(np.searchsorted(null, number["distance"]))
        number["chance"] = (1 + beyond) / (1 + SHUFFLES)
    still = True
    for n, number in enumerate(sorted(numbers, key=lambda one: one["chance"])):
        still = still and number["chance"] <= LEVEL / (len(numbers) - n)
        number["moved"] = still
