"""The house on the read side: published versions and administrative acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from adapters.database.tables import ACT, CASE, VERSION
from adapters.database.version_reads import VersionReads
from engine.screen_rows import VersionRow


class HouseLists(VersionReads):
    """Look at the house."""

    def versions(self, process: str = "") -> Sequence[VersionRow]:
        """All versions of one process, or the newest of each; newest first."""
        open_cases = (
            select(func.count())
            .where(CASE.c.process == VERSION.c.process, CASE.c.version == VERSION.c.number, CASE.c.ended.is_(None))
            .scalar_subquery()
        )
        wanted = select(*(c for c in VERSION.columns if c.name != "text"), open_cases.label("open_cases"))
        if process:
            wanted = wanted.where(VERSION.c.process == process).order_by(VERSION.c.number.desc())
        else:
            own = VERSION.alias("own")
            newest = select(func.max(own.c.number)).where(own.c.process == VERSION.c.process)
            wanted = wanted.where(VERSION.c.kind == "process", VERSION.c.number == newest.scalar_subquery())
            wanted = wanted.order_by(VERSION.c.published_at.desc(), VERSION.c.process)
        return [
            VersionRow(r.process, r.number, r.published_at, r.published_by, r.reason, r.checksum, r.open_cases)
            for r in self.ask(wanted)
        ]

    def audit(self, size: int = 200) -> Sequence[Mapping[str, Any]]:
        """Administrative acts, newest first."""
        c = ACT.c
        shown = select(c.at, c.action, c.by, c.about, c.details)
        return [dict(row) for row in self.ask(shown.order_by(c.seq.desc()).limit(size)).mappings()]
