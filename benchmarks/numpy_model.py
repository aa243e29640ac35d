"""The small war in plain NumPy: all futures side by side, one array operation per rule.

This is how a careful analyst without a compiler would write it: the fastest way to play these rules and no others.
Arrays of proxies have shape (runs, proxies), the others (runs,).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from small_war import SmallWar

LIMITED, MAJOR = 1, 2
NONE = -1


class Wars:
    """Many futures of the small war at once."""

    def __init__(self, numbers: SmallWar, runs: int, seed: int) -> None:
        self.numbers = numbers
        self.rng = np.random.default_rng(seed)
        self.quiet = np.array(numbers.quiet_rates)
        self.momentum, self.suspicion, self.grievance, self.fear = np.zeros((4, runs, len(self.quiet)))
        self.attacks = np.zeros((runs, len(self.quiet)), dtype=np.int64)
        self.dead, self.severity = np.zeros((2, runs, len(self.quiet)))
        self.provocation = np.zeros(runs)
        self.due, self.rung = np.full(runs, NONE), np.full(runs, LIMITED)
        self.struck = np.zeros(runs, dtype=bool)
        self.counts = np.zeros((runs, 2))

    def play(self, day: int) -> None:
        """Play one day."""
        self.attack()
        self.carry_out(day)
        self.decide(day)
        self.reckon()
        self.remember()
        self.counts[:, 0] += self.attacks.sum(axis=1)
        self.counts[:, 1] += self.struck

    def attack(self) -> None:
        """Make today's attacks."""
        numbers = self.numbers
        desire = self.quiet + numbers.branching * self.momentum + numbers.revenge_per_dead * self.grievance
        self.attacks = self.rng.poisson(desire * np.exp(-numbers.fear_per_severity * self.fear))
        self.suspicion = self.suspicion * (1.0 - numbers.suspicion_decay) + self.attacks

    def carry_out(self, day: int) -> None:
        """Carry out the answers due today, each shared by suspicion."""
        self.struck = self.due == day
        self.due[self.struck] = NONE
        total = self.suspicion.sum(axis=1, keepdims=True)
        hit = self.struck[:, None] & (total > 0.0)
        share = np.divide(self.suspicion, total, out=np.zeros_like(self.suspicion), where=hit)
        mean_dead = np.where(self.rung == LIMITED, self.numbers.dead_limited, self.numbers.dead_major)
        self.dead = self.rng.poisson(mean_dead[:, None] * share)
        self.severity = self.rung[:, None] * share

    def decide(self, day: int) -> None:
        """Decide on answers where none is pending."""
        numbers = self.numbers
        rate = numbers.base_rate + numbers.rate_per_provocation * self.provocation
        new = np.flatnonzero((self.due == NONE) & (self.rng.random(len(rate)) < 1.0 - np.exp(-rate)))
        self.rung[new] = np.where(self.rng.random(len(new)) < numbers.limited_share, LIMITED, MAJOR)
        self.due[new] = day + self.rng.geometric(1.0 / numbers.mean_delay, len(new))

    def reckon(self) -> None:
        """Spend provocation on today's answers, forget some, and add today's harm."""
        self.provocation *= np.where(self.struck, 1.0 - self.numbers.discharge, 1.0)
        self.provocation *= 1.0 - self.numbers.provocation_decay
        self.provocation += self.harm(self.attacks.sum(axis=1))

    def harm(self, attacks: np.ndarray) -> np.ndarray:
        """Return what a day's attacks (runs,) add to provocation (runs,)."""
        numbers, rng = self.numbers, self.rng
        through = rng.binomial(attacks, numbers.gets_through)
        lethal = rng.binomial(through, numbers.kills)
        killed, wounded = np.zeros(len(attacks)), np.zeros(len(attacks))
        np.add.at(killed, np.repeat(np.arange(len(attacks)), lethal), self.tolls(int(lethal.sum())))
        hit = through > 0
        size = numbers.wounded_size
        wounded[hit] = rng.negative_binomial(size * through[hit], size / (size + numbers.wounded))
        harm = numbers.attack_weight * attacks + numbers.wounded_weight * wounded + numbers.soldier_weight * killed
        return np.asarray(harm)

    def tolls(self, count: int) -> np.ndarray:
        """Return the dead of ``count`` lethal attacks: a zeta distribution, no more than the people there."""
        killed = self.rng.zipf(self.numbers.severity_exponent, count)
        while (over := killed > self.numbers.people).any():
            killed[over] = self.rng.zipf(self.numbers.severity_exponent, int(over.sum()))
        return killed

    def remember(self) -> None:
        """Carry the day into momentum, grievance and fear."""
        numbers = self.numbers
        self.momentum += numbers.momentum_decay * (self.attacks - self.momentum)
        self.grievance = self.grievance * (1.0 - numbers.grievance_decay) + self.dead
        self.fear = self.fear * (1.0 - numbers.fear_decay) + self.severity


def play_numpy(numbers: SmallWar, runs: int, seed: int) -> np.ndarray:
    """Return attacks and answers of each future, shape (runs, 2)."""
    wars = Wars(numbers, runs, seed)
    for day in range(numbers.days):
        wars.play(day)
    return wars.counts
