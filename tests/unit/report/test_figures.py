"""Every picture can be drawn, whatever the names, the horizon and the questions."""

import json
from datetime import timedelta

import pytest

from shadowline.futures import findings
from shadowline.futures.run import Plan, simulate
from shadowline.futures.support import supported
from shadowline.futures.typical import choose_three
from shadowline.futures.why import focus_of
from shadowline.futures.wording import Wording
from shadowline.report import figures
from shadowline.scenario.load import LIBRARY

LONG = "The Very Long Movement for the Liberation of Everything that Lies beyond the River"
SIGNS = "A < B & \"C\" > 'D'"
TAGS = '<sub>low</sub> <b>bold</b> <a href="x">'


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
        figures.stories_figure(stories, focus_of(results.model.names).adversary, first, results.model.days, wording),
    ]
    if "probability" in kinds.values():
        made += [figures.answers_figure(results.table), figures.curves_figure(findings.chance_by_day(results), asks)]
    varied = [key for key, table in moved.items() if len(table)]
    if varied:
        made.append(figures.movers_figure({key: moved[key] for key in [*varied[:2], varied[-1]]}, asks, kinds, wording))
    support = supported(results, results.movers)
    return made + ([figures.support_figure(support.numbers, wording)] if support is not None else [])


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


def test_every_picture_can_be_drawn(results, drawn):
    """Every function gives a picture with title, caption and alternative text that draws as SVG."""
    made = every_picture(results)

    for picture in made:
        assert drawn(picture)
    assert len({picture.name for picture in made}) == len(made)
    assert len(made) >= 8


@pytest.mark.parametrize("case", NASTY)
def test_pictures_of_awkward_scenarios_can_be_drawn(case, tmp_path, drawn):
    """Long names, signs, many proxies or questions, none of a kind, short and long horizons, one run: each picture draws."""
    text, plan = NASTY[case]
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    results = simulate(path, plan, diary=True)

    for picture in every_picture(results):
        texts = drawn(picture)
        if case == "names with signs" and picture.name in {"network", "ladder", "lines"}:
            assert "".join(SIGNS.split()) in "".join(texts)


def test_names_that_look_like_markup_are_drawn_as_they_are(tmp_path, drawn):
    """A name with tags in it is drawn letter by letter."""
    path = tmp_path / "case.yaml"
    path.write_text(invented(TAGS), encoding="utf-8")
    results = simulate(path, Plan(20, 20, seed=1), diary=True)

    for picture in every_picture(results):
        texts = drawn(picture)
        if picture.name in {"network", "ladder", "lines"}:
            assert "".join(TAGS.split()) in "".join(texts)


@pytest.mark.parametrize("days", [1, 5])
def test_pictures_of_a_few_days_can_be_drawn(days, tmp_path, drawn):
    """A horizon of a day or five draws too."""
    path = tmp_path / "case.yaml"
    path.write_text(invented("x"), encoding="utf-8")

    for picture in every_picture(simulate(path, Plan(20, 20, seed=1, horizon=days), diary=True)):
        assert drawn(picture)


@pytest.mark.parametrize("days", [1, 5, 3653])
def test_pictures_of_short_and_long_horizons_with_a_recorded_past_can_be_drawn(days, drawn):
    """With a recorded past, a day, five days or ten years draw."""
    results = simulate("iran-axis-2024", Plan(2, 2, seed=1, horizon=days, threads=2), diary=True)

    for picture in every_picture(results):
        assert drawn(picture)


def test_a_picture_shows_itself_in_a_notebook(camps):
    """In a notebook a picture is its drawing and its caption."""
    page = figures.answers_figure(camps.table)._repr_html_()

    assert "<svg" in page
    assert "Dot: the answer." in page
