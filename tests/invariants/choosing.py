"""What somebody at a door chooses: a new case, a case, a task, a button with its form, an event with its values; gladly what is
dangerous. Must not know through which door it goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from engine.case import Case, MailText, Task
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.matching import rows_listening
from engine.refusals import Refusal
from tests.invariants.filling import entered
from tests.invariants.house import ALL_ROUNDERS, Premises
from tests.processes.wandering import as_entered

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
    "offer",
    "agreed",
    "consented",
    "solved",
    "approved",
    "paid",
    "ready",
)


STARTS = ("factory_return", "factory_return", "factory_return", "complaint", "complaint", "shipment_tracking",
          "onsite_repair", "return_order", "eight_d", "remote_help", "consultation", "warranty_renewal",
          "purchase_follow_up", "customer_care")  # fmt: skip


def start_a_case(house: Premises) -> str:
    """Somebody records something new."""
    name = house.dice.choice([each for each in STARTS if each in processes_here(house)])
    process, by = house.newest(name), house.somebody()
    form = process.start_form
    values = as_entered(form, entered(house, process, (*form.ask, *form.optional), {}, by))
    house.desk.house.desk.start_case(name, values, by)
    return name


def processes_here(house: Premises) -> set[str]:
    """The processes that are published."""
    return {version.process for version in house.desk.house.store.read(lambda screens: screens.newest("process"))}


def some_case(house: Premises) -> Case:
    """An open case; returns more often than others, the ones that have come far more often still."""
    cases = house.open_cases()
    if not cases:
        start_a_case(house)
        house.witness.look()
        cases = house.open_cases()
    return house.dice.choices(cases, [_weight(case) for case in cases])[0]


def _weight(case: Case) -> int:
    return {"factory_return": 3, "shipment_tracking": 2}.get(case.process, 1) * (1 + min(len(case.visits), 12))


def some_task(house: Premises) -> tuple[Case, Task]:
    """An open task, of the flow itself three times in four."""
    with_tasks = [case for case in house.open_cases() if case.tasks]
    if not with_tasks:
        case = some_case(house)
        house.desk.pass_time(days=3)
        house.witness.look()
        case = house.witness.seen[case.id].case
        if not case.tasks:
            raise Refusal("closed", Text("There is nothing to do.", "没有待办。"))
        with_tasks = [case]
    case = house.dice.choices(with_tasks, [_weight(each) for each in with_tasks])[0]
    work = [task for task in case.tasks if task.kind == "work" and not task.paused]
    return case, house.dice.choice(work if work and house.dice.random() < 0.8 else list(case.tasks))


def an_answer(house: Premises, case: Case, task: Task, by: str) -> tuple[str, dict[str, Any], MailText | None]:
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
        return "done", as_entered(form, entered(house, process, (*form.ask, *form.optional), case.values, by)), None
    step = process.steps[task.step]
    outcome = _outcome(house, tuple(step.outcomes))
    asked = step.task.form if step.task else None
    skips = outcome in step.outcomes and step.outcomes[outcome].skip_form and house.dice.random() < 0.8
    needs = step.outcomes[outcome].ask if outcome in step.outcomes else ()
    names = needs if asked is None or skips else (*asked.ask, *asked.optional)
    mail = _addressed(task.mail) if outcome == "sent" else None
    values = entered(house, process, names, case.values, by)
    return outcome, as_entered(asked, values) if asked is not None else values, mail


def _outcome(house: Premises, outcomes: tuple[str, ...]) -> str:
    """Half the time the way forward."""
    forward = [name for name in outcomes if name in PROGRESS]
    if forward and house.dice.random() < 0.6:
        return house.dice.choice(forward)
    return house.dice.choice(outcomes or ("done",))


def _addressed(mail: MailText | None) -> MailText | None:
    return replace(mail, to=mail.to or "li@acme.example") if mail else None


def over_json(values: dict[str, Any]) -> dict[str, Any]:
    """Files by their id, as programs hand them in."""
    return {name: [one["id"] for one in value] if _are_files(value) else value for name, value in values.items()}


def _are_files(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "type" in one for one in value)


def as_typed(value: Any) -> str:
    """One value as people type it."""
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def some_event(house: Premises, process: Compiled, case: Case) -> str:
    """One that the case waits for, or now and then any other of its process."""
    heard = [name for leaf in case.leaves for place in process.around(leaf) for name in process.steps[place].events]
    if not heard or house.dice.random() < 0.15:
        heard = sorted(process.events)
    return house.dice.choice(sorted(set(heard))) if heard else ""


def what_is_told(house: Premises, process: Compiled, case: Case, name: str) -> dict[str, Any]:
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


def keys_of(process: Compiled, case: Case, name: str) -> dict[str, Any]:
    """By what an event finds its case."""
    match = process.events[name].match
    if isinstance(match, str):
        return {match: case.values.get(match)}
    return {}
