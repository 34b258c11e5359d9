"""Where a person is led after a press, and what is said there: what comes next in the case, with whom and until when."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from werkzeug import Response

from engine.case import Case, Task
from engine.desk import Done
from engine.sight import sees
from web import current, said
from web.beside import process_of
from web.words import say

NAMED = 2
"""So many tasks are named; all of them stand on the page of the case."""


def started(done: Done, others: str) -> Response:
    """The first task of the new case, else the case itself; what else is open about the same is told here once more."""
    place = url_for("task.show", task_id=done.task) if done.task else url_for("case.show", case_id=done.case)
    words = "said.started_beside" if others else "said.started"
    return said.then(
        place, words, number=done.number, others=others, also=_opened(done) + _also_mine(_case_of(done), done.task)
    )


def onward(done: Done) -> Response:
    """The next task of this person in this case, else the inbox, with a short confirmation."""
    case = _case_of(done)
    if done.task:
        place = url_for("task.show", task_id=done.task)
        return said.then(place, "said.next", number=done.number, also=_opened(done) + _also_mine(case, done.task))
    follows = _opened(done) + _what_follows(case)
    return said.then(url_for("inbox.show"), "said.completed", number=done.number, follows=follows)


def entered(done: Done) -> Response:
    """Back on the page of the case, where news of it was entered; what began by it is said there."""
    return said.then(url_for("case.show", case_id=done.case), "said.event", also=_opened(done))


def _case_of(done: Done) -> Case | None:
    """The case as it is now, for whom may see it."""
    return _seen(done.case)


def _seen(case_id: str) -> Case | None:
    case = current.read(lambda screens: screens.case(case_id))
    return case if case is not None and sees(current.viewer(), case) else None


def _opened(done: Done) -> str:
    """Other cases that began by this press, first of all what waits there for the same person: nobody looks for it."""
    seen = [case for id in done.opened[:NAMED] if (case := _seen(id))]
    return "".join(
        _say("said.opened_for_you", mine, number=case.number)
        or say("said.opened", current.language(), number=case.number)
        for case in seen
        for mine in ([_task(task) for task in case.tasks if _is_mine(task)],)
    )


def _is_mine(task: Task) -> bool:
    me = current.me()
    waits_for_me = task.assignee is None and me.id not in task.excluded and bool(me.roles & set(task.roles))
    return (task.assignee == me.id or waits_for_me) and not task.paused


def _also_mine(case: Case | None, next_task: str | None) -> str:
    """What else of this case waits for the same person: a mail to confirm is easily overlooked beside the next form."""
    if case is None or next_task is None:
        return ""
    mine = [t for t in case.tasks if t.assignee == current.me().id and t.id != next_task and not t.paused]
    return _say("said.also_yours", [_task(task) for task in mine])


def _what_follows(case: Case | None) -> str:
    """What the case does now: the work of others, the step it waits in, or how it ended."""
    process = process_of(case) if case else None
    if case is None or process is None:
        return ""
    if case.ended:
        return _say("said.ended", [current.say_text(process.steps[case.ended].label)])
    work = [_task(task, _who(task)) for task in case.tasks if task.kind in ("work", "draft")]
    waits = [current.say_text(process.steps[leaf].label) for leaf in case.leaves if leaf in process.steps]
    waits = [label for label in dict.fromkeys(waits) if label]
    return _say("said.follows", work or waits)


def _task(task: Task, who: str = "") -> str:
    due = "" if task.due_at is None or task.paused else current.due(task.due_at)
    more = _list([part for part in (who, due) if part])
    label = current.say_text(task.label)
    return say("said.task", current.language(), what=label, more=more) if more else label


def _who(task: Task) -> str:
    return current.person_name(task.assignee) or _list([current.role_label(role) for role in task.roles])


def _list(parts: Sequence[str]) -> str:
    return say("list.comma", current.language()).join(parts)


def _say(key: str, what: Sequence[str], **more: str) -> str:
    together = say("list.semicolon", current.language()).join(what[:NAMED])
    return say(key, current.language(), what=together, **more) if what else ""
