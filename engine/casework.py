"""One stimulus inside one transaction: load, decide, save, and what follows in other cases, all or nothing.

The steps of a stimulus: the case is locked and loaded; `decide` says what follows; the case and its orders are saved; cases
it starts, cases that wait for its end and events it emits are handled in the same transaction, at most 50 of them, and
more only where a case is opened for each row of a table.
"""

from __future__ import annotations

from dataclasses import replace

from engine import events as happened
from engine.case import Case, Parent
from engine.decide import Decision, decide
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.definitions import Definitions
from engine.effects import (
    CallAdapter,
    ChangeWarrantyEnd,
    EmitEvent,
    RaiseIncident,
    RecordKpi,
    Remind,
    SendMail,
    StartCase,
    WriteHistory,
    WriteRecord,
)
from engine.incoming import Incoming
from engine.kept import FROM_A_CASE, CaseChange
from engine.likeness import kept_under
from engine.listings import category_of, labels_of, listens_of, records_of, subject_of
from engine.numbering import number_of
from engine.ports import Ids
from engine.refusals import Refusal
from engine.replaced import UNIT
from engine.same_again import open_twin
from engine.store import UnitOfWork
from engine.surroundings import with_fresh_records, world_around

MOST_FOLLOWING = 50
FOR_EACH_ROW = 3
"""What a row for which a case is opened may set off besides: its beginning, perhaps its end, and one thing more."""
MOST_AT_ALL = 650


class Casework:
    """Work on cases inside one unit of work. Made anew for every transaction."""

    def __init__(self, uow: UnitOfWork, definitions: Definitions, ids: Ids) -> None:
        self.uow = uow
        self.definitions = definitions
        self.twins: dict[str, None] = {}
        """The cases, open before, beside which one about the same was opened by what was done here."""
        self.begun: dict[str, None] = {}
        """The cases that were opened by what was done here, the first one first."""
        self._ids = ids
        self._following = 0
        self._allowed = MOST_FOLLOWING

    def new_id(self) -> str:
        """An id for a new case."""
        return self._ids.new()

    def load(self, case_id: str) -> tuple[Compiled, Case]:
        """A case, locked, with the process version it runs on. Raises Refusal("unknown")."""
        case = self.uow.case(case_id)
        if case is None:
            raise Refusal("unknown", Text("There is no such case.", "没有该工单。"))
        return self.definitions.process(self.uow, case.process, case.version), case

    def start(self, process: Compiled, event: happened.CaseStarted) -> Case:
        """A new case."""
        return self._handle(process, None, event)

    def handle(self, case_id: str, event: happened.Event) -> Case:
        """What happened to a case, and everything that follows."""
        process, case = self.load(case_id)
        return self._handle(process, case, event)

    def offer(self, case_id: str, event: happened.Event) -> Refusal | None:
        """Like `handle`, but what the case itself refuses is answered: nothing of it was written. What is refused later, in
        other cases, undoes everything."""
        process, case = self.load(case_id)
        try:
            fresh, decision = self._decided(process, case, event)
        except Refusal as refusal:
            return refusal
        self._carry_out(process, fresh, event, decision)
        return None

    def migrate(self, case_id: str, by: str) -> Case:
        """A case moves to the newest version of its process."""
        case = self.uow.case(case_id)
        if case is None:
            raise Refusal("unknown", Text("There is no such case.", "没有该工单。"))
        newest = self.definitions.process(self.uow, case.process)
        return self._handle(newest, case, happened.Migrated(by))

    def _handle(self, process: Compiled, case: Case | None, event: happened.Event) -> Case:
        case, decision = self._decided(process, case, event)
        return self._carry_out(process, case, event, decision)

    def _decided(self, process: Compiled, case: Case | None, event: happened.Event) -> tuple[Case | None, Decision]:
        """The case as its records are now, and what follows. Raises Refusal; nothing is written yet."""
        case = with_fresh_records(self.uow, process, case)
        return case, decide(process, case, event, world_around(self.uow, self.definitions, process, case, event))

    def _carry_out(self, process: Compiled, case: Case | None, event: happened.Event, decision: Decision) -> Case:
        if not decision.changed:
            return decision.case
        self._save(process, case, decision)
        after = decision.case
        if case is None:
            self.begun[after.id] = None
        for effect in decision.effects:
            after = self._follow(after, effect)
        if case is None and (twin := open_twin(decision.case.earlier, event)):
            self._count()
            if twin["id"] not in self.begun:
                self.twins[str(twin["id"])] = None
            self.handle(str(twin["id"]), happened.SameStarted(after.number))
        if case is not None and case.is_open and not after.is_open:
            self._tell_parent(after, event)
        if case is not None and after.is_open and not case.is_open:
            after = self._is_waited_for_again(after, event)
        if case is not None:
            self._tell_left_children(case, after)
        self._take_kept_events(process, case, after)
        return after

    def _save(self, process: Compiled, before: Case | None, decision: Decision) -> None:
        case, effects = decision.case, decision.effects
        self.uow.save(
            CaseChange(
                before=before,
                after=case,
                history=[e for e in effects if isinstance(e, WriteHistory)],
                mails=[e for e in effects if isinstance(e, SendMail)],
                reminders=[e for e in effects if isinstance(e, Remind)],
                calls=[e for e in effects if isinstance(e, CallAdapter)],
                kpis=[e for e in effects if isinstance(e, RecordKpi)],
                incidents=[e for e in effects if isinstance(e, RaiseIncident)],
                listens=listens_of(process, case),
                alike=kept_under(process, case.values),
                records=records_of(process, case),
                subject=subject_of(process, case),
                category=category_of(process, case),
                labels=labels_of(process, case),
            )
        )

    # -- what follows in other cases -----------------------------------------------------------------------------------

    def _follow(self, case: Case, effect: object) -> Case:
        match effect:
            case StartCase():
                if effect.key:
                    self._allowed = min(self._allowed + FOR_EACH_ROW, MOST_AT_ALL)
                self._count()
                return self._open_child(case, effect)
            case EmitEvent():
                self._count()
                self._emit(effect)
            case WriteRecord():
                by, reason, seen = effect.by, effect.reason, effect.seen
                self.uow.write_attribute(
                    effect.type, effect.id, effect.attribute, effect.value, by=by, reason=reason, seen=seen
                )
            case ChangeWarrantyEnd():
                by, reason, source = effect.by, effect.reason, effect.source
                self.uow.write_attribute(
                    UNIT, effect.unit, "warranty_until", effect.until, by=by, reason=reason, source=source
                )
        return case

    def _open_child(self, case: Case, order: StartCase) -> Case:
        """The child exists and the parent knows it, before anything else happens to either."""
        child_process = self.definitions.process(self.uow, order.process)
        child = happened.CaseStarted(
            id=self._ids.new(),
            number=number_of(child_process, self.uow),
            values=order.values,
            by=order.by or case.owner,
            parent=Parent(case.id, order.step, order.visit, order.waits),
            owner=order.owner,
            trusted=True,
        )
        opened = self._handle(child_process, None, child)
        process, parent = self.load(case.id)
        known = happened.ChildOpened(child.id, order.step, order.waits, order.key, order.visit)
        parent = self._handle(process, parent, known)
        if not opened.is_open:  # it came to its end by itself, before its parent knew of it
            self._tell_parent(opened, child)
            process, parent = self.load(case.id)
        return parent

    def _tell_parent(self, case: Case, event: happened.Event) -> None:
        """A case that another one waits for has ended. A parent that cannot take the answer gets an incident; the child's
        own end stands. What is refused later, in cases that the parent starts, undoes everything: half of it is written."""
        if case.parent is None or not case.parent.waits:
            return
        self._count()
        process, parent = self.load(case.parent.case)
        ended = happened.ChildEnded(case.id, case.ended or "", getattr(event, "by", None))
        try:
            fresh, decision = self._decided(process, parent, ended)
        except Refusal as refusal:
            incident = RaiseIncident(f"{parent.id}:child:{case.id}", refusal.text)
            still_open = tuple(child for child in parent.open_children if child != case.id)
            self.uow.save(
                CaseChange(
                    before=parent,
                    after=replace(parent, revision=parent.revision + 1, open_children=still_open),
                    incidents=[incident],
                    listens=listens_of(process, parent),
                    alike=kept_under(process, parent.values),
                    records=records_of(process, parent),
                    subject=subject_of(process, parent),
                    category=category_of(process, parent),
                    labels=labels_of(process, parent),
                )
            )
            return
        self._carry_out(process, fresh, ended, decision)

    def _is_waited_for_again(self, case: Case, event: happened.Event) -> Case:
        """A case that had ended was opened again: the one that waited for it, if it is still open, does not end before it.
        If that one has ended, its owner is told there and gets a task here."""
        if case.parent is None or not case.parent.waits:
            return case
        process, parent = self.load(case.parent.case)
        self._count()
        if not parent.is_open:
            by = getattr(event, "by", None)
            self._handle(process, parent, happened.ChildReopened(case.id, case.number, by))
            return self.handle(case.id, happened.ReopenedAlone(parent.number, parent.owner))
        if case.id not in parent.open_children:
            self._handle(process, parent, happened.ChildOpened(case.id, "", True))
        return case

    def _tell_left_children(self, before: Case, after: Case) -> None:
        """A step that waited for a child was left for another reason: the child goes on, and its owner is told. Of a case
        that is called off all children hear, also those that no step of it waited for any more."""
        if before.is_open and not after.is_open:
            for child in after.open_children:
                self.handle(child, happened.ParentWentOn(after.number, cancelled=True))
            return
        for step, child in before.children.items():
            if child in after.open_children and after.children.get(step) != child:
                self.handle(child, happened.ParentWentOn(after.number))

    def _emit(self, effect: EmitEvent) -> None:
        Incoming(self).receive(effect.id, effect.name, effect.values, FROM_A_CASE, by=None, cause=effect.by)

    def _take_kept_events(self, process: Compiled, before: Case | None, after: Case) -> None:
        """An event that came before anybody listened is tried again when a case begins to listen for it."""
        old = set(listens_of(process, before)) if before is not None else set()
        new = [s for s in listens_of(process, after) if s not in old]
        if new:
            Incoming(self).try_kept({s.name for s in new})

    def _count(self) -> None:
        self._following += 1
        if self._following <= self._allowed:
            return
        if self._allowed > MOST_FOLLOWING:
            raise Refusal(
                "too_much_follows",
                Text(
                    f"More than {self._allowed} things would follow from this at once in other cases; nothing was "
                    "changed. Make the table for whose rows cases are opened shorter.",
                    f"此操作将在其他工单中同时引发超过 {self._allowed} 项后续处理，未作任何更改。请减少按行新建工单的表格行数。",
                ),
            )
        raise Refusal(
            "endless",
            Text(
                "These processes start or wake each other without end; nothing was changed.",
                "流程之间无休止地相互启动或触发，未作任何更改。",
            ),
        )
