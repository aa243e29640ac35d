"""Policies are held against one another on matched futures."""

import numpy as np
import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.errors import InputError
from shadowline.futures.run import simulate
from shadowline.futures.summary import answer_values, by_draw
from shadowline.scenario.load import load_scenario
from shadowline.study.compare import compare


def test_arms_are_ordinary_runs(camps_compared):
    """Each arm is, bit for bit, what `simulate` gives under the same policy."""
    for arm in camps_compared.arms[:3]:
        alone = simulate("two-camps", runs=400, seed=51, threads=1, policy=arm.name)
        asked = len(alone.model.names.outcomes)
        assert np.array_equal(alone.batch.first_day, arm.results.batch.first_day[:, :asked])
        assert np.array_equal(alone.batch.chance, arm.results.batch.chance[:, :asked])


def test_avoided_and_caused_add_up(camps_compared):
    """What is avoided and what is caused make the difference between the two arms' counts."""
    for pair, arm in zip(camps_compared.pairs, camps_compared.arms[1:], strict=True):
        for n, key in enumerate(camps_compared.questions):
            effect = pair.effects[key]
            if effect.avoided is not None:
                counts = [(batch.first_day[:, n] >= 0).sum() for batch in (camps_compared.arms[0].results.batch, arm.results.batch)]
                assert counts[0] - effect.avoided + effect.caused == counts[1]
                assert effect.happened == counts[0]


def test_pairing_beats_independent_seeds(axis_compared):
    """For the handler, pairing makes the variance of the difference in attacks at least five times smaller than independent seeds do."""
    effect = axis_compared.pair("old-handler").effects["attacks"]
    independent = 0.0
    for seed, policy in ((52, None), (53, "old-handler")):
        apart = simulate("iran-axis-2024", runs=600, draws=60, seed=seed, threads=2, policy=policy)
        n = apart.model.names.outcomes.index("attacks")
        means, _ = by_draw(answer_values(apart.model, apart.batch, n), 10)
        independent += means.var(ddof=1) / means.size

    assert effect.gain >= 5
    assert independent / effect.error**2 >= 5


def test_nobody_out_of_reach_differs(axis_compared):
    """Actors whom no path of influence joins to what a policy moves act alike in every future."""
    for pair in axis_compared.pairs:
        assert pair.untouched
        assert pair.broken == ()


def test_two_wars_do_not_touch(pytestconfig, tmp_path):
    """A policy in one of two wars changes nobody in the other, on any number of threads."""
    text = (pytestconfig.rootpath / "tests" / "scenarios" / "two-wars.yaml").read_text(encoding="utf-8")
    path = tmp_path / "wars.yaml"
    path.write_text(text + "policies:\n  halt: {says: x, change: {actors.black.order.green: 0}}\n", encoding="utf-8")

    for threads in (1, 2):
        pair = compare(path, ["halt"], runs=120, draws=12, seed=9, threads=threads).pairs[0]
        assert set(pair.untouched) >= {"blue", "red", "brigade", "column"}
        assert pair.broken == ()
        assert pair.parted > 60


def test_futures_part_for_the_reason_that_was_given(axis_compared):
    """Under an order of halt futures part over attacks, because of an order or of whom a group obeys, never before it could arrive."""
    pair = axis_compared.pair("stand-down")

    reasons = {parting.reason for parting in pair.partings[""]}

    assert sum(parting.pairs for parting in pair.partings[""]) == min(60, pair.parted)
    assert {"obedience", "order"} & reasons
    first = pair.partings[""][0]
    assert first.reason in {"obedience", "order"}
    assert pair.first_days[0] >= 1


def test_more_runs_until_it_is_precise():
    """Runs are doubled until the interval is narrow enough, and the first of them are those of the smaller run."""
    few = compare("two-camps", ["halt"], runs=100, draws=10, seed=4, threads=2)
    width = few.pairs[0].effects["soldier-killed"]
    goal = (width.high - width.low) / 2 / 2.5

    more = compare("two-camps", ["halt"], runs=100, draws=10, seed=4, threads=2, precision={"soldier-killed": goal})

    effect = more.pairs[0].effects["soldier-killed"]
    assert (effect.high - effect.low) / 2 <= goal
    assert more.runs in {400, 800, 1600, 3200}
    whole = compare("two-camps", ["halt"], runs=more.runs, draws=more.arms[0].results.model.draws, seed=4, threads=1)
    for first, second in zip(more.arms, whole.arms, strict=True):
        assert np.array_equal(first.results.batch.chance, second.results.batch.chance)
        assert np.array_equal(first.results.batch.traces.days, second.results.batch.traces.days)


def test_regret_is_nought_for_the_best(camps_compared):
    """Under every belief some policy has no regret, and the best policy's mean regret is the smallest."""
    table = camps_compared.regrets

    for _, rows in table.groupby(["actor", "outcome"]):
        assert rows["mean_regret"].min() >= 0
        assert rows["best_in"].sum() >= 1 - 1e-9
        assert rows.loc[rows["best_in"].idxmax(), "mean_regret"] == pytest.approx(rows["mean_regret"].min(), abs=1e-3)
    halt = table[(table["policy"] == "halt") & (table["outcome"] == "soldier-killed")].iloc[0]
    assert halt["content_in"] > 0.9


def test_two_policies_at_once():
    """Policies joined by + act together; two that move one lever are refused."""
    both = compare("two-camps", ["as-it-is", "halt+no-answer"], runs=100, seed=51, threads=2)

    assert both.pairs[0].effects["major-strike"].changed == 0
    with pytest.raises(InputError, match=r'"halt" and "spur" both move "actors.red.order.blue".*SL307'):
        compare("two-camps", ["halt+spur"], runs=10)


@pytest.mark.parametrize(
    ("policies", "message"),
    [(["hlt"], 'did you mean "halt"'), (["halt", "halt"], "twice"), (["as-it-is"], "nothing to compare")],
)
def test_what_cannot_be_compared(policies, message):
    """Unknown policies, one named twice, and nothing against nothing are refused."""
    with pytest.raises(InputError, match=message):
        compare("two-camps", policies, runs=10)


def test_a_policy_that_changes_nothing():
    """A policy whose levers stand where it puts them is refused, not played as the base case."""
    scenario = load_scenario("two-camps", the_catalogue(), changes={"policies.idle": "{says: x, change: {actors.brigade.zeal: 0.6}}"})
    with pytest.raises(InputError, match=r'"idle" changes no number.*SL306'):
        compare(scenario, ["idle"], runs=10)


@pytest.mark.parametrize(
    "words",
    ["times: {actors.blue.answers.delay: 0}", "plus: {actors.red.handler.ties: 40}", "times: {targets.outpost.mistaken_for_friend: 500}"],
)
def test_numbers_beyond_their_meaning(words):
    """A number that is multiplied or raised beyond its limits is refused before anything is played."""
    scenario = load_scenario("two-camps", the_catalogue(), changes={"policies.p": f"{{says: x, {words}}}"})
    with pytest.raises(InputError, match="SL104"):
        compare(scenario, ["p"], runs=10)


def test_a_policy_after_the_last_day():
    """A policy that begins after the last day played is refused: it would be the base case under another name."""
    policy = "{says: x, from: 2031-01-01, change: {actors.red.order.blue: 0}}"
    scenario = load_scenario("two-camps", the_catalogue(), changes={"policies.p": policy})
    with pytest.raises(InputError, match="SL306"):
        compare(scenario, ["p"], runs=10)


def test_what_chance_does_not_tell_apart_is_not_called_best():
    """Of two policies between which next to no future differs, neither is the best in nearly all beliefs."""
    close = "{says: x, times: {actors.blue.strikes.dead.limited-strike: 1.001}}"
    scenario = load_scenario("two-camps", the_catalogue(), changes={"policies.p": close})

    rows = compare(scenario, ["p"], runs=400, draws=20).regrets

    soldiers = rows[rows["outcome"] == "soldier-killed"].set_index("policy")["best_in"]
    assert 0.2 < soldiers["p"] < 0.8
    assert soldiers.sum() == pytest.approx(1)


def test_precision_asks_for_what_is_there():
    """A precision of an outcome that nobody asks, or of nothing, is refused."""
    with pytest.raises(InputError, match="soldier-killed"):
        compare("two-camps", ["halt"], runs=10, precision={"soldier-kiled": 0.1})
    with pytest.raises(InputError, match="above 0"):
        compare("two-camps", ["halt"], runs=10, precision={"soldier-killed": 0})


def test_everything_is_plain_data(camps_compared):
    """The comparison as JSON is strict JSON, and its table has a row for each policy and question."""
    import json

    text = json.dumps(camps_compared.as_json(), allow_nan=False)
    assert '"regrets"' in text
    assert len(camps_compared.table) == len(camps_compared.pairs) * len(camps_compared.questions)
