"""The workspace: what a user adds, behind one small interface over SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from foedus.domain.claims import Claim
from foedus.domain.documents import Document
from foedus.errors import InputError
from foedus.workspace.assessments import SavedAssessment
from foedus.workspace.places import Place, place_of
from foedus.workspace.reading_methods import ReadingMethods
from foedus.workspace.review_methods import ReviewMethods
from foedus.workspace.undated import Undated

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from foedus.workspace.jobs import Jobs
    from foedus.workspace.library import Library
    from foedus.workspace.questions import StoredQuestions
    from foedus.workspace.register_rows import Outcome, RegisterRow
    from foedus.workspace.scenarios import SavedScenarios


class Workspace(ReviewMethods, ReadingMethods):
    """One open workspace. Use it in a `with` block, or call `close`.

    Every method is one transaction. Each raises `WorkspaceError` where the workspace is
    locked by another process, damaged or out of reach.
    """

    def __init__(self, place: Place, engine: Engine) -> None:
        self._place = place
        self._engine = engine

    @classmethod
    def open(cls, where: str | Path | None = None) -> Workspace:
        """Open the workspace at a file or PostgreSQL URL, creating or migrating it where need be.

        Null means the environment's FOEDUS_WORKSPACE, else one file in the user's data folder.

        Raises:
            WorkspaceError: not a workspace, corrupt, locked, read-only, out of reach or from
                a newer version; what lies there is left as it is.
        """
        place = place_of(where)
        from foedus.workspace.migrate import up_to_date_engine

        return cls(place, up_to_date_engine(place))

    @staticmethod
    def exists(where: str | Path | None = None) -> bool:
        """Whether something lies at that place already; a database server always counts.

        Raises:
            WorkspaceError: a URL of another kind than PostgreSQL's or SQLite's.
        """
        return place_of(where).exists

    @property
    def where(self) -> str:
        """The place as messages name it, without any password."""
        return self._place.shown

    @property
    def jobs(self) -> Jobs:
        """The table of long work."""
        from foedus.workspace.jobs import Jobs

        return Jobs(self._engine)

    @property
    def library(self) -> Library:
        """The documents as a list."""
        from foedus.workspace.library import Library

        return Library(self._engine)

    @property
    def scenarios(self) -> SavedScenarios:
        """The saved scenarios."""
        from foedus.workspace.scenarios import SavedScenarios

        return SavedScenarios(self._engine)

    @property
    def questions(self) -> StoredQuestions:
        """The stored forecasts."""
        from foedus.workspace.questions import StoredQuestions

        return StoredQuestions(self._engine)

    def revision(self) -> str:
        """A text that changes with every change of what assessments rest on."""
        from foedus.workspace.engine import reading
        from foedus.workspace.revision import revision

        with reading(self._engine) as connection:
            return revision(connection)

    def pair_revision(self, givers: Collection[str], guarantor: str, beneficiary: str) -> str:
        """A text that changes with every change of what assessments of one pair rest on.

        `givers` are the actors whose claims count: the guarantor, or an organisation and its
        members. A review of a claim that names none of them leaves it as it is.
        """
        from foedus.workspace.engine import reading
        from foedus.workspace.revision import pair_revision

        with reading(self._engine) as connection:
            return pair_revision(connection, givers, guarantor, beneficiary)

    def register_revision(self) -> str:
        """A text that changes with every change of the user's own rows of the register."""
        from foedus.workspace.engine import reading
        from foedus.workspace.revision import register_revision

        with reading(self._engine) as connection:
            return register_revision(connection)

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def add_document(
        self,
        document: Document,
        claims: Collection[Claim] = (),
        *,
        coder: str | None = None,
        coder_version: str | None = None,
        sketch: bytes | None = None,
    ) -> bool:
        """Store a document with its claims, or nothing; true where anything was stored.

        All claims come from one coder at one version; name them where there may be no
        claims, so that a document in which nothing was found counts as coded. A document that
        is there under that version (or a higher one) stays as it is, and only its name is
        noted. Another version replaces that coder's claims, except those that a person has
        reviewed; what he reviewed is not added again. Other coders' claims stay. `sketch` is
        what copies of the document are found by.

        Raises:
            DocumentError: a claim whose quote is not `text[start:end]`, a claim id in use,
                a NUL character or half a surrogate pair in any text; or the document's text
                was read differently before, and a claim that stays quotes words that are gone.
            InputError: claims of several coders or versions.
        """
        from foedus.workspace.adding import add
        from foedus.workspace.codings import coding_of

        coding = coding_of(claims, coder, coder_version)
        return add(self._engine, document, claims, coding, sketch)

    def is_coded(self, document: str, coder: str, coder_version: str) -> bool:
        """Whether `add_document` with this coder and version would change nothing."""
        from foedus.workspace.codings import Coding, stored_version
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            stored = stored_version(connection, document, coder)
        return stored is not None and not Coding(coder, coder_version).supersedes(stored)

    def document(self, key: str) -> Document:
        """The document with this id.

        Raises:
            InputError: there is none.
        """
        for document in self.documents(ids=[key]):
            return document
        raise InputError(f"No document {key!r} in the workspace {self.where}.")

    def documents(
        self,
        *,
        ids: Collection[str] | None = None,
        read_by: date | None = None,
        published_by: date | None = None,
        undated: Undated = "exclude",
    ) -> Iterator[Document]:
        """Documents in order of id, one in memory at a time.

        `read_by`: put into the workspace by the end of that day (UTC). `published_by`: as for
        `claims`. Ids that are not there are passed over.
        """
        from foedus.workspace import documents
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            yield from documents.select(
                connection,
                ids=ids,
                read_by=read_by,
                published_by=published_by,
                include_undated=undated == "include",
            )

    def names(self, key: str) -> list[str]:
        """Every name under which the document was read, first first; empty for an unknown id."""
        from foedus.workspace import documents
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return documents.names(connection, key)

    def claims(
        self,
        document: str | None = None,
        *,
        actors: Collection[str] | None = None,
        published_by: date | None = None,
        undated: Undated = "exclude",
        include_abstained: bool = False,
    ) -> list[Claim]:
        """Claims in order of document id and place in the text.

        `actors`: those that name at least one of them as source, target or beneficiary.
        `published_by`: those of documents whose last possible day is not after it; `undated`
        says whether documents of unknown date are then among them.
        """
        from foedus.workspace import claims
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return claims.select(
                connection,
                document=document,
                actors=actors,
                published_by=published_by,
                include_undated=undated == "include",
                include_abstained=include_abstained,
            )

    def save_assessment(self, record: SavedAssessment) -> None:
        """Store an assessment; it is never changed afterwards.

        Raises:
            InputError: an assessment with this id is there, or a text in it cannot be stored.
        """
        from foedus.workspace import assessment_rows

        assessment_rows.insert(self._engine, record)

    def assessments(self, guarantor: str, beneficiary: str) -> list[SavedAssessment]:
        """The saved assessments of one pair, oldest first."""
        from foedus.workspace import assessment_rows
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return assessment_rows.select(connection, guarantor, beneficiary)

    def assessed_pairs(self) -> list[tuple[str, str]]:
        """(guarantor, beneficiary) of every pair with a saved assessment, latest saved first."""
        from foedus.workspace import assessment_rows
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return assessment_rows.pairs(connection)

    def count_assessments(self) -> int:
        """How many assessments are saved, of all pairs."""
        from foedus.workspace import assessment_rows
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return assessment_rows.count(connection)

    def put_register_rows(self, rows: Sequence[RegisterRow]) -> list[Outcome]:
        """Store all of these rows of the register's format, or none; what became of each.

        A row that says what is stored already changes nothing. Another one becomes the row's
        newest version; the earlier ones are kept.

        Raises:
            InputError: a text that no database keeps.
        """
        from foedus.workspace.register_rows import put

        return put(self._engine, rows)

    def register_rows(
        self, kind: str | None = None, key: str | None = None, *, history: bool = False
    ) -> list[RegisterRow]:
        """The user's rows by kind and key; with `history`, every version, oldest first."""
        from foedus.workspace import register_rows
        from foedus.workspace.engine import reading

        with reading(self._engine) as connection:
            return register_rows.select(connection, kind, key, history=history)
