"""Small facts of one form: a moment as typed at the site, and the key that makes a second press harmless."""

from __future__ import annotations

import datetime as dt
import secrets

from flask import request

from engine.sealing import sealed
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


def key_of_form() -> str:
    """The key of the form that was sent, and what was typed in it: who goes back and writes something else presses anew."""
    key = request.form.get("key", "")[:64]
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in ("key", "form_token")]
    files = [(name, file.filename or "") for name, file in request.files.items(multi=True)]
    return f"{key}:{sealed((sorted(typed), sorted(files)))}" if key else ""


def new_key() -> str:
    """A new idempotency key: a double press of one form counts once."""
    return secrets.token_hex(12)
