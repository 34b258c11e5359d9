"""Figures as programs see them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from web.api.models.plain import AskedInAddress, Day, Told


class AskedFigures(AskedInAddress):
    """Of which days, and how finely."""

    process: Annotated[str, Field(max_length=80, description="Only those of this process.")] = ""
    since: Annotated[
        Day | None,
        Field(description="The first day, on the clock of the site; without it eleven months before this one."),
    ] = None
    until: Annotated[Day | None, Field(description="The last day; without it today.")] = None
    apart: Annotated[
        bool, Field(description="Also for each person or value a figure is grouped by, as far as you may see them.")
    ] = False


class FigureTold(Told):
    """What a KPI came to on these days."""

    process: str
    kpi: str
    label: str
    kind: Annotated[
        Literal["time", "share", "count"],
        Field(description="Times are seconds of working time, shares 0 to 1; of a number only `count` says something."),
    ]
    target: Annotated[str, Field(description="In words; empty without one.")]
    per: Annotated[str | None, Field(description="A person's id or a value; null for all together.")]
    count: Annotated[int, Field(description="How often it was measured.")]
    mean: float
    median: float
    in_target: Annotated[float | None, Field(description="Which share of times with a target kept to it.")]
    met: Annotated[bool | None, Field(description="Whether a share keeps to its target; null without one.")]


class FigureList(Told):
    """Figures. What was not measured on these days is left out."""

    since: dt.date
    until: dt.date
    figures: list[FigureTold]
