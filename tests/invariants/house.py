"""A house with everybody in it and a witness beside it: what the doors are in. See `doors` for the doors themselves."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from adapters.secret import Secret
from engine.case import Case, Task
from engine.definition.compiled import Compiled
from engine.people import Person
from tests.invariants.witness import Witness
from tests.journeys.a_desk import PASSWORD, ADesk, open_desk, prepare
from tests.web.office import Visitor
from web.api.pace import A_MINUTE
from web.app import create_app

ALL_ROUNDERS = ("ann", "bo", "chen", "dai", "eve")
"""Who holds every role, so that only the promises of a file, and not the roles, keep anybody from anything."""
PROGRAM = "bot"
SPARE = tuple(f"NEW-{n}" for n in range(1, 13))
"""Units in the stock."""
HOOK_KEY = Secret("key-of-a-partner-0123456789abcdef")
AFTERSHIP = Secret("aftership-secret")
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
SECRETS: dict[str, Any] = {"aftership_secret": AFTERSHIP, "hook_keys": (HOOK_KEY,)}


@dataclass
class Premises:
    """The desk, its pages and programs, dice, and what happened so far."""

    desk: ADesk
    app: Flask
    dice: random.Random
    witness: Witness
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    news: int = 0

    def __post_init__(self) -> None:
        self._tokens: dict[str, str] = {}
        self._visitors: dict[str, Visitor] = {}
        self._files: dict[str, dict[str, Any]] = {}
        self.client: FlaskClient = self.app.test_client()

    def process_of(self, case: Case) -> Compiled:
        """The version a case runs on."""
        house = self.desk.house
        return house.store.read(lambda screens: house.definitions.process(screens, case.process, case.version))

    def newest(self, process: str) -> Compiled:
        """The newest version."""
        house = self.desk.house
        return house.store.read(lambda screens: house.definitions.process(screens, process))

    def open_cases(self) -> list[Case]:
        """By number, so that dice fall the same each time."""
        cases = [each.case for each in self.witness.seen.values() if each.case.is_open]
        return sorted(cases, key=lambda case: case.number)

    def ask(self, method: str, path: str, by: str, body: Any = None) -> TestResponse:
        """One request over JSON; a refusal is an answer, a broken program is not."""
        if by not in self._tokens:
            self._tokens[by] = self.desk.house.accounts.issue_token(by, "walk", by=None)
        answer = self.client.open(
            f"/api/v1{path}", method=method, json=body, headers={"Authorization": f"Bearer {self._tokens[by]}"}
        )
        assert answer.status_code < 500, f"{method} {path} by {by}: {answer.status_code} {answer.text}"
        return answer

    def visitor(self, by: str) -> Visitor:
        """Somebody at a browser."""
        if by not in self._visitors:
            visitor = Visitor(self.app)  # type: ignore[arg-type]  # the application of the pages is an APIFlask
            assert visitor.sign_in(by, PASSWORD).status_code == 303
            self._visitors[by] = visitor
        return self._visitors[by]

    def forget(self, by: str) -> None:
        """Somebody left: their token and their browser are worth nothing now."""
        self._tokens.pop(by, None)
        self._visitors.pop(by, None)

    def picture(self, by: str) -> dict[str, Any]:
        """A photograph that this person has uploaded."""
        if by not in self._files:
            self._files[by] = dict(self.desk.house.files.put("photo.png", PICTURE, by=by))
        return self._files[by]

    def somebody(self, task: Task | None = None) -> str:
        """Anybody; mostly one of the five, and mostly the one a task is for."""
        if task is not None and self.dice.random() < 0.75:
            holder = task.only or task.assignee
            if holder:
                return holder
            fit = [name for name in ALL_ROUNDERS if name not in task.excluded]
            if fit:
                return self.dice.choice(fit)
        if self.dice.random() < 0.8:
            return self.dice.choice(ALL_ROUNDERS)
        return self.dice.choice(sorted(self.witness.people))

    def close(self) -> None:
        """Everybody goes home."""
        self.witness.close()
        self.desk.house.close()


def prepare_premises(folder: Path, database_url: str = "") -> None:
    """The files, the people, two customers, the units and an order."""
    desk = open_desk(folder, database_url)
    prepare(desk)
    house = desk.house
    site = house.store.read(house.definitions.site)
    every = frozenset(site.roles) - {"admin", "integration"}
    for name in ALL_ROUNDERS:
        house.accounts.create(Person(name, name, every, f"{name}@example.com"), PASSWORD, by=None)
    house.accounts.create(Person(PROGRAM, PROGRAM, frozenset({"integration"}), ""), None, by=None)
    desk.add("customer", "C-2", name="Silent Ltd", contact="Mr No", salesperson="ann")
    desk.add("order", "SO-1", customer="C-1", salesperson="ann", product="Pump")
    desk.add("serial_number", "SN-3", customer="C-2", product="Pump", warranty_until="2025-01-01")
    for unit in SPARE:
        desk.add("serial_number", unit, product="Pump", status="stock", custody="stock")
    house.close()


def move_in(folder: Path, seed: int, database_url: str = "") -> Premises:
    """A house in which nothing has happened yet."""
    desk = open_desk(folder, database_url, **SECRETS)
    app = create_app(desk.house)
    app.config[A_MINUTE] = 10_000_000
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return Premises(desk, app, random.Random(seed), Witness(desk))
