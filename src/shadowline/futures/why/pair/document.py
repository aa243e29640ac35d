"""Two matched futures as one document of plain data: where they part, why, and either with its events, its story and its outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shadowline.futures.why.events import tell_event
from shadowline.futures.wording import plain, quotes

if TYPE_CHECKING:
    from shadowline.futures.reload import SavedResults
    from shadowline.futures.why.pair.side import Side
    from shadowline.futures.why.pair.story import PairStory
    from shadowline.futures.wording import Sentence


def document(story: PairStory, saved: SavedResults) -> dict[str, Any]:
    """Return two matched futures as plain data for JSON; every quote's ``from`` leads to its value in the document.

    Parameters
    ----------
    story : PairStory
        The two.
    saved : SavedResults
        The results that the left one is of.
    """
    shared = {name: value for name, value in story.facts.items() if name not in {"left", "right"}}
    return {
        "scenario": saved.scenario.id,
        "as_of": str(saved.scenario.document.as_of),
        "horizon_days": saved.model.days,
        "seed": saved.seed,
        "runs": saved.runs,
        "run": story.run,
        "draw": story.draw,
        "parts_on": None,
        "act": None,
        "reason": None,
        "in_focus": None,
        **shared,
        "before": [said(sentence) for sentence in story.before],
        "partings": [[said(sentence) for sentence in told] for told in story.partings],
        **{side.key: _side(story, side) for side in story.sides},
        "outcomes": [answer.as_json(story.sides) for answer in story.answers],
    }


def _side(story: PairStory, side: Side) -> dict[str, Any]:
    """Return one of the two: what it is called and changes, its events, its story over the same days as the other's, its outcomes."""
    facts = story.facts[side.key]
    passages = [
        {
            "from": None if passage.first is None else str(passage.first),
            "to": None if passage.last is None else str(passage.last),
            "heading": passage.heading,
            "sentences": [said(sentence) for sentence in passage.cells[side.place]],
        }
        for passage in story.passages
    ]
    odd = story.odd(side.place)
    return {
        "name": side.name,
        "says": side.says,
        "policy": side.policy,
        "changes": side.changes,
        "moved": list(side.moved),
        "story": passages,
        **{name: value for name, value in facts.items() if name != "events"},
        "events": [
            row | {"date": str(row["date"]), "only_here": row["event"] in odd, "says": plain(tell_event(side.tale, row))}
            for row in side.tale.rows
        ],
    }


def said(sentence: Sentence) -> dict[str, Any]:
    """Return a sentence with its quotes as plain data."""
    marks = [{"text": quote.text, "value": quote.value, "from": quote.path} for quote in quotes([sentence])]
    return {"text": plain(sentence), "quotes": marks}


__all__ = ["document", "said"]
