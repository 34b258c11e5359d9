"""What a program tells of outside is looked at before it is kept for a case to come: who told it can still mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.definition.compiled import Compiled, matched_paths
from engine.definition.model.vocabulary import EventDef
from engine.definition.texts import Text
from engine.refusals import Refusal
from engine.typed_values import typed

ONE_VALUE = ("text", "long_text", "email", "phone", "choice")


def must_make_sense(name: str, values: Mapping[str, Any], processes: Iterable[Compiled], known: bool) -> None:
    """Raises Refusal for an event that none of these processes knows (`known`: a case or the site does), for one that does not
    say what it is about, and for a value that nobody asks for or that is of another kind."""
    declared = [process.events[name] for process in processes if name in process.events]
    if not declared:
        if not known:
            raise _refused(
                f"No process knows the event '{name}'; check its name.", f"没有流程使用事件“{name}”，请核对名称。"
            )
        return
    told = {key for key, value in values.items() if value not in (None, "")}
    about = [set(matched_paths(event)) for event in declared]
    if all(about) and not any(told & keys for keys in about):
        keys = ", ".join(sorted(set.union(*about)))
        raise _refused(
            f"'{name}' does not say what it is about; give it: {keys}.", f"事件“{name}”未说明对象，请填写：{keys}。"
        )
    for key in sorted(told):
        _must_suit(name, key, values[key], declared)


def _must_suit(name: str, key: str, value: Any, declared: Iterable[EventDef]) -> None:
    kinds = {event.data.get(key, "text") for event in declared if key in event.data or key in matched_paths(event)}
    if not kinds:
        names = ", ".join(sorted({key for event in declared for key in (*matched_paths(event), *event.data)}))
        raise _refused(
            f"'{name}' has no value '{key}'; it has: {names}.", f"事件“{name}”没有“{key}”，可用的有：{names}。"
        )
    if not any(_suits(kind, value) for kind in kinds):
        raise not_of_its_kind(name, key, min(kinds))


def _suits(kind: str, value: Any) -> bool:
    return typed(kind, value) is not None and not (kind in ONE_VALUE and isinstance(value, list | dict))


def not_of_its_kind(event: str, key: str, kind: str) -> Refusal:
    """What is no number, day or moment where one is declared."""
    en, zh = KINDS.get(kind, ("another kind of value", "其他类型的值"))
    return _refused(f"'{key}' of '{event}' must be {en}.", f"事件“{event}”的“{key}”应为{zh}。", concerns=key)


KINDS = {
    "number": ("a number, like 12", "数字，例如 12"),
    "money": ("an amount, like 99.50", "金额，例如 99.50"),
    "date": ("a day, like 2026-03-02", "日期，例如 2026-03-02"),
    "datetime": ("a moment, like 2026-03-02T14:30:00+08:00", "时间，例如 2026-03-02T14:30:00+08:00"),
    "yes_no": ("true or false", "true 或 false"),
} | dict.fromkeys(ONE_VALUE, ("one text", "一段文字"))


def _refused(en: str, zh: str, concerns: str = "values") -> Refusal:
    return Refusal("wrong_value", Text(en, zh), concerns=concerns)
