"""Steps as written, made ready: one after the other, the steps of branches and fragments inside the step that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.definition.compiled import (
    CompiledForm,
    CompiledOutcome,
    CompiledTask,
    Group,
    Handler,
    Option,
    Spot,
    Step,
)
from engine.definition.compiling.actions import compile_actions, compile_due, compile_ladder, compile_values
from engine.definition.compiling.flaws import Flaws
from engine.definition.compiling.names import Level, under
from engine.definition.expressions.problem import meant
from engine.definition.model import LibraryFile, ProcessFile
from engine.definition.model.acting import TimerRow
from engine.definition.model.shared import Fragment
from engine.definition.model.steps import EventHandler, Outcome, Task
from engine.definition.model.steps import Step as WrittenStep
from engine.definition.model.vocabulary import Form
from engine.definition.texts import Text

DONE = Text("Done", "完成")


@dataclass
class Written:
    """A step beside what it became: moves are made from both."""

    step: Step
    model: WrittenStep
    level: Level
    rows: tuple[TimerRow, ...]


@dataclass
class Steps:
    """Compiles the steps of one process, fragments included, in the order of the file."""

    file: ProcessFile
    library: LibraryFile | None
    standard: str
    flaws: Flaws
    found: list[Written] = field(default_factory=list)
    fragments: dict[str, Fragment] = field(default_factory=dict)
    joined: list[Step] = field(default_factory=list)
    anytime: Mapping[str, Handler] = field(default_factory=dict)

    def compile(self, level: Level, steps: Mapping[str, WrittenStep]) -> None:
        """All steps of one level and what is inside them."""
        for id in steps:
            level.declare(id)
        for id, written in steps.items():
            self._step(id, written, level)

    def _step(self, id: str, written: WrittenStep, level: Level) -> None:
        name, spot = level.names[id], level.at(id)
        at = len(self.found)
        inner: tuple[tuple[str, tuple[str, ...]], ...] = ()
        first: str | None = None
        fragment: Fragment | None = None
        if written.parallel is not None:
            inner = tuple(self._branches(name, written, level, spot))
        if written.use is not None:
            fragment = self._fragment(name, written, level, spot)
            first = f"{name}/{next(iter(fragment.steps))}" if fragment else None
        step, rows = self._compiled(id, name, written, level, spot, inner, first, fragment)
        self.found.insert(at, Written(step, written, level, rows))

    def _branches(
        self, name: str, written: WrittenStep, level: Level, spot: Spot
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        for branch, steps in (written.parallel or {}).items():
            joined = f"{name}/{branch}"
            inside = (*level.inside, name, joined)
            here = under(spot, "parallel", branch)
            inner = Level("branch", here, level, level.prefix, inside, joined, level.settings)
            self.joined.append(Step(joined, branch, "joined", Text(), here, inside[:-1]))
            if not steps:
                self.flaws.note("P306.empty_branch", here, branch=branch)
                continue
            self.compile(inner, steps)
            yield joined, tuple(inner.names[id] for id in steps)

    def _fragment(self, name: str, written: WrittenStep, level: Level, spot: Spot) -> Fragment | None:
        fragments = self.library.fragments if self.library else {}
        fragment = fragments.get(written.use or "")
        if fragment is None:
            like = meant(written.use or "", fragments)
            self.flaws.note("P307.unknown", under(spot, "use"), fragment=written.use, meant=like)
            return None
        for setting in written.with_:
            if setting not in fragment.with_:
                like = meant(setting, fragment.with_)
                self.flaws.note(
                    "P308.setting", under(spot, "with", setting), fragment=written.use, setting=setting, meant=like
                )
        self.fragments[written.use or ""] = fragment
        if any(outer == name.split("/")[-1] for outer in level.inside) or len(level.inside) > 8:
            self.flaws.note("P322.nested", spot, step=name)
            return None
        settings = {**fragment.with_, **{key: level.fill(value) for key, value in written.with_.items()}}
        home = Spot("library", ("fragments", written.use or "", "steps"))
        inner = Level("fragment", home, level, f"{name}/", (*level.inside, name), settings=settings)
        self.compile(inner, fragment.steps)
        return fragment

    def _compiled(
        self,
        id: str,
        name: str,
        written: WrittenStep,
        level: Level,
        spot: Spot,
        branches: tuple[tuple[str, tuple[str, ...]], ...],
        first: str | None,
        fragment: Fragment | None,
    ) -> tuple[Step, tuple[TimerRow, ...]]:
        flaws = self.flaws
        has_due = written.due is not None
        ladder, rows = compile_ladder(
            written.timers,
            under(spot, "timers"),
            level,
            flaws,
            self.file.ladders,
            self.library.ladders if self.library else {},
            self.standard if has_due and written.kind == "task" else "",
        )
        step = Step(
            name=name,
            id=id,
            kind=written.kind,  # type: ignore[arg-type]  # one of StepKind: the model refuses every other
            label=written.label or (fragment.label if fragment else Text(id, id)),
            spot=spot,
            inside=level.inside,
            help=written.help or Text(),
            milestone=written.milestone,
            category=written.category,
            task=self._task(written.task, level, spot) if written.task else None,
            waits_for=written.waiting_for,
            do=compile_actions(written.do or (), under(spot, "do"), level, flaws),
            runs=written.run,
            for_each=written.for_each if written.run else None,
            uses=written.use,
            hands_over=compile_values(written.with_, under(spot, "with"), level, flaws) if written.run else (),
            branches=branches,
            first=first,
            join=written.join or "all",
            end=written.end,
            outcomes={key: self._outcome(key, o, level, spot) for key, o in written.outcomes.items()},
            events={key: self._handler(key, h, under(spot, "events", key), level)
                    for key, h in written.events.items()},
            due=compile_due(written.due, under(spot, "due"), level, flaws),
            pause_while=tuple(str(word) for word in level.fill(written.pause_while)),
            ladder=ladder,
            calendar=str(level.fill(written.calendar or "")),
            on_enter=compile_actions(written.on_enter, under(spot, "on_enter"), level, flaws),
            on_done=compile_actions(written.on_done, under(spot, "on_done"), level, flaws),
        )  # fmt: skip
        return step, rows

    def _handler(self, name: str, written: EventHandler, spot: Spot, level: Level) -> Handler:
        """What the step does on hearing an event; `as: anytime` does first what every step does, when every step does it."""
        own = compile_handler(name, written, spot, level, self.flaws)
        if written.as_ is None:
            return own
        shared = self.anytime.get(name)
        if shared is None:
            self.flaws.note("P312.as", under(spot, "as"), event=name, meant=meant(name, self.anytime))
            return own
        return replace(own, when=own.when or shared.when, do=(*shared.do, *own.do))

    def _task(self, task: Task, level: Level, spot: Spot) -> CompiledTask:
        here = under(spot, "task")
        roles: list[Option[tuple[str, ...]]] = []
        for n, row in enumerate(task.role):
            guard = self.flaws.guard(row.when, under(here, "role", n, "when")) if row.when else None
            if guard or not row.when:
                roles.append(Option(guard, tuple(str(r) for r in level.fill(row.chosen))))
        assign_to = level.fill(task.assign_to)
        people = self._people_in_fields()
        others = tuple(enumerate(level.fill(task.different_person_from)))
        return CompiledTask(
            role=tuple(roles),
            form=compile_form(task.form, level),
            assign_to=tuple(str(assign_to).split(".")) if assign_to else (),
            same_person_as=self._person(task.same_person_as, level, under(here, "same_person_as")),
            different_person_from=tuple(
                found
                for n, text in others
                if text not in people and (found := self._person(text, level, under(here, "different_person_from", n)))
            ),
            not_the_person_in=tuple(text for _, text in others if text in people),
            waived_by=level.fill(task.may_be_waived_by),
            draft_mail=level.fill(task.draft_mail),
            may_pause=task.may_pause,
        )

    def _people_in_fields(self) -> set[str]:
        """The fields that hold a person, as far as they are declared by the process itself."""
        return {name for name, definition in self.file.fields.items() if definition.type == "user"}

    def _person(self, text: str | None, level: Level, spot: Spot) -> str | None:
        text = level.fill(text)
        if text is None or text == "start":
            return text
        found = level.find_anywhere_around(text)
        if found is None:
            self.flaws.note("P423.unknown", spot, step=text, meant=meant(text, [*level.known(), "start"]))
        return found

    def _outcome(self, name: str, written: Outcome, level: Level, spot: Spot) -> CompiledOutcome:
        here = under(spot, "outcomes", name)
        return CompiledOutcome(
            name=name,
            label=written.label or _from_id(name),
            spot=here,
            help=written.help or Text(),
            do=compile_actions(written.do, under(here, "do"), level, self.flaws),
            milestone=written.milestone,
            skip_form=written.skip_form,
            ask=written.ask,
        )


def compile_anytime(file: ProcessFile, level: Level, flaws: Flaws) -> dict[str, Handler]:
    """What is done of an event in every step that does not name it."""
    for name, written in file.anytime.items():
        if written.as_ is not None:
            flaws.note("P312.as_itself", Spot("process", ("anytime", name, "as")), event=name)
    return {
        name: compile_handler(name, written, Spot("process", ("anytime", name)), level, flaws)
        for name, written in file.anytime.items()
    }


def compile_handler(name: str, written: EventHandler, spot: Spot, level: Level, flaws: Flaws) -> Handler:
    """What is done on hearing an event."""
    return Handler(
        event=name,
        spot=spot,
        when=flaws.guard(written.when, under(spot, "when")) if written.when else None,
        do=compile_actions(written.do, under(spot, "do"), level, flaws),
        leaves=written.next is not None,
    )


def compile_form(form: Form, level: Level) -> CompiledForm:
    """The names of a form's fields; in a fragment a setting may name more of them."""
    groups = tuple(Group(group.label, group.help or Text(), level.fill(group.fields)) for group in form.groups)
    columns = {table: level.fill(names) for table, names in form.columns.items()}
    return CompiledForm(level.fill(form.show), level.fill(form.ask), level.fill(form.optional), groups, columns)


_WORDS = {
    "sent": Text("Confirm and send", "确认并发送"),
    "not_sent": Text("Do not send", "不发送"),
    "approved": Text("Approve", "批准"),
    "rejected": Text("Reject", "驳回"),
    "done": DONE,
}


def _from_id(name: str) -> Text:
    """A button without a label of its own: well-known words in both languages, else its id in words."""
    return _WORDS.get(name) or Text(name.replace("_", " ").capitalize(), "")
