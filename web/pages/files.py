"""Attachments: handed out as files to keep, never shown as pages of ours."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, abort, send_file

from web import current
from web.attachments import hangs_on, is_mine
from web.rules import rule

screen = Blueprint("files", __name__)

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser can only draw. Anything else is saved, never opened here."""


@screen.get("/files/<file_id>")
@rule("work")
def download(file_id: str) -> Any:
    """What somebody has uploaded themselves, while it hangs on nothing yet."""
    if not is_mine(file_id):
        abort(404)
    return _handed_out(file_id)


@screen.get("/cases/<case_id>/files/<file_id>")
@rule("case")
def of_case(case_id: str, file_id: str) -> Any:
    """What hangs on a case, for those who see it."""
    if not hangs_on(case_id, file_id) and not is_mine(file_id):
        abort(404)
    return _handed_out(file_id)


def _handed_out(file_id: str) -> Any:
    found = current.house().files.get(file_id)
    if found is None:
        abort(404)
    about, content = found
    response = send_file(
        io.BytesIO(content),
        mimetype=str(about["type"]) if about.get("type") in SHOWN else "application/octet-stream",
        as_attachment=True,
        download_name=str(about["name"]),
        max_age=3600,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
