"""The process picture as SVG text. It holds no script, no style and no address but the links it is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal

from engine.definition.compiled import NEW, Compiled, Step
from web.picture import words
from web.picture.figures import FRAME, HEAD, LABEL, LEADING, MARK, SMALL, SUB, Figure, Measure, Sheet
from web.picture.footnotes import footnotes
from web.picture.journey import Journey, State
from web.picture.measuring import width
from web.picture.shapes import Place, Point
from web.picture.stages import overview, stage_id, staged
from web.picture.strokes import arrow, element, escaped, line_path, mark, number, text_lines
from web.picture.subject import Level, lifted, whole

INK, SOFT, WIRE, PALE, ACCENT, PAPER = "#17201f", "#4c5857", "#66716f", "#bcc5c4", "#0b6b63", "#ffffff"


def picture_svg(
    process: Compiled,
    *,
    here: Collection[str] = (),
    visited: Collection[str] = (),
    ways: Collection[tuple[str, str]] = (),
    language: str = "en",
    link: Callable[[str], str] | None = None,
    direction: Literal["right", "down"] = "right",
    unfold: Collection[str] = (),
    stages: bool = False,
    children: Mapping[str, Compiled] | None = None,
) -> str:
    """The picture of a process, or of a case in it: `here` are the steps it is in, `visited` those it was in, `ways` the
    pairs of steps it went. `link` gives each step's address. `unfold` names fragments to be shown with their steps.
    `stages`: the overview, where the process has stages; `link` is then asked for the first step of each.
    `children`: the processes it may run, by id, so that their ends are called as they are there."""
    overall = stages and bool(process.file.stages)
    drawn = staged(process) if overall else process
    measure = Measure(drawn, language, direction == "right", unfold, children)
    level = overview(drawn) if overall else whole(process)
    return _Picture(measure, Journey(drawn, here, visited, ways), link).svg(level)


class _Picture:
    """Collects what is drawn, from the ground up: frames, wires, wires taken, boxes, labels."""

    def __init__(self, measure: Measure, journey: Journey, link: Callable[[str], str] | None) -> None:
        self.measure, self.process, self.journey, self.link = measure, measure.process, journey, link
        self.frames: list[str] = []
        self.wires: list[str] = []
        self.taken: list[str] = []
        self.boxes: list[str] = []
        self.labels: list[str] = []

    def svg(self, level: Level) -> str:
        """The whole drawing of the outermost level."""
        sheet = self.measure.sheet(level)
        self._sheet(sheet, (), 0, 0)
        notes, wide, high = footnotes(self.measure, sheet.level.loose, sheet.wide, sheet.high, self._end)
        name = self._name()
        parts = [element("title", {}, escaped(name)), *self.frames, *self.wires, *self.taken, *self.labels, *self.boxes]
        side = "right" if self.measure.right else "down"
        hundreds = str(max(3, int(wide / 100))) if wide < 6100 else "more"
        above = 6 if self.journey.here else 0  # room for the badge on a box at the upper edge
        attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"process-picture picture-{side} picture-wide-{hundreds}",
            "role": "group" if self.link else "img",
            "aria-label": name,
            "width": number(wide),
            "height": number(high + above),
            "viewBox": f"0 {number(-above)} {number(wide)} {number(high + above)}",
            "font-size": number(LABEL),
            "font-family": "sans-serif",
            "fill": INK,
        }
        return element("svg", attributes, "".join([*parts, *notes]))

    def _name(self) -> str:
        said = self.measure.said
        name = said(words.PICTURE).format(process=said(self.process.label))
        now = [said(step.label) or step.id for step in self.process.steps.values() if step.name in self.journey.here]
        return name + (". " + said(words.HERE).format(steps=said(words.AND).join(now)) if now else "")

    # levels

    def _sheet(self, sheet: Sheet, prefix: tuple[str, ...], dx: float, dy: float) -> None:
        for name, figure in sheet.figures.items():
            x, y, wide, high = _drawn(sheet, sheet.layout.places[name], dx, dy)
            if figure.lanes:
                self._frame(figure, x, y, wide, high)
            else:
                self._figure(figure, sheet, x, y, wide, high)
        for route in sheet.layout.routes:
            way = sheet.level.ways[route.exit]
            points = [_turned(sheet, point, dx, dy) for point in route.points]
            self._wire(sheet, prefix, route.exit, way.source, route.target, points)
        for n, start in enumerate(sheet.layout.labels):
            self._caption(sheet, n, *_turned(sheet, start, dx, dy))

    def _frame(self, figure: Figure, x: float, y: float, wide: float, high: float) -> None:
        step = figure.step
        assert step is not None
        sides = {"x": number(x), "y": number(y), "width": number(wide), "height": number(high), "rx": "12"}
        kind = "frame now" if step.name in self.journey.here else "frame"
        rect = element("rect", {"class": kind, **sides, "fill": "#f4f6f6", "stroke": "#c2cac9"})
        head = text_lines(
            figure.label, x + 12, y + 17, LABEL, LEADING[LABEL], kind="head", anchor="start", weight="600"
        )
        self.frames.append(self._linked(step, rect + head, self._box_title(step)))
        at = y + HEAD + (high - figure.high) / 2
        across = x + FRAME + (wide - figure.wide) / 2
        for lane, level in zip(figure.lanes, self._prefixes(step), strict=True):
            self._sheet(lane, level, x + FRAME if self.measure.right else across, at)
            if self.measure.right:
                at += lane.high + FRAME
            else:
                across += lane.wide + FRAME

    def _prefixes(self, step: Step) -> list[tuple[str, ...]]:
        if step.kind == "use":
            return [(*step.inside, step.name)]
        return [(*step.inside, step.name, branch) for branch, _ in step.branches]

    # boxes

    def _figure(self, figure: Figure, sheet: Sheet, x: float, y: float, wide: float, high: float) -> None:
        if figure.step is None:
            self._dot(figure, x + wide / 2, y + high / 2, start=figure.name == NEW)
        elif figure.step.kind == "end":
            middle = y + high / 2 if sheet.right else y + figure.high / 2
            self._end(figure, x + wide / 2 - figure.wide / 2, middle - figure.high / 2)
        else:
            self._step(figure, x, y, wide, high)

    def _dot(self, figure: Figure, x: float, y: float, *, start: bool) -> None:
        fill = ACCENT if start else WIRE
        attributes = {"cx": number(x), "cy": number(y), "r": number(figure.wide / 2), "fill": fill}
        title = element("title", {}, escaped(self.measure.said(words.START))) if start else ""
        self.boxes.append(element("circle", {"class": "start" if start else "dot", **attributes}, title))

    def _step(self, figure: Figure, x: float, y: float, wide: float, high: float) -> None:
        step = figure.step
        assert step is not None
        state = self.journey.state(step)
        sides = {"x": number(x), "y": number(y), "width": number(wide), "height": number(high), "rx": "8"}
        fill, stroke, ink, soft = _colours(state)
        look = {**sides, "fill": fill, "stroke": stroke, "stroke-width": "1.8" if state in ("now", "been") else "1.3"}
        if step.kind == "waiting_for":
            look["stroke-dasharray"] = "5 3.5"
        drawn = element("rect", {"class": "shape", **look})
        if step.kind == "run" or step.uses:
            drawn += self._second_edge(step, x, y, wide, high, ink if state == "now" else stroke)
        top = y + (high - len(figure.label) * LEADING[LABEL] - len(figure.sub) * LEADING[SUB]) / 2
        middle = x + wide / 2
        drawn += text_lines(figure.label, middle, top + 12, LABEL, LEADING[LABEL], kind="label", weight="600", fill=ink)
        top += len(figure.label) * LEADING[LABEL]
        drawn += text_lines(figure.sub, middle, top + 10.5, SUB, LEADING[SUB], kind="sub", fill=soft)
        if state == "now":
            drawn += self._badge(x, y)
        self.boxes.append(self._linked(step, drawn, self._box_title(step), f"step {step.kind} {state}"))

    def _second_edge(self, step: Step, x: float, y: float, wide: float, high: float, stroke: str) -> str:
        """A child case has a double edge; a folded fragment a line at its foot."""
        if step.kind == "use":
            path = f"M{number(x + 12)} {number(y + high - 5)}H{number(x + wide - 12)}"
            return element(
                "path", {"class": "edge", "d": path, "fill": "none", "stroke": stroke, "stroke-width": "1.3"}
            )
        sides = {"x": number(x + 3), "y": number(y + 3), "width": number(wide - 6), "height": number(high - 6)}
        return element("rect", {"class": "edge", **sides, "rx": "5.5", "fill": "none", "stroke": stroke})

    def _badge(self, x: float, y: float) -> str:
        word = self.measure.said(words.NOW)
        wide = width(word, SMALL) + 14
        sides = {"x": number(x + 8), "y": number(y - 9), "width": number(wide), "height": "16", "rx": "8"}
        rect = element("rect", {"class": "badge", **sides, "fill": PAPER, "stroke": ACCENT, "stroke-width": "1.5"})
        return rect + text_lines(
            [word], x + 8 + wide / 2, y + 2.8, SMALL, 0, kind="badge-word", weight="600", fill=ACCENT
        )

    def _end(self, figure: Figure, x: float, y: float) -> None:
        """A pill; a tick, a cross or a bar tells the kinds of end apart without colour."""
        step = figure.step
        assert step is not None
        end = step.end or "success"
        state = self.journey.state(step)
        fill, stroke, ink, _ = _colours(state)
        tint = {"success": "#17683c", "failure": "#b3261e", "cancelled": "#616d6c"}[end]
        sides = {"x": number(x), "y": number(y), "width": number(figure.wide), "height": number(figure.high)}
        look = {"fill": fill, "stroke": stroke if state == "now" else tint, "stroke-width": "1.6"}
        drawn = element("rect", {"class": "shape", **sides, "rx": number(min(figure.high / 2, 17)), **look})
        colour = ink if state == "now" else tint
        drawn += mark(end, x + 17, y + figure.high / 2, colour)
        top = y + (figure.high - len(figure.label) * LEADING[LABEL]) / 2
        drawn += text_lines(
            figure.label, x + 28, top + 12, LABEL, LEADING[LABEL], kind="label", anchor="start", fill=ink
        )
        if state == "now":
            drawn += self._badge(x, y)
        self.boxes.append(self._linked(step, drawn, self._box_title(step), f"step end {end} {state}"))

    def _box_title(self, step: Step) -> str:
        said = self.measure.said
        parts = [said(step.label) or step.id]
        if step.kind == "end":
            parts.append(said(words.ENDS[step.end or "success"]))
        elif step.kind == "parallel":
            parts.append(said(words.ANY if step.join == "any" else words.ALL))
        elif sub := self.measure.sub(step):
            parts.append(sub)
        table = self.process.fields.get(step.for_each or "")
        if table is not None:
            parts.append(said(words.FOR_EACH).format(table=said(table.label)))
        if self.journey.state(step) == "now":
            inner = [self.process.steps[n] for n in self.process.steps if n in self.journey.here and n != step.name]
            names = [said(s.label) or s.id for s in inner if step.name in s.inside]
            parts.append(said(words.NOW) + (f" ({said(words.AND).join(names)})" if names else ""))
        return " · ".join(parts)

    def _linked(self, step: Step, drawn: str, title: str, kind: str = "step parallel") -> str:
        inside = element("title", {}, escaped(title)) + drawn
        now = {"aria-current": "step"} if self.journey.state(step) == "now" else {}
        if self.link is None:
            return element("g", {"class": kind, **now}, inside)
        stage = self.process.file.stages.get(stage_id(step.name) or "")
        return element(
            "a",
            {"class": kind, "href": self.link(stage.steps[0] if stage else step.name), "aria-label": title, **now},
            inside,
        )

    # wires

    def _wire(
        self, sheet: Sheet, prefix: tuple[str, ...], exit: int, source: str, target: str, points: Sequence[Point]
    ) -> None:
        way = sheet.level.ways[exit]
        moves = [m for m in way.moves if m.target and lifted(self.process, m.target, prefix) == target]
        taken = self.journey.went(source, target, [(m.source, m.target or "") for m in moves])
        state = "taken" if taken else "ahead" if self.journey.marked else "open"
        colour = {"taken": ACCENT, "ahead": PALE, "open": WIRE}[state]
        thick = "2.4" if taken else "1.4"
        path = {
            "d": line_path(points),
            "fill": "none",
            "stroke": colour,
            "stroke-width": thick,
            "stroke-linejoin": "round",
        }
        names = dict.fromkeys(title for title in (self.measure.way_title(m) for m in moves) if title)
        title = element("title", {}, escaped(" / ".join(names))) if names else ""
        if not taken and moves and all(m.kind in ("timer", "failed") for m in moves):
            path["stroke-dasharray"] = "2 3"
        drawn = element("path", {"class": "line", **path}) + arrow(points, colour)
        (self.taken if taken else self.wires).append(element("g", {"class": f"wire {state}"}, title + drawn))

    def _caption(self, sheet: Sheet, exit: int, x: float, y: float) -> None:
        way, lines = sheet.level.ways[exit], sheet.captions[exit]
        room = MARK * len(way.marks)
        x += 5
        if sheet.right:
            top = y - 4.5 - 12.5 * (max(len(lines), 1) - 1)
        else:
            top = y + 12.5
        for n, kind in enumerate(way.marks):
            self.labels.append(mark(kind, x + 6 + n * MARK, top - 3.5, SOFT))
        if lines:
            text = text_lines(lines, x + room, top, SMALL, 12.5, kind="caption", anchor="start", fill=SOFT)
            self.labels.append(text)


def _colours(state: State) -> tuple[str, str, str, str]:
    """Ground, edge, text and small text of a box."""
    match state:
        case "now":
            return ACCENT, ACCENT, PAPER, "#e3f2ef"
        case "been":
            return "#e3f2ef", ACCENT, INK, SOFT
        case "ahead":
            return PAPER, PALE, SOFT, "#616d6c"
    return PAPER, "#858f90", INK, SOFT


def _turned(sheet: Sheet, point: Point, dx: float, dy: float) -> Point:
    u, v = point
    return (u + dx, v + dy) if sheet.right else (v + dx, u + dy)


def _drawn(sheet: Sheet, place: Place, dx: float, dy: float) -> tuple[float, float, float, float]:
    if sheet.right:
        return place.u + dx, place.v + dy, place.along, place.across
    return place.v + dx, place.u + dy, place.across, place.along
