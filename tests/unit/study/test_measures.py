"""What is watched is named in words, and its levels and differences are said so that no reader is misled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowline.futures.wording import plain, quotes
from shadowline.study.effects import Effect
from shadowline.study.measures import Measure, believed, came_of_it, change_text, level_text, measure_of, places_of, regret_text

SOLDIER = Measure("soldier", "Is a soldier killed?", "a soldier is killed", is_chance=True, unit="")
ATTACKS = Measure("attacks", "How many attacks are made?", "attacks on blue", is_chance=False, unit="a week")


def effect(base, changed, low, high, p, *, differing=5):
    """Return an effect: levels, interval, p value, futures that differ."""
    return Effect(base, changed, changed - base, low, high, p, 0.01, 3.7, 2.0, 0.1, None, None, None, None, None, differing)


@pytest.mark.parametrize(
    ("low", "high", "places"),
    [(-30, -10, 0), (-1.9, -1.5, 1), (-2.6, 2.6, 0), (-0.2, 0.2, 1), (0.06, 1.5, 1), (0.04, 1.5, 2), (-2e-6, 2e-6, 5), (3, 3, 2)],
)
def test_digits_follow_the_interval(low, high, places):
    """A difference has as many digits as its interval bears, and more only where an end of it would be rounded to nothing."""
    assert places_of(low, high) == places


@given(st.floats(0, 1), st.integers(0, 5))
def test_a_chance_is_never_said_to_be_what_it_is_not(value, places):
    """Only certainty is said to be 100 %, only what cannot happen 0 %, up to what sums may be off by."""
    text = level_text(SOLDIER, value, places)

    assert (text == "0 %") == (value <= 1e-12)
    assert (text == "100 %") == (value >= 1 - 1e-12)
    assert text.endswith(" %")


def test_levels_and_changes_are_said_in_their_own_kind():
    """A chance is a percentage, its change points with a sign; a count has its thousands parted; nothing has no sign."""
    assert [level_text(SOLDIER, value, 1) for value in (0.0001, 0.5, 0.9999)] == ["<0.1 %", "50.0 %", ">99.9 %"]
    assert [change_text(SOLDIER, value, 1) for value in (-0.25, 0.0001, 0.25)] == ["−25.0", "0.0", "+25.0"]
    assert [change_text(ATTACKS, value, 0) for value in (-1234.0, -0.2)] == ["−1,234", "0"]
    assert level_text(ATTACKS, 1234.0, 1) == "1,234.0"


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "under 1 %"), (0.004, "under 1 %"), (0.5, "50 %"), (0.996, "over 99 %"), (1.0, "over 99 %")]
)
def test_beliefs_are_never_said_to_agree_wholly(share, text):
    """A share of beliefs is a whole percentage, and neither none nor all, since it comes from few draws."""
    assert believed(share) == text


CAME = {
    "it falls": ((11.5, 9.8, -1.9, -1.5, 1e-6), ATTACKS, "fell from 11.5 to 9.8 a week (−1.7, −1.9 to −1.5)"),
    "it rises": ((9.8, 11.5, 1.5, 1.9, 1e-6), ATTACKS, "rose from 9.8 to 11.5 a week (+1.7, +1.5 to +1.9)"),
    "a chance": ((0.72, 0.6, -0.14, -0.1, 1e-6), SOLDIER, "fell from 72 % to 60 % (−12 points, −14 to −10)"),
    "it may be chance": ((9.8, 10.0, -0.4, 0.8, 0.3), ATTACKS, "went from 9.8 to 10.0 a week (+0.2, −0.4 to +0.8), which may be chance"),
    "no digit moves": ((9.8, 9.81, -0.4, 0.4, 0.9), ATTACKS, "stayed at 9.8 a week (0.0, −0.4 to +0.4)"),
}


@pytest.mark.parametrize("case", CAME)
def test_what_came_of_it_is_said(case):
    """Levels, difference and interval are told with the digits that the interval bears."""
    (base, changed, low, high, p), measure, text = CAME[case]
    said = came_of_it(measure, effect(base, changed, low, high, p), "claims.0", "effect")

    assert plain(said) == text
    paths = {quote.path for quote in quotes([said])}
    assert paths <= {f"claims.0.{name}" for name in ("base", "changed", "effect", "low", "high")}


def test_nothing_came_of_it():
    """Where no future differs the level is told, and that it is the same in all."""
    said = came_of_it(ATTACKS, effect(9.8, 9.8, 0.0, 0.0, 1.0, differing=0), "claims.0")

    assert plain(said) == "stayed at 9.80 a week in every future"


@pytest.mark.parametrize(("value", "text"), [(0.93, "93 points"), (0.0266, "2.7 points"), (0.00012, "0.012 points"), (0.0, "0.00 points")])
def test_regrets_have_two_digits(value, text):
    """A regret is told with two digits that mean something."""
    assert regret_text(SOLDIER, value) == text
    assert regret_text(ATTACKS, 1.94) == "1.9 a week"


def test_questions_without_words_of_their_own_are_quoted(camps_compared):
    """A question that has no clause or noun is told by its question."""
    document = camps_compared.scenario.document
    bare = document.model_copy(
        update={"outcomes": {key: words.model_copy(update={"says": None}) for key, words in document.outcomes.items()}, "measures": {}}
    )

    assert measure_of(bare, "war", 180).says == "the answer to “Does open war break out between red and blue?” is yes"
    assert measure_of(bare, "attacks", 180).says == "the answer to “How many attacks are made on blue?”"
    assert [measure_of(document, key, 180.0).unit for key in ("war", "attacks", "crossings", "order")] == [
        "", "a week", "per 180 days", "on average",
    ]  # fmt: skip
