"""What can happen at all in a scenario: who can attack or strike whom, how high, and which lines that could cross.

Everything here reads words only, and errs on the side of the possible: what is called impossible cannot happen in any future.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from shadowline.parameters import RUNGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shadowline.scenario.schema import Crossing, Document

LIMITED, MAJOR, ASSETS, SOIL = 1, 2, 3, 4
ACTING_RUNGS = RUNGS[LIMITED : SOIL + 1]
EXPOSED_WITH_SOLDIERS = "contractor"
"""Attacks on soldiers may kill contractors who work beside them."""


class Blow(NamedTuple):
    """A kind of strike that could happen: by whom, on whom (None: nobody in particular), on which rung, where."""

    by: str
    on: str | None
    rung: int
    territory: str | None


def actors_of(document: Document, *roles: str) -> list[str]:
    """Return the ids of the actors with one of these roles."""
    return [key for key, actor in document.actors.items() if actor.role in roles]


def faces(document: Document, proxy: str, adversary: str, *, in_peace: bool = False) -> bool:
    """Return whether a proxy has a front against an adversary; ``in_peace`` leaves out declared wars."""
    if in_peace and any(war.between == (adversary, proxy) for war in document.wars):
        return False
    return any(front.proxy == proxy and document.targets[front.target].owner == adversary for front in document.fronts)


def facing(document: Document, adversary: str, *, in_peace: bool = False) -> list[str]:
    """Return the proxies with a front against an adversary."""
    return [proxy for proxy in actors_of(document, "proxy") if faces(document, proxy, adversary, in_peace=in_peace)]


def principals_of(document: Document, proxy: str) -> list[str]:
    """Return the principals with a tie to a proxy."""
    return [tie.from_ for tie in document.ties if tie.to == proxy]


def looked_at(document: Document, actor: str) -> set[str]:
    """Return the actors that an actor's doctrine looks at, which are those it answers in person."""
    answers = getattr(document.actors[actor], "answers", None)
    if answers is None:
        return set()
    rules = document.doctrines.get(answers.doctrine, ())
    named = {rule.when.looks_at for rule in rules if rule.when is not None} if rules else {answers.looks_at}
    return {name for name in named if name is not None}


def menu_rungs(rule: Any) -> list[int]:  # noqa: ANN401 - a rule
    """Return the rungs that a declared rule may choose: those with weight, up to its cap."""
    cap = RUNGS.index(rule.cap) if rule.cap is not None else SOIL
    if rule.answer == "by judgement":
        return list(range(LIMITED, min(cap, SOIL) + 1))
    if rule.answer == "nothing":
        return []
    chosen = [RUNGS.index(rung) for rung, weight in rule.answer.items() if weight > 0]
    return sorted(rung for rung in chosen if LIMITED <= rung <= min(cap, SOIL))


def rungs_open_to(document: Document, actor: str) -> list[int]:
    """Return the rungs on which an actor's own answers allow it to strike."""
    answers = getattr(document.actors[actor], "answers", None)
    doctrine = None if answers is None else answers.doctrine
    if doctrine in document.doctrines:
        return sorted({rung for rule in document.doctrines[doctrine] for rung in menu_rungs(rule)})
    if doctrine == "never":
        return []
    if doctrine in {"tit-for-tat", "generous"}:
        return [LIMITED]
    usual = MAJOR if doctrine == "capped" else SOIL
    cap = RUNGS.index(answers.cap) if answers is not None and answers.cap is not None else usual
    return list(range(LIMITED, min(cap, SOIL) + 1))


def may_strike_patron(document: Document, adversary: str, patron: str) -> bool:
    """Return whether an adversary could come to strike a patron because it blames it for attacks.

    An adversary that looks for authority or orders blames whom the evidence points to, whether or not a tie is declared.
    """
    if document.actors[patron].role != "patron" or max(rungs_open_to(document, adversary), default=0) < ASSETS:
        return False
    suspects = facing(document, adversary, in_peace=True)
    if document.actors[adversary].looks_for == "sponsor":
        tied = {tie.to for tie in document.ties if tie.from_ == patron}
        return bool(suspects) and not tied.isdisjoint(facing(document, adversary))
    return bool(suspects)


def blows(document: Document) -> Iterator[Blow]:
    """Yield every kind of strike that could happen."""
    for strike in document.strikes:
        home = document.actors[strike.against].territory
        yield Blow(strike.by, strike.against, RUNGS.index(strike.rung), strike.territory or home)
    for adversary in actors_of(document, "adversary"):
        yield from _answers_of_adversary(document, adversary)
    for actor in actors_of(document, "patron", "host", "proxy"):
        rungs = rungs_open_to(document, actor)
        yield from (_blow(document, actor, other, rung) for other in looked_at(document, actor) for rung in rungs)
    for principal in actors_of(document, "patron", "host"):
        for adversary in actors_of(document, "adversary"):
            if is_struck(document, principal, by=adversary) and not has_doctrine(document, principal):
                yield from (_blow(document, principal, adversary, rung) for rung in (ASSETS, SOIL))


def has_doctrine(document: Document, actor: str) -> bool:
    """Return whether rules take the place of an actor's judgement."""
    answers = getattr(document.actors[actor], "answers", None)
    if answers is None:
        return False
    by_judgement = answers.doctrine in {None, "judgement", "blame-threshold"} and answers.doctrine not in document.doctrines
    return answers.cap is not None or not by_judgement


def is_struck(document: Document, principal: str, *, by: str) -> bool:
    """Return whether an adversary could come to strike a principal itself."""
    dated = any(strike.by == by and strike.against == principal for strike in document.strikes)
    return dated or principal in looked_at(document, by) or may_strike_patron(document, by, principal)


def _answers_of_adversary(document: Document, adversary: str) -> Iterator[Blow]:
    """Yield an adversary's answers: low rungs on proxies or on whom its doctrine looks at, high ones on patrons."""
    rungs = rungs_open_to(document, adversary)
    suspects: list[str | None] = [*facing(document, adversary, in_peace=True)]
    for rung in rungs:
        if rung <= MAJOR:
            for other in [*(suspects or [None]), *looked_at(document, adversary)]:
                yield _blow(document, adversary, other, rung)
        else:
            for patron in actors_of(document, "patron"):
                if may_strike_patron(document, adversary, patron):
                    yield _blow(document, adversary, patron, rung)


def _blow(document: Document, by: str, on: str | None, rung: int) -> Blow:
    """Return a strike where it lands: at home, but a principal struck on the third rung is struck abroad."""
    if on is None or (document.actors[on].role in {"patron", "host"} and rung == ASSETS):
        return Blow(by, on, rung, None)
    return Blow(by, on, rung, document.actors[on].territory)


def blow_crosses(crossing: Crossing, blow: Blow) -> bool:
    """Return whether a strike would be a crossing."""
    return (
        crossing.event == "strike"
        and crossing.actor in {None, blow.by}
        and crossing.target in {None, blow.on}
        and crossing.territory in {None, blow.territory}
        and blow.rung >= (LIMITED if crossing.at_least is None else RUNGS.index(crossing.at_least))
    )


def fronts_within(document: Document, crossing: Crossing, *, any_victims: bool = False) -> list[Any]:
    """Return the fronts on targets that a line on attacks speaks of; the author of an attack is only suspected, so it is left open."""
    return [front for front in document.fronts if _speaks_of(document, crossing, front.target, any_victims=any_victims)]


def _speaks_of(document: Document, crossing: Crossing, key: str, *, any_victims: bool) -> bool:
    target = document.targets[key]
    wanted = {victims for victims in crossing.killed if victims != "any"}
    there = {target.people} | ({EXPOSED_WITH_SOLDIERS} if target.people == "soldier" else set())
    return (
        crossing.event == "attack"
        and crossing.target_owner in {None, target.owner}
        and crossing.target in {None, key}
        and crossing.territory in {None, target.territory}
        and crossing.theatre in {None, target.theatre}
        and (any_victims or not wanted or not wanted.isdisjoint(there))
    )
