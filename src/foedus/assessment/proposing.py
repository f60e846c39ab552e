"""A model as second proposer: its prompt, its cost, and its coding beside the lexicon's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from foedus.assessment.reading_work import is_coded_language, names_of
from foedus.catalog.actors import NameEntry
from foedus.domain.documents import Document
from foedus.domain.frozen import Frozen
from foedus.errors import DocumentError, InputError
from foedus.evidence.proposer.budget import cost, parse_budget

if TYPE_CHECKING:
    from foedus.evidence.proposer.by_model import ModelProposer

ProposerName = Literal["lexicon", "llm"]


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
