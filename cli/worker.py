"""`aftercare worker`: rings timers, sends mail and makes calls, beside one or more web servers."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cli.language import in_words
from cli.opening import DATA_HELP, settings_for


@click.command(
    help=in_words(
        "Runs a worker for production: timers, mail and calls to outside systems, settings from the environment. "
        "Several may run at once; with AFTERCARE_REDIS_URL they are woken at once.",
        "运行生产环境的后台进程：计时、邮件与外部调用，设置取自环境变量。可同时运行多个；设置 AFTERCARE_REDIS_URL 后可即时唤醒。",
    )
)
@click.option("--data", type=click.Path(path_type=Path), help=in_words(*DATA_HELP))
def command(data: Path | None) -> int:
    from workers.__main__ import main

    settings_for(data)  # a wrong setting is told in the reader's language, before anything runs
    if data is not None:
        os.environ["AFTERCARE_DATA"] = str(data.absolute())
    return main()
