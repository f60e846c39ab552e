"""Agreement of coders over documents, with intervals."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from foedus.assessment import review
from foedus.domain.claims import Claim
from foedus.domain.documents import Document, Passage
from foedus.errors import InputError
from foedus.workspace import Workspace

TEXT = "Freedonia sent arms to Sylvania. Osterlich refused to send troops. Nobody else said much. "


def _document(number: int) -> Document:
    text = f"{number}. {TEXT * 3}"
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest()[:16], name=f"{number}.txt",
        media_type="text/plain", text=text, passages=(Passage(start=0, end=len(text)),), title=None,
        publisher=None, author=None, date=None, date_basis="unknown", language="en",
    )  # fmt: skip


def _claim(of: Document, start: int, end: int, coder: str = "rules", act: str = "deliver") -> Claim:
    return Claim.model_validate(
        {
            "claim_id": f"{of.id}-{coder}-{start}-{end}", "doc": of.id, "quote": of.text[start:end],
            "start": start, "end": end, "source": ("FRE",), "target": ("SYL",), "act": act,
            "polarity": "pos", "confidence": 0.7, "coder": coder, "coder_version": "1",
        }
    )  # fmt: skip


def _round(where: Path, disagree: int) -> list[str]:
    """Six documents of two claims; Bo rejects the first `disagree` claims, Ada takes all."""
    keys = []
    with Workspace.open(where) as desk:
        for number in range(6):
            one = _document(number)
            rows = [_claim(one, 3, 20), _claim(one, 40, 60, act="withhold")]
            desk.add_document(one, rows)
            keys += [row.claim_id for row in rows]
        for place, key in enumerate(keys):
            desk.review_blind(key, "accept", blind="r", seen=0, by="Ada")
            action = "reject" if place < disagree else "accept"
            desk.review_blind(key, action, blind="r", seen=0, by="Bo")
    return keys


def test_one_who_rejects_marks_no_span(tmp_path: Path) -> None:
    _round(tmp_path / "w", 4)
    found = review.agreement(tmp_path / "w", draws=200)
    alphas = {one.what: one for one in found.alphas}
    kept, acts, spans = alphas["kept or rejected"], alphas["act"], alphas["spans, by act"]
    assert kept.alpha == pytest.approx(1 - (8 / 24) / ((24**2 - 20**2 - 4**2) / (24 * 23)))
    assert (acts.alpha, acts.units) == (1, 8)
    assert (spans.units, spans.documents) == (20, 6)
    assert spans.alpha is not None
    assert spans.low is not None
    assert spans.high is not None
    assert spans.low < spans.alpha < spans.high <= 1
    assert review.agreement(tmp_path / "w", draws=200) == found


def test_claims_that_one_reviewer_has_not_reached_are_left_out_and_counted(tmp_path: Path) -> None:
    keys = _round(tmp_path / "w", 0)
    with Workspace.open(tmp_path / "w") as desk:
        desk.review_blind(keys[0], "accept", blind="half", seen=0, by="Ada")
        desk.review_blind(keys[0], "accept", blind="half", seen=0, by="Bo")
        desk.review_blind(keys[1], "accept", blind="half", seen=0, by="Ada")
        desk.review_blind(keys[2], "accept", blind="half", seen=0, by="Ada")
    found = review.agreement(tmp_path / "w", blind="half")
    assert (found.claims, found.documents, found.left_out) == (1, 1, 2)
    with pytest.raises(InputError, match="holds 'half', 'r'"):
        review.agreement(tmp_path / "w")
    with pytest.raises(InputError, match="No blind round 'x'"):
        review.agreement(tmp_path / "w", blind="x")


def test_coders_are_compared_where_both_read(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w") as desk:
        for number in range(3):
            one = _document(number)
            desk.add_document(one, [_claim(one, 3, 20), _claim(one, 40, 60)])
            theirs = [_claim(one, 3, 22, "second")]
            desk.add_document(one, theirs, coder="second", coder_version="1")
        alone = _document(9)
        desk.add_document(alone, [_claim(alone, 3, 20)])
    found = review.agreement(tmp_path / "w", coders=["rules", "second"])
    assert (found.documents, found.claims) == (3, 9)
    alphas = {one.what: one.alpha for one in found.alphas}
    assert all(alpha is not None and 0 < alpha < 1 for alpha in alphas.values())
    with pytest.raises(InputError, match="two coders"):
        review.agreement(tmp_path / "w", coders=["rules"])
    with pytest.raises(InputError, match="No document was coded by all"):
        review.agreement(tmp_path / "w", coders=["rules", "nobody"])
