"""The page of a comparison: what each policy does, why and when futures part, who would regret what, and how to read it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from shadowline.futures.wording import Quote, Wording, capital, counted, day_text, whole
from shadowline.report import figures
from shadowline.report.again import compare_again
from shadowline.report.onepage import (
    drawn,
    made_rows,
    made_with,
    moving_parts,
    plain_data,
    render,
    said,
    shown,
    write_pictures,
)
from shadowline.report.study import comparison_words as words
from shadowline.report.study.tables import compared_measures, day_table, reason_table
from shadowline.scenario.experiments import AS_IT_IS
from shadowline.store import write_json, write_text
from shadowline.study.measures import LEVEL
from shadowline.study.wording import alarms, foremost, gain_sentence, matched, parted, parting_sentence, reach_sentences, war_sentence
from shadowline.study.wording import shown as named

if TYPE_CHECKING:
    from shadowline.report.figures import Picture
    from shadowline.study.compare import Comparison, Pair
    from shadowline.study.measures import Measure

PAGE, FACTS, STYLE = "comparison.html", "comparison-page.json", "study.css"
MOST_SENTENCES: Final = 3
MOST_REASONS: Final = 3


@dataclass(frozen=True)
class Gathered:
    """What a page of a comparison is made of."""

    facts: dict[str, Any]
    measures: dict[str, Measure]
    pictures: dict[str, Picture]


def write_comparison_page(
    comparison: Comparison, folder: Path | str, command: str | None = None, saved_in: Path | str | None = None
) -> Path:
    """Write the page of a comparison into a folder, with its pictures, their data, and its facts.

    Parameters
    ----------
    comparison : Comparison
        Policies played.
    folder : Path or str
        Where ``comparison.html``, ``comparison-page.json`` and ``figures/`` are written; made if missing.
    command : str, optional
        The command that makes the page again; by default the one that plays the same futures.
    saved_in : Path or str, optional
        The folder in which a reader finds the comparison saved; with it the page says how to see single futures.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    folder = Path(folder)
    gathered = gather(comparison, command or compare_again(comparison))
    drawings = drawn(gathered.pictures)
    text = render(
        "comparison.html.j2", facts=gathered.facts, pictures=shown(gathered.pictures, drawings),
        **moving_parts(gathered.pictures, STYLE), **_words(comparison, gathered, saved_in),
    )  # fmt: skip
    write_pictures(folder, gathered.pictures, drawings)
    write_json(folder / FACTS, plain_data(gathered.facts))
    write_text(folder / PAGE, text)
    return folder / PAGE


def gather(comparison: Comparison, command: str) -> Gathered:
    """Return facts and pictures of a comparison."""
    measures = compared_measures(comparison)
    facts = _facts(comparison, command)
    made = _pictures(comparison, measures, pd.DataFrame(facts["regrets"]))
    return Gathered(facts, measures, {picture.name: picture for picture in made})


def _facts(comparison: Comparison, command: str) -> dict[str, Any]:
    """Return the comparison's JSON with what else the page quotes."""
    document, model = comparison.scenario.document, comparison.arms[0].results.model
    effects = [effect for pair in comparison.pairs for effect in pair.effects.values() if effect.differing]
    return comparison.as_json() | {
        "title": document.title,
        "command": command,
        "first_day": str(document.as_of + timedelta(days=1)),
        "last_day": str(document.as_of + timedelta(days=model.days)),
        "counts": {
            "policies": len(comparison.pairs),
            "differences": len(effects),
            "standing_out": sum(effect.p < LEVEL for effect in effects),
            "by_chance": LEVEL * len(effects),
        },
        **made_with(comparison.scenario),
    }


def _pictures(comparison: Comparison, measures: dict[str, Measure], regrets: pd.DataFrame) -> list[Picture]:
    """Return the pictures that have something to show; ``regrets`` as of `Comparison.regrets`, which takes long to find."""
    table, runs = comparison.table, comparison.runs
    wording = Wording(comparison.arms[0].results.model.names)
    made = [*figures.effects_figures(table, measures), *figures.discordant_figures(table, measures, runs)]
    made.append(figures.partings_figure(day_table(comparison), reason_table(comparison), runs, comparison.arms[0].results.model.days))
    return [*made, *figures.regret_figures(regrets, measures, wording)]


def _words(comparison: Comparison, gathered: Gathered, saved_in: Path | str | None) -> dict[str, Any]:
    """Return everything that the page says."""
    facts, base = gathered.facts, comparison.arms[0]
    futures = f"{counted(comparison.runs, 'matched future')} of {counted(int(facts['horizon_days']), 'day')} for each policy"
    told = {(one.policy, one.outcome): one.sentence for one in matched(comparison)}
    return {
        "kind": "comparison",
        "title": facts["title"],
        "asked": "What would change it?",
        "played": f"as of {day_text(facts['as_of'])} · {futures}",
        "answer": said(words.answer(facts, comparison, gathered.measures)),
        "warnings": [f"{capital(alarm)}." for alarm in alarms(comparison)],
        "base": None if base.name == AS_IT_IS else {"name": named(base.name), "says": base.says},
        "policies": [_policy(comparison, n, told, saved_in) for n in range(len(comparison.pairs))],
        "regretted": said(words.regretted(facts, comparison)),
        "reading": [words.MATCHED, words.INTERVALS, words.COUNTING, *([words.REGRETS] if facts["regrets"] else [])],
        "tables": [_table(comparison, measure) for measure in gathered.measures.values() if _moves(comparison, measure)],
        "still": [measure.asks for measure in gathered.measures.values() if not _moves(comparison, measure)],
        "limits": said(words.limits(facts)),
        "made": made_rows(facts),
    }  # fmt: skip


def _policy(comparison: Comparison, n: int, told: dict[tuple[str, str], Any], saved_in: Path | str | None) -> dict[str, Any]:
    """Return what the page says of one policy."""
    pair, arm, path = comparison.pairs[n], comparison.arms[n + 1], f"pairs.{n}"
    wording = Wording(comparison.arms[0].results.model.names)
    document = comparison.scenario.document
    by = [document.policies[name].by for name in pair.changed.split("+") if name in document.policies]
    keys = [key for key in foremost(comparison, pair, len(pair.effects)) if (pair.changed, key) in told]
    gain, war = gain_sentence(pair, foremost(comparison, pair), path), war_sentence(comparison, pair, path)
    return {
        "id": pair.changed,
        "name": named(pair.changed),
        "says": arm.says,
        "by": " and ".join(wording.unique_actors([actor for actor in by if actor is not None])),
        "told": said([told[pair.changed, key] for key in keys[:MOST_SENTENCES]]),
        "parted": said([parted(pair, path, comparison.runs)])[0],
        "reasons": _reasons(pair, path, wording, saved_in),
        "reach": said(reach_sentences(wording, pair)),
        "gain": said([gain])[0] if gain else "",
        "war": said([war])[0] if war else "",
    }


def _reasons(pair: Pair, path: str, wording: Wording, saved_in: Path | str | None) -> list[dict[str, Any]]:
    """Return the commonest reasons for which the futures of one policy part, each with a future in which to see it."""
    rows = []
    for m, row in enumerate(pair.partings[""][:MOST_REASONS]):
        see = (
            ""
            if saved_in is None or m
            else shlex.join(["shadowline", "why", str(saved_in), "--run", str(row.example), "--pair", pair.changed])
        )
        place = f"{path}.partings..{m}"
        one = ("Future ", Quote(whole(row.example), row.example, f"{place}.example"), " is one.")
        rows.append({"said": said([parting_sentence(wording, row, place)])[0], "example": said([one])[0], "see": see})
    return rows


def _moves(comparison: Comparison, measure: Measure) -> bool:
    """Return whether any policy makes any difference to something."""
    return any(pair.effects[measure.key].differing for pair in comparison.pairs)


def _table(comparison: Comparison, measure: Measure) -> dict[str, Any]:
    """Return the numbers of one thing watched, policy by policy."""
    effects = [pair.effects[measure.key] for pair in comparison.pairs]
    first, unit = effects[0], f" {measure.unit}" if measure.unit else ""
    held = "as things are" if comparison.arms[0].name == AS_IT_IS else f"under {named(comparison.arms[0].name)}"
    level = words.level_quote(measure, first, "base", f"pairs.0.effects.{measure.key}")
    rows = []
    for n, (pair, effect) in enumerate(zip(comparison.pairs, effects, strict=True)):
        cells = words.effect_cells(measure, effect, f"pairs.{n}.effects.{measure.key}")
        rows.append({"policy": pair.changed, "faint": effect.p >= LEVEL} | {name: said([cell])[0] for name, cell in cells.items()})
    return {
        "asks": measure.asks,
        "level": said([(level, f"{unit} {held}")])[0],
        "counted": first.avoided is not None,
        "chance": measure.is_chance,
        "rows": rows,
    }
