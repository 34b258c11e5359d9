"""A small office to look at through its pages: one site, one process with a field of every type, a cast of five."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.people import Person
from tests.journeys.a_desk import ADesk
from web.app import create_app

PASSWORD = "office-2026"
PEOPLE = (
    Person("ann", "Ann Agent", frozenset({"agent"}), "ann@office.example"),
    Person("ben", "Ben Bench", frozenset({"bench"}), "ben@office.example"),
    Person("bea", "Bea Bench", frozenset({"bench"}), "bea@office.example"),
    Person("mei", "Mei 美", frozenset({"agent"}), "mei@office.example", language="zh-Hans"),
    Person("out", "Otto Outside", frozenset({"stranger"}), "out@office.example"),
    Person("ada", "Ada Admin", frozenset({"admin"}), "ada@office.example"),
)

SITE = """
site: office
timezone: Asia/Shanghai
roles: {agent: Agent | 客服, bench: Bench | 维修, boss: Boss | 主管, stranger: Stranger | 外人, admin: Administrator | 管理员}
calendars:
  always: {days: mon-sun, hours: 00:00-24:00}
records:
  customer: {key: code, outside: true, code: text, name: text, email: email, language: text}
  serial_number: {key: number, number: text, product: text, customer: customer, warranty_until: date}
"""

LIBRARY = """
library: shared
version: 1
ladders:
  standard:
    - {at: due, remind: assignee}
    - {at: 1 day after due, task: boss}
"""

PROCESS = """
process: note
version: 1
label: Repair note | 维修单
about: Look at a unit and say what it has. | 检查产品并说明问题。
number: NOTE-{seq}
subject: unit
calendar: always
fields:
  unit: {type: record, of: serial_number, label: Unit | 产品}
  words: {type: text, label: In short | 简述}
  story: {type: long_text, label: Story | 经过}
  count: {type: number, min: 1, max: 99, label: How many | 数量}
  price: {type: money, min: 0, label: Price | 金额}
  broken: {type: yes_no, label: Broken | 是否损坏}
  colour: {type: choice, label: Colour | 颜色, choices: {red: Red | 红, blue: Blue | 蓝}}
  parts: {type: choices, label: Parts | 部件, choices: {pump: Pump | 泵, seal: Seal | 密封, cable: Cable | 线缆}}
  seen_on: {type: date, label: Seen on | 检查日期}
  back_at: {type: datetime, label: Back at | 返回时间}
  mail: {type: email, label: Mail | 邮箱}
  call: {type: phone, label: Phone | 电话}
  helper: {type: user, role: bench, label: Helper | 协助人}
  photos: {type: files, accept: image, label: Photos | 照片}
  why_red: {type: text, label: Why red | 为何为红, show_if: colour is red, required_if: colour is red}
milestones:
  opened: Opened | 已登记
  looked: Looked at | 已检查
mails:
  result:
    to: unit.customer
    subject: Your unit {{ unit.number }} | 您的产品 {{ unit.number }}
    body: "It is done: {{ words }} | 已完成：{{ words }}"
events:
  unit.lost: {match: unit, label: Unit is lost | 产品遗失}
permissions:
  see: [agent]
  cancel: agent
  reopen: {role: agent, within: 30 days, next: look}
  move: boss
start:
  role: agent
  form: {ask: [unit], optional: [words]}
  milestone: opened
steps:
  look:
    label: Look at it | 检查
    help: Open it and look. | 打开检查。
    task:
      role: bench
      may_pause: true
      form:
        show: [unit, unit.warranty_until, unit.customer.language]
        ask: [words]
        optional: [story, count, price, broken, colour, parts, seen_on, back_at, mail, call, helper, photos, why_red]
    due: 2 hours
    timers: standard
    events: {unit.lost: gone}
    outcomes:
      good: {label: Nothing wrong | 正常, milestone: looked, next: second, skip_form: false}
      bad: {label: Broken | 损坏, milestone: looked, next: second}
  second:
    label: Second look | 复核
    task: {role: bench, different_person_from: look, may_be_waived_by: agent, form: {show: [words]}}
    due: 1 day
    timers: standard
    on_done: [{draft_mail: result}]
    next: settled
  settled: {end: success, label: Settled | 已完成}
  gone: {end: failure, label: Gone | 遗失}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
rules:
  - never: settled before look
scenarios:
  - scenario: Looked at twice
    given: {unit: {number: U-1, customer: {name: Cui}}}
    steps:
      - {when: agent starts, then: {at: look}}
      - {when: bench completes look.good, with: {words: fine}, then: {at: second}}
"""


def furnish(desk: ADesk, process: str = PROCESS) -> None:
    """The files, the cast and two units of one customer."""
    files = [("_site.yaml", SITE), ("_shared.yaml", LIBRARY), ("note.yaml", process)]
    desk.house.publishing.publish_all(files, None, "first")
    for person in PEOPLE:
        desk.house.accounts.create(person, PASSWORD, by=None)
    desk.add("customer", "C-1", name="Cui Ltd 崔", email="cui@customer.example", language="en")
    for number in ("U-1", "U-2"):
        desk.add("serial_number", number, product="Pump", customer="C-1", warranty_until="2027-03-02")


@dataclass
class Visitor:
    """Somebody at a browser: signs in, opens pages, and sends the forms that stand on them."""

    app: APIFlask
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        """Through the page, as everybody does."""
        return self.send("/sign-in", "/sign-in", name=name, password=password)

    def page(self, address: str) -> str:
        """A page that must be there."""
        answer = self.client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return answer.get_data(as_text=True)

    def token(self, address: str = "/help") -> str:
        """The form token on a page."""
        found = re.search(r'name="form_token" value="([^"]+)"', self.client.get(address).get_data(as_text=True))
        assert found is not None, f"no form on {address}"
        return found[1]

    def send(self, page: str, address: str, /, **values: Any) -> TestResponse:
        """Send a form of a page."""
        return self.client.post(
            address, data={"form_token": self.token(page), **values}, content_type="multipart/form-data"
        )

    def press(self, address: str, outcome: str, /, **values: Any) -> TestResponse:
        """Press an outcome of a task, with the hidden fields of its page."""
        hidden = dict(re.findall(r'type="hidden" name="(key|visit|seen\.\w+)" value="([^"]*)"', self.page(address)))
        return self.send(address, address, outcome=outcome, **{**hidden, **values})


def office_app(desk: ADesk, demo_password: str = "") -> APIFlask:
    """The pages over this desk."""
    return create_app(desk.house, demo_password=demo_password)


def typed(**values: Any) -> Mapping[str, Any]:
    """Field values as a form names them."""
    return {f"f.{name}": value for name, value in values.items()}


def place(answer: TestResponse) -> str:
    """Where an answer leads, without the host."""
    return urlsplit(answer.headers["Location"]).path
