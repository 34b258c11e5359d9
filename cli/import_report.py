"""What came of an import, for people, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import click

from adapters.list_files import ListFile
from cli.language import in_words, say
from cli.refusing import refuse, said
from engine.importing.alike import Alike
from engine.importing.importing import Imported
from engine.importing.plan import Plan
from engine.importing.sheet import Refused

SHOWN = 20
MARKS = {",": ",", ";": ";", "\t": "tab", "|": "|"}


def tell(listed: ListFile, plan: Plan, result: Imported, name: str, dry_run: bool, report: Path | None) -> None:
    """How the file was understood, the first refused rows, and the sums."""
    columns = ", ".join(f"{listed.sheet.header[n]} → {attribute}" for n, attribute in plan.columns.items())
    say(f"{name} read as {listed.encoding}; columns: {columns}", f"{name} 按 {listed.encoding} 读取；列：{columns}")
    for row in result.refused[:SHOWN]:
        click.echo(f"{name}:{row.line}: {sentence(row)}")
    if len(result.refused) > SHOWN and report is None:
        more = len(result.refused) - SHOWN
        say(
            f"... and {more:,} more; add --report refused.csv to get all of them.",
            f"……另有 {more} 行；加上 --report refused.csv 可得到全部。",
        )
    elif report is not None and result.refused:
        say(f"All refused rows stand in {report}.", f"全部被拒绝的行见 {report}。")
    for alike in result.alike[:SHOWN]:
        click.echo(f"{name}:{alike.line}: {warning(alike)}")
    if len(result.alike) > SHOWN:
        more = len(result.alike) - SHOWN
        say(f"... and {more:,} more that look the same as others.", f"……另有 {more} 个与其他编号极为相似。")
    tell_moved(result, name)
    say(sums(result)[0], sums(result)[1])
    for event, count in Counter(one.event for one in result.told).items():
        say(f"{event}: {count:,} announced to the processes.", f"{event}：通知各流程 {count:,} 次。")
    if dry_run:
        say("Nothing was written: this was a rehearsal.", "预演结束，未写入任何内容。")
    elif not result.written:
        say(
            "Nothing was written. Mend these rows, or add --skip-refused to take the others.",
            "未写入任何内容。请修改这些行，或加上 --skip-refused 导入其余行。",
        )


def sums(result: Imported) -> tuple[str, str]:
    """All rows in numbers, in both languages."""
    english = f"{result.new:,} new, {result.changed:,} changed, {result.unchanged:,} unchanged"
    chinese = f"新增 {result.new:,}，变更 {result.changed:,}，未变 {result.unchanged:,}"
    for count, en, zh in (
        (result.repeated, "repeated", "重复"),
        (result.blank, "blank", "空行"),
        (result.refused_rows, "refused", "拒绝"),
    ):
        if count:
            english, chinese = f"{english}, {count:,} {en}", f"{chinese}，{zh} {count:,}"
    return english + ".", chinese + "。"


def tell_moved(result: Imported, name: str) -> None:
    """The warranties that move far: whether that is meant, a person sees best."""
    for moved in result.moved[:SHOWN]:
        say(
            f"{name}:{moved.line}: the warranty of {moved.number} moves from {moved.old} to {moved.new}.",
            f"{name}:{moved.line}：{moved.number} 的质保到期日由 {moved.old} 改为 {moved.new}。",
        )
    if result.moved:
        count = len(result.moved)
        say(f"Warranties that move by more than a year: {count:,}.", f"质保到期日变动超过一年的设备：{count:,} 台。")


def sentence(row: Refused) -> str:
    """Why a row was refused, with its column."""
    return f"{row.column}: {said(row.why)}" if row.column else said(row.why)


def warning(alike: Alike) -> str:
    """What a look-alike number is told by; the row is taken with it."""
    return in_words(
        f"'{alike.number}' looks the same as '{alike.other}' and is taken as another unit. If it is not, correct the list.",
        f"“{alike.number}”与“{alike.other}”极为相似，按另一台设备接收；若为同一台，请更正清单。",
    )


def as_json(listed: ListFile, plan: Plan, result: Imported, name: str) -> str:
    """The whole result."""
    told = {
        "file": name,
        "what": plan.target.word,
        "encoding": listed.encoding,
        "delimiter": MARKS.get(listed.delimiter, listed.delimiter),
        "columns": {listed.sheet.header[n]: attribute for n, attribute in plan.columns.items()},
        "dates": dict(plan.orders),
        "rows": result.rows,
        "blank": result.blank,
        "repeated": result.repeated,
        "new": result.new,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "written": result.written,
        "told": dict(Counter(one.event for one in result.told)),
        "refused": [
            {"line": row.line, "column": row.column, "value": row.cell, "message": said(row.why)}
            for row in result.refused
        ],
        "moved": [
            {"line": moved.line, "value": moved.number, "old": moved.old, "new": moved.new} for moved in result.moved
        ],
        "alike": [
            {"line": alike.line, "value": alike.number, "other": alike.other, "message": warning(alike)}
            for alike in result.alike
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, in both widths."""


def write_report(path: Path, result: Imported) -> None:
    """The refused rows as a CSV that spreadsheets open with the right letters; no cell can become a formula."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(
                [
                    in_words("line", "行号"),
                    in_words("column", "列"),
                    in_words("value", "值"),
                    in_words("reason", "原因"),
                ]
            )
            lines.writerows(
                [row.line, _harmless(row.column), _harmless(row.cell), said(row.why)] for row in result.refused
            )
    except OSError as error:
        raise refuse(f"Cannot write {path}: {error.strerror}.", f"无法写入 {path}：{error.strerror}。") from error


def _harmless(cell: str) -> str:
    return "'" + cell if cell.strip()[:1] in FORMULA or cell[:1] in ("\t", "\r") else cell
