"""The page of claims put to the test, and the chapter of a briefing that tells the same in short."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from shadowline.futures.wording import capital, counted, day_text
from shadowline.report import figures
from shadowline.report.again import claims_again
from shadowline.report.figures.claims import LOOKS, verdict_name
from shadowline.report.onepage import (
    drawn,
    evidence,
    made_rows,
    made_with,
    moving_parts,
    plain_data,
    render,
    said,
    shown,
    under,
    write_pictures,
)
from shadowline.report.study import claims_words as words
from shadowline.report.study.tables import claim_table, claimed_measures
from shadowline.store import write_json, write_text
from shadowline.study.claim_wording import claim_sentences
from shadowline.study.lever_wording import written
from shadowline.study.verdicts import Verdict

if TYPE_CHECKING:
    from shadowline.futures.wording import Sentence
    from shadowline.report.figures import Picture
    from shadowline.study.claims import ClaimResult, ClaimResults

PAGE, FACTS, STYLE = "claims.html", "claims-page.json", "study.css"
CHAPTER: Final = "claims"
"""Under which name the facts of claims stand in those of a briefing."""
BECOMES: Final = {"change": "=", "times": "×", "plus": "+"}


@dataclass(frozen=True)
class Chapter:
    """The chapter on claims of a briefing: facts, pictures, and its HTML; it needs ``STYLE``."""

    facts: dict[str, Any]
    pictures: dict[str, Picture]
    html: Markup


def write_claims_page(results: ClaimResults, folder: Path | str, command: str | None = None) -> Path:
    """Write the page of claims put to the test into a folder, with its pictures, their data, and its facts.

    Parameters
    ----------
    results : ClaimResults
        Claims put to the test.
    folder : Path or str
        Where ``claims.html``, ``claims-page.json`` and ``figures/`` are written; made if missing.
    command : str, optional
        The command that makes the page again; by default the one that plays the same futures.

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
    facts, pictures = claims_facts(results, command or claims_again(results)), claims_pictures(results)
    drawings = drawn(pictures)
    text = render(
        "claims.html.j2", facts=facts, pictures=shown(pictures, drawings), **moving_parts(pictures, STYLE),
        **_words(results, facts),
    )  # fmt: skip
    write_pictures(folder, pictures, drawings)
    write_json(folder / FACTS, plain_data(facts))
    write_text(folder / PAGE, text)
    return folder / PAGE


def claims_chapter(results: ClaimResults) -> Chapter:
    """Return the chapter on claims of a briefing; the quotes in it lead under ``claims`` in the briefing's facts."""
    facts, pictures = claims_facts(results, claims_again(results)), claims_pictures(results)
    html = render(
        "claims_chapter.html.j2", pictures=shown(pictures, drawn(pictures)), command=facts["command"],
        tally=_chapter([*words.tally(facts), *words.contradicted(results), *words.turning(facts)]), warnings=_warnings(results),
        headlines=[_entry(results, n, CHAPTER) for n, claim in enumerate(results.claims) if claim.words.headline],
        experiment=words.EXPERIMENT, limit=words.IN_THE_MODEL,
        rules=[(name, _chapter([rule])[0]) for name, rule in words.verdict_rules(facts)],
    )  # fmt: skip
    return Chapter(facts, pictures, Markup(html))  # noqa: S704 - made by our own template


def _chapter(sentences: list[Sentence]) -> list[Markup]:
    return said(under(sentences, CHAPTER))


def claims_facts(results: ClaimResults, command: str) -> dict[str, Any]:
    """Return the JSON of the results with what else a page quotes."""
    found = results.as_json()
    swept = [claim.boundary for claim in results.claims if claim.boundary is not None]
    headlines = [claim for claim in results.claims if claim.words.headline]
    return found | {
        "title": results.scenario.document.title,
        "command": command,
        "rules": words.rules(),
        "headlines": {str(verdict): sum(claim.verdict is verdict for claim in headlines) for verdict in Verdict},
        "counts": {
            "claims": len(results.claims),
            "headlines": len(headlines),
            "swept": len(swept),
            "turning": sum(boundary.turns is not None for boundary in swept),
            "not_quoted": max(0, found["verdicts"][str(Verdict.CONTRADICTED)] - words.MOST_QUOTED),
        },
        **made_with(results.scenario),
    }


def claims_pictures(results: ClaimResults) -> dict[str, Picture]:
    """Return all claims at a glance, then one picture for each headline claim, by name."""
    measures = claimed_measures(results)
    made = figures.claims_figures(claim_table(results), measures)
    for claim in results.claims:
        if claim.words.headline:
            boundary = None if claim.boundary is None else claim.boundary.as_json()
            made.append(figures.headline_figure(claim.as_json(), claim.means, boundary, measures[claim.words.watch], claim.words.within))
    return {picture.name: picture for picture in made}


def _warnings(results: ClaimResults) -> list[str]:
    return [f"{capital(warning)}." for warning in results.warnings]


def _words(results: ClaimResults, facts: dict[str, Any]) -> dict[str, Any]:
    """Return everything that the page says."""
    numbered = list(enumerate(results.claims))
    answer = [*words.tally(facts), *words.headlines(facts), *words.contradicted(results), *words.turning(facts)]
    used = {key for claim in results.claims for key in claim.words.because}
    futures = f"{counted(facts['runs'], 'matched future')} of {counted(int(facts['horizon_days']), 'day')} for each change"
    return {
        "kind": "claims",
        "title": facts["title"],
        "asked": "Which claims hold up, and where do they turn?",
        "played": f"as of {day_text(facts['as_of'])} · {futures}",
        "answer": said(answer),
        "warnings": _warnings(results),
        "experiment": words.EXPERIMENT,
        "headlines": [_entry(results, n) for n, claim in numbered if claim.words.headline],
        "groups": [_group(results, verdict) for verdict in LOOKS if facts["verdicts"][str(verdict)]],
        "rules": [(name, said([rule])[0]) for name, rule in words.verdict_rules(facts)],
        "limits": said(words.limits(facts)),
        "evidence": evidence(results.scenario, used),
        "made": made_rows(facts),
    }  # fmt: skip


def _group(results: ClaimResults, verdict: Verdict) -> dict[str, Any]:
    """Return all claims of one verdict."""
    entries = [_entry(results, n) for n, claim in enumerate(results.claims) if claim.verdict is verdict]
    return {"kind": str(verdict).split()[0], "name": verdict_name(verdict), "entries": entries}


def _entry(results: ClaimResults, n: int, path: str | None = None) -> dict[str, Any]:
    """Return what the page says of one claim; ``path``: where the facts of claims stand, if not at the top."""
    claim = results.claims[n]
    sentences = claim_sentences(results, n)
    return {
        "id": claim.id,
        "row": claim.words.row,
        "says": claim.words.says,
        "kind": str(claim.verdict).split()[0],
        "told": said(sentences if path is None else under(sentences, path)),
        "could_fail": claim.words.could_fail,
        "identity": claim.words.identity,
        "because": list(claim.words.because),
        "levers": _levers(claim),
        "theory": None if claim.boundary is None else claim.boundary.theory,
        "picture": f"claim-{claim.id}" if claim.words.headline else None,
    }


def _levers(claim: ClaimResult) -> str:
    """Return what a claim moves, as the scenario writes it."""
    moves = claim.words
    given = (
        ""
        if moves.given is None
        else "given " + "; ".join(f"{path} {BECOMES[way]} {value}" for way, path, value in written(moves.given)) + ": "
    )
    if moves.policy is not None:
        return f"{given}policy {moves.policy}"
    return given + "; ".join(f"{path} {BECOMES[way]} {value}" for way, path, value in written(moves))
