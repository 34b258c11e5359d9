"""Attachments: handed out as files to keep, never shown as pages of ours."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, abort, send_file

from web import current
from web.rules import rule

screen = Blueprint("files", __name__)

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser can only draw. Anything else is saved, never opened here."""


@screen.get("/files/<file_id>")
@rule("work")
def download(file_id: str) -> Any:
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
