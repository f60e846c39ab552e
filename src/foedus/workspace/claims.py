"""Claims as rows: checked against the stored text, indexed by the actors that they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Connection, Row

from foedus.domain.claims import Attribution, Claim
from foedus.domain.documents import Document
from foedus.errors import DocumentError, WorkspaceError
from foedus.workspace.documents import published
from foedus.workspace.schema import blind_decision, claim_party
from foedus.workspace.schema import claim as table
from foedus.workspace.schema import document as document_table
from foedus.workspace.storable import printable, unstorable

_AT_ONCE = 1_000


def check(document: Document, claims: Iterable[Claim]) -> None:
    """Every claim is of this document, stands word for word in its text, and has an id of its own.

    Raises:
        DocumentError: one that does not.
    """
    met: set[str] = set()
    for claim in claims:
        reason = "is given twice" if claim.claim_id in met else _fault(document, claim)
        met.add(claim.claim_id)
        if reason:
            raise DocumentError(
                printable(document.name), f"claim {printable(claim.claim_id)} {reason}"
            )


def _fault(document: Document, claim: Claim) -> str | None:
    if claim.doc != document.id:
        return f"belongs to document {printable(claim.doc)}, not to {document.id}"
    if document.text[claim.start : claim.end] != claim.quote:
        found = document.text[claim.start : claim.end][:80]
        return (
            f"quotes {claim.quote[:80]!r}, but the text at {claim.start}..{claim.end} reads"
            f" {found!r}"
        )
    reason = unstorable(claim.model_dump(exclude={"quote"}))
    return f"holds {reason}" if reason else None


def delete_unreviewed(connection: Connection, document: str, coder: str) -> list[Claim]:
    """Delete what `coder` found and nobody has touched; return what stays.

    A claim that another was merged into, or that a blind round holds a decision on, stays.
    """
    mine = sa.and_(table.c.doc == document, table.c.coder == coder)
    merged = table.alias()
    untouched = sa.and_(
        table.c.review == "unreviewed",
        table.c.version == 1,
        ~sa.exists().where(blind_decision.c.claim_id == table.c.claim_id),
        ~sa.exists().where(merged.c.merged_into == table.c.claim_id),
    )
    connection.execute(sa.delete(table).where(mine, untouched))
    return [_claim(row) for row in connection.execute(sa.select(table).where(mine))]


def insert(connection: Connection, claims: Iterable[Claim], version: int = 1) -> None:
    """Write claims that were checked before, as this version.

    Raises:
        sqlalchemy.exc.IntegrityError: a claim id that another document's claim has.
    """
    rest = iter(claims)
    while some := list(islice(rest, _AT_ONCE)):
        connection.execute(
            sa.insert(table), [{**_values(claim), "version": version} for claim in some]
        )
        _index_parties(connection, some)


def update(connection: Connection, claim: Claim, version: int) -> None:
    """Write the claim over the stored one of its id, as this version."""
    values = {**_values(claim), "version": version}
    connection.execute(sa.update(table).where(table.c.claim_id == claim.claim_id).values(values))
    connection.execute(sa.delete(claim_party).where(claim_party.c.claim_id == claim.claim_id))
    _index_parties(connection, [claim])


def _index_parties(connection: Connection, claims: Sequence[Claim]) -> None:
    parties = [
        {"claim_id": claim.claim_id, "actor": actor}
        for claim in claims
        for actor in sorted({*claim.source, *claim.target, *filter(None, [claim.beneficiary])})
    ]
    if parties:
        connection.execute(sa.insert(claim_party), parties)


def same_statement(one: Claim, other: Claim) -> bool:
    """Whether two codings of one document say the same of the same span."""
    return one.claim_id == other.claim_id or (
        (one.start, one.end, one.act, set(one.source), set(one.target))
        == (other.start, other.end, other.act, set(other.source), set(other.target))
    )


def select(
    connection: Connection,
    *,
    document: str | None,
    actors: Collection[str] | None,
    published_by: date | None,
    include_undated: bool,
    include_abstained: bool,
) -> list[Claim]:
    """Claims in order of document and place in the text."""
    query = sa.select(table).order_by(table.c.doc, table.c.start, table.c.end, table.c.claim_id)
    if document is not None:
        query = query.where(table.c.doc == document)
    if actors is not None:
        named = sa.select(claim_party.c.claim_id).where(claim_party.c.actor.in_(sorted(actors)))
        query = query.where(table.c.claim_id.in_(named))
    if published_by is not None:
        query = query.join(document_table, document_table.c.id == table.c.doc)
        query = query.where(published(published_by, include_undated))
    if not include_abstained:
        query = query.where(table.c.abstained.is_(False))
    return [_claim(row) for row in connection.execute(query)]


def _values(claim: Claim) -> dict[str, Any]:
    return {
        **claim.model_dump(exclude={"attribution", "source", "target", "support"}),
        "source": list(claim.source),
        "target": list(claim.target),
        "support": list(claim.support),
        "attribution_kind": claim.attribution.kind,
        "attribution_name": claim.attribution.name,
    }


def _claim(row: Row[Any]) -> Claim:
    values = dict(row._mapping)
    del values["version"]
    return from_values(values)


def from_values(values: dict[str, Any]) -> Claim:
    """A claim from the columns of its row, but for the version.

    Raises:
        WorkspaceError: the row holds what no claim can.
    """
    try:
        values["attribution"] = Attribution(
            kind=values.pop("attribution_kind"), name=values.pop("attribution_name")
        )
        return Claim.model_validate(values)
    except ValidationError as error:
        raise WorkspaceError(
            f"The workspace holds a claim ({values['claim_id']}) that cannot be read: {error}"
        ) from error
