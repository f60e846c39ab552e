"""What is to be read: files found, known documents passed over, failures in quarantine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.assessment.reading_work import DocumentWork, FileWork, Work
from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.workspace.store import Workspace

_FILES_AHEAD = 64
_BYTES_AHEAD = 16_000_000


@dataclass(frozen=True, slots=True)
class Coder:
    """Who codes, at which version."""

    name: str
    version: str


class Source:
    """The works of one reading, made as they are asked for; it keeps names and counts only."""

    def __init__(
        self,
        workspace: Workspace,
        paths: Sequence[Path | str],
        coder: Coder,
        *,
        today: date,
        retry: bool = False,
        progress: Callable[[str, int, int], None] | None = None,
        known: Callable[[str], None] | None = None,
    ) -> None:
        """`known` is called with the id of each document that is there already."""
        from foedus.evidence import reader

        self.known: list[str] = []
        self.failures: list[str] = []
        self.passed_over = 0
        self._reader = reader
        self._workspace, self._coder, self._today = workspace, coder, today
        self._addresses = [one for one in paths if isinstance(one, str)]
        self._paths = [one for one in paths if not isinstance(one, str)]
        self._progress, self._done, self._tell = progress, 0, known
        self._total = 0
        if progress is not None:
            self._total = len(self._addresses) + sum(1 for _ in reader.walk(self._paths))
        held = workspace.quarantined()
        self._held = {one.path for one in held}
        self._skipped = {
            one.path: (one.stamp, one.reason)
            for one in held
            if not retry and one.stamp is not None and one.name == one.path
        }

    def works(self) -> Iterator[Work]:
        """Yield what is to be done: whole files, and the documents of tables one by one."""
        for address in self._addresses:
            yield from self._fetched(address)
        for files in self._ahead():
            singles = [one for one in files if not self._reader.holds_records(one.name)]
            ids = {one.place: self._reader.document_id(one.data) for one in singles}
            coded = self._coded(list(ids.values()))
            for one in files:
                if one.place not in ids:
                    yield from self._records(one)
                elif ids[one.place] in coded:
                    self._known(ids[one.place], _short(one.name))
                    self.finished(one, failed=False)
                else:
                    yield one

    def failed(self, work: Work, error: DocumentError) -> None:
        """Note that the work, or a document of it, could not be read or stored."""
        inside = isinstance(work, DocumentWork) or error.name != work.name
        name = f"{work.place}#{error.name}" if inside else work.place
        self._fail(name, work.place, work.stamp, error)

    def finished(self, work: Work, *, failed: bool) -> None:
        """Note that nothing of this work is left to do."""
        if isinstance(work, DocumentWork):
            return
        if not failed and work.place in self._held:
            self._workspace.release_from_quarantine(work.place)
        self._step(work.name)

    def _step(self, name: str) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(_short(name), self._done, max(self._total, self._done))

    def _fail(self, name: str, place: str, stamp: str | None, error: DocumentError) -> None:
        self.failures.append(str(error))
        self._held.add(place)
        self._workspace.put_in_quarantine(name, place, stamp, error.reason)

    def _known(self, key: str, name: str) -> None:
        self.known.append(name)
        if self._tell is not None:
            self._tell(key)

    def _coded(self, ids: Sequence[str]) -> set[str]:
        return self._workspace.coded(ids, self._coder.name, self._coder.version) if ids else set()

    def _ahead(self) -> Iterator[list[FileWork]]:
        """Files with their bytes, several at once, so that known ones are looked up together."""
        files: list[FileWork] = []
        for path in self._reader.walk(self._paths):
            found = self._file(path)
            if found is None:
                continue
            files.append(found)
            if len(files) >= _FILES_AHEAD or sum(one.size for one in files) > _BYTES_AHEAD:
                yield files
                files = []
        yield files

    def _file(self, path: Path | DocumentError) -> FileWork | None:
        if isinstance(path, DocumentError):
            place = os.path.abspath(path.name)
            self._fail(place, place, None, path)
            self._step(path.name)
            return None
        place = os.path.abspath(path)
        stamp = _stamp(path)
        if place in self._skipped and self._skipped[place][0] == stamp:
            self.failures.append(f"{path}: {self._skipped[place][1]}")
            self.passed_over += 1
            self._step(str(path))
            return None
        try:
            return FileWork(str(path), self._reader.file_bytes(path), place, stamp)
        except DocumentError as error:
            self._fail(place, place, stamp, error)
            self._step(str(path))
            return None

    def _records(self, file: FileWork) -> Iterator[Work]:
        """The documents of one table that are not coded yet."""
        failed: list[str] = []
        batch: list[Document] = []
        for item in self._reader.parse_file(file.name, file.data, today=self._today):
            if isinstance(item, DocumentError):
                inside = item.name != file.name
                failed.append(f"{file.place}#{item.name}" if inside else file.place)
                self._fail(failed[-1], file.place, file.stamp, item)
                continue
            batch.append(item)
            if len(batch) >= _FILES_AHEAD:
                yield from self._unread(file.place, file.stamp, batch)
                batch = []
        yield from self._unread(file.place, file.stamp, batch)
        if file.place in self._held:
            self._workspace.release_from_quarantine(file.place, but=failed)
        self._step(file.name)

    def _fetched(self, address: str) -> Iterator[Work]:
        """The document at a web address, if it is not coded yet."""
        from foedus.evidence.web_pages.fetching import Fetcher, read_address

        for item in read_address(address, Fetcher(), today=self._today):
            if isinstance(item, DocumentError):
                self._fail(address, address, None, item)
                continue
            if address in self._held:
                self._workspace.release_from_quarantine(address)
            yield from self._unread(address, None, [item])
        self._step(address)

    def _unread(
        self, place: str, stamp: str | None, documents: Sequence[Document]
    ) -> Iterator[Work]:
        coded = self._coded([one.id for one in documents])
        for one in documents:
            if one.id in coded:
                self._known(one.id, one.name)
            else:
                yield DocumentWork(one, place, stamp)


def _stamp(path: Path) -> str | None:
    """What changes when the file does, or when this program's version does."""
    from foedus import __version__

    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}-{__version__}"


def _short(name: str) -> str:
    return Path(name).name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
