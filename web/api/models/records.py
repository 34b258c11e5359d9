"""Customers, orders, serial numbers and every other record of the site."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from engine.screen_rows import Found
from web.api.models.plain import Asked, AskedInAddress, AskedPage, Next, Told


class AskedRecords(AskedPage):
    """Which records."""

    text: Annotated[str, Field(max_length=200, description="Searched in key and label.")] = ""


class AskedLookUp(AskedInAddress):
    """A few letters of a record's key or label."""

    text: Annotated[str, Field(min_length=1, max_length=100)]
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class RecordTold(Told):
    """A record."""

    type: str
    id: str
    key: Annotated[str, Field(description="What people know it by.")]
    label: str
    attributes: dict[str, Any]


Typed = Annotated[
    dict[str, Annotated[str, Field(max_length=2000)]],
    Field(
        max_length=100,
        description="Attribute to what is typed: dates as 2026-03-02, records by what they are known by.",
    ),
]


class AddRecord(Asked):
    """A record that nobody has imported."""

    attributes: Typed
    because: Annotated[
        str,
        Field(
            max_length=500,
            description="Why what was refused as unlikely is right: another unit than the one named, an unusual warranty.",
        ),
    ] = ""


class ChangeRecord(Asked):
    """A correction, and why."""

    attributes: Typed
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class RecordPage(Told):
    """Records of a type by key."""

    records: list[RecordTold]
    next: Next


class FoundTold(Told):
    """A record that fits the letters."""

    type: str
    id: str
    key: str
    label: str
    more: str

    @classmethod
    def of_found(cls, found: Found) -> FoundTold:
        """As the type-ahead of the pages shows it."""
        return cls(type=found.kind, id=found.id, key=found.key, label=found.label, more=found.more)


class FoundList(Told):
    """Records that fit, or are near."""

    found: list[FoundTold]
