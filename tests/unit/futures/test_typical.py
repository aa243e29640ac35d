"""The three futures that are told are a calm one, a middling one and the worst, by ranks that can be recomputed."""

from collections import Counter
from dataclasses import replace
from statistics import median, pstdev

import pytest

from shadowline.engine.diary import QUANTITIES
from shadowline.futures.run import Plan, simulate
from shadowline.futures.typical import choose_three

RUNS = 60


@pytest.fixture(scope="module", params=["iran-axis-2024", "two-camps"])
def results(request):
    """Return futures with a diary."""
    return simulate(request.param, Plan(RUNS, 20, seed=41, threads=2), diary=True)


def severities(results):
    """Return highest rung, dead and attacks of each future, for the adversary that questions are most about, added up one by one."""
    names, diary = results.model.names, results.batch.diary
    (adversary,) = {"iran-axis-2024": {"united-states"}, "two-camps": {"blue"}}[results.scenario.document.id]
    rows = [names.actors.index(adversary)]
    dyads = [n for n, pair in enumerate(names.dyads) if pair[1] == adversary]
    killed, suffered = QUANTITIES.index("killed"), QUANTITIES.index("attacks_suffered")
    found = []
    for run in range(len(diary.pages)):
        rungs = [rung for dyad in dyads for rung in range(6) if diary.reached[run, dyad, rung] >= 0]
        dead, attacks = (sum(int(page[row][what]) for page in diary.pages[run] for row in rows) for what in (killed, suffered))
        found.append((max(rungs, default=0), dead, attacks))
    return found


def order(found):
    """Return runs from the calmest to the worst, the earlier run first where they are alike."""
    return sorted(range(len(found)), key=lambda run: (*found[run], run))


def test_ranks_are_places_from_the_calmest_to_the_worst(results):
    """Each future's rank is its place by highest rung, then dead, then attacks."""
    places = order(severities(results))

    for chosen in choose_three(results):
        assert places[chosen.rank - 1] == chosen.run


def test_each_of_the_three_stands_where_it_is_said_to_stand(results):
    """Calm is a twentieth of the way up, the worst is last, middling lies in the middle fifth; in this order, each another future."""
    three = choose_three(results)

    assert [one.kind for one in three] == ["calm", "middling", "worst"]
    assert [three[0].rank, three[2].rank] == [RUNS // 20 + 1, RUNS]
    assert 0.4 * RUNS < three[1].rank <= 0.6 * RUNS + 1
    assert len({one.run for one in three}) == 3


def test_the_worst_is_no_better_than_any(results):
    """No future was worse than the worst, and few were calmer than the calm one."""
    found = severities(results)
    calm, middling, worst = (found[one.run] for one in choose_three(results))

    assert worst == max(found)
    assert sum(one < calm for one in found) <= RUNS // 20
    assert calm <= middling <= worst


def test_the_middling_future_lies_nearest_to_the_medians(results):
    """Among the middle fifth none is nearer to the median rung, dead and attacks, each in units of its spread."""
    found = severities(results)
    middles = [median(column) for column in zip(*found, strict=True)]
    spreads = [pstdev(column) for column in zip(*found, strict=True)]

    def distance(run):
        parts = zip(found[run], middles, spreads, strict=True)
        return sum(abs(value - middle) / spread if spread else 0.0 for value, middle, spread in parts)

    chosen = next(one for one in choose_three(results) if one.kind == "middling")
    fifth = order(found)[int(0.4 * RUNS) : int(0.6 * RUNS) + 1]
    assert distance(chosen.run) == pytest.approx(min(map(distance, fifth)))


@pytest.mark.parametrize("runs", [1, 2, 3, 5, 7])
def test_few_futures_are_told_once_each(runs):
    """One run gives one future, two at most two; where one stands for several it is the middling one."""
    results = simulate("two-camps", Plan(runs, 1, seed=7), diary=True)
    chosen = choose_three(results)

    assert 1 <= len(chosen) <= min(runs, 3)
    assert max(Counter(one.run for one in chosen).values()) == 1
    assert any(one.kind == "middling" for one in chosen)
    assert [one.rank for one in chosen] == sorted(one.rank for one in chosen)
    assert all(1 <= one.rank <= runs for one in chosen)
    if runs == 1:
        assert [(one.kind, one.run, one.rank) for one in chosen] == [("middling", 0, 1)]


def test_the_rung_counts_before_the_dead_and_the_dead_before_the_attacks():
    """A future on a higher rung is worse than one with any number of dead; at the same rung, the dead decide."""
    results = simulate("two-camps", Plan(3, 1, seed=7), diary=True)
    diary = results.batch.diary
    pages, reached = diary.pages * 0, diary.reached * 0 - 1
    blue = results.model.names.actors.index("blue")
    for run, (rung, dead, attacks) in enumerate(((1, 90, 9), (4, 0, 0), (1, 91, 1))):
        reached[run, 0, rung] = 5
        pages[run, 3, blue, QUANTITIES.index("killed")] = dead
        pages[run, 3, blue, QUANTITIES.index("attacks_suffered")] = attacks
    made_up = replace(results, batch=replace(results.batch, diary=replace(diary, pages=pages, reached=reached)))

    assert [one.run for one in choose_three(made_up) if one.kind == "worst"] == [1]
    assert {one.run: one.rank for one in choose_three(made_up)}[1] == 3
    assert severities(made_up) == [(1, 90, 9), (4, 0, 0), (1, 91, 1)]
