"""Who can influence whom: every way in which one actor's numbers, choices or luck can reach another's.

Nodes are actors, and pairs of a principal and an adversary (``iran>united-states``): a pair holds the order that the principal gives
about that adversary, the blame that the adversary puts on it, and their war. An edge says that something kept in one node is read by a
mechanism that changes the other; its reasons say by which. Where no path leads, draws and states are untouched by a change, bit for bit
(check E9), because draws are addressed and nothing else is shared. Members of a body and of a movement are joined, since the numbers that
join them (shares, coordination) belong to all of them.

The one thing left out: a day has room for 64 attacks that get through; beyond that, later fronts lose theirs.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from shadowline.scenario.reach import (
    actors_of,
    backs_against,
    blow_crosses,
    blows,
    faces,
    fronts_within,
    is_struck,
    looked_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shadowline.scenario.schema import Document

Graph = dict[str, dict[str, list[str]]]
Edge = tuple[str, str, str]


def influence_graph(document: Document) -> Graph:
    """Return who can influence whom: from each node to those it reaches in one step, with the reasons.

    Parameters
    ----------
    document : Document
        A validated scenario.

    Returns
    -------
    dict of str to dict of str to list of str
        Keys are all actors and pairs ``principal>adversary``, also those that reach nobody.
    """
    graph: Graph = {key: {} for key in document.actors}
    graph |= {_pair(p, a): {} for p in actors_of(document, "patron", "host") for a in actors_of(document, "adversary")}
    for edges in (_principals, _proxies, _together, _dated, _lines, _doctrines):
        for start, goal, reason in edges(document):
            if start != goal:
                reasons = graph[start].setdefault(goal, [])
                if reason not in reasons:
                    reasons.append(reason)
    return graph


def influenced_by(graph: Graph, actor: str) -> set[str]:
    """Return every node that a change of ``actor`` can reach, itself included; all others stay as they were."""
    reached, open_nodes = {actor}, [actor]
    while open_nodes:
        for goal in graph[open_nodes.pop()]:
            if goal not in reached:
                reached.add(goal)
                open_nodes.append(goal)
    return reached


def _pair(principal: str, adversary: str) -> str:
    return f"{principal}>{adversary}"


def _principals(document: Document) -> Iterator[Edge]:
    """Yield how principals reach proxies, adversaries and themselves through their orders and their hold."""
    for principal in actors_of(document, "patron", "host"):
        actor = document.actors[principal]
        clients = [tie.to for tie in document.ties if tie.from_ == principal]
        for proxy in clients:
            yield principal, proxy, "holds it by handler, money and aims"
        for adversary in actors_of(document, "adversary"):
            pair = _pair(principal, adversary)
            struck = is_struck(document, principal, by=adversary)
            heard = [proxy for proxy in clients if faces(document, proxy, adversary)]
            if heard or struck:
                yield principal, pair, "its factions and its ruler choose the order"
                yield adversary, pair, "its provocation and its lines' crossings raise fear of war and call for new orders"
            for proxy in heard:
                yield pair, proxy, "the order reaches it, open war silences it"
            if struck or backs_against(document, principal, adversary):
                yield pair, adversary, "blame opens its higher rungs, and the order is what it believes in"
            if struck:
                yield adversary, principal, "may strike it: its handler or its ruler may be lost, and it may answer"
                yield pair, principal, "care and answers of the pair decide what a strike costs it"
                yield principal, adversary, "may answer a strike"
            if actor.role == "patron" and "praise" in actor.stance:
                yield principal, adversary, "praise stirs its hawks"


def _proxies(document: Document) -> Iterator[Edge]:
    """Yield what passes between proxies and those they attack, and between proxies on one target."""
    for proxy in actors_of(document, "proxy"):
        for adversary in actors_of(document, "adversary"):
            if faces(document, proxy, adversary):
                yield adversary, proxy, "its answers kill, frighten and are expected"
            if faces(document, proxy, adversary, in_peace=True):
                yield proxy, adversary, "attacks it"
    for first, second in permutations(document.fronts, 2):
        if first.target == second.target:
            yield first.proxy, second.proxy, f"shares momentum and suspicion over {first.target}"


def _together(document: Document) -> Iterator[Edge]:
    """Yield what joins members: movements, bodies, and totals of the record that are spread over several groups."""
    for key, shares in document.movements.items():
        for first, second in permutations(shares, 2):
            yield first, second, f"is its rival in {key}"
    for key, body in document.bodies.items():
        coordination = body.number("coordination")
        if coordination is None or not coordination.is_certain or coordination.middle() > 0:
            for first, second in permutations(body.members, 2):
                yield first, second, f"acts in step with it in {key}"
    for source in document.prelude.attacks if document.prelude is not None else ():
        spread = [
            front.proxy
            for front in document.fronts
            if document.targets[front.target].owner == source.target_owner
            and source.theatre in {None, document.targets[front.target].theatre}
            and (not source.proxies or front.proxy in source.proxies)
        ]
        for first, second in permutations(dict.fromkeys(spread), 2):
            yield first, second, f"shares the recorded total {source.series}"


def _dated(document: Document) -> Iterator[Edge]:
    """Yield whom declared strikes hit."""
    for strike in document.strikes:
        yield strike.by, strike.against, "strikes it on a declared day"


def _lines(document: Document) -> Iterator[Edge]:
    """Yield what crossings and the defence of red lines pass on."""
    possible = list(blows(document))
    for key, line in document.lines.items():
        for front in fronts_within(document, line.crossed_by):
            owner = document.targets[front.target].owner
            if faces(document, front.proxy, owner, in_peace=True):
                yield front.proxy, line.owner, f"may cross {key}"
            yield line.owner, front.proxy, f"its defence of {key} restrains or licenses"
        for blow in possible:
            if blow_crosses(line.crossed_by, blow):
                yield blow.by, line.owner, f"may cross {key}"
                yield line.owner, blow.by, f"{key} makes it cautious"


def _doctrines(document: Document) -> Iterator[Edge]:
    """Yield whom doctrines look at, and whom they answer."""
    for actor in document.actors:
        for other in looked_at(document, actor):
            yield other, actor, "is looked at by its doctrine"
            yield actor, other, "its doctrine answers it"
            for pair in (_pair(actor, other), _pair(other, actor)):
                principal, adversary = pair.split(">")
                if document.actors[principal].role in {"patron", "host"} and document.actors[adversary].role == "adversary":
                    yield pair, adversary, "the pair's care decides what its answer costs"
                    yield pair, principal, "the pair's care decides what its answer costs"
