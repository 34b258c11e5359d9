"""The house on the read side: published versions, recorded values, administrative acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, cast, func, select

from adapters.database.tables import ACT, CASE, KPI, VERSION
from adapters.database.version_reads import VersionReads
from engine.screens import VersionRow


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

    def kpis(self, process: str) -> Sequence[Mapping[str, Any]]:
        """Recorded values: how many, their mean, and the share that was on time (None where none was promised)."""
        c = KPI.c
        rows = self.ask(
            select(
                c.kpi,
                c.per,
                func.count().label("count"),
                func.avg(c.value).label("mean"),
                func.avg(cast(c.on_time, Integer)).label("on_time"),
            )
            .where(c.process == process)
            .group_by(c.kpi, c.per)
            .order_by(c.kpi, c.per)
        )
        return [
            {
                "kpi": r["kpi"],
                "per": r["per"],
                "count": r["count"],
                "mean": float(r["mean"]),
                "on_time": None if r["on_time"] is None else float(r["on_time"]),
            }
            for r in rows.mappings()
        ]

    def audit(self, size: int = 200) -> Sequence[Mapping[str, Any]]:
        """Administrative acts, newest first."""
        c = ACT.c
        shown = select(c.at, c.action, c.by, c.about, c.details)
        return [dict(row) for row in self.ask(shown.order_by(c.seq.desc()).limit(size)).mappings()]
