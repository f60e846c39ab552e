"""Which version of which coder read a document last, and whether another reading replaces it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from foedus.domain.claims import Claim
from foedus.errors import InputError
from foedus.workspace.schema import coding as table
from foedus.workspace.schema import document

_DOTTED = re.compile(r"\d+(\.\d+)*")


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder at one version."""

    coder: str
    version: str

    def supersedes(self, stored: str) -> bool:
        """Whether this version's claims replace those of the `stored` version.

        A dotted number replaces only a lower one, so an old installation undoes nothing.
        Versions that cannot be put in order (a model and a prompt) replace each other.
        """
        if _DOTTED.fullmatch(self.version) and _DOTTED.fullmatch(stored):
            return _numbers(self.version) > _numbers(stored)
        return self.version != stored


def coding_of(claims: Collection[Claim], coder: str | None, version: str | None) -> Coding | None:
    """The one coding that the claims come from; null for no claims and no coder named.

    Raises:
        InputError: claims of several codings, or of another than the one named.
    """
    if (coder is None) != (version is None):
        raise InputError("Name the coder and its version together, or neither.")
    found = {Coding(claim.coder, claim.coder_version) for claim in claims}
    if coder is not None and version is not None:
        found.add(Coding(coder, version))
    if len(found) > 1:
        names = ", ".join(sorted(f"{one.coder} {one.version}" for one in found))
        raise InputError(f"Claims of several coders at once ({names}). Add them one by one.")
    return found.pop() if found else None


def stored_version(connection: Connection, key: str, coder: str) -> str | None:
    """The version of `coder` that read the document last; null where it never did."""
    found: str | None = connection.scalar(
        sa.select(table.c.coder_version).where(table.c.document == key, table.c.coder == coder)
    )
    return found


def stored_versions(connection: Connection, documents: Sequence[str], coder: str) -> dict[str, str]:
    """The versions of `coder` that read these documents last, by document."""
    query = sa.select(table.c.document, table.c.coder_version).where(
        table.c.document.in_(sorted(set(documents))), table.c.coder == coder
    )
    return {row.document: row.coder_version for row in connection.execute(query)}


def coded_by_all(connection: Connection, coders: Collection[str]) -> list[tuple[str, int]]:
    """Documents that every one of the coders read, with their lengths, in order of id."""
    read_by_all = (
        sa.select(table.c.document)
        .where(table.c.coder.in_(sorted(set(coders))))
        .group_by(table.c.document)
        .having(sa.func.count() == len(set(coders)))
    )
    query = (
        sa.select(document.c.id, sa.func.length(document.c.text))
        .where(document.c.id.in_(read_by_all))
        .order_by(document.c.id)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def note(connection: Connection, key: str, coding: Coding) -> None:
    """Note that `coding` is now the document's; the caller holds the document's lock."""
    mine = sa.and_(table.c.document == key, table.c.coder == coding.coder)
    connection.execute(sa.delete(table).where(mine))
    row = {
        "document": key,
        "coder": coding.coder,
        "coder_version": coding.version,
        "coded_at": datetime.now(UTC).replace(tzinfo=None),
    }
    connection.execute(sa.insert(table), row)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
