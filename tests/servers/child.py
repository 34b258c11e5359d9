"""Starting a program that ends with us, whatever ends us. Knows no particular program."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Runs first in the new process: becomes the given person, asks Linux to be ended with its starter (elsewhere
# only an orderly stop ends it), then turns into the program. The order matters: changing the person forgets the wish.
BECOME = """
import ctypes, os, sys
uid, gid, ending, starter = map(int, sys.argv[1:5])
if uid >= 0:
    os.setgroups([]); os.setgid(gid); os.setuid(uid)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, ending, 0, 0, 0)
    if starter and os.getppid() != starter:
        sys.exit("the test run ended meanwhile")
os.execv(sys.argv[5], sys.argv[5:])
"""


class ServerMissing(AssertionError):
    """A real part cannot be had; the sentence says how to get it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a program runs as; -1 stands for ourselves."""

    uid: int = -1
    gid: int = -1


def unprivileged() -> Person:
    """Nobody when we are root (PostgreSQL refuses to run as root), else ourselves."""
    if os.getuid() != 0:
        return Person()
    try:
        nobody = pwd.getpwnam("nobody")
        return Person(nobody.pw_uid, nobody.pw_gid)
    except KeyError:
        return Person(65534, 65534)


def start(order: list[str], person: Person, folder: Path, ending: signal.Signals) -> subprocess.Popen[bytes]:
    """Starts the program in `folder`, its words going to `folder/log`; `ending` is what it gets when we are gone."""
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            as_person(order, person, ending), cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )


def run(order: list[str], person: Person, folder: Path) -> None:
    """Runs the program to its end; what it said stands in the failure."""
    command = as_person(order, person, signal.SIGKILL)
    answer = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if answer.returncode != 0:
        raise ServerMissing(f"{order[0]} failed with {answer.returncode}: {answer.stdout.strip()}")


def as_person(order: list[str], person: Person, ending: signal.Signals) -> list[str]:
    who = [str(number) for number in (person.uid, person.gid, int(ending), os.getpid())]
    return [sys.executable, "-I", "-S", "-c", BECOME, *who, *order]


def wait_until(
    answers: Callable[[], bool], process: subprocess.Popen[bytes], folder: Path, seconds: float = 90
) -> None:
    """Waits until the program answers; when it ends instead or says nothing, its own words stand in the failure."""
    until = time.monotonic() + seconds
    while not answers():
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            if time.monotonic() < until:
                continue
            stop(process, signal.SIGKILL)
        words = (folder / "log").read_text(encoding="utf-8", errors="replace").strip()
        raise ServerMissing(f"the program in {folder} gave up: {words}")


def stop(process: subprocess.Popen[bytes], how: signal.Signals, seconds: float = 10) -> None:
    """Ends the program in an orderly way, and by force after `seconds`."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A TCP port of this machine that nobody uses at this moment."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def own_folder(name: str, person: Person) -> Path:
    """A new folder that `person` may enter and write, in whichever temporary place they can reach."""
    places = [tempfile.gettempdir(), "/tmp", "/var/tmp"]
    place = next((place for place in places if person.uid < 0 or is_open_to_all(Path(place))), places[0])
    sweep(Path(place), name)
    folder = Path(tempfile.mkdtemp(prefix=f"aftercare-{name}-{os.getpid()}-", dir=place))
    if person.uid >= 0:
        os.chown(folder, person.uid, person.gid)
    return folder


def sweep(place: Path, name: str) -> None:
    """Takes away what test runs that were killed have left: their folders carry the number of a process that is gone."""
    for left in place.glob(f"aftercare-{name}-*-*"):
        starter = left.name.split("-")[2]
        if starter.isdigit() and not is_running(int(starter)):
            remove(left)


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_open_to_all(folder: Path) -> bool:
    return folder.is_dir() and all(part.stat().st_mode & 0o001 for part in (folder, *folder.resolve().parents))


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
