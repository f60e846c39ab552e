"""The coder's scores on hand-coded passages: a change that lowers them fails."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from foedus.catalog.actors import ActorIndex, NameEntry
from foedus.domain.claims import Claim
from foedus.domain.documents import Document
from foedus.evidence.coder import code_document
from foedus.evidence.mentions import names_for
from foedus.evidence.reader import read_file

HERE = Path(__file__).parent
FLOORS = {"development": 0.42, "held_out": 0.21}


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("gold_score", HERE / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


def _score(paths: list[Path], gold: Path, folder: Path) -> dict[str, Any]:
    rows = [
        {**json.loads(claim.model_dump_json()), "doc": path.name, "abstain": claim.abstained}
        for path in paths
        for _, claim in _coded(path)
    ]
    predictions = folder / "predictions.jsonl"
    predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    scorer = _scorer()
    result: dict[str, Any] = scorer.score(
        scorer.load(str(predictions), False), scorer.load(str(gold), True)
    )
    return result


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_full_claim_f1_stays_above_its_floor(part: str, tmp_path: Path) -> None:
    folder = HERE / part
    result = _score(sorted(folder.glob("*.txt")), folder / "claims.jsonl", tmp_path)
    assert result["full_f1"] >= FLOORS[part], result


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_codings_quote_their_passages(part: str) -> None:
    for line in (HERE / part / "claims.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = (HERE / part / row["doc"]).read_text("utf-8")
        assert text[row["start"] : row["end"]] == row["quote"]


@pytest.mark.shared
def test_seed_coding_stays_above_its_floor(shared: Path, tmp_path: Path) -> None:
    documents = sorted((shared / "documents").glob("000_*.txt"))
    result = _score(documents, shared / "gold" / "seed_000.jsonl", tmp_path)
    assert result["full_f1"] >= 0.6, result


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
