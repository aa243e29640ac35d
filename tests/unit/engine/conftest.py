"""Futures with their diary, and what their journals come to, added up in plain Python."""

from collections import Counter
from pathlib import Path

import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.parameters import RUNGS

TWO_PATRONS = Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml"
PLAYED = {
    "two-camps": ("two-camps", Plan(30, 1, seed=11, threads=2)),
    "iran-axis-2024": ("iran-axis-2024", Plan(12, 6, seed=12, threads=2)),
    "two-patrons": (TWO_PATRONS, Plan(24, 8, seed=13, threads=2)),
}


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


@pytest.fixture(scope="session", params=PLAYED)
def played(request):
    """Return futures with their diary by weeks, their dataset by days, and what their journals come to."""
    name, plan = PLAYED[request.param]
    results = simulate(name, plan, diary=True)
    document = results.scenario.document
    return results, results.dataset(), [Told(document, results.story(run)) for run in range(results.runs)]


@pytest.fixture(scope="session")
def told_of():
    """Return what adds up the rows of one future: called with the words of the scenario and the rows."""
    return Told
