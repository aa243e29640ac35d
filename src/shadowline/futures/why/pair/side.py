"""One of two matched futures that are held against one another: what it is called, what it changes, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from shadowline.engine.tables import the_catalogue
from shadowline.futures.why.decrees import decrees
from shadowline.futures.why.words import Row, Tale
from shadowline.futures.wording import Quote, Sentence
from shadowline.scenario.experiments import AS_IT_IS, policy_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shadowline.futures.reload import SavedResults
    from shadowline.scenario.levers import Stage

SIDES: Final = ("left", "right")
"""Under which names the two stand in the facts: every quote's path begins with one of them, or with what the two share."""
LONGEST_NAME: Final = 40
MOST_PATHS: Final = 3
BESIDE: Final = {"title", "question", "evidence", "policies", "claims", "measures", "minds"}
"""Parts of a scenario that no number of a future comes from."""
EDITED: Final = "edited"
NOTHING: Final = "Everything is left as it is."


class Called(NamedTuple):
    """What one of two results is called: its name, its name as a heading, and as words that say where something happens."""

    name: str
    heading: str
    where: str


@dataclass(frozen=True)
class Side:
    """One future of two.

    Attributes
    ----------
    place : int
        0 on the left, 1 on the right.
    called : Called
        What it is called: by its policy, its change, or its folder.
    says : str
        What was done, in words.
    changes : dict of str to str
        What the command line changed, by path.
    moved : tuple of str
        Paths of everything that this side moves and the other leaves.
    tale : Tale
        Its events.
    outcomes : mapping
        What it came to by question.
    """

    place: int
    called: Called
    says: str
    policy: str | None
    changes: dict[str, str]
    moved: tuple[str, ...]
    tale: Tale
    outcomes: Mapping[str, Mapping[str, Any]]

    @property
    def key(self) -> str:
        """Under which name it stands in the facts."""
        return SIDES[self.place]

    @property
    def name(self) -> str:
        """Return what it is called."""
        return self.called.name

    @property
    def where(self) -> str:
        """Return what it is called in running text: ``under STAND-DOWN``."""
        return self.called.where

    @property
    def lead(self) -> str:
        """Return what it is called before a clause about it: ``under STAND-DOWN, ``."""
        return f"{self.where}, "

    def own(self, sentence: Sentence) -> Sentence:
        """Return a sentence about this future alone as one about the two: its quotes lead into this side's facts."""
        return tuple(Quote(part.text, part.value, f"{self.key}.{part.path}") if isinstance(part, Quote) else part for part in sentence)

    def moves(self, *keys: str | None) -> list[str]:
        """Return what it moves in these rows or under these names, or in the whole model."""
        wanted = {key for key in keys if key}
        return [path for path in self.moved if path.startswith("model.") or wanted & _row_and_name(path)]


def _row_and_name(path: str) -> set[str]:
    """Return the ids of the row that a path leads into, and the name of what it moves there."""
    parts = path.split(".")
    return {*parts[1].split(">"), parts[-1]} if len(parts) > 1 else set()


def sides(pair: tuple[SavedResults, SavedResults], rows: tuple[list[Row], list[Row]], run: int) -> tuple[Side, Side]:
    """Return two matched futures of two results folders; ``rows`` are their events."""
    called = _names(pair)
    moved = [_moved(saved, other) for saved, other in (pair, pair[::-1])]
    one, other = (
        Side(
            place,
            called[place],
            _says(saved, pair[1 - place]),
            saved.policy,
            dict(saved.scenario.changes),
            tuple(path for path, what in moved[place].items() if what == EDITED or moved[1 - place].get(path) != what),
            Tale(saved.model.names, rows[place], brief=True, decrees=decrees(saved.scenario.document, saved.policy, saved.outcomes(run))),
            saved.outcomes(run),
        )
        for place, saved in enumerate(pair)
    )
    return one, other


def _names(pair: tuple[SavedResults, SavedResults]) -> list[Called]:
    """Return what two results are called: by policy, else by what was changed, else by folder."""
    found = [_called(saved, other) for saved, other in (pair, pair[::-1])]
    if found[0].name == found[1].name:
        found = [_by_folder(saved.folder.resolve().name) for saved in pair]
    if found[0].name == found[1].name:
        found = [_by_folder(str(saved.folder)) for saved in pair]
    return found if found[0].name != found[1].name else [_by_folder(side) for side in SIDES]


def _called(saved: SavedResults, other: SavedResults) -> Called:
    own = _own_changes(saved, other)
    if saved.policy != other.policy or not own:
        return _by_policy(saved.policy)
    told = ", ".join(f"{path.partition('.')[2]} = {value}" for path, value in own.items())
    return Called(told, f"“{told}”", f"with “{told}”") if len(told) <= LONGEST_NAME else _by_folder(saved.folder.resolve().name)


def _by_policy(policy: str | None) -> Called:
    """Return what a policy is called, in capitals as wherever policies are compared."""
    if policy is None:
        return Called(AS_IT_IS, "As things are", "as things are")
    shown = policy.upper().replace("+", " + ")
    return Called(policy, shown, f"under {shown}")


def _by_folder(name: str) -> Called:
    return Called(name, f"“{name}”", f"in “{name}”")


def _own_changes(saved: SavedResults, other: SavedResults) -> dict[str, str]:
    """Return what the command line changed in one of two results and not, or otherwise, in the other."""
    return {path: value for path, value in saved.scenario.changes.items() if other.scenario.changes.get(path) != value}


def _says(saved: SavedResults, other: SavedResults) -> str:
    """Return in words what was done in one of two results."""
    policies = saved.scenario.document.policies
    parts = [policies[part].says for part in (saved.policy or "").split("+") if part in policies]
    own = [f"{path} = {value}" for path, value in _own_changes(saved, other).items()]
    parts += [f"Changed: {', '.join(own)}."] if own else []
    edited = _edited(saved, other)
    more = f" and {len(edited) - MOST_PATHS} more" if edited[MOST_PATHS:] else ""
    parts += [f"Its scenario is written otherwise: {', '.join(edited[:MOST_PATHS])}{more}."] if edited else []
    return " ".join(parts) if parts else NOTHING


def _edited(saved: SavedResults, other: SavedResults) -> list[str]:
    """Return in which fields two results' scenarios differ, if they were read from different files."""
    hashes = [set(one.manifest.get("sources", {}).values()) for one in (saved, other)]
    if hashes[0] == hashes[1]:
        return []
    mine, others = _fields(saved.scenario.data), _fields(other.scenario.data)
    changed = tuple(f"{path}." for path in {**saved.scenario.changes, **other.scenario.changes})
    return sorted(path for path in {*mine, *others} if mine.get(path) != others.get(path) and not f"{path}.".startswith(changed))


def _fields(data: object, path: str = "") -> dict[str, str]:
    """Return the fields of a scenario that the model is built from, by path."""
    if isinstance(data, dict):
        inner = [(str(key), value) for key, value in data.items() if path or key not in BESIDE]
    elif isinstance(data, list):
        inner = [(str(n), value) for n, value in enumerate(data)]
    else:
        return {path: str(data)}
    return {name: value for key, inside in inner for name, value in _fields(inside, f"{path}.{key}" if path else key).items()}


def _moved(saved: SavedResults, other: SavedResults) -> dict[str, str]:
    """Return everything that a policy, the command line or an edited file moves, with what becomes of it, by path."""
    found = {path: str(value) for path, value in saved.scenario.changes.items()}
    found |= dict.fromkeys(_edited(saved, other), EDITED)
    for stage in _stages(saved):
        when = (stage.start, stage.after, stage.last, stage.days)
        found |= {lever.path: f"{lever.way} {lever.value} {when}" for lever in stage.levers}
    return found


def _stages(saved: SavedResults) -> Iterable[Stage]:
    return policy_stages(saved.scenario.document, the_catalogue(), saved.policy) if saved.policy else ()


__all__ = ["SIDES", "Side", "sides"]
