"""A row of a table as a customer reads it: like a line of a quotation, with labels only where a value needs one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.model import Column
from engine.definition.texts import Text
from engine.writing import money_in_words, row_in_words


def column(type: str, en: str, zh: str) -> Column:
    more = (
        {"choices": {"a": Text("A", "甲")}} if type == "choice" else {"of": "serial_number"} if type == "record" else {}
    )
    return Column(type=type, label=Text(en, zh), **more)


QUOTE = {
    "kind": column("choice", "Kind", "类别"),
    "what": column("text", "What", "内容"),
    "quantity": column("number", "Quantity", "数量"),
    "amount": column("money", "Amount of the line", "本行金额"),
}
READING = {
    "item": column("text", "What", "项目"),
    "method": column("text", "How", "方法"),
    "value": column("number", "Measured", "实测值"),
    "ok": column("yes_no", "In order", "是否合格"),
}
PARTY = {
    "party": column("choice", "Party", "承担方"),
    "share": column("number", "Per cent", "比例（%）"),
    "amount": column("money", "Amount", "金额"),
}
ATTEMPT = {
    "at": column("datetime", "When", "时间"),
    "by": column("user", "By whom", "联系人员"),
    "outcome": column("choice", "Result", "结果"),
    "day": column("date", "Counts for the day", "计入日期"),
}
TWO_AMOUNTS = {
    "part": column("text", "Part", "零件"),
    "net": column("money", "Net", "未税"),
    "gross": column("money", "Gross", "含税"),
}


@pytest.mark.parametrize(
    ("columns", "words", "zh", "en"),
    [
        (QUOTE, ("人工", "上门检测", "1", "300.00 元"), "上门检测（人工）× 1　300.00 元", "上门检测 (人工) × 1, 300.00 元"),
        (QUOTE, ("", "上门检测", "1", ""), "上门检测 × 1", "上门检测 × 1"),
        (QUOTE, ("差旅", "", "2", "5.00"), "差旅，数量：2　5.00", "差旅, Quantity: 2, 5.00"),
        (QUOTE, ("", "", "", "5.00"), "5.00", "5.00"),
        (READING, ("绝缘", "500 V", "8", "是"), "绝缘，方法：500 V，实测值：8，是否合格：是", "绝缘, How: 500 V, Measured: 8, In order: 是"),
        (PARTY, ("本公司", "60", "60.00"), "本公司，60%　60.00", "本公司, 60 %, 60.00"),
        (ATTEMPT, ("6日 10:00", "王芳", "已接通", "6日"), "6日 10:00，王芳，已接通，计入日期：6日", "6日 10:00, 王芳, 已接通, Counts for the day: 6日"),
        (TWO_AMOUNTS, ("轴承", "1.00", "1.13"), "轴承，未税：1.00，含税：1.13", "轴承, Net: 1.00, Gross: 1.13"),
    ],
)  # fmt: skip
def test_a_row_reads_like_a_line_of_a_letter(
    columns: dict[str, Column], words: tuple[str, ...], zh: str, en: str
) -> None:
    said = {id: word for id, word in zip(columns, words, strict=True) if word}
    assert row_in_words(columns, said, "zh-Hans") == zh
    assert row_in_words(columns, said, "en") == en


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.data())
def test_no_cell_is_ever_left_out(data: st.DataObject) -> None:
    columns = data.draw(st.sampled_from([QUOTE, READING, PARTY, ATTEMPT, TWO_AMOUNTS]))
    filled = data.draw(st.sets(st.sampled_from(sorted(columns))))
    words = {id: f"<{id}>" for id in columns if id in filled}
    for language in ("en", "zh-Hans"):
        line = row_in_words(columns, words, language)
        assert all(word in line for word in words.values())


@pytest.mark.parametrize(
    ("currency", "said"), [(Text("CNY", "元"), "1,250.50 元"), (Text("¥", "¥"), "¥1,250.50"), (Text(), "1,250.50")]
)
def test_a_word_stands_behind_an_amount_and_a_sign_before_it(currency: Text, said: str) -> None:
    assert money_in_words(Decimal("1250.5"), currency, "zh-Hans") == said
