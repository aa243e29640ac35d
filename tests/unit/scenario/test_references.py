"""Everything that a scenario names is there, in order, adds up, and has a size that can be played."""

import pytest

from shadowline.errors import Code
from shadowline.scenario.load import LIBRARY

SMALL = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")

FRONT = "  - {proxy: brigade, target: outpost, quiet_rate: 0.5/day}"

# (what is wrong, what is written at the end of the file, code, where)
REFERENCES = [
    ("bodies: {b: {members: [brigad]}}", Code.UNKNOWN_REFERENCE, "bodies.b.members"),
    ("bodies: {b: {members: [brigade], supports: blue}}", Code.UNKNOWN_REFERENCE, "bodies.b.supports"),
    (
        "bodies: {b: {members: [brigade], claims_under_its_name: {red: 0.5}}}",
        Code.UNKNOWN_REFERENCE,
        "bodies.b.claims_under_its_name.red",
    ),
    ("bodies: {b: {members: [brigade, brigade]}}", Code.DUPLICATE_ID, "bodies.b.members"),
    ("dyads: [{patron: blue, adversary: blue}]", Code.UNKNOWN_REFERENCE, "dyads.0.patron"),
    ("dyads: [{patron: red, adversary: red}]", Code.UNKNOWN_REFERENCE, "dyads.0.adversary"),
    ("dyads: [{patron: red, adversary: blue}, {patron: red, adversary: blue}]", Code.DUPLICATE_ID, "dyads.1"),
    ("doctrines: {d: [{when: {looks_at: nobody}, answer: nothing}]}", Code.UNKNOWN_REFERENCE, "doctrines.d.0.when.looks_at"),
    ("doctrines: {d: []}", Code.OUT_OF_RANGE, "doctrines.d"),
    ("doctrines: {d: [{answer: {open-war: 1}}]}", Code.UNKNOWN_CHOICE, "doctrines.d.0.answer.open-war"),
    ("doctrines: {d: [{answer: nothing, delay: 1h}]}", Code.OUT_OF_RANGE, "doctrines.d.0.delay"),
    ("strikes: [{on: 2024-02-01, by: blu, against: red, rung: major-strike}]", Code.UNKNOWN_REFERENCE, "strikes.0.by"),
    ("strikes: [{on: 2024-02-01, by: blue, against: blue, rung: major-strike}]", Code.INCONSISTENT, "strikes.0"),
    ("strikes: [{on: 2024-02-01, by: blue, against: red, rung: open-war}]", Code.UNKNOWN_CHOICE, "strikes.0.rung"),
    ("strikes: [{on: 2024-02-01, by: blue, against: red, rung: major-strike, killed: -1}]", Code.OUT_OF_RANGE, "strikes.0.killed"),
    ("spells: [{proxy: brigad, toward: blue, on: 2024-01-01, obeys: {red: 1}}]", Code.UNKNOWN_REFERENCE, "spells.0.proxy"),
    ("wars: [{between: [blue, blue], since: 2023-01-01}]", Code.UNKNOWN_REFERENCE, "wars.0.between.1"),
    ("wars: [{between: [blue], since: 2023-01-01}]", Code.OUT_OF_RANGE, "wars.0.between"),
    ("prelude: {record: r, from: 2023-12-01, attacks: [{series: s, target_owner: red}]}", Code.UNKNOWN_REFERENCE, "target_owner"),
    (
        "prelude: {record: r, from: 2023-12-01, attacks: [{series: s, target_owner: blue, theatre: t}]}",
        Code.UNKNOWN_REFERENCE,
        "prelude.attacks.0.theatre",
    ),
    (
        "prelude: {record: r, from: 2023-12-01, attacks: [{series: s, target_owner: blue, proxies: [p]}]}",
        Code.UNKNOWN_REFERENCE,
        "prelude.attacks.0.proxies",
    ),
    ("prelude: {record: r, from: 1950-01-01}", Code.OUT_OF_RANGE, "prelude.from"),
    ("evidence: {a: {says: x, strength: our judgement, in: b}}", Code.UNKNOWN_REFERENCE, "evidence.a.in"),
    ("evidence: {a: {says: x, strength: our judgement, in: a}}", Code.INCONSISTENT, "evidence.a.in"),
    ("evidence: {A b: {says: x, strength: our judgement}}", Code.BAD_ID, "evidence.A b"),
    ("evidence: {a: {says: x, strength: strong}}", Code.UNKNOWN_CHOICE, "evidence.a.strength"),
    ("because: hearsay", Code.UNKNOWN_REFERENCE, "because"),
    ("shocks: {s: {on: 2024-02-01, says: x}}", Code.MISSING_KEY, "shocks.s"),
    ("shocks: {s: {on: 2024-02-01, says: x, change: {actor.red.stress: 1}}}", Code.UNKNOWN_PATH, "shocks.s.change.actor.red.stress"),
    ("shocks: {s: {on: 2024-02-01, says: x, times: {actors.rod.stress: 1}}}", Code.UNKNOWN_PATH, "shocks.s.times.actors.rod.stress"),
    ("shocks: {s: {on: 2024-02-01, says: x, plus: {actors.red.stres: 1}}}", Code.UNKNOWN_PATH, "shocks.s.plus.actors.red.stres"),
    ("shocks: {s: {on: 2024-02-01, says: x, change: {actors.red.factions.guard.weight: 1}}}", Code.UNKNOWN_PATH, "guard.weight"),
    ("shocks: {s: {on: 2024-02-01, says: x, change: {actors.brigade.zeal: 2}}}", Code.OUT_OF_RANGE, "actors.brigade.zeal"),
    ("shocks: {s: {on: 2024-02-01, says: x, change: {fronts.brigade>outpost.quiet_rate: 2}}}", Code.MISSING_UNIT, "quiet_rate"),
    ("shocks: {s: {on: 2024-02-01, says: x, times: {actors.red.order.blue: 2}}}", Code.INCONSISTENT, "actors.red.order.blue"),
    ("shocks: {s: {on: 2024-02-01, says: x, change: {model.contagion: {value: 0, because: b}}}}", Code.UNKNOWN_REFERENCE, "contagion"),
]


@pytest.mark.parametrize(("written", "code", "field"), REFERENCES)
def test_what_is_not_there_or_cannot_be_is_refused_at_its_place(faults, written, code, field):
    """Each name that nobody declares, and each fact that cannot hold, is a coded error at its field and line."""
    errors = faults(more=written)

    assert [error.code for error in errors] == [code]
    assert errors[0].where.field.endswith(field)
    assert errors[0].where.line == len(SMALL.splitlines()) + 2


@pytest.mark.parametrize(
    "written",
    [
        "shocks: {s: {on: 2024-02-01, says: x, change: {actors.red.order.blue: factions}}}",
        "shocks: {s: {on: 2024-02-01, says: x, change: {actors.red.order.blue: 0.5, dyads.red>blue.back_channel: 1}}}",
        "shocks: {s: {on: 2024-02-01, says: x, plus: {model.contagion: -0.2, fronts.brigade>outpost.quiet_rate: -0.1/day}}}",
        "shocks: {s: {on: 2024-02-01, says: x, times: {actors.red.factions.guards.weight: 2, ties.red>brigade.pays: 0.5}}}",
        "bodies: {b: {members: [brigade], claims_under_its_name: {brigade: 0.5}, supports: red, support: 0.5, coordination: 1}}",
        "evidence: {a/b: {says: x, strength: our judgement}}",
    ],
)
def test_what_is_there_is_accepted(load, written):
    """Names and paths that the scenario declares are found."""
    assert load(more=written).id == "two-camps"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    leader: {born: 1954-01-01}\n", "", Code.INCONSISTENT),
        ("guards: {weight", "guards: {kind: leader, weight", Code.INCONSISTENT),
        ("born: 1954-01-01", "born: 1854-01-01", Code.OUT_OF_RANGE),
        ("wants: 0.6", "wants: {green: 1}", Code.UNKNOWN_REFERENCE),
        ("    factions:\n", "    order: {chosen_by: schedule}\n    factions:\n", Code.MISSING_KEY),
        (
            "    factions:\n",
            "    order: {schedule: [{from: 2024-03-01, order: 1}, {from: 2024-02-01, order: 0}]}\n    factions:\n",
            Code.DATES_OUT_OF_ORDER,
        ),
        ("    factions:\n", "    order: {schedule: [{from: 2024-03-01, order: 1, toward: red}]}\n    factions:\n", Code.UNKNOWN_REFERENCE),
        (
            "handler: {charisma",
            "past_handlers: [{until: 2020-01-03, charisma: 1, ties: 1, language: 1}]\n    handler: {since: 2019-01-01, charisma",
            Code.DATES_OUT_OF_ORDER,
        ),
        ("blue: {role: adversary,", "blue: {role: adversary, answers: {doctrine: revenge},", Code.UNKNOWN_REFERENCE),
        ("blue: {role: adversary,", "blue: {role: adversary, answers: {doctrine: tit-for-tat},", Code.MISSING_KEY),
        ("blue: {role: adversary,", "blue: {role: adversary, answers: {looks_at: green},", Code.UNKNOWN_REFERENCE),
        ("border: {}", "border: {context: [{times: 2}]}", Code.INCONSISTENT),
        ("border: {}", "border: {context: [{on: 2024-02-01, to: 2024-03-01, times: 2}]}", Code.INCONSISTENT),
        ("alignment: 0.7", "alignment: 0.7, control: 0.99", Code.SHARES_DO_NOT_ADD_UP),
        ("killed: {soldier: 1}", "killed: {soldier: 1, other: 1}", Code.INCONSISTENT),
        ("killed: {soldier: 1}", "killed: {soldier: 1}, within: 31d", Code.OUT_OF_RANGE),
        ("killed: {soldier: 1}", "killed: {soldier: 1}, at_least: major-strike", Code.INCONSISTENT),
        ("territory: red-land}\n\n", "territory: red-land, target_owner: blue}\n\n", Code.INCONSISTENT),
        ("for: 30d", "by: brigade", Code.MISSING_KEY),
        ("{attacks: {on: blue}, per: week}", "{attacks: {on: blue, for: 9d}, per: week}", Code.INCONSISTENT),
        ("at_least: major-strike, at_most: major-strike", "at_least: major-strike, at_most: limited-strike", Code.INCONSISTENT),
        ("{strike: {by: blue, at", "{strike: {by: green, at", Code.UNKNOWN_REFERENCE),
        ("open_war: {patron: red", "open_war: {patron: brigade", Code.UNKNOWN_REFERENCE),
    ],
)
def test_contradictions_are_refused(faults, old, new, code):
    """What contradicts the rest of the scenario, or would silently be ignored, is an error with its code."""
    assert [error.code for error in faults(old, new)] == [code]


def test_a_scenario_without_an_adversary_is_refused(faults):
    """Somebody must be attacked."""
    errors = faults("blue: {role: adversary, territory: blue-land}", "blue: {role: host, territory: blue-land}")

    assert Code.MISSING_KEY in {error.code for error in errors}


def test_a_date_that_cannot_be_counted_is_refused(faults):
    """The as-of date lies between the years 1500 and 2500."""
    errors = faults("as_of: 2024-01-01", "as_of: 9999-12-31")

    assert (Code.OUT_OF_RANGE, "as_of") in {(error.code, error.where.field) for error in errors}


def test_a_table_that_cannot_be_played_is_refused_at_once(faults):
    """Tables have a largest size, told before anything else is looked at."""
    fronts = "\n".join([FRONT] * 401)

    errors = faults(FRONT, fronts)

    assert errors[0].code is Code.OUT_OF_RANGE
    assert errors[0].found == "401"


def test_no_more_faults_are_told_than_can_be_read(faults):
    """A file full of faults is refused with the first forty of them."""
    assert len(faults(FRONT, "\n".join([FRONT] * 300))) == 40


def test_the_role_of_a_wrong_actor_is_told(faults):
    """An actor of another role is called what it is, beside those that could have been meant."""
    (error,) = faults("owner: blue, theatre", "owner: brigade, theatre")

    assert "has the role proxy" in error.message
    assert error.expected == "adversary: blue"
