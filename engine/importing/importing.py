"""A list is imported: read, held against what is stored, and written whole or not at all. One transaction per list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.announcing import Announced, announced
from engine.definition.compiled import Site
from engine.held_by_a_case import held
from engine.importing.alike import Alike, look_alikes
from engine.importing.drafting import Draft, Drafted, draft_rows
from engine.importing.plan import Plan
from engine.importing.settling import Known, Settled, settle
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
    drafted = draft_rows(sheet, plan)
    known = known_of(uow, plan, drafted)
    settled = settle(drafted.drafts, plan.target, known)
    refused = tuple(sorted((*drafted.refused, *settled.refused), key=lambda row: row.line))
    alike = _alike(uow, drafted.drafts, settled, known) if plan.target.type == UNIT else ()
    write = not dry_run and (skip_refused or not refused)
    if write and settled.records:
        uow.save_records(settled.records, by=by, source="import")
        counts = {"new": settled.new, "changed": settled.changed, "refused": len(refused)}
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
    held_ones = {draft.key: no for draft in drafted.drafts if (no := held(uow, records.get(draft.key), draft.values))}
    return Known(records, referred, uow.people(), held_ones)


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
    )
