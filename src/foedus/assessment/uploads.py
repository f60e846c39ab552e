"""Read one file that somebody sent: parsed apart, coded, stored whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from foedus.assessment.reading_work import Coded, code, is_coded_language
from foedus.domain.frozen import Frozen
from foedus.errors import DocumentError
from foedus.workspace.store import Workspace

_NAME = 150


class UploadOutcome(Frozen):
    """What became of one file.

    `documents` are the ids of what it held, new or known. `failures` say what could not be
    read, and why; `not_coded` names documents in languages that no coder reads.
    """

    name: str
    documents: tuple[str, ...]
    added: int
    claims: int
    abstained: int
    not_coded: tuple[str, ...]
    failures: tuple[str, ...]


def safe_name(given: str) -> str:
    """A file name without folders, control characters and most of its length; never empty."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(mark for mark in last if mark.isprintable()).strip().lstrip(".")
    path = PurePath(kept or "unnamed")
    return path.stem[: _NAME - len(path.suffix[:12])] + path.suffix[:12]


def read_upload(workspace: Workspace, name: str, data: bytes) -> UploadOutcome:
    """Read one file's bytes into the workspace, as `read` would read the file.

    Every document of it is one transaction; reading it again changes nothing. What cannot be
    read is told, not raised.

    Raises:
        WorkspaceError: the workspace is locked, corrupt or out of reach.
    """
    from foedus.evidence.isolated import each_isolated
    from foedus.evidence.proposer.by_lexicon import LexiconProposer

    coder, today = LexiconProposer(), date.today()
    ids, not_coded, failures = [], [], []
    added = claims = abstained = 0
    for item in each_isolated(safe_name(name), data, today=today):
        if isinstance(item, DocumentError):
            failures.append(str(item))
            continue
        if not is_coded_language(item):
            not_coded.append(f"{item.name} (language {item.language})")
        coded = code(item, today)
        stored = _store(workspace, coded, coder.coder, coder.version)
        if isinstance(stored, DocumentError):
            failures.append(str(stored))
            continue
        ids.append(item.id)
        added += stored
        unsure = sum(claim.abstained for claim in coded.claims)
        claims += len(coded.claims) - unsure
        abstained += unsure
    return UploadOutcome(
        name=safe_name(name),
        documents=tuple(ids),
        added=added,
        claims=claims,
        abstained=abstained,
        not_coded=tuple(not_coded),
        failures=tuple(failures),
    )


def _store(workspace: Workspace, coded: Coded, coder: str, version: str) -> bool | DocumentError:
    try:
        return workspace.add_document(
            coded.document, coded.claims, coder=coder, coder_version=version, sketch=coded.sketch
        )
    except DocumentError as error:
        return error
