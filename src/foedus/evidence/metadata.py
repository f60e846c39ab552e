"""Title, publisher, author, date and language of one document, and how the date is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from foedus.domain.dates import DateSpan
from foedus.domain.documents import DateBasis
from foedus.errors import DateError
from foedus.evidence.datelines import find_dates, is_date_line, plausible
from foedus.evidence.formats.extracted import Extracted
from foedus.evidence.furniture import Layout
from foedus.evidence.furniture_patterns import bare, byline_name, is_byline_opening
from foedus.evidence.language import language_of

_HEAD = 6_000
_FIELD = re.compile(
    r"^[*_]{0,2}(?P<key>title|subject|date|dated|published|author|by|from|source|publisher|site|"
    r"outlet|language|lang)[*_]{0,2}\s*:[*_]{0,2}\s*(?P<value>\S.{0,300}?)\s*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\s*(?:[A-ZÀ-ÝА-Я][^.!?\n]{0,60}?,\s*)?\(?$")
_DATELINE_END = re.compile(r"\)?\s*(?:\([^)]{1,40}\)\s*)?(?:[-–—:.|]|\()")
_WIRE = re.compile(r"^.{0,80}?\((?P<name>[A-Z][\w .&'’-]{1,40})\)\s*[-–—]")
_RIGHTS = (
    re.compile(r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?,?\s*(?:by )?"
               r"(?P<name>[A-Z][\w.&'’ -]{1,60}?)\s*(?:[.,|;\n]|all rights|$)", re.IGNORECASE),
    re.compile(r"(?:^|\n)\s*(?P<name>[A-Z][\w.&'’ -]{1,60}?)\s*(?:©|\(c\))\s*\d{4}"),
    re.compile(r"(?:reflect|represent)s?\s+the\s+(?:\w+\s+){0,3}?(?:position|views?|opinions?|polic(?:y|ies))"
               r"\s+of\s+(?P<name>(?:[Tt]he\s+)?[A-Z][\w&'’-]*(?:\s+[A-Z][\w&'’-]*){0,5})"),
)  # fmt: skip
_PUBLISHED = re.compile(
    r"\b(?:published|updated|posted|released|completed|issued|first appeared)(?: \w+){0,3}?"
    r"(?: on| in|:)? ?$",
    re.IGNORECASE,
)
_FILE_DATE = re.compile(
    r"(?<!\d)((?:18|19|20)\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
_PLACEHOLDERS = {"untitled", "document", "microsoft word", "unknown", "admin", "user", "none"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about one document; unknown is null."""

    title: str | None
    publisher: str | None
    author: str | None
    date: DateSpan | None
    date_basis: DateBasis
    language: str | None


def describe(extracted: Extracted, layout: Layout, name: str, today: date) -> Metadata:
    """Settle a document's metadata from what the file states, then from its page.

    A date before 1816 or after tomorrow is refused: the next best basis is asked, at last
    the date is unknown. A time told only relative to the day of writing gives no date.
    """
    text, stated = extracted.text, extracted.stated
    fields = _fields(text, layout)
    title = _clean(stated.title) or fields.get("title") or fields.get("subject")
    if title is None and layout.title is not None:
        title = re.sub(r"^#+\s*", "", bare(text[layout.title[0] : layout.title[1]]))
    language = _language(text, layout) or _clean(stated.language or fields.get("language"))
    span, basis = _date(extracted, layout, fields, name, today)
    return Metadata(
        title=title or None,
        publisher=_clean(stated.publisher) or _publisher(text, layout, fields),
        author=_clean(stated.author) or _author(text, layout, fields),
        date=span,
        date_basis=basis,
        language=language[:2].lower() if language else None,
    )


def _clean(value: str | None) -> str | None:
    plain = re.sub(r"\s+", " ", value).strip()[:500] if value else ""
    return plain if plain and plain.lower() not in _PLACEHOLDERS else None


def _fields(text: str, layout: Layout) -> dict[str, str]:
    """`Key: value` lines above the first passage, as memos and front matter carry them."""
    first = layout.passages[0].start if layout.passages else len(text)
    fields: dict[str, str] = {}
    for line in text[: min(first, _HEAD)].splitlines():
        match = _FIELD.match(line.strip())
        if match is not None:
            fields.setdefault(match["key"].lower(), match["value"].strip("\"'* "))
    return fields


def _body(text: str, layout: Layout) -> int:
    """Where the first full paragraph starts: a standfirst can stand above the date line."""
    for passage in layout.passages[:3]:
        if len(text[passage.start : min(passage.end, passage.start + 400)].split()) >= 15:
            return passage.start
    return layout.passages[0].start if layout.passages else len(text)


def _language(text: str, layout: Layout) -> str | None:
    if not layout.passages:
        return language_of(text)
    sample = ""
    for passage in layout.passages:
        sample += text[passage.start : min(passage.end, passage.start + 20_000)] + "\n"
        if len(sample) > 20_000:
            break
    return language_of(sample)


def _author(text: str, layout: Layout, fields: dict[str, str]) -> str | None:
    first = _body(text, layout)
    above = [text[start:end] for start, end in layout.asides if start < first]
    for index, block in enumerate(above):
        name = byline_name(block)
        if name is None and is_byline_opening(block) and index + 1 < len(above):
            name = bare(above[index + 1])
        if name:
            return name
    return fields.get("author") or fields.get("by") or fields.get("from")


def _publisher(text: str, layout: Layout, fields: dict[str, str]) -> str | None:
    for key in ("publisher", "source", "outlet", "site"):
        if key in fields:
            return fields[key]
    if layout.passages:
        lead = text[layout.passages[0].start :][:200]
        wire = _WIRE.match(lead)
        if wire is not None and any(True for _ in find_dates(lead[: wire.end()])):
            return wire["name"]
    inside = {passage.start for passage in layout.passages}
    asides = [text[start:end][:600] for start, end in layout.asides if start not in inside]
    tail = text[layout.passages[-1].end :][:4_000] if layout.passages else ""
    for pattern in _RIGHTS:
        for block in [*asides, tail]:
            match = pattern.search(block)
            if match is not None:
                return re.sub(r"\s+", " ", match["name"]).strip(" .-") or None
    return None


def _date(
    extracted: Extracted, layout: Layout, fields: dict[str, str], name: str, today: date
) -> tuple[DateSpan | None, DateBasis]:
    stated = _parse(extracted.stated.date, today)
    if stated is not None and extracted.stated.date_is_publication:
        return stated, "metadata"
    for key in ("date", "dated", "published"):
        span = _parse(fields.get(key), today)
        if span is not None:
            return span, "metadata" if extracted.text.startswith("---") else "dateline"
    span = _dateline(extracted.text, layout, today)
    if span is not None:
        return span, "dateline"
    if stated is not None:
        return stated, "metadata"
    span = _published(extracted.text, today)
    if span is not None:
        return span, "text"
    match = _FILE_DATE.search(name)
    span = _parse("-".join(match.groups()), today) if match else None
    return (span, "file name") if span is not None else (None, "unknown")


def _parse(value: str | None, today: date) -> DateSpan | None:
    if not value:
        return None
    for _, _, span in find_dates(value.strip()[:200].replace("T", " ")):
        return span if plausible(span, today) else None
    try:
        span = DateSpan.parse(value[:10])
    except DateError:
        return None
    return span if plausible(span, today) else None


def _dateline(text: str, layout: Layout, today: date) -> DateSpan | None:
    """The date line nearest below the title, else above it, else at the start of the text."""
    first = _body(text, layout)
    title = layout.title[0] if layout.title is not None else 0
    lines = [(start, text[start:end]) for start, end in layout.asides if start < first]
    lines = [(start, line) for start, line in lines if is_date_line(line)]
    ordered = [line for start, line in lines if start > title]
    ordered += [line for start, line in reversed(lines) if start <= title]
    for line in ordered:
        for _, _, span in find_dates(line):
            if plausible(span, today):
                return span
    lead = text[first : first + 160]
    for start, end, span in find_dates(lead):
        opens = _DATELINE.fullmatch(lead[:start]) is not None
        if opens and _DATELINE_END.match(lead[end:]) is not None and plausible(span, today):
            return span
    return None


def _published(text: str, today: date) -> DateSpan | None:
    """A date that the text itself calls its own: 'published on 5 June 2025'."""
    for part in (text[:_HEAD], text[-_HEAD:]):
        for start, _, span in find_dates(part):
            line = part[max(0, part.rfind("\n", 0, start)) : start]
            alone = re.match(r"\W*(?:this (?:article|report|piece|note|memo\w*) )?", line, re.I)
            said = line[alone.end() :] if alone else line
            if _PUBLISHED.search(line) and len(said.split()) <= 5 and plausible(span, today):
                return span
    return None
