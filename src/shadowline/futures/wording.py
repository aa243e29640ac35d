"""Numbers as people read them, and sentences whose every number can be traced.

A sentence is a tuple of plain text and `Quote`. A quote carries the text that is read, the value behind it, and the path under which the
value stands in the facts of a page, so that a test (and a reader) can hold each number against the results it came from.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shadowline.engine.rows import Names
    from shadowline.futures.summary import Answer

Value = float | int | str
SMALLEST = 0.0001
PLURALS = {"proxy": "proxies", "adversary": "adversaries", "body": "bodies"}


@dataclass(frozen=True)
class Quote:
    """One number, date or name of a number in a sentence: its text, the value behind it, and the path of that value."""

    text: str
    value: Value
    path: str


Sentence = tuple[str | Quote, ...]


def plain(sentence: Sentence) -> str:
    """Return a sentence as text."""
    return "".join(part if isinstance(part, str) else part.text for part in sentence)


def marked(sentence: Sentence) -> str:
    """Return a sentence as HTML; every quote becomes a ``data`` element with its value and where it came from."""
    return "".join(
        html.escape(part)
        if isinstance(part, str)
        else f'<data value="{html.escape(str(part.value))}" data-from="{html.escape(part.path)}">{html.escape(part.text)}</data>'
        for part in sentence
    )


def quotes(sentences: Iterable[Sentence]) -> list[Quote]:
    """Return the quotes of some sentences in their order."""
    return [part for sentence in sentences for part in sentence if isinstance(part, Quote)]


def percent(share: float) -> str:
    """Return a probability as people read it: enough digits to tell small ones from nothing, and large ones from certainty."""
    if share <= 0.0 or share >= 1.0:
        return "0 %" if share <= 0.0 else "100 %"
    if share < SMALLEST:
        return "<0.01 %"
    if share > 1.0 - SMALLEST:
        return ">99.99 %"
    digits = 2 if share < 0.01 or share > 0.999 else 1 if share < 0.1 or share > 0.95 else 0
    return f"{100 * share:.{digits}f} %"


def amount(number: float) -> str:
    """Return a count with three digits that mean something."""
    return f"{number:.2f}" if number < 10 else f"{number:,.1f}" if number < 1000 else f"{number:,.0f}"


def said(answer: Answer) -> tuple[str, str, str]:
    """Return an answer, its Monte Carlo interval and its parameter spread as people read them."""
    say = percent if answer.kind == "probability" else amount
    value = say(answer.value) + ("" if answer.kind == "probability" else f" {answer.unit}")
    spread = "not resolved"
    if answer.spread_low is not None and answer.spread_high is not None:
        spread = f"{say(answer.spread_low)} – {say(answer.spread_high)}"
    return value, f"{say(answer.mc_low)} – {say(answer.mc_high)}", spread


def day_text(day: date | str) -> str:
    """Return a date as ``2 February 2024``."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {day:%B %Y}"


def short_day(day: date | str) -> str:
    """Return a date as ``2 Feb 2024``."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {day:%b %Y}"


def whole(number: int) -> str:
    """Return a whole number with thousands parted."""
    return f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 attack`` or ``3 attacks``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Return ``a, b and c``."""
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)


def joined(parts: Sequence[Sentence], last: str = " and ") -> Sentence:
    """Return pieces of a sentence joined like ``a, b and c``."""
    whole_sentence: list[str | Quote] = []
    for n, part in enumerate(parts):
        if n:
            whole_sentence.append(last if n == len(parts) - 1 else ", ")
        whole_sentence.extend(part)
    return tuple(whole_sentence)


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def spoken(key: str) -> str:
    """Return an id as words: ``no-american-soldier`` becomes ``no american soldier``."""
    return key.replace("-", " ")


class Wording:
    """The names under which sentences and pictures speak of a scenario's rows.

    A scenario's ``name`` is used as it stands in running text (``the United States``); where there is none, the id in words. Labels drop
    the article and begin with a capital letter.
    """

    def __init__(self, names: Names) -> None:
        self._document: Any = names.document

    def _named(self, table: str, key: str) -> str:
        row = getattr(self._document, table).get(key)
        return str(getattr(row, "name", None) or spoken(key))

    def actor(self, key: str | None) -> str:
        """Return an actor's name in running text; nobody in particular for None."""
        return "nobody in particular" if key is None else self._named("actors", key)

    def target(self, key: str) -> str:
        """Return a target's name in running text."""
        return self._named("targets", key)

    def body(self, key: str) -> str:
        """Return an umbrella's name in running text."""
        return self._named("bodies", key)

    def line(self, key: str) -> str:
        """Return a red line's name as a heading: its own, or its id in words."""
        return capital(self._named("lines", key))

    def asked(self, key: str) -> str:
        """Return what a question is about, as a heading: its ``says`` with a capital letter, or the question."""
        outcome = self._document.outcomes[key]
        return capital(outcome.says or outcome.asks)

    def territory(self, key: str) -> str:
        """Return a territory in words: the name of the actor whose own it is, or the id with capitals."""
        for actor, words in self._document.actors.items():
            if words.territory == key and words.role in {"patron", "host", "adversary"}:
                return self.actor(actor)
        return key.replace("-", " ").title()

    def label(self, key: str) -> str:
        """Return an actor's name as a label: without article, with a capital letter."""
        return capital(self.actor(key).removeprefix("the ").removeprefix("The "))

    def number(self, path: str, meaning: str) -> str:
        """Return what an uncertain number is, and whose: ``United States: rate of answers ...``; ``all proxies: ...`` for a default."""
        table, *parts = path.split(".")
        if parts[0] == "model":
            return f"{capital(parts[1].replace('_', ' '))}: {meaning}"
        if table == "spells":
            spell = self._document.spells[int(parts[0])]
            whose = f"{self.label(spell.proxy)} toward {self.actor(spell.toward)} from {day_text(spell.on)}"
            return f"{whose}: chance of obeying {self.actor(parts[2])}"
        if table == "defaults":
            return f"All {PLURALS.get(parts[0], parts[0] + 's')}: {meaning}"
        if not parts or not meaning:
            return path
        owner = " and ".join(self._whose(table, key) for key in parts[0].split(">"))
        faction = f" ({spoken(parts[2])})" if parts[1:2] == ["factions"] else ""
        about = f", {self.actor(parts[4])}" if parts[3:4] == ["wants"] and len(parts) > 4 else ""
        return f"{owner}{faction}: {meaning}{about}"

    def _whose(self, table: str, key: str) -> str:
        if key in self._document.actors:
            return self.label(key)
        return capital(self._named(table if table in {"targets", "lines", "bodies", "theatres"} else "targets", key))

    def unique_actors(self, keys: Iterable[str]) -> list[str]:
        """Return the names of actors, each once, in their order."""
        return list(dict.fromkeys(self.actor(key) for key in keys))
