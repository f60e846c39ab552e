"""What reviewers decide reaches the assessment, and many documents do not burst it."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import foedus
from foedus.domain.assessments import Evidence
from foedus.domain.claims import Claim
from foedus.domain.dates import DateSpan
from foedus.domain.documents import Document, Passage
from foedus.report.assessment_blocks import assessment_blocks
from foedus.workspace import Workspace

TEXT = "Russia delivered radars to Iran in May. Russia sent no troops to Iran. "


def _document(number: int) -> Document:
    text = f"Dispatch {number} of that week. {TEXT}" + f"Nothing else {number} happened. " * 5
    day = date(2026, 5, 1 + number % 28)
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest()[:16], name=f"{number}.txt",
        media_type="text/plain", text=text, passages=(Passage(start=0, end=len(text)),), title=None,
        publisher=None, author=None, date=DateSpan(first=day, last=day), date_basis="text",
        language="en",
    )  # fmt: skip


def _claim(of: Document, act: str = "deliver", **changes: Any) -> Claim:
    start = of.text.index("Russia delivered" if act == "deliver" else "Russia sent")
    end = of.text.index(".", start)
    values: dict[str, Any] = {
        "claim_id": f"{of.id}-{act}", "doc": of.id, "quote": of.text[start:end], "start": start,
        "end": end, "source": ("RUS",), "target": ("IRN",), "act": act, "support": ("arms",),
        "polarity": "pos" if act == "deliver" else "neg", "confidence": 0.7, "credibility": 3,
        "coder": "rules", "coder_version": "1",
    }  # fmt: skip
    return Claim(**{**values, **changes})


def _evidence(where: Path) -> Evidence:
    return foedus.assess("Russia", "Iran", workspace=where, save=False).evidence


def _claims(evidence: Evidence, kind: str) -> list[Claim]:
    return [
        claim
        for group in evidence.groups
        for row in group.clusters
        for claim in row.claims
        if group.kind == kind
    ]


def test_decisions_reach_the_assessment(tmp_path: Path) -> None:
    where = tmp_path / "w"
    one, two = _document(1), _document(2)
    with Workspace.open(where) as desk:
        desk.add_document(one, [_claim(one), _claim(one, "withhold", abstained=True)])
        desk.add_document(two, [_claim(two), _claim(two, "withhold")])
    before = _evidence(where)
    assert len(_claims(before, "delivered")) == 2
    assert {claim.credibility for claim in _claims(before, "delivered")} == {2}
    assert (before.reviewed, before.abstained) == ({}, 1)
    with Workspace.open(where) as desk:
        desk.review(f"{one.id}-deliver", "merge", seen=1, by="Ada", into=f"{two.id}-deliver")
        desk.review(f"{one.id}-withhold", "accept", seen=1, by="Ada")
        desk.review(f"{two.id}-withhold", "reject", seen=1, by="Ada")
        desk.review(
            f"{two.id}-deliver", "edit", seen=1, by="Ada", changes={"support": ["intelligence"]}
        )
    after = _evidence(where)
    (delivered,) = _claims(after, "delivered")
    assert (delivered.support, delivered.review) == (("intelligence",), "edited")
    assert [claim.claim_id for claim in _claims(after, "withheld")] == [f"{one.id}-withhold"]
    assert after.reviewed == {"accepted": 1, "edited": 1, "merged": 1, "rejected": 1}
    assert after.abstained == 0
    shown = repr(assessment_blocks(foedus.assess("Russia", "Iran", workspace=where, save=False)))
    assert "People reviewed 4 claims about it" in shown
    assert "review: edited" in shown


def test_a_grade_that_a_person_gave_stays(tmp_path: Path) -> None:
    where = tmp_path / "w"
    one, two = _document(1), _document(2)
    with Workspace.open(where) as desk:
        for document in (one, two):
            desk.add_document(document, [_claim(document)])
        grade = {"reliability": "D", "credibility": 5}
        desk.review(f"{one.id}-deliver", "grade", seen=1, by="Ada", changes=grade)
    grades = {c.doc: (c.reliability, c.credibility) for c in _claims(_evidence(where), "delivered")}
    assert grades == {one.id: ("D", 5), two.id: ("F", 2)}
    with Workspace.open(where) as desk:
        desk.undo(f"{one.id}-deliver", seen=2, by="Ada")
    grades = {c.doc: (c.reliability, c.credibility) for c in _claims(_evidence(where), "delivered")}
    assert grades == {one.id: ("F", 2), two.id: ("F", 2)}


def test_of_many_documents_those_with_claims_are_listed_and_all_are_counted(
    tmp_path: Path,
) -> None:
    where = tmp_path / "w"
    with Workspace.open(where) as desk:
        for number in range(520):
            one = _document(number)
            desk.add_document(one, [_claim(one)] if number < 3 else [])
    found = _evidence(where)
    assert (len(found.documents), found.documents_total) == (3, 520)
    assert len(_claims(found, "delivered")) == 3
    shown = repr(assessment_blocks(foedus.assess("Russia", "Iran", workspace=where, save=False)))
    assert "showing 3 of 520: those with claims" in shown
