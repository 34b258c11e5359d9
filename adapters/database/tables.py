"""All tables by name, for statements of SQLAlchemy Core. Importing this module is what makes the schema complete."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, and_, exists, literal_column, not_, or_

from adapters.database import rows_cases, rows_house, rows_messages, rows_records
from adapters.database.columns import Row

METADATA = Row.metadata
ROOMS = (rows_cases, rows_house, rows_messages, rows_records)


def _table(name: str) -> Table:
    return METADATA.tables[name]


CASE = _table("case")
CASE_RECORD = _table("case_record")
LIKENESS = _table("case_likeness")
LINK = _table("case_link")
TASK = _table("task")
CANDIDATE = _table("candidate")
TIMER = _table("timer")
HISTORY = _table("history")
KPI = _table("kpi_fact")
OUTBOX = _table("outbox")
CALL = _table("call")
NOTICE = _table("notice")
INCIDENT = _table("incident")
SUBSCRIPTION = _table("subscription")
EVENT = _table("event_inbox")
SEEN = _table("event_seen")
CUSTOMER = _table("customer")
ORDER = _table("customer_order")
LINE = _table("order_line")
UNIT = _table("serial_number")
WARRANTY_CHANGE = _table("warranty_change")
RECORD = _table("record")
REFERENCE = _table("record_reference")
RECORD_CHANGE = _table("record_change")
DAY = _table("record_day")
TOLD_DATE = _table("told_date")
LOOK = _table("dates_look")
ACCOUNT = _table("account")
SESSION = _table("session")
TOKEN = _table("token")
TRY = _table("failed_sign_in")
VERSION = _table("process_version")
COUNTER = _table("counter")
ANSWER = _table("remembered")
ACT = _table("audit")

OPEN_TASK = TASK.c.state == literal_column("'open'")
"""Written out, not handed over as a value: only then does a database see that the index of open tasks will do."""
STILL_SAYS_SO = or_(
    exists().where(TASK.c.id == NOTICE.c.task, OPEN_TASK),
    and_(NOTICE.c.task == "", not_(exists().where(CASE.c.id == NOTICE.c.case_id, CASE.c.ended_at > NOTICE.c.at))),
)
"""What a notice says of a task holds as long as that is open, what it says of a case until that ends."""


def waiting(table: Table) -> ColumnElement[bool]:
    """The rows of a queue that wait, written out for the same reason."""
    return table.c.state == literal_column("'waiting'")


APPEND_ONLY = ("history", "warranty_change", "record_change", "audit", "process_version", "told_date", "dates_look")
"""Tables whose rows are never changed or deleted; the database itself refuses it."""
