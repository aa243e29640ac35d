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
EXPOSED_WITH_SOLDIERS = "contractor"
"""Attacks on soldiers may kill contractors who work beside them."""


class Blow(NamedTuple):
    """A kind of strike that could happen: by whom, on whom, on which rung, where (None: abroad)."""

    by: str
    on: str
    rung: int
    territory: str | None


class Way(NamedTuple):
    """One rule of answering: whom it looks at, the rungs it may choose, and whether it leaves the choice to judgement."""

    looks_at: str | None
    rungs: tuple[int, ...]
    judged: bool = False


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


def ways_of_answering(document: Document, actor: str) -> list[Way]:
    """Return the rules by which an actor answers; who has none is left to judgement, which only adversaries have."""
    words, role = document.actors[actor], document.actors[actor].role
    answers = getattr(words, "answers", None)
    ways = [Way(None, up_to(None), judged=True)] if answers is None else _ways(document, answers)
    return [way for way in ways if role == "adversary" or not way.judged]


def _ways(document: Document, answers: Any) -> list[Way]:  # noqa: ANN401 - words
    """Return what a doctrine, declared or known by name, allows."""
    if answers.doctrine in document.doctrines:
        return [_way(rule) for rule in document.doctrines[answers.doctrine]]
    judged = Way(None, up_to(answers.cap), judged=True)
    match answers.doctrine:
        case "tit-for-tat" | "generous":
            return [Way(answers.looks_at, up_to(answers.cap))]
        case "never":
            return [Way(None, ())]
        case "capped":
            return [Way(None, up_to(answers.cap or RUNGS[MAJOR]), judged=True)]
        case "massive":
            return [Way(None, tuple(rung for rung in up_to(answers.cap) if rung >= MAJOR)), judged]
    return [judged]


def _way(rule: Any) -> Way:  # noqa: ANN401 - a rule
    looks_at = None if rule.when is None else rule.when.looks_at
    return Way(looks_at, menu_rungs(rule), judged=rule.answer == "by judgement")


def up_to(cap: str | None) -> tuple[int, ...]:
    """Return the rungs on which somebody acts, up to a cap."""
    return tuple(range(LIMITED, (SOIL if cap is None else min(SOIL, RUNGS.index(cap))) + 1))


def menu_rungs(rule: Any) -> tuple[int, ...]:  # noqa: ANN401 - a rule
    """Return the rungs that a declared rule may choose: those with weight; a cap lowers what lies above it."""
    allowed = up_to(rule.cap)
    if rule.answer == "by judgement":
        return allowed
    if rule.answer == "nothing" or not allowed:
        return ()
    chosen = {RUNGS.index(rung) for rung, weight in rule.answer.items() if weight > 0}
    return tuple(sorted({min(rung, allowed[-1]) for rung in chosen if LIMITED <= rung <= SOIL}))


def looked_at(document: Document, actor: str) -> set[str]:
    """Return the actors whose deeds an actor's doctrine watches; it answers them in person."""
    return {way.looks_at for way in ways_of_answering(document, actor) if way.looks_at is not None}


def rungs_by_blame(document: Document, adversary: str) -> set[int]:
    """Return the rungs on which an adversary may answer those whom it suspects or blames."""
    return {rung for way in ways_of_answering(document, adversary) if way.judged or way.looks_at is None for rung in way.rungs}


def backs_against(document: Document, patron: str, adversary: str) -> bool:
    """Return whether a patron is tied to a proxy that faces an adversary, so that it can be blamed for what that proxy does."""
    tied = {tie.to for tie in document.ties if tie.from_ == patron}
    return document.actors[patron].role == "patron" and not tied.isdisjoint(facing(document, adversary))


def may_strike_patron(document: Document, adversary: str, patron: str) -> bool:
    """Return whether an adversary could come to strike a patron that it blames, for attacks by its proxies or for strikes of its own."""
    if document.actors[patron].role != "patron" or max(rungs_by_blame(document, adversary), default=0) < ASSETS:
        return False
    attacked = bool(facing(document, adversary, in_peace=True))
    return (attacked and backs_against(document, patron, adversary)) or may_strike_itself(document, patron, adversary)


def may_strike_itself(document: Document, patron: str, adversary: str) -> bool:
    """Return whether a patron could strike an adversary unprovoked: by declaration, by doctrine, or in the recorded past of a prelude."""
    declared = any(strike.by == patron and strike.against == adversary for strike in document.strikes)
    return declared or adversary in looked_at(document, patron) or document.prelude is not None


def blows(document: Document) -> Iterator[Blow]:
    """Yield every kind of strike that could happen."""
    for strike in document.strikes:
        home = document.actors[strike.against].territory
        yield Blow(strike.by, strike.against, RUNGS.index(strike.rung), strike.territory or home)
    for adversary in actors_of(document, "adversary"):
        yield from _answers_by_blame(document, adversary)
    for actor in document.actors:
        for way in ways_of_answering(document, actor):
            if way.looks_at is not None and not way.judged:
                yield from (_blow(document, actor, way.looks_at, rung) for rung in way.rungs)
    for principal in actors_of(document, "patron", "host"):
        for adversary in actors_of(document, "adversary"):
            if not ways_of_answering(document, principal) and is_struck(document, principal, by=adversary):
                yield from (_blow(document, principal, adversary, rung) for rung in (ASSETS, SOIL))


def is_struck(document: Document, principal: str, *, by: str) -> bool:
    """Return whether an adversary could come to strike a principal itself."""
    dated = any(strike.by == by and strike.against == principal for strike in document.strikes)
    return dated or principal in looked_at(document, by) or may_strike_patron(document, by, principal)


def _answers_by_blame(document: Document, adversary: str) -> Iterator[Blow]:
    """Yield an adversary's answers to attacks: low rungs on the proxies it suspects, high ones on patrons it blames."""
    suspects = facing(document, adversary, in_peace=True)
    for rung in rungs_by_blame(document, adversary):
        if rung <= MAJOR:
            yield from (_blow(document, adversary, other, rung) for other in suspects)
        else:
            for patron in actors_of(document, "patron"):
                if may_strike_patron(document, adversary, patron):
                    yield _blow(document, adversary, patron, rung)


def _blow(document: Document, by: str, on: str, rung: int) -> Blow:
    """Return a strike where it lands: at home, but a principal struck on the third rung is struck abroad."""
    if document.actors[on].role in {"patron", "host"} and rung == ASSETS:
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
