"""Comparisons and claims as HTML for notebooks: compact tables, every text escaped."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from shadowline.futures.wording import marked
from shadowline.study.claim_wording import boundary_sentence
from shadowline.study.lever_wording import lever_text
from shadowline.study.measures import believed, difference, levels, measure_of
from shadowline.study.verdicts import Verdict
from shadowline.study.wording import alarms, foremost, matched, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shadowline.study.claims import ClaimResult, ClaimResults
    from shadowline.study.compare import Comparison, Pair

MOST_TOLD = 3


def comparison_table(comparison: Comparison) -> str:
    """Return the effects of every policy, one row per question that differs in some future, with the sentences that matter most."""
    document, model = comparison.scenario.document, comparison.arms[0].results.model
    policies = "".join(f"<li><b>{html.escape(shown(arm.name))}</b> {html.escape(arm.says)}</li>" for arm in comparison.arms)
    rows = "".join(_effect_row(comparison, pair, key) for pair in comparison.pairs for key in pair.effects if pair.effects[key].differing)
    best = {(pair.changed, key) for pair in comparison.pairs for key in foremost(comparison, pair, MOST_TOLD)}
    said = "".join(f"<li>{marked(one.sentence)}</li>" for one in matched(comparison) if (one.policy, one.outcome) in best)
    played = f"{comparison.runs:,} matched futures of {model.days} days from {document.as_of}, seed {comparison.plan.seed}"
    heads = ("policy", "question", shown(comparison.arms[0].name), "with the policy", "difference", "95 %", "avoided", "caused")
    return (
        f"<p><b>{html.escape(document.title)}</b></p>{_warned(alarms(comparison))}<ul>{policies}</ul>{_table(heads, rows)}"
        f"<ul>{said}</ul><p>{played}</p>"
    )


def _effect_row(comparison: Comparison, pair: Pair, key: str) -> str:
    effect, model = pair.effects[key], comparison.arms[0].results.model
    measure = measure_of(model.names.document, key, model.days)
    counts = ["" if count is None else f"{count:,}" for count in (effect.avoided, effect.caused)]
    return _row((shown(pair.changed), measure.asks), (*levels(measure, effect), *difference(measure, effect), *counts))


def verdict_table(results: ClaimResults) -> str:
    """Return the verdicts, one row per claim, by verdict, with where claims turn."""
    document = results.scenario.document
    rows = "".join(_claim_row(results, claim) for verdict in Verdict for claim in results.claims if claim.verdict is verdict)
    turns = "".join(
        f"<li><code>{html.escape(claim.id)}</code> {marked(boundary_sentence(document, claim, f'claims.{n}.boundary'))}</li>"
        for n, claim in enumerate(results.claims)
        if claim.boundary is not None
    )
    draws, futures = results.plan.split
    played = f"{results.futures:,} futures in {results.arms:,} arms, {draws * futures:,} of each claim, seed {results.plan.seed}"
    heads = ("claim", "moved", "watched", "verdict", "difference", "95 %", "as claimed in")
    return (
        f"<p><b>{html.escape(document.title)}</b></p>{_warned(results.warnings)}{_table(heads, rows)}"
        f"{f'<ul>{turns}</ul>' if turns else ''}<p>{played}</p>"
    )


def _claim_row(results: ClaimResults, claim: ClaimResult) -> str:
    document = results.scenario.document
    measure = measure_of(document, claim.words.watch, results.plan.horizon or document.horizon)
    share = "" if claim.sign_share is None else believed(claim.sign_share)
    lead = (claim.words.says, lever_text(claim.words), claim.words.watch, str(claim.verdict))
    return _row(lead, (*difference(measure, claim.effect), share))


def _warned(warnings: Sequence[str]) -> str:
    return "".join(f"<p><b>Warning:</b> {html.escape(warning)}</p>" for warning in warnings)


def _table(heads: Iterable[str], rows: str) -> str:
    head = "".join(f"<th style='text-align:left'>{html.escape(name)}</th>" for name in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(texts: Iterable[str], numbers: Iterable[str]) -> str:
    cells = [f"<td style='text-align:left'>{html.escape(text)}</td>" for text in texts]
    cells += [f"<td style='text-align:right'>{html.escape(number)}</td>" for number in numbers]
    return f"<tr>{''.join(cells)}</tr>"
