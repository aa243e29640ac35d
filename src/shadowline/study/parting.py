"""Where matched futures part: on which day, over which act, and what in the two histories makes the difference.

Two matched futures share every draw. The first act (an attack that gets through or not, a strike, a ruler's death) that one has and the
other lacks is where they part; what differs before it in the two histories is why: whom the group obeys, the order in force, an answer
that was or was not decided, or only the pace that levers set.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from shadowline.engine.telling import tell
from shadowline.futures.events import event_rows
from shadowline.mechanisms.journal import OBEDIENCE, ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shadowline.engine.batch import Batch
    from shadowline.engine.build import Model

MOST_TOLD: Final = 240
"""Pairs that are told to find out why they part; more would say the same again."""
ACTS: Final = ("attack", "strike", "leader-death")
BEARING: Final = (ORDER, OBEDIENCE)
Row = dict[str, Any]


@dataclass(frozen=True)
class Parting:
    """One reason for which matched futures part.

    ``actor`` does, or does not, act first; ``act`` is its kind; ``reason`` one of ``obedience``, ``order``, ``answer``, ``harm``, ``pace``;
    ``pairs`` how many of the pairs that were told part so, ``median_day`` counted from day 0; ``example`` a run.
    """

    actor: str
    act: str
    reason: str
    pairs: int
    median_day: float
    example: int

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def part(models: tuple[Model, Model], batches: tuple[Batch, Batch], runs: np.ndarray, *, most: int = MOST_TOLD) -> list[Parting]:
    """Return why some matched futures part, the commonest reason first.

    Parameters
    ----------
    models, batches : pair
        Both arms; batches with traces.
    runs : (n,) array
        Which pairs to look at; of many, ``most`` spread evenly over them are told.
    """
    days = batches[0].traces.part_from(batches[1].traces)
    apart = runs[days[runs] >= 0]
    chosen = apart[np.linspace(0, len(apart) - 1, min(most, len(apart))).astype(int)] if len(apart) else apart
    found: dict[tuple[str, str, str], list[int]] = {}
    for run in chosen:
        key = reason_of(models, batches[0], int(run), int(days[run]))
        found.setdefault(key, []).append(int(run))
    rows = [Parting(*key, len(same), float(np.median(days[same])), same[0]) for key, same in found.items()]
    return sorted(rows, key=lambda row: (-row.pairs, row.median_day, row.actor))


def reason_of(models: tuple[Model, Model], batch: Batch, run: int, day: int) -> tuple[str, str, str]:
    """Return who acts differently first in two matched futures, how, and why; ``day`` is the one on which they part."""
    on = models[0].names.document.as_of.toordinal() + 1 + day
    histories = [_history(model, batch, run, day) for model in models]
    acts = [Counter(_act(row) for row in rows if row["date"].toordinal() == on and row["kind"] in ACTS) for rows in histories]
    odd = [*(acts[0] - acts[1]), *(acts[1] - acts[0])]
    first = min(odd, key=lambda act: (ACTS.index(act[0]), str(act))) if odd else ("", "", "", False)
    kind, actor, owner, _ = first
    return actor, kind or "nothing", _why(kind, actor, owner, histories, acts)


def _history(model: Model, batch: Batch, run: int, day: int) -> list[Row]:
    """Return what happened on the day, and every order and change of obedience up to it."""
    on = model.names.document.as_of.toordinal() + 1 + day
    journal = tell(model, run, futures=batch.futures, seed=batch.seed, days=day + 1)
    return event_rows(model, journal[np.isin(journal.kind, BEARING) | (journal.day == on)], run)


def _act(row: Row) -> tuple[str, str, str, bool]:
    """Return what an act is, for comparing two days: kind, actor, against whom, whether it got through."""
    return row["kind"], str(row["actor"]), str(row["target_owner"] or row["target"] or ""), bool(row["got_through"])


def _why(kind: str, actor: str, owner: str, before: list[list[Row]], acts: list[Counter[tuple[str, str, str, bool]]]) -> str:
    """Return what in two histories makes the difference."""
    if kind == "strike":
        return "answer"
    if kind != "attack":
        return "fate"
    obeyed = [_last(rows, "obedience", actor, owner) for rows in before]
    if _whom(obeyed[0]) != _whom(obeyed[1]):
        return "obedience"
    principal = _whom(obeyed[0])
    if principal is not None:
        orders = [_last(rows, "order", principal, owner) for rows in before]
        if _order(orders[0]) != _order(orders[1]):
            return "order"
    made = [sum(count for act, count in day.items() if act[:3] == (kind, actor, owner)) for day in acts]
    return "harm" if made[0] == made[1] else "pace"


def _last(rows: Iterable[Row], kind: str, actor: str, owner: str) -> Row | None:
    """Return the latest event of a kind by an actor about an adversary."""
    found = [row for row in rows if row["kind"] == kind and row["actor"] == actor and owner in {row["target"], row["target_owner"]}]
    return found[-1] if found else None


def _whom(row: Row | None) -> str | None:
    """Return whom a change of obedience turned to, None for nobody."""
    return None if row is None else row["target"]


def _order(row: Row | None) -> float | None:
    return None if row is None else row["order"]
