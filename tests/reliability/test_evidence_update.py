"""Reviewed statements move the estimate as stated, within their caps, in any order."""

from __future__ import annotations

from datetime import date
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.domain.claims import Claim
from foedus.domain.dates import DateSpan
from foedus.domain.documents import DocumentHead
from foedus.domain.estimates import Window
from foedus.domain.evidence_updates import EvidenceUpdate
from foedus.errors import InputError
from foedus.reliability.evidence_update import Moves, moved, moves, with_evidence
from foedus.reliability.likelihood_ratios import Ratios, ratios
from foedus.reliability.windows import windows

DAY = date(2026, 6, 1)
ACTS = st.sampled_from([
    ("deliver", "pos", ("arms",)), ("deliver", "pos", ("troops",)), ("withhold", "neg", ("arms",)),
    ("commit", "pos", ("unspecified",)), ("signal", "pos", ("exercises",)),
    ("realign", "neg", ()), ("constrain", "neg", ()), ("request", "pos", ("arms",)),
    ("assess", "neg", ()), ("expect", "pos", ("troops",)),
])  # fmt: skip


def _document(key: str, day: date | None = date(2026, 5, 1), **changes: Any) -> DocumentHead:
    span = None if day is None else DateSpan(first=day, last=day)
    values: dict[str, Any] = {
        "id": key, "name": key, "media_type": "text/plain", "title": None, "publisher": None,
        "author": None, "date": span, "date_basis": "text" if day else "unknown",
        "language": "en", "same_as": None,
    }  # fmt: skip
    return DocumentHead(**{**values, **changes})


def _claim(key: str, doc: str = "d", **changes: Any) -> Claim:
    values: dict[str, Any] = {
        "claim_id": key, "doc": doc, "quote": "q", "start": 0, "end": 1, "source": ("RUS",),
        "target": ("IRN",), "act": "deliver", "support": ("arms",), "polarity": "pos",
        "confidence": 0.7, "credibility": 3, "reliability": "B", "coder": "rules",
        "coder_version": "1", "time": "2026", "review": "accepted",
    }  # fmt: skip
    return Claim(**{**values, **changes})


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        act, polarity, support = draw(ACTS)
        found.append(
            _claim(
                f"c{number}", f"d{draw(st.integers(0, 4))}", act=act, polarity=polarity,
                support=support, time=str(draw(st.integers(2000, 2026))),
                credibility=draw(st.integers(1, 6)), reliability=draw(st.sampled_from("ABCDEF")),
                review=draw(st.sampled_from(["accepted", "edited", "rejected", "unreviewed"])),
            )
        )  # fmt: skip
    return found


DOCUMENTS = [_document(f"d{number}") for number in range(5)]
DRAWS = np.random.default_rng(3).dirichlet(np.ones(5), size=200)


def _ratios() -> Ratios:
    return ratios()


def _moved(found: Moves) -> tuple[tuple[Window, ...], EvidenceUpdate]:
    return with_evidence({365: DRAWS}, windows({365: DRAWS}), found)


@given(claims(), st.randoms())
@settings(deadline=None, max_examples=60)
def test_order_does_not_matter_and_no_number_of_statements_passes_the_caps(
    found: list[Claim], random: Any
) -> None:
    mixed = random.sample(found, len(found))
    one, two = (moves(some, DOCUMENTS, DAY, _ratios()) for some in (found, mixed))
    assert one.shift() == two.shift()
    assert abs(one.shift()[0]) <= log(_ratios().cap.material)
    assert abs(one.shift()[1]) <= log(_ratios().cap.forces)
    (after, update), (again, _) = (_moved(some) for some in (one, two))
    assert after == again
    unmoved = not any(move.why_not is None for move in one.each)
    assert (after == update.prior) or not unmoved


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda row: sum(row) > 1e-3),
       st.floats(-2, 2), st.floats(-2, 2))  # fmt: skip
@settings(deadline=None)
def test_five_rungs_stay_coherent_and_the_odds_move_by_the_ratios(
    row: list[float], material: float, forces: float
) -> None:
    shares = np.array(row) / sum(row)
    after = moved(shares, material, forces)
    assert after.min() >= 0
    assert after.sum() == pytest.approx(1)
    before_odds, odds = (
        (one[3:].sum() / one[:3].sum() if one[:3].sum() > 1e-9 else None) for one in (shares, after)
    )
    if before_odds and odds:
        assert odds == pytest.approx(before_odds * np.exp(material), rel=1e-6)
    if shares[3] > 1e-9 and shares[4] > 1e-9:
        assert after[4] / after[3] == pytest.approx(shares[4] / shares[3] * np.exp(forces))
    assert moved(shares, 0.0, 0.0) == pytest.approx(shares)


def test_no_claims_leave_the_windows_as_they_are() -> None:
    empty, update = _moved(moves([], [], DAY, _ratios()))
    assert windows({365: DRAWS}) == empty == update.prior
    assert (update.steps, update.material_ratio, update.capped) == ((), 1.0, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"review": "rejected"},
        {"review": "unreviewed"},
        {"review": "merged"},
        {"abstained": True},
        {"doc": "undated"},
        {"doc": "later"},
        {"doc": "not there"},
        {"act": "assess"},
        {"act": "expect", "support": ("troops",)},
        {"modality": "conditional"},
        {"modality": "denied"},
        {"credibility": 5},
        {"reliability": "E"},
    ],
)
def test_what_moves_nothing(changes: dict[str, Any]) -> None:
    documents = [_document("d"), _document("undated", None), _document("later", date(2026, 6, 2))]
    assert moves([_claim("a", **changes)], documents, DAY, _ratios()).shift() == (0, 0)
    assert moves([_claim("a")], documents, DAY, _ratios()).shift() != (0, 0)


def test_what_is_a_feature_already_moves_nothing_and_says_so() -> None:
    found = moves([_claim("a")], [_document("d")], DAY, _ratios(), known=lambda _: "in the record")
    assert found.shift() == (0, 0)
    assert [one.why_not for one in found.each] == ["in the record"]


def test_reports_of_one_origin_count_once() -> None:
    one = moves([_claim("a")], [_document("d")], DAY, _ratios())
    copied = [_document("d"), _document("e", same_as="d")]
    both = [_claim("a"), _claim("b", "e")]
    assert moves(both, copied, DAY, _ratios()).shift() == one.shift()
    independent = moves(both, [_document("d"), _document("e")], DAY, _ratios())
    assert one.shift() < independent.shift()
    assert len(independent.each) == 1
    by_hand = moves(both, [_document("d"), _document("e")], DAY, _ratios(), graded={"a", "b"})
    assert by_hand.shift() == one.shift()
    waiting = moves([both[0], _claim("b", "e", review="unreviewed")],
                    [_document("d"), _document("e")], DAY, _ratios())  # fmt: skip
    assert waiting.shift() == one.shift()
    assert waiting.waiting == 1


def test_a_better_grade_moves_more() -> None:
    shifts = [
        moves([_claim("a", credibility=grade)], [_document("d")], DAY, _ratios()).shift()
        for grade in (1, 2, 3, 4)
    ]
    assert shifts == sorted(shifts, reverse=True)
    assert shifts[-1] > (0, 0)


def test_a_file_of_ones_own_lies_over_the_shipped_ratios(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        "[cap]\nmaterial = 2\n[credibility]\n6 = 0.3\n"
        '[[ratio]]\nact = "deliver"\npolarity = "pos"\nmaterial = 10\nforces = 1\n'
    )
    own = ratios(mine)
    assert (own.cap.material, own.cap.forces) == (2, _ratios().cap.forces)
    assert own.credibility == {**_ratios().credibility, 6: 0.3}
    assert own.of(_claim("a")) == own.of(_claim("a", support=("troops",)))
    assert own.of(_claim("a", act="commit")) == _ratios().of(_claim("a", act="commit"))
    best = _claim("a", credibility=1, reliability="A")
    assert moves([best], [_document("d")], DAY, own).shift() == (log(2), 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = ", "not such a TOML"),
        ("[caps]\nmaterial = 2", "'caps'"),
        ("[cap]\nmaterial = 0.5", "cap.material"),
        ("[credibility]\n9 = 1", "credibility"),
        ("cap = 3", "tables"),
        ('[[ratio]]\nact = "deliver"\npolarity = "pos"\nmaterial = -1\nforces = 1', "material"),
        ('[[ratio]]\nact = "assess"\npolarity = "pos"\nmaterial = 2\nforces = 1', "opinions"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str, words: str) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(text)
    with pytest.raises(InputError, match=words) as raised:
        ratios(mine)
    assert "mine.toml" in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        ratios(tmp_path / "none.toml")
