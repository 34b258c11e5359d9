"""The house on the write side: versions, case numbers, idempotency keys, comments, notices and administrative acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ClauseElement, bindparam, delete, insert, select, update

from adapters import refusing
from adapters.database.case_writes import CaseWrites
from adapters.database.statements import Hot, adding_once, always, insert_for
from adapters.database.tables import ACT, ANSWER, COUNTER, NOTICE, VERSION
from adapters.database.transaction import PEOPLE, TryAgain
from adapters.database.version_reads import VersionReads
from engine.effects import WriteHistory
from engine.kept import PublishedVersion

KEPT_FOR = dt.timedelta(days=2)
SWEEP_EVERY = 1000


def _counting_up(database: str) -> ClauseElement:
    first = insert_for(database)(COUNTER).values(name=bindparam("name"), value=1)
    one_more = first.on_conflict_do_update(index_elements=["name"], set_={"value": COUNTER.c.value + 1})
    return cast(ClauseElement, one_more.returning(COUNTER.c.value))


COUNT_UP = Hot(_counting_up)
ANSWER_TO = always(
    select(
        select(ANSWER.c.answer).where(ANSWER.c.key == bindparam("key")).scalar_subquery(),
        select(COUNTER.c.value).where(COUNTER.c.name == PEOPLE).scalar_subquery(),
    )
)
"""The answer, and in the same breath the revision of the list of people, which every press needs next."""

ADD_ANSWER, ADD_VERSION = adding_once(ANSWER), adding_once(VERSION)


class HouseWrites(CaseWrites, VersionReads):
    """What is not about one case."""

    def next_number(self, process: str, year: int) -> int:
        """The next case number of a process in a year."""
        return self._count_up(f"case {process} {year}")

    def remembered(self, key: str) -> str | None:
        """What was answered to this idempotency key before."""
        answer, revision = self.run(ANSWER_TO, {"key": key}).fetchone()
        self._people_revision = revision or 0
        return None if answer is None else str(answer)

    def remember(self, key: str, answer: str) -> None:
        """Keep an answer. Somebody who used the key at the same moment is waited for; then this work runs again."""
        row = {"key": key, "answer": answer, "at": self.instant(self.now)}
        if self.run_many(ADD_ANSWER, [row]) == 0:
            raise TryAgain(refusing.key_taken())
        self._shared.answers += 1
        if self._shared.answers % SWEEP_EVERY == 0:
            self.ask(delete(ANSWER).where(ANSWER.c.at < self.now - KEPT_FOR))

    def publish(self, version: PublishedVersion) -> None:
        """Store a new immutable version."""
        row = {
            "process": version.process,
            "number": version.number,
            "kind": version.kind,
            "text": version.text,
            "checksum": version.checksum,
            "published_at": self.instant(version.published_at),
            "published_by": version.published_by,
            "reason": version.reason,
        }
        if self.run_many(ADD_VERSION, [row]) == 0:
            raise refusing.version_taken(version.process, version.number)

    def add_comment(self, case_id: str, by: str, text: str, files: Sequence[Mapping[str, Any]] = ()) -> None:
        """Append a comment with its attachments to the case's history."""
        if self.case(case_id) is None:
            raise refusing.unknown_case(case_id)
        details = {"text": text, "files": [dict(f) for f in files]}
        self._pending.history.append(self.history_row(case_id, WriteHistory("commented", by, "", 0, details)))

    def audit(self, action: str, by: str | None, about: str, details: Mapping[str, Any]) -> None:
        """Append to the log of administrative acts."""
        row = {"at": self.now, "action": action, "by": by, "about": about, "details": dict(details)}
        self.ask(insert(ACT).values(row))

    def read_notices(self, person: str, notices: Iterable[str] | None = None) -> None:
        """Mark a person's notices as read; all of them when none are named."""
        self.flush()
        mine = update(NOTICE).where(NOTICE.c.person == person, NOTICE.c.unread)
        self.ask((mine if notices is None else mine.where(NOTICE.c.id.in_(list(notices)))).values(unread=False))

    def _people_have_changed(self) -> None:
        self._people_changed = True
        self._count_up(PEOPLE)

    def _count_up(self, name: str) -> int:
        return int(self.run(COUNT_UP, {"name": name}).fetchone()[0])
