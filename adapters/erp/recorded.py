"""Answers in place of an outside system, and keeps what was asked: so a process runs before the ERP is connected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from adapters.files.local import write_whole
from engine.effects import CallAdapter

# What each kind of document is called; another operation gives the initials of its own name.
BEGINNINGS = {"erp.credit_note": "CN", "erp.purchase_order": "PO"}


class RecordedOperations:
    """Gives every call a document number, the same for the same key, and keeps the call in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def call(self, order: CallAdapter) -> Mapping[str, Any]:
        """The document's number. The same key twice is one document, whatever else the second call says."""
        page = self._folder / f"{hashlib.sha256(order.key.encode('utf-8')).hexdigest()}.json"
        # Two at once write the same answer: the number follows from the key.
        if not page.exists():
            write_whole(page, json.dumps(recorded(order), ensure_ascii=False, default=str).encode("utf-8"))
        answer: Mapping[str, Any] = json.loads(page.read_bytes())["answer"]
        return answer

    def kept(self) -> Sequence[Mapping[str, Any]]:
        """Everything that was asked, by number: {key, operation, values, answer}."""
        pages = [json.loads(page.read_bytes()) for page in self._folder.glob("[!.]*.json")]
        return sorted(pages, key=lambda page: str(page["answer"]["document"]))


def recorded(order: CallAdapter) -> Mapping[str, Any]:
    beginning = BEGINNINGS.get(order.operation) or initials(order.operation)
    number = hashlib.sha256(f"{order.operation} {order.key}".encode()).hexdigest()[:10].upper()
    return {
        "key": order.key,
        "operation": order.operation,
        "values": dict(order.values),
        "answer": {"document": f"{beginning}-{number}"},
    }


def initials(operation: str) -> str:
    return "".join(word[0] for word in operation.rpartition(".")[2].split("_") if word).upper()
