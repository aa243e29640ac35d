"""The recorded past as arrays that the prelude replays.

Dated attacks and strikes stand on their days. Totals over intervals are spread, for every parameter draw, over days and fronts by
multinomial draws whose weights are capability times quiet rate; each attack has an address of its own, so that adding a front with no
weight moves none. Fronts and days of which the record says nothing are marked -1: there the model draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from shadowline.engine.compiled import compiled
from shadowline.engine.random import hashed, pick, run_key
from shadowline.engine.tables import PAST_HARM, PAST_STRIKES
from shadowline.errors import Code, InputError

if TYPE_CHECKING:
    from shadowline.engine.rows import Names
    from shadowline.record.load import Record
    from shadowline.record.schema import Event

UNRECORDED = -1
ASSETS_ABROAD = 3
"""From this rung on a strike is aimed at a patron."""


class Interval(NamedTuple):
    """Recorded attacks to be spread: first and last day (offsets), the fronts they may fall on, how many, and an address."""

    first: int
    last: int
    fronts: np.ndarray
    attacks: int
    address: np.uint64


@compiled
def spread(counts, weights, first, last, fronts, count, seed, entity):
    """Place ``count`` attacks on days and fronts, for every draw; ``counts`` (draws, days, fronts), ``weights`` (draws, fronts)."""
    for d in range(counts.shape[0]):
        key = run_key(seed, np.uint64(d))
        total = 0.0
        for f in fronts:
            total += weights[d, f]
        for j in range(count):
            day = first + int((last - first + 1) * pick(key, entity, 0, j))
            goal = total * pick(key, entity, 1, j)
            chosen = fronts[0]
            for f in fronts:
                goal -= weights[d, f]
                if goal < 0.0:
                    chosen = f
                    break
            counts[d, day, chosen] += 1


class Past(NamedTuple):
    """What the prelude replays: intervals, dated attacks (day offset, front), dated harm, and strikes."""

    days: int
    covered: np.ndarray
    intervals: list[Interval]
    dated: list[tuple[int, int]]
    harm: np.ndarray
    strikes: np.ndarray

    def attacks(self, weights: np.ndarray, seed: int) -> np.ndarray:
        """Return attacks by draw, day and front; ``weights`` (draws, fronts)."""
        counts = np.where(self.covered, 0, UNRECORDED).astype(np.int64)
        counts = np.repeat(counts[None], len(weights), axis=0)
        for interval in self.intervals:
            spread(counts, weights, interval.first, interval.last, interval.fronts, interval.attacks, np.uint64(seed), interval.address)
        for day, front in self.dated:
            counts[:, day, front] = np.maximum(counts[:, day, front], 0) + 1
        return counts


def no_past(days: int, fronts: int) -> Past:
    """Return a past without any record."""
    return Past(days, np.zeros((days, fronts), bool), [], [], np.zeros(0, PAST_HARM), np.zeros(0, PAST_STRIKES))


def read_past(document: Any, names: Names, record: Record | None) -> Past:
    """Return what the record holds of a scenario's prelude, as known on its as-of date."""
    prelude = document.prelude
    first = prelude.from_ if prelude is not None else document.as_of
    days = (document.as_of - first).days + 1 if prelude is not None else 0
    past = no_past(days, len(document.fronts))
    strikes = [_declared(strike, names) for strike in document.strikes]
    if prelude is not None and record is not None:
        known = record.known_by(document.as_of)
        harm: list[tuple[int, ...]] = []
        for source in prelude.attacks:
            _read_series(document, names, known, source, past, harm)
        for event in known.strikes(first, document.as_of):
            strikes.extend(_recorded(event, names))
        past = past._replace(harm=np.array(harm, PAST_HARM))
    strikes.sort()
    return past._replace(strikes=np.array(strikes, PAST_STRIKES))


def _declared(strike: Any, names: Names) -> tuple[int, ...]:
    """Return a strike that the scenario declares as a row of numbers."""
    territory = names.territory(strike.territory) if strike.territory else names.home(strike.against)
    return (strike.on.toordinal(), names.actor(strike.by), names.actor(strike.against), names.rung(strike.rung), territory, strike.killed)


def _recorded(event: Event, names: Names) -> list[tuple[int, ...]]:
    """Return a recorded strike once for each author that the scenario knows, its toll with the first; a rung not stated is the lowest."""
    rung = 1 if event.rung is None else event.rung
    if rung < 1:
        return []
    known = [actor for actor in event.target if names.has_actor(actor)]
    struck = [actor for actor in known if names.is_principal(actor) == (rung >= ASSETS_ABROAD)]
    target = names.actor(struck[0]) if struck else _usual_suspect(names, event)
    territory = names.territory(event.where) if event.where and names.has_territory(event.where) else -1
    authors = [author for author in event.actor if names.has_actor(author)]
    toll = event.killed if _toll_is_stated(event) else -1
    return [
        (event.start.toordinal(), names.actor(author), target, rung, territory, toll if n == 0 or toll < 0 else 0)
        for n, author in enumerate(authors)
    ]


def _toll_is_stated(event: Event) -> bool:
    """Return whether the record says how many died, none included."""
    return any(dead is not None for dead in (event.soldiers_killed, event.contractors_killed, event.others_killed))


def _usual_suspect(names: Names, event: Event) -> int:
    """Return whom a recorded strike on nobody in particular hits: the proxy that usually attacks its author most from that territory."""
    fronts = [f for author in event.actor for f in names.fronts_facing(author) if names.front_territory(f) in event.territory]
    return names.actor(names.front_proxy(max(fronts, key=names.usual_rate))) if fronts else -1


def _read_series(document: Any, names: Names, record: Record, source: Any, past: Past, harm: list[tuple[int, ...]]) -> None:
    """Add one series of totals, and the dated attacks that are counted in it."""
    fronts = names.fronts_facing(source.target_owner, source.theatre, source.proxies)
    if not fronts:
        message = f'no front faces "{source.target_owner}" for the series "{source.series}"'
        raise InputError(Code.INCONSISTENT, message)
    first = document.prelude.from_
    for n, step in enumerate(record.increments(source.series, first, document.as_of, without_dated=True)):
        chosen = [f for f in fronts if step.territory is None or names.front_territory(f) == step.territory] or fronts
        begin, end = (step.start - first).days, (step.end - first).days
        past.covered[begin : end + 1, fronts] = True
        if step.added > 0:
            address = hashed(f"{source.series}:{step.start}:{step.territory}:{n}")
            past.intervals.append(Interval(begin, end, np.array(chosen), step.added, address))
    for event in record.attacks(first, document.as_of):
        if event.counted_in == source.series:
            _read_dated(names, event, fronts, (event.start - first).days, past, harm)


def _read_dated(names: Names, event: Event, fronts: list[int], day: int, past: Past, harm: list[tuple[int, ...]]) -> None:
    """Add one dated attack, on the front that fits its author and territory best, with the harm it did."""
    members = names.members(event.actor)
    fitting = [f for f in fronts if names.front_territory(f) in event.territory and names.front_proxy(f) in members]
    fitting = fitting or [f for f in fronts if names.front_territory(f) in event.territory] or fronts
    front = max(fitting, key=names.usual_rate)
    past.dated.append((day, front))
    past.covered[day, fronts] = True
    dead = ((0, event.soldiers_killed), (1, event.contractors_killed), (2, event.others_killed))
    killed = [(victims, count) for victims, count in dead if count]
    wounded = event.wounded or 0
    for victims, count in killed or ([(0, 0)] if wounded else []):
        harm.append((event.start.toordinal(), front, victims, count, wounded))
        wounded = 0
