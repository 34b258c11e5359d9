"""The door of the command line: runs one command and turns whatever happens into an exit code and a sentence."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.commands import aftercare
from cli.language import say

GOOD, WRONG_USE, BROKEN, INTERRUPTED = 0, 2, 3, 130


def main() -> None:
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str], commands: click.Group = aftercare) -> int:
    """Runs one command and answers its exit code: what the command returned or asked for, 0 when it said nothing."""
    try:
        answer = commands.main(arguments, prog_name="aftercare", standalone_mode=False)
        return answer if isinstance(answer, int) else GOOD
    except click.ClickException as refusal:
        refusal.show()
        return refusal.exit_code if not isinstance(refusal, click.UsageError) else WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`| head`); closing quietly needs stdout to lead somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except Exception as surprise:
        return admit(surprise)


def admit(surprise: Exception) -> int:
    """One sentence for the person, everything else for the log; `AFTERCARE_DEBUG=1` shows it at once."""
    details = "".join(traceback.format_exception(surprise))
    if os.environ.get("AFTERCARE_DEBUG") == "1":
        click.echo(details, err=True)
        return BROKEN
    log = Path(os.environ.get("AFTERCARE_DATA") or ".aftercare") / "errors.log"
    what = f"{type(surprise).__name__}: {surprise}".splitlines()[0]
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat()} aftercare {' '.join(sys.argv[1:2])}\n{details}\n")
    except OSError:
        say(
            f"Aftercare broke: {what}. Start it again with AFTERCARE_DEBUG=1 to see where.",
            f"Aftercare 出错：{what}。设置 AFTERCARE_DEBUG=1 后重新运行可查看详情。",
            err=True,
        )
        return BROKEN
    say(f"Aftercare broke: {what}. Details: {log}", f"Aftercare 出错：{what}。详情见：{log}", err=True)
    return BROKEN


if __name__ == "__main__":
    main()
