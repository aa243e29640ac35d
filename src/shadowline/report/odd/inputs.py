"""Elements 5 and 6 of the ODD document: where a future starts, and what reaches it from outside while it runs."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from shadowline.engine.levers import FACTIONS_CHOOSE, Planned
from shadowline.engine.past import read_past
from shadowline.engine.rows import Names
from shadowline.engine.schedule import plan_schedule
from shadowline.engine.tables import the_catalogue
from shadowline.mechanisms.shocks import MULTIPLY, SET
from shadowline.report.odd.numbers import number_text
from shadowline.report.odd.rules import name_of
from shadowline.report.odd.writing import bullets, code, counted, listed, plain, table
from shadowline.scenario.census import take_census

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shadowline.record.load import Record
    from shadowline.scenario.load import Scenario
    from shadowline.scenario.schema import Document, Evidence

STARTS = """\
On the first day red lines have their declared strength and no crossing in memory. Rulers live and have the age of that day; \
handlers are in office. Hawk pressure and dissent rest at their bases. Orders are drawn by the factions' election, or set by decree, \
as if they had always stood; what the adversary believes about orders and control is right; whom each proxy obeys is drawn. \
Momentum, grievance, fear, licence, provocation, suspicion and blame are zero. Everything that the scenario dates before the first \
day is applied in order."""

REPLAYED = """\
The past is replayed once for every parameter draw, and all futures of that draw start from the same morning of day 0. Meanwhile nobody \
decides on new answers, nobody starts a war, and rulers do not die of age; orders, obedience, beliefs and stocks move as always. \
Recorded attacks, harm and strikes stand on their days. A count over some days is spread over these days and over the fronts that it may \
belong to, by chances in proportion to capability times quiet rate. Fronts and days of which the record says nothing are drawn by the \
model."""

DRAWS = """\
Every number is a value, a range, a distribution, or a total that the model has to meet; a range with a mode is a PERT distribution. \
Futures are divided over parameter draws, and a draw has one value for each number."""

SCHEDULED = """\
Steps of context multiply all quiet rates of a theatre. Orders by decree replace the factions' choice. Handlers hold office one \
after the other. Shocks change what they name."""


def initialization_section(scenario: Scenario, record: Record | None) -> str:
    """Return the whole of element 5 for a scenario; ``record`` is what its prelude replays."""
    document = scenario.document
    day_0 = document.as_of + timedelta(days=1)
    parts = [
        f"The scenario stands as of {document.as_of}: what was known by then may be used and nothing else. Day 0 is {day_0}.",
        STARTS,
        _prelude(document, record),
        f"{DRAWS} {_numbers(scenario)}",
    ]
    decided = [
        name_of(document, key)
        for key, actor in document.actors.items()
        if actor.role == "adversary" and actor.answers and actor.answers.decided
    ]
    if decided:
        parts.append(f"On day 0 it is taken as known that an answer is decided on by {listed(decided)}; its rung and day are drawn.")
    return "\n\n".join(parts)


def _prelude(document: Document, record: Record | None) -> str:
    """Return what the prelude replays, counted."""
    if document.prelude is None or record is None:
        return "This scenario replays no record: its first day is day 0, and every future starts for itself from the same numbers."
    past = read_past(document, Names(document), record)
    series = listed(code(source.series) for source in document.prelude.attacks)
    total = sum(interval.attacks for interval in past.intervals)
    recorded = len(past.strikes) - len(document.strikes)
    return (
        f"The first day of this scenario is {document.prelude.from_}. From then to {document.as_of}, over {counted(past.days, 'day')}, "
        f"the record {code(document.prelude.record)} is replayed as it was known on the as-of date. It gives "
        f"{counted(len(past.dated), 'attack')} with a date of their own, {counted(total, 'attack')} as "
        f"{counted(len(past.intervals), 'count')} over some days (series {series or 'none'}), and {counted(recorded, 'strike')}. {REPLAYED}"
    )


def _numbers(scenario: Scenario) -> str:
    """Return how many numbers there are and what they rest on."""
    census = take_census(scenario.document, the_catalogue())
    stated = (*census.evidence, *census.judgement)
    uncertain = sum(not number.number.is_certain for number in stated)
    left, drawn = len(census.unstated), len(census.uncertain_defaults)
    return (
        f"This scenario states {counted(len(stated), 'number')}, {uncertain or 'none'} of them uncertain; {len(census.evidence) or 'none'} "
        f"rest on evidence that can carry a number, {len(census.judgement) or 'none'} on judgement. At least one row leaves "
        f"{counted(left, 'parameter')} to the model: {drawn or 'none'} drawn from the model's own range, {left - drawn or 'none'} at the "
        "model's default. Section 7 has them by submodel, where many rows share a line; the appendix has every one by itself, as stated."
    )


def inputs_section(scenario: Scenario) -> str:
    """Return the whole of element 6 for a scenario."""
    document = scenario.document
    parts = [
        "Nothing is read while a future runs. What reaches it from outside is dated by the scenario beforehand.",
        f"### 6.1 Scheduled changes\n\n{SCHEDULED}\n\n{_schedule(document)}",
        f"### 6.2 Dated strikes\n\n{_strikes(document)}",
        f"### 6.3 Declared spells of obedience\n\n{_spells(document)}",
        f"### 6.4 Evidence\n\n{_evidence(scenario)}",
    ]
    return "\n\n".join(parts)


def _schedule(document: Document) -> str:
    names = Names(document)
    rows = [
        (_day(plan), _subject(plan, names), _change(plan), listed(code(entry) for entry in plan.number.because) or "judgement")
        for plan in plan_schedule(names)
    ]
    says = [f"{code(key)}, {shock.on}: {plain(shock.says)}" for key, shock in document.shocks.items()]
    told = f"\n\nWhat the shocks stand for:\n\n{bullets(says)}" if says else ""
    return table(("day", "what", "change", "rests on"), rows) + told


def _day(plan: Planned) -> str:
    """Return the day of a planned change; day 1 of the calendar stands for ever since."""
    return str(date.fromordinal(plan.day)) if plan.day > 1 else "from the start"


def _subject(plan: Planned, names: Names) -> str:
    """Return what a planned change is about, as a scenario's path without the words that only say how."""
    if plan.path.startswith("shocks."):
        _, key, _, target = plan.path.split(".", 3)
        return f"shock {code(key)}: {code(target)}"
    toward = f" toward {code(names.dyads[plan.row][1])}" if plan.table == "dyads" else ""
    return code(plan.path.removesuffix(".times")) + toward


def _change(plan: Planned) -> str:
    if plan.number is FACTIONS_CHOOSE:
        return "left to the factions"
    if plan.log:
        return f"times {number_text(plan.number)}" if plan.sign > 0 else "the step ends"
    how = "set to" if plan.how == SET else "times" if plan.how == MULTIPLY else "plus"
    return f"{how} {number_text(plan.number)}"


def _strikes(document: Document) -> str:
    rows = [
        (str(strike.on), name_of(document, strike.by), name_of(document, strike.against), strike.rung, str(strike.killed))
        for strike in document.strikes
    ]
    return table(("day", "by", "against", "rung", "killed"), rows)


def _spells(document: Document) -> str:
    rows = []
    for spell in document.spells:
        chances = "; ".join(f"{name_of(document, whom)} {number_text(chance)}" for whom, chance in spell.obeys.items())
        rows.append((str(spell.on), name_of(document, spell.proxy), name_of(document, spell.toward), chances or "nobody"))
    return table(("day", "proxy", "about", "obeys, with this chance"), rows)


def _evidence(scenario: Scenario) -> str:
    """Return how many entries of evidence there are by strength, and the list of sources."""
    known = {key: entry for key, entry in scenario.document.evidence.items() if key not in scenario.withheld}
    if not known:
        return "This scenario names no evidence: every number that it states is judgement."
    strengths = Counter(entry.strength for entry in known.values())
    parts = [
        f"The scenario names {counted(len(known), 'entry', 'entries')} of evidence; a source may have one for each statement.",
        table(("strength", "entries"), [(strength, str(count)) for strength, count in strengths.most_common()]),
    ]
    if scenario.withheld:
        parts.append(f"{len(scenario.withheld)} more became known after the as-of date and are withheld.")
    parts.append("Sources:\n\n" + bullets(_sources(known)))
    return "\n\n".join(parts)


def _sources(known: dict[str, Evidence]) -> Iterator[str]:
    """Yield each source with the number of statements taken from it."""
    statements = Counter(entry.in_ for entry in known.values())
    for key, entry in known.items():
        if entry.in_ is None:
            words = [plain(part) for part in (entry.author, entry.title, entry.outlet, entry.date) if part]
            link = f" <{entry.url}>" if entry.url else ""
            more = f", {counted(statements[key], 'statement')}" if statements[key] else ""
            yield f"{code(key)}: {', '.join(words)}.{link} ({entry.strength}{more})"
