"""What the site and its processes are called, and who may look at which. Reads definitions; decides nothing of a case."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g

from adapters.wiring import House
from engine import authority
from engine.definition.compiled import Compiled, Site
from engine.definition.texts import Text
from engine.people import Person
from engine.refusals import Refusal
from engine.screens import Screens, Viewer

FRESH = 1.0
"""Seconds for which one look at the published versions serves every request of this process."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The site and the newest version of every process, by id. `site` is None until a site file is published."""

    site: Site | None
    processes: Mapping[str, Compiled] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone the site lives in."""
        return ZoneInfo(self.site.timezone if self.site else "UTC")

    @property
    def labels(self) -> dict[str, Text]:
        """What each process is called."""
        return {id: compiled.label for id, compiled in self.processes.items()}

    @property
    def roles(self) -> Mapping[str, Text]:
        """What each role is called."""
        return self.site.roles if self.site else {}

    def words_of(self, type: str, attribute: str) -> Mapping[str, Text]:
        """The words that an attribute of a record takes, with their labels; none where it takes any."""
        record = self.site.records.get(type) if self.site else None
        described = record.described.get(attribute) if record is not None else None
        return (described.choices or {}) if described is not None else {}

    @property
    def record_types(self) -> dict[str, dict[str, str]]:
        """The record types of the site and the type of each of their attributes."""
        return {name: kind.attributes for name, kind in self.site.records.items()} if self.site else {}


def catalogue(house: House) -> Catalogue:
    """What is published now (or was a second ago), read at most once per request."""
    if "catalogue" not in g:
        kept = current_app.extensions.get("aftercare catalogue")
        if kept is None or time.monotonic() - kept[0] > FRESH:
            kept = (time.monotonic(), _read(house))
            current_app.extensions["aftercare catalogue"] = kept
        g.catalogue = kept[1]
    return cast(Catalogue, g.catalogue)


def keep_catalogue(app: Flask) -> None:
    """Look no more: for whoever counts what a page costs, since a look is due whenever a second has passed."""
    app.extensions["aftercare catalogue"] = (math.inf, app.extensions["aftercare catalogue"][1])


def forget_catalogue() -> None:
    """Something was published: look again."""
    current_app.extensions.pop("aftercare catalogue", None)
    g.pop("catalogue", None)


def compiled(house: House, process: str, number: int) -> Compiled | None:
    """A version ready to be looked at; None when there is none."""
    try:
        return house.store.read(lambda screens: house.definitions.process(screens, process, number))
    except Refusal:
        return None


def viewer_of(house: House, person: Person) -> Viewer:
    """What this person may look at."""
    return authority.viewer_of(person, list(catalogue(house).processes.values()))


def _read(house: House) -> Catalogue:
    def look(versions: Screens) -> Catalogue:
        try:
            site = house.definitions.site(versions)
        except Refusal:
            return Catalogue(None)
        return Catalogue(site, {process.id: process for process in house.definitions.newest(versions)})

    return house.store.read(look)
