"""The event table: one row per dated event or per total over an interval, each with its source.

Three forms of row share the columns:

``event``
    something that happened on one day: ``end`` equals ``start``.
``total``
    a count over the days ``start`` … ``end``, belonging to a ``series`` with one definition. Within a series the totals
    either all begin on the same day, and are then running totals, or do not overlap.
``other-figure``
    another teller's figure for a series: kept for the spread, never used in a sum.

One event may be told again with other figures: its rows share the ``id`` and differ in ``known_on``. What each column
holds stands in `shadowline.record.codebook`; the rules between the rows of a table in `shadowline.record.consistency`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

Form: TypeAlias = Literal["event", "total", "other-figure"]
Kind: TypeAlias = Literal["attack", "strike", "statement", "order", "death", "condition", "shock"]
Act: TypeAlias = Literal["", "suspend", "resume", "threaten", "deny", "endorse", "condemn", "reply", "report", "spur"]
Stance: TypeAlias = Literal["", "claimed", "condemned", "denied", "discouraged", "played-down", "praised", "vowed-revenge"]
KnownFrom: TypeAlias = Literal["source-date", "public", "stated", "next-day", "month-end", "later"]

LADDER_TOP: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of the event table. Empty cells are None (numbers, dates), "" (text) or () (lists of ids)."""

    id: str
    form: Form
    kind: Kind
    what: str
    start: date
    end: date
    known_on: date
    known_from: KnownFrom
    source_title: str
    source_outlet: str
    source_url: str
    source_date: str = ""
    other_sources: tuple[str, ...] = ()
    series: str = ""
    definition: str = ""
    value_low: float | None = None
    value: float | None = None
    value_high: float | None = None
    unit: str = ""
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    patron: str = ""
    territory: tuple[str, ...] = ()
    theatre: str = ""
    soldiers_killed: int | None = None
    contractors_killed: int | None = None
    others_killed_low: int | None = None
    others_killed: int | None = None
    others_killed_high: int | None = None
    wounded_low: int | None = None
    wounded: int | None = None
    wounded_high: int | None = None
    rung: int | None = None
    act: Act = ""
    claimed_by: tuple[str, ...] = ()
    attributed_to: tuple[str, ...] = ()
    ordered_by: tuple[str, ...] = ()
    stance: Stance = ""
    rule_tested: str = ""
    answers: str = ""
    days_since_trigger: int | None = None
    counted_in: str = ""
    note: str = ""

    @property
    def count(self) -> int:
        """The value of a total as a whole number; 0 where none is given."""
        return 0 if self.value is None else round(self.value)

    @property
    def killed(self) -> int:
        """Everybody killed, by the best figures; what is not stated counts as 0."""
        return sum(dead or 0 for dead in (self.soldiers_killed, self.contractors_killed, self.others_killed))

    @property
    def where(self) -> str | None:
        """The territory if the row names exactly one, else None."""
        return self.territory[0] if len(self.territory) == 1 else None
