"""What one letter says in place of several mails."""

from __future__ import annotations

from engine.effects import SendMail
from engine.kept import OutgoingMail
from engine.staff_letter import one_letter


def a_mail(subject: str, case: str = "c1") -> OutgoingMail:
    order = SendMail(subject, "staff", "li@example.com", subject, f"About {subject}.")
    return OutgoingMail(subject, order, case, "", "token", 1, f"<{subject}@x>")


def test_every_mail_is_told_in_full_and_lists_of_what_waits_come_last() -> None:
    letter = one_letter([a_mail("My day", case=""), a_mail("Late: Repair"), a_mail("Due: Test")], "en")
    assert letter.subject == "3 things need you: Late: Repair, and 2 more"
    places = [letter.body.index(f"{n}. {said}\nAbout {said}.") for n, said in ((1, "Late: Repair"), (3, "My day"))]
    assert places == sorted(places) and "2. Due: Test" in letter.body


def test_what_is_urgent_gives_the_letter_its_name() -> None:
    letter = one_letter([a_mail("Late: Repair"), a_mail("2 urgent - My day (9)", case="")], "en")
    assert letter.subject == "2 things need you: 2 urgent - My day (9), and 1 more"


def test_what_two_mails_say_alike_is_told_once() -> None:
    letter = one_letter([a_mail("Late: Repair"), a_mail("Late: Repair")], "en")
    assert letter.subject == "Late: Repair" and letter.body.count("About Late: Repair.") == 1


def test_a_letter_speaks_the_language_of_who_reads_it() -> None:
    assert one_letter([a_mail("超时：维修"), a_mail("超时：复检")], "zh-Hans").subject == "2 项工作提醒：超时：维修 等"
