"""Make the pictures of the documentation: ``python tools/make_pictures.py`` (about half a minute) rewrites ``docs/pictures``.

The tutorial's pictures are of the starter scenario as `shadowline new` writes it, the others of the model case; seeds are fixed, so that
the same code makes the same bytes.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import shadowline
from shadowline.report.facts import gather
from shadowline.report.svg import draw_svg
from shadowline.scenario.starter import write_starter
from shadowline.store import write_text

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
STARTER = {"answers": "starter-answers", "weekly-attacks": "starter-attacks"}
MODEL_CASE = {"weekly-attacks": "attacks"} | {name: name for name in ("answers", "network", "ladder", "lines", "movers")}


def pictures(results: shadowline.Results, wanted: dict[str, str]) -> dict[str, str]:
    """Return drawings by the names of their files."""
    made = gather(results, "shadowline run --report").pictures
    return {file: draw_svg(made[name].figure) for name, file in wanted.items()}


def main() -> None:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "my-war"
        write_starter(folder)
        drawn = pictures(shadowline.simulate(folder / "my-war.yaml", runs=2000, seed=1, diary=True), STARTER)
    drawn |= pictures(shadowline.simulate("iran-axis-2024", runs=10_000, seed=1, diary=True), MODEL_CASE)
    for name, drawing in drawn.items():
        write_text(PICTURES / f"{name}.svg", drawing)
        print(f"wrote {PICTURES / name}.svg")


if __name__ == "__main__":
    main()
