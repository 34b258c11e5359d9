"""Which mailer an installation uses. Must not send anything itself."""

from __future__ import annotations

from adapters.mail.kept import KeptMailer
from adapters.mail.smtp import SmtpMailer
from adapters.settings import Settings
from engine.ports import Clock, Mailer


def mailer(settings: Settings, clock: Clock) -> Mailer:
    """The mail server of the settings, else the mailbox page."""
    return SmtpMailer(settings.smtp, settings.mail_from, clock) if settings.smtp else KeptMailer()
