"""What came of a claim in sentences: what was done, what it did, the verdict, and where it turns.

Every number that an experiment found is a `Quote` whose path leads into the JSON of the results (``claims.3.changed``). What the scenario
itself says (the claim, and how far its levers are moved) is told in its own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shadowline.futures.wording import Quote, Sentence, capital, joined, listed, plain, spoken
from shadowline.study.boundary import SMALL
from shadowline.study.lever_wording import lever_name, moves_text
from shadowline.study.measures import believed, came_of_it, measure_of, places_of
from shadowline.study.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shadowline.scenario.schema import Document
    from shadowline.scenario.schema_study import ClaimWords
    from shadowline.study.boundary import Boundary
    from shadowline.study.claims import ClaimResult, ClaimResults

BECOMES: Final = {"change": "is", "times": "is multiplied by", "plus": "is changed by"}


def claim_sentences(results: ClaimResults, n: int) -> list[Sentence]:
    """Return what was done about claim number ``n``, what came of it, and the verdict; then where it turns, for claims that were swept."""
    claim, document = results.claims[n], results.scenario.document
    path = f"claims.{n}"
    measure = measure_of(document, claim.words.watch, results.plan.horizon or document.horizon)
    came = came_of_it(measure, claim.effect, path, "effect")
    start = f"{capital(done(document, claim.words))}{measure.subject} "
    first: Sentence = (start, *came, *_agreed(claim, path), f". {_verdict(claim)}.")
    return [first] if claim.boundary is None else [first, boundary_sentence(document, claim, f"{path}.boundary")]


def done(document: Document, words: ClaimWords) -> str:
    """Return what was done to one of two matched futures, up to what came of it."""
    given = "" if words.given is None else f"given {moves_text(document, words.given)} in both futures"
    if words.policy is not None:
        says = " ".join(document.policies[name].says for name in words.policy.split("+")).rstrip(".")
        return f"{says}{f' ({given})' if given else ''}: "
    return f"with {moves_text(document, words)}{f' ({given})' if given else ''}, "


def _agreed(claim: ClaimResult, path: str) -> Sentence:
    """Return what counts as unchanged, and in how much of what may be believed the effect is as claimed."""
    share, expects = claim.sign_share, claim.words.expects
    margin = f", where up to {100 * claim.words.within:g} % either way counts as unchanged" if expects == "unchanged" else ""
    if share is None or claim.is_idle:
        return (margin,) if margin else ()
    as_claimed = not margin and (claim.effect.difference > 0) == (expects == "more")
    lead = f"{margin}, in " if as_claimed else f"{margin}, as claimed in "
    return (lead, Quote(believed(share), share, f"{path}.sign_share"), " of what may be believed")


def _verdict(claim: ClaimResult) -> str:
    """Return the verdict in a few words, with its reason where the number alone does not give it."""
    if claim.verdict is Verdict.IDENTITY:
        return "Decided by the equations"
    if claim.verdict is Verdict.CONDITIONAL and claim.boundary is None:
        return "Conditional: it hangs on what is believed"
    return capital(str(claim.verdict))


def boundary_sentence(document: Document, claim: ClaimResult, path: str) -> Sentence:
    """Return where a claim that was swept turns, or that it does not; ``path`` is where the boundary stands in the facts."""
    boundary, flip = claim.boundary, claim.words.flips_when
    assert boundary is not None, "asked only of claims that were swept"  # noqa: S101 - for the type checker
    assert flip is not None, "asked only of claims that were swept"  # noqa: S101 - for the type checker
    along, becomes = lever_name(document, boundary.along), BECOMES[flip.way]
    if boundary.turns == "sign" and boundary.at is None:
        return (f"The sign turns where {along} {becomes} something between ", *_between(boundary, path), ".")
    if boundary.turns == "sign":
        return (f"The sign turns where {along} {becomes} ", *_place(boundary, path), ".")
    if boundary.turns == "vanishes":
        largest = max(abs(effect.difference) for effect in boundary.effects)
        gone = [n for n, effect in enumerate(boundary.effects) if max(abs(effect.low), abs(effect.high)) <= SMALL * largest]
        return (f"The effect vanishes where {along} {becomes} ", *joined([(_value(boundary, n, path),) for n in gone], " or "), ".")
    values = joined([(_value(boundary, n, path),) for n in range(len(boundary.values))], " or ")
    return (f"The effect neither turns nor vanishes where {along} {becomes} ", *values, ".")


def _place(boundary: Boundary, path: str) -> Sentence:
    """Return where a sign turns, with its interval where there is one."""
    if boundary.low is None or boundary.high is None:
        return (Quote(f"{boundary.at:.3g}", float(boundary.at or 0.0), f"{path}.at"),)
    places = places_of(boundary.low, boundary.high)
    ends = {"at": float(boundary.at or 0.0), "low": boundary.low, "high": boundary.high}
    at, low, high = (Quote(f"{value:.{places}f}", value, f"{path}.{name}") for name, value in ends.items())
    return (at, " (", low, " to ", high, ")")


def _between(boundary: Boundary, path: str) -> Sentence:
    """Return the first two neighbouring values between which an effect changes its sign."""
    signs = [effect.difference > 0 for effect in boundary.effects]
    n = next(n for n in range(len(signs) - 1) if signs[n] != signs[n + 1])
    return (_value(boundary, n, path), " and ", _value(boundary, n + 1, path))


def _value(boundary: Boundary, n: int, path: str) -> Quote:
    value = boundary.values[n]
    text = listed([spoken(str(part)) for part in value]) if isinstance(value, list | tuple) else spoken(str(value))
    return Quote(text, value if isinstance(value, int | float) else str(value), f"{path}.points.{n}.value")


def claim_texts(results: ClaimResults, n: int) -> list[str]:
    """Return the sentences of `claim_sentences` as text."""
    return [plain(sentence) for sentence in claim_sentences(results, n)]


def source_text(document: Document, because: Sequence[str]) -> list[str]:
    """Return what the evidence behind a claim says, and where it stands."""
    said = []
    for key in because:
        entry = document.evidence[key]
        parent = document.evidence[entry.in_] if entry.in_ is not None else entry
        named = [parent.author, f"“{parent.title}”" if parent.title else None, parent.outlet, str(parent.date) if parent.date else None]
        place = ", ".join(part for part in (*named, entry.at if entry.in_ is not None else None) if part)
        said.append(f"{entry.says} ({place or key})")
    return said
