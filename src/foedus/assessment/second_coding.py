"""A model's coding of documents beside the lexicon's: a few at a time, stored as they come."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from foedus.catalog.actors import NameEntry
from foedus.domain.documents import Document
from foedus.domain.frozen import Frozen
from foedus.errors import DocumentError
from foedus.evidence.proposer.agreement import ProposerAgreement, agreement, together
from foedus.evidence.proposer.budget import BudgetSpent
from foedus.evidence.proposer.proposal import Proposal
from foedus.workspace.store import Workspace

if TYPE_CHECKING:
    from foedus.evidence.proposer.by_model import ModelProposer

_IN_A_ROW = 3


class ModelReading(Frozen):
    """What a model proposed: claims that passed validation, and those dropped, by reason.

    Tokens are those paid for now, not answers kept from before; `dollars` is null where a
    price is not told. `not_asked` names the documents that the budget left out.
    """

    coder: str
    version: str
    endpoint: str
    claims: int
    abstained: int
    dropped: dict[str, int]
    tokens_in: int
    tokens_out: int
    dollars: float | None
    not_asked: tuple[str, ...]
    agreement: ProposerAgreement


class SecondCoding:
    """Asks a model about documents that the workspace holds already; `ahead` of them at a time.

    `failures` names the documents that got no usable answer.
    """

    def __init__(self, proposer: ModelProposer, first: str, ahead: int) -> None:
        self.failures: list[str] = []
        self._proposer, self._first, self._ahead = proposer, first, ahead
        self._threads = ThreadPoolExecutor(ahead, "foedus-second")
        self._waiting: deque[tuple[Document, Future[Proposal]]] = deque()
        self._claims = self._abstained = self._in_a_row = 0
        self._dropped: Counter[str] = Counter()
        self._not_asked: list[str] = []
        self._agreement = agreement(first, proposer.coder, [])

    def code(self, workspace: Workspace, document: Document, names: Sequence[NameEntry]) -> None:
        """Ask about one document, where this version of the model has not coded it yet; store
        what earlier ones gave.

        Raises:
            EndpointRefused: nobody will answer there, or three documents in a row got nothing.
        """
        if workspace.is_coded(document.id, self._proposer.coder, self._proposer.version):
            self._compare(workspace, document)
            return
        asked = self._threads.submit(self._proposer.propose, document, names)
        self._waiting.append((document, asked))
        while len(self._waiting) > self._ahead:
            self._store(workspace)

    def finish(self, workspace: Workspace) -> ModelReading:
        """Store what is still open; what was done in all.

        Raises:
            EndpointRefused: as for `code`.
        """
        while self._waiting:
            self._store(workspace)
        meter = self._proposer.meter
        return ModelReading(
            coder=self._proposer.coder,
            version=self._proposer.version,
            endpoint=self._proposer.endpoint,
            claims=self._claims,
            abstained=self._abstained,
            dropped=dict(self._dropped),
            tokens_in=meter.tokens_in,
            tokens_out=meter.tokens_out,
            dollars=meter.dollars,
            not_asked=tuple(self._not_asked),
            agreement=self._agreement,
        )

    def close(self) -> None:
        """Ask nothing more."""
        self._proposer.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._proposer.close()

    def _store(self, workspace: Workspace) -> None:
        document, asked = self._waiting.popleft()
        coder, version = self._proposer.coder, self._proposer.version
        try:
            found = asked.result()
            workspace.add_document(document, found.claims, coder=coder, coder_version=version)
        except BudgetSpent:
            self._not_asked.append(document.name)
            return
        except DocumentError as error:
            self.failures.append(str(error))
            self._in_a_row += 1
            if self._in_a_row >= _IN_A_ROW:
                self._proposer.give_up()
            return
        self._in_a_row = 0
        self._dropped.update(found.dropped)
        self._claims += sum(not claim.abstained for claim in found.claims)
        self._abstained += sum(claim.abstained for claim in found.claims)
        self._compare(workspace, document)

    def _compare(self, workspace: Workspace, document: Document) -> None:
        stored = workspace.claims(document.id, include_abstained=True)
        mine = [claim for claim in stored if claim.coder == self._proposer.coder]
        theirs = [claim for claim in stored if claim.coder == self._first]
        one = agreement(self._first, self._proposer.coder, [(theirs, mine)])
        self._agreement = together(self._agreement, one)
