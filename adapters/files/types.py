"""Tells what a file is from its content alone. Never believes a name or a sender.

Whatever could act when opened in a browser (HTML, SVG, scripts, macros) has no type of its own here: it is bytes.
"""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
TEXT = "text/plain"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OPEN_DOCUMENTS = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
)
# Documents before 2007: one container, told apart by the name of the stream inside.
OLD_OFFICE = {
    "application/msword": "WordDocument",
    "application/vnd.ms-excel": "Workbook",
    "application/vnd.ms-powerpoint": "PowerPoint Document",
}
OFFICE = frozenset((WORD, SHEET, SLIDES, *OPEN_DOCUMENTS, *OLD_OFFICE))
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
ACTIVE = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<head", "<body", "<iframe", "<!--")


def type_of(content: bytes) -> str:
    """The media type that the content shows; `application/octet-stream` when none does for certain."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return "image/heic"
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return type_of_zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return type_of_old_office(content)
    return TEXT if is_text(content) else UNKNOWN


def type_of_zip(content: bytes) -> str:
    """An office document inside a zip; nothing is unpacked, so a zip bomb stays a small file."""
    if b"vbaProject.bin" in content:
        return UNKNOWN
    for type in OPEN_DOCUMENTS:
        # Its rules put this first and unpacked, so that it can be told without unpacking.
        if content[30:38] == b"mimetype" and content[38:].startswith((type.encode(), type.encode() + b"PK")):
            return type
    if b"[Content_Types].xml" not in content:
        return UNKNOWN
    for type, part in ((WORD, b"word/document.xml"), (SHEET, b"xl/workbook.xml"), (SLIDES, b"ppt/presentation.xml")):
        if part in content:
            return type
    return UNKNOWN


def type_of_old_office(content: bytes) -> str:
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        return UNKNOWN
    return next((type for type, name in OLD_OFFICE.items() if name.encode("utf-16-le") in content), UNKNOWN)


def is_text(content: bytes) -> bool:
    """Readable UTF-8 without control characters that does not begin like a page."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    beginning = text[:1024].lower()
    if any(mark in beginning for mark in ACTIVE) or beginning.startswith("#!"):
        return False
    return not any(c < " " and c not in "\t\n\r\f" for c in text) and "\x7f" not in text
