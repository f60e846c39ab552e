"""Claims out to files and in from them: every field, exactly, and nothing unverifiable."""

from __future__ import annotations

import os
import tempfile
from collections import OrderedDict
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import IO

from foedus.assessment.claim_formats import FORMATS, ClaimFormat, format_of, read_rows, write_rows
from foedus.assessment.claim_rows import to_row, to_state, with_known_actors
from foedus.assessment.review import reviewer_name
from foedus.domain.claims import ReviewStatus
from foedus.domain.frozen import Frozen
from foedus.domain.reviews import ClaimState
from foedus.errors import InputError
from foedus.workspace.store import Workspace

__all__ = ["FORMATS", "ClaimFaults", "Imported", "export", "import_file", "write"]

_TEXTS_KEPT = 8


class Imported(Frozen):
    """What an import did: claims added, changed (kept in their history) and found as they are."""

    file: str
    added: int
    changed: int
    unchanged: int


class ClaimFaults(InputError):
    """Rows of a file of claims that cannot be taken; `faults` are (row number, reason).

    Nothing of the file was stored.
    """

    def __init__(self, file: str, faults: list[tuple[int, str]]) -> None:
        self.faults = tuple(faults)
        listed = "\n".join(f"  row {number}: {reason}" for number, reason in faults)
        rows = "1 row is" if len(faults) == 1 else f"{len(faults)} rows are"
        super().__init__(f"{file}: {rows} wrong. Nothing was imported.\n{listed}")


def export(
    out: str | Path,
    workspace: str | Path | None = None,
    *,
    format: str | None = None,  # noqa: A002
    status: Collection[ReviewStatus] | None = None,
    document: str | None = None,
    abstained: bool = True,
) -> int:
    """Write claims to a file that appears whole or not at all; how many there are.

    Rows are in order of document id and place. `format` is jsonl, csv or jsonld, null for what
    the file's suffix says; `status` keeps only claims of these review statuses.

    Raises:
        InputError: no such format, or the file cannot be written.
    """
    target = Path(out)
    form = format_of(target, format)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise InputError(f"{target} cannot be written ({error.strerror}).") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            count = write(
                file, workspace, format=form, status=status, document=document, abstained=abstained
            )
        os.chmod(name, 0o644)
        os.replace(name, target)
    except OSError as error:
        raise InputError(f"{target} cannot be written ({error.strerror}).") from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
    return count


def write(
    file: IO[str],
    workspace: str | Path | None = None,
    *,
    format: ClaimFormat,  # noqa: A002
    status: Collection[ReviewStatus] | None = None,
    document: str | None = None,
    abstained: bool = True,
) -> int:
    """Write claims to an open text file (newline="", UTF-8); how many there are."""
    count = 0
    with Workspace.open(workspace) as desk:

        def rows() -> Iterator[dict[str, object]]:
            nonlocal count
            names: dict[str, str] = {}
            every = desk.every_claim(status=status, document=document, abstained=abstained)
            for state in every:
                if state.claim.doc not in names:
                    names = {one.id: one.name for one in desk.heads([state.claim.doc])}
                count += 1
                yield to_row(state, names[state.claim.doc])

        write_rows(rows(), file, format)
    return count


def import_file(
    file: str | Path,
    workspace: str | Path | None = None,
    *,
    format: str | None = None,  # noqa: A002
    reviewer: str | None = None,
    coder: str | None = None,
) -> Imported:
    """Store a file's claims: all of them, or none.

    Each quote must stand at its place in a stored document, found by its id or else by its
    name. A claim that is there stays; one whose coded fields or review differ at the same
    version becomes a change by `reviewer`. `coder` (else the file's name) is who coded rows that
    do not say.

    Raises:
        ClaimFaults: rows that cannot be taken, each with its reason.
        InputError: the file cannot be read.
    """
    source = Path(file)
    form = format_of(source, format)
    by, coded_by = reviewer_name(reviewer), coder or source.stem
    with Workspace.open(workspace) as desk:
        checked = _Checked(desk, source, form, coded_by)
        for _ in checked.states():
            pass
        if checked.faults:
            raise ClaimFaults(str(source), checked.faults)
        note = f"imported from {source.name}"
        counts = desk.put_claims(_Checked(desk, source, form, coded_by).certain(), by=by, note=note)
    return Imported(file=str(source), **counts)


class _Checked:
    """The claims of a file, checked one by one; documents are loaded a few at a time."""

    def __init__(self, desk: Workspace, file: Path, form: ClaimFormat, coder: str) -> None:
        self.faults: list[tuple[int, str]] = []
        self._desk, self._file, self._form, self._coder = desk, file, form, coder
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._seen: set[str] = set()

    def states(self) -> Iterator[ClaimState]:
        """Yield each good claim; the others are in `faults` at the end."""
        for number, row in read_rows(self._file, self._form):
            try:
                if isinstance(row, InputError):
                    raise row
                state = self._state(row)
            except InputError as error:
                self.faults.append((number, str(error).rstrip(".")))
                continue
            yield state

    def certain(self) -> Iterator[ClaimState]:
        """Yield each claim of a file that was found good.

        Raises:
            ClaimFaults: the file or the workspace changed since.
        """
        for state in self.states():
            yield state
            if self.faults:
                break
        if self.faults:
            raise ClaimFaults(str(self._file), self.faults)

    def _state(self, row: dict[str, object]) -> ClaimState:
        document = self._document(row)
        state = to_state(with_known_actors(row), document, self._text(document), self._coder)
        key = state.claim.claim_id
        if key in self._seen:
            raise InputError(f"claim {key} is given twice")
        self._seen.add(key)
        if reason := self._desk.put_conflict(state):
            raise InputError(f"claim {key} {reason}")
        return state

    def _document(self, row: dict[str, object]) -> str:
        given = row.get("document")
        if isinstance(given, str) and self._has(given):
            return given
        name = row.get("doc")
        if not isinstance(name, str):
            raise InputError("neither document nor doc says where it stands")
        found = self._desk.documents_named(PurePath(name).name)
        if len(found) == 1 and given is None:
            return found[0]
        if len(found) > 1 and given is None:
            raise InputError(f"several documents are called {name!r}: give the document's id")
        raise InputError(f"no document {given or name!r} in the workspace: read it first")

    def _has(self, key: str) -> bool:
        return key in self._texts or any(True for _ in self._desk.heads([key]))

    def _text(self, key: str) -> str:
        if key not in self._texts:
            self._texts[key] = self._desk.document(key).text
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.popitem(last=False)
        return self._texts[key]
