"""The patron's domestic politics and succession: rows 63-75 of the coverage page."""

from __future__ import annotations

import numpy as np
import pytest

QUIET = {"actors.blue.answers": "{doctrine: never}"}
HARMLESS = {"targets.outpost.lethal_if_through": "0"}
CALM = QUIET | HARMLESS
OLD = {"actors.red.leader": "{born: 1924-01-01, frailty: 5, interregnum: 20d, interregnum_penalty: 1, regime_survives: 1}"}


def mean_order(lab, changes, **more):
    """Return the mean order at the end of matched futures."""
    return lab.end("dyads", "order", CALM | changes, futures=200, **more).mean()


def test_row_63_failing_economy(camps):
    """Stress at home cuts what the patron pays, with it control, and feeds fear of war and dissent."""
    fine, poor = (CALM | {"actors.red.stress": stress, "actors.red.dissent.from_stress": "0.5"} for stress in ("0", "1"))

    for table, column in (("ties", "funding"), ("reins", "control")):
        assert (camps.end(table, column, poor, days=1) < camps.end(table, column, fine, days=1)).all()
    assert (camps.end("principals", "dissent", poor) > camps.end("principals", "dissent", fine)).all()
    afraid = {"actors.red.stress": "1", "actors.red.stress_fear": "5"}
    assert mean_order(camps, afraid) < mean_order(camps, {"actors.red.stress": "1"})


def test_row_64_repression_and_despair(camps):
    """With diversion declared, discontent moves the leader's wish and with it the orders."""
    content, diverted = ({"actors.red.discontent": share, "actors.red.diversion": "1"} for share in ("0", "1"))

    assert mean_order(camps, diverted) > mean_order(camps, content)
    assert mean_order(camps, {"actors.red.discontent": "1", "actors.red.diversion": "0"}) == mean_order(camps, content)


def test_row_65_restricted_elections(camps):
    """A dated shock bars a faction, and the orders after it change."""
    barred = "on: 2024-01-20, says: Pragmatists are barred., times: {actors.red.factions.pragmatists.weight: 0}"
    shock = {"shocks": f"{{barred: {{{barred}}}}}"}

    assert (camps.end("factions", "weight", CALM | shock, row=2) == 0).all()
    assert camps.end("factions", "weight", CALM | shock, row=2, days=10) == pytest.approx(0.4)
    assert mean_order(camps, shock) > mean_order(camps, {})


def test_row_66_elite_dissent(camps):
    """Dissent lends weight to pragmatists and lets evidence leak."""
    open_critics = {"actors.red.dissent.base": "5"}
    lethal = QUIET | {
        "actors.red.order.fixed": "1",
        "targets.outpost.intercepted": "0.5",
        "actors.red.dissent_leaks": "1",
    }

    assert mean_order(camps, open_critics) < mean_order(camps, {})
    tight, leaky = (camps.told("attack", lethal | more) for more in ({}, open_critics))
    assert leaky[leaky["hits"] == 1]["blame"].std() > tight[tight["hits"] == 1]["blame"].std()


def test_row_67_opportunity_cost(camps):
    """Where attacks block diplomacy, pragmatists want fewer of them."""
    dear = {
        "actors.red.opportunity_cost": "5",
        "actors.red.factions.pragmatists": "{weight: 3, wants: 1, fears_war: 0}",
    }

    assert mean_order(camps, dear) < mean_order(camps, dear | {"actors.red.opportunity_cost": "0"})


def test_row_68_partners(camps):
    """Partners' support shifts every faction's wish, up or down."""
    down, none, up = (mean_order(camps, {"actors.red.partners_support": size}) for size in ("-0.5", "0", "0.5"))

    assert down < none < up


def test_row_69_alignment_broken(camps):
    """A broken tradition of non-alignment adds to dissent."""
    kept, broken = (CALM | {"actors.red.dissent.alignment_broken": size} for size in ("0", "0.3"))

    assert camps.end("principals", "dissent", broken) == pytest.approx(0.3)
    assert camps.end("principals", "dissent", kept) == pytest.approx(0.0)


def test_row_70_answer_of_a_neighbour(brigades):
    """A neighbour outside the theatre that gives tit for tat strikes the patron that struck it."""
    strike = {"strikes": "[{on: 2024-01-10, by: red, against: neighbour, rung: limited-strike}]"}
    answers = {"actors.neighbour.answers": "{doctrine: tit-for-tat, looks_at: red}"}

    assert (brigades.counts("neighbour-strikes", strike | answers) >= 1).all()
    assert brigades.counts("neighbour-strikes", strike).mean() < 0.1
    assert brigades.counts("neighbour-strikes", answers).sum() == 0


def test_row_71_nothing_to_gain_from_war(camps):
    """The more factions stand to lose from a war that seems near, the lower the orders."""
    near = {"dyads": "[{patron: red, adversary: blue, war_fear: {per_provocation: 0.1}}]"}
    fear = near | {f"actors.red.factions.{faction}.fears_war": "20" for faction in ("leader", "guards", "pragmatists")}

    assert mean_order(camps, fear) < mean_order(camps, near)


def test_row_72_sharp_disagreement(camps):
    """Wishes further apart, with the same mean, make orders swing more."""
    united = {f"actors.red.factions.{faction}": "{weight: 1, wants: 0.75, fears_war: 0}" for faction in ("leader", "guards")}
    split = united | {f"actors.red.factions.{faction}.wants": wants for faction, wants in (("leader", "0"), ("guards", "1.5"))}
    alone = {"actors.red.factions.pragmatists.weight": "0"}

    calm, torn = (camps.end("dyads", "order", CALM | alone | words, futures=200).std() for words in (united, split))
    assert torn > calm


def test_row_73_leader_as_glue(camps):
    """A ruler's death loosens control for the interregnum, then a faction's candidate rules."""
    deaths = camps.end("principals", "leader_deaths", CALM | OLD, days=365)
    successors = camps.end("principals", "successor_faction", CALM | OLD, days=365)

    assert deaths.sum() > 0
    assert set(successors[deaths == 0]) <= {-1}
    assert (successors > 0).any()
    for _, world in camps.ends(CALM | OLD, days=120):
        if world.principals[0].leader_alive == 0:
            assert world.reins[0].control < 0.7 < camps.end("reins", "control", CALM, days=1)[0]
            break


def test_row_74_age(camps):
    """The hazard of death grows with age and with frailty."""
    dead = {}
    for born, frailty in ((1954, 1), (1939, 1), (1939, 0.2)):
        words = {"actors.red.leader": f"{{born: {born}-01-01, frailty: {frailty}}}"}
        dead[born, frailty] = camps.counts("leader-dies", words, futures=600).sum()

    assert dead[1954, 1] < dead[1939, 1] > dead[1939, 0.2]


def test_row_75_jockeying(camps):
    """As the leader's hazard rises, candidates shift their wishes before he dies."""
    bid = {"actors.red.factions.guards.bids": "2"}
    old, young = ({"actors.red.leader": f"{{born: {born}-01-01, frailty: 0.5}}"} for born in (1934, 1984))

    assert mean_order(camps, old | bid) > mean_order(camps, old)
    assert mean_order(camps, young | bid) == pytest.approx(mean_order(camps, young), abs=0.02)
    assert np.isfinite(mean_order(camps, old))
