"""A mail that names a day which has gone by since it was written leaves only when whoever confirms it says so once more."""

from __future__ import annotations

import datetime as dt

from flask import request

from engine.case import MailText
from engine.definition.texts import Text
from engine.refusals import Refusal
from web import current, saying
from web.passed_days import passed_day

KNOWN = "day_known"
"""The box under the buttons that says: send it as it is."""


def ask_about_a_passed_day(mail: MailText, written_at: dt.datetime) -> None:
    """Raises Refusal the first time; nothing was sent, and the page shows the box."""
    zone = current.zone()
    day = passed_day(mail, written_at.astimezone(zone).date(), current.now().astimezone(zone).date())
    if day is None or request.form.get(KNOWN) == "1":
        return
    en, zh = (saying.day(day, language) for language in ("en", "zh-Hans"))
    raise Refusal(
        "passed_day",
        Text(
            f"The mail still names {en}, which is over; it was not sent. Put in what is true today, or say under the mail that "
            "it is right as it is, and press again.",
            f"邮件中仍写着已过去的 {zh}，尚未发送。请按目前情况修改；如确认无误，请在邮件下方勾选“日期无误，仍要发送”后再次提交。",
        ),
        concerns="mail_body",
    )
