"""What a form shows of the earlier case about the same: its number, and whatever was entered there."""

from __future__ import annotations

from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.facts import EARLIER, CaseFacts
from engine.offers import FieldOffer
from engine.people import Person
from engine.who import has_role
from engine.writing import words_of

_LABELS = {
    "number": Text("number", "编号"),
    "open": Text("still open", "尚未结案"),
    "count": Text("how many", "数量"),
}


def speaks_of_earlier(process: Compiled, name: str) -> bool:
    """Whether a name of a form means the earlier case."""
    return bool(process.alike) and name.partition(".")[0] == "earlier"


def shown_of_earlier(process: Compiled, facts: CaseFacts, person: Person, name: str) -> FieldOffer:
    """Something of the earlier case to read. What a role may not see here it may not see there; who owns this case is not
    the owner of that one."""
    path = tuple(name.split("."))
    field = process.fields.get(path[1]) if len(path) > 1 and path[1] not in EARLIER else None
    hidden = field is not None and bool(field.visible_to) and not has_role(person, field.visible_to or (), None)
    what = field.label if field else _LABELS.get(path[-1], Text("number", "编号"))
    more = " ".join(path[2:]).replace("_", " ")
    label = Text(
        f"Earlier case: {what.say('en')}{f': {more}' if more else ''}",
        f"之前的工单：{what.say('zh-Hans')}{f'：{more}' if more else ''}",
    )
    words = Text() if hidden else Text(*(words_of(process, path, facts, language) for language in ("en", "zh-Hans")))
    return FieldOffer(name, "text", label, Text(), False, True, not hidden, words.en or None, words)
