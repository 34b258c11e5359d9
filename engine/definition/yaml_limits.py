"""What a file must be before anyone reads it as YAML: UTF-8, of a bearable size, without invisible characters.

These limits keep hostile and accidental monsters away from the parser; they are checked on the raw text alone.
"""

from __future__ import annotations

import re

from engine.definition.problems import Place, Problem, problem

MAX_BYTES = 256 * 1024
MAX_LINES = 5_000
MAX_COLUMNS = 2_000
MAX_NODES = 20_000
MAX_DEPTH = 20

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
    "|\r(?!\n)"
)


def checked_text(source: str | bytes, file: str) -> str | Problem:
    """The file's text without its byte order mark, or the reason why it is not read at all."""
    size = len(source) if isinstance(source, bytes) else len(source.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        return problem("P100", Place(file), size=-(-size // 1024), limit=MAX_BYTES // 1024)
    text = _decoded(source, file) if isinstance(source, bytes) else source.removeprefix("\ufeff")
    if isinstance(text, Problem):
        return text
    return _forbidden_character(text, file) or _too_long(text, file) or text


def place_at(text: str, index: int, file: str) -> Place:
    """Line and column of the character at this index."""
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _decoded(source: bytes, file: str) -> str | Problem:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in source[:4]:
        return problem("P114.utf16", Place(file))
    try:
        return source.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8").removeprefix("\ufeff")
        return problem("P114.bytes", place_at(before, len(before), file), byte=f"{source[error.start]:02X}")


def forbidden_in(value: str, place: Place) -> Problem | None:
    """An invisible character that was not typed but escaped (`"\\ud800"`): no page, mail or database holds it."""
    found = _FORBIDDEN.search(value)
    return problem("P115", place, character=f"U+{ord(found[0]):04X}") if found else None


def _forbidden_character(text: str, file: str) -> Problem | None:
    found = _FORBIDDEN.search(text)
    if found is None:
        return None
    return problem("P115", place_at(text, found.start(), file), character=f"U+{ord(found[0]):04X}")


def _too_long(text: str, file: str) -> Problem | None:
    lines = text.split("\n")
    if len(lines) > MAX_LINES + 1 or (len(lines) == MAX_LINES + 1 and lines[-1]):
        return problem("P113.lines", Place(file, MAX_LINES + 1), limit=MAX_LINES)
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_COLUMNS:
            return problem("P113.columns", Place(file, number, MAX_COLUMNS + 1), limit=MAX_COLUMNS)
    return None
