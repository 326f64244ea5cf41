"""Nobody but the browser that was given the address can read the desk, or make it do anything."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from allocator.desk.serving import OpenDesk
from tests.desk.desks import ask

READ = ("", "events", "desk.js", "plan.csv")
DONE = ("world", "base", "cancel", "keep", "restore")
OTHERS = (
    {"Host": "attacker.example"},
    {"Host": "attacker.example:PORT"},
    {"Host": "127.0.0.1"},
    {"Host": "127.0.0.1:1"},
    {"Origin": "http://attacker.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "https://127.0.0.1:PORT"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


def _port(desk: OpenDesk) -> str:
    return str(urlsplit(desk.url).port)


@pytest.mark.parametrize("headers", OTHERS, ids=str)
def test_another_name_or_another_page_is_refused(desk: OpenDesk, headers: dict[str, str]) -> None:
    sent = {name: value.replace("PORT", _port(desk)) for name, value in headers.items()}
    for path in READ:
        status, body, _ = ask(desk.url, path=path, headers=sent)
        assert (status // 100, body) == (4, b""), path
    for path in DONE:
        status, body, _ = ask(desk.url, "POST", path, sent, {"met": [], "number": 1})
        assert (status // 100, body) == (4, b""), path
    assert not (desk.desk.reports).exists()


def test_no_name_at_all_is_refused(desk: OpenDesk) -> None:
    assert ask(desk.url, headers={"Host": ""})[:2] == (400, b"Invalid HTTP request received.")


@pytest.mark.parametrize("token", ["", "x", "token-of-somebody-else-entirely", "%2e%2e", "../.."])
def test_without_the_token_there_is_nothing(desk: OpenDesk, token: str) -> None:
    parts = urlsplit(desk.url)
    base = f"http://{parts.netloc}/{token}/" if token else f"http://{parts.netloc}/"
    for method, path in [*(("GET", p) for p in READ), *(("POST", p) for p in DONE)]:
        status, body, _ = ask(base, method, path, data={} if method == "POST" else None)
        assert (status, body) == (404, b"")
    status, body, _ = ask(desk.url.rstrip("/"), path="")
    assert (status, body) == (404, b"")


def test_the_address_that_a_browser_is_started_with_leads_there_once(desk: OpenDesk) -> None:
    """Others of this machine may see it among the browser's arguments."""
    assert ask(desk.door, headers={"Host": "attacker.example"})[0] == 421
    assert ask(desk.door, headers={"Sec-Fetch-Site": "cross-site"})[0] == 403
    status, body, headers = ask(desk.door)
    assert (status, body, headers["location"]) == (303, b"", urlsplit(desk.url).path)
    assert ask(desk.door)[0] == 404


def test_nothing_is_done_without_an_origin_or_by_looking(desk: OpenDesk) -> None:
    for path in DONE:
        assert ask(desk.url, "POST", path, {"Origin": ""}, {"met": []})[0] == 403
        assert ask(desk.url, "GET", path)[0] == 405
    for path in READ:
        assert ask(desk.url, "POST", path, data={})[0] == 405


def test_what_makes_no_sense_or_is_too_large_does_nothing(desk: OpenDesk) -> None:
    for path, data in (("world", {}), ("world", []), ("world", {"met": 3}), ("restore", {}),
                       ("restore", {"number": "x"})):  # fmt: skip
        assert ask(desk.url, "POST", path, data=data)[0] == 400
    assert ask(desk.url, "POST", "world", data={"met": ["no_such"]})[0] == 409
    assert ask(desk.url, "POST", "restore", data={"number": 99})[0] == 409
    assert ask(desk.url, "POST", "world", data={"met": ["x" * 200_000]})[0] == 413
    for path in ("page/../../etc/passwd", "page/%2e%2e%2fdesk.html", "desk.css/x", "page/1-99"):
        assert ask(desk.url, path=path)[0] in (404, 405)


def test_it_listens_on_this_machine_alone(desk: OpenDesk) -> None:
    parts = urlsplit(desk.url)
    assert parts.hostname == "127.0.0.1"
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)}
    for address in {str(one) for one in others if not str(one).startswith("127.")}:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as asking:
            asking.settimeout(1)
            assert asking.connect_ex((address, parts.port or 0)) != 0


def test_what_it_sends_stays_where_it_is(desk: OpenDesk) -> None:
    key = desk.desk.sitting.view()["page"]["key"]
    for path, framed in (("", "'none'"), (f"page/{key}", "'self'")):
        status, _, headers = ask(desk.url, path=path)
        assert status == 200
        assert f"frame-ancestors {framed}" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in headers
