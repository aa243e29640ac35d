"""Text of a drawing: runs of bold, italic and colour, lines, and how wide they are.

Widths are those of the common sans faces (Helvetica, Arial and Liberation Sans share them); another face is a few per cent
off, which moves only what depends on widths: legends, text boxes of several lines, and axis titles beside labels.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shadowline.report.svg.ink import clean, element, fill, number

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_SPACING = 1.3
# Heights above and below the baseline and of the middle of lower-case letters, in units of the font's size.
ASCENT = 0.905
DESCENT = 0.212
MIDDLE = 0.35
CAPITAL = 0.7
BOLD = 1.07
# Thousandths of the font's size, by the characters that are so wide.
WIDTHS = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft\u00a0·",
    333: "-()`r°",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckssvxyz",
    584: "+<=>~−×±",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
USUAL = 556
WIDTH_OF = {letter: width for width, letters in WIDTHS.items() for letter in letters}
TAG = re.compile(r"(<br\s*/?>|</?b>|</?i>|</span>|<span\s[^<>]*>)", re.IGNORECASE)
UNDRAWN = re.compile(r"<(sub|sup|a|em|strong|s|u|font)(\s[^<>]*)?>", re.IGNORECASE)
SPAN = re.compile(r"<span\s+style\s*=\s*([\"'])\s*color\s*:\s*([^;\"']+?)\s*;?\s*\1\s*>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:\w+|#\d+|#x[0-9a-fA-F]+);")
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True)
class Font:
    """A family, a size in px and a colour."""

    family: str
    size: float
    color: str
    is_inherited: bool = True

    def but(self, given: Mapping[str, Any] | None) -> Font:
        """Return this font with what ``given`` says otherwise; the family of the whole drawing need not be repeated."""
        changes = {key: value for key, value in (given or {}).items() if key in {"family", "size", "color"} and value is not None}
        return replace(self, **changes, is_inherited=self.is_inherited and changes.get("family", self.family) == self.family)

    @property
    def families(self) -> str:
        """The family names as SVG reads them: a name with a digit or another sign in it is a name only in quotes."""
        names = (name.strip().strip("\"'").replace("'", "") for name in self.family.split(","))
        return ", ".join(name if re.fullmatch(r"[A-Za-z -]+", name) else f"'{name}'" for name in names if name)

    @property
    def ascent(self) -> float:
        """Height of a line above its baseline in px; browsers round it."""
        return float(round(ASCENT * self.size))

    @property
    def descent(self) -> float:
        """Depth of a line below its baseline in px; browsers round it."""
        return float(round(DESCENT * self.size))


@dataclass(frozen=True)
class Run:
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    color: str | None = None


def lines(text: str) -> list[list[Run]]:
    """Return the lines of a text and in each its runs; ValueError for a tag that has a meaning but is not drawn."""
    if found := UNDRAWN.search(text):
        raise ValueError(f'the tag {found[0]} in {text!r} is not drawn; <b>, <i>, <br> and <span style="color:…"> are')
    rows: list[list[Run]] = [[]]
    bold = italic = 0
    colours: list[str | None] = []
    for piece in TAG.split(text):
        tag = piece.lower()
        if tag.startswith("<br") and TAG.fullmatch(piece):
            rows.append([])
        elif tag in {"<b>", "</b>"}:
            bold += -1 if "/" in tag else 1
        elif tag in {"<i>", "</i>"}:
            italic += -1 if "/" in tag else 1
        elif tag == "</span>":
            colours = colours[:-1]
        elif tag.startswith("<span") and TAG.fullmatch(piece):
            colours.append(_colour_of(piece))
        elif piece:
            plain = ENTITY.sub(lambda entity: html.unescape(entity[0]), piece)
            rows[-1].append(Run(plain, bold > 0, italic > 0, next((tint for tint in reversed(colours) if tint), None)))
    return rows


def _colour_of(tag: str) -> str:
    """Return the colour that a span gives to its text."""
    found = SPAN.fullmatch(tag)
    if found is None:
        raise ValueError(f'{tag} is not drawn; a span gives a colour only: <span style="color:#rrggbb">')
    return found[2]


def width(text: str, size: float) -> float:
    """Return the width of the widest line of ``text`` in px."""
    return max(sum(_run_width(run) for run in row) for row in lines(text)) * size


def _run_width(run: Run) -> float:
    thousandths = sum(WIDTH_OF.get(letter, USUAL) for letter in run.text)
    return thousandths / 1000 * (BOLD if run.bold else 1.0)


def height(text: str, font: Font) -> float:
    """Return the height of a text in px, from the top of its first line to the bottom of its last."""
    return font.ascent + font.descent + (len(lines(text)) - 1) * LINE_SPACING * font.size


@dataclass(frozen=True)
class Place:
    """Where a text stands: the point (px) of its first baseline, its side towards that point, and its turn in degrees."""

    x: float
    y: float
    anchor: str = "middle"
    turn: float = 0.0


def draw_text(text: str, place: Place, font: Font) -> str:
    """Return a text element; further lines stand 1.3 times the font's size below each other."""
    rows = [[_tspan(run) for run in row] for row in lines(text)]
    if len(rows) == 1:
        content = "".join(rows[0])
    else:
        step = number(LINE_SPACING * font.size)
        content = "".join(element("tspan", "".join(row) or " ", x=place.x, dy=step if index else None) for index, row in enumerate(rows))
    if not content:
        return ""
    kept = {"xml:space": "preserve"} if any("  " in run.text for row in lines(text) for run in row) else {}
    turned = f"rotate({number(place.turn)},{number(place.x)},{number(place.y)})" if place.turn else None
    anchor = None if place.anchor == "start" else place.anchor
    return element(
        "text",
        content,
        x=place.x,
        y=place.y,
        text_anchor=anchor,
        font_size=font.size,
        font_family=None if font.is_inherited else font.families,
        **fill(font.color),
        transform=turned,
        **kept,
    )


def _tspan(run: Run) -> str:
    """Return a run, in an element of its own only if its style differs."""
    styles: dict[str, str | float | None] = {"font_weight": "bold" if run.bold else None, "font_style": "italic" if run.italic else None}
    if run.color:
        styles |= fill(run.color)
    text = clean(run.text)
    return element("tspan", text, **styles) if any(styles.values()) and text else text
