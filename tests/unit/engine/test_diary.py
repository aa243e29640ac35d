"""The diary of a future says what its journal says, added up.

Two things are left out of the comparison, for a reason each. Harm in wars that a scenario declares stands in the journal and not in the
diary, because an adversary does not count it as provocation; attacks in such wars are in both. And a strike whose toll the scenario states
shares its dead out in parts of persons, which the diary rounds for each group: there the two may differ by half a person a group.
"""

from collections import Counter
from dataclasses import fields
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from shadowline.engine.batch import play
from shadowline.engine.diary import CROSSED, QUANTITIES, TESTED
from shadowline.futures.run import Plan, simulate
from shadowline.parameters import RUNGS

TWO_PATRONS = Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml"
PLAYED = {
    "two-camps": ("two-camps", Plan(30, 1, seed=11, threads=2)),
    "iran-axis-2024": ("iran-axis-2024", Plan(12, 6, seed=12, threads=2)),
    "two-patrons": (TWO_PATRONS, Plan(24, 8, seed=13, threads=2)),
}
WEEK = 7


class Told:
    """What the rows of one future come to, added up in plain Python; days count from day 0."""

    def __init__(self, document, rows):
        self.document = document
        self.rows = [(self._day(row["date"]), row) for row in rows]
        self.wars = {frozenset(war.between) for war in document.wars}
        self.played = [(day, row) for day, row in self.rows if day >= 0]

    def _day(self, date):
        return (date - self.document.as_of).days - 1

    def of_kind(self, kind):
        """Yield the days and rows of one kind since day 0."""
        return ((day, row) for day, row in self.played if row["kind"] == kind)

    def role(self, key):
        """Return an actor's role, None for nobody."""
        return self.document.actors[key].role if key is not None else None

    def is_background(self, row):
        """Return whether an attack belongs to a declared war."""
        return frozenset((row["actor"], row["target_owner"])) in self.wars

    def attacks(self, side):
        """Return attacks by (actor, day): made for the side ``actor``, suffered for ``target_owner``."""
        return Counter((row[side], day) for day, row in self.of_kind("attack"))

    def harm(self, what):
        """Return adversaries' own dead or wounded by (actor, day), by attacks and by patrons' strikes."""
        found = Counter()
        for day, row in self.of_kind("attack"):
            if not self.is_background(row):
                found[row["target_owner"], day] += row[what]
        for day, row in self.of_kind("strike"):
            if self.role(row["actor"]) in {"patron", "host"} and self.role(row["target"]) == "adversary":
                found[row["target"], day] += row[what]
        return found

    def tolls(self):
        """Return proxies' people killed by day, as the strikes of adversaries on the two lowest rungs say."""
        found = Counter()
        for day, row in self.of_kind("strike"):
            if self.role(row["actor"]) == "adversary" and row["rung"] in RUNGS[1:3]:
                found[day] += row["killed"]
        return found

    def strikes(self):
        """Return strikes by (actor, day), and the highest rung used."""
        made, highest = Counter(), Counter()
        for day, row in self.of_kind("strike"):
            made[row["actor"], day] += 1
            highest[row["actor"], day] = max(highest[row["actor"], day], RUNGS.index(row["rung"]))
        return made, highest

    def crossings(self):
        """Return crossings by (line, day)."""
        return Counter((row["line"], day) for day, row in self.of_kind("line-crossed"))

    def patrons_behind(self, adversary):
        """Return the patrons of those who attack an adversary."""
        document = self.document
        attackers = {front.proxy for front in document.fronts if document.targets[front.target].owner == adversary}
        return {tie.from_ for tie in document.ties if tie.to in attackers and self.role(tie.from_) == "patron"}

    def pairs_of(self, row):
        """Return the pairs of principal and adversary between whom a strike is one of its rung."""
        if self.role(row["actor"]) == "adversary":
            pairs = [(patron, row["actor"]) for patron in (self.patrons_behind(row["actor"]) if row["rung"] in RUNGS[1:3] else ())]
            return pairs + ([(row["target"], row["actor"])] if self.role(row["target"]) in {"patron", "host"} else [])
        is_patron_s = self.role(row["actor"]) in {"patron", "host"} and self.role(row["target"]) == "adversary"
        return [(row["actor"], row["target"])] if is_patron_s else []

    def rungs(self):
        """Return the first day of every rung by (principal, adversary, rung)."""
        first = {}
        for day, row in self.played:
            if row["kind"] == "open-war":
                first.setdefault((row["actor"], row["target"], 5), day)
            if row["kind"] == "strike":
                for patron, adversary in self.pairs_of(row):
                    first.setdefault((patron, adversary, RUNGS.index(row["rung"])), day)
        return first

    def obeyed(self, proxy, principal, adversary, days):
        """Return on how many days a proxy obeyed a principal about an adversary, by the last change told; None before the first."""
        changes = [
            (day, row["target"])
            for day, row in self.rows
            if row["kind"] == "obedience" and (row["actor"], row["target_owner"]) == (proxy, adversary)
        ]
        if not changes or any(spell.proxy == proxy and spell.toward == adversary for spell in self.document.spells):
            return None
        found = 0
        for day in range(days):
            before = [whom for when, whom in changes if when <= day]
            if not before:
                return None
            found += before[-1] == principal
        return found

    def orders(self, principal, adversary):
        """Return the orders given by one principal about one adversary: (day, order), those of the recorded past included."""
        return [
            (day, row["order"])
            for day, row in self.rows
            if row["kind"] == "order" and (row["actor"], row["target"]) == (principal, adversary)
        ]

    def tested(self, key):
        """Return how often a line was tested without being crossed."""
        line = self.document.lines[key].crossed_by
        crossed = Counter(day for (name, day), n in self.crossings().items() for _ in range(n) if name == key)
        if line.event == "strike":
            return sum(max(0, count - crossed[day]) for day, count in self._strikes_near(key).items())
        if not line.hits and not line.killed:
            return 0
        near = Counter(
            day
            for day, row in self.of_kind("attack")
            if self._could_cross(line, row) and not self.is_background(row) and (row["got_through"] or not line.killed)
        )
        return sum(max(0, count - crossed[day]) for day, count in near.items())

    def _could_cross(self, line, row):
        """Return whether an attack was on what a line protects."""
        target = self.document.targets[row["target"]]
        at_risk = {target.people} | ({"contractor"} if target.people == "soldier" else set())
        return (
            line.actor is None
            and line.target_owner in {None, target.owner}
            and line.target in {None, row["target"]}
            and line.territory in {None, target.territory}
            and line.theatre in {None, target.theatre}
            and (not line.killed or "any" in line.killed or bool(at_risk & set(line.killed)))
        )

    def _strikes_near(self, key):
        """Return by day how many pairs used the lowest rung that crosses a line about strikes, or the rung just below it."""
        pairs = {(patron, adversary) for patron in self._of_role("patron", "host") for adversary in self._of_role("adversary")}
        lowest = {pair: self._lowest(key, *pair) for pair in pairs}
        used = {
            (pair, RUNGS.index(row["rung"]), day)
            for day, row in self.of_kind("strike")
            for pair in self.pairs_of(row)
        }  # fmt: skip
        near = {(pair, day) for pair, rung, day in used if lowest[pair] is not None and rung in {lowest[pair] - 1, lowest[pair]}}
        return Counter(day for _, day in near)

    def _of_role(self, *roles):
        return [key for key in self.document.actors if self.role(key) in roles]

    def _lowest(self, key, patron, adversary):
        """Return the lowest rung above the first on which the adversary would cross a line by striking the patron, or its people."""
        line = self.document.lines[key].crossed_by
        home = self.document.actors[patron].territory
        if line.actor not in {None, adversary} or line.target not in {None, patron} or line.territory not in {None, home}:
            return None
        at_home = RUNGS.index("patron-soil")
        rungs = [at_home] if line.territory else range(RUNGS.index("assets-abroad"), at_home + 1)
        return next((rung for rung in rungs if rung >= (RUNGS.index(line.at_least) if line.at_least else 0)), None)


@pytest.fixture(scope="module", params=PLAYED)
def played(request):
    """Return futures with their diary by weeks, their dataset by days, and what their journals come to."""
    name, plan = PLAYED[request.param]
    results = simulate(name, plan, diary=True)
    document = results.scenario.document
    return results, results.dataset(), [Told(document, results.story(run)) for run in range(results.runs)]


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


def test_a_second_strike_on_one_target_counts_and_hides_no_rung():
    """Who strikes the same target twice on a day, first on a higher rung, has struck twice and used the higher rung."""
    results = simulate(TWO_PATRONS, Plan(96, 8, seed=13, threads=2, horizon=10))
    days, document, found = results.dataset(), results.scenario.document, 0
    for run in range(results.runs):
        struck = Counter((row["actor"], row["target"], day) for day, row in Told(document, results.story(run)).of_kind("strike"))
        for (actor, _, day), times in struck.items():
            if times > 1:
                found += 1
                page = days.isel(run=run, day=day).sel(actor=actor)
                assert page["strikes"] == times
                assert page["rung"] == RUNGS.index("major-strike")
    assert found > 0


def test_crossings_and_near_misses_are_those_of_the_journal(played):
    """A line's crossings are the journal's; its near misses are what came up to it on each day, less the crossing of that day."""
    results, _, told = played
    lines = results.batch.diary.lines
    for run, one in enumerate(told):
        crossings = Counter()
        for (line, _), count in one.crossings().items():
            crossings[line] += count
        for k, key in enumerate(results.model.names.lines):
            assert lines[run, k, CROSSED] == crossings[key], (run, key)
            assert lines[run, k, TESTED] == one.tested(key), (run, key)
    assert lines[..., CROSSED].sum() > 0
    assert lines[..., TESTED].sum() > 0


def test_an_attack_that_crosses_a_line_is_no_near_miss():
    """Where every attack gets through and kills a soldier, each is a crossing and none a near miss, however many fall on one day."""
    deadly = {
        "fronts.brigade>outpost.quiet_rate": "5/day",
        "targets.outpost.intercepted": "0",
        "targets.outpost.lethal_if_through": "1",
        "targets.outpost.contractor_share": "0",
    }
    results = simulate("two-camps", Plan(3, 1, seed=3, horizon=5), changes=deadly, diary=True)
    line = results.model.names.lines.index("no-blue-soldier")

    assert (results.batch.diary.lines[:, line, CROSSED] > 5).all()
    assert (results.batch.diary.lines[:, line, TESTED] == 0).all()


def test_attacks_by_front_are_those_of_the_journal(played):
    """Each front has its own attacks of the whole future, those of declared wars included."""
    results, _, told = played
    names = results.model.names
    for run, one in enumerate(told):
        made = Counter((row["actor"], row["target"]) for _, row in one.of_kind("attack"))
        assert list(results.batch.diary.fronts[run]) == [made[front.proxy, front.target] for front in names.fronts]


def test_days_of_obedience_are_those_between_the_changes_of_the_journal(played):
    """A proxy obeys whom the last change told says, on every day until the next; no day is counted for two."""
    results, _, told = played
    names, found = results.model.names, 0
    for run, one in enumerate(told):
        for r, ((proxy, adversary), tie) in enumerate(names.reins):
            days = one.obeyed(proxy, results.scenario.document.ties[tie].from_, adversary, results.model.days)
            if days is not None:
                found += 1
                assert results.batch.diary.obeyed[run, r] == days, (run, proxy, adversary)
    by_feud = Counter()
    for r, (feud, _) in enumerate(names.reins):
        by_feud[feud] += results.batch.diary.obeyed[:, r].astype(int)
    assert found >= len(told) / 2  # without a recorded past nobody knows what stood before the first change
    assert all((days <= results.model.days).all() for days in by_feud.values())


def test_the_first_day_of_each_rung_is_the_journal_s(played):
    """A rung is reached between a principal and an adversary by a strike of either on the other, or on the patron's proxies."""
    results, _, told = played
    names = results.model.names
    for run, one in enumerate(told):
        first = one.rungs()
        for (principal, adversary), rung in product(names.dyads, range(6)):
            found = results.batch.diary.reached[run, names.dyad(principal, adversary), rung]
            assert found == first.get((principal, adversary, rung), -1), (run, principal, adversary, rung)
    assert (results.batch.diary.reached >= 0).any()


def test_the_order_of_a_day_is_the_last_one_given(played):
    """At the end of a day a principal's order is the latest in the journal; before the first it stands still at another value."""
    results, days, told = played
    changes = 0
    for run, one in enumerate(told):
        for n, (principal, adversary) in enumerate(results.model.names.dyads):
            orders = days["order"][run, :, n].to_numpy()
            given = one.orders(principal, adversary)
            for day, order in enumerate(orders):
                before = [said for when, said in given if when <= day]
                assert order == (np.float32(before[-1]) if before else orders[0]), (run, day)
            if given and given[0][0] > 0:
                assert orders[0] != np.float32(given[0][1])
            changes += len(given)
    assert changes > 0


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


def test_provocation_fades_by_its_decay_on_quiet_days(played):
    """On a day without harm, strikes or crossings an adversary's provocation only fades, at the rate of its draw."""
    results, days, _ = played
    names, layout = results.model.names, results.model.layout
    quiet = 0
    for a, adversary in enumerate(names.adversaries):
        decay = np.array([layout.view(morning, "adversaries")[a].provocation_decay for morning in results.batch.mornings])
        mine = days.sel(actor=adversary)
        calm = (mine["attacks_suffered"] + mine["strikes"] + mine["killed"] == 0).to_numpy()[:, 1:]
        before = days["provocation"][:, :-1, a].to_numpy()
        after = days["provocation"][:, 1:, a].to_numpy()
        expected = before * (1 - decay[days["draw"].to_numpy()])[:, None]
        assert after[calm] == pytest.approx(expected[calm], rel=1e-5, abs=1e-9)
        quiet += int((calm & (before > 0.1)).sum())
    assert quiet > 20


def same_bits(one, other, left_out=()):
    """Return whether two batches (or diaries) hold the same bits; whole numbers in words of memory may read as not a number."""
    parts = [part.name for part in fields(one) if part.name not in left_out]
    return all(np.asarray(getattr(one, part)).tobytes() == np.asarray(getattr(other, part)).tobytes() for part in parts)


def test_keeping_a_diary_changes_no_result(played):
    """With and without a diary, of days or of weeks, every answer, count and curve has the same bits."""
    results, _, _ = played
    for step in (0, 1, 30):
        again = play(results.model, futures=results.batch.futures, seed=results.batch.seed, threads=1, step=step)
        assert same_bits(again, results.batch, left_out=("diary",))
        assert again.diary.step == step
    assert results.batch.chance.any()


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
