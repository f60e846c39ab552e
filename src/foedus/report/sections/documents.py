"""The documents behind the evidence, used or not."""

from __future__ import annotations

from foedus.domain.assessments import DocumentNote
from foedus.report.blocks import Column, Foreign, Inline, Table, Text
from foedus.report.figures import count, edtf


def documents_table(documents: tuple[DocumentNote, ...], total: int | None = None) -> Table:
    """One row per document: name, publisher, date and its basis, claims, whether it was used.

    Where there are more in all, the caption says how many are shown.
    """
    shown = f"{len(documents):,}"
    if total is not None and total > len(documents):
        shown = f"showing {shown} of {total:,}: those with claims"
    names = {note.id: note.name for note in documents}
    return Table(
        f"Documents ({shown})",
        (
            Column("Document"),
            Column("Publisher"),
            Column("Date"),
            Column("Language"),
            Column("Claims", numeric=True),
            Column("Used"),
        ),
        tuple(
            (
                _name(note),
                (Foreign(note.publisher),) if note.publisher else "unknown",
                f"{edtf(note.date)} ({note.date_basis})" if note.date else "undated",
                note.language or "unknown",
                f"{note.claims:,}",
                _used(note, names),
            )
            for note in documents
        ),
        note=f"{count(sum(note.used for note in documents), 'document')} used.",
    )


def _name(note: DocumentNote) -> Text:
    parts: list[Inline] = [Foreign(note.title or note.name)]
    if note.title:
        parts += [" (", Foreign(note.name), ")"]
    return tuple(parts)


def _used(note: DocumentNote, names: dict[str, str]) -> Text:
    parts: list[Inline] = ["Yes" if note.used else f"No: {note.why_not or 'no reason recorded'}"]
    if note.same_as:
        parts += ["; republishes ", Foreign(names.get(note.same_as, note.same_as))]
    return tuple(parts)
