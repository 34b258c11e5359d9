"""A case that has ended and hears something new: who opens it again first, and what came from outside that it would have heard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from engine.case import Case
from engine.definition.calendars import after
from engine.definition.compiled import Compiled
from engine.definition.durations import parse_duration
from engine.definition.texts import Text
from engine.kept import INSIDE
from engine.matching import is_about
from engine.refusals import Refusal
from engine.screen_rows import UnmatchedRow
from engine.who import roles_in_words


def not_reopened(process: Compiled, ended_at: dt.datetime | None, now: dt.datetime) -> Refusal | None:
    """Why a case that ended then is not opened again by anybody; None when somebody may."""
    allowed = process.permissions.reopen
    if allowed is None or ended_at is None:
        return Refusal(
            "not_allowed",
            Text("Cases of this process are not reopened; start a new one.", "该流程的工单不能重新打开，请新建工单。"),
        )
    if allowed.within is None or now <= after(ended_at, parse_duration(allowed.within), process.calendar_of[""]):
        return None
    return Refusal(
        "too_late",
        Text("The time for reopening is over; start a new case instead.", "已超过可重新打开的期限，请新建工单。"),
    )


def something_new(process: Compiled, case: Case, now: dt.datetime) -> Text:
    """Where somebody goes who hears of an ended case; nothing while it is open."""
    if case.is_open:
        return Text()
    question = Text("Something new about this case?", "本工单有新情况？")
    refusal, allowed = not_reopened(process, case.ended_at, now), process.permissions.reopen
    if refusal is not None or allowed is None:
        text = refusal.text if refusal is not None else Text()
        return Text(f"{question.en} {text.en}", f"{question.zh}{text.zh}")
    who = roles_in_words(process, allowed.role)
    return Text(f"{question.en} Reopen it first ({who.en}).", f"{question.zh}请先重新打开（{who.zh}）。")


def names_heard(process: Compiled) -> frozenset[str]:
    """All news that cases of this process ever listen for."""
    return frozenset({*process.anytime, *(name for step in process.steps.values() for name in step.events)})


def heard_too_late(process: Compiled, case: Case, kept: Iterable[UnmatchedRow]) -> Iterator[UnmatchedRow]:
    """What came from outside about this case and found nobody who waits for it."""
    for row in kept:
        if row.source not in INSIDE and is_about(process, case, row.name, row.values):
            yield row
