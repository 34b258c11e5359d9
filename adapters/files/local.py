"""Attachments in a folder of this computer, outside everything the web serves. Must not know what they show.

`contents/` holds each content once, named by its SHA-256; `files/` a small description by random id. A description is
written after its content is safely on the disk, so that a crash can leave a content nobody knows, never the reverse.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from adapters.files.rules import MAX_BYTES, described, is_id
from engine.definition.texts import Text
from engine.refusals import Refusal

SHOWN = ("id", "name", "type", "size")


class LocalFiles:
    """Files of at most `max_bytes` under `folder`, which is made when the first one comes."""

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._contents = folder / "contents"
        self._files = folder / "files"
        self._max_bytes = max_bytes

    def put(self, name: str, content: bytes, *, by: str | None) -> Mapping[str, Any]:
        """Write it to the disk and describe it; when this returns, it survives a power failure."""
        description = described(name, content, self._max_bytes)
        checksum = hashlib.sha256(content).hexdigest()
        if not self.content(checksum).exists():
            write_whole(self.content(checksum), content)
        page = json.dumps({**description, "sha256": checksum, "by": by}, ensure_ascii=False)
        write_whole(self.description(description["id"]), page.encode("utf-8"))
        return description

    def sent_by(self, file_id: str) -> str | None:
        """Who uploaded it; None for nobody and for no file."""
        if not is_id(file_id):
            return None
        with suppress(FileNotFoundError):
            by = json.loads(self.description(file_id).read_bytes())["by"]
            return str(by) if by else None
        return None

    def get(self, file_id: str) -> tuple[Mapping[str, Any], bytes] | None:
        """The description and the content, None when there is none. Raises `Refusal` when the disk has damaged it."""
        if not is_id(file_id):
            return None
        try:
            page = json.loads(self.description(file_id).read_bytes())
        except FileNotFoundError:
            return None
        shown = {name: page[name] for name in SHOWN}
        return shown, self.intact(page)

    def intact(self, page: Mapping[str, Any]) -> bytes:
        content = b""
        with suppress(FileNotFoundError):
            content = self.content(page["sha256"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != page["sha256"]:
            raise Refusal(
                "unknown",
                Text(
                    f"'{page['name']}' was damaged on the disk; ask an administrator to restore it from the backup.",
                    f"“{page['name']}”在磁盘上已损坏；请联系管理员从备份中恢复。",
                ),
            )
        return content

    def content(self, checksum: str) -> Path:
        return self._contents / checksum[:2] / checksum

    def description(self, file_id: str) -> Path:
        return self._files / file_id[:2] / f"{file_id}.json"


def write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing, also through a power failure: write beside, sync, rename, sync the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        # Never executable, and read by nobody but the service.
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as page:
            page.write(content)
            page.flush()
            os.fsync(page.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
