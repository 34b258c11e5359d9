"""Who asks by a token in the header. Must not know pages; a cookie never counts here."""

from __future__ import annotations

from flask import request

from engine.ports import SignedIn
from web import current

LONGEST = 200


def bearer() -> SignedIn | None:
    """Whose token came with this request, if it is a token that is valid now."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret or len(secret) > LONGEST:
        return None
    return current.house().accounts.token(secret)
