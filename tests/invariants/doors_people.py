"""The doors of people: at the desk, over JSON, at the pages; buttons, tasks, cases as a whole, two hands at once."""

from __future__ import annotations

import datetime as dt
import re
import threading
from dataclasses import replace
from typing import Any

from engine.refusals import Refusal
from tests.invariants.choosing import (
    DANGEROUS,
    an_answer,
    as_typed,
    over_json,
    some_case,
    some_event,
    some_task,
    what_is_told,
)
from tests.invariants.filling import entered
from tests.invariants.house import ALL_ROUNDERS, PROGRAM, Premises
from tests.processes.wandering import as_entered
from tests.web.office import typed

WAYS_TO_TELL = ("telephone", "letter", "in_person", "message", "pigeon")


def press_at_the_desk(house: Premises) -> str:
    """A button, pressed inside the program."""
    case, task = some_task(house)
    by = house.somebody(task)
    outcome, values, mail = an_answer(house, case, task, by)
    desk = house.desk.house.desk
    desk.complete_task(task.id, outcome, values, by, mail=mail, seen=desk.task_offer(task.id, by).seen)
    return f"{task.step}.{outcome}"


def press_over_json(house: Premises) -> str:
    """The same button with a token."""
    case, task = some_task(house)
    by = house.somebody(task)
    outcome, values, mail = an_answer(house, case, task, by)
    read = house.ask("GET", f"/tasks/{task.id}", by).get_json()
    body: dict[str, Any] = {"outcome": outcome, "values": over_json(values), "seen": (read or {}).get("seen", {})}
    if mail is not None:
        body["mail"] = {"to": mail.to, "subject": mail.subject, "body": mail.body}
    answer = house.ask("POST", f"/tasks/{task.id}/complete", by, body)
    return f"{task.step}.{outcome} {answer.status_code}"


def press_on_the_page(house: Premises) -> str:
    """The same button on its page, with the token of the form."""
    case, task = some_task(house)
    by = house.somebody(task)
    if by == PROGRAM or not house.witness.people[by].active:
        return "has no browser"
    outcome, values, _ = an_answer(house, case, task, by)
    plain = {name: as_typed(value) for name, value in values.items() if not isinstance(value, list | dict)}
    visitor = house.visitor(by)
    page = visitor.client.get(f"/tasks/{task.id}")
    assert page.status_code < 500, page.status_code
    found = re.search(r'name="form_token" value="([^"]+)"', page.get_data(as_text=True))
    if found is None:
        return f"no form {page.status_code}"
    mail = {} if task.mail is None else {
        "mail_to": task.mail.to or "li@acme.example", "mail_subject": task.mail.subject, "mail_body": task.mail.body,
    }  # fmt: skip
    extra = {f"extra_{name}": text for name, text in plain.items()}
    data = {"form_token": found[1], "outcome": outcome, "visit": str(task.visit), **typed(**plain), **mail, **extra}
    answer = visitor.client.post(f"/tasks/{task.id}", data=data, content_type="multipart/form-data")
    assert answer.status_code < 500, f"{task.step}.{outcome}: {answer.status_code}"
    return f"{task.step}.{outcome} {answer.status_code}"


def press_twice_at_once(house: Premises) -> str:
    """Two hands press the same button in the same moment, as one press (the same key) or as two."""
    case, task = some_task(house)
    by = house.somebody(task)
    outcome, values, mail = an_answer(house, case, task, by)
    seen = house.desk.house.desk.task_offer(task.id, by).seen
    one_press = house.dice.random() < 0.5
    came: list[str] = []
    broken: list[BaseException] = []

    def hand(n: int) -> None:
        try:
            key = "same" if one_press else f"key {n}"
            done = house.desk.house.desk.complete_task(task.id, outcome, values, by, mail=mail, seen=seen, key=key)
            came.append(done.case)
        except Refusal:
            pass
        except BaseException as error:  # it is raised again below, in the thread of the test
            broken.append(error)

    hands = [threading.Thread(target=hand, args=(n,)) for n in range(2)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    if broken:
        raise broken[0]
    assert one_press or len(came) < 2, f"{task.step}.{outcome} was pressed twice"
    return f"{task.step}.{outcome} {len(came)}"


def take_give_or_put_aside(house: Premises) -> str:
    """Claim, release, reassign (a waiver where the other is excluded), pause, resume."""
    _, task = some_task(house)
    desk, by = house.desk.house.desk, house.somebody(task)
    act = house.dice.choice(["claim", "release", "reassign", "reassign", "pause", "resume"])
    match act:
        case "claim":
            desk.claim_task(task.id, by)
        case "release":
            desk.release_task(task.id, by)
        case "reassign":
            to = house.dice.choice([*ALL_ROUNDERS, *task.excluded, None])
            desk.reassign_task(task.id, to, by, "is needed")
        case "pause":
            until = house.desk.clock.now() + dt.timedelta(hours=house.dice.randint(-5, 200))
            desk.pause_task(task.id, "waits for an answer", until, by)
        case _:
            desk.resume_task(task.id, by)
    return act


def change_a_draft(house: Premises) -> str:
    """Another text for a mail that waits; it leaves no earlier for it."""
    drafts = [task for case in house.open_cases() for task in case.tasks if task.mail]
    if not drafts:
        return "none"
    task = house.dice.choice(drafts)
    assert task.mail is not None
    by = house.somebody(task)
    house.desk.house.desk.edit_draft(task.id, replace(task.mail, body="Something else."), by)
    return "edited"


def tell_otherwise(house: Premises) -> str:
    """The customer was told without the mail that is drafted: with or without words, a proof, and an address."""
    drafts = [(case, task) for case in house.open_cases() for task in case.tasks if task.mail]
    if not drafts:
        return "none"
    case, task = house.dice.choice(drafts)
    assert task.mail is not None
    by, process = house.somebody(task), house.process_of(case)
    step = process.steps.get(task.step)
    form = step.task.form if step and step.task and task.kind == "work" else None
    values = as_entered(form, entered(house, process, form.ask, case.values, by)) if form else {}
    values |= {
        "told_by": house.dice.choice(WAYS_TO_TELL),
        "told_words": house.dice.choice(["Ms Li, all of it"] * 4 + [""]),
    }
    values |= {"told_proof": [house.picture(by)]} if house.dice.random() < 0.8 else {}
    mail = replace(task.mail, to=house.dice.choice([*[""] * 5, task.mail.to]))
    desk = house.desk.house.desk
    if house.dice.random() < 0.5:
        told = {"to": mail.to, "subject": mail.subject, "body": mail.body}
        body = {"outcome": "sent", "values": over_json(values), "mail": told, "seen": desk.task_offer(task.id, by).seen}
        return f"{values['told_by']} {house.ask('POST', f'/tasks/{task.id}/complete', by, body).status_code}"
    desk.complete_task(task.id, "sent", values, by, mail=mail, seen=desk.task_offer(task.id, by).seen)
    return f"{values['told_by']} told"


def move_by_hand(house: Premises) -> str:
    """A case is put into any step, gladly into a dangerous one."""
    case = some_case(house)
    process, by = house.process_of(case), house.somebody()
    steps = [step.name for step in process.roots()]
    dangerous = [step for step in steps if step in DANGEROUS or process.steps[step].ends_case]
    to = house.dice.choice(dangerous if dangerous and house.dice.random() < 0.7 else steps)
    if house.dice.random() < 0.5:
        answer = house.ask("POST", f"/cases/{case.id}/move", by, {"to": to, "reason": "in a hurry"})
        return f"{to} {answer.status_code}"
    house.desk.house.desk.move_case(case.id, to, by, "in a hurry")
    return to


def cancel(house: Premises) -> str:
    """A case is called off."""
    case = some_case(house)
    house.desk.house.desk.cancel_case(case.id, house.somebody(), "typed twice")
    return case.process


def reopen(house: Premises) -> str:
    """An ended case begins another round."""
    ended = [each.case for each in house.witness.seen.values() if not each.case.is_open]
    if not ended:
        return "none"
    case = house.dice.choice(sorted(ended, key=lambda each: each.number))
    house.desk.house.desk.reopen_case(case.id, house.somebody(), "it was not over")
    return case.process


def another_owner(house: Premises) -> str:
    """Somebody else answers for a case, perhaps somebody who does not exist."""
    case = some_case(house)
    to = house.dice.choice([*ALL_ROUNDERS, "nobody"])
    house.desk.house.desk.change_owner(case.id, to, house.somebody(), "is away")
    return to


def somebody_leaves_and_comes_back(house: Premises) -> str:
    """One of the five leaves the company for good, so it seems; later they are there again."""
    accounts, desk = house.desk.house.accounts, house.desk.house.desk
    gone = [name for name in ALL_ROUNDERS if not house.witness.people[name].active]
    if gone:
        accounts.change(gone[0], by=None, active=True)
        return "came back"
    name = house.dice.choice(ALL_ROUNDERS)
    accounts.change(name, by=None, active=False)
    desk.give_back_tasks_of(name, None)
    house.forget(name)
    return "left"


def comment(house: Premises) -> str:
    """A word in the history."""
    house.desk.house.desk.comment(some_case(house).id, house.somebody(), "Somebody should look at this.")
    return "commented"


def event_by_hand(house: Premises) -> str:
    """Something happened, and a member of staff enters it on the case."""
    case = some_case(house)
    process = house.process_of(case)
    name = some_event(house, process, case)
    if not name:
        return "none"
    house.desk.house.desk.press_event(case.id, name, what_is_told(house, process, case, name), house.somebody())
    return name
