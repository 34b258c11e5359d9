"""How big each box and each label is drawn, and the layout that follows from it, level within level."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.definition.compiled import NEW, Compiled, Move, Step
from engine.definition.texts import Text
from web.picture import words
from web.picture.layout import arrange
from web.picture.measuring import widest, width, wrapped
from web.picture.shapes import Box, Exit, Layout
from web.picture.subject import Level, Way, inner_levels

LABEL, SUB, SMALL = 12.5, 10.5, 10.5
LEADING = {LABEL: 16.0, SUB: 13.5}
PAD, FRAME, HEAD, MARK = 9.0, 10.0, 24.0, 15.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A box with its texts broken into lines; `x` and `y` sizes as drawn. `lanes`: what is drawn inside of it."""

    name: str
    step: Step | None
    wide: float
    high: float
    label: tuple[str, ...] = ()
    sub: tuple[str, ...] = ()
    lanes: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One level, arranged. `captions`: the lines of text at each way out."""

    level: Level
    figures: Mapping[str, Figure]
    captions: tuple[tuple[str, ...], ...]
    layout: Layout
    right: bool

    @property
    def wide(self) -> float:
        return self.layout.length if self.right else self.layout.breadth

    @property
    def high(self) -> float:
        return self.layout.breadth if self.right else self.layout.length


class Measure:
    """Measures a process for one language and one direction."""

    def __init__(
        self,
        process: Compiled,
        language: str,
        right: bool,
        unfold: Collection[str] = (),
        children: Mapping[str, Compiled] | None = None,
    ) -> None:
        self.process, self.language, self.right, self.unfold = process, language, right, unfold
        self.children = children or {}

    def sheet(self, level: Level) -> Sheet:
        """The level with everything in its place."""
        figures = {name: self._figure(name, level) for name in level.names}
        told: dict[str, int] = {}
        for way in level.ways:  # a mark alone tells a timer from the one button beside it
            told[way.source] = told.get(way.source, 0) + (not way.marks or any(map(self.way_name, way.moves)))
        captions = tuple(self._caption(way, several=told[way.source] > 1) for way in level.ways)
        boxes = [self._box(figure) for figure in figures.values()]
        exits = [self._exit(way, caption) for way, caption in zip(level.ways, captions, strict=True)]
        layout = arrange(boxes, exits, level.line, labels_before=self.right)
        return Sheet(level, figures, captions, layout, self.right)

    def _box(self, figure: Figure) -> Box:
        if self.right:
            return Box(figure.name, figure.wide, figure.high)
        return Box(figure.name, figure.high, figure.wide)

    def _exit(self, way: Way, caption: Sequence[str]) -> Exit:
        wide = max((width(line, SMALL) for line in caption), default=0.0) + MARK * len(way.marks)
        high = max(len(caption), 1 if way.marks else 0) * 12.5
        wide, high = (wide + 3 if wide else 0), (high + 3 if high else 0)
        return (
            Exit(way.source, way.targets, wide, high) if self.right else Exit(way.source, way.targets, high, wide + 4)
        )

    def _figure(self, name: str, level: Level) -> Figure:
        if name in (NEW, level.fork, level.joined):
            size = 16.0 if name == NEW else 10.0
            return Figure(name, None, size, size)
        step = self.process.steps[name]
        if step.kind == "parallel" or (step.kind == "use" and name in self.unfold):
            return self._frame(step)
        return self._plain(step)

    def pill(self, name: str) -> Figure:
        """An end that stands alone."""
        return self._plain(self.process.steps[name])

    def _plain(self, step: Step) -> Figure:
        sub_text, room = self.sub(step), 16.0
        widths = (84.0, 98.0, 112.0, 126.0) if self.right else (112.0, 132.0, 148.0)
        if step.kind in ("do", "end"):
            widths = (58.0, 76.0, *widths) if self.right else (76.0, *widths)
        if step.kind == "end":
            room = 36.0
        name = self.said(step.label) or step.id
        longest = max(widest(name, LABEL), widest(sub_text, SUB)) + room
        wide = next((w for w in widths if w >= longest and self._sits(name, sub_text, w - room)), widths[-1])
        label = wrapped(name, LABEL, wide - room, 3)
        sub = wrapped(sub_text, SUB, wide - room, 2)
        high = len(label) * LEADING[LABEL] + len(sub) * LEADING[SUB] + 2 * PAD
        high = max(high, {"do": 32.0, "end": 30.0}.get(step.kind, 46.0))
        return Figure(step.name, step, wide, high, tuple(label), tuple(sub))

    def _sits(self, name: str, sub: str, room: float) -> bool:
        """All of it is shown, in few lines."""
        label, below = wrapped(name, LABEL, room, 9), wrapped(sub, SUB, room, 9)
        most = 4 if self.right else 3
        return len(label) < most and len(below) <= 2 and len(label) + len(below) <= most

    def _frame(self, step: Step) -> Figure:
        lanes = tuple(self.sheet(level) for level in inner_levels(self.process, step))
        longest = max(lane.layout.length for lane in lanes)
        lanes = tuple(_stretched(lane, longest) for lane in lanes)
        wide = [lane.wide for lane in lanes]
        high = [lane.high for lane in lanes]
        gaps = FRAME * (len(lanes) + 1)
        if self.right:
            size = max(wide) + 2 * FRAME, sum(high) + gaps + HEAD - FRAME / 2
        else:
            size = sum(wide) + gaps, max(high) + FRAME + HEAD
        room = max(size[0] - 20, 60.0)
        label = wrapped(self.said(step.label) or step.id, LABEL, room, 1)
        return Figure(step.name, step, max(size[0], 90.0), size[1], tuple(label), (), lanes)

    def said(self, text: Text) -> str:
        """The text in the language of the picture."""
        return text.say(self.language)

    def sub(self, step: Step) -> str:
        """The small text of a box: who does it, or what kind of step it is."""
        match step.kind:
            case "task" if step.task:
                return self.roles(dict.fromkeys(role for option in step.task.role for role in option.then))
            case "waiting_for":
                return self.said(words.WAITS_FOR.get(step.waits_for or "", words.WAITS_FOR["anyone"]))
            case "do":
                return self.said(words.AUTOMATIC)
            case "run":
                return self.said(words.OWN_CASES if step.for_each else words.OWN_CASE)
            case "use" if step.uses is None:  # a stage
                tasks = [s.task for s in self.process.steps.values() if step.name in s.inside and s.task]
                return self.roles(dict.fromkeys(role for task in tasks for option in task.role for role in option.then))
            case "use":
                inner = [s for s in self.process.steps.values() if step.name in s.inside and s.kind != "end"]
                return self.said(words.STEP if len(inner) == 1 else words.STEPS).format(n=len(inner))
        return ""

    def roles(self, names: Collection[str]) -> str:
        """Roles and the two persons that stand for one, one behind the other."""
        known = self.process.site.roles
        texts = [known.get(name) or words.PERSONS.get(name) or Text(name, name) for name in names]
        return self.said(words.AND).join(self.said(text) for text in texts)

    def _caption(self, way: Way, *, several: bool) -> tuple[str, ...]:
        if way.plain or not several:
            return ()
        names = dict.fromkeys(name for name in (self.way_name(move) for move in way.moves) if name)
        if not names:
            return ()
        first, *more = names
        rooms = (60, 78, 96) if self.right else (84, 110)
        fitting = (room for room in rooms if widest(first, SMALL) <= room and len(wrapped(first, SMALL, room, 9)) <= 2)
        lines = wrapped(first, SMALL, next(fitting, rooms[-1]), 2)
        return (*lines[:-1], f"{lines[-1]} +{len(more)}") if more and lines else tuple(lines)

    def way_name(self, move: Move) -> str:
        """What a way is called: its outcome or event; ways that simply go on have no name."""
        match move.kind:
            case "outcome" | "run" | "use":
                owner = self.process.steps[move.trigger.rpartition(".")[0]]
                outcome, inner = owner.outcomes.get(move.name), self.process.steps.get(move.source)
                child = self.children.get(owner.runs or "")
                if move.kind == "run" and child and move.name in child.steps:
                    inner = child.steps[move.name]
                if move.kind != "outcome" and inner and inner.kind == "end" and inner.label:
                    return self.said(inner.label)
                return (self.said(outcome.label) if outcome else "") or move.name.replace("_", " ")
            case "event":
                event = self.process.events.get(move.name)
                label = event.label if event else None
                return self.said(label) if label else move.name
        return ""

    def way_title(self, move: Move) -> str:
        """The whole truth about a way, for those who point at it: when it is taken."""
        parts = [self.way_name(move)]
        match move.kind:
            case "timer":
                row = self.process.row_of(move)
                parts = [self.said(words.TIMER).format(at=row.at_text if row else "")]
                if row and row.when:
                    parts.append(self.said(words.IF).format(condition=row.when.text))
            case "event":
                parts = [self.said(words.EVENT).format(event=parts[0])]
            case "failed":
                parts = [self.said(words.FAILS)]
        if move.when:
            parts.append(self.said(words.IF).format(condition=move.when.text))
        return self.said(words.AND).join(part for part in parts if part)


def _stretched(sheet: Sheet, length: float) -> Sheet:
    """A branch that is shorter than the longest one: its last dot moves to the end, in line with the others."""
    name, layout = sheet.level.joined, sheet.layout
    by = length - layout.length
    if not name or by <= 0:
        return sheet
    place = layout.places[name]
    places = {**layout.places, name: replace(place, u=place.u + by)}
    routes = tuple(
        replace(r, points=(*r.points[:-1], (r.points[-1][0] + by, r.points[-1][1]))) if r.target == name else r
        for r in layout.routes
    )
    return replace(sheet, layout=replace(layout, length=length, places=places, routes=routes))
