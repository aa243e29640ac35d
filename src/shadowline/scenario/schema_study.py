"""The words for what is put to the test: levers and their dates, policies, measures, claims, and what each side minds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from shadowline.errors import Code, InputError
from shadowline.scenario.schema_questions import OutcomeWords
from shadowline.scenario.words import PlainCount, PlainShare, Words, YesOrNo, guarded
from shadowline.units import parse_date, parse_duration

WAYS = ("change", "times", "plus")


def _beginning(raw: object) -> date | str:
    """Read when a stage begins: a date, or the id of an outcome (then it begins on the day after)."""
    if isinstance(raw, date) or (isinstance(raw, str) and raw[:1].isdigit()):
        return parse_date(raw)
    if not isinstance(raw, str):
        raise InputError(Code.WRONG_TYPE, "a stage begins on a day or after an outcome", found=raw, expected="a date or an outcome's id")
    return raw


def _end(raw: object) -> date | int:
    """Read when a stage ends: its last day, or how many days it lasts."""
    if isinstance(raw, date) or (isinstance(raw, str) and raw.count("-") == 2):
        return parse_date(raw)
    days = parse_duration(raw)
    if days < 1:
        raise InputError(Code.OUT_OF_RANGE, "a stage lasts a day or more", found=raw, expected="at least 1d")
    return int(days)


if TYPE_CHECKING:
    Beginning = date | str
    End = date | int
else:
    Beginning = Annotated[date | str, guarded(_beginning), WithJsonSchema({"type": "string", "description": "a date, or an outcome's id"})]
    End = Annotated[date | int, guarded(_end), WithJsonSchema({"type": "string", "description": "a last day, or a duration such as 30d"})]


class Moves(Words):
    """Levers and what becomes of them: ``change`` sets, ``times`` multiplies, ``plus`` adds; keys are paths, ``*`` stands for any row."""

    change: dict[str, Any] = Field(default={})
    times: dict[str, Any] = Field(default={})
    plus: dict[str, Any] = Field(default={})


class StageWords(Moves):
    """Levers moved on one day: day 0, a date, or the day after an outcome first happens; for good or for a time."""

    from_: Beginning | None = Field(default=None, alias="from")
    until: End | None = None


class PolicyWords(StageWords):
    """A named choice of one side; ``then`` holds further stages."""

    says: str
    by: str | None = None
    then: tuple[StageWords, ...] = ()


class FlipWords(Words):
    """Where theory says that a claim turns: a lever that takes one value after the other, in both of the futures compared."""

    along: str
    way: Literal["change", "times", "plus"] = "change"
    values: Annotated[tuple[Any, ...], Field(min_length=2, max_length=15)]
    theory: str


class ClaimWords(Moves):
    """A causal claim of the source as an experiment: move these levers, watch that measure, expect this.

    ``given`` holds for both futures compared. ``matters`` is the smallest change, as a share of the base, that counts as one; ``within`` is
    how much of the base an unchanged measure may move. ``identity`` says why the equations alone decide, ``could_fail`` why they do not.
    """

    says: str
    row: int | None = None
    headline: YesOrNo = False
    policy: str | None = None
    given: Moves | None = None
    watch: str
    expects: Literal["more", "fewer", "unchanged"]
    within: PlainShare = 0.1
    matters: PlainShare = 0.02
    could_fail: str | None = None
    identity: str | None = None
    flips_when: FlipWords | None = None


class MindWords(Words):
    """What one side wants of an outcome, and the level at which it is content."""

    wants: Literal["more", "fewer"]
    at_most: PlainCount | None = None
    at_least: PlainCount | None = None


class MeasureWords(OutcomeWords):
    """A question asked only where policies and claims are compared."""
