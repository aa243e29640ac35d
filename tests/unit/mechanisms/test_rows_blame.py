"""Attribution, the adversary's choice and the patron's own policy: rows 20-38 of the coverage page."""

from __future__ import annotations

import numpy as np
import pytest

from shadowline.mechanisms.beliefs import war_fear

QUIET = {"actors.blue.answers": "{doctrine: never}"}
LETHAL = {"targets.outpost.intercepted": "0.5", "targets.outpost.lethal_if_through": "0.5"}
FREE = {"actors.red.order.fixed": "1"}
DYAD = "[{patron: red, adversary: blue, WHAT}]"
STRIKE = {"strikes": "[{on: 2024-01-10, by: blue, against: brigade, rung: major-strike, killed: 20}]"}


def test_row_20_dispute_over_responsibility(camps):
    """Without evidence blame is the prior; evidence scatters it."""
    blame = {}
    for signal in ("0", "3"):
        told = camps.told("attack", QUIET | LETHAL | FREE | {"actors.blue.attribution.signal": signal})
        blame[signal] = told[told["hits"] == 1]["blame"]

    assert blame["0"].std() < 0.05
    assert blame["3"].std() > 0.2


def test_row_21_graduated_wording(camps):
    """Who looks for a sponsor is certain of one; who looks for authority is not, and for an order still less."""
    mean = {}
    for level in ("sponsor", "authority", "order"):
        told = camps.told("attack", QUIET | LETHAL | {"actors.red.order.fixed": "1.5", "actors.blue.looks_for": level})
        mean[level] = told[told["hits"] == 1]["blame"].mean()

    assert mean["sponsor"] == 1
    assert mean["order"] < mean["authority"] < 1


def test_row_22_hawks(camps):
    """Crossings stir the hawks, and hawk pressure changes the chance of strikes on the patron's soil."""
    calm, stirred = (QUIET | LETHAL | {"lines.no-blue-soldier.crossing.hawks": rise} for rise in ("0", "0.3"))

    assert (camps.end("adversaries", "hawks", stirred) > camps.end("adversaries", "hawks", calm)).all()
    assert camps.chance("soil", {"actors.blue.hawks.now": "0.8"}) > camps.chance("soil", {"actors.blue.hawks.now": "0.3"})


def test_row_23_executive_restraint(camps):
    """A cap rules out strikes on the patron and with them war; aversion makes them less likely."""
    capped = {"actors.blue.answers": "{cap: major-strike}"}

    assert [camps.chance(outcome, capped) for outcome in ("soil", "assets-abroad", "war")] == [0, 0, 0]
    assert camps.chance("major-strike", capped) > 0
    assert camps.chance("soil", {"actors.blue.answers.war_aversion": "2"}) < camps.chance("soil")


def fears(camps, changes, **more):
    """Return the fear of war between the two at the end of each future."""
    fear = getattr(war_fear, "py_func", war_fear)
    return np.array([fear(world, world.dyads[0]) for _, world in camps.ends(changes, **more)])


def test_row_24_beliefs_about_war(camps):
    """A nearer war makes an adversary that pre-empts strike higher, and moves the patron's orders."""
    eager = {"actors.blue.answers.preemption": "{assets-abroad: 5, patron-soil: 5}"}
    afraid = QUIET | {"dyads": DYAD.replace("WHAT", "war_fear: {per_provocation: 0.1}")}

    assert camps.chance("soil", eager) > camps.chance("soil")
    assert fears(camps, afraid).mean() > fears(camps, QUIET).mean()
    assert camps.end("dyads", "order", afraid).mean() != camps.end("dyads", "order", QUIET).mean()


def test_row_25_decided_not_yet_carried_out(camps):
    """An answer already decided at the start is carried out after a delay, the longer the longer its mean."""
    days = {}
    for delay in ("1d", "10d"):
        changes = {"actors.blue.answers": f"{{decided: true, delay: {delay}}}"}
        first = camps.model(changes).starts
        strikes = [camps.told("strike", changes, futures=1)["day"][0]]
        start = camps.told("answer-decided", changes, futures=1)["day"][0]
        days[delay] = min(strikes) - start
        assert len(first) == 1

    assert days["1d"] == 1
    assert days["10d"] > 1


def test_row_26_line_of_the_patrons_soil(camps):
    """A strike on the patron's soil crosses its line, and a weaker line makes it likelier."""
    struck = QUIET | {"strikes": "[{on: 2024-01-10, by: blue, against: red, rung: patron-soil}]"}

    assert (camps.end("lines", "crossings", struck, row=1) == 1).all()
    assert camps.chance("soil", {"lines.no-strike-on-red-land.strength": "0.3"}) > camps.chance("soil")


def test_row_28_care_for_blood(camps):
    """The appeal of hitting the patron's people, set against hitting proxies, decides who bleeds."""
    equal = {"actors.blue.answers.appeal.assets-abroad": "0"}

    assert camps.chance("assets-abroad", equal) > camps.chance("assets-abroad")
    assert camps.end("feuds", "own_dead", equal).mean() != camps.end("feuds", "own_dead").mean()


def test_row_29_blood_grievance(camps):
    """Own dead bring attacks about, more where the other side has lost fewer."""
    rate = {}
    for name, words in {
        "none": "per_dead: 0/day",
        "plain": "per_dead: 0.1/day",
        "unequal": "per_dead: 0.1/day, imbalance: 1",
    }.items():
        changes = QUIET | STRIKE | FREE | {"actors.brigade.grievance": f"{{{words}}}"}
        rate[name] = camps.end("fronts", "rate", changes, days=12).mean()

    assert rate["none"] < rate["plain"] < rate["unequal"]


def test_row_30_deny_and_praise(camps):
    """Denial weakens the evidence; praise feeds hawks and alignment."""
    denies = QUIET | LETHAL | FREE | {"actors.red.stance": "[deny]", "actors.red.denial_hides": "1"}
    praises = QUIET | {"actors.red.stance": "[praise]", "actors.red.praise": "{hawks: 0.1, alignment: 0.2}"}

    told = camps.told("attack", denies)
    assert told[told["hits"] == 1]["blame"].std() < 0.05
    assert (camps.end("adversaries", "hawks", praises) > camps.end("adversaries", "hawks", QUIET)).all()
    assert (camps.end("reins", "control", praises, days=1) > camps.end("reins", "control", QUIET, days=1)).all()


def test_row_32_back_channel(camps):
    """A back channel calms fear of war and adds to the care of the patron's answer."""
    silent, talking = (QUIET | {"dyads": DYAD.replace("WHAT", f"back_channel: {share}")} for share in ("0", "1"))
    struck = {"strikes": "[{on: 2024-01-10, by: blue, against: red, rung: assets-abroad}]"}
    careless = "answered: {assets-abroad: 1}, answer: {kills: 1, care: 0}, back_channel: "

    assert (fears(camps, talking, days=1) <= fears(camps, silent, days=1)).all()
    assert fears(camps, talking).sum() < fears(camps, silent).sum()
    killed = []
    for share in ("0", "1"):
        told = camps.told("strike", QUIET | struck | {"dyads": DYAD.replace("WHAT", careless + share)})
        killed.append(told[told["actor"] == 1]["killed"].sum())
    assert killed[0] > killed[1] == 0


def test_row_34_loss_of_control(camps):
    """Under an order to stop, attacks go on exactly where the proxy does not obey."""
    for _, world in camps.ends(QUIET | {"actors.red.order.fixed": "0"}, days=90):
        obeys, rate = world.feuds[0].obeys >= 0, world.fronts[0].rate
        assert (rate == 0) == obeys
    control = camps.end("reins", "control", QUIET, days=1)
    assert ((control > 0) & (control < 1)).all()


def test_row_35_beholden_patron(camps):
    """Dependence on its proxies loosens a patron's control."""
    free, beholden = (QUIET | {"actors.red.dependence": share} for share in ("0", "1"))

    assert (camps.end("reins", "control", beholden, days=1) < camps.end("reins", "control", free, days=1)).all()


def test_row_36_fear_of_entrapment(camps):
    """Factions that do not fear war give other orders than those that do."""
    fearless = QUIET | {f"actors.red.factions.{faction}.fears_war": "0" for faction in ("leader", "guards", "pragmatists")}

    assert camps.end("dyads", "order", fearless).mean() > camps.end("dyads", "order", QUIET).mean()


def test_row_37_leader_calls_the_shots(camps):
    """A leader of overwhelming weight gets the order nearest to his wish; without him the others bargain."""
    alone = QUIET | {"actors.red.factions.leader": "{weight: 1000, wants: 1.5, fears_war: 0}"}

    assert camps.end("dyads", "order", alone).mean() > 1.4
    assert camps.end("dyads", "order", QUIET | {"actors.red.factions.leader.weight": "0"}).mean() < 1.4


def test_row_38_order(camps):
    """An order multiplies the desired tempo of whoever obeys, and of nobody else."""
    gates = {}
    for order in ("0.5", "1.5"):
        for _, world in camps.ends(QUIET | {"actors.red.order.fixed": order, "fronts.brigade>outpost.branching": "0"}, days=30):
            factor = float(order) if world.feuds[0].obeys >= 0 else 1.0
            gates.setdefault(order, []).append(world.fronts[0].rate / factor)

    assert np.array(gates["0.5"]) == pytest.approx(np.array(gates["1.5"]))
