"""Published versions, read on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from adapters.database.tables import VERSION
from adapters.database.transaction import Transaction
from engine.kept import PublishedVersion

ONE = select(VERSION).where(VERSION.c.process == bindparam("process"), VERSION.c.number == bindparam("number"))
NEWEST_OF = select(VERSION).where(VERSION.c.process == bindparam("process")).order_by(VERSION.c.number.desc()).limit(1)


class VersionReads(Transaction):
    """Look at published versions."""

    def version(self, process: str, number: int | None = None) -> PublishedVersion | None:
        """A published version, the newest one when `number` is None."""
        wanted = NEWEST_OF.params(process=process) if number is None else ONE.params(process=process, number=number)
        row = self.ask(wanted).first()
        return None if row is None else published(row)

    def newest(self, kind: str) -> Sequence[PublishedVersion]:
        """The newest version of every process, library or site."""
        newest = (
            select(VERSION.c.process, func.max(VERSION.c.number).label("number"))
            .where(VERSION.c.kind == kind)
            .group_by(VERSION.c.process)
            .subquery()
        )
        wanted = select(VERSION).join(
            newest, (VERSION.c.process == newest.c.process) & (VERSION.c.number == newest.c.number)
        )
        return [published(row) for row in self.ask(wanted.order_by(VERSION.c.process))]


def published(row: Any) -> PublishedVersion:
    """The version of a row."""
    return PublishedVersion(
        process=row.process,
        number=row.number,
        text=row.text,
        checksum=row.checksum,
        published_at=row.published_at,
        published_by=row.published_by,
        reason=row.reason,
        kind=row.kind,
    )
