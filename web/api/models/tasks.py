"""Tasks as programs see them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from engine.case import MailText
from engine.offers import TaskOffer
from engine.screen_rows import TaskRow
from web.api.models.forms import ButtonTold, FieldTold, GroupTold, RungTold, Say
from web.api.models.plain import Asked, AskedPage, Moment, Next, Reason, Told, Values


class AskedTasks(AskedPage):
    """Which tasks."""

    whose: Annotated[
        Literal["mine", "roles", "both", "all"],
        Field(description="Mine, unclaimed ones of my roles, both, or all I may see."),
    ] = "both"
    process: Annotated[str, Field(max_length=80)] = ""
    role: Annotated[str, Field(max_length=80)] = ""
    overdue: Annotated[bool, Field(description="Only those past their due time.")] = False
    paused: Annotated[bool, Field(description="Only those put aside.")] = False
    before: Annotated[Moment | None, Field(description="Only those due before this moment.")] = None


class TaskLine(Told):
    """A task in a list."""

    id: str
    case: str
    number: Annotated[str, Field(description="The number of the case.")]
    process: str
    kind: Annotated[str, Field(description="work, escalation, draft or record")]
    step: str
    label: str
    subject: str
    roles: list[str]
    assignee: str | None
    opened_at: dt.datetime
    due_at: dt.datetime | None
    urgent: Annotated[bool, Field(description="Whether its case cannot wait, as its process says.")]
    case_due_at: dt.datetime | None
    paused: bool
    resume_at: dt.datetime | None
    level: Annotated[int, Field(description="How often it has escalated.")]

    @classmethod
    def of_row(cls, row: TaskRow, say: Say) -> TaskLine:
        """In the language of the request."""
        return cls(
            id=row.id,
            case=row.case,
            number=row.number,
            process=row.process,
            kind=row.kind,
            step=row.step,
            label=say(row.label),
            subject=row.subject,
            roles=list(row.roles),
            assignee=row.assignee,
            opened_at=row.opened_at,
            due_at=row.due_at,
            urgent=row.urgent,
            case_due_at=row.case_due_at,
            paused=row.paused,
            resume_at=row.resume_at,
            level=row.level,
        )


class TaskPage(Told):
    """Open tasks: those of urgent cases first, then by due time."""

    tasks: list[TaskLine]
    next: Next


class Mail(Told):
    """A customer mail waiting to be confirmed."""

    template: str
    to: str
    subject: str
    body: str
    language: str


class TaskTold(Told):
    """A task for you: what to do, what is shown and asked, which outcomes there are."""

    id: str
    case: str
    kind: str
    title: str
    help: str
    visit: Annotated[int, Field(description="Hand it back when completing: a later visit is not yours to answer.")]
    seen: Annotated[
        dict[str, str],
        Field(description="For each table that is asked the state you see. Hand it back when you write rows."),
    ]
    shown: list[FieldTold]
    asked: list[FieldTold]
    groups: Annotated[list[GroupTold], Field(description="Headings over what is asked; empty where there are none.")]
    outcomes: list[ButtonTold]
    acts: Annotated[list[ButtonTold], Field(description="claim, release, pause, resume, reassign")]
    ladder: list[RungTold]
    mail: Mail | None
    may_edit_mail: bool
    ways_to_tell: Annotated[
        dict[str, str],
        Field(
            description="While the mail has no address: how else the customer may be told. Complete with `sent` and the values "
            "`told_by` (one of these), `told_words` (whom, and what was said) and `told_proof` (ids of uploaded files; needed "
            "for what is written, and where an address is on record)."
        ),
    ]
    waivable: Annotated[
        list[str], Field(description="People kept from it by four eyes to whom you may reassign it, with a reason.")
    ]

    @classmethod
    def of_offer(cls, case: str, offer: TaskOffer, say: Say) -> TaskTold:
        """In the language of the request."""
        return cls(
            id=offer.task,
            case=case,
            kind=offer.kind,
            title=say(offer.title),
            help=say(offer.help),
            visit=offer.visit,
            seen=dict(offer.seen),
            shown=[FieldTold.of_offer(field, say) for field in offer.shown],
            asked=[FieldTold.of_offer(field, say) for field in offer.asked],
            groups=[GroupTold.of_group(group, say) for group in offer.groups],
            outcomes=[ButtonTold.of_button(button, say) for button in offer.outcomes],
            acts=[ButtonTold.of_button(button, say) for button in offer.acts],
            ladder=[RungTold.of_rung(rung, say) for rung in offer.ladder],
            mail=_mail(offer.mail),
            may_edit_mail=offer.may_edit_mail,
            ways_to_tell={way: say(label) for way, label in offer.ways_to_tell.items()},
            waivable=list(offer.waivable),
        )


def _mail(mail: MailText | None) -> Mail | None:
    if mail is None:
        return None
    return Mail(template=mail.template, to=mail.to, subject=mail.subject, body=mail.body, language=mail.language)


class MailChange(Asked):
    """The draft as it shall leave."""

    to: Annotated[str, Field(max_length=254, description="One mail address.")]
    subject: Annotated[str, Field(max_length=300)]
    body: Annotated[str, Field(max_length=100_000)]


class CompleteTask(Asked):
    """An outcome with the values of its form."""

    outcome: Annotated[
        str, Field(max_length=80, description="One of the task's `outcomes`; `done` where there is only one way on.")
    ] = "done"
    values: Values
    visit: Annotated[
        int | None, Field(ge=0, le=1_000_000, description="The visit you looked at; another one is refused as `stale`.")
    ] = None
    seen: Annotated[
        dict[Annotated[str, Field(max_length=80)], Annotated[str, Field(max_length=40)]],
        Field(
            default_factory=dict,
            max_length=100,
            description="The task's `seen`. Needed for a table that holds rows already (else `unseen`); what was told of one"
            " since you read it is not written over (`overtaken`).",
        ),
    ]
    mail: Annotated[MailChange | None, Field(description="The draft with changes, where the task has one.")] = None


class PauseTask(Asked):
    """Put a task aside."""

    reason: Reason
    until: Annotated[Moment | None, Field(description="When to look at it again.")] = None


class ReassignTask(Asked):
    """Put a task before somebody else."""

    to: Annotated[
        str | None,
        Field(max_length=64, description="A person; null: back to its role. One of its `waivable` needs a reason."),
    ] = None
    reason: Reason = ""
