"""Claims can be run as experiments: the lever of each moves something between matched futures (rows of type C).

No test asserts the direction that the essay expects, unless the model's definitions leave no other.
"""

from __future__ import annotations

import numpy as np
import pytest

QUIET = {"actors.blue.answers": "{doctrine: never}"}
LETHAL = {"targets.outpost.intercepted": "0.5", "targets.outpost.lethal_if_through": "0.5"}


def test_row_02_no_lines(camps):
    """Without the norm behind its lines the smallest scenario has another chance of war."""
    lawless = {f"lines.{line}.strength": "0" for line in ("no-blue-soldier", "no-strike-on-red-land")}

    assert camps.chance("war", lawless) != camps.chance("war")


def test_row_17_chance_needs_no_intent(camps):
    """The share of attacks that get through does not depend on what the patron orders, the number of attacks does."""
    told = {}
    for order in ("0.5", "1.5"):
        told[order] = camps.told("attack", QUIET | {"actors.red.order.fixed": order}, futures=100)

    through = [float(np.mean(attacks["hits"])) for attacks in told.values()]
    assert through[0] == pytest.approx(through[1], abs=0.02)  # five standard errors
    assert len(told["1.5"]) > 1.2 * len(told["0.5"])


def test_row_31_ambiguity(brigades):
    """Denial and a joint name change the chance of strikes on the patron's people."""
    open_hand = {"actors.red.stance": "[]", "bodies.council.claims_under_its_name": "0"}
    hidden = {"actors.red.stance": "[deny]", "bodies.council.claims_under_its_name": "1"}

    def struck(changes):
        counted = "{asks: Struck?, happens_when: {strike: {by: blue, on: red, at_least: assets-abroad}}}"
        return brigades.chance("hit", changes | {"outcomes.hit": counted})

    assert struck(open_hand) != struck(hidden)


def test_row_33_growth(camps):
    """Capability that grows by a share a day multiplies the quiet rate by its compound."""
    base, grown = (QUIET | {"actors.brigade.growth": growth, "actors.red.order.fixed": "1"} for growth in ("0/day", "0.01/day"))
    days = 50

    slow, fast = (camps.end("fronts", "share_base", changes, days=days, futures=5) for changes in (base, grown))
    assert fast == pytest.approx(slow * np.exp(0.01 * (days - 1)))


def test_row_60_entrapment(camps):
    """How many obey changes how often a restraining patron's proxies cross the line, and how the patron is struck."""
    loose, tight = ({"ties.red>brigade.control": share, "actors.red.order.fixed": "0.5"} for share in ("0.1", "0.9"))

    assert camps.counts("attacks", tight).sum() < camps.counts("attacks", loose).sum()
    assert camps.chance("assets-abroad", tight) != camps.chance("assets-abroad", loose)


def test_row_61_first_strike_on_soil(camps):
    """The chance of a first strike on the patron's soil is neither nil nor certain, and follows blame."""
    certain = {"actors.blue.looks_for": "sponsor"}

    assert 0 < camps.chance("soil") < 1
    assert camps.chance("soil", certain) > camps.chance("soil", {"actors.blue.blame_needed": "{mean: 0.95, spread: 0.02}"})


def test_row_62_network_as_a_threat(camps):
    """A stronger proxy presses harder and changes the chance of war."""
    weak, strong = ({"actors.brigade.capability": size} for size in ("0.2", "3"))

    assert camps.counts("attacks", strong).sum() > camps.counts("attacks", weak).sum()
    assert camps.chance("war", strong) != camps.chance("war", weak)
