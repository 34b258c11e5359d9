"""Which free texts of a form stand as they are typed in a mail to a customer: whoever types should know, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.definition.compiled import Compiled
from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.facts import CaseFacts
from engine.letters import known_language, path_of_reader
from engine.writing import NAME

FREE_TEXTS = frozenset({"text", "long_text"})
HINTS: Mapping[str, Text] = {
    "": Text("Goes word for word into a mail to the customer.", "将原样写入给客户的邮件。"),
    "en": Text(
        "Goes word for word into a mail to the customer, who reads English.",
        "将原样写入给客户的邮件（客户语言：英文）。",
    ),
    "zh-Hans": Text(
        "Goes word for word into a mail to the customer, who reads Chinese.",
        "将原样写入给客户的邮件（客户语言：中文）。",
    ),
}
"""What is said beside such a field, by the language of the reader where it is known."""


def goes_out(process: Compiled, name: str, facts: CaseFacts) -> Text:
    """That a field is printed in a mail to the customer; nothing of any other field, nor of a number that has a form."""
    field = process.fields[name]
    if field.type not in FREE_TEXTS or field.pattern:
        return Text()
    reader = _printed(process).get(name)
    return HINTS[known_language(facts, reader)] if reader is not None else Text()


@lru_cache(maxsize=64)
def _printed(process: Compiled) -> Mapping[str, tuple[str, ...]]:
    """The fields that mails to somebody outside print, each with whom the first of these mails is to."""
    found: dict[str, tuple[str, ...]] = {}
    for mail in process.mails.values():
        reader = path_of_reader(process, mail.to)
        if not _is_outside(process.fields.get(reader[0])):
            continue
        for text in (mail.subject.en, mail.subject.zh, mail.body.en, mail.body.zh):
            for name in NAME.findall(text):
                found.setdefault(name, reader)
    return found


def _is_outside(field: FieldDef | None) -> bool:
    return field is not None and field.type != "user"
