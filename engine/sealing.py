"""Whether two presses say the same: a short text for what was sent. Must not know what it means."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any


def sealed(content: object) -> str:
    """The same text for the same content. A file that was uploaded again is the same file: its id does not count."""
    said = json.dumps(_said(content), ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _said(value: Any) -> Any:
    match value:
        case Mapping():
            is_file = "id" in value and "size" in value and "name" in value
            return {str(name): _said(part) for name, part in value.items() if not (is_file and name == "id")}
        case list() | tuple():
            return [_said(part) for part in value]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {each.name: _said(getattr(value, each.name)) for each in dataclasses.fields(value)}
        case _:
            return value
