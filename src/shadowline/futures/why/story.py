"""The causal story of one future: what it came to, its turning points with their causes, and what lay between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.why.causes import chain
from shadowline.futures.why.focus import Focus, focus_of, weights
from shadowline.futures.why.outcomes import asked, came_to
from shadowline.futures.why.pauses import Pause, as_facts, pauses, tell_pause
from shadowline.futures.why.stretches import sum_up, tell_background, tell_before, tell_rest, tell_stretch, tell_whole
from shadowline.futures.why.turns import WORTH_ITS_ORIGIN, Manner, Turn, tell_turn, turns
from shadowline.futures.why.words import Decree, Row, Tale
from shadowline.futures.wording import Quote, Sentence, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shadowline.engine.rows import Names

MOST_SENTENCES: Final = 25
MOST_TURNS: Final = 14
SHORTEST_STRETCH: Final = 10
"""Days between two turning points from which they are summed up."""
MOST_BACKGROUND: Final = 3
LEAST_WEIGHT: Final = 25
"""Weight from which an event is a turning point; first strikes of a rung and changed orders reach it."""
FEWEST_TURNS: Final = 5
"""Turning points that a story has where lighter events have to serve, such as a repeated limited strike."""


@dataclass(frozen=True)
class Story:
    """A future told: sentences, and the facts under which every quoted number stands.

    Attributes
    ----------
    outcome : list of Sentence
        What the future came to.
    steps : list of list of Sentence
        How it came to that, in order of time: one step for each turning point and for each stretch between them.
    background : list of Sentence
        The fighting with other adversaries.
    facts : dict
        ``events`` (rows by number), ``outcomes``, ``questions``, ``whole``, ``before``, ``stretches``, ``rest``,
        ``told`` (the main events of the turning points), ``pauses``, ``background``, ``chains``.
    """

    outcome: list[Sentence]
    steps: list[list[Sentence]]
    background: list[Sentence]
    facts: dict[str, Any]

    @property
    def course(self) -> list[Sentence]:
        """The sentences of all steps."""
        return [sentence for step in self.steps for sentence in step]

    @property
    def sentences(self) -> list[Sentence]:
        """All sentences in their order."""
        return [*self.outcome, *self.course, *self.background]

    def as_text(self) -> str:
        """Return the story as paragraphs."""
        parts = (self.outcome, *self.steps, self.background)
        return "\n\n".join(" ".join(plain(sentence) for sentence in part) for part in parts if part)


def story(
    rows: list[Row], names: Names, outcomes: Mapping[str, Mapping[str, Any]], *, days: int, decrees: tuple[Decree, ...] = ()
) -> Story:
    """Tell one future in ten to 25 sentences; one in which hardly anything happens in fewer.

    Parameters
    ----------
    rows : list of dict
        All events of one future, its replayed past included, as `shadowline.futures.events.event_rows` returns them.
    names : Names
        The names of its scenario.
    outcomes : mapping
        What it came to by question: ``first_day`` and ``count``.
    days : int
        Days of the future.
    decrees : tuple of Decree
        Orders that a policy lays down.
    """
    tale, focus = Tale(names, rows, brief=True, decrees=decrees), focus_of(names)
    last = tale.as_of + timedelta(days=days)
    end = _end_of_peace(tale, focus, last)
    whole = sum_up(tale.played, focus.adversary, tale.offset_day(0), end)
    before, past = tell_before(tale, focus.adversary, _last_crossing(tale, focus))
    facts: dict[str, Any] = {"outcomes": dict(outcomes), "questions": asked(tale), "whole": whole, "before": past, "background": {}}
    opening = [*came_to(tale, outcomes), tell_whole(tale, whole, "whole", focus.adversary, war=end < last)]
    background = _background(tale, focus, last, facts["background"])
    found = pauses(tale, focus, end)
    facts["pauses"] = [as_facts(pause) for pause in found]
    room = MOST_SENTENCES - len(opening) - len(background) - (before is not None) - 1
    told = _course(tale, focus, found, end, room)
    steps, facts["stretches"], facts["rest"], facts["told"] = told.steps, told.stretches, told.rest(), sorted(told.told)
    left = tell_rest(tale, facts["rest"], focus.adversary)
    steps = [*steps, [left]] if left else steps
    course = [sentence for step in steps for sentence in step]
    facts["events"] = tale.by_number
    facts["chains"] = {number: {"between": len(chain(rows, number)) - 2} for number in _chained(course)}
    return Story(opening, [[before], *steps] if before is not None else steps, background, facts)


def _end_of_peace(tale: Tale, focus: Focus, last: date) -> date:
    """Return the last day of a future, or the day on which open war ended the part of it that is in focus."""
    wars = [row["date"] for row in tale.played if row["kind"] == "open-war" and row["target"] == focus.adversary]
    ends: list[date] = [last, *wars]
    return min(ends)


def resolve(facts: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Return the value that stands under a quote's path in a story's facts.

    Raises
    ------
    KeyError, IndexError
        If nothing stands there.
    """
    value: Any = facts
    for step in path.split("."):
        is_number = isinstance(value, list) or (step not in value and step.isdigit())
        value = value[int(step)] if is_number else value[step]
    return value


def _chained(sentences: list[Sentence]) -> set[int]:
    """Return the events whose chains some sentences measure."""
    paths = [part.path for sentence in sentences for part in sentence if isinstance(part, Quote)]
    return {int(path.split(".")[1]) for path in paths if path.startswith("chains.")}


def _last_crossing(tale: Tale, focus: Focus) -> Row | None:
    """Return the last recorded crossing of a line of the adversary in focus."""
    found = [row for row in tale.rows if row["kind"] == "line-crossed" and row["target"] == focus.adversary and tale.is_recorded(row)]
    return found[-1] if found else None


def _course(tale: Tale, focus: Focus, found: list[Pause], last: date, room: int) -> Course:
    """Return turning points and the stretches between them, woven.

    As many turning points as there is room for; where the gravest alone are too many, each is told more sparely.
    """
    candidates = [turn for turn in turns(tale, weights(tale, focus)) if turn.day <= last]
    for turn in candidates:
        turn.members = [row for row in turn.members if row["date"] <= last]
    by_weight = sorted(candidates, key=lambda turn: (-turn.weight, -turn.toll, turn.anchor["event"]))
    enough = sum(turn.weight >= LEAST_WEIGHT for turn in by_weight)
    by_weight = by_weight[: max(enough, FEWEST_TURNS)]
    grave = sum(turn.weight >= WORTH_ITS_ORIGIN for turn in by_weight)

    def course(count: int, full: int) -> Course:
        """Tell the weightiest turning points, the first ``full`` of them in full."""
        woven = Course(tale, focus, last)
        woven.weave(sorted(by_weight[:count], key=lambda turn: turn.anchor["event"]), found, by_weight[:full])
        return woven

    most = min(MOST_TURNS, len(by_weight))
    attempts = [(count, count) for count in range(most, min(grave, most) - 1, -1)]
    attempts += [(count, full) for count in range(min(grave, most), -1, -1) for full in range(count - 1, -1, -1)]
    return next((woven for woven in (course(*attempt) for attempt in attempts) if woven.length <= room), course(0, 0))


class Course:
    """The course of a future as it grows: turning points and pauses in order of time, with what lay between them summed up."""

    def __init__(self, tale: Tale, focus: Focus, last: date) -> None:
        self.tale, self.focus, self.last = tale, focus, last
        recorded = _last_crossing(tale, focus)
        tale.known.clear()
        tale.known.update(() if recorded is None else (recorded["event"],))
        self.steps: list[list[Sentence]] = []
        self.stretches: list[dict[str, Any]] = []
        self.told: set[int] = set()
        self._begin = tale.offset_day(0)
        self._lines: frozenset[str] = frozenset()

    @property
    def length(self) -> int:
        """Number of sentences so far."""
        return sum(len(step) for step in self.steps)

    def weave(self, chosen: list[Turn], found: list[Pause], full: list[Turn]) -> None:
        """Tell chosen turning points and pauses in order of time, those among ``full`` in full, the others sparely."""
        items: list[tuple[date, int, Turn | Pause]] = [(turn.day, 1, turn) for turn in chosen]
        items += [(pause.first, 0, pause) for pause in found]
        for count, (day, _, item) in enumerate(sorted(items, key=lambda entry: entry[:2])):
            self._bridge(day - timedelta(days=1))
            if isinstance(item, Pause):
                self.steps.append(tell_pause(self.tale, self.focus, item, found.index(item)))
                self._begin = max(self._begin, item.last + timedelta(days=1))
            else:
                self.steps.append(tell_turn(self.tale, self.focus, item, Manner(count, item in full, self._lines)))
                self.told.add(item.anchor["event"])
                self._lines = self._lines | item.lines
                self.tale.known.update(row["event"] for row in item.of("line-crossed"))
                self._begin = max(self._begin, day + timedelta(days=1))
        self._bridge(self.last)

    def rest(self) -> dict[str, Any]:
        """Return what happened on the days of no stretch and is told in no turning point."""
        spans = [(date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"])) for facts in self.stretches]
        first = self.tale.offset_day(0)
        left = [
            row
            for row in self.tale.played
            if row["event"] not in self.told and not any(begin <= row["date"] <= end for begin, end in spans)
        ]
        return sum_up(left, self.focus.adversary, first, self.last)

    def _bridge(self, until: date) -> None:
        """Sum up the days since the last turning point, if they are many."""
        if (until - self._begin).days + 1 < SHORTEST_STRETCH:
            return
        facts = sum_up(self.tale.played, self.focus.adversary, self._begin, until)
        self.steps.append([tell_stretch(self.tale, facts, len(self.stretches), self.focus.adversary)])
        self.stretches.append(facts)


def _background(tale: Tale, focus: Focus, last: date, facts: dict[str, Any]) -> list[Sentence]:
    """Return one sentence for each of the other adversaries that were attacked most, and keep their facts."""
    wars = {frozenset(war.between) for war in tale.names.document.wars}
    sums = {key: sum_up(tale.played, key, tale.offset_day(0), last) for key in tale.names.adversaries if key != focus.adversary}
    told = sorted((key for key in sums if sums[key]["attacks"]), key=lambda key: -sums[key]["attacks"])[:MOST_BACKGROUND]
    facts.update({key: sums[key] for key in told})
    return [
        tell_background(tale, sums[key], f"background.{key}", key, war=any(frozenset((key, proxy)) in wars for proxy in sums[key]["by"]))
        for key in told
    ]
