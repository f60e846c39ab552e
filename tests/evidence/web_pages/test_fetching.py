"""Web addresses that the user gives: fetched within limits, and from public machines only."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import foedus
from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.evidence.reader import read_documents
from foedus.evidence.web_pages.addresses import is_public, target_of
from foedus.evidence.web_pages.fetching import Fetcher
from foedus.evidence.web_pages.robots import allows

PARAGRAPH = (
    "Russia condemned the strikes on Iran but sent no weapons, two officials said on Monday."
)
PAGE = f"<html><head><title>Arms</title></head><body><p>{PARAGRAPH}</p></body></html>".encode()
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Site:
    """Pages by path: status, headers, body; `asked` keeps what was asked for."""

    pages: dict[str, tuple[int, dict[str, str], bytes]]
    url: str = ""
    drip: float = 0.0
    asked: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site({"/a": (200, HTML, PAGE)})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            made.hosts.append(self.headers["Host"])
            status, headers, body = made.pages.get(self.path, (404, {}, b""))
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                step = 1 if made.drip and self.path != "/robots.txt" else 1 << 20
                for at in range(0, len(body), step):
                    self.wfile.write(body[at : at + step])
                    self.wfile.flush()
                    time.sleep(made.drip)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def read() -> Callable[..., Document | DocumentError]:
    """Read one address with a fetcher that may ask this machine."""

    def one(url: str, **options: float) -> Document | DocumentError:
        fetcher = Fetcher(allowed=("127.0.0.1",), **options)  # type: ignore[arg-type]
        (found,) = read_documents([url], fetcher=fetcher)
        return found

    return one


def reason(found: Document | DocumentError, url: str) -> str:
    assert isinstance(found, DocumentError), found
    assert found.name == url
    return found.reason


def test_a_page_becomes_a_document_named_by_its_address(
    site: Site, read: Callable[..., Document]
) -> None:
    site.pages["/2025/06/24/arms.php?id=1"] = (200, HTML, PAGE)
    found = read(f"{site.url}/2025/06/24/arms.php?id=1#top")
    assert found.name == f"{site.url}/2025/06/24/arms.php?id=1"
    assert found.title == "Arms"
    assert found.media_type == "text/html"
    assert PARAGRAPH in found.text
    assert (str(found.date), found.date_basis) == ("2025-06-24", "file name")
    assert site.asked == ["/robots.txt", "/2025/06/24/arms.php?id=1"]


def test_kinds_encodings_and_packing(site: Site, read: Callable[..., Document]) -> None:
    text = PARAGRAPH.replace("Iran", "Irán")
    site.pages["/t"] = (200, {"Content-Type": "text/plain; charset=utf-16-le"},
                        text.encode("utf-16-le"))  # fmt: skip
    assert read(f"{site.url}/t").text == text
    packed = HTML | {"Content-Encoding": "gzip"}
    site.pages["/g"] = (200, packed, gzip.compress(PAGE))
    assert PARAGRAPH in read(f"{site.url}/g").text
    for name, kind in (("/z", "application/zip"), ("/o", "application/octet-stream")):
        site.pages[name] = (200, {"Content-Type": kind}, PAGE)
        assert "not read" in reason(read(site.url + name), site.url + name)
    site.pages["/n"] = (200, {}, PAGE)
    assert "unknown" in reason(read(f"{site.url}/n"), f"{site.url}/n")


def test_this_machine_is_refused_unless_allowed(site: Site) -> None:
    for url in (f"{site.url}/a", site.url.replace("127.0.0.1", "localhost"),
                site.url.replace("127.0.0.1", "2130706433")):  # fmt: skip
        (found,) = read_documents([url])
        assert "not a public address" in reason(found, url)
    assert site.asked == []


@pytest.mark.parametrize(
    "place",
    ["http://127.0.0.2/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/",
     "http://[::1]/", "http://0.0.0.0/", "http://[::ffff:127.0.0.2]/", "http://192.168.1.1/",
     "http://[fd00::1]/", "http://[64:ff9b::7f00:2]/", "http://100.64.0.1/"],
)  # fmt: skip
def test_no_redirection_leads_to_a_private_address(
    site: Site, read: Callable[..., Document | DocumentError], place: str
) -> None:
    site.pages["/r"] = (302, {"Location": place}, b"")
    assert "not a public address" in reason(read(f"{site.url}/r"), f"{site.url}/r")


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("file:///etc/passwd", "not a web address"),
        ("ftp://127.0.0.1/a", "not a web address"),
        ("gopher://127.0.0.1/", "not a web address"),
        ("http://me:word@127.0.0.1/", "password"),
        ("/r", "redirects more than"),
    ],
)
def test_other_redirections(
    site: Site, read: Callable[..., Document | DocumentError], place: str, why: str
) -> None:
    site.pages["/r"] = (301, {"Location": place}, b"")
    assert why in reason(read(f"{site.url}/r"), f"{site.url}/r")


def test_redirections_within_the_rules_are_followed(
    site: Site, read: Callable[..., Document]
) -> None:
    site.pages["/r"] = (308, {"Location": "a"}, b"")
    assert read(f"{site.url}/r").name == f"{site.url}/a"


def test_robots_are_respected_at_every_hop(
    site: Site, read: Callable[..., Document | DocumentError]
) -> None:
    rules = b"User-agent: *\nDisallow: /private\nAllow: /private/open\n"
    site.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    for path in ("/private", "/private/open", "/r"):
        site.pages[path] = (200, HTML, PAGE)
    site.pages["/r"] = (302, {"Location": "/private"}, b"")
    assert isinstance(read(f"{site.url}/private/open"), Document)
    assert "robots" in reason(read(f"{site.url}/private"), f"{site.url}/private")
    assert "robots" in reason(read(f"{site.url}/r"), f"{site.url}/r")
    assert "/private" not in site.asked
    site.pages["/robots.txt"] = (503, {}, b"")
    assert "robots" in reason(read(f"{site.url}/a"), f"{site.url}/a")


@pytest.mark.parametrize(
    ("robots", "path", "expected"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: Foedus\nAllow: /", "/a", True),
        ("User-agent: other\nUser-agent: foedus\nDisallow: /a # not this\n", "/ab", False),
        ("User-agent: foedus\nDisallow: /*.pdf$\n", "/x/y.pdf", False),
        ("User-agent: foedus\nDisallow: /*.pdf$\n", "/x/y.pdf?x", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /ab*d", "/abcd", True),
        ("<html>no robots: here</html>", "/a", True),
    ],
)
def test_robots_rules(robots: str, path: str, expected: bool) -> None:
    assert allows(robots, path) is expected


def test_size_time_and_status_are_bounded(
    site: Site, read: Callable[..., Document | DocumentError]
) -> None:
    site.pages["/b"] = (200, HTML, b"x" * 3_000_000)
    assert "too large" in reason(read(f"{site.url}/b", size=1_000_000), f"{site.url}/b")
    bomb = gzip.compress(b"\0" * 50_000_000)
    site.pages["/z"] = (200, HTML | {"Content-Encoding": "gzip"}, bomb)
    assert "too large" in reason(read(f"{site.url}/z", size=1_000_000), f"{site.url}/z")
    assert "status 404" in reason(read(f"{site.url}/none"), f"{site.url}/none")
    site.drip = 0.05
    before = time.monotonic()
    assert "more than 1 s" in reason(read(f"{site.url}/a", seconds=1.0), f"{site.url}/a")
    assert time.monotonic() - before < 4


def test_addresses_are_only_followed_when_given(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.jsonl").write_text(f'{{"text": "{PARAGRAPH}", "url": "{site.url}/a"}}\n')
    (folder / "b.html").write_text(
        f'<link rel="stylesheet" href="{site.url}/a"><img src="{site.url}/a"><p>{PARAGRAPH}</p>'
    )
    found = foedus.read([folder, f"{site.url}/a"], workspace=tmp_path / "w.sqlite")
    assert len(found.added) == 2
    assert "not a public address" in found.failures[0]
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False),
     ("224.0.0.1", False), ("255.255.255.255", False), ("fe80::1%eth0", False),
     ("2002:7f00:1::", False), ("nonsense", False)],
)  # fmt: skip
def test_public_addresses(address: str, expected: bool) -> None:
    assert is_public(address) is expected


@pytest.mark.parametrize("url", ["http://", "http://host:0/", "http://host:99999/", "http://a b/",
                                 "https://me@host/", "http://\udcff/"])  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(DocumentError):
        target_of(url)
