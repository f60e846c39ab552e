"""One validation for every proposer; the lexicon's own claims lose nothing to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.catalog.actors import NameEntry
from foedus.domain.claims import Claim
from foedus.domain.documents import Document
from foedus.evidence.coder import code_document
from foedus.evidence.proposer.agreement import agreement
from foedus.evidence.proposer.by_lexicon import LexiconProposer
from foedus.evidence.proposer.spans import once
from foedus.evidence.proposer.validation import NO_ACTOR, NOT_IN_TEXT, OUTSIDE, TWICE, validated
from foedus.evidence.reader import read_documents

GOLD = Path(__file__).resolve().parents[2] / "gold" / "development"
TEXT = "Share. Russia sent no weapons to Iran."


@pytest.fixture
def claim(written: Callable[..., Document], names: tuple[NameEntry, ...]) -> tuple[Document, Claim]:
    document = written(TEXT, passages=((7, len(TEXT)),))
    (found,) = code_document(document, names)
    return document, found


def test_only_what_stands_in_the_main_text_passes(
    claim: tuple[Document, Claim], names: tuple[NameEntry, ...]
) -> None:
    document, good = claim
    moved = good.model_copy(update={"start": good.start - 1, "end": good.end - 1})
    made_up = good.model_copy(update={"quote": "x" * len(good.quote)})
    outside = good.model_copy(update={"start": 0, "end": 5, "quote": "Share"})
    elsewhere = good.model_copy(update={"doc": "f" * 16})
    nobody = good.model_copy(update={"source": ("NOWHERE",)})
    found = validated(document, [good, moved, made_up, outside, elsewhere, nobody, good], names)
    assert found.claims == (good,)
    assert found.dropped == {NOT_IN_TEXT: 3, OUTSIDE: 1, NO_ACTOR: 1, TWICE: 1}


def test_unnamed_parties_are_no_actors_of_the_catalog(
    claim: tuple[Document, Claim], names: tuple[NameEntry, ...]
) -> None:
    document, good = claim
    unnamed = good.model_copy(update={"source": ("ALLIES",), "target": ("IRN:PROXIES",)})
    assert validated(document, [unnamed], names, named={"IRN"}).claims == (unnamed,)
    other = good.model_copy(update={"target": ("NOWHERE:PROXIES",)})
    assert not validated(document, [other], names).claims


def test_the_lexicon_loses_nothing(packaged: Callable[[Document], tuple[NameEntry, ...]]) -> None:
    proposer = LexiconProposer()
    count = 0
    for item in read_documents(sorted(GOLD.glob("*.txt"))):
        assert isinstance(item, Document)
        names = packaged(item)
        coded = code_document(item, names)
        found = proposer.propose(item, names)
        assert found.dropped == {}, item.name
        assert len(found.claims) == len(coded)
        count += len(coded)
    assert count > 100


def test_a_repeated_statement_is_kept_once_and_a_reviewed_one_wins(
    claim: tuple[Document, Claim],
) -> None:
    _, good = claim
    other = good.model_copy(update={"claim_id": "b" * 16, "confidence": 1.0, "coder": "llm:m"})
    assert once([good, other]) == (other,)
    reviewed = good.model_copy(update={"review": "accepted"})
    assert once([other, reviewed]) == (reviewed,)
    assert len(once([good, other.model_copy(update={"polarity": "pos"})])) == 2
    assert len(once([good, other.model_copy(update={"doc": "f" * 16})])) == 2


def test_agreement_counts_spans_parties_and_acts(claim: tuple[Document, Claim]) -> None:
    _, one = claim
    same = one.model_copy(update={"act": "deliver"})
    far = one.model_copy(update={"start": 0, "end": 5, "quote": "Share"})
    unsure = one.model_copy(update={"abstained": True})
    found = agreement("lexicon", "llm", [([one], [same, far]), ([one], []), ([unsure], [one])])
    assert json.loads(found.model_dump_json()) == {
        "first": "lexicon", "second": "llm", "documents": 3, "first_claims": 2,
        "second_claims": 3, "matched": 1, "dyad": 1, "act": 0, "polarity": 1, "full": 0,
    }  # fmt: skip
    assert found.spans == pytest.approx(2 / 5)
    assert agreement("lexicon", "llm", []).spans is None
