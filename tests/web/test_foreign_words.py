"""A mail that its reader cannot read is noticed; names, addresses and codes are nobody's language."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.case import Case, MailText
from engine.people import Person
from web.foreign_words import unreadable

PEOPLE = (Person("wang.fang", "王芳", frozenset()), Person("hans", "Hans Weber", frozenset()))
CASE = Case(
    "c-1",
    "RMA-1",
    "factory_return",
    1,
    dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    records={
        "customer": {"id": "1", "name": "Bergen 诊所", "contact": "严医生", "address": "12 harbour road by the sea"},
        "sn": {"id": "2", "product": {"name": "真空泵 with a long hose"}},
    },
)


def passage(language: str, body: str, subject: str = "RMA-1") -> str:
    return unreadable(MailText("judgement", "a@b.example", subject, body, language), CASE, PEOPLE)


@pytest.mark.parametrize(
    ("language", "line", "named"),
    [
        ("en", "Our reasons: 检验判定", "Our reasons: 检验判定"),
        ("zh-Hans", "根本原因：Bearing worn out by dust。", "Bearing worn out by dust"),
        ("zh-Hans", "No fault found.", "No fault found."),
        ("en", "It was " + "坏" * 100, "It was " + "坏" * 73 + "…"),
    ],
)
def test_a_passage_in_another_language_is_named(language: str, line: str, named: str) -> None:
    assert passage(language, f"RMA-1\n\n{line}\n") == named
    assert passage(language, "RMA-1", subject=line) == named, "in the subject, too"


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Dear 严医生,\n\nWe have examined 真空泵 with a long hose of Bergen 诊所.\n\nKind regards\n王芳\nwang.fang@acme.example"),
        ("zh-Hans", "Bergen 诊所 严医生，您好！\n真空泵 VP-40（VP-40-1014）已寄出：SF Express, SF88011。\n此致\nHans Weber\nhans.weber@acme.example"),
        ("zh-Hans", "地址：12 harbour road by the sea\n网址：https://acme.example/how/to/send/it/back"),
    ],
)  # fmt: skip
def test_names_addresses_and_codes_are_no_other_language(language: str, body: str) -> None:
    assert passage(language, body) == ""
