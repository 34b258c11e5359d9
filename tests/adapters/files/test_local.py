"""Attachments on the disk: what survives, and what the disk itself shows."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from adapters.files.local import LocalFiles
from engine.refusals import Refusal

PNG = b"\x89PNG\r\n\x1a\n" + os.urandom(50)


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_there_after_a_restart(tmp_path: Path) -> None:
    described = LocalFiles(tmp_path).put("a.png", PNG, by="li")

    assert LocalFiles(tmp_path).get(described["id"]) == (described, PNG)


def test_no_name_of_a_sender_becomes_a_name_on_the_disk(tmp_path: Path) -> None:
    LocalFiles(tmp_path / "in").put("../../evil.png", PNG, by="li")

    assert not [path for path in everything_in(tmp_path) if "evil" in str(path)]
    assert {path.parent.parent.parent for path in everything_in(tmp_path)} == {tmp_path / "in"}


def test_nothing_that_was_uploaded_can_be_run_or_read_by_others(tmp_path: Path) -> None:
    LocalFiles(tmp_path).put("run.txt", b"echo no\n", by="li")

    assert {stat.S_IMODE(path.stat().st_mode) for path in everything_in(tmp_path)} == {0o600}


def test_one_content_takes_its_space_once(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    for name in ("a.png", "b.png", "c.png"):
        files.put(name, PNG, by="li")

    assert len(everything_in(tmp_path / "contents")) == 1
    assert len(everything_in(tmp_path / "files")) == 3


def test_many_uploads_at_once_leave_nothing_half_written(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    taken: list[str] = []

    def upload() -> None:
        taken.extend(files.put("a.png", PNG, by="li")["id"] for _ in range(10))

    uploads = [threading.Thread(target=upload) for _ in range(4)]
    for thread in uploads:
        thread.start()
    for thread in uploads:
        thread.join()

    assert len(set(taken)) == 40
    assert all((found := files.get(id)) and found[1] == PNG for id in taken)
    assert not [path for path in everything_in(tmp_path) if path.name.startswith(".")]


def test_a_refused_file_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        LocalFiles(tmp_path / "in", max_bytes=3).put("a.txt", b"long", by="li")

    assert everything_in(tmp_path) == []


def test_a_full_disk_is_said_and_leaves_no_half_file(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys; from pathlib import Path; from adapters.files.local import LocalFiles\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "try: LocalFiles(Path(sys.argv[1])).put('a.txt', b'x' * 9000, by='li')\n"
        "except OSError as full: print('refused', full.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("refused")
    assert everything_in(tmp_path) == []


def test_a_content_that_the_disk_damaged_is_not_handed_out(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    described = files.put("a.png", PNG, by="li")
    (content,) = everything_in(tmp_path / "contents")

    content.write_bytes(PNG[:-1])
    with pytest.raises(Refusal, match=r"'a\.png' was damaged on the disk"):
        files.get(described["id"])

    content.unlink()
    with pytest.raises(Refusal, match="restore it from the backup"):
        files.get(described["id"])
