"""Grievance and fear: what strikes leave behind in those who are struck.

Own dead feed grievance V, severity of strikes feeds fear F; both fade::

    V' = (1 - b_V) V + own dead today,    F' = (1 - b_F) F + severity today

Assumption: grievance and fear share a driver and pull in opposite directions, so their half-lives are fixed rather than fitted.

Sources: Haushofer et al. 2010, PNAS (violence answers violence); Jaeger & Paserman 2008, AER (near zero).

Adaptation: a struck group presses harder for its dead and holds back out of fear; which is stronger depends on the toll and the severity.

Interaction: strikes act on later attacks through the memory of those who were struck.

Coverage rows 29, 52.
"""

import math

from shadowline.engine.compiled import compiled
from shadowline.parameters import Parameter, State

# fmt: off
PARAMETERS = (
    Parameter("proxies", "grievance.per_dead", 0.02, 0.0, 0.08, "1/day", "attacks a day that one own dead brings about", "judgement; sign from Haushofer et al. 2010", 0, 100),
    Parameter("proxies", "grievance.half_life", 13.5, 7.0, 30.0, "day", "half-life of grievance", "judgement", 0.1, 3650),
    Parameter("proxies", "grievance.imbalance", 0.0, 0.0, 1.0, "number", "how far revenge grows with the imbalance of the dead", "the essay, paragraph 9", -1, 10),
    Parameter("proxies", "surge.attacks", 1.0, 0.3, 3.0, "1/day", "extra attacks a day, per rung, of a proxy that answers by doctrine", "judgement", 0, 1000),
    Parameter("proxies", "surge.half_life", 3.0, 1.0, 10.0, "day", "half-life of such a surge", "judgement", 0.1, 3650),
    Parameter("proxies", "fear.per_severity", 0.01, 0.0, 0.05, "number", "fall of log tempo per unit of severity", "Jaeger & Paserman 2008, AER: near 0", -1, 10),
    Parameter("proxies", "fear.half_life", 30.0, 14.0, 60.0, "day", "half-life of fear", "judgement", 0.1, 3650),
    Parameter("proxies", "fear.expected_answer", 0.05, 0.0, 0.2, "number", "fall of log tempo where every provocation is answered", "judgement; near 0", -1, 10),
)
# fmt: on
STATE = (
    State("proxies", "grievance_kept", "share of grievance left after a day"),
    State("proxies", "surge_kept", "share of a surge left after a day"),
    State("feuds", "surge_today", "extra attacks a day that the proxy's own doctrine adds today"),
    State("proxies", "fear_kept", "share of fear left after a day"),
    State("feuds", "grievance", "own dead, decayed"),
    State("feuds", "fear", "severity of strikes suffered, decayed"),
    State("feuds", "surge", "extra attacks a day from the proxy's own doctrine, decayed"),
)


@compiled
def refresh_grievance(world):
    """Turn half-lives into what is left after a day."""
    for p in range(world.proxies.size):
        proxy = world.proxies[p]
        proxy.grievance_kept = math.exp(-math.log(2.0) / proxy.grievance_half_life)
        proxy.surge_kept = math.exp(-math.log(2.0) / proxy.surge_half_life)
        proxy.fear_kept = math.exp(-math.log(2.0) / proxy.fear_half_life)


@compiled
def remember_strikes(world):
    """Let grievance, fear and surges fade by a day and add what happened today (stocks come last)."""
    for i in range(world.feuds.size):
        feud = world.feuds[i]
        proxy = world.proxies[feud.proxy]
        feud.grievance = feud.grievance * proxy.grievance_kept + feud.dead_today
        feud.fear = feud.fear * proxy.fear_kept + feud.severity_today
        feud.surge = feud.surge * proxy.surge_kept + feud.surge_today
