"""Every door into a house, as one small function each: people at the desk, over JSON and at the pages; carriers, partners
and programs; time, mails and calls; lists, corrections, new versions; two hands at once.

A door does one thing at random and says what. A `Refusal` is an answer; any other exception, or a 500, is a fault.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from adapters.signing import signed
from engine.case import Case, MailText, Task
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.importing.importing import import_sheet
from engine.importing.plan import plan_for
from engine.importing.sheet import Row, Sheet
from engine.importing.targets import target_of
from engine.matching import rows_listening
from engine.ports import OutgoingCall, PublishedVersion, UnitOfWork
from engine.refusals import Refusal
from tests.invariants.filling import entered
from tests.invariants.house import AFTERSHIP as CARRIER_KEY
from tests.invariants.house import ALL_ROUNDERS, HOOK_KEY, PROGRAM, SPARE, Premises
from tests.web.office import typed

LEASE = dt.timedelta(minutes=1)
DANGEROUS = (
    "shipping", "delivery", "ship_swap", "swap_delivery", "register_swap", "register_swap_first", "test_swap", "repair",
    "replacing", "scrapping", "crediting", "returned", "settled", "line_done", "paying", "answer", "closed", "merged",
    "withdrawn", "visit", "repaired", "delivered", "delivered_damaged", "settled", "came_back", "lost", "write_report",
)  # fmt: skip
PROGRESS = (
    "done",
    "passed",
    "authorised",
    "sent",
    "registered",
    "repaired",
    "shipped",
    "found",
    "accepted",
    "reached",
    "chosen",
)
STARTS = ("factory_return", "factory_return", "factory_return", "complaint", "complaint", "shipment_tracking",
          "onsite_repair", "return_order", "eight_d")  # fmt: skip


# -- people --------------------------------------------------------------------------------------------------------------


def start_a_case(house: Premises) -> str:
    """Somebody records something new."""
    name = house.dice.choice([each for each in STARTS if each in _processes(house)])
    process, by = house.newest(name), house.somebody()
    values = entered(house, process, (*process.start_form.ask, *process.start_form.optional), {}, by)
    house.desk.house.desk.start_case(name, values, by)
    return name


def press_at_the_desk(house: Premises) -> str:
    """A button, pressed inside the program."""
    case, task = _some_task(house)
    by = house.somebody(task)
    outcome, values, mail = _answer(house, case, task, by)
    house.desk.house.desk.complete_task(task.id, outcome, values, by, mail=mail)
    return f"{task.step}.{outcome}"


def press_over_json(house: Premises) -> str:
    """The same button with a token."""
    case, task = _some_task(house)
    by = house.somebody(task)
    outcome, values, mail = _answer(house, case, task, by)
    body: dict[str, Any] = {"outcome": outcome, "values": _over_json(values)}
    if mail is not None:
        body["mail"] = {"to": mail.to, "subject": mail.subject, "body": mail.body}
    answer = house.ask("POST", f"/tasks/{task.id}/complete", by, body)
    return f"{task.step}.{outcome} {answer.status_code}"


def press_on_the_page(house: Premises) -> str:
    """The same button on its page, with the token of the form."""
    case, task = _some_task(house)
    by = house.somebody(task)
    if by == PROGRAM or not house.witness.people[by].active:
        return "has no browser"
    outcome, values, _ = _answer(house, case, task, by)
    plain = {name: _as_typed(value) for name, value in values.items() if not isinstance(value, list | dict)}
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
    case, task = _some_task(house)
    by = house.somebody(task)
    outcome, values, mail = _answer(house, case, task, by)
    one_press = house.dice.random() < 0.5
    came: list[str] = []
    broken: list[BaseException] = []

    def hand(n: int) -> None:
        try:
            key = "same" if one_press else f"key {n}"
            done = house.desk.house.desk.complete_task(task.id, outcome, values, by, mail=mail, key=key)
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
    _, task = _some_task(house)
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


def move_by_hand(house: Premises) -> str:
    """A case is put into any step, gladly into a dangerous one."""
    case = _some_case(house)
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
    case = _some_case(house)
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
    case = _some_case(house)
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
    house.desk.house.desk.comment(_some_case(house).id, house.somebody(), "Somebody should look at this.")
    return "commented"


def event_by_hand(house: Premises) -> str:
    """Something happened, and a member of staff enters it on the case."""
    case = _some_case(house)
    process = house.process_of(case)
    name = _some_event(house, process, case)
    if not name:
        return "none"
    house.desk.house.desk.press_event(case.id, name, _told(house, process, case, name), house.somebody())
    return name


# -- outside -------------------------------------------------------------------------------------------------------------


def a_carrier_calls(house: Premises) -> str:
    """Signed news of a parcel, new, old or told before."""
    numbers = [
        (row["tracking_no"], case)
        for case in house.open_cases()
        for row in case.values.get("parcels") or []
        if row.get("tracking_no")
    ]
    if not numbers:
        return "none"
    number, _ = house.dice.choice(numbers)
    again = house.dice.random() < 0.2
    if not again:
        house.news += 1
    hours = house.dice.choice([-90, -1, 0, 0, 1])
    at = (house.desk.clock.now() + dt.timedelta(hours=hours)).replace(second=house.news % 60)
    tag = house.dice.choice(
        ["InTransit", "InTransit", "OutForDelivery", "AttemptFail", "Delivered", "Delivered", "Exception"]
    )
    subtag = house.dice.choice(["Exception_013", "Exception_001"]) if tag == "Exception" else f"{tag}_001"
    point = {
        "slug": "sf-express", "tag": tag, "subtag": subtag, "checkpoint_time": at.isoformat(), "location": "Suzhou",
        "message": f"{tag} {house.news}",
    }  # fmt: skip
    message = {"tracking_number": number, "slug": "sf-express", "checkpoints": [point]}
    raw = json.dumps({"event": "tracking_update", "ts": 1772503200, "msg": message}).encode()
    signature = base64.b64encode(hmac.new(CARRIER_KEY.reveal().encode(), raw, hashlib.sha256).digest()).decode()
    headers = {"aftership-hmac-sha256": signature}
    states = []
    for _ in range(2 if again else 1):
        answer = house.client.post("/hooks/aftership", data=raw, headers=headers)
        assert answer.status_code == 200, f"a carrier was answered {answer.status_code}: {answer.text}"
        told = answer.get_json()
        states.append(next(name for name in told if name != "received"))
        house.witness.taken_news[raw.decode()] = house.witness.taken_news.get(raw.decode(), 0) + told.get("taken", 0)
    return f"{tag} {'+'.join(states)}"


def a_partner_calls(house: Premises) -> str:
    """A signed message about a unit or a customer; sometimes replayed, sometimes forged."""
    case = _some_case(house)
    process = house.process_of(case)
    name = _some_event(house, process, case)
    if not name:
        return "none"
    house.news += 1
    values = _told(house, process, case, name) | _keys(process, case, name)
    body = json.dumps({"event": name, "values": values}).encode()
    headers = signed(f"msg-{house.news}", house.desk.clock.now(), body, HOOK_KEY)
    forged = house.dice.random() < 0.1
    for _ in range(house.dice.choice([1, 1, 2])):
        sent = body + b" " if forged else body
        answer = house.client.post("/hooks/events/warehouse", data=sent, headers=headers)
        assert answer.status_code < 500, answer.text
        assert not forged or answer.status_code == 401, "a forged message was heard"
        taken = answer.status_code == 200 and answer.get_json().get("state") == "taken"
        id = f"partner {house.news}"
        house.witness.taken_news[id] = house.witness.taken_news.get(id, 0) + taken
    return f"{name} {answer.status_code}"


def a_program_tells(house: Premises) -> str:
    """Another system tells of an event over JSON."""
    case = _some_case(house)
    process = house.process_of(case)
    name = _some_event(house, process, case)
    if not name:
        return "none"
    house.news += 1
    values = _told(house, process, case, name) | _keys(process, case, name)
    answer = house.ask("POST", "/events", PROGRAM, {"id": f"e{house.news}", "name": name, "values": values})
    return f"{name} {answer.status_code}"


def a_clerk_assigns_an_event(house: Premises) -> str:
    """News that nobody took is given to a case by hand, or to none."""
    waiting = house.desk.house.store.read(lambda screens: screens.unmatched())
    if not waiting:
        return "none"
    event = house.dice.choice(sorted(waiting, key=lambda row: row.id))
    if house.dice.random() < 0.3:
        house.desk.house.desk.discard_event(event.id, house.somebody(), "belongs to nobody")
        return "discarded"
    house.desk.house.desk.assign_event(event.id, _some_case(house).id, house.somebody())
    return event.name


def time_passes(house: Premises) -> str:
    """Hours or days go by, and everything that comes due rings."""
    hours = house.dice.choice([1, 5, 24, 24, 72, 24 * 8])
    rung = house.desk.pass_time(hours=hours)
    return f"{hours} h, {'some' if rung else 'nothing'} rang"


def mails_leave(house: Premises) -> str:
    """The post goes out."""
    return f"{min(house.desk.house.delivery.send_mails(), 1)} sent"


def a_mail_comes_back(house: Premises) -> str:
    """The server of a customer refuses a mail for good."""
    claimed = house.desk.house.store.write(lambda uow: uow.claim_mails(1, LEASE))
    for mail in claimed:
        house.desk.house.delivery.note_failure(mail, "no such mailbox", for_good=True)
    return f"{len(claimed)} came back"


def an_outside_system_answers(house: Premises) -> str:
    """A credit note is booked, twice told, or cannot be booked."""
    claimed = house.desk.house.store.write(lambda uow: uow.claim_calls(1, LEASE))
    for call in claimed:
        _answer_to(house, call)
    return f"{len(claimed)} calls"


def _answer_to(house: Premises, call: OutgoingCall) -> None:
    desk = house.desk.house.desk
    if house.dice.random() < 0.5:
        desk.call_failed(call.case, call.order.key, "it is down")
    for _ in range(house.dice.choice([0, 1, 2])):
        desk.call_answered(call.case, call.order.key, {"document": "CN-1"})
    house.desk.house.store.write(lambda uow: uow.call_done(call))


# -- lists, corrections, versions ------------------------------------------------------------------------------------------


def a_list_is_imported(house: Premises) -> str:
    """Units, customers or orders from a sheet, with whatever stands in it."""
    what = house.dice.choice(["serial_number", "serial_number", "customer", "order"])
    unit = house.dice.choice(["SN-1", "SN-2", "SN-9", *SPARE])
    columns: dict[str, tuple[str, ...]] = {
        "serial_number": ("number", "warranty_until", "status", "customer", "replaced_by", "custody"),
        "customer": ("code", "email", "phone"),
        "order": ("number", "customer", "status"),
    }
    cells: dict[str, Callable[[], str]] = {
        "number": lambda: unit if what == "serial_number" else "SO-1",
        "warranty_until": lambda: house.dice.choice(["", "2031-12-31", "2020-01-01"]),
        "status": lambda: house.dice.choice(["", "active", "stock", "replaced", "scrapped"]),
        "customer": lambda: house.dice.choice(["", "C-1", "C-2"]),
        "replaced_by": lambda: house.dice.choice(["", "", "SN-2"]),
        "custody": lambda: house.dice.choice(["", "customer", "stock"]),
        "code": lambda: house.dice.choice(["C-1", "C-2"]),
        "email": lambda: "li@acme.example",
        "phone": lambda: "+86 21 5555 0199",
    }
    header = columns[what]
    sheet = Sheet(header, (Row(2, tuple(cells[name]() for name in header)),))
    site = house.desk.house.store.read(house.desk.house.definitions.site)
    plan = plan_for(sheet, target_of(what, site), {}, {})

    def work(uow: UnitOfWork) -> bool:
        return import_sheet(uow, sheet, plan, by=house.somebody(), name="walk.csv").written

    return f"{what} {'written' if house.desk.house.store.write(work) else 'refused'}"


def a_record_is_corrected(house: Premises) -> str:
    """A unit or a customer is changed by hand, at the desk or over JSON."""
    by, desk = house.somebody(), house.desk.house.desk
    type, id = house.dice.choice([("serial_number", "SN-1"), ("serial_number", "SN-2"), ("customer", "C-1")])
    if type == "serial_number":
        id = house.dice.choice([id, *SPARE])
        attribute, text = house.dice.choice(
            [("status", "active"), ("status", "lost"), ("status", ""), ("warranty_until", "2033-01-01"), ("customer", "C-2"),
             ("customer", "C-1"), ("replaced_by", ""), ("replaces", "SN-9"), ("custody", "customer")]
        )  # fmt: skip
    else:
        attribute, text = house.dice.choice(
            [("phone", "+86 21 5555 0177"), ("email", ""), ("email", "li@acme.example")]
        )
    if house.dice.random() < 0.5:
        body = {"attributes": {attribute: text}, "reason": "was wrong"}
        return f"{attribute} {house.ask('PATCH', f'/records/{type}/{id}', by, body).status_code}"
    desk.change_record(type, id, {attribute: text}, by, "was wrong")
    return attribute


def a_newer_version(house: Premises) -> str:
    """The same file again with a higher version: cases stay where they are until somebody moves them."""
    case = _some_case(house)
    process = house.newest(case.process)
    if process.version < 2:
        _publish_again(house, case.process, process.version)
    by = house.dice.choice(ALL_ROUNDERS)
    if house.dice.random() < 0.5:
        house.desk.house.desk.migrate_case(case.id, by)
        return "moved"
    return "published"


DOORS: dict[Callable[[Premises], str], int] = {
    start_a_case: 6, press_at_the_desk: 60, press_over_json: 14, press_on_the_page: 3, press_twice_at_once: 5,
    take_give_or_put_aside: 6, change_a_draft: 1, move_by_hand: 9, cancel: 1, reopen: 3, another_owner: 1, somebody_leaves_and_comes_back: 1, comment: 1,
    event_by_hand: 8, a_carrier_calls: 14, a_partner_calls: 4, a_program_tells: 8, a_clerk_assigns_an_event: 1,
    time_passes: 7, mails_leave: 2, a_mail_comes_back: 1, an_outside_system_answers: 3, a_list_is_imported: 2,
    a_record_is_corrected: 3, a_newer_version: 1,
}  # fmt: skip
"""Each door and how often it is taken."""


# -- what a door needs -----------------------------------------------------------------------------------------------------


def _processes(house: Premises) -> set[str]:
    return {version.process for version in house.desk.house.store.read(lambda screens: screens.newest("process"))}


def _some_case(house: Premises) -> Case:
    """An open case; returns more often than others, the ones that have come far more often still."""
    cases = house.open_cases()
    if not cases:
        start_a_case(house)
        house.witness.look()
        cases = house.open_cases()
    return house.dice.choices(cases, [_weight(case) for case in cases])[0]


def _weight(case: Case) -> int:
    return {"factory_return": 3, "shipment_tracking": 2}.get(case.process, 1) * (1 + min(len(case.visits), 12))


def _some_task(house: Premises) -> tuple[Case, Task]:
    """An open task, of the flow itself three times in four."""
    with_tasks = [case for case in house.open_cases() if case.tasks]
    if not with_tasks:
        case = _some_case(house)
        house.desk.pass_time(days=3)
        house.witness.look()
        case = house.witness.seen[case.id].case
        if not case.tasks:
            raise Refusal("closed", Text("There is nothing to do.", "没有待办。"))
        with_tasks = [case]
    case = house.dice.choices(with_tasks, [_weight(each) for each in with_tasks])[0]
    work = [task for task in case.tasks if task.kind == "work" and not task.paused]
    return case, house.dice.choice(work if work and house.dice.random() < 0.8 else list(case.tasks))


def _answer(house: Premises, case: Case, task: Task, by: str) -> tuple[str, dict[str, Any], MailText | None]:
    """Which button, with which values and which text."""
    process = house.process_of(case)
    if task.kind == "escalation":
        outcome = house.dice.choice(["noted", "take_over", "reassign", "extend"])
        due = (house.desk.clock.now() + dt.timedelta(days=3)).isoformat()
        return outcome, {"comment": "seen", "to": house.dice.choice(ALL_ROUNDERS), "reason": "x", "due_at": due}, None
    if task.kind == "draft":
        return ("sent" if house.dice.random() < 0.8 else "not_sent"), {}, _addressed(task.mail)
    if task.kind == "record":
        form = process.start_form
        return "done", entered(house, process, (*form.ask, *form.optional), case.values, by), None
    step = process.steps[task.step]
    outcome = _outcome(house, tuple(step.outcomes))
    asked = step.task.form if step.task else None
    skips = outcome in step.outcomes and step.outcomes[outcome].skip_form and house.dice.random() < 0.8
    names = () if asked is None or skips else (*asked.ask, *asked.optional)
    mail = _addressed(task.mail) if outcome == "sent" else None
    return outcome, entered(house, process, names, case.values, by), mail


def _outcome(house: Premises, outcomes: tuple[str, ...]) -> str:
    """Half the time the way forward."""
    forward = [name for name in outcomes if name in PROGRESS]
    if forward and house.dice.random() < 0.6:
        return house.dice.choice(forward)
    return house.dice.choice(outcomes or ("done",))


def _addressed(mail: MailText | None) -> MailText | None:
    return replace(mail, to=mail.to or "li@acme.example") if mail else None


def _over_json(values: dict[str, Any]) -> dict[str, Any]:
    """Files by their id, as programs hand them in."""
    return {name: [one["id"] for one in value] if _are_files(value) else value for name, value in values.items()}


def _are_files(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "type" in one for one in value)


def _as_typed(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _some_event(house: Premises, process: Compiled, case: Case) -> str:
    """One that the case waits for, or now and then any other of its process."""
    heard = [name for leaf in case.leaves for place in process.around(leaf) for name in process.steps[place].events]
    if not heard or house.dice.random() < 0.15:
        heard = sorted(process.events)
    return house.dice.choice(sorted(set(heard))) if heard else ""


def _told(house: Premises, process: Compiled, case: Case, name: str) -> dict[str, Any]:
    """What the event says, and about which row."""
    kinds = process.events[name].data
    moment = house.desk.clock.now() + dt.timedelta(hours=house.dice.choice([-40, 0, 0, 1]))
    said: dict[str, Any] = {
        "datetime": moment.isoformat(),
        "date": moment.date().isoformat(),
        "customer": "C-1",
        "order": "SO-1",
    }
    told = {key: said.get(str(kind), "said so") for key, kind in kinds.items()}
    rows = list(rows_listening(process, case, name)) if name in process.row_events else []
    return told | {key: text for key, text, _ in ([house.dice.choice(rows)] if rows else [])}


def _keys(process: Compiled, case: Case, name: str) -> dict[str, Any]:
    """By what an event finds its case."""
    match = process.events[name].match
    if isinstance(match, str):
        return {match: case.values.get(match)}
    return {}


def _publish_again(house: Premises, process: str, version: int) -> None:
    stored = house.desk.house.store.read(lambda screens: screens.version(process))
    assert stored is not None
    text = stored.text.replace(
        f"\nversion: {version}\n", f"\nversion: {version + 1}\nmigrate: {{from: {version}}}\n", 1
    )
    again = PublishedVersion(process, version + 1, text, f"again {process}", house.desk.clock.now(), "ada", "the same")
    house.desk.house.store.write(lambda uow: uow.publish(again))
