"""Ladder, lines and ties say what the journals of the futures hold, counted one by one."""

import math
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from shadowline.futures import findings
from shadowline.futures.focus import adversaries_asked, dyads_asked
from shadowline.futures.run import Plan, simulate
from shadowline.parameters import RUNGS

TWO_PATRONS = Path(__file__).parents[2] / "scenarios" / "two-patrons.yaml"
ROUNDING = 1e-9
STRIKES_SOON = {"actors.blue.blame_needed.mean": "0.02", "actors.blue.answers.appeal.patron-soil": "9"}


@pytest.fixture(scope="module")
def told():
    """Return few futures of every scenario with their journals since day 0."""
    found = {}
    for name, plan in {
        "iran-axis-2024": Plan(16, 8, seed=52),
        "two-camps": Plan(40, 1, seed=52),
        TWO_PATRONS: Plan(24, 8, seed=52),
    }.items():
        results = simulate(name, plan, diary=True)
        as_of = results.scenario.document.as_of
        found[name] = results, [[row for row in results.story(run) if row["date"] > as_of] for run in range(results.runs)]
    return found


def patrons_of_attackers(document, adversary):
    """Return the patrons of those who attack an adversary."""
    attackers = {front.proxy for front in document.fronts if document.targets[front.target].owner == adversary}
    return {tie.from_ for tie in document.ties if tie.to in attackers and document.actors[tie.from_].role == "patron"}


def rungs_used(document, rows, patron, adversary):
    """Return the rungs used between a patron and an adversary, by either side."""
    used = set()
    for row in rows:
        pair = {row["actor"], row["target"]}
        if row["kind"] == "open-war" and pair == {patron, adversary}:
            used.add("open-war")
        if row["kind"] == "strike":
            on_proxies = row["actor"] == adversary and row["rung"] in RUNGS[1:3] and patron in patrons_of_attackers(document, adversary)
            if pair == {patron, adversary} or on_proxies:
                used.add(row["rung"])
    return used


def question_about(document, patron, adversary, rung):
    """Return the question that asks for exactly one rung between a patron and an adversary, None if there is none."""
    for key, outcome in document.outcomes.items():
        when = outcome.happens_when
        if when is None:
            continue
        if rung == "open-war" and when.open_war and (when.open_war.patron, when.open_war.adversary) == (patron, adversary):
            return key
        strike = when.strike
        if strike and (strike.by, strike.on, strike.at_least) == (adversary, patron, rung) and (strike.at_most or "patron-soil") == rung:
            return key
    return None


def test_rungs_asked_about_bear_the_answers_to_their_questions(axis):
    """In the model case open war and strikes on soil and abroad bear integrated answers, other rungs what is counted."""
    table = findings.ladder(axis).query("patron == 'iran' and adversary == 'united-states'").set_index("rung")
    answers = axis.table["value"]
    asked = {"assets-abroad": "assets-abroad", "patron-soil": "patron-soil", "open-war": "open-war"}

    assert {rung: table.loc[rung, "share"] for rung in asked} == {rung: answers[key] for rung, key in asked.items()}
    assert table.drop(index=list(asked))["share"].equals(table.drop(index=list(asked))["counted"])
    assert table.loc["assets-abroad", "share"] != table.loc["assets-abroad", "counted"]


@pytest.mark.parametrize("name", ["iran-axis-2024", "two-camps", TWO_PATRONS])
def test_the_ladder_counts_the_rungs_of_the_journals(told, name):
    """Counted shares by rung, and by highest rung, are those of the journals one by one; a rung asked about bears its answer."""
    results, journals = told[name]
    document = results.scenario.document
    table = findings.ladder(results).set_index(["patron", "adversary", "rung"])
    assert list(dict.fromkeys((patron, adversary) for patron, adversary, _ in table.index)) == dyads_asked(document)
    for patron, adversary in dyads_asked(document):
        used = [rungs_used(document, rows, patron, adversary) for rows in journals]
        for rung in RUNGS[1:]:
            row, counted = table.loc[(patron, adversary, rung)], sum(rung in one for one in used) / len(used)
            asked = question_about(document, patron, adversary, rung)
            assert row["counted"] == pytest.approx(counted), rung
            assert row["share"] == pytest.approx(counted if asked is None else results.table.loc[asked, "value"]), rung
        highest = Counter(max(one, key=RUNGS.index, default="quiet") for one in used)
        for rung in RUNGS:
            assert table.loc[(patron, adversary, rung), "highest"] == pytest.approx(highest[rung] / len(used)), rung
        assert table.loc[(patron, adversary, "quiet"), "share"] == pytest.approx(highest["quiet"] / len(used))
    assert table.loc[:, "highest"].groupby(level=[0, 1]).sum().to_numpy() == pytest.approx(1)


@pytest.mark.parametrize("name", ["iran-axis-2024", "two-camps", TWO_PATRONS])
def test_lines_count_the_crossings_of_the_journals(told, name):
    """Shares of futures and mean crossings of each line are those counted in the journals; the near misses are the diary's mean."""
    results, journals = told[name]
    table = findings.lines(results)
    words = results.scenario.document.lines
    assert list(table["line"]) == list(words)
    for k, row in enumerate(table.itertuples()):
        counts = [sum(event["kind"] == "line-crossed" and event["line"] == row.line for event in rows) for rows in journals]
        assert row.owner == words[row.line].owner
        assert row.crossed == pytest.approx(sum(count > 0 for count in counts) / len(counts))
        assert row.crossings == pytest.approx(sum(counts) / len(counts))
        assert row.tested == pytest.approx(results.batch.diary.lines[:, k, 1].mean())
    assert table["crossed"].max() > 0


def test_the_one_tie_of_the_smallest_scenario_has_its_money_its_days_and_its_attacks(camps):
    """Money is what the patron pays; obedience is near the logistic of the control index by hand; attacks are those asked about."""
    index = -0.8 + 1.5 * 0.6 + 1.5 * 0.6 + 1.0 * 0.7 - 1.0 * 0.6  # constant, handler, funding, alignment, zeal; no rivals, no dependence
    backs, attacks = findings.ties(camps).to_dict("records")

    assert (backs["from"], backs["to"], backs["kind"]) == ("red", "brigade", "backs")
    assert backs["money"] == pytest.approx(0.6)
    assert backs["obeyed"] == pytest.approx(math.exp(index) / (1 + math.exp(index)), abs=0.15)  # control drifts as the war goes on
    assert (attacks["from"], attacks["to"], attacks["kind"], attacks["owner"]) == ("brigade", "outpost", "attacks", "blue")
    assert attacks["a_week"] == pytest.approx(7 * camps.batch.total[:, camps.model.names.outcomes.index("attacks")].mean() / 180)
    assert all(pd.isna(backs[name]) for name in ("owner", "a_week"))
    assert all(pd.isna(attacks[name]) for name in ("money", "obeyed"))


def test_ties_are_means_over_futures(axis):
    """Money is the mean over draws of what is paid on the first morning; all ties and fronts that are declared have a row."""
    model, words = axis.model, axis.scenario.document
    table = findings.ties(axis)
    backs, attacks = table[table["kind"] == "backs"], table[table["kind"] == "attacks"]

    assert list(table.columns) == ["from", "to", "kind", "owner", "money", "obeyed", "a_week"]
    assert list(zip(backs["from"], backs["to"], strict=True)) == [(tie.from_, tie.to) for tie in words.ties]
    assert list(zip(attacks["from"], attacks["to"], strict=True)) == [(front.proxy, front.target) for front in model.names.fronts]
    assert {(front.proxy, front.target) for front in words.fronts} == set(zip(attacks["from"], attacks["to"], strict=True))
    assert list(attacks["owner"]) == [words.targets[target].owner for target in attacks["to"]]
    for n, row in enumerate(backs.to_dict("records")):
        paid = [float(model.layout.view(morning, "ties")[n].funding) for morning in axis.batch.mornings]
        assert row["money"] == pytest.approx(sum(paid) / len(paid))
    assert backs["obeyed"].between(0, 1).all()
    assert backs["obeyed"].nunique() > 3


@pytest.mark.parametrize("name", ["iran-axis-2024", "two-camps", TWO_PATRONS])
def test_attacks_of_ties_are_those_of_the_journals(told, name):
    """Each front makes as many attacks a week as its journals hold, declared wars included."""
    results, journals = told[name]
    table = findings.ties(results)
    for row in table[table["kind"] == "attacks"].to_dict("records"):
        made = sum(
            event["kind"] == "attack" and (event["actor"], event["target"]) == (row["from"], row["to"])
            for rows in journals
            for event in rows
        )
        assert row["a_week"] == pytest.approx(made / len(journals) / results.model.days * 7)


@pytest.mark.parametrize("name", ["iran-axis-2024", TWO_PATRONS])
def test_obedience_of_ties_is_about_those_asked_about(told, name):
    """The share of days obeyed is the mean over the adversaries asked about whom the group attacks, or over all that it attacks."""
    results, _ = told[name]
    document, names = results.scenario.document, results.model.names
    asked = adversaries_asked(document)
    for row in findings.ties(results).query("kind == 'backs'").to_dict("records"):
        days = {}
        for r, ((proxy, adversary), tie) in enumerate(names.reins):
            if (proxy, document.ties[tie].from_) == (row["to"], row["from"]):
                days[adversary] = results.batch.diary.obeyed[:, r].sum() / results.runs / results.model.days
        about = [share for adversary, share in days.items() if adversary in asked] or list(days.values())
        assert row["obeyed"] == pytest.approx(sum(about) / len(about))
