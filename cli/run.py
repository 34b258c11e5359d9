"""`aftercare run`: the pages alone, for production; timers and mail are the business of `aftercare worker`."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from cli.language import in_words, say
from cli.opening import DATA_HELP, opened, settings_for
from cli.refusing import refuse, said


@click.command(
    help=in_words(
        "Runs the web server for production: pages and API, settings from the environment. Timers and mail need at least "
        "one `aftercare worker` beside it. More than one --workers needs PostgreSQL.",
        "运行生产环境的网页服务：页面与 API，设置取自环境变量。计时与邮件需另行运行至少一个 aftercare worker。"
        "--workers 大于 1 时需使用 PostgreSQL。",
    )
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help=in_words("Server processes.", "服务进程数。"),
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    help=in_words("Threads in each.", "每个进程的线程数。"),
)
@click.option("--data", type=click.Path(path_type=Path), help=in_words(*DATA_HELP))
def command(workers: int, threads: int, data: Path | None) -> None:
    from cli.serving import Serving, refuse_taken_port, serve

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = settings_for(data)
    for warning in settings.warnings:
        click.echo(said(warning), err=True)
    if workers > 1 and settings.database_url.startswith("sqlite"):
        raise refuse(
            "Several server processes need PostgreSQL; set AFTERCARE_DATABASE_URL, or leave --workers out.",
            "多个服务进程需要 PostgreSQL；请设置 AFTERCARE_DATABASE_URL，或不使用 --workers。",
        )
    refuse_taken_port(settings.host, settings.port)
    with opened(settings):
        pass  # the schema and the processes are there before the first request
    address = f"{settings.host}:{settings.port}"
    serve(
        Serving(
            settings,
            ticks=False,
            workers=workers,
            threads=threads,
            ready=lambda: say(f"Aftercare serves on {address}.", f"Aftercare 正在 {address} 提供服务。"),
        )
    )
