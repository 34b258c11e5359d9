"""CSV files as they come: packed or not, in several encodings, divided by this or that; never wrong letters in silence."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from adapters.list_files import ListFile, read_list
from engine.refusals import Refusal

TEXT = "code,name\nC-1,张三电器有限公司\n"


def listed(folder: Path, raw: bytes, encoding: str = "auto", name: str = "list.csv") -> ListFile:
    (folder / name).write_bytes(raw)
    return read_list(folder / name, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_everyday_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    found = listed(tmp_path, TEXT.encode(encoding))
    assert found.sheet.header == ("code", "name")
    assert found.sheet.rows[0].cells == ("C-1", "张三电器有限公司")
    assert found.encoding == encoding.removesuffix("-sig")


def test_a_packed_file_is_unpacked(tmp_path: Path) -> None:
    assert listed(tmp_path, gzip.compress(TEXT.encode()), name="list.csv.gz").sheet.rows[0].line == 2


@pytest.mark.parametrize("mark", [True, False])
def test_utf_16_is_refused_with_the_cure_and_taken_when_told(tmp_path: Path, mark: bool) -> None:
    raw = TEXT.encode("utf-16" if mark else "utf-16-le")
    with pytest.raises(Refusal, match="save it as CSV UTF-8, or say --encoding utf-16"):
        listed(tmp_path, raw)
    assert listed(tmp_path, raw, "utf-16" if mark else "utf-16-le").sheet.rows[0].cells[1] == "张三电器有限公司"


def test_western_letters_are_not_taken_for_chinese_ones(tmp_path: Path) -> None:
    raw = "code,name\nC-1,Müller Café GmbH\nC-2,Señor Peña\n".encode("windows-1252")
    with pytest.raises(Refusal, match=r"not UTF-8 \(line 2\).*--encoding windows-1252"):
        listed(tmp_path, raw)
    assert listed(tmp_path, raw, "windows-1252").sheet.rows[0].cells[1] == "Müller Café GmbH"


def test_an_encoding_that_is_not_the_files_is_refused_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="is not ascii: line 2 cannot be read so"):
        listed(tmp_path, TEXT.encode(), "ascii")
    with pytest.raises(Refusal, match="'klingon' is not an encoding"):
        listed(tmp_path, TEXT.encode(), "klingon")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_header_tells_what_divides_the_cells(tmp_path: Path, delimiter: str) -> None:
    found = listed(tmp_path, f'code{delimiter}"name, full"\nC-1{delimiter}ACME\n'.encode())
    assert (found.delimiter, found.sheet.header) == (delimiter, ("code", "name, full"))


def test_blank_rows_are_counted_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    found = listed(tmp_path, b'code,name\r\n,,\r\nC-1,"two\nlines"\r\n\r\nC-2,x\r\n,\r\n')
    assert [(row.line, row.cells[0]) for row in found.sheet.rows] == [(3, "C-1"), (6, "C-2")]
    assert found.sheet.blank == 3


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b'code,name\nC-1,"open\n', "line 2 is not sound CSV"),
        (b"PK\x03\x04rest", "is a workbook"),
        (gzip.compress(b"code\nC-1\n")[:-9], "is cut off or damaged"),
    ],
    ids=["empty", "quote", "workbook", "cut_off"],
)
def test_what_is_no_list_is_refused_in_one_sentence(tmp_path: Path, raw: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        listed(tmp_path, raw)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="No such file"):
        read_list(tmp_path / "nothing.csv")
