"""What somebody enters by hand about a unit and hardly means: a number that reads like a known one, a warranty out of all
bounds. Taken only with a reason, which stays on record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from engine.alike_numbers import MOST_WRONG, scripts_in, shape_of, taken_for
from engine.definition.texts import Text
from engine.refusals import FormRefusal
from engine.replaced import UNIT
from engine.store import UnitOfWork

BECAUSE = "because"
"""The name under which a form, a program or a list says why what was entered is right all the same."""
LONGEST_WARRANTY = 10
_MOST_SEPARATORS = 6
_BEGINS = ("purchased_on", "sold_on", "ordered_on", "shipped_on", "delivered_on")
_SCRIPTS = {"LATIN": "拉丁", "CYRILLIC": "西里尔", "GREEK": "希腊", "ARMENIAN": "亚美尼亚"}
_ASKED = Text(
    "Say why, or correct what is marked. The reason stays on record.",
    "请说明理由，或更正标出的内容；理由会留存在记录中。",
)


class Doubtful(FormRefusal):
    """Nothing is impossible here, but somebody has to say why. `near`: the known numbers that read alike."""

    def __init__(self, fields: Mapping[str, Text], near: tuple[str, ...]) -> None:
        super().__init__({**fields, BECAUSE: _ASKED})
        self.near = near


def reason_for(
    uow: UnitOfWork,
    type: str,
    key_name: str,
    key: str,
    values: Mapping[str, Any],
    today: dt.date,
    *,
    because: str,
    reason: str,
) -> str:
    """What the history of a new record says. Raises Doubtful when something needs a reason and has none."""
    if type != UNIT:
        return reason
    near = _read_alike(uow, key)
    doubts = {key_name: _alike(near[0])} if near else {}
    if told := warranty_doubt(values, today):
        doubts["warranty_until"] = told
    because = " ".join(because.split())
    if doubts and not because:
        raise Doubtful(doubts, near)
    if not doubts:
        return reason
    others = f" (≠ {', '.join(near)})" if near else ""
    return f"{reason}: {because}{others}"


def mixed_scripts(number: str) -> Text | None:
    """What is wrong with a number that mixes alphabets, or None: nobody could type it off a nameplate again."""
    found = scripts_in(number)
    if len(found) < 2:
        return None
    main = "LATIN" if "LATIN" in found else max(found, key=lambda script: len(found[script]))
    odd, letters = next((script, letters) for script, letters in found.items() if script != main)
    return Text(
        f"it mixes alphabets: '{letters}' is {odd.capitalize()}, the rest {main.capitalize()}; type it anew with the "
        "letters of one alphabet",
        f"混用了不同字母表：“{letters}”是{_SCRIPTS.get(odd, odd)}字母，其余是{_SCRIPTS.get(main, main)}字母；请只用一种字母重新输入",
    )


def _read_alike(uow: UnitOfWork, key: str) -> tuple[str, ...]:
    length = len(shape_of(key))
    known = uow.keys_of_length(UNIT, length - MOST_WRONG, max(len(key), length) + MOST_WRONG + _MOST_SEPARATORS)
    return tuple(taken_for(key, known))


def _alike(other: str) -> Text:
    return Text(
        f"'{other}' is here already and reads almost the same. If it is that unit, use it; if it is another one, say why.",
        f"已登记有“{other}”，与此极为相似。若是同一台设备请直接使用；若确为另一台，请说明理由。",
    )


def warranty_doubt(values: Mapping[str, Any], today: dt.date) -> Text | None:
    """Why a warranty that ends on this day is hardly meant, or None."""
    until = _day(values.get("warranty_until"))
    bought = next((day for name in _BEGINS if (day := _day(values.get(name)))), None)
    if until is None:
        return None
    if bought is not None and until < bought:
        return Text(
            f"The warranty would end before the unit was bought ({bought.isoformat()}).",
            f"质保截止日早于购买日期（{bought.isoformat()}）。",
        )
    begins = bought or today
    if (until.year - LONGEST_WARRANTY, until.month, until.day) > (begins.year, begins.month, begins.day):
        return Text(
            f"More than {LONGEST_WARRANTY} years of warranty is unusual.",
            f"质保期超过 {LONGEST_WARRANTY} 年，不合常理。",
        )
    return None


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None
