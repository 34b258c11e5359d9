"""Mails: what was sent, what waits, what failed; without a mail server, what would have been sent."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from engine.authority import can
from engine.confidential import may_read_mail
from engine.screen_rows import MailRow
from engine.screens import Page
from web import current
from web.beside import process_of
from web.rules import rule

screen = Blueprint("mailbox", __name__)

STATES = ("", "waiting", "sent", "failed", "dropped")


@screen.get("/mails")
@rule("see_mailbox")
def show() -> Any:
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    mails = current.read(lambda screens: screens.mails(state=state, page=Page(request.args.get("after", "")[:500])))
    return render_template(
        "mailbox/mailbox.html",
        rows=mails.rows,
        next=mails.next,
        state=state,
        states=STATES,
        server=current.house().settings.smtp,
    )


@screen.get("/mails/<mail_id>")
@rule("work")
def one(mail_id: str) -> Any:
    """A mail of a case this person sees; whoever looks after the mailbox sees all."""
    everything = can(current.me(), "see_mailbox")
    mail = current.read(lambda screens: screens.mail(mail_id))
    if mail is None or not (everything or _is_for_them(mail)):
        abort(404)
    return render_template("mailbox/mail.html", mail=mail)


def _is_for_them(mail: MailRow) -> bool:
    """Whether somebody sees the case, and nothing in the mail comes from a field that is hidden from them."""
    viewer = current.viewer()
    case, seen = current.read(lambda screens: (screens.case(mail.case), screens.may_see(viewer, mail.case)))
    process = process_of(case) if case is not None else None
    if case is None or not seen:
        return False
    return process is None or may_read_mail(process, case, mail.template, current.me())
