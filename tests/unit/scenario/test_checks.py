"""What is valid but probably not meant is pointed out; what numbers rest on is counted; who can influence whom is known."""

import pytest

from shadowline.errors import EXPLANATIONS
from shadowline.scenario.census import take_census
from shadowline.scenario.checks import MEANINGS, Remark, check_scenario
from shadowline.scenario.influence import influence_graph, influenced_by
from shadowline.scenario.load import load_scenario

QUIET = {Remark.JUDGEMENT, Remark.LEFT_TO_THE_MODEL}
BLUE = "blue: {role: adversary,"
RED = "    territory: red-land\n"


@pytest.fixture
def remarks(load, catalogue):
    """Return a function that loads a changed scenario and returns its findings, save what is always said."""

    def found(*pieces, **how):
        findings = check_scenario(load(*pieces, **how), catalogue)
        return [finding for finding in findings if finding.code not in QUIET]

    return found


def test_the_smallest_scenario_has_nothing_to_remark(remarks):
    """A scenario in which everything can happen and is used gets no finding."""
    assert remarks() == []


def test_a_finding_says_where_and_what(remarks):
    """A finding is one line with file, line, field, a sentence and a stable code."""
    (finding,) = remarks("0.5/day", "0/day")

    assert finding.severity == "warning"
    assert str(finding).endswith("case.yaml:36: fronts.0: the front of brigade on outpost has a quiet rate of zero [SL508]")


def test_every_code_of_a_finding_is_explained_and_used_once():
    """Codes of findings have a meaning, and none is a code of an error."""
    assert set(MEANINGS) == set(Remark)
    assert {remark.value for remark in Remark}.isdisjoint({code.value for code in EXPLANATIONS})


@pytest.mark.parametrize(
    ("crossing", "why"),
    [
        ("event: attack, killed: {contractor: 1}, target_owner: blue", None),
        ("event: attack, actor: brigade", None),
        ("event: attack, killed: {other: 1}", "no other is at the targets"),
        ("event: attack, territory: red-land", "no front faces"),
        ("event: attack, actor: red", "red has no front there"),
        ("event: strike, actor: blue, target: brigade", None),
        ("event: strike, actor: red, target: blue, at_least: assets-abroad", None),
        ("event: strike, actor: red, target: brigade", "red never strikes brigade"),
        ("event: strike, actor: brigade, target: blue", "what proxies do are attacks"),
        ("event: strike, territory: red-land, at_least: patron-soil", None),
        ("event: strike, target: brigade, at_least: assets-abroad", "on the rung assets-abroad"),
    ],
)
def test_a_line_that_nothing_can_cross_is_pointed_out(remarks, crossing, why):
    """A line is reachable if an attack of a declared front, or a strike that somebody could make, would cross it."""
    found = remarks("\noutcomes:", f"  more:\n    owner: blue\n    crossed_by: {{{crossing}}}\n\noutcomes:")

    assert [finding.code for finding in found] == ([] if why is None else [Remark.LINE_OUT_OF_REACH])
    assert why is None or why in found[0].message


def test_a_cap_puts_the_patron_s_lines_out_of_reach(remarks):
    """An adversary that never goes beyond strikes on proxies cannot cross a line about the patron's soil."""
    (finding,) = remarks(BLUE, f"{BLUE} answers: {{doctrine: capped, cap: major-strike}},")

    assert finding.code is Remark.LINE_OUT_OF_REACH
    assert "no-strike-on-red-land" in finding.message


def test_the_dead_of_a_declared_war_cross_no_line(remarks):
    """A line on attacks is out of reach where all fronts belong to a war that goes on already."""
    found = remarks(more="wars: [{between: [blue, brigade], since: 2023-01-01}]")

    assert Remark.LINE_OUT_OF_REACH in {finding.code for finding in found}


RULES = {
    "any rule after one without conditions": (["{answer: nothing}", "{when: {killed_at_least: 1}, answer: nothing}"], [502]),
    "the same rule again": (
        ["{when: {killed_at_least: 2}, answer: nothing}", "{when: {killed_at_least: 2}, answer: {major-strike: 1}}"], [502],
    ),
    "a stricter rule after a laxer": (
        ["{when: {line_crossed_within: 14d}, answer: nothing}", "{when: {line_crossed_within: 7d, killed_at_least: 1}, answer: nothing}"],
        [502],
    ),
    "a laxer rule after a stricter": (
        ["{when: {line_crossed_within: 7d}, answer: nothing}", "{when: {line_crossed_within: 14d}, answer: nothing}"],
        [],
    ),
    "rules on different things": (
        ["{when: {line_crossed_within: 7d}, answer: nothing}", "{when: {provocation_at_least: 8}, answer: nothing}"], [],
    ),
    "rules that look at different actors": (
        ["{when: {looks_at: red}, answer: nothing}", "{when: {looks_at: brigade}, answer: nothing}"], [],
    ),
    "a longer look back": (["{when: {looks_at: red}, answer: nothing}", "{when: {looks_at: red, within: 9d}, answer: nothing}"], []),
    "a menu of nothing": (["{answer: {major-strike: 0}}"], [503]),
    "a menu of quiet": (["{answer: {quiet: 1}}"], [503]),
    "quiet among others": (["{answer: {quiet: 1, major-strike: 1}}"], [503]),
    "a weight above the cap": (["{answer: {limited-strike: 1, major-strike: 1}, cap: limited-strike}"], [503]),
    "a rule in order": (["{when: {killed_at_least: 1}, answer: {major-strike: 1}}", "{answer: by judgement, timing: at its rate}"], []),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_rules_that_nothing_reaches_or_that_do_nothing_are_pointed_out(remarks, name):
    """A rule behind one that always takes its place, or with a menu that chooses nothing, is pointed out."""
    rules, codes = RULES[name]

    found = remarks(BLUE, f"{BLUE} answers: {{doctrine: own}},", more=f"doctrines: {{own: [{', '.join(rules)}]}}")

    about_rules = [finding for finding in found if finding.code in {Remark.RULE_NEVER_REACHED, Remark.RULE_WITHOUT_EFFECT}]
    assert [int(finding.code[2:]) for finding in about_rules] == codes
    assert all(".own." in str(finding) for finding in about_rules)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ("{doctrine: massive}", "never answers"),
        ("{doctrine: capped}", "is ignored"),
        ("{doctrine: judgement, looks_at: blue}", '"looks_at" has no effect'),
        ("{doctrine: tit-for-tat, looks_at: blue}", None),
        ("{doctrine: own}", "looks at nobody"),
    ],
)
def test_a_patron_s_doctrine_that_does_nothing_is_pointed_out(remarks, answers, why):
    """Patrons and proxies answer only whom their rules look at; a doctrine that looks at nobody is said to do nothing."""
    found = remarks(RED, f"{RED}    answers: {answers}\n", more="doctrines: {own: [{answer: {limited-strike: 1}}]}")
    said = [finding.message for finding in found if finding.code is Remark.RULE_WITHOUT_EFFECT]

    assert bool(said) == (why is not None)
    assert why is None or any(why in message for message in said)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("doctrines: {own: [{answer: nothing}]}", Remark.UNUSED_DOCTRINE),
        ("evidence: {a: {says: x, strength: press report}}", Remark.UNUSED_EVIDENCE),
        (
            "bodies: {b: {members: [brigade], claims_under_its_name: 1.0}, c: {members: [brigade], claims_under_its_name: 0.1}}",
            Remark.CLAIMS_EXCEED_ALL,
        ),
    ],
)
def test_what_is_declared_in_vain_is_pointed_out(remarks, written, code):
    """Doctrines that nobody follows, evidence that nothing rests on and claims beyond all attacks are pointed out."""
    assert [finding.code for finding in remarks(more=written)] == [code]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("  brigade: {role", "  column: {role: proxy}\n  brigade: {role", {Remark.ACTOR_WITHOUT_TIES, Remark.NO_MOVEMENT}),
        ("  brigade: {role", "  green: {role: adversary}\n  brigade: {role", {Remark.ACTOR_WITHOUT_TIES}),
        ("  brigade: {role", "  green: {role: adversary, answers: {doctrine: tit-for-tat, looks_at: red}}\n  brigade: {role", set()),
        ("  brigade: {role", "  host: {role: host}\n  brigade: {role", {Remark.ACTOR_WITHOUT_TIES}),
        ("pays: 0.6", "pays: 1.0", set()),
        ("wants: 0.6, ", "", {Remark.UNSAID_WISH}),
        ("  border: {}", "  border: {}\n  coast: {}", {Remark.UNUSED_PLACE}),
        ("fronts:\n", "  village: {owner: blue, theatre: border, territory: borderland}\n\nfronts:\n", {Remark.UNUSED_PLACE}),
        ("movements:\n  resistance: {brigade: 1}\n", "", {Remark.NO_MOVEMENT}),
    ],
)
def test_loose_ends_are_pointed_out(remarks, old, new, codes):
    """Actors without ties or fronts, places where nothing happens and wishes nobody states are pointed out."""
    assert {finding.code for finding in remarks(old, new)} == codes


def test_funding_beyond_all_is_pointed_out(remarks):
    """Shares that several principals pay must not sum to more than the whole."""
    ally = "  ally: {role: host, factions: {all: {wants: 1}}}\n  brigade: {role"

    found = remarks("  brigade: {role", ally, "\ntheatres:", "  - {from: ally, to: brigade, pays: 0.5}\n\ntheatres:")

    assert [finding.code for finding in found] == [Remark.FUNDING_EXCEEDS_ALL]


def test_the_source_of_a_cited_part_is_used(remarks):
    """An entry counts as used where a part of it is cited."""
    evidence = "evidence: {a: {says: x, strength: press report}, a/b: {in: a, says: x, strength: press report}}"

    assert remarks("zeal: 0.6", "zeal: {value: 0.6, because: a/b}", more=evidence) == []


def test_warnings_come_before_notes(load, catalogue):
    """What should be mended is told before what is worth knowing."""
    findings = check_scenario(load("0.5/day", "0/day", "unstated: default", "unstated: drawn"), catalogue)

    assert [finding.severity for finding in findings] == sorted((finding.severity for finding in findings), reverse=True)
    assert {Remark.JUDGEMENT, Remark.LEFT_TO_THE_MODEL} < {finding.code for finding in findings}


def census_of(load, catalogue, *pieces, **how):
    """Return the census of the smallest scenario, changed."""
    return take_census(load(*pieces, **how).document, catalogue)


def test_every_stated_number_is_counted_once(load, catalogue):
    """Numbers of rows, wishes, shares and defaults are all in the census, under the paths that `--set` takes."""
    census = census_of(load, catalogue, more="defaults: {proxy: {zeal: 0.4}}")
    paths = [number.path for number in census.judgement]

    assert len(paths) == len(set(paths))
    assert {"ties.red>brigade.pays", "fronts.brigade>outpost.quiet_rate", "actors.red.factions.guards.wants", "defaults.proxy.zeal"} < set(
        paths
    )
    assert "lines.no-blue-soldier.crossing.makes_likelier.major-strike" in paths


@pytest.mark.parametrize(
    ("strength", "judgement"),
    [
        ("official count", False),
        ("peer-reviewed study", False),
        ("reference data", False),
        ("press report", True),
        ("judgement of an expert", True),
        ("our judgement", True),
    ],
)
def test_only_evidence_that_can_carry_a_number_counts(load, catalogue, strength, judgement):
    """A number whose size only a press report or somebody's judgement supports counts as judgement, where the model has no number."""
    evidence = f"evidence: {{a: {{says: x, strength: {strength}}}}}"

    census = census_of(load, catalogue, "zeal: 0.6", "zeal: {value: 0.6, because: a}", more=evidence)

    assert ("actors.brigade.zeal" in {number.path for number in census.judgement}) == judgement


def test_evidence_is_inherited_within_a_row_and_not_across(load, catalogue):
    """What an actor rests on holds for its numbers, and not for those of its factions, which are rows of their own."""
    evidence = "evidence: {a: {says: x, strength: official count}}"
    census = census_of(load, catalogue, RED, f"{RED}    because: a\n", more=evidence)
    carried = {number.path for number in census.evidence}

    assert "actors.red.handler.ties" in carried
    assert "actors.red.factions.guards.weight" not in carried


def test_what_is_left_to_the_model_is_counted(load, catalogue):
    """Numbers that rows do not state are listed by their default's name, with the rows that leave them and whether they are drawn."""
    left = {row.path: row for row in census_of(load, catalogue, "unstated: default", "unstated: drawn").unstated}
    settled = {row.path: row for row in census_of(load, catalogue).unstated}

    assert left["defaults.proxy.fear.half_life"].rows == 1
    assert left["defaults.line.norm.gain"].rows == 2
    assert left["defaults.proxy.fear.half_life"].drawn
    assert not any(row.drawn for row in settled.values())
    assert "defaults.proxy.zeal" not in left


TWO = """
  green: {role: adversary, territory: green-land}
  black: {role: patron, territory: black-land, factions: {all: {wants: 1}}}
  militia: {role: proxy}

movements:
  south: {militia: 1}
  resistance: {brigade: 1}
"""


HARBOUR = "  harbour: {owner: green, theatre: border, territory: green-land}\n\nfronts:\n  - {proxy: militia, target: harbour}\n"


@pytest.fixture
def two_wars(load):
    """Return a function that gives the graph of two wars side by side, with something changed."""

    def graph(*pieces, **how):
        return influence_graph(
            load(
                "\nmovements:\n  resistance: {brigade: 1}\n", TWO,
                "\ntheatres:", "  - {from: black, to: militia}\n\ntheatres:",
                "\nfronts:\n", HARBOUR,
                *pieces, **how,
            ).document
        )  # fmt: skip

    return graph


NORTH = {"blue", "red", "brigade", "red>blue"}
SOUTH = {"green", "black", "militia", "black>green"}


def test_two_wars_do_not_touch(two_wars):
    """Where nothing is shared there is no path, and an order that no proxy hears is neither moved nor moves anybody."""
    graph = two_wars()

    assert influenced_by(graph, "brigade") == NORTH
    assert influenced_by(graph, "militia") == SOUTH
    assert influenced_by(graph, "red>green") == {"red>green"}


@pytest.mark.parametrize(
    ("pieces", "more", "reason"),
    [
        (["\nfronts:\n  - {proxy: militia", "\nfronts:\n  - {proxy: militia, target: outpost}\n  - {proxy: militia"], "", "outpost"),
        (["  - {from: black, to: militia}", "  - {from: black, to: militia}\n  - {from: red, to: militia}"], "", "handler"),
        (["  south: {militia: 1}\n  resistance: {brigade: 1}", "  all: {militia: 0.5, brigade: 0.5}"], "", "rival"),
        ([], "bodies: {b: {members: [brigade, militia], coordination: 0.5}}", "in step"),
        (["    crossed_by: {event: attack, target_owner: blue,", "    crossed_by: {event: attack,"], "", "no-blue-soldier"),
        (["green: {role: adversary,", "green: {role: adversary, answers: {doctrine: tit-for-tat, looks_at: red},"], "", "doctrine"),
        ([], "strikes: [{on: 2024-02-01, by: green, against: red, rung: patron-soil}]", "declared day"),
        (["territory: black-land,", "territory: black-land, stance: [praise],"], "", "hawks"),
        (["actor: blue, territory: red-land", "at_least: assets-abroad"], "", "no-strike-on-red-land"),
    ],
)
def test_whatever_two_wars_share_joins_them(two_wars, pieces, more, reason):
    """A shared target, patron, movement, body, line, doctrine, strike or audience opens a path, and the edge says which."""
    graph = two_wars(*pieces, more=more)
    crossing = [
        why
        for side, other in ((NORTH, SOUTH), (SOUTH, NORTH))
        for node in side
        for goal, whys in graph[node].items()
        if goal in other
        for why in whys
    ]

    assert any(reason in why for why in crossing)


def test_a_declared_war_provokes_nobody(load):
    """A proxy in a war that is declared is reached by its adversary and does not reach it."""
    graph = influence_graph(load(more="wars: [{between: [blue, brigade], since: 2023-01-01}]").document)

    assert "brigade" in graph["blue"]
    assert influenced_by(graph, "brigade") == {"brigade"}


def test_the_model_case_has_one_actor_whom_nobody_moves(catalogue):
    """In the model case everybody is reached by somebody, save the host's own government; Hamas reaches nobody."""
    graph = influence_graph(load_scenario("iran-axis-2024", catalogue).document)

    unmoved = {node for node in graph if not any(node in graph[other] for other in graph)}
    assert unmoved == {"iraq", "iraq>pakistan", "iraq>united-kingdom"}
    assert influenced_by(graph, "hamas") == {"hamas"}
    assert "hezbollah" in influenced_by(graph, "kataib-hezbollah")
