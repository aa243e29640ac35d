"""The dataset of a run says what every actor did on every day, with labels, units and dates."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from shadowline.engine.diary import QUANTITIES
from shadowline.errors import Code, InputError
from shadowline.futures.run import Plan, simulate

PLAN = Plan(12, 4, seed=21, horizon=40, threads=2)


@pytest.fixture(scope="module")
def results():
    """Return a few futures of the model case, with a diary by weeks."""
    return simulate("iran-axis-2024", PLAN, diary=True)


@pytest.fixture(scope="module")
def days(results):
    """Return all of their days."""
    return results.dataset()


def test_every_variable_stands_over_its_own_dimensions(results, days):
    """What actors did lies over run, day and actor; orders over dyads, provocation over adversaries."""
    names = results.model.names
    shape = {"run": 12, "day": 40, "actor": len(names.actors), "dyad": len(names.dyads), "adversary": len(names.adversaries)}

    assert dict(days.sizes) == shape
    assert set(days.data_vars) == {*QUANTITIES, "order", "provocation"}
    assert all(days[name].dims == ("run", "day", "actor") for name in QUANTITIES)
    assert days["order"].dims == ("run", "day", "dyad")
    assert days["provocation"].dims == ("run", "day", "adversary")


def test_coordinates_name_rows_as_the_scenario_does(results, days):
    """Actors, roles, dyads and adversaries are the scenario's, in its order."""
    document = results.scenario.document

    assert list(days["actor"].values) == list(document.actors)
    assert list(days["role"].values) == [words.role for words in document.actors.values()]
    assert list(days["adversary"].values) == [key for key, words in document.actors.items() if words.role == "adversary"]
    assert "iran>united-states" in days["dyad"].values
    assert days.attrs == {"scenario": "iran-axis-2024", "title": document.title, "as_of": "2024-01-30"}


def test_day_0_is_the_day_after_the_as_of_date(results, days):
    """Dates run on from the day after the as-of date, one a day."""
    first = results.scenario.document.as_of + timedelta(days=1)

    assert list(days["day"].values) == list(range(40))
    assert [pd.Timestamp(date).date() for date in days["date"].values] == [first + timedelta(days=n) for n in range(40)]


def test_a_run_belongs_to_its_draw(days):
    """Run r was played with draw r // futures, all from one seed."""
    assert list(days["draw"].values) == [run // 3 for run in range(12)]
    assert set(days["seed"].values) == {21}


def test_every_variable_has_a_unit_and_a_meaning(days):
    """No variable comes without unit and long name; the units are the quantities' own."""
    for name, variable in days.data_vars.items():
        assert variable.attrs["units"], name
        assert variable.attrs["long_name"], name
    assert days["attacks"].attrs["units"] == "attacks a day"
    assert days["killed"].attrs["units"] == "persons a day"
    assert days["day"].attrs["units"] == "days"
    assert "5 open-war" in days["rung"].attrs["long_name"]


def test_some_draws_are_the_first_of_all(results, days):
    """``draws=`` gives the futures of the first draws, the same bits; one and all of them included."""
    for draws in (1, 3, 4):
        xr.testing.assert_identical(results.dataset(draws=draws), days.isel(run=slice(0, 3 * draws)))


@pytest.mark.parametrize("draws", [0, -1, 5])
def test_as_many_draws_as_there_are_not_are_refused(results, draws):
    """A number of draws that there is not is a coded error that says how many there are."""
    with pytest.raises(InputError) as caught:
        results.dataset(draws=draws)

    assert caught.value.code == Code.BAD_OPTION
    assert caught.value.found == draws
    assert caught.value.expected == "1 to 4"


def test_a_week_s_attacks_are_those_of_its_days(results, days):
    """Counts of a week of the diary are sums over the days of the dataset, for every actor."""
    by_week = days["attacks"].astype(int).isel(day=slice(0, 35)).coarsen(day=7).sum()

    assert np.array_equal(by_week, results.batch.diary.pages[:, :5, :, QUANTITIES.index("attacks")])
    assert by_week.sum() > 0


def test_attacks_asked_about_are_attacks_made(results, days):
    """The answer that counts attacks at sea counts those on British targets there: never more than were suffered."""
    n = results.model.names.outcomes.index("attacks-at-sea")
    suffered = days["attacks_suffered"].sel(actor="united-kingdom").sum("day").to_numpy()

    assert (results.batch.total[:, n] <= suffered).all()
    assert results.batch.total[:, n].sum() > 0


def test_a_run_without_a_diary_has_a_dataset_too():
    """The dataset is played anew and needs no diary; with one future of one day it has one row."""
    days = simulate("two-camps", Plan(1, 1, seed=1, horizon=1)).dataset()

    assert days.sizes["run"] == days.sizes["day"] == 1
    assert str(days["date"].values[0])[:10] == "2024-01-02"
