"""What the pages need of the running product, as Protocols: the same names for every way the product is put together.

It must not know how any of it is built; the wiring does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from engine.case import MailText
from engine.definitions import Definitions
from engine.offers import CaseOffer, StartOffer, TaskOffer
from engine.ports import Accounts, Clock, Files, Store


class Done(Protocol):
    """What came of a start or a completion; `task` is the next one of this person in this case."""

    @property
    def case(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def task(self) -> str | None: ...


class Desk(Protocol):
    """The use cases of work. Each is one transaction, and each may raise a `Refusal`."""

    def start_case(self, process: str, values: Mapping[str, Any], by: str, *, key: str = "") -> Done: ...

    def complete_task(
        self,
        task: str,
        outcome: str,
        values: Mapping[str, Any],
        by: str,
        *,
        visit: int | None = None,
        mail: MailText | None = None,
        key: str = "",
    ) -> Done: ...

    def claim_task(self, task: str, by: str) -> Any: ...

    def release_task(self, task: str, by: str) -> Any: ...

    def reassign_task(self, task: str, to: str | None, by: str, reason: str) -> Any: ...

    def pause_task(self, task: str, reason: str, until: dt.datetime | None, by: str) -> Any: ...

    def resume_task(self, task: str, by: str) -> Any: ...

    def edit_draft(self, task: str, mail: MailText, by: str) -> Any: ...

    def press_event(self, case: str, name: str, values: Mapping[str, Any], by: str, *, key: str = "") -> Any: ...

    def assign_event(self, kept_event_id: str, case: str, by: str) -> Any: ...

    def cancel_case(self, case: str, by: str, reason: str, *, key: str = "") -> Any: ...

    def reopen_case(self, case: str, by: str, reason: str, *, key: str = "") -> Any: ...

    def move_case(self, case: str, to: str, by: str, reason: str, *, key: str = "") -> Any: ...

    def change_owner(self, case: str, owner: str, by: str, reason: str) -> Any: ...

    def comment(self, case: str, by: str, text: str, files: Sequence[Mapping[str, Any]]) -> Any: ...

    def start_offer(self, process: str, by: str) -> StartOffer: ...

    def task_offer(self, task: str, by: str) -> TaskOffer: ...

    def case_offer(self, case: str, by: str) -> CaseOffer: ...

    def startable(self, by: str) -> Sequence[StartOffer]: ...


class Publishing(Protocol):
    """Checking and publishing a process file."""

    def check(self, text: str, file: str) -> Any: ...

    def publish(self, text: str, file: str, by: str, reason: str) -> Any: ...


class House(Protocol):
    """Everything the pages stand on."""

    @property
    def store(self) -> Store: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def publishing(self) -> Publishing: ...
    @property
    def definitions(self) -> Definitions: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def files(self) -> Files: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def settings(self) -> Any: ...
