"""Orders that no principal chose: which a scenario fixes and a policy lays down, and on which days of a future they are in force."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from shadowline.engine.tables import the_catalogue
from shadowline.futures.why.words import Decree
from shadowline.scenario.experiments import policy_stages
from shadowline.scenario.numbers import Number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from shadowline.scenario.levers import Stage
    from shadowline.scenario.schema import Document


def decrees(document: Document, policy: str | None, outcomes: Mapping[str, Mapping[str, Any]]) -> tuple[Decree, ...]:
    """Return the orders that are laid down in one future.

    Parameters
    ----------
    document : Document
        The scenario's words.
    policy : str or None
        What was played: a policy, several joined by ``+``, or none.
    outcomes : mapping
        What the future came to by question, with ``first_day``: a stage of a policy may wait for it.
    """
    morning = document.as_of + timedelta(days=1)
    adversaries = [key for key, actor in document.actors.items() if actor.role == "adversary"]
    found: list[Decree] = []
    for key, actor in document.actors.items():
        order = actor.order if actor.role in {"patron", "host"} else None
        if order is not None and isinstance(order.fixed, Number):
            found += [Decree(key, other, value, morning, None) for other in adversaries for value in _values(order.fixed)]
    for stage in policy_stages(document, the_catalogue(), policy) if policy else ():
        span = _span(stage, morning, outcomes)
        for lever in stage.levers:
            if lever.name == "order" and isinstance(lever.value, Number) and span is not None:
                principal, adversary = lever.row.split(">")
                found += [Decree(principal, adversary, value, *span) for value in _values(lever.value)]
    return tuple(found)


def _span(stage: Stage, morning: date, outcomes: Mapping[str, Mapping[str, Any]]) -> tuple[date, date | None] | None:
    """Return the first and the last day of a stage in one future; None where what it waits for never happens."""
    first = stage.start or morning
    if stage.after is not None:
        happened = outcomes[stage.after]["first_day"]
        if happened is None:
            return None
        first = morning + timedelta(days=int(happened) + 1)
    return first, stage.last if stage.days is None else first + timedelta(days=stage.days - 1)


def _values(number: Number) -> list[float]:
    """Return what a certain number is; an uncertain one has no value of its own."""
    return [float(number.middle())] if number.is_certain else []


__all__ = ["decrees"]
