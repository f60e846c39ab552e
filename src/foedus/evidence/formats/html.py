"""Web pages: main text by trafilatura, metadata from the page's own tags."""

from __future__ import annotations

import json
import re
from typing import Any

from foedus.errors import DocumentError
from foedus.evidence.formats.decoding import decode
from foedus.evidence.formats.extracted import BlockKind, Extracted, Stated, lay_out
from foedus.evidence.limits import Limits

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
_INLINE = re.compile(rb"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=]+")
_HIDDEN = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "embed",
    "form",
    "button",
    "nav",
    "aside",
]
_BLOCKS = {"p", "li", "blockquote", "pre", "td", "th", "dd", "dt", "figcaption", "div", "section"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_DATES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "sailthru.date", "parsely-pub-date", "citation_publication_date", "og:published_time",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "citation_author")
_TITLES = ("og:title", "dc.title", "twitter:title", "citation_title")
_SITES = ("og:site_name", "publisher", "dc.publisher", "application-name", "citation_publisher")


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """Extract a page's main text; scripts, handlers and styles never reach it.

    Raises:
        DocumentError: larger than `limits.html_bytes`, not decodable, or without main text.
    """
    data = _INLINE.sub(b"", data)
    if len(data) > limits.html_bytes:
        raise DocumentError(
            name, f"too large: {len(data):,} bytes of HTML, at most {limits.html_bytes:,}."
        )
    return extract_markup(_decode(data, name), name)


def extract_markup(markup: str, name: str) -> Extracted:
    """Extract main text and metadata from HTML that is already decoded."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup))
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError(name, f"not HTML that can be parsed ({error}).") from error
    stated = _stated(tree)
    pieces = _main_text(markup) or _all_text(tree)
    text, blocks = lay_out(pieces)
    if not text:
        raise DocumentError(name, "empty: the page holds no main text.")
    return Extracted(text, "text/html", blocks, stated)


def _decode(data: bytes, name: str) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode(declared[1].decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            pass
        else:
            if "\x00" not in text:
                return text
    return decode(data, name)


def _main_text(markup: str) -> list[tuple[str, BlockKind]]:
    """Ask trafilatura for the main text and flatten its tree, one piece per block."""
    import trafilatura
    from lxml import etree

    xml = trafilatura.extract(
        markup, output_format="xml", include_comments=False, include_tables=True
    )
    if not xml:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    main = etree.fromstring(xml.encode("utf-8"), parser).find("main")
    pieces: list[tuple[str, BlockKind]] = []
    if main is not None:
        for node in main:
            _flatten(node, pieces)
    return pieces


def _flatten(node: Any, pieces: list[tuple[str, BlockKind]]) -> None:
    if not isinstance(node.tag, str):
        return
    if node.tag == "head":
        pieces.append((_one_line(node), "heading"))
    elif node.tag in {"list", "table", "div"}:
        kind: BlockKind = "item" if node.tag != "div" else "paragraph"
        pieces.extend(
            (_one_line(child), kind)
            for child in node.iter("item", "cell", "p")
            if not any(sub.tag in {"item", "cell", "p"} for sub in child.iterdescendants())
        )
    else:
        for breaks in node.iter("lb"):
            breaks.text = "\n"
        pieces.extend(
            (re.sub(r"[^\S\n]+", " ", line), "paragraph")
            for line in "".join(node.itertext()).split("\n")
        )


def _one_line(node: Any) -> str:
    return re.sub(r"\s+", " ", "".join(node.itertext()))


def _all_text(tree: Any) -> list[tuple[str, BlockKind]]:
    """Text of every innermost block outside navigation: for pages too short for trafilatura."""
    for node in list(tree.iter(*_HIDDEN, "header", "footer", "head")):
        node.drop_tree()
    pieces: list[tuple[str, BlockKind]] = []
    for node in tree.iter():
        if not isinstance(node.tag, str) or node.tag not in _BLOCKS | _HEADINGS | {"body"}:
            continue
        inner = any(
            isinstance(sub.tag, str) and sub.tag in _BLOCKS | _HEADINGS
            for sub in node.iterchildren()
        )
        text = re.sub(r"\s+", " ", node.text or "") if inner else _one_line(node)
        pieces.append((text, "heading" if node.tag in _HEADINGS else "paragraph"))
    return pieces


def _stated(tree: Any) -> Stated:
    meta: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = node.get("property") or node.get("name") or node.get("itemprop")
        content = (node.get("content") or "").strip()
        if key and content:
            meta.setdefault(key.lower(), content)
    linked = _linked_data(tree)

    def first(names: tuple[str, ...], key: str) -> str | None:
        found = linked.get(key) or next((meta[name] for name in names if name in meta), None)
        return re.sub(r"\s+", " ", found).strip()[:500] if found else None

    date = first(_DATES, "date")
    if date is None:
        times = [node.get("datetime") for node in tree.iter("time") if node.get("datetime")]
        date = times[0] if len(set(times)) == 1 else None
    author = first(_AUTHORS, "author")
    heading = next((_one_line(node).strip() for node in tree.iter("h1")), None)
    titles = [_one_line(node).strip() for node in tree.iter("title")]
    return Stated(
        title=heading
        or first(_TITLES, "title")
        or next((title for title in titles if title), None),
        publisher=first(_SITES, "publisher"),
        author=None if author and author.startswith("http") else author,
        date=date,
        language=(tree.get("lang") or "")[:2].lower() or None,
    )


def _linked_data(tree: Any) -> dict[str, str]:
    """Headline, date, author and publisher from the first schema.org article on the page."""
    for node in tree.iter("script"):
        if (node.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(node.text or "")
        except (ValueError, RecursionError):
            continue
        items = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and item.get("datePublished"):
                found = {
                    "date": item["datePublished"],
                    "title": item.get("headline"),
                    "author": _name(item.get("author")),
                    "publisher": _name(item.get("publisher")),
                }
                return {key: value for key, value in found.items() if isinstance(value, str)}
    return {}


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None
