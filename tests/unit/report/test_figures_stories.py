"""Strips of time show the events of their futures on their days, until open war."""

from collections import Counter
from datetime import date, timedelta

from shadowline.futures.run import Plan, simulate
from shadowline.futures.typical import choose_three
from shadowline.futures.why import focus_of
from shadowline.futures.wording import Wording
from shadowline.parameters import RUNGS
from shadowline.report import figures
from shadowline.report.figures.style import RUNG_COLOURS

WAR_SOON = {
    "dyads": "[{patron: red, adversary: blue, war: {starts: {assets-abroad: 1, patron-soil: 1}}}]",
    "actors.blue.blame_needed.mean": "0.02",
    "actors.blue.answers.appeal.patron-soil": "9",
}


def shown_of(rows, first, adversary):
    """Return what a strip should hold of a future: the adversary's own events since day 0, deaths of rulers, and nothing after war."""
    about = []
    for row in rows:
        if row["date"] >= first and (row["kind"] == "leader-death" or adversary in {row["actor"], row["target"], row["target_owner"]}):
            about.append(row)
            if row["kind"] == "open-war":
                break
    return about


def marks_of(about):
    """Return the marks that belong to such events, by symbol, colour and day."""
    looks = {
        "line-crossed": ("diamond", figures.stories.RED),
        "leader-death": ("square", figures.stories.INK),
        "open-war": ("square", RUNG_COLOURS[5]),
    }
    looks_of = [(("triangle-up", RUNG_COLOURS[RUNGS.index(row["rung"])]), row) for row in about if row["kind"] == "strike"]
    looks_of += [(looks[row["kind"]], row) for row in about if row["kind"] in looks]
    return Counter((*look, str(row["date"])) for look, row in looks_of)


def assert_strips_hold(picture, stories, adversary, first, days):
    """Assert that bars are the adversary's attacks by week and marks its answers, lines, deaths and war."""
    for n, rows in enumerate(stories.values()):
        about = shown_of(rows, first, adversary)
        attacks = Counter((row["date"] - first).days // 7 for row in about if row["kind"] == "attack")
        mine = [trace for trace in picture.figure.data if (trace.xaxis or "x") == ("x" if n == 0 else f"x{n + 1}")]
        assert list(mine[0].y) == [attacks[week] for week in range(-(-days // 7))]
        assert list(mine[0].x) == [str(first + timedelta(days=7 * week + 3)) for week in range(-(-days // 7))]
        marks = Counter()
        for trace in mine[1:]:
            marks.update((trace.marker.symbol, trace.marker.color, day) for day in trace.x)
        assert marks == marks_of(about)


def test_strips_show_the_events_of_their_futures(results):
    """Bars are attacks a week on the adversary in focus alone, marks stand on the days of answers, crossings, deaths and wars."""
    first, days = results.scenario.document.as_of + timedelta(days=1), results.model.days
    adversary = focus_of(results.model.names).adversary
    stories = {f"{one.kind}": results.story(one.run) for one in choose_three(results)}
    picture = figures.stories_figure(stories, adversary, first, days, Wording(results.model.names))

    assert_strips_hold(picture, stories, adversary, first, days)
    assert sum(len(trace.x) for trace in picture.figure.data) > 3 * (days // 7)


def test_strips_end_with_open_war():
    """In a future with open war nothing is shown after it, whatever happened then."""
    results = simulate("two-camps", Plan(30, 1, seed=2), changes=WAR_SOON)
    first = results.scenario.document.as_of + timedelta(days=1)
    stories = {str(run): results.story(run) for run in range(results.runs)}
    stories = {name: rows for name, rows in stories.items() if any(row["kind"] == "open-war" for row in rows[:-1])}
    picture = figures.stories_figure(stories, "blue", first, results.model.days, Wording(results.model.names))
    last = picture.data.groupby("future", sort=False)["kind"].last()

    assert len(stories) >= 2
    assert (last == "open-war").all()
    assert_strips_hold(picture, stories, "blue", first, results.model.days)


def test_a_future_without_events_has_an_empty_strip(camps, drawn):
    """Futures in which nothing happened, or none at all, draw."""
    for stories in ({"calm": []}, {"calm": [], "worst": []}, {"a": [], "b": [], "c": []}):
        picture = figures.stories_figure(stories, "blue", date(2024, 1, 1), 30, Wording(camps.model.names))
        assert drawn(picture)
        assert all(not any(trace.y) for trace in picture.figure.data)
