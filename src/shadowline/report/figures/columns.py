"""Small pictures side by side that share their rows: names on the left, a heading over each."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from shadowline.report.figures.style import GRID, INK, MUTED, WIDTH, axis, blank, broken, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

NBSP: Final = "\u00a0"
NAMES: Final = 150
"""Pixels for the names of the rows."""
PITCH: Final = 22
GAP: Final = 0.035
LETTER: Final = 5.6
"""Pixels that a letter takes at 11 px, on the safe side."""
LINE: Final = 15
BETWEEN: Final = 6
MOST_LINES: Final = 4


@dataclass(frozen=True)
class Columns:
    """A figure of several small pictures beside each other, filled from the left.

    Attributes
    ----------
    figure : Figure
        The figure.
    rows : int
        Rows that all of them have.
    shares : tuple of (float, float)
        From where to where each lies, as shares of the plot's width.
    """

    figure: go.Figure
    rows: int
    shares: tuple[tuple[float, float], ...]

    def where(self, n: int) -> dict[str, str]:
        """Return the axes of column ``n``, for a trace."""
        name = "" if n == 0 else str(n + 1)
        return {"xaxis": f"x{name}", "yaxis": f"y{name}"}

    def line(self, n: int, at: float, colour: str = INK, dash: str | None = None) -> None:
        """Draw a line from top to bottom of column ``n``."""
        where = self.where(n)
        self.figure.add_shape(
            type="line", x0=at, x1=at, y0=-0.6, y1=self.rows - 0.4, xref=where["xaxis"], yref=where["yaxis"], layer="below",
            line={"color": colour, "width": 1, "dash": dash},
        )  # fmt: skip

    def scaled(self, n: int, ends: tuple[float, float], ticks: Sequence[float], texts: Sequence[str]) -> None:
        """Give column ``n`` its horizontal axis; of labels that would touch, the one given first stays."""
        where = self.where(n)
        low, high = self.shares[n]
        margin = self.figure.layout.margin
        pixel = (high - low) * (WIDTH - margin.l - margin.r) / (ends[1] - ends[0])
        kept: list[tuple[float, str]] = []
        for tick, text in zip(ticks, texts, strict=True):
            if all(abs(tick - other) * pixel >= (len(text) + len(beside)) / 2 * LETTER + BETWEEN for other, beside in kept):
                kept.append((tick, text))
        kept.sort()
        across = axis(*ends, [tick for tick, _ in kept], [text for _, text in kept], anchor=where["yaxis"], domain=[low, high])
        self.figure.update_layout({where["xaxis"].replace("x", "xaxis"): across | {"tickfont": {"size": 10, "color": MUTED}}})


def columns_of(
    meta: tuple[str, str],
    names: Sequence[str],
    headings: Sequence[tuple[str, str]],
    *,
    pitch: float = PITCH,
    left: int = NAMES,
    right: int = 22,
    shares: tuple[tuple[float, float], ...] | None = None,
    notes: Sequence[str] = (),
    ruled: bool = True,
) -> Columns:
    """Return an empty figure of small pictures that share rows.

    Parameters
    ----------
    meta : pair of str
        Title, and what there is to see, in words.
    names : sequence of str
        Names of the rows.
    headings : sequence of (str, str)
        What stands over each small picture, and what in a paler ink under that.
    pitch : float
        Pixels a row.
    left, right : int
        Pixels for the names, and on the right.
    shares : tuple of (float, float), optional
        From where to where each lies; side by side by default.
    notes : sequence of str
        A line in a paler ink under each name.
    ruled : bool
        Whether a pale line runs through each row.
    """
    count = len(headings)
    shares = shares or tuple((n / count + (GAP if n else 0.0), (n + 1) / count) for n in range(count))
    texts = [
        _heading(heading, below, (end - start) * (WIDTH - left - right))
        for (heading, below), (start, end) in zip(headings, shares, strict=True)
    ]
    top = 14 + LINE * max(text.count("<br>") + 1 for text in texts)
    figure = blank(*meta, int(top + 26 + pitch * max(1, len(names))), l=left, r=right, t=top, b=26)
    made = Columns(figure, len(names), shares)
    labels = [broken(name, int((left - 10) / LETTER)) for name in names]
    for n, note in enumerate(notes):
        labels[n] += f"{NBSP}<br><span style='color:{MUTED}'>{safe(note)}</span>"
    for n, text in enumerate(texts):
        _placed(made, n, text, [label + NBSP for label in labels], ruled=ruled)
    return made


def _heading(heading: str, below: str, room: float) -> str:
    """Return a heading broken to so many pixels."""
    width = max(8, int(room / LETTER))
    first, second = wrap(heading, width), wrap(below, width + 2)
    if len(first) > MOST_LINES:
        first = [*first[: MOST_LINES - 1], first[MOST_LINES - 1][: width - 1] + "…"]
    pale = f"<span style='color:{MUTED}'>{'<br>'.join(safe(line) for line in second)}</span>" if second else ""
    return "<br>".join([part for part in (f"<b>{'<br>'.join(safe(line) for line in first)}</b>", pale) if part])


def _placed(made: Columns, n: int, text: str, labels: Sequence[str], *, ruled: bool) -> None:
    """Write a heading over column ``n``, and give it its rows; names stand beside the first alone."""
    where = made.where(n)
    rows = axis(made.rows - 0.4, -0.6, range(made.rows), labels, anchor=where["xaxis"], gridcolor=GRID, showgrid=ruled)
    shown = {"tickfont": {"size": 11, "color": INK}} if n == 0 else {"showticklabels": False}
    made.figure.update_layout({where["yaxis"].replace("y", "yaxis"): rows | shown})
    made.figure.add_annotation(
        x=made.shares[n][0], y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=6, align="left", showarrow=False,
        text=text, font={"size": 11},
    )  # fmt: skip


def dealt(keys: Sequence[str], most: int) -> list[list[str]]:
    """Return keys in groups of at most ``most``, as even as can be."""
    groups = max(1, -(-len(keys) // most))
    size, longer = divmod(len(keys), groups)
    found, start = [], 0
    for n in range(groups):
        end = start + size + (n < longer)
        found.append(list(keys[start:end]))
        start = end
    return found
