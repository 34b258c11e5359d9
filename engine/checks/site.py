"""Whether the site file is sound: arguments of known kinds, events and digests of what exists (P403, P425, P448)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.checks.attributes import PLAIN_KINDS, attribute_flaws
from engine.definition.compiled import Compiled, Site, Spot
from engine.definition.compiling import Flaw
from engine.definition.compiling.digests import EVERYBODY
from engine.definition.compiling.names import under
from engine.definition.expressions.problem import meant
from engine.definition.model import SiteFile
from engine.definition.model.site import RecordDef, RecordEvent
from engine.definition.opening_hours import year_without_make_up_days
from engine.writing import NAME

_TEXTS = ("text", "choice")

SENDER = frozenset({"owner.name", "owner.email"})
"""What the end of a mail may name: who answers for the case."""


def site_flaws(file: SiteFile) -> Iterator[Flaw]:
    """Everything wrong with the records, operations and texts of a site."""
    kinds = [*sorted(PLAIN_KINDS), *file.records]
    yield from attribute_flaws(file)
    for name, adapter in file.adapters.items():
        for way, types in (("takes", adapter.takes), ("gives", adapter.gives)):
            for argument, kind in types.items():
                if kind not in kinds:
                    spot = Spot("process", ("adapters", name, way, argument))
                    yield Flaw("P425.type", spot, {"kind": kind, "meant": meant(kind, kinds)})
    yield from _mail_closing(file)
    yield from _record_events(file)
    yield from _digests(file)
    yield from _mail_hours(file)
    for role, label in file.roles.items():
        if not label.en or not label.zh:
            key = "P410.chinese" if label.en else "P410.english"
            yield Flaw(key, Spot("process", ("roles", role)), {"text": label.en or label.zh})


def _mail_closing(file: SiteFile) -> Iterator[Flaw]:
    """The end of every mail to customers names its sender only, in both languages (P410, P441)."""
    closing, spot = file.mail_closing, Spot("process", ("mail_closing",))
    if closing is None:
        return
    if not closing.en or not closing.zh:
        yield Flaw("P410.chinese" if closing.en else "P410.english", spot, {"text": closing.en or closing.zh})
    for name in sorted({name for text in (closing.en, closing.zh) for name in NAME.findall(text)} - SENDER):
        yield Flaw("P441.unknown", spot, {"name": name, "meant": meant(name, SENDER)})


def _record_events(file: SiteFile) -> Iterator[Flaw]:
    """An event of a record names a record type, and an attribute of it that is text or, by date, a date (P403, P473, P474)."""
    for name, announced in file.record_events.items():
        spot = Spot("process", ("record_events", name))
        record = file.records.get(announced.record)
        if record is None:
            like = meant(announced.record, file.records)
            yield Flaw("P403.unknown", under(spot, "record"), {"record": announced.record, "meant": like})
        else:
            yield from _attributes_of(announced, record, spot)
        if announced.becomes and announced.at is not None:
            yield Flaw("P474.both", under(spot, "at"), {"event": name})
        if not announced.becomes and announced.at is None:
            yield Flaw("P473.nothing", under(spot, "becomes"), {"event": name})
        if announced.within is not None and announced.at is None:
            yield Flaw("P474.alone", under(spot, "within"))


def _attributes_of(announced: RecordEvent, record: RecordDef, spot: Spot) -> Iterator[Flaw]:
    dates, code = (("date",), "P474.date") if announced.at is not None else (_TEXTS, "P473.attribute")
    asked = [(announced.attribute, dates, code, under(spot, "attribute"))]
    for key, conditions in (("where", announced.where), ("unless", announced.unless)):
        asked += [(attribute, _TEXTS, "P474.condition", under(spot, key, attribute)) for attribute in conditions]
    for attribute, kinds, wrong, here in asked:
        if record.attributes.get(attribute) not in kinds:
            known = ", ".join(name for name, kind in record.attributes.items() if kind in kinds) or "-"
            yield Flaw(wrong, here, {"attribute": attribute, "record": announced.record, "known": known})


def _digests(file: SiteFile) -> Iterator[Flaw]:
    """Who reads a digest and by which hours it leaves exist; its label is in both languages (P406, P407, P410)."""
    for name, digest in file.digests.items():
        spot = Spot("process", ("digests", name))
        for n, role in enumerate(digest.to):
            if role not in file.roles and role != EVERYBODY:
                names = {"role": role, "meant": meant(role, [*file.roles, EVERYBODY])}
                yield Flaw("P407.unknown", under(spot, "to", n), names)
        if digest.calendar is not None and digest.calendar not in file.calendars:
            yield _no_such_calendar(file, digest.calendar, under(spot, "calendar"))
        if not digest.label.en or not digest.label.zh:
            key = "P410.chinese" if digest.label.en else "P410.english"
            yield Flaw(key, under(spot, "label"), {"text": digest.label.en or digest.label.zh})


def _mail_hours(file: SiteFile) -> Iterator[Flaw]:
    """Whose hours are said exist, and so do the hours (P406, P407)."""
    for role, calendar in file.mail_hours.items():
        spot = Spot("process", ("mail_hours", role))
        if role not in file.roles and role != EVERYBODY:
            yield Flaw("P407.unknown", spot, {"role": role, "meant": meant(role, [*file.roles, EVERYBODY])})
        if calendar not in file.calendars:
            yield _no_such_calendar(file, calendar, spot)


def _no_such_calendar(file: SiteFile, name: str, spot: Spot) -> Flaw:
    return Flaw("P406.unknown", spot, {"calendar": name, "meant": meant(name, file.calendars)})


def digests_of_processes(site: Site, processes: Mapping[str, Compiled]) -> Iterator[Flaw]:
    """Digests list steps that their processes have; a process may still have to come (P471)."""
    for digest in site.digests:
        for n, listed in enumerate(digest.lists):
            spot = Spot("process", ("digests", digest.name, "list", n))
            process = processes.get(listed.process)
            if listed.process and process is None:
                names = {"process": listed.process, "meant": meant(listed.process, processes)}
                yield Flaw("P471.process", under(spot, "process"), names)
            for m, step in enumerate(listed.steps if process else ()):
                if process is not None and step not in process.called:
                    names = {"process": listed.process, "step": step, "meant": meant(step, process.called)}
                    yield Flaw("P471.step", under(spot, "in", m), names)


def make_up_days(site: Site, years: Iterable[int]) -> Iterator[Flaw]:
    """A calendar of a country that moves working days has not been told those of a year (P415)."""
    for name, calendar in site.calendars.items():
        for year in years:
            if year_without_make_up_days(calendar, year):
                names = {"calendar": name, "year": year, "country": calendar.holidays}
                yield Flaw("P415.make_up_days", Spot("process", ("calendars", name, "holidays")), names)
