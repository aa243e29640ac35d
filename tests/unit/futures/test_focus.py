"""What a scenario is about is what its questions name, not all that happens in it."""

from types import SimpleNamespace

import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.futures.focus import adversaries_asked, dyads_asked
from shadowline.scenario.load import LIBRARY, load_scenario


def document(name):
    """Return the words of a shipped scenario."""
    return load_scenario(name, the_catalogue()).document


def asked(tmp_path, outcomes):
    """Return the words of the smallest scenario with other questions."""
    text = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")
    path = tmp_path / "asked.yaml"
    path.write_text(text[: text.index("outcomes:")] + outcomes, encoding="utf-8")
    return load_scenario(path, the_catalogue()).document


def test_the_model_case_is_about_those_it_asks_about():
    """The model case asks about the United States first and about Britain; Israel and Pakistan run in the background."""
    words = document("iran-axis-2024")

    assert adversaries_asked(words) == ["united-states", "united-kingdom"]
    assert dyads_asked(words) == [("iran", "united-states"), ("iran", "israel"), ("iran", "united-kingdom")]


def test_the_smallest_scenario_is_about_its_only_pair():
    """With one adversary and one patron there is one pair."""
    words = document("two-camps")

    assert adversaries_asked(words) == ["blue"]
    assert dyads_asked(words) == [("red", "blue")]


@pytest.mark.parametrize(
    "outcome",
    [
        "{asks: Q?, happens_when: {open_war: {patron: red, adversary: blue}}}",
        "{asks: Q?, happens_when: {strike: {by: blue}}}",
        "{asks: Q?, happens_when: {no_attacks: {on: blue, for: 9d}}}",
        "{asks: Q?, happens_when: {line_crossed: no-blue-soldier}}",
        "{asks: Q?, count: {attacks: {on: blue}, per: week}}",
        "{asks: Q?, count: {strikes: {by: blue}, per: horizon}}",
        "{asks: Q?, happens_when: {leader_dies: red}}",
        "{asks: Q?, happens_when: {line_crossed: no-strike-on-red-land}}",
        "{asks: Q?, happens_when: {strike: {by: red}}}",
        "{asks: Q?, count: {lines_crossed: any, per: horizon}}",
    ],
)
def test_every_kind_of_question_leads_to_an_adversary(tmp_path, outcome):
    """Each kind of question names its adversary; one that names none is about all of them."""
    words = asked(tmp_path, f"outcomes:\n  q: {outcome}\n")

    assert adversaries_asked(words) == ["blue"]
    assert dyads_asked(words) == [("red", "blue")]


def made_up(*outcomes, lines=None):
    """Return words of three adversaries, two patrons and a host; green backs the one group that attacks north."""
    roles = {"north": "adversary", "south": "adversary", "east": "adversary", "green": "patron", "white": "patron", "land": "host"}
    groups = {"pines": "north", "oaks": "south"}
    actors = {key: SimpleNamespace(role=role) for key, role in roles.items()} | {key: SimpleNamespace(role="proxy") for key in groups}
    return SimpleNamespace(
        actors=actors,
        lines={key: SimpleNamespace(owner=owner) for key, owner in (lines or {}).items()},
        outcomes={str(n): outcome for n, outcome in enumerate(outcomes)},
        ties=[
            SimpleNamespace(from_=one, to=other)
            for one, other in (("white", "oaks"), ("green", "pines"), ("land", "pines"), ("green", "oaks"))
        ],
        targets={owner: SimpleNamespace(owner=owner) for owner in groups.values()},
        fronts=[SimpleNamespace(proxy=proxy, target=owner) for proxy, owner in groups.items()],
    )


def happening(**when):
    """Return a yes-or-no question of one kind."""
    kinds = dict.fromkeys(("open_war", "strike", "no_attacks", "line_crossed", "leader_dies"))
    return SimpleNamespace(happens_when=SimpleNamespace(**(kinds | when)), count=None)


def counting(**what):
    """Return a question that counts one kind of thing."""
    kinds = dict.fromkeys(("attacks", "strikes", "lines_crossed"))
    return SimpleNamespace(happens_when=None, count=SimpleNamespace(**(kinds | what)))


def test_adversaries_stand_in_the_order_in_which_they_are_asked_about():
    """The first question decides who comes first; each adversary is named once, and patrons not at all."""
    words = made_up(
        happening(line_crossed="quiet-south"),
        counting(attacks=SimpleNamespace(on="north")),
        happening(strike=SimpleNamespace(by="green")),
        counting(strikes=SimpleNamespace(by="south")),
        lines={"quiet-south": "south"},
    )

    assert adversaries_asked(words) == ["south", "north"]


def test_where_nobody_is_named_all_adversaries_count():
    """Questions about rulers and patrons alone leave all adversaries in focus."""
    words = made_up(happening(leader_dies="green"), happening(line_crossed="green-land"), lines={"green-land": "green"})

    assert adversaries_asked(words) == ["north", "south", "east"]


def test_pairs_asked_about_war_come_first_then_patrons_of_attackers():
    """A war asked about leads; hosts and patrons whose groups leave the adversary alone are no pair; none comes twice."""
    words = made_up(
        counting(attacks=SimpleNamespace(on="north")),
        counting(attacks=SimpleNamespace(on="south")),
        happening(open_war=SimpleNamespace(patron="white", adversary="east")),
        happening(open_war=SimpleNamespace(patron="green", adversary="south")),
    )

    assert dyads_asked(words) == [("white", "east"), ("green", "south"), ("green", "north"), ("white", "south")]
