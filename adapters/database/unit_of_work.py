"""One transaction on the write side: the parts put together. Each part is a file of its own."""

from __future__ import annotations

from adapters.database.account_rows import AccountWrites
from adapters.database.case_numbers import CaseNumbers
from adapters.database.event_writes import EventWrites
from adapters.database.house_writes import HouseWrites
from adapters.database.queues import Queues
from adapters.database.record_bulk import RecordBulk


class DatabaseWork(Queues, CaseNumbers, EventWrites, AccountWrites, HouseWrites, RecordBulk):
    """Keeps the promises of `engine.ports.UnitOfWork`."""
