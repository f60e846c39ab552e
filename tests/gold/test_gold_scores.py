"""The coder's scores on hand-coded passages: a change that lowers them fails."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from scoring import right, scored

from foedus.catalog.actors import ActorIndex, NameEntry
from foedus.domain.claims import Claim
from foedus.domain.documents import Document
from foedus.evidence.coder import code_document
from foedus.evidence.mentions import names_for
from foedus.evidence.reader import read_file

HERE = Path(__file__).parent
FLOORS = {
    "development": {"full_precision": 0.50, "full_recall": 0.27, "full_f1": 0.35},
    "held_out": {"full_precision": 0.34, "full_recall": 0.15, "full_f1": 0.21},
}
FIRST_LATER = "043"
"""The passages before it are plainer; their own floor keeps what the coder can do with them."""
BANDS = (0.3, 0.4, 0.5, 0.6, 0.7, 1.0)


@cache
def _names(on: date) -> tuple[NameEntry, ...]:
    return names_for(_index(), on)


@cache
def _index() -> ActorIndex:
    return ActorIndex.packaged()


def _coded(path: Path) -> list[tuple[Document, Claim]]:
    pairs = []
    for document in read_file(path):
        assert isinstance(document, Document)
        on = document.date.last if document.date else date(2025, 6, 30)
        pairs += [(document, claim) for claim in code_document(document, _names(on))]
    return pairs


def _gold(part: str) -> list[dict[str, Any]]:
    lines = (HERE / part / "claims.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _rows(part: str) -> list[dict[str, Any]]:
    """The coder's claims on the passages, as score.py reads them."""
    return _rows_of(sorted((HERE / part).glob("*.txt")))


def _rows_of(paths: list[Path]) -> list[dict[str, Any]]:
    return [
        {**claim.model_dump(mode="json"), "doc": path.name, "abstain": claim.abstained}
        for path in paths
        for _, claim in _coded(path)
    ]


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_scores_of_the_full_claim_stay_above_their_floors(part: str) -> None:
    result = scored(_rows(part), _gold(part))
    for figure, floor in FLOORS[part].items():
        assert result[figure] >= floor, result


def test_plainer_passages_keep_a_floor_of_their_own() -> None:
    rows = [row for row in _rows("development") if row["doc"] < FIRST_LATER]
    result = scored(rows, [row for row in _gold("development") if row["doc"] < FIRST_LATER])
    assert result["full_f1"] >= 0.50, result


def test_confidence_is_within_a_tenth_of_the_share_right() -> None:
    rows = [row for row in _rows("development") if not row["abstain"]]
    truth = right(rows, _gold("development"))
    apart = 0.0
    for low, high in pairwise(BANDS):
        band = [at for at, row in enumerate(rows) if low <= row["confidence"] < high]
        stated = sum(rows[at]["confidence"] for at in band)
        apart += abs(stated - sum(truth[at] for at in band))
    assert apart / len(rows) <= 0.1


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_codings_quote_their_passages(part: str) -> None:
    for line in (HERE / part / "claims.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = (HERE / part / row["doc"]).read_text("utf-8")
        assert text[row["start"] : row["end"]] == row["quote"]


@pytest.mark.shared
def test_seed_coding_stays_above_its_floor(shared: Path) -> None:
    gold = [
        json.loads(line)
        for line in (shared / "gold" / "seed_000.jsonl").read_text("utf-8").splitlines()
        if line.strip()
    ]
    result = scored(_rows_of(sorted((shared / "documents").glob("000_*.txt"))), gold)
    assert result["full_f1"] >= 0.65, result


@pytest.mark.shared
def test_shared_documents_are_quoted_exactly_and_only_inside_their_passages(shared: Path) -> None:
    for path in sorted((shared / "documents").glob("*.txt")):
        pairs = _coded(path)
        assert len(pairs) >= 10
        for document, claim in pairs:
            assert document.text[claim.start : claim.end] == claim.quote
            assert any(
                passage.start <= claim.start and claim.end <= passage.end
                for passage in document.passages
            ), claim.quote
