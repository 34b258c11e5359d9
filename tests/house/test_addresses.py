"""Nothing in the product ties it to one computer or to one place that packages come from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.house.files import PROJECT, name_of, tracked

# Put together here, so that this file does not itself name them.
HOSTS = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("python" + "hosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("debian", "org"))
]
MACHINE_PATHS = ["/" + place + "/" for place in ("work", "root", "home/user", "Users")]
# Vendored scripts carry their makers' own notices.
VENDORED = re.compile(r"(^|/)(static/vendor|vendor)/|\.min\.(js|css)$|LICENSE")
LOCKS = sorted((PROJECT / "requirements").glob("*.lock"))
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,-]+\])?==(\S+)", re.MULTILINE)


def pins(lock: str) -> set[tuple[str, str]]:
    return set(PIN.findall((PROJECT / "requirements" / lock).read_text(encoding="utf-8")))


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        name = name_of(path)
        if VENDORED.search(name):
            continue
        try:
            found.append((name, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # a picture or a font has no words
    return found


@pytest.mark.parametrize("address", HOSTS + MACHINE_PATHS)
def test_no_file_names_a_package_registry_or_a_machines_folder(address: str) -> None:
    assert [name for name, words in texts() if address in words] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_says_what_and_never_where_from(lock: Path) -> None:
    words = lock.read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links|-i ", words)
    blocks = re.split(r"\n(?=\S)", words.strip())
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks)
    assert blocks


def test_tests_run_on_exactly_the_versions_that_people_run() -> None:
    assert pins("run.lock") <= pins("test.lock")


def test_every_dependency_is_in_its_lock() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {"run.lock": project["dependencies"], "test.lock": project["optional-dependencies"]["test"]}
    for lock, lines in wanted.items():
        names = {re.split(r"[\[<>=;\s]", line)[0].lower().replace(".", "-") for line in lines}
        locked = {name.replace(".", "-") for name, _ in pins(lock)}
        assert names <= locked, f"{lock}: make it again as requirements/README.md says"
