"""What two matched futures came to, question by question, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.wording import amount, day_text, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shadowline.futures.why.pair.side import Side

DAYS_PER_WEEK: Final = 7.0
LEAST_CHANCE: Final = 0.0001
SURE: Final = 0.995
"""From here on the summed hazard of a single future is no chance any more: it may exceed one."""


@dataclass(frozen=True)
class PairAnswer:
    """The answers of two futures to one question.

    Attributes
    ----------
    outcome, asks : str
        Which question, and its words.
    texts : pair of str
        What each came to, as it is read.
    differs : bool
        Whether they came to something else.
    """

    outcome: str
    asks: str
    texts: tuple[str, str]
    differs: bool

    def as_json(self, sides: tuple[Side, Side]) -> dict[str, Any]:
        """Return plain data for JSON."""
        found = {side.key: dict(side.outcomes[self.outcome]) | {"says": text} for side, text in zip(sides, self.texts, strict=True)}
        return {"outcome": self.outcome, "asks": self.asks, "differs": self.differs} | found


def answers(sides: tuple[Side, Side], days: int) -> list[PairAnswer]:
    """Return what two futures of so many days came to, for every question that both were asked."""
    found = []
    for key, words in sides[0].tale.names.document.outcomes.items():
        if key in sides[0].outcomes and key in sides[1].outcomes:
            came = [side.outcomes[key] for side in sides]
            texts = [_text(side, words, one, days) for side, one in zip(sides, came, strict=True)]
            differs = any(came[0][name] != came[1][name] for name in _telling(words))
            found.append(PairAnswer(key, words.asks, (texts[0], texts[1]), differs))
    return found


def _telling(words: Any) -> tuple[str, ...]:  # noqa: ANN401 - the words of an outcome
    """Return what two answers are compared by: of a happening the first day, and the number of days where it may come again."""
    if words.happens_when is None:
        return "count", "days_at_risk"
    return ("first_day",) if _comes_once(words.happens_when) else ("first_day", "count")


def _comes_once(rule: Any) -> bool:  # noqa: ANN401 - the words of an outcome
    """Return whether a happening is told by its first day alone."""
    return any(words is not None for words in (rule.no_attacks, rule.leader_dies, rule.open_war))


def _text(side: Side, words: Any, came: Mapping[str, Any], days: int) -> str:  # noqa: ANN401 - the words of an outcome
    """Return what one future came to, as it is read."""
    if words.happens_when is not None:
        return _happened(side, words.happens_when, came)
    if words.average is not None:
        return f"{amount(came['count'] / max(1, came['days_at_risk']))} on average"
    count = f"{int(came['count']):,}"
    if words.count.per == "horizon":
        return count
    at_risk = max(1, int(came["days_at_risk"])) if words.count.attacks is not None else days
    rate = came["count"] / at_risk * (DAYS_PER_WEEK if words.count.per == "week" else 1.0)
    return f"{count} ({amount(rate)} a {words.count.per})"


def _happened(side: Side, rule: Any, came: Mapping[str, Any]) -> str:  # noqa: ANN401 - the words of an outcome
    """Return whether, on how many days and first when something happened; where it did not, how likely it had been."""
    if came["first_day"] is None:
        chance = came.get("chance") or 0.0
        return f"no (a chance of {percent(chance)} along the way)" if LEAST_CHANCE <= chance < SURE else "no"
    first = day_text(side.tale.offset_day(int(came["first_day"])))
    times = int(came["count"])
    if times < 2 or _comes_once(rule):
        return f"yes, on {first}"
    return f"yes, on {times} days, first on {first}"


__all__ = ["PairAnswer", "answers"]
