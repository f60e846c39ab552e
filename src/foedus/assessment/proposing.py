"""A model as second proposer: its prompt, its cost, and its coding beside the lexicon's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from foedus.assessment.reading_work import is_coded_language, names_of
from foedus.catalog.actors import NameEntry
from foedus.domain.claims import Claim
from foedus.domain.documents import Document
from foedus.domain.frozen import Frozen
from foedus.errors import DocumentError, InputError
from foedus.evidence.proposer.agreement import ProposerAgreement, agreement
from foedus.evidence.proposer.budget import BudgetSpent, cost, parse_budget
from foedus.workspace.store import Workspace

if TYPE_CHECKING:
    from foedus.evidence.proposer.by_model import ModelProposer

ProposerName = Literal["lexicon", "llm"]
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


class ReadingEstimate(Frozen):
    """What a model would be asked about documents, in about how many tokens; nothing is sent.

    `kept` questions are answered already and cost nothing; tokens and dollars are of the rest.
    """

    model: str | None
    documents: int
    questions: int
    kept: int
    tokens_in: int
    tokens_out: int
    dollars: float | None
    failures: tuple[str, ...]


def model_proposer(budget: str | None, concurrency: int) -> ModelProposer:
    """The proposer that the user's settings name; close it after use.

    Raises:
        InputError: no endpoint is named, or the budget or the number is not one.
    """
    from foedus.evidence.proposer.by_model import ModelProposer
    from foedus.evidence.proposer.settings import load_settings

    if not 1 <= concurrency <= 64:
        raise InputError(f"Not a concurrency: {concurrency}. Give 1 to 64 questions at a time.")
    cap = None if budget is None else parse_budget(budget)
    return ModelProposer(load_settings(), cap=cap, concurrency=concurrency)


class SecondCoding:
    """A model's coding of documents that the workspace holds already."""

    def __init__(self, proposer: ModelProposer, first: str) -> None:
        self._proposer, self._first = proposer, first
        self._claims = self._abstained = self._failed = 0
        self._dropped: Counter[str] = Counter()
        self._not_asked: list[str] = []
        self._pairs: list[tuple[list[Claim], list[Claim]]] = []

    def code(self, workspace: Workspace, document: Document, names: Sequence[NameEntry]) -> None:
        """Store the model's claims of one document, where this version has not coded it yet.

        Raises:
            DocumentError: the model gave no usable answer.
            EndpointRefused: nobody will answer there, or three documents in a row got none.
        """
        coder, version = self._proposer.coder, self._proposer.version
        if not workspace.is_coded(document.id, coder, version):
            try:
                proposal = self._proposer.propose(document, names)
            except BudgetSpent:
                self._not_asked.append(document.name)
                return
            except DocumentError:
                self._failed += 1
                if self._failed >= _IN_A_ROW:
                    self._proposer.give_up()
                raise
            self._failed = 0
            self._dropped.update(proposal.dropped)
            self._claims += sum(not claim.abstained for claim in proposal.claims)
            self._abstained += sum(claim.abstained for claim in proposal.claims)
            workspace.add_document(document, proposal.claims, coder=coder, coder_version=version)
        stored = workspace.claims(document.id, include_abstained=True)
        self._pairs.append(
            (
                [claim for claim in stored if claim.coder == self._first],
                [claim for claim in stored if claim.coder == coder],
            )
        )

    def result(self) -> ModelReading:
        """What was done so far."""
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
            agreement=agreement(self._first, self._proposer.coder, self._pairs),
        )


def reading_prompt(paths: str | Path | Iterable[str | Path]) -> str:
    """Every message that a model would be sent about these documents, and the answer's schema.

    Raises:
        DocumentError: a file that cannot be read.
    """
    import json

    from foedus.evidence.proposer.answer_schema import answer_schema
    from foedus.evidence.proposer.codebook import codebook
    from foedus.evidence.proposer.prompt import prompt_version
    from foedus.evidence.proposer.questions import Brief

    parts = [f"# prompt {prompt_version()}", "## system", codebook()]
    for item, names in _readable(paths):
        if isinstance(item, DocumentError):
            raise item
        parts += [
            f"## user: {item.name}\n{one.messages[1]['content']}"
            for one in Brief.of(item, names).questions()
        ]
    parts += ["## schema of the answer", json.dumps(answer_schema(), indent=1)]
    return "\n\n".join(parts)


def reading_estimate(paths: str | Path | Iterable[str | Path]) -> ReadingEstimate:
    """What `read(..., proposer="llm")` would cost; works without settings, then without dollars.

    Raises:
        InputError: settings that cannot be used.
    """
    from foedus.evidence.proposer.by_model import ModelProposer
    from foedus.evidence.proposer.questions import Brief
    from foedus.evidence.proposer.settings import load_settings, named_settings

    settings = load_settings() if named_settings() else None
    proposer = None if settings is None else ModelProposer(settings)
    documents = asked = kept = tokens_in = tokens_out = 0
    failures: list[str] = []
    try:
        for item, names in _readable(paths):
            if isinstance(item, DocumentError):
                failures.append(str(item))
                continue
            documents += 1
            for one in Brief.of(item, names).questions():
                asked += 1
                if proposer is not None and proposer.kept(one):
                    kept += 1
                    continue
                tokens_in += one.tokens
                tokens_out += one.likely
    finally:
        if proposer is not None:
            proposer.close()
    return ReadingEstimate(
        model=None if settings is None else settings.model,
        documents=documents,
        questions=asked,
        kept=kept,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        dollars=None if settings is None else cost(settings, tokens_in, tokens_out),
        failures=tuple(failures),
    )


def _readable(
    paths: str | Path | Iterable[str | Path],
) -> Iterator[tuple[Document | DocumentError, tuple[NameEntry, ...]]]:
    """Yield each document that a model would be asked about with its names, and each error."""
    from foedus.assessment.reading import paths_of
    from foedus.evidence.reader import read_documents

    today = date.today()
    for item in read_documents(paths_of(paths)):
        if isinstance(item, DocumentError):
            yield item, ()
        elif is_coded_language(item):
            yield item, names_of(item, today)
