"""Drafts of mails to customers that wait beside the flow: written, put before who may confirm them, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Task
from engine.definition.calendars import after
from engine.definition.durations import Duration, parse_duration
from engine.definition.texts import Text
from engine.effects import SendMail
from engine.letters import customer_mail
from engine.subjects import mail_name
from engine.waiting_drafts import mind_the_draft

if TYPE_CHECKING:
    from engine.flow import Flow

_HALF_DAY = Duration(4, "hour", working=True)
_AN_HOUR = Duration(1, "hour")


def draft_mail(flow: Flow, template: str, step: str) -> None:
    """A mail to the customer, as a draft before the person who may confirm it; the case goes on."""
    mail = customer_mail(flow.process, template, flow.facts(step))
    definition = flow.process.mails[template]
    flow.note("drafted", template)
    if definition.notice and flow.process.site.auto_confirm_notices and mail.to:
        key = f"{flow.draft.id}:notice:{template}:{flow.draft.seq}"
        flow.effects.append(SendMail(key, "customer", mail.to, mail.subject, mail.body, template))
        flow.note("sent", template)
        flow.after_the_mail(template, step)
        return
    role = definition.confirm
    owner = flow.draft.owner
    person = role if role in ("owner", "starter") else None
    holder = {"owner": owner, "starter": flow.draft.starter}.get(person or ("owner" if role is None else ""))
    roles = (role,) if role and person is None else flow.process.file.start.role
    name = mail_name(flow.process, template) or Text(template, template)
    chinese = mail.language.startswith("zh")
    waiting = Task(
        id=flow.draft.new_id(),
        kind="draft",
        step=step,
        visit=flow.draft.visits.get(step, 0),
        label=Text(
            f"Confirm the mail: {name.say('en') if chinese else mail.subject}",
            f"确认邮件：{mail.subject if chinese else name.say('zh-Hans')}",
        ),
        roles=roles,
        opened_at=flow.now,
        assignee=holder,
        due_at=after(flow.now, _may_wait(flow, definition.due), flow.process.calendar_of[""]),
        mail=mail,
        about=template,
    )
    flow.draft.tasks.append(waiting)
    mind_the_draft(flow, waiting)


def _may_wait(flow: Flow, due: str | None) -> Duration:
    """What the file says, else half a working day; in a case that cannot wait an hour, at night too."""
    if flow.facts().urgent and not due:
        return _AN_HOUR
    return parse_duration(due) if due else _HALF_DAY


def withdraw_mail(flow: Flow, template: str) -> None:
    """Drafts of this mail that wait beside the flow are put away unsent: what they say holds no longer."""
    outdated = [task for task in flow.draft.tasks if task.kind == "draft" and task.about == template]
    for task in outdated:
        flow.draft.close(task.id)
        flow.note("withdrawn", template)
