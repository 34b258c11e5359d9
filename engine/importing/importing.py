"""A list is imported: read, held against what is stored, and written whole or not at all. One transaction per list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from engine.announcing import Announced, announced
from engine.definition.compiled import Site
from engine.held_by_a_case import held
from engine.importing.alike import Alike, look_alikes
from engine.importing.drafting import Draft, Drafted, draft_rows
from engine.importing.plan import Plan
from engine.importing.settling import Known, Moved, Settled, settle, without
from engine.importing.sheet import Refused, Sheet
from engine.replaced import UNIT
from engine.store import UnitOfWork

ANY_LENGTH = 10_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list. Rows are counted; `refused` stand in the order of the list. `written` is False for a rehearsal and
    for a list with refused rows that was not to be taken without them."""

    rows: int
    blank: int
    repeated: int
    new: int
    changed: int
    unchanged: int
    refused: tuple[Refused, ...]
    written: bool
    told: tuple[Announced, ...] = ()
    """What the changed records tell the processes."""
    alike: tuple[Alike, ...] = ()
    """New units whose numbers look the same as others: taken all the same."""
    moved: tuple[Moved, ...] = ()
    """Warranties that move by more than a year: taken all the same."""

    @property
    def refused_rows(self) -> int:
        """How many rows are refused; one may be wrong in several ways."""
        return len({refusal.line for refusal in self.refused})


def import_sheet(
    uow: UnitOfWork,
    sheet: Sheet,
    plan: Plan,
    *,
    by: str | None,
    name: str,
    skip_refused: bool = False,
    dry_run: bool = False,
    site: Site | None = None,
) -> Imported:
    """Takes a list inside one transaction. Every refused row is told with its line; unless `skip_refused`, one refused row
    means that nothing is written. With a `site` the result says what is to be announced."""
    drafted = draft_rows(sheet, plan, uow.now)
    known = known_of(uow, plan, drafted)
    settled = settle(drafted.drafts, plan.target, known)
    changing = [(known.records[new.key], new.attributes) for new in settled.records if new.key in known.records]
    settled = without(settled, held(uow, plan.target, changing), known, drafted.drafts)
    refused = tuple(sorted((*drafted.refused, *settled.refused), key=lambda row: row.line))
    alike = _alike(uow, drafted.drafts, settled, known) if plan.target.type == UNIT else ()
    write = not dry_run and (skip_refused or not refused)
    if write and settled.records:
        _save(uow, settled, drafted, by)
        counts = {"new": settled.new, "changed": settled.changed, "refused": len({one.line for one in refused})}
        uow.audit("imported", by, plan.target.word, {"file": name, **counts})
    told = [one for new in settled.records for one in announced(site, known.records.get(new.key), new)] if site else []
    return replace(_told(sheet, drafted, settled, refused, write), told=tuple(told), alike=alike)


def known_of(uow: UnitOfWork, plan: Plan, drafted: Drafted) -> Known:
    """Everything stored that the drafts name, in as few questions as possible."""
    target = plan.target
    wanted = _names_by_type(drafted.drafts)
    found = {type: uow.records_called(type, sorted(names)) for type, names in wanted.items()}
    own = found.get(target.type, {}) if target.is_lines else {}
    records = own or uow.records_called(target.type, [draft.key for draft in drafted.drafts])
    referred = {(type, name): record.id for type, records in found.items() for name, record in records.items()}
    return Known(records, referred, uow.people(), uow.now.astimezone(ZoneInfo(target.zone)).date())


def _save(uow: UnitOfWork, settled: Settled, drafted: Drafted, by: str | None) -> None:
    """The reason that stands in a row stays on record with what it changes."""
    because = {draft.key: draft.because for draft in drafted.drafts if draft.because}
    uow.save_records([record for record in settled.records if record.key not in because], by=by, source="import")
    for record in settled.records:
        if record.key in because:
            uow.save_record(record, by=by, source=f"import: {because[record.key]}")


def _alike(uow: UnitOfWork, drafts: Iterable[Draft], settled: Settled, known: Known) -> tuple[Alike, ...]:
    new = frozenset(record.key for record in settled.records) - known.records.keys()
    return look_alikes(drafts, new, lambda: uow.keys_of_length(UNIT, 1, ANY_LENGTH))


def _names_by_type(drafts: Iterable[Draft]) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for draft in drafts:
        for type, name in draft.references.values():
            wanted.setdefault(type, set()).add(name)
    return wanted


def _told(sheet: Sheet, drafted: Drafted, settled: Settled, refused: tuple[Refused, ...], written: bool) -> Imported:
    return Imported(
        rows=len(sheet.rows),
        blank=sheet.blank,
        repeated=drafted.repeated,
        new=settled.new,
        changed=settled.changed,
        unchanged=settled.unchanged,
        refused=refused,
        written=written,
        moved=settled.moved,
    )
