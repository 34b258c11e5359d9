"""What a form shows of a record is called in both languages, for every attribute that a new installation begins with."""

from __future__ import annotations

from engine.definition.reading import read_site
from engine.offering_fields import _ATTRIBUTES
from processes import SITE, paths


def test_every_attribute_of_the_shipped_records_has_a_name_in_both_languages() -> None:
    site = read_site(paths()[SITE].read_text("utf-8"), SITE).model
    assert site is not None
    names = {name for record in site.records.values() for name in record.attributes}
    assert {name for name in names if not (_ATTRIBUTES.get(name) and _ATTRIBUTES[name].zh)} == set()
