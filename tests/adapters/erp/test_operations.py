"""What an outside system is asked, and what comes of its answer; against a real server on this machine."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import trustme

from adapters.erp.http import HttpOperation
from adapters.erp.network import Network, NotAllowed, is_outside
from adapters.erp.operations import Operations, operations
from adapters.erp.recorded import RecordedOperations
from adapters.secret import Secret
from adapters.settings import read_settings
from adapters.signing import is_genuine
from engine.effects import CallAdapter
from engine.ports import CallRefused

KEY = Secret("key-of-the-operations")
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
INSIDE = Network(private_addresses=True)
CREDIT = CallAdapter("c1:credit:1:0", "erp.credit_note", {"customer": "王", "amount": "99.50"})


class Noon:
    def now(self) -> dt.datetime:
        return NOON


@dataclass
class Erp:
    """A system that answers as it is told and remembers what it was asked."""

    answer: Callable[[http.server.BaseHTTPRequestHandler], None]
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/operations?site=a"


def says(status: int, body: bytes, **headers: str) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


@contextmanager
def an_erp(
    answer: Callable[[http.server.BaseHTTPRequestHandler], None], tls: ssl.SSLContext | None = None
) -> Iterator[Erp]:
    erp = Erp(answer)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            erp.asked.append((self.path, dict(self.headers.items()), body))
            erp.answer(self)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        erp.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield erp
        server.shutdown()
        thread.join()


def asking(url: str, network: Network = INSIDE, seconds: float = 5, tls: ssl.SSLContext | None = None) -> HttpOperation:
    return HttpOperation(url, KEY, Noon(), network, seconds=seconds, tls=tls)


def test_a_call_is_one_signed_post_with_its_key() -> None:
    with an_erp(says(200, b'{"document": "CN-7"}')) as erp:
        assert asking(erp.url).call(CREDIT) == {"document": "CN-7"}

    ((path, headers, body),) = erp.asked
    assert path == "/operations?site=a"
    assert json.loads(body) == {"operation": "erp.credit_note", "key": CREDIT.key, "values": dict(CREDIT.values)}
    assert headers["Idempotency-Key"] == headers["webhook-id"] == "c1:credit:1:0"
    assert is_genuine(body, headers, [KEY], NOON)
    assert not is_genuine(body, headers, [Secret("another-key-entirely")], NOON)


def test_a_key_in_chinese_travels_too() -> None:
    with an_erp(says(200, b"{}")) as erp:
        asking(erp.url).call(CallAdapter("c1:退款\r\nX: y", "erp.credit_note", {}))

    assert erp.asked[0][1]["Idempotency-Key"] == "c1:%E9%80%80%E6%AC%BE%0D%0AX:%20y"


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, b"out of order", "answered 500 out of order"),
        (409, '{"error": "客户未知"}'.encode(), "客户未知"),
        (404, b"", "answered 404."),
        (200, b"not json", "not a JSON object"),
        (200, b"[1]", "not a JSON object"),
        (200, b"", "not a JSON object"),
        (200, b"[" * 60_000, "not a JSON object"),
        (200, b'{"x": "' + b"x" * 70_000 + b'"}', "more than 64 KB"),
    ],
)
def test_an_answer_that_does_not_help_says_why(status: int, body: bytes, reason: str) -> None:
    with an_erp(says(status, body)) as erp, pytest.raises(CallRefused, match=f"erp.credit_note: .*{reason}"):
        asking(erp.url).call(CREDIT)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with (
        an_erp(says(200, b"{}")) as elsewhere,
        an_erp(says(status, b"", Location=elsewhere.url)) as erp,
        pytest.raises(CallRefused, match=f"answered {status}"),
    ):
        asking(erp.url).call(CREDIT)

    assert elsewhere.asked == []


def test_a_system_that_is_away_is_a_refusal() -> None:
    with an_erp(says(200, b"{}")) as erp:
        gone = erp.url

    with pytest.raises(CallRefused, match=r"no answer from 127\.0\.0\.1"):
        asking(gone).call(CREDIT)


def test_a_system_that_hangs_is_left_in_time() -> None:
    over = threading.Event()

    def hang(request: http.server.BaseHTTPRequestHandler) -> None:
        over.wait(20)

    with an_erp(hang) as erp:
        before = time.monotonic()
        with pytest.raises(CallRefused, match="no answer"):
            asking(erp.url, seconds=0.3).call(CREDIT)
        took = time.monotonic() - before
        over.set()

    assert took < 5


def test_a_system_that_drips_is_left_in_time() -> None:
    over = threading.Event()

    def drip(request: http.server.BaseHTTPRequestHandler) -> None:
        while not over.wait(0.05):
            request.wfile.write(b"HTTP/1.0 200 OK\r\nX: y\r\n"[:1])

    with an_erp(drip) as erp:
        before = time.monotonic()
        with pytest.raises(CallRefused, match="no answer"):
            asking(erp.url, seconds=0.4).call(CREDIT)
        took = time.monotonic() - before
        over.set()

    assert took < 5


def test_an_encrypted_system_must_be_the_one_it_says() -> None:
    authority, stranger = trustme.CA(), trustme.CA()
    mine, trusting, doubting = (
        ssl.create_default_context(purpose) for purpose in (ssl.Purpose.CLIENT_AUTH, *[ssl.Purpose.SERVER_AUTH] * 2)
    )
    authority.issue_cert("localhost").configure_cert(mine)
    authority.configure_trust(trusting)
    stranger.configure_trust(doubting)

    with an_erp(says(200, b'{"document": "CN-8"}'), mine) as erp:
        url = f"https://localhost:{erp.port}/"
        assert asking(url, tls=trusting).call(CREDIT) == {"document": "CN-8"}
        with pytest.raises(CallRefused, match="certificate"):
            asking(url, tls=doubting).call(CREDIT)
        with pytest.raises(CallRefused, match="mismatch"):
            asking(url.replace("localhost", "127.0.0.1"), tls=trusting).call(CREDIT)

    assert len(erp.asked) == 1


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0177.0.0.1",
        "0x7f.1",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fd00::1]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
    ],
)
def test_an_address_inside_is_never_called_unless_allowed(host: str) -> None:
    with an_erp(says(200, b"{}")) as canary:
        with pytest.raises(CallRefused, match=r"inside|no address"):
            asking(f"http://{host}:{canary.port}/", Network()).call(CREDIT)

        assert canary.asked == []


def test_a_name_with_one_address_inside_is_not_called() -> None:
    network = Network(resolve=lambda host, port: ["8.8.8.8", "127.0.0.1"])

    with pytest.raises(NotAllowed, match="inside"):
        network.address("rebinding.example.com", 80)


def test_a_name_is_looked_up_once_and_that_address_is_called() -> None:
    answers = iter([["127.0.0.1"]])

    with an_erp(says(200, b"{}")) as erp:
        network = Network(private_addresses=True, resolve=lambda host, port: next(answers))
        asking(f"http://erp.acme.example:{erp.port}/", network).call(CREDIT)

    assert erp.asked[0][1]["Host"] == f"erp.acme.example:{erp.port}"


def test_a_name_nobody_knows_is_a_refusal() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror("unknown name")

    with pytest.raises(CallRefused, match=r"nowhere\.example has no address"):
        asking("http://nowhere.example/", Network(resolve=unknown)).call(CREDIT)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_the_public_net_is_outside(address: str) -> None:
    assert is_outside(address)


def test_without_an_erp_every_call_gets_a_document(tmp_path: Path) -> None:
    order = CallAdapter("c2:order:1:0", "erp.purchase_order", {"amount": "800"})

    credit, purchase = (RecordedOperations(tmp_path).call(asked)["document"] for asked in (CREDIT, order))

    assert credit.startswith("CN-")
    assert purchase.startswith("PO-")
    assert RecordedOperations(tmp_path).call(CallAdapter("k", "bank.pay_back", {}))["document"].startswith("PB-")


def test_the_same_key_is_one_document_also_after_a_restart(tmp_path: Path) -> None:
    first = RecordedOperations(tmp_path).call(CREDIT)
    again = RecordedOperations(tmp_path).call(CallAdapter(CREDIT.key, CREDIT.operation, {"amount": "1.00"}))
    other = RecordedOperations(tmp_path).call(CallAdapter("c1:credit:2:0", CREDIT.operation, CREDIT.values))

    assert first == again != other
    kept = RecordedOperations(tmp_path).kept()
    assert sorted(page["key"] for page in kept) == ["c1:credit:1:0", "c1:credit:2:0"]
    assert {page["values"]["amount"] for page in kept} == {"99.50"}


def test_each_operation_is_asked_where_it_is_set_up(tmp_path: Path) -> None:
    with an_erp(says(200, b'{"document": "from the ERP"}')) as erp:
        settings = read_settings(
            {
                "AFTERCARE_DATA": str(tmp_path),
                "AFTERCARE_ADAPTER_ERP_CREDIT_NOTE": erp.url,
                "AFTERCARE_OPERATIONS_KEY": KEY.reveal(),
                "AFTERCARE_PRIVATE_ADDRESSES": "1",
            }
        )
        connected = operations(settings, Noon())

        assert connected.call(CREDIT) == {"document": "from the ERP"}
        assert connected.call(CallAdapter("k", "erp.purchase_order", {}))["document"].startswith("PO-")
    assert len(erp.asked) == 1


def test_an_operation_is_found_by_its_whole_name(tmp_path: Path) -> None:
    erp, recorded = RecordedOperations(tmp_path / "erp"), RecordedOperations(tmp_path / "rest")

    Operations({"erp.credit_note": erp}, recorded).call(CallAdapter("k", "erp.credit", {}))

    assert (len(erp.kept()), len(recorded.kept())) == (0, 1)
