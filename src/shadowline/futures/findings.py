"""What many futures hold, as tables of a few rows: the numbers behind every picture and most sentences.

Each function returns a pandas table whose columns are named with their units; the pictures draw these tables and nothing else.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from shadowline.engine.diary import CROSSED, STRIKES, TESTED
from shadowline.futures.focus import adversaries_asked, dyads_asked
from shadowline.futures.summary import answer_values, by_draw, parameter_spread
from shadowline.parameters import RUNGS

if TYPE_CHECKING:
    from shadowline.futures.results import Results

DAYS_PER_WEEK = 7
BAND = (0.05, 0.25, 0.5, 0.75, 0.95)
QUANTILES = ("low", "lower", "median", "upper", "high")
FIFTHS = 5
FOUR = 4
WEEKS = ["what", "asks", "start", "days", "recorded", *QUANTILES]


def chance_by_day(results: Results) -> pd.DataFrame:
    """Return the cumulated chance of every yes-or-no question by day, with its 5-95 % range over parameter draws.

    Columns ``outcome``, ``day``, ``date``, ``chance``, ``low``, ``high`` (0..1; the range is missing on days on which chance within draws
    hides it). On each day the draws' curves are pulled together so that chance within draws is not counted as spread, as for the answers.
    """
    model, batch = results.model, results.batch
    dates = _dates(results, np.arange(model.days))
    tables = []
    for n, answer in enumerate(results.answers):
        if answer.kind != "probability":
            continue
        curves = batch.hazard[:, n].cumsum(axis=1) / batch.futures
        low, high = np.full(model.days, np.nan), np.full(model.days, np.nan)
        if answer.spread_low is not None and model.draws > 1 and batch.futures > 1:
            low, high = _band(curves, _chance_within(curves, batch.chance[:, n], batch.futures))
        middle = np.minimum(1.0, curves.mean(axis=0))
        tables.append(
            pd.DataFrame({"outcome": answer.id, "day": np.arange(model.days), "date": dates, "chance": middle, "low": low, "high": high})
        )
    columns = ["outcome", "day", "date", "chance", "low", "high"]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


def _chance_within(curves: np.ndarray, values: np.ndarray, futures: int) -> np.ndarray:
    """Return by day the variance of a draw's curve (draws, days) by chance alone.

    That of a share of ``futures`` futures, times how much more or less the last day's integrated ``values`` (runs,) vary than counts would.
    """
    kept = np.clip(curves, 0.0, 1.0)
    counted = (kept * (1.0 - kept)).mean(axis=0) / (futures - 1)
    _, within = by_draw(values, futures)
    return np.asarray(counted * (within / counted[-1] if counted[-1] > 0.0 else 1.0))


def _band(curves: np.ndarray, within: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the 5-95 % range by day, from the last day on which it is not resolved; missing before."""
    low, high = np.full(curves.shape[1], np.nan), np.full(curves.shape[1], np.nan)
    for day in range(curves.shape[1] - 1, -1, -1):
        below, above = parameter_spread(curves[:, day], float(within[day]))
        if below is None or above is None:
            break
        low[day], high[day] = np.clip((below, above), 0.0, 1.0)
    return low, high


def _dates(results: Results, days: np.ndarray) -> list[Any]:
    first = results.scenario.document.as_of + timedelta(days=1)
    return [first + timedelta(days=int(day)) for day in days]


def by_week(results: Results) -> pd.DataFrame:
    """Return attacks by week and answers by four weeks: as recorded before the as-of date, and as quantiles over futures after it.

    Columns ``what`` (a question that counts attacks, or ``answers:ADVERSARY``), ``asks``, ``start`` (date), ``days`` (length), ``recorded``
    (missing after the as-of date, and where the record does not cover the time whole), ``low``, ``lower``, ``median``, ``upper``, ``high``
    (5, 25, 50, 75, 95 % of futures; missing before the as-of date).
    """
    document = results.scenario.document
    tables = []
    for n, (key, outcome) in enumerate(document.outcomes.items()):
        if outcome.count is not None and outcome.count.attacks is not None:
            watched = results.model.around.watches[n, : len(results.model.names.fronts)] == 1
            tables.append(_series(results, key, outcome.asks, _recorded_attacks(results, watched), results.batch.weekly[:, n]))
    for adversary in adversaries_asked(document):
        row = results.model.names.actors.index(adversary)
        strikes = results.batch.diary.pages[:, :, row, STRIKES]
        if strikes.size and (strikes.any() or results.model.around.past_strikes.size):
            asks = f"Answers carried out by {document.actors[adversary].name or adversary}"
            by_four = _in_fours(_recorded_strikes(results, row)), _in_fours(strikes[:, : results.model.days // DAYS_PER_WEEK], last=False)
            tables.append(_series(results, f"answers:{adversary}", asks, *by_four, weeks=FOUR))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=WEEKS)


def _in_fours(by_week: np.ndarray, *, last: bool = True) -> np.ndarray:
    """Return sums of four weeks along the last axis, of whole fours that end with the last week, or else begin with the first."""
    weeks = by_week.shape[-1]
    fours = weeks // FOUR
    kept = by_week[..., weeks - fours * FOUR :] if last else by_week[..., : fours * FOUR]
    return np.asarray(kept.reshape(*by_week.shape[:-1], fours, FOUR).sum(axis=-1))


def _series(  # noqa: PLR0913
    results: Results, key: str, asks: str, recorded: np.ndarray, futures: np.ndarray, *, weeks: int = 1
) -> pd.DataFrame:
    """Return one series in steps of so many weeks: ``recorded`` (the last step ends on the as-of date) and ``futures`` (runs, steps)."""
    as_of, length = results.scenario.document.as_of, DAYS_PER_WEEK * weeks
    before = len(recorded)
    past = pd.DataFrame({"start": [as_of - timedelta(days=length * (before - n) - 1) for n in range(before)], "recorded": recorded})
    whole_steps = results.model.days // length
    values = np.quantile(futures[:, :whole_steps], BAND, axis=0) if whole_steps else np.zeros((len(BAND), 0))
    ahead = pd.DataFrame(dict(zip(QUANTILES, values, strict=True)))
    ahead.insert(0, "start", _dates(results, np.arange(whole_steps) * length))
    parts = [table for table in (past, ahead) if len(table)]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["start"])
    for n, (name, value) in enumerate((("what", key), ("asks", asks))):
        whole.insert(n, name, value)
    whole["days"] = length
    return whole.reindex(columns=WEEKS)


def _recorded_attacks(results: Results, watched: np.ndarray) -> np.ndarray:
    """Return recorded attacks by week (mean over draws of how totals are spread), empty where the record says nothing of these fronts."""
    past = results.model.past_attacks[:, :, watched]
    if past.size == 0 or (past < 0).all():
        return np.zeros(0)
    by_week = _week_sums(np.where(past < 0, 0, past).sum(axis=2).mean(axis=0))
    covered = _week_sums((past >= 0).all(axis=(0, 2)).astype(float)) == DAYS_PER_WEEK
    return np.where(covered, by_week, np.nan)


def _recorded_strikes(results: Results, actor: int) -> np.ndarray:
    """Return recorded strikes of an actor by week."""
    days = results.model.past_attacks.shape[1]
    strikes = results.model.around.past_strikes
    first = results.scenario.document.as_of.toordinal() - days + 1
    counts = np.zeros(days)
    for strike in strikes[strikes["actor"] == actor]:
        if 0 <= strike["day"] - first < days:  # a scenario may declare strikes for days to come
            counts[strike["day"] - first] += 1.0
    return _week_sums(counts)


def _week_sums(by_day: np.ndarray) -> np.ndarray:
    """Return sums of whole weeks that end with the last day."""
    weeks = len(by_day) // DAYS_PER_WEEK
    return np.asarray(by_day[len(by_day) - weeks * DAYS_PER_WEEK :].reshape(weeks, DAYS_PER_WEEK).sum(axis=1))


def ladder(results: Results) -> pd.DataFrame:
    """Return how many futures use each rung of the ladder between patron and adversary.

    Columns ``patron``, ``adversary``, ``rung``, ``share`` (0..1, the rung is used at least once: the answer to the question that asks for
    it, where one does, or else counted), ``counted`` (share of the futures played in which it is used), ``highest`` (in which it is the
    highest).
    """
    names, reached = results.model.names, results.batch.diary.reached
    answered = _rungs_asked(results)
    rows = []
    for patron, adversary in dyads_asked(results.scenario.document):
        used = reached[:, names.dyad(patron, adversary)] >= 0
        top = np.where(used.any(axis=1), len(RUNGS) - 1 - used[:, ::-1].argmax(axis=1), 0)
        for n, rung in enumerate(RUNGS):
            counted = float(used[:, n].mean()) if n else float((top == 0).mean())
            share = answered.get((patron, adversary, rung), counted)
            highest = float((top == n).mean())
            rows.append({"patron": patron, "adversary": adversary, "rung": rung, "share": share, "counted": counted, "highest": highest})
    return pd.DataFrame(rows, columns=["patron", "adversary", "rung", "share", "counted", "highest"])


def _rungs_asked(results: Results) -> dict[tuple[str, str, str], float]:
    """Return the answers to questions about one rung between a patron and an adversary: open war, or strikes on that rung alone."""
    found = {}
    highest_strike = RUNGS[-2]
    for answer in results.answers:
        when = results.scenario.document.outcomes[answer.id].happens_when
        if when is not None and when.open_war is not None:
            found[when.open_war.patron, when.open_war.adversary, RUNGS[-1]] = answer.value
        elif when is not None and when.strike is not None and when.strike.on is not None:
            rung, most = when.strike.at_least, when.strike.at_most or highest_strike
            if rung is not None and rung == most:
                found[when.strike.on, when.strike.by, rung] = answer.value
    return found


def lines(results: Results) -> pd.DataFrame:
    """Return how often each red line is crossed and tested.

    Columns ``line``, ``owner``, ``crossed`` (share of futures, 0..1), ``crossings`` and ``tested`` (mean number in a future; near misses
    are attacks that get through without the deaths that count, attacks stopped before a hit that would count, or strikes that stop short).
    """
    counts = results.batch.diary.lines
    rows = []
    for k, (key, line) in enumerate(results.scenario.document.lines.items()):
        crossed = counts[:, k, CROSSED]
        rows.append({
            "line": key, "owner": line.owner, "crossed": float((crossed > 0).mean()), "crossings": float(crossed.mean()),
            "tested": float(counts[:, k, TESTED].mean()),
        })  # fmt: skip
    return pd.DataFrame(rows, columns=["line", "owner", "crossed", "crossings", "tested"])


def ties(results: Results) -> pd.DataFrame:
    """Return who backs and who attacks whom, over all days of all futures.

    Columns ``from``, ``to`` (a proxy, or a target), ``kind`` (``backs`` or ``attacks``), ``owner`` (who answers for the target), ``money``
    (share of the proxy's funding on the first morning, mean over draws, 0..1), ``obeyed`` (share of days on which it obeys that principal
    about the adversaries whom the questions are about, or about any, 0..1), ``a_week`` (attacks a week).
    """
    model, names, diary = results.model, results.model.names, results.batch.diary
    asked = set(adversaries_asked(names.document))
    money = np.mean([model.layout.view(morning, "ties")["funding"] for morning in results.batch.mornings], axis=0)
    days = diary.obeyed.mean(axis=0) / model.days
    rows = []
    for n, tie in enumerate(names.document.ties):
        about = [r for r, (_, t) in enumerate(names.reins) if t == n]
        about = [r for r in about if names.reins[r][0][1] in asked] or about
        obeyed = float(days[about].mean()) if about else np.nan
        rows.append({"from": tie.from_, "to": tie.to, "kind": "backs", "money": float(money[n]), "obeyed": obeyed})
    a_week = diary.fronts.mean(axis=0) / model.days * DAYS_PER_WEEK
    for f, front in enumerate(names.fronts):
        owner = names.document.targets[front.target].owner
        rows.append({"from": front.proxy, "to": front.target, "kind": "attacks", "owner": owner, "a_week": float(a_week[f])})
    return pd.DataFrame(rows, columns=["from", "to", "kind", "owner", "money", "obeyed", "a_week"])


def what_moves(results: Results, outcome: str, most: int = 5) -> pd.DataFrame:
    """Return the uncertain numbers that move one answer most, the strongest first.

    Columns ``path``, ``meaning``, ``judgement``, ``correlation`` (rank correlation over draws), ``value_low`` and ``value_high`` (means of
    the number in the fifths of draws where it is smallest and largest), ``low`` and ``high`` (the answer there),
    ``error_low`` and ``error_high`` (standard errors of these), ``answer`` (over all draws), ``stands_out`` (of what chance gives).
    """
    from shadowline.futures.influence import correlations, stands_out

    n = results.model.names.outcomes.index(outcome)
    answer = results.answers[n]
    means = _answer_by_draw(results, n)
    found = sorted(correlations(results.model, results.batch, outcome), key=lambda mover: -abs(mover.correlation))[:most]
    rows = []
    for mover in found:
        values = results.model.values.columns[mover.path]
        order = np.argsort(values, kind="stable")
        fifth = max(1, len(order) // FIFTHS)
        small, large = order[:fifth], order[-fifth:]
        errors = [float(means[part].std(ddof=1) / math.sqrt(fifth)) if fifth > 1 else 0.0 for part in (small, large)]
        rows.append({
            "path": mover.path, "meaning": mover.meaning, "judgement": mover.judgement, "correlation": mover.correlation,
            "value_low": float(values[small].mean()), "value_high": float(values[large].mean()),
            "low": float(means[small].mean()), "high": float(means[large].mean()), "error_low": errors[0], "error_high": errors[1],
            "answer": answer.value, "stands_out": stands_out(mover, results.model.draws),
        })  # fmt: skip
    columns = ["path", "meaning", "judgement", "correlation", "value_low", "value_high", "low", "high", "error_low", "error_high"]
    return pd.DataFrame(rows, columns=[*columns, "answer", "stands_out"])


def _answer_by_draw(results: Results, n: int) -> np.ndarray:
    """Return the answer to question ``n`` under each parameter draw."""
    return np.asarray(answer_values(results.model, results.batch, n).reshape(-1, results.batch.futures).mean(axis=1))
