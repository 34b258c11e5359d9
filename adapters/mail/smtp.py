"""Hands one mail to an SMTP server. Must not know what the mail is about, nor when to try again."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from adapters.mail.address import read_sender
from adapters.mail.message import message_of
from adapters.mail.server import SmtpServer
from engine.kept import OutgoingMail
from engine.ports import Clock, MailRefused

SECONDS = 20.0


class SmtpMailer:
    """A mailer for one server. Sends on a connection of its own, in `seconds` at most, and never falls back to an
    unencrypted connection. `tls` replaces what is trusted."""

    def __init__(
        self,
        server: SmtpServer,
        sender: str,
        clock: Clock,
        *,
        seconds: float = SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._sender = read_sender(sender)
        self._clock = clock
        self._seconds = seconds
        self._tls = tls

    def send(self, mail: OutgoingMail) -> None:
        """Returns when the server has taken the mail for its one recipient; raises `MailRefused` otherwise."""
        message = message_of(mail, self._sender, self._clock.now())
        recipient = message["To"].addresses[0].addr_spec
        try:
            with self.connection() as line:
                line.send_message(message, self._sender.addr_spec, [recipient])
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = refused.recipients[recipient]
            raise MailRefused(in_words(code, said), for_good=code >= 500) from refused
        except smtplib.SMTPDataError as refused:
            raise MailRefused(
                in_words(refused.smtp_code, refused.smtp_error), for_good=refused.smtp_code >= 500
            ) from refused
        except smtplib.SMTPResponseException as refused:
            # The server dislikes the sender or the login, not this recipient: an administrator can cure that.
            raise MailRefused(in_words(refused.smtp_code, refused.smtp_error), for_good=False) from refused
        except smtplib.SMTPNotSupportedError as missing:
            raise MailRefused(
                f"The mail server {self._server.host} lacks what is set: {missing}", for_good=False
            ) from missing
        except (smtplib.SMTPException, OSError) as broken:  # TLS errors are OSErrors too
            reason = f"No answer from the mail server {self._server.host}:{self._server.port}: {broken}"
            raise MailRefused(reason, for_good=False) from broken

    @contextmanager
    def connection(self) -> Iterator[smtplib.SMTP]:
        """A line to the server, encrypted and logged in as the settings say."""
        line = self.dialled()
        # A server that answers a byte now and then would hold the line past the lease of the mail: hang up in time.
        alarm = threading.Timer(self._seconds, hang_up, [line])
        alarm.daemon = True
        alarm.start()
        try:
            if self._server.security == "starttls":
                line.starttls(context=self.trust())
            if self._server.password:
                line.login(self._server.user, self._server.password.reveal())
            yield line
        finally:
            alarm.cancel()
            with suppress(smtplib.SMTPException, OSError):  # what was taken stays taken, however the line ends
                line.quit()
            line.close()

    def dialled(self) -> smtplib.SMTP:
        host, port, name = self._server.host, self._server.port, self._sender.domain or "localhost"
        if self._server.security == "tls":
            return smtplib.SMTP_SSL(host, port, name, timeout=self._seconds, context=self.trust())
        return smtplib.SMTP(host, port, name, timeout=self._seconds)

    def trust(self) -> ssl.SSLContext:
        return self._tls or ssl.create_default_context(cafile=self._server.trust or None)


def hang_up(line: smtplib.SMTP) -> None:
    with suppress(OSError):  # it may be gone already
        if line.sock:
            line.sock.shutdown(socket.SHUT_RDWR)


def in_words(code: int, said: bytes | str) -> str:
    """What the server said, short enough for a row of the outbox."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:300]
