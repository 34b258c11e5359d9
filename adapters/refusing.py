"""The refusals a store itself utters, each in both languages."""

from __future__ import annotations

from engine.definition.texts import Text
from engine.refusals import Refusal


def stale(number: str) -> Refusal:
    """The case moved on since it was read."""
    return Refusal(
        "stale",
        Text(
            f"Somebody else has just worked on case {number}. Open it again and look at what changed.",
            f"有人刚刚处理过工单 {number}。请重新打开并查看变化。",
        ),
        concerns=number,
    )


def record_moved(type: str, key: str) -> Refusal:
    """The record is no longer as it was seen."""
    return Refusal(
        "stale",
        Text(
            f"Somebody else has just changed {type} '{key}'. Open the case again and look at what changed.",
            f"有人刚刚更改了 {type}“{key}”。请重新打开工单并查看变化。",
        ),
        concerns=key,
    )


def key_taken() -> Refusal:
    """The same idempotency key is at work in another transaction."""
    return Refusal(
        "conflict",
        Text(
            "The same request is being carried out at this moment. Look at the result before sending it again.",
            "同一请求正在处理中。请先查看结果，再决定是否重新提交。",
        ),
    )


def version_taken(process: str, number: int) -> Refusal:
    """Somebody published this number before."""
    return Refusal(
        "conflict",
        Text(
            f"Version {number} of '{process}' was published a moment ago. Look at it, then publish yours as the next one.",
            f"“{process}”的第 {number} 版刚刚已发布。请先查看，再将您的修改作为下一版发布。",
        ),
        concerns=process,
    )


def unknown_record(type: str, id: str) -> Refusal:
    """No such record."""
    return Refusal(
        "unknown",
        Text(
            f"There is no {type} '{id}'. Import it, or choose another one.",
            f"没有 {type}“{id}”。请先导入，或另选一个。",
        ),
        concerns=id,
    )


def key_of_another(type: str, key: str) -> Refusal:
    """Two records of a type cannot have the same key."""
    return Refusal(
        "conflict",
        Text(
            f"Another {type} is already known as '{key}'. Keys are unique; correct one of the two.",
            f"另一个 {type} 已使用“{key}”。编号必须唯一，请更正其中一个。",
        ),
        concerns=key,
    )


def unknown_case(case_id: str) -> Refusal:
    """No such case."""
    return Refusal("unknown", Text(f"There is no case '{case_id}'.", f"没有工单“{case_id}”。"), concerns=case_id)


def number_taken(number: str) -> Refusal:
    """Two cases cannot have one number."""
    return Refusal(
        "conflict",
        Text(f"There is a case {number} already. Please try again.", f"工单 {number} 已存在。请重试。"),
        concerns=number,
    )


def busy() -> Refusal:
    """The database was held by another program for longer than we wait."""
    return Refusal(
        "conflict",
        Text(
            "The database is held by another program for longer than ten seconds. Nothing was changed; please try again.",
            "数据库被其他程序占用超过十秒。未做任何更改，请重试。",
        ),
    )
