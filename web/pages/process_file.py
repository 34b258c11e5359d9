"""Changing a process: edit or upload its file, see the findings beside the lines, publish with a reason."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from engine.definition.texts import Text
from engine.definition.yaml_limits import MAX_BYTES
from engine.publishing import NotPublishable
from engine.refusals import Refusal
from web import current, said, site
from web.findings import Findings, findings_of
from web.pages.processes import published_version
from web.refusals import refused
from web.rules import rule

screen = Blueprint("process_file", __name__)


@screen.get("/process-file")
@rule("publish")
def edit() -> Any:
    process = request.args.get("process", "")[:80]
    published = published_version(process) if process else None
    return _page(published.text if published else "", process)


@screen.post("/process-file")
@rule("publish")
def check_or_publish() -> Any:
    process = request.form.get("process", "")[:80]
    text, reason = "", request.form.get("reason", "").strip()[:500]
    try:
        text = _text()
        if request.form.get("act") == "publish":
            if not reason:
                raise Refusal("wrong_value", _SAY_WHY, concerns="reason")
            done = current.house().publishing.publish(text, _file(process), current.me().id, reason)
            site.forget_catalogue()
            return said.then(url_for("processes.show", process=done.process), "said.published", n=str(done.number))
        return _page(text, process, findings=findings_of(current.house().publishing.check(text, _file(process))))
    except Refusal as refusal:
        findings = findings_of(refusal.review) if isinstance(refusal, NotPublishable) else None
        return refused(refusal, lambda no: _page(text, process, findings=findings, refusal=no, reason=reason))


def _text() -> str:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return request.form.get("text", "").replace("\r\n", "\n")
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Refusal("wrong_value", _TOO_LARGE, concerns="file")
    try:
        return str(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal("wrong_value", _NOT_TEXT, concerns="file") from None


def _file(process: str) -> str:
    return f"{process or 'process'}.yaml"


def _page(
    text: str, process: str, *, findings: Findings | None = None, refusal: Refusal | None = None, reason: str = ""
) -> str:
    return render_template(
        "processes/edit.html",
        text=text,
        process_id=process,
        findings=findings,
        refusal=refusal,
        reason=reason,
        lines=text.splitlines(),
    )


_SAY_WHY = Text("Say in a few words why this version is published.", "请简要说明发布此版本的原因。")
_TOO_LARGE = Text(f"A process file has at most {MAX_BYTES // 1024} kB.", f"流程文件最大 {MAX_BYTES // 1024} kB。")
_NOT_TEXT = Text(
    "This file is not UTF-8 text. Save it as UTF-8 and upload it again.",
    "此文件不是 UTF-8 文本，请另存为 UTF-8 后重新上传。",
)
