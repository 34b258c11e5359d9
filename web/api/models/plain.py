"""What the models share: strictness, ids, moments, pages."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field


class Asked(BaseModel):
    """A body. A member that does not exist is refused, so that a slip of the pen does not pass unseen."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AskedInAddress(BaseModel):
    """The parameters of an address: all of them texts."""

    model_config = ConfigDict(extra="forbid")


class Told(BaseModel):
    """An answer."""

    model_config = ConfigDict(extra="forbid")


def a_moment(value: Any) -> Any:
    """A text with an offset whose instant a calendar knows; anything else is refused."""
    if value is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) and "T" in value.upper() else None
        if moment is None or moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValueError("no moment with an offset") from None


def a_day(value: Any) -> Any:
    """A text such as 2026-03-02; anything else, numbers that could be read as one included, is refused."""
    if value is None:
        return None
    try:
        day = dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("no day of the calendar") from None
    if day.isoformat() != value:
        raise ValueError("no day as year-month-day")
    return day


Day = Annotated[dt.date, BeforeValidator(a_day, json_schema_input_type=dt.date)]
Moment = Annotated[AwareDatetime, BeforeValidator(a_moment, json_schema_input_type=AwareDatetime)]
Values = Annotated[
    dict[str, Any],
    Field(
        default_factory=dict,
        max_length=500,
        description="Fields of the form by name. Dates as 2026-03-02, money as text, records by id or key, files by id; a table as a list of objects {column: value}.",
    ),
]
Reason = Annotated[str, Field(max_length=2000, description="Why, in your own words; it stands in the history.")]
Size = Annotated[int, Field(ge=1, le=200, description="At most so many rows.")]
After = Annotated[str, Field(max_length=500, description="The `next` of the page before; empty for the first page.")]
Next = Annotated[str, Field(description="Hand this in as `after` for the next page; empty on the last one.")]


class AskedPage(AskedInAddress):
    """A page of a list."""

    after: After = ""
    limit: Size = 50
