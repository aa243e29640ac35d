"""What is said of a claim: what was done, what came of it, the verdict, and where it turns."""

import re
from dataclasses import replace

import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.futures.wording import plain, quotes
from shadowline.scenario.load import load_scenario
from shadowline.study.boundary import Boundary
from shadowline.study.claim_wording import boundary_sentence, claim_sentences, claim_texts, source_text
from shadowline.study.effects import Effect
from shadowline.study.lever_wording import lever_name, lever_text, moves_text, written_texts
from shadowline.study.verdicts import Verdict

EVIL = "<script>alert('two & more')</script>"


def effect(base=11.5, changed=9.8, low=-1.9, high=-1.5, *, p=1e-6, differing=5):
    """Return an effect: levels, interval, p value, futures that differ."""
    return Effect(base, changed, changed - base, low, high, p, 0.1, 3.7, 2.0, 0.01, None, None, None, None, None, differing)


@pytest.fixture
def told(camps_claims):
    """Return a function that tells the first claim of the smallest scenario, with its words or its result replaced."""

    def tell(words=None, **result):
        claim = replace(camps_claims.claims[0], **({"effect": effect(), "boundary": None} | result))
        claim = replace(claim, words=claim.words.model_copy(update=words or {}))
        return claim_texts(replace(camps_claims, claims=(claim,)), 0)

    return tell


def test_a_supported_claim_is_told_in_one_sentence(told):
    """What was done, what came of it with its interval, how far beliefs agree, and the verdict."""
    (said,) = told(sign_share=0.99, verdict=Verdict.SUPPORTED)

    assert said == (
        "Red sends a better officer to the brigade: attacks on blue fell from 11.5 to 9.8 a week (−1.7, −1.9 to −1.5), "
        "in 99 % of what may be believed. Supported."
    )


VERDICTS = {
    "contradicted": (
        {"expects": "more"}, {"sign_share": 0.01, "verdict": Verdict.CONTRADICTED},
        "(−1.7, −1.9 to −1.5), as claimed in 1 % of what may be believed. Contradicted.",
    ),
    "too small to tell": (
        {}, {"effect": effect(11.5, 11.4, -0.4, 0.2, p=0.4), "sign_share": 0.6, "verdict": Verdict.TOO_SMALL},
        "went from 11.5 to 11.4 a week (−0.1, −0.4 to +0.2), which may be chance, in 60 % of what may be believed. Too small to tell.",
    ),
    "conditional on beliefs": (
        {}, {"sign_share": 0.7, "verdict": Verdict.CONDITIONAL},
        "in 70 % of what may be believed. Conditional: it hangs on what is believed.",
    ),
    "unchanged": (
        {"expects": "unchanged", "within": 0.2}, {"sign_share": 0.9, "verdict": Verdict.SUPPORTED},
        "where up to 20 % either way counts as unchanged, as claimed in 90 % of what may be believed. Supported.",
    ),
    "identity": (
        {}, {"sign_share": 0.999, "verdict": Verdict.IDENTITY}, "in over 99 % of what may be believed. Decided by the equations.",
    ),
    "nothing came of it": (
        {}, {"effect": effect(11.5, 11.5, 0.0, 0.0, p=1.0, differing=0), "sign_share": None, "verdict": Verdict.TOO_SMALL},
        "attacks on blue stayed at 11.50 a week in every future. Too small to tell.",
    ),
    "a single draw": ({}, {"sign_share": None, "verdict": Verdict.TOO_SMALL}, "(−1.7, −1.9 to −1.5). Too small to tell."),
}  # fmt: skip


@pytest.mark.parametrize("name", VERDICTS)
def test_each_verdict_has_its_words(told, name):
    """Each verdict is told with what it rests on, and what may be chance is said to be so."""
    words, result, text = VERDICTS[name]

    assert told(words, **result)[0].endswith(text)


def test_what_is_given_is_told(with_policies):
    """What both futures are given is told beside what one of them changes; several policies are told one after the other."""
    words = """
claims:
  c:
    says: x
    given: {change: {actors.red.order.blue: 1}}
    change: {actors.brigade.zeal: 1}
    watch: soldier-killed
    expects: more
    could_fail: x
  d: {says: x, policy: halt+no-answer, watch: war, expects: fewer, could_fail: x}
"""
    from shadowline.study.claims import claims

    found = claims(with_policies(words), ["c", "d"], runs=60, horizon=30)
    first, second = claim_texts(found, 0)[0], claim_texts(found, 1)[0]

    assert first.startswith(
        "With “ideological zeal” (brigade) set to 1 (given the order of red about blue set to 1 in both futures), the chance that a soldier"
    )
    assert second.startswith("Red orders the brigade to stop. Blue answers nothing: the chance that open war breaks out")


# Values of the sweep, effects at them, whether and where it turns with its interval, how the lever is moved; what is said.
TURNS = {
    "a number": (
        (0, 1, 2),
        "sign",
        (1.02, 0.95, 1.1),
        "change",
        "The sign turns where the order of red about blue is 1.02 (0.95 to 1.10).",
    ),
    "a factor": ((0, 1, 2), "sign", (1.02, 0.95, 1.1), "times", "is multiplied by 1.02 (0.95 to 1.10)."),
    "a shift": ((0, 1, 2), "sign", (1.02, 0.95, 1.1), "plus", "is changed by 1.02 (0.95 to 1.10)."),
    "no interval": ((0, 1, 2), "sign", (1.02, None, None), "change", "is 1.02."),
    "between words": (("quiet", "major-strike", "x"), "sign", (None, None, None), "change", "is something between quiet and major strike."),
    "vanishes": ((0, 1, 2), "vanishes", (None, None, None), "change", "The effect vanishes where the order of red about blue is 0 or 2."),
    "neither": ((0, 1, 2), None, (None, None, None), "change", "turns nor vanishes where the order of red about blue is 0, 1 or 2."),
}


@pytest.mark.parametrize("name", TURNS)
def test_where_a_claim_turns_is_told(camps_claims, name):
    """A sign turns at a number, or between two words; an effect vanishes at some values; or it does neither."""
    values, turns, (at, low, high), way, text = TURNS[name]
    effects = [effect(low=0.0, high=0.1, changed=11.4), effect(changed=20.0, low=8.4, high=8.6), effect(low=0.0, high=0.1, changed=11.45)]
    claim = camps_claims.claims[0]
    flip = claim.words.flips_when.model_copy(update={"way": way, "values": values})
    boundary = Boundary(flip.along, values, tuple(effects), turns, at, low, high, "x")
    claim = replace(claim, boundary=boundary, words=claim.words.model_copy(update={"flips_when": flip}))
    said = boundary_sentence(camps_claims.scenario.document, claim, "claims.0.boundary")

    assert plain(said).endswith(text)
    assert not [part for part in said if isinstance(part, str) and re.search(r"\d", part)]


def test_every_sentence_of_claims_can_be_traced(camps_claims):
    """Whatever is said to have been found stands in the JSON under the path of the quote."""
    facts = camps_claims.as_json()
    said = [sentence for n in range(len(camps_claims.claims)) for sentence in claim_sentences(camps_claims, n)]

    assert len(quotes(said)) > 15
    for quote in quotes(said):
        value = facts
        for step in quote.path.split("."):
            value = value[int(step)] if isinstance(value, list | tuple) else value[step]
        assert value == quote.value, quote


@pytest.fixture(scope="module")
def axis():
    """Return the model case."""
    return load_scenario("iran-axis-2024", the_catalogue())


def test_whatever_a_claim_moves_can_be_told(axis):
    """Every claim and every sweep of the model case can be told: whose number it is and what becomes of it, without an id."""
    document = axis.document
    for words in document.claims.values():
        said = [] if words.policy is not None else [moves_text(document, words)]
        said += [] if words.given is None else [moves_text(document, words.given)]
        said += [] if words.flips_when is None else [lever_name(document, words.flips_when.along)]
        for text in said:
            assert not re.search(r"[a-z]\.[a-z]|_|>|\*", text), text


LEVERS = {
    "actors.*.growth": ("times", 5, "“growth of capability” (Kata'ib Hezbollah, Harakat al-Nujaba and others) times 5"),
    "actors.united-states.answers.delay": (
        "change", "14d", "“mean days from decision to strike, at least one” (the United States) set to 14 days",
    ),
    "actors.iran.order.united-states": ("change", "factions", "the order of Iran about the United States left to its factions"),
    "actors.iran.stance": ("change", ["deny", "praise"], "what Iran says of attacks set to deny and praise"),
    "lines.no-american-soldier.killed": ("change", 3, "the dead from which “No American soldier is killed” is crossed set to 3"),
    "theatres.red-sea.context": ("times", 2, "all quiet rates in Red Sea times 2"),
    "model.control.constant": ("plus", -2, "“hold on a group that nothing binds and nothing parts, as log odds” changed by −2"),
    "actors.iran.factions.leader.weight": ("change", 0, "“weight in the bargaining” (leader of Iran) set to 0"),
    "actors.iran.factions.leader.wants.israel": (
        "change", 0.6, "“ideal order toward an adversary” (leader of Iran about Israel) set to 0.6",
    ),
    "bodies.islamic-resistance-in-iraq.claims_under_its_name.kataib-hezbollah": (
        "change", 0,
        "“share of the member's attacks claimed under the body's name” (Kata'ib Hezbollah in the Islamic Resistance in Iraq) set to 0",
    ),
    "targets.tower-22.closed": ("change", 1, "“how far the target is out of reach” (the outpost Tower 22 in Jordan) set to 1"),
    "actors.iran.handler.ties": (
        "change", {"low": 0.2, "mode": 0.5, "high": 0.8}, "“personal ties of the handler to the groups' leaders” (Iran) set to about 0.5",
    ),
}  # fmt: skip


@pytest.mark.parametrize("path", LEVERS)
def test_levers_are_told_by_what_they_mean(axis, path):
    """A lever is told by the meaning of its number, or by words of its own, with its owners and what becomes of it."""
    way, value, text = LEVERS[path]
    words = axis.document.claims["handler"].model_copy(update={"policy": None, way: {path: value}})

    assert moves_text(axis.document, words) == text


def test_levers_as_they_are_written(axis):
    """The paths of a claim are written with their values, mappings laid open; a table shows the first of them."""
    words = axis.document.claims["handler"].model_copy(
        update={
            "policy": None,
            "change": {"actors.iran.handler": {"ties": 0, "language": 1}, "actors.iran.stance": ["deny", "praise"]},
            "times": {"actors.*.growth": 5},
            "plus": {"model.control.constant": -2},
        }
    )

    assert written_texts(words) == [
        "actors.iran.handler.ties = 0",
        "actors.iran.handler.language = 1",
        "actors.iran.stance = deny, praise",
        "actors.*.growth × 5",
        "model.control.constant − 2",
    ]
    assert lever_text(words) == "actors.iran.handler.ties = 0 (and 4 more)"
    assert lever_text(axis.document.claims["handler"]) == "policy old-handler"


def test_sources_are_told_with_their_place(axis):
    """What a source says is told with author, title, date and paragraph; a claim may rest on several, or on none."""
    (said,) = source_text(axis.document, ["azizi-2024/handler"])

    assert re.search(r"\(Arash Azizi, “Iran's Proxies Are Out of Control”, The Atlantic, 2024-01-30, paragraph \d+\)$", said)
    assert source_text(axis.document, []) == []


def test_a_notebook_shows_claims(camps_claims):
    """A notebook shows a row for each claim with its verdict, where claims turn, and signs as signs."""
    document = camps_claims.scenario.document
    evil = replace(camps_claims, scenario=replace(camps_claims.scenario, document=document.model_copy(update={"title": EVIL})))
    page = evil._repr_html_()

    assert page.count("<tr>") == len(camps_claims.claims) + 1
    assert "<script" not in page
    assert all(str(claim.verdict) in page for claim in camps_claims.claims)
    assert "The sign turns where" in page
