"""A laboratory for shadow wars: scenarios in words, futures in numbers, answers in words again.

The names below are loaded when they are first used, so that importing the package loads nothing heavy::

    import shadowline

    war = shadowline.Scenario.load("two-camps")
    results = shadowline.simulate(war, runs=2000, seed=1)
    results.table
"""

from importlib import import_module
from typing import Any

__all__ = [
    "ClaimResults",
    "Comparison",
    "Plan",
    "Results",
    "Scenario",
    "__version__",
    "claims",
    "compare",
    "open_results",
    "pictures",
    "simulate",
    "write_briefing",
]

__version__ = "0.1.0"

_PLACES = {
    "ClaimResults": "study.claims",
    "Comparison": "study.compare",
    "Plan": "futures.run",
    "Results": "futures.results",
    "Scenario": "futures.scenario",
    "claims": "study.claims",
    "compare": "study.compare",
    "open_results": "futures.reload",
    "pictures": "report.facts",
    "simulate": "futures.run",
    "write_briefing": "report.briefing",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - classes and functions
    """Load a public name when it is first asked for."""
    if name not in _PLACES:
        message = f"module 'shadowline' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"shadowline.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
