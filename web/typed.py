"""One text that somebody typed as the JSON value it means, and back into its box. What cannot be read stays as typed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from engine.typed_values import in_our_time


def meant(type: str, text: str, zone: ZoneInfo) -> Any:
    """The value of a text in a field of this type; None for an empty one."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return None
    match type:
        case "yes_no":
            return {"yes": True, "no": False}.get(text, text)
        case "number":
            return _number(text)
        case "money":
            return _money(text)
        case "datetime":
            return _instant(text, zone)
        case _:
            return text


def in_the_box(type: str, value: Any, zone: ZoneInfo, keys: Mapping[str, str]) -> str:
    """What stands in the box for a value. `keys`: what records are known by."""
    if value is None or isinstance(value, list | dict):
        return ""
    match type:
        case "yes_no" if isinstance(value, bool):
            return "yes" if value else "no"
        case "record":
            return keys.get(str(value), str(value))
        case "datetime":
            try:
                return in_our_time(dt.datetime.fromisoformat(str(value))).astimezone(zone).strftime("%Y-%m-%dT%H:%M")
            except ValueError:
                return str(value)
        case _:
            return str(value)


def _number(text: str) -> int | float | str:
    plain = text.replace(",", "").replace("，", "").replace(" ", "")
    if re.fullmatch(r"[-+]?\d{1,15}", plain):
        return int(plain)
    if re.fullmatch(r"[-+]?\d{0,15}\.\d{1,10}", plain):
        return float(plain)
    return text


def _money(text: str) -> str:
    plain = re.sub(r"^[¥￥$€]\s*|\s*(元|CNY|RMB)$", "", text).replace(",", "").replace("，", "").replace(" ", "")
    return plain if re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,4})?", plain) else text


def _instant(text: str, zone: ZoneInfo) -> str:
    try:
        moment = in_our_time(dt.datetime.fromisoformat(text))
    except ValueError:
        return text
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return local.astimezone(dt.UTC).isoformat()
