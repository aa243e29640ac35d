"""What is watched, and how its levels, and differences between two levels, are said.

A difference is said with as many digits as its interval bears, and the two levels with the same number of digits, so that the three agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from shadowline.futures.wording import Quote, Sentence
from shadowline.scenario.experiments import questions

if TYPE_CHECKING:
    from shadowline.scenario.schema import Document
    from shadowline.study.effects import Effect

LEVEL: Final = 0.05
"""P value from which a difference may be chance."""
MOST_PLACES: Final = 5
USUAL_PLACES: Final = 2
ON_AVERAGE: Final = "on average"
MINUS: Final = "−"
TINY: Final = 1e-12
"""What sums of chances may be off by."""


@dataclass(frozen=True)
class Measure:
    """Something that is watched.

    Attributes
    ----------
    key : str
        Its id.
    asks : str
        The question.
    says : str
        What it asks as a clause (for a chance), or what it counts as a noun.
    is_chance : bool
        Whether it is the chance of something that happens or does not.
    unit : str
        What a count is per, such as ``a week``; ``on average`` for a level; empty for a chance.
    """

    key: str
    asks: str
    says: str
    is_chance: bool
    unit: str

    @property
    def subject(self) -> str:
        """What rises or falls, in running text."""
        return f"the chance that {self.says}" if self.is_chance else self.says

    @property
    def factor(self) -> float:
        """What a value is multiplied by before it is said."""
        return 100.0 if self.is_chance else 1.0


def measure_of(document: Document, key: str, days: float) -> Measure:
    """Return a question of a scenario as something that is watched over so many days."""
    words: Any = questions(document)[key]
    is_chance = words.happens_when is not None
    says = words.says or (f"the answer to “{words.asks}” is yes" if is_chance else f"the answer to “{words.asks}”")
    per = "average" if words.count is None else words.count.per
    unit = {"average": ON_AVERAGE, "horizon": f"per {days:g} days"}.get(per, f"a {per}")
    return Measure(key, words.asks, says, is_chance, "" if is_chance else unit)


def places_for(measure: Measure, low: float, high: float) -> int:
    """Return how many digits after the point an interval of a measure bears."""
    if not high > low:
        return 1 if measure.is_chance else USUAL_PLACES
    return places_of(low * measure.factor, high * measure.factor)


def places_of(low: float, high: float) -> int:
    """Return how many digits after the point an interval bears: half its width is told as 2 to 20, and no end as nothing."""
    half = (high - low) / 2
    if not half > 0.0:
        return USUAL_PLACES
    places = min(MOST_PLACES, max(0, -math.floor(math.log10(half / 2))))
    nearest = min(abs(low), abs(high)) if low * high > 0.0 else math.inf
    while places < MOST_PLACES and round(nearest, places) == 0.0:
        places += 1
    return places


def level_text(measure: Measure, value: float, places: int) -> str:
    """Return a level without its unit; a chance as a percentage, and never as one that it is not."""
    text = f"{value * measure.factor:,.{places}f}"
    if not measure.is_chance:
        return text
    if value <= TINY or value >= 1.0 - TINY:
        return "0 %" if value <= TINY else "100 %"
    least = 10.0**-places
    if float(text) == 0.0:
        return f"<{least:.{places}f} %"
    return f">{100.0 - least:.{places}f} %" if float(text) >= 100.0 else f"{text} %"


def change_text(measure: Measure, value: float, places: int) -> str:
    """Return a difference with its sign and without its unit."""
    text = f"{value * measure.factor:+,.{places}f}"
    return text[1:] if float(text.replace(",", "")) == 0.0 else text.replace("-", MINUS)


def believed(share: float) -> str:
    """Return a share of what may be believed: whole percent, and never none or all, since draws are few."""
    percent = round(100 * share)
    return {0: "under 1 %", 100: "over 99 %"}.get(percent, f"{percent} %")


def levels(measure: Measure, effect: Effect) -> tuple[str, str]:
    """Return both levels with the unit of the measure."""
    places = places_for(measure, effect.low, effect.high)
    unit = f" {measure.unit}" if measure.unit else ""
    return level_text(measure, effect.base, places) + unit, level_text(measure, effect.changed, places) + unit


def difference(measure: Measure, effect: Effect) -> tuple[str, str]:
    """Return a difference, and its interval; chances in points of a percentage."""
    places = places_for(measure, effect.low, effect.high)
    low, high = change_text(measure, effect.low, places), change_text(measure, effect.high, places)
    return change_text(measure, effect.difference, places), f"{low} to {high}"


def level_quotes(measure: Measure, effect: Effect, path: str) -> tuple[Quote, Quote]:
    """Return both levels as quotes, without the unit; ``path`` is where the effect stands in the facts."""
    places = places_for(measure, effect.low, effect.high)
    values = {"base": effect.base, "changed": effect.changed}
    base, changed = (Quote(level_text(measure, value, places), value, f"{path}.{name}") for name, value in values.items())
    return base, changed


def came_of_it(measure: Measure, effect: Effect, path: str, name: str = "difference") -> Sentence:
    """Return what became of a measure, as the end of a sentence: ``fell from 11.5 to 9.8 a week (−1.7, −1.9 to −1.5)``.

    Parameters
    ----------
    measure : Measure
        What was watched.
    effect : Effect
        What came of it.
    path : str
        Where the effect stands in the facts.
    name : str
        Under which name its difference stands there.
    """
    places = places_for(measure, effect.low, effect.high)
    unit = f" {measure.unit}" if measure.unit else ""
    base, changed = level_quotes(measure, effect, path)
    if effect.differing == 0:
        return ("stayed at ", base, f"{unit} in every future")
    numbers = {name: effect.difference, "low": effect.low, "high": effect.high}
    gap, low, high = (Quote(change_text(measure, value, places), value, f"{path}.{at}") for at, value in numbers.items())
    within: Sentence = (" (", gap, " points, " if measure.is_chance else ", ", low, " to ", high, ")")
    if base.text == changed.text:
        return ("stayed at ", base, unit, *within)
    if effect.p >= LEVEL:
        return ("went from ", base, " to ", changed, unit, *within, ", which may be chance")
    return ("rose from " if effect.difference > 0 else "fell from ", base, " to ", changed, unit, *within)


def regret_text(measure: Measure, value: float) -> str:
    """Return how much worse one policy does than another, with two digits that mean something."""
    number = abs(value) * measure.factor
    places = USUAL_PLACES if number < TINY else min(MOST_PLACES, max(0, 1 - math.floor(math.log10(number))))
    unit = " points" if measure.is_chance else f" {measure.unit}" if measure.unit != ON_AVERAGE else ""
    return f"{number:,.{places}f}{unit}"
