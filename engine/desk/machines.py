"""What machines do: timers ring, outside systems answer, mails bounce, and what stuck is tried again."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from engine import events as happened
from engine.casework import Casework
from engine.desk.absences import WhatAbsencesDo
from engine.effects import SendMail
from engine.kept import DueTimer
from engine.refusals import Refusal


class WhatMachinesDo(WhatAbsencesDo):
    """Everything that happens at the desk without anybody pressing a button."""

    def ring_due_timers(self, limit: int = 200) -> int:
        """Ring what is due, in order of due time, in one transaction. When one of them cannot be handled, the batch is
        done again one by one, and that one becomes an incident, whatever went wrong; it cannot stop the others. Whose
        absence has begun is no longer waited for."""
        try:
            rung = self._write(lambda desk: self._ring_all(desk, limit))
        except Exception:  # noqa: BLE001 - one by one it shows whose it is, and is told in an incident
            rung = self._ring_one_by_one(limit)
        if rung:
            self._bell.ring()
        self.hand_on_for_who_is_away()
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


def _told(error: Exception) -> str:
    """What went wrong, for an administrator; an error that nobody foresaw with the place where it arose."""
    if isinstance(error, Refusal):
        return error.text.en
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} (in {place.name}, line {place.lineno})."
