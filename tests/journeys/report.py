"""A small process that has every kind of form: tables with free and with fixed rows, a signature, photos, groups of fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import processes
from engine.people import Person
from tests.journeys.a_desk import PASSWORD, ADesk, open_desk

PROCESS = """
process: repair_report
version: 1
label: Repair report | 维修报告
about: What was done at a unit. | 记录产品维修内容。
number: RR-{seq}
subject: unit
calendar: always
fields:
  unit: {type: record, of: serial_number, label: Unit | 产品}
  finding: {type: long_text, label: What was found | 检测结果}
  parts:
    type: table
    label: Parts used | 更换零件
    help: One row for each kind of part. | 每种零件一行。
    columns:
      part: {type: text, label: Part | 零件}
      quantity: {type: number, min: 1, default: 1, label: Quantity | 数量, help: Whole pieces | 整件}
      cost: {type: money, min: 0, label: Cost | 金额}
      old_unit: {type: record, of: serial_number, optional: true, label: Old serial number | 旧序列号}
      reason: {type: text, label: Reason | 原因, required_if: cost > 1000}
  checkpoints:
    type: table
    label: Checkpoints | 追踪点
    rows: {picked_up: Picked up | 已揽收, arrived: Arrived at the factory | 已到厂, delivered: Delivered | 已签收}
    columns:
      occurred_at: {type: datetime, label: When | 时间, required_if: waived is not set}
      intact: {type: yes_no, optional: true, label: Intact | 完好}
      waived: {type: text, optional: true, label: Why it is waived | 免填理由}
  photos: {type: files, accept: image, label: Photos | 照片}
  why_dear: {type: text, label: Why so dear | 高价原因, show_if: sum(parts.cost) > 1000}
  signed: {type: signature, label: Signature of the customer | 客户签名}
events:
  unit.lost: {match: unit, label: Unit is lost | 产品遗失}
permissions:
  see: [service_agent]
  cancel: service_agent
start: {role: service_agent, form: {ask: [unit]}}
steps:
  report:
    label: Write the report | 填写报告
    task:
      role: technician
      form:
        show: [unit]
        ask: [finding, parts, checkpoints]
        optional: [photos, why_dear, signed]
        groups:
          - {label: What was found | 检测, help: In words the customer understands. | 请用客户看得懂的话填写。, fields: [finding, photos]}
          - {label: What was used | 用料, fields: [parts, why_dear]}
          - {label: The way | 运输, fields: [checkpoints]}
    due: 1 day
    outcomes:
      finished: {label: Finished | 完成, next: checked}
  checked:
    label: Check the report | 复核报告
    task: {role: technician, form: {show: [finding, parts, checkpoints, signed, photos], optional: [parts]}}
    due: 1 day
    next: settled
  settled: {end: success, label: Settled | 已完成}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
scenarios:
  - scenario: Reported and checked
    given: {unit: {number: U-1, customer: {name: Cui}}}
    steps:
      - {when: service_agent starts, then: {at: report}}
"""

CHECKED = {
    "checkpoints": [{"row": row, "waived": "brought by hand"} for row in ("picked_up", "arrived", "delivered")],
}


def open_small_desk(folder: Path) -> ADesk:
    """A desk with this process alone, one agent, one technician and three units."""
    desk = open_desk(folder)
    shared = [(name, processes.paths()[name].read_text("utf-8")) for name in ("_site.yaml", "_shared.yaml")]
    desk.house.publishing.publish_all([*shared, ("repair_report.yaml", PROCESS)], None, "first")
    for role in ("service_agent", "technician"):
        desk.house.accounts.create(Person(role, role, frozenset({role}), f"{role}@example.com"), PASSWORD, by=None)
    desk.add("customer", "C-1", name="ACME", email="li@acme.example")
    for unit in ("SN-1", "SN-2", "SN-9"):
        desk.add("serial_number", unit, customer="C-1", product="Pump", warranty_until="2027-01-01")
    return desk


def publish(desk: ADesk, agent: str, technician: str) -> None:
    """The process beside those of the desk, with the roles that the desk has."""
    text = PROCESS.replace("service_agent", agent).replace("technician", technician)
    desk.house.publishing.publish_all([("repair_report.yaml", text)], None, "tables")


def parts(count: int, **more: Any) -> list[dict[str, Any]]:
    """So many rows of parts."""
    return [{"part": f"part {n}", "quantity": n, "cost": "10.10", **more} for n in range(1, count + 1)]
