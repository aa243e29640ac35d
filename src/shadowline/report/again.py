"""The commands that play the same futures and write the same pages again."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from shadowline.futures.run import policy_files
from shadowline.scenario.load import LIBRARY, read_merged

if TYPE_CHECKING:
    from shadowline.futures.run import Plan
    from shadowline.scenario.load import Scenario
    from shadowline.study.claims import ClaimResults
    from shadowline.study.compare import Comparison


def words_again(verb: str, scenario: Scenario, plan: Plan) -> list[str]:
    """Return the words of a command that plays the same futures: what is played, and how much; the threads change nothing."""
    source = scenario.sources[0].path
    name = source.stem if source.parent == LIBRARY else str(source)
    words = ["shadowline", verb, name, "--runs", str(plan.runs), "--seed", str(plan.seed)]
    if plan.draws is not None:
        words += ["--draws", str(plan.draws)]
    if plan.horizon is not None:
        words += ["--horizon", f"{plan.horizon}d"]
    if str(read_merged(source)[1]["as_of"]) != str(scenario.document.as_of):
        words += ["--as-of", str(scenario.document.as_of)]
    for path, value in scenario.changes.items():
        words += ["--set", f"{path}={value}"]
    return words


def compare_again(comparison: Comparison) -> str:
    """Return the command that plays the same comparison and writes the same page."""
    named = [arm.name for arm in comparison.arms]
    policies = [word for name in (*named, *map(str, policy_files(comparison.scenario))) for word in ("--policy", name)]
    return shlex.join([*words_again("compare", comparison.scenario, comparison.plan), *policies, "--report"])


def claims_again(results: ClaimResults) -> str:
    """Return the command that tests the same claims on the same futures and writes the same page."""
    tested = [claim.id for claim in results.claims]
    chosen = [] if tested == list(results.scenario.document.claims) else [word for key in tested for word in ("--claim", key)]
    return shlex.join([*words_again("claims", results.scenario, results.plan), *chosen, "--report"])
