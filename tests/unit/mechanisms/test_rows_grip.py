"""Fragmentation, ideology, handler, host and what comes next: rows 39-59 of the coverage page."""

from __future__ import annotations

import numpy as np
import pytest

QUIET = {"actors.blue.answers": "{doctrine: never}"}
HARMLESS = {f"targets.{target}.lethal_if_through": "0" for target in ("outpost", "depot", "convoy")}
HARMLESS_CAMP = {"targets.outpost.lethal_if_through": "0"}
LETHAL = {"targets.outpost.intercepted": "0.5", "targets.outpost.lethal_if_through": "0.5"}
FREE = {"actors.red.order.fixed": "1"}
STRIKE = {"strikes": "[{on: 2024-01-10, by: blue, against: RIVAL, rung: RUNG, killed: 20}]"}
COUNCIL = "{members: [brigade, legion], MORE}"


def struck(target: str, rung: str) -> dict[str, str]:
    """Return a strike on 10 January, declared by the scenario."""
    return {"strikes": STRIKE["strikes"].replace("RIVAL", target).replace("RUNG", rung)}


def test_row_39_rowdiest(camps):
    """Zeal loosens control."""
    tame, rowdy = (QUIET | {"actors.brigade.zeal": zeal} for zeal in ("0", "1"))

    assert (camps.end("reins", "control", rowdy, days=1) < camps.end("reins", "control", tame, days=1)).all()


def test_row_41_fragmentation(brigades):
    """Rivals in a movement loosen control, and contagion lets one group's attacks breed another's."""
    control = [
        brigades.end("reins", "control", QUIET | {"movements.resistance": shares}, days=1)[0]
        for shares in ("{brigade: 1}", "{brigade: 0.5, legion: 0.5}")
    ]
    attacks = [brigades.counts("attacks", QUIET | HARMLESS | {"defaults.model.contagion": size}).sum() for size in ("0", "0.3")]

    assert control[1] < control[0]
    assert attacks[1] > attacks[0]


def test_row_42_leader_of_a_group(camps):
    """A strike that removes a group's leader lifts its tempo for a while."""
    certain = {"actors.blue.strikes.removes_group_leader": "{limited-strike: 1, major-strike: 1}"}
    changes = QUIET | certain | struck("brigade", "major-strike") | {"fronts.brigade>outpost.quiet_rate": "2/day"}

    removed = camps.end("proxies", "leader_lost", changes, days=40)
    assert len(camps.told("group-leader-removed", changes, futures=5)) == 5
    assert ((removed > 0) & (removed < 1)).all()
    still, lifted = (FREE | changes | {"actors.brigade.leader.removed_boost": size} for size in ("0", "0.36"))
    assert (camps.end("fronts", "share_base", lifted, days=40) > camps.end("fronts", "share_base", still, days=40)).all()


def test_row_43_bodies_that_support(brigades):
    """A body that supports the host strengthens its hold on members and weakens the patron's."""
    without, with_it = (QUIET | {"bodies.council": COUNCIL.replace("MORE", f"supports: green, support: {size}")} for size in ("0", "1"))

    host = [brigades.end("reins", "control", changes, row=1, days=1)[0] for changes in (without, with_it)]
    patron = [brigades.end("reins", "control", changes, row=0, days=1)[0] for changes in (without, with_it)]
    assert host[1] > host[0]
    assert patron[1] < patron[0]


def test_row_44_ideology(camps):
    """Zeal binds less where proxies heed the leader's own orders and he carries weight in them."""
    deaf, heeding = (QUIET | {"actors.brigade.zeal": "1", "actors.brigade.heeds_leader": share} for share in ("0", "1"))

    control = [camps.end("reins", "control", changes, days=1)[0] for changes in (deaf, heeding)]
    assert control[1] > control[0]
    powerless = {"actors.red.factions.leader.weight": "0"}
    assert camps.end("reins", "control", heeding | powerless, days=1)[0] == pytest.approx(
        camps.end("reins", "control", deaf | powerless, days=1)[0]
    )


def test_row_46_handler(camps):
    """A better handler is obeyed by more, part by part."""
    control = {}
    for part in ("charisma", "ties", "language"):
        control[part] = [camps.end("reins", "control", QUIET | {f"actors.red.handler.{part}": share}, days=1)[0] for share in ("0", "1")]

    assert all(worse < better for worse, better in control.values())
    assert control["charisma"] == pytest.approx(control["language"])


def test_row_47_actor_handler(camps):
    """A handler can be killed; his chair stands empty, then somebody of another quality sits in it."""
    deadly = "strikes: {removes_handler: {assets-abroad: 1}}, answered: {assets-abroad: 0}"
    words = {"dyads": f"[{{patron: red, adversary: blue, {deadly}}}]", "actors.red.handler.vacancy": "10d"}
    changes = QUIET | HARMLESS_CAMP | words | struck("red", "assets-abroad")

    control = camps.path("reins", "control", changes, days=30)

    assert len(camps.told("handler-removed", changes, futures=3)) == 3
    before, vacant, after = control[5], control[12], control[29]
    assert vacant < before
    assert vacant < after != before


def test_row_48_host_capture(brigades):
    """Capture of a host draws its orders toward leaving the proxies alone."""
    orders = [brigades.end("dyads", "order", QUIET | HARMLESS | {"actors.green.capture": share}, row=2).mean() for share in ("0", "1")]

    assert orders[0] < 0.5
    assert orders[1] > orders[0]


def test_row_49_host_money(brigades):
    """Money that moves to the host loosens the patron's hold and tightens the host's."""
    captured = {"actors.green.capture": "1"}
    own, shared = (QUIET | captured | {"actors.green.capture_funding": share} for share in ("0", "0.8"))

    patron = [brigades.end("reins", "control", changes, row=0, days=1)[0] for changes in (own, shared)]
    host = [brigades.end("ties", "funding", changes, row=2, days=1)[0] for changes in (own, shared)]
    assert patron[1] < patron[0]
    assert host[1] > host[0]


def test_row_50_lost_standing(brigades):
    """Where the host has lost its legitimacy, a group that needs standing attacks more."""
    trusted, hated = (QUIET | HARMLESS | {"actors.brigade.lost_standing": "1", "actors.green.legitimacy": share} for share in ("1", "0"))

    assert (brigades.end("fronts", "share_base", hated, days=1) >= brigades.end("fronts", "share_base", trusted, days=1)).all()
    assert brigades.counts("attacks", hated).sum() > brigades.counts("attacks", trusted).sum()


def test_row_51_host_state(brigades):
    """A host gives orders of its own, and some obey it instead of the patron."""
    model = brigades.model()
    obeyed = {int(world.feuds[0].obeys) for _, world in brigades.ends(QUIET, days=30)}

    assert model.names.principals == ["red", "green"]
    assert obeyed == {-1, 0, 1}


def test_row_52_inattention(camps):
    """Where provocations are answered, those who expect an answer hold back."""
    answering = {
        "actors.blue.answers": "{doctrine: tit-for-tat, looks_at: brigade}",
        "actors.blue.strikes.dead": "{limited-strike: 0}",
    }
    bold, wary = (FREE | answering | {"actors.brigade.fear.expected_answer": size} for size in ("0", "1"))

    assert camps.end("adversaries", "expected_answer", bold).mean() > camps.end("adversaries", "expected_answer", QUIET).mean() == 0
    assert camps.counts("attacks", wary).sum() < camps.counts("attacks", bold).sum()


def test_row_53_war_elsewhere(camps):
    """A dated step of context multiplies the quiet rates of its theatre from its day on."""
    step = QUIET | FREE | HARMLESS_CAMP | {"theatres.border.context": "[{on: 2024-01-20, times: 5}]"}
    base = camps.path("fronts", "share_base", step, days=25)

    assert base[18:] == pytest.approx(5 * base[0])
    assert base[:18] == pytest.approx(base[0])


def test_row_54_horizontal_reach(brigades):
    """Attacks on a closed target move to the proxy's other fronts as far as substitution says."""
    base = {}
    for closed, moves in (("0", "1"), ("1", "1"), ("1", "0")):
        changes = QUIET | FREE | {"targets.depot.closed": closed, "defaults.model.substitution": moves}
        base[closed, moves] = [brigades.end("fronts", "quiet_now", changes, row=row, days=1, futures=1)[0] for row in (0, 1)]

    assert base["0", "1"] == pytest.approx([0.5, 0.2])
    assert base["1", "1"] == pytest.approx([0.7, 0.0])
    assert base["1", "0"] == pytest.approx([0.5, 0.0])


def test_row_55_upward_pressure(camps):
    """Proxies with a voice in the patron's choice push its orders up."""
    heavy = {"actors.red.factions.proxies": "{weight: 3, wants: 1.5, fears_war: 0}"}

    assert camps.end("dyads", "order", QUIET | heavy).mean() > camps.end("dyads", "order", QUIET).mean()


def test_row_56_injuries(camps):
    """The wounded weigh, before anybody dies."""
    light, heavy = (QUIET | FREE | HARMLESS_CAMP | {"actors.blue.provocation.wounded": weight} for weight in ("0", "1"))

    assert (camps.end("adversaries", "provocation", heavy) >= camps.end("adversaries", "provocation", light)).all()
    assert camps.end("adversaries", "provocation", heavy).sum() > camps.end("adversaries", "provocation", light).sum()


def test_row_57_licence(camps):
    """An unanswered crossing licenses the proxy, and licence loosens control."""
    licences = camps.told("licence", QUIET | LETHAL, futures=5)
    bound, loose = (QUIET | LETHAL | FREE | {"defaults.model.control.licence": weight} for weight in ("0", "1"))

    assert len(licences) > 0
    assert (licences["cause"] >= 0).all()
    assert camps.end("feuds", "licence", loose).max() > 0.5
    assert camps.end("reins", "control", loose).sum() < camps.end("reins", "control", bound).sum()


def test_row_58_war_at_sea(brigades):
    """A second theatre has fronts, victims and a climate of its own."""
    calm, rough = (QUIET | FREE | HARMLESS | {"theatres.sea.context": f"[{{on: 2024-01-02, times: {size}}}]"} for size in ("1", "4"))
    sea = [brigades.counts("attacks-at-sea", changes).sum() for changes in (calm, rough)]
    told = brigades.told("attack", QUIET | {"targets.convoy.intercepted": "0", "targets.convoy.lethal_if_through": "1"}, futures=5)
    model = brigades.model()

    assert sea[1] > 2 * sea[0]
    assert set(told["victims"][told["front"] == model.names.fronts_facing("blue", "sea")[0]]) == {2}


def test_row_59_lag_of_orders(camps):
    """An order reaches the proxies so many days after it was given."""
    schedule = "schedule: [{from: 2024-01-01, order: 1}, {from: 2024-01-10, order: 0}]"
    for lag in (0, 7):
        changes = QUIET | HARMLESS_CAMP | {"actors.red.order": f"{{reaches_proxies_after: {lag}d, {schedule}}}"}
        arrived = camps.path("dyads", "order_arrived", changes, days=20)
        assert int(np.argmin(arrived)) == 8 + lag
