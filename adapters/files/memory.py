"""Attachments in memory, gone with the process: for tests and rehearsals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.files.rules import MAX_BYTES, described


class MemoryFiles:
    """The same promises as `LocalFiles`, without a disk."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._kept: dict[str, tuple[Mapping[str, Any], bytes]] = {}
        self._sent_by: dict[str, str | None] = {}

    def sent_by(self, file_id: str) -> str | None:
        """Who uploaded it; None for nobody and for no file."""
        return self._sent_by.get(file_id)

    def put(self, name: str, content: bytes, *, by: str | None) -> Mapping[str, Any]:
        """Keep it and describe it."""
        description = described(name, content, self._max_bytes)
        self._kept[description["id"]] = description, bytes(content)
        self._sent_by[description["id"]] = by
        return dict(description)

    def get(self, file_id: str) -> tuple[Mapping[str, Any], bytes] | None:
        """The description and the content, None when there is none."""
        found = self._kept.get(file_id)
        return (dict(found[0]), found[1]) if found else None
