"""Every picture draws the numbers of its table."""

import math
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from shadowline.futures import findings
from shadowline.futures.wording import Wording, amount, percent
from shadowline.parameters import RUNGS
from shadowline.report import figures
from shadowline.report.figures.style import RUNG_COLOURS
from shadowline.report.svg import draw_svg

SVG = "{http://www.w3.org/2000/svg}"


def share_of(logit):
    """Return the share whose log odds these are."""
    return 1 / (1 + math.exp(-logit))


def lines_of(picture, **wanted):
    """Return the traces of a picture with those properties."""
    return [trace for trace in picture.figure.data if all(getattr(trace, name) == value for name, value in wanted.items())]


def test_chances_stand_where_their_values_are(results):
    """Dots, Monte Carlo bars and spreads lie at the values of the table, kept within a hundredth of a per cent of 0 and 1."""
    table = results.table[results.table["kind"] == "probability"]
    picture = figures.answers_figure(results.table)
    dots = [share_of(trace.x[0]) for trace in lines_of(picture, mode="markers")]
    bars = {}
    for trace in lines_of(picture, mode="lines"):
        bars.setdefault(trace.line.width, {})[trace.y[0]] = [share_of(x) for x in trace.x]
    texts = [note.text for note in picture.figure.layout.annotations]

    assert dots == pytest.approx(table["value"].clip(0.0001, 0.9999).to_list())
    for y, row in enumerate(table.itertuples()):
        assert bars[4][y] == pytest.approx(np.clip([row.mc_low, row.mc_high], 0.0001, 0.9999).tolist())
        assert (y in bars.get(12, {})) == (not pd.isna(row.spread_low))
        if y in bars.get(12, {}):
            assert bars[12][y] == pytest.approx(np.clip([row.spread_low, row.spread_high], 0.0001, 0.9999).tolist())
        assert f"<b>{percent(row.value)}</b>" in texts[y]
    assert list(picture.data["id"]) == list(table.index)


def test_curves_are_the_chances_by_day(results):
    """Each small picture draws its question's curve on its dates, the last day included, with the band where there is one."""
    table = findings.chance_by_day(results)
    picture = figures.curves_figure(table, {answer.id: answer.asks for answer in results.answers})
    places = {}
    for trace in picture.figure.data:
        places.setdefault(trace.yaxis or "y", []).append(trace)
    keys = list(dict.fromkeys(table["outcome"]))
    assert len(places) == len(keys)
    for key, traces in zip(keys, places.values(), strict=True):
        part = table[table["outcome"] == key].set_index(table[table["outcome"] == key]["date"].astype(str))
        curve = traces[-1]
        assert list(curve.y) == pytest.approx(part.loc[list(curve.x), "chance"].to_list())
        assert curve.x[-1] == part.index[-1]
        assert len(traces) == (3 if part["low"].notna().any() else 1)
        if len(traces) == 3:
            assert list(traces[0].y) == pytest.approx(part.loc[list(traces[0].x), "high"].to_list())
            assert list(traces[1].y) == pytest.approx(part.loc[list(traces[1].x), "low"].to_list())


@pytest.mark.parametrize("days", [1, 2, 180, 359, 1000, 3653])
def test_long_curves_are_thinned_and_end_on_the_last_day(days, drawn):
    """A curve of many days is drawn through a few hundred of them, the first and the last among them."""
    dates = [date(2024, 1, 1) + timedelta(days=day) for day in range(days)]
    chances = np.linspace(0.1, 0.9, days)
    table = pd.DataFrame({"outcome": "q", "day": range(days), "date": dates, "chance": chances, "low": np.nan, "high": np.nan})
    picture = figures.curves_figure(table, {"q": "Q?"})
    (curve,) = picture.figure.data

    assert min(days, 180) <= len(curve.x) <= 360
    assert (curve.x[0], curve.x[-1]) == (str(dates[0]), str(dates[-1]))
    assert list(curve.y) == [chances[dates.index(date.fromisoformat(day))] for day in curve.x]
    assert len(picture.data) == days
    assert drawn(picture)


def test_fans_are_the_weeks_of_the_table(axis):
    """Grey bars are recorded steps, the line their medians, the bands their quantiles, each in the middle of its week or four."""
    weeks, as_of = findings.by_week(axis), axis.scenario.document.as_of
    for what in dict.fromkeys(weeks["what"]):
        picture = figures.fan_figure(weeks, what, as_of)
        part = weeks[weeks["what"] == what]
        past, ahead = part[part["recorded"].notna()], part[part["median"].notna()]
        bars, *lines = picture.figure.data
        middle = timedelta(days=14 if what.startswith("answers:") else 3)
        assert list(bars.y) == past["recorded"].to_list()
        assert list(bars.x) == [str(day + middle) for day in past["start"]]
        assert [list(line.y) for line in lines] == [ahead[name].to_list() for name in ("high", "low", "upper", "lower", "median")]
        assert all(list(line.x) == [str(day + middle) for day in ahead["start"]] for line in lines)
        unknown = part.loc[part["recorded"].isna() & part["median"].isna(), "start"]
        length = timedelta(days=int(part["days"].iloc[0]))
        shades = [(shape.x0, shape.x1) for shape in picture.figure.layout.shapes if shape.type == "rect"]
        assert shades == [(str(day), str(day + length)) for day in unknown]
        assert ("Shaded: not covered by the record." in picture.caption) == bool(shades) == (what == "attacks-at-sea")
        top = picture.figure.layout.yaxis.range[1]
        assert top >= max(part["recorded"].max(), part["high"].max())
        rule = next(shape for shape in picture.figure.layout.shapes if shape.type == "line")
        assert rule.x0 == rule.x1 == str(as_of)


def bar_lengths(svg, colour):
    """Return the lengths of the horizontal bars in one colour, in px."""
    root = ET.fromstring(svg)  # noqa: S314 - we wrote it ourselves
    return [float(rect.get("width")) for rect in root.iter(f"{SVG}rect") if rect.get("fill") == colour]


def test_rungs_are_as_long_as_their_shares(results):
    """Each bar of the ladder is as long, on paper too, as the share of futures that use its rung, and says so."""
    table, wording = findings.ladder(results), Wording(results.model.names)
    picture = figures.ladder_figure(table, wording)
    svg = draw_svg(picture.figure)
    layout = picture.figure.layout
    plot = (layout.width - layout.margin.l - layout.margin.r) / layout.xaxis.range[1]
    shown = table.groupby(["patron", "adversary"], sort=False)
    for bars, (pair, part) in zip(picture.figure.data, shown, strict=True):
        shares = part.set_index("rung")["share"]
        assert list(bars.x) == [shares[rung] for rung in reversed(RUNGS[1:])], pair
        assert list(bars.y) == [rung.replace("-", " ") for rung in reversed(RUNGS[1:])]
        assert list(bars.text) == [percent(shares[rung]) for rung in reversed(RUNGS[1:])]
    for rung, colour in list(zip(RUNGS, RUNG_COLOURS, strict=True))[1:]:
        lengths = sorted(length for length in bar_lengths(svg, colour) if length > 0.1)
        shares = sorted(value for value in table[table["rung"] == rung]["share"] if value > 0)
        assert lengths == pytest.approx([value * plot for value in shares], abs=0.05)


def made_up_ladder(*pairs):
    """Return a ladder of several pairs, each with a share for all of its rungs."""
    return pd.DataFrame([
        {"patron": patron, "adversary": adversary, "rung": rung, "share": used if rung != "quiet" else 1 - used, "highest": 0.0}
        for patron, adversary, used in pairs
        for rung in RUNGS
    ])  # fmt: skip


def test_pairs_between_which_nothing_happens_are_left_out_but_the_first(wording):
    """A pair whose rungs are never used has no panel, unless it is the first asked about."""
    quiet, busy = ("iran", "israel", 0.0), ("iran", "united-states", 0.5)

    assert len(figures.ladder_figure(made_up_ladder(busy, quiet), wording).figure.data) == 1
    assert len(figures.ladder_figure(made_up_ladder(quiet, busy), wording).figure.data) == 2
    assert len(figures.ladder_figure(made_up_ladder(quiet), wording).figure.data) == 1


def test_lines_are_as_long_as_crossings_and_near_misses(results):
    """Bars of a line are as long as the share of futures that cross it and the near misses in a future, and say so."""
    table, wording = findings.lines(results), Wording(results.model.names)
    picture = figures.lines_figure(table, wording)
    crossed, tested = picture.figure.data

    assert list(crossed.x) == table["crossed"].to_list()
    assert list(tested.x) == table["tested"].to_list()
    assert list(crossed.text) == [percent(value) for value in table["crossed"]]
    assert list(tested.text) == [amount(value) for value in table["tested"]]
    layout = picture.figure.layout
    plot = layout.width - layout.margin.l - layout.margin.r
    for bars, axis in ((crossed, layout.xaxis), (tested, layout.xaxis2)):
        per = plot * (axis.domain[1] - axis.domain[0]) / axis.range[1]
        lengths = [length for length in bar_lengths(draw_svg(picture.figure), bars.marker.color) if length > 0.1]
        assert lengths == pytest.approx([value * per for value in bars.x if value > 0], abs=0.05)
        assert max(bars.x) <= axis.range[1]


def test_without_yes_or_no_questions_the_pictures_of_chances_are_empty(camps):
    """Tables without a yes-or-no question, a line or a pair give pictures without marks, which draw."""
    wording = Wording(camps.model.names)
    empty = [
        figures.answers_figure(camps.table[camps.table["kind"] == "count"]),
        figures.curves_figure(findings.chance_by_day(camps).iloc[:0], {}),
        figures.lines_figure(findings.lines(camps).iloc[:0], wording),
        figures.network_figure(findings.ties(camps).iloc[:0], {}, wording),
    ]

    for picture in empty:
        assert draw_svg(picture.figure)
        assert sum(len(trace.x) for trace in picture.figure.data) == 0


def test_ties_are_as_wide_as_money_and_attacks(results):
    """Lines to patrons are as wide as their money, those to targets as the root of their attacks; both say their figures."""
    table, names = findings.ties(results), Wording(results.model.names)
    bodies = {key: list(body.members) for key, body in results.scenario.document.bodies.items()}
    picture = figures.network_figure(table, bodies, names)
    backs, attacks = (table[table["kind"] == kind] for kind in ("backs", "attacks"))
    widths = [trace.line.width for trace in picture.figure.data]
    texts = [note.text for note in picture.figure.layout.annotations]

    assert widths[: len(backs)] == pytest.approx([1 + 10 * money for money in backs["money"]])
    assert widths[len(backs) :] == pytest.approx([1 + 10 * math.sqrt(made / attacks["a_week"].max()) for made in attacks["a_week"]])
    assert texts[: len(backs)] == [f"{percent(row.money)} · {percent(row.obeyed)}" for row in backs.itertuples()]
    assert texts[len(backs) : len(table)] == [amount(made) for made in attacks["a_week"]]
    boxes = [shape for shape in picture.figure.layout.shapes if shape.type == "rect"]
    assert len(boxes) == len(set(backs["from"])) + len({*backs["to"], *attacks["from"]}) + len(set(attacks["to"]))


def test_lines_to_targets_end_at_their_own_box(results):
    """The right column holds targets, those of one owner beside one another, each with who answers for it; lines end at their target."""
    table, names = findings.ties(results), Wording(results.model.names)
    picture = figures.network_figure(table, {}, names)
    attacks = table[table["kind"] == "attacks"]
    right = 632  # the middle of the right column, in pixels
    boxes = {note.y: note.text for note in picture.figure.layout.annotations if note.x == right and note.yref != "paper"}
    lines = picture.figure.data[len(table) - len(attacks) :]
    for row, line in zip(attacks.itertuples(), lines, strict=True):
        named = boxes[line.y[1]].replace("<br>", " ").replace("<b>", "").lower()
        assert named.startswith(names.target(row.to).split()[0].lower())
        assert names.label(row.owner).lower() in named
    owners = [boxes[y].partition("<span")[2] for y in sorted(boxes)]
    assert sum(one != other for one, other in pairwise(owners)) == len(set(attacks["owner"])) - 1


def test_a_firmer_hold_is_darker(drawn):
    """The colour of a tie goes from pale to dark with the share of days on which it is obeyed."""
    holds = [0.0, 0.14, 0.16, 0.29, 0.31, 0.49, 0.51, 1.0]
    table = pd.DataFrame({"from": ["iran"] * 8, "to": list("abcdefgh"), "kind": "backs", "money": 0.5, "obeyed": holds, "a_week": np.nan})
    table["owner"] = None
    names = Wording(SimpleNamespace(document=SimpleNamespace(actors={}, bodies={})))
    picture = figures.network_figure(table, {}, names)
    light = [int(trace.line.color[1:3], 16) for trace in picture.figure.data]

    assert all(one >= other for one, other in pairwise(light))
    assert len(set(light)) == 4
    assert drawn(picture)
