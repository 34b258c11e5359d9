"""What a duration in a process says: a number, a unit, and whether it counts working time.

It knows how durations are written and spoken, in both languages; not when they end, which needs a calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from engine.definition.problems import Place, Problem, problem

Unit = Literal["minute", "hour", "day", "week"]


@dataclass(frozen=True, slots=True)
class Duration:
    """`4 working hours` is (4, "hour", True); `2 days` is (2, "day", False). Whole numbers are kept as int."""

    amount: Decimal | int
    unit: Unit
    working: bool = False


class NotUnderstood(ValueError):
    """A text about time that cannot be read. `key` and `names` make the author's problem."""

    def __init__(self, key: str, /, **names: object) -> None:
        super().__init__(problem(key, Place(), **names).message.en)
        self.key = key
        self.names = names

    def problem(self, place: Place) -> Problem:
        """The problem to show for it, at the place where the text stands."""
        return problem(self.key, place, **self.names)


class NotADuration(NotUnderstood):
    """The text is not a duration (P412)."""


_LONGEST_MINUTES = 10 * 366 * 24 * 60
_MINUTES: dict[str, int] = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}
_NUMBER = r"(?P<amount>[-+−]?[0-9]{1,9}(?:\.[0-9]{1,6})?)"
_ENGLISH = re.compile(
    rf"{_NUMBER}\s+(?P<working>working\s+)?(?P<unit>minute|hour|day|week|month|year)s?", re.IGNORECASE
)
_CHINESE = re.compile(rf"{_NUMBER}\s*个?\s*(?P<working>工作)?(?P<unit>分钟|小时|天|日|周|星期|月|年)")
_ISO = re.compile(
    r"(?P<sign>[-+−]?)P(?:(?P<year>[0-9.]+)Y)?(?:(?P<month>[0-9.]+)M)?(?:(?P<week>[0-9.]+)W)?(?:(?P<day>[0-9.]+)D)?"
    r"(?:T(?:(?P<hour>[0-9.]+)H)?(?:(?P<minute>[0-9.]+)M)?)?",
    re.IGNORECASE,
)
_CHINESE_UNITS: dict[str, str] = {
    "分钟": "minute", "小时": "hour", "天": "day", "日": "day", "周": "week", "星期": "week", "月": "month", "年": "year"
}  # fmt: skip


def parse_duration(text: str) -> Duration:
    """The duration written in `text`: `4 working hours`, `3 working days`, `3个工作日`, `PT4H`, `P3D` …

    `P3D` is calendar days (same local clock time), `PT72H` is elapsed time, and so is a mixture such as `P2DT4H`.
    Raises NotADuration, which carries the key of the sentence to show.
    """
    written = text.strip()
    if found := _ENGLISH.fullmatch(written):
        return _duration(written, found["amount"], found["unit"].lower(), found["working"] is not None)
    if found := _CHINESE.fullmatch(written):
        if found["unit"] == "日" and not found["working"]:
            raise NotADuration("P412.duration", text=written)  # 2日 is a date, the second of the month
        return _duration(written, found["amount"], _CHINESE_UNITS[found["unit"]], found["working"] is not None)
    if found := _ISO.fullmatch(written):
        return _iso(written, found)
    raise NotADuration("P412.duration", text=written)


def say(duration: Duration, language: str) -> str:
    """`4 working hours` or `4个工作小时`: reads the same back through `parse_duration`."""
    amount = f"{duration.amount:f}" if isinstance(duration.amount, Decimal) else str(duration.amount)
    match duration.unit, duration.working, language.startswith("zh"):
        case unit, working, False:
            return f"{amount} {'working ' if working else ''}{unit}{'' if duration.amount == 1 else 's'}"
        case "day", True, True:
            return f"{amount}个工作日"
        case unit, working, True:
            spoken = {"minute": "分钟", "hour": "小时", "day": "天", "week": "周"}[unit]
            return f"{amount}{'个工作' if working else ''}{spoken}"
    raise AssertionError(duration)  # the last case takes all that the first two leave


def _duration(text: str, written: str, unit: str, working: bool) -> Duration:
    amount = _whole(Decimal(written.replace("−", "-")))
    if amount < 0:
        raise NotADuration("P412.negative", text=text)
    if amount == 0:
        raise NotADuration("P412.zero", text=text)
    match unit:
        case "minute" | "hour" | "day" | "week":
            if unit == "week" and working:
                raise NotADuration("P412.working_week", text=text)
            if unit in ("day", "week") and not isinstance(amount, int):
                raise NotADuration("P412.fraction", text=text)
            if amount * _MINUTES[unit] > _LONGEST_MINUTES:
                raise NotADuration("P412.long", text=text)
            return Duration(amount, unit, working)
        case _:
            raise NotADuration("P412.month", text=text)


def _iso(text: str, found: re.Match[str]) -> Duration:
    parts = {unit: written for unit, written in found.groupdict().items() if unit != "sign" and written is not None}
    if not parts or text[-1] in "Tt" or any(not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", n) for n in parts.values()):
        raise NotADuration("P412.duration", text=text)
    if "month" in parts or "year" in parts:
        raise NotADuration("P412.month", text=text)
    if len(parts) == 1:
        ((unit, written),) = parts.items()
        return _duration(text, found["sign"] + written, unit, working=False)
    unit = "minute" if "minute" in parts else "hour" if "hour" in parts else "day"
    minutes = sum(Decimal(written) * _MINUTES[part] for part, written in parts.items())
    return _duration(text, f"{found['sign']}{minutes / _MINUTES[unit]:f}", unit, working=False)


def _whole(amount: Decimal) -> Decimal | int:
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()
