"""Two matched futures as a whole: what each changes, until when they are the same, where and why they part, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from shadowline.errors import Code, InputError
from shadowline.futures.replay import played_again
from shadowline.futures.why.focus import focus_of
from shadowline.futures.why.outcomes import asked
from shadowline.futures.why.pair.answers import answers
from shadowline.futures.why.pair.course import Column, Passage, side_by_side
from shadowline.futures.why.pair.matching import abreast, happening, odd_events, same_again
from shadowline.futures.why.pair.parting import Apart, Future, as_json, parting
from shadowline.futures.why.pair.reasons import tell_parting
from shadowline.futures.why.pair.side import SIDES, Side, sides
from shadowline.futures.why.pair.tale import PairTale
from shadowline.futures.why.stretches import Summary, sum_up
from shadowline.futures.why.words import Tale, finished, number_text, say
from shadowline.futures.wording import Quote, Sentence, listed

if TYPE_CHECKING:
    from shadowline.engine.world import World
    from shadowline.futures.reload import SavedResults
    from shadowline.futures.why.focus import Focus
    from shadowline.futures.why.pair.answers import PairAnswer
    from shadowline.futures.why.words import Row

SHARED: Final = ("scenario", "seed", "runs", "draws", "futures_per_draw", "horizon_days")
LONG_AGAIN: Final = 7
"""Days to the end from which it is told that the two are the same again."""


@dataclass(frozen=True)
class PairStory:
    """Two matched futures told.

    Attributes
    ----------
    run, draw : int
        Which future, and its parameter draw.
    sides : pair of Side
        The two.
    apart : Apart or None
        Where they part, None where they never do.
    apart_in_focus : Apart or None
        Where they part in what the scenario's questions are about, if that is later.
    before : list of Sentence
        Until when they are the same, and what happened until then.
    partings : list of list of Sentence
        The act over which they part, and why; then the same of what the questions are about, if that is later; then from when they are
        the same again, if they are.
    passages : list of Passage
        Both futures from that day on, over the same days.
    answers : list of PairAnswer
        What each came to, question by question.
    facts : dict
        Everything that a quote's path leads into.
    """

    run: int
    draw: int
    sides: tuple[Side, Side]
    apart: Apart | None
    apart_in_focus: Apart | None
    before: list[Sentence]
    partings: list[list[Sentence]]
    passages: list[Passage]
    answers: list[PairAnswer]
    facts: dict[str, Any]

    @property
    def sentences(self) -> list[Sentence]:
        """All sentences in their order."""
        cells = [sentence for passage in self.passages for cell in passage.cells for sentence in cell]
        return [*self.before, *(sentence for told in self.partings for sentence in told), *cells]

    def days(self) -> list[tuple[date, list[tuple[Row | None, Row | None]]]]:
        """Return every day from the one on which the two part, with its events in pairs: see `abreast`."""
        if self.apart is None:
            return []
        since = self.apart.on
        rows = [[row for row in side.tale.played if row["date"] >= since] for side in self.sides]
        dates = sorted({row["date"] for side in rows for row in side})
        return [(day, abreast(*([row for row in side if row["date"] == day] for side in rows))) for day in dates]

    def odd(self, place: int) -> set[int]:
        """Return the numbers of one side's events that the other lacks, orders and obedience included."""
        return odd_events(self.sides[place].tale.rows, self.sides[1 - place].tale.rows)


def check_pair(left: SavedResults, right: SavedResults) -> None:
    """Refuse two results whose futures are not matched.

    Raises
    ------
    InputError
        NO_COMPARISON, with everything that differs.
    """
    shared = [(name.replace("_", " "), left.manifest.get(name), right.manifest.get(name)) for name in SHARED]
    shared.append(("as-of date", left.scenario.document.as_of, right.scenario.document.as_of))
    differ = [f"{name} ({one} and {other})" for name, one, other in shared if one != other]
    if not differ:
        ids = [_rows(saved) for saved in (left, right)]
        differ = [f"{table} ({listed(sorted(rows ^ ids[1][table]))})" for table, rows in ids[0].items() if rows != ids[1][table]]
    if differ:
        message = f"{left.folder} and {right.folder} do not share {listed(differ)}"
        raise InputError(Code.NO_COMPARISON, message, expected="two runs with the same scenario, --runs, --draws, --seed and --horizon")


def _rows(saved: SavedResults) -> dict[str, set[str]]:
    """Return who and what there is in a scenario: one written otherwise under the same name may have others."""
    document = saved.scenario.document
    fronts = {f"{front.proxy}>{front.target}" for front in document.fronts}
    return {"actors": set(document.actors), "targets": set(document.targets), "red lines": set(document.lines), "fronts": fronts}


def pair_story(left: SavedResults, right: SavedResults, run: int) -> PairStory:
    """Hold one future of some results against the same future of others.

    Parameters
    ----------
    left, right : SavedResults
        Two results of one scenario, seed and number of futures, under different policies or changes.
    run : int
        Number of the future.

    Raises
    ------
    InputError
        NO_COMPARISON if they are not matched; BAD_OPTION if there is no such run; CHANGED_RESULTS if today's replay is another future.
    """
    check_pair(left, right)
    rows = (left.replay(run), right.replay(run))
    one, other = sides((left, right), rows, run)
    focus = focus_of(left.model.names)
    futures = (_future(left, rows[0], run), _future(right, rows[1], run))
    morning = one.tale.offset_day(0)
    apart = parting(futures, morning, focus.adversary)
    central = parting(futures, morning, focus.adversary, alone=True) if apart is not None else None
    later = central if central is not None and apart is not None and central.on > apart.on else None
    last = one.tale.offset_day(left.model.days - 1)
    told = _Telling((one, other), focus, last)
    before = told.before(apart)
    partings = told.partings(apart, later)
    passages = told.passages(apart, later)
    return PairStory(
        run, left.draw(run), (one, other), apart, later, before, partings, passages, answers((one, other), left.model.days), told.facts
    )


def _future(saved: SavedResults, rows: list[Row], run: int) -> Future:
    """Return a future that can be looked at on the evening of any of its days."""
    as_of = saved.scenario.document.as_of

    @cache
    def evening(day: date) -> World:
        return played_again(saved.model, run, saved.draw(run), saved.seed, days=(day - as_of).days)

    return Future(saved.model.names, rows, evening)


class _Telling:
    """Two futures while they are told, with the facts that are gathered on the way."""

    def __init__(self, pair: tuple[Side, Side], focus: Focus, last: date) -> None:
        self.sides, self.focus, self.last = pair, focus, last
        self.facts: dict[str, Any] = {
            side.key: {"events": side.tale.by_number, "outcomes": dict(side.outcomes), "questions": asked(side.tale)} for side in pair
        }

    @property
    def tale(self) -> Tale:
        return self.sides[0].tale

    def before(self, apart: Apart | None) -> list[Sentence]:
        """Return until when the two are the same, what happened until then, and what differs in their replayed pasts."""
        until = self.last if apart is None else apart.on - timedelta(days=1)
        return [*self._past(), *self._same(apart, until), *self._tolls(until)]

    def _past(self) -> list[Sentence]:
        """Return how far the replayed pasts differ: changes of the scenario reach into them, policies do not."""
        pasts = [Counter(happening(row) for row in side.tale.rows if side.tale.is_recorded(row)) for side in self.sides]
        odd = (pasts[0] - pasts[1]) | (pasts[1] - pasts[0])
        if not odd:
            return []
        first = min(what[0] for what in odd)
        self.facts["past"] = {"differing": odd.total(), "first": str(first)}
        count = Quote(number_text(odd.total()), odd.total(), "past.differing")
        events = f" event{'s' if odd.total() > 1 else ''} of the time before the first day "
        how = "are not the same" if odd.total() > 1 else "is not the same"
        return [
            finished(count, events, f"{how} in both, since that time was played under what differs; the first is of ", self._day(first))
        ]

    def _day(self, day: date) -> Quote:
        return Quote(self.tale.day_text(day), str(day), "past.first")

    def _same(self, apart: Apart | None, until: date) -> list[Sentence]:
        """Return until when the two are the same, and what happened until then."""
        first = self.tale.offset_day(0)
        if until < first:
            return []
        adversary = self.focus.adversary
        facts = self.facts["same"] = sum_up(self.tale.played, adversary, first, until) | {"elsewhere": self._elsewhere(until)}
        summary = Summary(self.tale, facts, "same", adversary)
        whom, days = self.tale.actor(adversary), summary.counted("day", "days", "days")
        if apart is None:
            lead: Sentence = ("in them",)
        else:
            to = Quote(self.tale.day_text(until), str(until), "same.to")
            lead = say("until ", to, " both futures are the same, act for act: in ", days)
        if facts["attacks"]:
            met = say(
                f" {whom} met ", summary.counted("attack", "attacks", "attacks"), summary.by_whom(), summary.harm(), summary.crossings()
            )
        else:
            met = (f" nobody attacked {whom}",)
        strikes = summary.strikes()
        told = finished(lead, met, *(("; ", strikes) if strikes else ()), self._others())
        never = finished("the two futures never part: they are the same, act for act, on all ", days)
        return [never, told] if apart is None else [told]

    def _tolls(self, until: date) -> list[Sentence]:
        """Return what strikes killed in either future while both were the same otherwise, where that differs."""
        killed = [sum(row["killed"] for row in side.tale.played if row["kind"] == "strike" and row["date"] <= until) for side in self.sides]
        if killed[0] == killed[1]:
            return []
        self.facts["tolls"] = dict(zip(SIDES, killed, strict=True))
        told = [
            say(Quote(number_text(count), count, f"tolls.{side.key}"), f" people {side.where}")
            for side, count in zip(self.sides, killed, strict=True)
        ]
        return [finished("only the toll of strikes is not the same: they killed ", told[0], " and ", told[1])]

    def _elsewhere(self, until: date) -> int:
        """Return how many attacks others than the adversary in focus met until a day."""
        return sum(
            row["kind"] == "attack" and row["target_owner"] != self.focus.adversary and row["date"] <= until for row in self.tale.played
        )

    def _others(self) -> Sentence | None:
        count = self.facts["same"]["elsewhere"]
        if not count:
            return None
        return say("; others met ", Quote(number_text(count), count, "same.elsewhere"), f" attack{'s' if count > 1 else ''}")

    def partings(self, apart: Apart | None, later: Apart | None) -> list[list[Sentence]]:
        """Return the act over which the two part and why, and the first that concerns the adversary in focus if that comes later."""
        if apart is None:
            return []
        about = self.tale.actor(self.focus.adversary)
        self.facts |= as_json(apart)
        told = [tell_parting(PairTale(self.sides, apart, ""), about)]
        if later is not None:
            self.facts["in_focus"] = as_json(later)
            told.append(tell_parting(PairTale(self.sides, later, "in_focus.", is_later=True), about))
        again = self._again(apart)
        return [*told, again] if again else told

    def _again(self, apart: Apart) -> list[Sentence]:
        """Return from when the two are the same again, where they are for a while."""
        first = same_again((self.sides[0].tale.rows, self.sides[1].tale.rows), apart.on)
        left = (self.last - first).days + 1
        if left < LONG_AGAIN:
            return []
        self.facts["same_again"] = {"from": str(first), "days": left}
        day = Quote(self.tale.day_text(first), str(first), "same_again.from")
        days = Quote(number_text(left), left, "same_again.days")
        return [finished("from ", day, " on they are the same again, act for act, for the ", days, " days that are left")]

    def passages(self, apart: Apart | None, later: Apart | None) -> list[Passage]:
        """Return both futures over the same days from the day they part; none where they never do."""
        if apart is None:
            return []
        rows = [side.tale.rows for side in self.sides]
        one, other = (
            Column.of(side, self.focus, (apart.on, self.last), odd_events(rows[side.place], rows[1 - side.place])) for side in self.sides
        )
        told = side_by_side((one, other), self.last, None if later is None else later.on)
        for column in (one, other):
            self.facts[column.side.key] |= column.facts
        return told


__all__ = ["PairStory", "check_pair", "pair_story"]
