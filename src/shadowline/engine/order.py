"""The order of a day, as data: printed by ``shadowline describe --order`` and compared with the compiled day by a test.

Everything up to and on the as-of date is history; day 0 is the next day. Rates read yesterday's stocks; stocks are updated last. Red lines
are tested whenever an event happens; nothing else feeds back within a day.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from types import ModuleType


class Step(NamedTuple):
    """One step of the day: its number, the mechanism's file, its function, and what happens in everyday words."""

    number: int
    mechanism: str
    function: str
    says: str


ORDER = (
    Step(1, "shocks", "apply_shocks", "Scheduled shocks change what they name."),
    Step(1, "context", "move_context", "The climate of each theatre moves."),
    Step(2, "leadership", "change_leaders", "Rulers age, die and are succeeded; removed handlers are replaced."),
    Step(3, "beliefs", "form_beliefs", "Each side judges how near war is; the adversary judges the patron's grip."),
    Step(3, "orders", "give_orders", "Factions bargain over orders where something calls for it; orders travel to the proxies."),
    Step(4, "control", "set_control", "The chance that each proxy obeys each principal is worked out."),
    Step(4, "obedience", "renew_obedience", "Proxies whose draw is due obey somebody, or nobody."),
    Step(4, "attacks", "set_rates", "Desire, obedience, fear and lines give each front's rate."),
    Step(5, "attacks", "make_attacks", "Attacks are made."),
    Step(6, "harm", "do_harm", "Some get through; some of those kill or wound."),
    Step(7, "attribution", "assign_blame", "Attacks are claimed, suspected groups named, the patron blamed."),
    Step(7, "lines", "test_incidents", "The day's attacks are tested against the red lines."),
    Step(8, "strikes", "carry_out_answers", "Answers due today are carried out, and do what they do (step 9)."),
    Step(8, "answers", "decide_answers", "Adversaries decide on new answers."),
    Step(10, "retaliation", "decide_retaliation", "A struck patron decides on its own answer, due from tomorrow."),
    Step(11, "war", "start_wars", "Exchanges on the highest rungs may start open war."),
    Step(12, "provocation", "add_up_provocation", "Unanswered harm adds up and fades."),
    Step(12, "hawks", "stir_hawks", "Hawk pressure rises and settles."),
    Step(12, "grievance", "remember_strikes", "Grievance and fear grow and fade."),
    Step(12, "norms", "keep_norms", "Defended lines harden, undefended ones wither and license."),
    Step(12, "dissent", "voice_dissent", "Dissent moves toward its rest."),
    Step(12, "attacks", "carry_momentum", "Momentum takes in today's attacks."),
    Step(13, "reporting", "report_the_day", "Part of what happened is acknowledged and claimed."),
    Step(14, "outcomes", "watch_outcomes", "The scenario's questions are resolved for today."),
)

LIBRARIES = ("journal", "elections", "doctrines", "rare")
"""Files of the mechanisms' floor that others call and that have no step of their own."""


def mechanism_modules() -> tuple[ModuleType, ...]:
    """Return the modules that declare parameters and states: the mechanisms in the order of the day, then ``rare``."""
    names = dict.fromkeys(step.mechanism for step in ORDER)
    return tuple(import_module(f"shadowline.mechanisms.{name}") for name in (*names, "rare"))
