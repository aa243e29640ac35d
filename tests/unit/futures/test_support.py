"""What the record supports: nearest histories, ranks of weighted draws, and when chance alone would do."""

import math

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


def ranked(values, weights):
    """Return what is said of one number whose draws count by weights."""
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    return support._number(NUMBER, values, weights, effective)


def shuffled(seed, count=DRAWS):
    """Return numbers 0 … count - 1 in an order that has nothing to do with anything."""
    return np.random.default_rng(seed).permutation(count).astype(float)


@pytest.fixture(scope="module")
def results():
    """Return a run of the model case with just enough draws."""
    return simulate("iran-axis-2024", Plan(100, 100, seed=61, horizon=7, threads=2), diary=True)


@pytest.fixture(scope="module")
def found(results):
    """Return what the record supports of its numbers."""
    return support.supported(results, results.movers)


def test_equal_weights_leave_a_number_where_it_was():
    """Where all draws count alike, ranks are .05, .5 and .95, the range is the prior's, and nothing has moved."""
    row = ranked(shuffled(1), np.ones(DRAWS))

    assert [row["rank_low"], row["rank_median"], row["rank_high"]] == pytest.approx(PEERLESS, abs=1 / DRAWS)
    assert [row["low"], row["median"], row["high"]] == pytest.approx([share * DRAWS for share in PEERLESS], abs=2)
    assert [row["prior_low"], row["prior_high"]] == pytest.approx([share * (DRAWS - 1) for share in PEERLESS[::2]])
    assert not row["moved"]


@pytest.mark.parametrize("upper", [True, False])
def test_weights_on_one_half_move_a_number_there(upper):
    """Where only the upper (or lower) half of the draws counts, the number has moved, and its ranks lie in that half."""
    values = shuffled(2)
    half = values >= DRAWS / 2 if upper else values < DRAWS / 2
    row = ranked(values, half.astype(float))
    start = 0.5 if upper else 0.0

    assert row["moved"]
    assert [row["rank_low"], row["rank_median"], row["rank_high"]] == pytest.approx([start + 0.5 * share for share in PEERLESS], abs=0.01)
    assert [row["low"], row["high"]] == pytest.approx([DRAWS * (start + 0.5 * share) for share in (0.05, 0.95)], abs=2)
    assert row["distance"] == pytest.approx(0.5, abs=0.01)


def test_ranks_hang_on_the_order_of_values_alone():
    """A number on another scale has the same ranks, and the values there."""
    values = shuffled(3)
    weights = np.random.default_rng(3).random(DRAWS)
    plain, curved = ranked(values, weights), ranked(np.exp(values / 50), weights)

    for name in ("rank_low", "rank_median", "rank_high", "moved", "distance"):
        assert plain[name] == curved[name]
    for name in ("low", "median", "high"):
        assert curved[name] == pytest.approx(math.exp(plain[name] / 50))


def test_ranks_are_weighted_quantiles():
    """At least the share of all weight, and no more than one draw too much, lies at or below each supported quantile."""
    values, weights = shuffled(4), np.random.default_rng(4).exponential(size=DRAWS)
    row = ranked(values, weights)
    for name, share in zip(("low", "median", "high"), PEERLESS, strict=True):
        assert weights[values <= row[name]].sum() >= share * weights.sum()
        assert weights[values < row[name]].sum() <= share * weights.sum()


def test_chance_alone_seldom_moves_a_number():
    """Where the histories kept are any tenth, `moved` is said of less than three in a hundred numbers."""
    generator = np.random.default_rng(5)
    histories, false_alarms, trials = DRAWS * support.HISTORIES, 0, 400
    for _ in range(trials):
        kept = generator.choice(histories, int(support.KEPT * histories), replace=False)
        weights = np.bincount(kept // support.HISTORIES, minlength=DRAWS).astype(float)
        false_alarms += bool(ranked(generator.random(DRAWS), weights)["moved"])

    assert false_alarms < 0.03 * trials


def test_histories_of_one_draw_are_no_more_than_one_draw():
    """Where all histories of a few draws are kept, they count as so few draws, and chance alone moves a number as seldom."""
    generator = np.random.default_rng(8)
    false_alarms, trials = 0, 400
    for _ in range(trials):
        weights = np.zeros(DRAWS)
        weights[generator.choice(DRAWS, 20, replace=False)] = support.HISTORIES
        false_alarms += bool(ranked(generator.random(DRAWS), weights)["moved"])

    assert false_alarms < 0.03 * trials


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


def test_a_number_that_the_record_speaks_to_moves():
    """Where draws count by how near their value lies to the top, the number is seen to move nearly always."""
    generator = np.random.default_rng(6)
    histories, seen, trials = DRAWS * support.HISTORIES, 0, 50
    for _ in range(trials):
        values = generator.random(DRAWS)
        played = np.repeat(values, support.HISTORIES) + generator.normal(0, 0.3, histories)
        kept = np.argsort(-played)[: int(support.KEPT * histories)]
        weights = np.bincount(kept // support.HISTORIES, minlength=DRAWS).astype(float)
        seen += bool(ranked(values, weights)["moved"])

    assert seen > 0.9 * trials


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


def test_recorded_counts_are_the_record_s(results, found):
    """Attacks by parts of the period sum to the record's totals, but for the last odd day; answers are the recorded strikes."""
    document = results.scenario.document
    record = load_record(document.prelude.record).known_by(document.as_of)
    first, last = document.prelude.from_, document.as_of
    recorded = found.checks.set_index("what")["recorded"]
    for key, source in zip(("attacks", "attacks-at-sea"), document.prelude.attacks, strict=True):
        says = document.outcomes[key].says
        parts = recorded[recorded.index.str.startswith(says[:1].upper() + says[1:])]
        fronts = results.model.names.fronts_facing(source.target_owner, source.theatre)
        odd = np.maximum(results.model.past_attacks[:, 105:, fronts], 0).sum(axis=(1, 2)).mean()
        total = sum(step.added for step in record.increments(source.series, first, last))
        assert len(parts) == support.PARTS
        assert parts.sum() + odd == pytest.approx(total)
    for actor, name in (("united-states", "the United States"), ("united-kingdom", "the United Kingdom")):
        strikes = [strike for strike in record.strikes(first, last) if actor in strike.actor and strike.rung != 0]
        assert recorded[f"Answers carried out by {name}"] == len(strikes) > 0


def test_parts_name_their_weeks_one_after_another(found):
    """The parts of a period follow one another from its first week to its last."""
    sea = [what for what in found.checks["what"] if "ships" in what]

    assert [what.split("weeks ")[1] for what in sea] == ["1 to 4", "5 to 8", "9 to 12", "13 to 15"]


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


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="strikes that a scenario dates after the as-of date are counted as recorded answers"
)
def test_strikes_announced_for_later_are_no_recorded_answers(found, tmp_path):
    """A strike that the scenario declares for a day to come does not count among the recorded answers."""
    path = tmp_path / "announced.yaml"
    strike = "{on: 2024-02-03, by: united-states, against: kataib-hezbollah, rung: limited-strike}"
    path.write_text(f"shadowline: 1\nextends: {LIBRARY / 'iran-axis-2024.yaml'}\nid: announced\nstrikes: [{strike}]\n", encoding="utf-8")
    results = simulate(path, Plan(100, 100, seed=61, horizon=7, threads=2), diary=True)
    what = "Answers carried out by the United States"
    later = support.supported(results, results.movers)

    assert later.checks.set_index("what")["recorded"][what] == found.checks.set_index("what")["recorded"][what]
