"""What an open case alone changes of a record: what it has written, and what the site leaves to cases of its process. A machine
on the workshop's shelf is not with its customer, nor another customer's, because somebody corrects a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.definition.texts import Text
from engine.importing.targets import Target
from engine.records import Record
from engine.replaced import OVER, UNIT
from engine.store import UnitOfWork

Wish = tuple[Record, Mapping[str, Any]]
"""A record as it is stored, and attributes that somebody wants it to have."""


def held(uow: UnitOfWork, target: Target, wishes: Sequence[Wish]) -> dict[str, tuple[str, Text]]:
    """By the id of a record the attribute that does not change, and why. What was empty may be filled in while a case is open,
    unless the case has emptied it."""
    changing = {
        record.id: (record, names) for record, wanted in wishes if (names := [*_held_ones(target, record, wanted)])
    }
    processes = sorted({process for a in target.described.values() for process in a.held_by})
    cases = uow.open_about(target.type, list(changing), processes) if changing else {}
    found: dict[str, tuple[str, Text]] = {}
    for id, (record, names) in changing.items():
        for name in names:
            writer = _writer(uow, record, name)
            about = [cases.get(id, {}).get(process, "") for process in target.described[name].held_by]
            if writer:
                found[id] = name, _written_by(writer)
            elif record.attributes.get(name) and any(about):
                found[id] = name, _kept_by(next(filter(None, about)))
    return found


def _held_ones(target: Target, record: Record, wanted: Mapping[str, Any]) -> Iterator[str]:
    for name, attribute in target.described.items():
        if target.type == UNIT and name == "status" and record.attributes.get(name) in OVER:
            continue  # its life is over, and which of these words says it best is no case's alone
        if attribute.held_by and name in wanted and (wanted[name] or None) != (record.attributes.get(name) or None):
            yield name


def _writer(uow: UnitOfWork, record: Record, name: str) -> str:
    """The number of the open case that has written this last, or ""."""
    moves = [change for change in uow.record_history(record.type, record.id) if change["attribute"] == name]
    writers = uow.cases_numbered([str(move["reason"]) for move in moves[-1:]])
    return next((number for number, case in writers.items() if case.is_open), "")


def _written_by(number: str) -> Text:
    return Text(
        f"{number} is open and has written this; it changes there", f"此项由未结工单 {number} 写入，请在该工单中变更"
    )


def _kept_by(number: str) -> Text:
    return Text(
        f"{number} is open about this; change it there, or here once it has ended",
        f"涉及此档案的工单 {number} 尚未结案，请在该工单中变更，或待其结案后再更改",
    )
