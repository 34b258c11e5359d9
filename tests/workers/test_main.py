"""`python -m workers` as an administrator starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO


def environment(**variables: str) -> dict[str, str]:
    """This process's own, with these settings."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("AFTERCARE_")}
    return plain | {f"AFTERCARE_{name}": value for name, value in variables.items()}


def until(words: str, lines: IO[str]) -> Iterator[str]:
    """The lines up to the first that has these words in it, or all."""
    for line in lines:
        yield line
        if words in line:
            return


def test_it_works_until_it_is_told_to_stop(tmp_path: Path) -> None:
    order = [sys.executable, "-m", "workers"]
    with subprocess.Popen(order, env=environment(DATA=str(tmp_path)), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            beginning = list(until("At work on sqlite:///", process.stderr))
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()

    assert "Traceback" not in "".join(beginning) + said
    assert process.returncode == 0
    assert (tmp_path / "aftercare.db").exists()


def test_a_wrong_setting_is_one_sentence_in_both_languages(tmp_path: Path) -> None:
    wrong = environment(DATA=str(tmp_path), LEASE_SECONDS="soon")
    done = subprocess.run([sys.executable, "-m", "workers"], env=wrong, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "AFTERCARE_LEASE_SECONDS is 'soon' and must be a whole number from 1 to 3600; without it, 30 is used.",
        "AFTERCARE_LEASE_SECONDS 的值为“soon”，应为 1 到 3600 之间的整数；不设置时为 30。",
    ]
