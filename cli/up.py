"""`aftercare up`: everything on this computer in one program: pages, timers, mail, and on the first day a demo company."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path

import click

from adapters.settings import Settings
from cli.demo import DEMO_PASSWORD, has_no_file_yet, holds_demo, is_empty, load_demo
from cli.language import in_words, say
from cli.opening import DATA_HELP, opened, publish_shipped, settings_for
from cli.refusing import said

THIS_COMPUTER = ("127.0.0.1", "localhost", "::1")


@click.command(
    help=in_words(
        "Starts Aftercare on this computer: pages, timers and mail in one program. The first start publishes the shipped "
        "processes and loads a demo company; later starts find everything as it was. Stop it with Ctrl-C.",
        "在本机启动 Aftercare：网页、计时与邮件合为一个程序。首次启动会发布随附流程并载入演示公司；"
        "之后启动保留全部数据。按 Ctrl-C 停止。",
    )
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help=in_words("Where to listen (AFTERCARE_PORT, 8000).", "监听端口（AFTERCARE_PORT，默认 8000）。"),
)
@click.option(
    "--host",
    help=in_words(
        "Who may come: 127.0.0.1 this computer only (AFTERCARE_HOST).",
        "监听地址：127.0.0.1 仅限本机（AFTERCARE_HOST）。",
    ),
)
@click.option("--data", type=click.Path(path_type=Path), help=in_words(*DATA_HELP))
@click.option("--no-demo", is_flag=True, help=in_words("Begin without the demo company.", "不载入演示公司。"))
def command(port: int | None, host: str | None, data: Path | None, no_demo: bool) -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = settings_for(data, **_given(port, host))
    for warning in settings.warnings:
        click.echo(said(warning), err=True)
    start(settings, demo=not no_demo)


def start(settings: Settings, *, demo: bool) -> None:
    """Makes everything ready, says so, and serves."""
    from cli.serving import Serving, refuse_taken_port, serve

    refuse_taken_port(settings.host, settings.port)
    prepared = prepare(settings, demo=demo)
    serve(Serving(prepared, ticks=True, ready=lambda: greet(prepared)))


def prepare(settings: Settings, *, demo: bool) -> Settings:
    """The house on disk: schema, processes and, where nobody is yet, the demo company. Answers the settings to serve with."""
    if demo and has_no_file_yet(settings):
        first_start(settings)
    with opened(settings, publish=False) as house:
        if not (demo and is_empty(house)):
            publish_shipped(house)
            return replace(settings, demo=holds_demo(house))
    first_start(settings)
    return prepare(settings, demo=False)


def first_start(settings: Settings) -> None:
    """Says why the first start takes a while."""
    say("First start: preparing the processes and a demo company ...", "首次启动：正在准备流程与演示公司……")
    load_demo(settings)


def greet(settings: Settings) -> None:
    """The one block a newcomer reads."""
    host = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.host  # noqa: S104
    address = f"http://{host}:{settings.port}"
    who = ("as an account made by: aftercare user add", "使用 aftercare user add 创建的账号")
    if settings.demo:
        who = (
            f"wang.fang, password {DEMO_PASSWORD}, or anybody shown there",
            f"wang.fang，密码 {DEMO_PASSWORD}，或页面上的任一人员",
        )
    say(
        f"\nAftercare is ready.\n\n  Open       {address}\n  Sign in    {who[0]}\n  Data       {settings.data}\n  Stop       Ctrl-C\n",
        f"\nAftercare 已就绪。\n\n  打开   {address}\n  登录   {who[1]}\n  数据   {settings.data}\n  停止   Ctrl-C\n",
    )
    if settings.demo and settings.host not in THIS_COMPUTER:
        say(
            "The demo's password is known to everybody, and other computers can reach this address.\n",
            "演示密码人人皆知，且其他电脑可以访问此地址。\n",
            err=True,
        )


def _given(port: int | None, host: str | None) -> dict[str, str]:
    """What was typed goes before the environment; links in mails lead here unless an address is set."""
    given = {name: str(value) for name, value in (("PORT", port), ("HOST", host)) if value is not None}
    if port is not None and not os.environ.get("AFTERCARE_BASE_URL"):
        given["BASE_URL"] = f"http://localhost:{port}"
    return given
