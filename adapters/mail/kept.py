"""Mail without a mail server: it stays in the product's own mailbox page. Must not send anything."""

from __future__ import annotations

from adapters.mail.message import recipient_of
from engine.kept import OutgoingMail


class KeptMailer:
    """Every mail counts as sent: the outbox keeps its text, and the mailbox page shows it. A wrong address is refused
    as a server would, so that trying Aftercare out shows what will happen later."""

    def send(self, mail: OutgoingMail) -> None:
        """Succeeds; raises `MailRefused` for something that is no address."""
        recipient_of(mail)
