"""Small facts of one form: a moment as typed at the site, and the key that makes a second press harmless."""

from __future__ import annotations

import datetime as dt
import secrets

from engine.typed_values import in_our_time
from web import current


def typed_moment(text: str) -> dt.datetime | None:
    """A date (nine in the morning of it) or a date and time of the site, as a UTC instant; None when it is neither."""
    try:
        moment = in_our_time(dt.datetime.fromisoformat(text.strip()))
    except ValueError:
        return None
    if len(text.strip()) == 10:
        moment = moment.replace(hour=9)
    return moment.replace(tzinfo=moment.tzinfo or current.zone()).astimezone(dt.UTC)


def new_key() -> str:
    """A new idempotency key: a double press of one form counts once."""
    return secrets.token_hex(12)
