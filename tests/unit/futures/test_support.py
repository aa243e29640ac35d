"""What the record supports: nearest histories, ranks of weighted draws, and when chance alone would do."""

import math
from datetime import timedelta

import numpy as np
import pytest

from shadowline.engine.batch import play
from shadowline.futures import support
from shadowline.futures.influence import Mover
from shadowline.futures.run import Plan, simulate
from shadowline.record.load import load_record
from shadowline.scenario.load import LIBRARY

DRAWS = 200
NUMBER = Mover("defaults.model.contagion", "what it is", judgement=True, outcome="attacks", correlation=0.5)
PEERLESS = (0.05, 0.5, 0.95)


@pytest.fixture(scope="module")
def results():
    """Return a run of the model case with just enough draws."""
    return simulate("iran-axis-2024", Plan(100, 100, seed=61, horizon=7, threads=2), diary=True)


@pytest.fixture(scope="module")
def found(results):
    """Return what the record supports of its numbers."""
    return support.supported(results, results.movers)


def test_a_draw_counts_by_its_own_histories(results, monkeypatch):
    """Where only histories of draws with a large value come near the record, the number of that value is seen to be large."""
    path = results.movers[0].path

    def played(model, **how):
        batch = play(model, **how)
        values = np.repeat(model.values.columns[path], support.HISTORIES)
        batch.weekly[values < np.median(values)] = 0
        return batch

    monkeypatch.setattr(support, "play", played)
    row = support.supported(results, results.movers[:1]).numbers.iloc[0]

    assert row["path"] == path
    assert row["moved"]
    assert row["rank_low"] >= 0.45


def made_up(seed, recorded=(9.0, 4.0, 100.0), histories=300):
    """Return recorded counts beside counts in made-up histories."""
    generator = np.random.default_rng(seed)
    means = (12.0, 3.0, 80.0)
    return [support._Statistic("?", count, generator.poisson(mean, histories)) for count, mean in zip(recorded, means, strict=True)]


@pytest.mark.parametrize("seed", range(3))
def test_the_nearest_histories_have_the_smallest_distances(seed):
    """Brute force finds the same histories: squared differences of roots, each count in units of its own spread, added up."""
    statistics = made_up(seed)

    def distance(history):
        total = 0.0
        for one in statistics:
            roots = [math.sqrt(count) for count in one.played]
            middle = sum(roots) / len(roots)
            spread = math.sqrt(sum((root - middle) ** 2 for root in roots) / len(roots))
            total += ((roots[history] - math.sqrt(one.recorded)) / spread) ** 2
        return total

    distances = [distance(history) for history in range(300)]
    kept = support._nearest(statistics)
    left = set(range(300)) - set(kept.tolist())

    assert len(kept) == len(set(kept.tolist())) == 30
    assert list(kept) == sorted(kept)
    assert max(distances[history] for history in kept) <= min(distances[history] for history in left) + 1e-12


def test_a_count_that_never_varies_says_nothing():
    """A count that is the same in all histories leaves the choice to the others, whatever was recorded."""
    statistics = made_up(7)
    still = support._Statistic("?", 99.0, np.zeros(300))

    assert np.array_equal(support._nearest([*statistics, still]), support._nearest(statistics))
    assert len(support._nearest([still])) == 30


def test_a_check_says_whether_the_record_lies_within_the_prior():
    """A recorded count is inside where it lies between the 5 and 95 % quantiles of all histories, borders included."""
    played = np.arange(101.0)
    for recorded, inside in ((4.9, False), (5.0, True), (50.0, True), (95.0, True), (95.1, False)):
        row = support._check(support._Statistic("count", recorded, played), np.arange(40, 61))
        assert row["inside"] is inside
        assert (row["low"], row["median"], row["high"]) == pytest.approx((5, 50, 95))
        assert (row["kept_low"], row["kept_high"]) == pytest.approx((41, 59))


def test_without_a_recorded_past_nothing_is_said():
    """A scenario without prelude has no record to be compared with, however many draws."""
    results = simulate("two-camps", Plan(120, 120, seed=1, horizon=7), diary=True)

    assert results.model.draws >= support.FEWEST_DRAWS
    assert support.supported(results, results.movers) is None


def test_with_too_few_draws_nothing_is_said():
    """With one draw less than a hundred nothing is said."""
    results = simulate("iran-axis-2024", Plan(99, 99, seed=61, horizon=7), diary=True)

    assert support.supported(results, results.movers) is None


def test_with_too_short_a_past_nothing_is_said():
    """A prelude of less than four weeks is too little to compare."""
    results = simulate("iran-axis-2024", Plan(100, 100, seed=61, horizon=7), changes={"prelude.from": "2024-01-10"}, diary=True)

    assert 0 < results.model.past_attacks.shape[1] < 28
    assert support.supported(results, results.movers) is None


def weeks_covered(record, series, first, last):
    """Return the weeks of a prelude, counted from 0, of which the record covers every day with totals of a series."""
    steps, weeks = record.increments(series, first, last), ((last - first).days + 1) // 7
    days = {step.start + timedelta(days=n) for step in steps for n in range((step.end - step.start).days + 1)}
    return [week for week in range(weeks) if all(first + timedelta(days=7 * week + n) in days for n in range(7))]


def test_recorded_counts_are_the_record_s(results, found):
    """Attacks of whole recorded weeks, with those of the other days, sum to the record's totals; answers are the recorded strikes."""
    document = results.scenario.document
    record = load_record(document.prelude.record).known_by(document.as_of)
    first, last = document.prelude.from_, document.as_of
    recorded = found.checks.set_index("what")["recorded"]
    for key, source in zip(("attacks", "attacks-at-sea"), document.prelude.attacks, strict=True):
        says = document.outcomes[key].says
        parts = recorded[recorded.index.str.startswith(says[:1].upper() + says[1:])]
        fronts = results.model.names.fronts_facing(source.target_owner, source.theatre)
        held = {7 * week + n for week in weeks_covered(record, source.series, first, last) for n in range(7)}
        left = [n for n in range((last - first).days + 1) if n not in held]
        beside = np.maximum(results.model.past_attacks[:, left][:, :, fronts], 0).sum(axis=(1, 2)).mean()
        total = sum(step.added for step in record.increments(source.series, first, last))
        assert parts.sum() + beside == pytest.approx(total)
    for actor, name in (("united-states", "the United States"), ("united-kingdom", "the United Kingdom")):
        strikes = [
            strike
            for strike in record.strikes(first, last)
            if actor in strike.actor and strike.rung != 0 and strike.start < first + timedelta(days=105)
        ]
        assert recorded[f"Answers carried out by {name}"] == len(strikes) > 0


@pytest.mark.parametrize(("key", "number"), [("attacks", 0), ("attacks-at-sea", 1)])
def test_parts_name_the_weeks_that_the_record_covers(results, found, key, number):
    """Each quarter of the period says which of its weeks are compared: those that the record covers whole, and no others."""
    document = results.scenario.document
    record = load_record(document.prelude.record).known_by(document.as_of)
    covered = weeks_covered(record, document.prelude.attacks[number].series, document.prelude.from_, document.as_of)
    quarters = [[week + 1 for week in quarter if week in covered] for quarter in ((0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11), (12, 13, 14))]
    says = document.outcomes[key].says
    named = [what.rsplit(", ", 1)[1] for what in found.checks["what"] if what.startswith(says[:1].upper() + says[1:])]

    assert named == [f"weeks {quarter[0]} to {quarter[-1]}" for quarter in quarters if quarter]
    assert len(named) == (4 if key == "attacks" else 2)


def test_played_attacks_count_as_far_as_they_become_known(results):
    """A history's attacks count by the share of attacks on those targets that is acknowledged in its draw."""
    names, model = results.model.names, results.model
    watched = np.array([front.target == "commercial-shipping" for front in names.fronts])
    column = names.targets.index("commercial-shipping")
    expected = [float(model.layout.view(start, "targets")[column].acknowledged) for start in model.starts]

    assert support.acknowledged(model, watched) == pytest.approx(expected)
    assert (support.acknowledged(model, np.ones(len(names.fronts), bool)) > 0).all()


def test_support_counts_its_histories(results, found):
    """A tenth of eight histories a draw is kept; the kept are worth at most as many draws as there are."""
    assert found.histories == 8 * 100
    assert found.kept == 80
    assert 1 <= found.effective <= 100
    assert list(found.numbers["path"]) == [mover.path for mover in results.movers]
    ranks = found.numbers[["rank_low", "rank_median", "rank_high"]].to_numpy()
    assert ((ranks >= 0) & (ranks <= 1)).all()
    assert (found.numbers["rank_low"] < found.numbers["rank_high"]).all()


def test_kept_histories_lie_nearer_to_the_record(found):
    """Of counts that vary, the range of the kept histories is narrower than the prior's, in all."""
    checks = found.checks
    prior, kept = checks["high"] - checks["low"], checks["kept_high"] - checks["kept_low"]

    assert (kept[prior > 2] / prior[prior > 2]).mean() < 0.8


def test_support_is_the_same_again(results, found):
    """The same run says the same again, on one thread as on two."""
    again = support.supported(results, results.movers)

    assert again.checks.equals(found.checks)
    assert again.numbers.equals(found.numbers)


def test_strikes_announced_for_later_are_no_recorded_answers(found, tmp_path):
    """A strike that the scenario declares for a day to come does not count among the recorded answers."""
    path = tmp_path / "announced.yaml"
    strike = "{on: 2024-02-03, by: united-states, against: kataib-hezbollah, rung: limited-strike}"
    path.write_text(f"shadowline: 1\nextends: {LIBRARY / 'iran-axis-2024.yaml'}\nid: announced\nstrikes: [{strike}]\n", encoding="utf-8")
    results = simulate(path, Plan(100, 100, seed=61, horizon=7, threads=2), diary=True)
    what = "Answers carried out by the United States"
    later = support.supported(results, results.movers)

    assert later.checks.set_index("what")["recorded"][what] == found.checks.set_index("what")["recorded"][what]
