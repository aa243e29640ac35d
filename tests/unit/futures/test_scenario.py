"""A scenario in Python's hands: loaded with changes or another date, shown as it is, played in one call."""

from dataclasses import FrozenInstanceError
from datetime import date
from html.parser import HTMLParser

import pytest

from shadowline.errors import Code, InputError
from shadowline.futures.run import Plan, simulate
from shadowline.futures.scenario import Scenario
from shadowline.scenario.load import LIBRARY

EVIL = '<img src=x onerror=alert(1)> & "so on"'
CHANGE = {"actors.red.order.fixed": 0}


class Shown(HTMLParser):
    """Reads HTML into its tags and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        del attrs
        self.tags.append(tag)

    def handle_data(self, data):
        """Add text."""
        self.text += data


@pytest.fixture
def evil(tmp_path):
    """Return a file of the smallest scenario whose names and questions try to be HTML."""
    text = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")
    quoted = EVIL.replace('"', '\\"')
    for old in ("Two camps", "How does the smallest shadow war unfold?", "Does red's leader die?"):
        assert old in text
        text = text.replace(old, f'"{quoted}"')
    text = text.replace("blue: {role: adversary", f'blue: {{name: "{quoted}", role: adversary')
    path = tmp_path / "evil.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_scenario_is_loaded_by_name_or_file():
    """A shipped name, a path and the text of a path give the same scenario, and it is of the class that loaded it."""
    path = LIBRARY / "two-camps.yaml"
    named, filed, texted = (Scenario.load(where) for where in ("two-camps", path, str(path)))

    assert named.document == filed.document == texted.document
    assert type(named) is Scenario
    assert named.id == "two-camps"


def test_changes_and_dates_are_given_at_loading():
    """Changes by path and another as-of date are in the loaded scenario's words."""
    war = Scenario.load("two-camps", CHANGE, as_of=date(2024, 3, 1))

    assert war.document.as_of == date(2024, 3, 1)
    assert dict(war.changes) == {"actors.red.order.fixed": "0"}
    assert war.document.actors["red"].order.fixed is not None
    assert Scenario.load("two-camps").document.actors["red"].order != war.document.actors["red"].order


@pytest.mark.parametrize(
    ("name", "changes", "code", "nearest"),
    [
        ("two-kamps", None, Code.UNKNOWN_SCENARIO, "two-camps"),
        ("two-camps", {"actors.blu.hawks.now": 0.2}, Code.UNKNOWN_PATH, "blue"),
    ],
)
def test_what_there_is_not_is_refused_with_the_nearest(name, changes, code, nearest):
    """An unknown scenario or path is a coded error that names the nearest."""
    with pytest.raises(InputError) as caught:
        Scenario.load(name, changes)

    assert caught.value.code == code
    assert caught.value.nearest == nearest


def test_a_scenario_cannot_be_altered():
    """A loaded scenario is frozen."""
    with pytest.raises(FrozenInstanceError):
        Scenario.load("two-camps").document = None


def test_playing_a_scenario_is_playing_its_name():
    """Its own `simulate`, the function with the object and the function with the name play the same futures, changes included."""
    war = Scenario.load("two-camps", CHANGE)
    plan = {"runs": 8, "draws": 2, "seed": 4, "horizon": 50, "threads": 2}
    played = [war.simulate(**plan), simulate(war, **plan), simulate("two-camps", changes=CHANGE, **plan)]
    plain = simulate("two-camps", **plan)

    assert all((one.batch.total == played[0].batch.total).all() for one in played)
    assert all(one.answers == played[0].answers for one in played)
    assert plain.answers != played[0].answers
    assert played[0].scenario is war


def test_keywords_and_a_plan_agree():
    """The parts of a plan one by one give what the plan gives; a keyword beside a plan overrules that part alone."""
    plan = Plan(runs=6, draws=3, seed=9, horizon=30, threads=1)
    by_plan = simulate("two-camps", plan)
    by_keywords = simulate("two-camps", runs=6, draws=3, seed=9, horizon=30, threads=1)
    overruled = simulate("two-camps", Plan(runs=2, draws=3, seed=9, horizon=99, threads=1), runs=6, horizon=30)

    assert by_plan.plan == by_keywords.plan == overruled.plan == plan
    assert by_plan.answers == by_keywords.answers == overruled.answers
    assert (by_plan.batch.total == by_keywords.batch.total).all()


@pytest.mark.parametrize("further", [{"changes": {"actors.red.order.fixed": 1}}, {"as_of": date(2024, 2, 1)}])
def test_a_loaded_scenario_takes_no_further_changes(further):
    """Changes or a date for a scenario that is loaded already are a coded error that says where they belong."""
    with pytest.raises(InputError) as caught:
        simulate(Scenario.load("two-camps"), runs=1, **further)

    assert caught.value.code == Code.BAD_OPTION
    assert "Scenario.load" in caught.value.expected


@pytest.mark.parametrize(
    "changes",
    [
        {"actors.brigade.zeal": 0.6},
        {"fronts.brigade>outpost.quiet_rate": "0.5/day", "actors.brigade.zeal": 0.6},
        {"title": "Another title"},
    ],
)
def test_changes_that_change_nothing_are_refused(changes):
    """A change to the value that is there already, or to mere words, is a coded error, by name as by object."""
    for scenario, more in (("two-camps", {"changes": changes}), (Scenario.load("two-camps", changes), {})):
        with pytest.raises(InputError) as caught:
            simulate(scenario, runs=1, **more)
        assert caught.value.code == Code.NOTHING_CHANGED


def test_a_scenario_says_what_it_is_in_a_line():
    """Its representation has id, date and size, and no more than a line."""
    assert repr(Scenario.load("two-camps")) == "<Scenario two-camps, as of 2024-01-01: 3 actors, 9 questions>"


def test_a_notebook_shows_actors_questions_and_changes():
    """What is shown names every actor with its role, every question with its id, and what was changed."""
    war = Scenario.load("two-camps", CHANGE)
    shown = Shown(war._repr_html_())

    for key, words in war.document.actors.items():
        assert f"{words.name or key} ({words.role})" in shown.text
    for key, words in war.document.outcomes.items():
        assert f"{key} {words.asks}" in shown.text
    assert "actors.red.order.fixed = 0" in shown.text
    assert "As of 2024-01-01, 180 days" in shown.text
    assert shown.tags.count("li") == len(war.document.outcomes)


def test_a_notebook_shows_signs_as_signs(evil):
    """Names, titles, questions and changes with <, > and & are shown as they were written and run nothing."""
    war = Scenario.load(evil, {"note": EVIL})
    page = war._repr_html_()
    shown = Shown(page)

    assert "<img" not in page
    assert set(shown.tags) == {"p", "b", "br", "code", "ul", "li"}
    assert shown.text.count(EVIL) == 5
    assert EVIL not in repr(war)
    assert "<img" not in repr(war)
