"""Coded errors: what was found, where, what was expected, and the nearest valid name.

Every fault of the user's input is an `InputError` with a stable code, so that a message can be looked up, searched
for and tested. The catalogue behind the codes is in `EXPLANATIONS`; ``shadowline check --explain CODE`` prints it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST_FOUND = 60
NEAREST_CUTOFF = 60.0


class Code(StrEnum):
    """Stable codes. A code once published is never given another meaning."""

    # 1xx: what stands in a scenario
    UNKNOWN_KEY = "SL101"
    MISSING_KEY = "SL102"
    WRONG_TYPE = "SL103"
    OUT_OF_RANGE = "SL104"
    MISSING_UNIT = "SL105"
    WRONG_UNIT = "SL106"
    BAD_DATE = "SL107"
    UNKNOWN_REFERENCE = "SL108"
    DUPLICATE_ID = "SL109"
    DATES_OUT_OF_ORDER = "SL110"
    HINDSIGHT = "SL111"
    INCONSISTENT = "SL112"
    CIRCULAR_EXTENDS = "SL113"
    UNKNOWN_CHOICE = "SL114"
    SHARES_DO_NOT_ADD_UP = "SL115"
    UNSUPPORTED_VERSION = "SL116"
    BAD_ID = "SL117"
    NOT_IDENTIFIED = "SL118"
    # 2xx: files that are read or written
    BAD_YAML = "SL201"
    YAML_TOO_LARGE = "SL202"
    EMPTY_FILE = "SL203"
    NOT_TEXT = "SL204"
    NOT_A_MAPPING = "SL205"
    BAD_KEY = "SL206"
    MISSING_FILE = "SL207"
    IS_A_DIRECTORY = "SL208"
    CANNOT_READ = "SL209"
    CANNOT_WRITE = "SL210"
    # 3xx: what was asked for on the command line or in a call
    UNKNOWN_SCENARIO = "SL301"
    UNKNOWN_PATH = "SL302"
    BAD_OPTION = "SL303"
    UNKNOWN_POLICY = "SL304"
    UNKNOWN_CODE = "SL305"
    NOTHING_CHANGED = "SL306"
    CONFLICT = "SL307"
    UNKNOWN_CLAIM = "SL308"
    NO_COMPARISON = "SL309"
    # 4xx: records of events, and results
    BAD_RECORD = "SL401"
    UNKNOWN_RECORD = "SL402"
    BAD_RESULTS = "SL403"
    CHANGED_RESULTS = "SL404"


class Explanation(NamedTuple):
    """What one code stands for: a title, what it means, what to do about it."""

    title: str
    meaning: str
    remedy: str


@dataclass(frozen=True)
class Where:
    """The place of a fault: file, 1-based line, and field as a dotted path; each may be unknown."""

    file: str | None = None
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        """Return ``file:line: field`` with the unknown parts left out."""
        position = "" if self.line is None else f"{self.line}" if self.file else f"line {self.line}"
        place = ":".join(part for part in (self.file, position) if part)
        return ": ".join(part for part in (place, self.field) if part)

    def overlaid(self, other: Where) -> Where:
        """Return this place with everything that `other` knows put over it."""
        return Where(
            file=self.file if other.file is None else other.file,
            line=self.line if other.line is None else other.line,
            field=self.field if other.field is None else other.field,
        )


class ShadowlineError(Exception):
    """The root of all errors that shadowline raises on purpose; faces print it and exit with code 2."""


class InputError(ShadowlineError):
    """One fault in what the user gave.

    Parameters
    ----------
    code : Code
        Stable code of this kind of fault.
    message : str
        One clause without a full stop, such as ``unknown key "zeall"``.
    where : Where, optional
        File, line and field; callers that know them later add them with `at`.
    found : object, optional
        The offending value, quoted and cut to a readable length in the message.
    expected : str, optional
        What would have been right.
    nearest : str, optional
        The valid name closest to what was written.
    """

    def __init__(  # noqa: PLR0913 - the parts of a message, each named
        self,
        code: Code,
        message: str,
        *,
        where: Where | None = None,
        found: object = None,
        expected: str | None = None,
        nearest: str | None = None,
    ) -> None:
        # Both go into `args`, the rest into the instance, so that copying and pickling keep everything.
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.where = where or Where()
        self.found = found
        self.expected = expected
        self.nearest = nearest

    def __str__(self) -> str:
        """Return the message as one line: place, fault, found, expected, nearest name, code."""
        clauses = [self.message]
        if self.found is not None:
            clauses.append(f"found {shown(self.found)}")
        if self.expected is not None:
            clauses.append(f"expected {self.expected}")
        if self.nearest is not None:
            clauses.append(f'did you mean "{self.nearest}"?')
        place = str(self.where)
        return (f"{place}: " if place else "") + "; ".join(clauses) + f" [{self.code}]"

    def at(self, where: Where) -> InputError:
        """Return a copy of this error at `where`; what `where` leaves open stays as it was."""
        moved = copy.copy(self)
        moved.where = self.where.overlaid(where)
        return moved


class InputErrors(ShadowlineError):  # noqa: N818 - a plural of InputError
    """Several faults found in one reading, printed one per line in the order of files and lines."""

    def __init__(self, errors: Iterable[InputError]) -> None:
        self.errors = tuple(sorted(errors, key=_by_place))
        super().__init__(self.errors)

    def __str__(self) -> str:
        """Return one line per fault."""
        return "\n".join(str(error) for error in self.errors)


def raise_any(errors: Sequence[InputError]) -> None:
    """Raise the only error, or all of them together, or nothing if there are none.

    Raises
    ------
    InputError
        If there is exactly one.
    InputErrors
        If there are several.
    """
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise InputErrors(errors)


def nearest_name(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `word` was most likely meant to be, or None if none is close."""
    # Imported here: only a run that fails needs it, and `--help` should not wait for it.
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(word, sorted(choices), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=NEAREST_CUTOFF)
    return None if found is None else str(found[0])


def shown(value: object) -> str:
    """Return `value` as an error shows it: text in double quotes, long values cut, on one line."""
    text = " ".join(str(value).split())
    if len(text) > LONGEST_FOUND:
        text = text[: LONGEST_FOUND - 1] + "…"
    if isinstance(value, bool):
        return text.lower()
    return f'"{text}"' if isinstance(value, str) else text


def _by_place(error: InputError) -> tuple[str, int]:
    return error.where.file or "", error.where.line or 0


EXPLANATIONS: dict[Code, Explanation] = {
    Code.UNKNOWN_KEY: Explanation(
        "Unknown key",
        "A scenario holds a key that its schema does not know. Misspelt keys fail, so that none is silently ignored.",
        "Correct the spelling; `shadowline check` names the nearest valid key.",
    ),
    Code.MISSING_KEY: Explanation("Missing key", "A key that has no default is absent.", "Add the key at the place named, with its unit."),
    Code.WRONG_TYPE: Explanation(
        "Wrong type",
        "A value is of another kind than its field, such as text for a number or a list for a mapping.",
        "Write the value in the form the message expects.",
    ),
    Code.OUT_OF_RANGE: Explanation(
        "Out of range",
        "A number lies outside the range in which its field has a meaning, or is not finite.",
        "Choose a value within the range named in the message.",
    ),
    Code.MISSING_UNIT: Explanation(
        "Missing unit",
        "A rate or a duration is written as a bare number, which does not say per what or how long.",
        "Write rates as 0.02/day, 1.5/week or 2/month and durations as 3d, 2 weeks or 6 months.",
    ),
    Code.WRONG_UNIT: Explanation(
        "Wrong unit",
        "A quantity has a unit that does not fit its field, such as days for a probability, or one nobody knows.",
        "Use a unit of the kind that the message expects.",
    ),
    Code.BAD_DATE: Explanation(
        "Not a date",
        "A date is not written as year, month and day, or the calendar does not have it.",
        "Write dates as 2024-01-30.",
    ),
    Code.UNKNOWN_REFERENCE: Explanation(
        "Unknown reference",
        "A name points to an actor, line, target, event or evidence entry that the scenario does not declare.",
        "Declare it, or correct the spelling.",
    ),
    Code.DUPLICATE_ID: Explanation(
        "Duplicate name",
        "The same key or id is given twice, so that one of the two would be lost.",
        "Rename or remove one of them.",
    ),
    Code.DATES_OUT_OF_ORDER: Explanation(
        "Dates out of order",
        "An interval ends before it begins, or a date lies on the wrong side of `as_of`.",
        "Correct the dates so that they follow one another.",
    ),
    Code.HINDSIGHT: Explanation(
        "Hindsight",
        "A number or an evidence entry was known only after the date of the scenario that uses it.",
        "Give `known_on` if it was known earlier, or leave the number out of this scenario.",
    ),
    Code.INCONSISTENT: Explanation(
        "Inconsistent", "Two parts of the scenario contradict each other.", "Change one of the two places named."
    ),
    Code.CIRCULAR_EXTENDS: Explanation(
        "Circular extends", "A scenario extends itself, directly or through others.", "Remove one `extends:`."
    ),
    Code.UNKNOWN_CHOICE: Explanation(
        "Unknown choice", "A field that takes one of a few words holds another.", "Use one of the words listed."
    ),
    Code.SHARES_DO_NOT_ADD_UP: Explanation(
        "Shares do not add up",
        "Shares of one whole sum to something other than 1.",
        "Change them so that they sum to 1.",
    ),
    Code.UNSUPPORTED_VERSION: Explanation(
        "Unsupported version",
        "The scenario is written in a version of the language that this release does not read.",
        "Upgrade shadowline, or bring the scenario to the version named.",
    ),
    Code.BAD_ID: Explanation(
        "Not a valid id",
        "An id has other signs than lower-case letters, digits and hyphens.",
        "Write ids like kataib-hezbollah.",
    ),
    Code.NOT_IDENTIFIED: Explanation(
        "Cannot be solved for",
        "A number given as a total to be solved for has no solution within its range.",
        "Check the total, or give the number itself as a value or a range.",
    ),
    Code.BAD_YAML: Explanation(
        "Not valid YAML",
        "The file does not parse as YAML.",
        "Look at the line named and the one above it: an indent, a colon, a quote or a bracket.",
    ),
    Code.YAML_TOO_LARGE: Explanation(
        "Too large a file",
        "The file is too big, nested too deeply, or its aliases would expand to a huge document.",
        "Split it with `extends:`, or write the repeated parts out.",
    ),
    Code.EMPTY_FILE: Explanation(
        "Empty file", "The file holds nothing, or comments only.", "`shadowline new DIR` writes one to start from."
    ),
    Code.NOT_TEXT: Explanation("Not a text file", "The file is binary or not encoded in UTF-8.", "Save it as plain text in UTF-8."),
    Code.NOT_A_MAPPING: Explanation(
        "Not a mapping",
        "The file holds a list or a single value, not keys with values.",
        "Begin it with `key: value` lines.",
    ),
    Code.BAD_KEY: Explanation(
        "Key is not text",
        "A key is a number, a date, a truth value, empty, a list or a mapping.",
        "Put the key in quotes if it is meant as text.",
    ),
    Code.MISSING_FILE: Explanation("Missing file", "There is no file at the path given.", "Check the path."),
    Code.IS_A_DIRECTORY: Explanation("Is a directory", "A path that should name a file names a folder.", "Name the file inside it."),
    Code.CANNOT_READ: Explanation("Cannot read", "The system refuses to read the file.", "Check its permissions."),
    Code.CANNOT_WRITE: Explanation(
        "Cannot write",
        "The system refuses to write there, or a folder is there already that shadowline did not make.",
        "Choose another place (--out, or the folder given), or check permissions and free space.",
    ),
    Code.UNKNOWN_SCENARIO: Explanation(
        "Unknown scenario", "The name is neither a shipped scenario nor a file.", "`shadowline list` names them."
    ),
    Code.UNKNOWN_PATH: Explanation(
        "Unknown path",
        "`--set` or a `change:` names a path that the scenario does not have.",
        "Use the dotted path of an existing field, such as actors.iran.handler.ties.",
    ),
    Code.BAD_OPTION: Explanation("Bad option", "An option on the command line has a value it cannot take.", "See --help of the verb."),
    Code.UNKNOWN_POLICY: Explanation(
        "Unknown policy", "`--policy` names none of the scenario's policies.", "Use one listed in `policies:`."
    ),
    Code.UNKNOWN_CODE: Explanation(
        "Unknown code", "There is no error of this code.", "Codes look like SL101 and stand at the end of messages."
    ),
    Code.NOTHING_CHANGED: Explanation(
        "Nothing changed",
        "A change was asked for that leaves every number of the model as it was.",
        "Set another value, or another path.",
    ),
    Code.CONFLICT: Explanation(
        "Policies in conflict",
        "Two policies, or two parts of one, move the same lever at the same time.",
        "Move it once, or let one stage end before the other begins.",
    ),
    Code.UNKNOWN_CLAIM: Explanation("Unknown claim", "`--claim` names none of the scenario's claims.", "Use one listed in `claims:`."),
    Code.NO_COMPARISON: Explanation(
        "Not a pair",
        "Two results cannot be held against one another: they do not share scenario, seed, draws and days.",
        "Run both with the same --runs, --draws, --seed and --horizon, or use `compare --out`.",
    ),
    Code.BAD_RECORD: Explanation(
        "Bad record",
        "A table of recorded events has a missing column or an impossible value.",
        "Correct the row named; the codebook says what each column holds.",
    ),
    Code.UNKNOWN_RECORD: Explanation(
        "Unknown record", "A scenario names a record of events that does not ship.", "Correct `prelude: record:`."
    ),
    Code.BAD_RESULTS: Explanation(
        "Not a results folder", "The folder lacks its manifest or one of its tables.", "Name a folder written by `run`."
    ),
    Code.CHANGED_RESULTS: Explanation(
        "Results were changed", "A file of the results does not have the hash that its manifest gives.", "Run it again."
    ),
}
