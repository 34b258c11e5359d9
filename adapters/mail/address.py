"""Tells whether a text is exactly one mail address. Must not know whose.

Stricter than the mail standards where these allow comments, quotes, groups and lists: that is where a second recipient
hides. Freer than checkers for the public net: a company's own `li@mail.local` is an address.
"""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.policy import default

LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


class NotAnAddress(ValueError):
    """The text is no mail address, or more than one."""


def read_address(text: str) -> Address:
    """The one address that `text` is, with no name beside it. Raises `NotAnAddress`."""
    local, at, domain = text.strip(" ").rpartition("@")
    host = in_ascii(domain)
    if not at or len(local) > 64 or not LOCAL.fullmatch(local) or not host:
        raise NotAnAddress("a mail address is like name@example.com")
    return Address(username=local, domain=host)


def read_sender(text: str) -> Address:
    """One address that may have a name beside it: `Acme Service <service@example.com>`."""
    try:
        header = default.header_factory("From", text)
    except (MessageError, ValueError, IndexError):
        raise NotAnAddress("a sender is one name with one address") from None
    named = header.groups and len(header.groups) == 1 and header.groups[0].display_name is None
    if header.defects or not named or len(header.addresses) != 1 or not text.isprintable():
        raise NotAnAddress("a sender is one name with one address")
    found = header.addresses[0]
    address = read_address(found.addr_spec)
    return Address(found.display_name, address.username, address.domain)


def in_ascii(domain: str) -> str:
    """The domain as it travels (例子.中国 as xn--…), "" when it is none."""
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = host.split(".")
    return host.lower() if len(host) <= 253 and all(LABEL.fullmatch(label) for label in labels) else ""
