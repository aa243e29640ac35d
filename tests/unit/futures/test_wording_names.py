"""Names are said as the scenario gives them, and every number with whose it is."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.futures.wording import (
    Wording,
)

TWO_PATRONS = Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml"


def document(**tables):
    """Return names over made-up words."""
    rows = {table: tables.get(table, {}) for table in ("actors", "targets", "bodies", "lines", "outcomes", "theatres")}
    return Wording(SimpleNamespace(document=SimpleNamespace(**rows)))


def named(name, **more):
    """Return a row with or without a name."""
    return SimpleNamespace(**({"name": name} | more))


def test_actors_with_and_without_a_name():
    """A name stands as it is in running text and without article as a label; an id without a name is spoken in words."""
    wording = document(actors={"usa": named("the United States"), "red-land": named(None), "x": named("The Theban League")})

    assert [wording.actor(key) for key in ("usa", "red-land", None)] == ["the United States", "red land", "nobody in particular"]
    assert [wording.label(key) for key in ("usa", "red-land", "x")] == ["United States", "Red land", "Theban League"]
    assert wording.unique_actors(["usa", "x", "usa"]) == ["the United States", "The Theban League"]


def test_other_rows_with_and_without_a_name():
    """Targets, bodies and lines have their own name, or their id in words; lines are headings."""
    wording = document(
        targets={"al-asad": named("Al Asad"), "tower-22": named(None)},
        bodies={"joint": named("the Joint Room"), "old-room": named(None)},
        lines={"no-soldier": named("no soldier dies"), "no-strike-on-x": named(None)},
    )

    assert [wording.target(key) for key in ("al-asad", "tower-22")] == ["Al Asad", "tower 22"]
    assert [wording.body(key) for key in ("joint", "old-room")] == ["the Joint Room", "old room"]
    assert [wording.line(key) for key in ("no-soldier", "no-strike-on-x")] == ["No soldier dies", "No strike on x"]


def test_territories_are_called_after_whose_they_are():
    """A state's own territory bears its name; any other its id with capitals, a proxy's included."""
    actors = {
        "usa": named("the United States", territory="america", role="adversary"),
        "band": named("the Band", territory="red-sea-coast", role="proxy"),
    }
    wording = document(actors=actors)

    assert [wording.territory(key) for key in ("america", "red-sea-coast")] == ["the United States", "Red Sea Coast"]


def test_questions_are_headed_by_what_they_say():
    """A question's heading is its statement, or the question where there is none."""
    wording = document(
        outcomes={"war": named(None, says="war comes", asks="Does war come?"), "calm": named(None, says=None, asks="is it calm?")}
    )

    assert [wording.asked(key) for key in ("war", "calm")] == ["War comes", "Is it calm?"]


def test_numbers_say_whose_they_are():
    """A number is said with its owner: an actor, a pair, a faction, a target, all rows of a kind, or a part of the model."""
    actors = {"usa": named("the United States"), "iran": named("Iran"), "band": named(None)}
    targets = {"post-one": named(None), "fort": named("the Fort")}
    wording = document(actors=actors, targets=targets, lines={"no-go": named("nobody goes")}, theatres={"gulf": named("the Gulf")})
    said_of = {
        "actors.usa.answers.delay.mean": "United States: m",
        "actors.iran.factions.guard-corps.weight": "Iran (guard corps): m",
        "dyads.iran>usa.answer.care": "Iran and United States: m",
        "ties.iran>band.pays": "Iran and Band: m",
        "fronts.band>post-one.quiet_rate": "Band and Post one: m",
        "targets.fort.intercepted": "The Fort: m",
        "lines.no-go.strength": "Nobody goes: m",
        "theatres.gulf.noise": "The Gulf: m",
        "defaults.proxy.zeal": "All proxies: m",
        "defaults.adversary.hawks.now": "All adversaries: m",
        "defaults.body.coordination": "All bodies: m",
        "defaults.target.closed": "All targets: m",
        "defaults.model.control.constant": "Control: m",
    }

    assert {path: wording.number(path, "m") for path in said_of} == said_of


@pytest.fixture(scope="module", params=["iran-axis-2024", TWO_PATRONS], ids=["iran-axis-2024", "two-patrons"])
def results(request):
    """Return a run whose numbers can be correlated."""
    return simulate(request.param, Plan(40, 40, seed=71, horizon=60, threads=2))


def test_no_raw_path_falls_through(results):
    """Every number that matters, and every other uncertain one of actors, ties and fronts, is said in words."""
    wording = Wording(results.model.names)
    ids = {key for key in results.scenario.document.actors if "-" in key}
    paths = {(mover.path, mover.meaning) for mover in results.movers}
    paths |= {
        (slot.path, slot.meaning) for slot in results.model.slots if not slot.number.is_certain and not slot.path.startswith("spells.")
    }
    assert len(paths) > 50
    for path, meaning in paths:
        text = wording.number(path, meaning)
        whose, _, what = text.partition(": ")
        words = path.split(".")
        toward = f", {wording.actor(words[5])}" if words[4:5] == ["wants"] and len(words) > 5 else ""
        assert what == meaning + toward
        assert meaning
        assert re.fullmatch(r"[A-Z“'][^.>]*", whose), text
        assert not ids & set(whose.split()), text


def test_numbers_of_the_model_are_said_in_words(results):
    """No number is said with an underscore."""
    wording = Wording(results.model.names)

    assert not [slot.path for slot in results.model.slots if "_" in wording.number(slot.path, slot.meaning).partition(":")[0]]


def test_spells_say_whose_they_are(results):
    """The chance of obeying in a declared spell names the group that it is about."""
    wording = Wording(results.model.names)
    spells = [slot for slot in results.model.slots if slot.path.startswith("spells.") and not slot.number.is_certain]

    assert spells
    for slot in spells:
        proxy = results.scenario.document.spells[int(slot.path.split(".")[1])].proxy
        assert wording.label(proxy) in wording.number(slot.path, slot.meaning)


def test_no_two_numbers_are_said_alike():
    """Different numbers of the model case have different words, so that a reader can tell them apart."""
    model = simulate("iran-axis-2024", Plan(2, 2, seed=1, horizon=1)).model
    wording = Wording(model.names)
    uncertain = {slot.path: slot.meaning for slot in model.slots if not slot.number.is_certain and not slot.path.startswith("spells.")}
    texts = {wording.number(path, meaning) for path, meaning in uncertain.items()}

    assert len(texts) == len(uncertain)
