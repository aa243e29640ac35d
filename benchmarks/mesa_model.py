"""The small war in Mesa: every proxy and the adversary are agents, and the model's step is one day.

The rules are those of shadowline's day with everything else switched off, in the same order and with the same
numbers; the draws are NumPy's and Python's own, as Mesa offers them. Agents act in a fixed order, because nothing
that one proxy does in a day matters to another before the next. What a user would add to watch a run, a data
collector, is left out in Mesa's favour.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa
import numpy as np

if TYPE_CHECKING:
    from small_war import SmallWar

LIMITED, MAJOR = 1, 2


class Proxy(mesa.Agent):  # type: ignore[misc] # Mesa ships no types
    """An armed group: attacks, and remembers what was done to it."""

    model: War

    def __init__(self, model: War, quiet_rate: float) -> None:
        super().__init__(model)
        self.quiet_rate = quiet_rate
        self.attacks = 0
        self.momentum = self.suspicion = self.grievance = self.fear = 0.0
        self.dead_today = self.severity_today = 0.0

    def attack(self) -> None:
        """Make today's attacks; each may get through."""
        numbers = self.model.numbers
        desire = self.quiet_rate + numbers.branching * self.momentum + numbers.revenge_per_dead * self.grievance
        self.attacks = int(self.rng.poisson(desire * math.exp(-numbers.fear_per_severity * self.fear)))
        self.suspicion *= 1.0 - numbers.suspicion_decay
        if self.attacks > 0:
            self.suspicion += self.attacks
            self.model.attacks += self.attacks
            self.model.adversary.attacks_today += self.attacks
            for _ in range(self.rng.binomial(self.attacks, numbers.gets_through)):
                self.harm()

    def harm(self) -> None:
        """Let one attack that got through wound, and perhaps kill."""
        numbers = self.model.numbers
        adversary = self.model.adversary
        if self.random.random() < numbers.kills:
            adversary.killed_today += self.toll()
        size = numbers.wounded_size
        adversary.wounded_today += int(self.rng.negative_binomial(size, size / (size + numbers.wounded)))

    def toll(self) -> int:
        """Return the dead of a lethal attack: a zeta distribution, no more than the people there."""
        while True:
            killed = int(self.rng.zipf(self.model.numbers.severity_exponent))
            if killed <= self.model.numbers.people:
                return killed

    def suffer(self, rung: int, mean_dead: float, share: float) -> None:
        """Take this group's share of a strike."""
        self.dead_today += int(self.rng.poisson(mean_dead * share))
        self.severity_today += rung * share

    def remember(self) -> None:
        """Carry the day into momentum, grievance and fear."""
        numbers = self.model.numbers
        self.momentum += numbers.momentum_decay * (self.attacks - self.momentum)
        self.grievance = self.grievance * (1.0 - numbers.grievance_decay) + self.dead_today
        self.fear = self.fear * (1.0 - numbers.fear_decay) + self.severity_today
        self.dead_today = self.severity_today = 0.0


class Adversary(mesa.Agent):  # type: ignore[misc] # Mesa ships no types
    """Who is attacked: adds up provocation, decides on answers and carries them out some days later."""

    model: War

    def __init__(self, model: War) -> None:
        super().__init__(model)
        self.provocation = 0.0
        self.attacks_today = self.wounded_today = self.killed_today = self.answers_today = 0
        self.due: int | None = None
        self.rung = LIMITED

    def carry_out(self) -> None:
        """Strike the proxies if an answer is due today, each by how much it is suspected."""
        if self.due != self.model.steps:
            return
        self.due = None
        self.answers_today = 1
        self.model.answers += 1
        numbers = self.model.numbers
        mean_dead = numbers.dead_limited if self.rung == LIMITED else numbers.dead_major
        proxies = self.model.agents_by_type[Proxy]
        suspicion = proxies.agg("suspicion", sum)
        if suspicion > 0.0:
            for proxy in proxies:
                proxy.suffer(self.rung, mean_dead, proxy.suspicion / suspicion)

    def decide(self) -> None:
        """Decide on an answer while none is pending."""
        numbers = self.model.numbers
        if self.due is not None:
            return
        rate = numbers.base_rate + numbers.rate_per_provocation * self.provocation
        if self.random.random() < 1.0 - math.exp(-rate):
            self.rung = LIMITED if self.random.random() < numbers.limited_share else MAJOR
            self.due = self.model.steps + int(self.rng.geometric(1.0 / numbers.mean_delay))

    def reckon(self) -> None:
        """Spend provocation on today's answer, forget some, and add today's harm."""
        numbers = self.model.numbers
        if self.answers_today:
            self.provocation *= 1.0 - numbers.discharge
        harm = numbers.attack_weight * self.attacks_today
        harm += numbers.wounded_weight * self.wounded_today + numbers.soldier_weight * self.killed_today
        self.provocation = (1.0 - numbers.provocation_decay) * self.provocation + harm
        self.attacks_today = self.wounded_today = self.killed_today = self.answers_today = 0


class War(mesa.Model):  # type: ignore[misc] # Mesa ships no types
    """One future of the small war."""

    def __init__(self, numbers: SmallWar, seed: int) -> None:
        super().__init__(seed=seed)
        self.numbers = numbers
        self.attacks = 0
        self.answers = 0
        self.adversary = Adversary(self)
        Proxy.create_agents(self, len(numbers.quiet_rates), quiet_rate=numbers.quiet_rates)

    def step(self) -> None:
        """Play one day."""
        proxies = self.agents_by_type[Proxy]
        proxies.do("attack")
        self.adversary.carry_out()
        self.adversary.decide()
        self.adversary.reckon()
        proxies.do("remember")


def play_mesa(numbers: SmallWar, runs: int, seed: int) -> np.ndarray:
    """Return attacks and answers of each future, shape (runs, 2)."""
    counts = np.zeros((runs, 2))
    for run in range(runs):
        war = War(numbers, seed * 1_000_003 + run)
        for _ in range(numbers.days):
            war.step()
        counts[run] = war.attacks, war.answers
    return counts
