"""The letters that say which tasks of somebody who is away went to whom: one to them, one to everybody who got some."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from engine.case import Task
from engine.definition.compiled import Site
from engine.definition.texts import Text
from engine.effects import SendMail
from engine.people import Person
from engine.screen_rows import TaskRow
from engine.writing import moment_in_words

Moved = Sequence[tuple[TaskRow, Task]]
"""Each task as it stood in the inbox, and as it is now."""
MOST_LINES = 100


def away_letters(
    person: Person, moved: Moved, people: Mapping[str, Person], site: Site, now: dt.datetime
) -> Iterator[SendMail]:
    """One letter a reader. None while nothing was moved or nothing is known of the absence."""
    absence = person.away_at(now)
    if absence is None or not moved:
        return
    takers = dict.fromkeys(task.assignee for _, task in moved if task.assignee)
    for reader in (person, *(people[taker] for taker in takers if taker in people)):
        lines = [pair for pair in moved if reader.id in (person.id, pair[1].assignee)]
        if reader.email and lines:
            until = moment_in_words(absence.until, site.timezone, reader.language)
            yield SendMail(
                key=f"away:{person.id}:{now.isoformat()}:{lines[0][0].id}:{reader.id}",
                kind="staff",
                to=reader.email,
                subject=_subject(person, until, len(lines)).say(reader.language),
                body=_body(lines, people, site, reader.language),
            )


def _subject(person: Person, until: str, count: int) -> Text:
    tasks = "1 task is" if count == 1 else f"{count} tasks are"
    return Text(
        f"{person.name} is away until {until}: {tasks} handed on",
        f"{person.name}离岗至{until}：已转交 {count} 项任务",
    )


def _body(lines: Moved, people: Mapping[str, Person], site: Site, language: str) -> str:
    told = [_line(row, task, people, site, language) for row, task in lines[:MOST_LINES]]
    if more := len(lines) - len(told):
        told.append(Text(f"… and {more} more", f"……另有 {more} 项").say(language))
    return "\n\n".join(told)


def _line(row: TaskRow, task: Task, people: Mapping[str, Person], site: Site, language: str) -> str:
    taker = people.get(task.assignee or "")
    labels = [site.roles.get(role, Text(role, role)) for role in task.roles]
    roles = Text(", ".join(label.en for label in labels), "、".join(label.zh for label in labels))
    to = Text(f"now with: {taker.name if taker else roles.en}", f"现由：{taker.name if taker else roles.zh}")
    due = Text("", "")
    if task.due_at is not None:
        due = Text(*(moment_in_words(task.due_at, site.timezone, x) for x in ("en", "zh-Hans")))
        due = Text(f"due {due.en}", f"{due.zh}到期")
    parts = (row.number, task.label.say(language), row.subject, due.say(language), to.say(language))
    return " · ".join(part for part in parts if part)
