"""An absence as it is entered: from when until when, and who stands in. Refused in sentences, field by field; and as it is
told to programs."""

from __future__ import annotations

import datetime as dt

from engine.definition.texts import Text
from engine.people import Absence, Person
from engine.refusals import FormRefusal, Refusal

LONGEST = dt.timedelta(days=366)


def entered_absence(
    person: Person, since: dt.datetime | None, until: dt.datetime | None, deputy: Person | None, now: dt.datetime
) -> Absence:
    """The absence to be kept. Without `since`, or with one that is past, it begins now: what was done until now stands."""
    if not person.active:
        raise _left(person)
    begins = max(since, now) if since is not None else now
    wrong = {
        name: text for name, text in (("until", _wrong_end(begins, until)), ("deputy", _unfit(person, deputy))) if text
    }
    if wrong or until is None:
        raise FormRefusal(wrong)
    return Absence(begins, until, deputy.id if deputy else None)


def in_plain_words(absence: Absence) -> dict[str, str | None]:
    """What a log keeps and another program reads of it."""
    return {"since": absence.since.isoformat(), "until": absence.until.isoformat(), "deputy": absence.deputy}


def _left(person: Person) -> Refusal:
    """What they held went to others the day they left: there is nothing left to stand in for."""
    return Refusal(
        "conflict",
        Text(
            f"{person.name} no longer works here; an absence is entered only for who does.",
            f"{person.name}已离职，只能为在职人员登记离岗。",
        ),
        concerns=person.id,
    )


def _wrong_end(begins: dt.datetime, until: dt.datetime | None) -> Text | None:
    if until is None:
        return Text("Say when the person is back, as a date and a time.", "请填写返岗的日期和时间。")
    if until <= begins:
        return Text(
            "The return lies before the absence begins, or is past already.", "返岗时间早于离岗开始，或已经过去。"
        )
    if until - begins > LONGEST:
        return Text(
            "At most a year. Who stays away longer is marked as no longer working here.",
            "最长一年；更久不在岗的，请停用账号。",
        )
    return None


def _unfit(person: Person, deputy: Person | None) -> Text | None:
    if deputy is None:
        return None
    if deputy.id == person.id:
        return Text("Nobody stands in for themselves; choose somebody else.", "不能由本人代理，请选择其他人。")
    if not deputy.active:
        return Text(
            f"{deputy.name} no longer works here; choose somebody else.", f"{deputy.name}已离职，请选择其他人。"
        )
    return None
