"""The numbers of ``small-war.yaml`` for models that are not shadowline, read from the tables that shadowline plays."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from shadowline.engine.batch import scratch
from shadowline.engine.build import build
from shadowline.engine.tables import the_catalogue
from shadowline.mechanisms.attribution import FADING
from shadowline.scenario.load import load_scenario

if TYPE_CHECKING:
    from shadowline.engine.build import Model

SCENARIO = Path(__file__).with_name("small-war.yaml")
LIMITED, MAJOR = 1, 2


class SmallWar(NamedTuple):
    """What the peers need to know; decays are the share lost in a day, rates and delays are in days."""

    days: int
    quiet_rates: tuple[float, ...]
    branching: float
    momentum_decay: float
    revenge_per_dead: float
    grievance_decay: float
    fear_per_severity: float
    fear_decay: float
    suspicion_decay: float
    gets_through: float
    kills: float
    severity_exponent: float
    people: int
    wounded: float
    wounded_size: float
    attack_weight: float
    wounded_weight: float
    soldier_weight: float
    provocation_decay: float
    discharge: float
    base_rate: float
    rate_per_provocation: float
    mean_delay: float
    limited_share: float
    dead_limited: float
    dead_major: float

    @property
    def mean_dead_per_answer(self) -> float:
        """Proxies' people killed by an answer, on average."""
        return self.limited_share * self.dead_limited + (1.0 - self.limited_share) * self.dead_major

    def mean_provocation(self) -> float:
        """Return what one attack adds to provocation, on average."""
        toll = np.arange(1.0, self.people + 1)
        chance = toll**-self.severity_exponent
        killed = self.kills * float(toll @ chance / chance.sum())
        harm = self.wounded_weight * self.wounded + self.soldier_weight * killed
        return self.attack_weight + self.gets_through * harm

    def spectral_radius(self) -> float:
        """Return the growth of attacks and answers per generation where fear, waiting and discharge do not restrain them.

        Below 1 the war feeds on itself but does not explode. The matrix is
        [[branching, revenge for an answer], [answers to an attack, 0]].
        """
        revenge = self.revenge_per_dead * self.mean_dead_per_answer / self.grievance_decay
        answers = self.rate_per_provocation * self.mean_provocation() / self.provocation_decay
        return float(max(abs(np.linalg.eigvals(np.array([[self.branching, revenge], [answers, 0.0]])))))


def build_small_war() -> Model:
    """Compile the scenario; all its numbers are certain, so one parameter draw says everything."""
    return build(load_scenario(SCENARIO, the_catalogue()), None, draws=1, seed=1)


def lost_in_a_day(half_life: float) -> float:
    """Return the share that a stock with that half-life loses in a day."""
    return 1.0 - math.exp(-math.log(2.0) / half_life)


def numbers_of(model: Model) -> SmallWar:
    """Read the peers' numbers from the compiled tables."""
    world: Any = scratch(model)
    world.memory[:] = model.starts[0]
    front, proxy, target, blue = world.fronts[0], world.proxies[0], world.targets[0], world.adversaries[0]
    limited, major = math.exp(blue.answers_appeal[LIMITED]), math.exp(blue.answers_appeal[MAJOR])
    return SmallWar(
        days=model.days,
        quiet_rates=tuple(float(rate) for rate in world.fronts.quiet_rate),
        branching=float(front.branching),
        momentum_decay=lost_in_a_day(front.momentum_half_life),
        revenge_per_dead=float(proxy.grievance_per_dead),
        grievance_decay=lost_in_a_day(proxy.grievance_half_life),
        fear_per_severity=float(proxy.fear_per_severity),
        fear_decay=lost_in_a_day(proxy.fear_half_life),
        suspicion_decay=1.0 - FADING,
        gets_through=float(target.mistaken_for_friend + (1.0 - target.mistaken_for_friend) * (1.0 - target.intercepted)),
        kills=float(target.lethal_if_through),
        severity_exponent=float(world.model[0].severity_exponent),
        people=int(target.at_most),
        wounded=float(target.wounded_if_through),
        wounded_size=float(target.wounded_size),
        attack_weight=float(blue.provocation_attack),
        wounded_weight=float(blue.provocation_wounded),
        soldier_weight=float(blue.provocation_soldier),
        provocation_decay=lost_in_a_day(blue.provocation_half_life),
        discharge=float(blue.provocation_discharge),
        base_rate=float(blue.answers_base_rate),
        rate_per_provocation=float(blue.answers_per_provocation),
        mean_delay=float(blue.answers_delay),
        limited_share=limited / (limited + major),
        dead_limited=float(blue.strikes_dead[LIMITED]),
        dead_major=float(blue.strikes_dead[MAJOR]),
    )
