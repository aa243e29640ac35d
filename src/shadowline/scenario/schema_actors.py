"""The words for actors: who is attacked, who gives orders, who fights, and how they answer."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from shadowline.scenario.words import Cap, Day, Days, KilledAtLeast, OrderNumber, PlainCount, PlainShare, Share, Span, Words, YesOrNo


class Answers(Words):
    """How an actor answers: by judgement, or by a doctrine (a name, or one declared under ``doctrines``)."""

    doctrine: str | None = None
    looks_at: str | None = None
    cap: Cap | None = None
    decided: YesOrNo = False
    generosity_of_doctrine: Share | None = None
    error: Share | None = None


class Actor(Words):
    """What all actors have."""

    role: str
    name: str | None = None
    territory: str | None = None
    codes: dict[str, str | int] = Field(default={})


class AdversaryWords(Actor):
    """Who is attacked and answers."""

    role: Literal["adversary"]
    looks_for: Literal["sponsor", "authority", "order"] = "authority"
    sections: ClassVar[dict[str, type[Words]]] = {"answers": Answers}


class Leader(Words):
    """A principal's ruler."""

    name: str | None = None
    born: Day


class Handler(Words):
    """The officer who runs a principal's proxies."""

    name: str | None = None
    since: Day | None = None


class PastHandler(Words):
    """A handler who was replaced: what he was like until then."""

    name: str | None = None
    until: Day
    charisma: Share
    ties: Share
    language: Share


class OrderFrom(Words):
    """An order fixed from a day on, toward one adversary or all."""

    from_: Day = Field(alias="from")
    order: OrderNumber | Literal["factions"]
    toward: str | None = None


class Order(Words):
    """Who chooses orders: the factions, or a fixed number or schedule."""

    chosen_by: Literal["factions", "schedule"] = "factions"
    fixed: OrderNumber | None = None
    schedule: tuple[OrderFrom, ...] = ()


class FactionWords(Words):
    """Those who bargain over a principal's order."""

    kind: Literal["leader", "proxies", "pragmatists", "other"] | None = None
    wants: OrderNumber | dict[str, OrderNumber] | None = None


class PrincipalWords(Actor):
    """Who gives proxies orders: a patron or a host."""

    role: Literal["patron", "host"]
    stance: tuple[Literal["deny", "praise", "acknowledge"], ...] = ()
    past_handlers: tuple[PastHandler, ...] = ()
    answers: Answers | None = None
    sections: ClassVar[dict[str, type[Words]]] = {"leader": Leader, "handler": Handler, "order": Order}


class ProxyWords(Actor):
    """An armed group."""

    role: Literal["proxy"]
    answers: Answers | None = None


class When(Words):
    """Conditions of a doctrine's rule; all must hold."""

    line_crossed_within: Span | None = None
    provocation_at_least: PlainCount | None = None
    blame_at_least: PlainShare | None = None
    killed_at_least: KilledAtLeast | None = None
    looks_at: str | None = None
    within: Span = 1.0


class Rule(Words):
    """When → which rungs, with weights; ``by judgement`` leaves the rung to the model."""

    when: When | None = None
    answer: dict[Cap, PlainCount] | Literal["by judgement", "nothing"]
    timing: Literal["at once", "at its rate"] = "at once"
    delay: Span | None = None
    cap: Cap | None = None
    cooldown: Days = 0.0
    generosity: PlainShare = 0.0
    error: PlainShare = 0.0
