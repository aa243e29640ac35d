"""What came of a claim in sentences: what was done, what it did, the verdict, and where it turns.

Every number that an experiment found is a `Quote` whose path leads into the JSON of the results (``claims.3.changed``). What the scenario
itself says (the claim, and how far its levers are moved) is told in its own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from shadowline.engine.rows import Names
from shadowline.engine.tables import the_catalogue
from shadowline.futures.wording import Quote, Sentence, Wording, capital, joined, listed, plain, spoken
from shadowline.scenario.experiments import policy_stages
from shadowline.scenario.levers import FACTIONS, read_stage
from shadowline.scenario.numbers import Number
from shadowline.scenario.schema_study import WAYS
from shadowline.study.boundary import SMALL
from shadowline.study.measures import believed, came_of_it, measure_of
from shadowline.study.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shadowline.scenario.levers import Lever, Stage
    from shadowline.scenario.schema import Document
    from shadowline.scenario.schema_study import ClaimWords, Moves
    from shadowline.study.boundary import Boundary
    from shadowline.study.claims import ClaimResult, ClaimResults

MOST_SAID: Final = 3
MOST_NAMED: Final = 2
SIGNS: Final = {"change": "=", "times": "×", "plus": "+"}


def claim_sentences(results: ClaimResults, n: int) -> list[Sentence]:
    """Return what was done about claim number ``n``, what came of it, and the verdict; then where it turns, for claims that were swept."""
    claim, document = results.claims[n], results.scenario.document
    path = f"claims.{n}"
    measure = measure_of(document, claim.words.watch, results.plan.horizon or document.horizon)
    came = came_of_it(measure, claim.effect, path, "effect")
    first: Sentence = (f"{capital(done(document, claim.words))}{measure.subject} ", *came, *_agreed(claim, path), ". ", _verdict(claim), ".")
    return [first] if claim.boundary is None else [first, boundary_sentence(document, claim.boundary, f"{path}.boundary")]


def done(document: Document, words: ClaimWords) -> str:
    """Return what was done to one of two matched futures, up to what came of it."""
    given = "" if words.given is None else f"given {moves_text(document, words.given)} in both futures"
    if words.policy is not None:
        says = " ".join(document.policies[name].says for name in words.policy.split("+")).rstrip(".")
        return f"{says}{f' ({given})' if given else ''}: "
    return f"with {moves_text(document, words)}{f' ({given})' if given else ''}, "


def _agreed(claim: ClaimResult, path: str) -> Sentence:
    """Return in how much of what may be believed the effect has the claimed sign."""
    share = claim.sign_share
    if share is None or claim.is_idle:
        return ()
    as_claimed = (claim.effect.difference > 0) == (claim.words.expects == "more")
    return (", in " if as_claimed else ", as claimed in ", Quote(believed(share), share, f"{path}.sign_share"), " of what may be believed")


def _verdict(claim: ClaimResult) -> str:
    """Return the verdict in a few words, with its reason where the number alone does not give it."""
    if claim.verdict is Verdict.IDENTITY:
        return "Decided by the equations"
    if claim.verdict is Verdict.CONDITIONAL and claim.boundary is None:
        return "Conditional: the sign hangs on what is believed"
    return capital(str(claim.verdict))


def boundary_sentence(document: Document, boundary: Boundary, path: str) -> Sentence:
    """Return where a claim turns along its sweep, or that it does not."""
    along = lever_name(document, boundary.along)
    if boundary.turns == "sign":
        if boundary.at is None:
            return (f"The sign turns along {along} between ", *_between(boundary, path), ".")
        at = Quote(f"{boundary.at:.3g}", boundary.at, f"{path}.at")
        return (f"The sign turns where {along} is ", at, *_interval(boundary, path), ".")
    if boundary.turns == "vanishes":
        largest = max(abs(effect.difference) for effect in boundary.effects)
        gone = [n for n, effect in enumerate(boundary.effects) if max(abs(effect.low), abs(effect.high)) <= SMALL * largest]
        return (f"The effect vanishes where {along} is ", *joined([(_value(boundary, n, path),) for n in gone], " or "), ".")
    ends = (_value(boundary, 0, path), " to ", _value(boundary, len(boundary.values) - 1, path))
    return (f"The effect neither turns nor vanishes where {along} goes from ", *ends, ".")


def _interval(boundary: Boundary, path: str) -> Sentence:
    if boundary.low is None or boundary.high is None:
        return ()
    low, high = (Quote(f"{value:.3g}", value, f"{path}.{at}") for at, value in (("low", boundary.low), ("high", boundary.high)))
    return (" (", low, " to ", high, ")")


def _between(boundary: Boundary, path: str) -> Sentence:
    """Return the first two neighbouring values between which an effect changes its sign."""
    signs = [effect.difference > 0 for effect in boundary.effects]
    n = next(n for n in range(len(signs) - 1) if signs[n] != signs[n + 1])
    return (_value(boundary, n, path), " and ", _value(boundary, n + 1, path))


def _value(boundary: Boundary, n: int, path: str) -> Quote:
    value = boundary.values[n]
    return Quote(spoken(str(value)), value, f"{path}.points.{n}.value")


def lever_text(words: ClaimWords, most: int = 1) -> str:
    """Return what a claim moves as it is written: the first paths with their values, and how many more there are."""
    if words.policy is not None:
        return f"policy {words.policy}"
    return _written(words, most)


def _written(words: Moves, most: int) -> str:
    parts = [f"{path} {SIGNS[way]} {value}" for way, path, value in written(words)]
    more = len(parts) - most
    return "; ".join(parts[:most]) + (f" (and {more} more)" if more > 0 else "")


def written(words: Moves) -> list[tuple[str, str, str]]:
    """Return way, path and value of everything that is moved, as it is written; a mapping inside a path is laid open."""
    rows: list[tuple[str, str, str]] = []
    for way in WAYS:
        for path, value in getattr(words, way).items():
            rows += [(way, full, str(end)) for full, end in _open(path, value)]
    return rows


def _open(path: str, value: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - YAML
    if isinstance(value, dict) and value and not {"value", "low", "distribution", "total"} & set(value):
        return [row for key, inner in value.items() for row in _open(f"{path}.{key}", inner)]
    return [(path, ", ".join(map(str, value)) if isinstance(value, list | tuple) else value)]


def moves_text(document: Document, words: Moves) -> str:
    """Return what is moved in running text: the first few numbers by what they mean, whose they are, and what becomes of them."""
    stage = read_stage(document, the_catalogue(), words, "said")
    return _stage_text(document, [stage])


def policy_text(document: Document, policy: str) -> str:
    """Return what a policy moves in running text, like `moves_text`."""
    return _stage_text(document, policy_stages(document, the_catalogue(), policy))


def lever_name(document: Document, path: str) -> str:
    """Return what a path names in running text: what the number means, and whose it is."""
    from shadowline.scenario.levers import find_levers

    spots = find_levers(document, the_catalogue(), path)
    table, _, name = spots[0]
    return _spot_text(document, table, name, [row for _, row, _ in spots])


def _stage_text(document: Document, stages: Sequence[Stage]) -> str:
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    for stage in stages:
        for lever in stage.levers:
            groups.setdefault((lever.table, lever.name, lever.way, _becomes(lever)), []).append(lever.row)
    said = [f"{_spot_text(document, table, name, rows)} {becomes}" for (table, name, _, becomes), rows in groups.items()]
    return listed(said if len(said) <= MOST_SAID else [*said[:MOST_SAID], "more"])


def _becomes(lever: Lever) -> str:
    """Return what becomes of a lever."""
    value = lever.value
    if isinstance(value, tuple):
        return "set to " + listed([spoken(word) for word in value])
    if isinstance(value, str):
        return "left to its factions" if value == FACTIONS else f"set to {spoken(value)}"
    text = _number(value)
    return {"change": f"set to {text}", "times": f"times {text}", "plus": f"changed by {text}" if text.startswith("−") else f"raised by {text}"}[
        lever.way
    ]


def _number(number: Number) -> str:
    if number.is_certain:
        return f"{number.middle():g}".replace("-", "−")
    return f"about {number.middle():.2g}".replace("-", "−")


def _spot_text(document: Document, table: str, name: str, rows: Sequence[str]) -> str:
    """Return one number of some rows in running text."""
    wording = Wording(Names(document))
    owners = list(dict.fromkeys(_owner(wording, table, row) for row in rows))
    whose = listed(owners if len(owners) <= MOST_NAMED else [*owners[:MOST_NAMED], "others"])
    if name in _WORDED.get(table, {}):
        return _WORDED[table][name].format(whose)
    parameter = the_catalogue().get(table, name)
    assert parameter is not None, "read before"  # noqa: S101 - for the type checker
    return f"“{parameter.meaning}”" + (f" ({whose})" if whose else "")


_WORDED: Final[dict[str, dict[str, str]]] = {
    "dyads": {"order": "the order of {}"},
    "adversaries": {
        "answers.decided": "the answer decided by {}",
        "answers.doctrine": "the doctrine of {}",
        "answers.cap": "the highest answer of {}",
        "looks_for": "what {} looks for in a culprit",
    },
    "principals": {"stance": "what {} says of attacks"},
    "movements": {"rivals": "the number of rival groups in {}"},
    "lines": {"strength": "the strength of {}", "killed": "the dead from which {} is crossed"},
    "theatres": {"context": "all quiet rates in {}"},
}
"""Levers that are words of the scenario and no numbers of the catalogue, by table."""


def _owner(wording: Wording, table: str, row: str) -> str:
    """Return whose a row is, in running text; nothing for the model as a whole."""
    parts = row.replace(">", " ").split()
    if not parts:
        return ""
    if table == "lines":
        return f"“{wording.line(row)}”"
    if table in {"movements", "theatres"}:
        return spoken(row)
    if table == "bodies":
        return wording.body(row)
    if table == "targets":
        return wording.target(row)
    if table == "memberships":
        return f"{wording.actor(parts[1])} in {wording.body(parts[0])}"
    if table in {"factions", "wishes"}:
        about = f" about {wording.actor(parts[2])}" if len(parts) > 2 else ""
        return f"{spoken(parts[1])} of {wording.actor(parts[0])}{about}"
    if table == "fronts":
        return f"{wording.actor(parts[0])} against {wording.target(parts[1])}"
    if table == "dyads":
        return f"{wording.actor(parts[0])} about {wording.actor(parts[1])}"
    return " and ".join(wording.actor(part) for part in parts)


def claim_texts(results: ClaimResults, n: int) -> list[str]:
    """Return the sentences of `claim_sentences` as text."""
    return [plain(sentence) for sentence in claim_sentences(results, n)]
