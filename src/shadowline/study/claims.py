"""Claims: every causal statement of a scenario's source as an experiment on matched futures, with a verdict that may contradict it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import shadowline
from shadowline.engine.tables import the_catalogue
from shadowline.errors import Code, InputError, Where, nearest_name
from shadowline.futures.run import Plan, checked, loaded_scenario, refuse_idle, refuse_idle_changes
from shadowline.futures.summary import by_draw
from shadowline.scenario.experiments import claim_stages, flip_stage
from shadowline.study.arms import Stages, Stand, signature
from shadowline.study.boundary import Boundary, find_boundary
from shadowline.study.effects import Effect, holm, paired_effect, share_up, share_within, unmoved
from shadowline.study.verdicts import Verdict, judge, p_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from shadowline.scenario.load import Scenario
    from shadowline.scenario.schema_study import ClaimWords

USUAL_RUNS: Final = 4_000
SWEPT: Final = 5
"""At the values of a sweep so many times fewer futures are played."""
FEWEST_SWEPT_DRAWS: Final = 25
ONE_SIDED, NEARLY_NONE = 100, 0.01
"""Where so many futures go along with a claim, and at most this share of them as many against it, it looks like an identity."""


@dataclass(frozen=True)
class ClaimResult:
    """One claim put to the test.

    Attributes
    ----------
    id, words : str, ClaimWords
        The claim.
    effect : Effect
        What its levers do to what it watches.
    adjusted_p : float
        P value adjusted for the number of claims.
    sign_share : float or None
        Share of parameter draws under which the effect has the claimed sign, or is as small as claimed; None where no future differs.
    verdict : Verdict
        See `shadowline.study.verdicts`.
    boundary : Boundary or None
        Where it turns, for claims with ``flips_when``.
    levers : tuple of str
        Paths of what was moved.
    against, along : int
        Matched futures in which the watched measure moved against the claim, and along with it.
    means : (draws,) array
        Effect under each parameter draw, as it came out.
    """

    id: str
    words: ClaimWords
    effect: Effect
    adjusted_p: float
    sign_share: float | None
    verdict: Verdict
    boundary: Boundary | None
    levers: tuple[str, ...]
    against: int
    along: int
    means: np.ndarray

    @property
    def is_idle(self) -> bool:
        """Whether the levers changed no future at all."""
        return self.effect.differing == 0

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        effect, words = self.effect, self.words
        return {
            "id": self.id,
            "row": words.row,
            "says": words.says,
            "because": list(words.because),
            "headline": words.headline,
            "levers": list(self.levers),
            "watch": words.watch,
            "expects": words.expects,
            "base": effect.base,
            "changed": effect.changed,
            "effect": effect.difference,
            "low": effect.low,
            "high": effect.high,
            "p": effect.p,
            "adjusted_p": self.adjusted_p,
            "sign_share": self.sign_share,
            "spread_low": effect.spread_low,
            "spread_high": effect.spread_high,
            "gain": effect.gain,
            "avoided": effect.avoided,
            "caused": effect.caused,
            "against": self.against,
            "along": self.along,
            "verdict": str(self.verdict),
            "could_fail": words.could_fail,
            "identity": words.identity,
            "boundary": None if self.boundary is None else self.boundary.as_json(),
        }


@dataclass(frozen=True)
class ClaimResults:
    """All claims of a scenario put to the test."""

    scenario: Scenario
    claims: tuple[ClaimResult, ...]
    plan: Plan
    arms: int
    futures: int
    seconds: float
    compile_seconds: float

    def claim(self, key: str) -> ClaimResult:
        """Return one claim.

        Raises
        ------
        InputError
            UNKNOWN_CLAIM with the nearest name.
        """
        for claim in self.claims:
            if claim.id == key:
                return claim
        names = [claim.id for claim in self.claims]
        raise InputError(Code.UNKNOWN_CLAIM, "there is no such claim", found=key, nearest=nearest_name(key, names))

    @property
    def warnings(self) -> list[str]:
        """What a reader has to be told before the verdicts."""
        gone = [f"{path} is left out: what it watches is no longer asked" for path in self.scenario.left_out if path.startswith("claims.")]
        return [*gone, *_warnings(self.claims)]

    @property
    def table(self) -> pd.DataFrame:
        """The verdicts, one row per claim."""
        import pandas as pd

        rows = [claim.as_json() for claim in self.claims]
        for row in rows:
            boundary = row.pop("boundary")
            row["turns"], row["turns_at"] = (None, None) if boundary is None else (boundary["turns"], boundary["at"])
        return pd.DataFrame(rows)

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "scenario": self.scenario.id,
            "as_of": str(self.scenario.document.as_of),
            "horizon_days": int(self.plan.horizon or self.scenario.document.horizon),
            "runs": self.plan.split[0] * self.plan.split[1],
            "draws": self.plan.split[0],
            "seed": self.plan.seed,
            "version": shadowline.__version__,
            "seconds": round(self.seconds, 3),
            "compile_seconds": round(self.compile_seconds, 3),
            "arms": self.arms,
            "futures": self.futures,
            "changes": dict(self.scenario.changes),
            "warnings": self.warnings,
            "verdicts": {str(verdict): sum(claim.verdict is verdict for claim in self.claims) for verdict in Verdict},
            "claims": [claim.as_json() for claim in self.claims],
        }

    def _repr_html_(self) -> str:
        """Show the verdicts in a notebook."""
        from shadowline.study.wording import claims_html

        return claims_html(self)


@dataclass(frozen=True)
class _Test:
    """One pair of arms that a claim needs: what both are given, what one changes; at a value of its sweep, or None."""

    claim: str
    given: Stages
    changed: Stages
    value: Any = None
    swept: bool = False


def claims(  # noqa: PLR0913 - what to play, how, and whom to tell
    scenario: str | Path | Scenario,
    only: Sequence[str] = (),
    plan: Plan | None = None,
    *,
    runs: int | None = None,
    draws: int | None = None,
    seed: int | None = None,
    horizon: int | None = None,
    threads: int | None = None,
    changes: Mapping[str, object] | None = None,
    as_of: date | None = None,
    done: Callable[[int], None] | None = None,
    compiling: Callable[[], None] | None = None,
    sized: Callable[[int], None] | None = None,
) -> ClaimResults:
    """Put a scenario's claims to the test.

    Parameters
    ----------
    scenario : str, Path or Scenario
        A shipped scenario's name, a file, or a loaded scenario.
    only : sequence of str
        Names of claims; all by default. Adjusting for many tests counts those that are tested.
    plan, runs, draws, seed, horizon, threads, changes, as_of
        As in `shadowline.simulate`; runs are those of each arm, 4,000 by default, a fifth of it at the values of a sweep.
    done, compiling, sized : callable, optional
        Told how many futures were added; told that compilation begins; told how many futures there will be.

    Raises
    ------
    InputError, InputErrors
        If the scenario, a claim or the plan cannot be used; NOTHING_CHANGED for a claim whose levers change no number.
    """
    plan = checked(plan or Plan(USUAL_RUNS), runs=runs, draws=draws, seed=seed, horizon=horizon, threads=threads)
    loaded = loaded_scenario(scenario, changes, as_of)
    refuse_idle_changes(loaded, plan)
    chosen = _chosen(loaded, only)
    main, swept = _tests(loaded, chosen)
    short = _short(plan)
    stands = [Stand.build(loaded, plan, _arms(main), compiling)]
    if swept:
        stands.append(Stand.build(loaded, short, _arms(swept)))
    _refuse_idle(stands[0], main)
    jobs = [(stand, _pooled(tests, loaded)) for stand, tests in zip(stands, (main, swept), strict=False)]
    arms = sum(len(pool) for _, pool in jobs)
    total = sum(len(pool) * stand.plan.split[0] * stand.plan.split[1] for stand, pool in jobs)
    if sized is not None:
        sized(total)
    begun = time.perf_counter()
    values = [_played(stand, pool, done) for stand, pool in jobs]
    found = _judged(loaded, chosen, main, swept, stands, values)
    return ClaimResults(loaded, found, plan, arms, total, time.perf_counter() - begun, stands[0].compile_seconds)


def _chosen(scenario: Scenario, only: Sequence[str]) -> list[str]:
    """Return the claims to be tested, in the scenario's order."""
    declared = list(scenario.document.claims)
    if not declared:
        where = Where(file=str(scenario.sources[0].path)) if scenario.sources else None
        raise InputError(Code.UNKNOWN_CLAIM, "this scenario makes no claims", where=where, expected="claims: with at least one")
    for key in only:
        if key not in declared:
            nearest = nearest_name(key, declared)
            expected = None if nearest else "one of " + ", ".join(declared)
            raise InputError(Code.UNKNOWN_CLAIM, "there is no such claim", found=key, nearest=nearest, expected=expected)
    return [key for key in declared if not only or key in only]


def _short(plan: Plan) -> Plan:
    """Return the plan for the values of a sweep: fewer parameter draws, the first ones, with as many futures each."""
    draws, futures = plan.split
    fewer = min(draws, max(FEWEST_SWEPT_DRAWS, draws // SWEPT))
    return replace(plan, runs=fewer * futures, draws=fewer)


def _tests(scenario: Scenario, chosen: Sequence[str]) -> tuple[list[_Test], list[_Test]]:
    """Return the pairs of arms that the claims need, and those that their sweeps need."""
    document, catalogue = scenario.document, the_catalogue()
    main, swept = [], []
    for key in chosen:
        given, changed = claim_stages(document, catalogue, key)
        main.append(_Test(key, given, (*given, *changed)))
        flip = document.claims[key].flips_when
        for value in flip.values if flip is not None else ():
            both = (*given, flip_stage(document, catalogue, key, value))
            swept.append(_Test(key, both, (*both, *changed), value, swept=True))
    return main, swept


def _arms(tests: Sequence[_Test]) -> list[Stages]:
    """Return every set of levers that tests need, each once."""
    return list({signature(stages): stages for test in tests for stages in (test.given, test.changed)}.values())


def _refuse_idle(stand: Stand, tests: Sequence[_Test]) -> None:
    for test in tests:
        refuse_idle(stand.ground, stand.known(test.changed), f"claims.{test.claim}", given=len(test.given))


def _pooled(tests: Sequence[_Test], scenario: Scenario) -> dict[str, tuple[Stages, set[str]]]:
    """Return each arm once, with all that is watched in it."""
    pool: dict[str, tuple[Stages, set[str]]] = {}
    for test in tests:
        for stages in (test.given, test.changed):
            pool.setdefault(signature(stages), (stages, set()))[1].add(scenario.document.claims[test.claim].watch)
    return pool


Watched = tuple[np.ndarray, np.ndarray]
"""What each future says about a measure, and whether it happened (runs,)."""


def _played(
    stand: Stand, pool: Mapping[str, tuple[Stages, set[str]]], done: Callable[[int], None] | None
) -> dict[tuple[str, str], Watched]:
    """Play every arm once; return what is watched in each."""
    values: dict[tuple[str, str], Watched] = {}
    for mark, (stages, watched) in pool.items():
        batch = stand.play(stand.model(stages, sorted(watched)), done=done)
        for key in watched:
            values[mark, key] = (stand.values(batch, key).copy(), batch.first_day[:, stand.index(key)] >= 0)
    return values


def _judged(  # noqa: PLR0913, PLR0917 - everything that was played
    scenario: Scenario,
    chosen: Sequence[str],
    main: Sequence[_Test],
    swept: Sequence[_Test],
    stands: Sequence[Stand],
    values: Sequence[Mapping[tuple[str, str], Watched]],
) -> tuple[ClaimResult, ...]:
    document = scenario.document
    measured = {test.claim: _measured(stands[0], values[0], test, document.claims[test.claim].watch) for test in main}
    adjusted_for = _adjusted(document.claims, {key: measured[key][0] for key in chosen})
    results = []
    for key, test in zip(chosen, main, strict=True):
        words, (effect, means, gap) = document.claims[key], measured[key]
        adjusted, share = adjusted_for[key], _share(words, test, stands[0], values[0], gap)
        mine = [other for other in swept if other.claim == key]
        boundary = _boundary(words, mine, stands[-1], values[-1]) if mine else None
        verdict = judge(
            effect,
            expects=words.expects,
            adjusted_p=adjusted,
            share=share,
            matters=words.matters,
            within=words.within,
            identity=words.identity is not None,
            boundary=boundary,
        )
        up, down = int((gap > 0).sum()), int((gap < 0).sum())
        against, along = (down, up) if words.expects == "more" else (up, down)
        levers = tuple(lever.path for stage in test.changed[len(test.given) :] for lever in stage.levers)
        results.append(ClaimResult(key, words, effect, adjusted, share, verdict, boundary, levers, against, along, means))
    return tuple(results)


def _adjusted(words: Mapping[str, ClaimWords], effects: Mapping[str, Effect]) -> dict[str, float]:
    """Return p values adjusted for the number of claims that are tested; identities are not, and keep theirs."""
    plain = {key: p_of(effect, words[key].expects, words[key].within) for key, effect in effects.items()}
    tested = [key for key in plain if words[key].identity is None]
    return plain | dict(zip(tested, holm([plain[key] for key in tested]), strict=True))


def _share(words: ClaimWords, test: _Test, stand: Stand, values: Mapping[tuple[str, str], Watched], gap: np.ndarray) -> float | None:
    """Return the share of parameter draws under which the effect is as claimed."""
    futures = stand.plan.split[1]
    base = by_draw(values[signature(test.given), words.watch][0], futures)[0]
    means, within = by_draw(gap, futures)
    levels = np.abs(base + means / 2)
    still = None if _is_counted(stand, words.watch) else unmoved(gap, futures)
    if words.expects == "unchanged":
        return share_within(means, levels, words.within * np.abs(base), within, futures)
    as_claimed = means if words.expects == "more" else -means
    return share_up(as_claimed, levels, within, futures, still)


def _measured(stand: Stand, values: Mapping[tuple[str, str], Watched], test: _Test, watch: str) -> tuple[Effect, np.ndarray, np.ndarray]:
    """Return the effect of one pair of arms, its mean under each draw, and its value in each future."""
    model = stand.ground.bare
    (base, was), (changed, is_now) = values[signature(test.given), watch], values[signature(test.changed), watch]
    futures = stand.plan.split[1]
    asks = model.names.document.outcomes[watch].happens_when is not None
    happened = (was, is_now) if asks else None
    gap = changed - base
    effect = paired_effect(base, changed, futures, happened=happened, counted=_is_counted(stand, watch))
    return effect, by_draw(gap, futures)[0], gap


def _is_counted(stand: Stand, watch: str) -> bool:
    """Return whether a measure is a yes-or-no outcome that is counted, 0 or 1 in each future, and not integrated."""
    model, n = stand.ground.bare, stand.index(watch)
    asks = model.names.document.outcomes[watch].happens_when is not None
    return asks and not bool(model.layout.view(model.starts[0], "outcomes")[n].integrated)


def _boundary(words: ClaimWords, tests: Sequence[_Test], stand: Stand, values: Mapping[tuple[str, str], Watched]) -> Boundary:
    found = [_measured(stand, values, test, words.watch) for test in tests]
    assert words.flips_when is not None, "only these are swept"  # noqa: S101 - for the type checker
    means = np.array([mean for _, mean, _ in found])
    at = [test.value for test in tests]
    return find_boundary(words.flips_when.along, at, [effect for effect, _, _ in found], means, words.flips_when.theory)


def _warnings(found: Sequence[ClaimResult]) -> Iterator[str]:
    """Yield what a reader has to be told: levers that moved no future, sweeps without effect, identities that came out otherwise."""
    for claim in found:
        if claim.is_idle:
            yield f'the levers of "{claim.id}" changed "{claim.words.watch}" in no future'
        if claim.boundary is not None and all(effect.differing == 0 for effect in claim.boundary.effects):
            yield f'the sweep of "{claim.id}" along {claim.boundary.along} shows no effect in any future'
        if (
            claim.verdict is Verdict.SUPPORTED
            and claim.words.expects != "unchanged"
            and claim.along >= ONE_SIDED
            and claim.against <= claim.along * NEARLY_NONE
        ):
            yield f'"{claim.id}" goes against the claim in hardly any future: if the equations alone decide it, declare it an identity'
        if claim.verdict is Verdict.IDENTITY and claim.effect.p < 0.05 and not _as_claimed(claim):
            yield f'"{claim.id}" is said to follow from the equations, but the effect went the other way'


def _as_claimed(claim: ClaimResult) -> bool:
    if claim.words.expects == "unchanged":
        return True
    return (claim.effect.difference > 0) == (claim.words.expects == "more")
