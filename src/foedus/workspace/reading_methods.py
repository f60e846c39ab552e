"""The part of the workspace's interface that reading many documents uses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from foedus.domain.claims import Claim
from foedus.domain.documents import DocumentHead

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from foedus.workspace.quarantine import Quarantined
    from foedus.workspace.undated import Undated


class ReadingMethods:
    """What was coded already, sketches, and the quarantine."""

    _engine: Engine

    def coded(self, documents: Sequence[str], coder: str, coder_version: str) -> set[str]:
        """Those of these ids for which `is_coded` is true."""
        from foedus.workspace.codings import Coding, stored_versions
        from foedus.workspace.engine import reading

        mine = Coding(coder, coder_version)
        with reading(self._engine) as connection:
            stored = stored_versions(connection, documents, coder)
        return {key for key, version in stored.items() if not mine.supersedes(version)}

    def pair_claims(
        self, givers: Collection[str], receiver: str, *, published_by: date, undated: Undated
    ) -> list[Claim]:
        """Claims of any status that name one of the givers and the receiver, by place.

        `published_by` and `undated` as for `claims`.
        """
        from foedus.workspace import evidence_claims
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return evidence_claims.of_pair(
                connection, givers, receiver, published_by, undated == "include"
            )

    def other_claims(
        self,
        givers: Collection[str],
        receiver: str,
        *,
        published_by: date,
        undated: Undated,
        limit: int,
    ) -> tuple[list[Claim], int]:
        """Claims that count and name a giver but not the receiver: the newest, and their number."""
        from foedus.workspace import evidence_claims
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return evidence_claims.of_others(
                connection, givers, receiver, published_by, undated == "include", limit
            )

    def graded_by_people(self, claim_ids: Iterable[str]) -> set[str]:
        """Those of the claims whose credibility a person has changed from the coder's."""
        from foedus.workspace import evidence_claims
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return evidence_claims.changed_by_people(connection, claim_ids, "credibility")

    def heads(self, ids: Collection[str]) -> Iterator[DocumentHead]:
        """What is known of these documents, without their texts, in order of id."""
        from foedus.workspace import heads
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            yield from heads.select(connection, ids)

    def heads_after(self, after: str | None = None, *, limit: int = 200) -> list[DocumentHead]:
        """A page of documents without their texts, in order of id, after that id."""
        from foedus.workspace import heads
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return heads.page(connection, after, limit)

    def documents_named(self, name: str) -> list[str]:
        """The ids of the documents that were first read under this name."""
        from foedus.workspace import heads
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return heads.named(connection, name)

    def count_documents(self) -> int:
        """How many documents there are."""
        from foedus.workspace import heads
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return heads.count(connection)

    def sketches(self, documents: Collection[str]) -> dict[str, bytes]:
        """The sketches of these documents, by id; those that have none are passed over."""
        from foedus.workspace import sketches
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return sketches.select(connection, documents)

    def put_sketches(self, of: Mapping[str, bytes]) -> None:
        """Store the sketches of documents that are there."""
        from foedus.workspace import sketches
        from foedus.workspace.engine import writing

        with writing(self._engine) as connection:
            sketches.put_all(connection, of)

    def quarantined(self) -> list[Quarantined]:
        """Every file, and document inside a file, that could not be read, by name."""
        from foedus.workspace import quarantine
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return quarantine.select(connection)

    def put_in_quarantine(self, name: str, path: str, stamp: str | None, reason: str) -> None:
        """Note that a file, or the document `name` inside it, could not be read."""
        from foedus.workspace import quarantine
        from foedus.workspace.engine import writing

        with writing(self._engine) as connection:
            quarantine.put(connection, name, path, stamp, reason)

    def release_from_quarantine(self, path: str, *, but: Collection[str] = ()) -> None:
        """Forget the failures of this file and of what is in it, but for these names."""
        from foedus.workspace import quarantine
        from foedus.workspace.engine import writing

        with writing(self._engine) as connection:
            quarantine.release(connection, path, but)
