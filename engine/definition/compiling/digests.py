"""The digests of a site file: times of day, weekdays and shares as values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from engine.definition.calendar_reading import weekdays_from
from engine.definition.compiled import Digest, DigestList, Spot
from engine.definition.compiling.flaws import Flaws
from engine.definition.compiling.names import under
from engine.definition.model.site import Digest as WrittenDigest
from engine.definition.model.site import DigestList as WrittenDigestList
from engine.definition.opening_hours import NotACalendar

EVERYBODY = "everybody"
"""Stands for all staff where a digest names its readers."""
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_SHARE = re.compile(r"(\d{1,2}|100) ?%")


def compile_digests(written: Mapping[str, WrittenDigest], flaws: Flaws) -> Iterator[Digest]:
    """Every digest that can be read; what is wrong in the others is noted."""
    for name, digest in written.items():
        spot = Spot("process", ("digests", name))
        at = _time(digest.at)
        if at is None:
            flaws.note("P471.at", under(spot, "at"), text=digest.at)
        lists = tuple(_list(one, under(spot, "list", n), flaws) for n, one in enumerate(digest.list_))
        try:
            days = weekdays_from(digest.days) if digest.days is not None else None
        except NotACalendar as wrong:
            flaws.note(wrong.key, under(spot, "days"), **wrong.names)
            continue
        if at is not None:
            yield Digest(name, digest.label, tuple(digest.to), at, days, digest.calendar or "", lists)


def _list(written: WrittenDigestList, spot: Spot, flaws: Flaws) -> DigestList:
    if written.mine and (written.process or written.in_ or written.used or written.overdue):
        flaws.note("P471.mine", under(spot, "mine"))
    elif not (written.mine or written.process or written.used or written.overdue):
        flaws.note("P471.nothing", spot)
    if written.in_ and not written.process:
        flaws.note("P471.steps", under(spot, "in"))
    used = _SHARE.fullmatch(written.used or "")
    if written.used and used is None:
        flaws.note("P471.used", under(spot, "used"), text=written.used)
    return DigestList(
        written.process or "", written.in_, int(used[1]) if used else None, written.overdue, tuple(written.mine)
    )


def _time(text: str) -> dt.time | None:
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return dt.time(int(found[1]), int(found[2]))
