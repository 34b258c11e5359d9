"""Mails: what was sent, what waits, what failed; without a mail server, what would have been sent."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from engine.screens import Page
from web import current
from web.rules import rule

screen = Blueprint("mailbox", __name__)

STATES = ("", "waiting", "sent", "failed")


@screen.get("/mails")
@rule("staff")
def show() -> Any:
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    page, viewer = Page(request.args.get("after", "")[:500]), current.viewer()

    def look(screens: Any) -> Any:
        found = screens.mails(state=state, page=page)
        return [m for m in found.rows if viewer.everything or screens.may_see(viewer, m.case)], found.next

    rows, after = current.read(look)
    return render_template(
        "mailbox/mailbox.html", rows=rows, next=after, state=state, states=STATES, server=current.house().settings.smtp
    )


@screen.get("/mails/<mail_id>")
@rule("staff")
def one(mail_id: str) -> Any:
    viewer = current.viewer()
    mail = current.read(lambda screens: screens.mail(mail_id))
    if mail is None or not current.read(lambda screens: viewer.everything or screens.may_see(viewer, mail.case)):
        abort(404)
    return render_template("mailbox/mail.html", mail=mail)
