"""What is told below the picture instead of being drawn: moves that are possible at any step, and the ends they lead to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.definition.compiled import Move
from web.picture import words
from web.picture.figures import Figure, Measure
from web.picture.measuring import wrapped
from web.picture.strokes import element, number, text_lines

SIZE, LEADING = 11.0, 15.0


def footnotes(
    measure: Measure, loose: Sequence[str], wide: float, high: float, draw_end: Callable[[Figure, float, float], None]
) -> tuple[list[str], float, float]:
    """The lines, and how wide and high the picture is with them. Ends that stand here are drawn by `draw_end`."""
    wide = max(wide, 320.0)
    lines = _lines(measure)
    room = wide if measure.right else min(wide, 340.0)  # a phone shows no more at once
    pills = {name: measure.pill(name) for name in loose}
    if not lines and not pills:
        return [], wide, high
    drawn = [_rule(wide, high + 8)]
    y = high + 20
    for end in [*pills, *(end for end in dict.fromkeys(end for end, _ in lines) if end not in pills)]:
        x, low = 4.0, 0.0
        if end in pills:
            draw_end(pills[end], x, y)
            x, low = x + pills[end].wide + 10, pills[end].high
        texts = [line for to, text in lines if to == end for line in wrapped(text, SIZE, room - x - 6, 4)]
        top = y + max(0.0, (low - len(texts) * LEADING) / 2) + 11.5
        drawn.append(text_lines(texts, x, top, SIZE, LEADING, kind="note", anchor="start", fill="#4c5857"))
        y += max(low, len(texts) * LEADING) + 6
    return drawn, wide, y + 2


def _rule(wide: float, y: float) -> str:
    path = f"M4 {number(y)}H{number(wide - 4)}"
    return element("path", {"class": "rule", "d": path, "fill": "none", "stroke": "#e0e4e4"})


def _lines(measure: Measure) -> list[tuple[str, str]]:
    """Each text with the end it leads to ("" where it leads to none, or to a step)."""
    process, said = measure.process, measure.said
    found: dict[tuple[str, str], None] = {}
    for move in process.moves:
        target = move.target or ""
        to = process.steps[target] if target else None
        end = target if to and to.kind == "end" else ""
        match move.kind:
            case "cancel":
                found[end, _cancelling(measure)] = None
            case "reopen" if to:
                found["", said(words.REOPEN).format(step=said(to.label) or to.id)] = None
            case "anytime":
                found[end, _anytime(measure, move)] = None
    return sorted(found, key=lambda line: line[0] == "")


def _cancelling(measure: Measure) -> str:
    roles = measure.roles(measure.process.permissions.cancel)
    return measure.said(words.CANCEL_BY).format(roles=roles) if roles else measure.said(words.CANCEL)


def _anytime(measure: Measure, move: Move) -> str:
    said, steps = measure.said, measure.process.steps
    event = measure.process.events.get(move.name)
    name = said(event.label) if event and event.label else move.name
    if not move.target:
        return said(words.ANYTIME).format(event=name)
    to = steps[move.target]
    return said(words.ANYTIME_TO).format(event=name, step=said(to.label) or to.id)
