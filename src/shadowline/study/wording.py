"""What a comparison says in sentences: what each policy avoids and causes, why futures part, and what pairing saved.

Every number is a `Quote` whose path leads into the comparison's JSON (``pairs.0.effects.another-soldier.avoided``). Plain text is made
from these sentences, so that a page, the command line and the JSON say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shadowline.futures.wording import Quote, Sentence, Wording, capital, counted, joined, percent, plain, whole
from shadowline.scenario.experiments import AS_IT_IS
from shadowline.study.measures import LEVEL, level_quotes, measure_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shadowline.study.claims import ClaimResults
    from shadowline.study.compare import Comparison, Pair
    from shadowline.study.effects import Effect
    from shadowline.study.measures import Measure
    from shadowline.study.parting import Parting

FEW_COUNTED: Final = 100
"""Below so many futures in which something rare happens, its chance says more than its count."""
REASONS: Final = {
    "obedience": "because it obeys somebody else",
    "order": "because the order that it obeys is another",
    "answer": "because its answer is decided otherwise",
    "delay": "because its answer takes longer or shorter",
    "beforehand": "as was laid down beforehand",
    "pace": "because its own pace is another",
}
"""Why a group or an adversary acts in one of two matched futures only."""


@dataclass(frozen=True)
class Matched:
    """What one policy avoids and causes of one outcome, held against another policy."""

    policy: str
    against: str
    outcome: str
    sentence: Sentence


WAR_STANDS_OUT, WAR_WORTH_A_WORD = 0.05, 0.01
"""P value and chance of open war from which a policy's counts have to be read with care."""


def shown(policy: str) -> str:
    """Return a policy's name as it stands in a sentence: in capitals, several at once joined by a plus."""
    return policy.upper().replace("+", " + ")


def matched(comparison: Comparison) -> list[Matched]:
    """Return a sentence for every policy and every yes-or-no outcome in which some future differs."""
    model = comparison.arms[0].results.model
    summed = {key for n, key in enumerate(model.names.outcomes) if model.layout.view(model.starts[0], "outcomes")[n].integrated}
    found = []
    for n, pair in enumerate(comparison.pairs):
        for key, effect in pair.effects.items():
            if effect.avoided is not None and effect.differing:
                measure = measure_of(model.names.document, key, model.days)
                names, path = (pair.changed, pair.base), f"pairs.{n}.effects.{key}"
                said = matched_sentence(measure, effect, names, comparison.runs, path, summed=key in summed)
                found.append(Matched(pair.changed, pair.base, key, said))
    return found


def matched_sentences(comparison: Comparison) -> list[str]:
    """Return the sentences of `matched` as text."""
    return [plain(one.sentence) for one in matched(comparison)]


def matched_sentence(  # noqa: PLR0913 - what a sentence is made of
    measure: Measure, effect: Effect, names: tuple[str, str], runs: int, path: str, *, summed: bool = False
) -> Sentence:
    """Return what a policy avoids and causes of a yes-or-no outcome.

    Parameters
    ----------
    measure : Measure
        The outcome.
    effect : Effect
        What the policy does to it.
    names : tuple of str
        The policy, and the one that it is held against.
    runs : int
        Matched futures.
    path : str
        Where the effect stands in the facts.
    summed : bool
        Whether the chance is summed over days beside the counting, as for rare outcomes: then it is told too.
    """
    who = "leaving things as they are" if names[0] == AS_IT_IS else shown(names[0])
    where = "as things are" if names[1] == AS_IT_IS else f"under {shown(names[1])}"
    futures = Quote(counted(runs, "matched future"), runs, "runs")
    counts = {name: int(getattr(effect, name) or 0) for name in ("avoided", "caused", "happened")}
    avoided, caused, happened = (Quote(whole(count), count, f"{path}.{name}") for name, count in counts.items())
    start: Sentence
    if not effect.avoided and not effect.caused:
        start = ("In none of ", futures, f" does {who} change whether {measure.says}.")
    elif not effect.happened:
        start = ("Of ", futures, f" there is none in which {measure.says} {where}; {who} causes it in ", caused, ".")
    else:
        others = () if effect.happened == runs else (", and causes it in ", *_others(caused))
        start = ("Of ", futures, f", {who} ", *_avoids(avoided, happened), f" in which {measure.says} {where}", *others, ".")
    return (*start, *_chance(measure, effect, path)) if summed else start


def _avoids(avoided: Quote, happened: Quote) -> Sentence:
    """Return how many of those that happened are avoided, up to ``in which``."""
    if avoided.value == 0 and happened.value == 1:
        return ("does not avoid ", _as(happened, "the one"))
    if avoided.value == 0:
        return ("avoids ", _as(avoided, "none"), " of the ", happened)
    if avoided.value == happened.value:
        in_words = {1: "the only one", 2: "both"}.get(int(avoided.value))
        return ("avoids ", _as(avoided, in_words)) if in_words else ("avoids all ", avoided)
    return ("avoids ", avoided, " of the ", happened)


def _others(caused: Quote) -> Sentence:
    if caused.value == 0:
        return (_as(caused, "no"), " other")
    return (caused, " other" if caused.value == 1 else " others")


def _as(quote: Quote, text: str) -> Quote:
    """Return a number said in words."""
    return Quote(text, quote.value, quote.path)


def _chance(measure: Measure, effect: Effect, path: str) -> Sentence:
    """Return what becomes of a chance that is summed over the days of all futures."""
    few = (effect.happened or 0) + (effect.caused or 0) < FEW_COUNTED
    lead = " So few can be counted that the chance, summed over days, says more: it " if few else " The chance, summed over days, "
    base, changed = level_quotes(measure, effect, path)
    if base.text == changed.text:
        return (lead, "stays at ", base, ".")
    if effect.p >= LEVEL:
        return (lead, "goes from ", base, " to ", changed, ", which may be chance.")
    return (lead, "rises from " if effect.difference > 0 else "falls from ", base, " to ", changed, ".")


def foremost(comparison: Comparison, pair: Pair, most: int = 3) -> list[str]:
    """Return the questions that matter most about a policy.

    First those that stand out of chance, among these first what some side minds, then in the scenario's order; only such in which some
    future differs.
    """
    minded = {key for wishes in comparison.scenario.document.minds.values() for key in wishes}
    moved = [key for key, effect in pair.effects.items() if effect.differing]
    return sorted(moved, key=lambda key: (pair.effects[key].p >= LEVEL, key not in minded))[:most]


def parted(pair: Pair, path: str, runs: int) -> Sentence:
    """Return how many matched futures part, and by which day."""
    if pair.first_days is None:
        return ("No act differs in any of ", Quote(counted(runs, "matched future"), runs, "runs"), ".")
    start: Sentence = (Quote(whole(pair.parted), pair.parted, f"{path}.parted"), " of ", Quote(whole(runs), runs, "runs"))
    verb = " matched futures part: a quarter of them by day " if pair.parted > 1 else " matched futures parts: a quarter by day "
    days = [Quote(str(day), day, f"{path}.first_days.{n}") for n, day in enumerate(pair.first_days)]
    return (*start, verb, days[0], ", half by day ", days[1], ", three quarters by day ", days[2], ".")


def parting_sentence(wording: Wording, row: Parting, path: str) -> Sentence:
    """Return one reason for which matched futures part: who acts in one of them only, why, in how many pairs, and when."""
    pairs = Quote(counted(row.pairs, "pair"), row.pairs, f"{path}.pairs")
    day = Quote(f"{row.median_day:g}", row.median_day, f"{path}.median_day")
    return (capital(_parting(wording, row)), ": ", pairs, ", median day " if row.pairs > 1 else ", day ", day)


def _parting(wording: Wording, row: Parting) -> str:
    if row.act == "leader-death":
        return f"the ruler of {wording.actor(row.actor)} dies or does not"
    if row.act == "attack" and row.reason == "harm":
        return f"an attack by {wording.actor(row.actor)} gets through or does not"
    if row.act in {"attack", "strike"}:
        return f"{wording.actor(row.actor)} {row.act}s or does not, {REASONS.get(row.reason, 'by chance')}"
    return "the same acts are done in another way" if row.act == "nothing" else f"something else befalls {wording.actor(row.actor)}"


def reach_sentences(wording: Wording, pair: Pair) -> list[Sentence]:
    """Return whom a policy cannot reach, and who acts alike although it could."""
    said: list[Sentence] = []
    alone = [key for key in pair.untouched if key not in pair.broken]
    if alone:
        said.append((f"No path of influence leads from it to {_named(wording, alone)}, whose acts are the same in every future.",))
    if pair.unchanged:
        said.append((f"Reached, but acting alike in every future: {_named(wording, pair.unchanged)}.",))
    return said


def war_sentence(comparison: Comparison, pair: Pair, path: str) -> Sentence | None:
    """Return the caution that goes with a policy which brings open war about: what the war itself costs is not counted. None for others."""
    asked = comparison.arms[0].results.model.names.document.outcomes
    for key, effect in pair.effects.items():
        happens = asked[key].happens_when
        war = happens is not None and happens.open_war is not None
        if war and effect.difference > 0 and effect.p < WAR_STANDS_OUT and effect.changed >= WAR_WORTH_A_WORD:
            quote = Quote(percent(effect.changed), effect.changed, f"{path}.effects.{key}.changed")
            return (
                "Open war, here in ",
                quote,
                " of futures, ends what the model tells of the two sides: the attacks and the dead of the war itself are not counted, ",
                "and what is counted looks lower than it would be.",
            )
    return None


def _named(wording: Wording, keys: Iterable[str]) -> str:
    return plain(joined([(name,) for name in wording.unique_actors(keys)]))


def gain_sentence(pair: Pair, keys: Iterable[str], path: str) -> Sentence | None:
    """Return how much smaller pairing makes the variance of the differences in some questions; None where none differs."""
    parts: list[Sentence] = []
    for key in keys:
        gain = pair.effects[key].gain
        if gain is not None:
            as_large = f" times as large for {key}" if not parts else f" for {key}"
            parts.append((Quote(f"{gain:,.1f}", gain, f"{path}.effects.{key}.gain"), as_large))
    return ("With independent seeds the variance of the difference would be ", *joined(parts), ".") if parts else None


def alarms(comparison: Comparison) -> list[str]:
    """Return what a reader has to be told first: policies left out or without effect, actors who differ although nothing leads there."""
    wording = Wording(comparison.arms[0].results.model.names)
    gone = [path for path in comparison.scenario.left_out if path.startswith("policies.")]
    found = [f"{path} is left out: what it waits for is no longer asked" for path in gone]
    for pair in comparison.pairs:
        if not pair.parted and not any(effect.differing for effect in pair.effects.values()):
            found.append(f"{shown(pair.changed)} changes numbers of the model, but no future")
        if pair.broken:
            whom = _named(wording, pair.broken)
            found.append(f"{shown(pair.changed)} changes what {whom} did, although no path of influence leads there")
    return found


def comparison_html(comparison: Comparison) -> str:
    """Return a comparison as HTML for notebooks."""
    from shadowline.study.notebook import comparison_table

    return comparison_table(comparison)


def claims_html(results: ClaimResults) -> str:
    """Return the verdicts on claims as HTML for notebooks."""
    from shadowline.study.notebook import verdict_table

    return verdict_table(results)
