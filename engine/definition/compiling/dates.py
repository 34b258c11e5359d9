"""The events of records that hang on a date, with their days counted out: `at: 30 days before`, `within: 5 days`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.definition.compiled import DatedEvent, Spot
from engine.definition.compiling.flaws import Flaws
from engine.definition.compiling.names import under
from engine.definition.durations import NotADuration, parse_duration
from engine.definition.model.site import RecordEvent

USUAL_WINDOW = 7
"""For so many days an event is announced that hangs on the day itself or on days after it, where nothing is said."""
MOST = 3_660
_AT = re.compile(r"(?P<days>.+?)\s+(?P<side>before|after)")
ON_THE_DAY = "on the day"


def compile_dates(written: Mapping[str, RecordEvent], flaws: Flaws) -> Iterator[DatedEvent]:
    """The events that hang on a date; what cannot be read is noted and left out."""
    for name, event in written.items():
        if event.at is None:
            continue
        spot = Spot("process", ("record_events", name))
        days = _days_from_the_date(event.at)
        if days is None:
            flaws.note("P474.at", under(spot, "at"), text=event.at)
            continue
        within = _days(event.within) if event.within else -days if days < 0 else USUAL_WINDOW
        if within is None:
            flaws.note("P474.within", under(spot, "within"), text=event.within)
            continue
        yield DatedEvent(name, event.record, event.attribute, days, within)


def _days_from_the_date(text: str) -> int | None:
    if text.strip() == ON_THE_DAY:
        return 0
    found = _AT.fullmatch(text.strip())
    days = _days(found["days"]) if found else None
    return None if found is None or days is None else -days if found["side"] == "before" else days


def _days(text: str) -> int | None:
    """Whole calendar days, written in days or weeks."""
    try:
        duration = parse_duration(text)
    except NotADuration:
        return None
    in_days = {"day": 1, "week": 7}.get(duration.unit, 0)
    days = duration.amount * in_days
    return int(days) if in_days and not duration.working and days == int(days) and 0 < days <= MOST else None
