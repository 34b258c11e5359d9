"""Every slip is refused with its own sentence, at the exact column, in English and Chinese."""

from __future__ import annotations

import pytest

from engine.definition.expressions import ExpressionProblem, ValueType, Wanted, check, parse
from engine.definition.messages import expression_kinds, expression_names, expression_writing
from engine.definition.problems import Place
from tests.engine.definition.expressions.a_return import SCOPE
from tests.engine.definition.expressions.slips import CHOICE, MEANING, WRITING


def refusal(text: str) -> ExpressionProblem:
    with pytest.raises(ExpressionProblem) as caught:
        parse(text)
    return caught.value


def findings(text: str, wanted: Wanted = "condition") -> list[ExpressionProblem]:
    return check(parse(text), SCOPE, wanted=wanted)


@pytest.mark.parametrize(("text", "key", "column"), WRITING)
def test_what_cannot_be_read_is_refused_at_its_column(text: str, key: str, column: int) -> None:
    wrong = refusal(text)

    assert (wrong.key, wrong.column) == (key, column)


@pytest.mark.parametrize(("text", "wanted", "key", "column"), MEANING)
def test_what_makes_no_sense_is_found_at_its_column(text: str, wanted: Wanted, key: str, column: int) -> None:
    assert [(wrong.key, wrong.column) for wrong in findings(text, wanted)] == [(key, column)]


def test_every_sentence_on_writing_and_meaning_is_said_by_some_slip() -> None:
    said = {key for _, key, _ in WRITING} | {key for _, _, key, _ in MEANING}

    sentences = expression_writing.SENTENCES | expression_names.SENTENCES | expression_kinds.SENTENCES
    assert sentences.keys() == said


def test_every_refusal_can_be_said_in_both_languages_with_nothing_left_to_fill_in() -> None:
    wrongs = [refusal(text) for text, _, _ in WRITING]
    wrongs += [wrong for text, wanted, _, _ in MEANING for wrong in findings(text, wanted)]

    for wrong in wrongs:
        shown = wrong.at(Place("complaint.yaml", 7, 20))
        assert shown.place == Place("complaint.yaml", 7, 19 + wrong.column)
        assert shown.message.en != shown.message.zh
        assert any("一" <= character <= "鿿" for character in shown.message.zh)
        assert bool(shown.hint.en) == bool(shown.hint.zh)


def test_a_misspelt_choice_is_told_as_the_reference_promises() -> None:
    (wrong,) = findings("measure is scraped")

    assert wrong.at(Place("factory_return.yaml", 96, 20)).line() == (
        "factory_return.yaml:96:31: error P401: condition 'measure is scraped': 'scraped' is not a choice of 'measure' "
        "(choices: repair, replace, none, scrap)\n    hint: did you mean 'scrap'?"
    )


def test_a_second_choice_without_its_field_is_told_how_to_write_it() -> None:
    (wrong,) = findings("measure is scrap or replace")

    hint = wrong.at(Place()).hint
    assert hint.en == "write  measure is replace  or  measure in [replace, …]"


def test_several_slips_are_all_found_from_left_to_right() -> None:
    wrongs = findings("measure is scraped and amuont > 5 or remark > 5")

    assert [(wrong.key, wrong.column) for wrong in wrongs] == [
        ("P401.choice_similar", 12),
        ("P401.name_similar", 24),
        ("P401.kinds", 45),
    ]


def test_an_unknown_name_does_not_raise_further_findings() -> None:
    assert [wrong.key for wrong in findings("zzzzzz + 5 > 'x' and not zzzzzz")] == ["P401.name", "P401.name"]


def test_a_long_condition_is_shortened_in_its_message() -> None:
    (wrong,) = findings("frobnication > 5 or " + " or ".join(["solved"] * 20))

    assert len(wrong.names["condition"]) == 70
    assert wrong.names["condition"].endswith("…")


@pytest.mark.parametrize(
    "text",
    [
        "measure is scrap and customer_share > 0",
        "measure == 'scrap' and 'scrap' != measure",
        "colours is red or colours not in [green, blue]",
        "solved and count(repair) <= 1 and not overdue",
        "count(follow_up/call_customer) >= 3",
        "sn.customer.name == 'ACME' or sn.customer == customer",
        "sn.warranty_until + 30 >= today",
        "today - shipped_on > days(3)",
        "visit_at > 2026-03-02 and visit_at <= now + 2",
        "3 + shipped_on > promised_on",
        "technician == customer.salesperson and owner is set",
        "event.place in ['Suzhou', \"Xi'an\"]",
        "pieces in [1, 2.5, -3] or shipped_on in [2026-03-02]",
        "(solved or budgeted) == yes",
        "amount + customer_share - 5 > pieces",
        "email == remark",
        "photos is not set and lines is set",
        "today == working_day(pieces)",
        "solved in [yes]",
    ],
)
def test_sensible_conditions_pass(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("working_day(3)", ValueType("date")),
        ("now", ValueType("datetime")),
        ("today - shipped_on", ValueType("number")),
        ("sn.customer", ValueType("record", of="customer")),
        ("pieces", ValueType("money")),
        ("measure", ValueType("text")),
        ("'scrap'", CHOICE),
        ("count(repair) > 1", ValueType("yes_no")),
        ("owner", ValueType("user")),
        ("lines", None),
    ],
)
def test_a_formula_may_give_what_its_field_takes(text: str, wanted: Wanted) -> None:
    assert findings(text, wanted) == []
