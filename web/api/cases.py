"""Cases over JSON: start, look, steer. The desk decides; here requests are read and answers worded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.definition.compiled import Compiled
from engine.definition.model.vocabulary import FILE_TYPES
from engine.screen_rows import HistoryRow
from engine.screens import Page
from web import current
from web.api.attached import described, with_files
from web.api.models.cases import (
    AskedCases,
    CaseLine,
    CasePage,
    CaseTold,
    ChangeOwner,
    Comment,
    Done,
    MoveCase,
    PressEvent,
    StartCase,
    WhyOnly,
)
from web.api.models.histories import HistoryEntry, HistoryPage
from web.api.models.plain import AskedPage
from web.api.operations import idempotency_key, operation, room
from web.beside import process_of
from web.family import seen_family, told_to_me
from web.late_news import late_news

cases = room("cases", "Cases", "What is in hand for customers.")
say = current.say_text
STEERED = (403, 404, 409)


@cases.get("/cases")
@operation("staff", CasePage, asks=AskedCases, said="A page of cases.")
def list_cases(asked: AskedCases) -> CasePage:
    """List the cases you may see, newest first."""
    viewer, page = current.viewer(), Page(asked.after, asked.limit)
    rows = current.read(lambda s: s.cases(viewer, process=asked.process, state=asked.state, text=asked.text, page=page))
    return CasePage(cases=[CaseLine.of_row(row, say) for row in rows.rows], next=rows.next)


@cases.post("/cases")
@operation("start", Done, status=201, takes=StartCase, refuses=(403, 404, 409), said="The case is started.")
def start_case(body: StartCase) -> Done:
    """Start a case of a process, with the values of its start form."""
    values = with_files(_file_fields(_newest(body.process)), body.values)
    done = current.house().desk.start_case(body.process, values, current.me().id, key=idempotency_key())
    return Done(case=done.case, number=done.number, task=done.task)


@cases.get("/cases/<case_id>")
@operation("case", CaseTold, refuses=(404,), said="The case.")
def read_case(case_id: str) -> CaseTold:
    """Read a case: where it is, what it holds, and what you may do with it."""
    offer = current.house().desk.case_offer(case_id, current.me().id)
    case, (parent, children) = current.read(lambda s: (s.case(case_id), seen_family(s, current.viewer(), case_id)))
    assert case is not None, "the rule of this operation has seen it"
    return CaseTold.of_case(case, offer, parent, list(children), late_news(case, process_of(case)), say)


@cases.get("/cases/<case_id>/history")
@operation("case", HistoryPage, asks=AskedPage, refuses=(404,), said="A page of the history.")
def read_history(case_id: str, asked: AskedPage) -> HistoryPage:
    """Read the history of a case, oldest first."""
    after = int(asked.after) if asked.after.isdecimal() and len(asked.after) < 16 else -1
    rows = [row for row in _readable(case_id) if row.seq > after]
    page = rows[: asked.limit]
    following = str(page[-1].seq) if len(rows) > len(page) else ""
    return HistoryPage(entries=[HistoryEntry.of_row(row) for row in page], next=following)


@cases.post("/cases/<case_id>/cancel")
@operation("case", Done, takes=WhyOnly, refuses=STEERED, said="The case is cancelled.")
def cancel_case(case_id: str, body: WhyOnly) -> Done:
    """Call a case off."""
    return _done(current.house().desk.cancel_case(case_id, current.me().id, body.reason, key=idempotency_key()))


@cases.post("/cases/<case_id>/reopen")
@operation("case", Done, takes=WhyOnly, refuses=STEERED, said="The case is open again.")
def reopen_case(case_id: str, body: WhyOnly) -> Done:
    """Begin a new round of an ended case."""
    return _done(current.house().desk.reopen_case(case_id, current.me().id, body.reason, key=idempotency_key()))


@cases.post("/cases/<case_id>/move")
@operation("case", Done, takes=MoveCase, refuses=STEERED, said="The case is in that step.")
def move_case(case_id: str, body: MoveCase) -> Done:
    """Put a case into another step by hand. What a rule of its process forbids stays forbidden."""
    me = current.me().id
    return _done(current.house().desk.move_case(case_id, body.to, me, body.reason, key=idempotency_key()))


@cases.post("/cases/<case_id>/owner")
@operation("case", Done, takes=ChangeOwner, refuses=STEERED, said="That person answers for the case.")
def change_owner(case_id: str, body: ChangeOwner) -> Done:
    """Let another person answer for a case."""
    me = current.me().id
    return _done(current.house().desk.change_owner(case_id, body.owner, me, body.reason, key=idempotency_key()))


@cases.post("/cases/<case_id>/comments")
@operation("case", Done, status=201, takes=Comment, refuses=(404, 409), said="It stands in the history.")
def add_comment(case_id: str, body: Comment) -> Done:
    """Write into the history of a case."""
    files = described("files", body.files)
    current.house().desk.comment(case_id, current.me().id, body.text, files, key=idempotency_key())
    case = current.read(lambda s: s.case(case_id))
    assert case is not None, "it has just been commented"
    return Done(case=case.id, number=case.number)


@cases.post("/cases/<case_id>/events/<event_name>")
@operation("case", Done, takes=PressEvent, refuses=STEERED, said="The case has heard it.")
def press_event(case_id: str, event_name: str, body: PressEvent) -> Done:
    """Enter an event by hand on a case that waits for it."""
    desk, me = current.house().desk, current.me().id
    offers = desk.case_offer(case_id, me).events
    files = [f.name for offer in offers if offer.name == event_name for f in offer.fields if f.type in FILE_TYPES]
    return _done(desk.press_event(case_id, event_name, with_files(files, body.values), me, key=idempotency_key()))


def _readable(case_id: str) -> Sequence[HistoryRow]:
    case, history = current.read(lambda s: (s.case(case_id), s.history(case_id)))
    assert case is not None, "the rule of this operation has seen it"
    return told_to_me(case, process_of(case), history)[1]


def _done(done: Any) -> Done:
    return Done(case=done.case, number=done.number, task=done.task)


def _newest(process: str) -> Compiled:
    house = current.house()
    return house.store.read(lambda screens: house.definitions.process(screens, process))


def _file_fields(process: Compiled) -> list[str]:
    return [name for name, field in process.fields.items() if field.type in FILE_TYPES]
