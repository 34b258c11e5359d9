"""The inbox: urgent cases first, then what is due first, in bands, and a list that refreshes without a word when nothing changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import Visitor, place
from web.pages.inbox import ends

Visit = Callable[[str], Visitor]


@pytest.fixture
def case(office: ADesk) -> str:
    return office.start("note", "ann", unit="U-1").case


def bands(page: str) -> list[str]:
    return re.findall(r'class="band band-(\w+)"', page)


def test_an_empty_inbox_teaches(visit: Visit) -> None:
    assert "New tasks of your roles arrive here" in visit("ben").page("/inbox")


def test_a_task_stands_under_today_until_it_is_late(office: ADesk, visit: Visit, case: str) -> None:
    ben = visit("ben")
    page = ben.page("/inbox")
    assert bands(page) == ["today"]
    assert "Look at it" in page
    assert "today 11:00" in page
    assert "U-1" in page
    office.pass_time(hours=5)
    late = visit("ben").page("/inbox")
    assert bands(late) == ["overdue"]
    assert "3 h overdue" in late


def test_the_exact_moment_stands_behind_the_words(visit: Visit, case: str) -> None:
    assert re.search(r'title="Mon 2 Mar 2026, 11:00:00 [^"]+"', visit("ben").page("/inbox"))


def test_a_reminder_stands_in_the_inbox(office: ADesk, visit: Visit, case: str) -> None:
    office.pass_time(hours=3)
    ben = visit("ben")
    page = ben.page("/inbox")
    assert 'class="card notices"' in page
    seen = re.findall(r'name="notice" value="([^"]+)"', page)
    ben.send("/inbox", "/inbox/reminders", notice=seen)
    assert 'class="card notices"' not in ben.page("/inbox")


def test_a_reminder_leads_to_its_case_only_who_may_open_it(office: ADesk, visit: Visit, case: str) -> None:
    office.house.desk.claim_task(office.work(case, "look").id, "ben")
    visit("ann").send(f"/cases/{case}", f"/cases/{case}/cancel", reason="The unit is found")
    page = visit("ben").page("/inbox")
    assert '<span class="grow">Cancelled, nothing is left to do: Look at it</span>' in page
    assert f"/cases/{case}" not in page


def test_a_task_is_claimed_in_its_row(office: ADesk, visit: Visit, case: str) -> None:
    ben, task = visit("ben"), office.work(case, "look").id
    answer = ben.send("/inbox", f"/inbox/claim/{task}", back="/inbox?whose=roles")
    assert answer.headers["Location"] == "/inbox?whose=roles"
    assert office.work(case, "look").assignee == "ben"
    assert "The task is yours now." in ben.page("/inbox")
    assert "The task is yours now." not in ben.page("/inbox")


def test_whoever_may_not_do_it_is_offered_no_claim(visit: Visit, case: str) -> None:
    assert "/inbox/claim/" not in visit("ann").page("/inbox?whose=all")


def test_filters_stay_in_the_address(visit: Visit, case: str) -> None:
    ben = visit("ben")
    assert "No task fits this filter." in ben.page("/inbox?overdue=1")
    assert "Look at it" in ben.page("/inbox?process=note&whose=roles")
    assert "Look at it" not in ben.page("/inbox?whose=mine")


def test_the_list_refreshes_with_nothing_when_nothing_changed(office: ADesk, visit: Visit, case: str) -> None:
    ben = visit("ben")
    first = ben.client.get("/inbox", headers={"X-Part": "list"})
    assert "<html" not in first.get_data(as_text=True)
    again = ben.client.get("/inbox", headers={"X-Part": "list", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    office.start("note", "ann", unit="U-2")
    new = ben.client.get("/inbox", headers={"X-Part": "list", "If-None-Match": first.headers["ETag"]})
    assert new.status_code == 200
    assert "U-2" in new.get_data(as_text=True)


def test_a_long_list_goes_on_by_key(office: ADesk, visit: Visit) -> None:
    for _ in range(55):
        office.start("note", "ann", unit="U-1")
    ben = visit("ben")
    page = ben.page("/inbox")
    assert page.count('data-row="') == 50
    following = re.search(r'href="(/inbox\?[^"]*after=[^"]*)"', page)
    assert following is not None
    assert ben.page(following[1].replace("&amp;", "&")).count('data-row="') == 5


def test_a_stranger_sees_no_task_and_no_case(office: ADesk, visit: Visit, case: str) -> None:
    out, task = visit("out"), office.work(case, "look").id
    assert "U-1" not in out.page("/inbox?whose=all")
    assert "NOTE-" not in out.page("/cases")
    assert "NOTE-" not in out.page("/search?q=NOTE")
    for address in (f"/cases/{case}", f"/tasks/{task}", "/cases/nothing", "/tasks/nothing.1"):
        assert out.client.get(address).status_code == 404
    for address in (f"/tasks/{task}", f"/tasks/{task}/claim", f"/cases/{case}/comment", f"/cases/{case}/cancel"):
        assert out.send("/help", address).status_code == 404
    assert office.work(case, "look").assignee is None


def test_after_the_last_task_of_a_case_comes_the_inbox(office: ADesk, visit: Visit, case: str) -> None:
    ben = visit("ben")
    answer = ben.press(f"/tasks/{office.work(case, 'look').id}", "good", **{"f.words": "Fine"})
    assert place(answer) == "/inbox"
    assert "done." in ben.page("/inbox")


def test_the_bands_are_today_this_week_this_month_and_later_as_the_site_counts_days() -> None:
    """A week that runs over the end of a month ends after it."""
    zone = ZoneInfo("Asia/Shanghai")
    now = dt.datetime(2026, 6, 10, 9, tzinfo=zone)
    assert [end.astimezone(zone).isoformat()[:16] for end in ends(now, zone)] == [
        "2026-06-11T00:00", "2026-06-15T00:00", "2026-07-01T00:00",
    ]  # fmt: skip
    across = [end.astimezone(zone).date().isoformat() for end in ends(now + dt.timedelta(days=19), zone)]
    assert across == ["2026-06-30", "2026-07-06", "2026-07-01"]


def test_at_the_weekend_the_coming_week_is_near_and_called_so(office: ADesk, visit: Visit) -> None:
    office.pass_time(days=6, hours=14)  # late on a Sunday, so that it is due on Monday
    office.start("note", "ann", unit="U-1")
    page = visit("ben").page("/inbox")
    assert bands(page) == ["week"]
    assert "Until next Sunday" in page and "This week" not in page


def test_the_list_of_overdue_cases_holds_each_with_a_late_task(office: ADesk, visit: Visit, case: str) -> None:
    assert "NOTE-" not in visit("ann").page("/cases?state=overdue")
    office.pass_time(hours=5)
    office.start("note", "ann", unit="U-2")
    page = visit("ann").page("/cases?state=overdue")
    assert case in page and page.count("data-row=") == 1 and "a task is overdue" in page


ALARM = """
process: alarm
version: 1
label: Alarm | 报警
calendar: always
urgent_when: danger is yes
fields: {danger: {type: yes_no, label: Danger | 危险}}
permissions: {see: agent}
start: {role: agent, form: {ask: [danger]}}
steps:
  both:
    label: Look and tell | 查看并告知
    parallel:
      a: {look: {label: Look | 查看, task: {role: agent, form: {ask: [danger]}}, due: 10 days, next: join}}
      b: {tell: {label: Tell | 告知, task: {role: agent}, due: 20 days, next: join}}
    next: over
  over: {end: success, label: Over | 结束}
"""


def test_an_urgent_case_stands_on_top_with_its_tasks_together_and_is_called_urgent_wherever_it_is_listed(
    office: ADesk, visit: Visit
) -> None:
    office.house.publishing.publish_all([("alarm.yaml", ALARM)], None, "try")
    calm, danger = (office.start("alarm", "ann", danger=yes).case for yes in (False, True))
    office.pass_time(days=11)
    ann = visit("ann")
    page = ann.page("/inbox")
    assert bands(page) == ["urgent", "overdue", "month"]
    rows = re.findall(r'data-row="([^"]+)"', page)
    assert rows == [f"{danger}.1", f"{danger}.2", f"{calm}.1", f"{calm}.2"]
    assert page.count('class="rows-of-case"') == 1 and page.count('class="row-number"') == 3
    assert "<strong>2</strong> Urgent" in page and "<strong>2</strong> Overdue" in page
    assert len(re.findall(r'data-row="', ann.page("/inbox?overdue=1"))) == 2
    mei = visit("mei")
    listed = ("/cases", "/cases?process=alarm", f"/cases/{danger}", f"/tasks/{danger}.1")
    assert [mei.page(address).count("紧急</span>") for address in listed] == [1, 1, 1, 1]

    headers = {"Authorization": f"Bearer {office.house.accounts.issue_token('mei', 'try', by=None)}"}
    tasks = ann.client.get("/api/v1/tasks", headers=headers).get_json()["tasks"]
    assert [(task["case"], task["urgent"]) for task in tasks] == [(danger, True)] * 2 + [(calm, False)] * 2
    cases = ann.client.get("/api/v1/cases?process=alarm", headers=headers).get_json()["cases"]
    assert [(case["id"], case["urgent"]) for case in cases] == [(danger, True), (calm, False)]
    assert ann.client.get(f"/api/v1/cases/{danger}", headers=headers).get_json()["urgent"] is True

    ann.send("/inbox", f"/inbox/claim/{danger}.1")
    ann.press(f"/tasks/{danger}.1", "done", **{"f.danger": "no"})
    assert bands(ann.page("/inbox")) == ["overdue", "month"]
    assert "紧急</span>" not in mei.page(f"/cases/{danger}")
