"""Read one YAML file into plain data, and remember the line on which each part stands.

The language is YAML with the surprises taken out: only ``true`` and ``false`` are truth values (``on:`` and ``no:``
are ordinary keys), ``1e3`` is a number and ``012`` is not, a date is ``2024-01-30``, keys are text and given once.
Tags are refused, so that no file can name code. Size, depth and the expansion of aliases are limited.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from shadowline.errors import Code, InputError, Where, nearest_name

if TYPE_CHECKING:
    from collections.abc import Callable

Place = tuple[str | int, ...]

MOST_BYTES = 2_000_000
DEEPEST = 40
MOST_NODES = 200_000

_TAG = "tag:yaml.org,2002:"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The C parser (where the wheel has it) with the plain scalars of this language only."""

    yaml_implicit_resolvers: dict[str | None, list[Any]] = {}  # noqa: RUF012 - the parent class declares it so


for _kind, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
):  # fmt: skip
    # The first pattern that fits decides, so whole numbers come before numbers with a point.
    _Loader.add_implicit_resolver(_TAG + _kind, re.compile(f"^(?:{_pattern})$"), list(_first))

_SCALARS: dict[str, Callable[[str], object]] = {
    _TAG + "str": str,
    _TAG + "bool": lambda text: text.lower() == "true",
    _TAG + "null": lambda _: None,
    _TAG + "int": int,
    _TAG + "float": float,
    _TAG + "timestamp": date.fromisoformat,
}


@dataclass(frozen=True)
class Source:
    """One file as plain data (dict, list, str, int, float, bool, date, None) with the lines it came from.

    Attributes
    ----------
    path : Path
        The file, as it was named.
    text : str
        Its text without a byte-order mark.
    sha256 : str
        Of its bytes, in hexadecimal digits.
    data : dict
        Its content.
    positions : dict
        From the path of every key and list item, such as ``("ties", 0, "from")``, to its 1-based line.
    """

    path: Path
    text: str
    sha256: str
    data: dict[str, Any]
    positions: dict[Place, int]

    def line(self, place: Place) -> int | None:
        """Return the line of `place`, or of the nearest part above it that the file holds."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.positions:
                return self.positions[place[:length]]
        return None

    def where(self, place: Place) -> Where:
        """Return file, line and dotted field of `place`, for errors."""
        return Where(file=str(self.path), line=self.line(place), field=dotted(place))


def read_source(path: Path) -> Source:
    """Read the YAML file at `path`, which must hold a mapping.

    Raises
    ------
    InputError
        With file and line where known: MISSING_FILE, IS_A_DIRECTORY, CANNOT_READ, NOT_TEXT, EMPTY_FILE, BAD_YAML,
        YAML_TOO_LARGE, NOT_A_MAPPING, BAD_KEY, DUPLICATE_ID or BAD_DATE.
    """
    path = Path(path)
    raw = _read_bytes(path)
    try:
        text = _decoded(raw)
        data, positions = _mapping_of(text)
    except InputError as error:
        raise error.at(Where(file=str(path))) from None
    return Source(path=path, text=text, sha256=hashlib.sha256(raw).hexdigest(), data=data, positions=positions)


def read_value(text: str) -> object:
    """Read one value as a scenario would hold it, for values given on the command line.

    Raises
    ------
    InputError
        BAD_YAML and the like, with the line inside `text`.
    """
    return _composed(text)[0]


def dotted(place: Place) -> str | None:
    """Return a path as people write it, ``actors.iran.order.schedule.0``; the whole file is None."""
    return ".".join(str(part) for part in place) or None


def _read_bytes(path: Path) -> bytes:
    place = Where(file=str(path))
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        # Stems are compared, since the ending alone makes all names alike.
        beside = {other.stem: other.name for other in path.parent.glob("*.y*ml")}
        nearest = beside.get(nearest_name(path.stem, beside) or "")
        raise InputError(Code.MISSING_FILE, "there is no such file", where=place, nearest=nearest) from None
    except IsADirectoryError:
        raise InputError(Code.IS_A_DIRECTORY, "this is a folder", where=place, expected="a YAML file inside it") from None
    except (OSError, ValueError) as refusal:
        reason = (getattr(refusal, "strerror", None) or str(refusal)).lower()
        raise InputError(Code.CANNOT_READ, f"cannot read: {reason}", where=place) from None
    if len(raw) > MOST_BYTES:
        raise InputError(Code.YAML_TOO_LARGE, "the file is too large", where=place, expected=f"at most {MOST_BYTES:,} bytes")
    return raw


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise InputError(Code.NOT_TEXT, "this is not text in UTF-8", where=Where(line=line)) from None
    if "\0" in text:
        raise InputError(Code.NOT_TEXT, "the file is binary", expected="text in UTF-8")
    return text


def _mapping_of(text: str) -> tuple[dict[str, Any], dict[Place, int]]:
    data, positions = _composed(text)
    if data is None:
        raise InputError(Code.EMPTY_FILE, "the file holds nothing")
    if not isinstance(data, dict):
        kind = "a list" if isinstance(data, list) else "a single value"
        raise InputError(Code.NOT_A_MAPPING, f"the file holds {kind}", expected="keys with values")
    return data, positions


def _composed(text: str) -> tuple[Any, dict[Place, int]]:
    """Return data and lines of a YAML document; the events are looked through before nodes are built."""
    try:
        _check_depth(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise InputError(Code.NOT_TEXT, "a control character is in the text", where=Where(line=line)) from None
    except yaml.YAMLError as fault:
        raise _not_yaml(fault, text) from None
    builder = _Builder()
    return (None if root is None else builder.build(root, ())), builder.positions


def _check_depth(text: str) -> None:
    """Refuse deep nesting while it is still a stream of events, because composing nodes recurses."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise InputError(Code.YAML_TOO_LARGE, "nested too deeply", where=_at(event), expected=f"at most {DEEPEST} levels")


def _not_yaml(fault: yaml.YAMLError, text: str) -> InputError:
    context, problem = getattr(fault, "context", None), getattr(fault, "problem", None) or str(fault)
    problem = f"{context}, {problem}" if context else problem
    mark = getattr(fault, "problem_mark", None)
    # A file that breaks off is reported at its end, which may be one line past the last.
    line = None if mark is None else min(mark.line + 1, text.count("\n") + 1)
    return InputError(Code.BAD_YAML, f"not valid YAML: {problem}", where=Where(line=line))


@dataclass
class _Builder:
    """Turn nodes into data, noting lines; an alias is built anew wherever it is used, and counted."""

    positions: dict[Place, int] = field(default_factory=dict)
    nodes: int = 0

    def build(self, node: yaml.Node, place: Place) -> Any:  # noqa: ANN401 - YAML holds anything
        self.nodes += 1
        # An alias inside its own anchor has no end, but soon has a depth.
        if self.nodes > MOST_NODES or len(place) > DEEPEST:
            raise InputError(
                Code.YAML_TOO_LARGE,
                "too much content once aliases are expanded",
                where=_at(node),
                expected=f"at most {MOST_NODES:,} parts",
            )
        self.positions.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
            return [self.build(item, (*place, index)) for index, item in enumerate(node.value)]
        return _scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        lines: dict[str, int] = {}
        result = {}
        for key_node, value_node in node.value:
            key = _key(key_node, place)
            if key in lines:
                raise InputError(
                    Code.DUPLICATE_ID,
                    f'key "{key}" is given twice, first on line {lines[key]}',
                    where=_at(key_node, (*place, key)),
                )
            lines[key] = key_node.start_mark.line + 1
            self.positions[(*place, key)] = lines[key]
            result[key] = self.build(value_node, (*place, key))
        return result


def _key(node: yaml.Node, place: Place) -> str:
    if isinstance(node, yaml.ScalarNode) and node.tag == _TAG + "str" and node.value:
        return str(node.value)
    found = node.value if isinstance(node, yaml.ScalarNode) and node.value else None
    raise InputError(
        Code.BAD_KEY,
        "a key must be text",
        where=_at(node, place),
        found=found,
        expected="letters, or the key in quotes",
    )


def _scalar(node: yaml.Node, place: Place) -> object:
    make = _SCALARS.get(node.tag) if isinstance(node, yaml.ScalarNode) else None
    if make is None:
        raise InputError(Code.BAD_YAML, f'tags such as "{node.tag}" are not allowed', where=_at(node, place))
    try:
        value = make(node.value)
    except ValueError:
        is_date = node.tag == _TAG + "timestamp"
        code, fault = (Code.BAD_DATE, "no such day in the calendar") if is_date else (Code.WRONG_TYPE, "not a number")
        raise InputError(code, fault, where=_at(node, place), found=node.value) from None
    if isinstance(value, float) and not math.isfinite(value):
        raise InputError(Code.OUT_OF_RANGE, "not a finite number", where=_at(node, place), found=node.value)
    return value


def _at(marked: yaml.Node | yaml.Event, place: Place = ()) -> Where:
    mark = marked.start_mark
    return Where(line=None if mark is None else mark.line + 1, field=dotted(place))
