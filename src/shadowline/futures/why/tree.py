"""The causal tree of one future: first causes at the roots, headline events in it, and everything without consequence folded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from shadowline.futures.why.events import told
from shadowline.futures.why.focus import HEADLINE, focus_of, weights
from shadowline.futures.why.words import Row, Tale, joined_names, say
from shadowline.futures.wording import Sentence, counted

if TYPE_CHECKING:
    from shadowline.engine.rows import Names

NOUNS: Final = {
    "attack": ("attack", "attacks"),
    "strike": ("strike", "strikes"),
    "line-crossed": ("crossing", "crossings"),
    "order": ("order", "orders"),
    "obedience": ("change of obedience", "changes of obedience"),
    "answer-decided": ("decision", "decisions"),
    "licence": ("licence", "licences"),
    "leader-death": ("death of a leader", "deaths of leaders"),
    "handler-removed": ("loss of a handler", "losses of handlers"),
    "group-leader-removed": ("loss of a group's leader", "losses of groups' leaders"),
    "open-war": ("war", "wars"),
    "succession": ("succession", "successions"),
}
LONG_RUN: Final = 3
"""Attacks in a row, one leading to the next, from which the middle is folded."""


@dataclass
class Node:
    """One event of the tree, or a fold of many.

    ``event`` is None for folds, whose events' numbers ``folds`` holds; ``is_headline`` marks the events that turned the future.
    """

    text: Sentence
    event: int | None = None
    is_headline: bool = False
    folds: tuple[int, ...] = ()
    children: list[Node] = field(default_factory=list)


def causal_tree(rows: list[Row], names: Names) -> list[Node]:
    """Return the roots of one future's causal tree.

    Headline events stand in it with all that led to them; what led nowhere is counted, the wars of the background once per adversary.

    Parameters
    ----------
    rows : list of dict
        All events of one future.
    names : Names
        The names of its scenario.
    """
    return _Forest(Tale(names, rows)).roots()


class _Forest:
    """What is needed while the tree grows: which events are kept, and what is folded under each."""

    def __init__(self, tale: Tale) -> None:
        self.tale = tale
        self.focus = focus_of(tale.names)
        self.headlines = {number for number, weight in weights(tale, self.focus).items() if weight >= HEADLINE}
        self.kept = self._with_causes()
        self.children: dict[int | None, list[int]] = {}
        self.folded: dict[int | None, list[Row]] = {}
        self._sort()

    def _with_causes(self) -> set[int]:
        """Return the headline events and everything that led to them."""
        kept: set[int] = set()
        for number in self.headlines:
            step: int | None = number
            while step is not None and step not in kept:
                kept.add(step)
                step = self.tale.by_number[step]["cause"]
        return kept

    def _sort(self) -> None:
        """Put every event under its nearest kept forebear: kept ones as children, the others folded."""
        nearest: dict[int, int | None] = {}
        for row in self.tale.rows:
            number, cause = row["event"], row["cause"]
            above = None if cause is None else (cause if cause in self.kept else nearest.get(cause))
            nearest[number] = above
            if number in self.kept:
                self.children.setdefault(above, []).append(number)
            elif not self.tale.is_recorded(row):
                self.folded.setdefault(above, []).append(row)

    def roots(self) -> list[Node]:
        """Return all roots: kept first causes, then what had no consequence, then the background."""
        nodes = [self._node(number) for number in self.children.get(None, [])]
        loose = self.folded.get(None, [])
        central = [row for row in loose if self._side(row) == self.focus.adversary]
        if central:
            nodes.append(_fold("… without further consequence: ", central))
        others = Counter(self._side(row) for row in loose)
        for side in [key for key, _ in others.most_common() if key != self.focus.adversary]:
            rows = [row for row in loose if self._side(row) == side]
            lead = f"… in the background, {self.tale.actor(side)}: " if side is not None else "… toward nobody in particular: "
            nodes.append(_fold(lead, rows))
        return nodes

    def _side(self, row: Row) -> str | None:
        """Return the adversary whose conflict an event belongs to."""
        adversaries = self.tale.names.adversaries
        about = self.tale.about(row) if row["kind"] == "obedience" else None
        sides = (row["target_owner"], about, row["actor"], row["target"])
        return next((str(side) for side in sides if side in adversaries), None)

    def _node(self, number: int) -> Node:
        """Return an event with all that is kept under it; a long run of attacks becomes its ends and a fold."""
        run = self._run(number)
        top = self._single(number)
        if len(run) <= LONG_RUN:
            self._hang(top, number)
            return top
        self._hang_folded(top, run[:1])
        middle = run[1:-1]
        fold = Node((f"… {counted(len(middle), 'attack')} …",), folds=tuple(middle))
        self._hang_folded(fold, middle)
        last = self._single(run[-1])
        self._hang(last, run[-1])
        fold.children.append(last)
        top.children.append(fold)
        return top

    def _run(self, number: int) -> list[int]:
        """Return the attacks that follow one another from here, each the only kept consequence of the one before."""
        run = [number]
        while self._is_link(run[-1]) and len(self.children.get(run[-1], [])) == 1:
            following = self.children[run[-1]][0]
            if not self._is_link(following):
                break
            run.append(following)
        return run

    def _is_link(self, number: int) -> bool:
        return self.tale.by_number[number]["kind"] == "attack" and number not in self.headlines

    def _single(self, number: int) -> Node:
        row = self.tale.by_number[number]
        text = say(self.tale.day(row), ": ", told(self.tale, row, dated=False), self.tale.past(row))
        return Node(text, number, number in self.headlines)

    def _hang(self, node: Node, number: int) -> None:
        """Hang what is kept under an event onto its node, and what is folded there."""
        node.children.extend(self._node(child) for child in self.children.get(number, []))
        self._hang_folded(node, [number])

    def _hang_folded(self, node: Node, numbers: list[int]) -> None:
        rows = [row for number in numbers for row in self.folded.get(number, [])]
        if rows:
            node.children.append(_fold("… ", rows))


def _fold(lead: str, rows: list[Row]) -> Node:
    """Return a node that counts events of each kind instead of showing them."""
    kinds = Counter(row["kind"] for row in rows)
    tally = joined_names(counted(count, *NOUNS[kind]) for kind, count in kinds.most_common())
    return Node((f"{lead}{tally} …",), folds=tuple(row["event"] for row in rows))


__all__ = ["Node", "causal_tree"]
