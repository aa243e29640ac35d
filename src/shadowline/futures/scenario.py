"""A scenario as Python code meets it: loaded by name or file, shown well in a notebook, played in one call."""

from __future__ import annotations

import html
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Self

from shadowline.engine.tables import the_catalogue
from shadowline.futures.run import simulate
from shadowline.scenario import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from shadowline.futures.results import Results


class Scenario(load.Scenario):
    """A validated scenario: what is believed about one shadow war, in words.

    Examples
    --------
    >>> war = Scenario.load("two-camps", {"actors.red.order.fixed": 0})
    >>> war.id
    'two-camps'
    """

    @classmethod
    def load(cls, name: str | Path, changes: Mapping[str, object] | None = None, *, as_of: date | None = None) -> Self:
        """Read and validate a scenario.

        Parameters
        ----------
        name : str or Path
            Name of a shipped scenario, or a file.
        changes : mapping of str to value, optional
            Values by path, such as ``{"actors.iran.order.fixed": 0}``.
        as_of : date, optional
            Another as-of date; nothing known later may then be used.

        Raises
        ------
        InputError, InputErrors
            With file, line and field.
        """
        texts = {path: str(value) for path, value in (changes or {}).items()}
        loaded = load.load_scenario(name, the_catalogue(), changes=texts, as_of=as_of)
        return cls(**{part.name: getattr(loaded, part.name) for part in fields(loaded)})

    def simulate(self, **plan: Any) -> Results:  # noqa: ANN401 - the keywords of `simulate`
        """Play it; keywords as in `shadowline.simulate`."""
        return simulate(self, **plan)

    def __repr__(self) -> str:
        """Return id, date and size in one line."""
        document = self.document
        return f"<Scenario {self.id}, as of {document.as_of}: {len(document.actors)} actors, {len(document.outcomes)} questions>"

    def _repr_html_(self) -> str:
        """Show title, question, actors and questions in a notebook."""
        document = self.document
        actors = "; ".join(f"{html.escape(str(words.name or key))} ({words.role})" for key, words in document.actors.items())
        asked = "".join(f"<li><code>{html.escape(key)}</code> {html.escape(words.asks)}</li>" for key, words in document.outcomes.items())
        changed = "".join(f"<br>Changed: <code>{html.escape(path)} = {html.escape(value)}</code>" for path, value in self.changes.items())
        return (
            f"<p><b>{html.escape(document.title)}</b><br>{html.escape(document.question)}<br>"
            f"As of {document.as_of}, {document.horizon:g} days{changed}</p><p>{actors}</p><ul>{asked}</ul>"
        )
