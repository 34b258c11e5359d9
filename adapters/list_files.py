"""A CSV file as a sheet: unpacked, decoded and divided without guessing in silence. Must not know what the columns mean.

A file is UTF-8, or Chinese in GB18030 beyond doubt, or its encoding has to be named: wrong letters are worse than none.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from engine.definition.texts import Text
from engine.importing.sheet import Row, Sheet
from engine.refusals import Refusal

MOST_BYTES = 512 * 1024 * 1024
DELIMITERS = ",;\t|"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file as it was understood."""

    sheet: Sheet
    encoding: str
    delimiter: str


def read_list(path: Path, encoding: str = "auto") -> ListFile:
    """The list in a file, `.gz` or plain. Raises Refusal in one sentence for what cannot be read."""
    raw = _unpacked(path)
    text, known_as = _decoded(raw, encoding, path.name)
    text = text.removeprefix("\ufeff")
    delimiter = _delimiter(text)
    return ListFile(_sheet(text, delimiter, path.name), known_as, delimiter)


def _unpacked(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _refusal(
            f"Cannot read {path}: {error.strerror}.", f"无法读取 {path}：{error.strerror}。", str(path)
        ) from error
    if raw[:2] == b"\x1f\x8b":
        raw = _inflated(raw, path.name)
    if raw[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise _refusal(
            f"{path.name} is a workbook; save the sheet as CSV UTF-8 and import that.",
            f"{path.name} 是工作簿文件，请将工作表另存为 CSV UTF-8 后再导入。",
            path.name,
        )
    return raw


def _inflated(raw: bytes, name: str) -> bytes:
    """Bounded, so that a small file cannot fill the memory."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            found = packed.read(MOST_BYTES + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _refusal(
            f"{name} is cut off or damaged and cannot be unpacked; fetch it again.",
            f"{name} 不完整或已损坏，无法解压，请重新获取。",
            name,
        ) from error
    if len(found) > MOST_BYTES:
        raise _refusal(
            f"{name} is larger than 512 MB unpacked; import it in parts.",
            f"{name} 解压后超过 512 MB，请分批导入。",
            name,
        )
    return found


def _decoded(raw: bytes, encoding: str, name: str) -> tuple[str, str]:
    if encoding != "auto":
        return _as_told(raw, encoding, name)
    if raw.startswith(UTF_16) or b"\x00" in raw[:4096]:
        raise _refusal(
            f"{name} is UTF-16 ('Unicode text') or not a text; save it as CSV UTF-8, or say --encoding utf-16.",
            f"{name} 是 UTF-16（“Unicode 文本”）或不是文本文件；请另存为 CSV UTF-8，或指定 --encoding utf-16。",
            name,
        )
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_chinese(raw):
            return raw.decode("gb18030"), "gb18030"
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refusal(
            f"{name} is not UTF-8 (line {line}). Save it as CSV UTF-8, or say how it was saved: "
            "--encoding gb18030 for Chinese, --encoding windows-1252 for Western Europe.",
            f"{name} 不是 UTF-8（第 {line} 行）。请另存为 CSV UTF-8，或说明其编码："
            "中文为 --encoding gb18030，西欧为 --encoding windows-1252。",
            name,
        ) from error


def _as_told(raw: bytes, encoding: str, name: str) -> tuple[str, str]:
    try:
        found = codecs.lookup(encoding)
    except LookupError as error:
        raise _refusal(
            f"'{encoding}' is not an encoding; common ones are utf-8, gb18030, utf-16 and windows-1252.",
            f"“{encoding}”不是编码名称，常用的有 utf-8、gb18030、utf-16 和 windows-1252。",
            encoding,
        ) from error
    try:
        return raw.decode("utf-8-sig" if found.name == "utf-8" else found.name), found.name
    except (UnicodeError, LookupError) as error:
        line = raw.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise _refusal(
            f"{name} is not {encoding}: line {line} cannot be read so. Leave --encoding out to have it recognised.",
            f"{name} 不是 {encoding} 编码：第 {line} 行无法读取。可不写 --encoding，由系统识别。",
            name,
        ) from error


def _is_chinese(raw: bytes) -> bool:
    """Whether nearly all that is not ASCII are the characters of everyday Chinese: Western letters read as GB18030 give rare
    ones, and would become nonsense that nobody notices."""
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text if ord(character) > 127]
    return bool(foreign) and sum(map(_is_everyday, foreign)) >= 0.85 * len(foreign)


def _is_everyday(character: str) -> bool:
    """A character of GB2312's first level (3,755 common ones) or its punctuation and full-width forms."""
    try:
        encoded = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xB0 <= encoded[0] <= 0xD7 or encoded[0] in (0xA1, 0xA3)


def _delimiter(text: str) -> str:
    """What the header is divided by, outside of quotes."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    bare = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _sheet(text: str, delimiter: str, name: str) -> Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    blank = begins = 0
    try:
        for cells in reader:
            line, begins = begins + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                blank += bool(header)
            elif not header:
                header = tuple(cell.strip() for cell in cells)
            else:
                rows.append(Row(line, tuple(cells)))
    except csv.Error as error:
        line = begins + 1
        raise _refusal(
            f"{name}: line {line} is not sound CSV ({error}); look for a quotation mark that is not closed.",
            f"{name}：第 {line} 行不是有效的 CSV（{error}），请检查是否有未闭合的引号。",
            name,
        ) from error
    if not header:
        raise _refusal(
            f"{name} is empty; its first line must name the columns.", f"{name} 是空文件，首行应为列名。", name
        )
    return Sheet(header, tuple(rows), blank)


def _refusal(english: str, chinese: str, concerns: str) -> Refusal:
    return Refusal("wrong_value", Text(english, chinese), concerns=concerns)
