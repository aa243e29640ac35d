"""Hold the model case's priors against the record, and write the page that says so.

The scenario is played without its prelude over periods that the record counts: 797 quiet days to 28 March 2023, and the wave from
17 October 2023. Each recorded figure should lie within the 5-95 % range of what the priors predict. Run as
``python tools/prior_predictive.py`` (about a minute); it rewrites ``docs/reference/prior-predictive.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from shadowline.engine.batch import play
from shadowline.engine.build import Model, build
from shadowline.engine.tables import the_catalogue
from shadowline.engine.telling import tell
from shadowline.mechanisms.journal import ATTACK, STRIKE
from shadowline.scenario.load import load_scenario

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "prior-predictive.md"
SEED = 7
QUIET_FROM, QUIET_DAYS = date(2021, 1, 21), 797
WAVE_FROM, WAVE_DAYS = date(2023, 10, 17), 106
TOLD = 400
STRIKE_DATES = "4 (5 dates, two of them neighbours)"
CUMULATIVE = {
    date(2023, 10, 30): 23,
    date(2023, 11, 14): 55,
    date(2023, 11, 17): 61,
    date(2023, 12, 21): 102,
    date(2024, 1, 18): 140,
    date(2024, 1, 30): 165,
}


@dataclass(frozen=True)
class Row:
    """One recorded figure beside what the priors predict."""

    what: str
    recorded: str
    low: float
    median: float
    high: float
    inside: bool


def row(what: str, predicted: np.ndarray, recorded: float, said: str | None = None) -> Row:
    """Return a row from predictions (futures,)."""
    low, median, high = np.quantile(predicted, [0.05, 0.5, 0.95])
    return Row(what, said or f"{recorded:g}", float(low), float(median), float(high), bool(low <= recorded <= high))


def journals(model: Model, futures: int) -> list[np.recarray]:
    """Return the told futures of a model, one per parameter draw."""
    return [tell(model, run * futures, futures=futures, seed=SEED) for run in range(model.draws)]


def american(model: Model, journal: np.recarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the days of attacks on American forces in the levant, of American strikes there, and the rungs of all American strikes."""
    names = model.names
    us = names.actor("united-states")
    fronts = names.fronts_facing("united-states", "levant")
    attacks = journal[(journal.kind == ATTACK) & np.isin(journal.front, fronts)]
    strikes = journal[(journal.kind == STRIKE) & (journal.actor == us)]
    at_sea = np.isin(strikes.target, [names.actor(key) for key in ("ansar-allah",)])
    return attacks.day, np.unique(strikes.day[~at_sea]), strikes.rung


def check() -> list[Row]:
    """Return all rows."""
    scenario = load_scenario("iran-axis-2024", the_catalogue())
    acknowledged = 0.9
    rng = np.random.default_rng(SEED)
    quiet = build(scenario, None, draws=TOLD, seed=SEED, horizon=QUIET_DAYS, start=QUIET_FROM)
    told = [american(quiet, journal) for journal in journals(quiet, 1)]
    counts = np.array([rng.binomial(len(days), acknowledged) for days, _, _ in told])
    rows = [
        row("attacks on American forces in 797 days to 28 March 2023", counts, 83),
        row("American strike dates in those days", np.array([len(strikes) for _, strikes, _ in told]), 4, STRIKE_DATES),
    ]
    rungs = np.concatenate([found for _, _, found in told])
    share = float((rungs >= 3).mean())
    what = "share of rung 3 and above among American answers in them (pooled)"
    rows.append(Row(what, ".005 to .15", math.nan, share, math.nan, 0.005 <= share <= 0.15))
    wave = build(scenario, None, draws=TOLD, seed=SEED, horizon=WAVE_DAYS, start=WAVE_FROM)
    rows.extend(_wave(wave, rng, acknowledged))
    return rows


def _wave(wave: Model, rng: np.random.Generator, acknowledged: float) -> list[Row]:
    """Return the rows of the wave from 17 October 2023."""
    told = [american(wave, journal) for journal in journals(wave, 1)]
    seen = [days[rng.random(len(days)) < acknowledged] for days, _, _ in told]
    rows = []
    for day, recorded in CUMULATIVE.items():
        predicted = np.array([(days <= day.toordinal()).sum() for days in seen])
        rows.append(row(f"attacks acknowledged by {day:%d %B %Y}", predicted, recorded))
    first = WAVE_FROM.toordinal()
    dates = np.array([(strikes < first + 32).sum() for _, strikes, _ in told])
    rows.append(row("American strike dates in the first 32 days", dates, 3))
    days = np.array([strikes.min() - first if strikes.size else WAVE_DAYS for _, strikes, _ in told])
    rows.append(row("days to the first American strike", days, 9))
    before = np.array([(seen[n] < (told[n][1].min() if told[n][1].size else first + WAVE_DAYS)).sum() for n in range(len(told))])
    rows.append(row("acknowledged attacks before it", before, 18, "16 to 19"))
    return rows


def triggered_share() -> float:
    """Return the share of attacks on American forces in the wave whose cause is another attack."""
    scenario = load_scenario("iran-axis-2024", the_catalogue())
    wave = build(scenario, None, draws=100, seed=SEED, horizon=103, start=WAVE_FROM)
    by_attack = attacks = 0
    for journal in journals(wave, 1):
        mine = journal[(journal.kind == ATTACK) & np.isin(journal.front, wave.names.fronts_facing("united-states", "levant"))]
        attacks += len(mine)
        causes = mine.cause[mine.cause >= 0]
        by_attack += int((journal.kind[causes] == ATTACK).sum())
    return by_attack / attacks


def forecast() -> list[tuple[str, float, str]]:
    """Return what the model case says of its own future, beside the ranges that its authors hold defensible."""
    scenario = load_scenario("iran-axis-2024", the_catalogue())
    from shadowline.record.load import load_record

    model = build(scenario, load_record("us-iran-shadow-war"), draws=200, seed=SEED)
    batch = play(model, futures=20, seed=SEED, threads=2)
    means = dict(zip(model.names.outcomes, batch.chance.mean(axis=0), strict=True))
    calm = load_scenario("iran-axis-2024", the_catalogue(), changes={"outcomes.pause.happens_when.no_attacks.for": "76d"})
    quiet = build(calm, load_record("us-iran-shadow-war"), draws=200, seed=SEED, horizon=82)
    stopped = play(quiet, futures=20, seed=SEED, threads=2).chance[:, quiet.names.outcomes.index("pause")].mean()
    return [
        ("76 days without an acknowledged attack by 21 April 2024 (it happened)", stopped, "above .05 to lie in a 90 % band: **missed**"),
        ("strike on Iranian soil within 180 days", means["patron-soil"], ".01 to .10"),
        ("open war within 180 days", means["open-war"], ".001 to .03"),
        ("a 30-day pause within 180 days", means["pause"], ".03 to .4"),
    ]


def page(rows: list[Row], triggered: float, ahead: list[tuple[str, float, str]]) -> str:
    """Return the page."""
    lines = [
        "# The priors held against the record",
        "",
        f"Written by `python tools/prior_predictive.py`: {TOLD} futures, each of another parameter draw of `iran-axis-2024`,",
        "played without the prelude over periods that the record counts. Attacks are acknowledged with probability .9.",
        "A recorded figure should lie within the 5–95 % range. Whoever set the priors knew these figures:",
        "this is a check of consistency, not of foresight.",
        "",
        "| recorded | figure | 5 % | median | 95 % | inside |",
        "|---|---|---|---|---|---|",
    ]
    for r in rows:
        verdict = "yes" if r.inside else "**no**"
        low, high = ("–" if math.isnan(bound) else f"{bound:.3g}" for bound in (r.low, r.high))
        lines.append(f"| {r.what} | {r.recorded} | {low} | {r.median:.3g} | {high} | {verdict} |")
    lines += [
        "",
        f"Share of attacks in the wave that another attack brought about: {triggered:.2f} (Lewis et al. 2012 for Iraq: .37–.50).",
        "",
        "As of 30 January 2024 the model case says:",
        "",
        "| question | chance | range its authors call defensible |",
        "|---|---|---|",
    ]
    lines += [f"| {what} | {chance:.3f} | {within} |" for what, chance, within in ahead]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(check(), triggered_share(), forecast()), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
