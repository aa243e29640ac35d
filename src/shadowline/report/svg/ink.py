"""The ink of a drawing: elements, numbers, colours and dashes."""

from __future__ import annotations

import math
import re
from typing import NamedTuple
from xml.sax.saxutils import escape

# Characters that XML 1.0 cannot hold, not even escaped.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NAMED = {
    "black": "#000000",
    "white": "#ffffff",
    "gray": "#808080",
    "grey": "#808080",
    "lightgray": "#d3d3d3",
    "lightgrey": "#d3d3d3",
    "silver": "#c0c0c0",
    "red": "#ff0000",
    "green": "#008000",
    "blue": "#0000ff",
    "orange": "#ffa500",
    "purple": "#800080",
    "navy": "#000080",
}
# Lengths of strokes and gaps in units of the width of the line, which counts as at least 3 px.
DASHES = {
    "dot": (1, 1),
    "dash": (3, 3),
    "longdash": (5, 5),
    "dashdot": (3, 1, 1, 1),
    "longdashdot": (5, 2, 1, 2),
}
DARK = 128.0


class Colour(NamedTuple):
    """Red, green, blue (0 to 255) and opacity (0 to 1)."""

    red: int
    green: int
    blue: int
    opacity: float

    @property
    def code(self) -> str:
        """The colour without its opacity, as ``#rrggbb``."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


def clean(text: str) -> str:
    """Return ``text`` as it may stand between tags."""
    return escape(FORBIDDEN.sub("", text))


def number(value: float) -> str:
    """Return a coordinate with at most two decimals and nothing superfluous; ValueError if it is not finite."""
    if not math.isfinite(value):
        raise ValueError("a coordinate is not a finite number")
    digits = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def element(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """Return an element; ``_`` in names of attributes becomes ``-`` and those that are None are left out."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            text = value if isinstance(value, str) else number(value)
            parts.append(f'{key.rstrip("_").replace("_", "-")}="{escape(FORBIDDEN.sub("", text), {chr(34): "&quot;"})}"')
    opening = " ".join(parts)
    return f"<{opening}>{content}</{name}>" if content else f"<{opening}/>"


def colour(text: str) -> Colour:
    """Return a colour written as hex, ``rgb()``, ``rgba()`` or one of a few names; ValueError for anything else."""
    code = NAMED.get(text.strip().lower(), text.strip().lower())
    if found := re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", code):
        digits = found[1] if len(found[1]) > 3 else "".join(2 * digit for digit in found[1])
        red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
        return Colour(red, green, blue, int(digits[6:] or "ff", 16) / 255)
    if found := re.fullmatch(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)", code):
        red, green, blue = (min(255, int(part)) for part in found.groups()[:3])
        return Colour(red, green, blue, min(1.0, float(found[4] or 1)))
    raise ValueError(f"the colour {text!r} is not drawn; write it as #rrggbb or rgba(r, g, b, opacity)")


def fill(text: str, opacity: float = 1.0) -> dict[str, str | float | None]:
    """Return the attributes that fill an area with a colour."""
    ink = colour(text)
    strength = ink.opacity * opacity
    return {"fill": ink.code, "fill_opacity": None if strength >= 1 else strength}


def stroke(text: str, width: float, dash: str | None = None, opacity: float = 1.0) -> dict[str, str | float | None]:
    """Return the attributes of a line ``width`` px wide."""
    ink = colour(text)
    strength = ink.opacity * opacity
    return {
        "stroke": ink.code,
        "stroke_opacity": None if strength >= 1 else strength,
        "stroke_width": width,
        "stroke_dasharray": dashes(dash, width),
    }


def dashes(dash: str | None, width: float) -> str | None:
    """Return the lengths of strokes and gaps in px; None for a solid line, ValueError for an unknown pattern."""
    if not dash or dash == "solid":
        return None
    if dash in DASHES:
        return ",".join(number(part * max(width, 3.0)) for part in DASHES[dash])
    if re.fullmatch(r"[\d.]+(px)?([ ,]+[\d.]+(px)?)*", dash):
        return ",".join(number(float(part)) for part in re.findall(r"[\d.]+", dash))
    raise ValueError(f"the dash {dash!r} is not drawn; known are solid, {', '.join(DASHES)} and lengths in px")


def faded(text: str, opacity: float) -> str:
    """Return the colour with another opacity."""
    ink = colour(text)
    return f"rgba({ink.red},{ink.green},{ink.blue},{opacity})"


def contrast(text: str) -> str:
    """Return white on dark colours and dark grey on light ones; a translucent colour is seen on white."""
    ink = colour(text)
    red, green, blue = (part * ink.opacity + 255 * (1 - ink.opacity) for part in ink[:3])
    return "#ffffff" if (299 * red + 587 * green + 114 * blue) / 1000 < DARK else "#444444"
