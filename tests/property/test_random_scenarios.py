"""Random valid scenarios: whatever actors, ties, lines, doctrines and numbers they have, their futures make sense."""

import json
import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shadowline.engine.batch import play, scratch
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.engine.telling import tell_future
from shadowline.futures.summary import answers as answers_of
from shadowline.parameters import RUNGS
from shadowline.scenario.load import load_scenario

DAYS, DRAWS, FUTURES = 40, 2, 3
SEED = 5
ACTING = RUNGS[1:5]
SECTIONS = {"adversaries": "adversary", "principals": "principal", "proxies": "proxy", "bodies": "body"}
TERRITORIES = ["hills", "plain", "coast"]
SIGNED = {"step", "deviation", "context", "standing_index", "spell_draw", "interregnum_left", "before"}
"""Stocks that may be negative; all others may not."""
COUNTS = {"attacks", "hits", "acknowledged", "claims", "attacks_today", "wounded_today", "killed", "crossings", "leader_deaths"}
SHARE = re.compile(r"0\.\.1$|^(chance|share|largest posterior|quantiles)\b")
"""What the meaning of a state says if it is a probability."""


def some(draw, items, least=0):
    """Draw a sublist of items."""
    return list(draw(st.lists(st.sampled_from(items), min_size=least, unique=True))) if items else []


def written(parameter, value):
    """Return a number with its unit, as a scenario writes it."""
    suffix = {"1/day": "/day", "day": "d"}.get(parameter.unit, "")
    return f"{value:.6f}{suffix}" if suffix else round(value, 6)


@st.composite
def numbers(draw, table, most=6):
    """Draw values, within their ranges, for some parameters of a table, nested as scenarios write them."""
    nested = {}
    skipped = {"claims_under_its_name", "chance", "wants"}
    choices = [p for p in the_catalogue().of(table) if p.name not in skipped]
    for parameter in draw(st.lists(st.sampled_from(choices), max_size=most, unique=True)) if choices else []:
        value = written(parameter, draw(st.floats(parameter.low, parameter.high)))
        *path, last = parameter.name.split(".")
        here = nested
        for part in path:
            here = here.setdefault(part, {})
        here[last] = value
    return nested


@st.composite
def principals(draw, role, adversaries):
    """Draw a patron or a host: with or without ruler, factions, stance, fixed orders and handler's numbers."""
    words = {"role": role, "territory": draw(st.sampled_from(TERRITORIES)), "stance": some(draw, ["deny", "praise"])}
    factions = some(draw, ["guards", "pragmatists", "proxies"])
    if draw(st.booleans()):
        words["leader"] = {"born": draw(st.sampled_from(["1920-05-05", "1939-04-19", "1970-01-01"]))}
        factions = ["leader", *factions]
    words["factions"] = {
        key: {"weight": draw(st.floats(0, 3)), "wants": draw(st.floats(0, 1.5)), "fears_war": draw(st.floats(0, 9))} for key in factions
    }
    order = draw(st.sampled_from(["none", "fixed", "schedule"]))
    if order == "fixed":
        words["order"] = {"fixed": draw(st.floats(0, 1.5))}
    elif order == "schedule":
        words["order"] = {
            "schedule": [{"from": "2024-01-20", "order": draw(st.floats(0, 1.5)), "toward": draw(st.sampled_from(adversaries))}]
        }
    if draw(st.booleans()):
        words["answers"] = {"doctrine": "tit-for-tat", "looks_at": draw(st.sampled_from(adversaries)), "error": draw(st.floats(0, 0.2))}
    return words


@st.composite
def answers(draw, actors, doctrines):
    """Draw how an adversary answers."""
    doctrine = draw(
        st.sampled_from(["judgement", "never", "tit-for-tat", "generous", "capped", "massive", "audience-bound", "telegraphed", *doctrines])
    )
    words = {"doctrine": doctrine, "looks_at": draw(st.sampled_from(actors)), "decided": draw(st.booleans())}
    if draw(st.booleans()):
        words["cap"] = draw(st.sampled_from(ACTING))
    return words


@st.composite
def rules(draw, actors):
    """Draw one rule of a declared doctrine."""
    when = {}
    if draw(st.booleans()):
        when["line_crossed_within"] = f"{draw(st.integers(1, 30))}d"
    if draw(st.booleans()):
        when["provocation_at_least"] = draw(st.floats(0, 20))
    if draw(st.booleans()):
        when["blame_at_least"] = draw(st.floats(0, 1))
    if draw(st.booleans()):
        when["killed_at_least"] = draw(st.integers(1, 3))
    if draw(st.booleans()):
        when |= {"looks_at": draw(st.sampled_from(actors)), "within": f"{draw(st.integers(1, 5))}d"}
    menu = {rung: draw(st.floats(0, 3)) for rung in some(draw, list(ACTING), 1)}
    rule = {
        "answer": draw(st.sampled_from(["by judgement", "nothing", menu])),
        "timing": draw(st.sampled_from(["at once", "at its rate"])),
        "delay": f"{draw(st.integers(1, 9))}d",
        "cooldown": f"{draw(st.integers(0, 20))}d",
        "generosity": draw(st.floats(0, 1)),
        "error": draw(st.floats(0, 0.3)),
    }
    return rule | ({"when": when} if when else {})


@st.composite
def lines(draw, owners, actors, adversaries):
    """Draw a red line on attacks or on strikes."""
    crossing = {"event": draw(st.sampled_from(["attack", "strike"]))}
    if crossing["event"] == "attack":
        crossing |= {
            "target_owner": draw(st.sampled_from(adversaries)),
            "hits": draw(st.booleans()),
            "within": f"{draw(st.integers(1, 30))}d",
        }
        if draw(st.booleans()):
            crossing["killed"] = {draw(st.sampled_from(["soldier", "contractor", "other", "any"])): draw(st.integers(1, 4))}
    else:
        crossing |= {"actor": draw(st.sampled_from(actors)), "at_least": draw(st.sampled_from(ACTING))}
    return {"owner": draw(st.sampled_from(owners)), "crossed_by": crossing, **draw(numbers("lines"))}


@st.composite
def scenarios(draw):
    """Draw the words of a valid scenario."""
    adversaries = [f"adversary-{n}" for n in range(draw(st.integers(1, 3)))]
    patrons = [f"patron-{n}" for n in range(draw(st.sampled_from([1, 2, 3, 0])))]
    hosts = [f"host-{n}" for n in range(draw(st.sampled_from([1, 2, 0])))]
    proxies = [f"proxy-{n}" for n in range(draw(st.sampled_from([2, 3, 4, 1, 0])))]
    everybody = [*adversaries, *patrons, *hosts, *proxies]
    masters = [*patrons, *hosts]
    doctrines = {"own-rules": draw(st.lists(rules(everybody), min_size=1, max_size=3))}
    actors = {
        key: {
            "role": "adversary",
            "territory": draw(st.sampled_from(TERRITORIES)),
            "looks_for": draw(st.sampled_from(["sponsor", "authority", "order"])),
            "answers": draw(answers(everybody, list(doctrines))),
        }
        for key in adversaries
    }
    actors |= {key: draw(principals("patron", adversaries)) for key in patrons}
    actors |= {key: draw(principals("host", adversaries)) for key in hosts}
    actors |= {key: {"role": "proxy", **draw(numbers("proxies", 3))} for key in proxies}
    targets = {
        f"target-{n}": {
            "owner": draw(st.sampled_from(adversaries)),
            "theatre": draw(st.sampled_from(["east", "west"])),
            "territory": draw(st.sampled_from(TERRITORIES)),
            "people": draw(st.sampled_from(["soldier", "contractor", "other"])),
            **draw(numbers("targets", 3)),
        }
        for n in range(draw(st.integers(1, 3)))
    }
    pairs = some(
        draw, [(proxy, target) for proxy in proxies for target in targets], draw(st.sampled_from([2, 1, 0])) if len(proxies) > 1 else 0
    )
    members = some(draw, proxies)
    tied = some(draw, [(master, proxy) for master in masters for proxy in proxies], min(2, len(masters) * len(proxies)))
    outcomes = {
        "attacks": {
            "asks": "How many?",
            "count": {"attacks": {"on": adversaries[0], "counted": draw(st.sampled_from(["all", "acknowledged", "claimed"]))}},
        },
        "pause": {"asks": "A pause?", "happens_when": {"no_attacks": {"on": adversaries[0], "for": "7d"}}},
        "strikes": {"asks": "How many?", "count": {"strikes": {"by": draw(st.sampled_from(everybody))}}},
        "high": {"asks": "High?", "happens_when": {"strike": {"by": adversaries[0], "at_least": draw(st.sampled_from(ACTING))}}},
        "lines": {"asks": "How many?", "count": {"lines_crossed": "any", "per": "horizon"}},
    }
    if patrons:
        outcomes["war"] = {"asks": "War?", "happens_when": {"open_war": {"patron": patrons[0], "adversary": adversaries[-1]}}}
    if masters:
        outcomes["death"] = {"asks": "Death?", "happens_when": {"leader_dies": masters[-1]}}
    tables = (
        "model",
        "adversaries",
        "principals",
        "proxies",
        "factions",
        "ties",
        "bodies",
        "targets",
        "fronts",
        "theatres",
        "lines",
        "dyads",
    )
    words = {
        "shadowline": 1,
        "id": "random",
        "title": "Random",
        "question": "Does it make sense?",
        "as_of": "2024-01-01",
        "horizon": f"{DAYS}d",
        "unstated": draw(st.sampled_from(["drawn", "default"])),
        "defaults": {SECTIONS.get(table, table.removesuffix("s")): draw(numbers(table)) for table in tables},
        "actors": actors,
        "movements": {"cause": {proxy: 1 / len(members) for proxy in members}} if members else {},
        "doctrines": doctrines,
        "theatres": {"east": {"context": [{"on": "2024-01-10", "times": draw(st.floats(0.1, 20))}]}, "west": {}},
        "targets": targets,
        "fronts": [
            {"proxy": proxy, "target": target, "quiet_rate": f"{draw(st.sampled_from([1.5, 0.3, 0, 8, 0.01]))}/day"}
            for proxy, target in pairs
        ],
        "ties": [{"from": master, "to": proxy, **draw(numbers("ties"))} for master, proxy in tied],
        "lines": {f"line-{n}": draw(lines([*adversaries, *masters], everybody, adversaries)) for n in range(draw(st.integers(0, 3)))},
        "outcomes": outcomes,
        "strikes": [
            {
                "on": "2024-01-15",
                "by": draw(st.sampled_from(adversaries)),
                "against": draw(st.sampled_from([*masters, *proxies])),
                "rung": draw(st.sampled_from(ACTING)),
                "killed": draw(st.integers(0, 9)),
            }
        ]
        if (masters or proxies) and draw(st.booleans())
        else [],
        "wars": [{"between": [draw(st.sampled_from(adversaries)), draw(st.sampled_from(proxies))], "since": "2023-10-07"}]
        if proxies and draw(st.booleans())
        else [],
        "shocks": {
            "blow": {"on": "2024-01-12", "says": "something happens", "times": {f"actors.{proxies[0]}.capability": draw(st.floats(0, 5))}}
        }
        if proxies
        else {},
    }
    bodied = some(draw, proxies)
    if bodied:
        words["bodies"] = {"office": {"members": bodied, "claims_under_its_name": draw(st.floats(0, 1)), **draw(numbers("bodies"))}}
        if masters:
            words["bodies"]["office"]["supports"] = draw(st.sampled_from(masters))
    if patrons:
        words["dyads"] = [{"patron": patrons[0], "adversary": adversaries[0], **draw(numbers("dyads"))}]
    spell = next(((master, proxy) for master, proxy in tied if any(pair[0] == proxy for pair in pairs)), None)
    if spell is not None:
        owner = targets[next(target for proxy, target in pairs if proxy == spell[1])]["owner"]
        words["spells"] = [{"proxy": spell[1], "toward": owner, "on": "2024-01-05", "obeys": {spell[0]: draw(st.floats(0, 1))}}]
    return words


@pytest.fixture(scope="module")
def model_of(tmp_path_factory):
    """Return a function that builds a model from the words of a scenario."""
    path = tmp_path_factory.mktemp("random") / "random.yaml"

    def built(words):
        path.write_text(json.dumps(words), encoding="utf-8")
        return build(load_scenario(path, the_catalogue()), None, draws=DRAWS, seed=SEED)

    return built


def check_world(world):
    """Assert that every stock is finite, every share within 0 and 1, and no count negative."""
    for state in the_catalogue().states:
        values, name = getattr(world, state.of)[state.name], f"{state.of}.{state.name}"
        if state.kind == "f8":
            assert np.all(np.isfinite(values)), name
        if (state.kind == "f8" and state.name not in SIGNED) or state.name in COUNTS:
            assert np.all(values >= 0), name
        if SHARE.search(state.meaning):
            assert np.all(values <= 1 + 1e-12), name


@settings(deadline=None, max_examples=120, derandomize=True, suppress_health_check=list(HealthCheck))
@given(words=scenarios())
def test_futures_of_a_random_scenario_make_sense(model_of, words):
    """No random valid scenario crashes, or yields NaN, a negative count, or a probability outside 0 to 1."""
    model = model_of(words)
    batch = play(model, futures=FUTURES, seed=SEED, threads=1)
    assert batch.first_day.min() >= -1
    assert batch.first_day.max() < DAYS
    for array in (batch.total, batch.at_risk, batch.chance, batch.hazard, batch.weekly):
        assert np.all(np.isfinite(array))
        assert np.all(array >= 0)
    assert batch.at_risk.max() <= DAYS
    for answer in answers_of(model, batch):
        spread = [bound for bound in (answer.spread_low, answer.spread_high) if bound is not None]
        values = (answer.value, answer.mc_low, answer.mc_high, *spread)
        assert np.all(np.isfinite(values))
        assert min(values) >= 0
        if answer.kind != "count":
            assert max(values) <= 1
            assert all(0 <= chance <= 1 for _, chance in answer.when["chance_by_day"])
    world = scratch(model)
    for run in range(2):
        world.put("past_attacks", model.past_attacks[0])
        tell_future(world, model.starts[0], np.uint64(SEED), np.uint64(0), np.uint64(run), model.days)
        check_world(world)
