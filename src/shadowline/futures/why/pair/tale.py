"""Two matched futures as sentences about both see them: who has the act over which they part, and numbers that lead into either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shadowline.futures.why.pair.side import SIDES
from shadowline.futures.why.pair.standing import differs
from shadowline.futures.why.words import finished, joined_names
from shadowline.futures.wording import Quote, Sentence, percent

if TYPE_CHECKING:
    from shadowline.futures.why.pair.parting import Apart
    from shadowline.futures.why.pair.side import Side
    from shadowline.futures.why.pair.standing import Standing
    from shadowline.futures.why.words import Tale

MOST_PATHS: Final = 3
MOST_DIGITS: Final = 8


class PairTale:
    """Two futures as sentences about both see them.

    ``path`` begins the paths under which their parting stands in the facts.
    ``is_later`` says that they have parted before, in something else.
    """

    def __init__(self, sides: tuple[Side, Side], apart: Apart, path: str, *, is_later: bool = False) -> None:
        self.sides, self.apart, self.path, self.is_later = sides, apart, path, is_later

    @property
    def has(self) -> Side:
        """The side that has the act."""
        return self.sides[self.apart.side]

    @property
    def lacks(self) -> Side:
        """The side that lacks it."""
        return self.sides[1 - self.apart.side]

    @property
    def tale(self) -> Tale:
        """The future that has the act."""
        return self.has.tale

    @property
    def both(self) -> tuple[Side, Side]:
        """The side that has the act, then the one that lacks it."""
        return self.has, self.lacks

    def standing(self, side: Side) -> Standing:
        """Return what bore on the group in one future."""
        assert self.apart.reason.standings is not None, "asked only about attacks"  # noqa: S101 - for the type checker
        return self.apart.reason.standings[side.place]

    def quote(self, side: Side, text: str, value: float | str, *fields: str) -> Quote:
        """Return a number of one future's standing or readiness as a quote."""
        return Quote(text, value, ".".join((f"{self.path}reason", fields[0], SIDES[side.place], *fields[1:])))

    def day(self) -> Quote:
        """Return the day on which the two part."""
        return Quote(self.tale.day_text(self.apart.on), str(self.apart.on), f"{self.path}parts_on")

    def moved(self, *keys: str | None) -> list[Sentence]:
        """Return what either side moves that bears on these rows: the change that the difference goes back to."""
        found = [(side, side.moves(*keys)) for side in self.sides]
        changes = [f"{side.where}: {joined_names(paths[:MOST_PATHS])}{_more(paths)}" for side, paths in found if paths]
        return [finished(f"this goes back to what was changed {', and '.join(changes)}")] if changes else []


def _more(paths: list[str]) -> str:
    return f" (and {len(paths) - MOST_PATHS} more)" if paths[MOST_PATHS:] else ""


def shares_apart(one: float, other: float) -> tuple[str, str] | None:
    """Return two shares with as many digits as tell them apart; None where they are the same."""
    if not differs(one, other):
        return None
    if percent(one) != percent(other):
        return percent(one), percent(other)
    digits = next((count for count in range(1, MOST_DIGITS) if f"{100 * one:.{count}f}" != f"{100 * other:.{count}f}"), MOST_DIGITS)
    return f"{100 * one:.{digits}f} %", f"{100 * other:.{digits}f} %"


__all__ = ["PairTale", "shares_apart"]
