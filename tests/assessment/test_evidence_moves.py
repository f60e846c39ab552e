"""An assessment whose documents were reviewed shows what they moved, and from where."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import foedus
from foedus.domain.assessments import Assessment
from foedus.domain.claims import Claim
from foedus.domain.dates import DateSpan
from foedus.domain.documents import Document, Passage
from foedus.domain.evidence_updates import EvidenceUpdate
from foedus.report.assessment_blocks import assessment_blocks
from foedus.workspace import Workspace

TEXT = (
    "Russia shipped jets to Iran in October. Russia and Iran signed a treaty."
    " In June 2025 Russia sent arms to Iran."
)


def _put(where: Path, *given: tuple[str, str, dict[str, Any]]) -> None:
    day = date(2026, 10, 20)
    document = Document(
        id=hashlib.sha256(TEXT.encode()).hexdigest()[:16], name="d.txt", media_type="text/plain",
        text=TEXT, passages=(Passage(start=0, end=len(TEXT)),), title=None, publisher=None,
        author=None, date=DateSpan(first=day, last=day), date_basis="text", language="en",
    )  # fmt: skip
    claims = [
        Claim.model_validate({
            "claim_id": key, "doc": document.id, "quote": quote, "start": TEXT.index(quote),
            "end": TEXT.index(quote) + len(quote), "source": ("RUS",), "target": ("IRN",),
            "act": "deliver", "support": ("arms",), "polarity": "pos", "confidence": 0.7,
            "credibility": 3, "coder": "rules", "coder_version": "1", "time": "2026-10", **changes,
        })
        for key, quote, changes in given
    ]  # fmt: skip
    with Workspace.open(where) as desk:
        desk.add_document(document, claims)


def _assess(where: Path) -> tuple[Assessment, EvidenceUpdate]:
    found = foedus.assess("Russia", "Iran", workspace=where, save=False)
    assert found.forecast is not None
    assert found.forecast.update is not None
    return found, found.forecast.update


def _accept(where: Path, *keys: str) -> None:
    with Workspace.open(where) as desk:
        for key in keys:
            desk.review(key, "accept", seen=1, by="Ada")


def test_a_claim_moves_the_answer_once_it_is_reviewed(tmp_path: Path) -> None:
    where = tmp_path / "w"
    _put(where, ("jets", "Russia shipped jets to Iran in October", {}))
    before, waiting = _assess(where)
    assert before.forecast is not None
    assert (waiting.steps, waiting.waiting) == ((), 1)
    assert before.forecast.windows == waiting.prior
    assert "1 claim would move the estimate once reviewed" in repr(assessment_blocks(before))
    _accept(where, "jets")
    after, update = _assess(where)
    assert after.forecast is not None
    assert update.prior == waiting.prior
    assert update.waiting == 0
    (step,) = update.steps
    assert step.why_not is None
    assert step.material_ratio > 1
    year, prior = after.forecast.windows[1].rungs, update.prior[1].rungs
    assert year[3].at_least.probability > prior[3].at_least.probability
    assert abs(step.material_after - year[3].at_least.probability) < 1e-9
    assert update.sensitivity[0].case == "no statement counts"
    for then, now in zip(before.forecast.if_tested, after.forecast.if_tested, strict=True):
        assert now.material > then.material
    shown = repr(assessment_blocks(after))
    assert "Model alone (prior)" in shown
    assert "With them (posterior)" in shown
    assert Assessment.model_validate_json(after.model_dump_json()) == after


def test_facts_that_the_model_weighs_already_move_nothing(tmp_path: Path) -> None:
    where = tmp_path / "w"
    _put(
        where,
        ("treaty", "Russia and Iran signed a treaty", {"act": "commit", "support": ("treaty",)}),
        ("june", "In June 2025 Russia sent arms to Iran", {"time": "2025-06"}),
    )
    _accept(where, "treaty", "june")
    found, update = _assess(where)
    assert found.forecast is not None
    assert found.forecast.windows == update.prior
    reasons = {step.act: step.why_not or "" for step in update.steps}
    assert "weighed already" in reasons["commit"]
    assert "in the record already" in reasons["deliver"]
