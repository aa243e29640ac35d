"""The appendix of the ODD document, and the mark of values that leave the model's range."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.record.load import load_record
from shadowline.report.odd.document import odd_document
from shadowline.scenario.census import take_census
from shadowline.scenario.load import load_scenario

TWO_PATRONS = str(Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml")
HEADING = "\n## Appendix: every number\n"


@cache
def document(name: str, *changes: tuple[str, str]) -> str:
    """Return the document of a scenario with changes."""
    scenario = load_scenario(name, the_catalogue(), changes=dict(changes))
    prelude = scenario.document.prelude
    return odd_document(scenario, load_record(prelude.record) if prelude is not None else None, "again")


def listed_numbers(text: str) -> dict[str, list[str]]:
    """Return the lines of the appendix, without their paths, by path."""
    lines = [line.strip("| ").split(" | ") for line in text.partition(HEADING)[2].splitlines() if line.startswith("| `")]
    paths = [cells[0].strip("`") for cells in lines]
    assert len(paths) == len(set(paths))
    return dict(zip(paths, [cells[1:] for cells in lines], strict=True))


@pytest.mark.parametrize("name", ["iran-axis-2024", "two-camps", TWO_PATRONS], ids=lambda name: Path(name).stem)
def test_the_appendix_has_every_number_once(name: str) -> None:
    """The appendix has each number that the scenario states and each default that is drawn, once, with unit and grounds."""
    scenario = load_scenario(name, the_catalogue())
    census = take_census(scenario.document, the_catalogue())
    prelude = scenario.document.prelude
    model = build(scenario, load_record(prelude.record) if prelude is not None else None, draws=1, seed=1)
    drawn = {slot.path for slot in model.slots if not slot.number.is_certain}
    told = listed_numbers(document(name))
    stated = {number.path for number in (*census.evidence, *census.judgement)}
    assert set(told) == stated | drawn
    assert bool(drawn - stated) == (scenario.document.unstated == "drawn")
    assert all(len(cells) == 3 and all(cells) for cells in told.values())
    assert all(told[number.path][-1] == "judgement" or told[number.path][-1].startswith("judgement; see `") for number in census.judgement)
    assert all(told[number.path][-1].startswith("`") for number in census.evidence)
    assert all(told[path][-1].startswith("the model's range: ") for path in drawn - stated)


def test_the_appendix_gives_values_whole() -> None:
    """The appendix has values with all their digits, in the model's unit, and follows a change."""
    changed = document("two-camps", ("actors.blue.answers.delay", "{low: 1.23456d, mode: 2d, high: 1 week}"))
    assert listed_numbers(changed)["actors.blue.answers.delay"] == ["2 (1.23456 to 7) †", "days", "judgement"]
    assert "actors.blue.answers.delay" not in listed_numbers(document("two-camps"))
    assert listed_numbers(document(TWO_PATRONS))["theatres.coast.context.0.times"][1] == "factor"


def test_a_total_is_given_with_its_gate() -> None:
    """A rate that has to meet a count is told with the days, the share and the gate that it is solved for."""
    path = "fronts.brigade>outpost.quiet_rate"
    changed = document("two-camps", (path, "{total: 20, over: 92d, times: 0.2, gate: 0.9}"))
    assert listed_numbers(changed)[path][:2] == ["solved for 20 in 92 days × 0.2 at a gate of 0.9", "a day"]


def test_what_leaves_the_model_s_range_is_marked() -> None:
    """A value beyond the model's range is marked as the scenario's choice in section 7 and in the appendix; one within is not."""
    path, pattern = "actors.blue.answers.delay", "`actors.ADVERSARY.answers.delay`"
    beyond, within = document("two-camps", (path, "9d")), document("two-camps", (path, "5d"))
    assert f"| {pattern} | 9 † for the one row |" in beyond
    assert listed_numbers(beyond)[path][0] == "9 †"
    assert f"| {pattern} | 5 for the one row |" in within
    assert listed_numbers(within)[path][0] == "5"
    assert "it is this scenario's choice and not the model's" in beyond.partition("\n## 7 Submodels\n")[2]
