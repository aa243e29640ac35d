"""The words for what lies between actors: ties, bodies, targets, fronts, red lines, and what is dated."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from shadowline.scenario.words import (
    Day,
    Killed,
    KilledAtLeast,
    Multiplier,
    Share,
    Span,
    StrikeRung,
    VictimClass,
    Words,
    YesOrNo,
)


class TieWords(Words):
    """A principal's hold on a proxy; ``control`` solves the tie's own constant from the chance of being obeyed at the start."""

    from_: str = Field(alias="from")
    to: str
    control: Share | None = None


class DyadWords(Words):
    """Numbers of one patron and one adversary."""

    patron: str
    adversary: str


class BodyWords(Words):
    """An umbrella: a joint name, a coordination committee, a parliamentary framework."""

    name: str | None = None
    members: tuple[str, ...]
    claims_under_its_name: Share | dict[str, Share] | None = None
    supports: str | None = None


class TargetWords(Words):
    """What proxies attack."""

    name: str | None = None
    owner: str
    theatre: str
    territory: str
    people: VictimClass = "soldier"


class FrontWords(Words):
    """One proxy facing one target."""

    proxy: str
    target: str


class ContextStep(Words):
    """A dated multiplier on all quiet rates of a theatre, for good or until a day."""

    on: Day | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    times: Multiplier


class TheatreWords(Words):
    """A place with a climate of its own."""

    name: str | None = None
    context: tuple[ContextStep, ...] = ()


class Crossing(Words):
    """What an event must be to cross a line."""

    event: Literal["attack", "strike"]
    actor: str | None = None
    target: str | None = None
    target_owner: str | None = None
    territory: str | None = None
    theatre: str | None = None
    killed: dict[VictimClass | Literal["any"], KilledAtLeast] = Field(default={})
    within: Span = 1.0
    hits: YesOrNo = True
    at_least: StrikeRung | None = None


class LineWords(Words):
    """A red line."""

    name: str | None = None
    owner: str
    tacit: YesOrNo = True
    crossed_by: Crossing


class Shock(Words):
    """A dated change of numbers that nobody in the model decides."""

    on: Day
    says: str
    change: dict[str, Any] = Field(default={})
    times: dict[str, Any] = Field(default={})
    plus: dict[str, Any] = Field(default={})


class DatedStrike(Words):
    """A strike that the scenario declares (beside those of the record)."""

    on: Day
    by: str
    against: str
    rung: StrikeRung
    territory: str | None = None
    killed: Killed = 0


class Spell(Words):
    """Obedience known from a day on: with these chances the proxy obeys these principals about that adversary."""

    proxy: str
    toward: str
    on: Day
    obeys: dict[str, Share]


class RecordedAttacks(Words):
    """Which totals and dated attacks of the record the prelude replays, and over which fronts they are spread."""

    series: str
    target_owner: str
    theatre: str | None = None
    proxies: tuple[str, ...] = ()


class Prelude(Words):
    """The recorded past that is replayed before day 0."""

    record: str
    from_: Day = Field(alias="from")
    attacks: tuple[RecordedAttacks, ...] = ()


class War(Words):
    """An adversary and a proxy that are at war already: their fighting provokes nobody and crosses no line."""

    between: Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]
    since: Day
