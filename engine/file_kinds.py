"""The kinds of file that a field may name under `accept`, and what to say of a file of another kind."""

from __future__ import annotations

from collections.abc import Sequence

from engine.definition.texts import Text

_TYPES = {
    "image": ("image/",),
    "pdf": ("application/pdf",),
    "office": ("application/vnd.", "application/msword", "application/ms", "text/csv", "application/rtf"),
}
_CALLED = {
    "image": Text("a picture (JPG, PNG)", "图片（JPG、PNG）"),
    "pdf": Text("a PDF", " PDF 文件"),
    "office": Text("an Office document (Word, Excel, PowerPoint)", "办公文档（Word、Excel、PPT）"),
}


def wrong_kind(name: str, type: str, accept: Sequence[str]) -> Text | None:
    """That a file is none of the kinds that are wanted. One of unknown type (from a scenario) is taken; every real one was
    recognised by its content."""
    if not accept or "any" in accept or not type:
        return None
    if any(type.startswith(prefix) for group in accept for prefix in _TYPES.get(group, (group,))):
        return None
    called = [_CALLED.get(group, Text(group, group)) for group in accept]
    en, zh = " or ".join(kind.en for kind in called), "或".join(kind.say("zh-Hans") for kind in called)
    return Text(
        f"“{name}” is not {en} and was not taken; choose another file.", f"“{name}”不是{zh}，未收下，请重新选择。"
    )
