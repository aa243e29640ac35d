"""What comparisons say in sentences: grammatical in every case, and every number traceable."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from shadowline.futures.wording import Quote, Wording, plain, quotes
from shadowline.study.effects import Effect
from shadowline.study.measures import Measure
from shadowline.study.parting import Parting
from shadowline.study.wording import (
    alarms,
    foremost,
    gain_sentence,
    matched,
    matched_sentence,
    matched_sentences,
    parted,
    parting_sentence,
    reach_sentences,
    shown,
)

SOLDIER = Measure("soldier", "Is a soldier killed?", "a soldier is killed", is_chance=True, unit="")
LEAVING = "leaving things as they are"
NOW, HALT, SPUR = "as-it-is", "halt", "spur"


def effect(base=0.4, changed=0.2, *, low=None, high=None, p=0.001, counts=(None, None, None), differing=5):
    """Return an effect: levels, interval, p value, and futures in which it is avoided, caused, and happens in the base."""
    gap = changed - base
    low, high = gap - 0.02 if low is None else low, gap + 0.02 if high is None else high
    avoided, caused, happened = counts
    return Effect(base, changed, gap, low, high, p, 0.01, 3.7, 2.0, 0.1, None, None, avoided, caused, happened, differing)


# Avoided, caused, happened in the base, of how many; the policy and the one that it is held against; what is said.
SAID = {
    "some avoided, some caused": (
        (412, 37, 1031), 10_000, (HALT, NOW),
        "Of 10,000 matched futures, HALT avoids 412 of the 1,031 in which a soldier is killed as things are, and causes it in 37 others.",
    ),
    "one avoided, one caused": (
        (1, 1, 5), 20, (HALT, NOW),
        "Of 20 matched futures, HALT avoids 1 of the 5 in which a soldier is killed as things are, and causes it in 1 other.",
    ),
    "none avoided": (
        (0, 3, 5), 20, (HALT, NOW),
        "Of 20 matched futures, HALT avoids none of the 5 in which a soldier is killed as things are, and causes it in 3 others.",
    ),
    "the one not avoided": (
        (0, 3, 1), 20, (HALT, NOW),
        "Of 20 matched futures, HALT does not avoid the one in which a soldier is killed as things are, and causes it in 3 others.",
    ),
    "none caused": (
        (2, 0, 5), 20, (HALT, NOW),
        "Of 20 matched futures, HALT avoids 2 of the 5 in which a soldier is killed as things are, and causes it in no other.",
    ),
    "the only one avoided": (
        (1, 0, 1), 20, (HALT, NOW),
        "Of 20 matched futures, HALT avoids the only one in which a soldier is killed as things are, and causes it in no other.",
    ),
    "both avoided": (
        (2, 0, 2), 20, (HALT, NOW),
        "Of 20 matched futures, HALT avoids both in which a soldier is killed as things are, and causes it in no other.",
    ),
    "all avoided": (
        (5, 0, 5), 20, (HALT, NOW),
        "Of 20 matched futures, HALT avoids all 5 in which a soldier is killed as things are, and causes it in no other.",
    ),
    "it happens in every future": (
        (5, 0, 20), 20, (HALT, NOW),
        "Of 20 matched futures, HALT avoids 5 of the 20 in which a soldier is killed as things are.",
    ),
    "it happens in no future": (
        (0, 3, 0), 20, (HALT, NOW),
        "Of 20 matched futures there is none in which a soldier is killed as things are; HALT causes it in 3.",
    ),
    "it happens in no future, and then in one": (
        (0, 1, 0), 20, (HALT, NOW),
        "Of 20 matched futures there is none in which a soldier is killed as things are; HALT causes it in 1.",
    ),
    "nothing counted": ((0, 0, 5), 20, (HALT, NOW), "In none of 20 matched futures does HALT change whether a soldier is killed."),
    "one future": (
        (1, 0, 1), 1, (HALT, NOW), "Of 1 matched future, HALT avoids the only one in which a soldier is killed as things are.",
    ),
    "against another policy": (
        (2, 3, 5), 20, (SPUR, HALT),
        "Of 20 matched futures, SPUR avoids 2 of the 5 in which a soldier is killed under HALT, and causes it in 3 others.",
    ),
    "none under another policy": (
        (0, 3, 0), 20, (SPUR, HALT),
        "Of 20 matched futures there is none in which a soldier is killed under HALT; SPUR causes it in 3.",
    ),
    "two policies at once": (
        (2, 3, 5), 20, ("halt+no-answer", SPUR),
        "Of 20 matched futures, HALT + NO-ANSWER avoids 2 of the 5 in which a soldier is killed under SPUR, and causes it in 3 others.",
    ),
    "no policy against one": (
        (2, 0, 5), 9, (NOW, HALT),
        f"Of 9 matched futures, {LEAVING} avoids 2 of the 5 in which a soldier is killed under HALT, and causes it in no other.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_what_is_avoided_and_caused_is_said_grammatically(case):
    """None, one, both, all and some are said as people say them, whatever the policy and the one that it is held against."""
    counts, runs, names, text = SAID[case]

    assert plain(matched_sentence(SOLDIER, effect(counts=counts), names, runs, "pairs.0.effects.soldier")) == text


@pytest.mark.parametrize("case", SAID)
def test_every_number_said_has_its_place(case):
    """What was counted is quoted with its value and path, also where it is said in words, and no figure stands outside a quote."""
    counts, runs, names, _ = SAID[case]
    sentence = matched_sentence(SOLDIER, effect(counts=counts), names, runs, "here")
    values = {"runs": runs} | dict(zip(("here.avoided", "here.caused", "here.happened"), counts, strict=True))

    assert quotes([sentence])
    for quote in quotes([sentence]):
        assert quote.value == values[quote.path]
    assert not [part for part in sentence if isinstance(part, str) and re.search(r"\d", part)]


FEW, MANY = " So few can be counted that the chance, summed over days, says more: it", " The chance, summed over days,"
# What is counted, the levels and the p value; how the sentence goes on.
CHANCES = {
    "few are counted": ((2, 0, 5), 0.026, 0.011, 1e-4, f"{FEW} falls from 2.60 % to 1.10 %."),
    "many are counted": ((200, 0, 500), 0.026, 0.011, 1e-4, f"{MANY} falls from 2.60 % to 1.10 %."),
    "it rises": ((0, 200, 500), 0.011, 0.026, 1e-4, f"{MANY} rises from 1.10 % to 2.60 %."),
    "it may be chance": ((150, 160, 500), 0.011, 0.012, 0.4, f"{MANY} goes from 1.10 % to 1.20 %, which may be chance."),
    "nothing to be seen": ((150, 150, 500), 0.011, 0.01101, 0.4, f"{MANY} stays at 1.10 %."),
    "to nothing": ((5, 0, 5), 0.011, 0.0, 1e-4, f"{FEW} falls from 1.10 % to 0 %."),
}


@pytest.mark.parametrize("case", CHANCES)
def test_rare_things_have_their_chance_told_too(case):
    """Where the chance is summed over days it is told beside the count, with what may be chance said to be so."""
    counts, base, changed, p, text = CHANCES[case]
    gap = changed - base
    moved = effect(base, changed, low=gap - 0.0015, high=gap + 0.0015, p=p, counts=counts)
    sentence = matched_sentence(SOLDIER, moved, (HALT, NOW), 1000, "here", summed=True)

    assert plain(sentence).endswith(text)
    assert {quote.path: quote.value for quote in quotes([sentence])}["here.base"] == base


def test_names_of_policies_stand_out():
    """A policy is in capitals; several at once are joined by a plus."""
    assert [shown(name) for name in ("halt", "halt+no-answer")] == ["HALT", "HALT + NO-ANSWER"]


@pytest.mark.parametrize(
    ("act", "reason", "text"),
    [
        ("attack", "obedience", "The Brigade attacks or does not, because it obeys somebody else: 59 pairs, median day 5"),
        ("attack", "order", "The Brigade attacks or does not, because the order that it obeys is another: 59 pairs, median day 5"),
        ("attack", "pace", "The Brigade attacks or does not, because its own pace is another: 59 pairs, median day 5"),
        ("attack", "harm", "An attack by the Brigade gets through or does not: 59 pairs, median day 5"),
        ("strike", "answer", "The Brigade strikes or does not, because its answer is decided otherwise: 59 pairs, median day 5"),
        ("leader-death", "fate", "The ruler of the Brigade dies or does not: 59 pairs, median day 5"),
        ("nothing", "fate", "The same acts are done in another way: 59 pairs, median day 5"),
    ],
)
def test_reasons_for_parting_are_told_in_words(act, reason, text):
    """Each kind of act and reason has its words, with the number of pairs and the day."""
    wording = SimpleNamespace(actor=lambda key: f"the {key.title()}")
    row = Parting("brigade", act, reason, 59, 5.0, 7)

    assert plain(parting_sentence(wording, row, "here")) == text
    assert plain(parting_sentence(wording, replace(row, pairs=1, median_day=6.5), "here")).endswith(": 1 pair, day 6.5")


def test_every_sentence_of_a_comparison_can_be_traced(camps_compared):
    """Whatever a comparison says of a number stands in its JSON under the path of the quote."""
    facts = camps_compared.as_json()
    wording = Wording(camps_compared.arms[0].results.model.names)
    sentences = [one.sentence for one in matched(camps_compared)]
    for n, pair in enumerate(camps_compared.pairs):
        path = f"pairs.{n}"
        sentences += [parted(pair, path, camps_compared.runs), *reach_sentences(wording, pair)]
        sentences.append(gain_sentence(pair, foremost(camps_compared, pair), path))
        for key, rows in pair.partings.items():
            sentences += [parting_sentence(wording, row, f"{path}.partings.{key}.{m}") for m, row in enumerate(rows)]

    assert len(quotes(sentences)) > 100
    for quote in quotes(sentences):
        assert resolved(facts, quote.path) == quote.value, quote


def test_every_outcome_that_differs_has_its_sentence(camps_compared):
    """There is a sentence for each policy and yes-or-no outcome in which some future differs, in that order, and no other."""
    expected = [
        (pair.changed, key)
        for pair in camps_compared.pairs
        for key, effect in pair.effects.items()
        if effect.avoided is not None and effect.differing
    ]

    assert [(one.policy, one.outcome) for one in matched(camps_compared)] == expected
    assert camps_compared.sentences == matched_sentences(camps_compared) == camps_compared.as_json()["sentences"]
    assert {one.against for one in matched(camps_compared)} == {"as-it-is"}


def test_what_stands_out_and_is_minded_comes_first(camps_compared):
    """What may be chance comes after what does not, and in either part what some side minds comes first."""
    minded = {"soldier-killed", "war", "struck"}
    for pair in camps_compared.pairs:
        keys = foremost(camps_compared, pair, 99)
        marks = [(pair.effects[key].p >= 0.05, key not in minded) for key in keys]
        assert marks == sorted(marks)
        assert set(keys) == {key for key, effect in pair.effects.items() if effect.differing}


def test_no_act_that_differs_is_told_so(camps_compared):
    """A policy under which no act differs has no days of parting."""
    pair = replace(camps_compared.pairs[0], first_days=None, parted=0)

    assert plain(parted(pair, "pairs.0", 400)) == "No act differs in any of 400 matched futures."
    assert plain(parted(replace(pair, first_days=(3, 3, 3), parted=1), "pairs.0", 400)).startswith("1 of 400 matched futures parts: ")


def test_whom_a_policy_cannot_reach_is_told(camps_compared):
    """Actors out of reach and actors who act alike are told apart; one who differs without a path is no longer said to be the same."""
    wording = Wording(camps_compared.arms[0].results.model.names)
    pair = replace(camps_compared.pairs[0], untouched=("blue", "red"), broken=("red",), unchanged=("brigade",))

    assert [plain(said) for said in reach_sentences(wording, pair)] == [
        "No path of influence leads from it to blue, whose acts are the same in every future.",
        "Reached, but acting alike in every future: brigade.",
    ]
    assert reach_sentences(wording, replace(pair, untouched=(), broken=(), unchanged=())) == []


def test_what_is_wrong_is_said_aloud(camps_compared):
    """A policy left out, one that changes no future, and an actor who differs although nothing leads to him are told; others are not."""
    pair = camps_compared.pairs[0]
    still = {key: replace(effect, differing=0) for key, effect in pair.effects.items()}
    odd = [replace(pair, parted=0, effects=still), replace(pair, broken=("red", "brigade"))]

    assert alarms(camps_compared) == []
    scenario = replace(camps_compared.scenario, left_out=("policies.gone", "claims.gone"))
    assert alarms(SimpleNamespace(scenario=scenario, arms=camps_compared.arms, pairs=odd)) == [
        "policies.gone is left out: what it waits for is no longer asked",
        "HALT changes numbers of the model, but no future",
        "HALT changes what red and brigade did, although no path of influence leads there",
    ]


def test_what_pairing_saves_is_told_for_what_differs(camps_compared):
    """Questions in which no future differs have nothing to be saved, and are left out."""
    pair = camps_compared.pairs[0]
    effects = pair.effects | {"war": replace(pair.effects["war"], gain=None), "soil": replace(pair.effects["soil"], gain=11.94)}
    pair = replace(pair, effects=effects | {"pause": replace(pair.effects["pause"], gain=2.0)})

    said = "With independent seeds the variance of the difference would be 11.9 times as large for soil and 2.0 for pause."
    assert plain(gain_sentence(pair, ["war", "soil", "pause"], "pairs.0")) == said
    assert gain_sentence(pair, ["war"], "pairs.0") is None


def resolved(facts, path):
    """Return what stands in the facts under a path."""
    for step in path.split("."):
        facts = facts[int(step)] if isinstance(facts, list | tuple) else facts[step]
    return facts


class Shown(HTMLParser):
    """Reads HTML into its tags and the texts of its cells."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.said = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        del attrs
        self.tags.append(tag)

    def handle_data(self, data):
        """Add text."""
        self.said += data


def test_a_notebook_shows_a_comparison(camps_compared):
    """A notebook shows policies, one row for each question that differs, and the sentences that matter most."""
    shown_page = Shown(camps_compared._repr_html_())
    differing = sum(effect.differing > 0 for pair in camps_compared.pairs for effect in pair.effects.values())

    assert shown_page.tags.count("tr") == differing + 1
    assert all(arm.says in shown_page.said for arm in camps_compared.arms)
    assert matched_sentences(camps_compared)[0] in shown_page.said
    assert "400 matched futures" in shown_page.said


def test_a_notebook_shows_signs_as_signs(with_policies):
    """Titles, policies and questions with <, > and & are shown as they were written and run nothing."""
    from shadowline.study.compare import compare

    evil = "<script>alert('two & more')</script>"
    words = f'title: "{evil}"\npolicies: {{halt: {{says: "{evil}"}}}}\noutcomes: {{soil: {{asks: "{evil}", says: "{evil}"}}}}\n'
    page = compare(with_policies(words), ["halt"], runs=40)._repr_html_()

    assert "<script" not in page
    assert set(Shown(page).tags) <= {"p", "b", "br", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "data"}
    assert Shown(page).said.count(evil) >= 3


def test_a_quote_keeps_its_value():
    """What is said in words is still the number that was counted."""
    sentence = matched_sentence(SOLDIER, effect(counts=(2, 0, 2)), (HALT, NOW), 20, "here")

    assert Quote("both", 2, "here.avoided") in sentence
    assert Quote("no", 0, "here.caused") in sentence
