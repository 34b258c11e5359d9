"""The list of commands and what each is for. Must not know how any works: a module is imported when it is asked for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import click

from cli.click_words import SpokenContext, in_both_languages
from cli.language import in_words, say


@dataclass(frozen=True, slots=True)
class Entry:
    """A command by its name, the module that holds it as `command`, and one line of help in both languages."""

    name: str
    module: str
    english: str
    chinese: str


# In the order a newcomer needs them; `--help` shows it so.
ENTRIES: tuple[Entry, ...] = (
    Entry(
        "up", "cli.up", "Start everything on this computer: pages, timers and mail.", "在本机启动：网页、计时与邮件。"
    ),
    Entry("demo", "cli.demo", "Load sample cases and people to look around.", "载入示例工单与人员，供试用。"),
    Entry(
        "check",
        "cli.check",
        "Check process files: problems with line, column and cure.",
        "检查流程文件：给出行、列与改法。",
    ),
    Entry("graph", "cli.graph", "Show the steps and moves of a process.", "显示流程的步骤与流转。"),
    Entry("try", "cli.try_", "Play the scenarios of a process with virtual time.", "用虚拟时间演练流程中的场景。"),
    Entry("publish", "cli.publish", "Publish a process file as the next version.", "将流程文件发布为新版本。"),
    Entry(
        "migrate",
        "cli.migrate",
        "Move running cases to the newest version of their process.",
        "将进行中的工单迁移到流程的最新版本。",
    ),
    Entry("import", "cli.import_", "Import customers, orders and serial numbers.", "导入客户、订单与序列号。"),
    Entry(
        "announce",
        "cli.announce",
        "Let dates be announced that wait because they are many.",
        "确认因数量过多而等待的到期通知。",
    ),
    Entry("user", "cli.user", "Add people, set roles and passwords.", "添加人员，设置角色与密码。"),
    Entry("token", "cli.token", "Make and withdraw keys for the API.", "创建与撤销 API 密钥。"),
    Entry("run", "cli.run", "Run the web server for production.", "运行生产环境的网页服务。"),
    Entry("worker", "cli.worker", "Run a worker: timers, mail and calls.", "运行后台进程：计时、邮件与外部调用。"),
    Entry(
        "test",
        "cli.test",
        "Check this copy of Aftercare: style, types, layers, all tests.",
        "检验本软件：风格、类型、分层与全部测试。",
    ),
)


class Commands(click.Group):
    """A group that knows its commands by the list above and imports the one that runs."""

    context_class = SpokenContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [entry.name for entry in ENTRIES]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = next((entry for entry in ENTRIES if entry.name == cmd_name), None)
        return load(entry) if entry else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.list_commands(ctx):
            names = ", ".join(self.list_commands(ctx))
            ctx.fail(
                in_words(
                    f"There is no command '{args[0]}'; the commands are {names}.",
                    f"没有“{args[0]}”这个命令；可用命令：{names}。",
                )
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, in_words(entry.english, entry.chinese)) for entry in ENTRIES])


def load(entry: Entry) -> click.Command:
    """The command itself. A copy without it says so; any other import problem is not hidden."""
    try:
        module: Any = importlib.import_module(entry.module)
    except ModuleNotFoundError as missing:
        if missing.name != entry.module:
            raise
        sentence = in_words(
            f"This copy of Aftercare has no '{entry.name}' command.", f"此版本的 Aftercare 没有“{entry.name}”命令。"
        )
        raise click.UsageError(sentence) from None
    command: click.Command = module.command
    return in_both_languages(command)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=in_words(
        "Aftercare: after-sales processes as YAML files, an inbox, and timers that do not forget.",
        "Aftercare：用 YAML 文件描述售后流程，配有待办收件箱与不会遗忘的计时。",
    ),
)
@click.pass_context
def aftercare(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        say("Begin with: ./aftercare up", "从这里开始：./aftercare up")
