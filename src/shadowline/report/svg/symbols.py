"""Marker symbols."""

from __future__ import annotations

from shadowline.report.svg.ink import colour, element, fill, number, stroke

Path = tuple[tuple[float, float], ...]

# Corners for a radius of 1, chosen so that the symbols look equally large; y points down.
POLYGONS: dict[str, Path] = {
    "square": ((1, 1), (-1, 1), (-1, -1), (1, -1)),
    "diamond": ((1.3, 0), (0, 1.3), (-1.3, 0), (0, -1.3)),
    "triangle-up": ((-1.1547, 0.5), (1.1547, 0.5), (0, -1)),
    "triangle-down": ((-1.1547, -0.5), (1.1547, -0.5), (0, 1)),
}
STROKES: dict[str, Path] = {"line-ns": ((0, 1.4), (0, -1.4)), "line-ew": ((1.4, 0), (-1.4, 0))}
OPEN = "-open"


def is_drawn(symbol: object) -> bool:
    """Return whether a symbol is known."""
    name = str(symbol).removesuffix(OPEN)
    return name == "circle" or name in POLYGONS or name in STROKES


def draw_symbol(symbol: str, place: tuple[float, float, float], ink: tuple[str, str, float], opacity: float) -> str:
    """Return a symbol at ``place`` (x, y, size in px) in ``ink`` (colour, colour and width in px of its edge)."""
    x, y, size = place
    style = _style(symbol, ink)
    style["opacity"] = None if opacity >= 1 else opacity
    name = symbol.removesuffix(OPEN)
    if name == "circle":
        return element("circle", cx=x, cy=y, r=size / 2, **style)
    corners = POLYGONS.get(name) or STROKES[name]
    spots = [f"{number(x + size / 2 * across)},{number(y + size / 2 * down)}" for across, down in corners]
    return element("path", d="M" + "L".join(spots) + ("Z" if name in POLYGONS else ""), **style)


def _style(symbol: str, ink: tuple[str, str, float]) -> dict[str, str | float | None]:
    """Return fill and edge: open symbols are edged in their own colour, lines have an edge only."""
    color, edge, thick = ink
    if symbol.endswith(OPEN) and symbol.removesuffix(OPEN) not in STROKES:
        return {"fill": "none", **stroke(color, thick or 1.0)}
    if symbol.removesuffix(OPEN) in STROKES:
        return {"fill": "none", **stroke(color if symbol.endswith(OPEN) else edge, thick)}
    return {**fill(color), **(stroke(edge, thick) if thick > 0 and colour(edge).opacity > 0 else {})}
