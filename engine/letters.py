"""A mail to a customer as the process writes it: to whom, in which language, with the closing of the site."""

from __future__ import annotations

from typing import Any

from engine.case import MailText
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.facts import CaseFacts
from engine.writing import fill, is_one_address


def customer_mail(process: Compiled, template: str, facts: CaseFacts) -> MailText:
    """The draft of a mail of the process, in the reader's language, to the one address it names ("" when unknown)."""
    mail = process.mails[template]
    reader = path_of_reader(process, mail.to)
    language = known_language(facts, reader) or "en"
    abroad = not language.startswith("zh")

    def filled(text: Text) -> str:
        return fill(text.say(language), process, facts, language, mail.columns, abroad=abroad)

    return MailText(
        template=template,
        to=_address(facts, reader),
        subject=" ".join(filled(mail.subject).split()),
        body=_closed(filled(mail.body), process, facts, language),
        language=language,
    )


def _closed(body: str, process: Compiled, facts: CaseFacts, language: str) -> str:
    """The words of a mail and the closing of the site, which says who answers for the case; lines left empty go."""
    closing = fill(process.site.mail_closing.say(language), process, facts, language)
    lines = [line.strip() for line in closing.splitlines() if line.strip()]
    return "\n\n".join([body.rstrip(), "\n".join(lines)]) if lines else body


def address_of(process: Compiled, template: str, facts: CaseFacts) -> str:
    """The one address on record that this mail would go to now, "" when there is none."""
    mail = process.mails.get(template)
    return _address(facts, path_of_reader(process, mail.to)) if mail is not None else ""


def path_of_reader(process: Compiled, to: str) -> tuple[str, ...]:
    """Where a case says to whom a mail goes: the customer it is about, or what the mail names."""
    if to == "customer" and "customer" not in process.fields:
        field = next((n for n, f in process.fields.items() if f.type == "record" and f.of == "customer"), "customer")
        return (field,)
    return tuple(to.split("."))


def known_language(facts: CaseFacts, reader: tuple[str, ...]) -> str:
    """The language a reader is known to read, "" when nothing is known."""
    said = str(_attribute(facts, reader, "language") or "").lower()
    return "en" if said.startswith("en") else "zh-Hans" if said.startswith("zh") else ""


def _address(facts: CaseFacts, reader: tuple[str, ...]) -> str:
    address = str(_attribute(facts, reader, "email") or "").strip()
    return address if is_one_address(address) else ""


def _attribute(facts: CaseFacts, reader: tuple[str, ...], name: str) -> Any:
    value = facts.value((*reader, name))
    if value is None and name == "email":
        direct = facts.value(reader)
        return direct if isinstance(direct, str) and "@" in direct else None
    return value
