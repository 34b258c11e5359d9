"""Whether a day or moment that a person enters lies where its field wants it: `min: now`, `max: today`.

Only what is entered anew is compared: what stood there before was right when it was entered. A minute counts as a whole,
for that is as exactly as a page asks for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from engine.definition.model import FieldDef
from engine.definition.model.vocabulary import Value
from engine.definition.texts import Text
from engine.rows import ROW
from engine.typed_values import typed
from engine.writing import day_in_words, moment_in_words


def untimely(field: Value, new: Any, old: Any, now: dt.datetime, zone: str) -> Text | None:
    """What is wrong with a value that takes the place of another, or None; such as "not later than now (…)."."""
    entered, before = typed(field.type, new), typed(field.type, old)
    if entered is None or _to_the_minute(entered) == _to_the_minute(before):
        return None
    for bound, is_latest in ((field.not_before, False), (field.not_after, True)):
        if bound and _is_beyond(entered, bound, now.astimezone(ZoneInfo(zone)), is_latest):
            return _sentence(bound, is_latest, now, zone)
    return None


def untimely_cells(
    field: FieldDef, rows: Sequence[Any], old: Any, now: dt.datetime, zone: str
) -> Iterator[tuple[int, str, Text]]:
    """The cells of a table that are not in time: row, column, what is wrong. A fixed row is compared with itself; a row
    that may have moved, with all rows there were."""
    stood = [row for row in old or () if isinstance(row, dict)]
    for n, row in enumerate(rows):
        same = [one for one in stood if one.get(ROW) == row.get(ROW)]
        for name, column in (field.columns or {}).items():
            wrongs = [untimely(column, row.get(name), one.get(name), now, zone) for one in same or [{}]]
            if all(wrongs):
                yield n, name, wrongs[0] or Text()


def after_now(value: Any, now: dt.datetime, zone: str) -> Text | None:
    """What is wrong with a moment that has not come yet, or None."""
    told = typed("datetime", value)
    late = isinstance(told, dt.datetime) and _to_the_minute(told) > _to_the_minute(now)
    return _sentence("now", True, now, zone) if late else None


def _is_beyond(entered: dt.date, bound: str, here: dt.datetime, is_latest: bool) -> bool:
    if bound == "now" and isinstance(entered, dt.datetime):
        given, limit = _to_the_minute(entered), _to_the_minute(here)
    else:
        given, limit = _day_of(entered, here), here.date()
    return bool(given > limit if is_latest else given < limit)


def _day_of(entered: dt.date, here: dt.datetime) -> dt.date:
    return entered.astimezone(here.tzinfo).date() if isinstance(entered, dt.datetime) else entered


def _to_the_minute(value: Any) -> Any:
    return value.astimezone(dt.UTC).replace(second=0, microsecond=0) if isinstance(value, dt.datetime) else value


def _sentence(bound: str, is_latest: bool, now: dt.datetime, zone: str) -> Text:
    at = now.astimezone(ZoneInfo(zone))
    en, zh = (
        moment_in_words(now, zone, language) if bound == "now" else day_in_words(at.date(), language)
        for language in ("en", "zh-Hans")
    )
    what = "现在" if bound == "now" else "今天"
    if is_latest:
        return Text(f"not later than {bound} ({en}).", f"不能晚于{what}（{zh}）。")
    return Text(f"not before {bound} ({en}).", f"不能早于{what}（{zh}）。")
