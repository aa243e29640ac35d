"""A scenario is found, extended, changed and dated; nothing known later than its date is used."""

from datetime import date

import pytest

from shadowline.errors import Code, InputError, InputErrors
from shadowline.scenario.load import LIBRARY, find_scenario, load_scenario, shipped_scenarios

CHILD = """\
shadowline: 1
id: child
extends: {parent}
title: Child
question: What of it?
as_of: 2024-01-01
{more}
"""


@pytest.fixture
def child(tmp_path, catalogue):
    """Return a function that loads a scenario which extends another, with more said."""

    def loaded(more="", parent="two-camps", **how):
        path = tmp_path / "child.yaml"
        path.write_text(CHILD.format(parent=parent, more=more), encoding="utf-8")
        return load_scenario(path, catalogue, **how)

    return loaded


def changed(load, *changes):
    """Return the smallest scenario with paths set."""
    return load(changes=dict(change.split("=", 1) for change in changes)).document


def refusal(load, change):
    """Return the error with which a change is refused."""
    with pytest.raises((InputError, InputErrors)) as caught:
        changed(load, change)
    return getattr(caught.value, "errors", [caught.value])[0]


def test_a_shipped_scenario_is_found_by_its_name():
    """The names that `list` prints are the scenarios of the library."""
    assert find_scenario("two-camps") == LIBRARY / "two-camps.yaml"
    assert "iran-axis-2024" in shipped_scenarios()


def test_a_path_is_taken_as_it_is():
    """Whatever looks like a file is a file, also one that is not there."""
    assert str(find_scenario("some/where")) == "some/where"
    assert str(find_scenario("mine.yml")) == "mine.yml"


@pytest.mark.parametrize("name", ["two-camp", "x" * 5000, "nul\0"])
def test_an_unknown_name_is_refused(name):
    """What is neither shipped nor a file is an unknown scenario, however odd its name."""
    with pytest.raises(InputError) as caught:
        find_scenario(name)

    assert caught.value.code is Code.UNKNOWN_SCENARIO


def test_a_child_has_what_its_parent_says(child):
    """What a scenario does not say itself is its parent's."""
    scenario = child()

    assert scenario.id == "child"
    assert list(scenario.document.actors) == ["blue", "red", "brigade"]
    assert len(scenario.sources) == 2


def test_mappings_merge_and_numbers_replace(child):
    """A child changes single fields; a number with parts replaces the parent's as a whole, of whatever form either is."""
    document = child("actors: {brigade: {zeal: {distribution: beta, mean: 0.3, spread: 0.1}}, blue: {blame_needed: {mean: 0.3}}}").document
    again = child("actors: {brigade: {zeal: {low: 0.1, mode: 0.2, high: 0.3}}}").document

    assert document.actors["brigade"].number("zeal").shape == "beta"
    assert document.actors["brigade"].territory == "borderland"
    assert again.actors["brigade"].number("zeal").parts == {"low": 0.1, "mode": 0.2, "high": 0.3}


def test_fields_that_look_like_parts_of_a_number_merge(tmp_path, catalogue):
    """A section whose fields are called mean and spread is a section: a child may change one and keep the other."""
    text = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")
    blamed = "blue: {role: adversary, blame_needed: {mean: 0.5, spread: 0.2},"
    (tmp_path / "parent.yaml").write_text(text.replace("blue: {role: adversary,", blamed, 1), encoding="utf-8")
    (tmp_path / "child.yaml").write_text(
        CHILD.format(parent="parent", more="actors: {blue: {blame_needed: {mean: 0.3}}}"), encoding="utf-8"
    )

    blue = load_scenario(tmp_path / "child.yaml", catalogue).document.actors["blue"]

    assert (blue.number("blame_needed.mean").middle(), blue.number("blame_needed.spread").middle()) == (0.3, 0.2)


def test_null_takes_away(child):
    """A child takes out what its parent says by null."""
    document = child("outcomes: {war: null}\nactors: {red: {handler: null}}").document

    assert "war" not in document.outcomes
    assert document.actors["red"].handler is None


def test_lists_replace(child):
    """A list in a child is the whole list."""
    assert child("fronts: []").document.fronts == ()


def test_a_fault_in_a_parent_is_told_there(child):
    """The file and line of an error are those of the file that holds it."""
    with pytest.raises(InputErrors) as caught:
        child("actors: {brigade: null}")

    assert {error.where.file.rsplit("/", 1)[-1] for error in caught.value.errors} == {"two-camps.yaml"}


def test_a_fault_in_a_child_is_told_there(child, tmp_path):
    """What a child changes wrongly is told in the child."""
    with pytest.raises(InputError) as caught:
        child("actors: {brigade: {zeal: 2}}")

    assert (caught.value.where.file, caught.value.where.line) == (str(tmp_path / "child.yaml"), 7)


@pytest.mark.parametrize(
    ("parent", "code"),
    [("child", Code.CIRCULAR_EXTENDS), ("nobody", Code.UNKNOWN_SCENARIO), ("5", Code.WRONG_TYPE), ("[two-camps]", Code.WRONG_TYPE)],
)
def test_a_parent_that_cannot_be_is_refused(child, parent, code):
    """A scenario extends one other that is there, and never itself."""
    with pytest.raises(InputError) as caught:
        child(parent=parent)

    assert caught.value.code is code
    assert caught.value.where.line == 3


def test_a_value_is_set_by_its_path(load):
    """Paths lead through tables, rows and fields to a value, which is read as YAML."""
    document = changed(load, "actors.brigade.zeal={low: 0.1, mode: 0.2, high: 0.4}", "horizon=30d", "as_of=2024-06-01")

    assert document.actors["brigade"].number("zeal").shape == "range"
    assert document.horizon == 30
    assert document.as_of == date(2024, 6, 1)


@pytest.mark.parametrize("row", ["red>brigade", "0"])
def test_rows_of_lists_are_found_by_what_they_tie_or_by_number(load, row):
    """A tie is named by its two ends."""
    assert changed(load, f"ties.{row}.pays=0.1").ties[0].number("pays").middle() == 0.1


def test_sections_and_defaults_that_are_not_there_are_begun(load):
    """A field that the language knows can be set although the file says nothing there."""
    document = changed(load, "actors.blue.answers.delay=9d", "defaults.model.control.handler=2", "dyads.red>blue.back_channel=0.5")

    assert document.actors["blue"].number("answers.delay").middle() == 9
    assert document.defaults.model.number("control.handler").middle() == 2
    assert document.dyads[0].number("back_channel").middle() == 0.5


def test_a_whole_row_may_be_new(load):
    """A mapping may be set as a new row, which is then checked like any other."""
    document = changed(load, "targets.village={owner: blue, theatre: border, territory: borderland}")

    assert set(document.targets) == {"outpost", "village"}


def test_null_removes_a_row_or_a_field(load):
    """Null takes away what a path leads to."""
    document = changed(load, "outcomes.war=null", "ties.red>brigade=null", "actors.brigade.zeal=null")

    assert "war" not in document.outcomes
    assert document.ties == ()
    assert document.actors["brigade"].number("zeal") is None


def test_keys_with_dots_are_found(load):
    """The number that a shock changes is named by a path inside a path."""
    shock = "shocks: {s: {on: 2024-02-01, says: x, times: {actors.red.stress: 2}}}"

    document = load(more=shock, changes={"shocks.s.times.actors.red.stress": "3", "shocks.s.plus.actors.red.discontent": "0.1"}).document

    assert document.shocks["s"].times == {"actors.red.stress": 3}
    assert document.shocks["s"].plus == {"actors.red.discontent": 0.1}


@pytest.mark.parametrize(
    ("change", "nearest"),
    [
        ("actor.brigade.zeal=1", "actors"),
        ("actors.brigad.zeal=1", "brigade"),
        ("actors.brigade.zeall=1", "zeal"),
        ("actors.red.factions.leadr.weight=1", "leader"),
        ("actors.red.handler.charism=1", "charisma"),
        ("defaults.proxi.zeal=1", "proxy"),
        ("defaults.model.contagin=1", "contagion"),
        ("ties.red>brigad.pays=1", "red>brigade"),
        ("fronts.brigade>outpst.quiet_rate=1/day", "brigade>outpost"),
        ("dyads.red>blu.back_channel=1", "red>blue"),
        ("lines.no-blue-soldier.crossing.makes_likelier.major_strike=1", "major-strike"),
        ("targets.outpst.closed=1", "outpost"),
        ("outcomes.pause.happens_when.no_attack.for=3d", "no_attacks"),
    ],
)
def test_a_path_to_nowhere_is_refused_with_the_nearest_name(load, change, nearest):
    """A table, row or field that is not there is named, with the one most likely meant."""
    error = refusal(load, change)

    assert error.code is Code.UNKNOWN_PATH
    assert error.nearest == nearest
    assert str(error).startswith(f"--set: {change.partition('=')[0]}: ")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("actors.brigade.zeal.low=0.1", Code.UNKNOWN_PATH),
        ("actors.red.factions.leader.wants.blue=0.1", Code.UNKNOWN_PATH),
        ("shocks.s=5", Code.UNKNOWN_PATH),
        ("shocks.s.on=2024-02-01", Code.UNKNOWN_PATH),
        ("actors.nobody=null", Code.UNKNOWN_PATH),
        ("ties.9.pays=1", Code.UNKNOWN_PATH),
        ("ties.-1.pays=1", Code.UNKNOWN_PATH),
        (".=1", Code.UNKNOWN_PATH),
        ("actors..zeal=1", Code.UNKNOWN_PATH),
        ("extends=iran-axis-2024", Code.UNKNOWN_PATH),
        ("shadowline=1", Code.UNKNOWN_PATH),
        ("a.b.c.d.e.f.g.h.i.j=1", Code.UNKNOWN_PATH),
        ("actors.brigade.zeal=[1, 2]", Code.WRONG_TYPE),
        ("actors.brigade.zeal=true", Code.WRONG_TYPE),
        ("actors.brigade.zeal=1.5", Code.OUT_OF_RANGE),
        ("actors.brigade=5", Code.WRONG_TYPE),
        ("actors.brigade.zeal={low: 0.1", Code.BAD_YAML),
        ("actors.brigade.zeal=!!python/name:os.system x", Code.BAD_YAML),
        ("as_of=2024-02-30", Code.BAD_DATE),
        ("fronts.brigade>outpost.quiet_rate=1", Code.MISSING_UNIT),
        ("actors.red.factions.leader.wants={green: 1}", Code.UNKNOWN_REFERENCE),
        ("movements.resistance.green=0.5", Code.UNKNOWN_REFERENCE),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_as_a_change(load, change, code):
    """What cannot be set is refused with its code, at the path that was given."""
    error = refusal(load, change)

    assert error.code is code
    assert error.where.file == "--set"
    assert error.where.line is None


def test_what_is_known_later_is_refused(faults):
    """A number known after the as-of date is hindsight, also where the date is written as text."""
    for day in ("2024-01-02", '"2024-01-02"'):
        (error,) = faults("zeal: 0.6", f"zeal: {{value: 0.6, known_on: {day}}}")
        assert error.code is Code.HINDSIGHT


def test_what_rests_on_later_evidence_is_refused(faults):
    """A number that cites evidence not yet known is hindsight; the evidence itself may stand there unused."""
    evidence = "evidence: {later: {says: x, strength: press report, known_on: 2024-05-01}}"

    (error,) = faults("zeal: 0.6", "zeal: {value: 0.6, because: later}", more=evidence)

    assert error.code is Code.HINDSIGHT
    assert error.found == "rests on later"


def test_unknown_evidence_that_nothing_cites_is_withheld(load):
    """Evidence that became known later is withheld from the scenario and named."""
    scenario = load(more="evidence: {later: {says: x, strength: press report, known_on: 2024-05-01}}")

    assert scenario.withheld == ("later",)


def test_an_earlier_date_is_asked_for(load):
    """`as_of` may be moved, and everything is then judged by the new date."""
    evidence = "evidence: {then: {says: x, strength: press report, known_on: 2023-05-01}}"

    assert load(more=evidence, as_of=date(2024, 3, 1)).document.as_of == date(2024, 3, 1)
    with pytest.raises(InputError) as caught:
        load("zeal: 0.6", "zeal: {value: 0.6, because: then}", more=evidence, as_of=date(2023, 1, 1))
    assert caught.value.code is Code.HINDSIGHT


def test_loading_leaves_the_sources_as_they_were(load):
    """Changes are made to a copy: the lines of a file can still be shown."""
    scenario = load(changes={"actors.brigade.zeal": "0.1"})

    assert scenario.sources[0].data["actors"]["brigade"]["zeal"] == 0.6
    assert scenario.data["actors"]["brigade"]["zeal"] == 0.1
    assert scenario.changes == {"actors.brigade.zeal": "0.1"}
