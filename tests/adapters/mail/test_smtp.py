"""Mail handed to a real mail server: what arrives, and what a refusal means."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest

from adapters.mail.kept import KeptMailer
from adapters.mail.server import SmtpServer, read_smtp_url
from adapters.mail.smtp import SmtpMailer
from adapters.secret import Secret
from engine.effects import SendMail
from engine.kept import OutgoingMail
from engine.ports import MailRefused
from tests.servers.smtp import MailServer, running

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


class Noon:
    def now(self) -> dt.datetime:
        return NOON


def a_mail(
    to: str = "wang@example.com",
    subject: str = "Your case",
    body: str = "We got it.\n",
    kind: Literal["customer", "staff"] = "customer",
    message_id: str = "<m1@aftercare>",
) -> OutgoingMail:
    order = SendMail(key="k1", kind=kind, to=to, subject=subject, body=body)
    return OutgoingMail("m1", order, "c1", "AS-2026-000001", "token", 1, message_id)


def mailer(server: MailServer, url: str = "", seconds: float = 20) -> SmtpMailer:
    known = read_smtp_url(url) if url else SmtpServer(server.host, server.port)
    return SmtpMailer(known, "Acme 客服 <service@acme.example>", Noon(), seconds=seconds)


def test_a_mail_arrives_as_it_was_confirmed(smtp_server: MailServer) -> None:
    mailer(smtp_server).send(a_mail(subject="您的维修已完成", body="王先生：\n\n您的设备已修好。\n.\n谢谢\n"))

    (letter,) = smtp_server.wait_for(1)
    assert letter.sender == "service@acme.example"
    assert letter.recipients == ("wang@example.com",)
    assert letter.subject == "您的维修已完成"
    assert letter.text == "王先生：\n\n您的设备已修好。\n.\n谢谢\n"
    assert letter.message["From"] == "Acme 客服 <service@acme.example>"
    assert letter.message["Message-ID"] == "<m1@aftercare>"
    assert letter.message["Date"].datetime == NOON
    assert letter.message["Auto-Submitted"] is None
    assert letter.content.isascii()


def test_every_copy_has_the_same_message_id(smtp_server: MailServer) -> None:
    mailer(smtp_server).send(a_mail(message_id="outbox-17"))
    mailer(smtp_server).send(a_mail(message_id="outbox-17"))

    assert {letter.message["Message-ID"] for letter in smtp_server.wait_for(2)} == {"<outbox-17@acme.example>"}


def test_a_staff_mail_asks_for_no_holiday_answers(smtp_server: MailServer) -> None:
    mailer(smtp_server).send(a_mail(kind="staff"))

    assert smtp_server.wait_for(1)[0].message["Auto-Submitted"] == "auto-generated"


def test_a_domain_in_chinese_travels_in_its_ascii_form(smtp_server: MailServer) -> None:
    mailer(smtp_server).send(a_mail(to="wang@例子.中国"))

    assert smtp_server.wait_for(1)[0].recipients == ("wang@xn--fsqu00a.xn--fiqs8s",)


@pytest.mark.parametrize(
    "to",
    [
        "a@example.com, b@example.com",
        "a@example.com,b@example.com",
        "a@example.com; b@example.com",
        "a@example.com b@example.com",
        "everyone: a@example.com, b@example.com;",
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com\nRCPT TO:<b@example.com>",
        "a@example.com\u2028b@example.com",
        "a@example.com\x00",
        "Wang <a@example.com>",
        '"a@example.com, b"@example.com',
        "a@example.com> <b@example.com",
        "a(b@example.com)@example.com",
        "@relay.example.com:a@example.com",
        "a@[127.0.0.1]",
        "a@example..com",
        "王@example.com",
        "a@",
        "",
    ],
)
def test_what_is_not_one_address_reaches_nobody(smtp_server: MailServer, to: str) -> None:
    for outlet in (mailer(smtp_server), KeptMailer()):
        with pytest.raises(MailRefused, match="not one mail address") as refused:
            outlet.send(a_mail(to=to))
        assert refused.value.for_good

    mailer(smtp_server).send(a_mail())
    assert [letter.recipients for letter in smtp_server.wait_for(1)] == [("wang@example.com",)]


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b", "\x00"])
def test_a_subject_cannot_become_a_second_header(smtp_server: MailServer, break_: str) -> None:
    with pytest.raises(MailRefused, match="line break") as refused:
        mailer(smtp_server).send(a_mail(subject=f"Hello{break_}Bcc: b@example.com"))

    assert refused.value.for_good
    assert smtp_server.letters == []


def test_a_message_id_cannot_become_a_second_header(smtp_server: MailServer) -> None:
    with pytest.raises(MailRefused, match="cannot be a Message-ID"):
        mailer(smtp_server).send(a_mail(message_id="<a@b>\r\nBcc: b@example.com"))


def test_a_body_keeps_its_words_and_loses_invisible_characters(smtp_server: MailServer) -> None:
    mailer(smtp_server).send(a_mail(body="one\r\ntwo\rthree\x00\x07\u3000四\n" + "x" * 3000 + "\n"))

    assert smtp_server.wait_for(1)[0].text == "one\ntwo\nthree\u3000四\n" + "x" * 3000 + "\n"


@pytest.mark.parametrize(
    ("stage", "answer", "for_good"),
    [
        ("RCPT", "550 5.1.1 no such person", True),
        ("RCPT", "450 4.2.1 mailbox busy", False),
        ("RCPT", "421 4.3.2 going down", False),
        ("DATA", "554 5.7.1 this letter never", True),
        ("DATA", "451 4.3.0 try later", False),
        ("MAIL", "550 5.7.1 you may not send here", False),
        ("MAIL", "451 4.7.1 try later", False),
    ],
)
def test_a_refusal_is_for_good_only_when_trying_again_cannot_help(
    smtp_server: MailServer, stage: Literal["MAIL", "RCPT", "DATA"], answer: str, for_good: bool
) -> None:
    smtp_server.refuse(stage, answer, times=1)

    with pytest.raises(MailRefused) as refused:
        mailer(smtp_server).send(a_mail())

    assert refused.value.reason == answer
    assert refused.value.for_good is for_good
    mailer(smtp_server).send(a_mail())
    smtp_server.wait_for(1)


def test_a_server_that_hangs_up_gets_the_mail_again(smtp_server: MailServer) -> None:
    smtp_server.lose_the_next_answer()

    with pytest.raises(MailRefused, match="No answer") as refused:
        mailer(smtp_server).send(a_mail())

    assert not refused.value.for_good


def test_a_server_that_is_away_gets_the_mail_later(smtp_server: MailServer) -> None:
    smtp_server.stop()

    with pytest.raises(MailRefused, match=f"127.0.0.1:{smtp_server.port}") as refused:
        mailer(smtp_server).send(a_mail())

    assert not refused.value.for_good


@contextmanager
def a_server_that_says(lines: list[bytes]) -> Iterator[int]:
    """Accepts one caller, says each line when spoken to, then keeps silent with the line open."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def speak() -> None:
            line, _ = listener.accept()
            with line:
                for words in lines:
                    line.sendall(words)
                    line.recv(4096)
                while line.recv(4096):
                    pass

        speaker = threading.Thread(target=speak)
        speaker.start()
        yield listener.getsockname()[1]
        speaker.join(10)
        assert not speaker.is_alive()


def test_a_server_that_falls_silent_is_left_in_time() -> None:
    with a_server_that_says([b"220 hello\r\n", b"250-slow\r\n"]) as port:
        outlet = SmtpMailer(SmtpServer("127.0.0.1", port), "a@acme.example", Noon(), seconds=0.3)
        with pytest.raises(MailRefused, match="No answer") as refused:
            outlet.send(a_mail())

    assert not refused.value.for_good


def test_mail_is_encrypted_when_the_settings_say_so(tmp_path: Path) -> None:
    for tls, scheme, option in (("starttls", "smtp", "starttls=1&"), ("implicit", "smtps", "")):
        with running(tls=tls) as server:  # type: ignore[arg-type]  # the two values are literals of its type
            (tmp_path / "ca.pem").write_bytes(server.authority_pem())
            url = f"{scheme}://{server.host}:{server.port}?{option}ca={tmp_path / 'ca.pem'}"
            mailer(server, url).send(a_mail())
            server.wait_for(1)


def test_a_server_nobody_vouches_for_gets_no_mail() -> None:
    with running(tls="starttls") as server:
        with pytest.raises(MailRefused, match="certificate") as refused:
            mailer(server, f"smtp://{server.host}:{server.port}?starttls=1").send(a_mail())

        assert not refused.value.for_good
        assert server.letters == []


def test_a_server_without_encryption_gets_no_mail_when_encryption_is_set(smtp_server: MailServer) -> None:
    with pytest.raises(MailRefused, match="STARTTLS") as refused:
        mailer(smtp_server, f"smtp://{smtp_server.host}:{smtp_server.port}?starttls=1").send(a_mail())

    assert not refused.value.for_good
    assert smtp_server.letters == []


def test_mail_is_sent_after_a_login(tmp_path: Path) -> None:
    with running(tls="starttls", accounts={"desk@acme": "p:w/"}) as server:
        (tmp_path / "ca.pem").write_bytes(server.authority_pem())
        ending = f"{server.host}:{server.port}?starttls=1&ca={tmp_path / 'ca.pem'}"
        mailer(server, f"smtp://desk%40acme:p%3Aw%2F@{ending}").send(a_mail())

        assert server.logins == ["desk@acme"]
        with pytest.raises(MailRefused, match="535") as refused:
            mailer(server, f"smtp://desk%40acme:wrong@{ending}").send(a_mail())
        assert not refused.value.for_good
        assert "wrong" not in refused.value.reason
        assert len(server.letters) == 1


def test_a_password_is_not_part_of_what_a_mailer_shows() -> None:
    server = SmtpServer("mail.acme.example", user="desk", password=Secret("canary"))

    assert "canary" not in f"{server!r} {SmtpMailer(server, 'a@acme.example', Noon())!r}"


def test_without_a_mail_server_every_mail_counts_as_sent() -> None:
    assert KeptMailer().send(a_mail()) is None  # type: ignore[func-returns-value]  # nothing to see is the promise
