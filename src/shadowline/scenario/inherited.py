"""Experiments that a scenario inherits, and whose questions it no longer asks: they are left out, and named.

A scenario that extends another, or ``--set``, may take questions away. What the parent wanted to know about them would then be a fault of a
file that the reader did not write; it is left out instead. What the outermost file says itself is never left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shadowline.scenario.source import Source

Rows = dict[str, Any]
Place = tuple[str, ...]


def leave_out_orphans(data: Rows, sources: Sequence[Source], *, inherits: bool, asked_anew: bool) -> tuple[str, ...]:
    """Take inherited policies, claims and minds out of plain data whose outcome, measure or policy is gone; return their paths.

    Parameters
    ----------
    data : dict
        Merged plain data; changed in place.
    sources : sequence of Source
        Files of policies, then the scenario's own file, then those that it extends.
    inherits : bool
        Whether it extends any.
    asked_anew : bool
        Whether questions were changed from outside; then nothing in the files is to blame.
    """
    if not inherits and not asked_anew:
        return ()
    own = [] if asked_anew else [source.data for source in sources[: _own_files(sources)]]
    asked = {**_rows(data, "outcomes"), **_rows(data, "measures")}
    gone: list[Place] = [
        ("policies", key) for key, row in _rows(data, "policies").items() if not _begins_with(row, _rows(data, "outcomes"))
    ]
    left_out = _drop(data, own, gone)
    claims = _rows(data, "claims").items()
    gone = [("claims", key) for key, row in claims if not _is_watched(row, asked) or not _has_policy(row, _rows(data, "policies"))]
    left_out += _drop(data, own, gone)
    gone = [("minds", actor, key) for actor, row in _rows(data, "minds").items() for key in _plain(row) if key not in asked]
    left_out += _drop(data, own, gone)
    return tuple(".".join(place) for place in left_out)


def _own_files(sources: Sequence[Source]) -> int:
    """Return how many sources, from the first, nobody inherits: files of policies, and the one that extends the others."""
    return next((n for n, source in enumerate(sources) if "extends" in source.data), 0) + 1


def _rows(data: Mapping[str, Any], table: str) -> Rows:
    return _plain(data.get(table))


def _plain(value: Any) -> Rows:  # noqa: ANN401 - YAML
    return value if isinstance(value, dict) else {}


def _begins_with(row: Any, outcomes: Rows) -> bool:  # noqa: ANN401 - YAML
    """Return whether every outcome after which a policy's stages begin is asked."""
    stages = [row, *(_plain(row).get("then") or ())]
    after = [_plain(stage).get("from") for stage in stages]
    return all(name in outcomes for name in after if isinstance(name, str) and not name[:1].isdigit())


def _is_watched(row: Any, asked: Rows) -> bool:  # noqa: ANN401 - YAML
    return _plain(row).get("watch") in asked


def _has_policy(row: Any, policies: Rows) -> bool:  # noqa: ANN401 - YAML
    policy = _plain(row).get("policy")
    return not isinstance(policy, str) or all(name in policies for name in policy.split("+"))


def _drop(data: Rows, own: Sequence[Mapping[str, Any]], places: list[Place]) -> list[Place]:
    """Take rows out, except those that the reader's own files say themselves; return what was taken."""
    dropped = [place for place in places if not any(_says(rows, place) for rows in own)]
    for *way, last in dropped:
        here = data
        for key in way:
            here = here[key]
        del here[last]
    return dropped


def _says(own: Mapping[str, Any], place: Place) -> bool:
    """Return whether a file has something at a place."""
    here: Any = own
    for key in place:
        here = _plain(here).get(key)
    return here is not None
