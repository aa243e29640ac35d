"""The language grows from the model's parameters, and its published JSON Schema accepts what ships."""

import json
from datetime import date

import jsonschema
import pytest

from shadowline.errors import Code
from shadowline.parameters import Catalogue, Parameter
from shadowline.scenario.load import LIBRARY, read_merged, shipped_scenarios
from shadowline.scenario.schema import json_schema, kind_of, scenario_type


def plain(value):
    """Return data as JSON holds it: dates as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, date) else value


def test_a_new_parameter_is_a_new_field_and_a_new_default(catalogue):
    """A number that a mechanism declares can be written in its row and under `defaults` without an edit of the language."""
    grown = scenario_type(Catalogue((*catalogue.parameters, Parameter("proxies", "swiftness.at_night", 1, 0, 2, "number", "m", floor=0))))
    words = {"role": "proxy", "swiftness": {"at_night": 2}}
    defaults = {"proxy": {"swiftness": {"at_night": 1.5}}}
    small = {"shadowline": 1, "id": "x", "title": "x", "question": "x", "as_of": date(2024, 1, 1), "outcomes": {}}

    document = grown.model_validate({**small, "actors": {"a": words}, "defaults": defaults})

    assert document.actors["a"].number("swiftness.at_night").middle() == 2
    assert document.defaults.proxy.number("swiftness.at_night").middle() == 1.5


def test_every_parameter_of_a_row_has_its_place_in_the_language(catalogue):
    """No parameter is left out: each is a field of its row, or read from a mapping of its own."""
    defaults = scenario_type(catalogue).model_json_schema()["$defs"]["Defaults"]["properties"]
    elsewhere = {"wishes", "memberships", "spells"}

    assert {kind_of(parameter.of) for parameter in catalogue.parameters if parameter.of not in elsewhere} <= set(defaults)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_the_json_schema_accepts_what_ships(catalogue, name):
    """Every shipped scenario, with what it extends filled in, fits the published JSON Schema."""
    data = plain(read_merged(LIBRARY / f"{name}.yaml", scenario_type(catalogue))[1])

    jsonschema.validate(data, json_schema(catalogue))


@pytest.mark.parametrize(
    "wrong",
    [
        {"horizn": "180d"},
        {"actors": {"red": {"role": "ruler"}}},
        {"actors": {"red": {"role": "patron", "zeal": 1}}},
        {"ties": {"from": "red", "to": "brigade"}},
        {"targets": {"outpost": {"owner": "blue"}}},
        {"shadowline": 2},
    ],
)
def test_the_json_schema_refuses_what_the_loader_refuses(catalogue, wrong):
    """An editor that knows the schema marks misspelt keys, unknown roles, missing keys and wrong types."""
    data = plain(read_merged(LIBRARY / "two-camps.yaml")[1]) | wrong

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema(catalogue))


def test_the_json_schema_is_plain_json_and_valid_itself(catalogue):
    """The schema can be written out, and is a schema of its draft."""
    schema = json_schema(catalogue)

    jsonschema.Draft202012Validator.check_schema(json.loads(json.dumps(schema, allow_nan=False)))


@pytest.mark.parametrize("version", ["true", "1.0", "'1'", "2"])
def test_only_the_version_itself_is_the_version(faults, version):
    """A truth value, text or a number with a point is no version of the language."""
    errors = faults("shadowline: 1", f"shadowline: {version}")

    assert [error.code for error in errors] == [Code.UNSUPPORTED_VERSION]
