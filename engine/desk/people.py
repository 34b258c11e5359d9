"""What people do: start a case, work its tasks, and steer the case as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from engine import events as happened
from engine.case import Case, MailText
from engine.casework import Casework
from engine.definition.texts import Text
from engine.desk.asking import ask_first
from engine.desk.presses import Done, Presses, case_of
from engine.leaving import cases_owned_by, held_by, next_owner
from engine.numbering import number_of
from engine.refusals import Refusal
from engine.screens import Screens
from engine.who import never_the_owner

LEFT = "no longer works here | 已离职"


class WhatPeopleDo(Presses):
    """Tasks and cases, by the people whose work they are."""

    # -- starting and working ------------------------------------------------------------------------------------------

    def start_case(self, process: str, values: Mapping[str, Any], by: str, *, beside: str = "", key: str = "") -> Done:
        """A new case by a person, perhaps from the page of the case `beside`: then each names the other in its history. The
        same `key` twice starts one case."""

        def work(desk: Casework) -> Case:
            other = desk.load(beside)[1].number if beside else ""
            definition = self.definitions.process(desk.uow, process)
            number = number_of(definition, desk.uow)
            case = desk.start(definition, happened.CaseStarted(self._ids.new(), number, values, by, beside=other))
            if beside:
                desk.handle(beside, happened.OpenedBeside(number, by))
            return case

        return self._press(f"start:{process}", by, key, values, work)

    def complete_task(
        self,
        task: str,
        outcome: str,
        values: Mapping[str, Any],
        by: str,
        *,
        visit: int | None = None,
        mail: MailText | None = None,
        seen: Mapping[str, str] | None = None,
        sure: bool = True,
        key: str = "",
    ) -> Done:
        """A button of a task. The same `key` twice gives the same answer (no `outcome`: whatever it was); a task that is no
        longer open is refused. `seen`: what the offer said of the tables that are written; `sure`: not to be asked about
        open cases beside which this opens another."""

        def work(desk: Casework) -> Case:
            _, case = desk.load(case_of(task))
            _still_that_visit(case, task, visit)
            case = desk.handle(case.id, happened.TaskCompleted(task, outcome, by, values, mail, seen or {}))
            if not sure:
                ask_first(desk, case.id, by)
            return case

        return self._press(f"complete:{task}", by, key, (outcome, values, mail) if outcome else None, work)

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
            process, found = desk.load(case)
            owner = next_owner(process, desk.uow.people(), never_the_owner(process, found.values))
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
                why = refusal.text
                text = self.store.read(lambda screens: self._refused_move(screens, case, to, by, why))
                self.store.write(lambda uow: uow.raise_incident(case, f"{case}:move:{to}:{uow.now.isoformat()}", text))
            raise

    def _refused_move(self, screens: Screens, case: str, to: str, by: str, why: Text) -> Text:
        """Who tried to move a case where, and what forbade it, in words."""
        found = screens.case(case)
        process = self.definitions.process(screens, found.process, found.version) if found else None
        step = process.steps.get(to) if process else None
        where = step.label if step else Text(to, to)
        who = people[by].name if by in (people := screens.people()) else by
        return Text(
            f"{who} tried to move the case to '{where.say('en')}': {why.say('en')}",
            f"{who}试图将工单移至“{where.say('zh-Hans')}”：{why.say('zh-Hans')}",
        )

    def change_owner(self, case: str, owner: str, by: str, reason: str = "", *, key: str = "") -> Done:
        """Another person answers for the case."""
        return self._on_case(f"owner:{case}", case, by, key, happened.OwnerChanged(owner, by, reason))

    def migrate_case(self, case: str, by: str) -> Done:
        """Move a case to the newest version of its process."""

        def work(desk: Casework) -> Case:
            return desk.migrate(case, by)

        return self._press(f"migrate:{case}", by, "", None, work)

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

        self._press(f"comment:{case}", by, key, (text, files), work)


def _held_by(screens: Screens, person: str) -> list[str]:
    """The open tasks of somebody who left, paused ones too."""
    known = screens.people().get(person)
    if known is None or known.active:
        return []
    return [row.id for row in held_by(screens, person) if row.roles]


def _still_that_visit(case: Case, task_id: str, visit: int | None) -> None:
    task = case.task(task_id)
    if task is not None and visit is not None and task.visit != visit:
        raise Refusal(
            "stale", Text("The case has moved on since you opened this page.", "您打开页面后，工单已有变化。")
        )
