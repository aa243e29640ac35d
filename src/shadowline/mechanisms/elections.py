"""Elections: the chance that each option is the one a group of rivals settles on.

Factions of different weight quarrel over a few options. S[a:b] is the support for a against b, summed over the
factions that prefer a. The stronger side of a pair usually wins, not always::

    V(a,b) = S[a:b]^ν / (S[a:b]^ν + S[b:a]^ν)      a beats b; ½ if nobody minds, and V(a,a) = ½

One option is the favourite of the moment. Those who would gain challenge it, the more often the more they gain::

    n(a→b) = S[a:b] V(a,b)                          incentive to put a forward against the favourite b
    c(a|b) = n(a→b) / Σ_k n(k→b)                    chance that the next challenger of b is a; b itself if nobody gains
    C(a,b) = P(a) c(b|a)                            a is the favourite and b challenges it
    P'(a)  = Σ_b V(a,b) (C(a,b) + C(b,a))           a won that contest, as the favourite or as the challenger

The chances are the limit of P ← ½ (P + P') from equal chances. The update is linear in P: it is a Markov chain that
moves from b to a with chance V(a,b) c(a|b). Its limit is therefore computed exactly, by taking options out one at a
time and handing the traffic of each to those that remain (Grassmann, Taksar & Heyman 1985, Operations Research 33:1107,
whose method never subtracts and so never loses digits). The option that is replaced most readily goes first; then no
intermediate number can overflow. Options that nobody challenges keep the chance of ending up there.

Assumption: bargaining goes on for long enough to forget where it started, and nobody looks further ahead than the next
contest. Only proportions of support count. Support below 10⁻¹² of the largest is rounding error and counts as none, so
that it cannot decide a tie.

Sources: KTAB, the KAPSARC Toolkit for Behavioral Analysis (Wise), Markov process with incentive challengers; Scholz, Calbert & Smith
(2011, Journal of Theoretical Politics) on the Markov treatment of such bargaining. Numbers: check C1.

Basic principles: among rivals the option that beats the others pairwise is the likeliest, not the certain, outcome.

Objectives: each faction supports what serves it better, by as much as it would gain and by its weight.

Prediction: nobody looks beyond the next contest.

Collectives: the group has no will of its own; what it settles on follows from the weights and gains of its members.

Stochasticity: the chances are computed exactly, and the step that asked for the election draws from them.
"""

import math

from shadowline.engine.compiled import compiled

ROUNDING = 1e-12
"""Support below this share of the largest support is rounding error."""


@compiled
def elect(support, exponent, wins, challenge, chances):
    """Fill ``chances`` with the probability that each option is chosen.

    Parameters
    ----------
    support : (n, n) array of float
        ``support[a, b]`` is the support for a against b: finite, 0 or more, in any unit. The diagonal is not read.
    exponent : float
        ν, how surely the stronger side of a pair wins: 1 in proportion, 8 almost certainly.
    wins : (n, n) array of float
        Filled with the chance that a beats b.
    challenge : (n, n) array of float
        Working space; overwritten.
    chances : (n,) array of float
        Filled with the answer; sums to 1.
    """
    pairwise_wins(support, exponent, wins)
    _fill_replacements(support, wins, challenge)
    for option in range(chances.size):
        chances[option] = 1.0 / chances.size
    leaving = _most_replaceable(challenge, chances)
    while leaving >= 0:
        _take_out(leaving, challenge, chances)
        leaving = _most_replaceable(challenge, chances)
    _share_out(challenge, chances)


@compiled
def pairwise_wins(support, exponent, wins):
    """Fill ``wins[a, b]`` with the chance that a beats b; ½ on the diagonal and where neither side has support."""
    noise = ROUNDING * _largest(support)
    for a in range(wins.shape[0]):
        wins[a, a] = 0.5
        for b in range(a):
            ours = _heard(support[a, b], noise)
            theirs = _heard(support[b, a], noise)
            wins[a, b] = _chance_to_win(ours, theirs, exponent)
            wins[b, a] = _chance_to_win(theirs, ours, exponent)


@compiled
def _largest(support):
    """Return the largest support of any option against any other."""
    largest = 0.0
    for a in range(support.shape[0]):
        for b in range(support.shape[0]):
            if a != b and support[a, b] > largest:
                largest = support[a, b]
    return largest


@compiled
def _heard(voice, noise):
    """Return the support that counts: none if it is no more than rounding error."""
    return voice if voice > noise else 0.0


@compiled
def _chance_to_win(ours, theirs, exponent):
    """Return ours^ν / (ours^ν + theirs^ν), from the ratio of the weaker to the stronger so that no power overflows."""
    if ours == theirs:
        return 0.5
    if ours > theirs:
        return 1.0 / (1.0 + _power(theirs / ours, exponent))
    odds = _power(ours / theirs, exponent)
    return odds / (1.0 + odds)


@compiled
def _power(ratio, exponent):
    """Return ratio^exponent."""
    # A compiler that knows the exponent to be 2 multiplies, which may differ from the library's power in the last bit.
    if exponent == 2.0:
        return ratio * ratio
    return math.pow(ratio, exponent)


@compiled
def _fill_replacements(support, wins, challenge):
    """Fill ``challenge[a, b]`` with V(a,b) c(a|b), the chance that a replaces the favourite b in the next contest.

    The diagonal is 1: an option spends one contest's time in its own place (`_take_out` adds the time of others to it).
    """
    largest = _largest(support)
    for b in range(challenge.shape[0]):
        incentives = 0.0
        for a in range(challenge.shape[0]):
            challenge[a, b] = 0.0
            if a != b and support[a, b] > ROUNDING * largest:
                challenge[a, b] = support[a, b] / largest * wins[a, b]
                incentives += challenge[a, b]
        for a in range(challenge.shape[0]):
            if challenge[a, b] > 0.0:
                challenge[a, b] = challenge[a, b] / incentives * wins[a, b]
        challenge[b, b] = 1.0


@compiled
def _leaves(option, challenge, chances):
    """Return the chance that ``option`` is replaced by one of those that remain (whose chance is above 0)."""
    leaves = 0.0
    for a in range(chances.size):
        if a != option and chances[a] > 0.0:
            leaves += challenge[a, option]
    return leaves


@compiled
def _most_replaceable(challenge, chances):
    """Return the remaining option that is replaced most readily, or -1 if none of them is ever replaced."""
    most = 0.0
    found = -1
    for option in range(chances.size):
        if chances[option] > 0.0:
            leaves = _leaves(option, challenge, chances)
            if leaves > most:
                most = leaves
                found = option
    return found


@compiled
def _take_out(option, challenge, chances):
    """Hand the chance and the traffic of ``option`` to the options that remain.

    From here on the column of a remaining option i holds, in the rows of remaining options, the chance to be replaced
    by them, directly or by way of options taken out; in the rows of options taken out, the number of contests that they
    are the favourite for each one that i is.
    """
    leaves = _leaves(option, challenge, chances)
    chance = chances[option]
    chances[option] = 0.0
    for i in range(chances.size):
        if chances[i] > 0.0:
            chances[i] += chance * (challenge[i, option] / leaves)
            visits = challenge[option, i] / leaves
            for row in range(chances.size):
                if row != option and row != i:
                    challenge[row, i] += visits * challenge[row, option]
            challenge[option, i] = visits


@compiled
def _share_out(challenge, chances):
    """Spread the chance of each remaining option over all those in whose place its time passes, in proportion."""
    for i in range(chances.size):
        time = 0.0
        for row in range(chances.size):
            time += challenge[row, i]
        for row in range(chances.size):
            challenge[row, i] *= chances[i] / time
    for row in range(chances.size):
        chances[row] = 0.0
        for i in range(chances.size):
            chances[row] += challenge[row, i]
