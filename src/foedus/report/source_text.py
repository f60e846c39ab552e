"""A source as a reader sees it: link text, publisher, date, confidence."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from foedus.catalog.vintages import vintages
from foedus.domain.sources import Source
from foedus.report.blocks import Foreign, Inline, Link, Text, joined
from foedus.report.figures import span


def web_address(ref: str | None) -> str | None:
    """The http or https address that a reference is, or names as a DOI; else null."""
    if ref is None:
        return None
    ref = ref.strip()
    if ref.lower().startswith(("doi:", "10.")):
        ref = "https://doi.org/" + ref.removeprefix("doi:").removeprefix("DOI:").strip()
    try:
        parts = urlsplit(ref)
    except ValueError:
        return None
    plain = not any(character.isspace() or not character.isprintable() for character in ref)
    return ref if parts.scheme in {"http", "https"} and parts.netloc and plain else None


def source_text(source: Source) -> Text:
    """One source: title (linked where it has an address), publisher, date, confidence."""
    title = source.title or source.publisher or _dataset(source.table)
    address = web_address(source.ref)
    parts: list[Inline] = [Link(title, address) if address else Foreign(title)]
    if source.publisher and source.publisher != title:
        parts += [", ", Foreign(source.publisher)]
    if source.published:
        parts.append(f", {span(source.published)}")
    if source.ref and not address:
        parts += [", ", Foreign(source.ref)]
    if source.confidence:
        parts.append(f" ({source.confidence} confidence)")
    return tuple(parts)


def _dataset(key: str) -> str:
    """The dataset's title and version; the key itself where it is no vintage (a user's own)."""
    known = vintages().get(key)
    return key if known is None else f"{known.title} {known.version}"


def sources_text(sources: Iterable[Source]) -> Text:
    """Several sources, each once."""
    return joined([source_text(source) for source in dict.fromkeys(sources)], "; ")
