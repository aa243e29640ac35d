"""Policies, claims and what each side minds: read from their words, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from shadowline.errors import Code, InputError, nearest_name
from shadowline.scenario.levers import ONLY_AT_THE_START, Stage, read_stage
from shadowline.scenario.schema_study import WAYS, Moves
from shadowline.scenario.shocks import read_or_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shadowline.parameters import Catalogue
    from shadowline.scenario.book import Book
    from shadowline.scenario.schema import Document
    from shadowline.scenario.schema_questions import OutcomeWords
    from shadowline.scenario.schema_study import ClaimWords, FlipWords, PolicyWords
    from shadowline.scenario.source import Place

AS_IT_IS: Final = "as-it-is"
"""The name of no policy at all."""


def questions(document: Document) -> dict[str, OutcomeWords]:
    """Return everything that can be watched: outcomes, then measures."""
    return {**document.outcomes, **document.measures}


def policy_stages(document: Document, catalogue: Catalogue, key: str) -> tuple[Stage, ...]:
    """Return the stages of one policy, those of several joined by ``+``, or none for `AS_IT_IS`.

    Raises
    ------
    InputError
        UNKNOWN_POLICY with the nearest name, CONFLICT if two of them move one lever at the same time.
    """
    stages: list[tuple[str, Stage]] = []
    names = key.split("+")
    if len(set(names)) < len(names):
        raise InputError(Code.CONFLICT, "a policy is joined to itself", found=key, expected="each once")
    for name in names:
        if name == AS_IT_IS:
            continue
        if name not in document.policies:
            names = [AS_IT_IS, *document.policies]
            nearest = nearest_name(name, names)
            expected = "one of " + ", ".join(names) if nearest is None else None
            raise InputError(Code.UNKNOWN_POLICY, "there is no such policy", found=name, nearest=nearest, expected=expected)
        stages += [(name, stage) for stage in stages_of(document, catalogue, name, document.policies[name])]
    _refuse_conflicts(document, stages)
    return tuple(stage for _, stage in stages)


def stages_of(document: Document, catalogue: Catalogue, key: str, policy: PolicyWords) -> list[Stage]:
    """Return the stages of one policy's words."""
    return [read_stage(document, catalogue, stage, f"policies.{key}.{n}") for n, stage in enumerate((policy, *policy.then))]


def _refuse_conflicts(document: Document, stages: list[tuple[str, Stage]]) -> None:
    """Refuse two policies that move one lever on the same days."""
    for n, (first, one) in enumerate(stages):
        for second, other in stages[n + 1 :]:
            shared = shared_lever(one, other) if first != second and _overlap(document, one, other) else None
            if shared is not None:
                message = f'"{first}" and "{second}" both move "{shared}"'
                raise InputError(Code.CONFLICT, message, expected="policies that leave one another's levers alone")


def shared_lever(one: Stage, other: Stage) -> str | None:
    """Return the path of a lever that both of two stages move, None if there is none."""
    mine = {lever.moves for lever in one.levers}
    return next((lever.path for lever in other.levers if lever.moves in mine), None)


def _overlap(document: Document, one: Stage, other: Stage) -> bool:
    """Return whether two stages could be in force on one day."""
    (first, last), (start, end) = _days(document, one), _days(document, other)
    return first <= end and start <= last


def _days(document: Document, stage: Stage) -> tuple[int, int]:
    """Return the first and the last day on which a stage could be in force, as ordinals."""
    day_zero = document.as_of.toordinal() + 1
    first = day_zero if stage.start is None else stage.start.toordinal()
    last = 10**7 if stage.last is None else stage.last.toordinal()
    if stage.days is not None and stage.after is None:
        last = min(last, first + stage.days - 1)
    return first, last


def claim_stages(document: Document, catalogue: Catalogue, key: str) -> tuple[tuple[Stage, ...], tuple[Stage, ...]]:
    """Return what both futures of a claim are given, and what one of them changes."""
    claim = document.claims[key]
    given = () if claim.given is None else (read_stage(document, catalogue, claim.given, f"claims.{key}.given"),)
    if claim.policy is not None:
        return given, policy_stages(document, catalogue, claim.policy)
    return given, (read_stage(document, catalogue, claim, f"claims.{key}"),)


def flip_stage(document: Document, catalogue: Catalogue, key: str, value: Any) -> Stage:  # noqa: ANN401 - YAML
    """Return the stage that puts the lever of a claim's ``flips_when`` at one of its values."""
    flip = document.claims[key].flips_when
    assert flip is not None, "asked only of claims that may flip"  # noqa: S101 - for the type checker
    return read_stage(document, catalogue, _flipped(flip, value), f"claims.{key}.flips_when")


def _flipped(flip: FlipWords, value: Any) -> Moves:  # noqa: ANN401 - YAML
    return Moves.model_validate({flip.way: {flip.along: value}})


def check_experiments(book: Book) -> None:
    """Fault policies, claims and minds that move or name what is not there."""
    document = book.document
    for key in document.measures:
        if key in document.outcomes:
            book.fault(Code.DUPLICATE_ID, f'"{key}" is an outcome already', ("measures", key))
    for key, policy in document.policies.items():
        if key == AS_IT_IS:
            book.fault(Code.BAD_ID, f'"{AS_IT_IS}" is the name of no policy at all', ("policies", key))
        _policy(book, policy, ("policies", key))
    for key, claim in document.claims.items():
        _claim(book, claim, ("claims", key))
    for actor, minds in document.minds.items():
        book.known(actor, document.actors, "actor", ("minds", actor))
        for watched in minds:
            _watchable(book, watched, ("minds", actor, watched))


def _policy(book: Book, policy: PolicyWords, place: Place) -> None:
    book.known(policy.by, book.document.actors, "actor", (*place, "by"))
    before: list[Stage] = []
    for n, stage in enumerate((policy, *policy.then)):
        here: Place = place if n == 0 else (*place, "then", n - 1)
        if not any(getattr(stage, way) for way in WAYS):
            book.fault(Code.MISSING_KEY, "a policy changes something", here, expected=" or ".join(WAYS))
        read = read_or_fault(book, stage, here)
        if read is not None:
            _when(book, read, here)
            _undone(book, read, before, here)
            before.append(read)


def _undone(book: Book, stage: Stage, before: list[Stage], place: Place) -> None:
    """Fault a stage that moves what another of the policy moves at the same time, if either ends: its end would undo the other."""
    for other in before:
        ends = any(one.last is not None or one.days is not None for one in (stage, other))
        shared = shared_lever(other, stage)
        if ends and shared is not None and _overlap(book.document, stage, other):
            message = f'two stages move "{shared}" at the same time, and the end of one would undo the other'
            book.fault(Code.CONFLICT, message, place, expected="stages that follow one another")


def _when(book: Book, stage: Stage, place: Place) -> None:
    """Fault a stage that begins in the past, ends before it begins, or moves on some day what can be moved on day 0 only."""
    document = book.document
    if stage.start is not None and stage.start <= document.as_of:
        found, expected = str(stage.start), f"a day after {document.as_of}"
        book.fault(Code.DATES_OUT_OF_ORDER, "a policy begins after the as-of date", (*place, "from"), found=found, expected=expected)
    first, last = _days(document, stage)
    if stage.after is None and last < first:
        book.fault(Code.DATES_OUT_OF_ORDER, "the stage ends before it begins", (*place, "until"), found=str(stage.last))
    if stage.after is not None:
        book.known(stage.after, document.outcomes, "outcome", (*place, "from"))
        outcome = document.outcomes.get(stage.after)
        if outcome is not None and outcome.happens_when is None:
            message = "a stage begins after something that happens, not after a count"
            book.fault(Code.INCONSISTENT, message, (*place, "from"), found=stage.after)
    for lever in stage.levers:
        if (lever.table, lever.name) in ONLY_AT_THE_START and not stage.is_at_once:
            book.fault(Code.INCONSISTENT, f'"{lever.name}" can be moved on day 0 only, and for good', place)
        if lever.name == "answers.decided" and (stage.after is not None or stage.last is not None or stage.days is not None):
            book.fault(Code.INCONSISTENT, "an answer is decided on a day", place, expected="from: a date, and no until")


def _claim(book: Book, claim: ClaimWords, place: Place) -> None:
    document = book.document
    moves = any(getattr(claim, way) for way in WAYS)
    if moves == (claim.policy is not None):
        book.fault(Code.INCONSISTENT, "a claim moves levers, or names a policy that does", place, expected="one of the two")
    by_policy: list[Stage] = []
    if claim.policy is not None:
        names = claim.policy.split("+")
        book.known_all(names, document.policies, "policy", (*place, "policy"))
        by_policy = [stage for name in names if name in document.policies for stage in _readable(book, name)]
    _watchable(book, claim.watch, (*place, "watch"))
    if (claim.could_fail is None) == (claim.identity is None):
        message = "a claim says how it could fail, or why the equations alone decide it"
        book.fault(Code.MISSING_KEY, message, place, expected="could_fail or identity")
    stages = [read_or_fault(book, claim, place)] if moves else []
    if claim.given is not None:
        stages.append(read_or_fault(book, claim.given, (*place, "given")))
    if claim.flips_when is not None:
        _flip(
            book,
            claim.flips_when,
            (*place, "flips_when"),
            {lever.path for stage in (*stages, *by_policy) if stage for lever in stage.levers},
        )


def _readable(book: Book, policy: str) -> list[Stage]:
    """Return the stages of a policy, none if it cannot be read: then that is said of the policy itself."""
    try:
        return stages_of(book.document, book.catalogue, policy, book.document.policies[policy])
    except InputError:
        return []


def _flip(book: Book, flip: FlipWords, place: Place, moved: Iterable[str]) -> None:
    """Fault a sweep along a lever that is not there, that the claim moves itself, or that takes one value twice."""
    if len({str(value) for value in flip.values}) < len(flip.values):
        book.fault(Code.INCONSISTENT, "a sweep takes each value once", (*place, "values"))
    for value in flip.values:
        try:
            stage = read_stage(book.document, book.catalogue, _flipped(flip, value), "flip")
        except InputError as error:
            book.errors.append(error.at(book.where((*place, "along" if error.code is Code.UNKNOWN_PATH else "values"))))
            return
        both = {lever.path for lever in stage.levers} & set(moved)
        if both:
            book.fault(Code.CONFLICT, f'the claim itself moves "{min(both)}"', (*place, "along"))
            return


def _watchable(book: Book, key: str, place: Place) -> None:
    book.known(key, questions(book.document), "outcome or measure", place)
