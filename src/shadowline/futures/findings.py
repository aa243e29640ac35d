"""What many futures hold, as tables of a few rows: the numbers behind every picture and most sentences.

Each function returns a pandas table whose columns are named with their units; the pictures draw these tables and nothing else.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import special

from shadowline.engine.diary import CROSSED, STRIKES, TESTED
from shadowline.futures.focus import adversaries_asked, dyads_asked
from shadowline.futures.summary import by_draw
from shadowline.parameters import RUNGS

if TYPE_CHECKING:
    from shadowline.futures.results import Results

DAYS_PER_WEEK = 7
BAND = (0.05, 0.25, 0.5, 0.75, 0.95)
QUANTILES = ("low", "lower", "median", "upper", "high")
FIFTHS = 5
WEEKS = ["what", "asks", "start", "days", "recorded", *QUANTILES]


def chance_by_day(results: Results) -> pd.DataFrame:
    """Return the cumulated chance of every yes-or-no question by day, with its 5-95 % range over parameter draws.

    Columns ``outcome``, ``day``, ``date``, ``chance``, ``low``, ``high`` (0..1; the range is missing where chance within draws hides it).
    The range of the draws' curves is pulled together so that chance within draws is not counted as spread, as for the answers; Harrell and
    Davis's quantiles keep the bands free of steps where a draw has few futures.
    """
    model, batch = results.model, results.batch
    dates = _dates(results, np.arange(model.days))
    tables = []
    for n, answer in enumerate(results.answers):
        if answer.kind != "probability":
            continue
        curves = np.minimum(1.0, batch.hazard[:, n].cumsum(axis=1) / batch.futures)
        middle = curves.mean(axis=0)
        low, high = np.full(model.days, np.nan), np.full(model.days, np.nan)
        if answer.spread_low is not None and model.draws > 1:
            keep = _kept(batch.chance[:, n], batch.futures)
            low, high = (np.clip(steady_quantile(middle + keep * (curves - middle), share), 0.0, 1.0) for share in (0.05, 0.95))
        tables.append(
            pd.DataFrame({"outcome": answer.id, "day": np.arange(model.days), "date": dates, "chance": middle, "low": low, "high": high})
        )
    columns = ["outcome", "day", "date", "chance", "low", "high"]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


def steady_quantile(values: np.ndarray, share: float) -> np.ndarray:
    """Return the quantile of every column of ``values`` (draws, columns) as a weighted mean of all order statistics.

    Harrell and Davis 1982, Biometrika 69:635; SciPy's own version takes seconds to load and a hundred times as long.
    """
    count = len(values)
    edges = special.betainc((count + 1) * share, (count + 1) * (1.0 - share), np.arange(count + 1) / count)
    return np.asarray(np.diff(edges) @ np.sort(values, axis=0))


def _kept(values: np.ndarray, futures: int) -> float:
    """Return the share of the draws' spread that is not chance within draws."""
    means, within = by_draw(values, futures)
    total = float(means.var(ddof=1))
    return math.sqrt(max(0.0, total - within) / total) if total > 0.0 else 0.0


def _dates(results: Results, days: np.ndarray) -> list[Any]:
    first = results.scenario.document.as_of + timedelta(days=1)
    return [first + timedelta(days=int(day)) for day in days]


def by_week(results: Results) -> pd.DataFrame:
    """Return attacks and answers by week: as recorded before the as-of date, and as quantiles over futures after it.

    Columns ``what`` (a question that counts attacks, or ``answers:ADVERSARY``), ``asks``, ``start`` (date), ``days``, ``recorded`` (missing
    after the as-of date, and in weeks that the record does not cover whole), ``low``, ``lower``, ``median``, ``upper``, ``high`` (5, 25, 50, 75, 95 % of futures; missing before it).
    """
    document = results.scenario.document
    tables = []
    for n, (key, outcome) in enumerate(document.outcomes.items()):
        if outcome.count is not None and outcome.count.attacks is not None:
            watched = results.model.around.watches[n, : len(results.model.names.fronts)] == 1
            tables.append(_weeks(results, key, outcome.asks, _recorded_attacks(results, watched), results.batch.weekly[:, n]))
    for adversary in adversaries_asked(document):
        row = results.model.names.actors.index(adversary)
        strikes = results.batch.diary.pages[:, :, row, STRIKES]
        if strikes.size and (strikes.any() or results.model.around.past_strikes.size):
            asks = f"Answers carried out by {document.actors[adversary].name or adversary}"
            tables.append(_weeks(results, f"answers:{adversary}", asks, _recorded_strikes(results, row), strikes))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=WEEKS)


def _weeks(results: Results, key: str, asks: str, recorded: np.ndarray, futures: np.ndarray) -> pd.DataFrame:
    """Return one series: ``recorded`` (weeks before the as-of date, the last ends on it) and ``futures`` (runs, weeks); no part weeks."""
    as_of = results.scenario.document.as_of
    before = len(recorded)
    past = pd.DataFrame({"start": [as_of - timedelta(days=DAYS_PER_WEEK * (before - n) - 1) for n in range(before)], "recorded": recorded})
    weeks = results.model.days // DAYS_PER_WEEK
    values = np.quantile(futures[:, :weeks], BAND, axis=0) if weeks else np.zeros((len(BAND), 0))
    ahead = pd.DataFrame(dict(zip(QUANTILES, values, strict=True)))
    ahead.insert(0, "start", _dates(results, np.arange(weeks) * DAYS_PER_WEEK))
    whole = pd.concat([table for table in (past, ahead) if len(table)], ignore_index=True)
    for n, (name, value) in enumerate((("what", key), ("asks", asks))):
        whole.insert(n, name, value)
    whole["days"] = DAYS_PER_WEEK
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

    Columns ``patron``, ``adversary``, ``rung``, ``share`` (0..1, the rung is used at least once: the answer to the question that asks for it,
    where one does, or else counted), ``counted`` (share of the futures played in which it is used), ``highest`` (in which it is the highest).
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
    the number in the fifths of draws where it is smallest and largest), ``low`` and ``high`` (the answer there), ``error``
    (standard error of each), ``answer`` (over all draws).
    """
    from shadowline.futures.influence import correlations

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
        error = float(means.std(ddof=1) / math.sqrt(fifth)) if len(means) > 1 else 0.0
        rows.append({
            "path": mover.path, "meaning": mover.meaning, "judgement": mover.judgement, "correlation": mover.correlation,
            "value_low": float(values[small].mean()), "value_high": float(values[large].mean()),
            "low": float(means[small].mean()), "high": float(means[large].mean()), "error": error, "answer": answer.value,
        })  # fmt: skip
    columns = ["path", "meaning", "judgement", "correlation", "value_low", "value_high", "low", "high", "error", "answer"]
    return pd.DataFrame(rows, columns=columns)


def _answer_by_draw(results: Results, n: int) -> np.ndarray:
    """Return the answer to question ``n`` under each parameter draw."""
    from shadowline.futures.summary import answer_values

    return np.asarray(answer_values(results.model, results.batch, n).reshape(-1, results.batch.futures).mean(axis=1))
