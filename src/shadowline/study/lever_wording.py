"""Levers in words: what a claim or a policy moves, whose it is, and what becomes of it, as the scenario says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from shadowline.engine.rows import Names
from shadowline.engine.tables import the_catalogue
from shadowline.futures.wording import Wording, listed, spoken
from shadowline.scenario.levers import FACTIONS, find_levers, read_stage
from shadowline.scenario.schema_study import WAYS
from shadowline.study.measures import MINUS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shadowline.scenario.levers import Lever, Stage
    from shadowline.scenario.schema import Document
    from shadowline.scenario.schema_study import ClaimWords, Moves

MOST_SAID: Final = 3
MOST_NAMED: Final = 2
SIGNS: Final = {"change": "=", "times": "×", "plus": "+"}
TO: Final = {"change": "set to", "times": "times", "plus": "changed by"}
WORDED: Final[dict[str, dict[str, str]]] = {
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


def lever_text(words: ClaimWords, most: int = 1) -> str:
    """Return what a claim moves as it is written: the first paths with their values, and how many more there are."""
    if words.policy is not None:
        return f"policy {words.policy}"
    return _written(words, most)


def _written(words: Moves, most: int) -> str:
    parts = written_texts(words)
    more = len(parts) - most
    return "; ".join(parts[:most]) + (f" (and {more} more)" if more > 0 else "")


def written_texts(words: Moves) -> list[str]:
    """Return everything that is moved as it is written, such as ``actors.*.growth × 5``."""
    return [
        f"{path} − {value[1:]}" if value.startswith("-") and way == "plus" else f"{path} {SIGNS[way]} {value}"
        for way, path, value in written(words)
    ]


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
    return _stage_text(document, stage)


def lever_name(document: Document, path: str) -> str:
    """Return what a path names in running text: what the number means, and whose it is."""
    spots = find_levers(document, the_catalogue(), path)
    table, _, name = spots[0]
    return _spot_text(document, table, name, [row for _, row, _ in spots])


def _stage_text(document: Document, stage: Stage) -> str:
    groups: dict[tuple[str, str, str, str], list[str]] = {}
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
    text = (f"{value.middle():g}" if value.is_certain else f"about {value.middle():.2g}").replace("-", MINUS)
    parameter = the_catalogue().get(lever.table, lever.name)
    unit = "" if parameter is None or lever.way == "times" else {"1/day": " a day", "day": " days"}.get(parameter.unit, "")
    return f"{TO[lever.way]} {text}{unit}"


def _spot_text(document: Document, table: str, name: str, rows: Sequence[str]) -> str:
    """Return one number of some rows in running text."""
    wording = Wording(Names(document))
    owners = list(dict.fromkeys(_owner(wording, table, row) for row in rows))
    whose = listed(owners if len(owners) <= MOST_NAMED else [*owners[:MOST_NAMED], "others"])
    if name in WORDED.get(table, {}):
        return WORDED[table][name].format(whose)
    parameter = the_catalogue().get(table, name)
    assert parameter is not None, "read before"  # noqa: S101 - for the type checker
    return f"“{parameter.meaning}”" + (f" ({whose})" if whose else "")


def _owner(wording: Wording, table: str, row: str) -> str:
    """Return whose a row is, in running text; nothing for the model as a whole."""
    parts = row.replace(">", " ").split()
    names: dict[str, Callable[[], str]] = {
        "model": lambda: "",
        "lines": lambda: f"“{wording.line(row)}”",
        "movements": lambda: spoken(row).title(),
        "theatres": lambda: spoken(row).title(),
        "bodies": lambda: wording.body(row),
        "targets": lambda: wording.target(row),
        "memberships": lambda: f"{wording.actor(parts[1])} in {wording.body(parts[0])}",
        "factions": lambda: f"{spoken(parts[1])} of {wording.actor(parts[0])}",
        "wishes": lambda: f"{spoken(parts[1])} of {wording.actor(parts[0])} about {wording.actor(parts[2])}",
        "fronts": lambda: f"{wording.actor(parts[0])} against {wording.target(parts[1])}",
        "dyads": lambda: f"{wording.actor(parts[0])} about {wording.actor(parts[1])}",
    }
    return names.get(table, lambda: " and ".join(wording.actor(part) for part in parts))()
