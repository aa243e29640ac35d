"""Rules of a scenario in words: who is meant, what crosses a line, how a question is resolved, what a doctrine says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shadowline.report.odd.writing import amount, code, counted, listed, plain

if TYPE_CHECKING:
    from shadowline.scenario.schema import Document
    from shadowline.scenario.schema_conflict import Crossing
    from shadowline.scenario.schema_questions import AttacksWords, OutcomeWords, StrikeWords


def name_of(document: Document, key: str) -> str:
    """Return the name of an actor, or its id where it has none."""
    actor = document.actors.get(key)
    return plain(actor.name) if actor is not None and actor.name else code(key)


def target_name(document: Document, key: str) -> str:
    """Return the name of a target or an actor."""
    target = document.targets.get(key)
    return plain(target.name or key) if target is not None else name_of(document, key)


def crossing_text(document: Document, crossing: Crossing) -> str:
    """Return what an event must be to cross a line."""
    words = [f"a strike of rung {crossing.at_least} or higher" if crossing.at_least else f"{_an(crossing.event)} {crossing.event}"]
    if crossing.actor:
        words.append(f"by {name_of(document, crossing.actor)}")
    if crossing.target:
        words.append(f"on {target_name(document, crossing.target)}")
    if crossing.target_owner:
        words.append(f"on anything that belongs to {name_of(document, crossing.target_owner)}")
    if crossing.territory:
        words.append(f"on the territory {code(crossing.territory)}")
    if crossing.theatre:
        words.append(f"in the theatre {code(crossing.theatre)}")
    if crossing.event == "attack":
        words.append(_harm(crossing))
    return " ".join(words)


def _an(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _harm(crossing: Crossing) -> str:
    """Return what an attack must do to cross a line."""
    if not crossing.killed:
        return "that gets through" if crossing.hits else "whether or not it gets through"
    toll = listed(
        counted(least, "person" if victims == "any" else f"{victims}{' person' if victims == 'other' else ''}")
        for victims, least in crossing.killed.items()
    )
    window = "" if crossing.within <= 1 else f" within {amount(crossing.within)} days"
    return f"that kills at least {toll}{window}"


def resolution_text(document: Document, outcome: OutcomeWords) -> str:
    """Return how a question is resolved."""
    if outcome.count is not None:
        return _counting(document, outcome.count)
    happening = outcome.happens_when
    if happening is not None and happening.no_attacks is not None:
        attacks = _attacks(document, happening.no_attacks)
        days = amount(happening.no_attacks.for_ or 1)
        return f"yes when {days} days in a row (days before day 0 count) have passed without {attacks}"
    return f"yes on the day on which {_happening(document, happening)}"


def _happening(document: Document, happening: Any) -> str:  # noqa: ANN401 - an outcome's words
    """Return what has to happen on a day."""
    if happening.line_crossed is not None:
        return f"the line {code(happening.line_crossed)} is crossed"
    if happening.strike is not None:
        return _strike(document, happening.strike)
    if happening.open_war is not None:
        return _war(document, happening.open_war.patron, happening.open_war.adversary)
    return f"the ruler of {name_of(document, happening.leader_dies)} dies"


def _war(document: Document, patron: str, adversary: str) -> str:
    """Return what open war between two actors means, in the model and against a record."""
    one, other = name_of(document, adversary), name_of(document, patron)
    chances = f"{code(f'dyads.{patron}>{adversary}.war.starts')}, {code('war.starts_if_answer_kills')}"
    return (
        f"an exchange between {one} and {other} escalates for good: in the model, when a strike by {one} on {other}'s people abroad or on "
        f"its soil, or an answer by {other} that kills soldiers, sets off open war with the chance declared for it ({chances}; see Open "
        "war in section 7); against a record, when both have struck the other directly on at least three days within 14, or a hundred "
        "people of one side have been killed by such strikes in a week"
    )


def _counting(document: Document, count: Any) -> str:  # noqa: ANN401 - an outcome's words
    per = "over the horizon" if count.per == "horizon" else f"per {count.per}"
    if count.attacks is not None:
        return f"the number of {_attacks(document, count.attacks)} {per}"
    if count.strikes is not None:
        return f"the number of days {per} on which {_strike(document, count.strikes)}"
    whose = "any owner" if count.lines_crossed == "any" else name_of(document, count.lines_crossed)
    return f"the number of red lines of {whose} crossed, each at most once a day, {per}"


def _attacks(document: Document, attacks: AttacksWords) -> str:
    words = ["attacks" if attacks.counted == "all" else f"{attacks.counted} attacks", f"on {name_of(document, attacks.on)}"]
    if attacks.theatre:
        words.append(f"in the theatre {code(attacks.theatre)}")
    if attacks.by:
        words.append(f"by {name_of(document, attacks.by)}")
    return " ".join(words)


def _strike(document: Document, strike: StrikeWords) -> str:
    whom = name_of(document, strike.on) if strike.on else "anybody"
    if strike.at_least and strike.at_least == strike.at_most:
        rungs = f"on rung {strike.at_least}"
    elif strike.at_least and strike.at_most:
        rungs = f"on a rung from {strike.at_least} to {strike.at_most}"
    elif strike.at_least:
        rungs = f"on rung {strike.at_least} or higher"
    else:
        rungs = f"on rung {strike.at_most} or lower" if strike.at_most else "on any rung"
    return f"{name_of(document, strike.by)} strikes {whom} {rungs}"


def rule_text(document: Document, rule: Any) -> str:  # noqa: ANN401 - a doctrine's rule
    """Return a rule of a declared doctrine."""
    answer = (
        rule.answer
        if isinstance(rule.answer, str)
        else listed(f"{rung} with weight {amount(weight)}" for rung, weight in rule.answer.items())
    )
    more = [
        f"decided {rule.timing}" if rule.timing != "at once" else "",
        f"after {amount(rule.delay)} days on average" if rule.delay else "",
        f"at most {rule.cap}" if rule.cap else "",
        f"then none for {amount(rule.cooldown)} days" if rule.cooldown else "",
        f"generosity {amount(rule.generosity)}" if rule.generosity else "",
        f"error {amount(rule.error)}" if rule.error else "",
    ]
    return f"{_when(document, rule.when)}: {'; '.join(filter(None, (answer, *more)))}."


def _when(document: Document, when: Any) -> str:  # noqa: ANN401 - a rule's conditions
    if when is None:
        return "Otherwise"
    parts = [
        f"a line was crossed within {amount(when.line_crossed_within)} days" if when.line_crossed_within else "",
        f"provocation is {amount(when.provocation_at_least)} or more" if when.provocation_at_least else "",
        f"blame is {amount(when.blame_at_least)} or more" if when.blame_at_least else "",
        f"one attack killed at least {when.killed_at_least} within {amount(when.within)} days" if when.killed_at_least else "",
        f"{name_of(document, when.looks_at)} acted against it within {amount(when.within)} days" if when.looks_at else "",
    ]
    return "When " + (listed(filter(None, parts)) or "anything is the case")
