"""Pages in one file: template, style and script read from ``page/``, pictures that come alive, their data, and what a page was made with.

A page needs no network and prints on A4 and Letter. Its pictures are SVG that become Plotly figures when pointed at; beside it lie every
picture as SVG, its data as CSV, and the facts that its text quotes as JSON.
"""

from __future__ import annotations

import base64
import gzip
import json
import math
import platform
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import numpy as np
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

import shadowline
from shadowline.engine.compiled import source_hash
from shadowline.futures.wording import Quote, Sentence, capital, marked
from shadowline.report.svg import draw_svg
from shadowline.store import write_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from shadowline.report.figures import Picture
    from shadowline.scenario.load import Scenario

FIGURES: Final = "figures"
DIGITS: Final = 6
FORMULA: Final = ("=", "+", "-", "@")
LIBRARIES: Final = ("numba", "numpy", "pandas", "plotly", "scipy")
KINDS_OF_EVIDENCE: Final = (
    "official count",
    "reference data",
    "peer-reviewed study",
    "press report",
    "judgement of an expert",
    "our judgement",
)


@dataclass(frozen=True)
class Shown:
    """A picture as a page needs it."""

    title: str
    caption: str
    svg: Markup
    csv: str


def part_of_page(name: str) -> str:
    """Return one of the files that pages are made of."""
    return (files("shadowline.report") / "page" / name).read_text(encoding="utf-8")


def render(template: str, **words: Any) -> str:  # noqa: ANN401 - whatever a template needs
    """Return a page, or a part of one, from a template of ``page/``."""
    room = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=FunctionLoader(part_of_page)
    )
    return room.get_template(template).render(**words)


def drawn(pictures: Mapping[str, Picture]) -> dict[str, str]:
    """Return every picture as SVG."""
    return {name: draw_svg(picture.figure) for name, picture in pictures.items()}


def write_pictures(folder: Path, pictures: Mapping[str, Picture], drawings: Mapping[str, str]) -> None:
    """Write every picture as SVG and its data as CSV into ``figures/``."""
    for name, picture in pictures.items():
        write_text(folder / FIGURES / f"{name}.svg", drawings[name])
        write_text(folder / FIGURES / f"{name}.csv", csv_of(picture))


def shown(pictures: Mapping[str, Picture], drawings: Mapping[str, str]) -> dict[str, Shown]:
    """Return every picture as a page needs it."""
    return {
        name: Shown(picture.title, picture.caption, Markup(drawings[name]), _data_link(picture))  # noqa: S704 - our own SVG, text escaped
        for name, picture in pictures.items()
    }


def moving_parts(pictures: Mapping[str, Picture], *styles: str) -> dict[str, Any]:
    """Return what a page needs beside its words: figures as JSON, Plotly packed, the script, and the style with further ``styles``."""
    from plotly.offline import get_plotlyjs

    packed = base64.b64encode(gzip.compress(get_plotlyjs().encode(), 9, mtime=0)).decode()
    style = "".join(part_of_page(name) for name in ("briefing.css", *styles))
    script = part_of_page("briefing.js")
    return {"figures": _figures(pictures), "plotly": packed, "style": Markup(style), "script": Markup(script)}  # noqa: S704 - our own


def _figures(pictures: Mapping[str, Picture]) -> Markup:
    """Return all figures as JSON that can stand inside a script element."""
    plain = {name: json.loads(picture.figure.to_json()) for name, picture in pictures.items()}
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


def csv_of(picture: Picture) -> str:
    """Return a picture's table as CSV; no cell of text can be taken for a formula by a spreadsheet."""
    table = picture.data.copy()
    for name in table.columns:
        if table[name].map(lambda cell: isinstance(cell, str)).any():
            table[name] = table[name].map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell)
    return str(table.to_csv(index=False, lineterminator="\n"))


def _data_link(picture: Picture) -> str:
    return "data:text/csv;base64," + base64.b64encode(csv_of(picture).encode()).decode()


def said(parts: Collection[Sentence]) -> list[Markup]:
    """Return sentences as a page shows them."""
    return [Markup(marked(part)) for part in parts]  # noqa: S704 - escaped where it is made


def under(sentences: Collection[Sentence], path: str) -> list[Sentence]:
    """Return sentences whose quotes lead into facts that stand under a path of other facts."""
    return [
        tuple(piece if isinstance(piece, str) else Quote(piece.text, piece.value, f"{path}.{piece.path}") for piece in sentence)
        for sentence in sentences
    ]


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


def made_with(scenario: Scenario) -> dict[str, Any]:
    """Return what a page was made with: the version, hashes of files and kernels, Python and its libraries."""
    return {
        "version": shadowline.__version__,
        "sources": {source.path.name: source.sha256 for source in scenario.sources},
        "kernels": source_hash(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def made_rows(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a page was made with, as rows of its last table."""
    rows = [("shadowline", facts["version"]), ("kernels", facts["kernels"]), ("seed", str(facts["seed"]))]
    rows += [("futures", f"{facts['runs']:,} of {facts['draws']:,} parameter draws"), ("as of", facts["as_of"])]
    rows += [("changed", f"{path} = {value}") for path, value in facts["changes"].items()]
    rows += [(f"SHA-256 of {name}", digest) for name, digest in facts["sources"].items()]
    libraries = ", ".join(f"{name} {number}" for name, number in facts["libraries"].items())
    return [*rows, ("made with", f"Python {facts['python']}, {libraries}")]


def evidence(scenario: Scenario, keys: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Return the evidence by strength, as the scenario orders it; with ``keys`` only these."""
    entries = scenario.document.evidence
    groups: dict[str, list[dict[str, str]]] = {}
    for key, entry in entries.items():
        if keys is not None and key not in keys:
            continue
        parent = entries.get(entry.in_) if entry.in_ else None
        source = _source(parent or entry) if parent is None else f"{_source(parent)}, {entry.at}" if entry.at else _source(parent)
        url = entry.url if entry.url and entry.url.startswith(("https://", "http://")) else ""
        host = urlsplit(url).hostname or ""
        groups.setdefault(entry.strength, []).append({"key": key, "says": entry.says, "source": source, "url": url, "host": host})
    return [{"strength": capital(strength), "entries": groups[strength]} for strength in KINDS_OF_EVIDENCE if strength in groups]


def _source(entry: Any) -> str:  # noqa: ANN401 - words grown at run time
    parts = [entry.author, f"“{entry.title}”" if entry.title else None, entry.outlet, str(entry.date) if entry.date else None]
    return ", ".join(part for part in parts if part)
