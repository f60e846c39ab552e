"""Made-up files against reader and coder: no crash, no hang over 10 s, no unbounded memory.

`make fuzz` runs it for FUZZ_SECONDS. The first byte of an input says which format it is; PDF goes
to a parsing process, as in a reading, all else is parsed here, where the fuzzer sees the code.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["foedus.evidence", "foedus.domain"]):
    from foedus.domain.documents import Document
    from foedus.errors import DocumentError
    from foedus.evidence.coder import code_document
    from foedus.evidence.limits import Limits
    from foedus.evidence.mentions import names_for
    from foedus.evidence.proposer.answer_schema import Unusable, parse_answer
    from foedus.evidence.proposer.questions import Brief
    from foedus.evidence.proposer.validation import validated
    from foedus.evidence.reader import read_bytes
    from foedus.evidence.sentences import sentences
    from foedus.evidence.web_pages.robots import allows, text_of

from foedus.catalog.actors import ActorIndex
from foedus.evidence.isolated import each_isolated

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".txt", ".md", ".html", ".docx", ".eml", ".json", ".jsonl", ".csv", ".pdf")
TODAY = date(2026, 11, 21)
NAMES = names_for(ActorIndex.packaged(), date(2025, 6, 24))
LIMITS = Limits(unpacked_bytes=5_000_000)


def one(data: bytes) -> None:
    """One input: every document of it is whole, every claim a true quote."""
    if not data:
        return
    suffix, content = SUFFIXES[data[0] % len(SUFFIXES)], data[1:]
    name = f"made-up{suffix}"
    allows(text_of(content), "/a/b")
    with suppress(Unusable):
        parse_answer(content.decode("utf-8", "replace"))
    if suffix == ".pdf":
        found = each_isolated(name, content, limits=LIMITS, today=TODAY)
    else:
        found = read_bytes(name, name, content, suffix=suffix, limits=LIMITS, today=TODAY)
    for item in found:
        assert isinstance(item, Document | DocumentError)
        if isinstance(item, Document):
            check(item)


def check(document: Document) -> None:
    """Passages lie apart and in order, sentences inside them, quotes where they say."""
    at = 0
    for passage in document.passages:
        assert at <= passage.start < passage.end <= len(document.text)
        at = passage.end
    for sentence in sentences(document):
        own = document.passages[sentence.passage_index]
        assert own.start <= sentence.start < sentence.end <= own.end
    claims = code_document(document, NAMES)
    assert validated(document, claims, NAMES).dropped == {}
    for question in Brief.of(document, NAMES).questions():
        assert question.tokens > 0


def seeds(folder: Path) -> None:
    """The example documents and small files of every format."""
    text = (ROOT / "examples" / "documents" / "2025-01-18_treaty.txt").read_bytes()
    page = (ROOT / "examples" / "documents" / "2025-06-26_strikes.html").read_bytes()
    mail = b"Subject: Arms\nFrom: A <a@b.c>\nDate: Sat, 14 Mar 2026 09:00:00 +0100\n\n" + text
    row = b'{"text": "Russia sent no weapons to Iran.", "date": "2025-06-24", "title": "Arms"}'
    kinds = {
        ".txt": [text, text[:300], b"By Ann Lee\n\nFeb 12, 2025\n\nShare\n\n" + text[:500]],
        ".md": [b"---\ntitle: Arms\n---\n# Arms\n\n> quoted\n\n- item one of several\n\n" + text],
        ".html": [page], ".eml": [mail], ".json": [b"[" + row + b"]"],
        ".jsonl": [row + b"\n" + row],
        ".csv": [b'title,text\nArms,"Russia sent no weapons to Iran."\n'], ".pdf": [b"%PDF-1.4\n"],
    }  # fmt: skip
    for suffix, contents in kinds.items():
        for number, content in enumerate(contents):
            first = bytes([SUFFIXES.index(suffix)])
            (folder / f"{suffix[1:]}{number}").write_bytes(first + content)


def main() -> None:
    """Fuzz until told to stop; arguments are libFuzzer's."""
    with tempfile.TemporaryDirectory() as kept, tempfile.TemporaryDirectory() as given:
        seeds(Path(given))
        atheris.Setup([*sys.argv, kept, given], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
