"""What stood in the tables of a form when somebody read it. What was told meanwhile, by a carrier or in another branch, nobody
would tell again: a form that was read before does not write over it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from engine.case import Case
from engine.confidential import is_hidden
from engine.definition.compiled import Compiled, CompiledForm
from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.draft import Draft
from engine.people import Person
from engine.refusals import Overtaken, Unseen
from engine.rows import ROW, cells_of, rows_of


def as_seen(process: Compiled, case: Case, form: CompiledForm, person: Person | None) -> dict[str, str]:
    """A short text for each table that a form writes, another one for other rows; "" for a table without any."""
    tables = [name for name in form.takes if process.fields[name].type == "table"]
    return {name: _as_seen(process, case, form, person, name) for name in tables}


def refuse_overtaken(
    process: Compiled,
    draft: Draft,
    form: CompiledForm,
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    person: Person | None,
) -> None:
    """Whoever writes a table has seen the rows that stand in it. Raises Unseen for one who does not say so, Overtaken for
    one who saw others. Nothing of this event may have touched the draft yet."""
    stands = as_seen(process, draft.base, form, person)
    changed = [name for name, now in stands.items() if name in values and seen.get(name, "") != now]
    unsaid = [name for name in changed if name not in seen]
    if unsaid:
        raise Unseen({name: _unseen(process.fields[name]) for name in unsaid})
    if changed:
        raise Overtaken({name: _overtaken(process.fields[name]) for name in changed})


def _as_seen(process: Compiled, case: Case, form: CompiledForm, person: Person | None, name: str) -> str:
    field = process.fields[name]
    rows = _rows(field, case.values.get(name), form.to_enter(name))
    if not rows:
        return ""
    hidden = person is not None and is_hidden(process, case, name, person)
    # Who may not read the rows is not told by a checksum what they are: any change of the case counts.
    return _checksum(case.revision if hidden else rows)


def _rows(field: FieldDef, value: Any, only: Sequence[str]) -> list[dict[str, Any]]:
    """The rows as a form offers them: perhaps only some columns, of fixed rows those that are filled."""
    rows = [
        {name: cell for name, cell in row.items() if not only or name == ROW or name in only}
        for row in rows_of(field, value)
    ]
    return [row for row in rows if cells_of(row)] if field.rows else rows


def _checksum(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _overtaken(table: FieldDef) -> Text:
    en, zh = table.label.say("en"), table.label.say("zh-Hans")
    return Text(
        f"'{en}' changed after you opened it. Look at it as it is now, and enter again what you meant to change.",
        f"您打开之后，“{zh}”的内容已有变化。请核对最新内容，再重新填写您的更改。",
    )


def _unseen(table: FieldDef) -> Text:
    en, zh = table.label.say("en"), table.label.say("zh-Hans")
    return Text(
        f"'{en}' already holds rows. Read the task first and send its 'seen' along, so that nothing told meanwhile is lost.",
        f"“{zh}”中已有内容。请先读取该任务，并随请求提交其中的“seen”，以免覆盖此期间的新消息。",
    )
