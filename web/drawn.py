"""Forms of this request: draws fields and reads what was typed, with the person, language and zone at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from engine.offers import FieldOffer
from engine.refusals import Refusal
from web import current, forms
from web.handed_in import files_of, refuse_the_others
from web.inputs import Input
from web.refusals import field_errors


def inputs(
    fields: Sequence[FieldOffer],
    *,
    typed: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
    place: str = "",
) -> list[Input]:
    """The fields of an offer, ready to be drawn; `place` tells one of several forms on a page from the others."""
    stored = [f for f in fields if typed is None or f.name not in typed]
    keys = current.read(lambda screens: forms.record_keys(stored, screens)) if forms.names_records(stored) else {}
    return forms.inputs_of(
        fields,
        language=current.language(),
        zone=current.zone(),
        people=current.people(),
        keys=keys,
        typed=typed,
        errors=field_errors(refusal),
        now=current.now(),
        place=place,
    )


def typed(fields: Sequence[FieldOffer]) -> dict[str, Any]:
    """What the person typed, as they typed it, and the files that are taken: shown again when it is refused."""
    return forms.read_form(fields, request, zone=current.zone()) | files_of(fields)


def meant(fields: Sequence[FieldOffer], values: Mapping[str, Any]) -> dict[str, Any]:
    """What they meant: records by id. Raises FormRefusal for files of this request that are not taken."""
    refuse_the_others()
    if not forms.names_records(fields):
        return dict(values)
    return current.read(lambda screens: forms.with_records(fields, values, screens))


def wants_more_rows() -> bool:
    """Whether somebody without script asks for more blank rows of a table, and for nothing else yet."""
    return "more_rows" in request.form
