"""What a page says of policies compared: the answer in short, each policy, who would regret what, how to read it, and its limits.

Every number is a `Quote` whose path leads into the page's facts (see `shadowline.report.study.comparison_page`), which hold the JSON of
the comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.wording import Quote, Sentence, Wording, capital, counted, joined, whole
from shadowline.report.sentences import SEES_CLEARLY
from shadowline.report.study.claims_words import ORDERS
from shadowline.scenario.experiments import AS_IT_IS
from shadowline.study.measures import LEVEL, MINUS, believed, change_text, level_text, measure_of, places_for, regret_text
from shadowline.study.wording import shown, war_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shadowline.study.compare import Comparison
    from shadowline.study.effects import Effect
    from shadowline.study.measures import Measure

Facts = dict[str, Any]
MOST_ANSWERED: Final = 3
MOST_BEST: Final = 2
WORTH_NAMING: Final = 0.1
"""Share of beliefs from which a policy is named among the best."""

MATCHED: Final = (
    "Two matched futures share every draw of chance and every uncertain number. They part where the policy, or what follows from it, "
    "changes what somebody does; what is drawn after that is still the same where it is drawn for the same day and the same actor."
)
INTERVALS: Final = (
    "An interval is the Monte Carlo error (95 %) of the difference between matched futures, mostly smaller than that of futures with luck "
    "of their own. It says nothing of what is not known. Of that speaks the share of parameter draws, each a belief about the world, under "
    "which the difference is above zero, chance allowed for."
)
COUNTING: Final = (
    "Avoided: futures in which it happens without the policy and not with it. Caused: the other way round. Both are counted, so that a "
    "policy that avoids as many as it causes is told from one that does nothing."
)
REGRETS: Final = (
    "Regret is how much worse a policy does, for a side that minds something, than the best of those compared under the same belief. What "
    "each side minds is the scenario's own judgement, and meant to be changed."
)


def answer(facts: Facts, comparison: Comparison, measures: Mapping[str, Measure]) -> list[Sentence]:
    """Return the answer in short: what was played, what moves most, and what does nothing."""
    base = comparison.arms[0].name
    held = "left as they are" if base == AS_IT_IS else f"under {shown(base)}"
    played: Sentence = (
        Quote(counted(facts["counts"]["policies"], "policy", "policies"), facts["counts"]["policies"], "counts.policies"),
        " played on the same ",
        Quote(counted(facts["runs"], "future"), facts["runs"], "runs"),
        f", each held against the same future with things {held}.",
    )
    answered = _answered(comparison)
    parts = [played, *(_extremes(comparison, measures[key]) for key in answered), *_wars(comparison, answered)]
    idle = [pair.changed for pair in comparison.pairs if all(effect.p >= LEVEL for effect in pair.effects.values())]
    if idle:
        parts.append((f"Nothing watched differs beyond chance under {_names(idle)}.",))
    return parts


def _names(policies: list[str]) -> str:
    named = [shown(name) for name in policies]
    return ", ".join(named[:-1]) + " and " + named[-1] if len(named) > 1 else named[0]


def _answered(comparison: Comparison) -> list[str]:
    """Return what the answer speaks of: what some side minds, then the scenario's first questions, where some policy makes a difference."""
    minded = [key for key in comparison.questions if any(key in wishes for wishes in comparison.scenario.document.minds.values())]
    moved = [key for key in comparison.questions if any(pair.effects[key].p < LEVEL for pair in comparison.pairs)]
    return [key for key in dict.fromkeys([*minded, *comparison.questions]) if key in moved][:MOST_ANSWERED]


def _wars(comparison: Comparison, answered: list[str]) -> list[Sentence]:
    """Return the caution that goes with policies under which something answered is lowest, and which bring open war about."""
    effects = [[pair.effects[key] for pair in comparison.pairs] for key in answered]
    lowest = {min(range(len(row)), key=lambda n: row[n].difference) for row in effects if any(effect.difference < 0 for effect in row)}
    found: list[Sentence] = []
    for n in sorted(lowest):
        caution = war_sentence(comparison, comparison.pairs[n], f"pairs.{n}")
        if caution is not None:
            first = str(caution[0])
            found.append((f"Of {shown(comparison.pairs[n].changed)}, {first[:1].lower()}{first[1:]}", *caution[1:]))
    return found


def _extremes(comparison: Comparison, measure: Measure) -> Sentence:
    """Return a level without a policy, and under which policies it is lowest and highest."""
    effects = [pair.effects[measure.key] for pair in comparison.pairs]
    moved = [n for n, effect in enumerate(effects) if effect.p < LEVEL]
    low, high = min(moved, key=lambda n: effects[n].difference), max(moved, key=lambda n: effects[n].difference)
    ends = [(n, word) for n, word, sign in ((low, "lowest", -1), (high, "highest", 1)) if sign * effects[n].difference > 0]
    base = comparison.arms[0].name
    start = level_quote(measure, effects[low], "base", f"pairs.{low}.effects.{measure.key}")
    held = "as things are" if base == AS_IT_IS else f"under {shown(base)}"
    unit = f" {measure.unit}" if measure.unit else ""
    told: list[Sentence] = []
    for n, word in ends:
        path = f"pairs.{n}.effects.{measure.key}"
        changed = level_quote(measure, effects[n], "changed", path)
        told.append((f"; {word} under {shown(comparison.pairs[n].changed)}, ", changed, " (", *_gap(measure, effects[n], path), ")"))
    return (f"{capital(measure.subject)}: ", start, f"{unit} {held}", *(piece for part in told for piece in part), ".")


def level_quote(measure: Measure, effect: Effect, name: str, path: str) -> Quote:
    """Return one of two levels as a quote, without its unit."""
    value = getattr(effect, name)
    return Quote(level_text(measure, value, places_for(measure, effect.low, effect.high)), value, f"{path}.{name}")


def _gap(measure: Measure, effect: Effect, path: str) -> Sentence:
    """Return a difference with its interval."""
    gap, low, high = difference_quotes(measure, effect, path)
    return (gap, " points, " if measure.is_chance else ", ", low, " to ", high)


def difference_quotes(measure: Measure, effect: Effect, path: str) -> tuple[Quote, Quote, Quote]:
    """Return a difference and the ends of its interval as quotes."""
    places = places_for(measure, effect.low, effect.high)
    numbers = ((name, getattr(effect, name)) for name in ("difference", "low", "high"))
    gap, low, high = (Quote(change_text(measure, value, places), value, f"{path}.{name}") for name, value in numbers)
    return gap, low, high


def effect_cells(measure: Measure, effect: Effect, path: str) -> dict[str, Sentence]:
    """Return the cells of one row of the table of one thing watched."""
    changed: Sentence = (level_quote(measure, effect, "changed", path),)
    if effect.differing == 0:
        return {"changed": changed, "gap": ("none",)} | dict.fromkeys(("interval", "avoided", "caused", "up"), ("",))
    gap, low, high = difference_quotes(measure, effect, path)
    counts: dict[str, Sentence] = {
        name: ("",) if value is None else (Quote(whole(value), value, f"{path}.{name}"),)
        for name, value in (("avoided", effect.avoided), ("caused", effect.caused))
    }
    up: Sentence = ("",) if effect.up is None else (Quote(believed(effect.up), effect.up, f"{path}.up"),)
    levels: dict[str, Sentence] = {
        "changed": changed,
        "gap": (gap,),
        "interval": (low, " to ", high),
    }
    return levels | counts | {"up": up}


def regretted(facts: Facts, comparison: Comparison) -> list[Sentence]:
    """Return for everything that some side minds which policies are best for it, which it would regret, and what it could live with."""
    wording = Wording(comparison.arms[0].results.model.names)
    groups: dict[tuple[str, str], list[int]] = {}
    for n, row in enumerate(facts["regrets"]):
        groups.setdefault((row["actor"], row["outcome"]), []).append(n)
    return [_regret(facts, comparison, wording, key, rows) for key, rows in groups.items()]


def _regret(facts: Facts, comparison: Comparison, wording: Wording, key: tuple[str, str], rows: list[int]) -> Sentence:
    actor, watched = key
    model = comparison.arms[0].results.model
    measure = measure_of(model.names.document, watched, model.days)
    regrets = facts["regrets"]
    ranked = sorted(rows, key=lambda n: (-regrets[n]["best_in"], regrets[n]["mean_regret"]))
    best = [n for n in ranked if regrets[n]["best_in"] >= WORTH_NAMING][:MOST_BEST] or ranked[:1]
    named = [
        (f"{_arm(regrets[n]['policy'])} in ", Quote(believed(regrets[n]["best_in"]), regrets[n]["best_in"], f"regrets.{n}.best_in"))
        for n in best
    ]
    wants = {"fewer": "less", "more": "more"}[regrets[rows[0]]["wants"]]
    start = f"{capital(wording.actor(actor))} is taken to want {wants} of this: {measure.subject}. Nothing does better than "
    worst = max(rows, key=lambda n: regrets[n]["mean_regret"])
    found: list[str | Quote] = [start, *joined(named), " of beliefs"]
    if regrets[worst]["mean_regret"] > 0.0:
        regret = Quote(regret_text(measure, regrets[worst]["mean_regret"]), regrets[worst]["mean_regret"], f"regrets.{worst}.mean_regret")
        found += [f"; most regretted is {_arm(regrets[worst]['policy'])}, ", regret, " worse than the best on average"]
    return (*found, ".", *_content(facts, rows, best[0]), *_where(facts, wording, comparison, worst))


def _arm(name: str) -> str:
    return "things left as they are" if name == AS_IT_IS else shown(name)


def _content(facts: Facts, rows: list[int], best: int) -> Sentence:
    """Return in how many beliefs the level that a side can live with is kept, as things are and under the best policy."""
    regrets = facts["regrets"]
    if regrets[best]["content_in"] is None:
        return ()
    told = list(dict.fromkeys([rows[0], best]))
    parts = [
        (
            Quote(believed(regrets[n]["content_in"]), regrets[n]["content_in"], f"regrets.{n}.content_in"),
            f" under {_arm(regrets[n]['policy'])}",
        )
        for n in told
    ]
    return (" The level that it is taken to live with is kept in ", *joined(parts), ".")


def _where(facts: Facts, wording: Wording, comparison: Comparison, worst: int) -> Sentence:
    """Return the number with which a regret goes most, where one stands out."""
    row = facts["regrets"][worst]
    if row["regretted_where"] is None:
        return ()
    path = row["regretted_where"]
    meaning = next((slot.meaning for slot in comparison.arms[0].results.model.slots if slot.path == path), "")
    size = "large" if row["belief"] > 0 else "small"
    strength = Quote(f"{row['belief']:+.2f}".replace("-", MINUS), row["belief"], f"regrets.{worst}.belief")
    return (f" That regret is greatest where this is {size}: {wording.number(path, meaning)} (rank correlation ", strength, ").")


def limits(facts: Facts) -> list[Sentence]:
    """Return the limits of a comparison."""
    counts = facts["counts"]
    found: list[Sentence] = [
        (ORDERS,),
        ("A policy is a set of levers. Nothing here says that a side could carry it out, or what it would cost at home.",),
    ]
    if counts["differences"] > 1:
        found.append(
            (
                "Of ",
                Quote(counted(counts["differences"], "difference"), counts["differences"], "counts.differences"),
                " tested, about ",
                Quote(f"{counts['by_chance']:.0f}", counts["by_chance"], "counts.by_chance"),
                " would stand out by chance alone; ",
                Quote(whole(counts["standing_out"]), counts["standing_out"], "counts.standing_out"),
                " do.",
            )
        )
    return [*found, (SEES_CLEARLY,), ("Only what the scenario declares can happen, and only its own levers can be moved.",)]
