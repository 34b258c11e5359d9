"""What followed from something that happened, in short sentences: steps, tasks, mails, reminders, records.

Reads the details of a history row (see `engine.effects.WriteHistory`); a key it does not know is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from engine.definition.compiled import Compiled
from engine.definition.model import Column, FieldDef
from engine.definition.texts import Text
from engine.news_by_hand import MAIL_CAME_BACK, news_fields
from engine.offers import FieldOffer
from engine.subjects import mail_name
from engine.telling import BY, WAYS, WORDS
from web import saying
from web.words import CATALOGUE, say

Names = Callable[[str], str]


class Teller:
    """Says what followed, in one language; `person`, `role`, `process` and `case` give names to ids."""

    def __init__(
        self,
        compiled: Compiled | None,
        language: str,
        person: Names,
        role: Names,
        process: Names,
        case: Names = lambda _: "",
    ) -> None:
        self._compiled = compiled
        self._zone = ZoneInfo(compiled.site.timezone) if compiled else ZoneInfo("UTC")
        self.language = language
        self._person, self._role, self._process, self._case = person, role, process, case

    def sentences(self, details: Mapping[str, Any]) -> list[str]:
        """One sentence for each kind of consequence, in the order people want to know them."""
        return [s for key, tell in self._tellers() if (s := self._one(key, tell, details.get(key)))]

    def _joined(self, words: Iterable[str]) -> str:
        return say("list.comma", self.language).join(words)

    def step(self, name: str) -> str:
        """What a step is called, by its name or path."""
        found = self._compiled.steps.get(name) or self._compiled.steps.get(_last(name)) if self._compiled else None
        return found.label.say(self.language) if found is not None else name

    def event(self, name: str) -> str:
        """What an event is called."""
        found = self._compiled.events.get(name) if self._compiled else None
        return found.label.say(self.language) if found is not None and found.label else name

    def news(self, event: str, values: Mapping[str, Any]) -> list[str]:
        """What an event said, each thing under its name, in the order the process declares them."""
        fields = news_fields(self._compiled, event) if self._compiled else ()
        told = [(field, values[field.name]) for field in fields if values.get(field.name) not in (None, "", [])]
        colon = say("list.colon", self.language)
        return [f"{field.label.say(self.language)}{colon}{self._carried(event, field, value)}" for field, value in told]

    def _carried(self, event: str, field: FieldOffer, value: Any) -> str:
        if event == MAIL_CAME_BACK and field.name == "template":
            return self._mail(value)
        chosen = next((label.say(self.language) for id, label in field.choices if id == value), "")
        return chosen or self.plain(field.type, value)

    def value(self, field: FieldDef | Column | None, value: Any) -> str:
        """One value as people read it: choices, people, money and days in words."""
        choices = (field.choices if field else None) or {}
        if field is not None and field.type in ("choice", "choices") and value in choices:
            return choices[value].say(self.language)
        return self.plain(field.type if field else "", value)

    def plain(self, type: str, value: Any) -> str:
        """A value of this type that needs no choices to be read."""
        if isinstance(value, bool):
            return say("yes" if value else "no", self.language)
        match type:
            case "user":
                return self._person(str(value))
            case "money":
                return saying.amount(value, self.language)
            case "date":
                return saying.day(value, self.language)
            case "datetime":
                return saying.instant(value, self._zone, self.language)
            case _:
                return str(value)

    def _tellers(self) -> Iterable[tuple[str, Callable[[Any], str | list[str]]]]:
        return (
            ("entered", lambda v: self.step(str(v))),
            ("milestone", self._milestone),
            ("escalated", lambda v: self._role(_of(v, "role"))),
            ("put_away", self._text),
            ("reminded", lambda v: self._people(v) or [self._role(_of(v, "whom"))]),
            ("drafted", self._mail),
            ("withdrawn", self._mail),
            ("sent", self._mail),
            ("told", self._told),
            ("mailed", self._written_to),
            ("started", lambda v: self._process(str(v))),
            ("called", self._operation),
            ("recorded", self._record),
            ("child", lambda v: self._case(str(v))),
            ("beside", str),
            ("noted", self._text),
            ("to", lambda v: self._person(str(v))),
            ("moved_to", lambda v: self.step(str(v))),
            ("until", lambda v: saying.instant(v, self._zone, self.language)),
            ("late", str),
            ("missing", self._field),
        )

    def _one(self, key: str, tell: Callable[[Any], str | list[str]], value: Any) -> str:
        values: Sequence[Any] = value if isinstance(value, list | tuple) else () if value in (None, "") else (value,)
        if key == "recorded":
            values = _by_record(values)
        told = [words if isinstance(words, list) else [words] for words in map(tell, values)]
        found = list(dict.fromkeys(word for words in told for word in words if word))
        if not found:
            return ""
        if key == "noted":  # whole sentences
            return ("" if self.language.startswith("zh") else " ").join(found)
        return say(f"followed.{key}", self.language, what=self._joined(found))

    def _people(self, value: Any) -> list[str]:
        """Each by name, so that who is meant twice is named once."""
        people = value.get("people") if isinstance(value, Mapping) else None
        return [self._person(str(p)) for p in people or ()]

    def _written_to(self, value: Any) -> list[str]:
        """A role by its name; who has the task or the case is a person, and told as one."""
        role = _of(value, "role")
        named = self._role(role) if role not in ("assignee", "owner") else ""
        return [named] if named else self._people(value)

    def _milestone(self, value: Any) -> str:
        found = self._compiled.milestones.get(str(value)) if self._compiled else None
        return found.say(self.language) if found else str(value)

    def _mail(self, value: Any) -> str:
        found = mail_name(self._compiled, str(value)) if self._compiled else None
        return found.say(self.language) if found else str(value)

    def _operation(self, value: Any) -> str:
        found = self._compiled.site.adapters.get(str(value)) if self._compiled else None
        return found.label.say(self.language) if found and found.label else str(value)

    def _told(self, value: Any) -> str:
        """In the place of which mail a customer was told, how, and in which words."""
        by = WAYS.get(_of(value, BY), Text())
        mail = self._mail(_of(value, "template"))
        return say("followed.told_by", self.language, mail=mail, by=by.say(self.language), words=_of(value, WORDS))

    def _field(self, value: Any) -> str:
        found = self._compiled.fields.get(str(value)) if self._compiled else None
        return found.label.say(self.language) if found else str(value)

    def _record(self, value: Any) -> str:
        if not isinstance(value, Mapping):
            return str(value)
        written = self._joined(self._attribute(k, v) for k, v in value.items() if k not in ("record", "reason"))
        return say("followed.record", self.language, record=str(value.get("record", "")), what=written)

    def _attribute(self, name: str, value: Any) -> str:
        label = say(f"attribute.{name}", self.language) if f"attribute.{name}" in CATALOGUE else name.replace("_", " ")
        return f"{label} {self._written(name, value)}"

    def _written(self, name: str, value: Any) -> str:
        if value in (None, ""):
            return "–"
        if isinstance(value, Mapping):
            return str(value.get("name") or value.get("number") or value.get("key") or value.get("id") or "")
        if isinstance(value, bool):
            return say("yes" if value else "no", self.language)
        if (label := self._choice(name, value)) is not None:
            return label.say(self.language)
        if f"value.{value}" in CATALOGUE:
            return say(f"value.{value}", self.language)
        return self.plain(self._kind(name), value)

    def _choice(self, attribute: str, value: Any) -> Text | None:
        """The label of a word that some record of the site takes as this attribute."""
        records = self._compiled.site.records.values() if self._compiled else ()
        described = [record.described[attribute] for record in records if attribute in record.described]
        return next((one.choices[value] for one in described if one.choices and value in one.choices), None)

    def _kind(self, attribute: str) -> str:
        """The kind in which all record types that have this attribute agree, else ""."""
        records = self._compiled.site.records.values() if self._compiled else ()
        kinds = {record.attributes[attribute] for record in records if attribute in record.attributes}
        return kinds.pop() if len(kinds) == 1 else ""

    def _text(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return Text(str(value.get("en", "")), str(value.get("zh-Hans", ""))).say(self.language)
        return str(value)


def _of(value: Any, key: str) -> str:
    return str(value.get(key) or "") if isinstance(value, Mapping) else str(value)


def _by_record(values: Sequence[Any]) -> list[Any]:
    """What was written into one record stands together."""
    found: dict[str, dict[str, Any]] = {}
    for value in values:
        if isinstance(value, Mapping):
            found.setdefault(str(value.get("record", "")), {}).update(value)
    return [*found.values(), *(value for value in values if not isinstance(value, Mapping))]


def _last(name: str) -> str:
    return name.rpartition("/")[2]
