"""What ``shadowline why --pair`` prints for people: two matched futures, side by side where there is room."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from shadowline.futures.why.events import tell_event
from shadowline.futures.wording import day_text, plain, short_day

if TYPE_CHECKING:
    from datetime import date

    from shadowline.futures.reload import SavedResults
    from shadowline.futures.why.pair.answers import PairAnswer
    from shadowline.futures.why.pair.course import Passage
    from shadowline.futures.why.pair.story import PairStory
    from shadowline.futures.why.words import Row
    from shadowline.futures.wording import Sentence

SIDE_BY_SIDE: Final = 120
"""Width from which the two stand side by side."""
WIDEST: Final = 170
WITHOUT_TERMINAL: Final = 110
DIFFERS: Final = "≠"
SAME: Final = "The same."


def pair_console() -> tuple[Console, bool]:
    """Return a console, and whether it has room for two columns; without a terminal it has not, unless COLUMNS says so."""
    console = Console(highlight=False)
    fixed = console.is_terminal or "COLUMNS" in os.environ
    console.width = min(console.width, WIDEST) if fixed else WITHOUT_TERMINAL
    return console, fixed and console.width >= SIDE_BY_SIDE


def print_pair(story: PairStory, saved: SavedResults, *, all_events: bool) -> None:
    """Print where two futures part and why, both from that day on, and what each came to."""
    console, is_wide = pair_console()
    _print_head(console, story, saved)
    for told in (story.before, *story.partings):
        if told:
            _print_paragraph(console, told)
    if all_events:
        _print_events(console, story, is_wide=is_wide)
    elif is_wide:
        _print_columns(console, story)
    else:
        _print_in_turn(console, story)
    _print_answers(console, story, is_wide=is_wide)


def _print_head(console: Console, story: PairStory, saved: SavedResults) -> None:
    """Print which two futures these are, and what each changes."""
    tale = story.sides[0].tale
    first, last = tale.offset_day(0), tale.offset_day(saved.model.days - 1)
    console.print(Text(saved.scenario.document.title, style="bold"))
    which = f"run {story.run:,} of {saved.runs:,}, parameter draw {story.draw:,}, seed {saved.seed}; {first} to {last}"
    console.print(Text(f"Two futures of the same luck: {which}", style="dim"))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=False, style="bold", max_width=console.width // 3)
    table.add_column()
    for side in story.sides:
        table.add_row(Text(side.called.heading), Text(side.says))
    console.print(table)
    console.print()


def _print_paragraph(console: Console, sentences: list[Sentence]) -> None:
    console.print(_text(sentences))
    console.print()


def _text(sentences: list[Sentence]) -> Text:
    return Text(" ".join(plain(sentence) for sentence in sentences))


def _when(passage: Passage) -> str:
    """Return the days of a passage, or what it is about."""
    if passage.first is None or passage.last is None:
        return passage.heading
    if passage.heading:
        return f"{passage.heading}, from {short_day(passage.first)}"
    return short_day(passage.first) if passage.first == passage.last else _span(passage.first, passage.last)


def _span(first: date, last: date) -> str:
    """Return the first and the last of some days, the year once where it is the same."""
    lead = short_day(first).removesuffix(f" {first.year}") if first.year == last.year else short_day(first)
    return f"{lead} to {short_day(last)}"


def _is_same(passage: Passage) -> bool:
    """Return whether both sides say the same."""
    one, other = (_text(cell).plain for cell in passage.cells)
    return bool(one) and one == other


def _columns(story: PairStory) -> Table:
    """Return an empty table with a column of days and one for each side."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", width=13, style="dim")
    for side in story.sides:
        table.add_column(Text(side.called.heading), ratio=1)
    return table


def _print_columns(console: Console, story: PairStory) -> None:
    """Print both futures side by side, the same days in the same row."""
    if not story.passages:
        return
    table = _columns(story)
    for passage in story.passages:
        one, other = (_text(cell) for cell in passage.cells)
        table.add_row(Text(_when(passage)), one, Text(SAME, style="dim") if _is_same(passage) else other)
        table.add_row()
    console.print(table)


def _print_in_turn(console: Console, story: PairStory) -> None:
    """Print one future under the other."""
    for side in story.sides if story.passages else ():
        console.print(Rule(Text(side.called.heading, style="bold"), align="left"))
        for passage in story.passages:
            cell = passage.cells[side.place]
            if not cell:
                continue
            console.print(Text(_when(passage), style="dim"))
            is_told = side.place == 1 and _is_same(passage)
            console.print(Padding(Text("The same in both; see above.", style="dim") if is_told else _text(cell), (0, 0, 1, 2)))


def _print_answers(console: Console, story: PairStory, *, is_wide: bool) -> None:
    """Print what each came to, question by question; those in which they differ are marked."""
    console.print(Rule(Text(f"What each came to ({DIFFERS} where they differ)", style="bold"), align="left"))
    if is_wide:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column("")
        table.add_column("question", ratio=4)
        for side in story.sides:
            table.add_column(Text(side.called.heading), ratio=3)
        for answer in story.answers:
            style = "bold" if answer.differs else ""
            table.add_row(_mark(answer), *(Text(text, style=style) for text in (answer.asks, *answer.texts)))
        console.print(table)
        return
    for answer in story.answers:
        console.print(Text(f"{_mark(answer)} {answer.asks}", style="bold" if answer.differs else ""))
        if answer.texts[0] == answer.texts[1]:
            console.print(Padding(Text(f"in both: {answer.texts[0]}"), (0, 0, 0, 4)))
        else:
            for side, text in zip(story.sides, answer.texts, strict=True):
                console.print(Padding(Text(f"{side.called.heading}: {text}"), (0, 0, 0, 4)))


def _mark(answer: PairAnswer) -> str:
    return DIFFERS if answer.differs else " "


def _print_events(console: Console, story: PairStory, *, is_wide: bool) -> None:
    """Print every event of both from the day they part; those that the other lacks are marked."""
    days = story.days()
    if not days:
        return
    console.print(Text(f"{DIFFERS} marks what the other future lacks.\n", style="dim"))
    if is_wide:
        table = _columns(story)
        for day, pairs in days:
            for n, pair in enumerate(pairs):
                cells = [_event(story, place, row, is_odd=None in pair) for place, row in enumerate(pair)]
                table.add_row(Text(short_day(day) if n == 0 else ""), *cells)
        console.print(table)
        return
    for side in story.sides:
        console.print(Rule(Text(side.called.heading, style="bold"), align="left"))
        for day, pairs in days:
            own = [pair for pair in pairs if pair[side.place] is not None]
            if own:
                console.print(Text(day_text(day), style="bold"))
            for pair in own:
                console.print(_event(story, side.place, pair[side.place], is_odd=None in pair))


def _event(story: PairStory, place: int, row: Row | None, *, is_odd: bool) -> Table | str:
    """Return an event of one side with its mark and number; the same event reads the same on both."""
    if row is None:
        return ""
    line = Table.grid(padding=(0, 1, 0, 0))
    line.add_column(width=1)
    line.add_column(width=5, justify="right")
    line.add_column()
    told = plain(tell_event(story.sides[place].tale, row, dated=False))
    line.add_row(DIFFERS if is_odd else "", str(row["event"]), Text(told))
    return line


__all__ = ["pair_console", "print_pair"]
