"""Files that values name by id, as the store of files describes them: what a sender says about a file is not believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.definition.texts import Text
from engine.refusals import FormRefusal
from web import current
from web.attachments import UsableFiles


def with_files(fields: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values with whole descriptions in these fields of files and signatures."""
    return dict(values) | {name: described(name, values[name]) for name in fields if values.get(name)}


def described(field: str, value: Any) -> list[dict[str, Any]]:
    """The files of one field. Raises FormRefusal for one that nobody uploaded."""
    listed = value if isinstance(value, list) else [value]
    return [_described(field, one.get("id") if isinstance(one, dict) else one) for one in listed[:200]]


def _described(field: str, id: Any) -> dict[str, Any]:
    found = UsableFiles(current.house().files).get(id) if isinstance(id, str) else None
    if found is None:
        raise FormRefusal(
            {field: Text(f"There is no uploaded file '{id}'; upload it first.", f"没有已上传的文件“{id}”，请先上传。")}
        )
    return dict(found[0])
