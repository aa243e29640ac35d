"""Element 2 of the ODD document: entities, state variables and scales."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from shadowline.engine.links import FACTION_KIND
from shadowline.engine.rows import Names
from shadowline.engine.schedule import plan_schedule
from shadowline.engine.tables import the_catalogue
from shadowline.report.odd.rules import crossing_text, name_of
from shadowline.report.odd.writing import amount, code, counted, listed, plain, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shadowline.parameters import Parameter, State
    from shadowline.scenario.schema import Document

UNIT_SIGNS = (
    (r"^1 (if|while|once|unless|during|on the day)", "yes or no"),
    (r"^(that )?day\b|^no new decision before", "date"),
    (r"^number of (the|that)? ?(event|decision|strike|crossing|latest)|^number in the journal", "event"),
    (r"^number of the attack on", "count"),
    (r"^(principal|faction|feud|adversary|body|dyad|front|class|the actor)\b|ring of the feuds", "reference"),
    (r"^(days|mean days)\b", "days"),
    (r"in years", "years"),
    (r"log multiplier", "logarithm"),
    (
        r"chance|posterior|^today's mass|quantiles|0\.\.1$|share|blame needed|fading memory|what is left of the draw|^level to which hawk",
        "share",
    ),
    (r"control that|strength of the norm", "share"),
    (r"\brung\b|^0 natural", "rung or mode"),
    (r"multiplier|severity|standing|control index", "number"),
    (r"attacks a day|attacks expected|today's rate|quiet rate|sum of momentum", "attacks a day"),
    (r"\borders?\b", "order, 0 to 1.5"),
    (r"attack-equivalents", "attack-equivalents"),
    (r"dead|killed|wounded|people", "persons"),
    (r"crossings|attacks|claims|strikes|count|handlers|rulers|incidents|fronts", "count"),
)
"""How the unit of a state shows in its meaning, first match first; what matches nothing is a plain number."""
SCALES = """\
Each kind of entity is a table whose rows the scenario declares; the code knows none of their names. Time moves in steps of one day. \
Day 0 is the day after the as-of date, and a future of this scenario lasts {days} days. There is no grid. Space is coarse: \
{theatres} with a climate of violence of its own each, and {territories} by which red lines can be drawn. The scenario has {sizes}. \
What state variables are at the start follows from section 5; parameters with their values stand in section 7. Variables that only \
number the events of a told future are left out."""
HIDDEN = {"event"}
"""Units of states that only number the events of a told future: they say where a cause stands, and nothing depends on them."""


class Entity(NamedTuple):
    """A kind of entity: its title, what one is, the tables that hold it, and its rows in a scenario as a table or a sentence."""

    title: str
    says: str
    tables: tuple[str, ...]
    rows: Callable[[Names], str]


def state_unit(state: State) -> str:
    """Return the unit of a state variable, read off its meaning; an array says how long it is."""
    unit = next((unit for sign, unit in UNIT_SIGNS if re.search(sign, state.meaning)), "number")
    return unit if state.length == 1 else f"{unit}, {state.length} places"


def entities_section(document: Document) -> str:
    """Return the whole of element 2 for a scenario."""
    names = Names(document)
    parts = [_scales(document, names)]
    for number, entity in enumerate(ENTITIES, 1):
        parts.append(f"### 2.{number} {entity.title}\n\n{entity.says}\n\n{entity.rows(names)}")
        parts.extend(_variables(entity))
    return "\n\n".join(parts)


def _scales(document: Document, names: Names) -> str:
    """Return the scales of time and space, and how large the scenario is."""
    sizes = listed(
        [
            counted(len(names.adversaries), "adversary", "adversaries"),
            counted(len(names.principals), "patron or host", "patrons and hosts"),
            counted(len(names.factions), "faction"),
            counted(len(names.proxies), "proxy", "proxies"),
            counted(len(names.targets), "target"),
            counted(len(names.fronts), "front"),
            counted(len(names.lines), "red line"),
        ]
    )
    theatres, territories = counted(len(names.theatres), "theatre"), counted(len(names.territories), "territory", "territories")
    return SCALES.format(days=amount(document.horizon), theatres=theatres, territories=territories, sizes=sizes)


def _variables(entity: Entity) -> Iterator[str]:
    """Yield the state variables of an entity and the names of its parameters."""
    catalogue = the_catalogue()
    states = [state for state in catalogue.states if state.of in entity.tables and state_unit(state) not in HIDDEN]
    many = len({state.of for state in states}) > 1
    if states:
        rows = [(code(f"{state.of}.{state.name}" if many else state.name), state_unit(state), plain(state.meaning)) for state in states]
        yield "State variables:\n\n" + table(("variable", "unit", "meaning"), rows)
    parameters = [_without_rung(parameter) for name in entity.tables for parameter in catalogue.of(name)]
    if parameters:
        yield f"Parameters: {', '.join(dict.fromkeys(parameters))}."


def _without_rung(parameter: Parameter) -> str:
    """Return a parameter's name; those of one set, with a number for each rung, share theirs."""
    return f"{code(parameter.name.rpartition('.')[0])} (by rung)" if parameter.rung >= 0 else code(parameter.name)


def _principals(names: Names) -> str:
    rows = []
    for key in names.principals:
        actor: Any = names.document.actors[key]
        ruler = "–" if actor.leader is None else f"{plain(actor.leader.name or 'unnamed')}, born {actor.leader.born}"
        handler = "" if actor.handler is None else plain(actor.handler.name or "unnamed")
        chooser = "factions" if actor.order is None or (actor.order.fixed is None and not actor.order.schedule) else "decree (section 6)"
        rows.append((code(key), name_of(names.document, key), actor.role, ruler, handler, chooser, listed(actor.stance)))
    return table(("id", "name", "role", "ruler", "handler", "orders set by", "stance"), rows)


def _factions(names: Names) -> str:
    document = names.document
    rows = []
    for of, key in names.factions:
        kind = document.actors[of].factions[key].kind or (key if key in FACTION_KIND else "other")
        rows.append((code(key), name_of(document, of), kind))
    return table(("id", "of", "kind"), rows)


def _adversaries(names: Names) -> str:
    rows = []
    for key in names.adversaries:
        actor: Any = names.document.actors[key]
        rows.append(
            (code(key), name_of(names.document, key), code(actor.territory) if actor.territory else "", actor.looks_for, _doctrine(actor))
        )
    return table(("id", "name", "territory", "blames for", "answers by"), rows)


def _doctrine(actor: Any) -> str:  # noqa: ANN401 - an actor's words
    answers = actor.answers
    name = "judgement" if answers is None or answers.doctrine is None else f"doctrine {code(answers.doctrine)}"
    return name if answers is None or answers.cap is None else f"{name}, at most {answers.cap}"


def _proxies(names: Names) -> str:
    document = names.document
    rows = []
    for key in names.proxies:
        backers = listed(name_of(document, document.ties[n].from_) for n in names.ties_of[key])
        doctrine = "–" if document.actors[key].answers is None else _doctrine(document.actors[key])
        movement = names.movement_of.get(key)
        rows.append((code(key), name_of(document, key), code(movement[0]) if movement else "–", backers, doctrine))
    return table(("id", "name", "movement", "tied to", "own doctrine"), rows)


def _feuds(names: Names) -> str:
    wars = {frozenset(war.between): war.since for war in names.document.wars}
    rows = []
    for proxy, adversary in names.feuds:
        since = wars.get(frozenset((proxy, adversary)))
        rows.append((name_of(names.document, proxy), name_of(names.document, adversary), f"since {since}" if since else "no"))
    return table(("proxy", "adversary", "at war already"), rows)


def _ties(names: Names) -> str:
    rows = [(name_of(names.document, tie.from_), name_of(names.document, tie.to)) for tie in names.document.ties]
    return table(("principal", "proxy"), rows)


def _dyads(names: Names) -> str:
    count = counted(len(names.dyads), "dyad")
    return f"There is a dyad for every patron or host and every adversary, {count} in this scenario."


def _bodies(names: Names) -> str:
    document = names.document
    rows = []
    for key, body in document.bodies.items():
        members = listed(name_of(document, member) for member in body.members)
        rows.append((code(key), plain(body.name or ""), members, name_of(document, body.supports) if body.supports else "–"))
    return table(("id", "name", "members", "strengthens"), rows)


def _targets(names: Names) -> str:
    document = names.document
    rows = [
        (
            code(key),
            plain(target.name or key),
            name_of(document, target.owner),
            code(target.theatre),
            code(target.territory),
            target.people,
        )
        for key, target in document.targets.items()
    ]
    return table(("id", "name", "owner", "theatre", "territory", "people there"), rows)


def _fronts(names: Names) -> str:
    document = names.document
    rows = []
    for proxy in names.proxies:
        targets = [document.targets[front.target].name or front.target for front in names.fronts if front.proxy == proxy]
        if targets:
            rows.append((name_of(document, proxy), str(len(targets)), "; ".join(plain(target) for target in targets)))
    return table(("proxy", "fronts", "targets"), rows)


def _theatres(names: Names) -> str:
    rows = [(code(key), plain(row.name or ""), str(len(row.context))) for key, row in names.document.theatres.items()]
    return table(("id", "name", "dated steps of context"), rows)


def _lines(names: Names) -> str:
    document = names.document
    rows = [
        (code(key), name_of(document, line.owner), "tacit" if line.tacit else "declared", crossing_text(document, line.crossed_by))
        for key, line in document.lines.items()
    ]
    return table(("id", "owner", "kind", "is crossed by"), rows)


def _incidents(names: Names) -> str:  # noqa: ARG001 - one shape for all entities
    return "Incidents are not declared: each day has its own and forgets them at its end."


def _everybody(names: Names) -> str:
    return f"The scenario has {counted(len(names.actors), 'actor')}; every ordered pair of them has an exchange."


def _questions(names: Names) -> str:
    return f"The scenario asks {counted(len(names.outcomes), 'question')}; section 1 lists them with their rules."


def _scheduled(names: Names) -> str:
    count = len(plan_schedule(names))
    return f"The scenario has {counted(count, 'scheduled change') if count else 'none'}; element 6 lists them."


def _whole(names: Names) -> str:  # noqa: ARG001 - one shape for all entities
    return "There is one clock in each future, and one set of such numbers."


ENTITIES = (
    Entity("Adversaries", "An adversary is attacked, and answers.", ("adversaries",), _adversaries),
    Entity(
        "Patrons and hosts",
        "A patron or a host state gives orders to proxies; the model calls both principals.",
        ("principals",),
        _principals,
    ),
    Entity("Factions", "A faction bargains over the orders of its principal.", ("factions", "wishes"), _factions),
    Entity("Proxies", "A proxy is an armed group that attacks.", ("proxies",), _proxies),
    Entity("Ties", "A tie is a principal's hold on a proxy. A rein is a tie as it bears on one adversary.", ("ties", "reins"), _ties),
    Entity("Feuds", "A feud is a proxy and an adversary that it attacks; obedience and memory belong to it.", ("feuds", "spells"), _feuds),
    Entity(
        "Bodies",
        "A body is an umbrella of proxies: a joint name, a committee, a bloc. A membership is a proxy in a body.",
        ("bodies", "memberships"),
        _bodies,
    ),
    Entity("Dyads", "A dyad is a principal and an adversary: its order, its blame, its direct exchange, its war.", ("dyads",), _dyads),
    Entity("Targets", "A target is what proxies attack. It has one owner, who is provoked.", ("targets",), _targets),
    Entity("Fronts", "A front is one proxy facing one target; attacks are made on fronts.", ("fronts",), _fronts),
    Entity("Theatres", "A theatre is a place with a climate of violence of its own.", ("theatres",), _theatres),
    Entity("Red lines", "A red line belongs to an actor and names a kind of event.", ("lines",), _lines),
    Entity("Incidents", "An incident is an attack that got through.", ("incidents",), _incidents),
    Entity(
        "Actors and exchanges",
        "Every actor, whatever its role, may have an answer pending. An exchange is what passed last from one actor to another.",
        ("actors", "exchanges"),
        _everybody,
    ),
    Entity("Questions", "A question is watched day by day.", ("outcomes",), _questions),
    Entity("Scheduled changes", "A change that the scenario dates, or that a policy makes.", ("schedule",), _scheduled),
    Entity("The future as a whole", "Some numbers and variables belong to no single row.", ("clock", "model"), _whole),
)
"""The kinds of entity in the order in which a reader meets them."""
