"""What the server refuses, and the headers that everything carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from web_server import TIMEOUT, WebServer

CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"|data-csrf="([0-9a-f]+)"')


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with WebServer(tmp_path_factory.mktemp("guard") / "w.sqlite", "--token") as running:
        yield running


def csrf_of(page: httpx.Response) -> str:
    found = CSRF.search(page.text)
    assert found
    return found[1] or found[2]


@pytest.mark.parametrize("path", ["/", "/about", "/no/such/page", "/static/workbench.css"])
def test_every_answer_carries_the_headers(server: WebServer, path: str) -> None:
    headers = server.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.1"])
def test_foreign_host_names_are_refused(server: WebServer, host: str) -> None:
    assert server.get("/about", headers={"Host": host}).status_code == 421


def test_local_names_are_answered(server: WebServer) -> None:
    for host in ("localhost", "127.0.0.1:9", "[::1]:80", "LOCALHOST."):
        assert server.get("/about", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_posts_from_elsewhere_are_refused(guarded: WebServer, headers: dict[str, str]) -> None:
    with guarded.client() as client:
        token = csrf_of(client.get("/login"))
        answer = client.post(
            "/login", data={"token": guarded.token, "csrf": token}, headers=headers
        )
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_post_needs_the_csrf_token_of_the_same_visitor(guarded: WebServer) -> None:
    with guarded.client() as one, guarded.client() as other:  # fmt: skip
        theirs = csrf_of(other.get("/login"))
        mine = csrf_of(one.get("/login"))
        for given in ("", "0" * 64, theirs, "é"):
            data = {"token": guarded.token, "csrf": given}
            assert one.post("/login", data=data).status_code == 403
        data = {"token": guarded.token, "csrf": mine}
        assert one.post("/login", data=data).status_code == 303


def test_nothing_is_shown_before_the_login(guarded: WebServer) -> None:
    with guarded.client() as client:
        for path in ("/", "/actor/RUS", "/pair?guarantor=RUS&beneficiary=IRN", "/data"):
            answer = client.get(path)
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/login?next=")
        assert client.get("/api/v1/actors").status_code == 401
        assert client.post("/evidence/upload").status_code == 401
        assert client.get("/", headers={"Authorization": "Bearer wrong"}).status_code == 303
        good = {"Authorization": f"Bearer {guarded.token}"}
        assert client.get("/about", headers=good).status_code == 200


def test_the_login_sets_a_cookie_that_scripts_cannot_read(guarded: WebServer) -> None:
    with guarded.client() as client:
        form = client.get(f"/login?token={guarded.token}&next=/about")
        assert str(guarded.token) in form.text
        data = {"csrf": csrf_of(form), "next": "/about"}
        wrong = client.post("/login", data=data | {"token": "x" * 24})
        assert wrong.status_code == 403
        assert "foedus_session" not in client.cookies
        answer = client.post("/login", data=data | {"token": str(guarded.token)})
        assert answer.headers["location"] == "/about"
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/about").status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_the_login_leads_nowhere_else(guarded: WebServer, target: str) -> None:
    with guarded.client() as client:
        token = csrf_of(client.get("/login"))
        answer = client.post("/login", data={"token": guarded.token, "csrf": token, "next": target})
    assert answer.headers["location"] == "/"


def test_bodies_are_bounded_whatever_they_announce(guarded: WebServer) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(64):
            yield b"token=" + b"x" * 65536

    assert httpx.post(guarded.address + "/login", content=b"x" * 300_000).status_code == 413
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = httpx.post(guarded.address + "/login", content=endless(), headers=kind)
    except (httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
        return
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "name", ["..%2f..%2fapp.py", "%2e%2e/app.py", "app.py", "htmx.LICENSE", "%00"]
)
def test_static_files_are_a_fixed_list(server: WebServer, name: str) -> None:
    assert server.get(f"/static/{name}").status_code == 404


def test_an_open_address_demands_a_token(tmp_path: Path) -> None:
    with WebServer(tmp_path / "w.sqlite", "--host", "0.0.0.0") as running:
        assert running.token
        port = running.address.rpartition(":")[2]
        answer = httpx.get(f"http://127.0.0.1:{port}/about", timeout=TIMEOUT)
        assert answer.status_code == 303
        answer = httpx.get(
            f"http://127.0.0.1:{port}/about", headers={"Host": "evil.example"}, timeout=TIMEOUT
        )
        assert answer.status_code == 421
