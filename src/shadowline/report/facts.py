"""Everything that a briefing quotes, as plain data, and the pictures that go with it.

A number in the briefing's text carries the path under which it stands here; the facts are written beside the briefing as
``briefing.json``, so that each number can be held against the results it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shadowline.errors import Code, InputError
from shadowline.futures import findings
from shadowline.futures.influence import stands_out
from shadowline.futures.support import Support, acknowledged, supported
from shadowline.futures.typical import Chosen, choose_three
from shadowline.futures.why import Story, focus_of, story
from shadowline.futures.why.decrees import decrees
from shadowline.futures.wording import Quote, Wording, quotes
from shadowline.report import figures
from shadowline.report.onepage import made_with

if TYPE_CHECKING:
    import pandas as pd

    from shadowline.futures.results import Results
    from shadowline.futures.wording import Sentence
    from shadowline.report.figures import Picture

MOST_QUESTIONS_MOVED = 3
MOST_SUPPORTED = 16


@dataclass(frozen=True)
class Told:
    """One future told: why it was chosen, its events as plain rows, and its story."""

    chosen: Chosen
    rows: list[dict[str, Any]]
    story: Story

    @property
    def key(self) -> str:
        """The path under which its facts stand."""
        return f"stories.{self.chosen.kind}"

    def under(self, sentences: list[Sentence]) -> list[Sentence]:
        """Return sentences of the story with paths that lead into the briefing's facts."""
        return [
            tuple(piece if isinstance(piece, str) else Quote(piece.text, piece.value, f"{self.key}.{piece.path}") for piece in sentence)
            for sentence in sentences
        ]


@dataclass(frozen=True)
class Gathered:
    """What a briefing is made of."""

    facts: dict[str, Any]
    pictures: dict[str, Picture]
    told: list[Told]
    moved: dict[str, pd.DataFrame]
    support: Support | None
    tables: dict[str, pd.DataFrame]


def gather(results: Results, command: str) -> Gathered:
    """Return facts, pictures and stories of a run that kept its diary.

    Parameters
    ----------
    results : Results
        Played with ``diary=True``.
    command : str
        The command that makes the same briefing again.

    Raises
    ------
    InputError
        If the run kept no diary.
    """
    if not results.batch.diary.step:
        raise InputError(Code.BAD_OPTION, "the run kept no diary", expected="simulate(..., diary=True)")
    wording = Wording(results.model.names)
    told = [_told(results, one) for one in choose_three(results)]
    moved = _moved(results)
    support = supported(results, results.movers[:MOST_SUPPORTED])
    lines, ties, weeks = findings.lines(results), findings.ties(results), findings.by_week(results)
    facts = _plain(results) | {
        "command": command,
        "recorded": _recorded(results, weeks),
        "first": _first_moved(moved),
        "movers": {key: table.to_dict("records") for key, table in moved.items()},
        "ladder": findings.ladder(results).to_dict("records"),
        "lines": {row["line"]: row for row in lines.to_dict("records")},
        "stories": {one.chosen.kind: _story_facts(one) for one in told},
        "support": _support_facts(support),
    }
    gathered = Gathered(facts, {}, told, moved, support, {"lines": lines, "ties": ties, "weeks": weeks})
    gathered.pictures.update({picture.name: picture for picture in _pictures(results, wording, gathered)})
    return gathered


def pictures(results: Results) -> dict[str, Picture]:
    """Return every picture of a run's briefing by name, each with its Plotly figure, its caption, and the table it was drawn from.

    Raises
    ------
    InputError
        If the run kept no diary.
    """
    return gather(results, "").pictures


def _told(results: Results, chosen: Chosen) -> Told:
    """Return one future with its story."""
    batch, run = results.batch, chosen.run
    rows = results.story(run)
    came = {
        key: {"first_day": int(batch.first_day[run, n]) if batch.first_day[run, n] >= 0 else None, "count": float(batch.total[run, n])}
        for n, key in enumerate(results.model.names.outcomes)
    }
    laid_down = decrees(results.scenario.document, results.policy, came)
    return Told(chosen, rows, story(rows, results.model.names, came, days=results.model.days, decrees=laid_down))


def _plain(results: Results) -> dict[str, Any]:
    """Return what the run itself says, with its questions by id, and what it was made with."""
    document, model = results.scenario.document, results.model
    summary = results.as_json()
    outcomes = {answer["id"]: answer | {"says": document.outcomes[answer["id"]].says} for answer in summary.pop("outcomes")}
    return summary | {
        "title": document.title,
        "question": document.question,
        "outcomes": outcomes,
        "certain": all(slot.number.is_certain for slot in model.slots),
        "counts": {
            "numbers_that_matter": len(results.movers),
            "hidden": sum(answer["spread_low"] is None for answer in outcomes.values()),
            "standing_out": sum(stands_out(mover, model.draws) for mover in results.movers),
            "evidence": len(document.evidence),
            "numbers": len(model.slots),
        },
        "first_day": str(document.as_of + timedelta(days=1)),
        "last_day": str(document.as_of + timedelta(days=model.days)),
        **made_with(results.scenario),
    }


def _recorded(results: Results, weeks: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return, for every question that counts attacks, the recorded mean a week, its weeks, and what of the answer would become known."""
    past = weeks[weeks["recorded"].notna() & ~weeks["what"].str.startswith("answers:")]
    names = results.model.names
    found = {}
    for key, part in past.groupby("what", sort=False):
        n = names.outcomes.index(str(key))
        watched = results.model.around.watches[n, : len(names.fronts)] == 1
        known = results.answers[n].value * float(acknowledged(results.model, watched).mean())
        last = part["start"].iloc[-1] + timedelta(days=int(part["days"].iloc[-1]) - 1)
        span = {"weeks": len(part), "from": str(part["start"].iloc[0]), "to": str(last)}
        found[str(key)] = span | {"a_week": float(part["recorded"].mean()), "known": known}
    return found


def _moved(results: Results) -> dict[str, pd.DataFrame]:
    """Return what moves the first yes-or-no questions that happen at all, and the first count."""
    chances = [answer.id for answer in results.answers if answer.kind == "probability" and 0.0 < answer.value < 1.0]
    counts = [answer.id for answer in results.answers if answer.kind == "count" and answer.mc_high > answer.mc_low]
    keys = [*chances[: MOST_QUESTIONS_MOVED - min(1, len(counts))], *counts[:1]]
    tables = {key: findings.what_moves(results, key) for key in keys}
    return {key: table for key, table in tables.items() if len(table)}


def _first_moved(moved: dict[str, pd.DataFrame]) -> dict[str, Any] | None:
    """Return the first question that something moves, its strongest number, and how many of those shown are judgement."""
    for key, table in moved.items():
        top = table.iloc[0]
        if not top["stands_out"]:
            continue
        judged = int(table["judgement"].sum())
        return {"outcome": key, "path": top["path"], "meaning": top["meaning"], "shown": len(table), "judged": judged}
    return None


def _story_facts(told: Told) -> dict[str, Any]:
    """Return the facts of a story, of its events only those that are quoted."""
    quoted = {quote.path.split(".")[1] for quote in quotes(told.story.sentences) if quote.path.startswith("events.")}
    events = {str(number): row for number, row in told.story.facts["events"].items() if str(number) in quoted}
    chosen = {"run": told.chosen.run, "rank": told.chosen.rank}
    return told.story.facts | {"events": events} | chosen


def _support_facts(support: Support | None) -> dict[str, Any] | None:
    if support is None:
        return None
    return {
        "histories": support.histories,
        "kept": support.kept,
        "effective": support.effective,
        "inside": int(support.checks["inside"].sum()),
        "recorded_counts": len(support.checks),
        "checks": support.checks.to_dict("records"),
        "moved": int(support.numbers["moved"].sum()) if len(support.numbers) else 0,
        "numbers": support.numbers.to_dict("records"),
    }


def _pictures(results: Results, wording: Wording, gathered: Gathered) -> list[Picture]:
    """Return the pictures that have something to show."""
    document = results.scenario.document
    lines, ties, weeks = (gathered.tables[name] for name in ("lines", "ties", "weeks"))
    support = gathered.support
    asks = {answer.id: answer.asks for answer in results.answers}
    kinds = {answer.id: str(answer.kind) for answer in results.answers}
    made = []
    if "probability" in kinds.values():
        made += [figures.answers_figure(results.table), figures.curves_figure(findings.chance_by_day(results), asks)]
    made += [figures.fan_figure(weeks, what, document.as_of) for what in dict.fromkeys(weeks["what"]) if _has_weeks(weeks, what)]
    made.append(figures.network_figure(ties, {key: list(body.members) for key, body in document.bodies.items()}, wording))
    ladder = findings.ladder(results)
    if len(ladder):
        made.append(figures.ladder_figure(ladder, wording))
    if len(lines):
        made.append(figures.lines_figure(lines, wording))
    headings = {_heading(one.chosen, results.runs): one.rows for one in gathered.told}
    first = document.as_of + timedelta(days=1)
    made.append(figures.stories_figure(headings, focus_of(results.model.names).adversary, first, results.model.days, wording))
    if gathered.moved:
        made.append(figures.movers_figure(gathered.moved, asks, kinds, wording))
    if support is not None and len(support.numbers):
        made.append(figures.support_figure(support.numbers, wording))
    return made


def _has_weeks(weeks: pd.DataFrame, what: str) -> bool:
    """Return whether a series is worth a picture: two weeks ahead at least, and for answers a median above none."""
    ahead = weeks[(weeks["what"] == what) & weeks["median"].notna()]
    return len(ahead) >= 2 and (not what.startswith("answers:") or bool((ahead["median"] >= 1.0).any()))


def _heading(chosen: Chosen, runs: int) -> str:
    return f"{chosen.kind.capitalize()}: future {chosen.run:,}, {chosen.rank:,} of {runs:,} from the calmest"
