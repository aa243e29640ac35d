"""Text in or beyond a bar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shadowline.report.svg.attributes import Props, listed
from shadowline.report.svg.ink import contrast
from shadowline.report.svg.sheet import pick
from shadowline.report.svg.text import Font, Place, draw_text, height, width

if TYPE_CHECKING:
    from collections.abc import Iterable

PAD = 3.0
FONT_PARTS = ("family", "size", "color")


@dataclass(frozen=True)
class Rectangle:
    """A bar in px: its two sides (the smaller number first), its foot and its tip."""

    near: float
    far: float
    foot: float
    tip: float
    is_lying: bool

    @property
    def horizontal(self) -> tuple[float, float]:
        """Left and right edge."""
        return (min(self.foot, self.tip), max(self.foot, self.tip)) if self.is_lying else (self.near, self.far)

    @property
    def vertical(self) -> tuple[float, float]:
        """Upper and lower edge."""
        return (self.near, self.far) if self.is_lying else (min(self.foot, self.tip), max(self.foot, self.tip))

    @property
    def direction(self) -> float:
        """1 if the bar grows right or down, else -1; a bar of no length grows right or up."""
        if self.tip == self.foot:
            return 1.0 if self.is_lying else -1.0
        return 1.0 if self.tip > self.foot else -1.0


def draw_bar_text(trace: Props, row: int, bar: Rectangle, font: Font, *, is_outmost: bool) -> str:
    """Return the text of one bar. Text too large for its bar is drawn smaller; ValueError where it would be turned."""
    text = listed(trace.get("text"), row + 1)[row]
    position = str(listed(pick(trace, "textposition", "auto"), row + 1)[row])
    if text in {None, ""} or position == "none":
        return ""
    text = str(text)
    inner, outer = (_font(trace, row, font, kind) for kind in ("insidetextfont", "outsidetextfont"))
    wide, tall = (end - start for start, end in (bar.horizontal, bar.vertical))
    if position == "outside" and not is_outmost:
        position = "inside"
    if position == "auto":
        position = "inside" if not is_outmost or _may_fit(text, inner, wide, tall, bar) else "outside"
    if position == "outside":
        return _outside(text, bar, outer, trace)
    return _inside(text, bar, inner, trace) if wide and tall else ""


def _font(trace: Props, row: int, font: Font, kind: str) -> Font:
    """Return the font inside or beyond a bar; inside, the usual colour is the one that shows best."""
    if kind == "insidetextfont":
        bar_color = listed(pick(trace, "marker.color"), row + 1)[row] or trace["own"]
        font = font.but({"color": contrast(str(bar_color))})
    for name in ("textfont", kind):
        font = font.but({part: listed(pick(trace, f"{name}.{part}"), row + 1)[row] for part in FONT_PARTS})
    return font


def _may_fit(text: str, font: Font, wide: float, tall: float, bar: Rectangle) -> bool:
    """Return whether a text goes into a bar as it is, turned, or shrunk to the bar's thickness."""
    room, rise = wide - 2 * PAD, tall - 2 * PAD
    across, down = width(text, font.size), height(text, font)
    if room < 0 or rise < 0:
        return False
    shrunk = room >= across * (rise / down) if bar.is_lying else rise >= down * (room / across)
    return shrunk or (across <= room and down <= rise) or (across <= rise and down <= room)


def _scaled(font: Font, factors: Iterable[float]) -> tuple[Font, float]:
    """Return the font made smaller by the least of the factors, and that factor; nothing grows."""
    scale = min(1.0, *factors)
    return (replace(font, size=font.size * scale) if scale < 1 else font), scale


def _inside(text: str, bar: Rectangle, font: Font, trace: Props) -> str:
    """Return text within the bar, at its tip, middle or foot."""
    (left, right), (top, bottom) = bar.horizontal, bar.vertical
    pad = PAD if min(right - left, bottom - top) > 2 * PAD else 0.0
    across, down = width(text, font.size), height(text, font)
    scale = 1.0
    if pick(trace, "constraintext", "both") in {"both", "inside"}:
        font, scale = _scaled(font, ((right - left - 2 * pad) / across, (bottom - top - 2 * pad) / down))
        if scale < 1 and trace.get("textangle") is None:
            raise ValueError(f"the text {text!r} does not fit into its bar and would be turned; set textangle = 0 to shrink it")
    across, down = across * scale, down * scale
    size, start, end = (across, left, right) if bar.is_lying else (down, top, bottom)
    shift = {"start": -1.0, "middle": 0.0, "end": 1.0}[pick(trace, "insidetextanchor", "end")] * bar.direction
    along = (start + end) / 2 + shift * ((end - start) / 2 - pad - size / 2)
    middle = (bar.near + bar.far) / 2
    return _centred(text, (along, middle) if bar.is_lying else (middle, along), font, scale)


def _outside(text: str, bar: Rectangle, font: Font, trace: Props) -> str:
    """Return text beyond the tip of the bar, no thicker than the bar."""
    thickness = bar.far - bar.near
    across, down = width(text, font.size), height(text, font)
    scale = 1.0
    if pick(trace, "constraintext", "both") in {"both", "outside"}:
        font, scale = _scaled(font, [thickness / (down if bar.is_lying else across)])
    pad = PAD if thickness > 2 * PAD else 0.0
    along = bar.tip + bar.direction * (pad + scale * (across if bar.is_lying else down) / 2)
    middle = (bar.near + bar.far) / 2
    return _centred(text, (along, middle) if bar.is_lying else (middle, along), font, scale)


def _centred(text: str, centre: tuple[float, float], font: Font, scale: float) -> str:
    """Return text around a point; ``font`` is already smaller by ``scale``."""
    if font.size <= 0:
        return ""
    full = replace(font, size=font.size / scale)
    first = centre[1] - scale * height(text, full) / 2 + scale * full.ascent
    return draw_text(text, Place(centre[0], first), font)
