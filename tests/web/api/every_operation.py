"""Every operation of the interface, with an address and a body that make sense in a house with one consignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.web.api.room import SHIPMENT, SHIPPED, Room

MOMENT = "2026-03-03T10:00:00+08:00"
AWAY_UNTIL = "2026-03-09T09:00:00+08:00"
FILE = (SHIPPED / "shipment_tracking.yaml").read_text("utf-8")


@dataclass(frozen=True)
class Operation:
    """`{case}` and `{task}` in `path` stand for those of the consignment. `needs` is who may, when not everybody may."""

    name: str
    method: str
    path: str
    body: Any = None
    needs: str = ""

    @property
    def is_about_a_case(self) -> bool:
        return "{case}" in self.path or "{task}" in self.path

    def ask(self, room: Room, by: str | None, *, case: str = "nothing", task: str = "nothing.1") -> Any:
        path = self.path.replace("{case}", case).replace("{task}", task)
        return room.ask(self.method, path, by, **({} if self.body is None else {"json": self.body}))


def get(name: str, path: str) -> Operation:
    return Operation(name, "GET", path)


def post(name: str, path: str, body: Any = None, needs: str = "") -> Operation:
    return Operation(name, "POST", path, body, needs)


OPERATIONS = [
    get("read_me", "/me"),
    Operation("enter_my_absence", "PUT", "/me/absence", {"until": AWAY_UNTIL, "deputy": "mei"}),
    Operation("end_my_absence", "DELETE", "/me/absence"),
    Operation("read_absence", "GET", "/people/tao/absence", needs="ada"),
    Operation("enter_absence", "PUT", "/people/tao/absence", {"until": AWAY_UNTIL}, "ada"),
    Operation("end_absence", "DELETE", "/people/tao/absence", needs="ada"),
    get("list_cases", "/cases"),
    post("start_case", "/cases", {"process": "shipment_tracking", "values": SHIPMENT}),
    get("read_case", "/cases/{case}"),
    get("read_history", "/cases/{case}/history"),
    post("cancel_case", "/cases/{case}/cancel", {"reason": "x"}),
    post("reopen_case", "/cases/{case}/reopen", {"reason": "x"}),
    post("move_case", "/cases/{case}/move", {"to": "in_transit", "reason": "x"}),
    post("change_owner", "/cases/{case}/owner", {"owner": "mei"}),
    post("add_comment", "/cases/{case}/comments", {"text": "x"}),
    post("press_event", "/cases/{case}/events/parcel.scanned", {"values": {}}),
    get("list_tasks", "/tasks"),
    get("read_task", "/tasks/{task}"),
    post("complete_task", "/tasks/{task}/complete", {"outcome": "sent"}),
    post("claim_task", "/tasks/{task}/claim"),
    post("release_task", "/tasks/{task}/release"),
    post("pause_task", "/tasks/{task}/pause", {"reason": "x", "until": MOMENT}),
    post("resume_task", "/tasks/{task}/resume"),
    post("reassign_task", "/tasks/{task}/reassign", {"to": "mei"}),
    post("change_draft", "/tasks/{task}/draft", {"to": "a@b.example", "subject": "x", "body": "x"}),
    post("send_event", "/events", {"id": "1", "name": "parcel.scanned", "values": {"tracking_no": "SF1"}}, needs="bot"),
    post("upload_file", "/files"),
    get("list_processes", "/processes"),
    get("read_start_form", "/processes/shipment_tracking/start"),
    get("list_versions", "/processes/shipment_tracking/versions"),
    get("read_version", "/processes/shipment_tracking/versions/1"),
    get("read_graph", "/processes/shipment_tracking/versions/1/graph"),
    get("play_scenarios", "/processes/shipment_tracking/versions/1/scenarios"),
    post("check_file", "/process-files/check", {"text": FILE}),
    post("publish_file", "/process-files/publish", {"text": FILE, "reason": "x"}, needs="ada"),
    get("list_figures", "/kpis"),
    get("list_records", "/records/customer"),
    get("read_record", "/records/customer/C1"),
    post("add_record", "/records/customer", {"attributes": {"code": "C9", "name": "New"}}),
    Operation(
        "change_record", "PATCH", "/records/customer/C1", {"attributes": {"phone": "123456"}, "reason": "x"}, "ada"
    ),
    get("look_up_records", "/look-up/customer?text=acm"),
]
