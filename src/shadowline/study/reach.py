"""Whom levers can reach: what they touch, and whoever a path of influence leads to from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowline.scenario.influence import influence_graph, influenced_by
from shadowline.scenario.reach import fronts_within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shadowline.scenario.levers import Lever, Stage
    from shadowline.scenario.schema import Document


def untouched(document: Document, stages: Iterable[Stage]) -> tuple[str, ...]:
    """Return the actors whom no path of influence joins to anything that the stages move."""
    graph = influence_graph(document)
    reached: set[str] = set()
    for stage in stages:
        for lever in stage.levers:
            for start in touched_by(document, lever):
                reached |= influenced_by(graph, start)
    return tuple(key for key in document.actors if key not in reached)


def touched_by(document: Document, lever: Lever) -> list[str]:
    """Return the nodes of the graph of influence that a lever touches at once: actors, and pairs ``principal>adversary``."""
    table, row = lever.table, lever.row
    first, _, second = row.partition(">")
    if table in {"principals", "adversaries", "proxies"}:
        return [row, *(_principals(document) if lever.name.startswith("answers.") else ())]
    if table == "dyads":
        return [row] if lever.name == "order" else [row, first, second]
    if table == "lines":
        return _by_line(document, row)
    if table in {"factions", "wishes"}:
        return [row.split()[0]]
    if table in {"bodies", "memberships"}:
        return list(document.bodies[row.split()[0]].members)
    return _by_place(document, table, row)


def _by_place(document: Document, table: str, row: str) -> list[str]:
    """Return whom a lever touches that belongs to a tie, a front, a target, a theatre, or to nobody: then everybody."""
    first, _, second = row.partition(">")
    if table == "targets":
        return [document.targets[row].owner, *(front.proxy for front in document.fronts if front.target == row)]
    if table == "theatres":
        return [front.proxy for front in document.fronts if document.targets[front.target].theatre == row]
    members = {"ties": [first, second], "fronts": [first], "movements": list(document.movements.get(row, ()))}
    return members.get(table, list(document.actors))


def _principals(document: Document) -> list[str]:
    """Return all patrons and hosts: with another doctrine an adversary may strike whom it does not strike now."""
    return [key for key, actor in document.actors.items() if actor.role in {"patron", "host"}]


def _by_line(document: Document, key: str) -> list[str]:
    """Return the owner of a line, and whoever may come up to it."""
    line = document.lines[key]
    striker = [] if line.crossed_by.actor is None else [line.crossed_by.actor]
    return [line.owner, *striker, *(front.proxy for front in fronts_within(document, line.crossed_by))]
