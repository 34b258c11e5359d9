"""The mail server of the tests takes letters, encrypts, asks for a login, and refuses as told."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

import pytest

from tests.servers import smtp


def letter(subject: str = "您的维修已完成", to: str = "wang@example.com") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "desk@example.com", to, subject
    message.set_content("尊敬的客户，机器已寄出。\n")
    return message


def test_a_letter_in_chinese_arrives_as_it_was_written(smtp_server: smtp.MailServer) -> None:
    with smtplib.SMTP(smtp_server.host, smtp_server.port) as client:
        client.send_message(letter())
    [arrived] = smtp_server.wait_for(1)
    assert arrived.subject == "您的维修已完成"
    assert arrived.text == "尊敬的客户，机器已寄出。\n"
    assert arrived.recipients == ("wang@example.com",)


def test_with_starttls_and_a_login_only_the_known_sender_gets_through() -> None:
    with (
        smtp.running(tls="starttls", accounts={"desk": "secret"}) as server,
        smtplib.SMTP("localhost", server.port) as client,
    ):
        with pytest.raises(smtplib.SMTPSenderRefused):
            client.send_message(letter())
        client.starttls(context=server.trust())
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login("desk", "guess")
        client.login("desk", "secret")
        client.send_message(letter())
        assert server.logins == ["desk"]
        assert len(server.wait_for(1)) == 1


def test_implicit_tls_is_believed_with_its_authority_and_not_without() -> None:
    with smtp.running(tls="implicit") as server:
        with pytest.raises(ssl.SSLCertVerificationError):
            smtplib.SMTP_SSL("localhost", server.port, context=ssl.create_default_context())
        with smtplib.SMTP_SSL("localhost", server.port, context=server.trust()) as client:
            client.send_message(letter())
        assert len(server.wait_for(1)) == 1


def test_it_refuses_one_address_for_good_and_a_letter_once(smtp_server: smtp.MailServer) -> None:
    smtp_server.refuse("RCPT", "550 5.1.1 no such person", address="gone@example.com")
    smtp_server.refuse("DATA", "451 4.3.0 try later", times=1)
    with smtplib.SMTP(smtp_server.host, smtp_server.port) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.send_message(letter(to="gone@example.com"))
        with pytest.raises(smtplib.SMTPDataError, match="try later"):
            client.send_message(letter())
        client.send_message(letter())
    assert len(smtp_server.letters) == 1


def test_it_can_take_a_letter_and_hang_up_without_a_word(smtp_server: smtp.MailServer) -> None:
    smtp_server.lose_the_next_answer()
    with (
        pytest.raises(smtplib.SMTPServerDisconnected),
        smtplib.SMTP(smtp_server.host, smtp_server.port) as client,
    ):
        client.send_message(letter())
    assert len(smtp_server.wait_for(1)) == 1


def test_it_goes_down_and_comes_back_at_the_same_port(smtp_server: smtp.MailServer) -> None:
    smtp_server.stop()
    with pytest.raises(ConnectionRefusedError):
        smtplib.SMTP(smtp_server.host, smtp_server.port)
    smtp_server.start()
    with smtplib.SMTP(smtp_server.host, smtp_server.port) as client:
        client.send_message(letter())
    assert len(smtp_server.letters) == 1
