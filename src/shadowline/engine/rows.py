"""Names and row numbers: which row of which table every id of a scenario is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from shadowline.parameters import RUNGS

if TYPE_CHECKING:
    from collections.abc import Sequence

ADVERSARY, PRINCIPAL, PROXY = 1, 0, 2


class Names:
    """The rows of a scenario's tables, and look-ups between ids and row numbers.

    Actors keep the order of the scenario. A feud is a proxy and an adversary with at least one front between them; fronts are sorted by
    feud, so that each feud's fronts, and its reins, are neighbours.
    """

    def __init__(self, document: Any) -> None:
        self.document = document
        self.actors = list(document.actors)
        self.principals = [key for key, actor in document.actors.items() if actor.role in {"patron", "host"}]
        self.adversaries = [key for key, actor in document.actors.items() if actor.role == "adversary"]
        self.proxies = [key for key, actor in document.actors.items() if actor.role == "proxy"]
        self.targets = list(document.targets)
        self.theatres = list(document.theatres)
        self.bodies = list(document.bodies)
        self.lines = list(document.lines)
        self.outcomes = list(document.outcomes)
        named = [actor.territory for actor in document.actors.values()] + [target.territory for target in document.targets.values()]
        self.territories = list(dict.fromkeys(name for name in named if name))
        self.factions = [(p, key) for p in self.principals for key in document.actors[p].factions]
        self.dyads = [(p, a) for p in self.principals for a in self.adversaries]
        self.fronts = sorted(document.fronts, key=self._feud_order)
        self.feuds = list(dict.fromkeys((front.proxy, document.targets[front.target].owner) for front in self.fronts))
        ties = defaultdict(list)
        for n, tie in enumerate(document.ties):
            ties[tie.to].append(n)
        self.ties_of: dict[str, list[int]] = {proxy: sorted(ties[proxy], key=self._principal_of_tie) for proxy in self.proxies}
        self.reins = [(feud, tie) for feud in self.feuds for tie in self.ties_of[feud[0]]]
        self.memberships = [(body, member) for body in self.bodies for member in document.bodies[body].members]
        self.movement_of = {proxy: (key, shares) for key, shares in document.movements.items() for proxy in shares}

    def _feud_order(self, front: Any) -> tuple[int, int]:
        return self.proxies.index(front.proxy), self.adversaries.index(self.document.targets[front.target].owner)

    def _principal_of_tie(self, n: int) -> int:
        return self.principals.index(self.document.ties[n].from_)

    def actor(self, key: str | None) -> int:
        """Return an actor's row, -1 for None."""
        return -1 if key is None else self.actors.index(key)

    def has_actor(self, key: str) -> bool:
        """Return whether the scenario has such an actor."""
        return key in self.document.actors

    def is_principal(self, key: str) -> bool:
        """Return whether that actor is a patron or a host."""
        return key in self.principals

    def territory(self, name: str | None) -> int:
        """Return a territory's number, -1 for None."""
        return -1 if name is None else self.territories.index(name)

    def has_territory(self, name: str) -> bool:
        """Return whether the scenario names such a territory."""
        return name in self.territories

    def home(self, key: str) -> int:
        """Return the number of an actor's own territory, -1 if it has none."""
        return self.territory(self.document.actors[key].territory)

    def rung(self, name: str | None, default: int = 0) -> int:
        """Return a rung's number."""
        return default if name is None else RUNGS.index(name)

    def dyad(self, principal: str, adversary: str) -> int:
        """Return a dyad's row."""
        return self.dyads.index((principal, adversary))

    def fronts_facing(self, owner: str, theatre: str | None = None, proxies: Sequence[str] = ()) -> list[int]:
        """Return the rows of fronts on an owner's targets, in a theatre, by some proxies (none named: all)."""
        rows = []
        for n, front in enumerate(self.fronts):
            target = self.document.targets[front.target]
            if target.owner == owner and (theatre is None or target.theatre == theatre) and (not proxies or front.proxy in proxies):
                rows.append(n)
        return rows

    def front_territory(self, n: int) -> str:
        """Return the territory of a front's target."""
        return str(self.document.targets[self.fronts[n].target].territory)

    def front_proxy(self, n: int) -> str:
        """Return the proxy of a front."""
        return str(self.fronts[n].proxy)

    def usual_rate(self, n: int) -> float:
        """Return a front's median quiet rate, 0 where it is left to the default."""
        number = self.fronts[n].number("quiet_rate")
        return 0.0 if number is None else float(number.middle())

    def members(self, ids: Sequence[str]) -> set[str]:
        """Return the proxies that ids of proxies or bodies stand for."""
        found: set[str] = set()
        for key in ids:
            found |= set(self.document.bodies[key].members) if key in self.document.bodies else {key}
        return found

    def rows(self) -> dict[str, int]:
        """Return the number of rows of every table that has one row per id or pair (shocks and rules are counted by the builder)."""
        return {
            "clock": 1,
            "model": 1,
            "actors": len(self.actors),
            "principals": len(self.principals),
            "factions": len(self.factions),
            "wishes": len(self.factions) * len(self.adversaries),
            "adversaries": len(self.adversaries),
            "dyads": len(self.dyads),
            "exchanges": len(self.actors) ** 2,
            "proxies": len(self.proxies),
            "feuds": len(self.feuds),
            "reins": len(self.reins),
            "ties": len(self.document.ties),
            "bodies": len(self.bodies),
            "memberships": len(self.memberships),
            "targets": len(self.targets),
            "fronts": len(self.fronts),
            "theatres": len(self.theatres),
            "lines": len(self.lines),
            "outcomes": len(self.outcomes),
        }
