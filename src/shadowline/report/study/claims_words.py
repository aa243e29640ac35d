"""What a page says of claims put to the test: the answer in short, how a verdict is reached, and the limits.

Every number is a `Quote` whose path leads into the page's facts (see `shadowline.report.study.claims_page`), which hold the JSON of the
results.
"""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.wording import Quote, Sentence, capital, counted, joined, whole
from shadowline.report.sentences import SEES_CLEARLY
from shadowline.scenario.schema_study import ClaimWords
from shadowline.study.boundary import SMALL
from shadowline.study.verdicts import AGREE, LEVEL, Verdict

if TYPE_CHECKING:
    from shadowline.study.claims import ClaimResults

Facts = dict[str, Any]
MOST_QUOTED: Final = 3
TALLIED: Final = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.CONDITIONAL: "conditional",
    Verdict.TOO_SMALL: "too small to tell",
    Verdict.IDENTITY: "decided by the equations alone, and no support",
}
RULES: Final = {
    "Supported": (
        "The effect is as claimed: p, adjusted for the number of claims (Holm), is below {level}; under at least {agree} of beliefs, "
        "chance allowed for, it is as claimed; and it is not smaller than what matters ({matters} of the level, unless the claim says "
        "otherwise)."
    ),
    "Contradicted": "The same for the other direction: the effect is as claimed under at most {disagree} of beliefs.",
    "Conditional": (
        "Along a lever that theory names, the effect turns its sign, or vanishes (falls below {small} of its largest size). Or it is "
        "there, but between {disagree} and {agree} of beliefs agree, so that it hangs on what is believed."
    ),
    "Too small to tell": "Everything else. With more futures it might be told; or it does not matter.",
    "Identity of the model": "The equations alone decide it, and the scenario says why. It is shown, and never counted as support.",
    "Unchanged": (
        "Where a claim says that something stays as it is, the test is turned round. It is supported where an effect as large as the "
        "margin ({within} of the level, unless the claim says otherwise) is ruled out, and contradicted where the whole interval lies "
        "beyond it."
    ),
}
"""The rules of `shadowline.study.verdicts` in words; what stands in braces is a fact."""
EXPERIMENT: Final = (
    "Each claim is an experiment: its levers are moved from day 0 in one of two matched futures, which share every draw of chance and "
    "every uncertain number, and what it watches is compared. How it could fail is written down before it is run. A belief is one "
    "parameter draw: one set of values for all that is not known. Where theory names a lever on which a claim should turn, the effect is "
    "measured along it, with fewer futures at each value."
)
IN_THE_MODEL: Final = (
    "A verdict says what follows in this model. A claim that is supported here may be false, and one that is contradicted may be true: "
    "then the model is wrong, and it is of use to know where."
)
ORDERS: Final = (
    "A model of this kind orders possibilities; it does not know the future. Matched futures say what the model implies, not what would "
    "have happened."
)
READING: Final = (
    "How a sentence of a source becomes levers and a measure is the scenario's reading of it. Another reading may come out otherwise."
)


def rules() -> dict[str, float]:
    """Return the numbers in the rules by which verdicts are reached, as facts."""
    usual = ClaimWords.model_fields
    return {
        "level": LEVEL,
        "agree": AGREE,
        "disagree": round(1.0 - AGREE, 9),
        "matters": usual["matters"].default,
        "within": usual["within"].default,
        "small": SMALL,
    }


def tally(facts: Facts) -> list[Sentence]:
    """Return how many claims were tested, on how many futures, with which verdicts."""
    tested = len(facts["claims"])
    start: Sentence = (
        Quote(counted(tested, "claim"), tested, "counts.claims"),
        " put to the test on ",
        Quote(counted(facts["futures"], "future"), facts["futures"], "futures"),
        ", ",
        Quote(whole(facts["runs"]), facts["runs"], "runs"),
        " with and as many without each change.",
    )
    parts: list[Sentence] = [
        (f"{words}: ", Quote(whole(facts["verdicts"][str(verdict)]), facts["verdicts"][str(verdict)], f"verdicts.{verdict}"))
        for verdict, words in TALLIED.items()
        if facts["verdicts"][str(verdict)]
    ]
    told = [piece for part in parts for piece in ("; ", *part)][1:]
    return [start, (capital(str(told[0])), *told[1:], ".")]


def contradicted(results: ClaimResults) -> list[Sentence]:
    """Return which claims are contradicted, as their sources say them; no sentence if none is."""
    against = [claim for claim in results.claims if claim.verdict is Verdict.CONTRADICTED]
    if not against:
        return []
    quoted = [f"“{claim.words.says.rstrip('.')}”" for claim in against[:MOST_QUOTED]]
    more = len(against) - len(quoted)
    end: Sentence = ("; and ", Quote(whole(more), more, "counts.not_quoted"), " more.") if more else (".",)
    return [(f"Contradicted: {'; '.join(quoted)}", *end)]


def turning(facts: Facts) -> list[Sentence]:
    """Return how many of the claims that were swept turn somewhere; no sentence if none was swept."""
    if not facts["counts"]["swept"]:
        return []
    swept, turned = facts["counts"]["swept"], facts["counts"]["turning"]
    return [
        (
            "Of ",
            Quote(counted(swept, "claim"), swept, "counts.swept"),
            " for which theory names a condition, ",
            Quote(whole(turned), turned, "counts.turning"),
            " turn on it." if turned != 1 else " turns on it.",
        )
    ]


def verdict_rules(facts: Facts) -> list[tuple[str, Sentence]]:
    """Return each verdict with the rule by which it is reached."""
    return [(name, _filled(facts, rule)) for name, rule in RULES.items()]


def _filled(facts: Facts, rule: str) -> Sentence:
    """Return a rule with its numbers in their places."""
    pieces: list[str | Quote] = []
    for text, name, _, _ in Formatter().parse(rule):
        pieces.append(text)
        if name is not None:
            value = facts["rules"][name]
            said = f"{value:g}".removeprefix("0") if name == "level" else f"{100 * value:g} %"
            pieces.append(Quote(said, value, f"rules.{name}"))
    return tuple(pieces)


def limits(facts: Facts) -> list[Sentence]:
    """Return the limits of claims put to the test."""
    found: list[Sentence] = [(ORDERS,), (IN_THE_MODEL,)]
    identities = facts["verdicts"][str(Verdict.IDENTITY)]
    if identities:
        said = Quote(counted(identities, "claim"), identities, f"verdicts.{Verdict.IDENTITY}")
        found.append(("The equations of the model decide ", said, " before anything is played; others they decide in part."))
    found.append((READING,))
    return [*found, (SEES_CLEARLY,), ("Only what the scenario declares can happen, and only its own levers can be moved.",)]


def headlines(facts: Facts) -> list[Sentence]:
    """Return what came of the claims that matter most; no sentence if none is marked so."""
    parts: list[Sentence] = [
        (Quote(whole(count), count, f"headlines.{verdict}"), f" {'no support' if verdict == str(Verdict.IDENTITY) else verdict}")
        for verdict, count in facts["headlines"].items()
        if count
    ]
    if not parts:
        return []
    number = facts["counts"]["headlines"]
    return [("Of ", Quote(counted(number, "headline claim"), number, "counts.headlines"), ": ", *joined(parts), ".")]
