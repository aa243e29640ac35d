"""Scenarios for the tests of the language, written out and loaded."""

import pytest

from shadowline.engine.tables import the_catalogue
from shadowline.errors import InputError, InputErrors
from shadowline.scenario.load import LIBRARY, load_scenario

SMALL = (LIBRARY / "two-camps.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def catalogue():
    """Return the parameters of the model."""
    return the_catalogue()


@pytest.fixture
def load(tmp_path, catalogue):
    """Return a function that loads the smallest scenario with pieces replaced (old, new, …) and more at its end."""

    def loaded(*pieces, more="", **how):
        text = SMALL
        for old, new in zip(pieces[::2], pieces[1::2], strict=True):
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "case.yaml"
        path.write_text(f"{text}\n{more}", encoding="utf-8")
        return load_scenario(path, catalogue, **how)

    return loaded


@pytest.fixture
def faults(load):
    """Return a function that loads likewise, expects refusal, and returns the errors."""

    def found(*pieces, **how):
        with pytest.raises((InputError, InputErrors)) as caught:
            load(*pieces, **how)
        return list(getattr(caught.value, "errors", [caught.value]))

    return found
