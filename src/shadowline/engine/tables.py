"""The tables: one per entity, all laid out in a single block of memory.

The columns of a table are its links (declared here), the parameters and the states that mechanisms declare. Every column is eight bytes
wide and all tables lie in one array of 64-bit words, so that

- a future starts by copying one block, and a particle of a filter is one row of numbers;
- every number of every row has an address, which is how a shock, a policy or a posterior changes it;
- Python and compiled code read the same rows by the same names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from shadowline.engine.order import mechanism_modules
from shadowline.engine.world import World
from shadowline.parameters import Catalogue, catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD = 8
MOST_INCIDENTS = 64

LINKS: dict[str, dict[str, str]] = {
    "clock": {
        "today": "i8",
        "first_day": "i8",
        "start_day": "i8",
        "replaying": "i8",
        "claims_wanted": "i8",
        "key": "u8",
        "events": "i8",
        "branch_day": "i8",
        "branch_rung": "i8",
        "branch_dyad": "i8",
        "branch_threshold": "f8",
    },
    "model": {},
    "actors": {"id": "u8", "kind": "i8", "row": "i8", "first_rule": "i8", "last_rule": "i8", "territory": "i8"},
    "principals": {
        "id": "u8",
        "actor": "i8",
        "is_patron": "i8",
        "first_faction": "i8",
        "last_faction": "i8",
        "leader_faction": "i8",
        "denies": "i8",
        "praises": "i8",
        "acknowledges": "i8",
    },
    "factions": {"id": "u8", "kind": "i8"},
    "wishes": {"faction": "i8", "adversary": "i8"},
    "adversaries": {"id": "u8", "actor": "i8", "level": "i8", "watched": "i8", "decided_on": "i8", "decided_rung": "i8"},
    "dyads": {"id": "u8", "principal": "i8", "adversary": "i8", "order_set": "f8", "matters": "i8"},
    "exchanges": {},
    "proxies": {"id": "u8", "actor": "i8", "movement": "i8", "rivals": "f8", "body": "i8"},
    "feuds": {
        "id": "u8",
        "proxy": "i8",
        "adversary": "i8",
        "first_rein": "i8",
        "last_rein": "i8",
        "first_front": "i8",
        "last_front": "i8",
        "is_war": "i8",
    },
    "reins": {"tie": "i8", "dyad": "i8", "principal": "i8"},
    "ties": {"id": "u8", "principal": "i8", "proxy": "i8", "own": "f8"},
    "bodies": {"id": "u8", "supports": "i8"},
    "memberships": {"body": "i8", "proxy": "i8"},
    "spells": {"day": "i8", "feud": "i8", "principal": "i8", "first": "i8"},
    "targets": {"id": "u8", "adversary": "i8", "theatre": "i8", "territory": "i8", "victims": "i8"},
    "fronts": {"id": "u8", "reported": "i8", "feud": "i8", "proxy": "i8", "adversary": "i8", "target": "i8", "theatre": "i8"},
    "theatres": {"id": "u8"},
    "lines": {
        "id": "u8",
        "owner": "i8",
        "owner_adversary": "i8",
        "owner_principal": "i8",
        "event": "i8",
        "actor": "i8",
        "target": "i8",
        "territory": "i8",
        "victims": "i8",
        "minimum": "f8",
        "window": "i8",
        "rung": "i8",
        "needs_hit": "i8",
    },
    "rules": {
        "actor": "i8",
        "holds": "i8",
        "looks_at": "i8",
        "since": "i8",
        "crossed_within": "i8",
        "provocation_at_least": "f8",
        "blame_at_least": "f8",
        "killed_at_least": "i8",
        "menu_kind": "i8",
        "menu": "6f8",
        "menu_total": "f8",
        "timing": "i8",
        "delay": "f8",
        "cap": "i8",
        "cooldown": "i8",
        "generosity": "f8",
        "error": "f8",
    },
    "schedule": {
        "day": "i8",
        "after": "i8",
        "delay": "i8",
        "last_day": "i8",
        "opened_by": "i8",
        "address": "i8",
        "how": "i8",
        "value": "f8",
    },
    "incidents": {},
    "outcomes": {
        "kind": "i8",
        "counted": "i8",
        "days": "i8",
        "line": "i8",
        "actor": "i8",
        "target": "i8",
        "rung": "i8",
        "rung_most": "i8",
        "dyad": "i8",
        "principal": "i8",
        "adversary": "i8",
        "integrated": "i8",
    },
}
"""Links between rows, by table; row numbers are -1 where there is no such row. Days are proleptic ordinals."""

TABLES = tuple(LINKS)

JOURNAL = np.dtype([
    (name, "f8" if name in {"blame", "value"} else "i8")
    for name in (
        "id", "day", "kind", "actor", "target", "front", "line", "territory", "rung", "victims", "killed", "wounded", "hits", "label",
        "culprit", "blame", "authority", "ordered", "cause", "value",
    )
])  # fmt: skip
PAST_HARM = np.dtype([(name, "i8") for name in ("day", "front", "victims", "killed", "wounded")])
PAST_STRIKES = np.dtype([(name, "i8") for name in ("day", "actor", "target", "rung", "territory", "killed")])


@cache
def the_catalogue() -> Catalogue:
    """Return all parameters and states that the mechanisms declare."""
    return catalogue(mechanism_modules())


@cache
def row_type(table: str) -> np.dtype:
    """Return the record type of a table's rows: links, then parameters, then states; eight bytes a column."""
    columns: dict[str, tuple[str, int]] = {}
    for name, kind in LINKS[table].items():
        columns[name] = (kind[-2:], int(kind[:-2] or 1))
    for parameter in the_catalogue().of(table):
        columns[parameter.column] = ("f8", 6 if parameter.rung >= 0 else 1)
    for state in the_catalogue().states:
        if state.of == table:
            columns[state.name] = (state.kind, state.length)
    if not columns:
        columns["unused"] = ("f8", 1)
    return np.dtype([(name, kind) if length == 1 else (name, kind, (length,)) for name, (kind, length) in columns.items()])


@dataclass(frozen=True)
class Layout:
    """Where each table lies in memory, given how many rows it has."""

    rows: Mapping[str, int]

    def __post_init__(self) -> None:
        """Place the tables one after the other."""
        starts, at = {}, 0
        for table in TABLES:
            starts[table] = at
            at += self.rows[table] * self.width(table)
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "words", at)

    words: int = 0

    @staticmethod
    def width(table: str) -> int:
        """Return the number of words in a row."""
        return row_type(table).itemsize // WORD

    def address(self, table: str, row: int, column: str, place: int = 0) -> int:
        """Return the address (word of memory) of one number; ``place`` picks from a small array."""
        fields = row_type(table).fields
        if fields is None or column not in fields:
            msg = f"table {table} has no column {column}"
            raise KeyError(msg)
        return int(self._starts[table] + row * self.width(table) + fields[column][1] // WORD + place)  # type: ignore[attr-defined]

    def view(self, memory: np.ndarray, table: str) -> np.recarray:
        """Return a table as records over ``memory`` (words,)."""
        start = self._starts[table]  # type: ignore[attr-defined]
        block = memory[start : start + self.rows[table] * self.width(table)]
        return block.view(row_type(table)).view(np.recarray)


@dataclass(frozen=True)
class Surroundings:
    """What is the same for all futures of a scenario: matrices of possibilities and the dated past.

    Shapes: ``could_cross`` (lines, fronts), ``would_cross`` (lines, dyads, 6), ``watches`` (outcomes, fronts + targets + reins);
    ``past_harm`` and ``past_strikes`` are records sorted by day.
    """

    could_cross: np.ndarray
    would_cross: np.ndarray
    watches: np.ndarray
    past_harm: np.ndarray
    past_strikes: np.ndarray


def make_world(layout: Layout, around: Surroundings, *, journal_rows: int = 0) -> World:
    """Return an empty world of its own for one thread, with room for ``journal_rows`` events."""
    memory = np.zeros(layout.words)
    most = max(4, layout.rows["factions"])
    return World(
        {"memory": memory}
        | {table: layout.view(memory, table) for table in TABLES}
        | {
            "could_cross": around.could_cross,
            "would_cross": around.would_cross,
            "watches": around.watches,
            "past_attacks": np.zeros((0, layout.rows["fronts"]), np.int64),
            "past_harm": around.past_harm.view(np.recarray),
            "past_strikes": around.past_strikes.view(np.recarray),
            "journal": np.zeros(journal_rows, JOURNAL).view(np.recarray),
            "ballot": np.zeros((4, most, most)),
            "menu": np.zeros(6),
        }
    )
