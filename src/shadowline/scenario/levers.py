"""Levers: what a shock, a policy or a claim may move, found by its path and read with the value that it is to take.

A path names a number of one row (``actors.iran.handler.ties``, ``ties.iran>hezbollah.pays``); ``*`` in the place of a row, a faction or a
member stands for all of them that have that number. Beside the model's numbers some words of the scenario are levers too::

    actors.PRINCIPAL.order[.ADVERSARY]      an order fixed by decree, or factions
    actors.PRINCIPAL.stance                 deny, praise, acknowledge
    actors.ADVERSARY.answers.decided        the rung decided on that day, or nothing
    actors.ADVERSARY.answers.doctrine       judgement, never, ..., or one declared under doctrines
    actors.ADVERSARY.answers.cap            the highest rung that it may choose
    actors.ADVERSARY.looks_for              sponsor, authority, order
    movements.MOVEMENT.rivals               the effective number of rival groups
    lines.LINE.strength, lines.LINE.killed  the norm, and the dead from which the line is crossed
    theatres.THEATRE.context                a multiplier on all its quiet rates (times)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final, get_args

from shadowline.errors import Code, InputError, Where, nearest_name
from shadowline.scenario.numbers import Number, dimension_of, is_number, read_number
from shadowline.scenario.schema_study import WAYS
from shadowline.scenario.words import Cap, StrikeRung
from shadowline.units import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shadowline.parameters import Catalogue
    from shadowline.scenario.schema import Document

ROLE_TABLE: Final = {"adversary": "adversaries", "patron": "principals", "host": "principals", "proxy": "proxies"}
DOCTRINES: Final = (
    "judgement",
    "blame-threshold",
    "never",
    "tit-for-tat",
    "generous",
    "capped",
    "massive",
    "audience-bound",
    "telegraphed",
)
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "answers.decided": (*get_args(StrikeRung), "nothing"),
    "answers.cap": get_args(Cap),
    "looks_for": ("sponsor", "authority", "order"),
    "stance": ("deny", "praise", "acknowledge"),
}
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "adversaries": ("answers.decided", "answers.doctrine", "answers.cap", "looks_for"),
    "principals": ("stance",),
    "movements": ("rivals",),
    "lines": ("strength", "killed"),
    "theatres": ("context",),
}
"""Levers that are no numbers of the catalogue, or act differently from them, by table."""
ONLY_AT_THE_START: Final = {
    ("adversaries", "blame_needed.mean"),
    ("adversaries", "blame_needed.spread"),
    ("principals", "handler.successor_mean"),
    ("principals", "handler.successor_spread"),
}
"""Numbers drawn once per future before its first day: they can be moved on day 0 only."""
FACTIONS: Final = "factions"
HIGHEST_ORDER: Final = 1.5
MOST_RIVALS: Final = 1000
MOST_KILLED: Final = 1_000_000
LEAST_MULTIPLIER, MOST_MULTIPLIER = 0.0001, 10_000


@dataclass(frozen=True)
class Lever:
    """One number or word of one row, and what becomes of it.

    Attributes
    ----------
    path : str
        As written, wildcards resolved.
    table, row, name : str
        Table of the engine, id of the row (parts of an id are joined by a space), parameter or word.
    way : str
        ``change``, ``times`` or ``plus``.
    value : Number, str or tuple of str
        What it is set to, multiplied by, or raised by.
    """

    path: str
    table: str
    row: str
    name: str
    way: str
    value: Number | str | tuple[str, ...]

    @property
    def moves(self) -> tuple[str, str, str]:
        """What it moves: a doctrine and a cap are two ways of setting the same rules."""
        return self.table, self.row, "answers.rules" if self.name in {"answers.doctrine", "answers.cap"} else self.name

    @property
    def is_word(self) -> bool:
        """Whether it is one of `WORDS`, or an order."""
        return self.name in WORDS.get(self.table, ()) or self.name == "order"


@dataclass(frozen=True)
class Stage:
    """Levers moved together: from a day on, or from the day after an outcome first happens; for good or for a time.

    ``start`` None and ``after`` None mean day 0. ``last`` is the last day, ``days`` the length, both None for good. ``label`` begins the
    paths of its uncertain values.
    """

    label: str
    levers: tuple[Lever, ...] = ()
    start: date | None = None
    after: str | None = None
    last: date | None = None
    days: int | None = None

    @property
    def is_at_once(self) -> bool:
        """Whether it begins on day 0 and stays."""
        return self.start is None and self.after is None and self.last is None and self.days is None


def read_stage(document: Document, catalogue: Catalogue, words: Any, label: str) -> Stage:  # noqa: ANN401 - words
    """Read the levers of a shock, a stage of a policy, or a claim.

    Raises
    ------
    InputError
        UNKNOWN_PATH with the nearest name; what is wrong with a value; CONFLICT if one lever is moved twice. Its place is the field inside
        the mapping, such as ``change.actors.iran.order``.
    """
    levers: list[Lever] = []
    taken: dict[tuple[str, str, str], str] = {}
    for way in WAYS:
        for path, raw in getattr(words, way).items():
            try:
                read = list(_read(document, catalogue, path, way, raw))
            except InputError as error:
                raise error.at(Where(field=f"{way}.{path}")) from None
            for lever in read:
                if lever.moves in taken:
                    message = f'"{lever.path}" is moved twice on the same day'
                    raise InputError(Code.CONFLICT, message, where=Where(field=f"{way}.{path}"), found=taken[lever.moves])
                taken[lever.moves] = f"{way}.{path}"
                levers.append(lever)
    begins, ends = getattr(words, "from_", None), getattr(words, "until", None)
    return Stage(
        label,
        tuple(levers),
        begins if isinstance(begins, date) else None,
        begins if isinstance(begins, str) else None,
        ends if isinstance(ends, date) else None,
        ends if isinstance(ends, int) else None,
    )


def _read(document: Document, catalogue: Catalogue, path: str, way: str, raw: object) -> Iterator[Lever]:
    """Yield the levers that one entry moves; a mapping that is no number stands for several numbers inside its path."""
    if isinstance(raw, dict) and not is_number(raw):
        if not raw:
            raise InputError(Code.WRONG_TYPE, "nothing is said here", expected="a value")
        for key, inner in raw.items():
            yield from _read(document, catalogue, f"{path}.{key}", way, inner)
        return
    for table, row, name in find_levers(document, catalogue, path):
        yield Lever(_spelt(table, row, name), table, row, name, way, _value(document, catalogue, (table, row, name), way, raw))


def find_levers(document: Document, catalogue: Catalogue, path: str) -> list[tuple[str, str, str]]:
    """Return table, row and name of everything that a path stands for.

    Raises
    ------
    InputError
        UNKNOWN_PATH with the nearest name.
    """
    head, _, rest = path.partition(".")
    if head == "model":
        return [("model", "", _parameter(catalogue, "model", rest))]
    rows = _rows(document)
    if head not in rows:
        raise _unknown("table", head, (*rows, "model"))
    key, _, name = rest.partition(".")
    found: list[tuple[str, str, str]] = []
    fault: InputError | None = None
    for row in _matching(key, rows[head], "row"):
        try:
            found += _of_row(document, catalogue, head, row, name)
        except InputError as error:  # with a wildcard only those rows are meant that have such a number
            if "*" not in key:
                raise
            fault = error
    if not found and fault is not None:
        raise fault
    return found


def _of_row(document: Document, catalogue: Catalogue, head: str, row: str, name: str) -> list[tuple[str, str, str]]:
    """Return what a name stands for in one row."""
    if head == "bodies" and name.partition(".")[0] == "claims_under_its_name":
        members = _matching(name.partition(".")[2] or "*", document.bodies[row].members, "member")
        return [("memberships", f"{row} {member}", "claims_under_its_name") for member in members]
    if head != "actors":
        return [(head, row, _name(catalogue, head, name))]
    table = ROLE_TABLE[document.actors[row].role]
    first, _, last = name.partition(".")
    adversaries = [key for key, actor in document.actors.items() if actor.role == "adversary"]
    if table == "principals" and first == "order" and (not last or last in adversaries or "*" in last):
        return [("dyads", f"{row}>{adversary}", "order") for adversary in _matching(last or "*", adversaries, "adversary")]
    if table == "principals" and first == "order" and catalogue.get(table, name) is None:
        raise _unknown("adversary or number of an order", last, [*adversaries, *_parts(catalogue, "order.")])
    if table == "principals" and first == "factions":
        return _of_factions(document, catalogue, row, last, adversaries)
    return [(table, row, _name(catalogue, table, name))]


def _parts(catalogue: Catalogue, stem: str) -> list[str]:
    """Return what may follow a stem in the names of a principal's numbers."""
    return [parameter.name.removeprefix(stem) for parameter in catalogue.of("principals") if parameter.name.startswith(stem)]


def _of_factions(document: Document, catalogue: Catalogue, row: str, path: str, adversaries: list[str]) -> list[tuple[str, str, str]]:
    """Return what a path stands for in a principal's factions."""
    faction, _, name = path.partition(".")
    chosen = _matching(faction, document.actors[row].factions, "faction")
    first, _, toward = name.partition(".")
    if first == "wants":
        whom = _matching(toward or "*", adversaries, "adversary")
        return [("wishes", f"{row} {key} {adversary}", "wants") for key in chosen for adversary in whom]
    return [("factions", f"{row} {key}", _parameter(catalogue, "factions", name)) for key in chosen]


def _name(catalogue: Catalogue, table: str, name: str) -> str:
    """Return a word or a parameter of a table, if there is one of that name."""
    return name if name in WORDS.get(table, ()) else _parameter(catalogue, table, name)


def _parameter(catalogue: Catalogue, table: str, name: str) -> str:
    if catalogue.get(table, name) is None:
        raise _unknown("number", name, [*(parameter.name for parameter in catalogue.of(table)), *WORDS.get(table, ())])
    return name


def _matching(pattern: str, choices: Iterable[str], what: str) -> list[str]:
    """Return the choices that a pattern stands for, at least one."""
    names = list(choices)
    found = [name for name in names if fnmatchcase(name, pattern)] if "*" in pattern else [name for name in names if name == pattern]
    if not found:
        raise _unknown(what, pattern, names)
    return found


def _rows(document: Document) -> dict[str, list[str]]:
    """Return the names of the rows of every table whose numbers can be moved."""
    principals = [key for key, actor in document.actors.items() if actor.role in {"patron", "host"}]
    adversaries = [key for key, actor in document.actors.items() if actor.role == "adversary"]
    return {
        **{table: list(getattr(document, table)) for table in ("actors", "movements", "targets", "theatres", "bodies", "lines")},
        "ties": [f"{tie.from_}>{tie.to}" for tie in document.ties],
        "fronts": [f"{front.proxy}>{front.target}" for front in document.fronts],
        "dyads": [f"{principal}>{adversary}" for principal in principals for adversary in adversaries],
    }


def _spelt(table: str, row: str, name: str) -> str:
    """Return the full path of one lever."""
    parts = row.split()
    if table == "dyads" and name == "order":
        principal, adversary = row.split(">")
        return f"actors.{principal}.order.{adversary}"
    if table == "memberships":
        return f"bodies.{parts[0]}.claims_under_its_name.{parts[1]}"
    if table == "factions":
        return f"actors.{parts[0]}.factions.{parts[1]}.{name}"
    if table == "wishes":
        return f"actors.{parts[0]}.factions.{parts[1]}.wants.{parts[2]}"
    head = "actors" if table in ROLE_TABLE.values() else table
    return f"{head}.{row}.{name}" if row else f"{head}.{name}"


def _value(document: Document, catalogue: Catalogue, spot: tuple[str, str, str], way: str, raw: object) -> Number | str | tuple[str, ...]:
    """Read what one lever is to become."""
    table, _, name = spot
    if name == "order":
        _only(way, "change", "an order can only be changed to a number, or to factions")
        return FACTIONS if raw == FACTIONS else _plain(read_number(raw, Dimension.COUNT, 0, HIGHEST_ORDER))
    if name in WORDS.get(table, ()):
        return _word(document, name, way, raw)
    parameter = catalogue.get(table, name)
    assert parameter is not None, "found before"  # noqa: S101 - for the type checker
    dimension = dimension_of(parameter)
    if way == "times":
        return _plain(read_number(raw, Dimension.COUNT))
    if way == "plus":
        return _plain(read_number(raw, Dimension.GROWTH if dimension in {Dimension.RATE, Dimension.GROWTH} else _signed(dimension)))
    return _plain(read_number(raw, dimension, parameter.floor, parameter.ceiling))


def _word(document: Document, name: str, way: str, raw: object) -> Number | str | tuple[str, ...]:
    """Read what a lever that is no number of the catalogue is to become."""
    if name == "context":
        _only(way, "times", "a theatre's context is a multiplier")
        return _plain(read_number(raw, Dimension.COUNT, LEAST_MULTIPLIER, MOST_MULTIPLIER))
    if name == "strength" and way == "times":
        return _plain(read_number(raw, Dimension.COUNT, 0, 1))
    _only(way, "change", f'"{name}" can only be set')
    if name == "strength":
        return _plain(read_number(raw, Dimension.PROBABILITY, 0, 1))
    if name in {"rivals", "killed"}:
        return _plain(read_number(raw, Dimension.COUNT, 1, MOST_RIVALS if name == "rivals" else MOST_KILLED))
    choices = (*DOCTRINES, *document.doctrines) if name == "answers.doctrine" else CHOICES[name]
    said = tuple(raw) if isinstance(raw, list | tuple) and name == "stance" else (raw,)
    for word in said:
        if word not in choices:
            nearest = nearest_name(str(word), choices)
            raise InputError(
                Code.UNKNOWN_CHOICE, f'"{name}" takes one of a few words', found=word, expected=", ".join(choices), nearest=nearest
            )
    return tuple(map(str, said)) if name == "stance" else str(raw)


def _only(way: str, allowed: str, message: str) -> None:
    if way != allowed:
        raise InputError(Code.INCONSISTENT, message, found=way, expected=allowed)


def _plain(number: Number) -> Number:
    if number.is_solved:
        raise InputError(Code.NOT_IDENTIFIED, "only the quiet rate of a front can be solved for", expected="a value or a range")
    return number


def _signed(dimension: Dimension) -> Dimension:
    """Return the dimension of a change of a number, which may be negative."""
    return Dimension.DURATION if dimension is Dimension.DURATION else Dimension.PLAIN


def _unknown(what: str, name: str, choices: Iterable[str]) -> InputError:
    names = list(choices)
    nearest = nearest_name(name, names)
    expected = "one of " + ", ".join(names[:12]) if names and nearest is None else None
    return InputError(Code.UNKNOWN_PATH, f'no {what} is called "{name}"', nearest=nearest, expected=expected)


def resting_on(lever: Lever, because: tuple[str, ...], known_on: date | None) -> Lever:
    """Return the lever whose number rests on the evidence of the mapping around it, where it names none itself."""
    if not isinstance(lever.value, Number):
        return lever
    return replace(lever, value=lever.value.resting_on(because, known_on))
