"""The doors: who comes in, what a change must carry, and what every answer tells the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import PASSWORD, Visitor, office_app, place
from web.app import create_app
from web.rules import RULES, refuse_undeclared

Visit = Callable[[str], Visitor]


def test_every_view_names_the_rule_that_lets_people_in(office: ADesk) -> None:
    app = office_app(office)
    assert {getattr(view, "rule", None) for view in app.view_functions.values()} <= set(RULES)


def test_a_view_without_a_rule_keeps_the_product_from_starting(office: ADesk) -> None:
    app = office_app(office)
    app.view_functions["forgotten"] = lambda: "hello"
    with pytest.raises(RuntimeError, match="forgotten"):
        refuse_undeclared(app)


def every_route(visitor: Visitor, method: str) -> list[str]:
    """An address for every route that takes this method."""
    rules = [
        r
        for r in visitor.app.url_map.iter_rules()
        if method in (r.methods or ()) and not r.rule.startswith(("/api/", "/hooks/"))
    ]
    return sorted({re.sub(r"<[^>]+>", "1", rule.rule) for rule in rules})


def test_every_change_needs_the_form_token(visit: Visit) -> None:
    ann = visit("ann")
    routes = every_route(ann, "POST")
    assert len(routes) > 25
    assert {route: ann.client.post(route, data={}).status_code for route in routes} == dict.fromkeys(routes, 400)


def test_a_token_of_another_session_is_refused(visit: Visit) -> None:
    ann, ben = visit("ann"), visit("ben")
    stolen = ben.token()
    assert ann.client.post("/sign-out", data={"form_token": stolen}).status_code == 400
    assert ann.client.get("/inbox").status_code == 200


def test_a_form_from_another_site_is_refused_even_with_the_token(visit: Visit) -> None:
    ann = visit("ann")
    sent = ann.client.post(
        "/language", data={"form_token": ann.token(), "language": "zh-Hans"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert sent.status_code == 400


def test_a_passer_by_sees_nothing_but_the_door(visit: Visit) -> None:
    passer = visit("")
    for route in every_route(passer, "GET"):
        if route in ("/", "/sign-in", "/healthz") or route.startswith("/static"):
            continue
        answer = passer.client.get(route)
        assert answer.status_code == 302, route
        assert place(answer) == "/sign-in", route


def test_every_answer_forbids_foreign_scripts_frames_and_guessing(visit: Visit) -> None:
    ann = visit("ann")
    for address in ("/inbox", "/sign-in", "/nowhere", "/static/css/base.css"):
        headers = ann.client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_not_kept_by_shared_computers(visit: Visit) -> None:
    assert visit("ann").client.get("/inbox").headers["Cache-Control"] == "no-store"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visit: Visit) -> None:
    passer = visit("")
    cookie = next(c for c in passer.sign_in("ann").headers.getlist("Set-Cookie") if c.startswith("aftercare="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_is_bound_to_this_host(office: ADesk) -> None:
    client = office_app(office).test_client()
    page = client.get("/sign-in", base_url="https://desk.example").get_data(as_text=True)
    token = re.search(r'form_token" value="([^"]+)', page)
    assert token is not None
    answer = client.post(
        "/sign-in",
        data={"form_token": token[1], "name": "ann", "password": PASSWORD},
        base_url="https://desk.example",
    )
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-aftercare="))
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))


def test_over_plain_http_from_the_network_nobody_can_sign_in(office: ADesk) -> None:
    client = office_app(office).test_client()
    page = client.get("/sign-in", base_url="http://desk.example", environ_base={"REMOTE_ADDR": "192.168.1.9"})
    assert "not encrypted" in page.get_data(as_text=True)
    assert 'type="password"' not in page.get_data(as_text=True)


def test_the_old_session_is_dead_after_signing_out_and_the_page_says_why_it_asks_again(visit: Visit) -> None:
    ann = visit("ann")
    assert "Your session has ended" not in visit("").client.get("/sign-in").get_data(as_text=True)
    cookie = ann.client.get_cookie("aftercare")
    assert cookie is not None
    ann.send("/help", "/sign-out")
    ann.client.set_cookie("aftercare", cookie.value)
    assert ann.client.get("/inbox").status_code == 302
    assert "Your session has ended" in ann.client.get("/sign-in").get_data(as_text=True)


def test_a_wrong_password_and_an_unknown_name_read_the_same(visit: Visit) -> None:
    passer = visit("")
    wrong, unknown = passer.sign_in("ann", "no"), passer.sign_in("nobody", "no")
    assert wrong.status_code == unknown.status_code == 401
    plain = [re.sub(r'value="[^"]*"', "", a.get_data(as_text=True)) for a in (wrong, unknown)]
    assert plain[0] == plain[1]


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example", "/\t/evil.example", "\\/evil",
        "/ok//evil", "javascript:alert(1)", "/inbox\r\nSet-Cookie: a=b", "///evil", "/%0d%0aevil@x", "evil.example", "@evil", " /inbox",
    ],
)  # fmt: skip
def test_after_signing_in_one_stays_in_this_house(visit: Visit, wanted: str) -> None:
    passer = visit("")
    answer = passer.send("/sign-in", "/sign-in", name="ann", password=PASSWORD, next=wanted)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/")
    assert "evil" not in answer.headers["Location"] or answer.headers["Location"].startswith("/%")
    assert "\n" not in answer.headers["Location"]


def test_after_signing_in_one_comes_where_one_wanted_to_go(visit: Visit) -> None:
    passer = visit("")
    answer = passer.send("/sign-in", "/sign-in", name="ann", password=PASSWORD, next="/cases?state=open")
    assert answer.headers["Location"] == "/cases?state=open"


def test_the_demo_shows_its_people_and_lets_them_in(office: ADesk) -> None:
    visitor = Visitor(create_app(office.house, demo_password=PASSWORD))
    assert "Ann Agent" in visitor.page("/sign-in")
    assert place(visitor.send("/sign-in", "/sign-in", demo="ann")) == "/inbox"


def test_outside_the_demo_nobody_is_shown_and_a_card_opens_nothing(visit: Visit) -> None:
    passer = visit("")
    assert "Ann Agent" not in passer.page("/sign-in")
    assert passer.send("/sign-in", "/sign-in", demo="ann").status_code == 401


def test_administrators_pages_say_who_may_open_them(visit: Visit) -> None:
    answer = visit("ann").client.get("/people")
    assert answer.status_code == 403
    assert "Administrator" in answer.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/nowhere", "/cases/nowhere", "/tasks/nowhere.1", "/processes/nowhere"])
def test_what_is_not_there_is_said_on_a_page_with_a_way_back(visit: Visit, address: str) -> None:
    answer = visit("mei").client.get(address, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "此处没有内容" in answer.get_data(as_text=True)
    assert 'href="/inbox"' in answer.get_data(as_text=True)


def test_programs_are_told_the_same_in_their_form(visit: Visit) -> None:
    answer = visit("ann").client.get("/api/v1/nowhere")
    assert answer.status_code in (401, 404)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("where", ["name", "password", "a\0b"])
def test_a_nul_in_a_form_comes_no_further_than_the_door(visit: Visit, where: str) -> None:
    said = {"name": "ann", "password": PASSWORD, where: "a\0b"}
    assert visit("").send("/sign-in", "/sign-in", **said).status_code == 400
