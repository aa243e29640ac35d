"""The contest, its ceiling and its rules, and the triggering event: rows 1-19 of the coverage page."""

from __future__ import annotations

import numpy as np
import pytest

QUIET = {"actors.blue.answers": "{doctrine: never}"}
"""Blue never answers, so that two futures differ only by what is under test."""
LETHAL = {"targets.outpost.intercepted": "0.5", "targets.outpost.lethal_if_through": "0.5"}
STRUCK = {
    "strikes": "[{on: 2024-01-10, by: blue, against: red, rung: assets-abroad}]",
    "dyads": "[{patron: red, adversary: blue, answered: {assets-abroad: 1}, answer: {kills: 1, care: CARE}}]",
}
BODY = "{members: [brigade, legion], claims_under_its_name: SHARE, coordination: 0}"


def test_row_01_shadow_war(camps):
    """Attacks breed attacks, and war stays possible without being certain."""
    tame, wild = ({"fronts.brigade>outpost.branching": share} for share in ("0", "0.5"))

    assert camps.counts("attacks", wild).mean() > 1.2 * camps.counts("attacks", tame).mean()
    assert 0 < camps.chance("war", wild) < 1


def test_row_03_line_of_the_soldier(camps):
    """A line that needs three dead is crossed by fewer of the same attacks than one that needs one."""
    fixed = QUIET | LETHAL | {"actors.red.order.fixed": "1"}
    one, three = (fixed | {"lines.no-blue-soldier.crossed_by.killed": f"{{soldier: {n}}}"} for n in (1, 3))

    low, high = camps.counts("crossings", one), camps.counts("crossings", three)

    assert (high <= low).all()
    assert 0 < high.sum() < low.sum()


def test_row_04_soldier_is_not_contractor(camps):
    """Dead contractors cross no line of the soldier and weigh less."""
    fixed = QUIET | LETHAL | {"actors.red.order.fixed": "1"}
    soldiers, contractors = (fixed | {"targets.outpost.contractor_share": share} for share in ("0", "1"))

    assert camps.counts("crossings", soldiers).sum() > 0
    assert camps.counts("crossings", contractors).sum() == 0
    heavy, light = (camps.end("adversaries", "provocation", changes) for changes in (soldiers, contractors))
    assert (light <= heavy).all()
    assert light.sum() < heavy.sum()


def test_row_05_norms_have_a_history(camps):
    """A line starts at its declared strength and withers where crossings go unanswered."""
    safe = QUIET | {"targets.outpost.lethal_if_through": "0", "lines.no-blue-soldier.strength": "0.7"}

    assert camps.end("lines", "norm", safe) == pytest.approx(0.7)
    assert camps.end("lines", "norm", QUIET | LETHAL | {"lines.no-blue-soldier.strength": "0.7"}).min() < 0.5


def test_row_06_calibrated_reply(camps):
    """A patron struck abroad answers; with full care nobody dies of it, without care somebody does."""
    dead = {}
    for care in ("0", "1"):
        changes = QUIET | STRUCK | {"dyads": STRUCK["dyads"].replace("CARE", care)}
        strikes = camps.told("strike", changes)
        dead[care] = strikes[strikes["actor"] == 1]["killed"]

    assert len(dead["0"]) > 0
    assert dead["1"].size == dead["0"].size
    assert dead["1"].sum() == 0
    assert (dead["0"] > 0).all()


def test_row_07_tit_for_tat(camps):
    """An adversary that gives tit for tat strikes back, and a proxy that does surges when struck."""
    blue = {"actors.blue.answers": "{doctrine: tit-for-tat, looks_at: brigade}"}
    both = blue | {"actors.brigade.answers": "{doctrine: tit-for-tat, looks_at: blue}"}

    assert len(camps.told("strike", QUIET)) == 0
    assert len(camps.told("strike", blue)) >= 20
    assert camps.end("feuds", "surge", blue).sum() == 0
    assert camps.end("feuds", "surge", both).sum() > 0


def test_row_08_handler_lost(camps):
    """A past handler holds the proxies until his last day; afterwards the present one does, and only beliefs remember."""
    control, believed = [], []
    for until in ("2023-11-01", "2023-12-31"):
        past = f"[{{until: {until}, charisma: 1, ties: 1, language: 1}}]"
        prelude = {"prelude": "{record: us-iran-shadow-war, from: 2023-12-01}", "targets.outpost.lethal_if_through": "0"}
        changes = QUIET | prelude | {"actors.red.past_handlers": past}
        control.append(camps.end("reins", "control", changes, days=1, futures=1)[0])
        believed.append(camps.end("reins", "believed_control", changes, days=1, futures=1)[0])

    assert control[0] == pytest.approx(control[1])
    assert believed[0] == pytest.approx(control[0])
    assert believed[1] > believed[0]


def test_row_09_adversary_answers(camps):
    """The adversary decides on answers of its own, whose cause is an attack or a crossing."""
    decisions = camps.told("answer-decided")

    assert (decisions["actor"] == 0).any()
    assert (decisions["cause"] >= 0).any()


def test_row_10_patron_orders(camps):
    """The patron's factions choose orders between stop and spur, and change them."""
    orders = camps.told("order", futures=20)

    assert set(orders["actor"]) == {1}
    assert set(orders["value"]) <= {0.0, 0.5, 1.0, 1.5}
    assert len(set(orders["value"])) > 1


def test_row_11_proxies_attack(brigades):
    """Each proxy makes attacks on fronts of its own."""
    names = brigades.model().names
    attacks = brigades.told("attack", QUIET, futures=2)

    assert {names.actors[actor] for actor in attacks["actor"]} == {"brigade", "legion"}


def test_row_12_tie_of_patron_and_proxy(camps):
    """A cut of funding loosens control, and with an elasticity declared it lowers capability too."""
    cut = QUIET | {
        "shocks": "{cut: {on: 2024-01-05, says: Funds are halved., times: {ties.red>brigade.pays: 0.5}}}",
        "actors.red.order.fixed": "1",
    }

    assert (camps.end("reins", "control", cut) < camps.end("reins", "control", QUIET)).all()
    poorer = camps.counts("attacks", cut | {"defaults.model.funding_to_capability": "1"})
    assert poorer.sum() < camps.counts("attacks", cut).sum()


def test_row_14_outpost(camps):
    """Defence and the number of people present bound what an attack can do."""
    wounded = [camps.end("adversaries", "provocation", QUIET | {"targets.outpost.intercepted": share}).mean() for share in ("0", "1")]
    toll = [camps.told("attack", QUIET | LETHAL | {"targets.outpost.at_most": most})["killed"].max() for most in ("1", "350")]

    assert wounded[0] > wounded[1]
    assert toll[0] == 1 < toll[1]


def test_row_15_tempo_at_a_small_chance(camps):
    """Twice as many attacks, each as unlikely to kill, cross the line more often."""
    slow, fast = (QUIET | {"fronts.brigade>outpost.quiet_rate": rate} for rate in ("0.5/day", "1/day"))

    assert camps.counts("crossings", fast, futures=400).sum() > camps.counts("crossings", slow, futures=400).sum()
    killed = camps.told("attack", QUIET, futures=40)["killed"]
    assert 0 < np.mean(killed > 0) < 0.03


def test_row_16_taken_for_a_friend(camps):
    """What is taken for a friend gets through, whatever anybody intends; the attacks themselves are the same."""
    seen, mistaken = (QUIET | {"actors.red.order.fixed": "1", "targets.outpost.mistaken_for_friend": share} for share in ("0", "1"))
    alert, fooled = camps.told("attack", seen), camps.told("attack", mistaken)

    assert (alert["day"] == fooled["day"]).all()
    assert fooled["hits"].all()
    assert not alert["hits"].all()


def test_row_18_umbrella(brigades):
    """Behind a joint name that hides everything, blame is the prior and does not scatter."""
    blame = {}
    for hides in ("0", "1"):
        changes = QUIET | LETHAL | {
            "actors.red.order.fixed": "1",
            "bodies.council": BODY.replace("SHARE", "1"),
            "actors.blue.attribution.umbrella_hides": hides,
        }  # fmt: skip
        told = brigades.told("attack", changes)
        blame[hides] = told[told["hits"] == 1]["blame"]

    assert (brigades.told("attack", changes)["label"].max()) == 0
    assert blame["1"].std() < 0.2 * blame["0"].std()


def test_row_19_membership(brigades):
    """Members that always act in step with their body obey alike whenever they are drawn together; others part."""
    parted = {}
    for coordination in ("0", "1"):
        changes = QUIET | {
            "ties": "[{from: red, to: brigade, control: 0.5}, {from: red, to: legion, control: 0.5}]",
            "bodies.council": BODY.replace("SHARE", "0").replace("coordination: 0", f"coordination: {coordination}"),
            "actors.red.order": "{fixed: 0}",
        }
        parted[coordination] = np.mean([
            world.feuds[0].obeys != world.feuds[1].obeys for _, world in brigades.ends(changes, days=1)
        ])  # fmt: skip

    assert parted["1"] == 0
    assert parted["0"] > 0.2
