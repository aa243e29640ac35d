"""Prior predictive checks of the model case against the record, and checks C5 and C7.

The model case is played as if its record were unknown: from the first day of the wave, of the quiet years and of the truce of 2020.
"""

from datetime import date

import numpy as np
import pytest

from shadowline.engine.batch import play
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.engine.telling import tell
from shadowline.mechanisms.journal import ATTACK, STRIKE
from shadowline.record.load import load_record
from shadowline.scenario.load import load_scenario

SEED = 17
BAND = (5, 95)
WAVE, QUIET, TRUCE = date(2023, 10, 17), date(2021, 1, 21), date(2020, 10, 10)
IRAQI = ("kataib-hezbollah", "harakat-al-nujaba", "kataib-sayyid-al-shuhada", "asaib-ahl-al-haq")
ON_BASES = "attacks: {on: united-states, theatre: levant, counted: acknowledged"
QUESTIONS = f"""{{
    acknowledged: {{asks: How many attacks?, count: {{{ON_BASES}}}, per: day}}}},
    strikes: {{asks: How many strike dates?, count: {{strikes: {{by: united-states}}, per: horizon}}}}
}}"""
UNKNOWN = {
    "prelude": "null",
    "spells": "[]",
    "actors.united-states.answers.decided": "false",
    "outcomes": QUESTIONS,
}
UNTIL_AN_ATTACK = {
    "outcomes": "{attacked: {asks: When is the first attack?, happens_when: {line_crossed: any-attack}}}",
    "lines.any-attack": "{owner: united-states, crossed_by: {event: attack, target_owner: united-states, theatre: levant, hits: false}}",
}
"""A line that any attack crosses: it tells the first day, and disturbs nothing before."""
OBEDIENT = "[" + ", ".join(f"{{proxy: {key}, toward: united-states, on: {TRUCE}, obeys: {{iran: 1}}}}" for key in IRAQI) + "]"


def beginning(day, changes=None):
    """Return a function that builds the model case as it begins on a day, knowing nothing of the record: draws, horizon."""
    scenario = load_scenario("iran-axis-2024", the_catalogue(), changes=UNKNOWN | (changes or {}))

    def model(draws, days):
        return build(scenario, None, draws=draws, seed=SEED, horizon=days, start=day)

    return model


def played(case, days, *, draws=1000, futures=2):
    """Return results by outcome: totals, and first days counted from 1."""
    model = case(draws, days)
    batch = play(model, futures=futures, seed=SEED, threads=2)
    columns = {key: n for n, key in enumerate(model.names.outcomes)}
    return {key: batch.total[:, n] for key, n in columns.items()}, {key: batch.first_day[:, n] + 1 for key, n in columns.items()}


def holds(values, observed):
    """Return whether what was observed lies in the 90 % band of what is predicted."""
    low, high = np.percentile(values, BAND)
    return low <= observed <= high


@pytest.fixture(scope="module")
def wave():
    """Return the model case on the first morning of the wave."""
    return beginning(WAVE)


@pytest.fixture(scope="module")
def quiet():
    """Return the model case on the first morning of the 797 quiet days."""
    return beginning(QUIET)


@pytest.mark.parametrize(
    ("day", "total"),
    [
        (date(2023, 10, 30), 23),
        (date(2023, 11, 14), 55),
        (date(2023, 11, 17), 61),
        (date(2023, 12, 21), 102),
        (date(2024, 1, 18), 140),
        (date(2024, 1, 30), 165),
    ],
)
def test_attacks_of_the_wave(wave, day, total):
    """Anchors in the record: acknowledged attacks from 17 October 2023 to each day of a count lie in the prior predictive 90 % band."""
    totals, _ = played(wave, (day - WAVE).days + 1)
    assert holds(totals["acknowledged"], total)


def test_three_strike_dates_in_the_first_32_days(wave):
    """Anchors in the record: three American strike dates in the first 32 days of the wave lie in the 90 % band."""
    totals, _ = played(wave, 32)
    assert holds(totals["strikes"], 3)


def test_attacks_and_strike_dates_of_the_quiet_years(quiet):
    """Anchors in the record: 83 attacks and four strike dates in the 797 days to 28 March 2023 lie in the 90 % band."""
    totals, _ = played(quiet, 797)
    assert holds(totals["acknowledged"], 83)
    assert holds(totals["strikes"], 4)


def test_the_truce_of_2020_is_broken_on_day_37():
    """Anchors in the record: where all obey a halt from 10 October 2020, the first attack on day 37 or 38 lies in the 90 % band."""
    truce = beginning(TRUCE, UNTIL_AN_ATTACK | {"spells": OBEDIENT, "actors.iran.order.fixed": "0"})
    _, first = played(truce, 200)
    days = np.where(first["attacked"] > 0, first["attacked"], 201)
    assert holds(days, 37)
    assert holds(days, 38)


@pytest.fixture(scope="module")
def record():
    """Return the shipped record."""
    return load_record("us-iran-shadow-war")


@pytest.mark.xfail(
    reason="the model case gives 76 days without an attack a chance of about one in a thousand, not one in twenty", strict=True
)
def test_the_calm_after_4_february(record):
    """Anchors in the record: no acknowledged attack in the 76 days after 4 February 2024 lies in the 90 % band as of 30 January."""
    calm = f"{{calm: {{asks: A calm?, happens_when: {{no_{ON_BASES}, for: 76d}}}}}}}}"
    scenario = load_scenario("iran-axis-2024", the_catalogue(), changes={"outcomes": calm})
    batch = play(build(scenario, record, draws=1000, seed=SEED, horizon=81), futures=2, seed=SEED, threads=2)
    assert (batch.first_day[:, 0] >= 0).mean() >= 0.05


class Told:
    """What the journals of many futures say about attacks on American bases and American strikes."""

    def __init__(self, case, start, days, futures):
        model = case(futures, days)
        self.start, self.days, self.futures = start.toordinal(), days, futures
        self.states = model.names.actors.index("united-states")
        targets = model.names.document.targets
        self.bases = [
            targets[front.target].theatre == "levant" and targets[front.target].owner == "united-states" for front in model.names.fronts
        ]
        self.journals = [tell(model, run, futures=1, seed=SEED) for run in range(futures)]

    def attacks(self, journal):
        """Return the attacks on American bases."""
        attacks = journal[journal.kind == ATTACK]
        return attacks[np.array([self.bases[front] for front in attacks.front], bool)]

    def strikes(self, journal):
        """Return the American strikes."""
        return journal[(journal.kind == STRIKE) & (journal.actor == self.states)]

    def answered_weeks(self):
        """Return (answered, all) weeks with attacks, by whether anybody died: an answer comes in the week or the one after it."""
        found = np.zeros((2, 2), int)
        for journal in self.journals:
            attacks, strikes = self.attacks(journal), self.strikes(journal)
            for first in range(self.start, self.start + self.days - 13, 7):
                week = attacks[(attacks.day >= first) & (attacks.day < first + 7)]
                if week.size:
                    answered = np.any((strikes.day >= first) & (strikes.day < first + 14))
                    found[int(week.killed.sum() > 0)] += (int(answered), 1)
        return found


@pytest.fixture(scope="module")
def told_wave(wave):
    """Return the journals of 600 futures of the wave, each of a draw of its own."""
    return Told(wave, WAVE, 106, 600)


@pytest.fixture(scope="module")
def told_quiet(quiet):
    """Return the journals of 200 futures of the quiet years."""
    return Told(quiet, QUIET, 797, 200)


def test_the_first_strike_of_the_wave(told_wave):
    """Anchors in the record: the first American strike on day 9, after 16 to 19 attacks, lies in the 90 % bands."""
    days, before = [], []
    for journal in told_wave.journals:
        struck = told_wave.strikes(journal).day
        if struck.size:
            days.append(int(struck.min()) - told_wave.start + 1)
            before.append(int((told_wave.attacks(journal).day < struck.min()).sum()))
    assert holds(days, 9)
    assert holds(before, 16)
    assert holds(before, 19)


def test_share_of_attacks_that_attacks_brought_about(told_wave):
    """C5: from 17 October 2023 to 27 January 2024 the share of attacks whose cause is another attack lies in .25 to .55."""
    last = date(2024, 1, 27).toordinal()
    triggered = total = 0
    for journal in told_wave.journals:
        attacks = told_wave.attacks(journal)
        attacks = attacks[attacks.day <= last]
        triggered += int(np.sum(journal.kind[attacks.cause[attacks.cause >= 0]] == ATTACK))
        total += attacks.size
    assert 0.25 < triggered / total < 0.55


def test_share_of_high_rungs_among_answers(told_wave):
    """Anchors in the record: the share of rung 3 and above among American answers lies in .005 to .15."""
    rungs = np.concatenate([told_wave.strikes(journal).rung for journal in told_wave.journals])
    assert 0.005 < (rungs >= 3).mean() < 0.15


def test_deaths_make_an_answer_likelier(told_wave, told_quiet):
    """C7: answers follow about .364 of weeks without deaths and .875 of weeks with some (disputes reciprocated, Gibler et al.)."""
    weeks = told_wave.answered_weeks() + told_quiet.answered_weeks()
    bloodless, bloody = weeks[:, 0] / weeks[:, 1]
    assert bloodless == pytest.approx(0.364, abs=0.25)
    assert bloody == pytest.approx(0.875, abs=0.2)
    assert bloody > 1.5 * bloodless
