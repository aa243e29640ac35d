"""The graph of influence is complete: whoever a change cannot reach lives through the same events, whatever joins three wars."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.engine.telling import tell
from shadowline.mechanisms.journal import ORDER
from shadowline.scenario.influence import influence_graph, influenced_by
from shadowline.scenario.load import load_scenario

SEED, DRAWS, FUTURES, TOLD = 5, 2, 3, (0, 4)
FIELDS = ("day", "kind", "rung", "victims", "killed", "wounded", "hits", "label", "ordered", "blame", "value")
CAMPS = range(3)
PROXIES = tuple(f"{name}-{n}" for name in ("first", "second") for n in CAMPS)
RUNGS = ("limited-strike", "major-strike", "assets-abroad", "patron-soil")
LEVERS = {
    "adversary": {"answers.per_provocation": "0.9/day", "provocation.soldier": 99, "hawks.now": 0.9},
    "patron": {"stress": 1.5, "stress_fear": 3, "denial_hides": 0.9, "handler.charisma": 1, "factions.hawks.weight": 9},
    "proxy": {"capability": 5, "claims_own_name": 0.9, "grievance.per_dead": "1/day", "zeal": 0},
}
"""What is changed about an actor, by its role: enough to change its future."""


def camp(n):
    """Return the actors of one war: hot enough for everything to happen within two months."""
    adversary = {
        "role": "adversary",
        "territory": f"home-{n}",
        "answers": {"per_provocation": "0.05/day", "delay": "1d", "appeal": {"assets-abroad": 1, "patron-soil": 1}},
        "blame_needed": {"mean": 0.2, "spread": 0.1},
    }
    patron = {
        "role": "patron",
        "territory": f"land-{n}",
        "leader": {"born": "1925-01-01"},
        "factions": {"leader": {"weight": 1, "wants": 0.5, "fears_war": 3}, "hawks": {"weight": 1, "wants": 1.4, "fears_war": 1}},
    }
    proxies = {f"{name}-{n}": {"role": "proxy", "territory": f"base-{n}"} for name in ("first", "second")}
    return {f"adversary-{n}": adversary, f"patron-{n}": patron, **proxies}


def three_camps():
    """Return three wars side by side that share nothing."""
    pairs = [("first", "post"), ("second", "port")]
    target = {"theatre": "field", "intercepted": 0.6, "lethal_if_through": 0.3}
    return {
        "shadowline": 1,
        "id": "camps",
        "title": "Camps",
        "question": "Who reaches whom?",
        "as_of": "2024-01-01",
        "horizon": "60d",
        "unstated": "default",
        "theatres": {"field": {}},
        "actors": {key: actor for n in CAMPS for key, actor in camp(n).items()},
        "ties": [{"from": f"patron-{n}", "to": f"{proxy}-{n}", "pays": 0.5} for n in CAMPS for proxy, _ in pairs],
        "targets": {f"{place}-{n}": {"owner": f"adversary-{n}", "territory": f"ground-{n}", **target} for n in CAMPS for _, place in pairs},
        "fronts": [{"proxy": f"{proxy}-{n}", "target": f"{place}-{n}", "quiet_rate": "0.4/day"} for n in CAMPS for proxy, place in pairs],
        "bodies": {},
        "lines": {},
        "doctrines": {},
        "strikes": [],
        "outcomes": {"attacks": {"asks": "How many?", "count": {"attacks": {"on": "adversary-0"}}}},
    }


@st.composite
def bridged_camps(draw):
    """Draw the three wars with a few bridges between them, of every kind that the language has."""
    words = three_camps()
    bridges = st.sampled_from([tie, front, movement, body, attack_line, strike_line, doctrine, dated_strike, war, stance])
    for number, build_bridge in enumerate(draw(st.lists(bridges, max_size=3))):
        build_bridge(draw, words, number)
    return words


def one(draw, *stems):
    """Draw the name of an actor or a target of some camp."""
    return f"{draw(st.sampled_from(stems))}-{draw(st.sampled_from(CAMPS))}"


def tie(draw, words, _):
    """Tie a patron to somebody else's proxy."""
    row = {"from": one(draw, "patron"), "to": one(draw, "first", "second"), "pays": 0.2}
    if all((row["from"], row["to"]) != (other["from"], other["to"]) for other in words["ties"]):
        words["ties"].append(row)


def front(draw, words, _):
    """Let a proxy face another target."""
    row = {"proxy": one(draw, "first", "second"), "target": one(draw, "post", "port"), "quiet_rate": "0.3/day"}
    if all((row["proxy"], row["target"]) != (other["proxy"], other["target"]) for other in words["fronts"]):
        words["fronts"].append(row)


def movement(draw, words, _):
    """Put two proxies into one movement."""
    members = draw(st.lists(st.sampled_from(PROXIES), min_size=2, max_size=3, unique=True))
    words["movements"] = {"movement": {member: 1 / len(members) for member in members}}


def body(draw, words, number):
    """Put two proxies under one umbrella."""
    members = draw(st.lists(st.sampled_from(PROXIES), min_size=2, max_size=3, unique=True))
    words["bodies"][f"body-{number}"] = {"members": members, "coordination": 0.8, "claims_under_its_name": 0.3}


def attack_line(draw, words, number):
    """Draw a line about attacks, on whomever."""
    crossing = {"event": "attack", "hits": draw(st.booleans())}
    if draw(st.booleans()):
        crossing["target_owner"] = one(draw, "adversary")
    crossed = {"hawks": 0.5, "makes_likelier": {"major-strike": 30}}
    words["lines"][f"line-{number}"] = {
        "owner": one(draw, "adversary", "patron"),
        "restrains": 0.6,
        "crossed_by": crossing,
        "crossing": crossed,
    }


def strike_line(draw, words, number):
    """Draw a line about strikes, by or on whomever."""
    crossing = {"event": "strike", "at_least": draw(st.sampled_from(RUNGS))}
    if draw(st.booleans()):
        crossing["actor"] = one(draw, "adversary", "patron")
    if draw(st.booleans()):
        crossing["target"] = one(draw, "adversary", "patron", "first")
    words["lines"][f"line-{number}"] = {"owner": one(draw, "adversary", "patron"), "crossed_by": crossing, "crossing": {"hawks": 0.5}}


def doctrine(draw, words, number):
    """Let an actor answer another by rule."""
    key, other = one(draw, "adversary", "patron", "first"), one(draw, "adversary", "patron", "first")
    if key == other:
        return
    if draw(st.booleans()):
        named = draw(st.sampled_from(["tit-for-tat", "generous"]))
        answers = {"doctrine": named, "looks_at": other, "error": 0.05}
    else:
        rule = {"when": {"looks_at": other, "within": "3d"}, "answer": {draw(st.sampled_from(RUNGS)): 1}, "error": 0.05}
        words["doctrines"][f"rules-{number}"] = [rule, {"answer": "by judgement", "timing": "at its rate"}]
        answers = {"doctrine": f"rules-{number}"}
    row = words["actors"][key]
    row["answers"] = {**row.get("answers", {}), **answers}


def dated_strike(draw, words, _):
    """Declare a strike."""
    by, against = one(draw, "adversary", "patron"), one(draw, "adversary", "patron", "first")
    if by != against:
        words["strikes"].append({"on": "2024-01-15", "by": by, "against": against, "rung": draw(st.sampled_from(RUNGS)), "killed": 4})


def war(draw, words, _):
    """Declare an adversary and a proxy at war."""
    words["wars"] = [{"between": [one(draw, "adversary"), one(draw, "first", "second")], "since": "2023-01-01"}]


def stance(draw, words, _):
    """Let a patron praise attacks."""
    words["actors"][one(draw, "patron")] |= {"stance": ["praise"], "praise": {"hawks": 0.5, "alignment": 0.5}}


@pytest.fixture(scope="module")
def scenario_of(tmp_path_factory):
    """Return a function that loads a scenario from its words, with numbers of one actor changed."""
    path = tmp_path_factory.mktemp("influence") / "camps.yaml"

    def loaded(words, actor=None):
        path.write_text(json.dumps(words), encoding="utf-8")
        levers = {} if actor is None else LEVERS[words["actors"][actor]["role"]]
        return load_scenario(path, the_catalogue(), changes={f"actors.{actor}.{key}": str(value) for key, value in levers.items()})

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


@settings(deadline=None, max_examples=120, derandomize=True, suppress_health_check=list(HealthCheck))
@given(words=bridged_camps(), data=st.data())
def test_whoever_a_change_cannot_reach_lives_the_same_life(scenario_of, words, data):
    """Where the graph has no path from an actor, changing that actor changes no event of anybody there."""
    actor = data.draw(st.sampled_from(sorted(words["actors"])))
    plain = scenario_of(words)
    graph = influence_graph(plain.document)
    beyond = set(graph) - influenced_by(graph, actor)

    assert events(scenario_of(words, actor), beyond) == events(plain, beyond)


def test_changes_of_these_camps_are_felt(scenario_of):
    """Each change that the property makes does change the life of somebody in reach, so that the property says something."""
    words = three_camps()
    plain = scenario_of(words)
    graph = influence_graph(plain.document)
    for actor in ("adversary-0", "patron-0", "first-0"):
        reached = influenced_by(graph, actor)
        assert all(node.endswith("-0") for node in reached)
        assert events(scenario_of(words, actor), reached) != events(plain, reached)
