"""The coder's scores on hand-coded passages: a change that lowers them fails."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from functools import cache
from itertools import pairwise
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
FLOORS = {
    "development": {"full_precision": 0.61, "full_recall": 0.45, "full_f1": 0.52},
    "held_out": {"full_precision": 0.45, "full_recall": 0.29, "full_f1": 0.35},
}
BANDS = (0.4, 0.5, 0.6, 0.7, 1.0)


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
def test_scores_of_the_full_claim_stay_above_their_floors(part: str, tmp_path: Path) -> None:
    folder = HERE / part
    result = _score(sorted(folder.glob("*.txt")), folder / "claims.jsonl", tmp_path)
    for figure, floor in FLOORS[part].items():
        assert result[figure] >= floor, result


def test_confidence_is_within_a_tenth_of_the_share_right() -> None:
    folder = HERE / "development"
    gold = [json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    rows = [
        {**json.loads(claim.model_dump_json()), "doc": path.name}
        for path in sorted(folder.glob("*.txt"))
        for _, claim in _coded(path)
        if not claim.abstained
    ]
    truth = _right(rows, gold)
    apart = 0.0
    for low, high in pairwise(BANDS):
        band = [at for at, row in enumerate(rows) if low <= row["confidence"] < high]
        stated = sum(rows[at]["confidence"] for at in band)
        apart += abs(stated - sum(truth[at] for at in band))
    assert apart / len(rows) <= 0.1


def _right(rows: list[dict[str, Any]], gold: list[dict[str, Any]]) -> list[bool]:
    """Whether each claim is right in full, each coded claim used once, best overlap first."""
    scorer = _scorer()
    shares = sorted(
        (-_overlap(one, two), place, other)
        for place, one in enumerate(rows)
        for other, two in enumerate(gold)
        if one["doc"] == two["doc"] and _overlap(one, two) >= 0.3
    )
    taken: dict[int, int] = {}
    for _, place, other in shares:
        if place not in taken and other not in taken.values():
            taken[place] = other
    return [
        place in taken and _same(scorer, one, gold[taken[place]]) for place, one in enumerate(rows)
    ]


def _overlap(one: dict[str, Any], two: dict[str, Any]) -> float:
    shared = min(one["end"], two["end"]) - max(one["start"], two["start"])
    return float(shared / (max(one["end"], two["end"]) - min(one["start"], two["start"])))


def _same(scorer: Any, one: dict[str, Any], two: dict[str, Any]) -> bool:
    """Act, polarity and parties as score.py compares them; a tie is right in either direction."""
    if (one["act"], one["polarity"]) != (two["act"], two["polarity"]):
        return False
    mine = scorer.actors(one["source"]), scorer.actors(one["target"])
    theirs = scorer.actors(two["source"]), scorer.actors(two["target"])
    if theirs[0] == theirs[1] and len(theirs[0]) > 1:
        return (
            bool(mine[0] & theirs[0])
            and bool(mine[1] & theirs[0])
            and len((mine[0] | mine[1]) & theirs[0]) > 1
        )
    return bool(mine[0] & theirs[0]) and bool(mine[1] & theirs[1])


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
