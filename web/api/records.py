"""Records over JSON: customers, orders, serial numbers and what else the site keeps."""

from __future__ import annotations

from flask import abort

from engine.records import Record
from engine.screens import Page
from web import current
from web.api.models.records import (
    AddRecord,
    AskedLookUp,
    AskedRecords,
    ChangeRecord,
    FoundList,
    FoundTold,
    RecordPage,
    RecordTold,
)
from web.api.operations import operation, room

records = room("records", "Records", "What cases hang on.")


@records.get("/records/<record_type>")
@operation("see_records", RecordPage, asks=AskedRecords, refuses=(404,), said="A page of records.")
def list_records(record_type: str, asked: AskedRecords) -> RecordPage:
    """List the records of a type by key."""
    _known(record_type)
    rows = current.read(lambda s: s.records(record_type, asked.text, Page(asked.after, asked.limit)))
    return RecordPage(records=[_told(row) for row in rows.rows], next=rows.next)


@records.get("/records/<record_type>/<record_id>")
@operation("see_records", RecordTold, refuses=(404,), said="The record.")
def read_record(record_type: str, record_id: str) -> RecordTold:
    """Read a record by its id or by its key."""
    _known(record_type)
    found = current.read(lambda s: s.find_record(record_type, record_id))
    if found is None:
        abort(404)
    return _told(found)


@records.post("/records/<record_type>")
@operation(
    "add_records", RecordTold, takes=AddRecord, status=201, refuses=(403, 404, 409, 422), said="The record is entered."
)
def add_record(record_type: str, body: AddRecord) -> RecordTold:
    """Enter a record, attribute by attribute, as people type them; records and people by what they are known by. A serial
    number that reads like a known one is refused unless `because` says why it is another unit. Where the site names the words
    of an attribute, only those are taken, and of them those with which a record begins."""
    _known(record_type)
    me = current.me().id
    return _told(current.house().desk.add_record(record_type, body.attributes, me, because=body.because))


@records.patch("/records/<record_type>/<record_id>")
@operation(
    "change_records", RecordTold, takes=ChangeRecord, refuses=(403, 404, 409, 422), said="The record as it is now."
)
def change_record(record_type: str, record_id: str, body: ChangeRecord) -> RecordTold:
    """Correct the named attributes of a record, with the reason; an empty text empties one. What an open case holds changes
    there: the refusal names it."""
    _known(record_type)
    found = current.read(lambda s: s.find_record(record_type, record_id))
    if found is None:
        abort(404)
    me = current.me().id
    return _told(current.house().desk.change_record(record_type, found.id, body.attributes, me, body.reason))


@records.get("/look-up/<record_type>")
@operation("see_records", FoundList, asks=AskedLookUp, refuses=(404,), said="What fits.")
def look_up_records(record_type: str, asked: AskedLookUp) -> FoundList:
    """Look records up by a few letters of their key or label, as the pages do while somebody types."""
    _known(record_type)
    found = current.read(lambda s: s.look_up(record_type, asked.text.strip(), asked.limit))
    return FoundList(found=[FoundTold.of_found(one) for one in found])


def _told(record: Record) -> RecordTold:
    return RecordTold(
        type=record.type, id=record.id, key=record.key, label=record.label, attributes=dict(record.attributes)
    )


def _known(record_type: str) -> None:
    if record_type not in current.catalogue().record_types:
        abort(404)
