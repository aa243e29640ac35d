"""The words for outcomes: questions, each with the rule that resolves it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shadowline.scenario.words import Span, StrikeRung, Words


class AttacksWords(Words):
    """Attacks that an outcome counts or misses."""

    on: str
    theatre: str | None = None
    by: str | None = None
    counted: Literal["all", "acknowledged", "claimed"] = "all"
    for_: Span | None = Field(default=None, alias="for")


class StrikeWords(Words):
    """A strike that an outcome waits for."""

    by: str
    on: str | None = None
    at_least: StrikeRung | None = None
    at_most: StrikeRung | None = None


class WarWords(Words):
    """Open war that an outcome waits for."""

    patron: str
    adversary: str


class Happening(Words):
    """What resolves an outcome with yes."""

    line_crossed: str | None = None
    strike: StrikeWords | None = None
    open_war: WarWords | None = None
    no_attacks: AttacksWords | None = None
    leader_dies: str | None = None


class OrderWords(Words):
    """A principal's order toward an adversary."""

    of: str
    toward: str


class Counting(Words):
    """What an outcome counts."""

    attacks: AttacksWords | None = None
    strikes: StrikeWords | None = None
    lines_crossed: str | None = None
    orders_changed: OrderWords | None = None
    per: Literal["week", "day", "horizon"] = "week"


class HoldWords(Words):
    """A principal's hold: the chance that it is obeyed about an adversary, averaged over its proxies there, or over one movement's."""

    of: str
    toward: str
    over: str | None = None


class BlameWords(Words):
    """The blame that an adversary lays on a patron."""

    on: str
    by: str


class Averaging(Words):
    """What an outcome averages over the days of a future."""

    order: OrderWords | None = None
    hold: HoldWords | None = None
    blame: BlameWords | None = None


class OutcomeWords(Words):
    """A question with a rule that resolves it; ``says`` is what it asks as a clause, or what it counts as a noun, for running text."""

    asks: str
    says: str | None = None
    happens_when: Happening | None = None
    count: Counting | None = None
    average: Averaging | None = None
