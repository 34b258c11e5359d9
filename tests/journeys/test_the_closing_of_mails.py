"""Every mail to a customer ends with the words of the site and the name of who answers for the case."""

from __future__ import annotations

import pytest

from engine.checks.report import check_site
from engine.definition.texts import Text
from tests.engine.checks.a_loan import SITE
from tests.journeys.a_desk import ADesk

CLOSING = 'mail_closing: "Kind regards\\n{{ owner.name }}\\n{{ owner.email }} | 此致\\n{{ owner.name }}"\n'


def test_a_draft_names_its_sender_below_its_words(desk: ADesk) -> None:
    goods = {"batch_no": "B-1", "lines": [{"product": "Pump", "quantity": "1"}], "promised_on": "2026-03-09"}
    parcels = [{"carrier": "SF", "tracking_no": "SF7"}]
    shipped = {"customer": "C-1", "no_order_reason": "samples", "parcels": parcels, **goods}
    case = desk.case(desk.start("shipment_tracking", "sales", **shipped).case)
    (mail,) = [task.mail for task in case.tasks if task.mail]
    assert mail.body.endswith("\n\nKind regards\nsales\nsales@example.com")


def test_a_closing_names_the_owner_and_nothing_else() -> None:
    assert check_site(SITE + CLOSING).problems == ()
    (problem,) = check_site(SITE + CLOSING.replace("owner.email", "customer.name")).problems
    assert (problem.code, problem.place.column) == ("P441", 15)


@pytest.mark.parametrize(("old", "new"), [(" | 此致\\n{{ owner.name }}", "")])
def test_a_closing_is_in_both_languages(old: str, new: str) -> None:
    (problem,) = check_site(SITE + CLOSING.replace(old, new)).problems
    assert problem.code == "P410"
    assert isinstance(problem.message, Text)
