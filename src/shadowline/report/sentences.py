"""The briefing's own sentences, made from numbers: the answer in four sentences, and what is known and not known.

Every number in them is a `Quote` whose path leads into the briefing's facts (see `shadowline.report.facts`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shadowline.futures.wording import Quote, Sentence, Wording, amount, capital, counted, day_text, joined, percent, short_day, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

Facts = dict[str, Any]
LIKELY, NEARLY_SURE, SAFELY = 0.5, 0.95, 0.9
MOST_NAMED = 6


def share_of(facts: Facts, path: str) -> Quote:
    """Return a probability of the facts as a quote."""
    value = _at(facts, path)
    return Quote(percent(value), value, path)


def amount_of(facts: Facts, path: str) -> Quote:
    """Return a count of the facts as a quote."""
    value = _at(facts, path)
    return Quote(amount(value), value, path)


def whole_of(facts: Facts, path: str) -> Quote:
    """Return a whole number of the facts as a quote."""
    value = _at(facts, path)
    return Quote(whole(value), value, path)


def day_of(facts: Facts, path: str) -> Quote:
    """Return a date of the facts as a quote."""
    value = _at(facts, path)
    return Quote(day_text(value), str(value), path)


def short_day_of(facts: Facts, path: str) -> Quote:
    """Return a date of the facts as a short quote, for tables."""
    value = _at(facts, path)
    return Quote(short_day(value), str(value), path)


def _at(facts: Facts, path: str) -> Any:  # noqa: ANN401 - whatever stands there
    value: Any = facts
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def answer_in_short(facts: Facts, wording: Wording) -> list[Sentence]:
    """Return the answer in at most four sentences: the first question, what is likelier than not, the tempo, and what it hangs on."""
    asked = [key for key, answer in facts["outcomes"].items() if answer["kind"] == "probability"]
    parts = [_headline(facts, asked[0]) if asked else None, _likely(facts, asked[1:]), _tempo(facts), _hangs_on(facts, wording)]
    return [part for part in parts if part is not None]


def _claim(answer: Mapping[str, Any]) -> str:
    """Return what a question asks as a clause: the scenario's own, or the question in quotation marks."""
    return str(answer["says"]) if answer["says"] else f"the answer to “{answer['asks']}” is yes"


def _headline(facts: Facts, key: str) -> Sentence:
    answer, path = facts["outcomes"][key], f"outcomes.{key}"
    start: Sentence = (
        f"{capital(_claim(answer))} within ",
        whole_of(facts, "horizon_days"),
        " days of ",
        day_of(facts, "as_of"),
        " in ",
        share_of(facts, f"{path}.value"),
        " of futures",
    )
    error: Sentence = (" (Monte Carlo error ", share_of(facts, f"{path}.mc_low"), " to ", share_of(facts, f"{path}.mc_high"))
    return (*start, *error, "; ", *_spread(facts, path, share_of), ").")


def _spread(facts: Facts, path: str, quote: Any) -> Sentence:  # noqa: ANN401 - one of the functions above
    """Return what not knowing the numbers adds."""
    answer = _at(facts, path)
    if facts["certain"]:
        return ("all numbers of the scenario are certain",)
    if answer["spread_low"] is None:
        return ("chance hides what not knowing the numbers adds",)
    return (quote(facts, f"{path}.spread_low"), " to ", quote(facts, f"{path}.spread_high"), " as the unknown numbers vary")


def _likely(facts: Facts, asked: list[str]) -> Sentence | None:
    """Return the second sentence: what is likelier than not and by when, and the likeliest of the rest."""
    outcomes = facts["outcomes"]
    ranked = sorted(asked, key=lambda key: -outcomes[key]["value"])
    sure = [key for key in ranked if outcomes[key]["value"] >= NEARLY_SURE and outcomes[key]["mc_low"] >= SAFELY]
    likely = [key for key in ranked if outcomes[key]["value"] >= LIKELY and key not in sure]
    rest = [key for key in asked if 0.0 < outcomes[key]["value"] < LIKELY][:MOST_NAMED]  # the scenario's first ones matter most
    rest.sort(key=lambda key: -outcomes[key]["value"])
    parts: list[Sentence] = []
    for keys, lead in ((sure, "all but certain: "), (likely, "likelier than not: "), (rest, "less likely: ")):
        if keys:
            parts.append((lead, *joined([_with_chance(facts, key) for key in keys[:MOST_NAMED]])))
    if not parts:
        return ("None of the other things asked about happens in any future.",) if ranked else None
    first = parts[0][0]
    return (capital(str(first)), *parts[0][1:], *(piece for part in parts[1:] for piece in ("; ", *part)), ".")


def _with_chance(facts: Facts, key: str) -> Sentence:
    answer, path = facts["outcomes"][key], f"outcomes.{key}"
    dated: Sentence = ()
    if answer["value"] >= LIKELY and "median_date" in answer["when"]:
        dated = (", half of them by ", day_of(facts, f"{path}.when.median_date"))
    return (f"{_claim(answer)} (", share_of(facts, f"{path}.value"), *dated, ")")


def _tempo(facts: Facts) -> Sentence | None:
    """Return the third sentence: counts beside what was recorded before."""
    counts = [key for key, answer in facts["outcomes"].items() if answer["kind"] == "count"]
    if not counts:
        return None
    key = next((key for key in counts if key in facts["recorded"]), counts[0])
    answer, path = facts["outcomes"][key], f"outcomes.{key}"
    what = capital(answer["says"] or f"the answer to “{answer['asks']}”")
    verb = " come to " if answer["says"] else " is "
    start: Sentence = (what, verb, amount_of(facts, f"{path}.value"), f" {answer['unit']}", " (", *_spread(facts, path, amount_of), ")")
    if key not in facts["recorded"]:
        return (*start, ".")
    weeks = facts["recorded"][key]["weeks"]
    known: Sentence = (", of which ", amount_of(facts, f"recorded.{key}.known"), " become known") if answer["unit"] == "a week" else ()
    before: Sentence = (
        ", against ",
        amount_of(facts, f"recorded.{key}.a_week"),
        " a week recorded in the ",
        Quote(counted(weeks, "week"), weeks, f"recorded.{key}.weeks"),
        " from ",
        day_of(facts, f"recorded.{key}.from"),
        " to ",
        day_of(facts, f"recorded.{key}.to"),
        ".",
    )
    return (*start, *known, *before)


def _hangs_on(facts: Facts, wording: Wording) -> Sentence:
    """Return the last sentence: which number moves the first answer most, how much rests on judgement, and the escalation margin."""
    value = facts["escalation_margin"]
    margin: Sentence = ("the escalation margin is ", Quote(f"{value:.2f}", value, "escalation_margin"), f" {MARGIN}.")
    if not facts["numbers_that_matter"]:
        why = "all numbers are certain" if facts["certain"] else "there are too few parameter draws to say which numbers matter"
        return (f"{capital(why)}; ", *margin)
    if not facts["counts"]["standing_out"]:
        return ("With so few parameter draws no number stands out of chance; ", *margin)
    if facts["first"] is None:
        matter = (whole_of(facts, "counts.numbers_that_matter"), " numbers that matter rest on judgement; ")
        return (share_of(facts, "judgement_share"), " of the ", *matter, *margin)
    outcome = facts["first"]["outcome"]
    quote = share_of if facts["outcomes"][outcome]["kind"] == "probability" else amount_of
    first = next(iter(facts["outcomes"])) == outcome
    which = "The first answer" if first else f"The answer to “{facts['outcomes'][outcome]['asks']}”"
    return (
        f"{which} moves most with one number ({wording.number(facts['first']['path'], facts['first']['meaning'])}): it is ",
        quote(facts, f"movers.{outcome}.0.low"),
        " where that is small and ",
        quote(facts, f"movers.{outcome}.0.high"),
        " where it is large; ",
        whole_of(facts, "first.judged"),
        " of the first ",
        whole_of(facts, "first.shown"),
        f" such numbers rest{'s' if facts['first']['judged'] == 1 else ''} on judgement; ",
        *margin,
    )


MARGIN = "on the first morning (1: an event sets off nothing; 0: it brings about one more)"
READING = (
    "Monte Carlo error comes from playing a finite number of futures and shrinks with more of them. Parameter spread comes from not "
    "knowing the numbers: it is the range of the answer over the parameter draws, and more futures do not shrink it."
)


CHOICE = (
    "ranked by the highest rung used, then by people killed on the side of the one most asked about, then by attacks, these are told: a "
    "calm one a twentieth of the way up, a middling one, and the worst. A story tells the turning points and sums up the rest; `why` "
    "tells every event of it, each with its cause."
)
SEES_CLEARLY = (
    "What an adversary believes of a patron's orders and hold follows the truth with a delay of about a month and without error; what it "
    "believes of a single attack is uncertain. Nobody in the model lies successfully about his orders for long."
)
CAUTION = (
    "This is a rough comparison and no fit; where it says nothing of a number, a finer one might. Rates and multipliers were set with the "
    "same totals in view, so that the record is used twice."
)


def choice(facts: Facts) -> list[Sentence]:
    """Return how the futures that are told were chosen."""
    if facts["runs"] == 1:
        return [("Only one future was played; it is told here.",)]
    return [("Of ", whole_of(facts, "runs"), " futures, ", CHOICE)]


def hanging(facts: Facts) -> list[Sentence]:
    """Return how many numbers there are, and which of them matter."""
    if not facts["numbers_that_matter"]:
        why = (
            "Every number of this scenario is certain"
            if facts["certain"]
            else "There are too few parameter draws to tell which numbers matter"
        )
        return [(f"{why}, so that there is nothing to rank.",)]
    numbers: Sentence = ("Of ", whole_of(facts, "counts.numbers"), " numbers in the model, ")
    if not facts["counts"]["standing_out"]:
        few: Sentence = (
            "none moves an answer more than chance would with ",
            whole_of(facts, "draws"),
            " parameter draws; those that go furthest are shown.",
        )
        return [(*numbers, *few)]
    moving: Sentence = (
        whole_of(facts, "counts.standing_out"),
        " move an answer so much that chance alone would not do it; ",
        share_of(facts, "judgement_share"),
        " of these rest on judgement.",
    )
    return [(*numbers, *moving)]


def known(facts: Facts, wording: Wording) -> list[Sentence]:
    """Return what holding the model against the record gave."""
    support = facts["support"]
    if support is None:
        return [("There is no recorded past of at least four weeks, or there are too few parameter draws, to hold the numbers against.",)]
    checks, numbers = len(support["checks"]), support["numbers"]
    held: Sentence = (
        "The recorded weeks were played ",
        whole_of(facts, "support.histories"),
        " times without the record: ",
        whole_of(facts, "support.inside"),
        " of ",
        Quote(counted(checks, "recorded count"), checks, "support.recorded_counts"),
        " lie within the 5–95 % range of what the numbers imply; the ranges are wide.",
    )
    moved = [wording.number(row["path"], row["meaning"]) for row in numbers if row["moved"]]
    spoke: Sentence = (
        "Of the ",
        Quote(str(len(numbers)), len(numbers), "support.numbers"),
        " strongest numbers that matter the record tests ",
        whole_of(facts, "support.moved"),
        f" ({'; '.join(moved)})" if moved else "",
        ", measured by the tenth of these histories that come nearest to it; of the others it says nothing.",
    )
    return [held, spoke, (CAUTION,)]


def limits(facts: Facts) -> list[Sentence]:
    """Return the limits, those of every briefing and those that this run's numbers show."""
    found: list[Sentence] = [
        ("A model of this kind orders possibilities; it does not know the future. Its answers hold under its assumptions.",),
        ("Rare strikes and war rest on a handful of events or on judgement; their ranges matter more than their middle.",),
    ]
    if facts["judgement_share"] and facts["counts"]["standing_out"]:
        found.append(
            (
                share_of(facts, "judgement_share"),
                " of the numbers that matter rest on judgement; they are marked J.",
            )
        )
    hidden = [key for key, answer in facts["outcomes"].items() if answer["spread_low"] is None]
    if hidden and not facts["certain"]:
        questions = Quote(counted(len(hidden), "question"), len(hidden), "counts.hidden")
        found.append(("For ", questions, " chance hides what not knowing the numbers adds; more futures would show it."))
    if facts["support"] is not None:
        found.append(("Whoever wrote the scenario may have known how things went; a forecast is scored only on what was written before.",))
    found.append((SEES_CLEARLY,))
    found.append(("Only what the scenario declares can happen: no new actor, no new line, no change of government it does not name.",))
    return found


def grounds(facts: Facts) -> list[Sentence]:
    """Return how many entries of evidence there are."""
    return [("The scenario names ", whole_of(facts, "counts.evidence"), " entries of evidence, by kind:")]
