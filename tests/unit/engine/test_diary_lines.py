"""What a diary says of lines, ladders, orders and obedience is what the journals say, added up."""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from shadowline.engine.diary import CROSSED, TESTED
from shadowline.futures.run import Plan, simulate


def test_crossings_and_near_misses_are_those_of_the_journal(played):
    """A line's crossings are the journal's; its near misses are what came up to it on each day, less the crossing of that day."""
    results, _, told = played
    lines = results.batch.diary.lines
    for run, one in enumerate(told):
        crossings = Counter()
        for (line, _), count in one.crossings().items():
            crossings[line] += count
        for k, key in enumerate(results.model.names.lines):
            assert lines[run, k, CROSSED] == crossings[key], (run, key)
            assert lines[run, k, TESTED] == one.tested(key), (run, key)
    assert lines[..., CROSSED].sum() > 0
    assert lines[..., TESTED].sum() > 0


def test_an_attack_that_crosses_a_line_is_no_near_miss():
    """Where every attack gets through and kills a soldier, each is a crossing and none a near miss, however many fall on one day."""
    deadly = {
        "fronts.brigade>outpost.quiet_rate": "5/day",
        "targets.outpost.intercepted": "0",
        "targets.outpost.lethal_if_through": "1",
        "targets.outpost.contractor_share": "0",
    }
    results = simulate("two-camps", Plan(3, 1, seed=3, horizon=5), changes=deadly, diary=True)
    line = results.model.names.lines.index("no-blue-soldier")

    assert (results.batch.diary.lines[:, line, CROSSED] > 5).all()
    assert (results.batch.diary.lines[:, line, TESTED] == 0).all()


def test_days_of_obedience_are_those_between_the_changes_of_the_journal(played):
    """A proxy obeys whom the last change told says, on every day until the next; no day is counted for two."""
    results, _, told = played
    names, found = results.model.names, 0
    for run, one in enumerate(told):
        for r, ((proxy, adversary), tie) in enumerate(names.reins):
            days = one.obeyed(proxy, results.scenario.document.ties[tie].from_, adversary, results.model.days)
            if days is not None:
                found += 1
                assert results.batch.diary.obeyed[run, r] == days, (run, proxy, adversary)
    by_feud = Counter()
    for r, (feud, _) in enumerate(names.reins):
        by_feud[feud] += results.batch.diary.obeyed[:, r].astype(int)
    assert found >= len(told) / 2  # without a recorded past nobody knows what stood before the first change
    assert all((days <= results.model.days).all() for days in by_feud.values())


def test_the_first_day_of_each_rung_is_the_journal_s(played):
    """A rung is reached between a principal and an adversary by a strike of either on the other, or on the patron's proxies."""
    results, _, told = played
    names = results.model.names
    for run, one in enumerate(told):
        first = one.rungs()
        for (principal, adversary), rung in product(names.dyads, range(6)):
            found = results.batch.diary.reached[run, names.dyad(principal, adversary), rung]
            assert found == first.get((principal, adversary, rung), -1), (run, principal, adversary, rung)
    assert (results.batch.diary.reached >= 0).any()


def test_the_order_of_a_day_is_the_last_one_given(played):
    """At the end of a day a principal's order is the latest in the journal; before the first it stands still at another value."""
    results, days, told = played
    changes = 0
    for run, one in enumerate(told):
        for n, (principal, adversary) in enumerate(results.model.names.dyads):
            orders = days["order"][run, :, n].to_numpy()
            given = one.orders(principal, adversary)
            for day, order in enumerate(orders):
                before = [said for when, said in given if when <= day]
                assert order == (np.float32(before[-1]) if before else orders[0]), (run, day)
            if given and given[0][0] > 0:
                assert orders[0] != np.float32(given[0][1])
            changes += len(given)
    assert changes > 0


def test_provocation_fades_by_its_decay_on_quiet_days(played):
    """On a day without harm, strikes or crossings an adversary's provocation only fades, at the rate of its draw."""
    results, days, _ = played
    names, layout = results.model.names, results.model.layout
    quiet = 0
    for a, adversary in enumerate(names.adversaries):
        decay = np.array([layout.view(morning, "adversaries")[a].provocation_decay for morning in results.batch.mornings])
        mine = days.sel(actor=adversary)
        calm = (mine["attacks_suffered"] + mine["strikes"] + mine["killed"] == 0).to_numpy()[:, 1:]
        before = days["provocation"][:, :-1, a].to_numpy()
        after = days["provocation"][:, 1:, a].to_numpy()
        expected = before * (1 - decay[days["draw"].to_numpy()])[:, None]
        assert after[calm] == pytest.approx(expected[calm], rel=1e-5, abs=1e-9)
        quiet += int((calm & (before > 0.1)).sum())
    assert quiet > 20
