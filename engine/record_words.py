"""Which words an attribute of a record takes, where the site names them: one of its choices, by whichever of its names."""

from __future__ import annotations

from typing import Any

from engine.definition.compiled import Compiled
from engine.definition.model.site import AttributeDef, RecordDef
from engine.definition.texts import Text


def word_meant(attribute: AttributeDef, written: str) -> str | None:
    """The choice that somebody means by its id or by one of its labels; None for what is none."""
    wanted = written.strip().casefold()
    for id, label in (attribute.choices or {}).items():
        if wanted in (id.casefold(), label.en.casefold(), label.zh.casefold()):
            return id
    return None


def unfit(record: RecordDef | None, name: str, value: Any) -> Text | None:
    """Why a process cannot write this into a record; None where it can, or where nothing is said of the attribute."""
    attribute = record.described.get(name) if record is not None else None
    if attribute is None or attribute.type != "choice" or value in (None, "", *(attribute.choices or ())):
        return None
    return none_of(str(value), tuple(attribute.choices or ()), attribute)


def none_of(written: str, wanted: tuple[str, ...], attribute: AttributeDef) -> Text:
    """A word that is not among those wanted, and what they are."""
    labels = attribute.choices or {}
    chinese = "、".join(f"{id}（{labels[id].zh}）" if labels[id].zh else id for id in wanted)
    return Text(f"'{written}' is none of: {', '.join(wanted)}", f"“{written}”不可用，可选：{chinese}")


def attribute_at(process: Compiled, path: tuple[str, ...]) -> AttributeDef | None:
    """The attribute of a record that a path of a process ends in: `sn.status`, `sn.customer.tier`; else None."""
    field = process.fields.get(path[0])
    kind, found = (field.of or "") if field is not None and field.type == "record" else "", None
    for name in path[1:]:
        record = process.site.records.get(kind)
        found = record.described.get(name) if record is not None else None
        kind = found.type if found is not None else ""
    return found
