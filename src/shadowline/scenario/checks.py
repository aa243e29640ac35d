"""Lint: what is valid in a scenario but probably not meant, or worth knowing before its answers are believed.

`check_scenario` gathers findings from small checks, each of which reads words only. A finding is a warning where something declared can
have no effect or contradicts the rest, and a note where it is merely worth knowing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from shadowline.scenario.census import Census, take_census
from shadowline.scenario.influence import influence_graph, influenced_by
from shadowline.scenario.places import Finder, mappings
from shadowline.scenario.reach import actors_of, facing, looked_at, principals_of
from shadowline.scenario.rules import idle_lines, idle_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shadowline.errors import Where
    from shadowline.parameters import Catalogue
    from shadowline.scenario.load import Scenario
    from shadowline.scenario.schema import Document
    from shadowline.scenario.source import Place

Severity = Literal["warning", "note"]
Found = tuple["Remark", "Place", str]
WHOLE = 1.0 + 1e-9


class Remark(StrEnum):
    """Stable codes of findings; those from SL550 on are notes."""

    LINE_OUT_OF_REACH = "SL501"
    RULE_NEVER_REACHED = "SL502"
    RULE_WITHOUT_EFFECT = "SL503"
    UNUSED_DOCTRINE = "SL504"
    CLAIMS_EXCEED_ALL = "SL505"
    FUNDING_EXCEEDS_ALL = "SL506"
    ACTOR_WITHOUT_TIES = "SL507"
    FRONT_AT_REST = "SL508"
    UNSAID_WISH = "SL509"
    UNUSED_EVIDENCE = "SL550"
    NO_MOVEMENT = "SL551"
    UNUSED_PLACE = "SL552"
    JUDGEMENT = "SL553"
    LEFT_TO_THE_MODEL = "SL554"

    @property
    def severity(self) -> Severity:
        """Whether it is a warning or a note."""
        return "warning" if self.value < "SL550" else "note"


MEANINGS: dict[Remark, str] = {
    Remark.LINE_OUT_OF_REACH: "No event that the scenario allows can cross this red line.",
    Remark.RULE_NEVER_REACHED: "An earlier rule of the doctrine always takes this rule's place.",
    Remark.RULE_WITHOUT_EFFECT: "The rule can be reached, but part of it, or all of it, does nothing.",
    Remark.UNUSED_DOCTRINE: "No actor follows this doctrine.",
    Remark.CLAIMS_EXCEED_ALL: "A group's claims, under its own and its bodies' names, sum to more than all its attacks.",
    Remark.FUNDING_EXCEEDS_ALL: "The shares that principals pay of a group's funding sum to more than 1.",
    Remark.ACTOR_WITHOUT_TIES: "Nothing joins this actor to the conflict.",
    Remark.FRONT_AT_REST: "The front's quiet rate is zero, so that nothing starts it.",
    Remark.UNSAID_WISH: "A faction does not say what it wants; its wish is drawn from all possible orders.",
    Remark.UNUSED_EVIDENCE: "No number, and no cited entry, rests on this evidence.",
    Remark.NO_MOVEMENT: "The group belongs to no movement: it has no rivals, and a strike on it hits it alone.",
    Remark.UNUSED_PLACE: "Nothing happens at this target or in this theatre.",
    Remark.JUDGEMENT: "These numbers rest on nobody's evidence.",
    Remark.LEFT_TO_THE_MODEL: "These numbers are drawn from the model's own ranges, because the scenario does not state them.",
}


@dataclass(frozen=True)
class Finding:
    """One remark about a scenario: its stable code, where it applies, and a sentence."""

    code: Remark
    where: Where
    message: str

    @property
    def severity(self) -> Severity:
        """Whether it is a warning or a note."""
        return self.code.severity

    def __str__(self) -> str:
        """Return one line: place, message, code."""
        return f"{self.where}: {self.message} [{self.code}]"


def check_scenario(scenario: Scenario, catalogue: Catalogue) -> list[Finding]:
    """Return everything that a valid scenario should be asked about, warnings first, then by place.

    Parameters
    ----------
    scenario : Scenario
        As `shadowline.scenario.load.load_scenario` returns it.
    catalogue : Catalogue
        The parameters of the model, for what is left to their defaults.
    """
    where = Finder(scenario.sources, scenario.data).where
    document = scenario.document
    findings = [_finding(found, where) for check in CHECKS for found in check(document)]
    findings += [_finding(found, where) for found in _unused_evidence(scenario)]
    findings += [_finding(found, where) for found in _numbers(take_census(document, catalogue))]
    return sorted(findings, key=lambda finding: (finding.severity == "note", finding.where.file or "", finding.where.line or 0))


def _finding(found: Found, where: Callable[[Place], Where]) -> Finding:
    code, place, message = found
    return Finding(code, where(place), message)


def _lines(document: Document) -> Iterator[Found]:
    """Yield lines that nothing can cross."""
    for place, message in idle_lines(document):
        yield Remark.LINE_OUT_OF_REACH, place, message


def _rules(document: Document) -> Iterator[Found]:
    """Yield rules that are never reached or do nothing, and doctrines that nobody follows."""
    for place, message, reached in idle_rules(document):
        yield (Remark.RULE_WITHOUT_EFFECT if reached else Remark.RULE_NEVER_REACHED), place, message
    followed = {getattr(getattr(actor, "answers", None), "doctrine", None) for actor in document.actors.values()}
    for key in document.doctrines:
        if key not in followed:
            yield Remark.UNUSED_DOCTRINE, ("doctrines", key), f'no actor follows the doctrine "{key}"'


def _shares(document: Document) -> Iterator[Found]:
    """Yield groups whose claims or funding sum to more than all."""
    for proxy in actors_of(document, "proxy"):
        claims = _middle(document.actors[proxy].number("claims_own_name")) + sum(
            _middle(_claims(body, proxy)) for body in document.bodies.values() if proxy in body.members
        )
        if claims > WHOLE:
            message = f'claims of "{proxy}", under its own and its bodies\' names, sum to {claims:.3g} of its attacks'
            yield Remark.CLAIMS_EXCEED_ALL, ("actors", proxy), message
        paid = sum(_middle(tie.number("pays")) for tie in document.ties if tie.to == proxy)
        if paid > WHOLE:
            message = f'principals pay {paid:.3g} of the funding of "{proxy}"; the rest is what they leave of 1'
            yield Remark.FUNDING_EXCEEDS_ALL, ("actors", proxy), message


def _claims(body: Any, proxy: str) -> Any:  # noqa: ANN401 - words, a number
    share = body.claims_under_its_name
    return share.get(proxy) if isinstance(share, dict) else share


def _middle(number: Any) -> float:  # noqa: ANN401 - a number or None
    return 0.0 if number is None else float(number.middle())


def _loose_actors(document: Document) -> Iterator[Found]:
    """Yield actors that nothing joins to the others."""
    looked = {other for actor in document.actors for other in looked_at(document, actor)}
    for key, actor in document.actors.items():
        place: Place = ("actors", key)
        if actor.role == "proxy":
            if not principals_of(document, key):
                yield Remark.ACTOR_WITHOUT_TIES, place, f'no principal has a tie to the proxy "{key}": it obeys nobody'
            if not any(front.proxy == key for front in document.fronts):
                yield Remark.ACTOR_WITHOUT_TIES, place, f'the proxy "{key}" has no front: it never attacks'
        elif actor.role == "adversary":
            if not facing(document, key) and not looked_at(document, key) and key not in looked:
                yield Remark.ACTOR_WITHOUT_TIES, place, f'nobody attacks the adversary "{key}" and its doctrine looks at nobody'
        elif not any(tie.from_ == key for tie in document.ties) and key not in looked:
            yield Remark.ACTOR_WITHOUT_TIES, place, f'the {actor.role} "{key}" has no tie to any proxy'


def _idle_places(document: Document) -> Iterator[Found]:
    """Yield fronts at rest, targets without fronts, theatres without targets."""
    for n, front in enumerate(document.fronts):
        rate = front.number("quiet_rate")
        if rate is not None and rate.is_certain and rate.middle() == 0:
            yield Remark.FRONT_AT_REST, ("fronts", n), f"the front of {front.proxy} on {front.target} has a quiet rate of zero"
    for key in document.targets:
        if not any(front.target == key for front in document.fronts):
            yield Remark.UNUSED_PLACE, ("targets", key), f'no front faces the target "{key}"'
    for key in document.theatres:
        if not any(target.theatre == key for target in document.targets.values()):
            yield Remark.UNUSED_PLACE, ("theatres", key), f'no target lies in the theatre "{key}"'


def _memberless(document: Document) -> Iterator[Found]:
    """Yield proxies that belong to no movement."""
    members = {proxy for shares in document.movements.values() for proxy in shares}
    for proxy in actors_of(document, "proxy"):
        if proxy not in members:
            yield Remark.NO_MOVEMENT, ("actors", proxy), f'the proxy "{proxy}" belongs to no movement'


def _wishes(document: Document) -> Iterator[Found]:
    """Yield factions that do not say what they want toward somebody."""
    adversaries = actors_of(document, "adversary")
    for key in actors_of(document, "patron", "host"):
        for name, faction in document.actors[key].factions.items():
            silent = adversaries if faction.wants is None else []
            if isinstance(faction.wants, dict):
                silent = [adversary for adversary in adversaries if adversary not in faction.wants]
            if silent:
                message = f'the faction "{name}" of {key} does not say what it wants toward {", ".join(silent)}'
                yield Remark.UNSAID_WISH, ("actors", key, "factions", name), message


def _unused_evidence(scenario: Scenario) -> Iterator[Found]:
    """Yield evidence known in time that nothing cites; an entry is used too where a cited one lies within it."""
    evidence = scenario.document.evidence
    used: set[str] = set()
    for place, mapping in mappings(scenario.data):
        if place[:1] != ("evidence",):
            because = mapping.get("because") or ()
            used |= {because} if isinstance(because, str) else set(because)
    for key in [*used]:
        parent = evidence[key].in_
        while parent is not None and parent not in used:
            used.add(parent)
            parent = evidence[parent].in_
    for key in evidence:
        if key not in used and key not in scenario.withheld:
            yield Remark.UNUSED_EVIDENCE, ("evidence", key), f'nothing rests on the evidence "{key}"'


def _numbers(census: Census) -> Iterator[Found]:
    """Yield one note about numbers by judgement and one about numbers left to the model."""
    stated = len(census.judgement) + len(census.evidence)
    if census.judgement:
        message = f"{len(census.judgement)} of {stated} stated numbers rest on judgement alone"
        yield Remark.JUDGEMENT, (), message
    left = census.uncertain_defaults
    if left:
        message = f"{len(left)} numbers are left to the model and drawn from its ranges, for {sum(row.rows for row in left)} rows"
        yield Remark.LEFT_TO_THE_MODEL, (), message


CHECKS: tuple[Callable[[Document], Iterator[Found]], ...] = (
    _lines,
    _rules,
    _shares,
    _loose_actors,
    _idle_places,
    _memberless,
    _wishes,
)

__all__ = ["MEANINGS", "Finding", "Remark", "check_scenario", "influence_graph", "influenced_by"]
