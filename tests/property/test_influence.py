"""The graph of influence is complete: whoever a change cannot reach lives through the same events, in every random scenario."""

import copy
import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shadowline.engine.batch import tell
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.mechanisms.journal import ORDER
from shadowline.scenario.influence import influence_graph, influenced_by
from shadowline.scenario.load import load_scenario

SEED, DRAWS, FUTURES, TOLD = 5, 2, 3, (0, 4)
FIELDS = ("day", "kind", "rung", "victims", "killed", "wounded", "hits", "label", "ordered", "blame", "value")
LEVERS = {
    "adversary": {"answers": {"per_provocation": "0.9/day", "base_rate": "0.3/day"}, "provocation": {"soldier": 99}},
    "patron": {"stress": 1.5, "denial_hides": 0.9, "dissent_leaks": 2, "handler": {"charisma": 1, "ties": 1, "language": 1}},
    "host": {"stress": 1.5, "legitimacy": 0, "handler": {"charisma": 1, "ties": 1, "language": 1}},
    "proxy": {"capability": 7, "claims_own_name": 1, "grievance": {"per_dead": "2/day"}, "zeal": 0},
}
"""What is changed about an actor, by its role: enough to change its future wherever it has one."""


def load_strategy():
    """Return the strategy that draws the words of random valid scenarios."""
    path = Path(__file__).with_name("test_random_scenarios.py")
    spec = importlib.util.spec_from_file_location("random_scenarios", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.scenarios()


@pytest.fixture(scope="module")
def scenario_of(tmp_path_factory):
    """Return a function that loads a scenario from its words."""
    path = tmp_path_factory.mktemp("influence") / "random.yaml"

    def loaded(words):
        path.write_text(json.dumps(words), encoding="utf-8")
        return load_scenario(path, the_catalogue())

    return loaded


def events(scenario, nodes):
    """Return what happens to some nodes of a graph in some futures, told without the numbers of rows."""
    model = build(scenario, None, draws=DRAWS, seed=SEED)
    who = {-1: None} | dict(enumerate(model.names.actors))
    found = []
    for run in TOLD:
        for event in tell(model, run, futures=FUTURES, seed=SEED):
            actor, target = who[int(event["actor"])], who[int(event["target"])]
            node = f"{actor}>{target}" if event["kind"] == ORDER else actor
            if node in nodes:
                found.append((run, node, target, *(event[field].item() for field in FIELDS)))
    return found


def changed(words, actor):
    """Return the words with an actor's numbers changed."""
    other = copy.deepcopy(words)
    row = other["actors"][actor]
    for key, value in LEVERS[row["role"]].items():
        row[key] = {**row.get(key, {}), **value} if isinstance(value, dict) else value
    return other


@settings(deadline=None, max_examples=150, derandomize=True, suppress_health_check=list(HealthCheck))
@given(words=load_strategy(), data=st.data())
def test_whoever_a_change_cannot_reach_lives_the_same_life(scenario_of, words, data):
    """Where the graph has no path from an actor, changing that actor changes no event of anybody there."""
    actor = data.draw(st.sampled_from(sorted(words["actors"])))
    plain = scenario_of(words)
    graph = influence_graph(plain.document)
    beyond = set(graph) - influenced_by(graph, actor)

    assert events(scenario_of(changed(words, actor)), beyond) == events(plain, beyond)
