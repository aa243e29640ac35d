"""One sentence for every kind of event: what happened, to whom, and with what harm.

Kinds that come in crowds have several frames, so that a page does not repeat itself; ``turn`` chooses among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from shadowline.futures.why.words import Row, Tale, finished, number_text, reached, say
from shadowline.futures.wording import Quote, Sentence, percent

if TYPE_CHECKING:
    from collections.abc import Callable

BLOWS: Final = {
    "limited-strike": ("a limited strike on {}", "limited strikes"),
    "major-strike": ("a major strike on {}", "major strikes"),
    "assets-abroad": ("a strike on officers or units of {} abroad", "strikes on officers or units abroad"),
    "patron-soil": ("a strike on the soil of {}", "strikes on a state's own soil"),
}
BELIEFS: Final = {"sponsor": "was the culprit's sponsor", "authority": "had authority over the deed", "order": "had ordered it"}


class When(NamedTuple):
    """An event's day as it stands before a clause and within one; both empty where the day is told elsewhere."""

    front: Sentence
    within: Sentence


def when(tale: Tale, row: Row, *, dated: bool = True) -> When:
    """Return an event's day for a sentence."""
    day = tale.day(row)
    return When(("On ", day, " "), (" on ", day)) if dated else When((), ())


def tell_event(tale: Tale, row: Row, turn: int = 0, *, dated: bool = True) -> Sentence:
    """Return one event as one sentence.

    Parameters
    ----------
    tale : Tale
        The future that it belongs to.
    row : dict
        The event's row, of any kind.
    turn : int
        Which of the kind's frames to use.
    dated : bool
        Whether the sentence names its day.
    """
    return finished(told(tale, row, turn, dated=dated))


def told(tale: Tale, row: Row, turn: int = 0, *, dated: bool = True) -> Sentence:
    """Return one event as a clause without full stop; see `tell_event`."""
    frames = _FRAMES[row["kind"]](tale, row, when(tale, row, dated=dated))
    return frames[turn % len(frames)]


def blow(tale: Tale, row: Row) -> str:
    """Return what a strike was, or was to be, with its article and whom it was aimed at."""
    if row["target"] is None:
        kind = "a major strike" if row["rung"] == "major-strike" else "a limited strike"
        return f"{kind} in {tale.home(row['territory'])}" if row["territory"] else kind
    if row["actor"] in tale.names.proxies:
        return f"a surge of attacks on {tale.actor(row['target'])}"
    if row["actor"] in tale.names.principals:
        return f"a direct strike on {tale.actor(row['target'])}"
    return BLOWS.get(row["rung"] or "", ("a strike on {}", ""))[0].format(tale.actor(row["target"]))


def harm(tale: Tale, row: Row, *, verbs: tuple[str, str] = ("killed", "wounded")) -> Sentence:
    """Return whom an attack hurt, with two verbs in the form that fits the sentence; empty where it hurt nobody."""
    killed = say(f"{verbs[0]} ", tale.dead(row)) if row["killed"] else None
    wounded = say(f"{verbs[1]} ", tale.counted(row, "wounded", "person", "people")) if row["wounded"] else None
    if killed and wounded:
        return say(killed, f" and {verbs[1]} ", tale.number(row, "wounded"))
    return killed or wounded or ()


def _attack(tale: Tale, row: Row, at: When) -> list[Sentence]:
    who, what = tale.actor(row["actor"]), tale.target(row["target"])
    if not row["got_through"]:
        return [
            say(at.front, f"{who} attacked {what} without getting through"),
            say(f"an attack by {who} on {what}", at.within, " did not get through"),
            say(at.front, f"{who} made an attack on {what} that was stopped"),
            say(f"the defences of {what} stopped an attack by {who}", at.within),
        ]
    hurt = harm(tale, row)
    if not hurt:
        return [
            say(f"an attack by {who} on {what} got through", at.within, " and hurt nobody"),
            say(at.front, f"{who} attacked {what} and got through, without casualties"),
        ]
    hurting = harm(tale, row, verbs=("killing", "wounding"))
    return [
        say(at.front, f"{who} attacked {what}, ", hurting),
        say(f"an attack by {who} on {what}", at.within, " ", hurt),
        say(at.front, f"{who} got through to {what}, ", hurting),
    ]


def toll(tale: Tale, row: Row) -> Sentence:
    """Return how many a strike killed, to be read after its main clause; empty where the model draws no dead: strikes on a patron."""
    if row["actor"] in tale.names.adversaries and row["rung"] in {"assets-abroad", "patron-soil"}:
        return ()
    return say("; ", _slain(tale, row), " were killed" if row["killed"] > 1 else " was killed")


def killing(tale: Tale, row: Row) -> Sentence:
    """Return how many a strike killed, to be read within its clause; empty where the model draws no dead."""
    return say(", killing ", _slain(tale, row)) if toll(tale, row) else ()


def _slain(tale: Tale, row: Row) -> Sentence:
    if not row["killed"]:
        return (Quote("nobody", 0, f"events.{row['event']}.killed"),)
    return say(tale.number(row, "killed")) if row["victims"] is None else tale.dead(row)


def _strike(tale: Tale, row: Row, at: When) -> list[Sentence]:
    who, what = tale.actor(row["actor"]), blow(tale, row)
    if row["actor"] in tale.names.proxies:
        return [say(at.front, f"{who} began {what}")]
    return [
        say(at.front, f"{who} carried out {what}", killing(tale, row)),
        say(f"{what} by {who} followed", at.within, killing(tale, row)),
        say(at.front, f"{who} made {what}", killing(tale, row)),
    ]


def _decision(tale: Tale, row: Row, at: When) -> list[Sentence]:
    who, what = tale.actor(row["actor"]), blow(tale, row)
    return [say(at.front, f"{who} decided on {what}"), say(f"{who} resolved", at.within, f" on {what}")]


def _crossing(tale: Tale, row: Row, at: When) -> list[Sentence]:
    line, owner = tale.line(row["line"]), tale.actor(row["target"])
    by_strike = tale.names.document.lines[row["line"]].crossed_by.event == "strike"
    who = tale.actor(row["actor"])
    if by_strike:
        return [
            say(f"the red line {line} was crossed", at.within, f" by {who}"),
            say(at.front, f"{who} crossed a red line of {owner}, {line}"),
        ]
    return [
        say(f"the red line {line} was crossed", at.within, f", for which {owner} held {who} responsible"),
        say(at.front, f"a red line of {owner}, {line}, was crossed, and {who} was held responsible"),
    ]


def _order(tale: Tale, row: Row, at: When) -> list[Sentence]:
    who, against = tale.actor(row["actor"]), tale.actor(row["target"])
    told_to: Sentence = (" to ", tale.order(row), f" in attacking {against}")
    if row["order"] == 0:
        told_to = (" to ", Quote("stop attacking", row["order"], f"events.{row['event']}.order"), f" {against}")
    return [
        say(at.front, f"{who} told the groups", told_to),
        say(f"an order from {who}", at.within, " told the groups", told_to),
    ]


def _obedience(tale: Tale, row: Row, at: When) -> list[Sentence]:
    who, about = tale.actor(row["actor"]), tale.about(row)
    concerning = f" about {tale.actor(about)}" if about is not None else ""
    if row["target"] is None:
        return [
            say(at.front, f"{who} stopped obeying anybody{concerning}"),
            say(f"{who} went its own way{concerning}", at.within),
        ]
    whom = tale.actor(row["target"])
    return [say(at.front, f"{who} came to obey {whom}{concerning}"), say(f"{who} put itself under {whom}{concerning}", at.within)]


def _leader_death(tale: Tale, row: Row, at: When) -> list[Sentence]:
    return [say(at.front, f"the leader of {tale.actor(row['actor'])} died")]


def _handler_removed(tale: Tale, row: Row, at: When) -> list[Sentence]:
    return [say(at.front, f"{tale.actor(row['actor'])} lost the officer who ran its groups")]


def _group_leader_removed(tale: Tale, row: Row, at: When) -> list[Sentence]:
    return [say(at.front, f"{tale.actor(row['actor'])} lost its leader")]


def _war(tale: Tale, row: Row, at: When) -> list[Sentence]:
    return [say(at.front, f"open war broke out between {tale.actor(row['actor'])} and {tale.actor(row['target'])}")]


def _licence(tale: Tale, row: Row, at: When) -> list[Sentence]:
    who, line, owner = tale.actor(row["actor"]), tale.line(row["line"]), tale.actor(row["target"])
    return [
        say(at.front, f"{who} took it as licence that a crossing of {line} had drawn no answer from {owner} in two weeks"),
        say(at.front, f"two weeks without an answer from {owner} to a crossing of {line} gave {who} licence to go further"),
    ]


def _succession(tale: Tale, row: Row, at: When) -> list[Sentence]:
    return [say(at.front, f"a successor took over as leader of {tale.actor(row['actor'])}")]


_FRAMES: Final[dict[str, Callable[[Tale, Row, When], list[Sentence]]]] = {
    "attack": _attack,
    "strike": _strike,
    "line-crossed": _crossing,
    "order": _order,
    "obedience": _obedience,
    "leader-death": _leader_death,
    "handler-removed": _handler_removed,
    "group-leader-removed": _group_leader_removed,
    "open-war": _war,
    "answer-decided": _decision,
    "licence": _licence,
    "succession": _succession,
}


def responsibility(tale: Tale, row: Row, turn: int = 0) -> Sentence | None:
    """Return who did it, whether it was obeying or ordered, and whom the adversary believed how strongly; None for a stopped attack."""
    if not row["got_through"]:
        return None
    return finished(_deed(tale, row, turn), "; ", _belief(tale, row, turn))


def _deed(tale: Tale, row: Row, turn: int) -> Sentence:
    """Return under whose authority a deed was done."""
    who = tale.actor(row["actor"])
    if row["authority"] is None:
        alone = (f"{who} obeyed nobody in this", f"in this {who} acted on its own account", f"nobody had told {who} to do it")
        return (alone[turn % len(alone)],)
    whom = tale.actor(row["authority"])
    if row["ordered"]:
        return (f"{who} obeyed {whom}, which had ordered it",)
    frames = (f"{who} obeyed {whom} at the time but had no order for it", f"it was done under the authority of {whom}, without an order")
    return (frames[turn % len(frames)],)


def _belief(tale: Tale, row: Row, turn: int) -> Sentence:
    """Return the claim, the culprit believed in and the blame that the adversary put on a patron."""
    owner, believed = tale.actor(row["target_owner"]), row["believed_culprit"]
    if believed is None:
        suspected = f"{owner} suspected nobody in particular"
    elif believed == row["actor"]:
        suspected = f"{owner} held the group responsible" if turn % 2 else f"{owner} rightly suspected {tale.actor(believed)}"
    else:
        wrongly = (
            f"{owner} wrongly held {tale.actor(believed)} responsible",
            f"{owner} took {tale.actor(believed)} for the culprit, wrongly,",
        )
        suspected = wrongly[turn % 2]
    return say(_claim(tale, row), " ", suspected, _blame(tale, row))


def _claim(tale: Tale, row: Row) -> str:
    label = row["claimed_by"]
    if label is None:
        return "nobody claimed it, and"
    if label == row["actor"]:
        return "the group claimed it in its own name, and"
    return f"it was claimed in the name of {tale.body(label)}, and"


def _blame(tale: Tale, row: Row) -> Sentence | None:
    """Return how strongly a patron was blamed."""
    if row["blame"] is None:
        return None
    patrons = [key for key in tale.names.principals if tale.names.document.actors[key].role == "patron"]
    patron = tale.actor(patrons[0]) if len(patrons) == 1 else "a patron"
    belief = BELIEFS[tale.names.document.actors[row["target_owner"]].looks_for]
    blame = Quote(percent(row["blame"]), row["blame"], f"events.{row['event']}.blame")
    return (f" and put the chance that {patron} {belief} at ", blame)


def strikes_noun(rung: str, count: int) -> str:
    """Return the noun of some strikes of one rung."""
    many = BLOWS[rung][1]
    return many if count != 1 else many.replace("strikes", "strike", 1)


__all__ = ["blow", "harm", "number_text", "reached", "responsibility", "strikes_noun", "tell_event", "told", "toll", "when"]
