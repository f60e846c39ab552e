"""Read documents into a workspace and code claims from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from pydantic import Field

from foedus.assessment.proposing import ProposerName, model_proposer
from foedus.assessment.reading_source import Coder, Source
from foedus.assessment.reading_work import Coded, Refused, Work, is_coded_language, names_of
from foedus.assessment.reading_workers import check_workers, here, in_processes
from foedus.assessment.second_coding import ModelReading, SecondCoding
from foedus.domain.documents import Document
from foedus.domain.frozen import Frozen
from foedus.errors import DocumentError, InputError
from foedus.evidence.web_pages.addresses import is_address
from foedus.workspace.quarantine import Quarantined
from foedus.workspace.store import Workspace

Progress = Callable[[str, int, int], None]
"""Called with the document at work, files done and files in all."""


class Reading(Frozen):
    """What a reading did. `failures` name each file that could not be read, and why.

    `passed_over` of them are in quarantine from an earlier reading and were not tried again.
    `dropped` counts claims that the document does not bear out, by reason; `model` is null
    unless a model was asked too.
    """

    workspace: str
    added: tuple[str, ...]
    known: tuple[str, ...]
    not_coded: tuple[str, ...]
    claims: int
    abstained: int
    failures: tuple[str, ...]
    passed_over: int = 0
    dropped: dict[str, int] = Field(default_factory=dict)
    model: ModelReading | None = None


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    workspace: str | Path | None = None,
    workers: int = 1,
    cluster: str | None = None,
    retry_quarantined: bool = False,
    progress: Progress | None = None,
    proposer: ProposerName = "lexicon",
    budget: str | None = None,
    concurrency: int = 4,
) -> Reading:
    """Read files, folders and web addresses into the workspace (a file or URL), and code
    their claims.

    Each document is stored with its claims in one transaction, so a reading that is killed
    leaves no half-written document and can be run again. Documents that are there already
    and were coded by this version are passed over. A file that cannot be read is reported, put
    in quarantine and passed over by later readings until it changes or `retry_quarantined`;
    the rest go on. `workers` processes, or those of the Dask scheduler at the address
    `cluster`, give the same claims as one.

    With `proposer="llm"` the model of the user's settings codes each document too, beside the
    lexicon: at most `budget` (tokens, or dollars as "$2.50"), `concurrency` questions at once.

    Raises:
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
        InputError: a number of workers that makes no sense, no such cluster; no model is named
            in the settings, or it refuses to answer.
    """
    wanted = paths_of(paths)
    check_workers(workers)
    if proposer not in ("lexicon", "llm"):
        raise InputError(f"No proposer is called {proposer!r}. There are lexicon and llm.")
    second = None
    if proposer == "llm":
        from foedus.evidence.coder import CODER

        second = SecondCoding(model_proposer(budget, concurrency), CODER, concurrency)
    try:
        with Workspace.open(workspace) as opened:
            return read_into(
                opened,
                wanted,
                progress,
                workers=workers,
                cluster=cluster,
                retry_quarantined=retry_quarantined,
                second=second,
            )
    finally:
        if second is not None:
            second.close()


def quarantine(workspace: str | Path | None = None) -> list[Quarantined]:
    """What could not be read into the workspace and is passed over until it changes, by name.

    Raises:
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    with Workspace.open(workspace) as opened:
        return opened.quarantined()


def paths_of(paths: str | Path | Iterable[str | Path]) -> list[Path | str]:
    """One path or several, as paths; web addresses stay texts.

    Raises:
        InputError: an empty name, which would mean the current folder.
    """
    several = [paths] if isinstance(paths, str | Path) else list(paths)
    if any(path == "" for path in several):
        raise InputError("A document has no name. Give files or folders; `.` is this folder.")
    return [path if is_address(path) else Path(path) for path in several]


def read_into(
    workspace: Workspace,
    paths: Iterable[Path | str],
    progress: Progress | None = None,
    *,
    workers: int = 1,
    cluster: str | None = None,
    retry_quarantined: bool = False,
    second: SecondCoding | None = None,
) -> Reading:
    """Read into an open workspace; see `read`. `second` codes each document once more."""
    from foedus.evidence.proposer.by_lexicon import LexiconProposer

    today, first = date.today(), LexiconProposer()

    def code_again(document: Document) -> None:
        if second is not None and is_coded_language(document):
            second.code(workspace, document, names_of(document, today))

    source = Source(
        workspace,
        list(paths),
        Coder(first.coder, first.version),
        today=today,
        retry=retry_quarantined,
        progress=progress,
        known=None if second is None else lambda key: code_again(workspace.document(key)),
    )
    counts = _Counts()
    for work, results in _results(source.works(), today, workers, cluster):
        failed = False
        for result in results:
            try:
                if isinstance(result, Refused):
                    raise DocumentError(result.name, result.reason)
                added = workspace.add_document(
                    result.document,
                    result.claims,
                    coder=first.coder,
                    coder_version=first.version,
                    sketch=result.sketch,
                )
            except DocumentError as error:
                source.failed(work, error)
                failed = True
                continue
            if added:
                counts.take(result)
            else:
                source.known.append(result.document.name)
            code_again(result.document)
        source.finished(work, failed=failed)
    model = None if second is None else second.finish(workspace)
    return Reading(
        workspace=workspace.where,
        added=tuple(counts.added),
        known=tuple(source.known),
        not_coded=tuple(counts.not_coded),
        claims=counts.claims,
        abstained=counts.abstained,
        failures=(*source.failures, *(second.failures if second is not None else ())),
        passed_over=source.passed_over,
        dropped=dict(counts.dropped),
        model=model,
    )


class _Counts:
    """What was added."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.not_coded: list[str] = []
        self.dropped: Counter[str] = Counter()
        self.claims = self.abstained = 0

    def take(self, coded: Coded) -> None:
        document = coded.document
        self.added.append(document.name)
        if not is_coded_language(document):
            self.not_coded.append(f"{document.name} (language {document.language})")
        self.dropped.update(coded.dropped)
        abstained = sum(claim.abstained for claim in coded.claims)
        self.claims += len(coded.claims) - abstained
        self.abstained += abstained


def _results(
    works: Iterable[Work], today: date, workers: int, cluster: str | None
) -> Iterator[tuple[Work, Iterator[Coded | Refused]]]:
    if cluster is not None:
        from foedus.assessment.reading_cluster import on_cluster

        return on_cluster(works, today, cluster)
    if workers > 1:
        return in_processes(works, today, workers)
    return here(works, today)
