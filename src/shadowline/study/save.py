"""Comparisons and claims as folders, written whole or not at all.

A comparison's folder holds ``comparison.json``; ``effects.parquet`` and ``regrets.parquet``, with the rows of `Comparison.table` and
`Comparison.regrets`; ``manifest.json``; and for each policy under ``arms/POLICY`` the folder that ``shadowline run --policy POLICY --out``
would write, so that ``shadowline why FOLDER/arms/POLICY --run N`` tells any of its futures. A folder of claims holds ``claims.json``,
``claims.parquet`` and ``manifest.json``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from shadowline.engine.rows import Names
from shadowline.futures.save import write_manifest, write_results
from shadowline.store import new_folder, write_json, write_parquet

if TYPE_CHECKING:
    from pathlib import Path

    from shadowline.futures.results import Results
    from shadowline.futures.run import Plan
    from shadowline.study.claims import ClaimResults
    from shadowline.study.compare import Comparison

ARMS: Final = "arms"
BY_QUESTION: Final = ("chance", "first_day", "total", "at_risk", "weekly", "hazard")
"""Arrays of a batch whose second axis is the question; outcomes come before measures."""
EFFECTS: Final = pa.schema(
    [(name, pa.string()) for name in ("policy", "against", "outcome")]
    + [(name, pa.float64()) for name in ("base", "changed", "difference", "low", "high", "p", "error", "gain", "gain_in_luck", "up")]
    + [(name, pa.float64()) for name in ("spread_low", "spread_high")]
    + [(name, pa.int64()) for name in ("avoided", "caused", "happened", "differing")]
)
REGRETS: Final = pa.schema(
    [(name, pa.string()) for name in ("actor", "outcome", "wants", "policy")]
    + [(name, pa.float64()) for name in ("mean_regret", "high_regret", "best_in", "content_in")]
    + [("regretted_where", pa.string()), ("belief", pa.float64())]
)
CLAIMS: Final = pa.schema(
    [("id", pa.string()), ("row", pa.int64()), ("says", pa.string()), ("because", pa.list_(pa.string())), ("headline", pa.bool_())]
    + [("levers", pa.list_(pa.string())), ("watch", pa.string()), ("expects", pa.string())]
    + [(name, pa.float64()) for name in ("base", "changed", "effect", "low", "high", "p", "adjusted_p", "sign_share")]
    + [(name, pa.float64()) for name in ("spread_low", "spread_high", "gain")]
    + [(name, pa.int64()) for name in ("avoided", "caused", "against", "along")]
    + [(name, pa.string()) for name in ("verdict", "could_fail", "identity", "turns")]
    + [("turns_at", pa.float64())]
)


def save_comparison(comparison: Comparison, folder: Path) -> None:
    """Write a comparison's folder, whole or not at all.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    with new_folder(folder) as part:
        write_comparison(comparison, part)


def write_comparison(comparison: Comparison, part: Path) -> None:
    """Fill an empty folder with a comparison."""
    write_json(part / "comparison.json", comparison.as_json())
    effects = [
        {"policy": pair.changed, "against": pair.base, "outcome": key} | effect.as_json()
        for pair in comparison.pairs
        for key, effect in pair.effects.items()
    ]
    write_parquet(part / "effects.parquet", pa.Table.from_pylist(effects, EFFECTS))
    write_parquet(part / "regrets.parquet", pa.Table.from_pylist(comparison.regret_rows, REGRETS))
    for arm in comparison.arms:
        (part / ARMS / arm.name).mkdir(parents=True)
        write_results(_alone(arm.results), part / ARMS / arm.name)
    names = [arm.name for arm in comparison.arms]
    days = comparison.arms[0].results.model.days
    write_manifest(part, comparison.scenario, {"policies": names, **_planned(comparison.plan, days)})


def save_claims(results: ClaimResults, folder: Path) -> None:
    """Write a folder of claims, whole or not at all.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    with new_folder(folder) as part:
        write_claims(results, part)


def write_claims(results: ClaimResults, part: Path) -> None:
    """Fill an empty folder with what came of claims."""
    document = results.as_json()
    write_json(part / "claims.json", document)
    rows = []
    for claim in document["claims"]:
        boundary = claim["boundary"] or {"turns": None, "at": None}
        rows.append(claim | {"turns": boundary["turns"], "turns_at": boundary["at"]})
    write_parquet(part / "claims.parquet", pa.Table.from_pylist(rows, CLAIMS))
    played = {"claims": [claim.id for claim in results.claims], **_planned(results.plan, document["horizon_days"])}
    write_manifest(part, results.scenario, played)


def _planned(plan: Plan, days: float) -> dict[str, Any]:
    draws, futures = plan.split
    return {"runs": draws * futures, "draws": draws, "futures_per_draw": futures, "seed": plan.seed, "horizon_days": days}


def _alone(results: Results) -> Results:
    """Return the results of an arm as its policy played alone would give them: without what is asked in comparisons only."""
    scenario, batch = results.scenario, results.batch
    asked = {key: words for key, words in scenario.document.outcomes.items() if key in scenario.data["outcomes"]}
    document = scenario.document.model_copy(update={"outcomes": asked})
    kept = {name: getattr(batch, name)[:, : len(asked)] for name in BY_QUESTION}
    return replace(
        results,
        scenario=replace(scenario, document=document),
        model=replace(results.model, names=Names(document)),
        batch=replace(batch, **kept),
    )
