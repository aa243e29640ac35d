"""Control: the chance that a proxy obeys each of its principals.

For principal p and proxy i the control index is::

    v = g0 + g_h h + g_f s + g_a al - g_z z (1 - heeds_leader L) - g_n ln n_eff - g_x licence - g_d dependence + g_b support
        - penalty 1{interregnum} + own

with h the handler's quality, s the funding share, al the alignment, z the proxy's zeal, n_eff the effective number of rivals in its
movement, and ``own`` a constant solved from a tie's declared control. A proxy obeys one principal or none::

    P(obeys p) = e^{v_p} / (1 + sum_q e^{v_q})

so that opposed principals weaken each other. Praise raises alignment, stress and capture shift funding, devotion lets zeal bind where
the leader himself carries the order (L is his share of the bargaining weight).

Assumption: what binds a proxy adds up to one index, and no single hold is indispensable.

Sources: Salehyan 2010, JCR, and Byman & Kreps 2010 (delegation and slack); Salehyan, Siroky & Wood 2014, IO (several principals); Bakke,
Cunningham & Seymour 2012 (fragmentation); sizes so that losing the handler raises attacks by 10-70 % under restraint (Rigterink 2021).

Basic principles: delegation leaves slack; a patron buys deniable force and pays with part of its control over it.

Interaction: the principals of one proxy compete for its obedience, and the more rivals its movement has the weaker is every hold on it.

Collectives: movements enter by the number of their effective rivals, bodies by the support that they lend to a principal.

Coverage rows 12, 34, 35, 39-41, 43, 44, 46, 49, 51, 57, 59, 63.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.mechanisms.leadership import handler_quality
from shadowline.mechanisms.orders import LEADER, faction_weight
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("model", "control.constant", -0.8, -1.5, 0.0, "number", "hold on a group that nothing binds and nothing parts, as log odds", floor=-20, ceiling=20),
    Parameter("model", "control.handler", 1.5, 0.5, 2.5, "number", "how much a good handler tightens the hold", "sized by Rigterink 2021, APSR", -20, 20),
    Parameter("model", "control.funding", 1.5, 0.5, 2.5, "number", "how much money tightens the hold", "judgement; sign from Salehyan 2010, JCR", -20, 20),
    Parameter("model", "control.alignment", 1.0, 0.3, 2.0, "number", "how much shared aims tighten the hold", "judgement; Popovic 2017, JCR", -20, 20),
    Parameter("model", "control.zeal", 1.0, 0.3, 2.0, "number", "how much zeal loosens the hold", "judgement; the essay, paragraph 6", -20, 20),
    Parameter("model", "control.fragmentation", 0.6, 0.2, 1.2, "number", "how much rivalry among groups loosens the hold", "judgement; Bakke, Cunningham & Seymour 2012", -20, 20),
    Parameter("model", "control.licence", 0.5, 0.0, 1.0, "number", "how much an unanswered crossing loosens the hold", floor=-20, ceiling=20),
    Parameter("model", "control.dependence", 0.5, 0.0, 1.0, "number", "how much depending on its groups loosens a principal's hold", floor=-20, ceiling=20),
    Parameter("model", "control.support", 0.5, 0.0, 1.0, "number", "how much a body that backs the principal tightens its hold", floor=-20, ceiling=20),
    Parameter("principals", "dependence", 0.0, 0.0, 1.0, "share", "how far the principal cannot afford to sanction its proxies", floor=0, ceiling=1),
    Parameter("principals", "leader.interregnum_penalty", 0.5, 0.1, 1.0, "number", "fall of the control index while no ruler rules", floor=0, ceiling=20),
    Parameter("principals", "praise.alignment", 0.0, 0.0, 0.2, "number", "rise of alignment where the principal praises attacks", floor=0, ceiling=2),
    Parameter("principals", "capture_funding", 0.0, 0.0, 0.5, "share", "share of proxies' funding that moves to this principal at full capture", floor=0, ceiling=1),
    Parameter("proxies", "zeal", 0.5, 0.2, 0.8, "share", "ideological zeal", floor=0, ceiling=1),
    Parameter("proxies", "heeds_leader", 0.0, 0.0, 1.0, "share", "how far zeal binds the proxy to the leader's own orders", floor=0, ceiling=1),
    Parameter("ties", "pays", 0.3, 0.1, 0.6, "share", "share of the proxy's funding", floor=0, ceiling=1),
    Parameter("ties", "alignment", 0.5, 0.2, 0.8, "share", "closeness of aims", floor=0, ceiling=1),
    Parameter("bodies", "support", 0.0, 0.0, 1.0, "share", "how far the body strengthens its principal's hold on members", floor=0, ceiling=1),
)
# fmt: on
STATE = (
    State("reins", "control", "chance of being obeyed today, 0..1"),
    State("ties", "standing_index", "part of the control index that changes only with shocks"),
    State("feuds", "was_licensed", "1 if licence loosened control when it was last worked out", "i8"),
    State("ties", "pull", "e to the control index today, licence apart"),
    State("ties", "funding", "funding share today"),
)


NO_LICENCE = 1e-9
"""A licence below this is over."""


@compiled
def leader_voice(world, principal):
    """Return the leader's share of the bargaining weight, 0..1."""
    own, total = 0.0, 0.0
    for f in range(principal.first_faction, principal.last_faction):
        weight = faction_weight(world, principal, f)
        total += weight
        if world.factions[f].kind == LEADER:
            own += weight
    return own / total if total > 0.0 else 0.0


@compiled
def _share_funding(world):
    """Write ``ties.funding``: declared shares, less stress at home, plus what capture moves to a host."""
    for t in range(world.ties.size):
        tie = world.ties[t]
        tie.funding = tie.pays * math.exp(-world.principals[tie.principal].stress)
    for t in range(world.ties.size):
        host = world.principals[world.ties[t].principal]
        moved = host.capture * host.capture_funding
        if moved <= 0.0:
            continue
        for other in range(world.ties.size):
            if world.ties[other].proxy == world.ties[t].proxy:
                if other == t:
                    world.ties[other].funding += moved * (1.0 - world.ties[other].funding)
                else:
                    world.ties[other].funding *= 1.0 - moved


@compiled
def refresh_control(world):
    """Recompute what changes only with shocks: funding, and the part of each tie's index that does not move from day to day."""
    weights = world.model[0]
    world.clock[0].grip_moved = 1
    _share_funding(world)
    for t in range(world.ties.size):
        tie = world.ties[t]
        principal = world.principals[tie.principal]
        proxy = world.proxies[tie.proxy]
        support = 0.0
        for m in range(world.memberships.size):
            body = world.bodies[world.memberships[m].body]
            if world.memberships[m].proxy == tie.proxy and body.supports == tie.principal:
                support += body.support
        alignment = tie.alignment + principal.praise_alignment * principal.praises
        tie.standing_index = (
            weights.control_constant
            + weights.control_funding * tie.funding
            + weights.control_alignment * alignment
            - weights.control_zeal * proxy.zeal
            - weights.control_fragmentation * math.log(proxy.rivals)
            - weights.control_dependence * principal.dependence
            + weights.control_support * support
            + tie.own
        )


@compiled
def _pull(world, tie):
    """Return e to the tie's control index today, licence apart."""
    weights = world.model[0]
    principal = world.principals[tie.principal]
    proxy = world.proxies[tie.proxy]
    index = tie.standing_index + weights.control_handler * handler_quality(principal)
    if proxy.heeds_leader > 0.0:
        index += weights.control_zeal * proxy.zeal * proxy.heeds_leader * leader_voice(world, principal)
    if principal.leader_faction >= 0 and principal.leader_alive == 0:
        index -= principal.leader_interregnum_penalty
    return math.exp(index)


@compiled
def set_control(world):
    """Update ``reins.control`` (chance of being obeyed) where handlers, rulers, shocks, licence or the leader's voice moved it."""
    now = world.clock[0]
    moved = now.grip_moved == 1
    for t in range(world.ties.size):
        if moved or world.proxies[world.ties[t].proxy].heeds_leader > 0.0:
            world.ties[t].pull = _pull(world, world.ties[t])
    now.grip_moved = 0
    loosening = world.model[0].control_licence
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        if not moved and feud.licence <= NO_LICENCE and feud.was_licensed == 0 and world.proxies[feud.proxy].heeds_leader <= 0.0:
            continue
        feud.was_licensed = 1 if feud.licence > NO_LICENCE else 0
        loose = math.exp(-loosening * feud.licence) if feud.licence > NO_LICENCE else 1.0
        total = 1.0
        for n in range(feud.first_rein, feud.last_rein):
            rein = world.reins[n]
            rein.control = world.ties[rein.tie].pull * loose
            total += rein.control
        for n in range(feud.first_rein, feud.last_rein):
            world.reins[n].control /= total
