"""Programs started for tests end with their starter, say why they could not start, and leave no folder for long."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import child


def test_a_program_that_gives_up_says_why(tmp_path: Path) -> None:
    order = [sys.executable, "-c", "import sys; sys.exit('the port is taken')"]
    process = child.start(order, child.Person(), tmp_path, signal.SIGKILL)
    with pytest.raises(child.ServerMissing, match="the port is taken"):
        child.wait_until(lambda: False, process, tmp_path)


def test_a_program_that_never_answers_is_ended(tmp_path: Path) -> None:
    order = [sys.executable, "-c", "import signal; signal.pause()"]
    process = child.start(order, child.Person(), tmp_path, signal.SIGKILL)
    with pytest.raises(child.ServerMissing):
        child.wait_until(lambda: False, process, tmp_path, seconds=0.3)
    assert process.returncode == -signal.SIGKILL


def test_what_a_killed_run_left_is_taken_away_by_the_next() -> None:
    killed = "import os, signal; from tests.servers import child\n"
    killed += "print(child.own_folder('probe', child.Person()), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    left = Path(subprocess.run([sys.executable, "-c", killed], capture_output=True, text=True).stdout.strip())
    assert left.is_dir()
    ours = child.own_folder("probe", child.Person())
    theirs_is_gone, ours_stays = not left.exists(), ours.is_dir()
    child.remove(ours)
    assert (theirs_is_gone, ours_stays) == (True, True)
