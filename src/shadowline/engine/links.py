"""Links: which row refers to which, what could cross which line, which doctrine's rules belong to whom, what outcomes watch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shadowline.engine.random import hashed
from shadowline.engine.rows import ADVERSARY, PRINCIPAL, PROXY, Names
from shadowline.mechanisms import attribution, harm, lines, orders, outcomes
from shadowline.mechanisms.doctrines import ALWAYS, AT_A_RATE, BY_JUDGEMENT, BY_MENU, IN_KIND
from shadowline.parameters import RUNGS
from shadowline.scenario.schema_actors import Answers

if TYPE_CHECKING:
    from shadowline.engine.world import World

KIND = {"adversary": ADVERSARY, "patron": PRINCIPAL, "host": PRINCIPAL, "proxy": PROXY}
FACTION_KIND = {"other": orders.OTHER, "leader": orders.LEADER, "proxies": orders.PROXIES, "pragmatists": orders.PRAGMATISTS}
COUNTED = {"all": outcomes.ALL, "acknowledged": outcomes.ACKNOWLEDGED, "claimed": outcomes.CLAIMED}
HIGHEST = len(RUNGS) - 1
SOIL = 4
ASSETS = 3
NEVER = 10**6


@dataclass(frozen=True)
class RuleRow:
    """One rule of a doctrine in numbers, before it is written into its row."""

    actor: int
    menu_kind: int
    menu: tuple[float, ...] = (0.0,) * 6
    looks_at: int = -1
    since: int = 1
    crossed_within: int = 0
    provocation_at_least: float = 0.0
    blame_at_least: float = 0.0
    killed_at_least: int = 0
    timing: int = ALWAYS
    delay: float = 0.0
    cap: int = SOIL
    cooldown: int = 0
    generosity: float = 0.0
    error: float = 0.0


def lever_rules(names: Names, actor: str, name: str, word: str) -> list[RuleRow]:
    """Return the rules that an actor follows once its doctrine, or the cap on its answers, is this word."""
    number, own = names.actor(actor), names.document.actors[actor].answers or Answers()
    if name == "answers.doctrine":
        return _rules_of(names, number, own.model_copy(update={"doctrine": word}))
    cap = names.rung(word)
    return [RuleRow(number, BY_MENU)] if cap == 0 else [RuleRow(number, BY_JUDGEMENT, timing=AT_A_RATE, cap=cap)]


def doctrine_rows(names: Names) -> list[RuleRow]:
    """Return the rules of all actors, each actor's together, in the order of actors."""
    rows: list[RuleRow] = []
    for number, actor in enumerate(names.document.actors.values()):
        answers = getattr(actor, "answers", None)
        if answers is not None and (answers.doctrine is not None or answers.cap is not None):
            mine = _rules_of(names, number, answers)
            rows.extend(rule for rule in mine if actor.role == "adversary" or rule.menu_kind != BY_JUDGEMENT)
    return rows


def _middle(number: Any, default: float) -> float:
    return default if number is None else float(number.middle())


def _rules_of(names: Names, actor: int, answers: Any) -> list[RuleRow]:
    """Return the rules of one actor's doctrine, by name or as declared."""
    doctrine = answers.doctrine or "judgement"
    if doctrine in names.document.doctrines:
        return [_declared_rule(names, actor, rule) for rule in names.document.doctrines[doctrine]]
    looks_at = names.actor(answers.looks_at)
    error = _middle(answers.error, 0.0)
    cap = names.rung(answers.cap, SOIL)
    by_judgement = RuleRow(actor, BY_JUDGEMENT, timing=AT_A_RATE, cap=cap)
    if doctrine in {"tit-for-tat", "generous"}:
        generosity = _middle(answers.generosity_of_doctrine, 1 / 3 if doctrine == "generous" else 0.0)
        delay = _middle(answers.number("delay") if hasattr(answers, "delay") else None, 1.0)
        return [RuleRow(actor, IN_KIND, (0.0,) * 6, looks_at, error=error, generosity=generosity, delay=delay, cap=cap)]
    if doctrine == "never":
        return [RuleRow(actor, BY_MENU)]
    if doctrine == "capped":
        return [RuleRow(actor, BY_JUDGEMENT, timing=AT_A_RATE, cap=names.rung(answers.cap, 2))]
    if doctrine == "massive":
        return [RuleRow(actor, BY_MENU, (0.0, 0.0, 2.0, 1.0, 1.0, 0.0), crossed_within=14, cap=cap), by_judgement]
    if doctrine == "audience-bound":
        return [RuleRow(actor, BY_JUDGEMENT, crossed_within=7, cap=cap), by_judgement]
    return [by_judgement] if answers.cap is not None else []


def _declared_rule(names: Names, actor: int, rule: Any) -> RuleRow:
    """Return a declared rule in numbers."""
    when = rule.when
    menu = [0.0] * 6
    if isinstance(rule.answer, dict):
        for rung, weight in rule.answer.items():
            menu[names.rung(rung)] = weight
    return RuleRow(
        actor,
        BY_JUDGEMENT if rule.answer == "by judgement" else BY_MENU,
        tuple(menu),
        names.actor(when.looks_at) if when else -1,
        int(when.within) if when else 1,
        int(when.line_crossed_within or 0) if when else 0,
        (when.provocation_at_least or 0.0) if when else 0.0,
        (when.blame_at_least or 0.0) if when else 0.0,
        (when.killed_at_least or 0) if when else 0,
        AT_A_RATE if rule.timing == "at its rate" else ALWAYS,
        rule.delay or 0.0,
        min(SOIL, names.rung(rule.cap, SOIL)),
        int(rule.cooldown),
        rule.generosity,
        rule.error,
    )


def link(world: World, names: Names, rules: list[RuleRow], more: list[RuleRow], spells: list[tuple[int, int, int, int]]) -> None:
    """Write every link of a scenario into an empty world's tables; ``more`` rules stand ready for levers that move a doctrine."""
    _link_actors(world, names, rules)
    _link_principals(world, names)
    _link_adversaries(world, names)
    _link_proxies(world, names)
    _link_ties(world, names)
    _link_fronts(world, names)
    _link_lines(world, names)
    rules = [*rules, *more]
    direct = {names.actors[rule.actor] for rule in rules if rule.looks_at >= 0 and rule.menu_kind != BY_JUDGEMENT}
    direct |= {strike.by for strike in names.document.strikes if strike.on > names.document.as_of}
    _link_outcomes(world, names, direct)
    for n, rule in enumerate(rules):
        row = world.rules[n]
        for column in RuleRow.__dataclass_fields__:
            row[column] = getattr(rule, column)
        row.menu_total = sum(rule.menu)
    for n, (day, feud, principal, first) in enumerate(spells):
        world.spells[n].day, world.spells[n].feud, world.spells[n].principal, world.spells[n].first = day, feud, principal, first


def _link_actors(world: World, names: Names, rules: list[RuleRow]) -> None:
    own_row = {key: n for keys in (names.principals, names.adversaries, names.proxies) for n, key in enumerate(keys)}
    for n, (key, actor) in enumerate(names.document.actors.items()):
        row = world.actors[n]
        row.id = hashed(f"actor:{key}")
        row.kind, row.row, row.territory = KIND[actor.role], own_row[key], names.home(key)
        mine = [i for i, rule in enumerate(rules) if rule.actor == n]
        row.first_rule, row.last_rule = (mine[0], mine[-1] + 1) if mine else (0, 0)
        row.pending_event = row.pending_cause = -1


def _link_principals(world: World, names: Names) -> None:
    first = 0
    for n, key in enumerate(names.principals):
        actor, row = names.document.actors[key], world.principals[n]
        row.id, row.actor = hashed(f"principal:{key}"), names.actor(key)
        row.is_patron = int(actor.role == "patron")
        row.denies, row.praises = int("deny" in actor.stance), int("praise" in actor.stance)
        row.first_faction, row.last_faction, row.leader_faction = first, first + len(actor.factions), -1
        row.struck_cause = -1
        for f, (faction_key, faction) in enumerate(actor.factions.items()):
            kind = faction.kind or (faction_key if faction_key in FACTION_KIND else "other")
            world.factions[first + f].id = hashed(f"faction:{key}:{faction_key}")
            world.factions[first + f].kind = FACTION_KIND[kind]
            if kind == "leader":
                row.leader_faction = first + f
            for a in range(len(names.adversaries)):
                wish = world.wishes[(first + f) * len(names.adversaries) + a]
                wish.faction, wish.adversary = first + f, a
        first += len(actor.factions)


def _link_adversaries(world: World, names: Names) -> None:
    for n, key in enumerate(names.adversaries):
        actor, row = names.document.actors[key], world.adversaries[n]
        row.id, row.actor = hashed(f"adversary:{key}"), names.actor(key)
        row.level = attribution.LEVELS.index(actor.looks_for)
        row.crossing_event = -1
        if actor.answers is not None and actor.answers.decided:
            row.decided_on = names.document.as_of.toordinal() + 1
    for n, (principal, adversary) in enumerate(names.dyads):
        row = world.dyads[n]
        row.id = hashed(f"dyad:{principal}:{adversary}")
        row.principal, row.adversary = names.principals.index(principal), names.adversaries.index(adversary)
        row.order_set = -1.0
        row.reconsider_cause = row.order_event = row.struck_event = -1


def _link_proxies(world: World, names: Names) -> None:
    for n, key in enumerate(names.proxies):
        row = world.proxies[n]
        row.id, row.actor = hashed(f"proxy:{key}"), names.actor(key)
        movement = names.movement_of.get(key)
        movements = list(names.document.movements)
        row.movement = movements.index(movement[0]) if movement else len(movements) + n
        row.body = _coordinating_body(names, key)
    for n, key in enumerate(names.bodies):
        body = names.document.bodies[key]
        world.bodies[n].id = hashed(f"body:{key}")
        world.bodies[n].supports = -1 if body.supports is None else names.principals.index(body.supports)
    for n, (body, member) in enumerate(names.memberships):
        world.memberships[n].body, world.memberships[n].proxy = names.bodies.index(body), names.proxies.index(member)


def _coordinating_body(names: Names, proxy: str) -> int:
    """Return the body in whose step a proxy may act: of those it belongs to, the one that coordinates most."""
    best, most = -1, 0.0
    for n, key in enumerate(names.bodies):
        number = names.document.bodies[key].number("coordination")
        if proxy in names.document.bodies[key].members and number is not None and number.middle() > most:
            best, most = n, number.middle()
    return best


def _link_ties(world: World, names: Names) -> None:
    for n, tie in enumerate(names.document.ties):
        row = world.ties[n]
        row.id = hashed(f"tie:{tie.from_}:{tie.to}")
        row.principal, row.proxy = names.principals.index(tie.from_), names.proxies.index(tie.to)
    for n, (feud, tie) in enumerate(names.reins):
        row = world.reins[n]
        principal = names.document.ties[tie].from_
        world.dyads[names.dyad(principal, feud[1])].matters = 1
        row.tie, row.principal, row.dyad = tie, names.principals.index(principal), names.dyad(principal, feud[1])


def _link_fronts(world: World, names: Names) -> None:
    wars = {(war.between[1], war.between[0]) for war in names.document.wars}
    for n, (proxy, adversary) in enumerate(names.feuds):
        row = world.feuds[n]
        row.id = hashed(f"feud:{proxy}:{adversary}")
        row.proxy, row.adversary = names.proxies.index(proxy), names.adversaries.index(adversary)
        reins = [i for i, rein in enumerate(names.reins) if rein[0] == (proxy, adversary)]
        fronts = [f for f in names.fronts_facing(adversary) if names.fronts[f].proxy == proxy]
        row.first_rein, row.last_rein = (reins[0], reins[-1] + 1) if reins else (0, 0)
        row.first_front, row.last_front = fronts[0], fronts[-1] + 1
        row.is_war = int((proxy, adversary) in wars)
        row.obeys = row.obedience_event = row.last_blow = -1
    for n, key in enumerate(names.targets):
        target, row = names.document.targets[key], world.targets[n]
        row.id = hashed(f"target:{key}")
        row.adversary, row.theatre = names.adversaries.index(target.owner), names.theatres.index(target.theatre)
        row.territory, row.victims = names.territory(target.territory), harm.VICTIMS.index(target.people)
    for n, front in enumerate(names.fronts):
        row, target = world.fronts[n], names.document.targets[front.target]
        row.id = hashed(f"front:{front.proxy}:{front.target}")
        row.feud = names.feuds.index((front.proxy, target.owner))
        row.proxy, row.adversary = names.proxies.index(front.proxy), names.adversaries.index(target.owner)
        row.target, row.theatre = names.targets.index(front.target), names.theatres.index(target.theatre)
    for n, key in enumerate(names.theatres):
        world.theatres[n].id = hashed(f"theatre:{key}")


def _link_lines(world: World, names: Names) -> None:
    for n, key in enumerate(names.lines):
        line, row = names.document.lines[key], world.lines[n]
        crossing = line.crossed_by
        row.id = hashed(f"line:{key}")
        row.owner = names.actor(line.owner)
        row.owner_adversary = names.adversaries.index(line.owner) if line.owner in names.adversaries else -1
        row.owner_principal = names.principals.index(line.owner) if line.owner in names.principals else -1
        row.event = lines.ON_ATTACK if crossing.event == "attack" else lines.ON_STRIKE
        row.actor = names.actor(crossing.actor)
        row.target = names.actor(crossing.target) if crossing.event == "strike" and crossing.target else lines.ANY
        row.territory = names.territory(crossing.territory)
        victims = [victim for victim in crossing.killed if victim != "any"]
        row.victims = harm.VICTIMS.index(victims[0]) if victims else lines.ANY
        row.minimum = min(crossing.killed.values(), default=0)
        row.window, row.needs_hit = int(crossing.within), int(crossing.hits)
        row.rung = names.rung(crossing.at_least, 1)
        row.crossing_makes_likelier = 1.0


def _link_outcomes(world: World, names: Names, direct: set[str]) -> None:
    """Link outcomes; those of an adversary in ``direct``, which answers acts by rule or strikes on declared days, are counted."""
    for n, outcome in enumerate(names.document.outcomes.values()):
        row = world.outcomes[n]
        row.line = row.actor = row.target = row.dyad = row.principal = row.adversary = -1
        row.rung_most = HIGHEST
        said = outcome.happens_when or outcome.count or outcome.average
        attacks = getattr(said, "no_attacks", None) or getattr(said, "attacks", None)
        strike = getattr(said, "strike", None) or getattr(said, "strikes", None)
        if outcome.average is not None or getattr(said, "orders_changed", None) is not None:
            _link_level(row, names, said)
        elif attacks is not None:
            if attacks.counted == "acknowledged":
                for f in names.fronts_facing(attacks.on, attacks.theatre, (attacks.by,) if attacks.by else ()):
                    world.fronts[f].reported = 1
            world.clock[0].claims_wanted |= int(attacks.counted == "claimed")
            row.kind = outcomes.COUNT_ATTACKS if outcome.count else outcomes.PAUSE
            row.counted, row.days = COUNTED[attacks.counted], int(attacks.for_ or 1)
        elif strike is not None:
            _link_strikes(row, names, strike, direct, counted=outcome.count is not None)
        elif outcome.count is not None:
            row.kind = outcomes.COUNT_LINES
            owner = outcome.count.lines_crossed
            row.actor = names.actor(owner) if owner in names.document.actors else -1
        elif said.line_crossed is not None:
            row.kind, row.line = outcomes.LINE, names.lines.index(said.line_crossed)
        elif said.open_war is not None:
            row.kind, row.dyad = outcomes.WAR, names.dyad(said.open_war.patron, said.open_war.adversary)
            row.adversary, row.integrated = names.adversaries.index(said.open_war.adversary), int(said.open_war.adversary not in direct)
        else:
            row.kind, row.principal = outcomes.DEATH, names.principals.index(said.leader_dies)
    for n in range(world.outcomes.size):
        if world.outcomes[n].integrated == 1:
            world.adversaries[world.outcomes[n].adversary].watched = 1


def _link_level(row: Any, names: Names, said: Any) -> None:
    """Link an outcome that averages an order, a hold or blame, or counts changes of an order."""
    blame, order = getattr(said, "blame", None), getattr(said, "orders_changed", None) or getattr(said, "order", None)
    if blame is not None:
        row.kind, row.dyad = outcomes.BLAME, names.dyad(blame.on, blame.by)
    elif order is not None:
        row.kind = outcomes.ORDER if getattr(said, "order", None) is not None else outcomes.ORDERS_CHANGED
        row.dyad = names.dyad(order.of, order.toward)
    else:
        row.kind, row.dyad = outcomes.HOLD, names.dyad(said.hold.of, said.hold.toward)


def _link_strikes(row: Any, names: Names, strike: Any, direct: set[str], *, counted: bool) -> None:
    """Link an outcome that waits for, or counts, strikes; those on rung 3 and above are integrated."""
    row.kind = outcomes.COUNT_STRIKES if counted else outcomes.STRIKE
    row.actor, row.target = names.actor(strike.by), names.actor(strike.on)
    row.rung, row.rung_most = names.rung(strike.at_least, 1), names.rung(strike.at_most, HIGHEST)
    if not counted and row.rung >= ASSETS and strike.by in names.adversaries and strike.by not in direct:
        row.integrated, row.adversary = 1, names.adversaries.index(strike.by)


def surroundings(names: Names) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return which fronts could cross which lines, which rungs would, and what outcomes watch (see `World`)."""
    document = names.document
    could = np.zeros((len(names.lines), len(names.fronts)), np.int8)
    would = np.zeros((len(names.lines), len(names.dyads), 6), np.int8)
    watches = np.zeros((len(names.outcomes), len(names.fronts) + len(names.targets) + len(names.reins)), np.int8)
    for k, line in enumerate(document.lines.values()):
        crossing = line.crossed_by
        if crossing.event == "attack":
            could[k] = [_front_could(names, n, crossing) for n in range(len(names.fronts))]
        else:
            for i, (principal, adversary) in enumerate(names.dyads):
                for rung in (ASSETS, SOIL):
                    would[k, i, rung] = _strike_would(names, crossing, principal, adversary, rung)
    for n, outcome in enumerate(document.outcomes.values()):
        said = outcome.happens_when or outcome.count or outcome.average
        attacks, hold = getattr(said, "no_attacks", None) or getattr(said, "attacks", None), getattr(said, "hold", None)
        if hold is not None:
            watches[n, len(names.fronts) + len(names.targets) :] = [_is_held(names, feud, tie, hold) for feud, tie in names.reins]
        if attacks is not None:
            for f in names.fronts_facing(attacks.on, attacks.theatre, (attacks.by,) if attacks.by else ()):
                watches[n, f] = 1
                if attacks.by is None:
                    watches[n, len(names.fronts) + names.targets.index(names.fronts[f].target)] = 1
    return could, would, watches


def _is_held(names: Names, feud: tuple[str, str], tie: int, hold: Any) -> bool:
    """Return whether a rein is one over which a hold is averaged."""
    within = hold.over is None or feud[0] in names.document.movements[hold.over]
    return names.document.ties[tie].from_ == hold.of and feud[1] == hold.toward and within


def _front_could(names: Names, n: int, crossing: Any) -> bool:
    """Return whether an attack on a front could cross a line, by what is known beforehand."""
    key = names.fronts[n].target
    target = names.document.targets[key]
    wanted = {victim for victim in crossing.killed if victim != "any"}
    found = {target.people} | ({"contractor"} if target.people == "soldier" else set())
    return (
        (crossing.target_owner is None or target.owner == crossing.target_owner)
        and (crossing.target is None or key == crossing.target)
        and (crossing.territory is None or target.territory == crossing.territory)
        and (crossing.theatre is None or target.theatre == crossing.theatre)
        and (not wanted or bool(wanted & found))
        and (crossing.actor is None or crossing.actor == names.fronts[n].proxy or bool(names.document.bodies))
    )


def _strike_would(names: Names, crossing: Any, principal: str, adversary: str, rung: int) -> bool:
    """Return whether an adversary's strike on a patron, on a rung, would cross a line."""
    home = names.document.actors[principal].territory
    return (
        (crossing.actor is None or crossing.actor == adversary)
        and (crossing.target is None or crossing.target == principal)
        and (crossing.territory is None or (rung == SOIL and crossing.territory == home))
        and rung >= names.rung(crossing.at_least, 1)
    )
