"""A reminder rings at night and its mail waits for the opening; who has done the task before then is not written to."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.delivery import Delivery
from engine.kept import OutgoingMail
from tests.journeys.a_desk import ADesk

NIGHT = """
process: night
version: 1
label: Night | 夜间
calendar: office
permissions: {see: service_agent}
start: {role: service_agent, form: {}}
steps:
  look:
    label: Look | 查看
    task: {role: service_agent}
    due: 14 hours
    timers: [{at: due, remind: assignee, mail: service_manager}]
    next: over
  over: {end: success, label: Over | 结束}
"""


@pytest.mark.parametrize(("done", "became"), [(True, {"dropped"}), (False, {"sent"})])
def test_what_is_done_by_the_opening_is_not_asked_for(desk: ADesk, done: bool, became: set[str]) -> None:
    desk.house.publishing.publish_all([("night.yaml", NIGHT)], None, "try")
    case = desk.start("night", "service_agent").case
    desk.pass_time(hours=15)
    waiting = desk.house.store.read(lambda screens: screens.mails(case_id=case)).rows
    assert len(waiting) > 1 and {mail.state for mail in waiting} == {"waiting"}

    if done:
        desk.press(case, "look", "done", "service_agent")
    desk.pass_time(hours=12)
    desk.house.delivery.send_mails()
    assert {mail.state for mail in desk.house.store.read(lambda screens: screens.mails(case_id=case)).rows} == became


def test_what_a_row_says_that_leaves_the_step_itself_is_sent_all_the_same(desk: ADesk) -> None:
    leaving = "timers: [{at: due, mail: service_manager, next: other}]"
    text = NIGHT.replace("timers: [{at: due, remind: assignee, mail: service_manager}]", leaving)
    other = "  other: {label: Other | 其他, task: {role: service_agent}, due: 9 days, next: over}\n"
    desk.house.publishing.publish_all([("night.yaml", text + other)], None, "try")
    case = desk.start("night", "service_agent").case
    desk.pass_time(hours=15)
    desk.pass_time(hours=12)
    desk.house.delivery.send_mails()
    mails = desk.house.store.read(lambda screens: screens.mails(case_id=case)).rows
    assert desk.case(case).leaves == ("other",) and {mail.state for mail in mails} == {"sent"}


def test_a_mail_to_staff_says_what_it_is_about_and_leads_there(desk: ADesk) -> None:
    said = NIGHT.replace("start: {role: service_agent, form: {}}", "start: {role: service_agent, form: {ask: [sn]}}")
    text = said + "fields: {sn: {type: record, of: serial_number, label: Unit | 设备}}\n"
    desk.house.publishing.publish_all([("night.yaml", text)], None, "try")
    case = desk.start("night", "service_agent", sn="SN-1").case
    task = desk.case(case).tasks[0].id
    left: list[OutgoingMail] = []
    desk.pass_time(hours=15)
    desk.pass_time(hours=12)
    house = desk.house

    class Postman:
        def send(self, mail: OutgoingMail) -> None:
            left.append(mail)

    delivery = Delivery(house.store, Postman(), {}, dt.timedelta(minutes=1), house.desk, "https://desk.example/")  # type: ignore[arg-type]  # nothing is called
    delivery.send_mails()
    assert left and all("SN-1" in mail.order.body for mail in left)
    assert {mail.order.body.splitlines()[-1] for mail in left} == {f"https://desk.example/tasks/{task}"}
