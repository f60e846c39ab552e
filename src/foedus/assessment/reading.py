"""Read documents into a workspace and code claims from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from foedus.assessment.proposing import (
    ModelReading,
    ProposerName,
    SecondCoding,
    model_proposer,
    names_on,
)
from foedus.catalog.actors import ActorIndex, NameEntry
from foedus.domain.frozen import Frozen
from foedus.errors import DocumentError, InputError
from foedus.evidence.proposer.proposal import Proposal
from foedus.workspace.store import Workspace

if TYPE_CHECKING:
    from foedus.evidence.proposer.by_model import ModelProposer

Progress = Callable[[str], None]


class Reading(Frozen):
    """What a reading did. `failures` name each file that could not be read, and why.

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
    dropped: dict[str, int] = Field(default_factory=dict)
    model: ModelReading | None = None


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    workspace: str | Path | None = None,
    progress: Progress | None = None,
    proposer: ProposerName = "lexicon",
    budget: str | None = None,
    concurrency: int = 4,
) -> Reading:
    """Read files and folders into the workspace (a file or URL), and code their claims.

    Each document is stored with its claims in one transaction, so a reading that is killed
    leaves no half-written document and can be run again. Documents that are there already
    and were coded by this version are passed over. A file that cannot be read is reported
    and the rest go on.

    With `proposer="llm"` the model of the user's settings codes each document too, beside the
    lexicon: at most `budget` (tokens, or dollars as "$2.50"), `concurrency` questions at once.

    Raises:
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
        InputError: no model is named in the settings, or it refuses to answer.
    """
    wanted = paths_of(paths)
    if proposer not in ("lexicon", "llm"):
        raise InputError(f"No proposer is called {proposer!r}. There are lexicon and llm.")
    model = model_proposer(budget, concurrency) if proposer == "llm" else None
    try:
        with Workspace.open(workspace) as opened:
            return read_into(opened, wanted, progress, model=model)
    finally:
        if model is not None:
            model.close()


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
    workspace: Workspace,
    paths: Iterable[Path],
    progress: Progress | None = None,
    *,
    model: ModelProposer | None = None,
) -> Reading:
    """Read into an open workspace; see `read`. `model` codes each document a second time."""
    from foedus.evidence.proposer.by_lexicon import LexiconProposer
    from foedus.evidence.reader import read_documents

    index, first = ActorIndex.packaged(), LexiconProposer()
    second = None if model is None else SecondCoding(model, first.coder)
    names: dict[date, tuple[NameEntry, ...]] = {}
    added: list[str] = []
    known: list[str] = []
    not_coded: list[str] = []
    failures: list[str] = []
    dropped: Counter[str] = Counter()
    claims = abstained = 0
    for item in read_documents(paths):
        if isinstance(item, DocumentError):
            failures.append(str(item))
            continue
        if progress is not None:
            progress(item.name)
        english = item.language in (None, "en")
        try:
            if workspace.is_coded(item.id, first.coder, first.version):
                known.append(item.name)
            else:
                coded = Proposal(())
                if english:
                    coded = first.propose(item, names_on(index, names, item))
                else:
                    not_coded.append(f"{item.name} (language {item.language})")
                workspace.add_document(
                    item, coded.claims, coder=first.coder, coder_version=first.version
                )
                added.append(item.name)
                dropped.update(coded.dropped)
                claims += sum(not claim.abstained for claim in coded.claims)
                abstained += sum(claim.abstained for claim in coded.claims)
            if second is not None and english:
                second.code(workspace, item, names_on(index, names, item))
        except DocumentError as error:
            failures.append(str(error))
    return Reading(
        workspace=workspace.where,
        added=tuple(added),
        known=tuple(known),
        not_coded=tuple(not_coded),
        claims=claims,
        abstained=abstained,
        failures=tuple(failures),
        dropped=dict(dropped),
        model=None if second is None else second.result(),
    )
