"""One plain value that somebody entered, of a field or of a cell: the JSON value to store, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from engine.definition.compiled import Compiled
from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.file_kinds import wrong_kind
from engine.pattern_words import pattern_words
from engine.people import World, roles_in
from engine.typed_values import in_our_time
from engine.writing import is_one_address

LONGEST = {"text": 500, "long_text": 20_000, "email": 254, "phone": 40}
_LONE_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a character, as JSON can write them: no text, and no store takes them."""
_UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp"})
_SHAPELESS = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufe0f")
"""Letters by name, blank by sight."""
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,38}")


class WrongValue(Exception):
    """A value that does not fit its field."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def one_value(field: FieldDef, value: Any, process: Compiled, world: World) -> Any:
    """The JSON value to store, None for an empty one. Raises WrongValue. A table is not one value: see `tables`."""
    if isinstance(value, str):
        value = "" if is_blank(value) else value.strip()
    if value is None or value == "" or value == []:
        return None
    match field.type:
        case "text" | "long_text" | "email" | "phone":
            clean: Any = _text(field, value)
        case "number" | "money":
            clean = _number(field, value)
        case "yes_no":
            clean = _yes_no(value)
        case "choice":
            clean = _choice(field, value)
        case "choices":
            listed = value if isinstance(value, list | tuple) else [value]
            clean = list(dict.fromkeys(_choice(field, one) for one in listed))
        case "date":
            clean = _date(value)
        case "datetime":
            clean = _datetime(value, process.site.timezone)
        case "user" | "record" | "case":
            clean = _named(field, value, process, world)
        case "files":
            clean = _files(field, value)
        case "signature":
            clean = _files(field.model_copy(update={"accept": ("image",), "max": 1}), value)
        case "table":
            raise AssertionError("a table is entered row by row")
    return clean


def is_blank(text: str) -> bool:
    """Whether nobody would see anything of it: gaps, and marks that have no shape, answer no question."""
    return all(letter in _SHAPELESS or unicodedata.category(letter) in _UNSEEN or letter.isspace() for letter in text)


def _text(field: FieldDef, value: Any) -> str:
    if isinstance(value, bool | list | dict):
        raise WrongValue(Text("A text is needed here.", "此处需要文字。"))
    text = str(value).replace("\r\n", "\n")
    most = LONGEST[field.type]
    if len(text) > most:
        raise WrongValue(
            Text(f"At most {most:,} characters; this is {len(text):,}.", f"最多 {most} 个字符，现有 {len(text)} 个。")
        )
    if any((ord(c) < 32 and c not in "\n\t") or _LONE_HALVES.match(c) for c in text):
        raise WrongValue(Text("This holds characters that cannot be shown.", "内容包含无法显示的字符。"))
    if field.type == "text" and "\n" in text:
        text = " ".join(text.split())
    if field.type == "email" and not is_one_address(text):
        raise WrongValue(
            Text("Write one mail address, like name@example.com.", "请填写一个邮箱地址，例如 name@example.com。")
        )
    if field.type == "phone" and not _PHONE.fullmatch(text):
        raise WrongValue(Text("Write a phone number, digits and spaces only.", "请填写电话号码，仅限数字和空格。"))
    if field.pattern and not re.fullmatch(field.pattern, text):
        form = pattern_words(field.pattern)
        raise WrongValue(Text(f"Write it like this: {form.en}.", f"格式应为：{form.zh}。"))
    return text


def _number(field: FieldDef, value: Any) -> Any:
    try:
        if isinstance(value, bool):
            raise InvalidOperation
        number = Decimal(str(value).replace(",", "").replace("￥", "").replace("¥", "").strip())
        if not number.is_finite() or abs(number) >= 10**15:
            raise InvalidOperation
    except InvalidOperation:
        raise WrongValue(
            Text("A number is needed here, like 120 or 99.50.", "请填写数字，例如 120 或 99.50。")
        ) from None
    if field.least is not None and number < Decimal(str(field.least)):
        raise WrongValue(Text(f"At least {field.least:g}.", f"不得小于 {field.least:g}。"))
    if field.most is not None and number > Decimal(str(field.most)):
        raise WrongValue(Text(f"At most {field.most:g}.", f"不得大于 {field.most:g}。"))
    if field.type == "money":
        if number != number.quantize(Decimal("0.01")):
            raise WrongValue(Text("At most two decimal places.", "最多两位小数。"))
        return f"{number:.2f}"
    return int(number) if number == number.to_integral_value() else float(number)


def _yes_no(value: Any) -> bool:
    words = {"yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False}
    if isinstance(value, bool):
        return value
    if str(value).lower() in words:
        return words[str(value).lower()]
    raise WrongValue(Text("Answer yes or no.", "请选择是或否。"))


def _choice(field: FieldDef, value: Any) -> str:
    choices = field.choices or {}
    if str(value) in choices:
        return str(value)
    for id, label in choices.items():
        if str(value) in (label.en, label.zh):
            return id
    en, zh = (", ".join(label.say(lang) for label in choices.values()) for lang in ("en", "zh-Hans"))
    raise WrongValue(Text(f"Choose one of: {en}.", f"请从以下选项中选择：{zh}。"))


def _date(value: Any) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    try:
        return in_our_time(dt.date.fromisoformat(str(value))).isoformat()
    except ValueError:
        raise WrongValue(Text("Write a date like 2026-03-02.", "请填写日期，例如 2026-03-02。")) from None


def _datetime(value: Any, zone: str) -> str:
    try:
        at = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value).replace(" ", "T", 1))
        at = in_our_time(at)
    except ValueError:
        raise WrongValue(
            Text("Write a date and time like 2026-03-02 14:30.", "请填写日期和时间，例如 2026-03-02 14:30。")
        ) from None
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(dt.UTC).isoformat()


def _named(field: FieldDef, value: Any, process: Compiled, world: World) -> str:
    """Somebody or something that has to be there."""
    if field.type == "user":
        return _user(field, value, process, world)
    return _record(field, value, world) if field.type == "record" else _case(field, value, world)


def _user(field: FieldDef, value: Any, process: Compiled, world: World) -> str:
    person = world.people.get(str(value)) or next((p for p in world.people.values() if p.name == value), None)
    if person is None or not person.active:
        raise WrongValue(Text(f"Nobody here is called '{value}'.", f"没有名为“{value}”的在职人员。"))
    wanted = roles_in(field.role)
    if wanted and not person.roles & set(wanted):
        names = [process.site.roles.get(role, Text(role, role)) for role in wanted]
        english, chinese = ", ".join(n.say("en") for n in names), "、".join(n.say("zh-Hans") for n in names)
        raise WrongValue(Text(f"{person.name} is not: {english}.", f"{person.name}不是{chinese}。"))
    return person.id


def _record(field: FieldDef, value: Any, world: World) -> str:
    wanted = value.get("id") if isinstance(value, Mapping) else value
    snapshot = world.records.get((field.of or "", str(wanted)))
    if snapshot is None:
        raise WrongValue(
            Text(f"'{wanted}' is not known here; pick one from the list.", f"未找到“{wanted}”，请从列表中选择。")
        )
    return str(snapshot.get("id", wanted))


def _case(field: FieldDef, value: Any, world: World) -> str:
    """A case by its number; what nobody looked up (an action or a scenario says it) is taken as it stands."""
    if isinstance(value, bool | list | dict) or len(str(value)) > LONGEST["text"]:
        raise WrongValue(Text("The number of a case is needed here.", "此处需要填写工单号。"))
    number = world.cases.get((field.of or "", str(value)), str(value))
    if number is None:
        raise WrongValue(
            Text(
                f"There is no case '{value}' that could be named here; pick one from the list.",
                f"没有可在此填写的工单“{value}”，请从列表中选择。",
            )
        )
    return number


def _files(field: FieldDef, value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list | tuple) else [value]
    files = [
        dict(f) if isinstance(f, Mapping) else {"id": str(f), "name": str(f), "type": "", "size": 0} for f in listed
    ]
    if field.most is not None and len(files) > field.most:
        raise WrongValue(Text(f"At most {field.most:g} files.", f"最多 {field.most:g} 个文件。"))
    if field.least is not None and len(files) < field.least:
        raise WrongValue(Text(f"At least {field.least:g} files.", f"至少 {field.least:g} 个文件。"))
    for file in files:
        if wrong := wrong_kind(str(file.get("name")), str(file.get("type", "")), field.accept or ()):
            raise WrongValue(wrong)
    return files
