"""Cases as programs see them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from engine.case import Case
from engine.offers import CaseOffer, EventOffer
from engine.screen_rows import CaseRow
from web.api.models.forms import ButtonTold, FieldTold, RungTold, Say
from web.api.models.plain import Asked, AskedPage, Next, Reason, Told, Values
from web.late_news import LateNews


class StartCase(Asked):
    """A new case."""

    process: Annotated[str, Field(min_length=1, max_length=80, description="The id of the process.")]
    values: Values


class AskedCases(AskedPage):
    """Which cases."""

    process: Annotated[str, Field(max_length=80, description="Only cases of this process.")] = ""
    state: Annotated[
        Literal[
            "",
            "open",
            "closed",
            "overdue",
            "in_category:open",
            "in_category:waiting_customer",
            "in_category:waiting_internal",
            "in_category:done",
            "in_category:closed",
            "in_category:cancelled",
        ],
        Field(
            description="Only open, ended or overdue ones (late itself or with a late task), or those of a category."
        ),
    ] = ""
    text: Annotated[str, Field(max_length=200, description="Searched in number and subject.")] = ""


class WhyOnly(Asked):
    """An act on the whole case."""

    reason: Reason = ""


class MoveCase(Asked):
    """Put a case into another step by hand."""

    to: Annotated[str, Field(min_length=1, max_length=200, description="A step, one of the case's `targets`.")]
    reason: Reason


class ChangeOwner(Asked):
    """Another person answers for the case."""

    owner: Annotated[str, Field(min_length=1, max_length=64, description="The id of a person.")]
    reason: Reason = ""


class Comment(Asked):
    """A remark in the history."""

    text: Annotated[str, Field(max_length=20_000, description="What to write.")] = ""
    files: Annotated[
        list[Annotated[str, Field(max_length=64)]],
        Field(default_factory=list, max_length=20, description="Ids of uploaded files."),
    ]


class PressEvent(Asked):
    """An event that a member of staff enters on the case."""

    values: Values


class Done(Told):
    """What was asked is done."""

    case: Annotated[str, Field(description="The id of the case.")]
    number: Annotated[str, Field(description="The number people know the case by.")]
    task: Annotated[str | None, Field(description="Your next open task in this case.")] = None


class CaseLine(Told):
    """A case in a list."""

    id: str
    number: str
    process: str
    version: int
    subject: Annotated[str, Field(description="What it is about, in words.")]
    steps: Annotated[list[str], Field(description="Where it is now, or how it ended, in words.")]
    category: Annotated[str, Field(description="open, waiting_customer, waiting_internal, done, closed, cancelled")]
    milestone: str | None
    owner: str | None
    opened_at: dt.datetime
    due_at: dt.datetime | None
    urgent: Annotated[bool, Field(description="Open, and it cannot wait, as its process says.")]
    ended_at: dt.datetime | None
    ended: Annotated[str | None, Field(description="The step it ended in.")]
    round: Annotated[int, Field(description="1, and one more each time it was reopened.")]

    @classmethod
    def of_row(cls, row: CaseRow, say: Say) -> CaseLine:
        """In the language of the request."""
        return cls(
            id=row.id,
            number=row.number,
            process=row.process,
            version=row.version,
            subject=row.subject,
            steps=[say(step) for step in row.steps],
            category=row.category,
            milestone=row.milestone,
            owner=row.owner,
            opened_at=row.opened_at,
            due_at=row.due_at,
            urgent=row.urgent,
            ended_at=row.ended_at,
            ended=row.ended,
            round=row.round,
        )


class CasePage(Told):
    """Cases you may see, newest first."""

    cases: list[CaseLine]
    next: Next


class Place(Told):
    """A step the case is in now."""

    step: str
    label: str
    waits_for: str
    since: dt.datetime | None
    due_at: dt.datetime | None


class MilestoneTold(Told):
    """What the customer is shown of the way."""

    id: str
    label: str
    state: Annotated[str, Field(description="done, skipped, now or ahead")]


class OpenTask(Told):
    """An open task of a case."""

    id: str
    kind: str
    step: str
    label: str
    roles: list[str]
    assignee: str | None
    due_at: dt.datetime | None
    paused: bool


class EventTold(Told):
    """An event that may be entered by hand."""

    name: str
    label: str
    fields: list[FieldTold]
    allowed: bool
    why_not: str

    @classmethod
    def of_offer(cls, offer: EventOffer, say: Say) -> EventTold:
        """In the language of the request."""
        return cls(
            name=offer.name,
            label=say(offer.label),
            fields=[FieldTold.of_offer(field, say) for field in offer.fields],
            allowed=offer.allowed,
            why_not=say(offer.why_not),
        )


class Target(Told):
    """A step that a move by hand may name."""

    step: str
    label: str


class LateNewsTold(Told):
    """What came from outside about a case after its end. Nobody waits for it any more: the case may have to be reopened."""

    event: str
    label: str
    received_at: dt.datetime
    said: Annotated[list[str], Field(description="What it said, line by line, for those who may read it.")]


class CaseTold(Told):
    """A case as it stands, and what you may do with it."""

    id: str
    number: str
    process: str
    version: int
    category: str
    state: Annotated[str, Field(description="The category in words.")]
    round: int
    owner: str | None
    starter: str | None
    milestone: str | None
    opened_at: dt.datetime
    due_at: dt.datetime | None
    urgent: Annotated[bool, Field(description="Open, and it cannot wait, as its process says.")]
    ended_at: dt.datetime | None
    ended: str | None
    places: list[Place]
    milestones: list[MilestoneTold]
    fields: list[FieldTold]
    tasks: list[OpenTask]
    acts: Annotated[list[ButtonTold], Field(description="cancel, reopen, move, change_owner, comment")]
    events: list[EventTold]
    targets: list[Target]
    ladder: list[RungTold]
    parent: CaseLine | None
    children: list[CaseLine]
    late_news: Annotated[list[LateNewsTold], Field(description="What came after the case had ended, newest first.")]

    @classmethod
    def of_case(
        cls,
        case: Case,
        offer: CaseOffer,
        parent: CaseRow | None,
        children: list[CaseRow],
        late_news: list[LateNews],
        say: Say,
    ) -> CaseTold:
        """In the language of the request."""
        return cls(
            id=case.id,
            number=case.number,
            process=case.process,
            version=case.version,
            category=offer.category,
            state=say(offer.state),
            round=case.round,
            owner=case.owner,
            starter=case.starter,
            milestone=case.milestone,
            opened_at=case.opened_at,
            due_at=case.runs_out_at,
            urgent=case.urgent,
            ended_at=case.ended_at,
            ended=case.ended,
            places=[
                Place(step=p.path, label=say(p.label), waits_for=say(p.waits_for), since=p.since, due_at=p.due_at)
                for p in offer.places
            ],
            milestones=[MilestoneTold(id=id, label=say(label), state=state) for id, label, state in offer.milestones],
            fields=[FieldTold.of_offer(field, say) for field in offer.fields],
            tasks=[
                OpenTask(
                    id=t.id,
                    kind=t.kind,
                    step=t.step,
                    label=say(t.label),
                    roles=list(t.roles),
                    assignee=t.assignee,
                    due_at=t.due_at,
                    paused=t.paused,
                )
                for t in case.tasks
            ],
            acts=[ButtonTold.of_button(act, say) for act in offer.acts],
            events=[EventTold.of_offer(event, say) for event in offer.events],
            targets=[Target(step=step, label=say(label)) for step, label in offer.targets],
            ladder=[RungTold.of_rung(rung, say) for rung in offer.ladder],
            parent=CaseLine.of_row(parent, say) if parent else None,
            children=[CaseLine.of_row(child, say) for child in children],
            late_news=[
                LateNewsTold(event=row.name, label=label, received_at=row.received_at, said=said)
                for row, label, said in late_news
            ],
        )
