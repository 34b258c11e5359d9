"""Which fields certainly have a value at each moment of a process, whichever way a case came there.

A field counts once every way has asked for it, set it, or begun with its default. What is required only under a condition
counts as "perhaps" until a row is chosen that demands that condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from engine.checks.said import choosing
from engine.definition.compiled import NEW, Action, Compiled, CompiledForm, Guard, LadderRow, Move, Spot, Step, Value
from engine.definition.compiling.names import under
from engine.definition.configurations import Configuration, Edge, Graph
from engine.definition.expressions import Expression, ExpressionProblem, fields_in, names_in, parse
from engine.definition.expressions.tree import And, IsSet, Or, Path
from engine.definition.model import FieldDef


@dataclass(frozen=True, slots=True)
class Filled:
    """Fields that have a value for sure, and fields that have one wherever their condition holds."""

    surely: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()

    def plus(self, names: Iterable[str]) -> Filled:
        """With these fields as well."""
        return Filled(self.surely | set(names), self.perhaps)

    def both(self, other: Filled) -> Filled:
        """What is filled on both of two ways."""
        surely = self.surely & other.surely
        return Filled(surely, (self.perhaps | self.surely) & (other.perhaps | other.surely) - surely)


class Filling:
    """The answer for every place where a value is used, by the spot at which it is written."""

    def __init__(self, process: Compiled, graph: Graph) -> None:
        self._process = process
        self._on_condition = {
            name: condition
            for name, definition in process.fields.items()
            if (condition := _read(definition.required_if or definition.show_if)) is not None
        }
        self._reads = {name: fields_in(condition) for name, condition in self._on_condition.items()}
        self._at: dict[Spot, Filled] = {}
        self.before = self._spread(graph)
        for edge in graph.all_edges():
            self._follow(edge, self.before[edge.source], note=True)
        for here, filled in self.before.items():
            self._note_timers(here, filled)

    def at(self, spot: Spot) -> Filled | None:
        """What is filled whenever the thing written at this spot is worked out; None where no case ever comes."""
        return self._at.get(spot)

    def has(self, filled: Filled, name: str, conditions: Iterable[Expression] = ()) -> bool:
        """Whether a field has a value for sure, given that these conditions hold."""
        if name in filled.surely or name not in self._process.fields:
            return True
        demanded = self._on_condition.get(name)
        if name not in filled.perhaps or demanded is None:
            return False
        enough = set(_parts(demanded, Or))
        return any(set(_parts(condition, Or)) <= enough for condition in conditions)

    # -- spreading over the graph -------------------------------------------------------------------------------------

    def _spread(self, graph: Graph) -> Mapping[Configuration, Filled]:
        before: dict[Configuration, Filled] = {(NEW,): Filled()}
        waiting: list[Configuration] = [(NEW,)]
        while waiting:
            here = waiting.pop()
            for edge in graph.edges[here]:
                arrived = self._follow(edge, before[here], note=False)
                known = before.get(edge.target)
                now = arrived if known is None else known.both(arrived)
                if now != known:
                    before[edge.target] = now
                    waiting.append(edge.target)
        return before

    def _follow(self, edge: Edge, filled: Filled, *, note: bool) -> Filled:
        move = edge.move
        step = self._process.steps.get(move.source)
        filled = self._with_form(filled, self._form_of(move, step))
        row = self._process.row_of(move)
        for guard in (found for found in (row.when if row else None, move.when) if found):
            self._note(guard.spot, filled, note)
            demanded = set(_parts(guard.expression, And))
            filled = filled.plus(name for name in filled.perhaps if self.has(filled, name, demanded))
            filled = filled.plus(_asked_to_be_set(demanded))
        filled = self._act(self._actions_of(move, step), filled, note)
        for name in edge.entered:
            filled = self._enter(self._process.steps[name], filled, note)
        return filled

    def _form_of(self, move: Move, step: Step | None) -> CompiledForm:
        if move.kind == "start":
            return self._process.start_form
        if step is None or step.task is None or move.kind not in ("outcome", "next"):
            return CompiledForm()
        outcome = step.outcomes.get(move.name)
        form = CompiledForm() if outcome and outcome.skip_form else step.task.form
        return replace(form, ask=(*form.ask, *outcome.ask)) if outcome and outcome.ask else form

    def _with_form(self, filled: Filled, form: CompiledForm) -> Filled:
        fields = self._process.fields
        asked = {
            name
            for name in form.ask
            if name in fields and not fields[name].show_if and not _may_have_no_rows(fields[name])
        }
        perhaps = {name for name in form.takes if name in self._on_condition}
        if form is self._process.start_form:
            asked |= {name for name, field in fields.items() if field.default is not None}
            asked |= self._looked_up(asked)
        kept = filled.perhaps - self._in_question_after(set(form.takes))
        return Filled(filled.surely | asked, kept | perhaps)

    def _in_question_after(self, changed: set[str]) -> set[str]:
        """Fields whose condition may come true by what is changed, after the form that asked for them."""
        return {name for name, read in self._reads.items() if not read.isdisjoint(changed)}

    def _looked_up(self, asked: set[str]) -> set[str]:
        sources = {name: field.from_ for name, field in self._process.fields.items() if field.from_}
        return {name for name, source in sources.items() if source.split(".")[0] in asked}

    def _actions_of(self, move: Move, step: Step | None) -> tuple[Action, ...]:
        process = self._process
        match move.kind:
            case "anytime":
                return process.anytime[move.name].do
            case "event" if step:
                # Leaving by an event ends a waiting step, so its on_done is run as well.
                return step.events[move.name].do + (step.on_done if step.name in move.finishes else ())
            case "timer":
                return row.do if (row := process.row_of(move)) else ()
            case "outcome" | "run" | "use":
                holder = process.steps[move.finishes[0]]
                outcome = holder.outcomes.get(move.name)
                return (outcome.do if outcome else ()) + holder.on_done
            case "auto" if step:
                return step.do + step.on_done
            case "next" | "join" if step:
                return step.on_done
            case _:
                return ()

    def _act(self, actions: Iterable[Action], filled: Filled, note: bool) -> Filled:
        for action in actions:
            self._note(action.spot, filled, note)
            changed = self._changed_by(action)
            emptied = {name for name, value in action.values if action.word == "set" and _empties(value)}
            still = Filled(filled.surely - emptied, filled.perhaps - emptied - self._in_question_after(changed))
            filled = still.plus(self._filled_by(action, filled))
        return filled

    def _changed_by(self, action: Action) -> set[str]:
        match action.word:
            case "add_row":
                return {action.target}
            case "set" | "call":
                names = {name for name, _ in (*action.values, *action.save)}
                in_a_row = any(name.startswith("row.") for name in names)
                return names | (set(self._process.row_events.values()) if in_a_row else set())
            case _:
                return set()

    def _filled_by(self, action: Action, filled: Filled) -> Iterable[str]:
        yield from (field for field, _ in action.save)
        if action.word == "add_row":
            yield action.target
        if action.word == "set":
            for name, value in action.values:
                if _empties(value):
                    continue
                read = names_in(value.formula) if value.formula else frozenset()
                if all(path[0] == "event" or self.has(filled, path[0]) for path in read):
                    yield name

    def _enter(self, step: Step, filled: Filled, note: bool) -> Filled:
        filled = self._act(step.on_enter, filled, note)
        for guard in choosing(step):
            self._note(guard.spot, filled, note)
        for key in ("with", "task", "due", "timers"):
            self._note(under(step.spot, key), filled, note)
        self._act(step.do, filled, note)  # what a `do` fills counts once it has gone on
        return filled

    def _note_timers(self, here: Configuration, filled: Filled) -> None:
        if here == (NEW,):
            return
        steps = [self._process.steps[name] for leaf in here for name in self._process.around(leaf)]
        for step in steps:
            for row in step.ladder:
                self._note_row(row, filled)
        if not any(step.ends_case for step in steps):
            for row in self._process.ladder:
                self._note_row(row, filled)

    def _note_row(self, row: LadderRow, filled: Filled) -> None:
        if row.when:
            self._note(row.when.spot, filled, True)
            filled = filled.plus(_asked_to_be_set(_parts(row.when.expression, And)))
        self._note(row.spot, filled, True)
        self._act(row.do, filled, True)

    def _note(self, spot: Spot, filled: Filled, note: bool) -> None:
        if note:
            known = self._at.get(spot)
            self._at[spot] = filled if known is None else known.both(filled)


def _empties(value: Value) -> bool:
    """`set: {reply: null}` and `set: {attempts: []}` take away what stood there."""
    return value.formula is None and value.plain in (None, [], ())


def branches_of(guard: Guard) -> list[tuple[Expression, ...]]:
    """The ways in which a condition can hold, each as the parts that must hold together."""
    return [_parts(way, And) for way in _parts(guard.expression, Or)]


def _may_have_no_rows(definition: FieldDef) -> bool:
    return definition.type == "table" and definition.least == 0


def _asked_to_be_set(parts: Iterable[Expression]) -> Iterator[str]:
    """The fields that a condition itself demands to have a value: `work_done is set`."""
    for part in parts:
        if (
            isinstance(part, IsSet)
            and not part.negated
            and isinstance(part.subject, Path)
            and len(part.subject.names) == 1
        ):
            yield part.subject.names[0]


def _parts(expression: Expression, joined_by: type[And] | type[Or]) -> tuple[Expression, ...]:
    return expression.parts if isinstance(expression, joined_by) else (expression,)


def _read(text: str | None) -> Expression | None:
    try:
        return parse(text) if text else None
    except ExpressionProblem:
        return None  # told where the field is declared
