"""What staff are told: reminders in the inbox, and mails that wait for opening hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from engine.case import Task
from engine.definition.texts import LANGUAGES, Text
from engine.effects import Remind, SendMail
from engine.listings import subject_of
from engine.people import Person
from engine.staff_hours import leaves_at
from engine.urgent_words import urgent_words, with_urgent_words
from engine.who import never_the_owner, roles_in_words
from engine.writing import fill, moment_in_words

if TYPE_CHECKING:
    from engine.definition.compiled import LadderRow
    from engine.flow import Flow


def remind(
    flow: Flow, whom: str, step: str, key: str, spared: Collection[str] = (), *, ends_it: bool = False
) -> frozenset[str]:
    """Remind the assignee of a step's task (everybody of its role while nobody has it; for the whole case who works on
    it), the owner, or a role. Who is spared finds the notice, but gets no mail of it. `ends_it`: the step is left by what
    reminds, so its mail leaves though the task is over by then. Answers whom it told."""
    task = flow.draft.work_of(step) if step else None
    people = tuple(people_of(flow, whom, task))
    flow.note("reminded", {"whom": whom, "people": [person.id for person in people]})
    text = _reminder(flow, task, step)
    if people:
        _notice(flow, key, whom, people, None if ends_it else task, text)
    for person in (each for each in people if each.id not in spared):
        about, until = _about_the_case(flow, step, person.language), _speaks_until(flow, None if ends_it else task)
        _mail(flow, person, "", text, about, key, None if ends_it else task, until=until)
    return frozenset(person.id for person in people)


def tell_owner(flow: Flow, text: Text, key: str, *, mail: bool = False) -> str:
    """A notice in the inbox of the case's owner, and of who stands in; with a mail where it must not be overlooked."""
    people = _with_stand_in(flow, flow.world.people.get(flow.draft.owner or ""))
    if people:
        tell(flow, people, text, key, mail=mail)
    flow.note("noted", {"en": text.en, "zh-Hans": text.zh})
    return "told"


def tell(
    flow: Flow, people: Sequence[Person], text: Text, key: str, task: Task | None = None, *, mail: bool = True
) -> None:
    """A notice, and a mail, to each of these people, about a task or the whole case."""
    full, step = (
        f"{flow.draft.id}:{flow.draft.base.revision + 1}:{key}",
        task.step if task and task.kind == "work" else "",
    )
    to = "assignee" if task else "owner"
    _notice(flow, full, to, people, task, text)
    for person in people if mail else ():
        _mail(flow, person, "", text, _about_the_case(flow, step, person.language), full, task)


def people_told(flow: Flow, row: LadderRow, step: str) -> set[str]:
    """Who gets a mail when a row of a ladder rings."""
    task = flow.draft.work_of(step) if step else None
    return {person.id for whom in (*row.remind, *row.mail) for person in people_of(flow, whom, task)}


def mail_to_staff(
    flow: Flow,
    role: str,
    template: str,
    step: str,
    key: str,
    spared: Collection[str] = (),
    *,
    ends_it: bool = False,
    waits: bool = False,
) -> None:
    """A mail to everybody of a role (or the owner); an incident when there is nobody to read it. What an urgent case has to
    say in words of its own stands in their inbox at once, too, and goes with the task that `waits`. `ends_it` as in
    `remind`."""
    task = flow.draft.work_of(step) if step else None
    people = tuple(people_of(flow, role, task))
    written_to = [person for person in people if person.id not in spared]
    if written_to:  # who finds it in the list of the morning has no mail of it, and the history does not say so
        flow.note("mailed", {"role": role, "people": [person.id for person in written_to]})
    if not people:
        who = roles_in_words(flow.process, (role,))
        flow.incident(
            f"nobody:{role}:{key}",
            Text(f"Nobody has the role '{who.en}', so nobody was told.", f"没有人担任“{who.zh}”，通知无人接收。"),
        )
    mail, facts, full = (
        flow.process.mails.get(template),
        flow.facts(step),
        f"{flow.draft.id}:{flow.draft.base.revision + 1}:{key}",
    )
    subject = _late(flow, step)
    if mail is not None:
        subject = Text(*(fill(mail.subject.say(x), flow.process, facts, x, mail.columns) for x in LANGUAGES))
        if facts.urgent and people:
            _notice(flow, full, role, people, task if waits and not ends_it else None, subject)
    for person in written_to:
        language = person.language
        if mail is not None:
            body, about = fill(mail.body.say(language), flow.process, facts, language, mail.columns), None
        else:
            body, about = _about_the_case(flow, step, language), None if ends_it else task
        _mail(flow, person, role, subject, body, full, about, template)


def people_of(flow: Flow, whom: str, task: Task | None) -> Iterable[Person]:
    """Whom a word means: assignee of this task (everybody of its role while nobody has it), owner, starter, or a role."""
    people = flow.world.people
    match whom:
        case "assignee" if task is not None:
            if found := _with_stand_in(flow, people.get(task.assignee or "")):
                return found
            able = {p.id: p for role in task.roles for p in _of_role(flow, role) if p.id not in task.excluded}
            return able.values()
        case "assignee" if holders := _at_work(flow):
            return holders
        case "assignee" | "owner":
            return _with_stand_in(flow, people.get(flow.draft.owner or ""))
        case "starter":
            return _with_stand_in(flow, people.get(flow.draft.starter or ""))
        case role:
            return _of_role(flow, role)


def _with_stand_in(flow: Flow, person: Person | None) -> list[Person]:
    """Somebody who works here; who is away is written to all the same, and so is who stands in.

    A deputy is not written to about themselves."""
    if person is None or not person.active:
        return []
    deputy = flow.world.stand_in_of(person)
    if deputy is None or deputy.id in never_the_owner(flow.process, flow.draft.values):
        return [person]
    return [person, deputy]


def _of_role(flow: Flow, role: str) -> list[Person]:
    """The people of a role; when none of them is there, those who stand in for them as well."""
    found = flow.world.with_role(role)
    if any(person.away_at(flow.now) is None for person in found):
        return list(found)
    both = (each for person in found for each in _with_stand_in(flow, person))
    return list({person.id: person for person in both}.values())


def _at_work(flow: Flow) -> list[Person]:
    """Who holds the open tasks of the case, when its own ladder asks."""
    ids = dict.fromkeys(task.assignee for task in flow.draft.tasks if task.kind == "work" and task.assignee)
    both = (each for id_ in ids for each in _with_stand_in(flow, flow.world.people.get(id_)))
    return list({person.id: person for person in both}.values())


def _notice(flow: Flow, key: str, to: str, people: Sequence[Person], task: Task | None, text: Text) -> None:
    """A line in the inbox of each of them, in an urgent case with what makes it so."""
    said = with_urgent_words(text, urgent_words(flow.process, flow.facts()))
    flow.effects.append(Remind(key, to, tuple(p.id for p in people), task.id if task else "", said))


def _mail(
    flow: Flow,
    person: Person,
    role: str,
    subject: Text,
    body: str,
    key: str,
    task: Task | None,
    template: str = "",
    until: dt.datetime | None = None,
) -> None:
    if not person.email:
        return
    hours, urgent = flow.process.calendar_of[""], flow.facts().urgent
    mark = Text("Urgent: ", "紧急：").say(person.language) if urgent else ""
    why = urgent_words(flow.process, flow.facts()).say(person.language)
    flow.effects.append(
        SendMail(
            key=f"{key}:{person.id}",
            kind="staff",
            to=person.email,
            subject=" ".join(f"[{flow.draft.number}] {mark}{subject.say(person.language)}".split()),
            body=f"{why}\n\n{body}" if why else body,
            template=template,
            role=role,
            not_before=None if urgent else leaves_at(flow.process.site, person, hours, flow.now),
            task=task.id if task else "",
            until=until,
        )
    )


def _speaks_until(flow: Flow, task: Task | None) -> dt.datetime | None:
    """A reminder of a deadline to come says nothing new once that has passed: then its lateness is told."""
    return task.due_at if task and task.due_at and task.due_at > flow.now else None


def _reminder(flow: Flow, task: Task | None, step: str) -> Text:
    label = task.label if task else _label(flow, step)
    if task is None or task.due_at is None:
        return Text(f"Reminder: {label.say('en')}", f"提醒：{label.say('zh-Hans')}")
    zone = flow.process.site.timezone
    late = task.due_at <= flow.now
    en, zh = (moment_in_words(task.due_at, zone, language) for language in ("en", "zh-Hans"))
    if late:
        return Text(f"Overdue since {en}: {label.say('en')}", f"已于{zh}到期：{label.say('zh-Hans')}")
    return Text(f"Due {en}: {label.say('en')}", f"{zh}到期：{label.say('zh-Hans')}")


def _late(flow: Flow, step: str) -> Text:
    label = _label(flow, step)
    return Text(f"Late: {label.say('en')}", f"超时：{label.say('zh-Hans')}")


def _label(flow: Flow, step: str) -> Text:
    return flow.process.steps[step].label if step else flow.process.label


def _about_the_case(flow: Flow, step: str, language: str) -> str:
    """A few lines that say what waits, for whom and since when."""
    chinese = language.startswith("zh")
    task = flow.draft.work_of(step) if step else None
    people = flow.world.people
    zone = flow.process.site.timezone
    lines = [(("流程", "Process"), flow.process.label.say(language))]
    if about := subject_of(flow.process, flow.draft):
        lines.append((("关于", "About"), about))
    if step:
        lines.append((("步骤", "Step"), _label(flow, step).say(language)))
        lines.append((("开始于", "Since"), moment_in_words(flow.draft.entered[step], zone, language)))
    if task:
        roles = roles_in_words(flow.process, task.roles).say(language)
        holder = people[task.assignee].name if task.assignee and task.assignee in people else roles
        lines.append((("办理人", "With"), holder))
        if task.due_at:
            lines.append((("到期", "Due"), moment_in_words(task.due_at, zone, language)))
    owner = people.get(flow.draft.owner or "")
    if owner:
        lines.append((("负责人", "Owner"), owner.name))
    return "\n".join(f"{names[0]}：{value}" if chinese else f"{names[1]}: {value}" for names, value in lines)
