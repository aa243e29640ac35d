"""Two matched futures told side by side from the day they part: the same days on both sides, so that one can be read against the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.why.causes import chain
from shadowline.futures.why.focus import HEADLINE, Focus, weights
from shadowline.futures.why.pauses import Pause, as_facts, pauses, tell_pause
from shadowline.futures.why.stretches import sum_up, tell_background, tell_rest, tell_stretch, tell_whole
from shadowline.futures.why.turns import Manner, Turn, tell_turn, turns
from shadowline.futures.wording import Quote, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from shadowline.futures.why.pair.side import Side

MOST_TURNS: Final = 6
"""Turning points chosen on each side; on their days the other side is told too."""
MOST_FULL: Final = 3
"""Of them, those told with where they came from and what followed."""
LEAST_WEIGHT: Final = 25
SHORTEST_STRETCH: Final = 7
"""Days between two turning points from which both sides are summed up."""
MOST_BACKGROUND: Final = 3


@dataclass(frozen=True)
class Passage:
    """The same days on both sides: ``first`` to ``last``, both None for what has no days of its own; ``cells`` what each side says."""

    heading: str
    first: date | None
    last: date | None
    cells: tuple[list[Sentence], list[Sentence]]


@dataclass
class Column:
    """One side while it is told: its turning points and pauses, what was told, and the facts that its quotes lead into."""

    side: Side
    focus: Focus
    since: date
    last: date
    found: list[Pause] = field(default_factory=list)
    chosen: list[Turn] = field(default_factory=list)
    full: list[Turn] = field(default_factory=list)
    candidates: list[Turn] = field(default_factory=list)
    lines: set[str] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    spans: list[tuple[date, date]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=lambda: {"stretches": [], "background": {}})

    @classmethod
    def of(cls, side: Side, focus: Focus, span: tuple[date, date], odd: AbstractSet[int]) -> Column:
        """Return a side ready to be told from the first to the last day of a span; open war with the adversary in focus ends it early.

        ``odd`` holds the numbers of the events that the other side lacks: what both have has to weigh more to be told.
        """
        since, last = span
        tale = side.tale
        wars = [row["date"] for row in tale.played if row["kind"] == "open-war" and row["target"] == focus.adversary]
        end = min([last, *wars])
        column = cls(side, focus, since, end)
        column.found = pauses(tale, focus, end)
        column.facts["pauses"] = [as_facts(pause) for pause in column.found]
        column.candidates = [turn for turn in turns(tale, weights(tale, focus)) if since <= turn.day <= end]
        for turn in column.candidates:
            turn.members = [row for row in turn.members if row["date"] <= end]
        by_weight = sorted(column.candidates, key=lambda turn: (-turn.weight, -turn.toll, turn.anchor["event"]))
        column.chosen = [turn for turn in by_weight if turn.weight >= (LEAST_WEIGHT if _is_own(turn, odd) else HEADLINE)][:MOST_TURNS]
        column.full = column.chosen[:MOST_FULL]
        return column

    def day(self, day: date, frame: int) -> list[Sentence]:
        """Tell the turning points of one day; nothing where there was none."""
        sentences: list[Sentence] = []
        for turn in self.candidates:
            if turn.day == day and _is_told(turn):
                sentences += tell_turn(self.side.tale, self.focus, turn, Manner(frame, turn in self.full, frozenset(self.lines)))
                self.lines |= turn.lines
                self.told.add(turn.anchor["event"])
                self.side.tale.known.update(row["event"] for row in turn.of("line-crossed"))
        return sentences + self._pauses(day, day)

    def stretch(self, first: date, last: date, number: int) -> list[Sentence]:
        """Sum up some days, and tell the long pauses that begin in them; both sides keep the same number."""
        end = min(last, self.last)
        stretches = self.facts["stretches"]
        stretches.extend({} for _ in range(number + 1 - len(stretches)))
        if end < first:
            return []
        facts = sum_up(self.side.tale.played, self.focus.adversary, first, end)
        stretches[number] = facts
        self.spans.append((first, end))
        return [tell_stretch(self.side.tale, facts, number, self.focus.adversary), *self._pauses(first, last)]

    def _pauses(self, first: date, last: date) -> list[Sentence]:
        """Tell the long pauses that begin on some days; one that had begun when the two parted is told with the first of them."""
        told: list[Sentence] = []
        for number, pause in enumerate(self.found):
            if first <= max(pause.first, self.since) <= last and pause.last >= self.since:
                told += tell_pause(self.side.tale, self.focus, pause, number)
        return told

    def whole(self) -> list[Sentence]:
        """Sum up everything from the day the two part."""
        tale, adversary = self.side.tale, self.focus.adversary
        self.facts["whole"] = sum_up(tale.played, adversary, self.since, self.last)
        return [tell_whole(tale, self.facts["whole"], "whole", adversary, war=self._is_cut_short)]

    @property
    def _is_cut_short(self) -> bool:
        return any(row["date"] == self.last and row["kind"] == "open-war" for row in self.side.tale.played)

    def rest(self) -> list[Sentence]:
        """Sum up what no passage told."""
        left = [
            row
            for row in self.side.tale.played
            if row["date"] >= self.since
            and row["event"] not in self.told
            and not any(begin <= row["date"] <= end for begin, end in self.spans)
        ]
        self.facts["rest"] = sum_up(left, self.focus.adversary, self.since, self.last)
        self.facts["told"] = sorted(self.told)
        sentence = tell_rest(self.side.tale, self.facts["rest"], self.focus.adversary)
        return [sentence] if sentence else []

    def background(self, last: date) -> dict[str, Sentence]:
        """Return what the other adversaries met, by adversary, most attacked first."""
        tale = self.side.tale
        wars = {frozenset(war.between) for war in tale.names.document.wars}
        sums = {key: sum_up(tale.played, key, self.since, last) for key in tale.names.adversaries if key != self.focus.adversary}
        found = {}
        for key in sorted((key for key in sums if sums[key]["attacks"]), key=lambda key: -sums[key]["attacks"])[:MOST_BACKGROUND]:
            self.facts["background"][key] = sums[key]
            is_war = any(frozenset((key, proxy)) in wars for proxy in sums[key]["by"])
            found[key] = tell_background(tale, sums[key], f"background.{key}", key, war=is_war)
        return found


def _is_own(turn: Turn, odd: AbstractSet[int]) -> bool:
    """Return whether the other side lacks a turning point, or something that came of it."""
    return any(row["event"] in odd for row in (turn.anchor, *turn.members))


def _is_told(turn: Turn) -> bool:
    """Return whether a turning point is told on a day that is told for another: a change of obedience by itself is not."""
    return turn.weight >= LEAST_WEIGHT or turn.anchor["kind"] != "obedience"


def side_by_side(columns: tuple[Column, Column], last: date, anew: date | None = None) -> list[Passage]:
    """Return two futures as passages over the same days: turning points, the stretches between them, and what is left.

    Parameters
    ----------
    columns : pair of Column
        Both sides.
    last : date
        The last day of both.
    anew : date, optional
        A day on which a new stretch begins: the one from which the two differ in what the questions are about.
    """
    since = columns[0].since
    passages = [_passage(columns, "in all", since, last, [column.whole() for column in columns])]
    days = sorted({turn.day for column in columns for turn in column.chosen})
    begin, stretches = since, 0
    for frame, day in enumerate([*days, last + timedelta(days=1)]):
        for first, end in _stretches(begin, day - timedelta(days=1), anew):
            passages.append(_passage(columns, "", first, end, [column.stretch(first, end, stretches) for column in columns]))
            stretches += 1
        if day <= last:
            passages.append(_passage(columns, "", day, day, [column.day(day, frame) for column in columns]))
        begin = day + timedelta(days=1)
    passages.append(_passage(columns, "all other days", None, None, [column.rest() for column in columns]))
    passages += _backgrounds(columns, last)
    for column in columns:
        rows = column.side.tale.rows
        sentences = [sentence for passage in passages for sentence in passage.cells[column.side.place]]
        column.facts["chains"] = {str(number): {"between": len(chain(rows, number)) - 2} for number in _chained(column.side, sentences)}
    return [passage for passage in passages if any(passage.cells)]


def _stretches(begin: date, end: date, anew: date | None) -> list[tuple[date, date]]:
    """Return the stretches between two turning points that are long enough to be summed up."""
    cut = anew is not None and begin < anew <= end
    spans = [(begin, anew - timedelta(days=1)), (anew, end)] if cut and anew is not None else [(begin, end)]
    return [(first, last) for first, last in spans if (last - first).days + 1 >= SHORTEST_STRETCH]


def _passage(columns: tuple[Column, Column], heading: str, first: date | None, last: date | None, told: list[list[Sentence]]) -> Passage:
    one, other = ([column.side.own(sentence) for sentence in cell] for column, cell in zip(columns, told, strict=True))
    return Passage(heading, first, last, (one, other))


def _backgrounds(columns: tuple[Column, Column], last: date) -> list[Passage]:
    """Return what the other adversaries met on both sides, one passage for each of them."""
    found = [column.background(last) for column in columns]
    keys = list(dict.fromkeys(key for side in found for key in side))
    return [_passage(columns, "in the background", None, None, [[side[key]] if key in side else [] for side in found]) for key in keys]


def _chained(side: Side, sentences: Iterable[Sentence]) -> set[int]:
    """Return the events whose chains some sentences measure."""
    paths = [part.path.split(".") for sentence in sentences for part in sentence if isinstance(part, Quote)]
    return {int(path[2]) for path in paths if path[:2] == [side.key, "chains"]}


__all__ = ["Column", "Passage", "side_by_side"]
