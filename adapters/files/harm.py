"""Files that nobody may hand in: programs and web pages, and what is called a picture or a PDF and is none.

Looks at the beginning and at the ending of the name. What is inside an archive is not looked at; nothing is ever opened here.
"""

from __future__ import annotations

from adapters.files.types import ACTIVE, TEXT, UNKNOWN
from engine.definition.texts import Text
from engine.file_kinds import wrong_kind

PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"#!/",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a shortcut, which starts whatever it likes
)
DO_SOMETHING = frozenset(
    [
        "apk",
        "app",
        "bat",
        "cmd",
        "com",
        "cpl",
        "dll",
        "exe",
        "hta",
        "htm",
        "html",
        "jar",
        "js",
        "jse",
        "lnk",
        "mht",
        "mhtml",
        "msi",
        "msp",
        "pif",
        "ps1",
        "reg",
        "scr",
        "sh",
        "svg",
        "svgz",
        "url",
        "vbe",
        "vbs",
        "wsf",
        "wsh",
        "xhtml",
    ]
)
"""Endings at which a computer runs a file, or opens it as a page, when somebody clicks on it."""
MEANS = dict.fromkeys(("gif", "heic", "jpeg", "jpg", "png", "webp"), "image") | {"pdf": "pdf"}
"""The kind that an ending promises, as a field accepts it."""
PAGE = tuple(mark for mark in ACTIVE if mark not in ("<?xml", "<!--"))


def harm(name: str, content: bytes, type: str) -> Text | None:
    """Why a file is not taken, and what to send instead; None where nothing speaks against it."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in DO_SOMETHING or content.startswith(PROGRAMS) or _is_page(content, type):
        return Text(
            f"“{name}” is a program or a web page, and such a file was not taken. Send a picture, a PDF, a document, "
            "a mail or a recording instead.",
            f"“{name}”是程序或网页文件，未收下；请改为上传图片、PDF、办公文档、邮件或录音录像。",
        )
    return wrong_kind(name, type, (MEANS[ending],)) if ending in MEANS else None


def _is_page(content: bytes, type: str) -> bool:
    beginning = content[:1024].decode("utf-8", "replace").lower().lstrip("\ufeff \t\r\n")
    return type in (TEXT, UNKNOWN) and beginning.startswith("<") and any(mark in beginning for mark in PAGE)
