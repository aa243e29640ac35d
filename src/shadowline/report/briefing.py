"""The briefing: one page that answers the question, shows when and why, and says how it is known and what is not.

The page is a single file of HTML that needs no network and prints on A4 and Letter. Pictures are SVG that come alive as Plotly figures when
pointed at. Beside it lie every picture as SVG, its data as CSV, and ``briefing.json``, the facts that the text quotes.
"""

from __future__ import annotations

import base64
import gzip
import json
import math
import shlex
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from shadowline.futures.wording import Quote, Sentence, Wording, amount, capital, counted, day_text, marked, whole
from shadowline.report import sentences
from shadowline.report.facts import MOST_SUPPORTED, Gathered, gather
from shadowline.report.svg import draw_svg
from shadowline.scenario.load import LIBRARY, read_merged
from shadowline.store import write_json, write_text

if TYPE_CHECKING:
    from shadowline.futures.results import Results
    from shadowline.report.figures import Picture

PAGE, FACTS, FIGURES = "briefing.html", "briefing.json", "figures"
DIGITS = 6
FORMULA = ("=", "+", "-", "@")
WORTH_A_DATE = 0.001
"""Chance from which it makes sense to say when."""
KINDS_OF_EVIDENCE = ("official count", "reference data", "peer-reviewed study", "press report", "judgement of an expert", "our judgement")


@dataclass(frozen=True)
class _Shown:
    """A picture as the page needs it."""

    title: str
    caption: str
    svg: Markup
    csv: str


def write_briefing(results: Results, folder: Path | str, command: str | None = None) -> Path:
    """Write the briefing of a run into a folder, with its pictures, their data, and its facts.

    Parameters
    ----------
    results : Results
        Played with ``diary=True``.
    folder : Path or str
        Where ``briefing.html``, ``briefing.json`` and ``figures/`` are written; made if missing.
    command : str, optional
        The command that makes the page again; by default the one that plays the same futures.

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
    drawn = {name: draw_svg(picture.figure) for name, picture in gathered.pictures.items()}
    for name, picture in gathered.pictures.items():
        write_text(folder / FIGURES / f"{name}.svg", drawn[name])
        write_text(folder / FIGURES / f"{name}.csv", _csv(picture))
    write_json(folder / FACTS, plain_data(gathered.facts))
    write_text(folder / PAGE, page(results, gathered, drawn))
    return folder / PAGE


def same_again(results: Results) -> str:
    """Return the command that plays the same futures and writes the same page."""
    plan, document = results.plan, results.scenario.document
    source = results.scenario.sources[0].path
    name = source.stem if source.parent == LIBRARY else str(source)
    words = ["shadowline", "run", name, "--runs", str(plan.runs), "--seed", str(plan.seed)]
    if plan.draws is not None:
        words += ["--draws", str(plan.draws)]
    if plan.horizon is not None:
        words += ["--horizon", f"{plan.horizon}d"]
    if str(read_merged(source)[1]["as_of"]) != str(document.as_of):
        words += ["--as-of", str(document.as_of)]
    for path, value in results.scenario.changes.items():
        words += ["--set", f"{path}={value}"]
    return shlex.join([*words, "--report"])


def plain_data(value: Any) -> Any:  # noqa: ANN401 - nested facts
    """Return facts as plain JSON data: dates as text, NumPy's numbers as Python's, what is not a number as null."""
    if isinstance(value, dict):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_data(item) for item in value]
    if isinstance(value, (np.bool_, np.integer, np.floating)):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, date) else value


def page(results: Results, gathered: Gathered, drawn: dict[str, str]) -> str:
    """Return the page as text; ``drawn`` holds every picture as SVG."""
    from plotly.offline import get_plotlyjs

    room = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    resources = files("shadowline.report") / "page"
    read = {name: (resources / f"briefing.{name}").read_text(encoding="utf-8") for name in ("html.j2", "css", "js")}
    shown = {
        name: _Shown(picture.title, picture.caption, Markup(drawn[name]), _data_link(picture))  # noqa: S704 - our own SVG, its text escaped
        for name, picture in gathered.pictures.items()
    }
    packed = base64.b64encode(gzip.compress(get_plotlyjs().encode(), 9, mtime=0)).decode()
    return room.from_string(read["html.j2"]).render(
        facts=gathered.facts, pictures=shown, figures=_figures(gathered), plotly=packed, style=Markup(read["css"]),  # noqa: S704 - our own
        script=Markup(read["js"]), **_words(results, gathered),  # noqa: S704 - our own
    )  # fmt: skip


def _figures(gathered: Gathered) -> Markup:
    """Return all figures as JSON that can stand inside a script element."""
    plain = {name: json.loads(picture.figure.to_json()) for name, picture in gathered.pictures.items()}
    for figure in plain.values():
        figure["layout"].pop("template", None)
    return Markup(json.dumps(_rounded(plain), separators=(",", ":")).replace("<", "\\u003c"))  # noqa: S704 - JSON in which nothing opens a tag


def _rounded(value: Any) -> Any:  # noqa: ANN401 - nested JSON
    """Return JSON data with numbers cut to six digits, which is finer than a pixel."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def _csv(picture: Picture) -> str:
    """Return a picture's table as CSV; no cell of text can be taken for a formula by a spreadsheet."""
    table = picture.data.copy()
    for name in table.columns:
        if table[name].map(lambda cell: isinstance(cell, str)).any():
            table[name] = table[name].map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell)
    return str(table.to_csv(index=False, lineterminator="\n"))


def _data_link(picture: Picture) -> str:
    return "data:text/csv;base64," + base64.b64encode(_csv(picture).encode()).decode()


def _said(parts: list[Sentence]) -> list[Markup]:
    return [Markup(marked(part)) for part in parts]  # noqa: S704 - escaped where it is made


def _words(results: Results, gathered: Gathered) -> dict[str, Any]:
    """Return everything that the page says."""
    facts, wording = gathered.facts, Wording(results.model.names)
    told = [
        {
            "heading": _heading(one.chosen.kind, facts["stories"][one.chosen.kind], facts["runs"]),
            "outcome": _said(one.under(one.story.outcome)),
            "steps": [_said(one.under(step)) for step in one.story.steps],
            "background": _said(one.under(one.story.background)),
        }
        for one in gathered.told
    ]
    played = f"{counted(facts['runs'], 'future')} of {counted(facts['horizon_days'], 'day')}"
    return {
        "played": f"as of {day_text(facts['as_of'])} · {played}",
        "answer": _said(sentences.answer_in_short(facts, wording)),
        "changes": facts["changes"],
        "rows": [_answer_row(facts, key) for key in facts["outcomes"]],
        "reading": sentences.READING,
        "choice": _said(sentences.choice(facts)),
        "told": told,
        "hanging": _said(sentences.hanging(facts)),
        "numbers": _numbers(results, wording),
        "known": _said(sentences.known(facts, wording)),
        "checks": [_check_row(facts, n) for n in range(len(facts["support"]["checks"]))] if facts["support"] else [],
        "limits": _said(sentences.limits(facts)),
        "grounds": _said(sentences.grounds(facts)),
        "evidence": _evidence(results),
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
    return {"asks": answer["asks"]} | {name: _said([cell])[0] for name, cell in cells.items()}


def _check_row(facts: dict[str, Any], n: int) -> dict[str, Any]:
    row, path = facts["support"]["checks"][n], f"support.checks.{n}"
    quote = sentences.amount_of
    cells: dict[str, Sentence] = {
        "recorded": (Quote(whole(round(row["recorded"])), row["recorded"], f"{path}.recorded"),),
        "median": (quote(facts, f"{path}.median"),),
        "range": (quote(facts, f"{path}.low"), " – ", quote(facts, f"{path}.high")),
    }
    return {"what": row["what"], "inside": "yes" if row["inside"] else "no"} | {name: _said([cell])[0] for name, cell in cells.items()}


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


def _evidence(results: Results) -> list[dict[str, Any]]:
    """Return the evidence by strength, as the scenario orders it."""
    entries = results.scenario.document.evidence
    groups: dict[str, list[dict[str, str]]] = {}
    for key, entry in entries.items():
        parent = entries.get(entry.in_) if entry.in_ else None
        source = _source(parent or entry) if parent is None else f"{_source(parent)}, {entry.at}" if entry.at else _source(parent)
        url = entry.url if entry.url and entry.url.startswith(("https://", "http://")) else ""
        host = urlsplit(url).hostname or ""
        groups.setdefault(entry.strength, []).append({"key": key, "says": entry.says, "source": source, "url": url, "host": host})
    return [{"strength": capital(strength), "entries": groups[strength]} for strength in KINDS_OF_EVIDENCE if strength in groups]


def _source(entry: Any) -> str:  # noqa: ANN401 - words grown at run time
    parts = [entry.author, f"“{entry.title}”" if entry.title else None, entry.outlet, str(entry.date) if entry.date else None]
    return ", ".join(part for part in parts if part)


def _made(facts: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [("shadowline", facts["version"]), ("kernels", facts["kernels"]), ("seed", str(facts["seed"]))]
    rows += [("futures", f"{facts['runs']:,} of {facts['draws']:,} parameter draws"), ("as of", facts["as_of"])]
    rows += [(f"SHA-256 of {name}", digest) for name, digest in facts["sources"].items()]
    libraries = ", ".join(f"{name} {number}" for name, number in facts["libraries"].items())
    return [*rows, ("made with", f"Python {facts['python']}, {libraries}"), ("escalation margin", amount(facts["escalation_margin"]))]
