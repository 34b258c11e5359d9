"""A report says everything about a file at once, in order, and what other programs need to read it."""

from __future__ import annotations

import pytest

from engine.checks.report import Report, check_library, check_process, check_site, checksum_of
from tests.engine.checks.a_loan import FILES, LIBRARY, LOAN, REPAIR, SITE, checked, others
from tests.engine.loaded import EXAMPLES, SHIPPED, names_in, report


def told(found: Report) -> list[str]:
    """Code, file and place of every problem."""
    return [f"{p.code} {p.place.file}:{p.place.line}:{p.place.column}" for p in found.problems]


def loan(*changes: tuple[str, str], site: str = SITE, library: str = LIBRARY) -> Report:
    """The report on the loan with some pieces replaced."""
    text = LOAN
    for good, bad in changes:
        assert text.count(good) == 1
        text = text.replace(good, bad)
    return checked({"loan.yaml": text, "_site.yaml": site, "_shared.yaml": library})


def line_of(text: str, piece: str) -> int:
    return text.count("\n", 0, text.index(piece)) + 1


@pytest.mark.parametrize("name", names_in(EXAMPLES))
def test_the_examples_of_the_reference_have_nothing_to_object_to(name: str) -> None:
    assert [problem.line() for problem in report(EXAMPLES, name).problems] == []
    assert report(EXAMPLES, name).ok


@pytest.mark.parametrize("name", names_in(SHIPPED))
def test_what_is_shipped_may_be_published(name: str) -> None:
    assert [problem.line() for problem in report(SHIPPED, name).problems if problem.level == "error"] == []


@pytest.mark.parametrize("folder", [EXAMPLES, SHIPPED], ids=["examples", "shipped"])
def test_site_and_library_have_nothing_to_object_to(folder: object) -> None:
    assert isinstance(folder, type(EXAMPLES))
    site, library = (folder / "_site.yaml").read_text("utf-8"), (folder / "_shared.yaml").read_text("utf-8")

    assert check_site(site).problems == ()
    assert check_library(library, site).problems == ()


def test_the_mistakes_of_a_file_are_told_together_and_in_order() -> None:
    found = loan(
        ("cancel: supervisor", "cancel: nobody"), ("calendar: office", "calendar: shop"), ("per: owner", "per: x")
    )

    assert [entry.split()[0] for entry in told(found)] == ["P406", "P407", "P510"]
    assert not found.ok
    assert found.process is not None


def test_a_file_that_cannot_be_read_has_no_process() -> None:
    found = check_process("process: loan\n\tversion: 1\n", "loan.yaml", SITE)

    assert found.process is None and not found.ok and found.verdicts == ()


def test_without_a_readable_site_its_problems_are_told() -> None:
    found = check_process(LOAN, "loan.yaml", "site: acme\n")

    assert {p.place.file for p in found.problems} == {"_site.yaml"}
    assert not found.ok


def test_a_calendar_that_cannot_be_counted_in_stops_every_process() -> None:
    found = loan(site=SITE.replace("hours: 09:00-17:00", "hours: 17:00-09:00"))

    assert [(p.code, p.place.file) for p in found.problems if p.place.file == "_site.yaml"] == [("P415", "_site.yaml")]
    assert not found.ok


def test_what_is_wrong_in_the_shared_file_is_told_there() -> None:
    found = loan(library=LIBRARY.replace("content, then: happy", "contend, then: happy"))

    line = line_of(LIBRARY, "content, then: happy")
    assert f"P401 _shared.yaml:{line}:20" in told(found)


def test_cancelling_needs_a_place_to_go_to() -> None:
    found = loan(("  cancelled: {end: cancelled, label: Cancelled | 已取消}\n", ""))

    assert told(found) == [f"P313 loan.yaml:{line_of(LOAN, 'cancel: supervisor')}:49"]


def test_a_mail_that_reads_what_may_be_empty_is_warned_of_where_it_is_written() -> None:
    found = loan(("we charge the damage", "we charge {{ amount }}"))

    assert told(found) == [f"P432 loan.yaml:{line_of(LOAN, 'draft_mail: charged')}:37"]
    assert found.ok


def test_a_mail_to_the_customer_needs_one() -> None:
    found = loan(
        ("  customer: {type: record", "  client: {type: record"),
        ("form: {ask: [sn, customer, reason]", "form: {ask: [sn, client, reason]"),
        ("with: {customer: = customer, amount: 10}", "with: {customer: = client, amount: 10}"),
    )

    assert {entry.split()[0] for entry in told(found)} == {"P441", "P443"}


def test_a_notice_that_nobody_reads_holds_no_free_text() -> None:
    site = SITE + "auto_confirm_notices: true\n"
    notice = ("  charged:\n    subject:", "  charged:\n    notice: true\n    subject:")

    assert loan(notice, site=site).ok
    found = loan(notice, ("we charge the damage", "{{ reason }}"), site=site)
    assert [p.code for p in found.problems] == ["P444"]


def test_a_fragment_that_uses_itself_is_refused() -> None:
    itself = "      again: {use: asking, outcomes: {happy: happy, unhappy: unhappy}}\n      happy: {end"
    library = LIBRARY.replace("      happy: {end", itself).replace("otherwise: unhappy", "otherwise: again")

    codes = {p.code for p in loan(library=library).problems}
    assert "P322" in codes


def test_too_many_ways_to_stand_in_branches_are_refused() -> None:
    branches = "".join(
        f"      b{n}:\n"
        f"        one_{n}: {{label: One | 一, task: {{role: clerk}}, due: 1 day, next: two_{n}}}\n"
        f"        two_{n}: {{label: Two | 二, task: {{role: clerk}}, due: 1 day, next: join}}\n"
        for n in range(8)
    )
    found = loan(("    parallel:\n", "    parallel:\n" + branches))

    assert [p.code for p in found.problems] == ["P324"]
    assert [verdict.verdict for verdict in found.verdicts] == ["unproved", "kept"]


def test_what_is_wrong_in_a_site_is_told() -> None:
    site = SITE.replace("key: number, number: text", "key: nummer, number: texts")
    site = site.replace("gives: {document: text}", "gives: {document: sheet}").replace(
        "clerk: Clerk | 文员", "clerk: Clerk"
    )

    assert sorted(p.code for p in check_site(site).problems) == ["P410", "P425", "P425", "P448"]


def test_make_up_days_that_nobody_knows_yet_are_warned_of() -> None:
    site = SITE.replace("hours: 09:00-17:00}", "hours: 09:00-17:00, holidays: china}")

    (found,) = check_site(site, years=[2031]).problems
    assert (found.code, found.level) == ("P415", "warning")
    assert check_site(site).problems == ()


def test_a_library_is_checked_by_itself() -> None:
    library = LIBRARY.replace(
        "next:\n          - {when: content, then: happy}", "next:\n          - {when: content, then: hapy}"
    )

    (found,) = check_library(library, SITE).problems
    assert (found.code, found.place.line) == ("P302", line_of(library, "hapy"))
    assert found.hint.en == "did you mean 'happy'?"


def test_other_programs_read_problems_and_rules() -> None:
    found = loan(("never: closed before asking", "never: closed before writing.sent"))

    (problem,) = found.problems_as_json()
    rule, kept = found.rules_as_json()

    assert problem == {
        "file": "loan.yaml",
        "line": line_of(LOAN, "never: closed"),
        "column": 12,
        "level": "error",
        "code": "P503",
        "message": "the rule 'never: closed before writing.sent' does not hold",
        "hint": "this path breaks it: " + " → ".join(rule["path"]),
    }
    assert rule["verdict"] == "violated"
    assert rule["path"] == ["start", "handing_over.handed", "lent.unit.scanned", "taking_back", "asking/calling", "asking.happy", "closed"]  # fmt: skip
    assert kept == {"rule": "never: start and handing_over by the same person", "verdict": "kept", "path": []}
    assert found.problems_as_json("zh-Hans")[0]["message"].startswith("规则")


def test_a_process_that_others_run_tells_what_these_do_not_know_yet() -> None:
    good = check_process(LOAN, "loan.yaml", SITE, LIBRARY, others()).process
    assert good is not None
    text = REPAIR.replace("mended: mended, given_up", "mended: mended, later: later, given_up")
    text = text.replace("optional: [wish]", "optional: []").replace("[sn, urgency]", "[sn, urgency, wish, place]")
    text = text.replace("start:", "  place: {type: text, label: Place | 地点}\nstart:")
    text += "  later: {end: failure, label: Later | 以后}\n"

    found = check_process(text, "repair.yaml", SITE, LIBRARY, {"loan": good})

    assert found.ok
    assert [(p.code, p.message.en.split("'")[-2]) for p in found.problems] == [("P334", "place"), ("P334", "later")]


def test_a_text_is_known_by_its_checksum_whatever_it_is_given_as() -> None:
    assert checksum_of(LOAN) == checksum_of(LOAN.encode()) != checksum_of(LOAN + " ")


def test_windows_line_ends_and_a_byte_order_mark_do_not_move_the_places() -> None:
    text = LOAN.replace("{when: state is worn,", "{when: state is wornn,")
    plain = check_process(text, "loan.yaml", SITE, LIBRARY, others())
    windows = check_process(("\ufeff" + text.replace("\n", "\r\n")).encode(), "loan.yaml", SITE, LIBRARY, others())

    assert told(plain) == told(windows) == [f"P401 loan.yaml:{line_of(LOAN, '{when: state is worn,')}:25"]


def test_a_process_may_be_read_where_chinese_comes_first() -> None:
    site = SITE.replace("[en, zh-Hans]", "[zh-Hans, en]")
    found = loan(("label: Check | 检查", "label: 检查 | Check"), site=site)

    assert found.process is not None
    assert found.process.steps["checking"].label.say("en") == "Check"


def test_the_files_themselves_are_good() -> None:
    assert checked(FILES).ok
