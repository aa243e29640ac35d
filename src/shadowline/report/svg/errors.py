"""Error bars of scatter and bar traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowline.report.svg.attributes import Props, listed
from shadowline.report.svg.axes import Axis, values_of
from shadowline.report.svg.ink import element, number, stroke
from shadowline.report.svg.sheet import pick

if TYPE_CHECKING:
    from collections.abc import Sequence

STYLES = ("color", "thickness", "width")


def draw_errors(props: Props, axes: tuple[Axis, Axis], color: str, centres: Sequence[tuple[float, float]] | None = None) -> str:
    """Return the error bars of a trace on ``axes`` (x, y) in ``color`` unless they have their own.

    ``centres`` are the points in px from which the bars go across, where these are not the trace's own x and y.
    """
    drawn = []
    for letter in "xy":
        errors = props.get(f"error_{letter}") or {}
        if errors.get("array") is None or not pick(errors, "visible", dflt=True):
            continue
        if letter == "x" and not any(style in errors for style in STYLES) and pick(props, "error_y.array") is not None:
            errors = {**{style: pick(props, f"error_y.{style}") for style in STYLES}, **errors}
        points = centres or list(zip(*(axis.pixels(values_of(props, axis.letter)) for axis in axes), strict=False))
        drawn.append(_bars(errors, axes["xy".index(letter)], values_of(props, letter), points, str(errors.get("color") or color)))
    return "".join(drawn)


def _bars(errors: Props, axis: Axis, values: Sequence[object], points: Sequence[tuple[float, float]], color: str) -> str:
    """Return the error bars along one axis as a single path: cap, bar, cap for every point."""
    if axis.kind not in {"linear", "log"}:
        raise ValueError(f"error_{axis.letter} on an axis of type {axis.kind!r} is not drawn in SVG")
    count = len(values)
    plus = listed(errors["array"], count)
    is_symmetric = pick(errors, "symmetric", errors.get("arrayminus") is None)
    minus = plus if is_symmetric else listed(errors.get("arrayminus"), count)
    cap = float(pick(errors, "width", 4.0))
    path = "".join(
        _bar(axis, (float(value) - (down or 0), float(value) + (up or 0)), point, cap)  # type: ignore[arg-type]
        for value, up, down, point in zip(values, plus, minus, points, strict=False)
        if value is not None and (up is not None or down is not None)
    )
    return element("path", d=path, fill="none", **stroke(color, float(pick(errors, "thickness", 2.0)))) if path else ""


def _bar(axis: Axis, ends: tuple[float, float], point: tuple[float, float], cap: float) -> str:
    """Return one error bar; it has no cap where it goes below the start of a logarithmic axis."""
    low, high = axis.pixels(ends)
    across = point[1] if axis.letter == "x" else point[0]
    if high != high or across != across:  # noqa: PLR0124  NaN
        return ""
    start = axis.zero if low != low else low  # noqa: PLR0124  NaN
    caps = [high] if low != low or not cap else [high, low]  # noqa: PLR0124  NaN
    if axis.letter == "x":
        bar = f"M{number(start)},{number(across)}H{number(high)}"
        hats = [f"M{number(end)},{number(across - cap)}V{number(across + cap)}" for end in caps if cap]
    else:
        bar = f"M{number(across)},{number(start)}V{number(high)}"
        hats = [f"M{number(across - cap)},{number(end)}H{number(across + cap)}" for end in caps if cap]
    return bar + "".join(hats)
