"""A number counts as moved by the record where chance alone would not do it: ranks of weighted draws, and shuffles of weights."""

import math

import numpy as np
import pytest

from shadowline.futures import support
from shadowline.futures.influence import Mover

DRAWS = 200
NUMBER = Mover("defaults.model.contagion", "what it is", judgement=True, outcome="attacks", correlation=0.5)
PEERLESS = (0.05, 0.5, 0.95)


def ranked(values, weights):
    """Return what is said of one number whose draws count by weights."""
    row = support._number(NUMBER, values, weights)
    support.mark_moved([row], weights, seed=0)
    return row


def shuffled(seed, count=DRAWS):
    """Return numbers 0 … count - 1 in an order that has nothing to do with anything."""
    return np.random.default_rng(seed).permutation(count).astype(float)


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


def kept_by_chance(generator, draws=DRAWS):
    """Return the weights of draws where the histories kept are any tenth."""
    histories = draws * support.HISTORIES
    kept = generator.choice(histories, int(support.KEPT * histories), replace=False)
    return np.bincount(kept // support.HISTORIES, minlength=draws).astype(float)


def kept_by_draw(generator):
    """Return the weights of draws where all histories of any tenth of the draws are kept."""
    weights = np.zeros(DRAWS)
    weights[generator.choice(DRAWS, DRAWS // 10, replace=False)] = support.HISTORIES
    return weights


@pytest.mark.parametrize("kept", [kept_by_chance, kept_by_draw])
def test_chance_alone_seldom_moves_any_number(kept, monkeypatch):
    """Where weights have nothing to do with the values, any of sixteen numbers is called moved in at most seven of a hundred briefings."""
    monkeypatch.setattr(support, "SHUFFLES", 1000)  # enough for a level of 0.05 / 16, and a quarter of the time
    generator = np.random.default_rng(5)
    false_alarms, trials = 0, 300
    for trial in range(trials):
        weights = generator.permutation(kept(generator))
        numbers = [support._number(NUMBER, generator.random(DRAWS), weights) for _ in range(16)]
        support.mark_moved(numbers, weights, seed=trial)
        false_alarms += any(number["moved"] for number in numbers)

    assert false_alarms <= 0.07 * trials
    assert false_alarms > 0  # a test that never errs would see nothing either


def test_a_number_s_chance_is_that_of_shuffled_weights():
    """The chance of a number is the share of shuffles whose largest gap between weighted and plain distribution is as large."""
    generator = np.random.default_rng(9)
    values, weights = generator.random(60), generator.integers(0, 4, 60).astype(float)
    row = support._number(NUMBER, values, weights)
    support.mark_moved([row], weights, seed=1)
    ordered = weights[np.argsort(values)]

    def gap(some):
        total, below, largest = sum(some), 0.0, 0.0
        for n, weight in enumerate(some):
            below += weight
            largest = max(largest, abs(below / total - (n + 1) / len(some)))
        return largest

    as_large = [gap(generator.permutation(weights)) >= gap(ordered) - 1e-12 for _ in range(4000)]
    assert row["distance"] == pytest.approx(gap(ordered))
    assert row["chance"] == pytest.approx(sum(as_large) / 4000, abs=0.03)


def test_numbers_are_called_moved_by_holm_s_rule():
    """The smallest chance is held against a twentieth over their count, the next over one less, and none after one that fails."""
    generator = np.random.default_rng(3)
    weights = kept_by_chance(generator)
    order = np.argsort(np.argsort(weights + generator.random(DRAWS)))
    numbers = [support._number(NUMBER, order + strength * generator.permutation(DRAWS), weights) for strength in np.linspace(0.5, 8, 12)]
    support.mark_moved(numbers, weights, seed=2)
    expected, still = [], True
    for n, row in enumerate(sorted(numbers, key=lambda one: one["chance"])):
        still = still and row["chance"] <= 0.05 / (12 - n)
        expected.append((row["chance"], still))

    assert sorted((row["chance"], not row["moved"]) for row in numbers) == sorted((chance, not moved) for chance, moved in expected)
    assert {row["moved"] for row in numbers} == {True, False}
    assert any(not row["moved"] and row["chance"] <= 0.05 for row in numbers)


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
