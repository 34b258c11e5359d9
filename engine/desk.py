"""The use cases of the desk: work a case from its start to its end. Each is one transaction: begin, load, decide, save, commit.

Raises Refusal and FormRefusal; then nothing has changed. After a commit the bell is rung; it may get lost.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from engine import events as happened
from engine.authority import must
from engine.case import Case, MailText
from engine.case_offering import case_offer
from engine.casework import Casework
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.definitions import Definitions
from engine.effects import SendMail
from engine.foreseeing import with_earlier
from engine.incoming import Incoming, Received, Standing
from engine.leaving import cases_owned_by, next_owner
from engine.numbering import number_of
from engine.offering import start_offer, task_offer
from engine.offers import CaseOffer, StartOffer, TaskOffer
from engine.people import Person, World
from engine.ports import Doorbell, DueTimer, Ids, KeptEvent, Store, UnitOfWork
from engine.records import Record
from engine.refusals import Refusal
from engine.registering import add_record, change_record
from engine.screens import Page, Screens, TaskFilter, Viewer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done:
    """A press that worked: the case, and the next open task of the same person in it, if there is one."""

    case: str
    number: str
    task: str | None = None


class Desk:
    """Everything people, events and timers can do to cases."""

    def __init__(self, store: Store, definitions: Definitions, ids: Ids, bell: Doorbell) -> None:
        self.store = store
        self.definitions = definitions
        self._ids = ids
        self._bell = bell

    # -- starting and working ------------------------------------------------------------------------------------------

    def start_case(self, process: str, values: Mapping[str, Any], by: str, *, key: str = "") -> Done:
        """A new case by a person. The same `key` twice starts one case."""

        def work(desk: Casework) -> Case:
            definition = self.definitions.process(desk.uow, process)
            order = happened.CaseStarted(self._ids.new(), number_of(definition, desk.uow), values, by)
            return desk.start(definition, order)

        return self._press(f"start:{process}", by, key, work)

    def complete_task(
        self,
        task: str,
        outcome: str,
        values: Mapping[str, Any],
        by: str,
        *,
        visit: int | None = None,
        mail: MailText | None = None,
        key: str = "",
    ) -> Done:
        """A button of a task. The same `key` twice gives the same answer; a task that is no longer open is refused."""

        def work(desk: Casework) -> Case:
            _, case = desk.load(case_of(task))
            _still_that_visit(case, task, visit)
            return desk.handle(case.id, happened.TaskCompleted(task, outcome, by, values, mail))

        return self._press(f"complete:{task}", by, key, work)

    def claim_task(self, task: str, by: str, *, key: str = "") -> Done:
        """Take a task of one of my roles."""
        return self._on_task("claim", task, by, key, happened.TaskClaimed(task, by))

    def release_task(self, task: str, by: str, *, key: str = "") -> Done:
        """Give a task back to its role."""
        return self._on_task("release", task, by, key, happened.TaskReleased(task, by))

    def reassign_task(self, task: str, to: str | None, by: str, reason: str = "", *, key: str = "") -> Done:
        """Put a task before somebody else, or before its role (None)."""
        return self._on_task("reassign", task, by, key, happened.TaskReassigned(task, to, by, reason))

    def give_back_tasks_of(self, person: str, by: str | None) -> int:
        """Somebody no longer works here: what they held goes back to its roles, as late as it is, and their cases get an
        owner who is there. Returns how many tasks; does nothing while the person is active."""
        for case in self.store.read(lambda screens: cases_owned_by(screens, person)):
            self._handed_on(case, by)
        return sum(self._given_back(task, by) for task in self.store.read(lambda screens: _held_by(screens, person)))

    def _handed_on(self, case: str, by: str | None) -> None:
        """One case in a transaction of its own gets another owner."""

        def work(desk: Casework) -> None:
            process, _ = desk.load(case)
            owner = next_owner(process, desk.uow.people())
            if owner is not None:
                desk.handle(case, happened.OwnerChanged(owner, by, LEFT))

        self._write(work)

    def _given_back(self, task: str, by: str | None) -> int:
        """One task in a transaction of its own, unless somebody else saw to it meanwhile."""
        try:
            self._write(lambda desk: desk.handle(case_of(task), happened.TaskReassigned(task, None, by, LEFT)))
        except Refusal:
            return 0
        return 1

    def pause_task(self, task: str, reason: str, until: dt.datetime | None, by: str, *, key: str = "") -> Done:
        """Put a task aside until a moment (UTC)."""
        return self._on_task("pause", task, by, key, happened.TaskPaused(task, reason, until, by))

    def resume_task(self, task: str, by: str, *, key: str = "") -> Done:
        """Take a task up again."""
        return self._on_task("resume", task, by, key, happened.TaskResumed(task, by))

    def edit_draft(self, task: str, mail: MailText, by: str, *, key: str = "") -> Done:
        """Keep a changed draft without sending it."""
        return self._on_task("edit", task, by, key, happened.DraftEdited(task, mail, by))

    # -- the case as a whole -------------------------------------------------------------------------------------------

    def cancel_case(self, case: str, by: str, reason: str = "", *, key: str = "") -> Done:
        """Call a case off."""
        return self._on_case(f"cancel:{case}", case, by, key, happened.CaseCancelled(by, reason))

    def reopen_case(self, case: str, by: str, reason: str = "", *, key: str = "") -> Done:
        """A new round of an ended case."""
        return self._on_case(f"reopen:{case}", case, by, key, happened.CaseReopened(by, reason))

    def move_case(self, case: str, to: str, by: str, reason: str, *, key: str = "") -> Done:
        """Put a case into another step by hand. What a rule forbids is refused and leaves an incident behind."""
        try:
            return self._on_case(f"move:{case}:{to}", case, by, key, happened.CaseMoved(to, by, reason))
        except Refusal as refusal:
            if refusal.code == "rule":
                text = Text(
                    f"{by} tried to move the case to '{to}': {refusal.text.en}",
                    f"{by} 试图将工单移至“{to}”：{refusal.text.say('zh-Hans')}",
                )
                self.store.write(lambda uow: uow.raise_incident(case, f"{case}:move:{to}:{uow.now.isoformat()}", text))
            raise

    def change_owner(self, case: str, owner: str, by: str, reason: str = "", *, key: str = "") -> Done:
        """Another person answers for the case."""
        return self._on_case(f"owner:{case}", case, by, key, happened.OwnerChanged(owner, by, reason))

    def migrate_case(self, case: str, by: str) -> Done:
        """Move a case to the newest version of its process."""

        def work(desk: Casework) -> Case:
            return desk.migrate(case, by)

        return self._press(f"migrate:{case}", by, "", work)

    def comment(self, case: str, by: str, text: str, files: Sequence[Mapping[str, Any]] = (), *, key: str = "") -> None:
        """Write into the case's history. The same `key` twice writes once. Raises Refusal for an empty or overlong
        comment."""
        if not text.strip() and not files:
            raise Refusal("wrong_value", Text("Write something first.", "请先填写内容。"), concerns="text")
        if len(text) > 20_000:
            raise Refusal("wrong_value", Text("At most 20,000 characters.", "最多 20000 个字符。"), concerns="text")

        def work(desk: Casework) -> Case:
            _, found = desk.load(case)
            desk.uow.add_comment(case, by, text.strip(), files)
            return found

        self._press(f"comment:{case}", by, key, work)

    # -- events from outside -------------------------------------------------------------------------------------------

    def press_event(self, case: str, name: str, values: Mapping[str, Any], by: str, *, key: str = "") -> Done:
        """A member of staff enters an event on the case itself."""
        return self._on_case(f"event:{case}:{name}", case, by, key, happened.EventArrived(name, values, by, "staff"))

    def receive_event(
        self,
        id: str,
        name: str,
        values: Mapping[str, Any],
        source: str,
        *,
        by: str | None = None,
        standing: Standing | None = None,
        seal: str = "",
    ) -> Received:
        """An event from outside, told apart by its sender's id. With a `standing`, what is older than the newest thing
        known about the same parcel is noted and changes nothing. One signed message, known by its `seal`, counts once."""
        received = self._write(lambda desk: Incoming(desk).receive(id, name, values, source, by, standing, seal))
        self._bell.ring()
        return received

    def put_before_a_clerk(self, id: str, name: str, values: Mapping[str, Any], source: str, refusal: Refusal) -> None:
        """An event whose sender cannot mend it was refused by its case: a clerk looks at it, and it is not lost."""

        def work(desk: Casework) -> None:
            event = KeptEvent(
                f"{source}:{id}"[:200], name, dict(values), source, desk.uow.now, "several", refusal.text.en
            )
            if not desk.uow.event_seen(event.id):
                desk.uow.keep_event(event)

        self._write(work)

    def assign_event(self, event: str, case: str, by: str) -> None:
        """A clerk says to which case a kept event belongs."""

        def work(desk: Casework) -> None:
            kept = desk.uow.kept_event(event)
            if kept is None or kept.state == "taken":
                raise Refusal("closed", Text("This event was assigned already.", "该事件已分配。"))
            Incoming(desk).assign(kept, case, by)

        self._write(work)
        self._bell.ring()

    def discard_event(self, event: str, by: str, reason: str) -> None:
        """A clerk says that a kept event belongs to no case."""
        if not reason.strip():
            raise Refusal(
                "wrong_value", Text("Say why it belongs to no case.", "请说明为何不属于任何工单。"), concerns="reason"
            )

        def work(desk: Casework) -> None:
            kept = desk.uow.kept_event(event)
            if kept is None or kept.state == "taken":
                raise Refusal("closed", Text("This event was assigned already.", "该事件已分配。"))
            desk.uow.keep_event(_discarded(kept, f"{by}: {reason.strip()}"))

        self._write(work)

    # -- records by hand -----------------------------------------------------------------------------------------------

    def add_record(self, type: str, typed: Mapping[str, str], by: str) -> Record:
        """A record that nobody has imported: what was typed, attribute by attribute. Raises FormRefusal, and Refusal("role")."""

        def work(desk: Casework) -> Record:
            must(desk.uow.people().get(by), "add_records")
            site = self.definitions.site(desk.uow)
            return add_record(desk.uow, site, type, typed, by=by, reason="by hand 手工登记")

        return self._write(work)

    def change_record(self, type: str, id: str, typed: Mapping[str, str], by: str, reason: str) -> Record:
        """A record corrected by hand, with the reason. Raises FormRefusal, and Refusal("role")."""

        def work(desk: Casework) -> Record:
            must(desk.uow.people().get(by), "change_records")
            return change_record(desk.uow, self.definitions.site(desk.uow), type, id, typed, by=by, reason=reason)

        return self._write(work)

    # -- what is offered -----------------------------------------------------------------------------------------------

    def task_offer(self, task: str, by: str) -> TaskOffer:
        """A task as a person may see and press it now. Raises Refusal("closed") when it is no longer open."""

        def look(screens: Screens) -> TaskOffer:
            process, case, person, world = self._look_at(screens, case_of(task), by)
            found = case.task(task)
            if found is None:
                raise Refusal("closed", Text("This task is no longer open.", "该任务已关闭。"))
            return task_offer(process, case, found, person, world)

        return self.store.read(look)

    def case_offer(self, case: str, by: str) -> CaseOffer:
        """A case as a person may see and steer it now."""

        def look(screens: Screens) -> CaseOffer:
            process, found, person, world = self._look_at(screens, case, by)
            return case_offer(process, found, person, world)

        return self.store.read(look)

    def start_offer(self, process: str, by: str, values: Mapping[str, Any] | None = None) -> StartOffer:
        """The start form of a process. With what was entered so far it knows of an earlier case about the same."""

        def look(screens: Screens) -> StartOffer:
            people, definition = screens.people(), self.definitions.process(screens, process)
            world = World(screens.now, people)
            if values and definition.alike:
                world = with_earlier(definition, values, world, screens)
            return start_offer(definition, _person(people, by), world)

        return self.store.read(look)

    def startable(self, by: str) -> list[StartOffer]:
        """The processes a person may start, by label."""

        def look(screens: Screens) -> list[StartOffer]:
            people = screens.people()
            world, person = World(screens.now, people), _person(people, by)
            offers = [start_offer(process, person, world) for process in self.definitions.newest(screens)]
            return [offer for offer in offers if offer.allowed]

        return self.store.read(look)

    def _look_at(self, screens: Screens, case_id: str, by: str) -> tuple[Compiled, Case, Person, World]:
        case = screens.case(case_id)
        if case is None:
            raise Refusal("unknown", Text("There is no such case.", "没有该工单。"))
        people = screens.people()
        process = self.definitions.process(screens, case.process, case.version)
        return process, case, _person(people, by), World(screens.now, people)

    # -- machines ------------------------------------------------------------------------------------------------------

    def ring_due_timers(self, limit: int = 200) -> int:
        """Ring what is due, in order of due time, in one transaction. When one of them cannot be handled, the batch is
        done again one by one, and that one becomes an incident, whatever went wrong; it cannot stop the others."""
        try:
            rung = self._write(lambda desk: self._ring_all(desk, limit))
        except Exception:  # noqa: BLE001 - one by one it shows whose it is, and is told in an incident
            rung = self._ring_one_by_one(limit)
        if rung:
            self._bell.ring()
        return rung

    def _ring_all(self, desk: Casework, limit: int) -> int:
        due = desk.uow.due_timers(limit)
        for timer in due:
            desk.handle(timer.case, happened.TimerRang(timer.id))
        return len(due)

    def _ring_one_by_one(self, limit: int) -> int:
        return next((rung for rung in range(limit) if not self._ring_or_lift()), limit)

    def _ring_or_lift(self) -> bool:
        """Ring the next timer that is due, or take it out of the queue; False when none is due. A database that is
        away is not the timer's fault: that is raised, and nothing has changed."""
        tried: list[DueTimer] = []
        try:
            return self._write(lambda desk: self._ring_next(desk, tried))
        except Exception as error:
            if not tried or isinstance(error, OSError):
                raise
            timer, reason = tried[-1].id, _told(error)
            self.store.write(lambda uow: uow.lift_timer(timer, reason))
            return True

    def _ring_next(self, desk: Casework, tried: list[DueTimer]) -> bool:
        due = desk.uow.due_timers(1)
        tried += due
        for timer in due:
            desk.handle(timer.case, happened.TimerRang(timer.id))
        return bool(due)

    def call_answered(self, case: str, key: str, values: Mapping[str, Any]) -> None:
        """An outside system did what a case asked."""
        self._write(lambda desk: desk.handle(case, happened.CallAnswered(key, values)))
        self._bell.ring()

    def call_failed(self, case: str, key: str, reason: str) -> None:
        """An outside system did not do what a case asked."""
        self._write(lambda desk: desk.handle(case, happened.CallFailed(key, reason)))
        self._bell.ring()

    def mail_bounced(self, case: str, mail: SendMail, reason: str) -> None:
        """A confirmed mail to the customer could not be delivered for good."""
        event = happened.MailBounced(mail.key, mail.to, mail.subject, reason, mail.template)
        self._write(lambda desk: desk.handle(case, event))

    def settle_incident(self, incident: str, by: str) -> None:
        """An administrator mended the cause: what stuck is tried again."""

        def work(desk: Casework) -> None:
            case = desk.uow.settle_incident(incident, by)
            if case:
                desk.handle(case, happened.TriedAgain(by))

        self._write(work)
        self._bell.ring()

    # -- how a press is made -------------------------------------------------------------------------------------------

    def _on_task(self, act: str, task: str, by: str, key: str, event: happened.Event) -> Done:
        return self._press(f"{act}:{task}", by, key, lambda desk: desk.handle(case_of(task), event))

    def _on_case(self, what: str, case: str, by: str, key: str, event: happened.Event) -> Done:
        return self._press(what, by, key, lambda desk: desk.handle(case, event))

    def _press(self, what: str, by: str, key: str, work: Callable[[Casework], Case]) -> Done:
        """One press of a person: with an idempotency key the second press gets the first one's answer."""
        remembered = f"{by}:{what}:{key}"[:400] if key else ""

        def once(desk: Casework) -> Done:
            known = _remembered(desk, remembered)
            if known is not None:
                return known
            case = work(desk)
            done = Done(case.id, case.number, _next_task(case, by))
            if remembered:
                desk.uow.remember(remembered, f"{done.case}|{done.number}|{done.task or ''}")
            return done

        try:
            done = self._write(once)
        except Refusal:
            # The other half of a double click may have been at work: refused by what it did, this one has its answer.
            twin = self._write(lambda desk: _remembered(desk, remembered)) if remembered else None
            if twin is None:
                raise
            done = twin
        self._bell.ring()
        return done

    def _write(self, work: Callable[[Casework], T]) -> T:
        def in_one_transaction(uow: UnitOfWork) -> T:
            return work(Casework(uow, self.definitions, self._ids))

        return self.store.write(in_one_transaction)


LEFT = "no longer works here | 已离职"


def _held_by(screens: Screens, person: str) -> list[str]:
    """The open tasks of somebody who left, paused ones too."""
    known = screens.people().get(person)
    if known is None or known.active:
        return []
    found: list[str] = []
    for paused in (False, True):
        page = Page(size=200)
        while True:
            rows = screens.inbox(Viewer(person, frozenset()), TaskFilter("mine", paused=paused), page)
            found += [row.id for row in rows.rows if row.roles and row.assignee == person]
            if not rows.next:
                break
            page = Page(rows.next, 200)
    return found


def _remembered(desk: Casework, key: str) -> Done | None:
    known = desk.uow.remembered(key) if key else None
    if known is None:
        return None
    case, number, task = known.split("|")
    return Done(case, number, task or None)


def _person(people: Mapping[str, Person], by: str) -> Person:
    if by not in people:
        raise Refusal("unknown", Text(f"Nobody here is called '{by}'.", f"没有名为“{by}”的人员。"))
    return people[by]


def _told(error: Exception) -> str:
    """What went wrong, for an administrator; an error that nobody foresaw with the place where it arose."""
    if isinstance(error, Refusal):
        return error.text.en
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} (in {place.name}, line {place.lineno})."


def case_of(task: str) -> str:
    """The case of a task or timer, by its id."""
    return task.partition(".")[0].partition(":")[0]


def _still_that_visit(case: Case, task_id: str, visit: int | None) -> None:
    task = case.task(task_id)
    if task is not None and visit is not None and task.visit != visit:
        raise Refusal(
            "stale", Text("The case has moved on since you opened this page.", "您打开页面后，工单已有变化。")
        )


def _next_task(case: Case, by: str) -> str | None:
    """The next open task of the same person in the same case, work before drafts, by due time."""
    mine = [t for t in case.tasks if t.assignee == by and not t.paused and t.kind in ("work", "draft")]
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return min(mine, key=lambda t: (t.kind != "work", t.due_at or far)).id if mine else None


def _discarded(event: KeptEvent, reason: str) -> KeptEvent:
    return replace(event, state="discarded", reason=reason)
