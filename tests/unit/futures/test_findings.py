"""The tables behind pictures and sentences say what the futures and the record hold, recomputed by other ways."""

import math
from datetime import timedelta
from pathlib import Path
from statistics import variance

import numpy as np
import pandas as pd
import pytest

from shadowline.engine.diary import QUANTITIES
from shadowline.futures import findings
from shadowline.futures.run import Plan, simulate
from shadowline.parameters import RUNGS
from shadowline.record.load import load_record
from shadowline.scenario.load import LIBRARY

TWO_PATRONS = Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml"
ROUNDING = 1e-9
STRIKES_SOON = {"actors.blue.blame_needed.mean": "0.02", "actors.blue.answers.appeal.patron-soil": "9"}


def yes_or_no(results):
    """Return the answers to yes-or-no questions."""
    return [answer for answer in results.answers if answer.kind == "probability"]


def test_chances_end_at_the_answer_and_never_fall(results):
    """The curve of each yes-or-no question rises from day to day and ends at its answer."""
    table = findings.chance_by_day(results)

    assert list(dict.fromkeys(table["outcome"])) == [answer.id for answer in yes_or_no(results)]
    for answer in yes_or_no(results):
        part = table[table["outcome"] == answer.id]
        assert list(part["day"]) == list(range(results.model.days))
        assert part["chance"].iloc[-1] == pytest.approx(answer.value, abs=ROUNDING)
        assert (part["chance"].diff().dropna() >= -ROUNDING).all()
        assert part["chance"].between(0, 1).all()


def test_chances_end_at_the_answer_with_one_future_a_draw():
    """With few futures a draw, of which one's integrated chance may exceed 1, curves still end at the answers."""
    results = simulate("two-camps", Plan(40, 40, seed=51), changes=STRIKES_SOON)
    soil = results.model.names.outcomes.index("soil")
    table = findings.chance_by_day(results).groupby("outcome")["chance"].last()
    if not (results.batch.chance[:, soil] > 1).any():
        pytest.fail("no future's integrated chance exceeds 1")

    assert table["soil"] == pytest.approx(results.answers[soil].value, abs=ROUNDING)


def test_chances_by_day_are_first_days_counted(camps):
    """Where a question is counted, not integrated, the curve is the share of futures whose first day has come."""
    table = findings.chance_by_day(camps).set_index(["outcome", "day"])["chance"]
    for answer in yes_or_no(camps):
        first = camps.batch.first_day[:, camps.model.names.outcomes.index(answer.id)]
        if not answer.integrated:
            for day in (0, 30, 90, 179):
                assert table[answer.id, day] == pytest.approx(((first >= 0) & (first <= day)).mean(), abs=ROUNDING)


def test_dates_of_chances_run_on_from_day_0(results):
    """Each day of a curve has its date, the first the day after the as-of date."""
    table = findings.chance_by_day(results)
    first = results.scenario.document.as_of + timedelta(days=1)

    assert all(row.date == first + timedelta(days=row.day) for row in table.itertuples())


def shrunk(chances):
    """Return 5 and 95 % of the draws' means (draws, futures), pulled together until chance within draws is out of them; None if hidden."""
    means = [sum(row) / len(row) for row in chances.tolist()]
    within = sum(variance(row) / len(row) for row in chances.tolist()) / len(means)
    total = variance(means)
    if total <= within * (1 + 2 * math.sqrt(2 / (len(means) - 1))):
        return None
    middle, kept = sum(means) / len(means), math.sqrt((total - within) / total)
    return np.clip(np.quantile([middle + kept * (mean - middle) for mean in means], [0.05, 0.95]), 0, 1).tolist()


def test_the_band_of_chances_ends_at_the_spread(axis):
    """Where the spread is resolved the band runs without gap to the last day, holds the curve, and ends at the answer's own spread."""
    table = findings.chance_by_day(axis)
    resolved = 0
    for answer in yes_or_no(axis):
        part = table[table["outcome"] == answer.id]
        assert (part["low"].isna() == part["high"].isna()).all()
        known = part[part["low"].notna()]
        assert known.empty == (answer.spread_low is None)
        if known.empty:
            continue
        resolved += 1
        assert list(known["day"]) == list(range(known["day"].iloc[0], axis.model.days))
        assert (known["low"] <= known["high"]).all()
        assert known[["low", "high"]].iloc[-1].to_list() == pytest.approx([answer.spread_low, answer.spread_high])
        assert (known["low"] <= known["chance"] + ROUNDING).all()
        assert known["low"].between(0, 1).all()
        assert known["high"].between(0, 1).all()
    assert resolved >= 3


def test_the_band_of_each_day_is_that_of_the_futures_up_to_then(axis):
    """On each day the band is the spread of what has happened by then, counted future by future, from the last day that hides it on."""
    table = findings.chance_by_day(axis).set_index(["outcome", "day"])
    compared = 0
    for answer in yes_or_no(axis):
        if answer.integrated or answer.spread_low is None:
            continue
        first = axis.batch.first_day[:, axis.model.names.outcomes.index(answer.id)]
        begun = False
        for day in range(axis.model.days - 1, -1, -7):
            happened = ((first >= 0) & (first <= day)).astype(float).reshape(-1, axis.batch.futures)
            expected = shrunk(happened)
            found = table.loc[(answer.id, day), ["low", "high"]].to_list()
            begun = begun or expected is None
            if expected is None or begun:
                assert np.isnan(found).all(), (answer.id, day)
            elif not np.isnan(found).any():
                compared += 1
                assert found == pytest.approx(expected), (answer.id, day)
    assert compared > 20


def test_certain_numbers_have_no_band(camps):
    """With one draw there is no spread to show."""
    assert findings.chance_by_day(camps)[["low", "high"]].isna().all(axis=None)


def record_of(results):
    """Return what was known of the record on the as-of date, with the first and the last day of the prelude."""
    document = results.scenario.document
    return load_record(document.prelude.record).known_by(document.as_of), document.prelude.from_, document.as_of


def days_counted(record, series, first, last):
    """Return the days that the record covers with totals of a series."""
    steps = record.increments(series, first, last)
    return {step.start + timedelta(days=n) for step in steps for n in range((step.end - step.start).days + 1)}


def test_recorded_attacks_by_week_are_the_record_s_totals(axis):
    """Recorded weeks are those that the record covers whole; with the days left over they sum to the totals of the record."""
    record, first, as_of = record_of(axis)
    table = findings.by_week(axis)
    shown_of = {}
    for key, source in zip(("attacks", "attacks-at-sea"), axis.scenario.document.prelude.attacks, strict=True):
        total = sum(step.added for step in record.increments(source.series, first, as_of))
        fronts = axis.model.names.fronts_facing(source.target_owner, source.theatre)
        covered = days_counted(record, source.series, first, as_of)
        part = table[(table["what"] == key) & (table["start"] <= as_of)]
        shown = set()
        for row in part.itertuples():
            week = {row.start + timedelta(days=n) for n in range(7)}
            assert pd.isna(row.recorded) == (not week <= covered), row.start
            shown |= week if week <= covered else set()
        left = [n for n in range((as_of - first).days + 1) if first + timedelta(days=n) not in shown]
        beside = np.maximum(axis.model.past_attacks[:, left][:, :, fronts], 0).sum(axis=(1, 2)).mean()
        assert part["recorded"].sum() + beside == pytest.approx(total)
        assert len(part) == ((as_of - first).days + 1) // 7
        assert total > 20
        shown_of[key] = len(shown) // 7
    assert shown_of["attacks"] == 15
    assert 4 <= shown_of["attacks-at-sea"] < 15  # the record of ships begins later and ends earlier


def test_recorded_answers_by_week_are_the_record_s_strikes(axis):
    """Each recorded strike of an adversary asked about stands in its four weeks, of which the last end on the as-of date."""
    record, first, as_of = record_of(axis)
    table = findings.by_week(axis)
    for actor in ("united-states", "united-kingdom"):
        dates = [strike.start for strike in record.strikes(first, as_of) if actor in strike.actor and strike.rung != 0]
        part = table[(table["what"] == f"answers:{actor}") & table["recorded"].notna()]
        for row in part.itertuples():
            assert row.days == 28
            assert row.recorded == sum(row.start <= day < row.start + timedelta(days=28) for day in dates)
        assert part["recorded"].sum() == sum(day >= part["start"].iloc[0] for day in dates) > 0


def test_strikes_announced_for_later_stand_in_no_recorded_week(axis, tmp_path):
    """A strike that the scenario declares for a day to come, or had before the prelude, is in no recorded week."""
    path = tmp_path / "announced.yaml"
    row = "{{on: {}, by: united-states, against: kataib-hezbollah, rung: limited-strike}}"
    strikes = ", ".join(row.format(day) for day in ("2024-02-03", "2023-10-16", "2023-06-01"))
    path.write_text(f"shadowline: 1\nextends: {LIBRARY / 'iran-axis-2024.yaml'}\nid: announced\nstrikes: [{strikes}]\n", encoding="utf-8")
    table = findings.by_week(simulate(path, Plan(2, 2, seed=51, horizon=7), diary=True))

    found, plain = (weeks.set_index("what").loc["answers:united-states", "recorded"].dropna() for weeks in (table, findings.by_week(axis)))
    assert list(found) == list(plain)


def test_recorded_weeks_end_on_the_as_of_date_and_futures_begin_on_day_0(axis):
    """Steps of one week, or of four for answers, follow one another without gap or overlap, and only whole ones are shown."""
    as_of = axis.scenario.document.as_of
    past_days = axis.model.past_attacks.shape[1]
    for what, part in findings.by_week(axis).groupby("what", sort=False):
        length = 28 if what.startswith("answers:") else 7
        past, ahead = part[part["median"].isna()], part[part["median"].notna()]
        assert (part["days"] == length).all()
        assert past["start"].iloc[-1] + timedelta(days=length - 1) == as_of
        assert ahead["start"].iloc[0] == as_of + timedelta(days=1)
        assert ahead["recorded"].isna().all()
        assert len(past) == past_days // 7 * 7 // length
        assert len(ahead) == axis.model.days // length
        assert all(later - earlier == timedelta(days=length) for earlier, later in zip(part["start"][:-1], part["start"][1:], strict=True))


def test_weeks_of_the_future_are_quantiles_over_futures(results):
    """Each future week, or four, holds the 5, 25, 50, 75 and 95 % quantiles of the futures' own counts."""
    table, names, batch = findings.by_week(results), results.model.names, results.batch
    weeks = results.model.days // 7
    for what, part in table.groupby("what", sort=False):
        if what.startswith("answers:"):
            actor = names.actors.index(what.removeprefix("answers:"))
            by_week = batch.diary.pages[:, :, actor, QUANTITIES.index("strikes")]
            counts = np.stack([by_week[:, n : n + 4].sum(axis=1) for n in range(0, weeks - 3, 4)], axis=1)
        else:
            counts = batch.weekly[:, names.outcomes.index(what), :weeks]
        found = part[part["median"].notna()][["low", "lower", "median", "upper", "high"]].to_numpy()
        assert found == pytest.approx(np.quantile(counts, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0).T)
        assert counts.any()


def test_without_a_recorded_past_weeks_are_of_the_future_alone(camps):
    """No week of a scenario without prelude is recorded."""
    table = findings.by_week(camps)

    assert set(table["what"]) == {"attacks", "answers:blue"}
    assert table["recorded"].isna().all()
    assert table["median"].notna().all()


def test_short_and_narrow_runs_have_tables_too():
    """One run of one day gives tables with all their rows."""
    results = simulate("two-camps", Plan(1, 1, seed=1, horizon=1), diary=True)

    assert len(findings.chance_by_day(results)) == len(yes_or_no(results))
    assert len(findings.ladder(results)) == len(RUNGS)
    assert len(findings.lines(results)) == 2
    assert len(findings.ties(results)) == 2


@pytest.mark.parametrize("days", [1, 6])
def test_a_horizon_of_less_than_a_week_has_no_weeks(days):
    """Without a whole week before or after the as-of date the table of weeks is empty, with all its columns."""
    table = findings.by_week(simulate("two-camps", Plan(2, 1, seed=1, horizon=days), diary=True))

    assert list(table.columns) == findings.WEEKS
    assert len(table) == 0
