"""Freeze the flagship's figures anew, on purpose: ``python tools/refresh_flagship.py``; the CHANGELOG then says **Model change**."""

from __future__ import annotations

import json
from pathlib import Path

from shadowline.futures.run import Plan, simulate

FROZEN = Path(__file__).parents[1] / "tests" / "regression" / "flagship.json"


def figures() -> dict[str, float]:
    """Return every answer of a small run of the flagship, to nine digits."""
    results = simulate("iran-axis-2024", Plan(runs=200, draws=20, seed=1))
    return {answer.id: float(f"{answer.value:.9g}") for answer in results.answers}


def main() -> None:
    """Write the figures."""
    FROZEN.write_text(json.dumps(figures(), indent=2) + "\n", encoding="utf-8")
    print(f"wrote {FROZEN.name}")


if __name__ == "__main__":
    main()
