"""The facts of a briefing agree with the results and with the futures, worked out again by other means."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from shadowline.futures.findings import by_week


def test_the_facts_are_the_results(briefed, tmp_path):
    """The facts agree with the tables of the results folder, worked out again by other means."""
    results, _, _, facts = briefed
    results.save(tmp_path / "saved")
    runs = pd.read_parquet(tmp_path / "saved" / "runs.parquet")

    for key, answer in facts["outcomes"].items():
        mine = runs[runs["outcome"] == key]
        if answer["kind"] == "probability":
            assert answer["value"] == pytest.approx(min(1.0, mine["chance"].mean()), abs=1e-12)
        elif answer["unit"] == "a week":
            assert answer["value"] == pytest.approx((mine["count"] / mine["days_at_risk"].clip(lower=1) * 7).mean(), rel=1e-12)
        else:
            assert answer["value"] == pytest.approx(mine["count"].mean(), rel=1e-12)
    assert facts["runs"] == runs["run"].nunique()
    assert facts["counts"]["evidence"] == len(results.scenario.document.evidence)
    judged = [row["judgement"] for row in facts["numbers_that_matter"]]
    assert facts["judgement_share"] == (pytest.approx(np.mean(judged)) if judged else None)
    draws = pd.read_parquet(tmp_path / "saved" / "draws.parquet")
    for outcome, rows in facts["movers"].items():
        mine = runs[runs["outcome"] == outcome]
        count = (
            mine["count"] / (mine["days_at_risk"].clip(lower=1) / 7) if facts["outcomes"][outcome]["kind"] == "count" else mine["chance"]
        )
        by_draw = count.groupby(mine["draw"]).mean()
        for row in rows:
            order = draws[row["path"]].to_numpy().argsort(kind="stable")
            fifth = max(1, len(order) // 5)
            assert row["low"] == pytest.approx(by_draw.iloc[order[:fifth]].mean(), rel=1e-9)
            assert row["high"] == pytest.approx(by_draw.iloc[order[-fifth:]].mean(), rel=1e-9)


def count_of_rungs(document, events, first, patron, adversary):
    """Return the rungs used between a patron and an adversary in one future, by its rows."""
    attackers = {front.proxy for front in document.fronts if document.targets[front.target].owner == adversary}
    is_behind = any(tie.from_ == patron and tie.to in attackers for tie in document.ties)
    used = set()
    for row in events:
        pair = {row["actor"], row["target"]}
        if row["date"] < first or row["kind"] not in {"strike", "open-war"}:
            continue
        if pair == {patron, adversary}:
            used.add(row["rung"] or "open-war")
        elif row["actor"] == adversary and is_behind and row["rung"] in {"limited-strike", "major-strike"}:
            used.add(row["rung"])
    return used


def near_by_attack(document, key, events, first):
    """Return the near misses of a line about deaths: attacks on what it protects that got through, less its crossings by day."""
    line = document.lines[key].crossed_by
    at_risk = [name for name, row in document.targets.items() if line.target_owner in {None, row.owner} and line.target in {None, name}]
    through = Counter(
        row["date"]
        for row in events
        if row["kind"] == "attack" and row["date"] >= first and row["target"] in at_risk and row["got_through"]
    )
    crossed = Counter(row["date"] for row in events if row["kind"] == "line-crossed" and row["line"] == key)
    return sum(max(0, count - crossed[day]) for day, count in through.items())


def test_ladder_and_lines_are_the_futures(few):
    """Rungs counted, lines crossed and lines about deaths tested agree with the events of all futures, told one by one."""
    results, _, _, facts = few
    document, first = results.scenario.document, date.fromisoformat(facts["first_day"])
    told = [results.story(run) for run in range(results.runs)]
    for row in facts["ladder"]:
        used = [count_of_rungs(document, events, first, row["patron"], row["adversary"]) for events in told]
        expected = [row["rung"] in one if row["rung"] != "quiet" else not one for one in used]
        assert row["counted"] == pytest.approx(np.mean(expected)), row
    tested = 0
    for key, line in facts["lines"].items():
        crossings = [sum(row["kind"] == "line-crossed" and row["line"] == key and row["date"] >= first for row in rows) for rows in told]
        assert line["crossings"] == pytest.approx(np.mean(crossings))
        assert line["crossed"] == pytest.approx(np.mean(np.array(crossings) > 0))
        rule = document.lines[key].crossed_by
        if rule.event == "attack" and rule.killed and not rule.territory and not rule.theatre and not rule.actor:
            tested += 1
            assert line["tested"] == pytest.approx(np.mean([near_by_attack(document, key, rows, first) for rows in told])), key
    assert tested >= 1


def test_the_stories_are_the_futures(briefed):
    """The events that stories quote are those of their futures."""
    results, _, _, facts = briefed
    for one in facts["stories"].values():
        events = {row["event"]: row for row in results.story(one["run"])}
        for number, row in one["events"].items():
            assert {name: str(value) for name, value in row.items()} == {name: str(value) for name, value in events[int(number)].items()}


def test_what_was_recorded_is_said_with_its_weeks(briefed):
    """For each question that counts recorded attacks: their mean over the weeks covered, which weeks these are, and what would be known."""
    results, _, _, facts = briefed
    weeks = by_week(results)
    past = weeks[weeks["recorded"].notna() & ~weeks["what"].str.startswith("answers:")]

    assert set(facts["recorded"]) == set(past["what"])
    for key, said in facts["recorded"].items():
        mine = past[past["what"] == key]
        assert set(said) == {"a_week", "weeks", "from", "to", "known"}
        assert said["a_week"] == pytest.approx(mine["recorded"].sum() / len(mine))
        assert said["weeks"] == len(mine)
        assert said["from"] == str(mine["start"].min())
        assert said["to"] == str(mine["start"].max() + timedelta(days=6))
        assert 0 < said["known"] <= facts["outcomes"][key]["value"]


def test_the_first_answer_moved_is_one_of_which_a_number_stands_out(briefed):
    """What is said to move first is the strongest number of the first question on which one stands out of chance; otherwise nothing is."""
    _, _, _, facts = briefed
    standing = [(key, rows) for key, rows in facts["movers"].items() if rows[0]["stands_out"]]

    assert 0 <= facts["counts"]["standing_out"] <= facts["counts"]["numbers_that_matter"]
    if not standing:
        assert facts["first"] is None
        return
    key, rows = standing[0]
    assert facts["first"] == {
        "outcome": key, "path": rows[0]["path"], "meaning": rows[0]["meaning"], "shown": len(rows),
        "judged": sum(row["judgement"] for row in rows),
    }  # fmt: skip
