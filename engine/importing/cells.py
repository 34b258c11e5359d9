"""What one cell means: a text, number, amount, date, yes or no. Must not know columns or records.

Dates are the trap: 3/4/2026 is two days, so a whole column is looked at before any of it is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from engine.definition.texts import Text
from engine.writing import is_one_address

DateOrder = Literal["iso", "mdy", "dmy"]
Order = Literal["iso", "mdy", "dmy", "auto"]
LONGEST = 2_000
LONGEST_KEY = 100
_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:[-/.]|年)(\d{{1,2}})(?:[-/.]|月)(\d{{1,2}})日?{_TIME}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,38}")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_SHORTENED = re.compile(r"\d[.,]?\d*[eE]\+\d+")
_FLAGS = {"yes": True, "y": True, "true": True, "1": True, "是": True, "no": False, "n": False, "false": False}
_FLAGS |= {"0": False, "否": False}


class WrongCell(Exception):
    """A cell that cannot be what its column is."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def date_order(cells: Sequence[str]) -> DateOrder | Literal["unclear"]:
    """How a column writes its dates: `iso` when the year comes first everywhere (or nothing is a date), else whether month or
    day comes first; `unclear` when every date could be either, or some can only be one and some only the other."""
    pairs = [(int(m[1]), int(m[3])) for cell in cells if (m := _YEAR_LAST.fullmatch(cell))]
    if not pairs:
        return "iso"
    first, second = max(a for a, _ in pairs), max(b for _, b in pairs)
    if all(a == b for a, b in pairs):
        return "mdy"  # 5/5/2026 is one day however it is read
    if (first > 12) == (second > 12):
        return "unclear"
    return "dmy" if first > 12 else "mdy"


def value_of(kind: str, cell: str, order: DateOrder = "iso") -> Any:
    """The JSON value of a cell that is not empty. Raises WrongCell."""
    _refuse_damage(cell)
    match kind:
        case "date":
            return read_date(cell, order).isoformat()
        case "datetime":
            return read_date(cell, order).isoformat()
        case "number":
            number = _number(cell)
            return int(number) if number == number.to_integral_value() else float(number)
        case "money":
            return _money(cell)
        case "yes_no":
            return _flag(cell)
        case "email":
            if not is_one_address(cell):
                raise WrongCell(Text(f"'{cell}' is not a mail address", f"“{cell}”不是邮箱地址"))
        case "phone":
            if not _PHONE.fullmatch(cell):
                raise WrongCell(Text(f"'{cell}' is not a telephone number", f"“{cell}”不是电话号码"))
    return _text(cell)


def key_of(cell: str) -> str:
    """What a record is known by. Raises WrongCell for what a spreadsheet has made of a long number."""
    _refuse_damage(cell)
    if _SHORTENED.fullmatch(cell):
        raise WrongCell(
            Text(
                f"'{cell}' is a number that a spreadsheet has shortened; export the column as text",
                f"“{cell}”是被电子表格缩写的数字，请将该列按文本格式导出",
            )
        )
    if len(cell) > LONGEST_KEY:
        raise WrongCell(Text(f"it is longer than {LONGEST_KEY} characters", f"超过 {LONGEST_KEY} 个字符"))
    return " ".join(cell.split())


def read_date(cell: str, order: DateOrder) -> dt.date:
    """The day of a date, with or without a time of day behind it."""
    if found := (_YEAR_FIRST.fullmatch(cell) or _EIGHT.fullmatch(cell)):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif (found := _YEAR_LAST.fullmatch(cell)) and order != "iso":
        year, a, b = int(found[4]), int(found[1]), int(found[3])
        month, day = (a, b) if order == "mdy" else (b, a)
    else:
        raise WrongCell(Text(f"'{cell}' is not a date like 2026-03-02", f"“{cell}”不是形如 2026-03-02 的日期"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise WrongCell(Text(f"'{cell}' is not a day of the calendar", f"“{cell}”不是有效日期")) from None


def _text(cell: str) -> str:
    if len(cell) > LONGEST:
        raise WrongCell(Text(f"it is longer than {LONGEST:,} characters", f"超过 {LONGEST} 个字符"))
    return cell


def _refuse_damage(cell: str) -> None:
    if "\ufffd" in cell:
        raise WrongCell(
            Text(
                "it holds '\ufffd': the file was damaged when it was saved before; export it again",
                "含有“\ufffd”：文件在之前保存时已损坏，请重新导出",
            )
        )
    if any(ord(c) < 32 and c not in "\n\t\r" for c in cell):
        raise WrongCell(Text("it holds characters that cannot be shown", "含有无法显示的字符"))


def _number(cell: str) -> Decimal:
    plain = re.sub(r"^[￥¥$€£]\s*", "", cell)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    try:
        number = Decimal(plain)
        if not number.is_finite() or abs(number) >= 10**15:
            raise InvalidOperation
    except InvalidOperation:
        raise WrongCell(
            Text(f"'{cell}' is not a number like 120 or 99.50", f"“{cell}”不是形如 120 或 99.50 的数字")
        ) from None
    return number


def _money(cell: str) -> str:
    amount = _number(cell)
    if amount != amount.quantize(Decimal("0.01")):
        raise WrongCell(Text(f"'{cell}' has more than two decimal places", f"“{cell}”超过两位小数"))
    return f"{amount:.2f}"


def _flag(cell: str) -> bool:
    flag = _FLAGS.get(cell.casefold())
    if flag is None:
        raise WrongCell(Text(f"'{cell}' is neither yes nor no", f"“{cell}”既不是“是”也不是“否”"))
    return flag
