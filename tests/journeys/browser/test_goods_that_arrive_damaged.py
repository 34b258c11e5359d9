"""A consignment arrives damaged: what was typed survives a refusal, the photo travels along, and a complaint opens."""

from __future__ import annotations

import base64

from playwright.sync_api import expect

from tests.journeys.browser.served import Served

PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def _at_the_customer(served: Served) -> tuple[str, str]:
    desk = served.desk
    parcel = {"parcels": [{"carrier": "SF", "tracking_no": "SF12345678"}], "promised_on": "2026-03-06"}
    goods = {"no_order_reason": "samples", "batch_no": "B-1", "lines": [{"product": "Pump", "quantity": 1}]}
    case = desk.start("shipment_tracking", "sales", customer="C-1", **parcel, **goods).case
    values = {"tracking_no": "SF12345678", "place": "Suzhou", "time": "2026-03-02T01:00:00+00:00"}
    assert desk.house.desk.receive_event("e1", "parcel.delivered", values, "carrier").state == "taken"
    return case, desk.work(case, "confirm_arrival").id


def test_a_damaged_parcel_becomes_a_complaint_with_its_photo(served: Served) -> None:
    case, task = _at_the_customer(served)
    sales = served.seat("sales")
    page = sales.open(f"/tasks/{task}")
    page.get_by_label("Arrived on", exact=True).fill("2026-03-02")
    packaging = page.locator('[name="f.packaging"]')
    packaging.select_option(label="Torn")
    for field, label in (("on_time", "Yes"), ("right_place", "Yes"), ("goods", "Defective")):
        page.locator(f'[data-field="{field}"]').get_by_label(label, exact=True).check()
    page.get_by_label("Who received it", exact=True).fill("Ms Li")
    remark = page.locator('[name="f.remark"]')
    remark.fill("The crate was open 木箱已开裂")
    sales.press("Customer has answered")

    expect(page.get_by_role("alert")).to_contain_text("Photos")
    expect(page.locator("#f-photos-error")).to_be_visible()
    expect(remark).to_have_value("The crate was open 木箱已开裂")
    expect(page.get_by_label("Arrived on", exact=True)).to_have_value("2026-03-02")
    expect(packaging).to_have_value("torn")

    page.locator('[name="f.photos"][type="file"]').set_input_files(
        {"name": "crate 木箱.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    sales.press("Customer has answered")
    sales.is_told("done")

    page = sales.open(f"/cases/{case}")
    expect(page.get_by_role("link", name="crate 木箱.png").first).to_be_visible()
    family = page.get_by_role("link", name="CMP-2026-000001")
    family.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CMP-2026-000001")
    expect(page.locator("main")).to_contain_text("The crate was open 木箱已开裂")
    with page.expect_download() as download:
        page.get_by_role("link", name="crate 木箱.png").first.click(modifiers=["Alt"])
    assert download.value.path().read_bytes() == PHOTO
