"""The site file, with its calendars ready to count in."""

from __future__ import annotations

from engine.definition.calendar_reading import calendar_from
from engine.definition.compiled import Site, Spot
from engine.definition.compiling.dates import compile_dates
from engine.definition.compiling.digests import compile_digests
from engine.definition.compiling.flaws import Flaw, Flaws
from engine.definition.model import SiteFile
from engine.definition.opening_hours import Calendar, NotACalendar
from engine.definition.texts import Text


def compile_site(file: SiteFile) -> tuple[Site, list[Flaw]]:
    """The site and what is wrong in its calendars."""
    flaws = Flaws()
    calendars: dict[str, Calendar] = {}
    for name, definition in file.calendars.items():
        written = {key: value for key, value in definition.model_dump().items() if value not in (None, ())}
        try:
            calendars[name] = calendar_from(written, file.timezone)
        except NotACalendar as wrong:
            flaws.note(wrong.key, Spot("process", ("calendars", name)), **wrong.names)
    return (
        Site(
            id=file.site,
            languages=tuple(file.languages),
            timezone=file.timezone,
            roles=dict(file.roles),
            calendars=calendars,
            records=dict(file.records),
            adapters=dict(file.adapters),
            auto_confirm_notices=file.auto_confirm_notices,
            mail_closing=file.mail_closing or Text(),
            currency=file.currency or Text(),
            ladder=file.ladder,
            digests=tuple(compile_digests(file.digests, flaws)),
            mail_hours=dict(file.mail_hours),
            record_events=dict(file.record_events),
            dated_events=tuple(compile_dates(file.record_events, flaws)),
        ),
        flaws.found,
    )
