"""Check E9: same luck. What is added changes no draw of anybody whom it cannot influence, whatever the number of threads."""

from dataclasses import replace

import numpy as np
import pytest

from shadowline.engine.batch import play
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.engine.telling import tell
from shadowline.mechanisms.journal import ATTACK, ORDER
from shadowline.scenario.influence import influence_graph, influenced_by
from shadowline.scenario.load import load_scenario

SEED, DRAWS, FUTURES = 9, 12, 10
NORTH = ("blue", "red", "brigade", "column", "red>blue")
SOUTH = ("green", "black", "militia", "black>green")
"""The nodes of each war: its actors, and its pair of patron and adversary, whose events are the orders."""
IDLE = {
    "a proxy without a front": "actors:\n  a-sleeper: {role: proxy, zeal: 1}\n",
    "a patron without a tie": "actors:\n  an-onlooker: {role: patron, territory: far-land, order: {fixed: 0}}\n",
    "an adversary whom nobody attacks": "actors:\n  a-bystander: {role: adversary, territory: far-land, answers: {base_rate: 0/day}}\n",
}
"""What stands before all actors, so that every row moves by one."""
SOUTHERN = {
    "a lever": {"fronts.militia>harbour.quiet_rate": "0.9/day"},
    "a shock": {"shocks.arms": "{on: 2024-03-01, says: arms arrive, times: {actors.militia.capability: 3}}"},
    "a policy": {"shocks.halt": "{on: 2024-02-01, says: a halt, change: {actors.black.order.green: 0}}"},
    "another target": {
        "targets.village": "{owner: green, theatre: coast, territory: coastland}",
        "fronts": "[{proxy: militia, target: village, quiet_rate: 0.2/day}, {proxy: militia, target: harbour, quiet_rate: 0.5/day},"
        " {proxy: brigade, target: outpost, quiet_rate: 0.5/day}, {proxy: column, target: outpost, quiet_rate: 0.3/day}]",
    },
    "a doctrine": {"actors.green.answers": "{doctrine: massive}"},
    "an ear for orders": {"actors.green.looks_for": "order"},
}


@pytest.fixture(scope="module")
def text(pytestconfig):
    """Return the words of the scenario of two wars."""
    return (pytestconfig.rootpath / "tests" / "scenarios" / "two-wars.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wars(text, tmp_path_factory):
    """Return a function that builds two wars with something added before all actors, or with numbers changed."""

    def built(before="actors:\n", changes=None):
        path = tmp_path_factory.mktemp("wars") / "two-wars.yaml"
        path.write_text(text.replace("actors:\n", before, 1), encoding="utf-8")
        return build(load_scenario(path, the_catalogue(), changes=changes), None, draws=DRAWS, seed=SEED)

    return built


@pytest.fixture(scope="module")
def plain(wars):
    """Return two wars with nothing added."""
    return wars()


def events(model, run, camp):
    """Return what happened to the nodes of one war in one future, by name and day, each event with what its cause was."""
    journal = tell(model, run, futures=FUTURES, seed=SEED)
    who = {-1: "nobody"} | dict(enumerate(model.names.actors))
    lines = {-1: "none"} | dict(enumerate(model.names.lines))

    def described(event):
        plain = ("day", "kind", "rung", "victims", "killed", "wounded", "hits", "label", "ordered", "blame", "value")
        people = tuple(who[int(event[key])] for key in ("actor", "target", "culprit", "authority"))
        return (*(event[key].item() for key in plain), *people, lines[int(event.line)])

    def node(event):
        actor, target = who[int(event.actor)], who[int(event.target)]
        return f"{actor}>{target}" if event.kind == ORDER else actor

    own = [event for event in journal if node(event) in camp]
    return [(described(event), described(journal[int(event.cause)]) if event.cause >= 0 else None) for event in own]


def numbers(model, *, threads=2):
    """Return the results of all futures, by name of array and outcome."""
    batch = play(model, futures=FUTURES, seed=SEED, threads=threads)
    kept = ("first_day", "total", "at_risk", "chance", "hazard", "weekly")
    arrays = {name: getattr(batch, name) for name in kept}
    return {(name, key): array[:, n] for name, array in arrays.items() for n, key in enumerate(model.names.outcomes)}


def differences(one, other, camp):
    """Return where the results of one war differ."""
    return [place for place in one if place[1].startswith(camp) and not np.array_equal(one[place], other[place])]


@pytest.mark.parametrize("idle", IDLE)
def test_an_idle_actor_changes_nobody_s_events(wars, plain, idle):
    """E9: adding an actor who does nothing, before all others, leaves every event of every future as it was."""
    other = wars(IDLE[idle])
    assert other.names.actors[1:] == plain.names.actors
    assert differences(numbers(plain), numbers(other), "") == []
    for run in range(0, DRAWS * FUTURES, 9):
        for camp in (NORTH, SOUTH):
            assert events(other, run, camp) == events(plain, run, camp)


@pytest.mark.parametrize("change", SOUTHERN)
def test_a_change_in_one_war_leaves_the_other_alone(wars, plain, change):
    """E9: a lever, shock, policy, target or doctrine in the south changes the south and no event, chance or hazard of the north."""
    other = wars(changes=SOUTHERN[change])
    before, after = numbers(plain), numbers(other)
    assert differences(before, after, "south") != []
    assert differences(before, after, "north") == []
    for run in range(0, DRAWS * FUTURES, 9):
        assert events(other, run, NORTH) == events(plain, run, NORTH)


def test_the_graph_keeps_the_wars_apart(wars):
    """E9: the graph that `check` prints knows of no path from either war to the other."""
    graph = influence_graph(wars().names.document)
    for camp, others in ((NORTH, SOUTH), (SOUTH, NORTH)):
        for node in camp:
            assert influenced_by(graph, node).isdisjoint(others)


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_nothing(plain, threads):
    """E9: one, two and three threads give the same bits in every array of results."""
    assert differences(numbers(plain, threads=1), numbers(plain, threads=threads), "") == []


def test_a_future_told_alone_is_the_same_future(plain):
    """E9: a future replayed alone, with its journal, has the attacks that it had among all the others."""
    totals = numbers(plain)["total", "north-attacks"]
    for run in (0, 17, DRAWS * FUTURES - 1):
        attacks = [event for event, _ in events(plain, run, ("brigade", "column")) if event[1] == ATTACK]
        assert len(attacks) == totals[run]


def test_the_number_of_futures_changes_none(plain):
    """E9: the first futures of a draw are the same whether few or many are played."""
    single = replace(plain, starts=plain.starts[:1], past_attacks=plain.past_attacks[:1])
    few, many = (play(single, futures=futures, seed=SEED, threads=1) for futures in (3, 30))
    assert np.array_equal(few.total, many.total[:3])
    assert np.array_equal(few.chance, many.chance[:3])
