"""The briefing: one page that answers the question, shows when and why, and says how it is known and what is not.

The page is a single file of HTML that needs no network and prints on A4 and Letter. Pictures are SVG that come alive as Plotly figures when
pointed at. Beside it lie every picture as SVG, its data as CSV, and ``briefing.json``, the facts that the text quotes.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from shadowline.futures.run import policy_files
from shadowline.futures.wording import Quote, Sentence, Wording, amount, capital, counted, day_text, whole
from shadowline.report import sentences
from shadowline.report.again import words_again
from shadowline.report.facts import MOST_SUPPORTED, Gathered, gather
from shadowline.report.onepage import drawn, evidence, moving_parts, plain_data, render, said, shown, write_pictures
from shadowline.report.study.claims_page import CHAPTER, STYLE, claims_chapter
from shadowline.store import write_json, write_text

if TYPE_CHECKING:
    from shadowline.futures.results import Results
    from shadowline.report.study.claims_page import Chapter
    from shadowline.study.claims import ClaimResults

PAGE, FACTS = "briefing.html", "briefing.json"
WORTH_A_DATE = 0.001
"""Chance from which it makes sense to say when."""


def write_briefing(results: Results, folder: Path | str, command: str | None = None, claims: ClaimResults | None = None) -> Path:
    """Write the briefing of a run into a folder, with its pictures, their data, and its facts.

    Parameters
    ----------
    results : Results
        Played with ``diary=True``.
    folder : Path or str
        Where ``briefing.html``, ``briefing.json`` and ``figures/`` are written; made if missing.
    command : str, optional
        The command that makes the page again; by default the one that plays the same futures.
    claims : ClaimResults, optional
        Claims put to the test, which are told in a chapter of their own.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    InputError
        If the run kept no diary, or the folder cannot be written.
    """
    folder = Path(folder)
    gathered = gather(results, command or same_again(results))
    chapter = None if claims is None else claims_chapter(claims)
    if chapter is not None:
        gathered.facts[CHAPTER] = chapter.facts
        gathered.pictures.update(chapter.pictures)
    drawings = drawn(gathered.pictures)
    write_pictures(folder, gathered.pictures, drawings)
    write_json(folder / FACTS, plain_data(gathered.facts))
    write_text(folder / PAGE, page(results, gathered, drawings, chapter))
    return folder / PAGE


def same_again(results: Results) -> str:
    """Return the command that plays the same futures and writes the same page."""
    played = [] if results.policy is None else [results.policy, *map(str, policy_files(results.scenario))]
    policies = [word for name in played for word in ("--policy", name)]
    return shlex.join([*words_again("run", results.scenario, results.plan), *policies, "--report"])


def page(results: Results, gathered: Gathered, drawings: dict[str, str], chapter: Chapter | None = None) -> str:
    """Return the page as text; ``drawings`` holds every picture as SVG."""
    moving = moving_parts(gathered.pictures, *(() if chapter is None else (STYLE,)))
    return render(
        "briefing.html.j2", facts=gathered.facts, pictures=shown(gathered.pictures, drawings),
        chapter="" if chapter is None else chapter.html, **moving, **_words(results, gathered),
    )  # fmt: skip


def _words(results: Results, gathered: Gathered) -> dict[str, Any]:
    """Return everything that the page says."""
    facts, wording = gathered.facts, Wording(results.model.names)
    told = [
        {
            "heading": _heading(one.chosen.kind, facts["stories"][one.chosen.kind], facts["runs"]),
            "outcome": said(one.under(one.story.outcome)),
            "steps": [said(one.under(step)) for step in one.story.steps],
            "background": said(one.under(one.story.background)),
        }
        for one in gathered.told
    ]
    played = f"{counted(facts['runs'], 'future')} of {counted(facts['horizon_days'], 'day')}"
    return {
        "played": f"as of {day_text(facts['as_of'])} · {played}",
        "answer": said(sentences.answer_in_short(facts, wording)),
        "changes": facts["changes"],
        "rows": [_answer_row(facts, key) for key in facts["outcomes"]],
        "reading": sentences.READING,
        "choice": said(sentences.choice(facts)),
        "told": told,
        "hanging": said(sentences.hanging(facts)),
        "numbers": _numbers(results, wording),
        "known": said(sentences.known(facts, wording)),
        "checks": [_check_row(facts, n) for n in range(len(facts["support"]["checks"]))] if facts["support"] else [],
        "limits": said(sentences.limits(facts)),
        "grounds": said(sentences.grounds(facts)),
        "evidence": evidence(results.scenario),
        "made": _made(facts),
    }


def _heading(kind: str, one: dict[str, Any], runs: int) -> str:
    return f"{capital(kind)}: future {one['run']:,} ({one['rank']:,} of {runs:,} from the calmest)"


def _answer_row(facts: dict[str, Any], key: str) -> dict[str, Any]:
    """Return one row of the table of answers, its cells marked."""
    answer, path = facts["outcomes"][key], f"outcomes.{key}"
    quote = sentences.share_of if answer["kind"] == "probability" else sentences.amount_of
    unit = "" if answer["kind"] == "probability" else f" {answer['unit']}"
    spread: Sentence = ("certain",) if facts["certain"] else ("not resolved",)
    if answer["spread_low"] is not None and not facts["certain"]:
        spread = (quote(facts, f"{path}.spread_low"), " – ", quote(facts, f"{path}.spread_high"))
    dated = "median_date" in answer["when"] and answer["value"] >= WORTH_A_DATE
    half: Sentence = (sentences.short_day_of(facts, f"{path}.when.median_date"),) if dated else ("",)
    cells = {
        "value": (quote(facts, f"{path}.value"), unit), "spread": spread, "half": half,
        "error": (quote(facts, f"{path}.mc_low"), " – ", quote(facts, f"{path}.mc_high")),
    }  # fmt: skip
    return {"asks": answer["asks"]} | {name: said([cell])[0] for name, cell in cells.items()}


def _check_row(facts: dict[str, Any], n: int) -> dict[str, Any]:
    row, path = facts["support"]["checks"][n], f"support.checks.{n}"
    quote = sentences.amount_of
    cells: dict[str, Sentence] = {
        "recorded": (Quote(whole(round(row["recorded"])), row["recorded"], f"{path}.recorded"),),
        "median": (quote(facts, f"{path}.median"),),
        "range": (quote(facts, f"{path}.low"), " – ", quote(facts, f"{path}.high")),
    }
    return {"what": row["what"], "inside": "yes" if row["inside"] else "no"} | {name: said([cell])[0] for name, cell in cells.items()}


def _numbers(results: Results, wording: Wording) -> list[dict[str, Any]]:
    """Return the numbers that matter with their range over draws and what they rest on."""
    slots = {slot.path: slot for slot in results.model.slots}
    rows = []
    for mover in results.movers[:MOST_SUPPORTED]:
        low, high = np.quantile(results.model.values.columns[mover.path], [0.05, 0.95])
        because = list(getattr(slots[mover.path].number, "because", ()))
        rows.append({
            "says": wording.number(mover.path, mover.meaning), "path": mover.path, "range": f"{low:.3g} – {high:.3g}".replace("-", "−"),
            "judgement": mover.judgement, "because": because,
        })  # fmt: skip
    return rows


def _made(facts: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [("shadowline", facts["version"]), ("kernels", facts["kernels"]), ("seed", str(facts["seed"]))]
    rows += [("futures", f"{facts['runs']:,} of {facts['draws']:,} parameter draws"), ("as of", facts["as_of"])]
    rows += [(f"SHA-256 of {name}", digest) for name, digest in facts["sources"].items()]
    libraries = ", ".join(f"{name} {number}" for name, number in facts["libraries"].items())
    return [*rows, ("made with", f"Python {facts['python']}, {libraries}"), ("escalation margin", amount(facts["escalation_margin"]))]
