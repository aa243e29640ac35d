from collections import Counter
from datetime import date, timedelta

import pytest

from shadowline.record.load import load_record

WAVE = date(2023, 10, 17)
BASES = "us-bases-levant"


@pytest.fixture(scope="module")
def record():
    """Return the shipped record."""
    return load_record("us-iran-shadow-war")


def counted(record, day, **options):
    """Return the attacks of the wave up to a day, as the increments add them up."""
    return sum(step.added for step in record.increments(BASES, WAVE, day, **options))


@pytest.mark.parametrize(
    ("day", "total"),
    [
        (date(2023, 10, 30), 23),
        (date(2023, 11, 14), 55),
        (date(2023, 11, 17), 61),
        (date(2023, 12, 21), 102),
        (date(2024, 1, 18), 140),
        (date(2024, 1, 30), 165),
        (date(2024, 2, 4), 170),
        (date(2024, 4, 20), 170),
        (date(2024, 4, 22), 172),
    ],
)
def test_the_pentagon_counts_reproduce(record, day, total):
    """Anchors in the record: the increments add up to the Pentagon's count on each of its dates."""
    assert counted(record, day) == total


def test_no_attack_in_the_76_days_after_4_february(record):
    """Anchors in the record: neither a total nor a dated attack falls between 4 February and 21 April 2024."""
    pause = date(2024, 2, 5), date(2024, 4, 20)
    assert (pause[1] - pause[0]).days + 1 == 76
    assert [step.added for step in record.increments(BASES, *pause)] == [0, 0]
    assert record.select(theatre="levant").attacks(*pause, target="united-states") == []


def test_increments_cover_each_day_of_the_wave_once(record):
    """Anchors in the record: the intervals follow one another without gap or overlap, and none is negative."""
    steps = record.increments(BASES, WAVE, date(2024, 11, 21))
    days = Counter(
        step.start + timedelta(days=k)
        for step in {(step.start, step.end): step for step in steps}.values()
        for k in range((step.end - step.start).days + 1)
    )
    assert set(days.values()) == {1}
    assert len(days) == (date(2024, 11, 21) - WAVE).days + 1
    assert min(step.added for step in steps) >= 0


@pytest.mark.parametrize(
    ("day", "iraq", "syria", "jordan"),
    [
        (date(2023, 10, 30), 14, 9, 0),
        (date(2023, 11, 14), 27, 28, 0),
        (date(2023, 11, 17), 29, 32, 0),
        (date(2023, 12, 21), 47, 55, 0),
        (date(2024, 1, 18), 57, 83, 0),
        (date(2024, 1, 30), 66, 98, 1),
    ],
)
def test_the_split_by_territory_adds_up(record, day, iraq, syria, jordan):
    """Anchors in the record: the running totals by territory are the Pentagon's and add up to its total."""
    parts = {row.where: row.count for row in record.select(series=BASES, form="total").events if row.end == day}
    whole = parts.pop(None)
    assert (parts["iraq"], parts["syria"], parts.get("jordan", 0)) == (iraq, syria, jordan)
    assert sum(parts.values()) == whole


def test_83_attacks_and_four_answers_in_797_days(record):
    """Anchors in the record: 83 attacks in the 797 days to 28 March 2023, and four answers by the same account."""
    (attacks,) = record.totals("us-forces-797-days")
    (answers,) = record.totals("us-answers-797-days")
    assert (attacks.end - attacks.start).days == 797
    assert attacks.end == date(2023, 3, 28)
    assert (attacks.count, answers.count) == (83, 4)


def test_american_strikes_in_the_797_days(record):
    """Anchors in the record: four occasions of American strikes, one of them on two neighbouring days."""
    strikes = record.strikes(date(2021, 1, 20), date(2023, 3, 28), actor="united-states")
    days = sorted({strike.start for strike in strikes})
    occasions = [day for day in days if day - timedelta(days=1) not in days]
    assert len(days) == 5
    assert occasions == [date(2021, 2, 25), date(2021, 6, 27), date(2022, 8, 23), date(2023, 3, 23)]


def test_the_truce_of_october_2020_is_broken_on_day_38(record):
    """Anchors in the record: the first attack on Americans after the truce of 10 October 2020 comes on day 37 or 38."""
    truce = next(event for event in record.events if event.id == "2020-10-10-truce")
    first = record.attacks(truce.start, date(2021, 1, 1), target="united-states")[0]
    assert (first.start - truce.start).days in {37, 38}


def test_the_first_american_strikes_of_the_wave(record):
    """Anchors in the record: first strike on day 9 after 16 to 19 attacks, three strike dates in the first 32 days."""
    strikes = record.strikes(WAVE, WAVE + timedelta(days=31), actor="united-states")
    days = sorted({strike.start for strike in strikes})
    assert [(day - WAVE).days for day in days] == [9, 22, 26]
    assert strikes[0].days_since_trigger == 9
    told = {row.count for row in record.select(series=BASES).rows if row.end == days[0] and not row.territory}
    assert told == {16, 19}


@pytest.mark.parametrize(
    ("known_by", "wounded"),
    [
        (date(2024, 1, 28), 25),
        (date(2024, 1, 29), 34),
        (date(2024, 1, 30), 40),
        (date(2025, 1, 1), 47),
    ],
)
def test_tower_22_as_it_was_told(record, known_by, wounded):
    """Anchors in the record: three soldiers killed in Jordan, and the number of wounded as known by each day."""
    (event,) = record.known_by(known_by).attacks(date(2024, 1, 28), date(2024, 1, 28))
    assert (event.soldiers_killed, event.where, event.wounded) == (3, "jordan", wounded)


@pytest.mark.parametrize("known_by", [date(2020, 1, 27), date(2023, 11, 14), date(2024, 1, 30), date(2024, 2, 2)])
def test_nothing_that_became_known_later_is_seen(record, known_by):
    """As known by a day, no row was known, happened, or has a dated source later than that day."""
    rows = record.known_by(known_by).rows
    assert rows
    assert all(max(row.start, row.end, row.known_on) <= known_by for row in rows)
    late = [row.id for row in rows if row.known_from == "source-date" and row.source_date > known_by.isoformat()]
    assert late == []


def test_a_figure_that_came_later_is_not_counted_earlier(record):
    """As known by 8 December 2023 the wave has 84 attacks in all; the split of 7 December, printed later, is unseen."""
    day = date(2023, 12, 8)
    assert counted(record, day, known_by=day) == 84
    assert counted(record, date(2024, 2, 4), known_by=date(2024, 2, 12)) == 165
    parts = [row for row in record.known_by(day).select(series=BASES).rows if row.end == date(2023, 12, 7)]
    assert [row.where for row in parts] == [None]


def test_the_wave_as_known_by_the_dates_of_the_model_cases(record):
    """The two model cases see the counts of their own day: 55 on 14 November 2023, 165 on 30 January 2024."""
    for day, total in ((date(2023, 11, 14), 55), (date(2024, 1, 30), 165)):
        assert counted(record, day, known_by=day) == total


def test_dated_attacks_and_totals_do_not_count_twice(record):
    """Dated attacks that an official count includes come off it one by one, so that both may be replayed together."""
    day = date(2024, 1, 30)
    dated = record.select(counted_in=BASES).attacks(WAVE, day)
    assert len(dated) > 5
    assert counted(record, day, without_dated=True) + len(dated) == 165


def test_kataib_hezbollah_suspends_before_the_strikes(record):
    """Anchors in the record: Kata'ib Hezbollah suspends on 30 January 2024, three days before the strikes."""
    (said,) = [
        row for row in record.between(date(2024, 1, 28), date(2024, 2, 2)).select(actor="kataib-hezbollah").rows if row.act == "suspend"
    ]
    strike = record.strikes(date(2024, 1, 28), date(2024, 2, 3), target="kataib-hezbollah")[0]
    assert (said.start, (strike.start - said.start).days) == (date(2024, 1, 30), 3)
    assert (strike.rung, strike.answers, strike.days_since_trigger) == (2, "2024-01-28-tower-22", 5)


def test_pakistan_answers_in_two_days(record):
    """Anchors in the record: Iran strikes Pakistan on 16 January 2024 and Pakistan answers on 18 January."""
    (answer,) = record.strikes(date(2024, 1, 16), date(2024, 1, 18), actor="pakistan")
    assert (answer.answers, answer.where, answer.start) == ("2024-01-16-pakistan", "iran", date(2024, 1, 18))


def test_no_american_strike_on_the_patrons_soil_before_2025(record):
    """Anchors in the record: the United States first strikes Iran itself on 22 June 2025."""
    soil = [event.start for event in record.select(territory="iran", actor="united-states", kind="strike").events]
    assert soil[0] == date(2025, 6, 22)


def test_the_days_to_an_answer_agree_with_the_dates(record):
    """Days from trigger to answer are those between the two dates, up to the day by which clocks differ."""
    starts = {event.id: event.start for event in record.events}
    for event in record.events:
        if event.answers and event.days_since_trigger is not None:
            assert abs((event.start - starts[event.answers]).days - event.days_since_trigger) <= 1, event.id


def test_totals_of_different_series_stay_apart(record):
    """No series but the Pentagon's enters its increments, though others count the same days."""
    rivals = {row.series for row in record.select(kind="attack", form="total", theatre="levant").rows} - {BASES}
    assert {"gttac-attacks", "sohr-bases-syria", "militia-monitor-claims"} <= rivals
    assert counted(record, date(2023, 12, 31)) == 102
