"""What every store of attachments promises: the memory twin and the disk alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.files.local import LocalFiles
from adapters.files.memory import MemoryFiles
from engine.ports import Files
from engine.refusals import Refusal

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
MAKERS: dict[str, Callable[[Path], Files]] = {
    "memory": lambda folder: MemoryFiles(max_bytes=1000),
    "disk": lambda folder: LocalFiles(folder / "uploads", max_bytes=1000),
}


@pytest.fixture(params=sorted(MAKERS))
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    return MAKERS[request.param](tmp_path)


def test_a_file_comes_back_as_it_was_given(files: Files) -> None:
    described = files.put("照片.png", PNG, by="li")

    assert described == {"id": described["id"], "name": "照片.png", "type": "image/png", "size": len(PNG)}
    assert files.get(described["id"]) == (described, PNG)


def test_the_type_is_told_from_the_content_not_from_the_name(files: Files) -> None:
    assert files.put("seal.txt", PNG, by=None)["type"] == "image/png"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("invoice.txt", b"MZ\x90\x00\x03", "is a program or a web page"),
        ("list.bat", b"del list", "is a program or a web page"),
        ("seal.png", b"  <svg onload='alert(1)'></svg>", "is a program or a web page"),
        ("mail.xls", b"<!-- a --><html><script>", "is a program or a web page"),
        ("invoice.pdf", b"\x00\x01\x02", "is not a PDF"),
        ("seal.jpg", b"a list", "is not a picture"),
    ],
)
def test_what_could_do_harm_or_is_not_what_it_is_called_is_not_taken(
    files: Files, name: str, content: bytes, why: str
) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        files.put(name, content, by="li")
    assert refused.value.text.zh.endswith(("或录音录像。", "请重新选择。"))


def test_mails_recordings_and_archives_are_taken(files: Files) -> None:
    for name, content in (
        ("mail.eml", b"From: a@b.example\nSubject: Seal\n\n<html>Hello</html>"),
        ("call.m4a", b"\x00\x00\x00\x18ftypM4A "),
        ("logs.zip", b"PK\x03\x04 logs"),
        ("invoice.xml", b"<?xml version='1.0'?><invoice/>"),
        ("日志.txt", "故障".encode("gb18030")),
    ):
        assert files.put(name, content, by="li")["name"] == name


def test_an_id_cannot_be_guessed_and_is_never_given_twice(files: Files) -> None:
    ids = {files.put("a.png", PNG, by="li")["id"] for _ in range(20)}

    assert len(ids) == 20
    assert all(len(id) == 32 for id in ids)


def test_the_same_content_under_two_names_is_two_files(files: Files) -> None:
    one, other = files.put("front.png", PNG, by="li"), files.put("back.png", PNG, by="wang")

    assert [files.get(f["id"]) for f in (one, other)] == [(one, PNG), (other, PNG)]


def test_a_name_is_never_a_path(files: Files) -> None:
    assert files.put("../../etc/passwd\x00.png", PNG, by="li")["name"] == "passwd .png"


@pytest.mark.parametrize("id", ["", "../../../etc/passwd", "0" * 32, "0" * 31 + "/", "..", "\x00", "A" * 32])
def test_an_id_of_nothing_finds_nothing(files: Files, id: str) -> None:
    files.put("a.png", PNG, by="li")

    assert files.get(id) is None


def test_a_file_of_exactly_the_limit_is_taken(files: Files) -> None:
    assert files.put("a.txt", b"x" * 1000, by="li")["size"] == 1000


def test_a_file_above_the_limit_is_refused_in_a_sentence(files: Files) -> None:
    with pytest.raises(Refusal) as refused:
        files.put("a.txt", b"x" * 5001, by="li")

    assert refused.value.code == "wrong_value"
    assert refused.value.text.en.startswith("'a.txt' has 4.9 kB and a file may have 1.0 kB; make it smaller")
    assert "a.txt" in refused.value.text.zh


def test_an_empty_file_is_refused_in_a_sentence(files: Files) -> None:
    with pytest.raises(Refusal, match=r"'a\.txt' is empty; choose it again"):
        files.put("a.txt", b"", by="li")


def test_changing_a_description_changes_nothing_that_is_kept(files: Files) -> None:
    described = dict(files.put("a.png", PNG, by="li"))
    kept = files.get(described["id"])
    assert kept is not None
    dict(kept[0])["name"] = "b.png"

    assert files.get(described["id"]) == (described, PNG)
