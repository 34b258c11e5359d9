"""What a case has written about a unit stays: no list and no correction by hand lets a unit live again that was replaced,
scrapped or lost. What people alone have typed, people put right.

Says in words why a change of a record is refused; the swap itself is in `engine.units`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from engine.definition.texts import Text

UNIT = "serial_number"
WRITTEN_BY_A_SWAP = ("replaces", "replaced_by")
OVER = {"replaced": "已被替换", "scrapped": "已报废", "lost": "已丢失"}
"""What a unit is that nobody uses any more, with its Chinese name."""


def over_since(changes: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Why a unit that is over is so, by what its record was told (oldest first): every reason since it last was not. That of
    a case is its number."""
    told = (change for change in reversed(changes) if change["attribute"] == "status")
    return tuple(str(change["reason"]) for change in takewhile(lambda change: change["new"] in OVER, told))


def why_not(
    type: str, old: Mapping[str, Any] | None, new: Mapping[str, Any], *, mistyped: bool = False
) -> tuple[str, Text] | None:
    """The attribute and the reason, when these attributes may not take the place of the old ones (None: a new record).
    `mistyped`: nobody but people said that the unit is over, and one of them corrects it."""
    if type != UNIT:
        return None
    for name in WRITTEN_BY_A_SWAP:
        if old is not None and (old.get(name) or None) != (new.get(name) or None):
            return name, Text("only a swap changes this of a unit that is known", "已登记设备的此项只能通过换机变更")
    heir, status = new.get("replaced_by"), str(new.get("status") or "")
    if heir and status not in OVER:
        return "status", Text(
            f"it was replaced by {heir} and cannot be '{status}'; choose one of: {', '.join(OVER)}",
            f"该设备已被 {heir} 替换，状态不能为“{status}”，可选：{'、'.join(OVER)}",
        )
    before = str((old or {}).get("status") or "")
    if before in OVER and status not in OVER and not mistyped:
        return "status", Text(
            f"it is {before} and does not come back into use by hand; only the case that receives it again says so",
            f"该设备{OVER[before]}，不能手工恢复使用；确已找回的，请登记返厂，收货后由工单恢复",
        )
    return None
