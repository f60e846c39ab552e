"""A document with its claims, or nothing: the one write that reading a folder does."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from foedus.domain.claims import Claim
from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.workspace import claims as claim_rows
from foedus.workspace import codings, documents, sketches
from foedus.workspace.codings import Coding
from foedus.workspace.engine import writing
from foedus.workspace.storable import printable, unstorable


def add(
    engine: Engine,
    document: Document,
    claims: Collection[Claim],
    coding: Coding | None,
    sketch: bytes | None = None,
) -> bool:
    """See `Workspace.add_document`."""
    name = printable(document.name)
    reason = unstorable(document.model_dump(exclude={"passages"}))
    if reason:
        raise DocumentError(name, f"it holds {reason}, which no database keeps")
    claim_rows.check(document, claims)
    try:
        with writing(engine) as connection:
            added = _add(connection, document, claims, coding)
            if added and sketch is not None:
                sketches.put(connection, document.id, sketch)
            return added
    except IntegrityError as error:
        raise DocumentError(
            name, "a claim of it has the id of another document's claim; nothing of it was stored"
        ) from error


def _add(
    connection: Connection, document: Document, claims: Collection[Claim], coding: Coding | None
) -> bool:
    added = documents.insert(connection, document)
    kept: list[Claim] = []
    if not added:
        text = documents.locked_text(connection, document.id)
        if coding is None or not _to_be_coded(connection, document.id, coding):
            return False
        kept = claim_rows.delete_unreviewed(connection, document.id, coding.coder)
        if text != document.text:
            _replace(connection, document)
    claim_rows.insert(
        connection,
        (claim for claim in claims if not any(claim_rows.same_statement(claim, k) for k in kept)),
    )
    if coding is not None:
        codings.note(connection, document.id, coding)
    return True


def _to_be_coded(connection: Connection, document: str, coding: Coding) -> bool:
    stored = codings.stored_version(connection, document, coding.coder)
    return stored is None or coding.supersedes(stored)


def _replace(connection: Connection, document: Document) -> None:
    left = claim_rows.select(
        connection,
        document=document.id,
        actors=None,
        published_by=None,
        include_undated=True,
        include_abstained=True,
    )
    for claim in left:
        if document.text[claim.start : claim.end] != claim.quote:
            raise DocumentError(
                printable(document.name),
                f"its text was read differently before, and claim {claim.claim_id} quotes words"
                " that are no longer at their place. Nothing was changed: read it into another"
                " workspace",
            )
    documents.replace(connection, document)
