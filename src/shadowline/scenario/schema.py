"""The scenario language: who there is, what ties them, which lines they draw, how they answer, what is asked.

`scenario_type` grows the models from a catalogue of parameters: a mechanism that declares a number adds a field here without an edit.
Meaning and units are those of the model page; keys are everyday words.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from operator import getitem
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, create_model

from shadowline.errors import Code, InputError
from shadowline.scenario.numbers import Number
from shadowline.scenario.schema_actors import AdversaryWords, FactionWords, PrincipalWords, ProxyWords, Rule
from shadowline.scenario.schema_conflict import (
    BodyWords,
    Crossing,
    DatedStrike,
    DyadWords,
    FrontWords,
    LineWords,
    Prelude,
    Shock,
    Spell,
    TargetWords,
    TheatreWords,
    TieWords,
    War,
)
from shadowline.scenario.schema_questions import OutcomeWords
from shadowline.scenario.schema_study import ClaimWords, MeasureWords, MindWords, PolicyWords
from shadowline.scenario.words import Day, Days, Share, Words, grow, guarded

if TYPE_CHECKING:
    from shadowline.parameters import Catalogue

Published = date | str | int
LANGUAGE = 1
SINGULAR = {"adversaries": "adversary", "principals": "principal", "proxies": "proxy", "bodies": "body"}


def _version(raw: object) -> int:
    """Read the version of the language, which is not a truth value or a number with a point."""
    if isinstance(raw, bool) or not isinstance(raw, int) or raw != LANGUAGE:
        raise InputError(Code.UNSUPPORTED_VERSION, "this version of the language is not read", found=raw, expected=str(LANGUAGE))
    return raw


def _web_address(raw: object) -> str:
    """Read the address of a page; an address of another kind could run code where it is shown."""
    if not isinstance(raw, str) or not raw.startswith(("https://", "http://")):
        raise InputError(Code.WRONG_TYPE, "this is no address of a page", found=raw, expected="an address that begins with https://")
    return raw


class Evidence(Words):
    """One source, or one statement within a source (``in``)."""

    author: str | None = None
    title: str | None = None
    outlet: str | None = None
    date: Published | None = None
    url: Annotated[str, guarded(_web_address)] | None = None
    in_: str | None = Field(default=None, alias="in")
    at: str | None = None
    says: str
    strength: Literal["official count", "press report", "peer-reviewed study", "reference data", "judgement of an expert", "our judgement"]


class Document(Words):
    """A whole scenario."""

    shadowline: Annotated[Literal[1], guarded(_version)]
    id: str
    title: str
    question: str
    as_of: Day
    horizon: Days = 180.0
    extends: str | None = None
    unstated: Literal["drawn", "default"] = "drawn"
    prelude: Prelude | None = None
    evidence: dict[str, Evidence] = Field(default={})
    movements: dict[str, dict[str, Share]] = Field(default={})
    doctrines: dict[str, Annotated[tuple[Rule, ...], Field(min_length=1)]] = Field(default={})
    shocks: dict[str, Shock] = Field(default={})
    strikes: tuple[DatedStrike, ...] = ()
    spells: tuple[Spell, ...] = ()
    wars: tuple[War, ...] = ()
    outcomes: dict[str, OutcomeWords]
    policies: dict[str, PolicyWords] = Field(default={})
    measures: dict[str, MeasureWords] = Field(default={})
    claims: dict[str, ClaimWords] = Field(default={})
    minds: dict[str, dict[str, MindWords]] = Field(default={})
    if TYPE_CHECKING:  # grown by `scenario_type`
        defaults: Any
        actors: dict[str, Any]
        ties: tuple[Any, ...]
        dyads: tuple[Any, ...]
        targets: dict[str, Any]
        fronts: tuple[Any, ...]
        theatres: dict[str, Any]
        bodies: dict[str, Any]
        lines: dict[str, Any]


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
TABLES = (*OWNERS, "model")


@lru_cache(maxsize=4)
def scenario_type(catalogue: Catalogue) -> type[Document]:
    """Return the model of a whole scenario, grown from a catalogue of parameters."""
    grown: dict[str, Any] = {table: grow(table.title(), words, catalogue.of(table)) for table, words in OWNERS.items()}
    factions: Any = (_keyed(grown["factions"]), {})
    principal = create_model("Principal", __base__=grown["principals"], factions=factions)
    actor = getitem(Annotated, (grown["adversaries"] | principal | grown["proxies"], Field(discriminator="role")))
    fields: dict[str, Any] = {
        "defaults": (_defaults_type(catalogue) | None, None),
        "actors": (_keyed(actor), ...),
        **{table: (_listed(grown[table]), ()) for table in ("ties", "dyads", "fronts")},
        **{table: (_keyed(grown[table]), {}) for table in ("targets", "theatres", "bodies", "lines")},
    }
    return create_model("Scenario", __base__=Document, **fields)


def _keyed(words: Any) -> GenericAlias:  # noqa: ANN401 - a type made at run time
    """Return the type of rows by id."""
    return GenericAlias(dict, (str, words))


def _listed(words: Any) -> GenericAlias:  # noqa: ANN401 - a type made at run time
    """Return the type of a list of rows."""
    return GenericAlias(tuple, (words, ...))


def _defaults_type(catalogue: Catalogue) -> type[Words]:
    """Return the mapping of ``defaults``: numbers that hold for every row that does not say otherwise."""
    fields: dict[str, Any] = {
        kind_of(table): (grow(f"Default{table.title()}", Words, catalogue.of(table)) | None, None) for table in TABLES
    }
    return create_model("Defaults", __base__=Words, **fields)


def kind_of(table: str) -> str:
    """Return the name under which ``defaults`` holds the numbers of a table's rows."""
    return SINGULAR.get(table, table.removesuffix("s"))


def json_schema(catalogue: Catalogue) -> dict[str, Any]:
    """Return the published JSON Schema of the language."""
    schema = scenario_type(catalogue).model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"shadowline scenario, language {LANGUAGE}"}


__all__ = ["Crossing", "Document", "Number", "json_schema", "kind_of", "scenario_type"]
