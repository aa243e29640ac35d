"""Every picture draws the numbers of its table, and can be drawn whatever the names, the horizon and the questions."""

import json
import math
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowline.futures import findings
from shadowline.futures.focus import adversaries_asked
from shadowline.futures.run import Plan, simulate
from shadowline.futures.support import supported
from shadowline.futures.typical import choose_three
from shadowline.futures.wording import Wording, amount, percent
from shadowline.parameters import RUNGS
from shadowline.report import figures
from shadowline.report.figures.style import RUNG_COLOURS, month_ticks, nice_ticks, share, ticks_between
from shadowline.report.svg import draw_svg
from shadowline.scenario.load import LIBRARY

SVG = "{http://www.w3.org/2000/svg}"
LONG = "The Very Long Movement for the Liberation of Everything that Lies beyond the River"
SIGNS = "A < B & \"C\" > 'D'"
TAGS = '<sub>low</sub> <b>bold</b> <a href="x">'
DAY = 86_400_000
HOLD = ("assets-abroad", "attacks")


def words_of(svg):
    """Return the texts of a drawing, which must be well-formed XML, without their blanks."""
    root = ET.fromstring(svg)  # noqa: S314 - we wrote it ourselves
    return ["".join("".join(text.itertext()).split()) for text in root.iter(f"{SVG}text")]


def drawn(picture):
    """Draw a picture as SVG and return its texts; title, alternative text and caption must be there, and no number be missing."""
    svg = draw_svg(picture.figure)
    meta = picture.figure.layout.meta
    assert picture.name
    assert picture.title == meta["title"] != ""
    assert meta["alt"]
    assert picture.caption.endswith(".")
    assert not re.search(r"\bnan\b", svg, re.IGNORECASE)
    assert "<script" not in svg
    return words_of(svg)


def every_picture(results):
    """Return all pictures of a run, by every function there is."""
    document, wording = results.scenario.document, Wording(results.model.names)
    asks = {answer.id: answer.asks for answer in results.answers}
    kinds = {answer.id: answer.kind for answer in results.answers}
    first = document.as_of + timedelta(days=1)
    stories = {f"{one.kind}, run {one.run}": results.story(one.run) for one in choose_three(results)}
    weeks, moved = findings.by_week(results), {key: findings.what_moves(results, key) for key in asks}
    made = [figures.fan_figure(weeks, what, document.as_of) for what in dict.fromkeys(weeks["what"])]
    made += [
        figures.ladder_figure(findings.ladder(results), wording),
        figures.lines_figure(findings.lines(results), wording),
        figures.network_figure(findings.ties(results), {key: list(body.members) for key, body in document.bodies.items()}, wording),
        figures.stories_figure(stories, adversaries_asked(document), first, results.model.days),
    ]
    if "probability" in kinds.values():
        made += [figures.answers_figure(results.table), figures.curves_figure(findings.chance_by_day(results), asks)]
    varied = [key for key, table in moved.items() if len(table) and table["error"].max() > 0]  # for others see below
    if varied:
        made.append(figures.movers_figure({key: moved[key] for key in [*varied[:2], varied[-1]]}, asks, kinds, wording))
    support = supported(results, results.movers)
    return made + ([figures.support_figure(support.numbers, wording)] if support is not None else [])


@pytest.fixture(scope="module")
def axis():
    """Return futures of the model case."""
    return simulate("iran-axis-2024", Plan(200, 100, seed=81, threads=2), diary=True)


@pytest.fixture(scope="module")
def camps():
    """Return futures of the smallest scenario."""
    return simulate("two-camps", Plan(20, 1, seed=81), diary=True)


@pytest.fixture(scope="module", params=["axis", "camps"])
def results(request):
    """Return futures of either scenario."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def wording(axis):
    """Return the names of the model case."""
    return Wording(axis.model.names)


def invented(name, proxies=1, questions=None):
    """Return the smallest scenario with one name for everything, any number of proxies, and other questions."""
    text, said = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8"), json.dumps(name)
    ids = [f"brigade-{n}" for n in range(proxies)]

    def put(old, new):
        nonlocal text
        assert old in text
        text = text.replace(old, new)

    def rows(row, before="\n"):
        return before.join(row.format(key) for key in ids)

    put("  blue: {role: adversary", f"  blue: {{name: {said}, role: adversary")
    put("  red:\n    role: patron", f"  red:\n    name: {said}\n    role: patron")
    put("name: No soldier of blue is killed", f"name: {said}")
    put("outpost: {owner", f"outpost: {{name: {said}, owner")
    put("  brigade: {role: proxy, territory: borderland, zeal: 0.6}", "\n".join(f"  {key}: {{name: {said}, role: proxy}}" for key in ids))
    put("  resistance: {brigade: 1}", f"  resistance: {{{rows('{}: ' + str(1 / proxies), ', ')}}}")
    put(
        "  - {from: red, to: brigade, pays: 0.6, alignment: 0.7}",
        rows("  - {{from: red, to: {}, pays: {{low: 0.3, mode: 0.6, high: 0.8}}}}"),
    )
    put(
        "  - {proxy: brigade, target: outpost, quiet_rate: 0.5/day}",
        rows(f"  - {{{{proxy: {{}}, target: outpost, quiet_rate: {0.5 / proxies}/day}}}}"),
    )
    put("movements:", f"bodies:\n  room: {{name: {said}, members: [{', '.join(ids)}]}}\nmovements:")
    if questions is not None:
        text = text[: text.index("outcomes:")] + "outcomes:\n" + "".join(f"  q{n}: {asked}\n" for n, asked in enumerate(questions))
    return text


def yes_or_no(count):
    """Return yes-or-no questions of many words."""
    asks = f"Does {SIGNS} cease for {{0}} days, as an anxious reader of long and winding questions may well come to ask?"
    return [f"{{asks: {json.dumps(asks.format(n))}, happens_when: {{no_attacks: {{on: blue, for: {n}d}}}}}}" for n in range(1, count + 1)]


COUNT = "{asks: How many attacks are made on blue?, count: {attacks: {on: blue}, per: week}}"
NASTY = {
    "long names": (invented(LONG), Plan(20, 20, seed=1)),
    "names with signs": (invented(SIGNS), Plan(20, 20, seed=1)),
    "twenty proxies": (invented(LONG, proxies=20), Plan(20, 20, seed=1)),
    "thirty questions": (invented("x", questions=[*yes_or_no(30), COUNT]), Plan(20, 20, seed=1, horizon=60)),
    "no count": (invented("x", questions=yes_or_no(2)), Plan(20, 20, seed=1)),
    "no yes or no": (invented("x", questions=[COUNT]), Plan(20, 20, seed=1)),
    "a week": (invented("x"), Plan(20, 20, seed=1, horizon=7)),
    "ten years": (invented("x", questions=[*yes_or_no(1), COUNT]), Plan(4, 4, seed=1, horizon=3653)),
    "one run": (invented("x"), Plan(1, 1, seed=1)),
}


def test_every_picture_can_be_drawn(results):
    """Every function gives a picture with title, caption and alternative text that draws as SVG."""
    made = every_picture(results)

    for picture in made:
        assert drawn(picture)
    assert len({picture.name for picture in made}) == len(made)
    assert len(made) >= 8


@pytest.mark.parametrize("case", NASTY)
def test_pictures_of_awkward_scenarios_can_be_drawn(case, tmp_path):
    """Long names, signs, many proxies or questions, none of a kind, short and long horizons, one run: each picture draws."""
    text, plan = NASTY[case]
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    results = simulate(path, plan, diary=True)

    for picture in every_picture(results):
        texts = drawn(picture)
        if case == "names with signs" and picture.name in {"network", "ladder", "lines"}:
            assert "".join(SIGNS.split()) in "".join(texts)


@pytest.mark.xfail(strict=True, raises=ValueError, reason="a name is read as markup; a tag that is not drawn ends the drawing")
def test_names_that_look_like_markup_are_drawn_as_they_are(tmp_path):
    """A name with tags in it is drawn letter by letter."""
    path = tmp_path / "case.yaml"
    path.write_text(invented(TAGS), encoding="utf-8")
    results = simulate(path, Plan(20, 20, seed=1), diary=True)

    for picture in every_picture(results):
        texts = drawn(picture)
        if picture.name in {"network", "ladder", "lines"}:
            assert "".join(TAGS.split()) in "".join(texts)


@pytest.mark.xfail(strict=True, raises=ValueError, reason="a horizon under a week without a recorded past has no table of weeks")
@pytest.mark.parametrize("days", [1, 5])
def test_pictures_of_a_few_days_can_be_drawn(days, tmp_path):
    """A horizon of a day or five draws too."""
    path = tmp_path / "case.yaml"
    path.write_text(invented("x"), encoding="utf-8")

    for picture in every_picture(simulate(path, Plan(20, 20, seed=1, horizon=days), diary=True)):
        assert drawn(picture)


@pytest.mark.parametrize("days", [1, 5, 3653])
def test_pictures_of_short_and_long_horizons_with_a_recorded_past_can_be_drawn(days):
    """With a recorded past, a day, five days or ten years draw."""
    results = simulate("iran-axis-2024", Plan(2, 2, seed=1, horizon=days, threads=2), diary=True)

    for picture in every_picture(results):
        assert drawn(picture)


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
def test_long_curves_are_thinned_and_end_on_the_last_day(days):
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
    """Grey bars are recorded weeks, the line their medians, the bands their quantiles, each in the middle of its week."""
    weeks, as_of = findings.by_week(axis), axis.scenario.document.as_of
    for what in dict.fromkeys(weeks["what"]):
        picture = figures.fan_figure(weeks, what, as_of)
        part = weeks[weeks["what"] == what]
        past, ahead = part[part["recorded"].notna()], part[part["median"].notna()]
        bars, *lines = picture.figure.data
        assert list(bars.y) == past["recorded"].to_list()
        assert list(bars.x) == [str(day + timedelta(days=3)) for day in past["start"]]
        assert [list(line.y) for line in lines] == [ahead[name].to_list() for name in ("high", "low", "upper", "lower", "median")]
        assert all(list(line.x) == [str(day + timedelta(days=3)) for day in ahead["start"]] for line in lines)
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


def test_what_an_answer_hangs_on_stands_at_its_values(axis, wording):
    """Open and full dots stand at the answer in the two fifths, whiskers at one standard error, the dotted line at the answer."""
    asks = {answer.id: answer.asks for answer in axis.answers}
    kinds = {answer.id: answer.kind for answer in axis.answers}
    tables = {key: findings.what_moves(axis, key) for key in HOLD}
    picture = figures.movers_figure(tables, asks, kinds, wording)
    dots = lines_of(picture, mode="markers")
    bars = lines_of(picture, mode="lines")
    for n, (key, table) in enumerate(tables.items()):
        for trace, column in zip(dots[2 * n : 2 * n + 2], ("low", "high"), strict=True):
            assert list(trace.x) == table[column].to_list()
            assert list(trace.error_x.array) == table["error"].to_list()
        mine = bars[n * len(table) : (n + 1) * len(table)]
        assert [list(trace.x) for trace in mine] == table[["low", "high"]].to_numpy().tolist()
        rule = picture.figure.layout.shapes[n]
        assert rule.x0 == rule.x1 == table["answer"].iloc[0]
        low, high = picture.figure.layout["xaxis" if n == 0 else f"xaxis{n + 1}"].range
        assert low <= min(table["low"].min(), table["answer"].iloc[0])
        assert high >= max(table["high"].max(), table["answer"].iloc[0])
        assert asks[key] in " ".join(note.text for note in picture.figure.layout.annotations)
    labels = picture.figure.layout.yaxis.ticktext
    assert ["<b>J</b>" in label for label in labels] == tables[HOLD[0]]["judgement"].to_list()


def moved(low, high, error=0.0):
    """Return the table of one number that moves an answer from one value to another."""
    row = {"path": "defaults.proxy.zeal", "meaning": "zeal", "judgement": True, "correlation": 0.1, "value_low": 0.0, "value_high": 1.0}
    return pd.DataFrame([row | {"low": low, "high": high, "error": error, "answer": (low + high) / 2}])


@pytest.mark.parametrize(("low", "high", "error"), [(0, 1e-6, 0), (0.2, 0.21, 0.5), (0.99, 1, 0.01), (1e6, 1.1e6, 10), (0.3, 0.2, 0)])
def test_answers_that_move_little_or_much_can_be_drawn(low, high, error, wording):
    """Tiny, huge, certain and falling answers draw, with ticks on the axis."""
    picture = figures.movers_figure({"q": moved(low, high, error)}, {"q": "Q?"}, {"q": "count"}, wording)

    assert drawn(picture)
    assert len(picture.figure.layout.xaxis.tickvals) >= 1


@pytest.mark.xfail(strict=True, reason="an axis of an answer that never varies has no length")
@pytest.mark.parametrize("value", [0.0, 0.3, 4.0])
def test_an_answer_that_never_varies_can_be_drawn(value, wording):
    """Where an answer is the same in all draws, its panel still draws, with a tick."""
    picture = figures.movers_figure({"q": moved(value, value)}, {"q": "Q?"}, {"q": "count"}, wording)

    assert drawn(picture)
    assert len(picture.figure.layout.xaxis.tickvals) >= 1


@pytest.mark.xfail(strict=True, raises=ValueError, reason="the picture is less high than its margins")
def test_where_nothing_moves_the_picture_is_empty(wording):
    """Questions that nothing moves have no panel; without any the picture still draws."""
    picture = figures.movers_figure({"q": moved(0, 1).iloc[:0]}, {"q": "Q?"}, {"q": "count"}, wording)

    assert len(picture.figure.data) == 0
    assert len(picture.data) == 0
    assert draw_svg(picture.figure)


def test_questions_that_nothing_moves_have_no_panel(wording):
    """Of two questions one of which nothing moves, the other has the picture for itself."""
    tables = {"still": moved(0, 1).iloc[:0], "q": moved(0.2, 0.4)}
    picture = figures.movers_figure(tables, {"q": "Q?", "still": "Still?"}, {"q": "count", "still": "count"}, wording)

    assert "Still?" not in "".join(drawn(picture))
    assert list(picture.data["outcome"]) == ["q"]


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
    """Lines to patrons are as wide as their money, those to adversaries as the root of their attacks; both say their figures."""
    table, names = findings.ties(results), Wording(results.model.names)
    bodies = {key: list(body.members) for key, body in results.scenario.document.bodies.items()}
    picture = figures.network_figure(table, bodies, names)
    backs, attacks = (table[table["kind"] == kind] for kind in ("backs", "attacks"))
    widths = [trace.line.width for trace in picture.figure.data]
    texts = [note.text for note in picture.figure.layout.annotations]

    assert widths[: len(backs)] == pytest.approx([1 + 10 * money for money in backs["money"]])
    assert widths[len(backs) :] == pytest.approx([1 + 10 * math.sqrt(rate / attacks["rate"].max()) for rate in attacks["rate"]])
    assert texts[: len(backs)] == [f"{percent(row.money)} · {percent(row.control)}" for row in backs.itertuples()]
    assert texts[len(backs) : len(table)] == [amount(7 * rate) for rate in attacks["rate"]]
    boxes = [shape for shape in picture.figure.layout.shapes if shape.type == "rect"]
    assert len(boxes) == len(set(backs["from"])) + len({*backs["to"], *attacks["from"]}) + len(set(attacks["to"]))


def test_a_firmer_hold_is_darker():
    """The colour of a tie goes from pale to dark with the chance of being obeyed."""
    holds = [0.0, 0.14, 0.16, 0.29, 0.31, 0.49, 0.51, 1.0]
    table = pd.DataFrame({"from": ["iran"] * 8, "to": list("abcdefgh"), "kind": "backs", "money": 0.5, "control": holds, "rate": np.nan})
    names = Wording(SimpleNamespace(document=SimpleNamespace(actors={}, bodies={})))
    picture = figures.network_figure(table, {}, names)
    light = [int(trace.line.color[1:3], 16) for trace in picture.figure.data]

    assert all(one >= other for one, other in pairwise(light))
    assert len(set(light)) == 4
    assert drawn(picture)


def test_strips_show_the_events_of_their_futures(results):
    """Bars are attacks a week on those asked about, marks stand on the days of answers, crossings, deaths and wars."""
    document = results.scenario.document
    first, actors, days = document.as_of + timedelta(days=1), set(adversaries_asked(document)), results.model.days
    stories = {f"{one.kind}": results.story(one.run) for one in choose_three(results)}
    picture = figures.stories_figure(stories, sorted(actors), first, days)
    for n, rows in enumerate(stories.values()):
        ahead = [row for row in rows if row["date"] >= first]
        about = [row for row in ahead if {row["actor"], row["target"], row["target_owner"]} & actors]
        attacks = Counter((row["date"] - first).days // 7 for row in about if row["kind"] == "attack")
        mine = [trace for trace in picture.figure.data if (trace.xaxis or "x") == ("x" if n == 0 else f"x{n + 1}")]
        assert list(mine[0].y) == [attacks[week] for week in range(-(-days // 7))]
        assert list(mine[0].x) == [str(first + timedelta(days=7 * week + 3)) for week in range(-(-days // 7))]
        marks = Counter()
        for trace in mine[1:]:
            marks.update((trace.marker.symbol, trace.marker.color, day) for day in trace.x)
        expected = Counter(
            ("triangle-up", RUNG_COLOURS[RUNGS.index(row["rung"])], str(row["date"])) for row in about if row["kind"] == "strike"
        )
        expected.update(("diamond", figures.stories.RED, str(row["date"])) for row in about if row["kind"] == "line-crossed")
        expected.update(("square", figures.stories.INK, str(row["date"])) for row in ahead if row["kind"] == "leader-death")
        expected.update(("square", RUNG_COLOURS[5], str(row["date"])) for row in about if row["kind"] == "open-war")
        assert marks == expected


def test_a_future_without_events_has_an_empty_strip():
    """Futures in which nothing happened, or none at all, draw."""
    for stories in ({"calm": []}, {"calm": [], "worst": []}, {"a": [], "b": [], "c": []}):
        picture = figures.stories_figure(stories, ["blue"], date(2024, 1, 1), 30)
        assert drawn(picture)
        assert all(not any(trace.y) for trace in picture.figure.data)


def test_support_stands_at_its_ranks(axis, wording):
    """Pale bars are the prior's, dark ones the supported ranks, dots their medians, full where chance alone would not do it."""
    table = supported(axis, axis.movers).numbers
    table.loc[table.index[0], "moved"] = True
    picture = figures.support_figure(table, wording)
    pale, dark, dots = (picture.figure.data[n::3] for n in range(3))

    assert all(list(trace.x) == [0.05, 0.95] for trace in pale)
    assert [list(trace.x) for trace in dark] == table[["rank_low", "rank_high"]].to_numpy().tolist()
    assert [trace.x[0] for trace in dots] == table["rank_median"].to_list()
    assert [trace.marker.color != "#ffffff" for trace in dots] == table["moved"].to_list()
    assert drawn(picture)


def test_a_picture_shows_itself_in_a_notebook(camps):
    """In a notebook a picture is its drawing and its caption."""
    page = figures.answers_figure(camps.table)._repr_html_()

    assert "<svg" in page
    assert "Dot: the answer." in page


@given(st.floats(1e-6, 1e9), st.integers(2, 10))
def test_nice_ticks_are_round_few_and_cover(high, most):
    """Ticks rise from 0 in even round steps to the value or just above it, and are few."""
    ticks = nice_ticks(high, most)
    step = ticks[1] - ticks[0]
    mantissa = step / 10.0 ** math.floor(math.log10(step) + 1e-6)

    assert ticks[0] == 0
    assert 2 <= len(ticks) <= most + 1
    assert np.diff(ticks) == pytest.approx(step, rel=1e-5)
    assert min(abs(mantissa - nice) for nice in (1, 2, 2.5, 5, 10)) < 1e-4
    assert high * (1 - 1e-6) <= ticks[-1] < high + step * (1 + 1e-6)


@given(st.floats(-1e3, 0))
def test_nothing_to_show_has_ticks_too(high):
    """Where there is nothing above 0 the ticks are 0 and 1."""
    assert nice_ticks(high) == [0, 1]


@given(st.floats(0, 1), st.floats(1e-5, 1e6), st.integers(2, 8))
def test_ticks_between_lie_between_and_are_few(part, high, most):
    """Ticks between two values are even, rising and few, and leave no more than a step free at either end."""
    low = part * 0.999 * high
    ticks = ticks_between(low, high, most)
    start = 0.0 if low <= 0.35 * high else low

    assert 1 <= len(ticks) <= most + 1
    assert start * (1 - 1e-6) - 1e-9 <= ticks[0]
    assert ticks[-1] <= high * 1.0002
    if len(ticks) > 2:
        step = ticks[1] - ticks[0]
        assert np.diff(ticks) == pytest.approx(step, rel=1e-3)
        assert step > 0
        assert ticks[0] - start <= step * 1.001
        assert high - ticks[-1] <= step * 1.001


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(0, 3660))
def test_month_ticks_are_dates_between_few_and_rising(first, days):
    """Ticks of a span of days are rising dates within it, at most twelve, the first with its year unless the span is within a month."""
    last = first + timedelta(days=days)
    dates, texts = month_ticks(first, last)
    found = [date.fromisoformat(day) for day in dates]

    assert 1 <= len(found) == len(texts) <= 12
    assert first <= found[0]
    assert found[-1] <= last
    assert all(one < other for one, other in pairwise(found))
    if any(day.day != 1 for day in found):
        assert days < 62
    else:
        assert str(found[0].year) in texts[0]
        gaps = {(other.year - one.year) * 12 + other.month - one.month for one, other in pairwise(found)}
        assert len(gaps) <= 1
        assert all(day.strftime("%b") in text for day, text in zip(found, texts, strict=True))


def test_shares_at_ticks_are_said_in_per_cent():
    """Ticks of shares are said with no more digits than they have."""
    assert [share(value) for value in (0, 0.001, 0.05, 0.25, 1)] == ["0 %", "0.1 %", "5 %", "25 %", "100 %"]
