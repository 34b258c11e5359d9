"""Gaps in mails: found where a name filled in nothing, silent in what people write."""

from __future__ import annotations

import pytest

from engine.case import MailText
from web.gaps import gap


def _said(line: str) -> str:
    return gap(MailText("shipped", "li@acme.example", "Your unit", f"Dear Mr Li,\n\n{line}\n\nYours", "en"))


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("换机质保至 。", "换机质保至 。"),
        ("The warranty of the replacement ends on .", "The warranty of the replacement ends on ."),
        ("The unit () was sent by post.", "The unit () was sent by post."),
        ("您的产品“”已寄出。", "您的产品“”已寄出。"),
        ("补充：【请填写】", "补充：【请填写】"),
        ("The fee is [please fill in the amount].", "The fee is [please fill in the amount]."),
        ("It was sent by  on 2 March.", "It was sent by  on 2 March."),
    ],
)
def test_a_name_that_filled_in_nothing_is_pointed_out(line: str, shown: str) -> None:
    assert _said(line) == shown


@pytest.mark.parametrize(
    "line",
    [
        "换机质保至2027年3月2日。",
        "It measures .5 mm (±0.1); see “report”.",
        "Please call +86 21 5555 0101, or write.",
        "【重要】请勿开机，见附件 [1]。",
        "  indented by hand",
        "Yours,  Anna",
        "您好！  请签收。",
        "",
    ],
)
def test_what_people_write_is_left_alone(line: str) -> None:
    assert _said(line) == ""
