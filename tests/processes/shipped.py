"""The shipped processes, compiled once for all tests that look at them."""

from __future__ import annotations

from functools import cache

from engine.checks.report import House, checksum_of, read_house
from engine.definition.compiled import Compiled
from engine.definition.compiling import compile_process
from engine.definition.reading import read_process
from processes import SHARED, SITE, paths

NAMES = tuple(name.removesuffix(".yaml") for name in paths() if name not in (SITE, SHARED))


@cache
def house() -> House:
    """The shipped site and library."""
    return read_house(paths()[SITE].read_bytes(), paths()[SHARED].read_bytes())


@cache
def shipped(name: str) -> Compiled:
    """A shipped process, compiled. That nothing stands against publishing it: see `test_shipped_processes`."""
    text, site = paths()[f"{name}.yaml"].read_bytes(), house().site
    assert site is not None
    written = read_process(text, f"{name}.yaml", site.languages).model
    assert written is not None
    return compile_process(written, site, house().library, checksum_of(text))[0]
