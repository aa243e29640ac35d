"""Hand-written pages are true where a machine can tell: links, examples, names of outputs."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shadowline.engine.batch import play
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.futures.run import Plan, simulate
from shadowline.futures.save import save_results
from shadowline.record.load import load_record
from shadowline.scenario.load import load_scenario

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)\s]*))?\)")


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of a page in one language."""
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the project leads to a file, and to a heading where it names one."""
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        goal = page.parent / target
        assert goal.exists(), target
        assert not anchor or anchor in anchors(goal), f"{target}#{anchor}"


def test_the_page_of_the_language_is_a_scenario(tmp_path: Path) -> None:
    """The blocks of the page of the language, put together, load and play."""
    file = tmp_path / "river-war.yaml"
    file.write_text("\n".join(blocks(REFERENCE / "scenario.md", "yaml")), encoding="utf-8")

    scenario = load_scenario(file, the_catalogue())
    model = build(scenario, load_record("us-iran-shadow-war"), draws=2, seed=1)
    batch = play(model, futures=3, seed=1, threads=1)

    assert batch.chance.shape == (6, len(scenario.document.outcomes))


def test_the_page_of_outputs_names_every_key_and_column(tmp_path: Path) -> None:
    """Every key of the JSON document and every column of the results folder is explained."""
    explained = set(re.findall(r"`([^`]+)`", (REFERENCE / "outputs.md").read_text(encoding="utf-8")))
    results = simulate("two-camps", Plan(runs=4, draws=2, threads=1))
    save_results(results, tmp_path / "results", (0,))

    document = results.as_json()
    assert document.keys() <= explained
    for outcome in document["outcomes"]:
        assert outcome.keys() <= explained
        assert {key.removesuffix("_date") for key in outcome["when"] if key.endswith("_date")} <= {"early", "median", "late"}
        assert {key for key in outcome["when"] if not key.endswith("_date")} <= explained
    for path in (tmp_path / "results").iterdir():
        assert path.name in explained
        if path.suffix == ".parquet":
            assert set(pq.read_schema(path).names) <= explained
