"""Kept answers: after any change they are what `foedus.assess` gives anew, to the digit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.domain.assessments import Assessment
from foedus.domain.claims import Claim
from foedus.web.answers import answer
from foedus.web.desk import Desk
from foedus.web.settings import Settings
from foedus.workspace import Workspace


@pytest.fixture
def desk(workspace: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a copy of the examples' workspace."""
    with Workspace.open(workspace):
        pass
    copy = tmp_path / "copy.sqlite"
    shutil.copy(workspace, copy)
    made = Desk(Settings(workspace=copy))
    yield made
    made.close()


def _asked(desk: Desk) -> Assessment:
    return answer(desk, "RUS", "IRN", date.today())


def _facts(result: Assessment) -> dict[str, Any]:
    """All of an assessment but what names its own run."""
    dumped = result.model_dump(mode="json", exclude={"id", "created"})
    return dumped | {"limits": dumped["limits"] | {"cite": ""}}


def _of_pair(result: Assessment) -> list[Claim]:
    return [c for g in result.evidence.groups for one in g.clusters for c in one.claims]


def _review(desk: Desk, claim: str, action: Any, **more: Any) -> None:
    seen = desk.workspace.claim(claim).version
    desk.workspace.review(claim, action, seen=seen, by="Ana", **more)


def test_after_every_kind_of_change_the_answer_is_that_of_a_new_assessment(desk: Desk) -> None:
    first, second, third, *_ = [claim.claim_id for claim in _of_pair(_asked(desk))]

    def undo() -> None:
        seen = desk.workspace.claim(first).version
        desk.workspace.undo(first, seen=seen, by="Ana")

    def read() -> None:
        text = desk.settings.workspace
        assert isinstance(text, Path)
        letter = text.parent / "letter.txt"
        letter.write_text("1 June 2026\n\nRussia sent arms to Iran on 30 May 2026.\n")
        foedus.read([letter], workspace=text)

    steps = {
        "accept": lambda: _review(desk, first, "accept"),
        "grade": lambda: _review(desk, first, "grade", changes={"credibility": 5}),
        "undo": undo,
        "reject": lambda: _review(desk, second, "reject"),
        "merge": lambda: _review(desk, third, "merge", into=first),
        "edit": lambda: _review(desk, first, "edit", changes={"support": ["troops"]}),
        "another pair's now": lambda: _review(desk, first, "edit", changes={"target": ["SYR"]}),
        "read": read,
    }
    for name, step in steps.items():
        before = _asked(desk)
        step()
        kept, anew = _asked(desk), foedus.assess(
            "RUS", "IRN", workspace=desk.settings.workspace, save=False
        )  # fmt: skip
        assert _facts(kept) == _facts(anew), name
        assert _facts(kept) != _facts(before), name


def test_a_note_or_a_review_of_others_claims_costs_the_pair_nothing(desk: Desk) -> None:
    kept = _asked(desk)
    _review(desk, _of_pair(kept)[0].claim_id, "note", note="read twice")
    others = [
        state.claim.claim_id
        for state in desk.workspace.queue(limit=500).items
        if "RUS" not in (*state.claim.source, *state.claim.target, state.claim.beneficiary)
    ]
    _review(desk, others[0], "accept")
    assert _asked(desk) is kept
