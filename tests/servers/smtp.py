"""A mail server that takes letters, or refuses them as told. Must not know what the letters are about."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Literal, cast

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.child import free_port

Stage = Literal["MAIL", "RCPT", "DATA"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was handed over: who from and to on the envelope, and what is inside."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The plain text part, with line ends as Python has them (on the wire they are CR LF)."""
        part = self.message.get_body(preferencelist=("plain", "html"))
        return str(part.get_content()).replace("\r\n", "\n") if part else ""


@dataclass(slots=True)
class Refusal:
    """What to answer instead of yes at a stage, how often (None: always), and to which address (None: to all)."""

    stage: Stage
    answer: str
    times: int | None
    address: str | None


@dataclass
class MailServer:
    """Listens on this machine. `accounts` (name to password) makes it ask for a login; `tls` is how it encrypts."""

    tls: Literal["none", "starttls", "implicit"] = "none"
    accounts: dict[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1"
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.letters: list[Letter] = []
        self.logins: list[str] = []
        self.answers_to_lose = 0
        self.refusals: list[Refusal] = []
        self.arrived = threading.Condition()
        self.authority = trustme.CA() if self.tls != "none" else None
        self.controller: Controller | None = None

    # --- what a test says to it ---

    def refuse(self, stage: Stage, answer: str, *, times: int | None = None, address: str | None = None) -> None:
        """From now on: `refuse("RCPT", "550 5.1.1 no such person", address="x@example.com")`."""
        self.refusals.append(Refusal(stage, answer, times, address))

    def accept_all(self) -> None:
        self.refusals.clear()

    def lose_the_next_answer(self) -> None:
        """Takes the next letter, then hangs up without a word: the sender cannot know that it arrived."""
        self.answers_to_lose += 1

    def wait_for(self, count: int, seconds: float = 60) -> list[Letter]:
        """The letters once there are `count` of them; fails with what did arrive."""
        with self.arrived:
            came = self.arrived.wait_for(lambda: len(self.letters) >= count, timeout=seconds)
        subjects = [letter.subject for letter in self.letters]
        assert came, f"waited {seconds} s for {count} letters, got {subjects}"
        return list(self.letters)

    def trust(self) -> ssl.SSLContext:
        """What a client needs to believe this server's certificate."""
        assert self.authority, "this server does not encrypt"
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context

    def authority_pem(self) -> bytes:
        """The certificate authority as a file's content, for settings that name a file."""
        assert self.authority, "this server does not encrypt"
        return self.authority.cert_pem.bytes()

    # --- up and down ---

    def start(self) -> None:
        """Comes up, on the same port as before."""
        self.controller = Controller(Desk(self), hostname=self.host, port=self.port, **self.options())
        self.controller.start()

    def stop(self) -> None:
        """Goes down; letters that came stay in `letters`."""
        if self.controller:
            self.controller.stop()
            self.controller = None

    def options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"enable_SMTPUTF8": True}
        if self.authority:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.authority.issue_cert(self.host, "localhost").configure_cert(context)
            options |= {"ssl_context": context} if self.tls == "implicit" else {"tls_context": context}
            if self.tls == "starttls":
                options["require_starttls"] = True
        if self.accounts:
            options |= {"authenticator": self.login, "auth_required": True}
            options["auth_require_tls"] = self.tls == "starttls"
        return options

    # --- what it does when asked ---

    def login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        if not isinstance(given, LoginPassword):
            return AuthResult(success=False, handled=False)
        name, password = given.login.decode(), given.password.decode()
        known = self.accounts.get(name) == password
        if known:
            self.logins.append(name)
        return AuthResult(success=known, handled=False)

    def objection(self, stage: Stage, address: str) -> str | None:
        for refusal in self.refusals:
            if refusal.stage == stage and refusal.address in (None, address) and refusal.times != 0:
                if refusal.times:
                    refusal.times -= 1
                return refusal.answer
        return None

    def take(self, letter: Letter) -> None:
        with self.arrived:
            self.letters.append(letter)
            self.arrived.notify_all()


class Desk:
    """The calls aiosmtpd makes, in the order of a delivery."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def handle_MAIL(
        self, smtp: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.server.objection("MAIL", address):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, smtp: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.server.objection("RCPT", address):
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, smtp: SMTP, session: Session, envelope: Envelope) -> str:
        if answer := self.server.objection("DATA", envelope.rcpt_tos[0]):
            return answer
        content = cast("bytes", envelope.content or b"")
        self.server.take(Letter(str(envelope.mail_from), tuple(envelope.rcpt_tos), content))
        if self.server.answers_to_lose:
            self.server.answers_to_lose -= 1
            if smtp.transport:
                smtp.transport.close()
        return "250 OK"


@contextmanager
def running(
    tls: Literal["none", "starttls", "implicit"] = "none", accounts: dict[str, str] | None = None
) -> Iterator[MailServer]:
    """A mail server for as long as the block lasts."""
    server = MailServer(tls=tls, accounts=accounts or {})
    server.start()
    try:
        yield server
    finally:
        server.stop()
