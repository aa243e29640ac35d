"""The diary of a future says what its journal says, added up.

Two things are left out of the comparison, for a reason each. Harm in wars that a scenario declares stands in the journal and not in the
diary, because an adversary does not count it as provocation; attacks in such wars are in both. And a strike whose toll the scenario states
shares its dead out in parts of persons, which the diary rounds for each group: there the two may differ by half a person a group.
"""

from collections import Counter
from dataclasses import fields
from pathlib import Path

import numpy as np

from shadowline.engine.batch import play
from shadowline.engine.diary import CROSSED, QUANTITIES
from shadowline.futures.run import Plan, simulate
from shadowline.parameters import RUNGS

TWO_PATRONS = Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml"
WEEK = 7


def table(counts, actors, days):
    """Return counts by (actor, day) as an array (days, actors)."""
    return np.array([[counts[actor, day] for actor in actors] for day in range(days)])


def test_attacks_made_and_suffered_are_those_of_the_journal(played):
    """Each attack of the journal, those of declared wars included, is counted once for who made it and once for whom it fell on."""
    results, days, told = played
    actors = results.model.names.actors
    for run, one in enumerate(told):
        assert np.array_equal(days["attacks"][run], table(one.attacks("actor"), actors, results.model.days))
        assert np.array_equal(days["attacks_suffered"][run], table(one.attacks("target_owner"), actors, results.model.days))
    assert days["attacks"].sum() > 100


def test_adversaries_dead_and_wounded_are_those_of_the_journal(played):
    """What attacks outside declared wars and patrons' answers do to an adversary is its harm of the day."""
    results, days, told = played
    names = results.model.names
    for run, one in enumerate(told):
        for what in ("killed", "wounded"):
            found = days[what][run].sel(actor=names.adversaries)
            assert np.array_equal(found, table(one.harm(what), names.adversaries, results.model.days)), (run, what)
    assert days["wounded"].sum() > 0


def test_only_struck_proxies_lose_people_and_no_more_than_the_strikes_say(played):
    """Proxies' dead of a day are the tolls of the day's strikes; a toll stated by the scenario is rounded for each group."""
    results, days, told = played
    names = results.model.names
    stated = {(strike.on - results.scenario.document.as_of).days - 1 for strike in results.scenario.document.strikes}
    for run, one in enumerate(told):
        dead = days["killed"][run].sel(actor=names.proxies).sum("actor").to_numpy().astype(int)
        tolls = one.tolls()
        for day in range(results.model.days):
            lost = tolls[day] - dead[day]
            assert abs(lost) <= (len(names.feuds) / 2 if day in stated else 0), (run, day)
    assert days["killed"].sel(actor=names.proxies).sum() > 0


def test_strikes_and_the_highest_rung_are_those_of_the_journal(played):
    """Every strike of an actor counts, on whomever, and its rung of a day is the highest of them."""
    results, days, told = played
    actors = results.model.names.actors
    for run, one in enumerate(told):
        made, highest = one.strikes()
        assert np.array_equal(days["strikes"][run], table(made, actors, results.model.days))
        assert np.array_equal(days["rung"][run], table(highest, actors, results.model.days))
    assert days["strikes"].sum() > 10


def test_a_second_strike_on_one_target_counts_and_hides_no_rung(told_of):
    """Who strikes the same target twice on a day, first on a higher rung, has struck twice and used the higher rung."""
    results = simulate(TWO_PATRONS, Plan(96, 8, seed=13, threads=2, horizon=10))
    days, document, found = results.dataset(), results.scenario.document, 0
    for run in range(results.runs):
        struck = Counter((row["actor"], row["target"], day) for day, row in told_of(document, results.story(run)).of_kind("strike"))
        for (actor, _, day), times in struck.items():
            if times > 1:
                found += 1
                page = days.isel(run=run, day=day).sel(actor=actor)
                assert page["strikes"] == times
                assert page["rung"] == RUNGS.index("major-strike")
    assert found > 0


def test_attacks_by_front_are_those_of_the_journal(played):
    """Each front has its own attacks of the whole future, those of declared wars included."""
    results, _, told = played
    names = results.model.names
    for run, one in enumerate(told):
        made = Counter((row["actor"], row["target"]) for _, row in one.of_kind("attack"))
        assert list(results.batch.diary.fronts[run]) == [made[front.proxy, front.target] for front in names.fronts]


def test_weeks_are_sums_of_days(played):
    """The weekly diary holds the sums of counts, the highest rung, and the last day's orders and provocation; a part week is kept."""
    results, days, _ = played
    diary = results.batch.diary
    starts = range(0, results.model.days, WEEK)
    assert diary.pages.shape[1] == len(starts)
    for page, start in enumerate(starts):
        week = slice(start, start + WEEK)
        for n, what in enumerate(QUANTITIES):
            part = days[what][:, week].astype(int)
            assert np.array_equal(diary.pages[:, page, :, n], part.max("day") if what == "rung" else part.sum("day")), what
        assert np.array_equal(diary.orders[:, page], days["order"][:, week][:, -1])
        assert np.array_equal(diary.provocation[:, page], days["provocation"][:, week][:, -1])


def test_crossings_since_day_0_leave_out_the_recorded_past():
    """A line that the record crossed before day 0 starts the future uncrossed."""
    results = simulate("iran-axis-2024", Plan(4, 4, seed=12, horizon=1), diary=True)
    past = [
        row
        for run in range(4)
        for row in results.story(run)
        if row["kind"] == "line-crossed" and row["date"] <= results.scenario.document.as_of
    ]

    assert len(past) >= 4
    assert results.batch.diary.lines[..., CROSSED].max() <= 1


def same_bits(one, other, left_out=()):
    """Return whether two batches (or diaries) hold the same bits; whole numbers in words of memory may read as not a number."""
    parts = [part.name for part in fields(one) if part.name not in left_out]
    return all(np.asarray(getattr(one, part)).tobytes() == np.asarray(getattr(other, part)).tobytes() for part in parts)


def test_keeping_a_diary_changes_no_result(played):
    """With and without a diary, of days or of weeks, every answer, count and curve has the same bits."""
    results, _, _ = played
    for step in (0, 1, 30):
        again = play(results.model, futures=results.batch.futures, seed=results.batch.seed, threads=1, step=step)
        assert same_bits(again, results.batch, left_out=("diary", "traces"))
        assert again.diary.step == step
    assert results.batch.chance.any()


def test_keeping_traces_changes_no_result(played):
    """With and without traces every answer, count and curve has the same bits; the traces of one thread and of three agree."""
    results, _, _ = played
    traced = [play(results.model, futures=results.batch.futures, seed=results.batch.seed, threads=n, traced=True) for n in (1, 3)]
    for again in traced:
        assert same_bits(again, results.batch, left_out=("diary", "traces"))
        assert again.traces.days.any()
    assert same_bits(traced[0].traces, traced[1].traces)


def test_any_number_of_threads_keeps_the_same_diary(played):
    """One thread or five, the diary has the same bits."""
    results, _, _ = played
    for threads in (1, 5):
        again = play(results.model, futures=results.batch.futures, seed=results.batch.seed, threads=threads, step=WEEK)
        assert same_bits(again.diary, results.batch.diary)


def test_no_diary_takes_no_room():
    """Without a diary nothing is kept of single futures but their answers."""
    diary = simulate("two-camps", Plan(3, 1, seed=1)).batch.diary

    assert diary.step == 0
    assert all(getattr(diary, part.name).size == 0 for part in fields(diary) if part.name != "step")
