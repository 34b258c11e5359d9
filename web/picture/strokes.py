"""Small pieces of SVG: elements, escaped text, lines with round corners, arrowheads and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from web.picture.shapes import Point

ROUND, HEAD = 6.0, 7.0


def escaped(text: str) -> str:
    """Text that is safe between tags; what XML cannot hold is left out."""
    return escape(
        "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff\x7f")
    )


def element(name: str, attributes: Mapping[str, str], inside: str = "") -> str:
    """One element. `inside` is SVG already."""
    said = "".join(f" {key}={quoteattr(escaped_attribute(value))}" for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def escaped_attribute(text: str) -> str:
    """Without characters XML cannot hold; quoting is done where the attribute is written."""
    return "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff\x7f")


def number(value: float) -> str:
    """Short and always the same."""
    return f"{value:.1f}".removesuffix(".0")


def text_lines(
    lines: Sequence[str],
    x: float,
    y: float,
    size: float,
    leading: float,
    *,
    kind: str,
    anchor: str = "middle",
    weight: str = "",
    fill: str = "",
) -> str:
    """Lines of text, one element each line so that they can be selected; `y` is the first base line."""
    if not lines:
        return ""
    spans = "".join(
        element("tspan", {"x": number(x), "y": number(y + n * leading)}, escaped(line)) for n, line in enumerate(lines)
    )
    look = {"class": kind, "font-size": number(size), "text-anchor": anchor}
    if weight:
        look["font-weight"] = weight
    if fill:
        look["fill"] = fill
    return element("text", look, spans)


def line_path(points: Sequence[Point]) -> str:
    """A line with round corners that ends a little before the last point, where the arrow stands."""
    corners = _without_repeats(points)
    corners[-1] = _towards(corners[-1], corners[-2], HEAD - 2)
    drawn = [f"M{number(corners[0][0])} {number(corners[0][1])}"]
    for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
        reach = min(ROUND, _far(before, here) / 2, _far(here, after) / 2)
        a, b = _towards(here, before, reach), _towards(here, after, reach)
        drawn.append(
            f"L{number(a[0])} {number(a[1])}Q{number(here[0])} {number(here[1])} {number(b[0])} {number(b[1])}"
        )
    drawn.append(f"L{number(corners[-1][0])} {number(corners[-1][1])}")
    return "".join(drawn)


def arrow(points: Sequence[Point], colour: str) -> str:
    """A filled head at the last point."""
    corners = _without_repeats(points)
    tip = corners[-1]
    base = _towards(tip, corners[-2], HEAD)
    ux, uy = (tip[0] - base[0]) / HEAD, (tip[1] - base[1]) / HEAD
    sides = [(base[0] - uy * 3.6, base[1] + ux * 3.6), tip, (base[0] + uy * 3.6, base[1] - ux * 3.6)]
    drawn = " ".join(f"{number(x)},{number(y)}" for x, y in sides)
    return element("polygon", {"class": "head", "points": drawn, "fill": colour})


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    """Corners only: no point twice, none in the middle of a straight piece."""
    kept: list[Point] = []
    for point in points:
        if kept and _far(kept[-1], point) < 0.05:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept if len(kept) > 1 else [*kept, (kept[0][0] + 1, kept[0][1])]


def _straight(a: Point, b: Point, c: Point) -> bool:
    return (a[0] == b[0] == c[0]) or (a[1] == b[1] == c[1])


def _far(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, end: Point, by: float) -> Point:
    far = _far(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * by / far, start[1] + (end[1] - start[1]) * by / far


MARKS = {
    "timer": "M{x} {y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M{x} {y}v-3M{x} {y}l2.2 1.3",
    "event": "M{x} {y}m-5.5 -3.8h11v7.6h-11zM{x} {y}m-5.5 -3.5l5.5 4.2l5.5 -4.2",
    "failed": "M{x} {y}m0 -5l5.4 9.4h-10.8zM{x} {y}m0 -1.6v2.6M{x} {y}m0 2.6v.6",
    "success": "M{x} {y}m-5 0l3.6 3.8l6.4 -7.4",
    "failure": "M{x} {y}m-4 -4l8 8M{x} {y}m4 -4l-8 8",
    "cancelled": "M{x} {y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M{x} {y}m-3.5 3.5l7 -7",
}


def mark(kind: str, x: float, y: float, colour: str) -> str:
    """A clock, an envelope, a warning, or the sign of an end, around a point."""
    path = MARKS[kind].format(x=number(x), y=number(y))
    thick = "2" if kind in ("success", "failure") else "1.2"
    look = {
        "fill": "none",
        "stroke": colour,
        "stroke-width": thick,
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    return element("path", {"class": f"mark {kind}-mark", "d": path, **look})
