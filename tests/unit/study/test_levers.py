"""Levers act on their days, as they say, and on nothing else."""

import numpy as np
import pytest

from shadowline.engine.batch import play
from shadowline.engine.tables import the_catalogue
from shadowline.errors import InputError
from shadowline.futures.run import simulate
from shadowline.scenario.experiments import policy_stages
from shadowline.study.arms import Stand
from shadowline.study.compare import Plan, compare

PLAN = Plan(60, 3, seed=8, horizon=80, threads=2)


def outcomes(results):
    """Return what every future came to."""
    return np.concatenate([results.batch.first_day, results.batch.total, results.batch.chance], axis=1)


def same(first, second):
    """Return whether two runs are the same futures."""
    return np.array_equal(outcomes(first), outcomes(second))


def played(scenario, policy=None):
    """Play a scenario under a policy."""
    return simulate(scenario, PLAN, policy=policy)


HEAVIER = "times: {actors.united-states.strikes.dead.major-strike: 3}"
CLOSED = "change: {targets.tower-22.closed: 1}"
HALT = "[{from: 2024-01-31, order: 0, toward: united-states}]"


@pytest.mark.parametrize(
    ("policy", "changes"),
    [
        ("change: {actors.iran.order.united-states: 0}", {"actors.iran.order.schedule": HALT}),
        ("change: {actors.united-states.answers.doctrine: never}", {"actors.united-states.answers.doctrine": "never"}),
        ("change: {actors.united-states.answers.cap: major-strike}", {"actors.united-states.answers": None}),
        (HEAVIER, {"shocks.s": f"{{on: 2024-01-31, says: x, {HEAVIER}}}"}),
        (CLOSED, {"shocks.s": f"{{on: 2024-01-31, says: x, {CLOSED}}}"}),
    ],
)
def test_a_policy_is_the_same_as_the_words_that_say_it(with_policies, policy, changes):
    """A policy that acts from day 0 gives the same bits as the scenario that says so from then on."""
    by_policy = with_policies(f"policies:\n  p: {{says: x, {policy}}}\n", "iran-axis-2024")
    if changes == {"actors.united-states.answers": None}:
        cap = "doctrines: {capped-by-hand: [{answer: by judgement, timing: at its rate, cap: major-strike}]}\n"
        by_words = with_policies(cap, "iran-axis-2024", **{"actors.united-states.answers.doctrine": "capped-by-hand"})
    else:
        by_words = with_policies("", "iran-axis-2024", **changes)

    assert same(played(by_policy, "p"), played(by_words))
    assert not same(played(by_policy, "p"), played(by_policy))


def test_what_ends_is_undone(with_policies):
    """After a stage ends every word that it moved is what it was, whether it was set, multiplied or raised."""
    words = """
policies:
  p:
    says: x
    until: 10d
    change: {actors.red.order.blue: 0, actors.blue.answers.doctrine: never, actors.brigade.zeal: 0.9}
    times: {actors.blue.strikes.dead.major-strike: 3, theatres.border.context: 5}
    plus: {actors.blue.hawks.now: 0.2}
"""
    scenario = with_policies(words)
    stages = policy_stages(scenario.document, the_catalogue(), "p")
    stand = Stand.build(scenario, PLAN, [(), stages])

    moved, bare = stand.model(stages), stand.model(())
    during, after = _state(moved, 5), _state(moved, 20)

    for table, row, column in _words():
        was, then, now = (_word(model_state, bare.layout, table, row, column) for model_state in (_state(bare, 20), during, after))
        assert was != then, column
        assert was == pytest.approx(now), column


def _words():
    return [
        ("dyads", 0, "order_set"),
        ("actors", 0, "last_rule"),
        ("proxies", 0, "zeal"),
        ("theatres", 0, "step"),
        ("adversaries", 0, "hawks_now"),
    ]


def _word(memory, layout, table, row, column):
    return layout.view(memory, table)[row][column]


def _state(model, days):
    """Return the memory of a future after so many days."""
    from shadowline.engine.batch import scratch
    from shadowline.engine.telling import tell_future

    world = scratch(model)
    world.put("past_attacks", model.past_attacks[0])
    tell_future(world, model.starts[0], np.uint64(8), np.uint64(0), np.uint64(0), days)
    return world.memory


def test_a_stage_waits_for_its_outcome(with_policies):
    """A stage that begins after an outcome changes nothing up to its day, and nothing in futures in which it never happens."""
    words = "policies:\n  p: {says: x, from: soldier-killed, change: {actors.red.order.blue: 0}}\n"
    compared = compare(with_policies(words), ["p"], runs=300, draws=3, seed=8, horizon=120, threads=2)
    base, changed = compared.arms[0].results.batch, compared.arms[1].results.batch
    first = base.first_day[:, compared.questions.index("soldier-killed")]

    parted = base.traces.part_from(changed.traces)

    assert np.all(parted[first < 0] == -1)
    assert np.all((parted == -1) | (parted > first))
    assert (parted > 0).sum() > 30


def test_a_decided_rung_is_carried_out(with_policies):
    """A strike on the patron's soil that is decided happens in every future, whatever the blame, and war is integrated from there."""
    words = "policies:\n  p: {says: x, change: {actors.blue.answers.decided: patron-soil}}\n"
    compared = compare(with_policies(words), ["p"], runs=200, draws=2, seed=8, horizon=60, threads=2)
    effects = compared.pairs[0].effects

    assert effects["soil"].changed == pytest.approx(1.0, abs=1e-6)
    assert effects["soil"].avoided == 0
    assert effects["war"].difference > 0.02


@pytest.mark.parametrize("rung", ["patron-soil", "assets-abroad"])
def test_war_after_a_decided_strike(with_policies, rung):
    """After a strike that is decided, war counted and war integrated agree (six standard errors): the strike is made once."""
    words = f"policies:\n  p: {{says: x, change: {{actors.blue.answers.decided: {rung}}}}}\n"
    arm = compare(with_policies(words), ["p"], runs=6000, draws=300, seed=8, horizon=60, threads=2).arms[1]
    n = arm.stand.index("war")

    gap = (arm.batch.chance[:, n] - (arm.batch.first_day[:, n] >= 0)).reshape(300, -1).mean(axis=1)

    assert arm.batch.chance[:, n].mean() > 0.001
    assert abs(gap.mean()) < 6 * gap.std(ddof=1) / np.sqrt(gap.size)


def test_a_decided_strike_on_groups_waits_for_a_suspect(with_policies):
    """A strike on groups that is decided is made in every future in which somebody comes to be suspected."""
    words = "policies:\n  p: {says: x, change: {actors.blue.answers.decided: major-strike}}\n"
    arm = compare(with_policies(words), ["p"], runs=200, draws=2, seed=8, horizon=90, threads=2).arms[1]

    struck = arm.batch.first_day[:, arm.stand.index("major-strike")] >= 0

    assert struck.mean() > 0.97


def test_an_end_comes_before_a_beginning(with_policies):
    """A stage that begins on the day after another ends is in force, in whichever order they are written."""
    late = "{from: 2024-01-11, change: {actors.red.order.blue: 1.5}}"
    early = "{from: 2024-01-02, until: 2024-01-10, change: {actors.red.order.blue: 0}}"
    words = f"""
policies:
  a: {{says: x, from: 2024-01-02, until: 2024-01-10, change: {{actors.red.order.blue: 0}}, then: [{late}]}}
  b: {{says: x, from: 2024-01-11, change: {{actors.red.order.blue: 1.5}}, then: [{early}]}}
"""
    scenario = with_policies(words)

    assert same(played(scenario, "a"), played(scenario, "b"))


def test_acknowledging_leaves_nothing_to_infer(with_policies):
    """A patron that acknowledges is believed to be behind exactly what was done under its authority."""
    words = "policies:\n  p: {says: x, change: {actors.red.stance: [acknowledge]}}\n"
    results = played(with_policies(words), "p")

    attacks = [row for run in range(10) for row in results.story(run) if row["kind"] == "attack" and row["got_through"]]

    assert len(attacks) > 10
    assert {round(row["blame"], 6) for row in attacks} <= {0.02, 0.98}
    assert all((row["blame"] > 0.5) == (row["authority"] == "red") for row in attacks)


def test_levers_leave_the_past_alone(with_policies):
    """Whatever a policy moves, every parameter draw comes to the same morning of day 0."""
    words = "policies:\n  p: {says: x, change: {dyads.iran>united-states.back_channel: 0.9, actors.iran.handler.ties: 1}}\n"
    scenario = with_policies(words, "iran-axis-2024")
    stages = policy_stages(scenario.document, the_catalogue(), "p")
    stand = Stand.build(scenario, PLAN, [(), stages])
    models = [stand.model(()), stand.model(stages)]

    mornings = [play(model, futures=0, seed=8, threads=1).mornings for model in models]

    start = models[0].layout.address("schedule", 0, "day")
    schedule = slice(start, start + models[0].layout.rows["schedule"] * models[0].layout.width("schedule"))
    past = [np.delete(morning.view(np.int64), np.r_[schedule], axis=1) for morning in mornings]
    assert np.array_equal(*past)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("change: {actors.red.handlr.ties: 1}", "handler.ties"),
        ("change: {actors.rde.order.blue: 1}", "red"),
        ("change: {actors.red.order.bleu: 1}", "blue"),
        ("times: {actors.red.order.blue: 2}", "change"),
        ("change: {actors.blue.answers.decided: soil}", "patron-soil"),
        ("change: {actors.blue.answers.doctrine: nevr}", "never"),
        ("change: {actors.red.order.blue: 2}", "1.5"),
        ("from: soldier-kiled, change: {actors.red.order.blue: 0}", "soldier-killed"),
        ("from: attacks, change: {actors.red.order.blue: 0}", "count"),
        ("from: 2023-12-01, change: {actors.red.order.blue: 0}", "2024-01-01"),
        ("until: 2023-12-01, change: {actors.red.order.blue: 0}", "before it begins"),
        ("from: 2024-02-01, change: {actors.blue.blame_needed.mean: 0.2}", "day 0 only"),
        ("change: {actors.red.order: 0, actors.red.order.blue: 1}", "twice"),
        ("note: nothing", "changes something"),
        ("by: nobody, change: {actors.red.order.blue: 0}", "nobody"),
        ("change: {actors.blue.answers.cap: major-strike, actors.blue.answers.doctrine: never}", "twice"),
        ("until: 60d, change: {actors.red.order.blue: 0}, then: [{from: 2024-02-01, change: {actors.red.order.blue: 1}}]", "undo"),
    ],
)
def test_policies_that_cannot_be(with_policies, words, message):
    """A policy that moves what is not there, to what it cannot be, or when it cannot, is refused with what would be right."""
    with pytest.raises(InputError, match=message):
        with_policies(f"policies:\n  p: {{says: x, {words}}}\n")
