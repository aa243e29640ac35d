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
    return {
        "factions": lambda: [row.split()[0]],
        "wishes": lambda: [row.split()[0]],
        "ties": lambda: [first, second],
        "fronts": lambda: [first],
        "movements": lambda: list(document.movements[row]),
        "bodies": lambda: list(document.bodies[row].members),
        "memberships": lambda: list(document.bodies[row.split()[0]].members),
        "targets": lambda: [document.targets[row].owner, *(front.proxy for front in document.fronts if front.target == row)],
        "theatres": lambda: [front.proxy for front in document.fronts if document.targets[front.target].theatre == row],
        "model": lambda: list(document.actors),
    }[table]()


def _principals(document: Document) -> list[str]:
    """Return all patrons and hosts: with another doctrine an adversary may strike whom it does not strike now."""
    return [key for key, actor in document.actors.items() if actor.role in {"patron", "host"}]


def _by_line(document: Document, key: str) -> list[str]:
    """Return the owner of a line, and whoever may come up to it."""
    line = document.lines[key]
    striker = [] if line.crossed_by.actor is None else [line.crossed_by.actor]
    return [line.owner, *striker, *(front.proxy for front in fronts_within(document, line.crossed_by))]
