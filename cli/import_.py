"""`aftercare import`: lists of customers, orders, their lines and serial numbers, whole or not at all."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click

from adapters.list_files import ListFile, read_list
from adapters.wiring import House
from cli.import_mapping import read_mapping
from cli.import_report import as_json, tell, write_report
from cli.language import in_words
from cli.opening import DATA_HELP, opened, settings_for
from cli.refusing import FINDINGS, in_sentences, said
from engine.definition.texts import Text
from engine.importing.cells import Order
from engine.importing.importing import Imported
from engine.importing.plan import Plan, plan_for
from engine.importing.targets import target_of

FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed."""

    what: str
    file: Path
    columns: dict[str, str]
    constants: dict[str, str]
    dates: Order
    encoding: str
    dry_run: bool
    skip_refused: bool
    tells: bool | None = None


@click.command(
    help=in_words(
        "Imports a CSV file (plain or .gz) of WHAT: customers, orders, order_lines, serial_numbers, or a record type of "
        "your site file.\n\n"
        "Columns are recognised by their names; --map says what is not. A row that cannot be taken is named with its line "
        "and the reason, and then nothing is written, unless you add --skip-refused. Importing the same file again changes "
        "nothing. An empty cell leaves what is stored. A column 'because' says of a unit why a warranty out of all bounds is "
        "right.\n\n"
        "Exit code: 0 all rows taken, 1 some rows refused, 2 the file or the command is wrong.",
        "导入 CSV 文件（可为 .gz）。WHAT 为 customers（客户）、orders（订单）、order_lines（订单明细）、serial_numbers（序列号）"
        "或站点文件中的其他档案类型。\n\n"
        "按列名自动识别，无法识别的用 --map 指定。无法接收的行会注明行号与原因，此时不写入任何内容，除非加上 --skip-refused。"
        "重复导入同一文件不会产生任何变化。空单元格保留原值。序列号清单可用“because”列说明超出常规的质保期为何无误。\n\n"
        "退出码：0 全部接收，1 有行被拒绝，2 文件或命令有误。",
    )
)
@click.argument("what", metavar="WHAT")
@click.argument("file", type=FILE)
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="COLUMN=ATTRIBUTE",
    help=in_words(
        "What a column is; nothing after the = leaves it out.", "指定某列对应的属性；等号后留空表示忽略该列。"
    ),
)
@click.option(
    "--constant",
    "constants",
    multiple=True,
    metavar="ATTRIBUTE=VALUE",
    help=in_words("What is the same in every row.", "所有行相同的属性值。"),
)
@click.option(
    "--mapping",
    type=FILE,
    help=in_words("A YAML file with columns: and constants:.", "含 columns: 与 constants: 的 YAML 文件。"),
)
@click.option(
    "--dates",
    type=click.Choice(["auto", "iso", "mdy", "dmy"]),
    default="auto",
    help=in_words(
        "Month first (mdy), day first (dmy), or recognised by column.", "月在前（mdy）、日在前（dmy），默认按列识别。"
    ),
)
@click.option(
    "--encoding",
    default="auto",
    help=in_words("How the letters are stored, such as gb18030.", "文件编码，例如 gb18030。"),
)
@click.option("--dry-run", is_flag=True, help=in_words("Only say what would happen.", "仅预演，不写入。"))
@click.option(
    "--skip-refused", is_flag=True, help=in_words("Write the rows that can be taken.", "跳过被拒绝的行，写入其余行。")
)
@click.option(
    "--announce/--past",
    "tells",
    default=None,
    help=in_words(
        "Whether what changes is told to the processes (an order that is shipped begins its tracking), or is history. "
        "Without either, up to 50 events are.",
        "变化是否通知各流程（订单发货即开始发货追踪），或仅为历史数据。两者都不写时，最多通知 50 个事件。",
    ),
)
@click.option(
    "--report", type=FILE, help=in_words("Where to write the refused rows as CSV.", "将被拒绝的行写入该 CSV 文件。")
)
@click.option("--by", help=in_words("Who imports, for the history.", "操作人账号，记入变更历史。"))
@click.option("--data", type=FILE, help=in_words(*DATA_HELP))
@click.option("--json", "in_json", is_flag=True, help=in_words("The result for other programs.", "以 JSON 输出结果。"))
def command(
    what: str, file: Path, maps: tuple[str, ...], constants: tuple[str, ...], mapping: Path | None, dates: str,
    encoding: str, dry_run: bool, skip_refused: bool, tells: bool | None, report: Path | None, by: str | None,
    data: Path | None, in_json: bool,
) -> int:  # fmt: skip
    with in_sentences():
        columns, fixed = read_mapping(maps, constants, mapping)
        wish = Wish(what, file, columns, fixed, cast(Order, dates), encoding, dry_run, skip_refused, tells)
        with opened(settings_for(data)) as house, steps(quiet=in_json) as step:
            listed, plan, result = carry_out(house, wish, by, step)
    if report is not None:
        write_report(report, result)
    if in_json:
        click.echo(as_json(listed, plan, result, file.name))
    else:
        tell(listed, plan, result, file.name, dry_run, report)
    return FINDINGS if result.refused else 0


def carry_out(house: House, wish: Wish, by: str | None, step: Any) -> tuple[ListFile, Plan, Imported]:
    """Reads, understands and imports one file, in one transaction."""
    step(Text(f"Reading {wish.file.name}", f"正在读取 {wish.file.name}"))
    listed = read_list(wish.file, wish.encoding)
    site = house.store.read(house.definitions.site)
    plan = plan_for(listed.sheet, target_of(wish.what, site), wish.columns, wish.constants, wish.dates)
    rows = len(listed.sheet.rows)
    step(Text(f"Importing {rows:,} rows", f"正在导入 {rows} 行"))

    done = house.desk.import_list(
        listed.sheet,
        plan,
        by=by,
        name=wish.file.name,
        skip_refused=wish.skip_refused,
        dry_run=wish.dry_run,
        tells=wish.tells,
    )
    return listed, plan, done


def steps(*, quiet: bool) -> AbstractContextManager[Any]:
    """On a terminal a line that moves while work goes on; elsewhere nothing."""
    from rich.console import Console

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        return nullcontext(lambda text: None)
    return _Moving(console)


class _Moving:
    """A moving bar with the present step beside it."""

    def __init__(self, console: Any) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True
        )
        self._task: Any = None

    def __enter__(self) -> Any:
        self._bar.start()
        self._task = self._bar.add_task("", total=None)
        return lambda text: self._bar.update(self._task, description=said(text))

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
