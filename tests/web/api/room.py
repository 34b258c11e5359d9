"""A real house on SQLite with a shipped process, some people with tokens, and one customer, ready to be asked."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from adapters.clock import SetClock
from adapters.secret import Secret
from adapters.settings import Settings
from adapters.wiring import House, open_house
from engine.kept import PublishedVersion
from engine.people import Person
from engine.publishing import kind_of
from engine.records import Record
from engine.store import UnitOfWork
from web.api.pace import A_MINUTE
from web.app import create_app

SHIPPED = Path(__file__).parents[3] / "processes"
MONDAY = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
"""10:00 in the office in Shanghai."""

PEOPLE = {
    "lin": {"sales", "shipping_clerk"},
    "mei": {"sales_manager"},
    "tao": {"workshop"},
    "bot": {"integration"},
    "ada": {"admin"},
}
SHIPMENT: dict[str, Any] = {
    "customer": "ACME-1", "no_order_reason": "samples", "promised_on": "2026-03-06", "batch_no": "B-1",
    "parcels": [{"carrier": "sf", "tracking_no": "SF1001"}], "lines": [{"product": "Pump", "quantity": 2}],
}  # fmt: skip
SECRETS: dict[str, Any] = {
    "aftership_secret": Secret("aftership-secret"),
    "kuaidi100_salt": Secret("salt"),
    "hook_keys": (Secret("key-of-a-partner-0123456789abcdef"),),
}


@dataclass
class Room:
    """The house, its web application, and a token for everybody."""

    house: House
    app: APIFlask
    clock: SetClock
    tokens: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def ask(self, method: str, path: str, by: str | None = "lin", **more: Any) -> TestResponse:
        """One request to the interface, by somebody's token."""
        headers = dict(more.pop("headers", {}))
        if by is not None:
            headers["Authorization"] = f"Bearer {self.tokens[by]}"
        return self.client.open("/api/v1" + path, method=method, headers=headers, **more)

    def get(self, path: str, by: str | None = "lin", **more: Any) -> TestResponse:
        return self.ask("GET", path, by, **more)

    def post(self, path: str, body: Any = None, by: str | None = "lin", **more: Any) -> TestResponse:
        return self.ask("POST", path, by, **({} if body is None else {"json": body}), **more)

    def shipment(self, tracking_no: str = "SF1001") -> str:
        """A consignment on its way, by Lin; the id of the case."""
        parcels = [{"carrier": "sf", "tracking_no": tracking_no}]
        answer = self.post("/cases", {"process": "shipment_tracking", "values": SHIPMENT | {"parcels": parcels}})
        assert answer.status_code == 201, answer.text
        return str(answer.get_json()["case"])

    def steps(self, case: str) -> list[str]:
        """Where a case is."""
        return [place["step"] for place in self.get(f"/cases/{case}").get_json()["places"]]


def prepare(folder: Path) -> None:
    """Build the house once: its files, people and records."""
    house = open_house(_settings(folder), clock=SetClock(MONDAY), cheap_passwords=True)
    house.store.write(_publish)
    for id, roles in PEOPLE.items():
        house.accounts.create(Person(id, id.title(), frozenset(roles)), "a password", by=None)
    house.close()


def _publish(uow: UnitOfWork) -> None:
    for path in (SHIPPED / f"{name}.yaml" for name in ("_site", "_shared", "shipment_tracking")):
        text = path.read_text("utf-8")
        kind = kind_of(text)
        name = path.stem if kind == "process" else f"_{kind}"
        uow.publish(PublishedVersion(name, 1, text, f"checksum of {name}", MONDAY, None, "first", kind))
    customer = {"code": "ACME-1", "name": "ACME", "contact": "Ms Li", "salesperson": "lin", "email": "li@acme.example"}
    uow.save_record(Record("customer", "C1", "ACME-1", "ACME", customer), by=None, source="test")


def move_in(prepared: Path, folder: Path, **settings: Any) -> Room:
    """A copy of the house, for one test alone."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    clock = SetClock(MONDAY)
    house = open_house(replace(_settings(folder), **(SECRETS | settings)), clock=clock, cheap_passwords=True)
    tokens = {id: house.accounts.issue_token(id, "test", by=None) for id in PEOPLE}
    app = create_app(house)
    app.config[A_MINUTE] = 1_000_000
    return Room(house, app, clock, tokens)


def _settings(folder: Path) -> Settings:
    return Settings(data=folder, database_url=f"sqlite:///{folder}/aftercare.db")
