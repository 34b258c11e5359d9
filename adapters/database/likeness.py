"""The statement that finds the earlier case about the same, for both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from adapters.database.tables import CASE, LIKENESS


def alike_cases(process: str, keys: Sequence[str], since: dt.datetime, until: dt.datetime, number: str) -> Select[Any]:
    """The document of the newest open one, else of the newest, and how many there are. Of cases begun at one instant the
    smaller number is earlier."""
    c = CASE.c
    alike = select(LIKENESS.c.case_id).where(LIKENESS.c.process == process, LIKENESS.c.key.in_(list(keys)))
    began_before = (
        or_(c.opened_at < until, and_(c.opened_at == until, c.number < number)) if number else c.opened_at <= until
    )
    return (
        select(c.document, func.count().over().label("how_many"))
        .where(c.id.in_(alike), c.opened_at >= since, began_before, c.category != "cancelled")
        .order_by(c.ended.is_(None).desc(), c.opened_at.desc(), c.number.desc())
        .limit(1)
    )
