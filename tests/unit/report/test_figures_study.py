"""Pictures of comparisons and claims show what was found, and draw whatever was found: nothing, one thing, many things, long names."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from shadowline.futures.wording import Wording
from shadowline.report import figures
from shadowline.report.figures.columns import dealt
from shadowline.report.figures.signed import scale_for, signed
from shadowline.report.onepage import csv_of
from shadowline.report.study.claims_page import claims_pictures
from shadowline.report.study.comparison_page import gather
from shadowline.report.study.tables import claim_table, claimed_measures, compared_measures, day_table, reason_table
from shadowline.study.claims import claims
from shadowline.study.compare import compare

STUDIED = Path(__file__).parents[2] / "scenarios" / "two-wars-studied.yaml"
LONG = "a-policy-of-many-words-that-somebody-thought-needful-to-tell-it-from-all-the-others"
SIGNS = 'the <b>&amp; "Old" Guard\u2019s 5 % </svg>'


def text_of(figure):
    """Return the words of a figure's annotations."""
    return [note.text for note in figure.layout.annotations]


def variant(folder, *more, name="case", parent=STUDIED):
    """Return a scenario that extends the studied one."""
    path = folder / f"{name}.yaml"
    path.write_text("\n".join(["shadowline: 1", f"extends: {parent}", f"id: {name}", *more, ""]), encoding="utf-8")
    return path


def test_every_picture_of_a_comparison_draws(compared, drawn):
    """Each picture has title, caption, alternative text and a table, draws as SVG, and has a name of its own."""
    pictures = gather(compared, "again").pictures

    assert {"effects-chances", "effects-counts", "avoided-and-caused", "partings", "regret"} <= set(pictures)
    for name, picture in pictures.items():
        assert drawn(picture)
        assert picture.name == name
        assert len(picture.data)
        assert csv_of(picture).count("\n") == len(picture.data) + 1


def test_every_picture_of_claims_draws(tested, drawn):
    """Each verdict that was given has its picture, and each headline claim has one."""
    pictures = claims_pictures(tested)

    given = {str(claim.verdict).split()[0] for claim in tested.claims}
    assert {name for name in pictures if name.startswith("claims-")} == {f"claims-{verdict}" for verdict in given}
    assert {name for name in pictures if name.startswith("claim-")} == {"claim-halt-means-fewer", "claim-pay-binds"}
    for picture in pictures.values():
        assert drawn(picture)


def test_differences_lie_where_they_were_found(compared):
    """On an even scale each full dot lies at its difference, chances in percentage points, and its interval around it."""
    measures = compared_measures(compared)
    for picture in figures.effects_figures(compared.table, measures):
        keys = list(dict.fromkeys(picture.data["outcome"]))
        for n, key in enumerate(sorted(keys, key=list(measures).index)):
            axis = "x" if n == 0 else f"x{n + 1}"
            dots = next(trace for trace in picture.figure.data if trace.mode == "markers" and trace.xaxis == axis)
            rows = picture.data[(picture.data["outcome"] == key) & (picture.data["differing"] > 0)]
            order = np.sign(rows["difference"].to_numpy() * measures[key].factor)
            assert list(np.sign(dots.x)) == list(order)
            if max(abs(np.array(dots.x))) == pytest.approx(max(abs(rows["difference"])) * measures[key].factor):
                np.testing.assert_allclose(dots.x, rows["difference"] * measures[key].factor)


def test_what_may_be_chance_is_an_open_dot(compared):
    """A dot is full where p is below .05, open where it is not, and missing where no future differs."""
    for picture in figures.effects_figures(compared.table, compared_measures(compared)):
        dots = [trace for trace in picture.figure.data if trace.mode == "markers"]
        full = sum(colour != "#ffffff" for trace in dots for colour in trace.marker.color)
        assert full == ((picture.data["p"] < 0.05) & (picture.data["differing"] > 0)).sum()
        assert sum(len(trace.x) for trace in dots) == (picture.data["differing"] > 0).sum()


def test_the_level_without_a_policy_is_written(compared):
    """Over each column stands the level as it is."""
    picture = figures.effects_figures(compared.table, compared_measures(compared))[0]

    heads = text_of(picture.figure)
    assert len(heads) == picture.data["outcome"].nunique()
    assert all("as it is" in head and "%" in head for head in heads)


def test_avoided_and_caused_stand_back_to_back(compared):
    """Bars to the left are as long as the futures avoided, bars to the right as those caused."""
    for picture in figures.discordant_figures(compared.table, compared_measures(compared), compared.runs):
        left = sum(-sum(trace.x) for trace in picture.figure.data if max(trace.x) <= 0)
        right = sum(sum(trace.x) for trace in picture.figure.data if max(trace.x) > 0)
        assert left == picture.data["avoided"].sum()
        assert right == picture.data["caused"].sum()
        assert (picture.data["runs"] == compared.runs).all()


def test_days_and_reasons_are_those_of_the_comparison(compared):
    """The share that has parted at the end is that of the futures that part, and bars of reasons fill up to one."""
    days, reasons = day_table(compared), reason_table(compared)
    for pair in compared.pairs:
        assert days.loc[days["policy"] == pair.changed, "futures"].sum() == pair.parted
    picture = figures.partings_figure(days, reasons, compared.runs, 180)

    bars = [np.array(trace.x) for trace in picture.figure.data if trace.type == "bar"]
    parted = [pair.parted > 0 for pair in compared.pairs]
    np.testing.assert_allclose(sum(bars), np.array(parted, float))


def test_a_reason_without_a_name_is_counted_with_the_others(compared, drawn):
    """A reason that the picture has no name for fills its share of the bar all the same."""
    days, reasons = day_table(compared), reason_table(compared).assign(reason="something new")
    picture = figures.partings_figure(days, reasons, compared.runs, 180)

    assert drawn(picture)
    (bar,) = (trace for trace in picture.figure.data if trace.type == "bar")
    np.testing.assert_allclose(bar.x, [float(pair.parted > 0) for pair in compared.pairs])


def test_regret_shows_the_best_policy_in_bold(compared):
    """Each column of the matrix has the policy in bold that is best in most beliefs."""
    wording = Wording(compared.arms[0].results.model.names)
    (picture,) = figures.regret_figures(compared.regrets, compared_measures(compared), wording)

    columns = compared.regrets.groupby(["actor", "outcome"])["best_in"].max()
    cells = [text for trace in picture.figure.data if trace.type == "scatter" for text in trace.text]
    assert len(cells) == len(compared.regrets)
    assert sum("<b>best in" in text for text in cells) >= len(columns)
    assert any("Blue Republic" in text for text in text_of(picture.figure))


def test_the_scale_of_claims_is_the_same_for_all_verdicts(tested):
    """All pictures of claims have one axis, so that they can be compared."""
    pictures = figures.claims_figures(claim_table(tested), claimed_measures(tested))

    assert len({tuple(picture.figure.layout.xaxis.range) for picture in pictures}) == 1
    assert sum(len(picture.data) for picture in pictures) == len(tested.claims)


def test_a_claim_of_no_change_shows_its_margin(tested):
    """The band in which a measure may move is drawn for a claim that it stays, and for no other."""
    for picture in figures.claims_figures(claim_table(tested), claimed_measures(tested)):
        bands = [shape for shape in picture.figure.layout.shapes if shape.type == "rect"]
        assert len(bands) == (picture.data["expects"] == "unchanged").sum()


def test_where_a_claim_turns_is_marked(tested):
    """The picture of a claim whose sign turns has a line where it turns and a band over its interval, on the axis of the lever."""
    claim = tested.claim("pay-binds")
    picture = claims_pictures(tested)["claim-pay-binds"]

    lines = [shape.x0 for shape in picture.figure.layout.shapes if shape.type == "line" and shape.xref == "x3"]
    bands = [(shape.x0, shape.x1) for shape in picture.figure.layout.shapes if shape.type == "rect" and shape.xref == "x3"]
    assert claim.boundary.at in lines
    assert bands == [(claim.boundary.low, claim.boundary.high)]
    assert len(picture.data) == 1 + len(claim.boundary.values) + claim.means.size


def many(results, count):
    """Return claims copied under many names, of all verdicts in turn."""
    copies = [replace(results.claims[n % len(results.claims)], id=f"claim-number-{n}-{LONG}") for n in range(count)]
    return replace(results, claims=tuple(copies))


def test_sixty_claims_stay_readable(tested, drawn):
    """Sixty claims with long names are split over pictures of at most 24 rows, each low enough for a page."""
    pictures = figures.claims_figures(claim_table(many(tested, 90)), claimed_measures(tested))

    assert sum(len(picture.data) for picture in pictures) == 90
    assert any("(1 of 2)" in picture.title for picture in pictures)
    for picture in pictures:
        assert len(picture.data) <= 24
        assert picture.figure.layout.height < 900
        assert drawn(picture)


def test_one_claim_draws(drawn):
    """A single claim has its picture."""
    results = claims(STUDIED, ["halt-means-fewer"], runs=40, draws=4, threads=2)

    assert [drawn(picture) for picture in claims_pictures(results).values()]


@pytest.mark.parametrize("draws", [1, 2, 40])
def test_few_draws_draw(draws, drawn):
    """With one parameter draw, two, or as many as futures, every picture draws."""
    comparison = compare(STUDIED, ["halt", "no-answer"], runs=40, draws=draws, threads=2)
    results = claims(STUDIED, runs=40, draws=draws, threads=2)

    for picture in (*gather(comparison, "").pictures.values(), *claims_pictures(results).values()):
        assert drawn(picture)


def test_a_policy_that_differs_in_nothing_draws(drawn):
    """Where no future differs there is still a picture of when futures part, which says that none does."""
    comparison = compare(STUDIED, ["after-the-war"], runs=10, draws=2, seed=5, threads=2)
    pictures = gather(comparison, "").pictures

    assert all(effect.differing == 0 for effect in comparison.pairs[0].effects.values())
    assert "partings" in pictures
    assert not any(name.startswith(("effects", "avoided")) for name in pictures)
    assert any("nonepart" in text for text in drawn(pictures["partings"]))


def test_a_comparison_that_no_side_minds_has_no_regret(tmp_path, drawn):
    """Without minds there is no picture of regret, and all others draw."""
    path = variant(tmp_path, "minds: null")
    pictures = gather(compare(path, ["halt"], runs=20, draws=2, threads=2), "").pictures

    assert not any(name.startswith("regret") for name in pictures)
    assert all(drawn(picture) for picture in pictures.values())


def test_long_names_and_signs_draw_as_they_are(tmp_path, drawn):
    """Names of many words are broken or cut, and signs that mean something to a browser are drawn letter by letter."""
    said = json.dumps(SIGNS)
    more = [
        f"actors: {{blue: {{name: {said}}}}}",
        f"outcomes: {{north-soldier: {{says: {said}}}}}",
        f"policies: {{{LONG}: {{says: {said}, by: red, change: {{actors.red.order.blue: 0}}}}}}",
        f"claims: {{halt-means-fewer: {{says: {said}, watch: north-soldier}}}}",
    ]
    path = variant(tmp_path, *more)
    comparison = compare(path, [LONG, f"better-guard+{LONG}"], runs=40, draws=4, threads=2)
    results = claims(path, runs=40, draws=4, threads=2)

    texts = [text for picture in gather(comparison, "").pictures.values() for text in drawn(picture)]
    assert any("<b>&amp;" in text for text in texts)
    for picture in claims_pictures(results).values():
        assert drawn(picture)


def test_a_scale_is_stretched_only_where_one_value_dwarfs_the_others():
    """Values of like size lie evenly; beside one that is a hundred times larger, small ones can still be told from zero."""
    even, stretched = scale_for([-2.0, 1.0, 3.0]), scale_for([-0.2, 0.1, 0.3, 40.0])

    assert even.knee is None
    assert even.place(1.5) == 1.5
    assert stretched.knee is not None
    assert stretched.place(0.3) > 0.02 * stretched.place(40.0)
    assert stretched.place(-0.2) == -stretched.place(0.2)
    assert stretched.place(400.0) == stretched.place(40.0)


@pytest.mark.parametrize("values", [[], [0.0], [1e-9, -1e-9], [1e9], [math.nan, 2.0], [-5.0, -4.0]])
def test_a_scale_always_holds_zero(values):
    """Whatever the values, zero lies within the axis and is one of its ticks."""
    scale = scale_for(values)
    low, high = scale.ends

    assert low < 0.0 < high
    assert 0.0 in scale.ticks()
    assert all(low <= scale.place(tick) <= high for tick in scale.ticks())


def test_ticks_say_their_sign():
    """A difference has its sign, zero has none, and the minus is a minus."""
    assert [signed(value) for value in (-2.5, 0.0, 1000.0)] == ["\u22122.5", "0", "+1,000"]


@pytest.mark.parametrize(("count", "most", "sizes"), [(1, 3, [1]), (3, 3, [3]), (4, 3, [2, 2]), (8, 3, [3, 3, 2]), (0, 3, [0])])
def test_rows_are_dealt_evenly(count, most, sizes):
    """Groups are as few as can be, and as even as can be."""
    keys = [str(n) for n in range(count)]

    assert [len(group) for group in dealt(keys, most)] == sizes
    assert [key for group in dealt(keys, most) for key in group] == keys
