"""Tables from which the pictures of comparisons and claims are drawn, beside those that these have themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from shadowline.study.measures import measure_of

if TYPE_CHECKING:
    from shadowline.study.claims import ClaimResults
    from shadowline.study.compare import Comparison
    from shadowline.study.measures import Measure


def compared_measures(comparison: Comparison) -> dict[str, Measure]:
    """Return everything that was watched in a comparison."""
    model = comparison.arms[0].results.model
    return {key: measure_of(model.names.document, key, model.days) for key in comparison.questions}


def claimed_measures(results: ClaimResults) -> dict[str, Measure]:
    """Return everything that some claim watches."""
    document = results.scenario.document
    days = results.plan.horizon or document.horizon
    return {claim.words.watch: measure_of(document, claim.words.watch, days) for claim in results.claims}


def day_table(comparison: Comparison) -> pd.DataFrame:
    """Return in how many futures each policy's matched futures part on which day; one row of none where none part."""
    first = comparison.arms[0].results.batch.traces
    rows = []
    for arm in comparison.arms[1:]:
        days = first.part_from(arm.results.batch.traces)
        counted = list(zip(*np.unique(days[days >= 0], return_counts=True), strict=True)) or [(0, 0)]
        rows += [{"policy": arm.name, "day": int(day), "futures": int(futures)} for day, futures in counted]
    return pd.DataFrame(rows)


def reason_table(comparison: Comparison) -> pd.DataFrame:
    """Return why the matched futures of each policy part: one row for each reason, the commonest first."""
    rows = [{"policy": pair.changed} | row.as_json() for pair in comparison.pairs for row in pair.partings[""]]
    return pd.DataFrame(rows, columns=["policy", "actor", "act", "reason", "pairs", "median_day", "example"])


def claim_table(results: ClaimResults) -> pd.DataFrame:
    """Return the claims as `ClaimResults.table`, with the margin within which an unchanged measure may move."""
    return results.table.assign(within=[claim.words.within for claim in results.claims])
