"""A good process with its site, its library and the process it runs; tests make one mistake in it at a time.

In a mistake the sign ¦ marks the place where the problem must be shown; it is not part of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.checks.report import Report, check_process
from engine.definition.compiled import Compiled

SITE = """\
site: acme
languages: [en, zh-Hans]
timezone: Asia/Shanghai
roles:
  clerk: Clerk | 文员
  technician: Technician | 技师
  supervisor: Supervisor | 主管
calendars:
  office: {days: mon-fri, hours: 09:00-17:00}
records:
  customer: {outside: true, key: name, name: text, contact: text, email: email, salesperson: user}
  serial_number: {key: number, number: text, customer: customer, warranty_until: date, location: text, status: text, replaces: text, replaced_by: text}
adapters:
  erp.invoice: {takes: {customer: customer, amount: money}, gives: {document: text}}
"""

LIBRARY = """\
library: shared
version: 1
ladders:
  standard:
    with: {l1: supervisor}
    rows:
      - {at: due, remind: assignee, task: $l1}
fragments:
  asking:
    label: Ask the customer | 询问客户
    with: {role: clerk, due: 2 days}
    fields:
      content: {type: yes_no, label: Content | 满意}
    steps:
      calling:
        label: Call | 致电
        task: {role: $role, form: {ask: [content]}}
        due: $due
        next:
          - {when: content, then: happy}
          - otherwise: unhappy
      happy: {end: success, label: Happy | 满意}
      unhappy: {end: failure, label: Unhappy | 不满意}
"""

REPAIR = """\
process: repair
version: 1
label: Repair | 维修
number: REP-{year}-{seq}
fields:
  sn: {type: record, of: serial_number, label: Serial number | 序列号}
  urgency: {type: choice, label: Urgency | 紧急, choices: {high: High | 高, low: Low | 低}}
  wish: {type: text, label: Wish | 要求}
start: {role: clerk, form: {ask: [sn, urgency], optional: [wish]}}
steps:
  mending: {label: Mend | 修理, task: {role: technician}, due: 1 day, outcomes: {mended: mended, given_up: given_up}}
  mended: {end: success, label: Mended | 已修好}
  given_up: {end: failure, label: Given up | 放弃}
"""

LOAN = """\
process: loan
version: 2
label: Loan unit | 借用机
number: LOAN-{year}-{seq}
subject: sn
calendar: office
owner: starter
due: 10 working days
pause_while: customer
timers:
  - {at: due, remind: owner}
fields:
  sn: {type: record, of: serial_number, label: Serial number | 序列号}
  customer: {type: record, of: customer, from: sn.customer, label: Customer | 客户}
  reason: {type: long_text, label: Reason | 原因}
  state: {type: choice, label: State | 状况, choices: {fine: Fine | 完好, worn: Worn | 磨损, broken: Broken | 损坏}}
  amount: {type: money, min: 0, label: Amount | 金额, required_if: state is broken}
  photos: {type: files, accept: image, max: 5, label: Photos | 照片}
  back_on: {type: date, label: Back on | 归还日期, default: = working_day(5)}
  visit_on: {type: date, label: Visit on | 来访日期}
  ticket: {type: text, pattern: "[A-Z]{2}[0-9]{4,8}", label: Ticket | 单据}
  keeper: {type: user, role: technician, label: Keeper | 保管人}
  seen_at: {type: text, label: Seen at | 位置}
  invoice: {type: text, label: Invoice | 发票}
events:
  unit.scanned: {match: sn, data: {place: text}, label: Unit scanned | 扫描}
milestones: {lent: Lent | 已借出, returned: Returned | 已归还}
permissions: {see: [clerk, technician], cancel: supervisor}
start:
  role: clerk
  form: {ask: [sn, customer, reason], optional: [photos]}
steps:
  handing_over:
    label: Hand over | 移交
    task: {role: technician, different_person_from: start, form: {show: [sn.number, reason], ask: [keeper]}}
    due: 1 working day
    outcomes:
      handed: {label: Handed over | 已移交, next: lent, milestone: lent}
      refused: {label: Refused | 拒绝, skip_form: true, next: not_lent}
  lent:
    label: Lent | 借出中
    waiting_for: customer
    events:
      unit.scanned:
        do:
          - set: {seen_at: = event.place}
        next: taking_back
    timers:
      - {at: 1 day after back_on, draft_mail: please_return}
      - {at: 30 days after entry, next: taking_back}
  taking_back:
    label: Take back | 收回
    task:
      role: [technician, clerk]
      assign_to: keeper
      form: {ask: [state], optional: [amount]}
    due: 2 days
    timers: {use: standard, with: {l1: supervisor}}
    on_done:
      - set: {sn.location: Store}
    next:
      - {when: state is broken and amount > 0, then: charging}
      - {when: state is worn, then: checking}
      - otherwise: asking
  checking:
    label: Check | 检查
    parallel:
      outside:
        look_outside: {label: Look outside | 外观, task: {role: technician}, due: 1 day, next: join}
      inside:
        look_inside: {label: Look inside | 内部, task: {role: technician}, due: 1 day, next: join}
    next: mending
  mending:
    label: Mend | 维修
    run: repair
    with: {sn: = sn, urgency: low, wish: = reason}
    outcomes: {mended: asking, given_up: charging}
  charging:
    label: Charge | 收费
    do:
      - call: erp.invoice
        with: {customer: = customer, amount: 10}
        save: {invoice: document}
        retry: 3 times, every 10 minutes
        if_it_fails: charging_by_hand
    next: writing
  charging_by_hand: {label: Charge by hand | 人工收费, task: {role: clerk}, due: 1 day, next: writing}
  writing:
    label: Write to the customer | 致信客户
    task: {role: clerk, draft_mail: charged}
    due: 4 working hours
    outcomes: {sent: asking, not_sent: asking}
  asking:
    use: asking
    with: {due: 3 days}
    outcomes: {happy: closed, unhappy: closed}
  closed: {end: success, milestone: returned, label: Closed | 已结案}
  not_lent: {end: failure, label: Not lent | 未借出}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
rules:
  - never: closed before asking
  - never: start and handing_over by the same person
kpis:
  time_out: {label: Time out | 借出时长, from: start, to: taking_back, target: 10 days, per: owner}
  unbroken: {label: Unbroken | 完好率, share: state is not broken, target: 95%}
mails:
  please_return:
    subject: Please return {{ sn.number }} | 请归还 {{ sn.number }}
    body: Dear {{ customer.contact }}, it was due on {{ back_on }}. | {{ customer.contact }}您好，应于 {{ back_on }} 归还。
  charged:
    subject: Your loan {{ case.number }} | 您的借用 {{ case.number }}
    body: Dear {{ customer.contact }}, we charge the damage. | {{ customer.contact }}您好，我们将收取损坏费用。
migrate: {from: 1, steps: {waiting: lent}, set: {state: fine}}
"""

FILES = {"loan.yaml": LOAN, "_shared.yaml": LIBRARY, "_site.yaml": SITE}


def others() -> dict[str, Compiled]:
    """The process that a loan may run, as it was published."""
    repair = check_process(REPAIR, "repair.yaml", SITE, LIBRARY).process
    assert repair is not None
    return {"repair": repair}


@dataclass(frozen=True)
class Mistake:
    """One mistake: what is written instead of what, in which file, and which code it must have."""

    key: str
    good: str
    bad: str
    file: str = "loan.yaml"
    level: str = "error"

    def texts(self) -> tuple[dict[str, str], tuple[int, int]]:
        """The files with the mistake in them, and the line and column of the mark."""
        text = FILES[self.file]
        assert text.count(self.good) == 1, f"{self.good!r} stands {text.count(self.good)} times"
        marked = text.replace(self.good, self.bad)
        at = marked.index("¦")
        line = marked.count("\n", 0, at) + 1
        column = at - (marked.rfind("\n", 0, at) + 1) + 1
        return {**FILES, self.file: marked.replace("¦", "")}, (line, column)


def checked(files: dict[str, str]) -> Report:
    """The report on the loan with these files."""
    return check_process(files["loan.yaml"], "loan.yaml", files["_site.yaml"], files["_shared.yaml"], others())
