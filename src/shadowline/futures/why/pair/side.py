"""One of two matched futures that are held against one another: what it is called, what it changes, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from shadowline.engine.tables import the_catalogue
from shadowline.futures.why.words import Decree, Row, Tale
from shadowline.futures.wording import Quote, Sentence
from shadowline.scenario.experiments import AS_IT_IS, policy_stages
from shadowline.scenario.numbers import Number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shadowline.futures.reload import SavedResults
    from shadowline.scenario.levers import Stage

SIDES: Final = ("left", "right")
"""Under which names the two stand in the facts: every quote's path begins with one of them, or with what the two share."""
LONGEST_NAME: Final = 40
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
    moved = [_moved(saved) for saved in pair]
    one, other = (
        Side(
            place,
            called[place],
            _says(saved, pair[1 - place]),
            saved.policy,
            dict(saved.scenario.changes),
            tuple(path for path in moved[place] if moved[1 - place].get(path) != moved[place][path]),
            Tale(saved.model.names, rows[place], brief=True, decrees=decrees(saved, run)),
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
    parts += [f"{path} = {value}." for path, value in _own_changes(saved, other).items()]
    return " ".join(parts) if parts else NOTHING


def _moved(saved: SavedResults) -> dict[str, str]:
    """Return everything that a policy or the command line moves, with what becomes of it, by path."""
    found = {path: str(value) for path, value in saved.scenario.changes.items()}
    for stage in _stages(saved):
        when = (stage.start, stage.after, stage.last, stage.days)
        found |= {lever.path: f"{lever.way} {lever.value} {when}" for lever in stage.levers}
    return found


def _stages(saved: SavedResults) -> Iterable[Stage]:
    return policy_stages(saved.scenario.document, the_catalogue(), saved.policy) if saved.policy else ()


def decrees(saved: SavedResults, run: int) -> tuple[Decree, ...]:
    """Return the orders that are laid down in one future, by a policy or by the scenario, with the days on which they are in force."""
    names = saved.model.names
    morning = names.document.as_of + timedelta(days=1)
    found: list[Decree] = []
    for key in names.principals:
        order = names.document.actors[key].order
        if order is not None and isinstance(order.fixed, Number):
            found += [Decree(key, other, value, morning, None) for other in names.adversaries for value in _values(order.fixed)]
    for stage in _stages(saved):
        span = _span(stage, morning, saved.outcomes(run))
        for lever in stage.levers:
            if lever.name == "order" and isinstance(lever.value, Number) and span is not None:
                principal, adversary = lever.row.split(">")
                found += [Decree(principal, adversary, value, *span) for value in _values(lever.value)]
    return tuple(found)


def _span(stage: Stage, morning: date, outcomes: Mapping[str, Mapping[str, Any]]) -> tuple[date, date | None] | None:
    """Return the first and the last day of a stage in one future; None where what it waits for never happens."""
    first = stage.start or morning
    if stage.after is not None:
        happened = outcomes[stage.after]["first_day"]
        if happened is None:
            return None
        first = morning + timedelta(days=int(happened) + 1)
    return first, stage.last if stage.days is None else first + timedelta(days=stage.days - 1)


def _values(number: Number) -> list[float]:
    """Return what a certain number is; an uncertain one has no value of its own."""
    return [float(number.middle())] if number.is_certain else []


__all__ = ["SIDES", "Side", "decrees", "sides"]
