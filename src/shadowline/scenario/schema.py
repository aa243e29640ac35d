"""The scenario language: who there is, what ties them, which lines they draw, how they answer, what is asked.

`scenario_type` grows the models from a catalogue of parameters: a mechanism that declares a number adds a field here without an edit.
Meaning and units are those of the model page; keys are everyday words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, create_model

from shadowline.scenario.numbers import Number
from shadowline.scenario.words import Day, Days, Rung, VictimClass, Words, grow, number_type
from shadowline.units import Dimension

if TYPE_CHECKING:
    from shadowline.parameters import Catalogue

LANGUAGE = 1
ORDER_NUMBER = number_type(Dimension.COUNT, 0, 1.5, "an order: 0 stop, 1 leave alone, above 1 spur")
IDEAL = number_type(Dimension.COUNT, 0, 1.5, "an ideal order")
SHARE = number_type(Dimension.PROBABILITY, 0, 1, "a share")
POSITIVE = number_type(Dimension.COUNT, 0.0001, 10000, "a multiplier")


class Evidence(Words):
    """One source, or one statement within a source (``in``)."""

    author: str | None = None
    title: str | None = None
    outlet: str | None = None
    date: Any = None
    url: str | None = None
    in_: str | None = Field(default=None, alias="in")
    at: str | None = None
    says: str
    strength: Literal["official count", "press report", "peer-reviewed study", "reference data", "judgement of an expert", "our judgement"]


class Answers(Words):
    """How an adversary answers: by judgement, or by a doctrine (a name, or one declared under ``doctrines``)."""

    doctrine: str | None = None
    looks_at: str | None = None
    cap: Rung | None = None
    decided: bool = False
    generosity_of_doctrine: SHARE | None = None  # type: ignore[valid-type]
    error: SHARE | None = None  # type: ignore[valid-type]


class Actor(Words):
    """What all actors have."""

    role: str
    name: str | None = None
    territory: str | None = None
    codes: dict[str, str | int] = {}


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
    charisma: SHARE  # type: ignore[valid-type]
    ties: SHARE  # type: ignore[valid-type]
    language: SHARE  # type: ignore[valid-type]


class OrderFrom(Words):
    """An order fixed from a day on, toward one adversary or all."""

    from_: Day = Field(alias="from")
    order: ORDER_NUMBER | Literal["factions"]  # type: ignore[valid-type]
    toward: str | None = None


class Order(Words):
    """Who chooses orders: the factions, or a fixed number or schedule."""

    chosen_by: Literal["factions", "schedule"] = "factions"
    fixed: ORDER_NUMBER | None = None  # type: ignore[valid-type]
    schedule: tuple[OrderFrom, ...] = ()


class FactionWords(Words):
    """Those who bargain over a principal's order."""

    kind: Literal["leader", "proxies", "pragmatists", "other"] | None = None
    wants: IDEAL | dict[str, IDEAL] | None = None  # type: ignore[valid-type]


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


class TieWords(Words):
    """A principal's hold on a proxy; ``control`` solves the tie's own constant from the chance of being obeyed at the start."""

    from_: str = Field(alias="from")
    to: str
    control: SHARE | None = None  # type: ignore[valid-type]


class BodyWords(Words):
    """An umbrella: a joint name, a coordination committee, a parliamentary framework."""

    name: str | None = None
    members: tuple[str, ...]
    claims_under_its_name: SHARE | dict[str, SHARE] | None = None  # type: ignore[valid-type]
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
    times: POSITIVE  # type: ignore[valid-type]


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
    killed: dict[VictimClass | Literal["any"], Annotated[int, Field(ge=1, le=1000)]] = {}
    within: Days = 1.0
    hits: bool = True
    at_least: Rung | None = None


class LineWords(Words):
    """A red line."""

    owner: str
    tacit: bool = True
    crossed_by: Crossing


class When(Words):
    """Conditions of a doctrine's rule; all must hold."""

    line_crossed_within: Days | None = None
    provocation_at_least: Annotated[float, Field(ge=0)] | None = None
    blame_at_least: Annotated[float, Field(ge=0, le=1)] | None = None
    killed_at_least: Annotated[int, Field(ge=1)] | None = None
    looks_at: str | None = None
    within: Days = 1.0


class Rule(Words):
    """When → which rungs, with weights; ``by judgement`` leaves the rung to the model."""

    when: When | None = None
    answer: dict[Rung, Annotated[float, Field(ge=0)]] | Literal["by judgement", "nothing"]
    timing: Literal["at once", "at its rate"] = "at once"
    delay: Days | None = None
    cap: Rung | None = None
    cooldown: Days = 0.0
    generosity: Annotated[float, Field(ge=0, le=1)] = 0.0
    error: Annotated[float, Field(ge=0, le=1)] = 0.0


class Shock(Words):
    """A dated change of numbers that nobody in the model decides."""

    on: Day
    says: str
    change: dict[str, Any] = {}
    times: dict[str, Any] = {}
    plus: dict[str, Any] = {}


class DatedStrike(Words):
    """A strike that the scenario declares (beside those of the record)."""

    on: Day
    by: str
    against: str
    rung: Rung
    territory: str | None = None
    killed: Annotated[int, Field(ge=0)] = 0


class Spell(Words):
    """Obedience known from a day on: with these chances the proxy obeys these principals about that adversary."""

    proxy: str
    toward: str
    on: Day
    obeys: dict[str, SHARE]  # type: ignore[valid-type]


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


class AttacksWords(Words):
    """Attacks that an outcome counts or misses."""

    on: str
    theatre: str | None = None
    by: str | None = None
    counted: Literal["all", "acknowledged", "claimed"] = "all"
    for_: Days | None = Field(default=None, alias="for")


class StrikeWords(Words):
    """A strike that an outcome waits for."""

    by: str
    on: str | None = None
    at_least: Rung | None = None
    at_most: Rung | None = None


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


class Counting(Words):
    """What an outcome counts."""

    attacks: AttacksWords | None = None
    strikes: StrikeWords | None = None
    lines_crossed: Literal["any"] | str | None = None
    per: Literal["week", "day", "horizon"] = "week"


class OutcomeWords(Words):
    """A question with a rule that resolves it."""

    asks: str
    happens_when: Happening | None = None
    count: Counting | None = None


class Document(Words):
    """A whole scenario."""

    shadowline: Literal[1]
    id: str
    title: str
    question: str
    as_of: Day
    horizon: Days = 180.0
    extends: str | None = None
    unstated: Literal["drawn", "default"] = "drawn"
    prelude: Prelude | None = None
    evidence: dict[str, Evidence] = {}
    movements: dict[str, dict[str, SHARE]] = {}  # type: ignore[valid-type]
    doctrines: dict[str, tuple[Rule, ...]] = {}
    shocks: dict[str, Shock] = {}
    strikes: tuple[DatedStrike, ...] = ()
    spells: tuple[Spell, ...] = ()
    wars: tuple[War, ...] = ()
    outcomes: dict[str, OutcomeWords]
    if TYPE_CHECKING:
        defaults: Any
        actors: dict[str, Any]
        ties: tuple[Any, ...]
        dyads: tuple[Any, ...]
        targets: dict[str, Any]
        fronts: tuple[Any, ...]
        theatres: dict[str, Any]
        bodies: dict[str, Any]
        lines: dict[str, Any]


class DyadWords(Words):
    """Numbers of one patron and one adversary."""

    patron: str
    adversary: str


OWNERS: dict[str, type[Words]] = {
    "adversaries": AdversaryWords,
    "principals": PrincipalWords,
    "proxies": ProxyWords,
    "factions": FactionWords,
    "ties": TieWords,
    "bodies": BodyWords,
    "targets": TargetWords,
    "fronts": FrontWords,
    "theatres": TheatreWords,
    "lines": LineWords,
    "dyads": DyadWords,
}
"""Which mapping of the language a table's parameters belong to."""
SINGULAR = {"adversaries": "adversary", "principals": "principal", "proxies": "proxy", "bodies": "body"}


@lru_cache(maxsize=4)
def scenario_type(catalogue: Catalogue) -> type[Document]:
    """Return the model of a whole scenario, grown from a catalogue of parameters."""
    grown = {table: _owner(table, words, catalogue) for table, words in OWNERS.items()}
    principal = create_model("Principal", __base__=grown["principals"], factions=(dict[str, grown["factions"]], {}))  # type: ignore[valid-type, call-overload]
    actor = Annotated[grown["adversaries"] | principal | grown["proxies"], Field(discriminator="role")]
    fields: dict[str, Any] = {
        "defaults": (_defaults_type(catalogue) | None, None),
        "actors": (dict[str, actor], ...),  # type: ignore[valid-type]
        "ties": (tuple[grown["ties"], ...], ()),  # type: ignore[name-defined]
        "dyads": (tuple[grown["dyads"], ...], ()),  # type: ignore[name-defined]
        "targets": (dict[str, grown["targets"]], {}),  # type: ignore[valid-type]
        "fronts": (tuple[grown["fronts"], ...], ()),  # type: ignore[name-defined]
        "theatres": (dict[str, grown["theatres"]], {}),  # type: ignore[valid-type]
        "bodies": (dict[str, grown["bodies"]], {}),  # type: ignore[valid-type]
        "lines": (dict[str, grown["lines"]], {}),  # type: ignore[valid-type]
    }
    return create_model("Scenario", __base__=Document, **fields)


def _owner(table: str, words: type[Words], catalogue: Catalogue) -> type[Words]:
    parameters = [parameter for parameter in catalogue.of(table) if parameter.name != "claims_under_its_name"]
    return grow(table.title(), words, parameters)


def _defaults_type(catalogue: Catalogue) -> type[Words]:
    """Return the mapping of ``defaults``: numbers that hold for every row that does not say otherwise."""
    tables = [*OWNERS, "model"]
    fields = {
        SINGULAR.get(table, table.removesuffix("s")): (grow(f"Default{table.title()}", Words, catalogue.of(table)) | None, None)
        for table in tables
    }
    return create_model("Defaults", __base__=Words, **fields)  # type: ignore[call-overload, no-any-return]


def json_schema(catalogue: Catalogue) -> dict[str, Any]:
    """Return the published JSON Schema of the language."""
    schema = scenario_type(catalogue).model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"shadowline scenario, language {LANGUAGE}"}


__all__ = ["Document", "Number", "json_schema", "scenario_type"]
