"""Whether everything that a scenario names is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shadowline.errors import Code, InputError
from shadowline.scenario import consistency, experiments, shocks
from shadowline.scenario.book import Book, walk
from shadowline.scenario.census import walk_numbers
from shadowline.scenario.levers import DOCTRINES

if TYPE_CHECKING:
    from collections.abc import Callable

    from shadowline.errors import Where
    from shadowline.parameters import Catalogue
    from shadowline.scenario.schema import Document
    from shadowline.scenario.source import Place

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
EVIDENCE_ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*\Z")
TABLES = (
    "actors", "movements", "targets", "theatres", "bodies", "lines", "doctrines", "shocks", "outcomes", "policies", "measures", "claims",
)  # fmt: skip
MOST_FAULTS = 40
"""More would not be read."""


def check_references(document: Document, catalogue: Catalogue, where: Callable[[Place], Where]) -> list[InputError]:
    """Return every fault of reference, order or sum in a document.

    Parameters
    ----------
    document : Document
        Words that fit the schema.
    catalogue : Catalogue
        The parameters of the model, for what shocks change.
    where : callable
        Finds file and line of a place.
    """
    book = Book(document, catalogue, where)
    moved = (shocks.check_shocks, experiments.check_experiments)
    for check in (consistency.check_sizes, _ids, _evidence, *CHECKS, *consistency.CHECKS, *moved):
        check(book)
        if len(book.errors) > MOST_FAULTS:
            break
    return book.errors[:MOST_FAULTS]


def _ids(book: Book) -> None:
    """Fault ids with other signs than lower-case letters, digits and hyphens."""
    document = book.document
    _id(book, document.id, ("id",))
    for table in TABLES:
        for key in getattr(document, table):
            _id(book, key, (table, key))
    for principal in book.principals:
        for key in document.actors[principal].factions:
            _id(book, key, ("actors", principal, "factions", key))
    for key in document.evidence:
        if not EVIDENCE_ID.match(key):
            expected = "lower-case letters, digits, hyphens, and slashes for parts of a source"
            book.fault(Code.BAD_ID, "not a valid id", ("evidence", key), found=key, expected=expected)


def _id(book: Book, key: str, place: Place) -> None:
    if not ID.match(key):
        book.fault(Code.BAD_ID, "not a valid id", place, found=key, expected="lower-case letters, digits and hyphens")


def _evidence(book: Book) -> None:
    """Fault evidence that is cited but not declared, and entries that lie within themselves."""
    evidence = book.document.evidence
    for key, entry in evidence.items():
        book.known(entry.in_, evidence, "evidence entry", ("evidence", key, "in"))
        around = entry.in_
        for _ in evidence:
            if around == key:
                book.fault(Code.INCONSISTENT, "an evidence entry lies within itself", ("evidence", key, "in"))
                break
            around = evidence[around].in_ if around in evidence else None
    for place, words in walk(book.document):
        for cited in words.because:
            book.known(cited, evidence, "evidence entry", (*place, "because"))
    for place, number, _ in walk_numbers(book.document):
        for cited in number.because:
            book.known(cited, evidence, "evidence entry", place)


def _answers(book: Book) -> None:
    """Fault doctrines and actors that answers name and nobody declares."""
    if not book.adversaries:
        book.fault(Code.MISSING_KEY, "a scenario needs an actor with the role adversary", ("actors",))
    for key, actor in book.document.actors.items():
        answers = getattr(actor, "answers", None)
        if answers is None:
            continue
        place: Place = ("actors", key, "answers")
        book.known(answers.doctrine, (*DOCTRINES, *book.document.doctrines), "doctrine", (*place, "doctrine"))
        book.known(answers.looks_at, book.document.actors, "actor", (*place, "looks_at"))
        if answers.doctrine in {"tit-for-tat", "generous"} and answers.looks_at is None:
            book.fault(Code.MISSING_KEY, f'the doctrine "{answers.doctrine}" needs looks_at', place, expected="the actor that it answers")
    for key, rules in book.document.doctrines.items():
        for n, rule in enumerate(rules):
            if rule.when is not None:
                book.known(rule.when.looks_at, book.document.actors, "actor", ("doctrines", key, n, "when", "looks_at"))


def _principals(book: Book) -> None:
    """Fault adversaries that wishes and schedules name and nobody declares."""
    for key in book.principals:
        actor = book.document.actors[key]
        for name, faction in actor.factions.items():
            if isinstance(faction.wants, dict):
                for adversary in faction.wants:
                    place = ("actors", key, "factions", name, "wants", adversary)
                    book.known(adversary, book.adversaries, "adversary", place)
        for n, step in enumerate(actor.order.schedule if actor.order is not None else ()):
            book.known(step.toward, book.adversaries, "adversary", ("actors", key, "order", "schedule", n, "toward"))


def _ties(book: Book) -> None:
    """Fault ties, dyads, bodies and movements between those who are not there."""
    for n, tie in enumerate(book.document.ties):
        book.known(tie.from_, book.principals, "patron or host", ("ties", n, "from"))
        book.known(tie.to, book.proxies, "proxy", ("ties", n, "to"))
    for n, dyad in enumerate(book.document.dyads):
        book.known(dyad.patron, book.principals, "patron or host", ("dyads", n, "patron"))
        book.known(dyad.adversary, book.adversaries, "adversary", ("dyads", n, "adversary"))
    for key, shares in book.document.movements.items():
        for proxy in shares:
            book.known(proxy, book.proxies, "proxy", ("movements", key, proxy))
    for key, body in book.document.bodies.items():
        book.known_all(body.members, book.proxies, "proxy", ("bodies", key, "members"))
        book.known(body.supports, book.principals, "patron or host", ("bodies", key, "supports"))
        if isinstance(body.claims_under_its_name, dict):
            for member in body.claims_under_its_name:
                book.known(member, body.members, "member", ("bodies", key, "claims_under_its_name", member))


def _targets(book: Book) -> None:
    """Fault targets and fronts of those who are not there."""
    document = book.document
    for key, target in document.targets.items():
        book.known(target.owner, book.adversaries, "adversary", ("targets", key, "owner"))
        book.known(target.theatre, document.theatres, "theatre", ("targets", key, "theatre"))
    for n, front in enumerate(document.fronts):
        book.known(front.proxy, book.proxies, "proxy", ("fronts", n, "proxy"))
        book.known(front.target, document.targets, "target", ("fronts", n, "target"))


def _lines(book: Book) -> None:
    """Fault what lines name and nobody declares."""
    document, named = book.document, territories(book.document)
    for key, line in document.lines.items():
        place: Place = ("lines", key, "crossed_by")
        book.known(line.owner, (*book.adversaries, *book.principals), "adversary, patron or host", ("lines", key, "owner"))
        crossing = line.crossed_by
        book.known(crossing.actor, document.actors, "actor", (*place, "actor"))
        book.known(crossing.target_owner, book.adversaries, "adversary", (*place, "target_owner"))
        choices, what = (document.targets, "target") if crossing.event == "attack" else (document.actors, "actor")
        book.known(crossing.target, choices, what, (*place, "target"))
        book.known(crossing.theatre, document.theatres, "theatre", (*place, "theatre"))
        book.known(crossing.territory, named, "territory", (*place, "territory"))


def territories(document: Document) -> list[str]:
    """Return every territory that actors and targets name."""
    named = [row.territory for table in (document.actors, document.targets) for row in table.values()]
    return list(dict.fromkeys(name for name in named if name is not None))


def _dated(book: Book) -> None:
    """Fault whom dated strikes, spells, wars and the prelude name and nobody declares."""
    document = book.document
    for n, strike in enumerate(document.strikes):
        book.known(strike.by, document.actors, "actor", ("strikes", n, "by"))
        book.known(strike.against, document.actors, "actor", ("strikes", n, "against"))
        book.known(strike.territory, territories(document), "territory", ("strikes", n, "territory"))
    for n, spell in enumerate(document.spells):
        book.known(spell.proxy, book.proxies, "proxy", ("spells", n, "proxy"))
        book.known(spell.toward, book.adversaries, "adversary", ("spells", n, "toward"))
        tied = [tie.from_ for tie in document.ties if tie.to == spell.proxy]
        for principal in spell.obeys if spell.proxy in book.proxies else ():
            book.known(principal, tied, f"patron or host with a tie to {spell.proxy}", ("spells", n, "obeys", principal))
    for n, war in enumerate(document.wars):
        book.known(war.between[0], book.adversaries, "adversary", ("wars", n, "between", 0))
        book.known(war.between[1], book.proxies, "proxy", ("wars", n, "between", 1))
    for n, source in enumerate(document.prelude.attacks if document.prelude is not None else ()):
        place: Place = ("prelude", "attacks", n)
        book.known(source.target_owner, book.adversaries, "adversary", (*place, "target_owner"))
        book.known(source.theatre, document.theatres, "theatre", (*place, "theatre"))
        book.known_all(source.proxies, book.proxies, "proxy", (*place, "proxies"))


def _outcomes(book: Book) -> None:
    """Fault whom questions name and nobody declares."""
    document = book.document
    for table in ("outcomes", "measures"):
        for key, outcome in getattr(document, table).items():
            for part in ("happens_when", "count", "average"):
                if getattr(outcome, part) is not None:
                    _resolution(book, getattr(outcome, part), (table, key, part))


def _resolution(book: Book, said: Any, place: Place) -> None:  # noqa: ANN401 - words
    document = book.document
    book.known(getattr(said, "line_crossed", None), document.lines, "line", (*place, "line_crossed"))
    book.known(getattr(said, "leader_dies", None), book.principals, "patron or host", (*place, "leader_dies"))
    owners = {line.owner for line in document.lines.values()}
    book.known(getattr(said, "lines_crossed", None), ("any", *sorted(owners)), "owner of a line", (*place, "lines_crossed"))
    for name in ("no_attacks", "attacks"):
        attacks = getattr(said, name, None)
        if attacks is not None:
            book.known(attacks.on, book.adversaries, "adversary", (*place, name, "on"))
            book.known(attacks.theatre, document.theatres, "theatre", (*place, name, "theatre"))
            book.known(attacks.by, book.proxies, "proxy", (*place, name, "by"))
    for name in ("strike", "strikes"):
        strike = getattr(said, name, None)
        if strike is not None:
            book.known(strike.by, document.actors, "actor", (*place, name, "by"))
            book.known(strike.on, document.actors, "actor", (*place, name, "on"))
    for name in ("orders_changed", "order", "hold"):
        order = getattr(said, name, None)
        if order is not None:
            book.known(order.of, book.principals, "patron or host", (*place, name, "of"))
            book.known(order.toward, book.adversaries, "adversary", (*place, name, "toward"))
            book.known(getattr(order, "over", None), document.movements, "movement", (*place, name, "over"))
    blame = getattr(said, "blame", None)
    if blame is not None:
        book.known(blame.on, book.patrons, "patron", (*place, "blame", "on"))
        book.known(blame.by, book.adversaries, "adversary", (*place, "blame", "by"))
    war = getattr(said, "open_war", None)
    if war is not None:
        book.known(war.patron, book.patrons, "patron", (*place, "open_war", "patron"))
        book.known(war.adversary, book.adversaries, "adversary", (*place, "open_war", "adversary"))


CHECKS = (_answers, _principals, _ties, _targets, _lines, _dated, _outcomes)
