"""`aftercare publish`: files become the newest versions, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from adapters.wiring import House
from cli.language import in_words, readers_language, say
from cli.opening import DATA_HELP, opened, settings_for
from cli.process_files import read
from cli.refusing import FINDINGS, Refused
from engine.kept import PublishedVersion
from engine.publishing import NotPublishable

FILE = click.Path(path_type=Path)


@click.command(
    help=in_words(
        "Publishes process files (also _site.yaml and _shared.yaml) as the next versions, after the same checks as "
        "`aftercare check`. Files that name each other are given together; either all are published or none. New cases run "
        "on the newest version, running ones keep theirs. An unchanged file makes no new version.\n\n"
        "Exit code: 0 published, 1 something has to be mended first, 2 wrong use.",
        "将流程文件（也可为 _site.yaml 与 _shared.yaml）发布为新版本，检查与 aftercare check 相同。相互引用的文件请一并给出，"
        "要么全部发布，要么都不发布。新工单使用最新版本，进行中的工单保持原版本。未变更的文件不产生新版本。\n\n"
        "退出码：0 已发布，1 需先修改，2 用法有误。",
    )
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option(
    "--reason",
    default="",
    help=in_words("Why, for everybody who looks at the versions.", "发布原因，显示在版本列表中。"),
)
@click.option("--by", help=in_words("Who publishes, for the history.", "发布人账号，记入历史。"))
@click.option("--data", type=FILE, help=in_words(*DATA_HELP))
def command(files: tuple[Path, ...], reason: str, by: str | None, data: Path | None) -> int:
    named = [(str(path), text_of(path)) for path in files]
    with opened(settings_for(data)) as house:
        try:
            before = {v.process: v.number for kind in ("site", "library", "process") for v in newest(house, kind)}
            published = house.publishing.publish_all(named, by, reason)
        except NotPublishable as refused:
            for problem in refused.review.problems:
                click.echo(problem.line(readers_language()), err=True)
            say("Nothing was published.", "未发布任何文件。", err=True)
            return FINDINGS
    for version in published:
        if before.get(version.process) == version.number:
            say(
                f"{version.process}: unchanged, version {version.number} stays.",
                f"{version.process}：未变更，仍为第 {version.number} 版。",
            )
        else:
            say(
                f"{version.process}: version {version.number} is published.",
                f"{version.process}：第 {version.number} 版已发布。",
            )
    return 0


def newest(house: House, kind: str) -> Sequence[PublishedVersion]:
    """The newest versions of a kind."""
    return house.store.read(lambda screens: screens.newest(kind))


def text_of(path: Path) -> str:
    """The file's text; published files are UTF-8."""
    try:
        return read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = in_words(f"{path} is not UTF-8; save it as UTF-8.", f"{path} 不是 UTF-8，请另存为 UTF-8。")
        raise Refused(sentence, FINDINGS) from error
