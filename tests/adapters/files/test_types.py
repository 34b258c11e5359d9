"""What a file is, told from its content."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.files.names import clean_name
from adapters.files.types import OPEN_DOCUMENTS, SHEET, SLIDES, TEXT, UNKNOWN, WORD, type_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500


def a_zip(*parts: str, first: tuple[str, str] | None = None) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for part in parts:
            archive.writestr(part, "<x/>" * 10)
    return page.getvalue()


@pytest.mark.parametrize(
    ("content", "type"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"GIF89a\x01", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", UNKNOWN),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "image/heic"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00", "image/heic"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00", UNKNOWN),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"junk %PDF-1.7\n\x00", UNKNOWN),
        (a_zip("[Content_Types].xml", "word/document.xml"), WORD),
        (a_zip("[Content_Types].xml", "xl/workbook.xml"), SHEET),
        (a_zip("[Content_Types].xml", "ppt/presentation.xml"), SLIDES),
        (a_zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), UNKNOWN),
        (a_zip("word/document.xml"), UNKNOWN),
        (a_zip("virus.exe"), UNKNOWN),
        (a_zip("content.xml", first=("mimetype", OPEN_DOCUMENTS[1])), OPEN_DOCUMENTS[1]),
        (a_zip("content.xml", first=("mimetype", "application/x-else")), UNKNOWN),
        (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
        (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
        (OLE + "Workbook_VBA_PROJECT".encode("utf-16-le"), UNKNOWN),
        (OLE, UNKNOWN),
        ("故障描述：不通电\r\n\t第二行".encode(), TEXT),
        ("\ufeff有签名".encode(), TEXT),
        ("故障".encode("gb18030"), UNKNOWN),
        (b"a\x00b", UNKNOWN),
        (b"MZ\x90\x00", UNKNOWN),
        (b"#!/bin/sh\n", UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", UNKNOWN),
        (b"  \n<!DOCTYPE html><html>", UNKNOWN),
        (b"\xef\xbb\xbf<HTML>", UNKNOWN),
        (b"hello <script>alert(1)</script>", UNKNOWN),
    ],
)
def test_the_content_tells_the_type(content: bytes, type: str) -> None:
    assert type_of(content) == type


@given(st.binary(max_size=200))
def test_any_content_has_a_type_that_no_browser_runs(content: bytes) -> None:
    assert type_of(content) not in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("C:\\Users\\li\\照片 1.jpg", "照片 1.jpg"),
        ("/etc/passwd", "passwd"),
        ("a/../..", "file"),
        ("", "file"),
        ("...", "file"),
        (".htaccess", "htaccess"),
        ("a\x00b\r\nSet-Cookie.png", "a b Set-Cookie.png"),
        ("invoice\u202egpj.exe", "invoice gpj.exe"),
        ('a"b<c>.png', "abc.png"),
        ("e\u0301.png", "é.png"),
        ("a\ud800.png", "a.png"),
        ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 200, "x" * 120),
    ],
)
def test_a_name_is_shown_without_what_could_mislead(given: str, shown: str) -> None:
    assert clean_name(given) == shown


@given(st.text(max_size=300))
def test_every_name_becomes_a_short_visible_line(name: str) -> None:
    shown = clean_name(name)

    assert 0 < len(shown) <= 120
    assert shown.isprintable()
    assert not set(shown) & set('/\\"<>|:*?')
    assert shown == clean_name(shown)
