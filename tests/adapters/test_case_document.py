"""Cases that an earlier release has written are read by this one."""

from __future__ import annotations

import json
from dataclasses import replace

from adapters import case_document
from tests.contract.building import a_case


def test_rows_that_were_named_by_their_number_are_read() -> None:
    case = a_case(put_away=(":standard:due",))
    document = json.loads(case_document.written(case))
    document["put_away"] = [0, 2]
    assert case_document.read(json.dumps(document)) == replace(case, put_away=(":0", ":2"))
