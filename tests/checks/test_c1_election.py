"""Check C1: the probabilistic Condorcet election gives KTAB's reference numbers, and always a probability."""

import hashlib
import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shadowline.mechanisms.elections import elect, pairwise_wins

TOLERANCE = 5e-5
TWO_OPTIONS = [[0, 51.212], [19.714, 0]]
THREE_OPTIONS = [[0, 12.099, 54.921], [10.333, 0, 27.079], [5.007, 55.047, 0]]
CYCLE = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
SUPPORTS = st.one_of(
    st.just(0.0),
    st.floats(0.1, 10.0),
    st.floats(0.0, sys.float_info.max),
    st.integers(-300, 300).map(lambda power: 10.0**power),
)
EXPONENTS = st.sampled_from([1.0, 2.0, 3.5, 8.0])


def hold_election(support, exponent=2.0):
    """Return the chances of the options and the pairwise chances to win."""
    support = np.array(support, dtype=float)
    wins, scratch, chances = np.full_like(support, np.nan), np.full_like(support, np.nan), np.full(len(support), np.nan)
    elect(support, exponent, wins, scratch, chances)
    return chances, wins


def contest_once(chances, support, wins):
    """Return P', the chances after one more contest, written straight from the equations."""
    incentives = np.where(support > 1e-12 * support.max(), support / max(support.max(), 1e-300) * wins, 0.0)
    np.fill_diagonal(incentives, 0.0)
    gained = incentives.sum(axis=0)
    challenger = np.where(gained > 0, incentives / np.where(gained > 0, gained, 1.0), np.eye(len(chances)))
    contests = chances[:, None] * challenger.T
    return (wins * (contests + contests.T)).sum(axis=1)


def bargain_step_by_step(support, wins, contests=20_000):
    """Return the limit of P ← ½ (P + P') from equal chances, by repeating it until it stands still."""
    chances = np.full(len(support), 1 / len(support))
    for _ in range(contests):
        after = contest_once(chances, support, wins)
        if np.abs(after - chances).max() < 1e-15:
            return chances
        chances = (chances + after) / 2
    pytest.fail("the step-by-step process did not settle")


@st.composite
def elections(draw):
    """Draw a support matrix of 2 to 8 options, with zeros, near ties and wildly different sizes."""
    n = draw(st.integers(2, 8))
    support = np.array(draw(st.lists(SUPPORTS, min_size=n * n, max_size=n * n))).reshape(n, n)
    np.fill_diagonal(support, 0.0)
    return support


def test_two_options_match_ktab():
    """C1: two options with support 51.212 against 19.714 are chosen with chances .8709 and .1291."""
    chances, wins = hold_election(TWO_OPTIONS)
    assert chances == pytest.approx([0.8709, 0.1291], abs=TOLERANCE)
    assert wins == pytest.approx(np.array([[0.5, 0.8709], [0.1291, 0.5]]), abs=TOLERANCE)


def test_three_options_match_ktab():
    """C1: the pairwise wins and the Markov process with incentive challengers match KTAB's three-option output."""
    chances, wins = hold_election(THREE_OPTIONS)
    assert [wins[0, 1], wins[0, 2], wins[1, 2]] == pytest.approx([0.5782, 0.9918, 0.1948], abs=TOLERANCE)
    assert chances == pytest.approx([0.5094, 0.2796, 0.2110], abs=TOLERANCE)


def test_unanimous_cycle_is_a_three_way_tie():
    """C1: when a beats b, b beats c and c beats a unanimously, each is chosen with chance one third."""
    assert hold_election(CYCLE)[0] == pytest.approx([1 / 3, 1 / 3, 1 / 3], abs=1e-15)


@pytest.mark.parametrize("n", range(2, 9))
def test_direct_solution_is_the_limit_of_the_process(n):
    """C1: the direct solution equals the damped process repeated until it stands still, to 1e-10."""
    generator = np.random.default_rng(n)
    for exponent in (1.0, 2.0, 3.5):
        support = generator.uniform(0.5, 10.0, (n, n))
        chances, wins = hold_election(support, exponent)
        assert chances == pytest.approx(bargain_step_by_step(support, wins), abs=1e-10)


def test_direct_solution_remembers_the_start_where_the_process_does():
    """C1: of two options that nobody challenges, each keeps its own third and its share of the third option's."""
    support = np.array([[0, 0, 1], [0, 0, 3], [0, 0, 0]])
    chances, wins = hold_election(support)
    assert chances == pytest.approx([5 / 12, 7 / 12, 0], abs=1e-15)
    assert chances == pytest.approx(bargain_step_by_step(support, wins), abs=1e-10)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(support=elections(), exponent=EXPONENTS)
@example(support=np.full((8, 8), sys.float_info.max), exponent=8.0)
@example(support=np.full((4, 4), 5e-324), exponent=2.0)
def test_chances_are_a_probability_that_another_contest_leaves_alone(support, exponent):
    """C1: for any finite support the chances are 0 to 1, sum to 1, and one more contest does not change them."""
    chances, wins = hold_election(support, exponent)
    assert np.all((chances >= 0) & (chances <= 1 + 1e-15))
    assert math.fsum(chances) == pytest.approx(1, abs=1e-14)
    assert contest_once(chances, support, wins) == pytest.approx(chances, abs=1e-12)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(support=elections(), exponent=EXPONENTS, data=st.data())
def test_order_of_options_does_not_matter(support, exponent, data):
    """C1: listing the options in another order permutes the chances and changes nothing else."""
    order = np.array(data.draw(st.permutations(range(len(support)))))
    chances, wins = hold_election(support, exponent)
    chances_reordered, wins_reordered = hold_election(support[np.ix_(order, order)], exponent)
    assert np.array_equal(wins_reordered, wins[np.ix_(order, order)])
    assert chances_reordered == pytest.approx(chances[order], abs=1e-12)


@settings(deadline=None, derandomize=True)
@given(support=elections(), exponent=EXPONENTS)
def test_pairwise_wins_of_both_sides_sum_to_one(support, exponent):
    """C1: V(a,b) + V(b,a) = 1 and V(a,a) = ½, whatever the support."""
    wins = np.full_like(support, np.nan)
    pairwise_wins(support, exponent, wins)
    assert wins + wins.T == pytest.approx(np.ones_like(wins), abs=1e-15)
    assert np.all(np.diag(wins) == 0.5)


@settings(deadline=None, derandomize=True)
@given(power=st.integers(-900, 900), exponent=EXPONENTS)
def test_unit_of_support_does_not_matter(power, exponent):
    """C1: support counted in another unit (a power of two, so that no digit is lost) gives the same bits."""
    rescaled = np.array(THREE_OPTIONS) * 2.0**power
    assert np.array_equal(hold_election(rescaled, exponent)[0], hold_election(THREE_OPTIONS, exponent)[0])


@pytest.mark.parametrize("n", range(2, 9))
def test_indifference_leaves_every_option_equal(n):
    """C1: where nobody supports anything, all options have the same chance."""
    assert hold_election(np.zeros((n, n)))[0] == pytest.approx(np.full(n, 1 / n), abs=1e-15)


@pytest.mark.parametrize("n", range(2, 9))
def test_unanimous_favourite_is_certain(n):
    """C1: an option that everybody prefers to every other is chosen with certainty."""
    support = np.tril(np.ones((n, n)), -1)
    assert hold_election(support)[0] == pytest.approx([0.0] * (n - 1) + [1.0], abs=1e-15)


def test_dominated_option_has_no_chance_and_changes_no_other():
    """C1: an option that nobody prefers to anything is never chosen and leaves a contest of two as it was."""
    with_loser = np.array([[0, 51.212, 1], [19.714, 0, 1], [0, 0, 0]])
    assert hold_election(with_loser)[0] == pytest.approx([*hold_election(TWO_OPTIONS)[0], 0], abs=1e-15)


def test_rounding_error_decides_no_tie():
    """C1: support of 1e-17 where two options tie at the top is not a preference."""
    tie_at_the_top = np.array([[0, 1e-17, 1], [0, 0, 1], [0, 0, 0]])
    assert hold_election(tie_at_the_top)[0] == pytest.approx([0.5, 0.5, 0], abs=1e-15)


def test_diagonal_of_support_is_not_read():
    """C1: what stands on the diagonal of the support matrix, even nonsense, has no influence."""
    marked = np.array(THREE_OPTIONS, dtype=float)
    np.fill_diagonal(marked, np.nan)
    assert np.array_equal(hold_election(marked)[0], hold_election(THREE_OPTIONS)[0])


def digest_of_many_elections():
    """Return a digest of the bits of a thousand elections."""
    generator = np.random.default_rng(20)
    digest = hashlib.sha256()
    for _ in range(1000):
        n = generator.integers(2, 9)
        support = 10 ** generator.uniform(-14, 3, (n, n)) * (generator.random((n, n)) > 0.2)
        for result in hold_election(support, generator.choice([1.0, 2.0, 2.5, 4.0, 8.0])):
            digest.update(result.tobytes())
    return digest.hexdigest()


def test_uncompiled_run_gives_the_same_bits():
    """C1: the same code without compilation gives the same bits in a thousand elections."""
    uncompiled = subprocess.run(
        [sys.executable, __file__],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert uncompiled.stdout.strip() == digest_of_many_elections()


if __name__ == "__main__":
    sys.stdout.write(digest_of_many_elections())
