"""What every store of files asks of a file before it takes it, and how it describes one."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from adapters.files.harm import harm
from adapters.files.names import clean_name
from adapters.files.types import type_of
from engine.definition.texts import Text
from engine.refusals import Refusal

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
ID = re.compile(r"[0-9a-f]{32}")


def described(name: str, content: bytes, max_bytes: int) -> Mapping[str, Any]:
    """A new file's description under a new id; raises `Refusal` for one that is empty, too large or could do harm."""
    shown = clean_name(name)
    if not content:
        raise Refusal("wrong_value", Text(f"'{shown}' is empty; choose it again.", f"“{shown}”是空文件，请重新选择。"))
    if len(content) > max_bytes:
        raise Refusal("wrong_value", too_large(shown, len(content), max_bytes))
    type = type_of(content)
    if harmful := harm(shown, content, type):
        raise Refusal("wrong_value", harmful)
    return {"id": secrets.token_hex(16), "name": shown, "type": type, "size": len(content)}


def is_id(file_id: str) -> bool:
    """True for what can be an id of ours, and so for nothing that could be a path."""
    return bool(ID.fullmatch(file_id))


def too_large(shown: str, size: int, max_bytes: int) -> Text:
    has, may = spoken(size), spoken(max_bytes)
    return Text(
        f"'{shown}' has {has} and a file may have {may}; make it smaller, or attach it in parts.",
        f"“{shown}”大小为 {has}，超过单个文件上限 {may}；请压缩或分开上传。",
    )


def spoken(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{size / 1024:.1f} kB"
