"""Published versions, compiled once and kept: which process a case runs on, and the site it runs in.

A version is compiled with the library that was the newest when it was published, so that a later change of a shared
ladder does not reach running cases; roles, calendars and records are those of the newest site file.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from engine.definition.compiled import Compiled, Site
from engine.definition.compiling import compile_process, compile_site
from engine.definition.model import LibraryFile
from engine.definition.reading import read_library, read_process, read_site
from engine.definition.texts import Text
from engine.kept import PublishedVersion
from engine.refusals import Refusal

SITE_IS_FRESH = dt.timedelta(seconds=5)
"""How long another process's new site file may go unnoticed here."""


class Versions(Protocol):
    """Where published versions are found: a unit of work, or the read side."""

    now: dt.datetime

    def version(self, process: str, number: int | None = None) -> PublishedVersion | None:
        """A published version, the newest when `number` is None."""
        ...

    def newest(self, kind: str) -> Sequence[PublishedVersion]:
        """The newest version of every process, library or site."""
        ...


class Definitions:
    """A cache over published versions, shared by all threads of a process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int, str], Compiled] = {}
        self._sites: dict[str, str] = {}
        self._site_now: tuple[str, dt.datetime] | None = None
        self._last_site: Site | None = None
        self._lock = threading.RLock()

    def process(self, versions: Versions, process: str, number: int | None = None) -> Compiled:
        """A process ready to run; the newest version when `number` is None. Raises Refusal("unknown")."""
        site = self._site_checksum(versions)
        if number is not None and (kept := self._kept.get((process, number, site))):
            return kept
        published = versions.version(process, number)
        if published is None or published.kind != "process":
            raise Refusal(
                "unknown", Text(f"There is no process '{process}'.", f"没有流程“{process}”。"), concerns=process
            )
        kept = self._kept.get((process, published.number, site))
        return kept if kept is not None else self._compile(versions, published, site)

    def newest(self, versions: Versions) -> list[Compiled]:
        """The newest version of every process, by id."""
        found = sorted(versions.newest("process"), key=lambda version: version.process)
        return [self.process(versions, version.process, version.number) for version in found]

    def site(self, versions: Versions) -> Site:
        """The site as published last. Raises Refusal when there is none yet."""
        return _site(self._sites[self._site_checksum(versions)])

    def known_site(self) -> Site | None:
        """The site as it was last looked up here, without asking again; None before the first time."""
        return _site(self._sites[self._site_now[0]]) if self._site_now else self._last_site

    def library(self, versions: Versions) -> LibraryFile | None:
        """The library as published last."""
        published = next(iter(versions.newest("library")), None)
        return _library(published.text, self.site(versions).languages) if published else None

    def forget_site(self) -> None:
        """A site file was published here: look again at once."""
        self._last_site = self.known_site()
        self._site_now = None

    def _site_checksum(self, versions: Versions) -> str:
        known = self._site_now
        if known is not None and abs(versions.now - known[1]) < SITE_IS_FRESH:
            return known[0]
        published = next(iter(versions.newest("site")), None)
        if published is None:
            raise Refusal("unknown", Text("No site file is published yet.", "尚未发布站点文件。"))
        with self._lock:
            self._sites[published.checksum] = published.text
            self._site_now = (published.checksum, versions.now)
        return published.checksum

    def _compile(self, versions: Versions, published: PublishedVersion, site: str) -> Compiled:
        with self._lock:
            key = (published.process, published.number, site)
            if key not in self._kept:
                library = self._library_of(versions, published)
                texts = (published.text, self._sites[site], library.text if library else None)
                self._kept[key] = _compiled(published.process, published.number, published.checksum, *texts)
            return self._kept[key]

    def _library_of(self, versions: Versions, published: PublishedVersion) -> PublishedVersion | None:
        """The library that was the newest when a version was published."""
        library = next(iter(versions.newest("library")), None)
        while library is not None and library.published_at > published.published_at and library.number > 1:
            library = versions.version(library.process, library.number - 1)
        return library


@lru_cache(maxsize=128)  # what texts say never changes, so all houses of a program share what came of them
def _compiled(
    process: str, number: int, checksum: str, text: str, site_text: str, library_text: str | None
) -> Compiled:
    site = _site(site_text)
    model = read_process(text, f"{process}.yaml", site.languages).model
    assert model is not None, "only files without errors are published"
    library = _library(library_text, site.languages) if library_text is not None else None
    return replace(compile_process(model, site, library, checksum)[0], version=number)


@lru_cache(maxsize=16)
def _site(text: str) -> Site:
    model = read_site(text, "_site.yaml").model
    assert model is not None, "only files without errors are published"
    return compile_site(model)[0]


def _library(text: str, languages: Sequence[str]) -> LibraryFile:
    model = read_library(text, "_shared.yaml", languages).model
    assert model is not None, "only files without errors are published"
    return model
