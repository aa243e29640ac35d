"""One contract for all mechanisms: what each file must say, declare and do."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

from shadowline.engine import day
from shadowline.engine.order import LIBRARIES, ORDER, mechanism_modules
from shadowline.engine.tables import LINKS, the_catalogue
from shadowline.parameters import RUNGS

STEPS = sorted({step.mechanism for step in ORDER})
FILES = sorted({*STEPS, *LIBRARIES})
BOOKKEEPING = {"journal", "outcomes"}
"""Files that keep count of what happens and move nothing."""
PARAMETERS = the_catalogue().parameters
UNITS = {"1/day", "day", "share", "number"}
SAYS_HOW = re.compile(r"::\n\n {4}\S|[=~∝]|\bprobability\b|\bchance\b|\bhazard\b|\brule\b|\bAssumption")


def module(name):
    """Return a module of the mechanisms."""
    return importlib.import_module(f"shadowline.mechanisms.{name}")


def called(function):
    """Return the names of the functions that a kernel of the day calls, in the order of its lines; parts of the day are read through."""
    tree = ast.parse(inspect.getsource(day))
    body = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)
    calls = [node for node in ast.walk(body) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    names = [call.func.id for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset))]
    return [inner for name in names for inner in (called(name) if name.startswith("play_") else [name])]


def test_the_day_is_played_in_its_printed_order():
    """The compiled day calls exactly the steps of ORDER, in that order, between clearing yesterday and turning the page."""
    housekeeping = {"clear_today", "refresh"}
    assert [name for name in called("play_day") if name not in housekeeping] == [step.function for step in ORDER]


def test_steps_are_numbered_in_order():
    """Numbers of the steps never fall, and every step says in one sentence what happens."""
    numbers = [step.number for step in ORDER]
    assert numbers == sorted(numbers)
    assert all(step.says.endswith((".", ").")) for step in ORDER)


@pytest.mark.parametrize("step", ORDER, ids=lambda step: step.function)
def test_a_step_is_one_compiled_function_of_the_world(step):
    """Every step of ORDER exists in the file it names, takes the world alone, and says what it does."""
    function = getattr(module(step.mechanism), step.function)
    plain = getattr(function, "py_func", function)
    assert list(inspect.signature(plain).parameters) == ["world"]
    assert plain.__module__ == f"shadowline.mechanisms.{step.mechanism}"
    assert plain.__doc__
    assert function is not plain, "not compiled"


@pytest.mark.parametrize("name", sorted({*FILES} - BOOKKEEPING))
def test_a_mechanism_says_what_it_computes_and_on_what_ground(name):
    """Every file has a docstring with its equation or rule; what acts in the day names its rows of the coverage table too."""
    text = module(name).__doc__
    assert SAYS_HOW.search(text)
    if name in STEPS:
        assert re.search(r"[Cc]overage\s+rows? [\dA-Z]", text)


@pytest.mark.parametrize("name", sorted({*STEPS} - BOOKKEEPING))
def test_a_mechanism_names_its_assumption_or_source(name):
    """Every mechanism says what it assumes, or on whose work it rests."""
    assert re.search(r"Assumptions?:|Sources?:|Assumption", module(name).__doc__)


def test_every_file_is_a_step_or_a_library():
    """No file of the mechanisms stands outside the order of the day and its libraries."""
    folder = Path(inspect.getfile(module("attacks"))).parent
    found = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert found == set(FILES)
    assert [m.__name__.rpartition(".")[2] for m in mechanism_modules()][-1] == "rare"


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda p: f"{p.of}.{p.name}")
def test_a_parameter_is_declared_in_full(parameter):
    """A parameter's range is in order and within its limits; it has a unit, a meaning and a source."""
    assert parameter.floor <= parameter.low <= parameter.default <= parameter.high <= parameter.ceiling
    assert parameter.unit in UNITS
    if parameter.unit == "share":
        assert parameter.floor >= 0
        assert parameter.ceiling <= 1
    assert parameter.meaning.strip()
    assert parameter.source.strip()
    assert parameter.of in LINKS
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*(\.[a-z]+([_-][a-z]+)*)*", parameter.name)
    if parameter.rung >= 0:
        assert parameter.name.endswith(RUNGS[parameter.rung])


def test_a_column_belongs_to_one_mechanism():
    """No two mechanisms declare the same state, and no state has the name of a parameter or a link of its table."""
    states = [(state.of, state.name) for state in the_catalogue().states]
    assert len(states) == len(set(states))
    taken = {(p.of, p.column) for p in PARAMETERS} | {(table, name) for table, links in LINKS.items() for name in links}
    assert taken.isdisjoint(states)


@pytest.mark.parametrize("state", the_catalogue().states, ids=lambda s: f"{s.of}.{s.name}")
def test_a_state_says_what_it_is(state):
    """A state has a table, a meaning in words and a kind that fits into eight bytes."""
    assert state.of in LINKS
    assert state.meaning.strip()
    assert state.kind in {"f8", "i8", "u8"}
    assert state.length >= 1
