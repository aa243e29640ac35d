"""Futures of two scenarios with their stories, played once for all tests of stories."""

import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.futures.why import story

RUNS = 24


def outcomes_of(results, run):
    """Return what a live run came to by question, as a results folder would say it."""
    batch = results.batch
    return {
        key: {
            "first_day": int(batch.first_day[run, n]) if batch.first_day[run, n] >= 0 else None,
            "count": float(batch.total[run, n]),
        }
        for n, key in enumerate(results.model.names.outcomes)
    }


def stories(results):
    """Return runs with their rows and stories."""
    for run in range(results.runs):
        rows = results.story(run)
        yield run, rows, story(rows, results.model.names, outcomes_of(results, run), days=results.model.days)


@pytest.fixture(scope="session")
def axis():
    """Return futures of the model case, with their stories."""
    results = simulate("iran-axis-2024", Plan(RUNS, RUNS, seed=2))
    return results, list(stories(results))


@pytest.fixture(scope="session")
def camps():
    """Return futures of the smallest scenario, with their stories."""
    results = simulate("two-camps", Plan(RUNS, 1, seed=2))
    return results, list(stories(results))


@pytest.fixture(scope="session", params=["axis", "camps"])
def told(request):
    """Return futures of either scenario, with their stories."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def tell():
    """Return the function that gives every run of some results with its rows and its story."""
    return stories


@pytest.fixture(scope="session")
def came_to():
    """Return the function that says what a run came to by question."""
    return outcomes_of
