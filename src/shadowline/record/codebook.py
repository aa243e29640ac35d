"""What every column of the event table holds, and the page of the reference that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from shadowline.record.rows import READERS, REQUIRED
from shadowline.record.schema import Act, Form, Kind, KnownFrom, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shadowline.record.load import Record

MEANINGS: Final = {
    "id": "name of the event or total; rows with the same id tell the same event with what became known later",
    "form": "a dated event, a total over an interval, or another teller's figure for a series, which enters no sum",
    "kind": "what sort of event this is, or what a total counts",
    "what": "one short sentence",
    "start": "first day",
    "end": "last day; the same day for an event",
    "series": "which totals belong together; those of different series are never added. For a condition: the indicator",
    "definition": "what the totals of a series count, and who counted; the same for all of a series",
    "value_low": "lowest of the figures given for the value by that day",
    "value": "how many (totals), or the value of the indicator (conditions)",
    "value_high": "highest of the figures given for the value by that day",
    "unit": "unit of the value",
    "actor": "who did it by the best account, or who spoke; `unknown` where not stated",
    "target": "who was attacked, hit or spoken to; `unknown` stands for groups of the patron that are not named",
    "patron": "the patron whose proxies or own forces are concerned",
    "territory": "where; several are parted by semicolons. For a total: the part of it that fell there",
    "theatre": "levant, red-sea or gulf",
    "soldiers_killed": "soldiers of the first target killed",
    "contractors_killed": "contractors with the forces attacked who were killed, whatever their nationality",
    "others_killed_low": "lowest toll given by that day",
    "others_killed": "everybody else killed: militiamen, officers of the patron, allied soldiers, civilians",
    "others_killed_high": "highest toll given by that day",
    "wounded_low": "lowest number of wounded given by that day",
    "wounded": "soldiers and contractors of the first target wounded",
    "wounded_high": "highest number of wounded given by that day",
    "rung": "rung of a strike: 0 not carried out, 1 limited and 2 major strike on proxies, 3 the patron's officers or "
    "units abroad, 4 the patron's soil, 5 open war; our reading. Empty for the patron's own strikes",
    "act": "what a statement or an order does; `report` says what was seen, `spur` orders more attacks",
    "claimed_by": "who claimed it; `none` if the sources say that nobody did",
    "attributed_to": "who did it according to the adversary, or to the side that was hit, by that day",
    "ordered_by": "who is believed to have ordered it; `none` if believed that nobody above did",
    "stance": "what the patron said in public",
    "rule_tested": "the unwritten rule that the event tested; our reading",
    "answers": "id of the event that it answers",
    "days_since_trigger": "days from that event, as the sources count them; clocks differ by up to a day",
    "counted_in": "series whose totals include this event, so that the two are not added",
    "note": "disagreements, bounds and doubts",
    "known_on": "day on which the row was known; `known_by` leaves out whatever is later",
    "known_from": "how that day was found",
    "source_title": "title of the source",
    "source_outlet": "where it was published",
    "source_date": "its date, month or year; empty where it carries none",
    "source_url": "its address",
    "other_sources": "addresses of further sources, parted by blanks",
}

KNOWN_FROM: Final = {
    "source-date": "the full date of the source",
    "public": "the day itself: it was seen, announced or briefed then, whatever the date of the page cited",
    "stated": "the source says on which day this figure was given",
    "next-day": "the day after: the source carries no date or only the month or year of the event, or is a late page "
    "for a result or market rate that is public at once",
    "month-end": "the last day of the later month (or year) that is all the source carries",
    "later": "the source says only that the figure came later: the last day of the following month",
}

VOCABULARIES: Final = {"form": Form, "kind": Kind, "act": Act, "stance": Stance, "known_from": KnownFrom}

INTRODUCTION: Final = """\
# The event table

A record is one table, in one CSV file or in several of a folder. `shadowline.record.load.load_record` reads a shipped
record by its name, or yours by its path; a column may be left out if it would be empty, and a fault is reported with
file, line and column. This page is generated from `shadowline.record.codebook`.

Ids are lower-case words with hyphens; cells with several ids part them by semicolons. An empty cell means that the
sources do not say; 0 means that none was reported.
"""

RULES: Final = """\
## How the shipped record was made

`us-iran-shadow-war` restates figures and facts of public pages, in our own words, each with its source.

1. **One event, one id.** Several pages on one event become one event; the other pages stand in `other_sources`.
2. **Figures that changed** become further rows of the same id, each with the day on which it was known.
3. **Figures that disagree**: the best figure is that of the main account, whose teller the note names; lowest and
   highest keep the others, but only those known by then. For totals and conditions every other figure also has a row
   of form `other-figure`.
4. **Running totals stay running totals.** Increments are derived on reading: between neighbouring totals that were
   known, split by territory where both ends have a split. Totals of 4 January, 3 November and 20 and 22 April are
   derived by the arithmetic in their notes.
5. **Different definitions are different series** and are never added.
6. **Dated attacks that an official total includes** name it in `counted_in`; `increments(..., without_dated=True)`
   takes them off.
7. **Rungs and rules tested are readings**, not statements of a source. Strikes of other pairs (Israel and Iran,
   Pakistan and Iran) have the rung that they would have in their own pair.
8. **Dates** are those of the source: triggers are local, several night strikes carry the date in Washington.

Added to the chronology from named pages: the killing of Guard officers near Damascus on 25 December 2023 and
20 January 2024, the first and the last number of wounded at Tower 22, and the 83 attacks and four answers of the 797
days to 28 March 2023. The record lists five dated American strikes in those days; two of them stand on neighbouring
days.
"""


def codebook(record: Record) -> str:
    """Return the page of the reference: the columns, the words they take, the rules, and the series of `record`."""
    parts = [INTRODUCTION, "\n".join(_columns()), "\n".join(_words()), RULES, "\n".join(_series(record))]
    return "\n".join(parts)


def _columns() -> Iterator[str]:
    yield "## Columns\n"
    yield "| column | holds |\n| --- | --- |"
    for column in READERS:
        needed = " (required)" if column in REQUIRED else ""
        yield f"| `{column}` | {MEANINGS[column]}{needed} |"
    yield ""


def _words() -> Iterator[str]:
    yield "## Words\n"
    for column, words in VOCABULARIES.items():
        if column != "known_from":
            yield f"- `{column}`: " + ", ".join(f"`{word}`" for word in get_args(words) if word)
    yield "- `known_from`:"
    yield from (f"    - `{word}`: {KNOWN_FROM[word]}" for word in get_args(KnownFrom))
    yield ""


def _series(record: Record) -> Iterator[str]:
    yield f"## Totals in `{record.name}`\n"
    yield "| series | counts | totals | from | to |\n| --- | --- | --- | --- | --- |"
    for series in sorted({row.series for row in record.rows if row.form == "total"}):
        totals = record.totals(series)
        days = f"{totals[0].start} | {totals[-1].end}"
        yield f"| `{series}` | {totals[0].definition} | {len(totals)} | {days} |"
    yield ""
