"""What ``shadowline compare`` prints for people: each policy against the first, why futures part, and who would regret what."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from shadowline.futures.wording import Wording, capital, counted, plain
from shadowline.scenario.experiments import AS_IT_IS
from shadowline.study.measures import LEVEL, believed, difference, level_text, measure_of, places_for, regret_text
from shadowline.study.wording import foremost, gain_sentence, matched, parted, parting_sentence, reach_sentences, shown, war_sentence

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from shadowline.study.compare import Comparison, Pair
    from shadowline.study.measures import Measure

WITHOUT_TERMINAL = 100
MOST_SENTENCES = 3
MOST_REASONS = 3
LONGEST_KEY, USUAL_WIDTH = 24, 80
BEFORE = (0, 0, 0, 2)
"""Where running text stands below the name of a policy."""


def study_console() -> Console:
    """Return a console that is as wide as the terminal, or wide enough to be read where there is none."""
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(highlight=False, width=WITHOUT_TERMINAL)
    return console


def print_comparison(comparison: Comparison, out: Path | None) -> None:
    """Print what was played, each policy against the first, who would regret what, and what the outcomes ask."""
    console = study_console()
    _print_head(console, comparison)
    sentences = {(one.policy, one.outcome): plain(one.sentence) for one in matched(comparison)}
    for n, pair in enumerate(comparison.pairs):
        console.print(Text.assemble("\n", (shown(pair.changed), "bold"), f"  {comparison.arms[n + 1].says}"))
        console.print(_effects(comparison, pair, console.width))
        told = [sentences[pair.changed, key] for key in foremost(comparison, pair, len(pair.effects)) if (pair.changed, key) in sentences]
        _print_texts(console, told[:MOST_SENTENCES])
        _print_parting(console, comparison, n, out)
    _print_regrets(console, comparison)
    _print_questions(console, comparison)
    console.print(Text("Matched futures share every draw. They say what the model implies, not what would have happened."))
    if out is None:
        console.print(Text("With --out FOLDER: shadowline why FOLDER --run N --pair POLICY tells two matched futures side by side."))
    console.print(Text(f"Played in {comparison.seconds:.1f} s on {counted(comparison.plan.workers, 'thread')}."))


def _print_head(console: Console, comparison: Comparison) -> None:
    document, base = comparison.scenario.document, comparison.arms[0]
    model = base.results.model
    console.print(Text(document.title, "bold"))
    played = f"{counted(comparison.runs, 'matched future')} of {model.days} days for each policy"
    split = f"{counted(model.draws, 'parameter draw')} × {base.results.batch.futures}, seed {comparison.plan.seed}"
    console.print(Text(f"As of {document.as_of}; {played}, {split}", "dim"))
    for path, value in comparison.scenario.changes.items():
        console.print(Text(f"Changed: {path} = {value}", "bold"))
    if base.name != AS_IT_IS:
        console.print(Text.assemble("Held against ", (shown(base.name), "bold"), f"  {base.says}"))


def _effects(comparison: Comparison, pair: Pair, width: int) -> Table:
    """Return the table of one policy: levels, difference, what it avoids and causes; ids are folded where there is no room for them."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("outcome", overflow="fold", no_wrap=width >= USUAL_WIDTH and max(map(len, pair.effects)) <= LONGEST_KEY)
    base = "as it is" if pair.base == AS_IT_IS else "base"
    for name in (base, "with it", "by", "95 %", "avoids", "causes"):
        table.add_column(name, justify="right", no_wrap=name != "95 %")
    for key in pair.effects:
        effect = pair.effects[key]
        style = "dim" if effect.p >= LEVEL else ""
        table.add_row(key, *_cells(_measure(comparison, key), pair, key), style=style)
    return table


def _cells(measure: Measure, pair: Pair, key: str) -> list[str]:
    effect = pair.effects[key]
    places = places_for(measure, effect.low, effect.high)
    base, changed = (level_text(measure, value, places) for value in (effect.base, effect.changed))
    if effect.differing == 0:
        return [base, changed, "none", "", "", ""]
    counts = ["" if count is None else f"{count:,}" for count in (effect.avoided, effect.caused)]
    return [base, changed, *difference(measure, effect), *counts]


def _measure(comparison: Comparison, key: str) -> Measure:
    model = comparison.arms[0].results.model
    return measure_of(model.names.document, key, model.days)


def _print_texts(console: Console, texts: list[str]) -> None:
    """Print paragraphs of running text, indented."""
    for text in texts:
        console.print(Padding(Text(text), BEFORE))


def _print_parting(console: Console, comparison: Comparison, n: int, out: Path | None) -> None:
    """Print how many futures part, when and why, with a future in which to see it; whom the policy leaves alone; what pairing saved."""
    pair, path = comparison.pairs[n], f"pairs.{n}"
    wording = Wording(comparison.arms[0].results.model.names)
    _print_texts(console, [plain(parted(pair, path, comparison.runs))])
    reasons = pair.partings[""]
    if reasons:
        _print_texts(console, [f"Why, in {counted(sum(row.pairs for row in reasons), 'pair')} looked into:"])
    for m, row in enumerate(reasons[:MOST_REASONS]):
        said = plain(parting_sentence(wording, row, f"{path}.partings..{m}"))
        console.print(Padding(Text(f"{said}. {_see(row.example, pair, out)}"), (0, 0, 0, 4)))
    war, gain = war_sentence(comparison, pair, path), gain_sentence(pair, foremost(comparison, pair), path)
    _print_texts(console, [plain(war)] if war else [])
    _print_texts(console, [*(plain(said) for said in reach_sentences(wording, pair)), *([plain(gain)] if gain else [])])


def _see(run: int, pair: Pair, out: Path | None) -> str:
    """Return where to see one future that parts so: the command, where a folder is written."""
    if out is None:
        return f"Run {run} is one."
    return f"To see one: {shlex.join(['shadowline', 'why', str(out), '--run', str(run), '--pair', pair.changed])}"


def _print_regrets(console: Console, comparison: Comparison) -> None:
    """Print for whatever a side minds which policy it would regret least and which most, on average over what may be believed."""
    rows = comparison.regret_rows
    if not rows:
        return
    table = Table(title="Who would regret what", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("who wants what", "regrets least", "regrets most"):
        table.add_column(name, overflow="fold")
    wording = Wording(comparison.arms[0].results.model.names)
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["actor"], row["outcome"]), []).append(row)
    for (actor, key), same in groups.items():
        measure, ranked = _measure(comparison, key), sorted(same, key=lambda row: row["mean_regret"])
        best, worst = ranked[0], ranked[-1]
        least = f"{best['policy']}\n  best in {believed(best['best_in'])}"
        most = f"{worst['policy']}\n  {regret_text(measure, worst['mean_regret'])}" if worst["mean_regret"] > 0.0 else "none"
        table.add_row(f"{wording.label(actor)}\n  {best['wants']} {key}", least, most)
    console.print()
    console.print(table)
    console.print(
        Text("Best: the share of what may be believed in which nothing does better. Regret: how much worse than the best, on average.\n")
    )


def _print_questions(console: Console, comparison: Comparison) -> None:
    """Print what the outcomes ask, and what counts are per."""
    table = Table(title="What the outcomes ask", title_justify="left", title_style="bold", box=None, pad_edge=False, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for key in comparison.questions:
        measure = _measure(comparison, key)
        table.add_row(key, capital(measure.asks) + (f" ({measure.unit})" if measure.unit.startswith(("a ", "per ")) else ""))
    console.print(table)
    console.print(Text("Yes-or-no outcomes have chances, which differ by points of a percentage.\n"))
