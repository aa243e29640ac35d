"""Results as pandas tables, and the table of answers as HTML for notebooks."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pandas as pd

from shadowline.errors import Code, InputError, nearest_name
from shadowline.futures.save import EVENTS, TABLES
from shadowline.futures.wording import said

if TYPE_CHECKING:
    from shadowline.futures.results import Results
    from shadowline.futures.summary import Answer


TYPES = {
    "int32": "Int32", "string": "string", "double": "float64", "bool": "boolean", "date32[day]": "datetime64[s]",
}  # fmt: skip
"""Types of columns in pandas, by those of Arrow; all of them can be missing a value."""


def answer_table(results: Results) -> pd.DataFrame:
    """Return one row per question, by id.

    Columns: ``asks``, ``kind``, ``unit``, ``value``, ``mc_low``, ``mc_high`` (95 % Monte Carlo interval), ``spread_low``, ``spread_high``
    (5-95 % over parameter draws, missing where chance hides it), ``integrated``, ``early``, ``median``, ``late`` (dates by which a
    quarter, half and three quarters of the futures in which it happens have seen it).
    """
    rows = []
    for answer in results.answers:
        row = answer.as_json()
        when = row.pop("when")
        rows.append(row | {name: pd.to_datetime(when.get(f"{name}_date")) for name in ("early", "median", "late")})
    return pd.DataFrame(rows).set_index("id")


def frame(results: Results, name: str) -> pd.DataFrame:
    """Return one of the tables that a results folder holds.

    Raises
    ------
    InputError
        BAD_OPTION if there is none of that name.
    """
    if name not in TABLES:
        raise InputError(
            Code.BAD_OPTION, "there is no such table", found=name, expected=", ".join(TABLES), nearest=nearest_name(name, list(TABLES))
        )
    return TABLES[name](results).to_pandas()


def event_table(results: Results, run: int) -> pd.DataFrame:
    """Return the events of one future, one row each, by event number; see `shadowline.futures.events`."""
    rows = pd.DataFrame(results.story(run), columns=EVENTS.names)
    return rows.astype({field.name: TYPES[str(field.type)] for field in EVENTS}).set_index("event")


def answers_html(results: Results) -> str:
    """Return the table of answers as HTML, with what was played below it."""
    document = results.scenario.document
    names = ("question", "answer", "Monte Carlo 95 %", "parameter spread 5–95 %", "half by")
    head = "".join(f"<th style='text-align:{'right' if n else 'left'}'>{name}</th>" for n, name in enumerate(names))
    body = "".join(_answer_row(answer) for answer in results.answers)
    played = f"{results.runs:,} futures of {results.model.days} days from {document.as_of}, seed {results.plan.seed}"
    return (
        f"<p><b>{html.escape(document.title)}</b><br>{html.escape(document.question)}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{played}</p>"
    )


def _answer_row(answer: Answer) -> str:
    cells = [*said(answer), answer.when.get("median_date", "")]
    return f"<tr><td style='text-align:left'>{html.escape(answer.asks)}</td>" + "".join(
        f"<td style='text-align:right'>{html.escape(cell)}</td>" for cell in cells
    ) + "</tr>"  # fmt: skip
