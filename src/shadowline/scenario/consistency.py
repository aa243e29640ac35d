"""Whether what a scenario says agrees with itself: dates in their order, sums that add up, sizes that can be played."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from shadowline.errors import Code
from shadowline.scenario.census import numbers_in
from shadowline.units import DAYS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shadowline.scenario.book import Book
    from shadowline.scenario.source import Place

LONGEST_HORIZON = 3653
LONGEST_PRELUDE = 3653
EARLIEST, LATEST = date(1500, 1, 1), date(2500, 1, 1)
OLDEST = 120
WIDEST_WINDOW = 30
"""The ring of recent days holds 31."""
TOLERANCE = 1e-6
MOST_OBEYED = 0.97
MOST_ROWS = {
    "actors": 200, "targets": 400, "fronts": 400, "theatres": 100, "bodies": 100, "lines": 200, "ties": 1000, "dyads": 1000,
    "movements": 100, "doctrines": 200, "outcomes": 200, "shocks": 1000, "strikes": 2000, "spells": 1000, "wars": 200,
    "policies": 200, "measures": 100, "claims": 500,
}  # fmt: skip
MOST_FACTIONS, MOST_RULES = 20, 50
ONLY_ATTACKS, ONLY_STRIKES = ("target_owner", "theatre", "killed", "within", "hits"), ("at_least",)
RESOLVED_BY = (
    "line_crossed", "strike", "open_war", "no_attacks", "leader_dies", "attacks", "strikes", "lines_crossed",
    "orders_changed", "order", "hold", "blame",
)  # fmt: skip


def faction_kind(key: str, faction: Any) -> str:  # noqa: ANN401 - a grown model
    """Return what a faction is: said, or by its name, or other."""
    return str(faction.kind or (key if key in {"leader", "proxies", "pragmatists"} else "other"))


def check_sizes(book: Book) -> None:
    """Fault tables with more rows than can be played: time and memory grow with pairs of rows."""
    counts: list[tuple[str, int, int, Place]] = [
        (table, len(getattr(book.document, table)), most, (table,)) for table, most in MOST_ROWS.items()
    ]
    actors = book.document.actors
    counts += [("factions", len(actors[key].factions), MOST_FACTIONS, ("actors", key, "factions")) for key in book.principals]
    counts += [("rules", len(rules), MOST_RULES, ("doctrines", key)) for key, rules in book.document.doctrines.items()]
    for what, count, most, place in counts:
        if count > most:
            book.fault(Code.OUT_OF_RANGE, f"too many {what}", place, found=f"{count:,}", expected=f"at most {most:,}")


def _calendar(book: Book) -> None:
    """Fault an as-of date or a horizon that cannot be counted, and a prelude that does not come before."""
    document = book.document
    if not EARLIEST <= document.as_of <= LATEST:
        expected = f"from {EARLIEST} to {LATEST}"
        book.fault(Code.OUT_OF_RANGE, "as_of is out of range", ("as_of",), found=str(document.as_of), expected=expected)
    if not 1 <= document.horizon <= LONGEST_HORIZON:
        found, expected = f"{document.horizon:g} days", "1 day to 10 years"
        book.fault(Code.OUT_OF_RANGE, "horizon out of range", ("horizon",), found=found, expected=expected)
    if document.prelude is not None:
        place: Place = ("prelude", "from")
        book.in_order(document.prelude.from_, document.as_of, "the prelude begins after the as-of date", place)
        if (document.as_of - document.prelude.from_).days > LONGEST_PRELUDE:
            found = f"{(document.as_of - document.prelude.from_).days:,} days"
            book.fault(Code.OUT_OF_RANGE, "the prelude is too long", place, found=found, expected="at most 10 years")


def _people(book: Book) -> None:
    """Fault rulers without a faction of their own or of impossible age, and handlers out of order."""
    for key in book.principals:
        actor, place = book.document.actors[key], ("actors", key)
        leaders = [name for name, faction in actor.factions.items() if faction_kind(name, faction) == "leader"]
        if len(leaders) > 1:
            book.fault(Code.INCONSISTENT, "only one faction can be the leader's", (*place, "factions"), found=", ".join(leaders))
        if bool(leaders) != (actor.leader is not None):
            message = "a leader needs a faction of the kind leader, and such a faction needs a leader"
            book.fault(Code.INCONSISTENT, message, place, found="only the faction" if leaders else "only the leader")
        if actor.leader is not None:
            born = actor.leader.born
            book.in_order(born, book.document.as_of, "the leader is born after the as-of date", (*place, "leader", "born"))
            age = (book.document.as_of - born).days / DAYS_PER_YEAR
            if age > OLDEST:
                expected = f"at most {OLDEST} years"
                book.fault(
                    Code.OUT_OF_RANGE, "the leader is too old", (*place, "leader", "born"), found=f"{age:.0f} years", expected=expected
                )
        _handlers(book, actor, place)


def _handlers(book: Book, actor: Any, place: Place) -> None:  # noqa: ANN401 - a grown model
    """Fault past handlers who left on the same day, or after the present one came."""
    ends = sorted(past.until for past in actor.past_handlers)
    if len(set(ends)) < len(ends):
        book.fault(Code.DATES_OUT_OF_ORDER, "two past handlers left on the same day", (*place, "past_handlers"))
    since = actor.handler.since if actor.handler is not None else None
    if ends and since is not None:
        book.in_order(ends[-1], since, "the handler came before the last one left", (*place, "handler", "since"))


def _orders(book: Book) -> None:
    """Fault orders that nobody chooses, and schedules out of order."""
    for key in book.principals:
        actor, place = book.document.actors[key], ("actors", key, "order")
        order = actor.order
        if order is None:
            continue
        declared = order.fixed is not None or bool(order.schedule)
        if order.chosen_by == "factions" and not actor.factions and not declared:
            book.fault(Code.INCONSISTENT, "no faction is there to choose the order", place)
        if order.chosen_by == "schedule" and not declared:
            book.fault(Code.MISSING_KEY, "an order chosen by schedule needs one", place, expected="schedule, or fixed")
        for n, (earlier, later) in enumerate(zip(order.schedule, order.schedule[1:], strict=False)):
            book.in_order(earlier.from_, later.from_, "the schedule's dates are out of order", (*place, "schedule", n + 1))


def _shares(book: Book) -> None:
    """Fault shares of one whole that do not sum to it."""
    document, seen = book.document, dict[str, str]()
    for key, shares in document.movements.items():
        for proxy in shares:
            if proxy in seen:
                book.fault(Code.INCONSISTENT, f'"{proxy}" is already in {seen[proxy]}', ("movements", key, proxy))
            seen[proxy] = key
        total = sum(share.middle() for share in shares.values())
        if abs(total - 1) > TOLERANCE:
            book.fault(Code.SHARES_DO_NOT_ADD_UP, "shares of a movement must sum to 1", ("movements", key), found=f"{total:g}")
    for n, spell in enumerate(document.spells):
        total = sum(share.middle() for share in spell.obeys.values())
        if total > 1 + TOLERANCE:
            message = "chances of obedience sum to more than 1"
            book.fault(Code.SHARES_DO_NOT_ADD_UP, message, ("spells", n, "obeys"), found=f"{total:g}")
    for proxy in book.proxies:
        held = [(n, tie.control.middle()) for n, tie in enumerate(document.ties) if tie.to == proxy and tie.control is not None]
        if sum(share for _, share in held) > MOST_OBEYED + TOLERANCE:
            message, expected = f"control over {proxy} leaves nothing", f"at most {MOST_OBEYED} over all its ties"
            place: Place = ("ties", held[-1][0], "control")
            book.fault(Code.SHARES_DO_NOT_ADD_UP, message, place, found=f"{sum(share for _, share in held):g}", expected=expected)


def _pairs(book: Book) -> None:
    """Fault rows of lists that tie the same two."""
    document = book.document
    _once(book, "ties", "ties run", [(tie.from_, tie.to) for tie in document.ties])
    _once(book, "dyads", "dyads are declared", [(dyad.patron, dyad.adversary) for dyad in document.dyads])
    _once(book, "fronts", "fronts run", [(front.proxy, front.target) for front in document.fronts])
    _once(book, "wars", "wars are declared", [(war.between[0], war.between[1]) for war in document.wars])
    _once(book, "spells", "spells begin on the same day", [(spell.proxy, spell.toward, str(spell.on)) for spell in document.spells])


def _once(book: Book, table: str, say: str, keys: Iterable[tuple[str, ...]]) -> None:
    seen = set[tuple[str, ...]]()
    for n, key in enumerate(keys):
        if key in seen:
            book.fault(Code.DUPLICATE_ID, f"two {say} from {key[0]} to {key[1]}", (table, n))
        seen.add(key)


def _lines(book: Book) -> None:
    """Fault what the kind of event that crosses a line knows nothing of, and windows that cannot be remembered."""
    for key, line in book.document.lines.items():
        crossing, place = line.crossed_by, ("lines", key, "crossed_by")
        for name in ONLY_ATTACKS if crossing.event == "strike" else ONLY_STRIKES:
            if name in crossing.model_fields_set:
                other = "an attack" if crossing.event == "strike" else "a strike"
                message = f'"{name}" says nothing about {crossing.event}s'
                book.fault(Code.INCONSISTENT, message, (*place, name), expected=f"event: {other.split()[1]}, or leave it out")
        if crossing.within > WIDEST_WINDOW:
            found, expected = f"{crossing.within:g} days", f"1 to {WIDEST_WINDOW} days"
            book.fault(Code.OUT_OF_RANGE, "the window is too wide", (*place, "within"), found=found, expected=expected)
        if len(crossing.killed) > 1:
            message = "a line counts the dead of one class, or of any"
            book.fault(
                Code.INCONSISTENT, message, (*place, "killed"), found=", ".join(crossing.killed), expected="one class; or a line for each"
            )


def _dated(book: Book) -> None:
    """Fault dated facts that are not facts yet, and spells and totals of the record without a front."""
    document = book.document
    for n, war in enumerate(document.wars):
        book.in_order(war.since, document.as_of, "a war that is declared has begun by the as-of date", ("wars", n, "since"))
    facing = {(front.proxy, document.targets[front.target].owner) for front in document.fronts if front.target in document.targets}
    for n, spell in enumerate(document.spells):
        if spell.proxy in book.proxies and spell.toward in book.adversaries and (spell.proxy, spell.toward) not in facing:
            message = f"{spell.proxy} has no front against {spell.toward}, about which it could obey"
            book.fault(Code.INCONSISTENT, message, ("spells", n, "toward"))
    for n, strike in enumerate(document.strikes):
        if strike.by == strike.against:
            book.fault(Code.INCONSISTENT, "an actor cannot strike itself", ("strikes", n))
    for n, source in enumerate(document.prelude.attacks if document.prelude is not None else ()):
        if source.target_owner in book.adversaries and all(owner != source.target_owner for _, owner in facing):
            book.fault(Code.INCONSISTENT, f"no front faces {source.target_owner}", ("prelude", "attacks", n, "target_owner"))


def _context(book: Book) -> None:
    """Fault steps of context that are dated in two ways or in none, or end before they begin."""
    for key, theatre in book.document.theatres.items():
        for n, step in enumerate(theatre.context):
            place: Place = ("theatres", key, "context", n)
            if (step.on is None) == (step.from_ is None) or (step.on is not None and step.to is not None):
                book.fault(Code.INCONSISTENT, "a step is dated in one way", place, expected="on, or from, or from and to")
            else:
                book.in_order(step.from_, step.to, "the step ends before it begins", place)


def _outcomes(book: Book) -> None:
    """Fault questions without exactly one rule that resolves them, or with a rule that nothing could meet."""
    if not book.document.outcomes:
        book.fault(Code.MISSING_KEY, "a scenario asks something", ("outcomes",), expected="at least one outcome")
    rows = [((table, key), outcome) for table in ("outcomes", "measures") for key, outcome in getattr(book.document, table).items()]
    place: Place
    for place, outcome in rows:
        said = [part for part in (outcome.happens_when, outcome.count, outcome.average) if part is not None]
        if len(said) != 1 or sum(getattr(said[0], name, None) is not None for name in RESOLVED_BY) != 1:
            expected = "happens_when, count or average, with one key"
            book.fault(Code.INCONSISTENT, "an outcome is resolved by exactly one thing", place, expected=expected)
            continue
        if place[0] == "outcomes" and outcome.average is not None:
            message = "a level is watched where policies and claims are compared"
            book.fault(Code.INCONSISTENT, message, (*place, "average"), expected="it under measures")
        pause, count = getattr(said[0], "no_attacks", None), getattr(said[0], "attacks", None)
        if pause is not None and pause.for_ is None:
            book.fault(Code.MISSING_KEY, '"for" is missing', (*place, "happens_when", "no_attacks"), expected="how long, such as 30d")
        if count is not None and count.for_ is not None:
            book.fault(Code.INCONSISTENT, "a count runs over the whole horizon", (*place, "count", "attacks", "for"))
        _span_of_rungs(book, said[0], place)


def _span_of_rungs(book: Book, said: Any, place: Place) -> None:  # noqa: ANN401 - words
    """Fault a span of rungs that is empty."""
    for name in ("strike", "strikes"):
        strike = getattr(said, name, None)
        if strike is not None and strike.at_least is not None and strike.at_most is not None:
            rungs = ("limited-strike", "major-strike", "assets-abroad", "patron-soil")
            if rungs.index(strike.at_least) > rungs.index(strike.at_most):
                message, found = "no rung lies between", f"{strike.at_least} to {strike.at_most}"
                book.fault(Code.INCONSISTENT, message, place, found=found)


def _solved(book: Book) -> None:
    """Fault totals to be met anywhere but in the quiet rate of a front: nothing else can be solved for."""
    for place, number in numbers_in(book.document):
        if number.is_solved and not (place[0] == "fronts" and place[-1] == "quiet_rate"):
            message = "only the quiet rate of a front can be solved for"
            book.fault(Code.NOT_IDENTIFIED, message, place, expected="a value, a range or a distribution")


CHECKS = (_calendar, _people, _orders, _shares, _pairs, _lines, _dated, _context, _outcomes, _solved)
