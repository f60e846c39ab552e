"""Read documents into a workspace and code claims from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from foedus.catalog.actors import ActorIndex, NameEntry
from foedus.domain.claims import Claim
from foedus.domain.frozen import Frozen
from foedus.errors import DocumentError, InputError
from foedus.workspace.store import Workspace

Progress = Callable[[str], None]


class Reading(Frozen):
    """What a reading did. `failures` name each file that could not be read, and why."""

    workspace: str
    added: tuple[str, ...]
    known: tuple[str, ...]
    not_coded: tuple[str, ...]
    claims: int
    abstained: int
    failures: tuple[str, ...]


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    workspace: str | Path | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read files and folders into the workspace (a file or URL), and code their claims.

    Each document is stored with its claims in one transaction, so a reading that is killed
    leaves no half-written document and can be run again. Documents that are there already
    and were coded by this version are passed over. A file that cannot be read is reported
    and the rest go on.

    Raises:
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    wanted = paths_of(paths)
    with Workspace.open(workspace) as opened:
        return read_into(opened, wanted, progress)


def paths_of(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """One path or several, as paths.

    Raises:
        InputError: an empty name, which would mean the current folder.
    """
    several = [paths] if isinstance(paths, str | Path) else list(paths)
    if any(path == "" for path in several):
        raise InputError("A document has no name. Give files or folders; `.` is this folder.")
    return [Path(path) for path in several]


def read_into(
    workspace: Workspace, paths: Iterable[Path], progress: Progress | None = None
) -> Reading:
    """Read into an open workspace; see `read`."""
    from foedus.evidence.coder import CODER, code_document
    from foedus.evidence.lexicon import lexicon
    from foedus.evidence.mentions import names_for
    from foedus.evidence.reader import read_documents

    index, version = ActorIndex.packaged(), lexicon().version
    names: dict[date, tuple[NameEntry, ...]] = {}
    added: list[str] = []
    known: list[str] = []
    not_coded: list[str] = []
    failures: list[str] = []
    claims = abstained = 0
    for item in read_documents(paths):
        if isinstance(item, DocumentError):
            failures.append(str(item))
            continue
        if progress is not None:
            progress(item.name)
        if workspace.is_coded(item.id, CODER, version):
            known.append(item.name)
            continue
        coded: list[Claim] = []
        if item.language in (None, "en"):
            day = date.today() if item.date is None else min(item.date.last, date.today())
            if day not in names:
                names[day] = names_for(index, day)
            coded = code_document(item, names[day])
        else:
            not_coded.append(f"{item.name} (language {item.language})")
        try:
            workspace.add_document(item, coded, coder=CODER, coder_version=version)
        except DocumentError as error:
            failures.append(str(error))
            continue
        added.append(item.name)
        claims += sum(not claim.abstained for claim in coded)
        abstained += sum(claim.abstained for claim in coded)
    return Reading(
        workspace=workspace.where,
        added=tuple(added),
        known=tuple(known),
        not_coded=tuple(not_coded),
        claims=claims,
        abstained=abstained,
        failures=tuple(failures),
    )
