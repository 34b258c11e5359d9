"""What the site says about the attributes of its records, checked word for word; processes keep to the words it names."""

from __future__ import annotations

import pytest

from engine.checks.report import check_site
from tests.engine.checks.a_loan import FILES, SITE, checked

STATUS = (
    "{type: choice, choices: {active: Active | 在用, lost: Lost | 丢失, replaced: Replaced | 已换出}, begins: [active]}"
)
KEPT = SITE.replace("status: text", f"status: {STATUS}").replace(
    "warranty_until: date", "bought: {type: date, max: today, held_by: [loan]}, warranty_until: date"
)
EVENT = "record_events:\n  unit.lost: {record: serial_number, attribute: status, becomes: [lost], unless: {status: active}}\n"


def test_an_attribute_that_names_its_words_its_last_day_and_who_holds_it_has_no_problem() -> None:
    assert check_site(KEPT + EVENT).problems == ()


@pytest.mark.parametrize(
    ("good", "wrong", "code"),
    [
        ("{type: choice, choices", "{type: ¦choise, choices", "P425"),
        ("{type: choice, choices: {active: Active | 在用, lost: Lost | 丢失, replaced: Replaced | 已换出}", "{type: choice", "P404"),
        ("type: choice", "type: text", "P435"),
        ("begins: [active]", "begins: [¦activ]", "P436"),
        ("Lost | 丢失", "¦Lost", "P410"),
        ("{type: date, max", "{type: text, max", "P435"),
        ("max: today", "max: ¦tomorrow", "P206"),
        ("held_by:", "¦held_bye:", "P201"),
        ("becomes: [lost]", "becomes: [¦list]", "P436"),
        ("unless: {status: active}", "unless: {status: ¦activ}", "P436"),
    ],
)  # fmt: skip
def test_a_mistake_in_an_attribute_is_told(good: str, wrong: str, code: str) -> None:
    text = KEPT + EVENT
    assert good in text
    problems = check_site(text.replace(good, wrong.replace("¦", ""), 1)).problems
    assert code in [problem.code for problem in problems]
    assert all(problem.message.zh != problem.message.en for problem in problems)
    if "¦" in wrong:
        marked = text.replace(good, wrong, 1)
        place = marked[: marked.index("¦")]
        at = (place.count("\n") + 1, len(place.rpartition("\n")[2]) + 1)
        assert (code, *at) in [(p.code, p.place.line, p.place.column) for p in problems]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("set: {seen_at: = event.place}", "set: {sn.status: nonsense}", "P436"),
        ("set: {seen_at: = event.place}", "set: {sn.status: = event.place}", "P401"),
        ("when: state is worn, then", "when: sn.status is lostt, then", "P401"),
        ("when: state is worn, then", "when: \"sn.status in ['lost', 'gone']\", then", "P401"),
    ],
)
def test_a_process_that_writes_or_asks_for_another_word_is_refused(old: str, new: str, code: str) -> None:
    loan = FILES["loan.yaml"]
    assert old in loan
    problems = checked({**FILES, "_site.yaml": KEPT, "loan.yaml": loan.replace(old, new, 1)}).problems
    assert code in [problem.code for problem in problems]


def test_rows_that_ask_for_every_word_say_what_becomes_of_a_word_that_stood_there_before() -> None:
    loan, before = (
        FILES["loan.yaml"],
        "      - {when: state is broken and amount > 0, then: charging}\n      - {when: state is worn, then: checking}\n      - otherwise: asking\n",
    )
    assert before in loan
    rows = [
        f"      - {{when: {asked}, then: {then}}}\n"
        for asked, then in (
            ("sn.status is active", "charging"),
            ("sn.status is lost", "checking"),
            ("sn.status is replaced or sn.status is not set", "asking"),
        )
    ]
    lacking = checked({**FILES, "_site.yaml": KEPT, "loan.yaml": loan.replace(before, "".join(rows))}).problems
    assert [p.code for p in lacking] == ["P430"]
    assert "sn.status is something else" in lacking[0].message.en
    rows[-1] = "      - otherwise: asking\n"
    assert checked({**FILES, "_site.yaml": KEPT, "loan.yaml": loan.replace(before, "".join(rows))}).problems == ()
