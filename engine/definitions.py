"""Published versions, compiled once and kept: which process a case runs on, and the site it runs in.

A version is compiled with the library that was the newest when it was published, so that a later change of a shared
ladder does not reach running cases; roles, calendars and records are those of the newest site file.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import replace
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
        self._sites: dict[str, Site] = {}
        self._site_now: tuple[str, dt.datetime] | None = None
        self._last_site: Site | None = None
        self._libraries: dict[str, LibraryFile] = {}
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
        return self._sites[self._site_checksum(versions)]

    def known_site(self) -> Site | None:
        """The site as it was last looked up here, without asking again; None before the first time."""
        return self._sites.get(self._site_now[0]) if self._site_now else self._last_site

    def library(self, versions: Versions) -> LibraryFile | None:
        """The library as published last."""
        published = next(iter(versions.newest("library")), None)
        return self._library(published, self.site(versions)) if published else None

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
            if published.checksum not in self._sites:
                model = read_site(published.text, "_site.yaml").model
                assert model is not None, "only files without errors are published"
                self._sites[published.checksum] = compile_site(model)[0]
            self._site_now = (published.checksum, versions.now)
        return published.checksum

    def _compile(self, versions: Versions, published: PublishedVersion, site: str) -> Compiled:
        with self._lock:
            key = (published.process, published.number, site)
            if key not in self._kept:
                the_site = self._sites[site]
                reading = read_process(published.text, f"{published.process}.yaml", the_site.languages)
                assert reading.model is not None, "only files without errors are published"
                library = self._library_of(versions, published)
                shared = self._library(library, the_site) if library else None
                self._kept[key] = replace(
                    compile_process(reading.model, the_site, shared, published.checksum)[0], version=published.number
                )
            return self._kept[key]

    def _library_of(self, versions: Versions, published: PublishedVersion) -> PublishedVersion | None:
        """The library that was the newest when a version was published."""
        library = next(iter(versions.newest("library")), None)
        while library is not None and library.published_at > published.published_at and library.number > 1:
            library = versions.version(library.process, library.number - 1)
        return library

    def _library(self, published: PublishedVersion, site: Site) -> LibraryFile:
        if published.checksum not in self._libraries:
            model = read_library(published.text, "_shared.yaml", site.languages).model
            assert model is not None, "only files without errors are published"
            self._libraries[published.checksum] = model
        return self._libraries[published.checksum]
