"""Whether everything that a scenario names is there, in order and adds up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shadowline.errors import Code, InputError, nearest_name
from shadowline.scenario.numbers import Number
from shadowline.scenario.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from shadowline.errors import Where
    from shadowline.scenario.schema import Document

Place = tuple[str | int, ...]
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
DOCTRINES = ("judgement", "blame-threshold", "never", "tit-for-tat", "generous", "capped", "massive", "audience-bound", "telegraphed")
LONGEST_HORIZON = 3653
TOLERANCE = 1e-6


def check_references(document: Document, where: Callable[[Place], Where]) -> list[InputError]:
    """Return every fault of reference, order or sum in a document; ``where`` finds file and line."""
    checker = _Checker(document, where)
    checker.check()
    return checker.errors


class _Checker:
    """Walks a document once and gathers faults."""

    def __init__(self, document: Document, where: Callable[[Place], Where]) -> None:
        self.document = document
        self.where = where
        self.errors: list[InputError] = []
        roles: dict[str, list[str]] = {}
        for key, actor in document.actors.items():
            roles.setdefault(actor.role, []).append(key)
        self.adversaries = roles.get("adversary", [])
        self.patrons = roles.get("patron", [])
        self.principals = self.patrons + roles.get("host", [])
        self.proxies = roles.get("proxy", [])

    def fault(self, code: Code, message: str, place: Place, **more: str | None) -> None:
        """Keep one fault."""
        self.errors.append(InputError(code, message, where=self.where(place), **more))  # type: ignore[arg-type]

    def known(self, name: str | None, among: Iterable[str], what: str, place: Place) -> None:
        """Fault a name that is not among those declared."""
        choices = list(among)
        if name is not None and name not in choices:
            self.fault(Code.UNKNOWN_REFERENCE, f'there is no {what} "{name}"', place, nearest=nearest_name(name, choices))

    def check(self) -> None:
        """Run all checks."""
        self._ids()
        self._times()
        self._evidence()
        self._actors()
        self._movements()
        self._ties_and_dyads()
        self._targets_and_fronts()
        self._bodies()
        self._lines()
        self._rules()
        self._dated()
        self._outcomes()

    def _ids(self) -> None:
        for table in ("actors", "movements", "targets", "theatres", "bodies", "lines", "doctrines", "shocks", "outcomes"):
            for key in getattr(self.document, table):
                if not ID.match(key):
                    self.fault(Code.BAD_ID, f'"{key}" is no id', (table, key), expected="lower-case letters, digits and hyphens")

    def _times(self) -> None:
        document = self.document
        if not 1 <= document.horizon <= LONGEST_HORIZON:
            self.fault(
                Code.OUT_OF_RANGE, "horizon out of range", ("horizon",), found=f"{document.horizon:g} days", expected="1 day to 10 years"
            )
        if document.prelude is not None and document.prelude.from_ > document.as_of:
            self.fault(Code.DATES_OUT_OF_ORDER, "the prelude begins after the as-of date", ("prelude", "from"))

    def _evidence(self) -> None:
        for key, entry in self.document.evidence.items():
            self.known(entry.in_, self.document.evidence, "evidence entry", ("evidence", key, "in"))
        for place, words in walk(self.document, ()):
            for cited in words.because:
                self.known(cited, self.document.evidence, "evidence entry", place)
            for key, value in words:
                if isinstance(value, Number):
                    for cited in value.because:
                        self.known(cited, self.document.evidence, "evidence entry", (*place, key))

    def _actors(self) -> None:
        if not self.adversaries:
            self.fault(Code.MISSING_KEY, "a scenario needs an actor with the role adversary", ("actors",))
        for key, actor in self.document.actors.items():
            place: Place = ("actors", key)
            if actor.role in {"patron", "host"}:
                self._principal(place, actor)
            answers = getattr(actor, "answers", None)
            if answers is not None:
                self.known(answers.doctrine, (*DOCTRINES, *self.document.doctrines), "doctrine", (*place, "answers", "doctrine"))
                self.known(answers.looks_at, self.document.actors, "actor", (*place, "answers", "looks_at"))
                if answers.doctrine in {"tit-for-tat", "generous"} and answers.looks_at is None:
                    self.fault(Code.MISSING_KEY, f'the doctrine "{answers.doctrine}" needs looks_at', (*place, "answers"))

    def _principal(self, place: Place, actor: Any) -> None:  # noqa: ANN401 - a grown model
        leaders = [key for key, faction in actor.factions.items() if faction_kind(key, faction) == "leader"]
        if len(leaders) > 1:
            self.fault(Code.INCONSISTENT, "only one faction can be the leader's", (*place, "factions"), found=", ".join(leaders))
        if bool(leaders) != (actor.leader is not None):
            message = "a leader needs a faction of the kind leader, and the other way round"
            self.fault(Code.INCONSISTENT, message, place)
        for key, faction in actor.factions.items():
            if isinstance(faction.wants, dict):
                for name in faction.wants:
                    self.known(name, self.adversaries, "adversary", (*place, "factions", key, "wants", name))
        if actor.order is None:
            return
        if actor.order.chosen_by == "factions" and not actor.factions and actor.order.fixed is None and not actor.order.schedule:
            self.fault(Code.INCONSISTENT, "no faction is there to choose the order", (*place, "order"))
        days = [step.from_ for step in actor.order.schedule]
        if days != sorted(days):
            self.fault(Code.DATES_OUT_OF_ORDER, "the schedule's dates are out of order", (*place, "order", "schedule"))
        for n, step in enumerate(actor.order.schedule):
            self.known(step.toward, self.adversaries, "adversary", (*place, "order", "schedule", n, "toward"))

    def _movements(self) -> None:
        seen: dict[str, str] = {}
        for key, shares in self.document.movements.items():
            for proxy in shares:
                self.known(proxy, self.proxies, "proxy", ("movements", key, proxy))
                if proxy in seen:
                    self.fault(Code.INCONSISTENT, f'"{proxy}" is already in {seen[proxy]}', ("movements", key, proxy))
                seen[proxy] = key
            total = sum(share.middle() for share in shares.values())
            if abs(total - 1) > TOLERANCE:
                self.fault(Code.SHARES_DO_NOT_ADD_UP, "shares of a movement must sum to 1", ("movements", key), found=f"{total:g}")

    def _ties_and_dyads(self) -> None:
        seen = set()
        for n, tie in enumerate(self.document.ties):
            self.known(tie.from_, self.principals, "patron or host", ("ties", n, "from"))
            self.known(tie.to, self.proxies, "proxy", ("ties", n, "to"))
            if (tie.from_, tie.to) in seen:
                self.fault(Code.DUPLICATE_ID, f"two ties run from {tie.from_} to {tie.to}", ("ties", n))
            seen.add((tie.from_, tie.to))
        for n, dyad in enumerate(self.document.dyads):
            self.known(dyad.patron, self.principals, "patron or host", ("dyads", n, "patron"))
            self.known(dyad.adversary, self.adversaries, "adversary", ("dyads", n, "adversary"))

    def _targets_and_fronts(self) -> None:
        for key, target in self.document.targets.items():
            self.known(target.owner, self.adversaries, "adversary", ("targets", key, "owner"))
            self.known(target.theatre, self.document.theatres, "theatre", ("targets", key, "theatre"))
        seen = set()
        for n, front in enumerate(self.document.fronts):
            self.known(front.proxy, self.proxies, "proxy", ("fronts", n, "proxy"))
            self.known(front.target, self.document.targets, "target", ("fronts", n, "target"))
            if (front.proxy, front.target) in seen:
                self.fault(Code.DUPLICATE_ID, f"two fronts of {front.proxy} face {front.target}", ("fronts", n))
            seen.add((front.proxy, front.target))

    def _bodies(self) -> None:
        for key, body in self.document.bodies.items():
            for member in body.members:
                self.known(member, self.proxies, "proxy", ("bodies", key, "members"))
            self.known(body.supports, self.principals, "patron or host", ("bodies", key, "supports"))
            if isinstance(body.claims_under_its_name, dict):
                for member in body.claims_under_its_name:
                    self.known(member, body.members, "member", ("bodies", key, "claims_under_its_name", member))

    def _lines(self) -> None:
        territories = self.territories()
        for key, line in self.document.lines.items():
            place: Place = ("lines", key)
            self.known(line.owner, (*self.adversaries, *self.principals), "adversary or principal", (*place, "owner"))
            crossing = line.crossed_by
            self.known(crossing.actor, self.document.actors, "actor", (*place, "crossed_by", "actor"))
            self.known(crossing.target_owner, self.adversaries, "adversary", (*place, "crossed_by", "target_owner"))
            choices = self.document.targets if crossing.event == "attack" else self.document.actors
            self.known(crossing.target, choices, "target", (*place, "crossed_by", "target"))
            self.known(crossing.theatre, self.document.theatres, "theatre", (*place, "crossed_by", "theatre"))
            self.known(crossing.territory, territories, "territory", (*place, "crossed_by", "territory"))
            if not 1 <= crossing.within <= 30:
                self.fault(Code.OUT_OF_RANGE, "the window runs from 1 to 30 days", (*place, "crossed_by", "within"))

    def territories(self) -> set[str]:
        """Return every territory that actors and targets name."""
        named = {actor.territory for actor in self.document.actors.values()} | {t.territory for t in self.document.targets.values()}
        return {name for name in named if name is not None}

    def _rules(self) -> None:
        for key, rules in self.document.doctrines.items():
            for n, rule in enumerate(rules):
                if rule.when is not None:
                    self.known(rule.when.looks_at, self.document.actors, "actor", ("doctrines", key, n, "when", "looks_at"))

    def _dated(self) -> None:
        for n, strike in enumerate(self.document.strikes):
            self.known(strike.by, self.document.actors, "actor", ("strikes", n, "by"))
            self.known(strike.against, self.document.actors, "actor", ("strikes", n, "against"))
        for n, spell in enumerate(self.document.spells):
            self.known(spell.proxy, self.proxies, "proxy", ("spells", n, "proxy"))
            self.known(spell.toward, self.adversaries, "adversary", ("spells", n, "toward"))
            tied = [tie.from_ for tie in self.document.ties if tie.to == spell.proxy]
            for principal in spell.obeys:
                self.known(principal, tied, "tie from", ("spells", n, "obeys", principal))
            if sum(share.middle() for share in spell.obeys.values()) > 1 + TOLERANCE:
                self.fault(Code.SHARES_DO_NOT_ADD_UP, "chances of obedience sum to more than 1", ("spells", n, "obeys"))
        for n, war in enumerate(self.document.wars):
            self.known(war.between[0], self.adversaries, "adversary", ("wars", n, "between"))
            self.known(war.between[1], self.proxies, "proxy", ("wars", n, "between"))
        for key, theatre in self.document.theatres.items():
            for n, step in enumerate(theatre.context):
                self._context_step(step, ("theatres", key, "context", n))

    def _context_step(self, step: Any, place: Place) -> None:  # noqa: ANN401 - words
        start = step.on or step.from_
        if start is None or (step.on is not None and (step.from_ is not None or step.to is not None)):
            self.fault(Code.MISSING_KEY, "a step is dated by on, or by from and to", place)
        elif step.to is not None and step.to < start:
            self.fault(Code.DATES_OUT_OF_ORDER, "the step ends before it begins", place)

    def _outcomes(self) -> None:
        for key, outcome in self.document.outcomes.items():
            place: Place = ("outcomes", key)
            said = [part for part in (outcome.happens_when, outcome.count) if part is not None]
            if len(said) != 1 or sum(getattr(said[0], name, None) is not None for name in RESOLVED_BY) != 1:
                self.fault(
                    Code.INCONSISTENT, "an outcome is resolved by exactly one thing", place, expected="happens_when or count with one key"
                )
                continue
            self._resolution(said[0], place)

    def _resolution(self, said: Any, place: Place) -> None:  # noqa: ANN401 - words
        document = self.document
        self.known(getattr(said, "line_crossed", None), document.lines, "line", place)
        self.known(getattr(said, "leader_dies", None), self.principals, "patron or host", place)
        for attacks in (getattr(said, "no_attacks", None), getattr(said, "attacks", None)):
            if attacks is not None:
                self.known(attacks.on, self.adversaries, "adversary", place)
                self.known(attacks.theatre, document.theatres, "theatre", place)
                self.known(attacks.by, self.proxies, "proxy", place)
        for strike in (getattr(said, "strike", None), getattr(said, "strikes", None)):
            if strike is not None:
                self.known(strike.by, document.actors, "actor", place)
                self.known(strike.on, document.actors, "actor", place)
        war = getattr(said, "open_war", None)
        if war is not None:
            self.known(war.patron, self.patrons, "patron", place)
            self.known(war.adversary, self.adversaries, "adversary", place)


RESOLVED_BY = ("line_crossed", "strike", "open_war", "no_attacks", "leader_dies", "attacks", "strikes", "lines_crossed")


def faction_kind(key: str, faction: Any) -> str:  # noqa: ANN401 - a grown model
    """Return what a faction is: said, or by its name, or other."""
    return str(faction.kind or (key if key in {"leader", "proxies", "pragmatists"} else "other"))


def walk(value: Any, place: Place) -> Iterator[tuple[Place, Words]]:  # noqa: ANN401 - words
    """Yield every mapping of a document with its place."""
    if isinstance(value, Words):
        yield place, value
        for key, inner in value:
            yield from walk(inner, (*place, key.rstrip("_")))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*place, key))
    elif isinstance(value, tuple):
        for n, inner in enumerate(value):
            yield from walk(inner, (*place, n))
